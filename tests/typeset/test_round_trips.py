"""What was typeset is read back as the same figures: bundled disclosures, styles, formats."""

import pytest

import budgetkit as bk
from budgetkit import package
from budgetkit.vocabulary import words

from .conftest import needs_reader

STYLES = list(words("typeset")["styles"])
OTHERS = [
    pytest.param(ending, marks=[needs_reader(ending), pytest.mark.slow])
    for ending in (".xlsx", ".docx", ".html")
]


@pytest.mark.parametrize("style", STYLES)
def test_text(bundled, tmp_path, style, same_figures):
    same_figures(bundled, bk.read(bundled.typeset(tmp_path / "x.txt", style)))


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_pdf(bundled, tmp_path, style, same_figures):
    same_figures(bundled, bk.read(bundled.typeset(tmp_path / "x.pdf", style)))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("ending", OTHERS)
def test_other_formats(bundled, tmp_path, style, ending, same_figures):
    same_figures(bundled, bk.read(bundled.typeset(tmp_path / f"x{ending}", style)))


@pytest.mark.parametrize("style", ["single", "code1", "code_in_name", "yuan"])
@pytest.mark.parametrize("name", package.names())
def test_every_bundled_disclosure_as_text(name, tmp_path, style, same_figures):
    doc = bk.load(name)
    again = bk.read(doc.typeset(tmp_path / "x.txt", style))
    same_figures(doc, again)
    assert again.units.equals(doc.units)
    for field in ("title", "department", "year", "kind", "place"):
        assert getattr(again.meta, field) == getattr(doc.meta, field)


@pytest.mark.slow
@pytest.mark.parametrize("name", package.names())
def test_every_bundled_disclosure_as_pdf(name, tmp_path, same_figures):
    doc = bk.load(name)
    same_figures(doc, bk.read(doc.typeset(tmp_path / "x.pdf")))


@pytest.mark.slow
def test_the_bundled_pdf(bundled, same_figures):
    path = package.home() / "xinjiang-miit-2024" / "disclosure.pdf"
    assert path.stat().st_size < 600_000
    again = bk.read(path)
    same_figures(bundled, again)
    assert again.units.equals(bundled.units)
    measures = [(table.table, table.measures) for table in again.meta.tables]
    assert measures == [(table.table, table.measures) for table in bundled.meta.tables]
