"""Each writer puts every cell of the layout in its place; no reader of ours is asked."""

import docx
import openpyxl
import pandas as pd
import pypdfium2
import pytest

from budgetkit import package
from budgetkit.assembling import vocabulary
from budgetkit.errors import TypesetError
from budgetkit.printed import key
from budgetkit.typeset.headings import cells, path
from budgetkit.typeset.layout import paper
from budgetkit.typeset.styles import style
from budgetkit.vocabulary import words

STYLES = list(words("typeset")["styles"])


@pytest.fixture(scope="module", params=["single", "code_in_name", "yuan"])
def named(request):
    """The name of a style."""
    return request.param


@pytest.fixture
def sheets(bundled, named):
    """The tables as laid out."""
    return paper(bundled, style(named)).sheets


def test_a_heading_is_read_back_as_its_measure():
    tables = {table.id: table for table in vocabulary.tables()}
    for name, headings in words("typeset")["tables"].items():
        for measure in headings:
            joined = "/".join(map(key, path(name, measure)))
            assert tables[name].measure(joined) == measure, (name, joined)


def test_equal_headings_are_merged_and_last_ones_never():
    found, depth = cells([("甲", "乙"), ("甲", "乙"), ("丙",)])
    assert depth == 2
    assert [(c.text, c.row, c.column, c.height, c.width) for c in found] == [
        ("甲", 0, 0, 1, 2),
        ("乙", 1, 0, 1, 1),
        ("乙", 1, 1, 1, 1),
        ("丙", 0, 2, 2, 1),
    ]


def test_the_header_covers_every_place_once(sheets):
    for sheet in sheets:
        covered = [
            (cell.row + down, cell.column + right)
            for cell in sheet.header
            for down in range(cell.height)
            for right in range(cell.width)
        ]
        wanted = [(row, c) for row in range(sheet.depth) for c in range(len(sheet.columns))]
        assert sorted(covered) == wanted


def test_html(bundled, sheets, tmp_path, named):
    file = bundled.typeset(tmp_path / "x.html", named)
    found = pd.read_html(file, encoding="utf-8", header=None, keep_default_na=False, converters={})
    assert len(found) == len(sheets)
    for frame, sheet in zip(found, sheets, strict=True):
        assert frame.shape == (len(sheet.body), len(sheet.columns))
        assert frame.columns.nlevels == sheet.depth


def test_excel(bundled, sheets, tmp_path, named):
    book = openpyxl.load_workbook(bundled.typeset(tmp_path / "x.xlsx", named))
    for page, sheet in zip(book.worksheets[1:], sheets, strict=True):
        first = len(sheet.caption) + 2 + sheet.depth
        assert page["A1"].value == sheet.title
        for row, texts in enumerate(sheet.body, start=first):
            for column, text in enumerate(texts, start=1):
                cell = page.cell(row, column)
                if sheet.columns[column - 1].kind == "amount" and text:
                    assert cell.value == float(text.replace(",", ""))
                else:
                    assert (cell.value or "") == text


def test_excel_takes_no_label_for_a_formula(bundled, tmp_path):
    changed = bundled.figures.assign(name=bundled.figures["name"].replace("教育支出", "=1+1"))
    doc = type(bundled)(bundled.meta, {**bundled.frames, "figures": changed})
    book = openpyxl.load_workbook(doc.typeset(tmp_path / "x.xlsx"))
    found = [c for page in book for row in page.iter_rows() for c in row if c.value == "=1+1"]
    assert found
    assert all(cell.data_type == "s" for cell in found)


def test_word(bundled, sheets, tmp_path, named):
    document = docx.Document(str(bundled.typeset(tmp_path / "x.docx", named)))
    assert len(document.tables) == len(sheets)
    for table, sheet in zip(document.tables, sheets, strict=True):
        rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert tuple(rows[sheet.depth :]) == sheet.body
        for cell in sheet.header:
            assert rows[cell.row + cell.height - 1][cell.column + cell.width - 1] == cell.text


@pytest.mark.parametrize("named", STYLES, indirect=False)
def test_pdf_clips_nothing(bundled, tmp_path, named):
    with pypdfium2.PdfDocument(bundled.typeset(tmp_path / "x.pdf", named)) as document:
        texts = []
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            texts.append(text.get_text_range())
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                assert 0 <= left <= right <= width
                assert 0 <= bottom <= top <= height
    assert "budgetkit" in texts[0]
    assert bundled.meta.title in texts[0].replace(" ", "")


def test_pdf_is_the_same_every_time(bundled, tmp_path):
    one = bundled.typeset(tmp_path / "1.pdf").read_bytes()
    assert bundled.typeset(tmp_path / "2.pdf").read_bytes() == one
    assert (package.home() / "xinjiang-miit-2024" / "disclosure.pdf").read_bytes() == one


def test_what_is_not_known_is_named(bundled, tmp_path):
    with pytest.raises(TypesetError, match=r"cannot typeset \.odt; use \.pdf"):
        bundled.typeset(tmp_path / "x.odt")
    with pytest.raises(TypesetError, match="no style 'gothic'; there are: single"):
        bundled.typeset(tmp_path / "x.txt", style="gothic")


def test_the_folder_is_made_as_save_makes_it(tmp_path, bundled):
    assert bundled.typeset(tmp_path / "new" / "x.txt").read_text(encoding="utf-8")
    with pytest.raises(TypesetError, match="choose a file in a folder that is there"):
        bundled.typeset(tmp_path / "typo" / "one" / "x.txt")
    assert not (tmp_path / "typo").exists()
