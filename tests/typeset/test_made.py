"""Disclosures made at random are read back as the same figures, in all styles and formats."""

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import budgetkit as bk
from budgetkit.vocabulary import words

from .made import disclosures
from .same import check_same

# Where rows run over a page's end, a name alone at the top may be the rest of one, or a row.
STYLES = [style for style, how in words("typeset")["styles"].items() if not how.get("split")]

# A document takes its time to be typeset and read; a failure is shown as it was found.
MADE = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    derandomize=True,  # the same documents everywhere: a red run can be looked into
)


def check(doc, style, ending):
    """A disclosure is the same once it was typeset and read."""
    with tempfile.TemporaryDirectory() as folder:
        again = bk.read(doc.typeset(Path(folder, f"x{ending}"), style))
    check_same(doc, again)
    assert [t.table for t in again.meta.tables] == [t.table for t in doc.meta.tables]
    # two halves print their columns beside each other: which comes first is theirs
    sided = set(doc.figures.loc[doc.figures["side"].notna(), "table"])
    for read, made in zip(again.meta.tables, doc.meta.tables, strict=True):
        ordered = sorted if made.table in sided else tuple
        assert ordered(read.measures) == ordered(made.measures)


@settings(MADE, max_examples=40)
@given(disclosures(), st.sampled_from(STYLES))
def test_text(doc, style):
    check(doc, style, ".txt")


@pytest.mark.parametrize("rows", [1, 400])
@settings(MADE, max_examples=6)
@given(st.data(), st.sampled_from(STYLES))
def test_text_of_so_many_rows(rows, data, style):
    check(data.draw(disclosures(rows=rows, most=1)), style, ".txt")


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".html"])
@settings(MADE, max_examples=25)
@given(disclosures(), st.sampled_from(STYLES))
def test_other_formats(ending, doc, style):
    check(doc, style, ending)


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".xlsx", ".docx", ".html", ".pdf"])
@pytest.mark.parametrize("rows", [1, 400])
@settings(MADE, max_examples=3)
@given(st.data(), st.sampled_from(STYLES))
def test_other_formats_of_so_many_rows(ending, rows, data, style):
    check(data.draw(disclosures(rows=rows, most=1)), style, ending)


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
@settings(MADE, max_examples=6)
@given(disclosures())
def test_pdf(style, doc):
    check(doc, style, ".pdf")


@pytest.mark.slow
@settings(MADE, max_examples=6)
@given(disclosures())
def test_rows_that_run_over_a_page_keep_their_amounts(doc):
    with tempfile.TemporaryDirectory() as folder:
        again = bk.read(doc.typeset(Path(folder, "x.pdf"), "split"))
    columns = ["table", "side", "measure", "amount"]
    assert Counter(again.figures[columns].astype(str).itertuples(index=False)) == Counter(
        doc.figures[columns].astype(str).itertuples(index=False)
    )
