"""A PDF opened, or an error that says why it can't be and what to do."""

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from budgetkit.errors import ReadError
from budgetkit.notes import Notes

_MESSAGE = (
    "a web page in truth, not a PDF: the site sent a message instead of the file. Open it in a "
    "browser to see what it says, and download the PDF again."
)
_PACKED = (
    "an Office or OFD file in truth, not a PDF: give it the ending that it had (.docx, .xlsx), "
    "or open it and save it as PDF."
)
_PICTURE = (
    "a picture in truth, not a PDF. Run a text recognition (OCR) over it first, then read the PDF "
    "that it makes."
)

#: What files that are no PDF begin with, and what they are.
_OTHERS = {
    b"<": _MESSAGE,
    b"{": _MESSAGE,
    b"PK\x03\x04": _PACKED,
    b"\xd0\xcf\x11\xe0": _PACKED,
    b"\xff\xd8\xff": _PICTURE,
    b"\x89PNG": _PICTURE,
}

#: A PDF ends with its mark of the end, or with so many bytes after it.
_AFTER_END = 4096


def opened(path: Path, data: bytes, notes: Notes) -> pdfium.PdfDocument:
    """A PDF opened, its end looked for."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    for begins, truth in _OTHERS.items():
        if head.startswith(begins):
            raise ReadError(f"{path}: is {truth}")
    rest = data[-_AFTER_END:].rpartition(b"%%EOF")
    whole = bool(rest[1]) and b" obj" not in rest[2]  # else the end of an older state
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        raise ReadError(f"{path}: {_reason(data, whole, fault)}") from None
    if not whole:
        notes.doubted("cut_off", len(document))
    return document


def _reason(data: bytes, whole: bool, fault: pdfium.PdfiumError) -> str:
    """Why a PDF can't be opened, and what to do."""
    if _is_empty(data):
        return "is a PDF without a page; download it again"
    if "password" in str(fault).lower():
        return (
            "is locked with a password. Open it with the password, save it without one, and "
            "read that."
        )
    if b"%PDF" in data[:1024] and not whole:
        return "cannot be opened as a PDF: it is cut off, its end is missing; download it again"
    return f"cannot be opened as a PDF ({fault}); try to download it again"


def _is_empty(data: bytes) -> bool:
    """Whether a PDF can be opened and has no page: pypdfium2 then tells of an older fault."""
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if document:
        raw.FPDF_CloseDocument(document)
    return bool(document)
