"""The sources of a department's income, each counted once, from the first table that adds up.

A table of income prints sources and sums of sources together, and no two places
print the same. A column is a sum where its heading says so or where its parts
are printed too; a line is a sum where the lines below it add up to it. What is
left are the leaves, and they are believed only if they make up a printed total.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from budgetkit import language
from budgetkit.assembling import vocabulary
from budgetkit.printed import UNITS, exact, key
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from budgetkit.disclosure import Disclosure

#: The tables that tell, the most telling first.
TABLES = ("income", "income_sources", "balance")

APPROPRIATION = (
    "general_public_budget",
    "general_public_budget_transfer",
    "government_fund",
    "government_fund_transfer",
    "state_capital",
    "state_capital_transfer",
)

#: Measures that are sums of others, and of which, where those are printed too.
SUBTOTALS: dict[str, tuple[str, ...]] = {"total": (), "fiscal_appropriation": APPROPRIATION}


@dataclass(frozen=True, slots=True)
class Sources:
    """Where they were found, and what each pays (万元)."""

    table: str
    amounts: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line of income, with the lines below it that add up to it."""

    name: str
    amount: Decimal
    parts: tuple[_Line, ...] = ()


def find(doc: Disclosure) -> Sources:
    """The sources by the first table whose leaves make up its total, within rounding."""
    tried, tables = [], []
    for table in TABLES:
        rows, last = doc.figures[doc.figures["table"] == table], last_place(doc, table)
        for leaves in (columns(rows), lines(rows, last)):
            if not leaves:
                continue
            amounts: dict[str, Decimal] = {}
            for source, amount in leaves:
                amounts[source] = amounts.get(source, Decimal(0)) + amount
            whole, total = sum(amounts.values(), Decimal(0)), printed_total(doc, table)
            if total is None or equal(whole, total, len(leaves), last):
                return Sources(table, {name: amount for name, amount in amounts.items() if amount})
            tables.append(table)
            told = {"whole": f"{whole:,.2f}", "total": f"{total:,.2f}"}
            tried.append(language.label("missing.sources_tried", table=table, **told))
    if tried:
        raise language.missing("sources_sum", doc, tried=language.listed(tried), table=tables[0])
    raise language.missing(
        "sources",
        doc,
        tables=language.tables(t.table for t in doc.meta.tables)
        or language.label("missing.no_table"),
    )


def columns(rows: pd.DataFrame) -> list[tuple[str, Decimal]]:
    """Source and amount where each source has a column: the first total row, else all units."""
    totals = rows[rows["level"] == "total"]
    chosen = totals[totals["row"] == totals["row"].min()] if len(totals) else rows
    chosen = chosen if len(totals) else rows[rows["level"] == "unit"]
    if set(chosen["measure"]) <= {"amount", "total"}:
        return []
    measures = set(chosen["measure"])
    return [
        (of([str(measure)]), exact(amount))
        for measure, amount in zip(chosen["measure"], chosen["amount"], strict=True)
        if is_leaf(str(measure), measures)
    ]


def lines(rows: pd.DataFrame, last: Decimal) -> list[tuple[str, Decimal]]:
    """Source and amount where each source has a line; ``last``: the last printed place (万元)."""
    rows = rows[rows["side"].isna() | (rows["side"] == "income")]
    rows = rows[rows["measure"].isin(["amount", "total"]) & ~rows["level"].isin(["total", "unit"])]
    rows = rows[rows["amount"] != 0].drop_duplicates(["side", "row"])
    printed = zip(map(str, rows["name"]), map(exact, rows["amount"]), strict=True)
    kept = [(name, amount) for name, amount in printed if not _word("subtotal", name)]
    return [leaf for line in _nested(kept, last) for leaf in _leaves(line)]


def is_leaf(measure: str, present: set[str]) -> bool:
    """Whether a column is a source of its own among those that are present."""
    if measure in SUBTOTALS:
        return measure != "total" and not present.intersection(SUBTOTALS[measure])
    return not _word("subtotal", measure)


def printed_total(doc: Disclosure, table: str) -> Decimal | None:
    """The largest total of a table that has a name; else that of the balance."""
    for name in (table, "balance"):
        rows = doc.figures[doc.figures["table"] == name]
        rows = rows[(rows["level"] == "total") & rows["measure"].isin(["total", "amount"])]
        named = rows[rows["name"].str.len() > 0]
        if len(named):
            return max(map(exact, named["amount"]))
    return None


def equal(whole: Decimal, total: Decimal, addends: int, last: Decimal) -> bool:
    """Whether a sum of printed amounts is a printed total but for rounding."""
    return abs(whole - total) <= (addends + 1) * last / 2


def last_place(doc: Disclosure, table: str) -> Decimal:
    """The last decimal place that a table prints, in 万元."""
    known = next((t for t in doc.meta.tables if t.table == table), None)
    unit = UNITS.get((known and known.unit) or "万元", Decimal(1))
    return unit.scaleb(-(known.decimals if known else 2))


def of(path: Sequence[str]) -> str:
    """The source (a measure, or ``carryover``) that a line below others, or a column, stands for.

    >>> of(["一、本年收入", "4.财政专户核拨"]), of(["上年结转结余", "单位资金"])
    ('special_account', 'nonfiscal_carryover')
    """
    income = next(table for table in vocabulary.tables() if table.id == "income")
    known = {name for name, _ in income.measures}
    parts = [part for step in path for part in _bare(step).split("/")]
    if parts[-1] in known:
        return parts[-1]
    joined = "/".join(key(part) for part in parts)
    kinds = dict(words("income")["carryover"])
    if re.search(kinds.pop("any"), joined):
        return next((name for name, word in kinds.items() if re.search(word, joined)), "carryover")
    found = (income.measure(key(part)) for part in reversed(parts))
    return next((name for name in found if name in known and name != "total"), parts[-1])


def _nested(printed: list[tuple[str, Decimal]], last: Decimal) -> list[_Line]:
    """Lines under the lines that they add up to; a memo that adds up to nothing is left out."""
    nodes: list[_Line] = []
    for name, amount in reversed(printed):
        taken: int = 0
        parts: tuple[_Line, ...] = ()
        for count, node in enumerate(nodes, start=1):
            if _rank(name) and _rank(name) == _rank(node.name):
                break  # the next of its kind is no part of it
            below = nodes[:count]
            told = [n for n in below if not _word("memo", n.name)]
            alone = count == 1 and _rank(name) == _rank(node.name)
            fits = [
                chosen
                for chosen in (below, told)
                if chosen
                and not alone
                and equal(sum((n.amount for n in chosen), Decimal(0)), amount, len(chosen), last)
            ]
            if fits:
                taken, parts = count, tuple(fits[0])
                break
        nodes = [_Line(name, amount, parts), *nodes[taken:]]
    return [node for node in nodes if not _word("memo", node.name)]


def _rank(name: str) -> str:
    """How a line is numbered: 一、 is another rank than 1、 or (一); two of a rank are siblings."""
    number = name.strip()[: len(name.strip()) - len(_bare(name))]
    counted = re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", number))
    return re.sub(r"[、.．:：\s]", "", counted)


def _leaves(line: _Line, above: tuple[str, ...] = ()) -> Iterator[tuple[str, Decimal]]:
    """The lines that are sources; parts of one and the same source stay together."""
    path = (*above, line.name)
    below = [leaf for part in line.parts for leaf in _leaves(part, path)]
    kinds = {source for source, _ in below}
    if len(kinds) > 1:
        yield from below
    else:
        yield (kinds.pop() if kinds else of(path)), line.amount


def _bare(name: str) -> str:
    """A label without its number, the word 其中 and the column number of an unknown heading."""
    name = re.sub(r"\s*\(\d+\)$", "", name.strip())
    name = re.sub(rf"^(?:{vocabulary.line('outline').pattern})\s*", "", name)
    return re.sub(r"^其中[:：]?\s*", "", name)


def _word(kind: str, name: str) -> bool:
    return (
        re.search(words("income")[kind], key(_bare(name) if kind == "subtotal" else name))
        is not None
    )
