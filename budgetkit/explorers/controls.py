"""Controls with a label each, in rows that wrap on narrow pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import gcd
from typing import Any

from ipywidgets import (
    Box,
    Dropdown,
    IntRangeSlider,
    IntSlider,
    Layout,
    Select,
    SelectMultiple,
    ToggleButton,
    ToggleButtons,
    Widget,
)

from budgetkit import language, summary
from budgetkit.disclosure import Disclosure
from budgetkit.loading import datasets, load
from budgetkit.meta import short_name

#: The label has the room that its words need, whatever the language.
STYLE = {"description_width": "initial"}

#: The air around a control: those in a row stand apart.
MARGIN = "2px 16px 2px 2px"

#: Steps that a slider may go in.
STEPS = (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1)

Options = Iterable[tuple[str, Any]]


def choice(key: str, options: Options, value: Any = None) -> Dropdown:
    """One of several, as a drop-down."""
    found = list(options)
    start = value if value is not None or not found else found[0][1]
    return Dropdown(
        description=_label(key), options=found, value=start, style=STYLE, layout=_wide(360)
    )


def listing(key: str, options: Options) -> Select:
    """One of many, as a list to walk through with the arrow keys."""
    return Select(
        description=_label(key), options=list(options), rows=8, style=STYLE, layout=_wide(460)
    )


def several(key: str, options: Options) -> SelectMultiple:
    """Any of many, as a list."""
    found = list(options)
    rows = min(max(len(found), 2), 8)
    return SelectMultiple(
        description=_label(key), options=found, rows=rows, style=STYLE, layout=_wide(460)
    )


def buttons(key: str, options: Options) -> ToggleButtons:
    """One of few, as buttons."""
    return ToggleButtons(
        description=_label(key),
        options=list(options),
        style={**STYLE, "button_width": "auto"},
        layout=Layout(
            display="flex",
            flex_flow="row wrap",
            align_items="baseline",
            grid_gap="0 8px",
            width="auto",
            max_width="100%",
            margin=MARGIN,
        ),
    )


def switch(key: str) -> ToggleButton:
    """On or off, as a button."""
    text = language.label(f"explore.{key}")
    layout = Layout(width="auto", max_width="100%", align_self="flex-start", margin=MARGIN)
    return ToggleButton(description=text, tooltip=text, layout=layout)


def span(key: str, low: float, high: float, top: float) -> IntRangeSlider:
    """A low and a high end on a scale from 0 to at least `top`, in round steps."""
    ends = int(low), int(-(-high // 1))
    step = next(
        size for size in STEPS if gcd(*ends) % size == 0 and (size <= top / 50 or size == 1)
    )
    return IntRangeSlider(
        description=_label(key),
        value=ends,
        min=0,
        max=-int(-max(top, ends[1]) // step) * step,
        step=step,
        readout_format=",d",
        style=STYLE,
        layout=_wide(520),
    )


def count(key: str, top: int) -> IntSlider:
    """A number from 1 to `top`."""
    return IntSlider(
        description=_label(key), value=1, min=1, max=top, style=STYLE, layout=_wide(360)
    )


def row(*widgets: Widget) -> Box:
    """Side by side while there is room, else below each other."""
    return Box(
        widgets,
        layout=Layout(
            flex_flow="row wrap", align_items="flex-start", width="100%", overflow="visible"
        ),
    )


class Chooser:
    """Department and year of a bundled disclosure: two linked drop-downs.

    A department that its documents name one way or the other is one: it goes by its latest
    name, and a year that prints another says which. `year` has the dataset's name as its
    value; `then` is called with each disclosure that is chosen.
    """

    def __init__(self, then: Callable[[Disclosure], None], name: str | None = None) -> None:
        listed = datasets().sort_values(["place", "year"], ignore_index=True)
        short = listed["department"].map(short_name)
        listed["known_as"] = listed.groupby(short)["department"].transform("last")
        self._listed = listed.sort_values(["place", "known_as", "year"], ignore_index=True)
        self._then, self._language = then, language.current()
        first = self._listed if name is None else self._listed[self._listed["name"] == name]
        departments = self._listed["known_as"].drop_duplicates()
        start = first["known_as"].iloc[0]
        self.department = choice("department", zip(departments, departments, strict=True), start)
        self.year = choice("year", self._years(start), first["name"].iloc[0])
        self.department.observe(self._department_chosen, "value")
        self.year.observe(self._year_chosen, "value")

    @property
    def doc(self) -> Disclosure:
        """The disclosure that is chosen."""
        return load(self.year.value)

    def _years(self, department: str) -> list[tuple[str, str]]:
        rows = self._listed[self._listed["known_as"] == department]
        return [
            (
                f"{row.year} {summary.kind(str(row.title), str(row.kind))}"
                + ("" if row.department == department else f" · {row.department}"),
                str(row.name),
            )
            for row in rows.itertuples(index=False)
        ]

    def _department_chosen(self, change: Any) -> None:
        with language.language(self._language):  # the explorer's, whatever is spoken elsewhere
            years = self._years(change["new"])
        self.year.options = years  # its value follows, and calls

    def _year_chosen(self, change: Any) -> None:
        if change["new"] is not None:
            self._then(self.doc)


def _label(key: str) -> str:
    return language.label(f"explore.{key}")


def _wide(pixels: int) -> Layout:
    """As wide as this where the page is; never wider than the page."""
    return Layout(width=f"{pixels}px", max_width="100%", margin=MARGIN)
