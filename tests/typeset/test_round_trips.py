"""What was typeset is read back as the same figures: bundled disclosures, styles, formats."""

import pytest

import budgetkit as bk
from budgetkit import package
from budgetkit.vocabulary import words

from .same import check_same

STYLES = list(words("typeset")["styles"])
SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in (".pdf", ".xlsx", ".docx", ".html")]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("ending", [".txt", *SLOW])
def test_every_style_and_format(bundled, tmp_path, style, ending):
    check_same(bundled, bk.read(bundled.typeset(tmp_path / f"x{ending}", style)))


@pytest.mark.parametrize("style", ["single", "code1", "code_in_name", "yuan"])
@pytest.mark.parametrize("name", package.names())
def test_every_bundled_disclosure_as_text(name, tmp_path, style):
    doc = bk.load(name)
    again = bk.read(doc.typeset(tmp_path / "x.txt", style))
    check_same(doc, again)
    assert again.units.equals(doc.units)
    for field in ("title", "department", "year", "kind", "place"):
        assert getattr(again.meta, field) == getattr(doc.meta, field)


@pytest.mark.slow
@pytest.mark.parametrize("name", package.names())
def test_every_bundled_disclosure_as_pdf(name, tmp_path):
    doc = bk.load(name)
    check_same(doc, bk.read(doc.typeset(tmp_path / "x.pdf")))


@pytest.mark.slow
def test_the_bundled_pdf(bundled):
    path = package.home() / "xinjiang-miit-2024" / "disclosure.pdf"
    assert path.stat().st_size < 600_000
    again = bk.read(path)
    check_same(bundled, again)
    assert again.units.equals(bundled.units)
    measures = [(table.table, table.measures) for table in again.meta.tables]
    assert measures == [(table.table, table.measures) for table in bundled.meta.tables]
