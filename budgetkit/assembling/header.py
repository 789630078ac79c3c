"""Header rows in, columns out: what each column of a table holds."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.captions import Row
from budgetkit.assembling.stitch import Sheet

#: How far a row may have slipped, in the order in which ties are settled.
_SHIFTS = (0, -1, 1, -2, 2, -3, 3, -4, 4)

#: What a number and what any other cell can stand under.
_NUMBERED = {"measure", "code", "line_number"}
_LABELS = {"code", "name", "beside", "unit", "project", "line_number", "text"}

#: Words over columns of a second classification.
_OTHER = ("经济", "政府预算", "政府经济")

#: A year; not the one that another is compared with.
_YEAR = re.compile(r"(?<![比较])(20\d{2})年")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the headings above it, and the label or measure that they stand for."""

    index: int
    path: tuple[str, ...]
    role: str  # measure, code, name, beside, unit, project, line_number, text
    measure: str | None = None
    known: bool = True
    side: str | None = None
    block: int = 0


def columns(sheet: Sheet) -> tuple[list[Column], bool]:
    """The columns of a sheet, and whether its header had to be mended."""
    paths, sound = _paths(sheet)
    found = _named([_column(sheet, index, path) for index, path in enumerate(paths)])
    if not sound:
        mended = _in_published_order(sheet, found)
        if mended:
            return mended, True
    found = _unshared(sheet, _blocks(sheet, _second_codes(found)))
    return _distinct(_qualified(sheet, _dated(_classified(found)))), False


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


def _spread(
    rows: list[list[str]], spans: tuple[tuple[int, int, int, int], ...], width: int
) -> None:
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
    keys = _keys(path)
    joined = "/".join(keys)
    role = vocabulary.role(joined)
    over = vocabulary.role("/".join(keys[:-1]))
    if role == "code" and len(keys[-1]) == 1 and over == "name" and keys[-2].endswith("名称"):
        role = "name"  # 款 under 科目名称: code and name share the cells
    if role in {"project", "name"} and sheet.table.label == "project":
        role = "project"
    if role in {"project", "beside"} and sheet.table.sides:
        role = "name"
    measure = vocabulary.under_class(keys) or _measure(sheet, keys)
    if role and not (measure and measure != "total" and role == "name"):
        return Column(index, path, role)
    if measure:
        return Column(index, path, "measure", measure)
    if not _may_hold_amounts(sheet, index):
        labels = index == 0 or (sheet.table.sides and bool(path) and _filled(sheet, index))
        return Column(index, path, "name" if labels else "text", known=False)
    return Column(index, path, "measure", "/".join(path) or f"column {index + 1}", known=False)


def _keys(path: tuple[str, ...]) -> list[str]:
    """Headings as they are compared."""
    return [printed.key(text) + "%" * ("%" in text or "％" in text) for text in path]


def _second_codes(found: list[Column]) -> list[Column]:
    """Codes and names by use beside those by function, the government's beside the department's.

    A name among labels behind amounts begins another part of the table.
    """
    groups = [list(run) for _, run in groupby(found, key=lambda c: c.role == "measure")]
    part, parts = 0, []
    for group in groups:
        part += any(column.role in {"name", "project"} for column in group)
        parts += [part] * len(group)
    ranks = [sum(word in "".join(c.path) for word in _OTHER) for c in found]
    least: dict[tuple[int, str], int] = {}
    for column, rank, part in zip(found, ranks, parts, strict=True):
        least[part, column.role] = min(rank, least.get((part, column.role), rank))
    return [
        replace(c, role="beside")
        if c.role in {"code", "name"} and rank > least[part, c.role]
        else c
        for c, rank, part in zip(found, ranks, parts, strict=True)
    ]


def _unshared(sheet: Sheet, found: list[Column]) -> list[Column]:
    """Measures by their headings without those that stand over all of their half."""
    result = []
    for column in found:
        mates = [c.path for c in found if c.role == "measure" and c.block == column.block]
        agree = takewhile(lambda heads: len(set(heads)) == 1, zip(*mates, strict=False))
        shared = len(list(agree)) if len(mates) > 1 and column.known else 0
        rest = column.path[shared:] if shared and column.role == "measure" else ()
        own = _measure(sheet, _keys(rest)) if rest else None
        result.append(replace(column, measure=own) if own not in {None, "amount"} else column)
    return result


def _measure(sheet: Sheet, keys: list[str]) -> str | None:
    """The measure that headings stand for; a total below another measure is that one.

    A heading that is in the title as well says nothing of its own.
    """
    measure = sheet.table.measure("/".join(keys))
    if measure not in {None, "total", "amount"} or len(keys) < 2:
        return measure
    if vocabulary.line("whole").fullmatch(keys[-1]) and keys[-2] not in printed.key(sheet.title):
        over = vocabulary.under_class(keys[:-1]) or _measure(sheet, keys[:-1])
        over = over or next(iter(vocabulary.economic(keys[:-1])), None)
        return measure if over in {None, "amount"} else over
    return measure


def _classified(found: list[Column]) -> list[Column]:
    """Unknown columns that are headed by economic subjects: the code is the measure.

    Of the departments' subjects (3) and the government's (5) those count that the
    headings of more columns tell beyond doubt.
    """
    subjects = {
        c.index: vocabulary.economic([printed.key(text) for text in c.path])
        for c in found
        if c.role == "measure" and not c.known and c.path
    }
    told = [{code[0] for code in codes} for codes in subjects.values()]
    kinds = Counter(min(kind) for kind in told if len(kind) == 1)
    most = max(kinds, key=lambda kind: kinds[kind], default="3")
    fits = {i: [code for code in codes if code[0] == most] for i, codes in subjects.items()}
    return [
        replace(c, measure=fits[c.index][0], known=True) if len(fits.get(c.index, ())) == 1 else c
        for c in found
    ]


def _qualified(sheet: Sheet, found: list[Column]) -> list[Column]:
    """Measures named after what stands over them, too.

    A heading over all columns of a half says nothing; others do where they name a source of
    money or a comparison, and wherever a measure comes twice in a half.
    """
    own = [c for c in found if c.role == "measure" and c.known]
    over = {c.index: _over(sheet, c) for c in own}
    mates = {c.block: [over[o.index] for o in own if o.block == c.block] for c in own}
    parts = {c.index: [str(c.measure)] for c in own}
    for c in own:
        told = (m for m in over[c.index] if not all(m in mate for mate in mates[c.block]))
        parts[c.index] += [m for m in told if vocabulary.sets_apart(m, str(c.measure))]
    count = Counter((c.block, vocabulary.joined(parts[c.index])) for c in own)
    again = [c for c in own if count[c.block, vocabulary.joined(parts[c.index])] > 1]
    twice = {name for c in again for name in over[c.index][:1]} - {"current"}
    for c in own:
        nearest = over[c.index][:1]
        parts[c.index] += [m for m in nearest if m in twice and m not in parts[c.index]]
    return [
        replace(c, measure=vocabulary.joined(parts[c.index])) if c.index in parts else c
        for c in found
    ]


def _over(sheet: Sheet, column: Column) -> list[str]:
    """The measures of the headings over a column that its own doesn't name, nearest first."""
    keys = _keys(column.path)
    above = [_measure(sheet, keys[:depth]) for depth in range(len(keys) - 1, 0, -1)]
    for inner, outer in pairwise(above):
        above = [m.removeprefix(f"{outer}_") if m and m == inner else m for m in above]
    own = str(column.measure)
    return [m for m in dict.fromkeys(above) if m and m not in {"amount", "total"} and m not in own]


def _named(found: list[Column]) -> list[Column]:
    """Labels without a heading of their own kind: the last names the row, others stand beside.

    A text column among the labels is a label; one behind the amounts is a remark.
    """
    first = next((c.index for c in found if c.role == "measure"), 0)
    found = [
        replace(c, role="beside") if c.role == "text" and not c.known and c.index < first else c
        for c in found
    ]
    beside = [column for column in found if column.role == "beside"]
    if not beside or any(column.role in {"name", "code", "project"} for column in found):
        return found
    return [replace(c, role="name") if c is beside[-1] else c for c in found]


def _may_hold_amounts(sheet: Sheet, index: int) -> bool:
    """Whether the cells under unknown headings can be amounts: some are, or there are none."""
    cells = _filled(sheet, index)
    headed = any(index < len(row) and row[index] for row in sheet.header)
    return any(map(printed.is_amount, cells)) if cells else headed


def _filled(sheet: Sheet, index: int) -> list[str]:
    """The cells of a column that are not blank."""
    return [row[index] for _, row in sheet.body if index < len(row) and row[index]]


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
    return [replace(c, measure=next(order)) if c.role == "measure" else c for c in found]


def _dated(found: list[Column]) -> list[Column]:
    """Columns of amounts of an earlier year set apart from those of the year."""
    years = {c.index: m[1] for c in found if (m := _YEAR.search("/".join(c.path)))}
    latest = max((year for index, year in years.items()), default="")
    past = {index for index, year in years.items() if year < latest}
    past |= {c.index for c in found if vocabulary.line("prior").search("/".join(c.path))}
    return [
        replace(c, measure=_prior(str(c.measure)))
        if c.known and c.measure and c.index in past
        else c
        for c in found
    ]


def _prior(measure: str) -> str:
    """Name of a measure of the year before."""
    return "prior" if measure in {"amount", "total"} else f"prior_{measure}"


def _distinct(found: list[Column]) -> list[Column]:
    """In one half no measure twice: the later one keeps its headings as its name."""
    seen: set[tuple[int, str | None]] = set()
    result = []
    for column in found:
        if column.role == "measure" and (column.block, column.measure) in seen:
            headings = "/".join(column.path) or "?"
            column = replace(column, measure=f"{headings} ({column.index + 1})", known=False)
        seen.add((column.block, column.measure))
        result.append(column)
    return result


def _blocks(sheet: Sheet, found: list[Column]) -> list[Column]:
    """Number the parts of a table that stand side by side, and say which side each is on.

    A part begins where labels follow amounts: in a two-sided table, under a heading
    that says 支出, or where a kind of label comes again.
    """
    block, measured, result = 0, False, []
    roles: set[str] = set()
    for column in found:
        named = column.role in {"name", "project", "code"}
        if column.role == "measure":
            measured = True
        elif measured and named:
            apart = sheet.table.sides or "支出" in "".join(column.path) or column.role in roles
            if apart:
                block, measured, roles = block + 1, False, set()
        roles.add(column.role)
        result.append(replace(column, block=block))
    if not block:
        return found
    heads = {c.block: "".join(c.path) for c in reversed(result)}
    if not sheet.table.sides and not any("收入" in head for head in heads.values()):
        return result
    return [replace(column, side=_side(heads[column.block], column.block)) for column in result]


def _side(heading: str, block: int) -> str:
    """The side that a part's first heading names, or else its place."""
    for word, side in (("支出", "expenditure"), ("收入", "income")):
        if word in heading:
            return side
    return "expenditure" if block else "income"


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
