"""The real documents of eight places: what each says of itself, its tables, its sums.

``documents.csv`` holds what each document says of itself; ``truth.csv`` the figures of
31 tables that were compared with the picture of the page, cell by cell; ``faults.csv``
every number that is printed as it is and doesn't fit the others.
"""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import budgetkit as bk

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
CORPUS = HERE.parents[2] / "shared" / "corpus"
DOCUMENTS = pd.read_csv(HERE / "documents.csv", dtype="str", index_col="document")
FAULTS = pd.read_csv(HERE / "faults.csv")
TRUTH = pd.read_csv(
    HERE / "truth.csv", dtype={"code": "str", "unit": "str", "side": "str", "name": "str"}
)


@cache
def document(name):
    """One document of the corpus, read once for all tests."""
    path = CORPUS / f"{name}.pdf"
    if not path.exists():
        pytest.skip(f"needs {path.name} in ../shared/corpus, which is not here")
    return bk.read(path)


@pytest.mark.parametrize("name", DOCUMENTS.index)
def test_what_it_says_of_itself(name):
    doc, expected = document(name), DOCUMENTS.loc[name]
    told = {key: getattr(doc.meta, key) for key in ("title", "department", "place", "kind")}
    assert told == {key: expected[key] if expected[key] == expected[key] else None for key in told}
    assert doc.meta.year == int(expected["year"])
    tables = [table.table for table in doc.meta.tables]
    assert " ".join(tables) == (expected["tables"] if tables else "")
    assert len(doc.figures) == int(expected["amounts"])
    assert len(doc.targets) == int(expected["targets"])


@pytest.mark.parametrize("name", DOCUMENTS.index)
def test_what_is_in_no_frame(name):
    """Only amounts of forms that say more than the frame of targets has columns for."""
    notes = document(name).notes
    lost = notes[(notes["kind"] == "unplaced") & ~notes["key"].str.startswith("prose.")]
    assert set(lost["key"]) <= {"amount_in_form", "amount_in_form_under"}
    assert len(lost) <= 4


@pytest.mark.parametrize(("name", "table"), TRUTH[["document", "table"]].drop_duplicates().values)
def test_against_the_picture(name, table):
    expected = TRUTH[(TRUTH["document"] == name) & (TRUTH["table"] == table)]
    figures = document(name).figures
    found = figures[(figures["table"] == table) & figures["page"].isin(expected["page"])]
    columns = ["side", "row", "level", "code", "name", "unit", "measure", "amount"]
    pd.testing.assert_frame_equal(
        found[columns].astype("object").fillna("").reset_index(drop=True),
        expected[columns].astype("object").fillna("").reset_index(drop=True),
        check_dtype=False,
    )


@pytest.mark.parametrize("name", DOCUMENTS.index)
def test_audit(name):
    """What doesn't add up was looked up on the page: it is the print's, not the reader's."""
    audit = document(name).audit()
    slight = audit.suspects[audit.suspects["kind"] == "slight"].assign(family="slight")
    columns = ["family", "table", "label", "measure"]
    found = [*audit.failures[columns].to_numpy().tolist(), *slight[columns].to_numpy().tolist()]
    expected = FAULTS.loc[FAULTS["document"] == name, columns].to_numpy().tolist()
    assert sorted(found) == sorted(expected)
