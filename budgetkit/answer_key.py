"""The answer key (答案) of a handout: where each error is, in the words that the sheet prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language
from budgetkit.typeset import glosses
from budgetkit.typeset.headings import path
from budgetkit.typeset.layout import title
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: The columns of a key that its file has: what a marker compares a sheet with.
_MARKED = (
    *("error", "kind", "page", "title", "code", "name", "heading"),
    *("on_the_sheet", "should_be", "sums"),
)


def frame(
    doc: Disclosure, puzzle: Disclosure, planted: pd.DataFrame, found: list[list[int]]
) -> pd.DataFrame:
    """The key of planted errors, in the words of the handout; the pages of its rows were found."""
    places = planted[["table", "side", "row", "measure"]].astype("object")
    places = places.where(places.notna(), None)
    told = [place(doc, *own) for own in places.itertuples(index=False, name=None)]
    renamed = planted.rename(columns={"planted": "on_the_sheet", "printed": "should_be"})
    key = pd.concat([renamed, pd.DataFrame(told, index=planted.index)], axis=1)
    tables = [table.table for table in doc.meta.tables if table.measures]
    rows = dict(zip(tables, found, strict=True))
    key["page"] = [rows[table][row - 1] for table, _, row, _ in places.to_numpy()]
    key["sums"] = _broken(puzzle, key)
    return key[[*_MARKED, "table", "side", "row", "measure"]]


def _broken(doc: Disclosure, key: pd.DataFrame) -> list[str]:
    """The sums that each planted error breaks, as the audit tells them."""
    found = doc.audit()
    suspects = found.suspects.drop_duplicates(["table", "row", "measure"])
    causes = suspects.set_index(["table", "row", "measure"])["cause"]
    told = found.failures.groupby("cause")["message"].agg(" ".join)
    places = key[["table", "row", "measure"]].itertuples(index=False, name=None)
    return [str(told[causes[place]]) for place in places]


def write(key: pd.DataFrame, file: Path) -> None:
    """Write a key for a marker: labels instead of names, and a mark by which Excel knows UTF-8."""
    kinds = key["kind"].map(lambda kind: language.label(f"audit.plant.{kind}"))
    titles = map(glosses.word, key["title"], key["table"].map(glosses.of_table))
    columns = map(glosses.of_column, key["measure"], key["side"])
    headings = map(glosses.word, key["heading"], columns)
    shown = key.assign(kind=kinds, title=list(titles), heading=list(headings))[list(_MARKED)]
    shown.columns = pd.Index([language.label(f"handout.key.{name}") for name in _MARKED])
    shown.to_csv(file, index=False, encoding="utf-8-sig", float_format=_printed)


def _printed(amount: Any) -> str:
    """An amount with two decimals, or as many as it has."""
    return f"{amount:.2f}" if amount == round(amount, 2) else f"{amount:.6f}".rstrip("0")


def place(doc: Disclosure, table: str, side: str | None, row: int, measure: str) -> dict[str, str]:
    """What a handout prints for a place: title of the table, code, name and heading."""
    (own,) = [found for found in doc.meta.tables if found.table == table]
    figures = doc.frames["figures"]
    rows = figures[(figures["table"] == table) & (figures["row"] == row)]
    if side is not None:
        rows = rows[rows["side"] == side]
    first = rows.iloc[0]
    own_name = first["name"] if pd.isna(first["project"]) else first["project"]
    parts = [own_name] if first["level"] == "unit" else [first["unit"], own_name]
    over = (words("typeset")["labels"][side],) if side else ()
    return {
        "title": title(own),
        "code": "" if pd.isna(first["code"]) else str(first["code"]),
        "name": " · ".join(str(part) for part in parts if pd.notna(part)),
        "heading": " / ".join((*over, *path(table, measure))),
    }
