"""Cells in, identities out: lines without codes, by their marks (一、（一）1、其中) and names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.audit.cells import Row, Sheet
from budgetkit.audit.identities import CERTAIN, HALF, Identity, sums

#: The marks of an outline, from outer to inner ones.
_MARKS = (
    ("一、", re.compile(r"[一二三四五六七八九十]+[、.．]")),
    ("（一）", re.compile(r"[(（][一二三四五六七八九十]+[)）]")),
    ("1、", re.compile(r"\d{1,2}[、.．](?!\d)")),
    ("（1）", re.compile(r"[(（]\d{1,2}[)）]")),
)
_OF = re.compile(r"其中[:：]?")

#: Digits of the code of a class, a section, an item.
CLASS, SECTION, ITEM = 3, 5, 7


def outline(sheet: Sheet, how: str, again: bool) -> Iterator[Identity]:
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
            yield from sums(
                family, sheet, index, parts, str(sheet.side), need=HALF if of else CERTAIN
            )
        if tops:
            waiting.append(tops)
        if total is None:
            continue
        for run in waiting or [[]]:
            parts = run if done is None else [done, *run]
            if parts:
                yield from sums("outline", sheet, total, parts, str(sheet.side), need=CERTAIN)
        done, waiting = total, []


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
            known = code if printed.key(plain(name)) in vocabulary.by_name("functional") else ""
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
    fits = vocabulary.by_name("functional").get(printed.key(name), ())
    for code in (within, within[:5], within[:CLASS]):
        near = [f for f in fits if code and f.startswith(code) and f != code]
        if near:
            return min(near, key=len)
    return next((fit for fit in fits if len(fit) == CLASS), "")


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
    return bool(vocabulary.economic([name])) and name not in vocabulary.by_name("functional")


def class_named(name: str) -> str | None:
    """The code of the functional class that a line of a balance names.

    >>> class_named("五、教育支出")
    '205'
    """
    return _code(plain(name), "") or None


def plain(name: str) -> str:
    """A line's name without its mark and its 其中.

    >>> plain("其中：（一）因公出国（境）支出")
    '因公出国（境）支出'
    """
    name = _OF.sub("", printed.tidy(name), count=1)
    for _, pattern in _MARKS:
        name = pattern.sub("", name, count=1) if pattern.match(name) else name
    return name
