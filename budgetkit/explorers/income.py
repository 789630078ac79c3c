"""Who pays, and for what: choosing a function leaves the sources that pay for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from budgetkit import income, language
from budgetkit.errors import MissingDataError
from budgetkit.explorers import controls
from budgetkit.explorers.base import Explorer, Shown
from budgetkit.explorers.calls import Call

LEVELS = ("class", "section", "item")


class IncomeExplorer(Explorer):
    """Controls ``level`` and ``function``; the view is `budgetkit.income.composition`."""

    def build(self) -> dict[str, Any]:
        """A level of functions, and one of them or all."""
        income.composition(self.doc)
        names = [(language.label(f"level.{level}"), level) for level in LEVELS]
        return {
            "level": controls.buttons("level", names),
            "function": controls.choice("function", self._functions("class"), ""),
        }

    def follow(self, moved: str) -> None:
        """Another level has other functions."""
        if moved == "level":
            self.controls["function"].options = self._functions(self.controls["level"].value)

    def shown(self) -> Shown:
        """The sources, and of all functions the matrix too."""
        code = self.controls["function"].value
        options = {"code": code} if code else {}
        drawn = [(Call("income.plot", options), (8.5, 3.4))]
        if not code and len(self.controls["function"].options) > 1:
            drawn.append((Call("income.plot", {"kind": "matrix"}), (8.5, 4.4)))
        return Call("income.composition", options), drawn

    def columns(self) -> Sequence[str]:
        """The label stands for the source."""
        return ("label", "amount", "share")

    def _functions(self, level: Any) -> list[tuple[str, str]]:
        """All functions together, then those of a level where the document prints them."""
        everything = [(language.label("explore.all_functions"), "")]
        try:
            index = income.matrix(self.doc, level).index
        except MissingDataError:
            return everything
        return everything + [(f"{code} {name}", code) for code, name in index]
