"""Blocks in, sheets out: which grids belong together, and what stands above them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.vocabulary import Table
from budgetkit.reading.model import Grid, Line

#: More or longer lines than these between two grids, and the second is a new table.
_MOST_LINES, _LONGEST_LINE = 8, 60

#: The row of column numbers stands among the first rows of a grid, or there is none.
_DEEPEST_HEADER = 8

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
        inside, rows = _preamble(block)
        spans = _below(block.spans, len(block.rows) - len(rows))
        caption = [*above, *inside]
        unit = _match(caption, "unit", "unit") or unit
        title = next((x for x in reversed(caption) if vocabulary.titled(x.text)), None)
        form = _form(title, current)
        header, numbers, body = ((), (), rows) if form else _split(rows)
        continues = current is not None and _continues(current, title, header, caption, rows)
        if current is not None and continues:
            current.strays += [line for line in above if _holds_amounts(line.text)]
        else:
            if current is not None:
                yield current
            place = block.places[0] if block.places else 0
            current = _new(title, caption, place, unit)
            current.header, current.spans, current.numbers = header, spans, numbers
        current.breaks.add(len(current.body))
        current.body += body
        above = []
    if current is not None:
        yield current


def _form(title: Line | None, current: Sheet | None) -> bool:
    """Whether a grid is (or goes on with) a form of performance targets."""
    table = vocabulary.titled(title.text) if title else current.table if current else None
    return table is not None and table.form


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
    return bool(cells) and cells[0][:1].isdigit() and cells[0][:3].isdigit() and len(cells) > 1


def is_money(cell: str) -> bool:
    """Whether a cell prints an amount beyond doubt: decimals, or digits in groups."""
    return printed.is_amount(cell) and ("." in cell or "," in cell or "，" in cell)


def _holds_amounts(text: str) -> bool:
    """Whether a line between two pieces of a table is a row that lost its tabs."""
    return any(is_money(word) for word in text.split()) and len(text) < _LONGEST_LINE


def _preamble(grid: Grid) -> tuple[list[Line], list[tuple[int, Row]]]:
    """The caption lines that stand inside the first rows of a grid, and the other rows."""
    rows = [
        (place, tuple(cell or "" for cell in row))
        for place, row in zip(grid.places, grid.rows, strict=True)
    ]
    lines: list[Line] = []
    while rows:
        place, row = rows[0]
        texts = [line for cell in row for line in cell.split("\n") if line]
        if not all(_is_caption(text) for text in texts) or is_body(row):
            break
        lines += [Line(text, place) for text in texts]
        rows.pop(0)
    return lines, rows


def _is_caption(text: str) -> bool:
    return bool(
        vocabulary.titled(text)
        or vocabulary.line("unit").search(text)
        or vocabulary.line("department").search(text)
        or vocabulary.line("number").search(printed.key(text))
    )


def _split(
    rows: list[tuple[int, Row]],
) -> tuple[tuple[Row, ...], Row, list[tuple[int, Row]]]:
    """Header rows, the row of column numbers, and the body of one grid."""
    for depth, (_, row) in enumerate(rows[:_DEEPEST_HEADER]):
        if is_number_row(row):
            above = rows[:depth]
            header = tuple(r for _, r in above if not is_body(r))
            return header, row, [*(r for r in above if is_body(r[1])), *rows[depth + 1 :]]
    depth = next((i for i, (_, row) in enumerate(rows) if is_body(row)), len(rows))
    header = tuple(row for _, row in rows[:depth])
    return (header, (), rows[depth:]) if _heads(header) else ((), (), rows)


def _heads(header: tuple[Row, ...]) -> bool:
    """Whether rows hold headings: one at least that the vocabulary knows as a column's."""
    return any(vocabulary.is_heading(printed.key(cell)) for row in header for cell in row if cell)


def _continues(
    sheet: Sheet,
    title: Line | None,
    header: tuple[Row, ...],
    caption: list[Line],
    rows: list[tuple[int, Row]],
) -> bool:
    """Whether a grid goes on with the table before it."""
    if len(caption) > _MOST_LINES or any(len(line.text) > _LONGEST_LINE for line in caption):
        return False
    same_header = bool(header) and _keys(header) == _keys(sheet.header)
    if title is not None:
        table = vocabulary.titled(title.text)
        return table == sheet.table and same_header and not sheet.table.form
    if sheet.table.form:
        return True
    return same_header or not header or len(rows) == len(header)


def _below(spans: Spans | None, rows: int) -> Spans | None:
    """Spans counted from the first row under the caption."""
    if spans is None:
        return None
    return tuple(
        (top - rows, left, height, width) for top, left, height, width in spans if top >= rows
    )


def _new(title: Line | None, caption: list[Line], place: int, unit: str | None) -> Sheet:
    """A sheet that begins here; one without a known title is named by the line above it."""
    if title is not None:
        table = vocabulary.titled(title.text) or Table(printed.tidy(title.text))
        return Sheet(printed.tidy(title.text), table, place, unit)
    lines = [line.text for line in caption if not _is_caption(line.text)]
    name = printed.tidy(lines[-1])[:_LONGEST_LINE] if lines else f"table@{place}"
    return Sheet(name, Table(name), place, unit)


def _keys(rows: tuple[Row, ...]) -> list[str]:
    return [printed.key("".join(row)) for row in rows]


def _match(caption: list[Line], pattern: str, group: str) -> str | None:
    """The last caption line that fits a pattern, its named group."""
    for line in reversed(caption):
        if found := vocabulary.line(pattern).search(line.text):
            return found[group]
    return None
