"""PDFs that are none, or hold nothing to read: a named error, quickly."""

import io

import pypdfium2 as pdfium
import pytest

import budgetkit as bk
from budgetkit.errors import ReadError

pytestmark = pytest.mark.slow  # each starts the Java machine, or uses the one that runs


def blank(pages):
    """A PDF of blank pages."""
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.4 and then nothing", "cannot be opened as a PDF"),
        (blank(3)[:200], "cannot be opened as a PDF"),
        (blank(1), r"1 page\(s\) hold pictures but no text: a scan"),
        (blank(2000), r"2000 page\(s\) hold pictures but no text"),
    ],
    ids=["garbage", "cut off", "one blank page", "2,000 blank pages"],
)
def test_nothing_to_read(tmp_path, content, told):
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=told) as fault:
        bk.read(path)
    assert "x.pdf" in str(fault.value)


def test_a_web_page_named_pdf(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_text("<!DOCTYPE html><html><body>404</body></html>", encoding="utf-8")
    with pytest.raises(ReadError, match="is a web page in truth, not a PDF"):
        bk.read(path)


def test_the_time_limit(tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(blank(50))
    with pytest.raises(ReadError, match=r"time limit was over at page 1 of 50"):
        bk.read(path, time_limit=0)
