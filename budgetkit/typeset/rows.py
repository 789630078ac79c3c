"""Figures in, rows of a table out: labels in their columns, a row for every row published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from budgetkit.assembling import vocabulary
from budgetkit.assembling.names import Names, looks_like_unit
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure
    from budgetkit.meta import Table

#: A code that can stand before a name and be told from it.
_CODE = re.compile(r"[1-5]\d{2}(?:\d{2}){0,3}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one half: its labels and its amounts; a gap where none was published."""

    level: str
    code: str | None
    name: str
    unit: str | None
    project: str | None
    amounts: dict[str, float] = field(default_factory=dict)
    gap: bool = False


def sides(disclosure: Disclosure, table: Table) -> dict[str | None, list[Row]]:
    """The rows of each half of a table, rows without amounts as gaps."""
    figures = disclosure.frames["figures"]
    own = figures[figures["table"] == table.table]
    found: dict[str | None, dict[int, Row]] = {}
    if vocabulary_sides(table) or own["side"].notna().any():  # a blank half is printed, too
        found = {"income": {}, "expenditure": {}}
    for record in own.astype(object).where(own.notna(), None).to_dict("records"):
        labels = {name: record[name] for name in ("level", "code", "name", "unit", "project")}
        half = found.setdefault(record["side"], {})
        row = half.setdefault(int(record["row"]), Row(**labels))
        row.amounts[record["measure"]] = record["amount"]
    gap = Row("line", None, words("typeset")["text"]["gap"], None, None, gap=True)
    halves = {
        side: [half.get(number, gap) for number in range(1, max(half, default=0) + 1)]
        for side, half in sorted(found.items(), key=lambda item: item[0] != "income")
    }
    return halves or {None: []}


def vocabulary_sides(table: Table) -> bool:
    """Whether a table without any amount is printed in two halves."""
    known = vocabulary.titled(table.title)
    return not table.rows and known is not None and known.sides


def measures(table: Table, side: str | None, half: Sequence[Row]) -> list[str]:
    """The columns of amounts of a half, as published; those that stay blank on the right."""
    used = {measure for row in half for measure in row.amounts}
    blank = set() if side == "income" and used else set(table.measures) - used
    if side == "expenditure" and used:
        blank -= {"amount"}
    order = [*table.measures, *sorted(used - set(table.measures))]
    return [measure for measure in order if measure in used | blank]


class Labels:
    """The label columns of a half, and what each row prints in them."""

    def __init__(self, table: Table, half: Sequence[Row], codes: str, known: Names) -> None:
        standard = vocabulary.titled(table.title)
        named = [row for row in half if not row.gap]
        coded = any(row.code for row in named)
        # Beside a code stands the code's name: a project then has a column of its own.
        self._items = standard is not None and standard.label == "project" and not coded
        self.codes = codes if coded else ""
        if self.codes == "name" and not all(_CODE.fullmatch(r.code) for r in named if r.code):
            self.codes = "one"
        headed = _headed(half, self.codes in {"three", "one"}, known)
        self.unit = not headed and any(row.unit for row in named)
        self.project = not self._items and any(row.project for row in named)
        self.beside = max((row.name.count(" / ") for row in named), default=0)
        labels = bool(self.codes or self.unit or self.project)
        self.name = labels or not named or any(r.name or r.level != "total" for r in half)

    def columns(self) -> list[tuple[tuple[str, ...], str]]:
        """The headings and the kind of each column."""
        words_of: dict[str, Any] = words("typeset")["labels"]
        found: list[tuple[tuple[str, ...], str]] = []
        if self.unit:
            found.append(((words_of["unit"],), "label"))
        if self.codes == "three":
            found += [((words_of["code"], level), "code") for level in words_of["levels"]]
        elif self.codes == "one":
            found.append(((words_of["code"],), "code"))
        if self.name:
            name = "project" if self._items else "coded" if self.codes else "name"
            found.append(((words_of[name],), "label"))
        found += [((words_of["beside"],), "label")] * self.beside
        if self.project:
            found.append(((words_of["project"],), "label"))
        return found

    def cells(self, row: Row) -> list[str]:
        """What a row prints in the columns."""
        name, *beside = row.name.split(" / ")
        unit = (row.unit or "") if self.unit else ""
        project = (row.project or "") if self.project else ""
        if self.unit and row.level == "unit":
            unit, name = row.name, ""
        if project and row.name == row.project and not row.code:
            name = ""
        found = [unit] if self.unit else []
        if self.codes == "three":
            found += _parts(row.code or "")
        elif self.codes == "one":
            found.append(row.code or "")
        elif self.codes == "name" and row.code:
            name = f"[{row.code}]{name}"
        found += [name] if self.name else []
        found += [*beside, *[""] * (self.beside - len(beside))]
        return [*found, project] if self.project else found


def _parts(code: str) -> list[str]:
    """A code in its three columns: class, section, and the rest."""
    return [code[:3], code[3:5], code[5:]]


def _headed(half: Iterable[Row], coded: bool, known: Names) -> bool:
    """Whether rows that head units are enough to tell which unit each row belongs to."""
    unit = None
    for row in half:
        if row.gap:
            continue
        if row.level == "unit":
            unit = row.unit
            plain = coded and looks_like_unit(row.name) and row.name == unit
            if not plain and known.find(row.name) != unit:
                return False  # would not be told for a unit
        unit = None if row.level == "total" else unit
        if row.unit != unit:
            return False
    return True
