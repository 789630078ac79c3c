"""All lessons in one explorer: choose the disclosure, the lesson and the language."""

from __future__ import annotations

from typing import Any

import pandas as pd
from ipywidgets import VBox, Widget

from budgetkit import language
from budgetkit.disclosure import Disclosure
from budgetkit.explorers import controls, pieces
from budgetkit.explorers.audit import AuditExplorer
from budgetkit.explorers.base import FIRST, Explorer, Showable
from budgetkit.explorers.income import IncomeExplorer
from budgetkit.explorers.students import StudentsExplorer
from budgetkit.explorers.units import UnitsExplorer
from budgetkit.explorers.variance import VarianceExplorer

LESSONS: dict[str, type[Explorer]] = {
    "income": IncomeExplorer,
    "units": UnitsExplorer,
    "students": StudentsExplorer,
    "variance": VarianceExplorer,
    "audit": AuditExplorer,
}

#: Each language by its own name: who can't read one can read the other.
LANGUAGES = {"zh": "中文", "en": "English"}


class CourseExplorer(Showable, VBox):
    """A chooser of lesson and language around the explorer of that lesson.

    Parameters
    ----------
    doc : Disclosure, optional
        By default one is chosen among the bundled ones.

    Attributes
    ----------
    lesson, speech : ToggleButtons
        Which lesson (a key of `LESSONS`), which language (``zh`` or ``en``): that of every
        explorer on the page.
    chooser : Chooser or None
        Department and year, where no disclosure was given.
    current : Explorer
        The lesson that is shown.
    """

    def __init__(self, doc: Disclosure | None = None) -> None:
        super().__init__()
        self.add_class(pieces.CLASS)
        self.language = language.current()
        self.doc = controls.load(FIRST) if doc is None else doc
        self._chooses = doc is None
        self._name, self._lesson = FIRST, "income"
        self.speech = controls.buttons("speech", [(n, key) for key, n in LANGUAGES.items()])
        self.speech.tooltips = [_reach(key) for key in LANGUAGES]
        self.speech.value = self.language
        self.speech.observe(self._speech_chosen, "value")
        self._rows = controls.row(), controls.row()
        self.current = LESSONS[self._lesson](self.doc)
        self._furnish()

    @property
    def view(self) -> pd.DataFrame:
        """The frame behind the chart."""
        return self.current.view

    @property
    def code(self) -> str:
        """The cell that gives the same."""
        return self.current.code

    def still(self) -> str:
        """The page's picture where no kernel runs."""
        return self.current.still()

    def _furnish(self) -> None:
        """Make the choosers anew, in the explorer's language.

        What was just chosen has the focus, and keeps it as long as nothing before it on the
        page is replaced: the language's buttons, first in a row that stays, are only relabelled.
        """
        with language.language(self.language):
            self.lesson = controls.buttons(
                "lesson", [(language.label(f"explore.lesson_{name}"), name) for name in LESSONS]
            )
            self.speech.description = language.label("explore.speech")
            self.chooser = controls.Chooser(self._take, self._name) if self._chooses else None
        self.lesson.value = self._lesson
        self.lesson.observe(self._lesson_chosen, "value")
        chosen = [] if self.chooser is None else [self.chooser.department, self.chooser.year]
        self._rows[0].children = [self.speech, *chosen]
        self._rows[1].children = [self.lesson]
        self._arrange()

    def parts(self) -> list[Widget]:
        """Choosers, and the lesson below them."""
        return [*self._rows, self.current]

    def _take(self, doc: Disclosure) -> None:
        """Another disclosure was chosen."""
        self.doc = doc
        if self.chooser is not None:
            self._name = self.chooser.year.value
        self.current.take(doc)

    def _lesson_chosen(self, change: Any) -> None:
        self._lesson = change["new"]
        with self.current.working(), language.language(self.language):
            self.current = LESSONS[self._lesson](self.doc)
        self._arrange()

    def speak(self, name: str) -> None:
        """Go over to another language, as if its button were pressed."""
        self.speech.value = name

    def _speech_chosen(self, change: Any) -> None:
        self.language = change["new"]
        self._furnish()
        self.current.speak(self.language)
        self._speak_all()


def _reach(name: str) -> str:
    """What a language's button does, in that language."""
    with language.language(name):
        return language.label("explore.speech_all")
