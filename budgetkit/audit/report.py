"""What an audit found: as frames, as a page, as a chart, and carried out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language
from budgetkit.audit import frames
from budgetkit.audit.across import across
from budgetkit.audit.cells import FEN, cells
from budgetkit.audit.change import changed
from budgetkit.audit.charts import web
from budgetkit.audit.checks import Check, checks
from budgetkit.audit.leftout import left_out
from budgetkit.audit.sentences import Teller, money
from budgetkit.audit.solve import Solver, Suspect
from budgetkit.audit.stated import stated
from budgetkit.audit.system import BLANK, FAILS, OUTCOMES, System, system
from budgetkit.audit.within import within
from budgetkit.errors import BudgetkitError
from budgetkit.near import Helpful
from budgetkit.package import made

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure

#: So many explanations of one failure are told in a report.
_TOLD = 3


@dataclass(frozen=True, eq=False, repr=False)
class Audit(Helpful):
    """What an audit found.

    Attributes
    ----------
    checks : DataFrame
        One row a check: ``family``, ``promise`` (in words), ``table`` (or frame of the
        text), ``row``, ``measure``, ``label`` (the row's name), ``page``, ``outcome``
        (``exact``, ``rounding``, ``fails``, ``not_checkable``), ``difference`` and
        ``tolerance`` (万元; for a percentage, share, weight or count in its own unit).
    unchecked : DataFrame
        Those of `checks` that are ``not_checkable``, with ``reason``: nothing to compare with
        was printed (a change from 0 has no percentage), or too few such sums hold to be
        promised; of these alone ``difference`` is known.
    failures : DataFrame
        Those of `checks` that fail, with ``cause`` (number of the suspect that explains
        it, missing where nothing simple does) and ``message``.
    suspects : DataFrame
        One row a cell: ``cause``, ``rank`` (several of one cause explain it equally
        well), ``kind``, ``table``, ``side``, ``row``, ``measure``, ``label``, ``page``,
        ``printed`` and ``proposed`` (万元), ``explains`` (how many failures), ``message``.
    """

    disclosure: Disclosure
    system: System
    text: tuple[Check, ...]
    causes: tuple[tuple[frozenset[int], tuple[Suspect, ...]], ...]

    @classmethod
    def of(cls, disclosure: Disclosure, text: bool = True) -> Audit:
        """Audit a disclosure; without `text`, its tables alone."""
        numbered = cells(disclosure)
        promised = [*within(numbered), *across(numbered, disclosure.meta.kind)]
        if text:
            promised += stated(disclosure, numbered)
        found = system(numbered, promised)
        parts = Solver(found).suspects()
        return cls(
            disclosure,
            found,
            tuple(checks(disclosure)) if text else (),
            tuple((group, tuple(suspects)) for group, suspects in parts),
        )

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many checks had each outcome."""
        found = Counter(str(outcome) for outcome in self.system.outcome if outcome != BLANK)
        found.update(check.outcome for check in self.text)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    @cached_property
    def teller(self) -> Teller:
        """Tells what was found."""
        return Teller(self.disclosure, self.system)

    @property
    def failing(self) -> list[Check]:
        """The checks of the text that fail."""
        return [check for check in self.text if check.outcome == FAILS]

    @property
    def checks(self) -> pd.DataFrame:
        """Every check with its outcome."""
        return frames.checks(self)

    @property
    def failures(self) -> pd.DataFrame:
        """The checks that fail, each with its cause and a sentence."""
        return frames.failures(self)

    @property
    def suspects(self) -> pd.DataFrame:
        """The cells that would explain the failures, with what they should have read."""
        return frames.suspects(self)

    @property
    def unchecked(self) -> pd.DataFrame:
        """The checks that can't be made, as many as `counts` says, each with its reason."""
        return frames.unchecked(self)

    @property
    def left_out(self) -> list[str]:
        """The columns that seldom add up and are left out of their sums, each in a sentence."""
        return list(left_out(self.system, self.teller.naming))

    @property
    def headline(self) -> str:
        """How many checks had which outcome, in a line."""
        return language.label(
            "audit.headline",
            total=f"{sum(self.counts.values()):,}",
            **{name: f"{count:,}" for name, count in self.counts.items()},
        )

    def __repr__(self) -> str:
        causes = [f"  {cause}. {text}" for cause, (text, _) in enumerate(self._causes(), start=1)]
        checks = [f"  {self.teller.check(check)}" for check in self.failing]
        columns = [f"  {text}" for text in self.left_out]
        return "\n".join([self.headline, *causes, *checks, *columns])

    def _repr_html_(self) -> str:
        items = [
            escape(text)
            + (f" <small>{language.label('audit.page', page=page)}</small>" * bool(page))
            for text, page in self._causes()
        ]
        items += [escape(self.teller.check(check)) for check in self.failing]
        items += map(escape, self.left_out)
        title = escape(language.label("audit.title", title=self.disclosure.meta.title))
        listed = "".join(f"<li>{item}</li>" for item in items)
        return f"<h4>{title}</h4><p>{escape(self.headline)}</p><ol>{listed}</ol>"

    def _causes(self) -> list[tuple[str, int | None]]:
        """Each cause in words, or the failures that nothing simple explains; and its page."""
        told: list[tuple[str, int | None]] = []
        for group, found in self.causes:
            if not found:
                failures = (self.teller.failure(number) for number in sorted(group)[:_TOLD])
                told.append((" ".join(failures), None))
                continue
            text = language.label("audit.or").join(map(self.teller.suspect, found[:_TOLD]))
            if (more := len(found) - _TOLD) > 0:
                text += language.label("audit.more", count=more)
            told.append((text, self.teller.naming.where(found[0].cells[0]).page))
        return told

    def apply(self, cause: int = 1) -> Disclosure:
        """Return the disclosure with one proposal carried out.

        Parameters
        ----------
        cause : int
            Number of a cause in `suspects`; it must have one suspect alone.

        Returns
        -------
        Disclosure
            A new one; ``notes`` says what was changed. The old one stays as it is.

        Raises
        ------
        BudgetkitError
            If there is no such cause, or several cells or none could be to blame.

        Examples
        --------
        >>> import budgetkit as bk
        >>> audit = bk.load("xinjiang-miit-2024").audit()
        >>> mended = audit.apply(1)
        >>> float(mended.wide("general_basic")["operating"].iloc[0])
        3565.44
        """
        if not 1 <= cause <= len(self.causes):
            told = language.said("audit.cause", cause=cause, count=len(self.causes))
            raise BudgetkitError(told)
        _, found = self.causes[cause - 1]
        if len(found) != 1:
            told = language.said("audit.suspects", cause=cause, count=len(found))
            raise BudgetkitError(told)
        places = [self.system.cells.places[cell] for cell in found[0].cells]
        amounts = [amount / FEN for amount in found[0].proposed]
        if found[0].kind == "moved":
            amounts[0] = float("nan")
        message = self.teller.suspect(found[0])
        return changed(self.disclosure, dict(zip(places, amounts, strict=True)), message)

    def save(self, path: str | Path) -> Path:
        """Write the report.

        Parameters
        ----------
        path : str or Path
            ``.html`` (the report as it prints) or ``.xlsx`` (a sheet for each of
            `suspects`, `failures` and `checks`).

        Returns
        -------
        Path
            What was written.

        Raises
        ------
        BudgetkitError
            If the ending is neither, or the folder that the file's folder is to be made in
            isn't there.

        Examples
        --------
        >>> import budgetkit as bk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     bk.load("jiangsu-npc-2018").audit().save(f"{folder}/audit.html").name
        'audit.html'
        """
        path = Path(path).expanduser()
        check(path)
        made(path.parent)
        if path.suffix.lower() == ".html":
            head = f'<!DOCTYPE html>\n<html lang="{language.current()}">\n<meta charset="utf-8">\n'
            path.write_text(f"{head}{self._repr_html_()}\n</html>\n", encoding="utf-8")
        else:
            with path.open("wb") as file, pd.ExcelWriter(file, engine="openpyxl") as book:
                for name in ("suspects", "failures", "checks"):
                    getattr(self, name).to_excel(book, sheet_name=name, index=False)
        return path

    def plot(self, *, ax: Axes | None = None) -> Axes:
        """Draw the tables as boxes, the identities between them as lines, broken ones red.

        Parameters
        ----------
        ax : Axes, optional
            Where to draw; by default a new figure.

        Returns
        -------
        Axes
            The chart.

        Examples
        --------
        >>> import budgetkit as bk
        >>> bk.load("jiangsu-npc-2018").audit().plot().get_legend() is not None
        True
        """
        return web(self, ax=ax)

    def notes(self) -> list[dict[str, Any]]:
        """The failures as records of ``Disclosure.notes``, one a cause."""
        records = []
        for group, found in self.causes:
            terms = self.system.identities[min(group)].terms
            where = self.teller.naming.where(found[0].cells[0] if found else terms[0][0])
            key, detail = "sum", where.measure
            if len(found) == 1:
                key = self.teller.kind(found[0])
                detail += f" {money(found[0].proposed[-1])}"
            place = {"page": where.page, "table": where.table, "row": where.row}
            text = {"key": f"audit_{key}", "text": where.label, "detail": detail}
            records.append({"kind": "doubted", **place, **text})
        return records


def check(path: Path) -> None:
    """Refuse what `Audit.save` cannot write: known before a long document is read."""
    if path.suffix.lower() not in {".html", ".xlsx"}:
        told = "audit.ending" if path.suffix else "audit.no_ending"
        raise BudgetkitError(language.said(told, path=path, ending=path.suffix))
