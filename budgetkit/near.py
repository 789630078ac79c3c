"""A name that isn't there: the near ones that may have been meant."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from budgetkit.language import said


def near(name: object, known: Iterable[str]) -> list[str]:
    """The name that was meant, if one is like it; else up to three that hold it, shortest first.

    >>> near("incomes", ["income", "balance"]), near("npc", ["npc-2018", "npc-2019", "audit"])
    (['income'], ['npc-2018', 'npc-2019'])
    >>> near("收入表", ["收入支出决算总表", "收入总体情况表"])
    ['收入总体情况表']
    """
    from difflib import get_close_matches

    by_lower, lower = {own.lower(): own for own in known}, str(name).lower()
    found = get_close_matches(lower, by_lower, n=1)
    core = lower.removesuffix("表")  # 收入表 is no part of 收入总体情况表
    holding = sorted((own for own in by_lower if core and core in own), key=len)
    return [by_lower[own] for own in found or holding[:3]]


def meant(name: object, known: Iterable[str]) -> str:
    """Ask whether a name that is not known was meant to be a near one; empty if none is near.

    >>> meant("incomes", ["income", "balance"])
    "did you mean 'income'? "
    >>> meant("Plan2024.pdf", ["Plan2025.PDF", "notes.txt"])
    "did you mean 'Plan2025.PDF'? "
    """
    found = list(map(repr, near(name, known)))
    return said("near.meant", found=either(found)) if found else ""


def either(names: Iterable[str]) -> str:
    """Names of which one is meant.

    >>> either(["a", "b"])
    'a or b'
    """
    return said("near.or").join(names)


def lacking(kind: str, name: str, ways: Mapping[str, str]) -> AttributeError:
    """The error of what has no such attribute, with near ones, each as one comes by it.

    >>> str(lacking("budgetkit", "laod", {"load": "load", "read": "read"}))
    "budgetkit has no attribute 'laod'; did you mean .load?"
    """
    found = either(f".{ways[own]}" for own in near(name, ways))
    told = said("near.attribute", kind=kind, name=name)
    return AttributeError(told + (said("near.attributes", found=found) if found else ""))


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
            raise lacking(type(self).__name__, name, ways)
