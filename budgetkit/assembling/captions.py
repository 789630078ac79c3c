"""What stands above a table: its title, its unit, its department; and what is neither."""

import re
from collections.abc import Iterator

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.reading.model import Grid, Line

#: A line longer than this is prose, no caption.
LONGEST_LINE = 60

#: So many other lines may stand between a title and its table: a remark, a page's number.
_BETWEEN = 3

#: From this share of the columns on, a lone cell is a line above the table.
_MOST_OF_WIDTH = 0.6

_CODE = re.compile(r"[1-5]\d{2}(?:\d{2}){0,2}(?![\d年])")

#: Words in a row that numbers the columns; 类, 款 and 项 stand over the parts of a code.
_MARKS = {"栏次", "行次", "甲", "乙", "丙", "丁", "类", "款", "项"}

_PART = re.compile(r"第[一二三四五六七八九十]+部分")

Row = tuple[str, ...]


def title(caption: list[Line]) -> Line | None:
    """The title above a table: the nearest line that reads like one, whole or wrapped in two.

    In a list of contents one title follows the other; that is no caption.
    """
    others = 0
    for index in range(len(caption) - 1, -1, -1):
        line = caption[index]
        before = caption[index - 1] if index else None
        wrapped = before is not None and not any(map(is_furniture, (before.text, line.text)))
        if before and wrapped and _is_open(before.text):
            joined = vocabulary.titled(before.text + line.text)
            if joined and joined != vocabulary.titled(line.text):
                return Line(before.text + line.text, line.place)
        if vocabulary.titled(line.text):
            beside = before is not None and before.place == line.place
            listed = before is not None and beside and vocabulary.titled(before.text)
            return None if listed else line
        if is_furniture(line.text):
            continue
        others += 1
        if _ends_sentence(line.text) or len(line.text) > LONGEST_LINE or others > _BETWEEN:
            return None
    return None


def own_title(caption: list[Line]) -> str | None:
    """A line above a table that names it, known or not."""
    for line in reversed(caption):
        if _ends_sentence(line.text) or len(line.text) > LONGEST_LINE:
            return None
        if printed.key(line.text).endswith("表") and not is_furniture(line.text):
            return line.text
    return None


def heading(caption: list[Line]) -> str | None:
    """The line right above a table, or the last heading above the sentence that leads to it."""
    lines = [line.text for line in caption if not is_furniture(line.text)]
    if lines and not _ends_sentence(lines[-1]) and len(lines[-1]) <= LONGEST_LINE:
        return lines[-1]
    outline = vocabulary.line("outline")
    marked = [line for line in lines if outline.match(line) or _PART.match(line)]
    return marked[-1] if marked and len(marked[-1]) <= LONGEST_LINE else None


def stated(caption: list[Line], pattern: str, group: str) -> str | None:
    """The last caption line that fits a pattern, its named group."""
    for line in reversed(caption):
        if found := vocabulary.line(pattern).search(line.text):
            return found[group]
    return None


def is_furniture(text: str) -> bool:
    """Whether a line is one of those around every table, or a page's number."""
    return _is_mark(text) or printed.key(text).isdigit()


def _is_mark(text: str) -> bool:
    """Whether a line gives a table's number, its unit of money, or its department."""
    return (
        bool(vocabulary.line("unit").search(text))
        or bool(vocabulary.line("department").search(text))
        or bool(vocabulary.line("label").fullmatch(printed.tidy(text)))
        or bool(vocabulary.line("number").fullmatch(printed.key(text)))
    )


def _is_open(text: str) -> bool:
    """Whether a line may go on in the next: it ends neither a title nor a sentence."""
    return not _ends_sentence(text) and not printed.key(text).endswith("表") and len(text) < 40


def _ends_sentence(text: str) -> bool:
    return printed.tidy(text).endswith(("。", "；", "：", ":", ";", "，"))


class Covered(str):
    """A blank cell below the first row of a merged one; ``above`` is what that says."""

    above: str

    @classmethod
    def by(cls, above: str) -> "Covered":
        """A cell that a merged one covers."""
        cell = cls("")
        cell.above = above
        return cell


def covered(grid: Grid) -> Iterator[Row]:
    """The rows of a grid: cells below the first row of a merged one know what that says."""
    below = {
        (top + down, left): grid.rows[top][left] or ""
        for top, left, height, _ in grid.spans or ()
        for down in range(1, height)
    }
    for index, row in enumerate(grid.rows):
        yield tuple(
            Covered.by(below.get((index, column), "")) if cell is None else cell
            for column, cell in enumerate(row)
        )


def preamble(grid: Grid) -> tuple[list[Line], list[tuple[int, Row]], list[int]]:
    """The caption lines inside the first rows of a grid, the other rows, and which they are."""
    rows = [
        (index, place, row)
        for index, (place, row) in enumerate(zip(grid.places, covered(grid), strict=True))
        if any(row) or grid.spans is None
    ]
    lines: list[Line] = []
    while rows:
        index, place, row = rows[0]
        cells = [cell for cell in row if cell]
        texts = [line for cell in cells for line in cell.split("\n") if line]
        done = any(vocabulary.line("unit").search(line.text) for line in lines)
        alone = not done and len(texts) < 3 and _stands_alone(grid, index)
        next_tells = grid.spans is not None and len(rows) > 1 and _tells(rows[1][2])
        told = _tells(row) or (next_tells and not _heads_any(row))
        cut = grid.spans is not None and bool(vocabulary.titled("".join(texts)))
        # "七、…" is a row of a table, but not above the unit or the headings of one.
        heads = next_tells or (alone and _heads_label(rows[1:2]))
        if is_body(row) and not (heads and len(texts) == 1 and not is_money(texts[0])):
            break
        if not (told or alone or cut or all(_is_caption(t) for t in texts)):
            break
        beside = len(cells) > 1 and grid.spans is not None
        whole = "".join(text for text in texts if not is_furniture(text))
        if beside and told and not vocabulary.titled(whole):
            texts = [" ".join(texts)]
        elif beside and vocabulary.titled(whole):  # cut where no cell ends
            first = [cell.split("\n")[0] for cell in cells]
            upper = "".join(text for text in first if not is_furniture(text))
            if upper != whole and vocabulary.titled(upper):  # its line and the next in one row
                below = [line for cell in cells for line in cell.split("\n")[1:]]
                own = [text for text in first if is_furniture(text)]
                texts = [upper, "".join([*own, *below])]
            else:
                texts = [whole, *(text for text in texts if is_furniture(text))]
        lines += [Line(text, place) for text in texts]
        rows.pop(0)
    return lines, [(place, row) for _, place, row in rows], [index for index, _, _ in rows]


def _tells(row: Row) -> bool:
    """Whether a row tells what stands around every table, and heads no column of labels."""
    texts = [line for cell in row for line in cell.split("\n") if line]
    return any(map(_is_mark, texts)) and not any(heads_label(cell) for cell in row if cell)


def _heads_label(rows: list[tuple[int, int, Row]]) -> bool:
    """Whether rows are headings, one of them that of a column of labels."""
    return any(not is_body(row) and any(map(heads_label, row)) for _, _, row in rows)


def _heads_any(row: Row) -> bool:
    """Whether a row holds a heading of any column."""
    return any(vocabulary.is_heading(printed.key(cell)) for cell in row if cell)


def _stands_alone(grid: Grid, row: int) -> bool:
    """Whether a row is one cell over most of the columns, and blank beside it."""
    text = [cell for cell in grid.rows[row] if cell]
    if len(text) != 1 or len(text[0]) > LONGEST_LINE or vocabulary.is_heading(printed.key(text[0])):
        return False
    own = [span for span in grid.spans or () if span[0] == row]
    covered = max((width for _, _, _, width in own), default=0)
    whole = sum(width for _, _, _, width in own) == grid.width
    return whole and grid.width > 1 and covered >= _MOST_OF_WIDTH * grid.width


def _is_caption(text: str) -> bool:
    return bool(
        vocabulary.titled(text)
        or vocabulary.line("unit").search(text)
        or vocabulary.line("department").search(text)
        or vocabulary.line("number").search(printed.key(text))
    )


def heads_label(cell: str) -> bool:
    """Whether a cell is the heading of a label column."""
    return vocabulary.role(printed.key(cell)) is not None


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


def is_number_row(row: Row) -> bool:
    """Whether a row only numbers the columns: ``※ ※ 1 2 3``, ``栏次 1 2``."""
    cells = [printed.key(cell) for cell in row if cell]
    numbers = [int(cell) for cell in cells if cell.isdigit()]
    marks = [c for c in cells if not c.isdigit()]
    marked = any(not printed.is_dash(c) for c in row if c and not printed.key(c).isdigit())
    return (
        bool(row)
        and all(len(mark) <= 2 for mark in marks)
        and all(not mark or mark in _MARKS for mark in marks)
        and bool(numbers)
        and all(0 < number < 100 for number in numbers)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and (len(numbers) > 1 or marked)
    )
