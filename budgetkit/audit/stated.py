"""Text in, identities out: what the prose and the performance tables say again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import printed
from budgetkit.audit.across import Index, column_of
from budgetkit.audit.cells import Cells, Place, fen, tuples
from budgetkit.audit.identities import HALF, Identity, equal
from budgetkit.audit.statements import repeated
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure


def stated(disclosure: Disclosure, cells: Cells) -> Iterator[Identity]:
    """The identities between the text and the tables; amounts of the text become cells."""
    frames = disclosure.frames
    text = _Text(cells)
    yield from _facts(text, frames["facts"])
    yield from _amounts(text, frames["facts"])
    yield from _changes(text, frames["variances"])
    projects = {str(p["project"]): p for p in frames["projects"].to_dict("records")}
    amounts = {
        name: text.cell("projects", int(p["no"]), "amount", p["amount"])
        for name, p in projects.items()
        if pd.notna(p["amount"])
    }
    yield from _by_project("project_amount", cells, "general_projects", amounts)
    yield from _parts(text, frames["project_parts"], projects, amounts)
    yield from _carryovers(text, frames["carryovers"])
    yield from _targets(text, frames["targets"], amounts)


#: Units of facts that sums are made of.
_COUNTED = {"万元", "亿元", "元", "人", "辆", "个", "家"}

#: Persons and things are counted, not rounded: their last digit is as small as a fen.
_WHOLE = 6


class _Text:
    """Numbers the amounts of the text as they are met, each once."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self._known: dict[Place, int] = {}

    def cell(
        self, frame: str, row: int, column: str, amount: float, unit: str = "万元", least: int = 2
    ) -> int:
        """The cell of an amount of a frame; ``row`` is its number or its index.

        Text prints ``800.00`` as soon as ``800``: it is taken to have `least` decimals.
        """
        place = Place(frame, None, row, column)
        if place not in self._known:
            places = max(least, -int(printed.exact(amount).normalize().as_tuple().exponent))
            factor = printed.UNITS.get(unit, 1)
            value = float(printed.exact(amount) * factor)
            self._known[place] = self.cells.add(place, value, places)
        return self._known[place]


def _facts(text: _Text, facts: pd.DataFrame) -> Iterator[Identity]:
    """Totals that the text tells, and sums among what it tells."""
    index = {key: Index.of(sheet) for key, sheet in text.cells.sheets.items()}
    vocabulary = words("identities")
    found: dict[str, int] = {}
    times = Counter(facts["key"])
    for number, fact in enumerate(tuples(facts)):
        if fact.unit not in _COUNTED or times[fact.key] > 1:
            continue
        money = fact.unit in printed.UNITS
        least = (2 if fact.value % 1 else 0) if money else _WHOLE  # some tell whole 万元
        cell = text.cell("facts", number, str(fact.key), fact.value, fact.unit, least)
        found[fact.key] = cell
        told = [
            column[0].sheet.cell(column[0].totals[-1], column[1])
            for reference in vocabulary["facts"].get(fact.key, ())
            if (column := column_of(index, reference)) and column[0].totals
        ]
        if told := [other for other in told if text.cells.printed[other]]:
            # with or without what is carried over: the text means the one that it is nearest to
            own = fen(float(printed.exact(fact.value) * printed.UNITS.get(fact.unit, 1)))
            other = min(told, key=lambda c: abs(int(text.cells.amounts[c]) - own))
            place = ("facts", number, str(fact.key))
            yield equal("stated_total", place, [cell], [other], ("stated_total",))
    for entry in vocabulary["fact_sum"]:
        parts = [found[part] for part in entry["parts"] if part in found]
        if entry["whole"] in found and len(parts) > 1:
            whole = found[entry["whole"]]
            place = ("facts", text.cells.places[whole].row, entry["whole"])
            all_told = len(parts) == len(entry["parts"])
            need = entry.get("need", HALF) if all_told else HALF
            group = ("fact_sum", entry["whole"])
            yield equal("fact_sum", place, [whole], parts, group, need)


def _amounts(text: _Text, facts: pd.DataFrame) -> Iterator[Identity]:
    """The amounts of items that are told without a change, by section.

    A project may bear a code's name: then it is not known which of the two is meant.
    """
    rows = (row for sheet in text.cells.sheets.values() for row in sheet.rows)
    projects = {printed.key(row.project) for row in rows if row.project}
    for number, fact in enumerate(tuples(facts.astype({"section": "str"}))):
        kind, name, whole = (*str(fact.key).split("."), "", "")[:3]
        if kind != "amount" or whole or printed.key(name) in projects:
            continue
        code = name if name.isdigit() else None
        if cells := repeated(text.cells, {"section": fact.section, "item": name, "code": code}):
            least = 2 if fact.value % 1 else 0  # some tell whole 万元
            cell = text.cell("facts", number, str(fact.key), fact.value, fact.unit, least)
            place = ("facts", number, str(fact.key))
            yield equal("stated_amount", place, [cell], cells, ("stated_fact", fact.section))


def _changes(text: _Text, variances: pd.DataFrame) -> Iterator[Identity]:
    """The amounts of statements of change, by section."""
    records: list[dict[Any, Any]] = variances.astype({"section": "str"}).to_dict("records")
    for number, statement in enumerate(records):
        if pd.isna(statement["amount"]):
            continue
        if cells := repeated(text.cells, statement):
            cell = text.cell("variances", number, "amount", statement["amount"])
            place = ("variances", number, "amount")
            group = ("stated_amount", statement["section"])
            yield equal("stated_amount", place, [cell], cells, group)


def _by_project(
    family: str, cells: Cells, table: str, amounts: dict[str, int]
) -> Iterator[Identity]:
    """Amounts of projects against the sum of a table's rows with their names."""
    for sheet in cells.halves(table):
        rows: dict[str, list[int]] = defaultdict(list)
        for index, row in enumerate(sheet.rows):
            if row.project:
                rows[printed.key(row.project)].append(index)
        if "total" not in sheet.measures:
            continue
        for name, cell in amounts.items():
            if own := rows.get(printed.key(name)):
                parts = [sheet.cell(row, "total") for row in own]
                place = cells.places[cell]
                yield equal(family, (place.table, place.row, "amount"), [cell], parts, (family,))


def _parts(
    text: _Text, parts: pd.DataFrame, projects: dict[str, dict[Any, Any]], amounts: dict[str, int]
) -> Iterator[Identity]:
    """A project's amount is the sum of its parts; what they are of in turn is not added."""
    by_number = {int(p["no"]): amounts[name] for name, p in projects.items() if name in amounts}
    own: dict[int, list[int]] = defaultdict(list)
    for number, part in enumerate(tuples(parts)):
        if pd.notna(part.amount) and " / " not in str(part.part):
            own[int(part.no)].append(text.cell("project_parts", number, "amount", part.amount))
    for number, cells in own.items():
        if number in by_number:
            place = ("projects", number, "amount")
            yield equal("project_parts", place, [by_number[number]], cells, ("project_parts",))


def _carryovers(text: _Text, carryovers: pd.DataFrame) -> Iterator[Identity]:
    """Items carried over against the rows of their table, and all of them against its total."""
    amounts = {
        str(item.project): text.cell("carryovers", int(item.no), "amount", item.amount)
        for item in tuples(carryovers)
        if pd.notna(item.amount)
    }
    yield from _by_project("carryover_item", text.cells, "carryover", amounts)
    for sheet in text.cells.halves("carryover"):
        if len(sheet.totals) == 1 and amounts and len(amounts) == len(carryovers):
            total = sheet.totals[0]
            place, whole = ("carryover", sheet.rows[total].row, "total"), sheet.cell(total, "total")
            group = ("carryover_item",)  # where the items are in the table
            yield equal("carryover_total", place, [whole], amounts.values(), group)


def _targets(text: _Text, targets: pd.DataFrame, amounts: dict[str, int]) -> Iterator[Identity]:
    """The budget of each form: fiscal and other money; and the amount of its project."""
    forms = targets.drop_duplicates("form")
    times = Counter(forms["project"])
    project_cells = {printed.key(name): cell for name, cell in amounts.items()}
    for form in tuples(forms):
        given = {
            column: text.cell("targets", int(form.form), column, getattr(form, column))
            for column in ("budget_total", "budget_fiscal", "budget_other")
            if pd.notna(getattr(form, column))
        }
        total = given.pop("budget_total", None)
        place = ("targets", int(form.form), "budget_total")
        if total is not None and len(given) == 2:
            yield equal("target_budget", place, [total], given.values(), ("target_budget",))
        project = project_cells.get(printed.key(form.project)) if pd.notna(form.project) else None
        if total is not None and project is not None and times[form.project] == 1:
            yield equal("target_project", place, [total], [project], ("target_project",))
