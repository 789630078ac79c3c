"""What the columns of a table are to each other: halves, years, and names set apart."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.stitch import Sheet

#: A year; not the one that another is compared with.
_YEAR = re.compile(r"(?<![比较与同])(20\d{2})年")


#: Words over columns of a second classification.
_OTHER = ("经济", "政府预算", "政府经济")


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


def compared(path: tuple[str, ...]) -> list[str]:
    """Headings as they are compared."""
    return [printed.key(text) + "%" * ("%" in text or "％" in text) for text in path]


def stands_for(sheet: Sheet, keys: list[str]) -> str | None:
    """The measure that headings stand for; a total below another measure is that one.

    A heading that is in the title as well says nothing of its own, nor does one that
    names a half of a two-sided table.
    """
    measure = sheet.table.measure("/".join(keys))
    if measure not in {None, "total", "amount"} or len(keys) < 2:
        return measure
    silent = keys[-2] in printed.key(sheet.title) or (sheet.table.sides and _half(keys[-2]))
    if vocabulary.line("whole").fullmatch(keys[-1]) and not silent:
        over = vocabulary.under_class(keys[:-1]) or stands_for(sheet, keys[:-1])
        over = over or next(iter(vocabulary.economic(keys[:-1])), None)
        return measure if over in {None, "amount"} else over
    return measure


def settled(sheet: Sheet, found: list[Column]) -> list[Column]:
    """Columns by what the others are: their half, their year, and a name of their own."""
    found = _unshared(sheet, _blocks(sheet, _second_codes(found)))
    return _distinct(_qualified(sheet, _planned(sheet, _dated(_classified(found)))))


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
    return _half(heading) or ("expenditure" if block else "income")


def _half(heading: str) -> str | None:
    """The side that a heading names, if it does."""
    sides = (("支出", "expenditure"), ("收入", "income"))
    return next((side for word, side in sides if word in heading), None)


def _unshared(sheet: Sheet, found: list[Column]) -> list[Column]:
    """Measures by their headings without those that stand over all of their half."""
    result = []
    for column in found:
        mates = [c.path for c in found if c.role == "measure" and c.block == column.block]
        agree = takewhile(lambda heads: len(set(heads)) == 1, zip(*mates, strict=False))
        shared = len(list(agree)) if len(mates) > 1 and column.known else 0
        keys, over = (compared(path) for path in (column.path, column.path[:shared]))
        said = shared and sheet.table.tells("/".join(keys), "/".join(over))
        rest = keys[shared:] if shared and not said and column.role == "measure" else ()
        own = stands_for(sheet, list(rest)) if rest else None
        result.append(replace(column, measure=own) if own not in {None, "amount"} else column)
    return result


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


def _dated(found: list[Column]) -> list[Column]:
    """Columns of amounts of an earlier year set apart from those of the year."""
    years = {c.index: m[1] for c in found if (m := _YEAR.search("/".join(c.path)))}
    latest = max((year for index, year in years.items()), default="")
    past = {index for index, year in years.items() if year < latest}
    past |= {c.index for c in found if vocabulary.line("prior").search("/".join(c.path))}
    return [
        replace(c, measure=of_period("prior", str(c.measure)))
        if c.known and c.measure and c.index in past
        else c
        for c in found
    ]


def _planned(sheet: Sheet, found: list[Column]) -> list[Column]:
    """Amounts that were planned, set apart from those spent where 决算数 stands beside them."""
    held = [c for c in found if c.measure == "amount" and sheet.table.qualified]
    heads = {c.index: compared(c.path) for c in held}
    spent = {i for i, keys in heads.items() if "final" in map(vocabulary.qualifier, keys)}
    blocks = {c.block for c in held if c.index in spent}
    plan = vocabulary.line("planned")
    plans = {i for i, keys in heads.items() if i not in spent and plan.search("/".join(keys))}
    return [
        replace(c, measure="budget") if c.index in plans and c.block in blocks else c for c in found
    ]


def of_period(period: str, measure: str) -> str:
    """Name of a measure of another period: of the year before, or of the change since.

    >>> of_period("prior", "total"), of_period("change", "abroad"), of_period("current", "total")
    ('prior', 'change_abroad', 'total')
    """
    if period == "current":
        return measure
    return period if measure in {"amount", "total"} else f"{period}_{measure}"


def periods(measures: Sequence[str]) -> tuple[list[str], list[str]]:
    """Periods and measures, if every measure is there for every period; else none.

    >>> periods(["prior_abroad", "prior_meetings", "abroad", "meetings"])
    (['prior', 'current'], ['abroad', 'meetings'])
    >>> periods(["prior_abroad", "abroad", "meetings"])
    ([], [])
    """
    own = [m for m in measures if not m.startswith(("prior", "change"))]
    whole = {t: {of_period(t, m) for m in own} for t in ("prior", "current", "change")}
    times = [time for time, found in whole.items() if found <= set(measures)]
    if not own or len(times) * len(own) != len(measures):
        return [], []
    return sorted(times, key=lambda time: measures.index(of_period(time, own[0]))), own


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
    keys = compared(column.path)
    above = [stands_for(sheet, keys[:depth]) for depth in range(len(keys) - 1, 0, -1)]
    for inner, outer in pairwise(above):
        above = [m.removeprefix(f"{outer}_") if m and m == inner else m for m in above]
    own = str(column.measure)
    return [m for m in dict.fromkeys(above) if m and m not in {"amount", "total"} and m not in own]


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


def in_published_order(sheet: Sheet, found: list[Column]) -> list[Column] | None:
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


def named(found: list[Column]) -> list[Column]:
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
