"""Blocks in, sheets out: which grids belong together, and what stands above them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from budgetkit import printed
from budgetkit.assembling import captions, vocabulary
from budgetkit.assembling.captions import Row
from budgetkit.assembling.vocabulary import Table
from budgetkit.reading.model import Grid, Line, Spans

#: More or longer lines than these between two grids, and the second is a new table.
_MOST_LINES = 8

#: The row of column numbers stands among the first rows of a grid, or there is none.
_DEEPEST_HEADER = 8


@dataclass(slots=True)
class Sheet:
    """One table of the document: the pieces of it on all pages, headers left out."""

    title: str
    table: Table
    place: int
    unit: str | None = None
    assumed: bool = False
    header: tuple[Row, ...] = ()
    spans: Spans | None = None
    edges: tuple[float, ...] | None = None
    numbers: Row = ()
    body: list[tuple[int, Row]] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    strays: list[Line] = field(default_factory=list)
    pieces: list[Grid] = field(default_factory=list)

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
        inside, rows, skipped = captions.preamble(block)
        caption = [*above, *inside]
        if not rows:  # nothing but a title, in a frame of its own
            above = caption
            continue
        stated = captions.stated(caption, "unit", "unit") or _in_header(rows)
        unit = stated or unit
        title = captions.title(caption)
        form = _form(title, current)
        named = title is not None or captions.own_title(caption) is not None
        header, numbers, body = ((), (), rows) if form else _split(rows, named)
        bare = current is not None and not any(
            not captions.is_furniture(line.text) for line in caption
        )
        if bare and not numbers and not _labels(header):
            header, body = (), rows  # the rest of the page before
        if current is not None and _continues(current, title, header, caption, rows):
            current.strays += [line for line in above if _holds_amounts(line)]
            body = _without(body, current.header)
            body = _under(body, block.edges, current.edges, current.table.form)
        else:
            if current is not None:
                yield current
            current = _new(title, caption, rows[0][0], unit)
            current.header, current.spans = header, _kept(block.spans, skipped, len(header))
            current.numbers, current.edges = numbers, block.edges
            current.assumed = stated is None
            current.strays += _money(above)
        current.breaks.add(len(current.body))
        current.body += body
        current.pieces.append(block)
        above = []
    if current is not None:
        current.strays += _money(above)
        yield current


def _form(title: Line | None, current: Sheet | None) -> bool:
    """Whether a grid is (or goes on with) a form of performance targets."""
    table = vocabulary.titled(title.text) if title else current.table if current else None
    return table is not None and table.form


def _holds_amounts(line: Line) -> bool:
    """Whether a line between two pieces of a table is a row that lost its tabs."""
    short = len(line.text) < captions.LONGEST_LINE and not line.noted
    return short and any(map(captions.is_money, line.text.split()))


def _money(lines: Iterable[Line]) -> list[Line]:
    """The lines that are nothing but an amount; not those that the reader has noted."""
    return [line for line in lines if captions.is_money(line.text) and not line.noted]


def _split(
    rows: list[tuple[int, Row]], named: bool
) -> tuple[tuple[Row, ...], Row, list[tuple[int, Row]]]:
    """Header rows, the row of column numbers, and the body of one grid.

    Under a title the rows before the first of the body are the header, whatever
    they say; without one they may be the rest of a row of the page before.
    """
    for depth, (_, row) in enumerate(rows[:_DEEPEST_HEADER]):
        if captions.is_number_row(row):
            above = rows[:depth]
            header = tuple(r for _, r in above if not captions.is_body(r))
            return header, row, [*(r for r in above if captions.is_body(r[1])), *rows[depth + 1 :]]
    count = len(rows)
    depth = next((i for i, (_, row) in enumerate(rows) if captions.is_body(row)), count)
    if depth == count:  # an empty table
        depth = next((i for i, (_, row) in enumerate(rows) if i and not _is_head(row)), count)
    header = tuple(row for _, row in rows[:depth])
    if depth > 1 and _is_empty_total(rows[depth - 1][1], rows[0][1]):
        depth -= 1
        header = header[:-1]
    return (header, (), rows[depth:]) if named or _heads(header) else ((), (), rows)


def _is_head(row: Row) -> bool:
    """Whether a row holds a heading other than the word for a total."""
    keys = [printed.key(cell) for cell in row if cell]
    total = vocabulary.line("total")
    return any(vocabulary.is_heading(key) and not total.fullmatch(key) for key in keys)


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


def _in_header(rows: list[tuple[int, Row]]) -> str | None:
    """The unit of money that a heading gives in brackets."""
    pattern = vocabulary.line("unit_in_heading")
    cells = (cell for _, row in rows[:_DEEPEST_HEADER] for cell in row if cell)
    return next((match["unit"] for cell in cells if (match := pattern.search(cell))), None)


def _labels(header: tuple[Row, ...]) -> bool:
    """Whether rows head a column of labels."""
    return any(captions.heads_label(cell) for row in header for cell in row if cell)


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
    if len(caption) > _MOST_LINES or any(
        len(line.text) > captions.LONGEST_LINE for line in caption
    ):
        return False
    own = captions.own_title(caption)
    if own is not None and printed.key(own) != printed.key(sheet.title):
        return False
    return same_header or not header or len(rows) == len(header)


def _without(rows: list[tuple[int, Row]], header: tuple[Row, ...]) -> list[tuple[int, Row]]:
    """Rows of a later page without the header that it repeats."""
    heads = {key for key in _keys(header) if key}
    count = next((i for i, (_, row) in enumerate(rows) if _keys((row,))[0] not in heads), 0)
    return rows[count:]


def _under(
    rows: list[tuple[int, Row]],
    edges: tuple[float, ...] | None,
    wanted: tuple[float, ...] | None,
    form: bool,
) -> list[tuple[int, Row]]:
    """Rows of a later page set under the columns of the first, by their place on the page.

    Of several columns that a cell lies over an amount takes the last, its heading's own,
    and a text the first; in a form all do, as they do where cells are merged.
    """
    if edges is None or wanted is None or len(edges) == len(wanted):
        return rows
    places = [
        [i for i, (a, b) in enumerate(pairwise(wanted)) if _shared(left, right, a, b)]
        for left, right in pairwise(edges)
    ]
    moved = []
    for place, row in rows:
        cells = [""] * (len(wanted) - 1)
        for found, cell in zip(places, row, strict=True):
            if not cell or not found:
                continue
            index = found[-1] if printed.is_amount(cell) and not form else found[0]
            if cells[index]:
                return rows  # two columns of one: their places tell nothing
            cells[index] = cell
        if sum(map(bool, cells)) < sum(map(bool, row)):
            return rows
        moved.append((place, tuple(cells)))
    return moved


def _shared(left: float, right: float, wanted_left: float, wanted_right: float) -> bool:
    """Whether two columns share most of the narrower one."""
    common = min(right, wanted_right) - max(left, wanted_left)
    return common > 0.5 * min(right - left, wanted_right - wanted_left)


def _kept(spans: Spans | None, kept: list[int], depth: int) -> Spans | None:
    """Spans of the heading's rows, counted without the rows left out above and between."""
    if spans is None:
        return None
    number = {index: row for row, index in enumerate(kept[:depth])}
    result = []
    for top, left, height, width in spans:
        covered = [number[row] for row in range(top, top + height) if row in number]
        if covered:
            result.append((covered[0], left, len(covered), width))
    return tuple(result)


def _new(title: Line | None, caption: list[Line], place: int, unit: str | None) -> Sheet:
    """A sheet that begins here; one without a known title is named by a line above it."""
    if title is not None:
        table = vocabulary.titled(title.text) or Table(printed.tidy(title.text))
        return Sheet(printed.tidy(title.text), table, place, unit)
    name = captions.own_title(caption) or captions.heading(caption) or f"table@{place}"
    name = printed.tidy(name)
    return Sheet(name, Table(name), place, unit)


def _keys(rows: tuple[Row, ...]) -> list[str]:
    return [printed.key("".join(row)) for row in rows]
