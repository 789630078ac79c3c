"""Outcomes in, sentences out: the columns whose sums hold too seldom to be promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from budgetkit import language
from budgetkit.audit.naming import Naming
from budgetkit.audit.system import UNCHECKED, System


def left_out(system: System, naming: Naming) -> Iterator[str]:
    """Each column that seldom adds up, with all others of its sum or one of them, in words."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, identity in enumerate(system.identities):
        if identity.family == "columns" and system.outcome[number] == UNCHECKED:
            groups[identity.group].append(number)
    for (_, table, whole, *left), numbers in groups.items():
        cells = [cell for n in numbers for cell, sign in system.identities[n].terms if sign < 0]
        filled = (system.cells.places[c].measure for c in cells if system.cells.printed[c])
        parts = list(dict.fromkeys(filled))
        yield language.label(
            "audit.left_out" if left else "audit.never_adds_up",
            table=naming.table(table),
            whole=language.label(f"measure.{whole}"),
            parts=language.label("audit.and").join(
                language.label(f"measure.{part}") for part in left or parts
            ),
            count=len(numbers),
        )
