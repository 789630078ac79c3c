"""Header rows in, columns out: what each column of a table holds."""

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.captions import Row
from budgetkit.assembling.columns import (
    Column,
    compared,
    in_published_order,
    named,
    settled,
    stands_for,
)
from budgetkit.assembling.stitch import Sheet
from budgetkit.reading.model import Spans

#: How far a row may have slipped, in the order in which ties are settled.
_SHIFTS = (0, -1, 1, -2, 2, -3, 3, -4, 4)

#: What a number and what any other cell can stand under.
_NUMBERED = {"measure", "code", "line_number"}
_LABELS = {"code", "name", "beside", "unit", "project", "line_number", "text"}


def columns(sheet: Sheet) -> tuple[list[Column], bool]:
    """The columns of a sheet, and whether its header had to be mended."""
    paths, sound = _paths(sheet)
    found = named([_column(sheet, index, path) for index, path in enumerate(paths)])
    if not sound:
        mended = in_published_order(sheet, found)
        if mended:
            return mended, True
    return settled(sheet, found), False


def _paths(sheet: Sheet) -> tuple[list[tuple[str, ...]], bool]:
    """Each column's headings from top to bottom; False where parents and children disagree."""
    width = sheet.width
    rows = [[*map(printed.tidy, row), *[""] * (width - len(row))] for row in sheet.header]
    sound = True
    if sheet.spans is None:
        sound = _guess(rows, width)
    else:
        _spread(rows, sheet.spans, width)
    paths = [tuple(dict.fromkeys(row[c] for row in rows if row[c])) for c in range(width)]
    return paths, sound


def _spread(rows: list[list[str]], spans: Spans, width: int) -> None:
    """Write each merged heading into all cells that it covers."""
    for top, left, height, span in spans:
        for depth in range(top, min(top + height, len(rows))):
            for column in range(left, min(left + span, width)):
                rows[depth][column] = rows[top][left]


def _guess(rows: list[list[str]], width: int) -> bool:
    """Write headings to the right, over their children; False where a child is left over."""
    sound = True
    for depth, row in enumerate(rows[:-1]):
        below = [any(rows[d][c] for d in range(depth + 1, len(rows))) for c in range(width)]
        origin = 0
        for c in range(width):
            if row[c] or any(rows[d][c] != rows[d][origin] for d in range(depth)):
                origin = c
            elif below[c] and row[origin]:
                sound = sound and below[origin]
                row[c] = row[origin]
    return sound


def _column(sheet: Sheet, index: int, path: tuple[str, ...]) -> Column:
    """What one column holds, by its headings."""
    keys = compared(path)
    joined = "/".join(keys)
    role = vocabulary.role(joined)
    over = vocabulary.role("/".join(keys[:-1]))
    if role == "code" and len(keys[-1]) == 1 and over == "name" and keys[-2].endswith("名称"):
        role = "name"  # 款 under 科目名称: code and name share the cells
    if (role in {"project", "beside"} and sheet.table.sides) or (
        role == "project" and sheet.table.groups
    ):
        role = "name"
    measure = vocabulary.under_class(keys) or stands_for(sheet, keys)
    if role and not (measure and measure != "total" and role == "name"):
        return Column(index, path, role)
    if measure:
        return Column(index, path, "measure", measure)
    if not _may_hold_amounts(sheet, index):
        labels = index == 0 or (sheet.table.sides and bool(path) and _filled(sheet, index))
        return Column(index, path, "name" if labels else "text", known=False)
    return Column(index, path, "measure", "/".join(path) or f"column {index + 1}", known=False)


def _may_hold_amounts(sheet: Sheet, index: int) -> bool:
    """Whether the cells under unknown headings can be amounts: some are, or there are none."""
    cells = _filled(sheet, index)
    headed = any(index < len(row) and row[index] for row in sheet.header)
    return any(map(printed.is_amount, cells)) if cells else headed


def _filled(sheet: Sheet, index: int) -> list[str]:
    """The cells of a column that are not blank."""
    return [row[index] for _, row in sheet.body if index < len(row) and row[index]]


def aligned(row: Row, found: list[Column]) -> tuple[Row, int]:
    """A row moved left or right where its labels stand in the columns of amounts."""
    best = max(_SHIFTS, key=lambda shift: _fit(_moved(row, shift), found))
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
            fits = _NUMBERED if printed.is_amount(cell.rstrip("%％")) else _LABELS
            score += 1 if wants in fits else -1
    return score
