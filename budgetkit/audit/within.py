"""Cells in, identities out: what one table promises by its own header and outline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.audit.cells import Cells, Row, Sheet
from budgetkit.audit.columns import columns, parts_of
from budgetkit.audit.identities import CERTAIN, HALF, MOST, Identity, equal, held, sums
from budgetkit.audit.outlines import outline, plain
from budgetkit.schema import LEVELS
from budgetkit.vocabulary import words

_RANK = {level: rank for rank, level in enumerate(LEVELS)}
_SIDE = re.compile(r"收入|支出|\s")


def within(cells: Cells) -> Iterator[Identity]:
    """The identities within each table."""
    for sheet in cells.sheets.values():
        yield from columns(cells, sheet)
        if sheet.side or _is_list(sheet):
            hows = product((False, True), ("top", "below", "named"))
            readings = [list(outline(sheet, how, again)) for again, how in hows]
            readings += [list(_rows(sheet))] if any(row.code for row in sheet.rows) else []
            yield from max(readings, key=lambda found: held(cells, found))
        elif any(row.code or row.level in {"unit", "project"} for row in sheet.rows):
            yield from _rows(sheet)
        else:
            yield from _items(sheet) or _rows(sheet)
    for table in dict.fromkeys(table for table, _ in cells.sheets):
        yield from _sides(cells, table)


def _is_list(sheet: Sheet) -> bool:
    """Whether a table lists lines with a total of the year and one of all, as a balance does."""
    levels = [row.level for row in sheet.rows]
    return levels.count("total") > 1 and set(levels) == {"total", "line"}


def tree(rows: tuple[Row, ...]) -> tuple[dict[int, list[int]], list[int]]:
    """Which rows are right below which, and those below none, totals left out."""
    below: dict[int, list[int]] = defaultdict(list)
    top: list[int] = []
    stack: list[int] = []
    for index, row in enumerate(rows):
        if row.level == "total":
            stack.clear()
            continue
        while stack and not _holds(rows[stack[-1]], row):
            stack.pop()
        (below[stack[-1]] if stack else top).append(index)
        stack.append(index)
    return below, top


def _holds(above: Row, row: Row) -> bool:
    """Whether a row is one of those that an earlier one sums up."""
    if _RANK[above.level] >= _RANK[row.level]:
        return False
    if above.level == "unit":
        return row.unit in {None, above.unit}
    if above.code is None:
        return False
    same = row.level == "project" and row.code == above.code
    return bool(row.code) and (
        same or (str(row.code).startswith(above.code) and row.code != above.code)
    )


def _rows(sheet: Sheet) -> Iterator[Identity]:
    """A unit, class or section is the sum of the rows right below it, a total of all."""
    below, top = tree(sheet.rows)
    for index, parts in below.items():
        level = sheet.rows[index].level
        family = "units" if level == "unit" else "codes"
        loose = any(sheet.rows[part].level == "line" for part in parts)
        yield from sums(family, sheet, index, parts, level, need=MOST if loose else HALF)
    for index, parts in below.items():
        yield from _leaves(sheet, below, index, parts)
    start, totals = -1, sheet.totals
    for total in totals:
        following = [other for other in totals if other > total]
        span = range(start + 1, total) if total else range(1, min([*following, len(sheet.rows)]))
        start = total
        if parts := [index for index in top if index in span]:
            yield from sums("total", sheet, total, parts)
            yield from _leaves(sheet, below, total, parts)


def _leaves(
    sheet: Sheet, below: dict[int, list[int]], index: int, parts: list[int]
) -> Iterator[Identity]:
    """A total is the sum of the innermost rows, too."""
    waiting, leaves = list(parts), []
    while waiting:
        part = waiting.pop()
        if part in below:
            waiting += below[part]
        else:
            leaves.append(part)
    if len(leaves) > len(parts) or set(leaves) != set(parts):
        yield from sums("leaves", sheet, index, sorted(leaves))


def _items(sheet: Sheet) -> list[Identity]:
    """Lines that are named like columns, as the items of 三公 are, add up like them."""
    table = vocabulary.table_of(sheet.table)
    if table is None:
        return []
    named: dict[str, int] = {}
    for index, row in enumerate(sheet.rows):
        names = (vocabulary.REMARK.sub("", plain(row.name)), plain(row.name))
        found = (table.measure(printed.key(name)) for name in names)
        measure = next(filter(None, found), "total" if row.level == "total" else None)
        if measure:
            named.setdefault(measure, index)
    return [
        identity
        for whole, parts in parts_of(tuple(named)).items()
        if len(parts) > 1 or whole not in words("identities")["open"]["columns"]
        for identity in sums("items", sheet, named[whole], [named[part] for part in parts])
    ]


def _sides(cells: Cells, table: str) -> Iterator[Identity]:
    """The last totals of both halves are equal, where they can those of one name."""
    halves = {sheet.side: sheet for sheet in cells.halves(table)}
    if not {"income", "expenditure"} <= set(halves):
        return
    found: list[int] = []
    places: list[tuple[str, int, str]] = []
    name = ""
    for side in ("income", "expenditure"):
        sheet = halves[side]
        if not sheet.totals or not sheet.whole:
            return
        names = [_SIDE.sub("", sheet.rows[total].name) for total in sheet.totals]
        last = max(index for index, own in enumerate(names) if own == name or name not in names)
        row, name = sheet.totals[last], names[last]
        found.append(sheet.cell(row, sheet.whole))
        places.append((table, sheet.rows[row].row, sheet.whole))
    yield equal("sides", places[0], found[:1], found[1:], ("sides", table), CERTAIN)
