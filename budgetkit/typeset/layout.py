"""A disclosure in, sheets out: what every writer prints, as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.columns import of_period, periods
from budgetkit.assembling.names import Names
from budgetkit.typeset import rows
from budgetkit.typeset.headings import Cell, cells, path
from budgetkit.typeset.rows import Row
from budgetkit.typeset.styles import Style
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure
    from budgetkit.meta import Table


#: A table of more columns than this that has each of them for several years has a row a year.
_WIDE = 30


@dataclass(frozen=True, slots=True)
class Column:
    """A column as printed: its headings from top to bottom, and what it holds."""

    path: tuple[str, ...]
    kind: str  # code, label, amount


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as printed: the lines above it, its header, its rows."""

    title: str
    caption: tuple[str, ...]
    columns: tuple[Column, ...]
    header: tuple[Cell, ...]
    depth: int
    decimals: int
    body: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole document as printed: its title, the lines of its first page, its tables.

    A handout has `task` and `form` before the lines: what to do, and rows to fill in.
    """

    title: str
    lines: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    task: tuple[str, ...] = ()
    form: tuple[tuple[str, ...], ...] = ()


def paper(disclosure: Disclosure, style: Style) -> Paper:
    """Lay a disclosure out."""
    meta = disclosure.meta
    units = Names(disclosure.units["unit"], meta.department)
    return Paper(
        title=meta.title,
        lines=tuple(_front(disclosure)),
        sheets=tuple(
            _sheet(disclosure, table, units, style) for table in meta.tables if table.measures
        ),
    )


def _front(disclosure: Disclosure) -> Iterator[str]:
    """The lines of the first page: what this file is, and the budget units."""
    text, kinds = words("typeset")["text"], words("labels")["unit_kind"]
    yield text["note"]
    yield text["source"].format(title=disclosure.meta.title) + text["blank"]
    if disclosure.units.empty:
        return
    yield text["units"]
    yield text["announced"]
    for unit in disclosure.units.itertuples():
        bracket = f"（{kinds[unit.kind]['zh']}）" if unit.kind in kinds else ""
        yield f"{unit.no}、{unit.unit}{bracket}{'。' if unit.no == len(disclosure.units) else '；'}"


def _sheet(disclosure: Disclosure, table: Table, units: Names, style: Style) -> Sheet:
    """One table laid out, its halves side by side."""
    sides = rows.sides(disclosure, table)
    halves = [
        _half(table, side, half, units, style, disclosure.meta.year) for side, half in sides.items()
    ]
    columns = tuple(column for found, _ in halves for column in found)
    header, depth = cells([column.path for column in columns])
    blanks = [[""] * len(found) for found, _ in halves]
    body = tuple(
        tuple(
            cell
            for part, blank in zip(parts, blanks, strict=True)
            for cell in (blank if part is None else part)
        )
        for parts in zip_longest(*(body for _, body in halves))
    )
    text = words("typeset")["text"]
    caption = [text["unit"].format(unit=style.unit or table.unit or "万元")]
    if department := disclosure.meta.department:
        caption.insert(0, text["department"].format(department=department))
    return Sheet(
        title=title(table),
        caption=tuple(caption),
        columns=columns,
        header=(*header, *_numbers(columns, depth)),
        depth=depth + 1,
        decimals=_decimals(table, style),
        body=body,
    )


def _half(
    table: Table, side: str | None, half: list[Row], units: Names, style: Style, year: int | None
) -> tuple[list[Column], list[list[str]]]:
    """The columns of one half, or of a table without halves, and its rows."""
    over = (words("typeset")["labels"][side],) if side else ()
    labels = rows.Labels(table, half, "name" if side else style.codes, units)
    measures = rows.measures(table, side, half)
    columns = [Column((*over, *path), kind) for path, kind in labels.columns()]
    years: dict[str, str] = {}
    if style.years and year and len(measures) > _WIDE:
        years, measures = _years(measures, year)
        columns += [Column((words("typeset")["labels"]["year"],), "label")] * bool(years)
    columns += [Column((*over, *path(table.table, m)), "amount") for m in measures]
    body = []
    for row in half:
        cells = labels.cells(row)
        for period, told in years.items() or [("current", None)]:
            amounts = [row.amounts.get(of_period(period, m)) for m in measures]
            found = [_amount(a, m, table, style) for a, m in zip(amounts, measures, strict=True)]
            body.append([*cells, *([told] if told else []), *found])
            cells = [""] * len(cells)
    return columns, body


def _years(measures: list[str], year: int) -> tuple[dict[str, str], list[str]]:
    """What each period is called, and the measures; no periods where they don't have the same."""
    found, own = periods(measures)
    names: dict[str, str] = words("typeset")["years"]
    return {p: names[p].format(year, year - 1) for p in found}, own or measures


def _amount(amount: float | None, measure: str, table: Table, style: Style) -> str:
    """An amount as printed: in the table's unit, with its decimals and commas."""
    if amount is None:
        return ""
    unit = style.unit or table.unit or "万元"
    factor = printed.UNITS[unit] if vocabulary.is_money(measure) else 1
    value = (printed.exact(amount) / factor).normalize()
    places = max(_decimals(table, style), -int(value.as_tuple().exponent))
    return f"{value:,.{places}f}"


def _decimals(table: Table, style: Style) -> int:
    """How many decimals the amounts of a table are printed with."""
    if not style.unit:
        return table.decimals
    ratio = printed.UNITS[table.unit or "万元"] / printed.UNITS[style.unit]
    return max(0, table.decimals - ratio.adjusted())


def title(table: Table) -> str:
    """The title of a table: as published, if it is read back as that table's."""
    name = table.table.partition(" (")[0]
    found = vocabulary.titled(table.title)
    if found is not None and found.id == name:
        return table.title
    labels: dict[str, Any] = words("labels")["table"]
    return str(labels[name]["zh"]) if name in labels else table.title


def _numbers(columns: Sequence[Column], depth: int) -> Iterator[Cell]:
    """The row that numbers the columns of amounts."""
    number = 0
    for index, column in enumerate(columns):
        number += column.kind == "amount"
        mark = str(number) if column.kind == "amount" else words("typeset")["text"]["mark"]
        yield Cell(mark, depth, index)
