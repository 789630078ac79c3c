"""Lines in, paragraphs out: wraps and page breaks joined, each paragraph with its section."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import quantiles
from typing import NamedTuple

from budgetkit.printed import key, tidy
from budgetkit.prose import words
from budgetkit.reading.model import Grid, Line

#: Level of a paragraph without a mark; an unmarked title counts as a part (level 0).
BODY = 9
#: A printed line shorter than this share of its page's width ends a paragraph.
FULL = 0.8
#: Longest title of a heading, in characters.
TITLE = 60

_WIDE_DIGITS = str.maketrans("０１２３４５６７８９％", "0123456789%")
_WIDE_POINT = re.compile(r"(?<=\d)．(?=\d)")
_SPREAD = re.compile(r"(?<![\d.,])\d(?:\s[\d.,](?![\d.,])){3,}")
_BARE_NUMBER = re.compile(r"\d{1,4}")
_GOES_ON = re.compile(r"[、，,（(“‘《《—\d]$")
_CONTINUES = re.compile(r"(?:[\d,.]*\s?(?:万元|亿元|元|%)|[年月，。；、）)”》])")
_NUMERALS = {digit: n for n, digit in enumerate("〇一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its words without its mark, where it begins, and what it explains."""

    text: str
    place: int
    section: str = "other"
    level: int = BODY
    number: int | None = None


class _Piece(NamedTuple):
    """A printed line; ``full`` where it reaches the margin, ``None`` where that is not known."""

    text: str
    place: int
    full: bool | None


def paragraphs(blocks: Sequence[Line | Grid]) -> tuple[Paragraph, ...]:
    """The paragraphs of a document in order."""
    return tuple(_placed(_opened(text, place) for text, place in _join(_lines(blocks))))


def plain(text: str) -> str:
    """A line without markup, bullets and blanks; digits in half width."""
    text = _WIDE_POINT.sub(".", text.replace("**", "").translate(_WIDE_DIGITS)).strip()
    text = _SPREAD.sub(lambda spread: re.sub(r"\s", "", spread[0]), text)
    return tidy(re.sub(f"^{words.line('bullet').pattern}", "", text))


def numeral(text: str) -> int | None:
    """The number of a list mark: ``（二十一）`` is 21, ``3、`` is 3."""
    digits = re.search(r"\d+", text)
    if digits:
        return int(digits[0])
    han = re.search(r"[一二三四五六七八九十]+", text)
    if han is None:
        return None
    tens, ten, ones = han[0].partition("十")
    if not ten:
        return _NUMERALS.get(tens)
    return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)


def starts(text: str) -> bool:
    """Whether a line opens a paragraph: a mark, a field's label, a title."""
    return bool(_level(text) < BODY or words.label(text) or _is_title(text))


def _lines(blocks: Sequence[Line | Grid]) -> Iterator[_Piece | None]:
    """The lines of prose, furniture left out; ``None`` where a table stands between."""
    widths = _widths(blocks)
    running = _running_heads([block for block in blocks if isinstance(block, Line)])
    for place, group in groupby(blocks, key=lambda b: b.place if isinstance(b, Line) else None):
        if place is None:
            yield None
            continue
        page = [block for block in group if isinstance(block, Line)]
        for index, line in enumerate(page):
            edge = len(page) > 2 and index in (0, len(page) - 1)
            if not _is_furniture(line.text, edge, running):
                margin = widths.get(line.place)
                full = None if margin is None else _width(line.text.strip()) >= FULL * margin
                yield _Piece(plain(line.text), line.place, full)


def _is_furniture(text: str, edge: bool, running: frozenset[str]) -> bool:
    """Whether a line belongs to the page or to a table."""
    text = text.strip()
    return bool(
        not text
        or words.line("furniture").fullmatch(text)
        or (edge and _BARE_NUMBER.fullmatch(text))
        or _head_key(text) in running
    )


def _running_heads(lines: Sequence[Line]) -> frozenset[str]:
    """Keys of lines that stand at the top or bottom of a third of the pages."""
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.place)]
    pages = [page for page in pages if len(page) > 2]
    seen = Counter(
        text
        for page in pages
        for text in {_head_key(line.text) for line in (*page[:2], *page[-2:])}
        if text
    )
    return frozenset(text for text, count in seen.items() if count >= max(3, len(pages) / 3))


def _head_key(text: str) -> str:
    """A line without its page number."""
    return re.sub(r"^\d+|\d+$", "", key(text))


def _widths(blocks: Iterable[Line | Grid]) -> dict[int, float]:
    """Printed width of the lines of each page; empty where lines have no common place."""
    lines = [block for block in blocks if isinstance(block, Line)]
    pages = {
        place: [_width(line.text) for line in group]
        for place, group in groupby(lines, key=lambda line: line.place)
    }
    all_widths = [width for page in pages.values() for width in page]
    if len(pages) == len(all_widths) or len(all_widths) < 2:
        return {}
    usual = quantiles(all_widths, n=20)[-1]
    return {
        place: quantiles(page, n=20)[-1] if len(page) > 9 else usual
        for place, page in pages.items()
    }


def _width(text: str) -> int:
    """Width in half-width columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _join(lines: Iterable[_Piece | None]) -> Iterator[tuple[str, int]]:
    """Paragraphs' texts with the place of their first line."""
    text, last, begun, before = "", None, 0, ""
    for line in lines:
        if last is not None and line is not None and not _ends(text, last, line.text, before):
            text, last = tidy(f"{text} {line.text}"), line
            continue
        if last is not None:
            yield text, begun
            before = text
        text, last, begun = ("", None, 0) if line is None else (line.text, line, line.place)
    if last is not None:
        yield text, begun


def _ends(text: str, last: _Piece, follower: str, before: str) -> bool:
    """Whether a paragraph, ``last`` its last line so far, is complete before what follows."""
    unfinished = last.full is not False and _level(text) < 3 and not _is_heading(text)
    if _is_closed(text) or (starts(follower) and not (unfinished and _is_bare_title(follower))):
        return True
    if (_level(text) < BODY or _is_title(text)) and _is_heading(text, last.full):
        return True
    if last.full is None:  # an item of a list whose items have no full stops is complete
        return 2 < _level(text) == _level(before) < BODY and not _is_closed(before)
    return not (last.full or _GOES_ON.search(last.text) or _CONTINUES.match(follower))


def _is_closed(text: str) -> bool:
    """Whether a text ends with a stop."""
    return bool(words.line("closing").search(text))


def _is_heading(text: str, full: bool | None = True) -> bool:
    """Whether a marked line is a complete heading: no sentence, and it ends like one.

    The title of a section needs no such end where its line is not full.
    """
    if len(text) > TITLE or re.search(r"[，。；：,;:]", text) or _is_open(text):
        return False
    title = _opened(text, 0).text
    known = words.label(title) or (not full and words.section(title))
    return bool(known or words.line("heading").search(text))


def _is_open(text: str) -> bool:
    """Whether a quotation or a bracket has no end yet: the line goes on."""
    return any(text.count(begin) > text.count(end) for begin, end in ("“”", "（）"))


def _is_bare_title(text: str) -> bool:
    """Whether a line is only by its words a title: it may be the rest of one, too."""
    return _is_title(text) and _level(text) == BODY and not words.label(text)


def _is_title(text: str) -> bool:
    """Whether a line without a mark is the title of a section."""
    short = len(text) <= 40 and not re.search(r"[，。；：,;:、\d](?!\d*年)", text)
    return short and bool(words.line("heading").search(text)) and words.section(text) is not None


def _level(text: str) -> int:
    """Level of the mark that a line begins with."""
    return next((n for n, mark in enumerate(words.marks()) if mark.match(text)), BODY)


def _opened(text: str, place: int) -> Paragraph:
    """A paragraph with its mark taken off."""
    level = _level(text)
    if level == BODY:
        return Paragraph(text, place, level=0 if _is_title(text) else BODY)
    mark = words.marks()[level].match(text)
    assert mark is not None
    return Paragraph(tidy(text[mark.end() :]), place, "other", level, numeral(mark[0]))


def _placed(found: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Each paragraph with the section that its nearest heading opens."""
    opened: dict[int, str] = {}
    for paragraph in found:
        told = paragraph.level == 3 and paragraph.text.endswith("说明") and len(opened) < 2
        if paragraph.level <= 2 or told:
            title = re.split(r"[。：:；;，,]", paragraph.text)[0]
            section = words.section(title) if len(title) <= TITLE else None
            repeated = paragraph.number is None and section == _current(opened)
            if not repeated:
                opened = {level: key for level, key in opened.items() if level < paragraph.level}
                if section and words.opens(section, _current(opened)):
                    opened[paragraph.level] = section
        yield replace(paragraph, section=_current(opened))


def _current(opened: dict[int, str]) -> str:
    """The innermost open section."""
    return opened[max(opened)] if opened else "other"
