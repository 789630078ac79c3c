"""What a comparison is with: last year, another year, or what had been budgeted."""

import re
from decimal import Decimal

from budgetkit.prose import words
from budgetkit.prose.money import money

_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
#: Where a clause ends.
CLAUSE = re.compile(r"[，。；：;:]|,(?!\d{3})")


def year(text: str, last: bool = False) -> int | None:
    """The latest year that a text names, other than to compare with it; or the `last` named."""
    years = [int(y) for y in _YEAR.findall(words.pattern("variances", "anchor").sub("", text))]
    return years[-1] if last and years else max(years, default=None)


def other_year(before: str, anchor: str, own: int | None) -> bool:
    """Whether a comparison is with another year than the one before (2024年 and 比2022年).

    Where the words before name no year, they are about the ``own`` one.
    """
    told = re.search(r"20\d\d", anchor)
    this = year(before) or own
    return bool(told and this and int(told[0]) != this - 1)


def budgeted(text: str) -> bool:
    """Whether a text compares with what had been budgeted: 比年初预算."""
    return bool(words.pattern("variances", "budgeted").search(text))


def own(text: str) -> tuple[str, Decimal | None]:
    """A text without the clauses that state last year's amount or a budget's, and last year's.

    >>> own("2030年支出9万元，上年支出8万元，与")
    ('2030年支出9万元，，与', Decimal('8'))
    """
    text = words.pattern("variances", "against_budget").sub("", text)
    kept, begin, prior = "", 0, None
    latest = max(map(int, _YEAR.findall(text)), default=0)
    for match in words.pattern("variances", "money").finditer(text):
        clause = CLAUSE.split(text[begin : match.start()])[-1]
        before = [int(year) == latest - 1 for year in _YEAR.findall(clause)]
        if words.pattern("variances", "last_year").search(clause) or (before and all(before)):
            prior = money(match["number"], match["unit"])
            kept += text[begin : match.start() - len(clause)]
        else:
            kept += text[begin : match.end()]
        begin = match.end()
    return kept + text[begin:], prior
