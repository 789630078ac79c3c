"""What the audit finds, in the document as it is printed or with an error planted in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from budgetkit import audit, language
from budgetkit.audit.cells import Place, cells
from budgetkit.audit.naming import Naming
from budgetkit.audit.planting import KINDS
from budgetkit.disclosure import Disclosure
from budgetkit.explorers import controls
from budgetkit.explorers.base import Explorer, Shown
from budgetkit.explorers.calls import Call, literal

#: What the page shows of each frame; the message tells the rest.
COLUMNS = {
    "suspects": ("cause", "table", "row", "page", "printed", "proposed", "message"),
    "failures": ("cause", "table", "row", "page", "difference", "message"),
    "checks": ("table", "row", "measure", "label", "promise", "outcome", "difference"),
}

#: So many errors of each kind are offered.
SEEDS = 20


class AuditExplorer(Explorer):
    """Controls ``plant``, ``seed``, ``what`` and ``table``; the view is `audit.findings`."""

    def build(self) -> dict[str, Any]:
        """An error to plant or none, which findings to list, of which table."""
        kinds = [(language.label(f"audit.plant.{kind}"), kind) for kind in ("none", *KINDS)]
        frames = [(language.label(f"audit.frame.{name}"), name) for name in audit.FRAMES]
        names = dict.fromkeys(table.table for table in self.doc.meta.tables)
        tables = [(language.label(f"table.{name}"), name) for name in names]
        return {
            "plant": controls.choice("plant", kinds),
            "seed": controls.count("seed", SEEDS),
            "what": controls.buttons("findings", frames),
            "table": controls.choice(
                "table", [(language.label("explore.all_tables"), ""), *tables]
            ),
        }

    def subject(self) -> tuple[Disclosure, list[str]]:
        """The document as printed, or with the error that is chosen."""
        kind, seed = self.controls["plant"].value, self.controls["seed"].value
        self.controls["seed"].disabled = kind == "none"
        self._altered, self._key = self.doc, pd.DataFrame()
        if kind == "none":
            return self.doc, []
        self._altered, self._key = audit.plant(self.doc, kind, seed=seed)
        return self._altered, [f"doc, key = bk.audit.plant(doc, {literal(kind)}, seed={seed})"]

    def shown(self) -> Shown:
        """The findings, below the web of the tables."""
        table = self.controls["table"].value
        options = {"what": self.controls["what"].value} | ({"table": table} if table else {})
        return Call("audit.findings", options), [(Call("audit.plot"), (9.5, 7.0))]

    def columns(self) -> Sequence[str]:
        """Those that fit a narrow page."""
        return COLUMNS[self.controls["what"].value]

    def remark(self) -> str:
        """How many checks had which outcome; of a planted error, whether it was found."""
        found = self._altered.audit()
        if self._key.empty:
            return found.headline
        planted = {tuple(row) for row in _places(self._key)}
        if planted <= {tuple(row) for row in _places(found.suspects)}:
            verdict = "named"
        elif len(found.failures) > len(self.doc.audit().failures):
            verdict = "noticed"
        else:
            verdict = "escaped"
        told = [self._told(error) for error in self._key.to_dict("records")]
        apart = "" if language.current() == "zh" else " "
        return apart.join([*told, language.label(f"audit.{verdict}"), found.headline])

    def _told(self, error: dict[Any, Any]) -> str:
        """What was planted, in a sentence."""
        place = Place(*(error[name] for name in Place._fields))
        naming = Naming(self.doc, cells(self.doc))
        amounts = {
            name: language.label("audit.blank") if pd.isna(error[name]) else f"{error[name]:,.2f}"
            for name in ("printed", "planted")
        }
        return language.label("audit.planted", place=naming.brief(naming.at(place)), **amounts)


def _places(frame: pd.DataFrame) -> list[list[Any]]:
    """Table, side, row and measure of each row of a frame, to be compared."""
    return frame[list(Place._fields)].astype("object").fillna("").to_numpy().tolist()
