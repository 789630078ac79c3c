"""Outcomes in, frames out: the frames of an audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language
from budgetkit.audit.cells import FEN
from budgetkit.audit.naming import Where
from budgetkit.audit.sentences import promise
from budgetkit.audit.system import BLANK, FAILS, OUTCOMES, UNCHECKED

if TYPE_CHECKING:
    from budgetkit.audit.checks import Check
    from budgetkit.audit.report import Audit

_PLACE = ("table", "row", "measure", "label", "page")
_CHECKS = ("family", "promise", *_PLACE, "outcome", "difference", "tolerance")
_SUSPECTS = ("cause", "rank", "kind", *Where._fields, "printed", "proposed", "explains", "message")


def checks(audit: Audit) -> pd.DataFrame:
    """Every check with its outcome."""
    sums = [_sum(audit, n) for n, o in enumerate(audit.system.outcome) if o != BLANK]
    frame = pd.DataFrame([*sums, *(_check(audit, check) for check in audit.text)], columns=_CHECKS)
    outcomes = pd.CategoricalDtype(list(OUTCOMES))
    return frame.astype({"row": "Int64", "page": "Int64", "outcome": outcomes})


def failures(audit: Audit) -> pd.DataFrame:
    """The checks that fail, each with its cause and a sentence."""
    cause_of = {n: cause for cause, (group, _) in enumerate(audit.causes, 1) for n in group}
    rows = [
        (*_sum(audit, number), cause_of.get(number), audit.teller.failure(number))
        for number, outcome in enumerate(audit.system.outcome)
        if outcome == FAILS
    ]
    rows += [(*_check(audit, check), None, audit.teller.check(check)) for check in audit.failing]
    frame = pd.DataFrame(rows, columns=[*_CHECKS, "cause", "message"])
    return frame.astype({"row": "Int64", "page": "Int64", "cause": "Int64"})


def unchecked(audit: Audit) -> pd.DataFrame:
    """The checks that can't be made, each with its reason."""
    found = checks(audit)
    found = found[found["outcome"] == UNCHECKED].reset_index(drop=True)
    reasons = {
        family: language.known(f"audit.unchecked.{family}", "audit.unchecked.sum")
        for family in found["family"].unique()
    }
    told = found["family"].map(reasons).astype("str")
    difference = found["difference"].where(found["tolerance"].notna())  # of sums alone
    kept = found.drop(columns=["outcome", "tolerance"])
    return kept.assign(difference=difference, reason=told)


def suspects(audit: Audit) -> pd.DataFrame:
    """The cells that would explain the failures, with what they should have read."""
    teller, cells = audit.teller, audit.system.cells
    rows = [
        (
            cause,
            rank,
            teller.kind(suspect),
            *teller.naming.where(cell),
            int(cells.amounts[cell]) / FEN if cells.printed[cell] else None,
            proposed / FEN,
            len(group),
            teller.suspect(suspect),
        )
        for cause, (group, found) in enumerate(audit.causes, start=1)
        for rank, suspect in enumerate(found, start=1)
        for cell, proposed in zip(suspect.cells, suspect.proposed, strict=True)
    ]
    types = {"side": "str", "row": "Int64", "page": "Int64", "printed": "float64"}
    return pd.DataFrame(rows, columns=_SUSPECTS).astype(types)


def _sum(audit: Audit, number: int) -> tuple[Any, ...]:
    """A sum as a row of `checks`."""
    system, identity = audit.system, audit.system.identities[number]
    first = next((c for c, sign in identity.terms if sign > 0), identity.terms[0][0])
    where = audit.teller.naming.where(first)
    return (
        identity.family,
        promise(identity.family),
        identity.table,
        identity.row,
        identity.measure,
        where.label,
        where.page,
        str(system.outcome[number]),
        int(system.rest[number]) / FEN,
        int(system.tolerance[number]) / (2 * FEN),
    )


def _check(audit: Audit, check: Check) -> tuple[Any, ...]:
    """A check of the text as a row of `checks`."""
    where = audit.teller.naming.stated(check.table, check.row)
    known = check.expected is not None and check.printed is not None
    difference = round(float(check.printed or 0) - float(check.expected or 0), 6) if known else None
    place = (check.table, check.row, check.measure, where.label, where.page)
    return (check.family, promise(check.family), *place, check.outcome, difference, None)
