"""Outcomes in, sentences out: a failure or a suspect told in the language in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit import language
from budgetkit.audit.cells import FEN
from budgetkit.audit.naming import Naming
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from budgetkit.audit.checks import Check
    from budgetkit.audit.solve import Suspect
    from budgetkit.audit.system import System
    from budgetkit.disclosure import Disclosure

#: A proposed amount so many times the printed one, or so few: 元 for 万元.
_YUAN = 10_000


class Teller:
    """Tells what is found in a disclosure."""

    def __init__(self, disclosure: Disclosure, system: System) -> None:
        self.naming = Naming(disclosure, system.cells)
        self._system = system
        self._amounts = system.cells.amounts.tolist()

    def kind(self, suspect: Suspect) -> str:
        """The kind of a suspect; an amount in the wrong unit is told from a wrong amount."""
        if suspect.kind == "amount":
            low, high = sorted((self._amounts[suspect.cells[0]], suspect.proposed[0]))
            if low > 0 and high == _YUAN * low:
                return "unit"
        return suspect.kind

    def failure(self, number: int) -> str:
        """A sum that fails."""
        identity, cells = self._system.identities[number], self._system.cells
        wholes = [c for c, sign in identity.terms if sign > 0] or [identity.terms[0][0]]
        parts = [c for c, sign in identity.terms if sign < 0 and cells.printed[c]]
        first, printed = wholes[0], any(cells.printed[c] for c in wholes)
        amount = self._shown(first, sum(self._amounts[c] for c in wholes))
        place = self.naming.name(first)
        told = "is" if printed else "is_blank"
        return language.label(
            "audit.message.sum" if len(parts) != 1 else "audit.message.copy",
            whole=language.label(f"audit.message.{told}", place=place, amount=amount),
            other=self.naming.name(parts[0]) if len(parts) == 1 else len(parts),
            sum=self._shown(first, sum(self._amounts[c] for c in parts)),
            difference=self._shown(first, int(self._system.rest[number])),
            promise=promise(identity.family),
        )

    def check(self, check: Check) -> str:
        """A check of the text that fails."""
        return language.label(
            "audit.message.text",
            place=self.naming.stated(check.table, check.row).label,
            what=language.label(f"audit.column.{check.measure}"),
            printed=_plain(check, check.printed),
            expected=_plain(check, check.expected),
            promise=promise(check.family),
        )

    def suspect(self, suspect: Suspect) -> str:
        """Which cells are to blame, and what they should have read."""
        names = [self.naming.name(cell) for cell in suspect.cells]
        now = [self._shown(cell, self._amounts[cell]) for cell in suspect.cells]
        instead = list(map(self._shown, suspect.cells, suspect.proposed))
        return language.label(
            f"audit.suspect.{self.kind(suspect)}",
            place=names[0],
            other=names[-1],
            printed=now[0],
            proposed=instead[0],
            second=now[-1],
            instead=instead[-1],
            count=len(suspect.explains),
        )

    def _shown(self, cell: int, fen: int) -> str:
        """An amount as a sentence tells it; persons and things without decimals."""
        stated = self._system.cells.places[cell].table == "facts"
        return f"{fen / FEN:,g}" if stated and fen % FEN == 0 else money(fen)


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


def _plain(check: Check, value: float | None) -> str:
    """A number of a check as the document would print it."""
    if value is None:
        return "—"
    if check.measure == "share":
        return f"{value:.2%}"
    if check.measure == "percent":
        return f"{value:,.2f}%"
    return f"{value:,.2f}" if check.measure == "amount" else f"{value:g}"
