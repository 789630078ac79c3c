"""A disclosure: everything one department published in one document, as frames."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from html import escape
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from budgetkit import language, package, schema
from budgetkit.errors import ReadError, UnknownDatasetError, UnknownTableError, meant
from budgetkit.meta import Meta, Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.audit.report import Audit
    from budgetkit.reading.model import Source
    from budgetkit.typeset.excerpt import Excerpt


class _Frame:
    """A frame of a disclosure; what is handed out is a cheap copy-on-write copy."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name
        self.__doc__ = f"Frame ``{name}``: see `budgetkit.schema.FRAMES`."

    def __get__(self, disclosure: Disclosure | None, owner: type | None = None) -> pd.DataFrame:
        if disclosure is None:
            raise AttributeError(self._name)
        return disclosure.frames[self._name].copy(deep=False)


class Reading(NamedTuple):
    """What was read: the files, and the lines and grids found in them."""

    files: tuple[Path, ...]
    source: Source


@dataclass(frozen=True, eq=False, repr=False)
class Disclosure:
    """One published document as tidy frames; immutable.

    Made by `budgetkit.load` (bundled data) or `budgetkit.read` (your own file).
    Every frame was checked against `budgetkit.schema.FRAMES`.

    Attributes
    ----------
    meta : Meta
        What the document says of itself.
    figures : DataFrame
        Every published amount, one a row, in 万元.
    units, projects, project_parts, project_headcounts, project_standards : DataFrame
        Budget units and projects, from the text.
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
        notes = self.frames["notes"]
        messages = [
            language.label(f"note.{note.key}", text=_text(note.text), detail=_told(note.detail))
            for note in notes.itertuples()
        ]
        return notes.assign(message=pd.Series(messages, index=notes.index, dtype="str"))

    def table(self, name: str) -> pd.DataFrame:
        """Return the rows of one table, tidy.

        Parameters
        ----------
        name : str
            A table's name, such as ``"income"``; `meta` ``.tables`` lists them.

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
        self._known(name)
        figures = self.frames["figures"]
        rows = figures[figures["table"] == name].reset_index(drop=True)
        empty = [c for c in rows if rows[c].isna().all() and c not in {"name", "amount"}]
        return rows.drop(columns=[] if rows.empty else empty)

    def wide(self, name: str) -> pd.DataFrame:
        """Return one table as printed: one row a line, one column a measure.

        Parameters
        ----------
        name : str
            A table's name, such as ``"income"``.

        Returns
        -------
        DataFrame
            The labels of each row that prints an amount, then the measures in
            printed order, in 万元; blank cells are missing.

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
        table = self._known(name)
        rows = self.table(name)
        labels = [c for c in rows if c not in {"measure", "amount", "table"}]
        if rows.empty:
            return rows[labels].reindex(columns=[*labels, *table.measures])
        keys = [c for c in ("side", "row") if c in rows]
        amounts = rows.pivot_table("amount", keys, "measure", aggfunc="first", observed=True)
        first = rows.groupby(keys, observed=True)[labels].first()
        wide = first.drop(columns=keys).join(amounts)
        wide = wide.sort_index().reset_index().reindex(columns=[*labels, *table.measures])
        return wide

    def excerpt(self, name: str, rows: int | slice = 5) -> Excerpt:
        """Return rows of one table as the document prints them: a figure for a notebook.

        Parameters
        ----------
        name : str
            A table's name, such as ``"income"``.
        rows : int or slice, default 5
            So many rows from the top, or which.

        Returns
        -------
        Excerpt
            Title, merged headings, column numbers and amounts in the table's own unit, set
            anew from the figures, with the source below.

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

        self._known(name)
        return excerpt(self, name, rows)

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
        MissingDataError
            If the disclosure was not read from a PDF, or has no such page.
        """
        from budgetkit.showing import show

        return show(self, page, ax)

    def typeset(self, path: str | Path, style: str = "single") -> Path:
        """Write the tables as a published disclosure prints them.

        Parameters
        ----------
        path : str or Path
            Where to: ``.pdf``, ``.xlsx``, ``.docx``, ``.html`` or ``.txt``.
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
            If the ending or the style is none of these.

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
            directory of that name). Folders that aren't there are made.

        Returns
        -------
        Path
            What was written.

        Raises
        ------
        ReadError
            If the ending is none of these.

        Examples
        --------
        >>> import budgetkit as bk, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     bk.load("xinjiang-miit-2024").save(f"{folder}/miit.parquet").name
        'miit.parquet'
        """
        path = Path(path).expanduser()
        kind = path.suffix.lower()
        if kind in {".xlsx", ".parquet"}:
            path.parent.mkdir(parents=True, exist_ok=True)
        if kind == ".xlsx":
            return package.write_excel(self, path)
        if kind == ".parquet":
            self.figures.to_parquet(path)
            return path
        if kind == ".json":
            return package.write(self, path.parent, path.name)
        if kind in {"", ".csv"}:
            return package.write(self, path)
        raise ReadError(
            f"{path}: cannot save as {path.suffix}; use .xlsx, .parquet, .json or a directory"
        )

    def _known(self, name: str) -> Table:
        """The description of a table, or an error that lists the tables there are."""
        for table in self.meta.tables:
            if table.table == name:
                return table
        names = [table.table for table in self.meta.tables]
        near = meant(name, names)
        listed = ", ".join(f"{table.table} ({table.title})" for table in self.meta.tables)
        raise UnknownTableError(f"{self.meta.source}: no table {name!r}; {near}it has: {listed}")

    def _total(self) -> float | None:
        """The grand total that the balance prints, in 万元."""
        figures = self.frames["figures"]
        totals = figures[(figures["table"] == "balance") & (figures["level"] == "total")]
        totals = totals[totals["measure"].isin(["total", "amount"])]
        return None if totals.empty else float(totals["amount"].iloc[-1])

    def _summary(self) -> list[tuple[str, str]]:
        """Label and value of each line of the printed summary."""
        figures, notes = self.frames["figures"], self.frames["notes"]
        total = self._total()
        counts = [
            (f"frame.{name}", len(self.frames[name]))
            for name in schema.FRAMES
            if name not in {"figures", "notes"} and len(self.frames[name])
        ]
        by_kind = notes["kind"].value_counts()
        return [
            (language.label("meta.department"), self.meta.department or "—"),
            (language.label("meta.year"), str(self.meta.year or "—")),
            (language.label("meta.kind"), language.label(f"kind.{self.meta.kind}")),
            (
                language.label("meta.total"),
                "—" if total is None else f"{total:,.2f} 万元",
            ),
            (language.label("meta.tables"), str(len(self.meta.tables))),
            (language.label("frame.figures"), f"{len(figures):,}"),
            *((language.label(key), f"{count:,}") for key, count in counts),
            (
                language.label("frame.notes"),
                " · ".join(
                    f"{language.label(f'note_kind.{k}')} {n}" for k, n in by_kind.items() if n
                )
                or "0",
            ),
            (language.label("audit.name"), self.audit().headline),
        ]

    def __repr__(self) -> str:
        lines = [
            self.meta.title,
            *(f"  {label}: {value}" for label, value in self._summary()),
        ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(label)}</th>"
            f"<td style='text-align:left'>{escape(value)}</td></tr>"
            for label, value in self._summary()
        )
        return f"<h4>{escape(self.meta.title)}</h4><table>{rows}</table>"


def load(name: str) -> Disclosure:
    """Open a bundled disclosure.

    Parameters
    ----------
    name : str
        A name that `datasets` lists, such as ``"xinjiang-miit-2024"``.

    Returns
    -------
    Disclosure
        As `read` gave it when it was bundled; reasons and purposes are in our own
        short words.

    Raises
    ------
    UnknownDatasetError
        If no bundled disclosure has this name.

    Examples
    --------
    >>> import budgetkit as bk
    >>> bk.load("xinjiang-miit-2024").meta.department
    '新疆维吾尔自治区工业和信息化厅'
    """
    if name not in package.names():
        near = meant(name, package.names())
        raise UnknownDatasetError(
            f"no bundled disclosure {name!r}; {near}there are: {', '.join(package.names())}. "
            "For a file of your own use budgetkit.read(path)."
        )
    meta, frames = package.load(package.home() / name)
    tables = tuple(Table(**{**t, "measures": tuple(t["measures"])}) for t in meta.pop("tables"))
    return Disclosure(Meta(**meta, tables=tables), frames)


def read(path: str | Path, *more: str | Path, time_limit: float | None = None) -> Disclosure:
    r"""Read a published disclosure.

    Parameters
    ----------
    path : str or Path
        The file: a PDF with a text layer (the first one starts a Java machine, 1 s; a
        bar over the pages of a long one is gone when it is read),
        an .xlsx or .xls workbook, a .docx document, a web page, or text and Markdown whose
        tables are tab-separated or piped rows.
    *more : str or Path
        The other files of the same disclosure, where text and tables were published
        apart. Their pages are counted on: page 1 of the second file comes after the
        last of the first.
    time_limit : float, optional
        Seconds that one file may take; without it, as long as it needs.

    Returns
    -------
    Disclosure
        Every amount of its tables in ``figures``; ``notes`` says what was mended,
        doubted or could not be placed, and which sums of its tables do not hold.

    Raises
    ------
    ReadError
        If a file is missing, empty, of another make than its ending says, over the
        time limit, or if none holds anything of a disclosure.

    Examples
    --------
    >>> import budgetkit as bk, pathlib, tempfile
    >>> page = "收入预算总表\n单位：万元\n项目\t金额\n合计\t1,234.50\n财政拨款\t1,234.50\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = pathlib.Path(folder, "page.txt")
    ...     _ = file.write_text(page, encoding="utf-8")
    ...     bk.read(file).figures["amount"].tolist()
    [1234.5, 1234.5]
    """
    from budgetkit import prose
    from budgetkit.assembling.assemble import assemble
    from budgetkit.assembling.meta import apart, describe
    from budgetkit.audit.report import Audit
    from budgetkit.notes import Notes
    from budgetkit.reading import bound, open_source

    for file in (path, *more):
        if not isinstance(file, (str, PathLike)):
            raise ReadError(
                f"{file!r} is no path; name the files one by one: budgetkit.read('a.pdf', 'b.pdf')"
            )
    files = [Path(file).expanduser() for file in (path, *more)]
    bundled = next((f"{f}" for f in files if f"{f}" in package.names() and not f.exists()), None)
    if bundled:
        raise ReadError(f"{bundled}: is no file but bundled: budgetkit.load({bundled!r})")
    sources = [open_source(file, time_limit) for file in files]
    source = bound(sources)
    notes = Notes()
    for name, told in apart([describe(own.blocks) for own in sources]):
        notes.doubted(f"{name}s_differ", None, " / ".join(told))
    frames: dict[str, Any] = prose.read(source.blocks)
    found = assemble(
        source.blocks,
        [unit["unit"] for unit in frames.get("units", [])],
        [project["project"] for project in frames.get("projects", [])],
        notes,
    )
    frames |= {"figures": found.figures, "targets": found.targets}
    if not found.figures and (known := _known_tables(found.tables, notes.records)):
        notes.doubted("no_amounts", known[0]["page"])
    frames["notes"] = [*source.notes, *notes.records, *frames.get("notes", [])]
    _refuse_others(source, frames)
    meta = Meta(
        **describe(source.blocks),
        source=source.path,
        sha256=source.sha256,
        pages=source.pages,
        tables=tuple(Table(**table) for table in found.tables),
    )
    disclosure = Disclosure(meta, frames, Reading(tuple(files), source))
    doubts = Audit.of(disclosure, text=False).notes()
    return replace(disclosure, frames=frames | {"notes": [*frames["notes"], *doubts]})


def _known_tables(tables: list[dict], notes: list[dict]) -> list[dict]:
    """The tables that the vocabulary knows."""
    unknown = {note["table"] for note in notes if note["key"] == "unknown_table"}
    return [table for table in tables if table["table"] not in unknown]


def _refuse_others(source: Source, frames: dict[str, Any]) -> None:
    """Raise an error where nothing of a disclosure was found, not even an empty form."""
    noted = [note["key"] for note in frames["notes"]]
    unplaced = any(note["kind"] == "unplaced" for note in frames["notes"])
    found = any(frames[name] for name in frames if name != "notes")
    if found or unplaced or "no_amounts" in noted:
        return
    scanned = noted.count("picture_without_text")
    ways = (
        f"{scanned} of its {source.pages} page(s) are pictures, which only a text recognition "
        "(OCR) can read."
        if scanned
        else "Tables of a text file are rows of tab-separated cells under a title line."
    )
    raise ReadError(
        f"{source.path}: no table and no budget statement found; is it a budget disclosure? {ways}"
    )


def datasets() -> pd.DataFrame:
    """List the bundled disclosures.

    Returns
    -------
    DataFrame
        One row a disclosure: ``name`` (for `load`), ``title``, ``department``,
        ``place``, ``year``, ``kind``, ``tables`` (how many).

    Examples
    --------
    >>> import budgetkit as bk
    >>> bool((bk.datasets()["name"] == "xinjiang-miit-2024").any())
    True
    """
    rows = []
    for name in package.names():
        meta = package.describe(package.home() / name)
        kept = {key: meta[key] for key in ("title", "department", "place", "year", "kind")}
        rows.append({"name": name, **kept, "tables": len(meta["tables"])})
    return pd.DataFrame(rows)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _told(detail: object) -> str:
    """The detail of a note, the measures in it by their labels."""
    return re.sub(
        r"[a-z][a-z_]{3,}", lambda found: language.label(f"measure.{found[0]}"), _text(detail)
    )
