"""Rows named after two years, and after the change since, made one row with columns of each."""

import re
from collections.abc import Iterable, Sequence

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.columns import of_period
from budgetkit.assembling.records import Record
from budgetkit.notes import Notes

#: Of the year; a table that is not by years has no other.
CURRENT = "current"

_Labels = tuple[str, str]
_Groups = dict[_Labels, list[tuple[str, Record]]]


def by_year(
    records: list[Record], year: int | None, notes: Notes
) -> tuple[list[Record], list[str]]:
    """Rows of the document's year, of the year before and of the change made one row.

    Also gives the periods in printed order: ``current``, and where rows were made one
    ``prior`` and ``change``. Shenzhen prints 三公 so, three rows a unit. All rows stay
    as they are where the year is unknown or another one, where budgets stand beside
    accounts, or where an amount would have no column of its own.
    """
    periods = _periods(records, year)
    groups = _groups(records, periods) if periods else {}
    if not groups or not _is_whole(groups) or not _fit(records, periods):
        for record in records:
            record.name = _both_names(record)
        return records, [CURRENT]
    told = ", ".join(_parted(record)[0] for record in records[:3])
    notes.mended("years_as_rows", records[0].place, told)
    return [_as_one(labels, rows) for labels, rows in groups.items()], list(dict.fromkeys(periods))


def _periods(records: Sequence[Record], year: int | None) -> list[str]:
    """The period of each row; none where not all rows have one of two years that compare."""
    labels = [printed.key(_parted(record)[0]) for record in records]
    matches = [match for label in labels if (match := _year(label))]
    kinds = {match["budget"] for match in matches}
    plain = len(kinds) == 1 and not any(match["final"] for match in matches)
    years = {int(match["year"]) for match in matches}
    told = all(labels) and not any(record.code or record.project for record in records)
    if year is None or years != {year - 1, year} or not plain or not told:
        return []
    names = {year - 1: "prior", year: CURRENT}
    return [names[int(match["year"])] if (match := _year(k)) else "change" for k in labels]


def _groups(records: Sequence[Record], periods: Sequence[str]) -> _Groups:
    """Rows by unit and name; a row that leaves them out goes on with those above."""
    groups: _Groups = {}
    unit = name = ""
    for record, period in zip(records, periods, strict=True):
        own = record.unit or unit
        name = _parted(record)[1] or (name if own == unit else "")
        unit = own
        groups.setdefault((unit, name), []).append((period, record))
    return groups


def _is_whole(groups: _Groups) -> bool:
    """Whether each period comes once in a group, and no group among several lacks a label."""
    once = all(len({period for period, _ in rows}) == len(rows) for rows in groups.values())
    return once and (len(groups) == 1 or ("", "") not in groups)


def _fit(records: Iterable[Record], periods: Iterable[str]) -> bool:
    """Whether all amounts are money, and each column of each period has a name of its own."""
    measures = {measure for record in records for measure in record.amounts}
    names = [of_period(period, measure) for period in set(periods) for measure in measures]
    return len(set(names)) == len(names) and all(map(vocabulary.is_money, measures))


def _as_one(labels: _Labels, rows: list[tuple[str, Record]]) -> Record:
    """One row of a group's; without labels it is named after the year."""
    unit, name = labels
    first = rows[0][1]
    if not unit and not name:
        name = next((_parted(record)[0] for period, record in rows if period == CURRENT), "")
    own = Record(first.place, first.first_of_page, name=name, unit=unit or None)
    for period, record in rows:
        for measure, value in record.amounts.items():
            own.amounts[of_period(period, measure)] = value
            own.places[of_period(period, measure)] = record.place
    return own


def _parted(record: Record) -> tuple[str, str]:
    """The name that tells a year or the change, and the other; blank where there is none."""
    if _tells(record.name):
        return record.name, record.over
    return (record.over, record.name) if _tells(record.over) else ("", record.name)


def _both_names(record: Record) -> str:
    """The name of a row with the other beside it: what it is in, or its year or change."""
    told, other = _parted(record)
    return " / ".join(filter(None, [other, told] if told else [record.over, record.name]))


def _tells(name: str) -> bool:
    """Whether a name is that of a year or of the change."""
    return bool(_year(printed.key(name)) or vocabulary.is_change(printed.key(name)))


def _year(name: str) -> re.Match[str] | None:
    return vocabulary.line("year").fullmatch(name)
