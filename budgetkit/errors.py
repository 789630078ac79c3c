"""The errors that budgetkit raises: one tree, every leaf says what, where, and what to do."""

from collections.abc import Iterable


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


def meant(name: object, known: Iterable[str]) -> str:
    """Ask whether a name that is not known was meant to be a near one; empty if none is near.

    >>> meant("incomes", ["income", "balance"])
    "did you mean 'income'? "
    >>> meant("Plan2024.pdf", ["Plan2025.PDF", "notes.txt"])
    "did you mean 'Plan2025.PDF'? "
    """
    from difflib import get_close_matches

    by_lower = {own.lower(): own for own in known}
    near = get_close_matches(str(name).lower(), by_lower, n=1)
    return f"did you mean {by_lower[near[0]]!r}? " if near else ""
