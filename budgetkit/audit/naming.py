"""Cells in, names out: where a number is printed, in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from budgetkit import codes, language
from budgetkit.audit.cells import Cells, Place
from budgetkit.audit.statements import english

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: The column of a frame of the text that names a row, and the one that numbers it.
_NAMED = {
    "projects": ("project", "no"),
    "project_parts": ("part", None),
    "carryovers": ("project", "no"),
    "variances": ("item", None),
    "facts": ("key", None),
    "targets": ("project", "form"),
}


def fact(key: str) -> str:
    """What a fact is called; those of an item (amount, share, execution) by the item.

    >>> fact("assets.vehicles"), fact("share.205.支出"), fact("execution.2050305.final")
    ('车辆数', '教育支出占支出', '高等职业教育决算')
    """
    kind, *items = key.split(".")
    if kind not in {"amount", "share", "execution"}:
        return language.label(f"fact.{key}")
    if kind == "execution":
        kind = f"execution.{items.pop()}"
    zh = language.current() == "zh"
    names = [codes.name(i) if i.isdigit() else None if zh else english(i) for i in items]
    named = dict(zip(("item", "whole"), map(_either, names, items), strict=False))
    return language.label(f"fact.{kind}{'_of' * (len(items) > 1)}", **named)


def _either(name: str | None, printed: str) -> str:
    return name or printed


class Where(NamedTuple):
    """Where a number is printed."""

    table: str
    side: str | None
    row: int | None
    measure: str
    label: str
    page: int | None


class Naming:
    """Names the cells of a disclosure."""

    def __init__(self, disclosure: Disclosure, cells: Cells) -> None:
        self._disclosure = disclosure
        self._cells = cells
        self._rows = {
            (table, side, row.row): row
            for (table, side), sheet in cells.sheets.items()
            for row in sheet.rows
        }
        self._titles = {table.table: table.title for table in disclosure.meta.tables}

    def where(self, cell: int) -> Where:
        """Where a cell is."""
        return self.at(self._cells.places[cell])

    def at(self, place: Place) -> Where:
        """Where a place is."""
        row = self._rows.get((place.table, place.side, place.row))
        if row is None:
            return self.stated(place.table, place.row)._replace(measure=place.measure)
        label = row.name or language.label(f"level.{row.level}")
        if row.project and row.unit:
            label = f"{row.unit} · {row.project}"
        return Where(place.table, place.side, place.row, place.measure, label, row.page)

    def stated(self, frame: str, row: int) -> Where:
        """Where a number of a frame of the text is."""
        name, number = _NAMED[frame]
        own = self._disclosure.frames[frame]
        found = own[own[number] == row] if number else own.loc[[row]]
        text = found[name].iloc[0]
        if frame == "project_parts":
            projects = self._disclosure.frames["projects"]
            project = projects[projects["no"] == found["no"].iloc[0]]["project"]
            text = " · ".join([*project, text])
        if frame == "facts":
            text = fact(text)
        if frame == "targets" and pd.isna(text):
            text = found["unit"].iloc[0]
        return Where(frame, None, row, "", str(text), None)

    def name(self, cell: int) -> str:
        """A cell's name in full: its table, its row, its column."""
        return self.brief(self.where(cell))

    def table(self, name: str) -> str:
        """A table's printed title, or in English its label."""
        zh = language.current() == "zh"
        return self._titles.get(name, name) if zh else language.label(f"table.{name}")

    def brief(self, where: Where) -> str:
        """Where a number is, as one phrase."""
        zh = language.current() == "zh"
        if where.table == "facts":
            return f"“{where.label}”" if zh else f'"{where.label}"'
        if where.table in _NAMED:
            table = language.label(f"frame.{where.table}")
            column = language.label(f"audit.column.{where.measure}")
        else:
            table = self.table(where.table)
            column = language.label(f"measure.{where.measure}")
        return f"{table}“{where.label}”{column}" if zh else f'{table}, "{where.label}": {column}'
