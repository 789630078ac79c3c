"""A page may end after any row, and within one: every amount and name arrives whole."""

from dataclasses import replace

import pypdfium2
import pytest

import budgetkit as bk
from budgetkit.typeset import pdf

from .same import check_same

#: Heights of paper (points), a line of text apart: from a header and one row to all of them.
HEIGHTS = range(190, 460, 6)

TABLES = {"single": "general_projects", "split": "general_projects", "open": "expenditure"}


@pytest.mark.slow
@pytest.mark.parametrize("style", TABLES)
def test_a_page_ends_at_every_height(style, bundled, tmp_path, monkeypatch):
    doc = excerpt(bundled, TABLES[style])
    pages = set()
    for height in HEIGHTS:
        monkeypatch.setattr(pdf, "_PAPERS", ((842, height, 8),))
        again = bk.read(doc.typeset(tmp_path / f"{height}.pdf", style))
        check_same(doc, again)
        pages.add(again.meta.pages)
    assert len(pages) > 3


@pytest.mark.slow
def test_some_pages_end_within_a_row(bundled, tmp_path, monkeypatch):
    doc = excerpt(bundled, "general_projects")
    texts = []
    for style in ("single", "split"):
        monkeypatch.setattr(pdf, "_PAPERS", ((842, 244, 8),))
        with pypdfium2.PdfDocument(doc.typeset(tmp_path / f"{style}.pdf", style)) as file:
            texts.append([page.get_textpage().get_text_range() for page in file])
    assert texts[0] != texts[1]


def excerpt(doc, table, rows=14):
    """The first rows of one table as a disclosure of their own."""
    figures = doc.figures
    figures = figures[(figures["table"] == table) & (figures["row"] <= rows)]
    known = tuple(t for t in doc.meta.tables if t.table == table)
    frames = {"figures": figures, "units": doc.units}
    return bk.Disclosure(replace(doc.meta, tables=known), frames)
