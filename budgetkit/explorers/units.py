"""How the money spreads over the units: choosing a unit shows its projects."""

from __future__ import annotations

from typing import Any

from budgetkit import language
from budgetkit.explorers import controls
from budgetkit.explorers.base import Explorer, Shown
from budgetkit.explorers.calls import Call
from budgetkit.units import ranking


class UnitsExplorer(Explorer):
    """Controls ``what`` and ``unit``; the view is `units.ranked` or `units.unit_projects`."""

    def build(self) -> dict[str, Any]:
        """Which money, and one unit or all."""
        kinds = [(ranking.title(what), what) for what in ranking.choices(self.doc)]
        return {
            "what": controls.buttons("what", kinds),
            "unit": controls.listing("unit", self._units(kinds[0][1])),
        }

    def follow(self, moved: str) -> None:
        """Other money, other units; a unit that has both stays chosen."""
        if moved == "what":
            control, chosen = self.controls["unit"], self.controls["unit"].value
            control.options = self._units(self.controls["what"].value)
            if chosen in [value for _, value in control.options]:
                control.value = chosen

    def shown(self) -> Shown:
        """The units, and below them the projects or lines of the one that is chosen."""
        what, unit = self.controls["what"].value, self.controls["unit"].value
        table = Call("units.ranked", {"what": what})
        if not unit:
            return table, [(Call("units.plot", {"kind": what}), (8.5, 5.2))]
        one = {"unit": unit, "what": what}
        if Call("units.unit_projects", one).run(self.doc).empty:
            return table, [(Call("units.plot", {"kind": what, "unit": unit}), (8.5, 5.2))]
        return Call("units.unit_projects", one), [
            (Call("units.plot", {"kind": f"unit_{what}", "unit": unit}), (8.5, 4.4)),
            (Call("units.plot", {"kind": what, "unit": unit}), (8.5, 5.2)),
        ]

    def remark(self) -> str:
        """Which table it comes from."""
        name = ranking.table_of(self.doc, self.controls["what"].value)
        return language.label("explore.by_unit", table=language.label(f"table.{name}"))

    def _units(self, what: str) -> list[tuple[str, str]]:
        """All units together, then one by one, the largest first."""
        frame = ranking.ranked(self.doc, what)
        everything = (language.label("explore.all_units"), "")
        return [everything, *zip(frame["unit"], frame["unit"], strict=True)]
