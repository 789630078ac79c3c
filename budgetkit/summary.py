"""A disclosure at a glance: what is printed where a notebook's cell ends in one."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from budgetkit import language, notes, schema
from budgetkit.meta import scope

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure


def text(disclosure: Disclosure) -> str:
    """The title and one line a fact."""
    lines = (f"  {label}: {value}" for label, value in _facts(disclosure))
    return "\n".join([disclosure.meta.title, *lines])


def html(disclosure: Disclosure) -> str:
    """The same as a small table."""
    rows = "".join(
        f"<tr><th style='text-align:left'>{escape(label)}</th>"
        f"<td style='text-align:left'>{escape(value)}</td></tr>"
        for label, value in _facts(disclosure)
    )
    return f"<h4>{escape(disclosure.meta.title)}</h4><table>{rows}</table>"


def kind(title: str, kind: str) -> str:
    """What a disclosure is, in the language in use: budget or final accounts, and whose.

    >>> kind("某局2026年单位预算", "budget")
    '单位预算'
    """
    return language.known(f"kind.{scope(title)}_{kind}", f"kind.{kind}")


def _facts(disclosure: Disclosure) -> list[tuple[str, str]]:
    """What is in doubt, what the document is, how much it prints, whether it adds up."""
    meta, frames = disclosure.meta, disclosure.frames
    counts = [
        f"{language.label(f'note_kind.{name}')} {count}"
        for name, count in frames["notes"]["kind"].value_counts().items()
        if count
    ]
    facts = {
        "meta.department": meta.department or "—",
        "meta.year": str(meta.year or "—"),
        "meta.kind": kind(meta.title, meta.kind),
        "meta.total": _total(disclosure),
        "meta.tables": str(len(meta.tables)),
        "frame.figures": f"{len(frames['figures']):,}",
        **{
            f"frame.{name}": f"{len(frames[name]):,}"
            for name in schema.FRAMES
            if name not in {"figures", "notes"} and len(frames[name])
        },
        **_units(disclosure),
        "frame.notes": " · ".join(counts) or "0",
        "audit.name": disclosure.audit().headline,
    }
    grave = [(language.label("meta.beware"), told) for told in notes.grave(frames["notes"])]
    return [*grave, *((language.label(key), value) for key, value in facts.items())]


def _units(disclosure: Disclosure) -> dict[str, str]:
    """How many budget units there are, told apart where the text lists others than the tables."""
    listed, printed = len(disclosure.frames["units"]), disclosure.figures["unit"].nunique()
    if not listed or not printed or listed == printed:
        return {}
    told = language.label("meta.units", listed=listed, printed=printed)
    return {"frame.units": told}  # in its place among the others


def _total(disclosure: Disclosure) -> str:
    """The last grand total that the balance prints."""
    totals = disclosure.figures.query(
        "table == 'balance' and level == 'total' and measure in ['total', 'amount']"
    )
    return "—" if totals.empty else f"{totals['amount'].iloc[-1]:,.2f} 万元"
