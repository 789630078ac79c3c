"""Tables without rules: rows and columns by where the words stand."""

import re
from collections.abc import Sequence
from itertools import pairwise

from budgetkit.reading import columns, headings
from budgetkit.reading.bands import AMID, is_amid, is_row, parted_rows, size_of
from budgetkit.reading.boxes import Box
from budgetkit.reading.glyphs import Glyph
from budgetkit.reading.model import Grid
from budgetkit.reading.words import Row, Word, is_amount, lines, parted, splits

#: So many rows with one amount each make a table; one with several does without others.
FEWEST_ROWS = 3

#: Lines farther apart than so many times their size belong to different tables.
FARTHEST = 6.0

#: So many lines above the first row may be its header.
DEEPEST_HEADER = 14

#: A row without amounts above the first with some is nearer to it than so many times its size.
_NEXT = 2.8

#: A heading is not larger than so many times what stands below it; a title is.
_TITLE = 1.25

#: What a line above a header says: the unit of money, the department, a sentence's end.
_CAPTION = re.compile(r"单位(?:名称)?[:：]|部门(?:名称)?[:：]|[。；：]$|^(?:备?注|说明)\d*[:：.]")

#: What the title of a table or of a part of the text looks like.
_NAME = re.compile(r"表|^第?[一二三四五六七八九十]+[、部章]|^[（(][一二三四五六七八九十]+[)）]")

#: What stands in a line of column numbers.
_NUMBER = re.compile(r"\d{1,2}(?:=.*)?|[※*—-]|栏次|[甲乙丙丁]")

#: What begins a row, whether amounts follow or not.
_CODE = re.compile(r"\d{3,12}")

_SENTENCE = re.compile(r"[。；，、：]")


def grids(
    printed: Sequence[Glyph], place: int, drawn: Sequence[Box] = ()
) -> tuple[list[tuple[float, Grid]], list[Glyph]]:
    """Tables that alignment alone makes, each with its height; and the other characters.

    Rules that were drawn, though they part no cells, part columns and rows.
    """
    strokes = [glyph for glyph in printed if _is_stroke(glyph)]
    every = [
        line for line in lines(g for g in printed if not _is_stroke(g)) if not _is_dashes(line)
    ]
    found: list[tuple[float, Grid]] = []
    used: set[Glyph] = set()
    for top, first, last in _blocks(every):
        grid = _grid(every[top:first], every[first : last + 1], place, drawn)
        if grid.width < 2:
            continue
        found.append((every[top][0].y, grid))
        used |= {g for line in every[top : last + 1] for word in line for g in word.glyphs}
    used.update(strokes if found else [])
    return found, [glyph for glyph in printed if glyph not in used]


def _is_stroke(glyph: Glyph) -> bool:
    """Whether a character is a piece of a frame: ┌, ─, │ and the like."""
    return "\u2500" <= glyph.text <= "\u257f"


def _is_dashes(line: Row) -> bool:
    """Whether a line is a rule made of characters."""
    return set("".join(word.text for word in line)) <= set("-—_=─|+")


def looks_like_a_row(text: str) -> bool:
    """Whether a line outside of all tables is an amount, or holds several apart."""
    amounts = sum(map(is_amount, text.split()))
    return is_amount(text) or (amounts > 1 and not _SENTENCE.search(text))


def _blocks(every: Sequence[Row]) -> list[tuple[int, int, int]]:
    """First line of the header, first and last line of the body of each table."""
    runs: list[list[int]] = []
    for index, line in enumerate(every):
        if not (is_row(line) or is_amid(every, index)):
            continue
        if runs and not _apart(every[runs[-1][-1] : index + 1]):
            runs[-1].append(index)
        else:
            runs.append([index])
    found: list[tuple[int, int, int]] = []
    for run in runs:
        amounts = [sum(word.is_amount for word in every[index]) for index in run]
        if len(run) < FEWEST_ROWS and max(amounts) < 2:
            continue
        floor = found[-1][2] + 1 if found else 0
        top, first = _header(every, run[0], floor)
        last = run[-1]
        labels = [word for i in run for word in every[i] if not word.is_amount]
        while last + 1 < len(every) and _goes_on(every[last], every[last + 1], labels):
            last += 1
        found.append((top, first, last))
    return found


def _goes_on(line: Row, following: Row, labels: Sequence[Word]) -> bool:
    """Whether a line below the last amounts of a table goes on with it: labels under labels."""
    near = following[0].y - line[0].y < _NEXT * following[0].size
    return near and all(not _breaks(word) and _among(word, labels) for word in following)


def _among(word: Word, labels: Sequence[Word]) -> bool:
    """Whether a word stands in the column of others, or so it seems."""
    return any(word.left < other.right and other.left < word.right for other in labels)


def _apart(between: Sequence[Row]) -> bool:
    """Whether two rows, with the lines between them, belong to different tables."""
    far = any(b[0].y - a[0].y > FARTHEST * size_of(a, b) for a, b in pairwise(between))
    paid = [word.right for line in (between[0], between[-1]) for word in line if word.is_amount]
    words = [word for line in between[1:-1] for word in line if word.left < max(paid)]
    return far or any(map(_breaks, words)) or any(map(_is_numbers, between[1:-1]))


def _breaks(word: Word) -> bool:
    """Whether a word ends a table: a caption or a sentence."""
    return bool(_CAPTION.search(word.text)) or len(_SENTENCE.findall(word.text)) > 2


def _is_numbers(line: Row) -> bool:
    """Whether a line holds the numbers of columns."""
    return len(line) > 1 and all(_NUMBER.fullmatch(word.text) for word in line)


def _header(every: Sequence[Row], row: int, floor: int) -> tuple[int, int]:
    """First line of the header and of the body, given the first row with amounts."""
    top = first = row
    for index in range(row - 1, max(row - 1 - DEEPEST_HEADER, floor - 1), -1):
        line = every[index]
        if every[top][0].y - line[0].y > FARTHEST * size_of(line, every[top]):
            break
        if any(map(_breaks, line)):
            break
        top = index
    numbered = [index for index in range(top, row) if _is_numbers(every[index])]
    if numbered:
        first = numbered[-1] + 1
    else:
        coded = [i for i in range(top, row) if any(_CODE.fullmatch(w.text) for w in every[i])]
        first = coded[0] if coded else row
        if all(len(line) == 1 for line in every[top:first]):  # rows without amounts
            labels = [word for word in every[row] if not word.is_amount]
            while first > top and _is_label(every[first - 1], every[first], labels):
                first -= 1
            top = first
    while first > top + 1 and _wraps_up(every[first - 1], every[first]):
        first -= 1
    while top < first and len(every[top]) < 2:
        title = every[top][0]
        if title.size < _TITLE * size_of(every[row]) and not _NAME.search(title.text):
            break
        top += 1  # a title, not a heading
    return top, first


def _is_label(line: Row, below: Row, labels: Sequence[Word]) -> bool:
    """Whether a line is a row's label without amounts, near the next and in the same column."""
    word = line[0]
    near = below[0].y - word.y < _NEXT * word.size and not word.text.endswith("表")
    return near and _among(word, labels)


def _wraps_up(line: Row, first: Row) -> bool:
    """Whether a line is the beginning of a label whose middle stands in the row below."""
    paid = min((word.left for word in first if word.is_amount), default=0.0)
    near = first[0].y - line[0].y < AMID * line[0].size
    return len(line) == 1 and near and line[0].right < paid


def _grid(head: Sequence[Row], body: Sequence[Row], place: int, drawn: Sequence[Box]) -> Grid:
    """Headings, the numbers of columns, and rows of cells."""
    top, bottom = min(w.y for line in (*head, *body) for w in line), body[-1][0].y
    size = size_of(*body)
    upright = [
        rule
        for rule in drawn
        if rule.height > max(rule.width, size) and rule.top < bottom and top < rule.bottom
    ]
    head, body = ([_cut(line, upright) for line in lines] for lines in (head, body))
    numbers = [line for line in head if _is_numbers(line)]
    head = [line for line in head if line not in numbers]
    found = columns.columns(body, head, numbers, [rule.left for rule in upright])
    edges = found.edges
    heads, spans = headings.grid(found)
    heads += [_cells([line], edges) for line in numbers]
    left, right = edges[0], edges[-1]
    level = [
        rule.top
        for rule in drawn
        if rule.width > rule.height
        and min(right, rule.right) - max(left, rule.left) > (right - left) / 2
    ]
    rows = parted_rows(body, sorted(level))
    middles = [next((line for line in row if is_row(line)), row[0])[0].y for row in rows]
    start = min(line[0].y for line in body) - size
    ends = [top + (start - top) * index / max(len(heads), 1) for index in range(len(heads))]
    ends += [start, *((a + b) / 2 for a, b in pairwise(middles)), bottom + size]
    filled = (*heads, *(_cells(row, edges) for row in rows))
    return Grid(filled, (place,) * len(filled), spans, tuple(edges), tuple(ends))


def _cut(line: Row, upright: Sequence[Box]) -> Row:
    """A line with its words in parts where rules run between their characters."""
    parts = []
    for word in line:
        through = [r.left for r in upright if r.top < word.y < r.bottom]
        parts += parted(word, through) if through else [word]
    return parts


def _cells(row: Sequence[Row], edges: Sequence[float]) -> tuple[str, ...]:
    """The cells of a row: amounts where their middle is, labels where they begin."""
    cells: list[list[str]] = [[] for _ in edges[1:]]
    for line in row:
        for word in (part for whole in line for part in _at_edges(whole, edges)):
            at = word.x if word.is_amount else min(word.left + word.size / 2, word.x)
            cells[sum(edge <= at for edge in edges[1:-1])].append(word.text)
    return tuple("\n".join(cell) for cell in cells)


def _at_edges(whole: Word, edges: Sequence[float]) -> list[Word]:
    """A label in parts, where that of the next column runs into it."""
    if whole.is_amount:
        return [whole]
    near = [x for x in edges[1:-1] if whole.left < x < whole.right and splits(whole, x)]
    return parted(whole, near) if near else [whole]
