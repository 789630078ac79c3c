"""Cells in, identities out: what the columns of a table promise each other in every row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from budgetkit.assembling import vocabulary
from budgetkit.audit.cells import Cells, Sheet
from budgetkit.audit.identities import MOST, Identity, equal, held
from budgetkit.vocabulary import words


@cache
def parent(measure: str, measures: tuple[str, ...]) -> str | None:
    """The column of a table that a column is a part of.

    >>> parent("personnel", ("total", "personnel", "operating"))
    'total'
    >>> parent("prior_abroad", ("prior", "prior_abroad"))
    'prior'
    """
    known = _wholes()
    for before, plain, after in _affixed(measure):
        subject = (plain[:3], vocabulary.of_class(plain[:3]), "total") if plain.isdigit() else ()
        for name in (*known.get(plain, ()), *subject):
            for candidate in _named(before, name, after):
                if candidate in measures and candidate != measure:
                    return candidate
    return None


@cache
def _wholes() -> dict[str, list[str]]:
    """The columns that each column is a part of, the nearest first."""
    groups = words("identities")["parts"].items()
    return {part: wholes.split() for wholes, parts in groups for part in parts}


def _affixed(measure: str) -> Iterator[tuple[str, str, str]]:
    """A measure plain, and taken apart into prefix, plain measure and suffix."""
    yield "", measure, ""
    apart, qualifiers = words("tables")["apart"], words("tables")["qualifiers"]
    for before in ("", *(f"{name}_" for name in ("prior", *apart["before"]))):
        for after in ("", *(f"_{name}" for name in (*qualifiers, *apart["between"]))):
            plain = measure.removeprefix(before).removesuffix(after)
            if plain and len(plain) + len(before) + len(after) == len(measure):
                yield before, plain, after


def _named(before: str, name: str, after: str) -> Iterator[str]:
    """How a table may call the whole: prior_total or prior, total_final or final."""
    yield f"{before}{name}{after}"
    if name in {"total", "three_public"}:
        yield f"{before.removesuffix('_')}{after}".strip("_")


def columns(cells: Cells, sheet: Sheet) -> Iterator[Identity]:
    """In each row: a column is the sum of its parts, one that is only "of which" left out.

    One that is left out and fits into none of the others is promised all the same, so that
    a report can say that it is unchecked.
    """
    flow = words("identities")["flow"]
    for whole, parts in parts_of(sheet.measures).items():
        if len(parts) == 1 and whole in words("identities")["open"]["columns"]:
            continue
        plain = list(_sum_of_columns(sheet, whole, parts))
        exact, failed = held(cells, plain)
        readings = {
            left: list(_sum_of_columns(sheet, whole, [part for part in parts if part != left]))
            for left in (parts if failed < -1 else ())
        }
        left = max(readings, key=lambda part: held(cells, readings[part]), default="")
        if not left or held(cells, readings[left])[0] <= exact + 1:
            yield from plain
            continue
        yield from readings[left]
        if not _is_of_which(cells, sheet, left, parts):
            yield from _left_out(cells, sheet, whole, parts, left)
    if {*flow["plus"], *flow["minus"]} <= set(sheet.measures):
        for index, row in enumerate(sheet.rows):
            place = (sheet.table, row.row, flow["minus"][0])
            plus, minus = ([sheet.cell(index, m) for m in flow[sign]] for sign in ("plus", "minus"))
            yield equal("flow", place, plus, minus, ("flow", sheet.table))


def parts_of(measures: tuple[str, ...]) -> dict[str, list[str]]:
    """The columns that have parts, and these."""
    below: dict[str, list[str]] = defaultdict(list)
    for measure in measures:
        if whole := parent(measure, measures):
            below[whole].append(measure)
    return below


def _sum_of_columns(sheet: Sheet, whole: str, parts: list[str]) -> Iterator[Identity]:
    group = ("columns", sheet.table, whole)
    for index, row in enumerate(sheet.rows):
        cells = [sheet.cell(index, part) for part in parts]
        yield equal(
            "columns", (sheet.table, row.row, whole), [sheet.cell(index, whole)], cells, group
        )


def _is_of_which(cells: Cells, sheet: Sheet, left: str, parts: list[str]) -> bool:
    """Whether one of the other parts is as large as a column in every row, and may hold it."""
    rows = range(len(sheet.rows))
    sizes = {part: [abs(int(cells.amounts[sheet.cell(r, part)])) for r in rows] for part in parts}
    own = sizes.pop(left)
    return any(all(map(int.__le__, own, others)) for others in sizes.values())


def _left_out(
    cells: Cells, sheet: Sheet, whole: str, parts: list[str], left: str
) -> Iterator[Identity]:
    """The sums with a column that was left out, of the rows in which it has an amount."""
    group = ("columns", sheet.table, whole, left)
    for index, row in enumerate(sheet.rows):
        if cells.amounts[sheet.cell(index, left)]:
            own = [sheet.cell(index, part) for part in parts]
            place = (sheet.table, row.row, left)
            yield equal("columns", place, [sheet.cell(index, whole)], own, group, MOST)
