"""PDFs that are none, or hold little to read: a named error or a note, quickly."""

import random
import re
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

import budgetkit as bk
from budgetkit.errors import ReadError
from budgetkit.reading import java, pdf

from . import raw_pdf
from .raw_pdf import ROWS, picture, table

pytestmark = pytest.mark.slow  # each starts the Java machine, or uses the one that runs

AMOUNTS = [1250.0, 1000.25] * 3


def refused(path):
    """What the error says with which a file is refused."""
    with pytest.raises(ReadError) as fault:
        bk.read(path)
    assert str(fault.value).startswith(f"{path}: ")
    return str(fault.value)


def noted(doc):
    """Kind, page and key of each note."""
    return list(map(tuple, doc.notes[["kind", "page", "key"]].to_numpy()))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "x.pdf"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.4 and then nothing", "it is cut off, its end is missing; download it again"),
        (b"\x00" * 400 + b"%%EOF", "cannot be opened as a PDF"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "is a web page in truth, not a PDF"),
        (b"\xef\xbb\xbf\r\n<script>go()</script>", "is a web page in truth, not a PDF"),
        (b'{"code": 404}', "is a web page in truth, not a PDF"),
        (b"PK\x03\x04 and more", "is an Office or OFD file in truth, not a PDF"),
        (b"\xff\xd8\xff\xe0 and more", "is a picture in truth, not a PDF. Run a text recognition"),
    ],
    ids=["header alone", "zeroes", "web page", "script", "answer", "packed", "photograph"],
)
def test_no_pdf(path, content, told):
    path.write_bytes(content)
    assert told in refused(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_cut_off(path, share):
    content = raw_pdf.write(path, [table(ROWS)] * 3).read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert "it is cut off, its end is missing" in refused(path)


def test_cut_off_behind_its_last_page(path):
    content = raw_pdf.write(path, [table(ROWS)]).read_bytes()
    path.write_bytes(content[: content.rindex(b"startxref")])
    doc = bk.read(path)
    assert doc.figures["amount"].tolist() == AMOUNTS
    assert noted(doc) == [("doubted", 1, "cut_off")]


def test_cut_off_within_an_update(path):
    content = raw_pdf.write(path, [table(ROWS)]).read_bytes()
    path.write_bytes(content + b"6 0 obj <</Length 900>>stream\nq Q")
    assert noted(bk.read(path)) == [("doubted", 1, "cut_off")]


def encrypt(path, user, bits):
    """Lock a PDF: its owner may do anything, its user must know a password, if there is one."""
    java.start()
    import jpype

    document = jpype.JClass("org.apache.pdfbox.pdmodel.PDDocument").load(
        jpype.JClass("java.io.File")(str(path))
    )
    encryption = jpype.JPackage("org.apache.pdfbox.pdmodel.encryption")
    nothing = encryption.AccessPermission(0)  # neither copy nor print
    policy = encryption.StandardProtectionPolicy("owner", user, nothing)
    policy.setEncryptionKeyLength(bits)
    document.protect(policy)
    document.save(str(path))
    document.close()


@pytest.mark.parametrize("bits", [40, 128, 256])
def test_locked(path, bits):
    encrypt(raw_pdf.write(path, [table(ROWS)]), "secret", bits)
    assert "is locked with a password. Open it with the password" in refused(path)


@pytest.mark.parametrize("bits", [40, 128, 256])
def test_locked_for_all_but_reading(path, bits):
    encrypt(raw_pdf.write(path, [table(ROWS)]), "", bits)
    doc = bk.read(path)
    assert doc.figures["amount"].tolist() == AMOUNTS
    assert noted(doc) == []


def test_no_page(path):
    encrypt(raw_pdf.write(path, [table(ROWS)]), "secret", 40)
    refused(path)  # pdfium goes on to tell of this file's password
    assert "is a PDF without a page" in refused(raw_pdf.write(path, []))


def test_a_page_that_is_missing(path):
    content = raw_pdf.write(path, [table(ROWS)] * 2).read_bytes()
    path.write_bytes(content.replace(b"Kids[6 0 R 8 0 R]", b"Kids[6 0 R 3 0 R]"))
    doc = bk.read(path)
    assert doc.figures["amount"].tolist() == AMOUNTS
    assert noted(doc) == [("mended", 1, "tabula_stumbled"), ("doubted", 2, "page_damaged")]
    for language in bk.language.LANGUAGES:
        with bk.language.language(language):
            told = doc.notes["message"].iloc[0]
        assert told.startswith("tabula ")
        assert "Exception" not in told
        assert re.search(r"Java.{2,4}.+", told)  # what went wrong, last


def test_a_scan(path):
    raw_pdf.write(path, [picture(), picture() + raw_pdf.text("— 2 —", 300, 20)])
    told = refused(path)
    assert "its 2 page(s) hold pictures but no text: a scan. Run a text recognition" in told


def test_a_page_of_pictures_among_others(path):
    doc = bk.read(raw_pdf.write(path, [table(ROWS), picture()]))
    assert doc.figures["amount"].tolist() == AMOUNTS
    assert noted(doc) == [("doubted", 2, "picture_without_text")]


def test_a_picture_behind_a_table_is_no_scan(path):
    assert noted(bk.read(raw_pdf.write(path, [picture() + table(ROWS)]))) == []


def test_pictures_and_words_that_say_nothing(path):
    raw_pdf.write(path, [picture(), raw_pdf.text("此页是一张便条，没有别的内容可读", 60, 700)])
    with pytest.raises(ReadError, match=r"1 of its 2 page\(s\) are pictures"):
        bk.read(path)


@pytest.mark.parametrize("pages", [1, 2000])
def test_blank_pages(path, pages):
    assert f"its {pages} page(s) hold no text" in refused(raw_pdf.write(path, [""] * pages))


def test_2000_pages_of_tables_stay_below_1_gb(path):
    status = Path("/proc/self/status")  # its own peak: that of `resource` begins with the parent's
    if not status.exists():
        pytest.skip("needs /proc to tell a program's own memory")
    raw_pdf.write(path, [table(ROWS)] * 2000)
    code = (
        f"import budgetkit as bk; print(len(bk.read({str(path)!r}).figures), "
        f"open({str(status)!r}).read().split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    figures, peak = map(int, done.stdout.split())
    assert figures == 12_000
    assert peak * 1024 < 1e9


@pytest.mark.parametrize("limit", [0, 0.5])
def test_the_time_limit(path, limit):
    raw_pdf.write(path, [table(ROWS)] * 2000)
    with pytest.raises(ReadError, match=r"the time limit was over at page \d+ of 2000; allow"):
        bk.read(path, time_limit=limit)


def test_the_time_limit_is_kept_while_pages_are_seen_ahead(path, monkeypatch):
    seen = []

    def slow(page, number, notes):
        seen.append(number)
        sleep(0.2)
        return see(page, number, notes)

    see = pdf._see
    monkeypatch.setattr(pdf, "_see", slow)
    raw_pdf.write(path, [table(ROWS)] * 12)
    with pytest.raises(ReadError, match="the time limit was over at page 1 of 12"):
        bk.read(path, time_limit=0.3)
    assert len(seen) < 6


@pytest.mark.parametrize(("left", "beyond"), [(60, "1,000.25"), (-60, "20503")])
def test_a_table_wider_than_the_page(path, left, beyond):
    doc = bk.read(raw_pdf.write(path, [table(ROWS, left=left, width=180)]))
    assert doc.figures["amount"].tolist() == AMOUNTS
    assert noted(doc) == [("doubted", 1, "beyond_the_page")]
    assert beyond in doc.notes["text"][0]


#: The glyphs of a font by their numbers, with nothing that says which characters they are.
NAMELESS = raw_pdf.FONT.replace(b"UniGB-UCS2-H", b"Identity-H").replace(b"(GB1)", b"(Identity)")


def test_a_font_without_a_map(path):
    assert "its 1 page(s) use fonts that don't say which characters" in refused(
        raw_pdf.write(path, [table(ROWS)], font=NAMELESS)
    )


def test_a_font_with_a_wrong_map(path):
    """Each byte of a character is taken for a character: 广州 is ^, DEL, ], Þ; digits are right."""
    latin = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    rows = [["广州", "预算", "出处", "号码"], ["执行", "预算", "1,250.00", "1,000.25"]]
    assert "(no Unicode map, or a wrong one)" in refused(
        raw_pdf.write(path, [table(rows, title="广州预算")], font=latin)
    )


def test_a_font_without_a_map_on_one_page_of_three(path):
    content = raw_pdf.write(path, [table(ROWS)] * 3, other=NAMELESS).read_bytes()
    at = content.rindex(b"/Font<</F 3 0 R>>")
    path.write_bytes(content[:at] + content[at:].replace(b"/F 3 0 R", b"/F 4 0 R", 1))
    doc = bk.read(path)
    assert doc.figures.loc[doc.figures["page"] < 3, "amount"].tolist() == AMOUNTS * 2
    assert doc.figures[doc.figures["page"] == 3].empty
    unreadable = doc.notes[doc.notes["key"] == "unreadable_text"]
    printed = "".join("".join(row) for row in ROWS) + "2026年部门支出预算总表单位：万元"
    assert unreadable[["page", "text"]].to_numpy().tolist() == [[3, str(len(printed))]]


@pytest.mark.parametrize("label", ["", "合计"])
def test_an_empty_form(path, label):
    doc = bk.read(raw_pdf.write(path, [table([ROWS[0], ["", label, "", ""], [""] * 4])]))
    assert [t.table for t in doc.meta.tables] == ["expenditure"]
    assert doc.figures.empty
    assert noted(doc) == [("doubted", 1, "no_amounts")]


def test_a_drawing_of_a_thousand_boxes_below_a_table(path):
    dice = random.Random(1)
    boxes = "".join(
        f"{dice.randint(60, 500)} {dice.randint(60, 600)} "
        f"{dice.randint(3, 30)} {dice.randint(3, 30)} re S\n"
        for _ in range(1000)
    )
    doc = bk.read(raw_pdf.write(path, [table(ROWS) + boxes]))
    assert doc.figures["amount"].tolist() == AMOUNTS
