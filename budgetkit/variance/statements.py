"""Statements of change: their names, the cells they repeat, and which of them are totals."""

from __future__ import annotations

import re
from collections.abc import Hashable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import codes, language
from budgetkit.errors import MissingDataError
from budgetkit.printed import exact, key
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: A statement as a mapping: a row of ``doc.variances``.
Statement = dict[Hashable, Any]

#: Measures that split spending by nature: a section's items say the same in more detail.
NATURES = ("basic", "project", "personnel", "operating")


def statements(doc: Disclosure, section: str | None = None) -> list[Statement]:
    """The rows of ``doc.variances``, or those of one section, as mappings."""
    frame = doc.variances
    if frame.empty:
        raise MissingDataError(
            f"{doc.meta.source}: no statement of change against last year (比上年增加…) in its "
            "text; read last year's document too and compare the two frames `figures`"
        )
    if section is not None:
        sections = list(dict.fromkeys(frame["section"].astype("str")))
        frame = frame[frame["section"] == section]
        if frame.empty:
            raise MissingDataError(
                f"{doc.meta.source}: no statement of change in section {section!r}; "
                f"there are some in: {', '.join(sections)}"
            )
    return frame.assign(section=frame["section"].astype("str")).to_dict("records")


def coded(statement: Statement) -> bool:
    """Whether a statement is about a functional code."""
    return isinstance(statement["code"], str)


def is_total(statement: Statement) -> bool:
    """Whether a statement is about its section as a whole."""
    pattern = words("statements")["totals"].get(statement["section"])
    return not coded(statement) and bool(pattern and re.search(pattern, key(statement["item"])))


def parts(found: list[Statement]) -> list[Statement]:
    """The finest statements of a section: items rather than natures of spending.

    Totals are left out, unless there is nothing else.
    """
    items = [s for s in found if not is_total(s)]
    finer = [s for s in items if coded(s) or _measure(s) not in NATURES]
    codes = [s["code"] for s in finer if coded(s)]
    above = {code[:length] for code in codes for length in range(1, len(code))}
    kept = [s for s in finer or items if s["code"] not in above]
    return _without_subtotals(kept) or found


def _without_subtotals(found: list[Statement]) -> list[Statement]:
    """Either a subtotal or what it consists of, never both."""
    for entry in words("statements")["subtotal"]:
        sums = [s for s in found if re.search(entry["is"], s["item"])]
        addends = [s for s in found if re.search(entry["of"], s["item"]) and s not in sums]
        dropped = sums if len(addends) > 1 else addends if sums else []
        found = [s for s in found if s not in dropped]
    return found


def complete(found: list[Statement]) -> list[Statement]:
    """The statements that give both their amount and its change."""
    return [s for s in found if all(pd.notna(s[name]) for name in ("amount", "change"))]


def named(found: list[Statement]) -> list[str]:
    """A label for each statement in the language in use; equal ones get their code added."""
    plain = [name(s) for s in found]
    return [
        language.label("variance.coded", name=label, code=s["code"])
        if plain.count(label) > 1 and coded(s)
        else label
        for label, s in zip(plain, found, strict=True)
    ]


def name(statement: Statement) -> str:
    """What a statement is about, in the language in use; as published where it isn't known."""
    code, item = statement["code"], statement["item"]
    if language.current() == "zh":
        return str(item)
    if coded(statement):
        return codes.name(code) or str(item)
    for entry in words("statements")["item"]:
        if re.search(entry["is"], item):
            return str(entry[language.current()])
    measure = _measure(statement)
    return language.label(f"measure.{measure}") if measure else str(item)


def cell(doc: Disclosure, statement: Statement) -> float | None:
    """The amount (万元) that the section's table prints for a statement, if it prints one."""
    rows = doc.figures[doc.figures["table"] == statement["section"]]
    sums = rows[rows["measure"].isin(["total", "amount"])]
    tail = words("statements")["tail"]["pattern"]
    item = re.sub(tail, "", key(statement["item"]))
    measure = _measure(statement)
    if coded(statement):
        fits = sums[sums["code"] == statement["code"]]
    elif is_total(statement):
        fits = sums[sums["level"] == "total"]
    elif measure is not None and (rows["measure"] == measure).any():
        fits = rows[(rows["level"] == "total") & (rows["measure"] == measure)]
    else:
        fits = sums[sums["name"].map(lambda text: re.sub(tail, "", key(text))) == item]
    if fits["unit"].nunique() > 1:  # a table by unit prints the code once for each
        return float(sum(map(exact, fits["amount"]), Decimal(0)))
    return float(fits["amount"].iloc[0]) if len(fits) else None


def _measure(statement: Statement) -> str | None:
    """The column of the section's table that a statement names."""
    from budgetkit.assembling.vocabulary import tables

    table = next((t for t in tables() if t.id == statement["section"]), None)
    if table is None:
        return None
    text = key(statement["item"])
    shorter = re.sub(words("statements")["tail"]["pattern"], "", text)
    return table.measure(text) or table.measure(shorter)


def classify(reason: object) -> list[str]:
    """Sort a stated reason into the categories it names, the first one first.

    Parameters
    ----------
    reason : str or missing
        As in ``doc.variances``.

    Returns
    -------
    list of str
        Keys of ``vocabulary/reasons.toml``; ``["other"]`` where none fits,
        ``["unstated"]`` where there is no reason.

    Examples
    --------
    >>> classify("在职人数减少，同时厉行节约"), classify(None)
    (['staffing', 'thrift'], ['unstated'])
    """
    if not isinstance(reason, str) or not reason:
        return ["unstated"]
    places = {}
    for name, entry in words("reasons").items():
        found = [m.start() for wording in entry["is"] if (m := re.search(wording, reason))]
        if found:
            places[name] = min(found)
    return sorted(places, key=lambda name: places[name]) or ["other"]


def reason_text(statement: Statement) -> str | None:
    """A statement's reason in the language in use, or its category; none where none is stated."""
    reason = statement["reason"]
    if not isinstance(reason, str) or language.current() == "zh":
        return reason if isinstance(reason, str) else None
    english = statement.get("reason_en")
    return english if isinstance(english, str) else category(classify(reason)[0])


def category(name: str) -> str:
    """A category in the language in use."""
    return str(words("reasons")[name][language.current()])
