"""What a performance target form says of a project above its indicators: unit, name, money."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.captions import Row, is_money
from budgetkit.assembling.stitch import Sheet
from budgetkit.notes import Notes
from budgetkit.vocabulary import words

#: A part of the fiscal appropriation is counted only where the whole isn't printed.
MONEY = ("budget_total", "budget_fiscal", "budget_fiscal_part", "budget_other")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of a form, and what it is an amount of: as we call it, and as printed."""

    name: str
    place: int
    cell: str
    heading: str = ""


@dataclass(slots=True)
class Head:
    """A project: the fields of its records, and the amounts that went into them.

    Its unit is the ``department`` as a whole where the form says so (主管部门).
    """

    fields: dict = field(default_factory=dict)
    money: list[Money] = field(default_factory=list)
    department: bool = False

    def add(self, money: Iterable[Money], factor: Decimal, notes: Notes) -> None:
        """Sum amounts of one kind; those of a part beside its whole are noted."""
        money = [each for each in money if printed.is_amount(each.cell)]
        whole = {each.name for each in money}
        sums: dict[str, Decimal] = {}
        for each in money:
            name = each.name.removesuffix("_part")
            if name != each.name and name in whole:
                leave([each], notes)
                continue
            sums[name] = sums.get(name, Decimal(0)) + (printed.amount(each.cell) or 0)
            self.money.append(each)
        self.fields |= {name: float(value * factor) for name, value in sums.items()}


def head(sheet: Sheet, depth: int, notes: Notes) -> Head:
    """The labelled cells above the indicators: unit, project and money."""
    result = Head()
    rows = sheet.body[:depth]
    money: list[Money] = []
    settled: set[str] = set()
    period = _period(rows)
    for index, (place, row) in enumerate(rows):
        label = ""
        total = any(vocabulary.line("total").fullmatch(printed.key(cell)) for cell in row if cell)
        for column, cell in enumerate(row):
            if not cell:
                continue
            said, label = label, cell
            name = named("cells", said)
            if name == "unit" and "unit" not in result.fields:
                result.department = bool(re.fullmatch(pattern("department"), printed.key(said)))
            if name in {"unit", "project"}:
                result.fields[name] = result.fields.get(name) or printed.tidy(cell)
            if not printed.is_amount(cell):
                continue
            below = None if name else _above(rows[:index], column)
            name = name or below
            if name not in MONEY:
                other = Money("", place, cell, _heading(rows[:index], column, said))
                leave([other] * is_money(cell), notes)
            elif (index, column) in period:
                leave([Money(name, place, cell, printed.tidy(said))], notes)
            elif below and total:  # of a list of tasks
                money = [each for each in money if each.name != name]
                money.append(Money(name, place, cell))
                settled.add(name)
            elif name not in settled:
                money.append(Money(name, place, cell))
    result.add(money, factor(sheet, rows), notes)
    return result


def _period(rows: list[tuple[int, Row]]) -> set[tuple[int, int]]:
    """The cells of all years of a project together, where those of the year are printed too."""
    found: set[tuple[int, int]] = set()
    columns = slice(0)
    year = False
    for index, (_, row) in enumerate(rows):
        beside = False
        for column, cell in enumerate(row):
            if named("cells", cell) != "budget_total":
                continue
            if re.search(pattern("period"), printed.key(cell)):
                columns, beside = slice(column, None), True
            elif re.search(pattern("year"), printed.key(cell)):
                year = True
                columns = slice(columns.start, column) if beside else slice(0)
        found |= {(index, column) for column in range(*columns.indices(len(row)))}
    return found if year else set()


def _above(rows: list[tuple[int, Row]], column: int) -> str | None:
    """What the headings over a cell say; those of a part of the whole say nothing."""
    for _, row in reversed(rows):
        left = [cell for cell in row[: column + 1] if cell]
        here = row[column] if column < len(row) else ""
        if printed.is_amount(here):
            continue
        if here and not named("cells", here) and not re.fullmatch(pattern("whole"), here):
            return None
        if left and (name := named("cells", here or left[-1])):
            return name
    return None


def _heading(rows: list[tuple[int, Row]], column: int, beside: str) -> str:
    """What is printed beside an amount, else above it."""
    above = [row[column] for _, row in reversed(rows) if row[column:] and row[column]]
    words = (text for text in (beside, *above) if text and not printed.is_amount(text))
    return printed.tidy(next(words, ""))


def factor(sheet: Sheet, rows: list[tuple[int, Row]]) -> Decimal:
    """From the money of a form to 万元: by its own cells, or by the line above it."""
    text = unicodedata.normalize("NFKC", "".join("".join(row) for _, row in rows))
    stated = re.search(r"\((亿元|万元|元)\)", text)
    return printed.UNITS[stated[1] if stated else sheet.unit or "万元"]


def leave_money(place: int, row: Row, notes: Notes) -> None:
    """Note the amounts of a row that has no place for them."""
    leave((Money("", place, cell) for cell in row if is_money(cell)), notes)


def leave(money: Iterable[Money], notes: Notes) -> None:
    """Note amounts that no record holds, with the heading that they have."""
    for each in money:
        key = "amount_in_form_under" if each.heading else "amount_in_form"
        notes.unplaced(key, each.place, each.cell, each.heading)


@cache
def named(kind: str, cell: str) -> str | None:
    """The label or column of a form that a printed cell is."""
    text = printed.key(cell)
    for name, wordings in words("forms")[kind].items():
        if any(re.fullmatch(printed_as, text) for printed_as in wordings):
            return str(name)
    return None


def pattern(name: str) -> str:
    """A pattern of ``[words]`` in the vocabulary of forms."""
    return str(words("forms")["words"][name])
