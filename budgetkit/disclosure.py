"""A disclosure: everything one department published in one document, as frames."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit import notes, package, schema, summary
from budgetkit.meta import Meta, Reading
from budgetkit.near import Helpful

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.audit.report import Audit
    from budgetkit.typeset.excerpt import Excerpt


class _Frame:
    """A frame of a disclosure; what is handed out is a cheap copy-on-write copy."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name
        self.__doc__ = f"Frame ``{name}``: see `budgetkit.schema.FRAMES`."

    def __get__(self, disclosure: Disclosure, owner: type | None = None) -> pd.DataFrame:
        return disclosure.frames[self._name].copy(deep=False)


@dataclass(frozen=True, eq=False, repr=False)
class Disclosure(Helpful):
    """One published document as tidy frames; immutable.

    Made by `budgetkit.load` (bundled data) or `budgetkit.read` (your own file).
    Every frame was checked against `budgetkit.schema.FRAMES`.

    Attributes
    ----------
    meta : Meta
        What the document says of itself.
    figures : DataFrame
        Every published amount, one a row, in 万元. Of two classifications in one row the first
        is the ``code``, the others stand in ``name``: ``"行政运行 / 30101-基本工资"``, as in
        Beijing's ``expenditure``; economic subjects alone are in ``general_basic``.
    units, projects, project_parts, project_headcounts, project_standards : DataFrame
        Budget units and projects, from the text. Whom its list leaves out (often the
        department's own office) ``units`` leaves out, too; ``figures["unit"]`` has the
        units of the tables.
    carryovers, variances, facts : DataFrame
        Items carried over, statements of change, other stated numbers.
    targets : DataFrame
        Performance indicators.
    notes : DataFrame
        What the reader mended, doubted or could not place; ``message`` is in the
        language in use.

    Examples
    --------
    >>> import budgetkit as bk
    >>> doc = bk.load("xinjiang-miit-2024")
    >>> doc.meta.year, len(doc.figures)
    (2024, 1251)
    >>> doc = bk.load("guangzhou-statistics-2026")
    >>> set(doc.figures["unit"].dropna()) - set(doc.units["unit"])
    {'广州市统计局'}
    """

    meta: Meta
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    reading: Reading | None = None

    def __post_init__(self) -> None:
        checked = {name: schema.frame(name, self.frames.get(name, [])) for name in schema.FRAMES}
        object.__setattr__(self, "frames", checked)

    figures = _Frame()
    units = _Frame()
    projects = _Frame()
    project_parts = _Frame()
    project_headcounts = _Frame()
    project_standards = _Frame()
    carryovers = _Frame()
    variances = _Frame()
    targets = _Frame()
    facts = _Frame()

    @property
    def notes(self) -> pd.DataFrame:
        """Frame ``notes`` with a column ``message`` in the language in use."""
        frame = self.frames["notes"]
        return frame.assign(message=notes.messages(frame))

    def table(self, name: str) -> pd.DataFrame:
        """Return the rows of one table, tidy.

        Parameters
        ----------
        name : str
            A table's name, such as ``"income"``, or its printed title; see `meta` ``.tables``.

        Returns
        -------
        DataFrame
            The rows of `figures` that belong to it; columns that are missing
            throughout are left out. Amounts in 万元.

        Raises
        ------
        UnknownTableError
            If the document has no such table.

        Examples
        --------
        >>> import budgetkit as bk
        >>> table = bk.load("xinjiang-miit-2024").table("three_public")
        >>> table[["name", "measure", "amount"]].head(2)
          name                measure  amount
        0   合计                  total  301.38
        1   合计  general_public_budget  301.38
        """
        known = self.meta.known(name).table
        rows = self.figures[self.figures["table"] == known].reset_index(drop=True)
        empty = [c for c in rows if rows[c].isna().all() and c not in {"name", "amount"}]
        return rows.drop(columns=[] if rows.empty else empty)

    def wide(self, name: str) -> pd.DataFrame:
        """Return one table as printed: one row a line, one column a measure.

        Parameters
        ----------
        name : str
            A table's name, such as ``"income"``, or its title as printed.

        Returns
        -------
        DataFrame
            The labels of each row that prints an amount, then the measures in
            printed order, in 万元; blank cells are missing. Where a measure is called
            ``project`` (项目支出), the label of that name is ``project_name``.

        Raises
        ------
        UnknownTableError
            If the document has no such table.

        Examples
        --------
        >>> import budgetkit as bk
        >>> wide = bk.load("xinjiang-miit-2024").wide("expenditure")
        >>> wide[["name", "total", "basic", "project"]].head(1)
          name     total     basic   project
        0   总计  86617.08  42700.66  43916.42
        """
        return self.meta.known(name).wide(self.table(name))

    def excerpt(self, name: str, rows: int | slice = 5) -> Excerpt:
        """Return rows of one table as the document prints them: a figure for a notebook.

        Parameters
        ----------
        name : str
            A table's name, such as ``"income"``, or its title as printed.
        rows : int or slice, default 5
            So many rows from the top, or which.

        Returns
        -------
        Excerpt
            Title, merged headings, column numbers and amounts in the table's own unit, set
            anew from the figures, with the source below. A table of more than 30 columns that
            has each of them for several years has a row for each year.

        Raises
        ------
        UnknownTableError
            If the document has no such table.
        BudgetkitError
            If `rows` is neither; `MissingDataError` if the table has no columns of amounts.

        Examples
        --------
        >>> import budgetkit as bk
        >>> bk.load("xinjiang-miit-2024").excerpt("three_public", 2)
        财政拨款“三公”经费支出情况表: 2 rows
        """
        from budgetkit.typeset.excerpt import excerpt

        return excerpt(self, self.meta.known(name).table, rows)

    def audit(self) -> Audit:
        """Check every identity that the document promises.

        Returns
        -------
        Audit
            Which identities hold, which fail, which cell is to blame, and what it
            should have read; see `budgetkit.audit`.

        Examples
        --------
        >>> import budgetkit as bk
        >>> bk.load("jiangsu-npc-2018").audit().counts["fails"]
        1
        """
        from budgetkit.audit import audit

        return audit(self)

    def show(self, page: int, ax: Axes | None = None) -> Axes:
        """Draw a page of the PDF with what the reader saw over it.

        Parameters
        ----------
        page : int
            The page, as in ``figures["page"]`` and ``notes["page"]``.
        ax : matplotlib Axes, optional
            Where to draw; by default a figure of its own.

        Returns
        -------
        matplotlib Axes
            The page's picture; cells in blue, merged ones shaded, the name of each
            column's measure below it, and in red what `notes` doubts or could not place.

        Raises
        ------
        BudgetkitError
            If the page is no whole number; `MissingDataError` if the disclosure was not
            read from a PDF, or has no such page.
        """
        from budgetkit.showing import show

        return show(self, page, ax)

    def typeset(self, path: str | Path, style: str = "single") -> Path:
        """Write the tables as a published disclosure prints them.

        Parameters
        ----------
        path : str or Path
            Where to: ``.pdf``, ``.xlsx``, ``.docx``, ``.html`` or ``.txt``. Makes the
            folder, but none above it.
        style : str, optional
            ``"single"``, ``"double"`` or ``"open"`` (rules: single, double, no upright
            ones), ``"codes3"``, ``"code1"`` or ``"code_in_name"`` (codes in three
            columns, in one, before the name), ``"split"`` (a row may go on
            on the next page), or ``"yuan"`` (amounts in 元).

        Returns
        -------
        Path
            What was written: every amount of `figures` in its table, row and column, in
            the unit of money as published (元 in ``"yuan"``). Its first page says that
            it was typeset from the figures, and from which disclosure.

        Raises
        ------
        TypesetError
            If the ending or the style is none of these, or the file can't be written.

        Examples
        --------
        >>> import budgetkit as bk, tempfile
        >>> doc = bk.load("xinjiang-miit-2024")
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     again = bk.read(doc.typeset(f"{folder}/miit.txt", style="yuan"))
        >>> again.figures["amount"].equals(doc.figures["amount"])
        True
        """
        from budgetkit.typeset import typeset

        return typeset(self, path, style)

    def save(self, path: str | Path) -> Path:
        """Write the disclosure to disk.

        Parameters
        ----------
        path : str or Path
            ``.xlsx`` (one sheet a frame), ``.parquet`` (`figures` alone), ``.json``
            (a Frictionless data package: ``datapackage.json`` and a CSV a frame, in
            that file's directory), or a directory (the same package; ``.csv`` makes a
            directory of that name). The folder is made, but none above it.

        Returns
        -------
        Path
            What was written.

        Raises
        ------
        ReadError
            If the ending is none of these, or the folder above isn't there.

        Examples
        --------
        >>> import budgetkit as bk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     bk.load("xinjiang-miit-2024").save(f"{folder}/miit.parquet").name
        'miit.parquet'
        """
        return package.save(self, Path(path).expanduser())

    def _ways(self) -> dict[str, str]:
        """Tables and what is known of the document, as one comes by them."""
        tables = {own.table: f"table({own.table!r})" for own in self.meta.tables}
        return {own.name: f"meta.{own.name}" for own in fields(Meta)} | tables

    def __repr__(self) -> str:
        return summary.text(self)

    def _repr_html_(self) -> str:
        return summary.html(self)
