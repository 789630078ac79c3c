"""Amount, headcount, standard: sliders that show which of them can be true together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from budgetkit import language, students
from budgetkit.explorers import controls
from budgetkit.explorers.base import Explorer, Shown
from budgetkit.explorers.calls import Call
from budgetkit.printed import without_programme

#: Yuan a person and year where the document gives no hint: the least that the scale of
#: persons reckons with, and the end of the scale of standards.
LEAST, MOST = 500.0, 10000.0


class StudentsExplorer(Explorer):
    """Controls ``project``, ``headcount``, ``standard``; the view is `students.what_if`.

    A slider that hasn't been moved stands for what the document states; where it states
    nothing, it covers its whole scale.
    """

    def build(self) -> dict[str, Any]:
        """The aid projects, and a slider for either number."""
        found = students.projects(self.doc)
        names = [
            (language.label("students.no", no=no, name=without_programme(name)), int(no))
            for no, name in zip(found["no"], found["project"], strict=True)
        ]
        checked = found.loc[found["verdict"] != "underdetermined", "no"]
        first = int(checked.iloc[0]) if len(checked) else names[0][1]
        return {
            "project": controls.choice("project", names, first),
            **self._sliders(first),
        }

    def follow(self, moved: str) -> None:
        """Another project has other numbers on its sliders."""
        if moved == "project":
            for name, fresh in self._sliders(self.controls["project"].value).items():
                self._set(self.controls[name], fresh)

    def shown(self) -> Shown:
        """The project with what its sliders say, where they were moved."""
        options: dict[str, Any] = {"no": self.controls["project"].value}
        for name in ("headcount", "standard"):
            if self.controls[name].value != self._stated[name]:
                options[name] = self.controls[name].value
        chart = Call("students.plot", {"kind": "what_if", **options})
        return Call("students.what_if", options), [(chart, (8.5, 3.4))]

    def columns(self) -> Sequence[str]:
        """The label stands for the quantity."""
        return ("label", "basis", "low", "high", "implied_low", "implied_high", "fits")

    def remark(self) -> str:
        """The verdict and the reason for it."""
        told = self.view.attrs
        verdict = language.label(f"students.verdict.{told['verdict']}")
        return language.label("explore.verdict", verdict=verdict, why=told["why"])

    def _sliders(self, no: int) -> dict[str, Any]:
        """Sliders at what is stated of a project."""
        rows = students.what_if(self.doc, no).to_dict("records")
        sliders = {}
        persons = max(10.0, 10000 * rows[0]["high"] / LEAST)
        for row, usual in zip(rows[1:], (persons, MOST), strict=True):
            ends = [row[name] for name in ("low", "high", "implied_low", "implied_high")]
            known = [end for end in ends if pd.notna(end)]
            top = 1.5 * max(known) if known else usual
            low, high = ends[:2] if row["basis"] == "stated" else (0.0, top)
            name = str(row["quantity"])
            sliders[name] = controls.span(name, low, top if pd.isna(high) else high, top)
        self._stated = {name: slider.value for name, slider in sliders.items()}
        return sliders

    def _set(self, slider: Any, fresh: Any) -> None:
        """Give a slider another scale; its ends must never be the wrong way round."""
        slider.max = max(slider.max, fresh.max)
        slider.step, slider.value = fresh.step, fresh.value
        slider.max = fresh.max
