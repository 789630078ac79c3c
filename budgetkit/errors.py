"""The errors that budgetkit raises: one tree, every leaf says what, where, and what to do.

They speak the language that was chosen with `budgetkit.use_language`, and English where none
was, as Python's own errors do. Their texts are in ``vocabulary/errors.toml``.
"""


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

    It is told to readers of explorers, too: in the language in use, chosen or not.
    """


class TypesetError(BudgetkitError):
    """A disclosure cannot be typeset so: no such style, or no such kind of file."""
