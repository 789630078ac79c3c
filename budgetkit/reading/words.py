"""Words and columns with their places: what tables without rules are made of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from budgetkit.reading import glyphs
from budgetkit.reading.glyphs import Glyph

_MONEY = r"[-−–(（]?(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d+)[)）]?"
_AMOUNT = re.compile(_MONEY)

#: A number that runs into the text before it begins where its column does, so many points off.
_SLIP = 0.7

#: Amounts with two decimals, one right after the other.
_CENTS = re.compile(r"[-−]?\d{1,3}(?:[,，]\d{3})*\.\d\d")
_TOUCHING = re.compile(rf"(?:{_CENTS.pattern})+")

#: The last character that is set half as wide as high.
_LATIN = "\u2e7f"

#: Headings of one character, each over a column of its own.
_SINGLE = set("类款项")

#: Single characters of one heading are spaced out by so many times their size at most.
_FARTHEST = 6.0

#: The blanks between them differ by no more than this factor.
_EVEN = 1.5

#: Lines of one cell or heading are not farther apart than so many times their size.
WRAPPED = 1.7

#: Words whose middles differ less than this share of their size may stand in one line.
SAME_LINE = 0.5

#: Characters of one word are this share of their size apart at most, where a column may end.
_CLOSE = 0.06


class Word(NamedTuple):
    """A run of characters and its place, in points from the top left of the page as seen."""

    text: str
    left: float
    right: float
    y: float
    size: float
    glyphs: tuple[Glyph, ...]

    @property
    def x(self) -> float:
        """Middle, across."""
        return (self.left + self.right) / 2

    @property
    def is_amount(self) -> bool:
        """Whether the word is printed as only amounts are."""
        return is_amount(self.text)


Row = list[Word]


@dataclass(slots=True)
class Column:
    """Where a column's words stand: those of its rows, and its own heading's."""

    left: float
    right: float
    words: list[Word] = field(default_factory=list)
    heads: list[Word] = field(default_factory=list)

    @property
    def x(self) -> float:
        """Middle, across."""
        return (self.left + self.right) / 2

    @property
    def paid(self) -> bool:
        """Whether amounts stand in it."""
        return any(word.is_amount for word in self.words)

    @property
    def top(self) -> float:
        """Height of its heading's first line."""
        return min((word.y for word in self.heads), default=np.inf)

    @property
    def bottom(self) -> float:
        """Height of its heading's last line."""
        return max(word.y for word in self.heads)

    @property
    def y(self) -> float:
        """Middle of its heading, down."""
        return (self.top + self.bottom) / 2

    @property
    def coded(self) -> bool:
        """Whether nothing but digits stands in it."""
        return all(word.text.isdigit() for word in self.words)

    def away(self, other: "Word | Column") -> float:
        """How far something is from it, negative where they stand over each other."""
        return max(self.left - other.right, other.left - self.right)

    def take(self, other: "Word | Column") -> None:
        """Draw it as wide as something that belongs to it."""
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)


def standing(word: "Word | Column", found: Iterable[Column]) -> list[Column]:
    """The columns that a word stands over or under."""
    return [column for column in found if column.away(word) < -1]


def is_amount(text: str) -> bool:
    """Whether a text is printed as only amounts are: with decimals or grouped digits."""
    return _AMOUNT.fullmatch(text) is not None


def word(run: Sequence[Glyph]) -> Word:
    """A word of a run of characters."""
    tallest = max(run, key=lambda g: g.bottom - g.top)
    text = "".join(g.text for g in run)
    return Word(
        text, run[0].left, max(g.right for g in run), tallest.y, _size(run, text), tuple(run)
    )


def _size(run: Sequence[Glyph], text: str) -> float:
    """How large a run is set: a Chinese character is as wide as that, a digit half as wide.

    Fonts say of their lines' heights what they like.
    """
    wide = [g.right - g.left for g in run if g.text > _LATIN]
    return max(wide) if wide else 2 * sum(g.right - g.left for g in run) / len(text)


def lines(printed: Iterable[Glyph]) -> list[Row]:
    """Characters as lines of words, amounts that stand close together apart."""
    found: list[Row] = []
    for line in glyphs.rows(printed):
        row = [part for run in glyphs.words(line) for part in _amounts(word(run))]
        if found and row[0].y - found[-1][0].y < SAME_LINE * row[0].size:
            row = _mended(found[-1], row)
        if row:
            found.append(row)
    return [_joined(row, found[max(index - 2, 0) : index]) for index, row in enumerate(found)]


def _mended(line: Row, following: Row) -> Row:
    """A line without the words that go on with, or begin, one of the line before: drawn lower."""
    rest = []
    for lower in following:
        touching = [
            i
            for i, upper in enumerate(line)
            if abs(lower.left - upper.right) < _SLIP or abs(upper.left - lower.right) < _SLIP
        ]
        if touching and not lower.is_amount:
            both = sorted([line[touching[0]], lower], key=lambda w: w.left)
            line[touching[0]] = word([*both[0].glyphs, *both[1].glyphs])
        else:
            rest.append(lower)
    return rest


def parted(whole: Word, edges: Sequence[float]) -> list[Word]:
    """A word in parts: apart at each of the edges that runs through no character."""
    parts: list[list[Glyph]] = [[]]
    for glyph in whole.glyphs:
        before = parts[-1][-1] if parts[-1] else None
        if before and any(before.x < edge < glyph.x for edge in edges):
            parts.append([])
        parts[-1].append(glyph)
    return [word(part) for part in parts]


def gaps(whole: Word, mixed: bool = False) -> list[float]:
    """The middles of a word's blanks that are wider than those between its other characters.

    `mixed`: between Chinese and other characters, too, which many programs set apart a little.
    """
    pairs = list(pairwise(whole.glyphs))
    wide = sorted(b.left - a.right for a, b in pairs)
    usual = max(wide[len(wide) // 2], 0) if wide else 0
    return [
        (a.right + b.left) / 2
        for a, b in pairs
        if b.left - a.right > usual + _CLOSE * whole.size
        and (mixed or (a.text > _LATIN) == (b.text > _LATIN))
    ]


def splits(whole: Word, x: float) -> bool:
    """Whether a word may be two there: a blank, or a number after other text, right at a place."""
    return any(
        a.right - _SLIP <= x <= b.left + _SLIP
        and (b.left - a.right > _CLOSE * whole.size or (b.text.isdigit() and a.text > _LATIN))
        for a, b in pairwise(whole.glyphs)
    )


def _joined(line: Row, above: Sequence[Row]) -> Row:
    """Words of a line, single characters joined that are evenly spaced out."""
    result: Row = []
    blank = 0.0
    for part in line:
        before = result[-1] if result else None
        gap = part.left - before.right if before else 0.0
        if (
            before is not None
            and (blank or len(before.text) == 1)
            and min(part.text, before.text) > _LATIN
            and len(part.text) == 1
            and part.text != before.text
            and gap < (_EVEN * blank or _FARTHEST * part.size)
            and not {part.text, before.text[-1]} <= _SINGLE
            and not any(_is_above(word, part) for row in above for word in row)
        ):
            result[-1] = word([*before.glyphs, *part.glyphs])
            blank = gap
        else:
            result.append(part)
            blank = 0.0
    return result


def _is_above(upper: Word, part: Word) -> bool:
    """Whether a word stands right above another, which may be the rest of it."""
    near = part.y - upper.y < WRAPPED * part.size
    return near and upper.left < part.right and part.left < upper.right


def _amounts(whole: Word) -> list[Word]:
    """A word in parts, where it is several amounts that run into each other."""
    if whole.is_amount:
        return [whole]
    touching = _TOUCHING.fullmatch(whole.text) and list(_CENTS.finditer(whole.text))
    if touching and len(whole.glyphs) == len(whole.text):
        return [word(whole.glyphs[found.start() : found.end()]) for found in touching]
    edges = gaps(whole, mixed=True)
    parts = parted(whole, edges) if edges else [whole]
    apart = len(parts) > 1 and any(part.is_amount for part in parts)
    return parts if apart else [whole]
