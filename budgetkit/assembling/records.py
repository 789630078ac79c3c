"""Records of body rows: one a printed row, split names joined, rows of two years made one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.columns import Column, of_period
from budgetkit.notes import Notes

#: From this share of rows with amounts on, a bare label is the rest of the one before it.
_FULL = 0.9

#: From this share of labels with an outline's mark on, one without is such a rest, too.
_OUTLINED = 0.6

#: Of the year; a table that is not by years has no other.
CURRENT = "current"


@dataclass(slots=True)
class Record:
    """One row of one half of a table."""

    place: int
    first_of_page: bool
    code: str | None = None
    name: str = ""
    unit: str | None = None
    project: str | None = None
    amounts: dict[str, Decimal] = field(default_factory=dict)


def joined(records: list[Record], block: list[Column], notes: Notes) -> list[Record]:
    """Records with the second part of a split name joined to the first."""
    records = [r for r in records if r.code or r.name or r.unit or r.project or r.amounts]
    named = [r for r in records if r.name or r.project]
    full = sum(bool(r.amounts) for r in named) >= _FULL * len(named)
    outlined = sum(_is_outlined(r.name) for r in named) >= _OUTLINED * len(named)
    roles = {column.role for column in block}
    result: list[Record] = []
    for record in records:
        bare = not record.amounts and not record.code
        rest = bool(record.project) and not record.name and "name" in roles
        loose = full or (outlined and not _is_outlined(record.name))
        total = vocabulary.line("total")
        last = printed.key(result[-1].name) if result else ""
        whole = last.endswith("计") and total.fullmatch(last) is not None
        part = record.project or record.name
        blank = not printed.key(part)  # a dash for a name: a row of its own
        split = rest or (loose and record.first_of_page)
        if bare and result and split and not whole and not blank:
            before = result[-1]
            notes.mended("split_name", record.place, part)
            before.name = printed.tidy(before.name + record.name)
            before.project = printed.tidy((before.project or "") + (record.project or "")) or None
            continue
        result.append(record)
    return result


def _is_outlined(name: str) -> bool:
    """Whether a label begins with an outline's mark, or is that of a total."""
    total = vocabulary.line("total").fullmatch(printed.key(name))
    return bool(total or vocabulary.line("outline").match(name))


def by_year(records: list[Record], notes: Notes) -> tuple[list[Record], list[str]]:
    """Rows named after two years, and after the change, as one row with columns of each.

    Also gives the periods in printed order: ``current``, and where rows were made one
    ``prior`` and ``change``. Shenzhen prints 三公 so, three rows a unit.
    """
    periods = _periods(records)
    if not periods:
        return records, [CURRENT]
    result: list[Record] = []
    seen: set[str] = set()
    for record, period in zip(records, periods, strict=True):
        own = result[-1] if result else None
        if own is None or period in seen or record.unit not in {None, own.unit}:
            own = Record(record.place, record.first_of_page, unit=record.unit)
            result.append(own)
            seen = set()
        seen.add(period)
        if period == CURRENT and own.unit is None:
            own.name = record.name
        own.amounts |= {of_period(period, m): value for m, value in record.amounts.items()}
    notes.mended("years_as_rows", records[0].place, ", ".join(r.name for r in records[:3]))
    return result, list(dict.fromkeys(periods))


def _periods(records: Sequence[Record]) -> list[str]:
    """The period that each row is named after; none where not all are, or not of two years."""
    found = [_period(record) for record in records]
    years = sorted({period for period in found if period.isdigit()})
    if len(years) != 2 or "" in found:
        return []
    names = {years[0]: "prior", years[1]: CURRENT}
    return [names.get(period, period) for period in found]


def _period(record: Record) -> str:
    """The year that a row is named after, or ``change``."""
    name = printed.key(record.name)
    year = vocabulary.line("year").fullmatch(name)
    if record.code or record.project or not (year or vocabulary.is_change(name)):
        return ""
    return year["year"] if year else "change"
