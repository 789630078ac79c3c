"""What is drawn on a page and is no rule, and pages that are not upright."""

import pypdfium2
import pytest

import budgetkit as bk
from budgetkit.reading.model import Grid

from . import raw_pdf
from .raw_pdf import HEIGHT, ROWS, WIDTH, table, text
from .test_pdf import draw

pytestmark = pytest.mark.slow  # each starts the Java machine, or uses the one that runs


@pytest.fixture
def path(tmp_path):
    return tmp_path / "x.pdf"


@pytest.fixture
def plain(tmp_path):
    """What the table says, drawn as it is."""
    return said(bk.read(raw_pdf.write(tmp_path / "plain.pdf", [table(ROWS)])))


def said(doc):
    """Table, row, code, name, measure and amount of every figure."""
    columns = ["table", "row", "code", "name", "measure", "amount"]
    return doc.figures[columns].astype("object").fillna("").to_numpy().tolist()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_table_printed_sideways(path, plain, turn):
    draw(path, ROWS, ruled=True)
    with pypdfium2.PdfDocument(path) as document:
        document[0].set_rotation(turn)
        document.save(path.with_stem("turned"))
    doc = bk.read(path.with_stem("turned"))
    assert said(doc) == plain
    assert doc.notes["key"].tolist() == ["sideways"]


@pytest.mark.parametrize("size", [0.2, 0.5])
def test_small_type(path, plain, size):
    doc = bk.read(raw_pdf.write(path, [f"q {size} 0 0 {size} 0 0 cm {table(ROWS)} Q"]))
    assert said(doc) == plain
    grid = next(block for block in doc.reading.source.blocks if isinstance(block, Grid))
    assert grid.edges[0] == pytest.approx(60 * size, abs=1)


def test_a_frame_around_the_page(path, plain):
    frame = f"1 1 {WIDTH - 2} {HEIGHT - 2} re S\n"
    assert said(bk.read(raw_pdf.write(path, [frame + table(ROWS)]))) == plain


def test_bold_letters_drawn_as_outlines(path, plain):
    """Cairo draws the thickened outline of a letter over its text: short, straight, and many."""
    strokes = "".join(
        f"{x} {y} m {x + 8} {y} l {x + 8} {y + 3} l {x} {y + 3} l {x} {y + 6} l {x + 8} {y + 6} l "
        f"{x + 8} {y + 8} l {x} {y + 8} l S\n"
        for row in range(1, len(ROWS) + 1)
        for x in range(66, 120, 10)
        for y in [760 - row * 20 + 5]
    )
    assert said(bk.read(raw_pdf.write(path, [table(ROWS) + strokes]))) == plain


def test_words_at_the_foot_of_a_page_are_no_row(path, plain):
    doc = bk.read(raw_pdf.write(path, [table(ROWS) + text("注：本表数据未经审计", 60, 40)]))
    assert said(doc) == plain


def test_an_amount_outside_of_every_table_is_noted(path, plain):
    doc = bk.read(raw_pdf.write(path, [table(ROWS) + text("1,234.56", 300, 100)]))
    assert said(doc) == plain
    assert doc.notes[["key", "text"]].to_numpy().tolist() == [["row_without_table", "1,234.56"]]


def test_tables_within_the_frame_of_a_page(path):
    frame = f"1 1 {WIDTH - 2} {HEIGHT - 2} re S\n"
    two = table(ROWS) + table(ROWS, "2026年部门收入预算总表", top=400)
    alone = bk.read(raw_pdf.write(path, [two]))
    framed = bk.read(raw_pdf.write(path.with_stem("framed"), [frame + two]))
    assert [each.table for each in framed.meta.tables] == ["expenditure", "income"]
    assert said(framed) == said(alone)
