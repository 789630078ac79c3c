"""What changed, and what if some items had stayed as last year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from budgetkit import language, variance
from budgetkit.explorers import controls
from budgetkit.explorers.base import Explorer, Shown, possible
from budgetkit.explorers.calls import Call

#: What the page shows of the frame: the label stands for the item and its code.
COLUMNS = ("label", "prior", "amount", "change", "frozen", "what_if", "what_if_change")


class VarianceExplorer(Explorer):
    """Controls ``section``, ``transfers``, ``frozen``; the view is `variance.what_if`."""

    def build(self) -> dict[str, Any]:
        """A section of the text, its items, and a button for its transfers."""
        sections = self._sections()
        found = {
            "section": controls.choice("section", sections),
            "transfers": controls.switch("freeze_transfers"),
            "frozen": controls.several("frozen", self._items(sections[0][1])),
        }
        found["transfers"].disabled = not self._transfers(found)
        return found

    def follow(self, moved: str) -> None:
        """Another section has other items; the button and the list say the same."""
        button, frozen = self.controls["transfers"], self.controls["frozen"]
        if moved == "section":
            frozen.value = ()
            frozen.options = self._items(self.controls["section"].value)
        ours = self._transfers(self.controls)
        if moved == "transfers":
            kept = set(frozen.value) - ours
            wanted = kept | ours if button.value else kept
            frozen.value = [value for _, value in frozen.options if value in wanted]
        button.value = bool(ours) and ours <= set(frozen.value)
        button.disabled = not ours

    def shown(self) -> Shown:
        """The changes of a section, frozen items outlined."""
        options: dict[str, Any] = {"section": self.controls["section"].value}
        if self.controls["frozen"].value:
            options["frozen"] = list(self.controls["frozen"].value)
        chart = Call("variance.plot", {"kind": "waterfall", **options})
        return Call("variance.what_if", options), [(chart, (9.0, 4.6))]

    def columns(self) -> Sequence[str]:
        """Those that fit a narrow page."""
        return COLUMNS

    def remark(self) -> str:
        """What the section comes to, as published and with the items frozen."""
        total = self.view.iloc[-1]
        key = "frozen_total" if self.view["frozen"].any() else "total"
        numbers = {name: f"{total[name]:,.2f}" for name in ("amount", "what_if", "prior")}
        return language.label(f"explore.{key}", whole=total["label"], **numbers)

    def _sections(self) -> list[tuple[str, str]]:
        """The sections whose changes can be split."""
        names = dict.fromkeys(self.doc.variances["section"].astype("str")) or ("income",)
        found = possible(names, lambda name: variance.contributions(self.doc, name))
        return [(language.label(f"table.{name}"), name) for name in found]

    def _transfers(self, controls: dict[str, Any]) -> set[str]:
        """The transfers among the items that can be frozen."""
        items = {value for _, value in controls["frozen"].options}
        return items & set(variance.transfers(self.doc, controls["section"].value))

    def _items(self, section: str) -> list[tuple[str, str]]:
        """The items of a section by label, known by code or by their published name."""
        rows = variance.contributions(self.doc, section)
        rows = rows[(rows["kind"] == "part") & (rows["change"] != 0)]
        return [
            (label, code if isinstance(code, str) else item)
            for label, code, item in zip(rows["label"], rows["code"], rows["item"], strict=True)
        ]
