"""Blocks in, sheets out: which grids belong together, and what stands above them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.vocabulary import Table
from budgetkit.reading.model import Grid, Line

#: More or longer lines than these between two grids, and the second is a new table.
_MOST_LINES, _LONGEST_LINE = 8, 60

#: So many other lines may stand between a title and its table: a remark, a page's number.
_BETWEEN = 3

#: From this share of the columns on, a lone cell is a line above the table.
_MOST_OF_WIDTH = 0.6

#: The row of column numbers stands among the first rows of a grid, or there is none.
_DEEPEST_HEADER = 8

_CODE = re.compile(r"[1-5]\d{2}(?:\d{2}){0,2}(?![\d年])")

Row = tuple[str, ...]
Spans = tuple[tuple[int, int, int, int], ...]


@dataclass(slots=True)
class Sheet:
    """One table of the document: the pieces of it on all pages, headers left out."""

    title: str
    table: Table
    place: int
    unit: str | None = None
    header: tuple[Row, ...] = ()
    spans: Spans | None = None
    edges: tuple[float, ...] | None = None
    numbers: Row = ()
    body: list[tuple[int, Row]] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    strays: list[Line] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Number of columns: as many as the header, or without one the body, reaches."""
        rows = [*self.header, self.numbers] if self.header else [row for _, row in self.body]
        return max(map(len, rows), default=0)


def sheets(blocks: Iterable[Line | Grid]) -> Iterator[Sheet]:
    """The tables of a document, in order, pieces on later pages joined to the first."""
    above: list[Line] = []
    current: Sheet | None = None
    unit: str | None = None
    for block in blocks:
        if isinstance(block, Line):
            above.append(block)
            continue
        inside, rows, skipped = _preamble(block)
        caption = [*above, *inside]
        if not rows:  # nothing but a title, in a frame of its own
            above = caption
            continue
        unit = _match(caption, "unit", "unit") or unit
        title = _title(caption)
        form = _form(title, current)
        named = title is not None or _own_title(caption) is not None
        header, numbers, body = ((), (), rows) if form else _split(rows, named)
        if current is not None and _continues(current, title, header, caption, rows):
            current.strays += [line for line in above if _holds_amounts(line.text)]
            body = _under(body, block.edges, current.edges)
        else:
            if current is not None:
                yield current
            current = _new(title, caption, rows[0][0], unit)
            current.header, current.spans = header, _kept(block.spans, skipped, len(header))
            current.numbers, current.edges = numbers, block.edges
        current.breaks.add(len(current.body))
        current.body += body
        above = []
    if current is not None:
        yield current


def _form(title: Line | None, current: Sheet | None) -> bool:
    """Whether a grid is (or goes on with) a form of performance targets."""
    table = vocabulary.titled(title.text) if title else current.table if current else None
    return table is not None and table.form


def _title(caption: list[Line]) -> Line | None:
    """The title above a table: the nearest line that reads like one, whole or wrapped in two.

    In a list of contents one title follows the other; that is no caption.
    """
    others = 0
    for index in range(len(caption) - 1, -1, -1):
        line = caption[index]
        before = caption[index - 1] if index else None
        if before and not _is_furniture(before.text) and _is_open(before.text):
            joined = vocabulary.titled(before.text + line.text)
            if joined and joined != vocabulary.titled(line.text):
                return Line(before.text + line.text, line.place)
        if vocabulary.titled(line.text):
            listed = before is not None and vocabulary.titled(before.text)
            return None if listed else line
        if _is_furniture(line.text):
            continue
        others += 1
        if _ends_sentence(line.text) or len(line.text) > _LONGEST_LINE or others > _BETWEEN:
            return None
    return None


def _is_furniture(text: str) -> bool:
    """Whether a line stands around every table: its number, unit or department, a page's number."""
    return (
        bool(vocabulary.line("unit").search(text))
        or bool(vocabulary.line("department").search(text))
        or bool(vocabulary.line("number").fullmatch(printed.key(text)))
        or printed.key(text).isdigit()
    )


def _is_open(text: str) -> bool:
    """Whether a line may go on in the next: it ends neither a title nor a sentence."""
    return not _ends_sentence(text) and not printed.key(text).endswith("表") and len(text) < 40


def _ends_sentence(text: str) -> bool:
    return printed.tidy(text).endswith(("。", "；", "：", ":", ";", "，"))


def is_number_row(row: Row) -> bool:
    """Whether a row only numbers the columns: ``※ ※ 1 2 3``, ``栏次 1 2``."""
    cells = [printed.key(cell) for cell in row if cell]
    numbers = [int(cell) for cell in cells if cell.isdigit()]
    marks = [c for c in cells if not c.isdigit()]
    return (
        bool(row)
        and all(len(mark) <= 2 for mark in marks)
        and all(not mark or mark in {"栏次", "行次", "甲", "乙", "丙", "丁"} for mark in marks)
        and bool(numbers)
        and all(number < 100 for number in numbers)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and (len(numbers) > 1 or bool(marks))
    )


def is_body(row: Row) -> bool:
    """Whether a row is data rather than heading."""
    cells = [cell for cell in row if cell]
    if any(is_money(cell) for cell in cells):
        return True
    total, outline = vocabulary.line("total"), vocabulary.line("outline")
    if any(outline.match(printed.tidy(cell)) for cell in cells):
        return True
    if any(printed.is_amount(cell) for cell in cells):
        first = printed.key(cells[0])
        return first.isdigit() or bool(total.fullmatch(first)) or not is_number_row(row)
    return len(cells) > 1 and bool(_CODE.match(cells[0]))


def is_money(cell: str) -> bool:
    """Whether a cell prints an amount beyond doubt: decimals, or digits in groups."""
    return printed.is_amount(cell) and ("." in cell or "," in cell or "，" in cell)


def _holds_amounts(text: str) -> bool:
    """Whether a line between two pieces of a table is a row that lost its tabs."""
    return any(is_money(word) for word in text.split()) and len(text) < _LONGEST_LINE


def _preamble(grid: Grid) -> tuple[list[Line], list[tuple[int, Row]], list[int]]:
    """The caption lines inside the first rows of a grid, the other rows, and which they are."""
    rows = [
        (index, place, tuple(cell or "" for cell in row))
        for index, (place, row) in enumerate(zip(grid.places, grid.rows, strict=True))
        if any(row) or grid.spans is None
    ]
    lines: list[Line] = []
    while rows:
        index, place, row = rows[0]
        cells = [cell for cell in row if cell]
        texts = [line for cell in cells for line in cell.split("\n") if line]
        alone = len(texts) < 3 and _stands_alone(grid, index)
        told = any(_is_furniture(text) for text in texts) and not any(map(_heads_label, cells))
        cut = grid.spans is not None and bool(vocabulary.titled("".join(texts)))
        if is_body(row) or not (told or alone or cut or all(_is_caption(t) for t in texts)):
            break
        beside = len(cells) > 1 and grid.spans is not None
        whole = "".join(text for text in texts if not _is_furniture(text))
        if beside and told and not vocabulary.titled(whole):
            texts = [" ".join(texts)]
        elif beside and vocabulary.titled(whole):  # cut where no cell ends
            texts = [whole, *(text for text in texts if _is_furniture(text))]
        lines += [Line(text, place) for text in texts]
        rows.pop(0)
    return lines, [(place, row) for _, place, row in rows], [index for index, _, _ in rows]


def _stands_alone(grid: Grid, row: int) -> bool:
    """Whether a row is one cell over most of the columns, and blank beside it."""
    text = [cell for cell in grid.rows[row] if cell]
    if len(text) != 1 or len(text[0]) > _LONGEST_LINE or vocabulary.is_heading(printed.key(text[0])):
        return False
    own = [span for span in grid.spans or () if span[0] == row]
    covered = max((width for _, _, _, width in own), default=0)
    whole = sum(width for _, _, _, width in own) == grid.width
    return whole and grid.width > 1 and covered >= _MOST_OF_WIDTH * grid.width


def _heads_label(cell: str) -> bool:
    return vocabulary.role(printed.key(cell)) is not None


def _is_caption(text: str) -> bool:
    return bool(
        vocabulary.titled(text)
        or vocabulary.line("unit").search(text)
        or vocabulary.line("department").search(text)
        or vocabulary.line("number").search(printed.key(text))
    )


def _split(
    rows: list[tuple[int, Row]], named: bool
) -> tuple[tuple[Row, ...], Row, list[tuple[int, Row]]]:
    """Header rows, the row of column numbers, and the body of one grid.

    Under a title the rows before the first of the body are the header, whatever
    they say; without one they may be the rest of a row of the page before.
    """
    for depth, (_, row) in enumerate(rows[:_DEEPEST_HEADER]):
        if is_number_row(row):
            above = rows[:depth]
            header = tuple(r for _, r in above if not is_body(r))
            return header, row, [*(r for r in above if is_body(r[1])), *rows[depth + 1 :]]
    depth = next((i for i, (_, row) in enumerate(rows) if is_body(row)), len(rows))
    header = tuple(row for _, row in rows[:depth])
    if depth > 1 and _is_empty_total(rows[depth - 1][1], rows[0][1]):
        depth -= 1
        header = header[:-1]
    return (header, (), rows[depth:]) if named or _heads(header) else ((), (), rows)


def _is_empty_total(row: Row, head: Row) -> bool:
    """Whether a row holds nothing but the word for a total, under the heading of a label."""
    filled = [index for index, cell in enumerate(row) if cell]
    if len(filled) != 1 or not vocabulary.line("total").fullmatch(printed.key(row[filled[0]])):
        return False
    return filled[0] < len(head) and vocabulary.role(printed.key(head[filled[0]])) is not None


def _heads(header: tuple[Row, ...]) -> bool:
    """Whether rows hold headings: one of a label column, or two at least of any."""
    cells = {printed.key(cell) for row in header for cell in row if cell}
    known = [cell for cell in cells if vocabulary.is_heading(cell)]
    return len(known) > 1 or any(vocabulary.role(cell) for cell in known)


def _continues(
    sheet: Sheet,
    title: Line | None,
    header: tuple[Row, ...],
    caption: list[Line],
    rows: list[tuple[int, Row]],
) -> bool:
    """Whether a grid goes on with the table before it."""
    same_header = bool(header) and _keys(header) == _keys(sheet.header)
    if title is not None:
        table = vocabulary.titled(title.text)
        return table == sheet.table and same_header and not sheet.table.form
    if sheet.table.form:
        return True
    if len(caption) > _MOST_LINES or any(len(line.text) > _LONGEST_LINE for line in caption):
        return False
    own = _own_title(caption)
    if own is not None and printed.key(own) != printed.key(sheet.title):
        return False
    return same_header or not header or len(rows) == len(header)


def _under(
    rows: list[tuple[int, Row]],
    edges: tuple[float, ...] | None,
    wanted: tuple[float, ...] | None,
) -> list[tuple[int, Row]]:
    """Rows of a later page set under the columns of the first, by their place on the page."""
    if edges is None or wanted is None or len(edges) == len(wanted):
        return rows
    places = [
        max(
            range(len(wanted) - 1),
            key=lambda i: min(right, wanted[i + 1]) - max(left, wanted[i]),
        )
        for left, right in pairwise(edges)
    ]
    moved = []
    for place, row in rows:
        cells = [""] * (len(wanted) - 1)
        for index, cell in zip(places, row, strict=True):
            if cell and cells[index]:
                return rows  # two columns of one: their places tell nothing
            cells[index] = cells[index] or cell
        moved.append((place, tuple(cells)))
    return moved


def _kept(spans: Spans | None, kept: list[int], depth: int) -> Spans | None:
    """Spans of the heading's rows, counted without the rows that were left out above and between."""
    if spans is None:
        return None
    number = {index: row for row, index in enumerate(kept[:depth])}
    result = []
    for top, left, height, width in spans:
        covered = [number[row] for row in range(top, top + height) if row in number]
        if covered:
            result.append((covered[0], left, len(covered), width))
    return tuple(result)


def _own_title(caption: list[Line]) -> str | None:
    """A line above a table that names it, known or not."""
    for line in reversed(caption):
        if _ends_sentence(line.text) or len(line.text) > _LONGEST_LINE:
            return None
        if printed.key(line.text).endswith("表"):
            return line.text
    return None


def _new(title: Line | None, caption: list[Line], place: int, unit: str | None) -> Sheet:
    """A sheet that begins here; one without a known title is named by a line above it."""
    if title is not None:
        table = vocabulary.titled(title.text) or Table(printed.tidy(title.text))
        return Sheet(printed.tidy(title.text), table, place, unit)
    lines = [line.text for line in caption if not _is_furniture(line.text)]
    last = lines[-1] if lines and len(lines[-1]) <= _LONGEST_LINE else f"table@{place}"
    name = printed.tidy(_own_title(caption) or last)
    return Sheet(name, Table(name), place, unit)


def _keys(rows: tuple[Row, ...]) -> list[str]:
    return [printed.key("".join(row)) for row in rows]


def _match(caption: list[Line], pattern: str, group: str) -> str | None:
    """The last caption line that fits a pattern, its named group."""
    for line in reversed(caption):
        if found := vocabulary.line(pattern).search(line.text):
            return found[group]
    return None
