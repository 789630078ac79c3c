"""Header rows in, columns out: what each column of a table holds."""

from dataclasses import dataclass, replace

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.stitch import Row, Sheet


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the headings above it, and the label or measure that they stand for."""

    index: int
    path: tuple[str, ...]
    role: str  # measure, code, name, unit, project, line_number, text
    measure: str | None = None
    known: bool = True
    side: str | None = None
    block: int = 0


def columns(sheet: Sheet) -> tuple[list[Column], bool]:
    """The columns of a sheet, and whether its header had to be mended."""
    paths, sound = _paths(sheet)
    found = [_column(sheet, index, path) for index, path in enumerate(paths)]
    if not sound:
        mended = _in_published_order(sheet, found)
        if mended:
            return _blocks(sheet, mended), True
    return _blocks(sheet, _distinct(found)), False


def _paths(sheet: Sheet) -> tuple[list[tuple[str, ...]], bool]:
    """Each column's headings from top to bottom; False where parents and children disagree."""
    width = sheet.width
    rows = [
        [*map(printed.tidy, row), *[""] * (width - len(row))] for row in sheet.header
    ]
    sound = True
    if sheet.spans is not None:
        for top, left, height, span in sheet.spans:
            for row in range(top, min(top + height, len(rows))):
                for column in range(left, min(left + span, width)):
                    rows[row][column] = rows[top][left] if top < len(rows) else ""
    else:
        for depth, row in enumerate(rows[:-1]):
            below = [
                any(rows[d][c] for d in range(depth + 1, len(rows)))
                for c in range(width)
            ]
            origin = 0
            for c in range(width):
                above = [rows[d][c] for d in range(depth)]
                if row[c] or [rows[d][origin] for d in range(depth)] != above:
                    origin = c
                elif below[c] and row[origin]:
                    sound = sound and below[origin]
                    row[c] = row[origin]
    paths = [
        tuple(dict.fromkeys(row[c] for row in rows if row[c])) for c in range(width)
    ]
    return paths, sound


def _column(sheet: Sheet, index: int, path: tuple[str, ...]) -> Column:
    """What one column holds, by its headings."""
    keys = [printed.key(text) for text in path]
    joined = "/".join(keys)
    role = vocabulary.role(joined)
    if role == "code" and len(keys) > 1 and vocabulary.role(keys[-2]) == "name":
        role = "name"  # 款 under 科目名称: code and name share the cells
    if role in {"project", "name"} and sheet.table.label == "project":
        role = "project"
    if role == "project" and sheet.table.sides:
        role = "name"
    measure = sheet.table.measure(joined)
    if role and not (measure and measure != "total" and role == "name"):
        return Column(index, path, role)
    if measure:
        return Column(index, path, "measure", measure)
    return Column(
        index, path, "measure", "/".join(path) or f"column {index + 1}", known=False
    )


def _in_published_order(sheet: Sheet, found: list[Column]) -> list[Column] | None:
    """Measures in the table's published order, if the headings name each of them once.

    A conversion to text that mistakes the span of a merged heading moves the
    headings after it, but not the figures below.
    """
    published = list(dict.fromkeys(name for name, _ in sheet.table.measures))
    held = [column for column in found if column.role == "measure"]
    names = {column.measure for column in held}
    if not published or len(names) != len(held) or not names <= set(published):
        return None
    order = iter(sorted((str(name) for name in names), key=published.index))
    return [
        replace(c, measure=next(order)) if c.role == "measure" else c for c in found
    ]


def _distinct(found: list[Column]) -> list[Column]:
    """Within one run of measures no name twice: the later one keeps its headings as name."""
    seen: set[str] = set()
    result = []
    for column in found:
        if column.role != "measure":
            seen = set() if column.role in {"name", "project", "unit"} else seen
        elif column.measure in seen:
            headings = "/".join(column.path) or "?"
            column = replace(
                column, measure=f"{headings} ({column.index + 1})", known=False
            )
        seen.add(column.measure or "")
        result.append(column)
    return result


def _blocks(sheet: Sheet, found: list[Column]) -> list[Column]:
    """Number the halves of a two-sided table, and say which side each is on."""
    if not sheet.table.sides:
        return found
    block, measured, result = 0, False, []
    for column in found:
        if column.role == "measure":
            measured = True
        elif measured and column.role in {"name", "project", "code"}:
            block, measured = block + 1, False
        result.append(replace(column, block=block))
    heads = {c.block: "".join(c.path) for c in reversed(result)}
    return [
        replace(column, side=_side(heads[column.block], column.block))
        for column in result
    ]


def _side(heading: str, block: int) -> str:
    """The side that a half's first heading names, or else its place."""
    for word, side in (("支出", "expenditure"), ("收入", "income")):
        if word in heading:
            return side
    return "expenditure" if block else "income"


def aligned(row: Row, found: list[Column]) -> tuple[Row, int]:
    """A row moved left or right where its labels stand in the columns of amounts."""
    best = max(
        (0, -1, 1, -2, 2),
        key=lambda shift: (_fit(_moved(row, shift), found), -abs(shift)),
    )
    return _moved(row, best), best


def _moved(row: Row, shift: int) -> Row:
    if shift < 0:
        return row[-shift:] if not any(row[:-shift]) else row
    return ("",) * shift + row


def _fit(row: Row, found: list[Column]) -> int:
    """How many cells of a row are of the kind that their column holds, less the others."""
    score = 0
    for index, cell in enumerate(row):
        if cell:
            wants = found[index].role if index < len(found) else None
            number = printed.is_amount(cell)
            fits = (
                wants == "measure"
                if number and wants != "code"
                else wants not in {"measure", None}
            )
            score += 1 if fits or (number and wants == "code") else -1
    return score
