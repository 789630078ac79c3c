"""Outcomes in, sentences out: what an audit found, as frames, as a page and as a chart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language
from budgetkit.audit.across import across
from budgetkit.audit.cells import FEN, cells
from budgetkit.audit.checks import Check, checks
from budgetkit.audit.naming import Naming
from budgetkit.audit.solve import Solver, Suspect
from budgetkit.audit.stated import stated
from budgetkit.audit.system import BLANK, EXACT, FAILS, ROUNDING, UNCHECKED, System, system
from budgetkit.audit.within import within
from budgetkit.errors import BudgetkitError
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure

OUTCOMES = (EXACT, ROUNDING, FAILS, UNCHECKED)

#: A proposed amount so many times the printed one, or so few: 元 for 万元.
_YUAN = 10_000

#: So many explanations of one failure are told in a report.
_TOLD = 3


@dataclass(frozen=True, eq=False, repr=False)
class Audit:
    """What an audit found.

    Attributes
    ----------
    checks : DataFrame
        One row a check: ``family``, ``promise`` (in words), ``table`` (or frame of the
        text), ``row``, ``measure``, ``label`` (the row's name), ``page``, ``outcome``
        (``exact``, ``rounding``, ``fails``, ``not_checkable``), ``difference`` and
        ``tolerance`` (万元; for a percentage, share, weight or count in its own unit).
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
    def _naming(self) -> Naming:
        return Naming(self.disclosure, self.system.cells)

    # ---- frames

    @property
    def checks(self) -> pd.DataFrame:
        """Every check with its outcome."""
        rows = [self._sum(number) for number in range(len(self.system.identities))]
        rows += [self._check(check) for check in self.text]
        frame = pd.DataFrame([row for row in rows if row is not None], columns=_CHECKS)
        frame["outcome"] = frame["outcome"].astype(pd.CategoricalDtype(list(OUTCOMES)))
        return frame.astype({"row": "Int64", "page": "Int64"})

    def _sum(self, number: int) -> dict[str, Any] | None:
        """A sum as a row of `checks`."""
        outcome = str(self.system.outcome[number])
        if outcome == BLANK:
            return None
        identity = self.system.identities[number]
        first = next((c for c, sign in identity.terms if sign > 0), identity.terms[0][0])
        where = self._naming.where(first)
        return {
            "family": identity.family,
            "promise": promise(identity.family),
            "table": identity.table,
            "row": identity.row,
            "measure": identity.measure,
            "label": where.label,
            "page": where.page,
            "outcome": outcome,
            "difference": int(self.system.rest[number]) / FEN,
            "tolerance": int(self.system.tolerance[number]) / (2 * FEN),
        }

    def _check(self, check: Check) -> dict[str, Any]:
        """A check of the text as a row of `checks`."""
        where = self._naming.stated(check.table, check.row)
        known = check.expected is not None and check.printed is not None
        return {
            "family": check.family,
            "promise": promise(check.family),
            "table": check.table,
            "row": check.row,
            "measure": check.measure,
            "label": where.label,
            "page": where.page,
            "outcome": check.outcome,
            "difference": _difference(check) if known else None,
            "tolerance": None,
        }

    @property
    def failures(self) -> pd.DataFrame:
        """The checks that fail, each with its cause and a sentence."""
        cause_of = {n: c for c, (group, _) in enumerate(self.causes, start=1) for n in group}
        rows = []
        for number, outcome in enumerate(self.system.outcome):
            row = self._sum(number) if outcome == FAILS else None
            if row is not None:
                told = {"cause": cause_of.get(number), "message": self._told(number)}
                rows.append({**row, **told})
        for check in self.text:
            if check.outcome == FAILS:
                told = {"cause": None, "message": self._told_check(check)}
                rows.append({**self._check(check), **told})
        frame = pd.DataFrame(rows, columns=[*_CHECKS, "cause", "message"])
        return frame.astype({"row": "Int64", "page": "Int64", "cause": "Int64"})

    @property
    def suspects(self) -> pd.DataFrame:
        """The cells that would explain the failures, with what they should have read."""
        rows = []
        for cause, (group, found) in enumerate(self.causes, start=1):
            for rank, suspect in enumerate(found, start=1):
                message = self._accused(suspect)
                for cell, proposed in zip(suspect.cells, suspect.proposed, strict=True):
                    where = self._naming.where(cell)
                    printed_here = bool(self.system.cells.printed[cell])
                    rows.append(
                        {
                            "cause": cause,
                            "rank": rank,
                            "kind": self._kind(suspect),
                            "table": where.table,
                            "side": where.side,
                            "row": where.row,
                            "measure": where.measure,
                            "label": where.label,
                            "page": where.page,
                            "printed": self._amount(cell) if printed_here else None,
                            "proposed": proposed / FEN,
                            "explains": len(group),
                            "message": message,
                        }
                    )
        frame = pd.DataFrame(rows, columns=_SUSPECTS)
        types = {"side": "str", "row": "Int64", "page": "Int64", "printed": "float64"}
        return frame.astype(types)

    # ---- sentences

    def _amount(self, cell: int) -> float:
        return int(self.system.cells.amounts[cell]) / FEN

    def _shown(self, cell: int, fen: int) -> str:
        """An amount as a sentence tells it; persons and things without decimals."""
        stated = self.system.cells.places[cell].table == "facts"
        return f"{fen / FEN:,g}" if stated and fen % FEN == 0 else money(fen)

    def _kind(self, suspect: Suspect) -> str:
        """The kind of a suspect; an amount in the wrong unit is told from a wrong amount."""
        if suspect.kind == "amount":
            printed, proposed = (
                int(self.system.cells.amounts[suspect.cells[0]]),
                suspect.proposed[0],
            )
            if proposed and printed and max(printed, proposed) == _YUAN * min(printed, proposed):
                return "unit"
        return suspect.kind

    def _told(self, number: int) -> str:
        """A sum that fails, in a sentence."""
        identity = self.system.identities[number]
        numbered = self.system.cells
        wholes = [(c, s) for c, s in identity.terms if s > 0] or [identity.terms[0]]
        parts = [(c, s) for c, s in identity.terms if s < 0 and numbered.printed[c]]
        whole = sum(self.system.cells.amounts[c] for c, _ in wholes)
        other = sum(self.system.cells.amounts[c] for c, _ in parts)
        return language.label(
            "audit.message.sum" if len(parts) > 1 else "audit.message.copy",
            place=self._naming.name(wholes[0][0]),
            whole=self._shown(wholes[0][0], int(whole)),
            other=self._naming.name(parts[0][0]) if len(parts) == 1 else len(parts),
            sum=self._shown(wholes[0][0], int(other)),
            difference=self._shown(wholes[0][0], int(self.system.rest[number])),
            promise=promise(identity.family),
        )

    def _told_check(self, check: Check) -> str:
        """A check of the text that fails, in a sentence."""
        return language.label(
            "audit.message.text",
            place=self._naming.stated(check.table, check.row).label,
            what=language.label(f"audit.column.{check.measure}"),
            printed=_plain(check, check.printed),
            expected=_plain(check, check.expected),
            promise=promise(check.family),
        )

    def _accused(self, suspect: Suspect) -> str:
        """A suspect, in a sentence."""
        names = [self._naming.name(cell) for cell in suspect.cells]
        now = [self._shown(cell, int(self.system.cells.amounts[cell])) for cell in suspect.cells]
        proposed = [
            self._shown(cell, amount)
            for cell, amount in zip(suspect.cells, suspect.proposed, strict=True)
        ]
        kind = self._kind(suspect)
        return language.label(
            f"audit.suspect.{kind}",
            place=names[0],
            other=names[-1],
            printed=now[0],
            proposed=proposed[0],
            second=now[-1],
            instead=proposed[-1],
            count=len(suspect.explains),
        )

    # ---- the page

    def __repr__(self) -> str:
        return "\n".join([self.headline, *(f"  {line}" for _, line in self._lines())])

    @property
    def headline(self) -> str:
        """How many checks had which outcome, in a line."""
        return language.label(
            "audit.headline",
            total=f"{sum(self.counts.values()):,}",
            **{name: f"{count:,}" for name, count in self.counts.items()},
        )

    def _lines(self) -> list[tuple[int | None, str]]:
        """One line a cause, then one a failure that nothing simple explains."""
        lines: list[tuple[int | None, str]] = []
        for cause, (group, found) in enumerate(self.causes, start=1):
            page = None
            if found:
                told = [self._accused(suspect) for suspect in found[:_TOLD]]
                page = self._naming.where(found[0].cells[0]).page
                text = language.label("audit.or").join(told)
                if more := len(found) - _TOLD:
                    text += language.label("audit.more", count=more) if more > 0 else ""
            else:
                text = " ".join(self._told(number) for number in sorted(group)[:_TOLD])
            lines.append((page, f"{cause}. {text}"))
        lines += [(None, self._told_check(check)) for check in self.text if check.outcome == FAILS]
        return lines

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li>{escape(text.partition('. ')[2] if number else text)}"
            + (f" <small>({language.label('audit.page', page=page)})</small>" if page else "")
            + "</li>"
            for number, (page, text) in self._numbered()
        )
        title = escape(language.label("audit.title", title=self.disclosure.meta.title))
        return f"<h4>{title}</h4><p>{escape(self.headline)}</p><ol>{items}</ol>"

    def _numbered(self) -> list[tuple[bool, tuple[int | None, str]]]:
        """The lines, and whether each bears a number of its own."""
        return [(i < len(self.causes), line) for i, line in enumerate(self._lines())]

    # ---- what is done with it

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
        from budgetkit.audit.change import changed

        if not 1 <= cause <= len(self.causes):
            raise BudgetkitError(
                f"no cause {cause}: this audit found {len(self.causes)}; see audit.suspects"
            )
        _, found = self.causes[cause - 1]
        if len(found) != 1:
            raise BudgetkitError(
                f"cause {cause} has {len(found)} suspects that explain it equally well: "
                "look at the document, then change the figure yourself"
            )
        places = [self.system.cells.places[cell] for cell in found[0].cells]
        amounts = [amount / FEN for amount in found[0].proposed]
        if found[0].kind == "moved":
            amounts[0] = float("nan")
        message = self._accused(found[0])
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
            If the ending is neither.

        Examples
        --------
        >>> import budgetkit as bk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     bk.load("jiangsu-npc-2018").audit().save(f"{folder}/audit.html").name
        'audit.html'
        """
        path = Path(path).expanduser()
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix.lower() == ".html":
            head = f'<!DOCTYPE html>\n<html lang="{language.current()}">\n<meta charset="utf-8">\n'
            path.write_text(f"{head}{self._repr_html_()}\n</html>\n", encoding="utf-8")
        elif path.suffix.lower() == ".xlsx":
            with path.open("wb") as file, pd.ExcelWriter(file, engine="openpyxl") as book:
                for name in ("suspects", "failures", "checks"):
                    getattr(self, name).to_excel(book, sheet_name=name, index=False)
        else:
            raise BudgetkitError(f"{path}: cannot save as {path.suffix}; use .html or .xlsx")
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
        from budgetkit.audit.charts import web
        from budgetkit.charts import chart

        draw: Callable[..., Axes] = web
        return chart(9.5, 7.5)(draw)(self, ax=ax)

    def notes(self) -> list[dict[str, Any]]:
        """The failures as records of ``Disclosure.notes``, one a cause."""
        records = []
        for group, found in self.causes:
            identity = self.system.identities[min(group)]
            where = self._naming.where(found[0].cells[0] if found else identity.terms[0][0])
            alone = len(found) == 1
            records.append(
                {
                    "kind": "doubted",
                    "page": where.page,
                    "table": where.table,
                    "row": where.row,
                    "key": f"audit_{self._kind(found[0])}" if alone else "audit_sum",
                    "text": where.label,
                    "detail": f"{where.measure} {money(found[0].proposed[-1])}"
                    if alone
                    else where.measure,
                }
            )
        return records


_CHECKS = [
    "family",
    "promise",
    "table",
    "row",
    "measure",
    "label",
    "page",
    "outcome",
    "difference",
    "tolerance",
]
_SUSPECTS = [
    "cause",
    "rank",
    "kind",
    "table",
    "side",
    "row",
    "measure",
    "label",
    "page",
    "printed",
    "proposed",
    "explains",
    "message",
]


def promise(family: str) -> str:
    """What a family of identities says, in the language in use.

    >>> promise("sides")
    '收入总计等于支出总计'
    """
    return str(words("identities")["family"][family][language.current()])


def money(fen: int) -> str:
    """Fen as 万元, with as many decimals as they need and two at least.

    >>> money(35654400000), money(1)
    ('35,654.40', '0.000001')
    """
    text = f"{fen / FEN:,.6f}"
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest.rstrip('0').ljust(2, '0')}"


def _difference(check: Check) -> float:
    return round(float(check.printed or 0) - float(check.expected or 0), 6)


def _plain(check: Check, value: float | None) -> str:
    """A number of a check as the document would print it."""
    if value is None:
        return "—"
    if check.measure == "share":
        return f"{value:.2%}"
    if check.measure == "percent":
        return f"{value:.2f} %"
    return f"{value:,.2f}" if check.measure == "amount" else f"{value:g}"
