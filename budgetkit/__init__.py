"""Read Chinese departmental budget disclosures into tidy frames, and teach with them."""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from budgetkit import codes, language
from budgetkit.aligned import aligned
from budgetkit.checkup import doctor
from budgetkit.disclosure import Disclosure
from budgetkit.errors import BudgetkitError, BudgetkitWarning
from budgetkit.explorers import explore
from budgetkit.language import use_language
from budgetkit.loading import datasets, load, read
from budgetkit.meta import Meta, Table
from budgetkit.near import lacking

if TYPE_CHECKING:
    from budgetkit import audit, compare, income, students, teach, units, variance

__version__ = "0.1.0"

__all__ = [
    "BudgetkitError",
    "BudgetkitWarning",
    "Disclosure",
    "Meta",
    "Table",
    "aligned",
    "audit",
    "codes",
    "compare",
    "datasets",
    "doctor",
    "explore",
    "income",
    "language",
    "load",
    "read",
    "students",
    "teach",
    "units",
    "use_language",
    "variance",
]

#: Rooms that are opened when first used: the import stays as quick as that of pandas.
_LATER = {"audit", "compare", "income", "students", "teach", "units", "variance"}


def __getattr__(name: str) -> ModuleType:
    """Open a room."""
    if name in _LATER:
        return import_module(f"budgetkit.{name}")
    raise lacking("budgetkit", name, dict(zip(__all__, __all__, strict=True)))


def __dir__() -> list[str]:
    """The public names."""
    return [*__all__, "__version__"]
