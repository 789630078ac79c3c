"""The errors that budgetkit raises: one tree, every leaf says what, where, and what to do."""

from collections.abc import Iterable
from typing import TYPE_CHECKING


class BudgetkitError(Exception):
    """Root of every error that budgetkit raises on purpose."""


class BudgetkitWarning(UserWarning):
    """A reading in question as a whole: files of two disclosures, or a file that is none.

    To silence it: ``warnings.simplefilter("ignore", bk.BudgetkitWarning)``.
    """


class ReadError(BudgetkitError):
    """A file cannot be read: missing, empty, of an unknown make, or not what its name says."""


class UnknownDatasetError(BudgetkitError):
    """No bundled disclosure has this name."""


class UnknownTableError(BudgetkitError):
    """The disclosure has no table of this name."""


class SchemaError(BudgetkitError):
    """A frame does not fit the schema: every fault is listed, not only the first."""


class LanguageError(BudgetkitError):
    """A language other than ``zh`` or ``en`` was asked for."""


class MissingDataError(BudgetkitError):
    """A lesson needs a frame or table that this disclosure does not have.

    It is told to readers of explorers, too: in the language in use. Other errors are English.
    """


class TypesetError(BudgetkitError):
    """A disclosure cannot be typeset so: no such style, or no such kind of file."""


def near(name: object, known: Iterable[str]) -> list[str]:
    """The name that was meant, if one is like it; else up to three that hold it.

    >>> near("incomes", ["income", "balance"]), near("npc", ["npc-2018", "npc-2019", "audit"])
    (['income'], ['npc-2018', 'npc-2019'])
    """
    from difflib import get_close_matches

    by_lower, lower = {own.lower(): own for own in known}, str(name).lower()
    found = get_close_matches(lower, by_lower, n=1)
    holding = [own for own in by_lower if lower and lower in own]
    return [by_lower[own] for own in found or holding[:3]]


def meant(name: object, known: Iterable[str]) -> str:
    """Ask whether a name that is not known was meant to be a near one; empty if none is near.

    >>> meant("incomes", ["income", "balance"])
    "did you mean 'income'? "
    >>> meant("Plan2024.pdf", ["Plan2025.PDF", "notes.txt"])
    "did you mean 'Plan2025.PDF'? "
    """
    found = " or ".join(map(repr, near(name, known)))
    return f"did you mean {found}? " if found else ""


class Helpful:
    """What answers a name that it doesn't have with near ones, and how to come by them."""

    def _ways(self) -> dict[str, str]:
        """What stands for a name that is no attribute; nothing by default."""
        return {}

    if not TYPE_CHECKING:  # else every name would pass the type checker

        def __getattr__(self, name: str) -> object:
            if name.startswith("_") or hasattr(type(self), name):
                return object.__getattribute__(self, name)  # says what is wrong itself
            ways = {own: own for own in dir(self) if own[0] != "_"} | self._ways()
            found = " or ".join(f".{ways[own]}" for own in near(name, ways))
            asked = f"; did you mean {found}?" if found else ""
            raise AttributeError(f"{type(self).__name__} has no attribute {name!r}{asked}")
