"""Read Chinese departmental budget disclosures into tidy frames, and teach with them."""

from budgetkit import audit, codes, compare, income, language, students, teach, units, variance
from budgetkit.disclosure import Disclosure, datasets, load, read
from budgetkit.errors import BudgetkitError
from budgetkit.explorers import explore
from budgetkit.language import use_language
from budgetkit.meta import Meta, Table

__version__ = "0.1.0"

__all__ = [
    "BudgetkitError",
    "Disclosure",
    "Meta",
    "Table",
    "audit",
    "codes",
    "compare",
    "datasets",
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
