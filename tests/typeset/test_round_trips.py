"""What is typeset reads back to the same figures: every bundled disclosure, every style."""

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit import package
from budgetkit.errors import TypesetError
from budgetkit.vocabulary import words

#: As PDF all but "open": without upright rules, columns are found by alignment, not all yet.
STYLES = list(words("typeset")["styles"])

#: All that a figure says but the page it stands on.
COLUMNS = [
    "table", "row", "side", "level", "code", "name", "unit", "project", "measure", "amount",
]  # fmt: skip


def told(doc):
    """The figures without their pages, in one order."""
    figures = doc.figures[COLUMNS].astype("object").fillna("")
    keys = ["table", "side", "row", "measure"]
    return figures.sort_values(keys, kind="stable", ignore_index=True)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", package.names())
def test_as_text(tmp_path, name, style):
    doc = bk.load(name)
    again = bk.read(doc.typeset(tmp_path / "x.txt", style))
    pd.testing.assert_frame_equal(told(doc), told(again))


@pytest.mark.slow
@pytest.mark.parametrize("style", [style for style in STYLES if style != "open"])
@pytest.mark.parametrize(
    "name", ["xinjiang-miit-2024", "jiangsu-npc-2019", "shenzhen-statistics-2026"]
)
def test_as_pdf(tmp_path, name, style):
    doc = bk.load(name)
    again = bk.read(doc.typeset(tmp_path / "x.pdf", style))
    pd.testing.assert_frame_equal(told(doc), told(again))


@pytest.mark.slow
def test_the_bundled_pdf_is_the_bundled_disclosure():
    doc = bk.load("xinjiang-miit-2024")
    again = bk.read(package.home() / "xinjiang-miit-2024" / "disclosure.pdf")
    pd.testing.assert_frame_equal(told(doc), told(again))


def test_an_unknown_ending_or_style(tmp_path, bundled):
    with pytest.raises(TypesetError, match=r"cannot typeset \.odt; use \.pdf, \.txt"):
        bundled.typeset(tmp_path / "x.odt")
    with pytest.raises(TypesetError, match="single"):
        bundled.typeset(tmp_path / "x.txt", style="gothic")
