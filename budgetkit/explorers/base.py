"""What every explorer is: controls, charts that follow them, their numbers, their code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import pandas as pd
from ipywidgets import HTML, VBox, Widget

from budgetkit import language
from budgetkit.disclosure import Disclosure
from budgetkit.errors import MissingDataError
from budgetkit.explorers import controls, pieces
from budgetkit.explorers.calls import Call, cell, origin_of

#: The bundled disclosure that an explorer begins with: the one that tells most.
FIRST = "xinjiang-miit-2024"

Key = TypeVar("Key")
Shown = tuple[Call, Sequence[tuple[Call, tuple[float, float]]]]


def possible(keys: Iterable[Key], make: Callable[[Key], object]) -> list[Key]:
    """Those that something can be made of; where there is none, the error says why."""
    found, faults = [], []
    for key in keys:
        try:
            make(key)
            found.append(key)
        except MissingDataError as fault:
            faults.append(fault)
    if faults and not found:
        raise faults[0]
    return found


class Showable:
    """A widget that leaves a picture on pages where no kernel runs."""

    children: Sequence[Widget]
    aside: Sequence[Widget] = ()
    language: str
    model_id: str
    _view_count: int | None
    _repr_mimebundle_: Callable[[], dict[str, Any]]

    def still(self) -> str:
        """The picture as HTML."""
        raise NotImplementedError

    def parts(self) -> list[Widget]:
        """What is on the page, from the top down."""
        raise NotImplementedError

    def speak(self, name: str) -> None:
        """Go over to another language."""
        raise NotImplementedError

    def _speak_all(self) -> None:
        """Let every other one that is on the page speak this one's language, too."""
        for other in list(SHOWN.values()):
            if other._view_count and other.language != self.language:
                other.speak(self.language)

    def _arrange(self) -> None:
        """Put the parts below each other; what hides the picture stays."""
        self.children = [*self.parts(), *self.aside]

    def _ipython_display_(self) -> None:
        """Show a picture that steps aside as soon as the widget lives on the page."""
        from IPython.display import display

        mark = f"bk-still-{self.model_id}"
        still = f'{pieces.keys()}<div class="{mark}">{self.still()}</div>'
        display({"text/html": still}, raw=True)
        hidden = HTML(f"<style>.{mark} {{display: none}}</style>", layout={"display": "none"})
        self.aside = (hidden,)
        self._arrange()
        self._view_count = self._view_count or 0  # from None: the page counts from here on
        SHOWN[self.model_id] = self
        bundle = self._repr_mimebundle_()
        bundle["text/plain"] = language.label("explore.still")
        display(bundle, raw=True)


#: What was ever shown, in order; its ``_view_count`` says whether it still is on the page:
#: a cell that runs again leaves the widget behind, and no view of it.
SHOWN: WeakValueDictionary[str, Showable] = WeakValueDictionary()


class Explorer(Showable, VBox):
    """A widget that shows one lesson of one disclosure.

    A lesson says which controls it has (`build`), what a setting of them shows
    (`shown`), and what has to follow when one of them is moved (`follow`).

    Parameters
    ----------
    doc : Disclosure, optional
        By default one is chosen among the bundled ones.

    Attributes
    ----------
    controls : dict of str to Widget
        The controls by name; setting ``.value`` is moving one.
    view : DataFrame
        The frame behind the first chart; empty where the disclosure has none.
    code : str
        The cell that gives the same frame and charts.
    message : str
        The sentence above the charts, or why there are none.
    """

    def __init__(self, doc: Disclosure | None = None) -> None:
        super().__init__()
        self.add_class(pieces.CLASS)
        self.language = language.current()
        self.add_class(f"{pieces.CLASS}-{self.language}")
        self._row = controls.row()
        self.controls: dict[str, Any] = {}
        self.view, self.code, self.message = pd.DataFrame(), "", ""
        self._quiet = False
        self._busy, self._words = HTML(pieces.busy("")), HTML()
        self._charts, self._numbers = HTML(), HTML()
        self._code = HTML(layout={"display": "none"})
        self._show_code = controls.switch("show_code")
        self._show_code.observe(self._code_shown, "value")
        self.chooser = None if doc is not None else controls.Chooser(self.take, FIRST)
        self.take(doc if doc is not None else controls.load(FIRST))

    def build(self) -> dict[str, Widget]:
        """Make the controls for ``self.doc``; a lesson's own."""
        raise NotImplementedError

    def shown(self) -> Shown:
        """Say which frame and which charts (with their size in inches) the controls ask for."""
        raise NotImplementedError

    def subject(self) -> tuple[Disclosure, list[str]]:
        """The disclosure that is shown, and the lines that make it of ``self.doc``."""
        return self.doc, []

    def columns(self) -> Sequence[str]:
        """The columns of the view that the page has room for; all by default."""
        return ()

    def follow(self, moved: str) -> None:
        """Adjust the other controls after one was moved; nothing by default."""

    def remark(self) -> str:
        """Say in a sentence what the view means; nothing by default."""
        return ""

    def speak(self, name: str) -> None:
        """Go over to another language; the controls are made anew and stay as they are set."""
        self.remove_class(f"{pieces.CLASS}-{self.language}")
        self.language = name
        self.add_class(f"{pieces.CLASS}-{name}")
        with language.language(name):
            text = language.label("explore.show_code")
            self._show_code.description = self._show_code.tooltip = text
            if self.chooser is not None:
                self.chooser = controls.Chooser(self.take, self.chooser.year.value)
        self.take(self.doc, {key: control.value for key, control in self.controls.items()})

    def take(self, doc: Disclosure, settings: Mapping[str, Any] = MappingProxyType({})) -> None:
        """Show another disclosure, its controls set to what is given."""
        self.doc = doc
        with self.working():
            with self._settled():
                self._origin = origin_of(doc)
                try:
                    self.controls = self.build()
                except MissingDataError as fault:
                    self.controls, self.message = {}, self._missing(fault)
                for name, value in settings.items():
                    if self.controls[name].value != value:
                        self.controls[name].value = value
                        self.follow(name)
                for name, control in self.controls.items():
                    control.observe(lambda change, name=name: self._moved(name), "value")
            # A row that stays keeps the focus on the department or year that was just chosen.
            chosen = [] if self.chooser is None else [self.chooser.department, self.chooser.year]
            self._row.children = [*chosen, *self.controls.values()]
            self.draw()
            self._arrange()

    def draw(self) -> None:
        """Show what the controls ask for."""
        with language.language(self.language):
            try:
                view, drawn = self.shown() if self.controls else (None, [])
                doc, made = self.subject() if self.controls else (self.doc, [])
                self.view = pd.DataFrame() if view is None else view.run(doc)
                self.message = self.remark() if view is not None else self.message
                pictures = [pieces.picture(call, doc, size) for call, size in drawn]
                self.code = (
                    ""
                    if view is None
                    else cell(
                        [self._origin, *made], view, [call for call, _ in drawn], self.columns()
                    )
                )
            except MissingDataError as fault:
                self.view, self.code, pictures = pd.DataFrame(), "", []
                self.message = self._missing(fault)
            self._words.value = pieces.words(self.message)
            self._charts.value = "".join(pictures)
            self._numbers.value = "" if self.view.empty else pieces.table(self.view, self.columns())
            self._code.value = pieces.code(self.code)
            self._show_code.layout.display = None if self.code else "none"

    def still(self) -> str:
        """The page's picture where no kernel runs: what the widget shows, without controls."""
        return f"{self._words.value}{self._charts.value}{self._numbers.value}"

    def _moved(self, name: str) -> None:
        """A control was moved: let the others follow, then draw."""
        if self._quiet:
            return
        with self.working():
            with self._settled():
                self.follow(name)
            self.draw()

    @contextmanager
    def working(self) -> Iterator[None]:
        """Say on the page that the view is being worked out, until the block ends."""
        with language.language(self.language):
            self._busy.value = pieces.busy(language.label("explore.busy"))
        try:
            yield
        finally:
            self._busy.value = pieces.busy("")

    @contextmanager
    def _settled(self) -> Iterator[None]:
        """Change controls without drawing at each of them, in the explorer's language."""
        before, self._quiet = self._quiet, True
        try:
            with language.language(self.language):
                yield
        finally:
            self._quiet = before

    def parts(self) -> list[Widget]:
        """Controls, sign of work, sentence, charts, numbers and code."""
        return [
            self._row,
            self._busy,
            self._words,
            self._charts,
            self._numbers,
            self._show_code,
            self._code,
        ]

    def _missing(self, fault: MissingDataError) -> str:
        """Why this disclosure has nothing to show here."""
        return language.label("explore.missing", fault=fault)

    def _code_shown(self, change: Any) -> None:
        self._code.layout.display = None if change["new"] else "none"
