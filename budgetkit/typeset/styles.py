"""The styles that a disclosure can be typeset in; they are data."""

from dataclasses import dataclass

from budgetkit.errors import TypesetError
from budgetkit.language import said, several
from budgetkit.vocabulary import words


@dataclass(frozen=True, slots=True)
class Style:
    """How tables look: their rules, where codes stand, the unit of money (as published)."""

    rules: str  # single, double, open
    codes: str  # three, one, name
    unit: str | None = None
    split: bool = False  # whether a row may run over a page's end
    years: bool = False  # whether a wide table of several years has a row for each of them


def style(name: str) -> Style:
    """The style of a name.

    >>> style("yuan").unit
    '元'
    """
    known = words("typeset")["styles"]
    if name not in known:
        raise TypesetError(said("typeset.style", name=name, known=several(known)))
    return Style(**known[name])
