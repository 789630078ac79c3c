"""A PDF opened, or an error that says why it can't be and what to do."""

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from budgetkit.errors import ReadError
from budgetkit.language import said
from budgetkit.notes import Notes

#: What files that are no PDF begin with, and what they are.
_OTHERS = {
    b"<": "reading.pdf.message",
    b"{": "reading.pdf.message",
    b"PK\x03\x04": "reading.pdf.packed",
    b"\xd0\xcf\x11\xe0": "reading.pdf.packed",
    b"\xff\xd8\xff": "reading.pdf.picture",
    b"\x89PNG": "reading.pdf.picture",
}

#: A PDF ends with its mark of the end, or with so many bytes after it.
_AFTER_END = 4096


def opened(path: Path, data: bytes, notes: Notes) -> pdfium.PdfDocument:
    """A PDF opened, its end looked for."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    for begins, truth in _OTHERS.items():
        if head.startswith(begins):
            raise ReadError(said(truth, path=path))
    rest = data[-_AFTER_END:].rpartition(b"%%EOF")
    whole = bool(rest[1]) and b" obj" not in rest[2]  # else the end of an older state
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        raise ReadError(said(_reason(data, whole, fault), path=path, fault=fault)) from None
    if not whole:
        notes.doubted("cut_off", len(document))
    return document


def _reason(data: bytes, whole: bool, fault: pdfium.PdfiumError) -> str:
    """What to say of a PDF that can't be opened."""
    if _is_empty(data):
        return "reading.pdf.empty"
    if "password" in str(fault).lower():
        return "reading.pdf.locked"
    if b"%PDF" in data[:1024] and not whole:
        return "reading.pdf.cut_off"
    return "reading.pdf.unopened"


def _is_empty(data: bytes) -> bool:
    """Whether a PDF can be opened and has no page: pypdfium2 then tells of an older fault."""
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if document:
        raw.FPDF_CloseDocument(document)
    return bool(document)
