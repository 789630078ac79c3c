"""A disclosure in, one with other amounts out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit.audit.cells import Place

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: What numbers the rows of a frame of the text; the others are numbered by their index.
_NUMBERED = {"projects": "no", "carryovers": "no", "targets": "form"}


def changed(
    disclosure: Disclosure, amounts: Mapping[Place, float], message: str | None = None
) -> Disclosure:
    """The disclosure with other amounts (万元; missing: blank) in some places.

    With a `message`, ``notes`` tells what was done.
    """
    frames: dict[str, Any] = dict(disclosure.frames)
    for place, amount in amounts.items():
        if place.table in _NUMBERED or place.table in frames:
            frames[place.table] = _stated(frames[place.table], place, amount)
        else:
            frames["figures"] = _figures(frames["figures"], place, amount)
    if message is not None:
        place = next(iter(amounts))
        where = {"table": place.table, "row": place.row}
        note = {"kind": "mended", **where, "key": "audit_applied", "text": message}
        frames["notes"] = [*disclosure.frames["notes"].to_dict("records"), note]
    return replace(disclosure, frames=frames)


def _stated(frame: pd.DataFrame, place: Place, amount: float) -> pd.DataFrame:
    """A frame of the text with another number in one row."""
    number = _NUMBERED.get(place.table)
    rows = frame[number] == place.row if number else frame.index == place.row
    column = "value" if place.table == "facts" else place.measure
    return frame.assign(**{column: frame[column].mask(rows, amount)})


def _figures(figures: pd.DataFrame, place: Place, amount: float) -> pd.DataFrame:
    """The figures with another amount in one cell: changed, blanked, or filled."""
    row: Any = (figures["table"] == place.table) & (figures["row"] == place.row)
    row &= figures["side"].isna() if place.side is None else figures["side"] == place.side
    cell = row & (figures["measure"] == place.measure)
    if math.isnan(amount):
        return figures[~cell].reset_index(drop=True)
    if cell.any():
        return figures.assign(amount=figures["amount"].mask(cell, amount))
    records = figures.astype("object").to_dict("records")
    last = max(index for index, own in enumerate(row) if own)
    records.insert(last + 1, {**records[last], "measure": place.measure, "amount": amount})
    return pd.DataFrame(records, columns=figures.columns)
