"""Names that vary: the same unit or project under a slightly different label."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from budgetkit import printed
from budgetkit.assembling import vocabulary

#: Two labels as like as this are the same name with a slip in it.
_ALIKE = 0.9

#: A label of fewer characters is too short for a likeness to mean anything.
_SHORT = 8

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_OWN = re.compile(r"(?:本级|本部|机关)$")


class Names:
    """The names that a document lists, and what finds them again under a variant.

    A list of the units under a department often leaves out the department's own office,
    which its tables then name like the department itself: that name is given apart.
    """

    def __init__(self, known: Iterable[str], department: str | None = None) -> None:
        self.known = list(dict.fromkeys(known))
        self._exact = {printed.key(name): name for name in self.known}
        self._base: dict[str, list[str]] = {}
        for name in self.known:
            self._base.setdefault(_base(name), []).append(name)
        self._own: str | None = None
        if department and not self.find(department):
            self._own = department

    def find(self, label: str) -> str | None:
        """The listed name that a label stands for; ``None`` where it is no listed name.

        >>> Names(["某市服务中心（培训中心）"]).find("某市 服务中心")
        '某市服务中心（培训中心）'
        """
        if exact := self._exact.get(printed.key(label)):
            return exact
        base = _base(label)
        if len(same := self._base.get(base, [])) == 1:
            return same[0]
        if self.own(label):
            return self._own
        alike = sorted(
            (
                (SequenceMatcher(None, form(name), form(label)).ratio(), name)
                for form in (printed.key, _base)
                for name in self.known
                if _digits(name) == _digits(label) and len(base) > _SHORT
            ),
            reverse=True,
        )
        if not alike or alike[0][0] < _ALIKE:
            return None
        rivals = [name for ratio, name in alike if ratio == alike[0][0]]
        return alike[0][1] if len(set(rivals)) == 1 else None

    def own(self, label: str) -> bool:
        """Whether a label is the name of the own office, where the list leaves it out."""
        return bool(self._own) and _office(label) == _office(str(self._own))

    def same(self, label: str, name: str) -> bool:
        """Whether two labels differ in brackets and the word for the own office at most."""
        return _base(label) == _base(name)


def _digits(label: str) -> list[str]:
    return re.findall(r"\d+", label)


def _base(label: str) -> str:
    """A label without brackets and without the word for the department's own office."""
    short = _OWN.sub("", _BRACKETS.sub("", printed.tidy(label)))
    return printed.key(short or label)


def _office(label: str) -> str:
    """A label without the word for the department's own office; other brackets stay."""
    return _OWN.sub("", printed.key(label))


def looks_like_unit(label: str) -> bool:
    """Whether a label ends as the names of offices, schools and centres do."""
    return bool(vocabulary.line("unit_name").search(printed.tidy(label)))
