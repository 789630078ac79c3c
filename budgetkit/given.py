"""What a function was given: a disclosure, or an error that says how to open one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from os import PathLike
from pathlib import Path
from reprlib import Repr
from typing import ParamSpec, TypeVar

from budgetkit import package
from budgetkit.disclosure import Disclosure
from budgetkit.errors import BudgetkitError, near

#: Longer than so many characters a text is no name and no path, and quoted in part.
_LONG = 80
#: What to pass where nothing tells which was meant.
ANY = "one, as bk.load(name) or bk.read(path) returns it"
_QUOTED = Repr()
_QUOTED.maxstring = _LONG

P = ParamSpec("P")
R = TypeVar("R")


def takes_disclosure(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function refuse what is no disclosure where its annotations ask for one.

    >>> @takes_disclosure
    ... def title(doc: Disclosure) -> str:
    ...     return doc.meta.title
    >>> title("xinjiang-miit-2024")
    Traceback (most recent call last):
    ...
    budgetkit.errors.BudgetkitError: 'xinjiang-miit-2024' is no disclosure: pass \
bk.load('xinjiang-miit-2024')
    """
    parameters = signature(function).parameters
    asked = {name: str(own.annotation) for name, own in parameters.items()}

    @wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        for name, given in [*zip(asked, args, strict=False), *kwargs.items()]:
            wanted = asked.get(name, "")
            if "Disclosure" in wanted and not (given is None and "None" in wanted):
                require(given)
        return function(*args, **kwargs)

    return checked


def require(given: object) -> None:
    """Raise an error where something is no disclosure."""
    if isinstance(given, Disclosure):
        return
    given = str(given) if isinstance(given, PathLike) else given
    plain = given is None or isinstance(given, (str, int, float))
    told = _QUOTED.repr(given) if plain else f"an object of type {type(given).__name__}"
    raise BudgetkitError(f"{told} is no disclosure: pass {_opens(given)}")


def _opens(given: object) -> str:
    """What gives the disclosure that was meant: by its name or path, by what holds it."""
    if isinstance(getattr(given, "disclosure", None), Disclosure):
        return "its .disclosure"
    if not isinstance(given, str) or not given or len(given) > _LONG or not given.isprintable():
        return ANY
    bundled = package.names()
    if given not in bundled and (Path(given).suffix or Path(given).exists()):
        return f"bk.read({given!r})"
    return " or ".join(f"bk.load({name!r})" for name in near(given, bundled)) or ANY
