"""Words with their places: what tables without rules are made of."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from budgetkit.reading import glyphs
from budgetkit.reading.glyphs import Glyph

_MONEY = r"[-−–(（]?(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d+)[)）]?"
_AMOUNT = re.compile(_MONEY)

#: Amounts with two decimals, one right after the other.
_CENTS = re.compile(r"[-−]?\d{1,3}(?:[,，]\d{3})*\.\d\d")
_TOUCHING = re.compile(rf"(?:{_CENTS.pattern})+")

#: Single characters of one heading are spaced out by so many heights at most.
_FARTHEST = 8.0

#: Characters of one word are this share of their size apart at most, where a column may end.
_CLOSE = 0.12


class Word(NamedTuple):
    """A run of characters and its place, in points from the top left of the page as seen."""

    text: str
    left: float
    right: float
    y: float
    height: float
    glyphs: tuple[Glyph, ...]

    @property
    def x(self) -> float:
        """Middle, across."""
        return (self.left + self.right) / 2

    @property
    def is_amount(self) -> bool:
        """Whether the word is printed as only amounts are: with decimals or grouped digits."""
        return _AMOUNT.fullmatch(self.text) is not None


Row = list[Word]


def word(run: Sequence[Glyph]) -> Word:
    """A word of a run of characters."""
    tallest = max(run, key=lambda g: g.bottom - g.top)
    return Word(
        "".join(g.text for g in run),
        run[0].left,
        max(g.right for g in run),
        tallest.y,
        tallest.bottom - tallest.top,
        tuple(run),
    )


def lines(printed: Iterable[Glyph]) -> list[Row]:
    """Characters as lines of words, amounts that stand close together apart."""
    return [
        [part for run in glyphs.words(line) for part in _amounts(word(run))]
        for line in glyphs.rows(printed)
    ]


def parted(whole: Word, edges: Sequence[float]) -> list[Word]:
    """A word in parts: apart at each of the edges that runs through no character."""
    parts: list[list[Glyph]] = [[]]
    for glyph in whole.glyphs:
        before = parts[-1][-1] if parts[-1] else None
        if before and any(before.x < edge < glyph.x for edge in edges):
            parts.append([])
        parts[-1].append(glyph)
    return [word(part) for part in parts]


def gaps(whole: Word) -> list[float]:
    """The middles of a word's blanks that are wider than those between its other characters."""
    wide = [b.left - a.right for a, b in zip(whole.glyphs, whole.glyphs[1:], strict=False)]
    if not wide:
        return []
    usual = sorted(wide)[len(wide) // 2]
    return [
        (a.right + b.left) / 2
        for a, b in zip(whole.glyphs, whole.glyphs[1:], strict=False)
        if b.left - a.right > max(usual, 0) + _CLOSE * whole.height
    ]


def joined(line: Row, columns: Sequence[tuple[float, float]]) -> Row:
    """Words of a line, single characters joined that are spaced out within one blank or column."""
    result: Row = []
    for part in line:
        before = result[-1] if result else None
        spaced = before is not None and 1 in (len(before.text), len(part.text))
        if (
            before is not None
            and spaced
            and _place(before, columns) & _place(part, columns)
            and part.left - before.right < _FARTHEST * part.height
        ):
            result[-1] = word([*before.glyphs, *part.glyphs])
        else:
            result.append(part)
    return result


def _place(part: Word, columns: Sequence[tuple[float, float]]) -> set[int]:
    """The columns that a word stands over (even numbers), or the blank that it is in (odd)."""
    over = {2 * i for i, (a, b) in enumerate(columns) if part.left < b - 1 and a + 1 < part.right}
    return over or {2 * sum(a < part.x for a, _ in columns) - 1}


def _amounts(whole: Word) -> list[Word]:
    """A word in parts, where it is several amounts that run into each other."""
    if whole.is_amount:
        return [whole]
    touching = _TOUCHING.fullmatch(whole.text) and list(_CENTS.finditer(whole.text))
    if touching and len(whole.glyphs) == len(whole.text):
        return [word(whole.glyphs[found.start() : found.end()]) for found in touching]
    edges = gaps(whole)
    parts = parted(whole, edges) if edges else [whole]
    apart = len(parts) > 1 and any(part.is_amount for part in parts)
    return parts if apart else [whole]
