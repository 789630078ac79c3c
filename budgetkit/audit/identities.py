"""Cells in, identities out: what one table promises by its own header and outline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from budgetkit import codes, printed
from budgetkit.assembling import vocabulary
from budgetkit.audit.cells import Cells, Row, Sheet
from budgetkit.vocabulary import words

_RANK = {
    level: rank
    for rank, level in enumerate(("total", "unit", "class", "section", "item", "project", "line"))
}

#: The marks of an outline, from outer to inner ones.
_MARKS = (
    ("一、", re.compile(r"[一二三四五六七八九十]+[、.．]")),
    ("（一）", re.compile(r"[(（][一二三四五六七八九十]+[)）]")),
    ("1、", re.compile(r"\d{1,2}[、.．](?!\d)")),
    ("（1）", re.compile(r"[(（]\d{1,2}[)）]")),
)
_OF = re.compile(r"其中[:：]?")
_SIDE = re.compile(r"收入|支出|\s")
_REMARK = re.compile(r"[(（][^()（）]*[)）]$")

#: What share of its group has to hold for an identity to count as promised: nothing for
#: what its words promise by themselves, most for a mere guess at what belongs together.
CERTAIN, HALF, MOST = 0.0, 0.5, 0.8

#: Digits of the code of a class, a section, an item.
CLASS, SECTION, ITEM = 3, 5, 7


@dataclass(frozen=True, slots=True)
class Identity:
    """A sum that must come to nothing: cells with their signs, and where it is promised.

    ``group`` are identities that are promised together: where fewer than a share of
    `need` hold, the document doesn't mean what its header seems to say.
    """

    family: str
    table: str
    row: int | None
    measure: str | None
    terms: tuple[tuple[int, int], ...]
    group: tuple[str, ...]
    need: float = HALF


def within(cells: Cells) -> Iterator[Identity]:
    """The identities within each table."""
    for sheet in cells.sheets.values():
        yield from _columns(cells, sheet)
        if sheet.side or _is_list(sheet):
            hows = product((False, True), ("top", "below", "named"))
            readings = [list(_outline(sheet, how, again)) for again, how in hows]
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


def held(cells: Cells, identities: list[Identity]) -> tuple[int, int]:
    """How many identities hold to the last digit, and how many don't (negative)."""
    held = failed = 0
    for identity in identities:
        if any(cells.printed[cell] for cell, _ in identity.terms):
            rest = sum(int(cells.amounts[cell]) * sign for cell, sign in identity.terms)
            held, failed = held + (rest == 0), failed + (rest != 0)
    return held, -failed


# ---- columns


@cache
def parent(measure: str, measures: tuple[str, ...]) -> str | None:
    """The column of a table that a column is a part of.

    >>> parent("personnel", ("total", "personnel", "operating"))
    'total'
    >>> parent("prior_abroad", ("prior", "prior_abroad"))
    'prior'
    """
    known = words("identities")["parents"]
    for before, plain, after in _affixed(measure):
        subject = (plain[:3], vocabulary.of_class(plain[:3]), "total") if plain.isdigit() else ()
        for name in (*known.get(plain, ()), *subject):
            for candidate in _named(before, name, after):
                if candidate in measures and candidate != measure:
                    return candidate
    return None


def _affixed(measure: str) -> Iterator[tuple[str, str, str]]:
    """A measure plain, and taken apart into prefix, plain measure and suffix."""
    yield "", measure, ""
    affixes = words("identities")["affixes"]
    for before in ("", *affixes["before"]):
        for after in ("", *affixes["after"]):
            plain = measure.removeprefix(before).removesuffix(after)
            if plain and len(plain) + len(before) + len(after) == len(measure):
                yield before, plain, after


def _named(before: str, name: str, after: str) -> Iterator[str]:
    """How a table may call the whole: prior_total or prior, total_final or final."""
    yield f"{before}{name}{after}"
    if name in {"total", "three_public"}:
        yield f"{before.removesuffix('_')}{after}".strip("_")


def _columns(cells: Cells, sheet: Sheet) -> Iterator[Identity]:
    """In each row: a column is the sum of its parts, one that is only "of which" left out."""
    flow = words("identities")["flow"]
    for whole, parts in _parts(sheet.measures).items():
        if len(parts) == 1 and whole in words("identities")["open"]["columns"]:
            continue
        plain = list(_sum_of_columns(sheet, whole, parts))
        exact, failed = held(cells, plain)
        few = ([part for part in parts if part != left] for left in parts)
        readings = [list(_sum_of_columns(sheet, whole, some)) for some in few if failed < -1]
        best = max(readings, key=lambda found: held(cells, found), default=plain)
        yield from best if held(cells, best)[0] > exact + 1 else plain
    if {*flow["plus"], *flow["minus"]} <= set(sheet.measures):
        for index, row in enumerate(sheet.rows):
            terms = (
                *((sheet.cell(index, m), 1) for m in flow["plus"]),
                *((sheet.cell(index, m), -1) for m in flow["minus"]),
            )
            group = ("flow", sheet.table)
            yield Identity("flow", sheet.table, row.row, flow["minus"][0], terms, group)


def _parts(measures: tuple[str, ...]) -> dict[str, list[str]]:
    """The columns that have parts, and these."""
    below: dict[str, list[str]] = defaultdict(list)
    for measure in measures:
        if whole := parent(measure, measures):
            below[whole].append(measure)
    return below


def _sum_of_columns(sheet: Sheet, whole: str, parts: list[str]) -> Iterator[Identity]:
    group = ("columns", sheet.table, whole)
    first = sheet.cell(0, whole)
    columns = [sheet.cell(0, part) for part in parts]
    for index, row in enumerate(sheet.rows):
        down = index * len(sheet.measures)
        terms = ((first + down, 1), *[(column + down, -1) for column in columns])
        yield Identity("columns", sheet.table, row.row, whole, terms, group)


# ---- rows


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
        yield from _sums(family, sheet, index, parts, level, need=MOST if loose else HALF)
    for index, parts in below.items():
        yield from _leaves(sheet, below, index, parts)
    totals = [index for index, row in enumerate(sheet.rows) if row.level == "total"]
    start = -1
    for total in totals:
        following = [other for other in totals if other > total]
        span = range(start + 1, total) if total else range(1, min([*following, len(sheet.rows)]))
        start = total
        if parts := [index for index in top if index in span]:
            yield from _sums("total", sheet, total, parts)
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
        yield from _sums("leaves", sheet, index, sorted(leaves))


def _sums(
    family: str, sheet: Sheet, index: int, parts: list[int], *group: str, need: float = HALF
) -> Iterator[Identity]:
    """One identity a column: a row is the sum of others."""
    width, where = len(sheet.measures), (family, sheet.table, *group)
    first = sheet.first + index * width
    others = [sheet.first + part * width for part in parts]
    for column, measure in enumerate(sheet.measures):
        terms = ((first + column, 1), *[(other + column, -1) for other in others])
        yield Identity(family, sheet.table, sheet.rows[index].row, measure, terms, where, need)


# ---- outlines


def _outline(sheet: Sheet, how: str, again: bool) -> Iterator[Identity]:
    """The lines of a balance: parts below their line, blocks of lines and their total.

    A block that begins with 一、 classifies the same money once more, and where one does
    so without that line, `again`, any whose number isn't higher than those before.
    """
    done: int | None = None
    waiting: list[list[int]] = []
    last = 0
    for block, total in _blocks(sheet.rows):
        marks = [_number(sheet.rows[index].name) or 0 for index in block]
        if any(marks[:1]) and marks[0] <= (max(last, 1) if again else 1):
            done = None  # one more classification of the same money
        last = max(marks, default=0) or last
        below, tops = nested(sheet.rows, block, how)
        for index, parts in below.items():
            of = bool(_OF.match(sheet.rows[parts[0]].name)) or not _mark(sheet.rows[parts[0]].name)
            family = "of_which" if of else "outline"
            yield from _sums(
                family, sheet, index, parts, str(sheet.side), need=HALF if of else CERTAIN
            )
        if tops:
            waiting.append(tops)
        if total is None:
            continue
        for run in waiting or [[]]:
            parts = run if done is None else [done, *run]
            if parts:
                yield from _sums("outline", sheet, total, parts, str(sheet.side), need=CERTAIN)
        done, waiting = total, []


def _items(sheet: Sheet) -> list[Identity]:
    """Lines that are named like columns, as the items of 三公 are, add up like them."""
    table = next((t for t in vocabulary.tables() if t.id == sheet.table), None)
    if table is None:
        return []
    named: dict[str, int] = {}
    for index, row in enumerate(sheet.rows):
        name = plain(row.name)
        found = (table.measure(printed.key(text)) for text in (_REMARK.sub("", name), name))
        measure = next(filter(None, found), "total" if row.level == "total" else None)
        if measure:
            named.setdefault(measure, index)
    return [
        identity
        for whole, parts in _parts(tuple(named)).items()
        if len(parts) > 1 or whole not in words("identities")["open"]["columns"]
        for identity in _sums("items", sheet, named[whole], [named[part] for part in parts])
    ]


def _blocks(rows: tuple[Row, ...]) -> Iterator[tuple[list[int], int | None]]:
    """Runs of lines, each with the total that ends it; a new 一、 begins a run."""
    totals = [index for index, row in enumerate(rows) if row.level == "total"]
    if totals == [0]:  # the total stands above its lines
        yield list(range(1, len(rows))), 0
        return
    block: list[int] = []
    first = None
    for index, row in enumerate(rows):
        if row.level == "total":
            yield block, index
            block, first = [], None
            continue
        number = _number(row.name)
        if number is not None and first is not None and number <= first and _stays(rows, block):
            yield block, None
            block = []
        first = number if number is not None else first
        block.append(index)
    if block:
        yield block, None


def _stays(rows: tuple[Row, ...], block: list[int]) -> bool:
    """Whether a block of lines begins with a marked one: then a new 一、 is a new block."""
    return _mark(rows[block[0]].name) == "一、"


def _number(name: str) -> int | None:
    """The number of an outermost mark: 十二、 is 12."""
    match = _MARKS[0][1].match(name)
    if not match:
        return None
    digits = {c: i for i, c in enumerate("〇一二三四五六七八九")}
    ten, _, one = match[0][:-1].rpartition("十")
    if "十" in match[0]:
        return (digits.get(ten, 1) if ten else 1) * 10 + digits.get(one, 0)
    return digits.get(match[0][:-1], 0)


def _mark(name: str) -> str:
    return next((mark for mark, pattern in _MARKS if pattern.match(name)), "")


def nested(
    rows: tuple[Row, ...], block: list[int], how: str
) -> tuple[dict[int, list[int]], list[int]]:
    """Which lines of a block are parts of which, and those that are part of none.

    A mark that is open is gone back to; a new one goes one deeper. A line without a
    mark goes with the 其中 before it; else, by `how`, it stands for itself (``top``), is
    part of the marked line before it (``below``), or of the class or section that its
    name is an item of (``named``).
    """
    below: dict[int, list[int]] = defaultdict(list)
    tops: list[int] = []
    stack: list[tuple[str, int]] = []
    code = ""
    for index in block:
        name = rows[index].name
        of = bool(_OF.match(name))
        mark = _mark(_OF.sub("", name, count=1)) or ("其中" if of else "")
        opened = [open_ for open_, _ in stack]
        if not mark and "其中" in opened:
            mark = "其中"
        elif not mark and how == "named":
            code = _code(plain(name), code) or code
            known = code if printed.key(plain(name)) in _functional() else ""
            deep = stack and stack[-1][0] not in {"一、", ""}
            mark = str(len(known)) if len(known) > CLASS else str(ITEM if deep else SECTION)
        elif how == "named":
            code = _code(plain(name), "")
        if mark in opened:
            del stack[opened.index(mark) :]
        elif not mark and not (how == "below" and stack):
            stack.clear()
        (below[stack[-1][1]] if stack else tops).append(index)
        stack.append((mark, index))
    return below, tops


def of_which(rows: tuple[Row, ...]) -> list[bool]:
    """Of each line, whether it is one of a 其中: it begins one, or follows one unmarked."""
    found: list[bool] = []
    for row in rows:
        inside = bool(found) and found[-1] and not _mark(row.name) and row.level != "total"
        found.append(bool(_OF.match(row.name)) or inside)
    return found


@cache
def _code(name: str, within: str) -> str:
    """The functional code of a name: an item of the section or class we are in, or a class."""
    fits = _functional().get(printed.key(name), ())
    for code in (within, within[:5], within[:CLASS]):
        near = [f for f in fits if code and f.startswith(code) and f != code]
        if near:
            return min(near, key=len)
    return next((fit for fit in fits if len(fit) == CLASS), "")


@cache
def _functional() -> dict[str, tuple[str, ...]]:
    """Functional codes by name."""
    found: dict[str, tuple[str, ...]] = {}
    names = codes.table("functional")
    for code, name in zip(names["code"], names["zh"], strict=True):
        found[printed.key(name)] = (*found.get(printed.key(name), ()), code)
    return found


def by_function(rows: tuple[Row, ...]) -> set[int]:
    """The lines of a balance in whose block no economic subject stands: 其他支出 is either."""
    return {
        index
        for block, _ in _blocks(rows)
        if not any(_is_use(printed.key(plain(rows[line].name))) for line in block)
        for index in block
    }


def _is_use(name: str) -> bool:
    """Whether a name is that of an economic subject and of no function."""
    return bool(vocabulary.economic([name])) and name not in _functional()


def class_named(name: str) -> str | None:
    """The code of the functional class that a line of a balance names.

    >>> class_named("五、教育支出")
    '205'
    """
    return _code(plain(name), "") or None


def _sides(cells: Cells, table: str) -> Iterator[Identity]:
    """The last totals of both halves are equal, where they can those of one name."""
    halves = {sheet.side: sheet for sheet in cells.halves(table)}
    if not {"income", "expenditure"} <= set(halves):
        return
    found: list[tuple[Sheet, int, str]] = []
    name = ""
    for side in ("income", "expenditure"):
        sheet = halves[side]
        totals = [index for index, row in enumerate(sheet.rows) if row.level == "total"]
        whole = next((m for m in ("total", "amount") if m in sheet.measures), None)
        if not totals or whole is None:
            return
        names = [_SIDE.sub("", sheet.rows[total].name) for total in totals]
        last = max(index for index, own in enumerate(names) if own == name or name not in names)
        found.append((sheet, totals[last], whole))
        name = names[last]
    (left, row, measure), (right, other, column) = found
    yield Identity(
        "sides",
        table,
        left.rows[row].row,
        measure,
        ((left.cell(row, measure), 1), (right.cell(other, column), -1)),
        ("sides", table),
        CERTAIN,
    )


def plain(name: str) -> str:
    """A line's name without its mark and its 其中.

    >>> plain("其中：（一）因公出国（境）支出")
    '因公出国（境）支出'
    """
    name = _OF.sub("", printed.tidy(name), count=1)
    for _, pattern in _MARKS:
        name = pattern.sub("", name, count=1) if pattern.match(name) else name
    return name
