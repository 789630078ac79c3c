"""Classification codes of Chinese government budgets, with names in Chinese and English.

Functional codes (支出功能分类) say what money is for: three digits are a class
(类), five a section (款), seven an item (项). Economic codes (支出经济分类) say
what it is spent on; those beginning with 3 are the departments' own, those with
5 the government's. Codes that are not listed still load: they have no name here.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from numbers import Integral
from typing import Literal

import pandas as pd

from budgetkit import language as languages
from budgetkit.errors import BudgetkitError

Kind = Literal["functional", "economic"]
KINDS = ("functional", "economic")

Level = Literal["class", "section", "item"]

_LEVELS: dict[int, Level] = {3: "class", 5: "section", 7: "item"}


def name(code: str | int, kind: Kind | None = None, language: str | None = None) -> str | None:
    """Return the name of a code.

    Parameters
    ----------
    code : str or int
        Digits, such as ``"2050305"`` or ``"30101"``.
    kind : {"functional", "economic"}, optional
        The classification; by default the one that the first digit tells: 2 is
        functional, 3 and 5 are economic.
    language : {"zh", "en"}, optional
        By default the language in use.

    Returns
    -------
    str or None
        The name; ``None`` for a code that is not listed.

    Examples
    --------
    >>> name("2050305"), name("205", language="en"), name("2999999")
    ('高等职业教育', 'Education', None)
    """
    if language is not None:
        languages.check(language)
    entry = _names(kind or kind_of(code)).get(digits(code))
    return entry and entry[languages.LANGUAGES.index(language or languages.current())]


def kind_of(code: str | int) -> Kind:
    """Return the classification that a code belongs to, by its first digit.

    Parameters
    ----------
    code : str or int
        Digits.

    Returns
    -------
    {"functional", "economic"}
        Functional for codes that begin with 2, economic for all others.

    Examples
    --------
    >>> kind_of("2050305"), kind_of("30101")
    ('functional', 'economic')
    """
    return "functional" if digits(code).startswith("2") else "economic"


def level(code: str | int) -> Level | None:
    """Return the level of a code.

    Parameters
    ----------
    code : str or int
        Digits.

    Returns
    -------
    {"class", "section", "item"} or None
        类, 款 or 项, by the number of digits.

    Examples
    --------
    >>> level("205"), level("20503"), level("2050305"), level("20")
    ('class', 'section', 'item', None)
    """
    return _LEVELS.get(len(digits(code)))


def parent(code: str | int) -> str | None:
    """Return the code one level up.

    Parameters
    ----------
    code : str or int
        Digits.

    Returns
    -------
    str or None
        The section of an item, the class of a section; ``None`` for a class.

    Examples
    --------
    >>> parent("2050305"), parent("20503"), parent("205")
    ('20503', '205', None)
    """
    code = digits(code)
    return code[:-2] if len(code) > 3 else None


def digits(code: str | int) -> str:
    """Return a code as text: no code begins with 0, so a whole number is one, too.

    Parameters
    ----------
    code : str or int
        Digits.

    Returns
    -------
    str
        The digits.

    Raises
    ------
    BudgetkitError
        If it is neither.

    Examples
    --------
    >>> digits("205"), digits(205)
    ('205', '205')
    """
    if not isinstance(code, (str, Integral)):
        raise BudgetkitError(languages.said("codes.digits", code=code))
    return str(code)


def table(kind: Kind) -> pd.DataFrame:
    """Return a whole classification.

    Parameters
    ----------
    kind : {"functional", "economic"}
        Which one.

    Returns
    -------
    DataFrame
        One row a code: ``code``, ``level`` (class, section, item), ``parent``
        (code), ``zh`` and ``en`` (names).

    Examples
    --------
    >>> table("economic").set_index("code").loc["30101", ["zh", "en"]].tolist()
    ['基本工资', 'Basic salary']
    """
    rows = [
        {"code": code, "level": level(code), "parent": parent(code), "zh": zh, "en": en}
        for code, (zh, en) in _names(kind).items()
    ]
    return pd.DataFrame(rows, dtype="str")


@cache
def _names(kind: Kind) -> dict[str, tuple[str, str]]:
    """Chinese and English name of every code of a classification."""
    if kind not in KINDS:
        known = languages.several(KINDS)
        raise BudgetkitError(languages.said("any.kind", kind=kind, known=known))
    path = files("budgetkit").joinpath(f"vocabulary/{kind}.csv")
    with path.open(encoding="utf-8") as file:
        data = pd.read_csv(file, dtype="str")
    return {code: (zh, en) for code, zh, en in data.itertuples(index=False)}
