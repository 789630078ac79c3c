"""What is known of a document and of each of its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from budgetkit.errors import UnknownTableError
from budgetkit.language import said, several
from budgetkit.near import meant
from budgetkit.printed import key
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from budgetkit.reading.model import Source


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of one table as printed.

    Attributes
    ----------
    table : str
        Name in ``figures.table``.
    title : str
        Title as printed.
    unit : str
        Unit of money as printed; ``figures.amount`` is in 万元 whatever it says.
    decimals : int
        Most decimals that an amount of the table is printed with.
    page : int
        Page, or line of a text file, where the table begins.
    rows : int
        Rows as printed, those without any amount included.
    measures : tuple of str
        The columns of amounts in printed order, blank ones included.
    """

    table: str
    title: str
    unit: str | None
    decimals: int
    page: int | None
    rows: int
    measures: tuple[str, ...]

    def wide(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The figures of the table as it prints them: see `Disclosure.wide`."""
        labels = [str(c) for c in rows if c not in {"measure", "amount", "table"}]
        twice = {c: f"{c}_name" for c in labels if c in self.measures}
        labels = [twice.get(c, c) for c in labels if c not in twice or rows[c].notna().any()]
        rows = rows.rename(columns=twice)
        columns = [*labels, *self.measures]
        if rows.empty:
            return rows.reindex(columns=columns)
        keys = [c for c in ("side", "row") if c in rows]
        amounts = rows.pivot_table("amount", keys, "measure", aggfunc="first", observed=True)
        first = rows.groupby(keys, observed=True)[labels].first().drop(columns=keys)
        return first.join(amounts).sort_index().reset_index().reindex(columns=columns)


@dataclass(frozen=True, slots=True)
class Meta:
    """What a document says of itself.

    Attributes
    ----------
    title, department, place : str or None
        As printed; the document is the authority, not the file's name.
    year : int or None
        The budget year.
    kind : {"budget", "final"}
        预算 or 决算; `scope` says whose.
    currency_unit : str
        Unit of every amount in the frames: 万元.
    source : str
        Name of the file that was read.
    sha256 : str
        Of that file's bytes.
    pages : int or None
        Number of pages; missing for text.
    tables : tuple of Table
        The tables in order.
    """

    title: str
    department: str | None
    year: int | None
    kind: str
    place: str | None
    source: str
    sha256: str
    pages: int | None = None
    currency_unit: str = "万元"
    tables: tuple[Table, ...] = ()

    @property
    def scope(self) -> Literal["department", "unit"]:
        """Whose budget or final accounts these are, as the title says.

        Returns
        -------
        {"department", "unit"}
            A department's (部门预算, 部门决算) consolidate those of all units under it. A
            unit's (单位预算, 单位决算, or a department's own office alone: 本级) are of that
            unit alone, and so compare with no department's.

        Examples
        --------
        >>> import budgetkit as bk
        >>> meta = bk.load("shanghai-affiliated-school-2026").meta
        >>> meta.title, meta.scope
        ('上海市2026年市级单位预算', 'unit')
        """
        return scope(self.title)

    def known(self, name: str) -> Table:
        """The description of a table by its name or printed title, or an error that lists them."""
        tables = {table.table: table for table in reversed(self.tables)}
        titles = {key(table.title): table for table in reversed(self.tables)}
        title = key(str(name))
        if name in tables or title in titles:
            return tables.get(name) or titles[title]
        near = meant(name, tables) or meant(title, titles)
        for title, table in titles.items():
            near = near.replace(repr(title), repr(table.table))
        listed = several(f"{table.table} ({table.title})" for table in self.tables)
        raise UnknownTableError(
            said("meta.table", source=self.source, name=name, near=near, tables=listed)
        )


def scope(title: str) -> Literal["department", "unit"]:
    """Whose budget a title names: see `Meta.scope`.

    >>> scope("某市某局（本级）部门预算"), scope("某市市本级部门预算")
    ('unit', 'department')
    """
    return "unit" if re.search(words("tables")["lines"]["unit_title"], key(title)) else "department"


class Reading(NamedTuple):
    """What was read: the files, and the lines and grids found in them."""

    files: tuple[Path, ...]
    source: Source


def short_name(department: str | None) -> str | None:
    """The name of a department without what its documents write one way or the other.

    >>> short_name("中国共产党江苏省委员会办公厅") == short_name("中共江苏省委办公厅")
    True
    """
    if department is None:
        return None
    name = key(department)
    for whole, short in words("tables")["short"].items():
        name = name.replace(whole, short)
    return name
