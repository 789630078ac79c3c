"""The real documents of eight places: what each says of itself, its tables, its sums.

``documents.csv`` holds what each document says of itself; ``truth.csv`` the figures of
31 tables that were compared with the picture of the page, cell by cell.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit import printed

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent
CORPUS = HERE.parents[2] / "shared" / "corpus"
DOCUMENTS = pd.read_csv(HERE / "documents.csv", dtype="str", index_col="document")
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
    assert set(lost["key"]) <= {"amount_in_form"}
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
def test_sums(name):
    """Codes add up to the code above, all to the total, and parts of a row to the row."""
    doc = document(name)
    failed = [fault for table in doc.meta.tables for fault in faults(doc, table)]
    assert failed == []


def faults(doc, table) -> Iterator[str]:
    """The sums of one table that don't hold within the rounding of its print."""
    unit = Decimal(1).scaleb(-table.decimals) * printed.UNITS[table.unit or "万元"]
    figures = doc.figures[doc.figures["table"] == table.table]
    for _, side in figures.groupby(figures["side"].astype("object").fillna("")):
        rows = [
            (
                group.iloc[0],
                group.set_index("measure")["amount"].map(repr).map(Decimal).to_dict(),
            )
            for _, group in side.groupby("row")
        ]
        for index, (row, amounts) in enumerate(rows):
            parts = [{"basic", "project"}, {"personnel", "operating"}]
            whole = "total" if set(table.measures) <= {"total", "prior"}.union(*parts) else None
            if whole in amounts and not side["side"].notna().any():
                held = parts[0] if parts[0] & set(table.measures) else parts[1]
                if held <= set(table.measures):
                    addends = [amounts.get(part, Decimal(0)) for part in held]
                    yield from differs(amounts[whole], addends, unit, table, row, whole)
            below = list(children(rows, index))
            for measure in {m for child in below for m in child} if below else ():
                addends = [child.get(measure, Decimal(0)) for child in below]
                yield from differs(
                    amounts.get(measure, Decimal(0)), addends, unit, table, row, measure
                )


def children(rows, index) -> Iterator[dict]:
    """The rows one level below a class or section, up to the next of its level."""
    code = rows[index][0]["code"]
    if not isinstance(code, str) or len(code) > 5:
        return
    for row, amounts in rows[index + 1 :]:
        if not isinstance(row["code"], str) or len(row["code"]) <= len(code):
            return
        if len(row["code"]) == len(code) + 2 and row["code"].startswith(code):
            yield amounts


def differs(whole, addends, unit, table, row, measure) -> Iterator[str]:
    """One line where a sum differs by more than its rounding."""
    if abs(whole - sum(addends)) > unit * (len(addends) + 1) / 2:
        yield f"{table.table} row {row['row']} {row['name']} {measure}: {whole} ≠ {sum(addends)}"
