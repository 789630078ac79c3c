"""Disclosures opened: the bundled ones by their names, files of your own by their paths."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import package, schema
from budgetkit.disclosure import Disclosure
from budgetkit.errors import BudgetkitWarning, ReadError, UnknownDatasetError
from budgetkit.language import said, several
from budgetkit.meta import Meta, Reading, Table
from budgetkit.near import meant
from budgetkit.notes import Notes, grave, ordered

if TYPE_CHECKING:
    from budgetkit.reading.model import Source


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
        near, names = meant(name, package.names()), several(package.names())
        raise UnknownDatasetError(said("loading.dataset", name=name, near=near, names=names))
    return Disclosure(*package.load(package.home() / name))


def read(
    path: str | Path | Sequence[str | Path], *more: str | Path, time_limit: float | None = None
) -> Disclosure:
    r"""Read a published disclosure.

    Parameters
    ----------
    path : str or Path, or a list of them
        The file, or all files of one disclosure: a PDF with a text layer (the first one
        starts a Java machine, 1 s; a bar over the pages of a long one is gone when it is
        read), an .xlsx or .xls workbook, a .docx document, a web page, or text and Markdown whose
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

    Warns
    -----
    BudgetkitWarning
        If the files name different departments or years, if nothing says that they are a
        disclosure, or if there are no tables or no amounts: the first of ``notes`` tell it.

    Raises
    ------
    ReadError
        If a file is missing, a web address, empty, given twice, of another make than its
        ending says, over the time limit, or if none holds anything of a disclosure.

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
    from budgetkit.reading import bound, open_source

    files = _files(path, *more)
    sources = [open_source(file, time_limit) for file in files]
    _refuse_copies(sources)
    source = bound(sources)
    described, notes = describe(source.blocks), Notes()
    for name, told in apart((own.path, describe(own.blocks)) for own in sources):
        notes.doubted(f"{name}s_differ", None, " / ".join(told))
    frames: dict[str, Any] = prose.read(source.blocks, described["year"])
    found = assemble(
        source.blocks,
        [unit["unit"] for unit in frames.get("units", [])],
        [project["project"] for project in frames.get("projects", [])],
        described["department"],
        described["year"],
        notes,
    )
    frames |= {"figures": found.figures, "targets": found.targets}
    _doubt(source, described, found.tables, frames, notes)
    frames["notes"] = [*source.notes, *notes.records, *frames.get("notes", [])]
    _refuse_others(source, frames)
    meta = Meta(
        **described | {"title": described["title"] or source.path},
        source=source.path,
        sha256=source.sha256,
        pages=source.pages,
        tables=tuple(Table(**table) for table in found.tables),
    )
    disclosure = Disclosure(meta, frames, Reading(files, source))
    doubts = Audit.of(disclosure, text=False).notes()
    records = ordered([*frames["notes"], *doubts], found.tables)
    disclosure.frames["notes"] = schema.frame("notes", records)  # the others have been checked
    for message in grave(disclosure.frames["notes"]):
        warnings.warn(message, BudgetkitWarning, stacklevel=2)
    return disclosure


def _files(*given: str | Path | Sequence[str | Path]) -> tuple[Path, ...]:
    """The paths of the files, if each may be one."""
    paths: list[str | Path] = []
    for one in given:
        paths += one if isinstance(one, (list, tuple)) else [one]  # type: ignore[list-item]
    if not paths:
        raise ReadError(said("loading.no_paths"))
    for path in paths:
        if not isinstance(path, (str, PathLike)) or not str(path):
            raise ReadError(said("loading.no_path", path=path))
        if _ADDRESS.match(str(path)):
            address = _ADDRESS.sub(r"\1://", str(path))  # a Path has lost a slash
            raise ReadError(said("loading.address", address=address))
        if str(path) in package.names() and not Path(path).exists():
            raise ReadError(said("loading.bundled", path=path, name=str(path)))
    return tuple(Path(path).expanduser() for path in paths)


def _refuse_copies(sources: Sequence[Source]) -> None:
    """Raise an error where two files are one: every amount would be there twice."""
    first: dict[str, str] = {}
    for source in sources:
        if source.sha256 in first:
            told = {"path": source.path, "first": first[source.sha256]}
            raise ReadError(said("loading.copies", **told))
        first[source.sha256] = source.path


def _doubt(
    source: Source, described: dict, tables: list[dict], frames: dict[str, Any], notes: Notes
) -> None:
    """Note what puts the whole reading in question: a blank form, no disclosure, half of one."""
    from budgetkit.assembling.meta import named

    unknown = {note["table"] for note in notes.records if note["key"] == "unknown_table"}
    known = [table for table in tables if table["table"] not in unknown]
    if known and not frames["figures"]:
        notes.doubted("no_amounts", known[0]["page"], source.path)
    text = any(frames[name] for name in frames if name not in {"figures", "notes"})
    if not (known or text or named(described)):
        notes.doubted("no_disclosure", None, source.path)
    lost = _TABLES_LOST & {note["key"] for note in (*source.notes, *notes.records)}
    if (frames["facts"] or frames["variances"]) and not (tables or frames["targets"] or lost):
        notes.doubted("no_tables", None, source.path)


def _refuse_others(source: Source, frames: dict[str, Any]) -> None:
    """Raise an error where nothing of a disclosure was found, not even an empty form."""
    noted = [note["key"] for note in frames["notes"]]
    unplaced = any(note["kind"] == "unplaced" for note in frames["notes"])
    found = any(frames[name] for name in frames if name != "notes")
    if found or unplaced or "no_amounts" in noted:
        return
    scanned = noted.count("picture_without_text")
    key = "loading.pictures" if scanned else "loading.rows"
    way = said(key, count=scanned, pages=source.pages)
    raise ReadError(said("loading.nothing", path=source.path, way=way))


#: What a web address begins with.
_ADDRESS = re.compile(r"(https?|ftp):/{1,2}(?=[^/])", re.IGNORECASE)

#: Notes of what a file may have held tables in.
_TABLES_LOST = {
    "picture_without_text",
    "page_damaged",
    "row_without_table",
    "unreadable_text",
}

#: Frames whose rows the list of bundled disclosures counts.
_COUNTED = ("units", "projects", "variances")


def datasets() -> pd.DataFrame:
    """List the bundled disclosures.

    Returns
    -------
    DataFrame
        One row a disclosure: ``name`` (for `load`), ``title``, ``department``,
        ``place``, ``year``, ``kind``; ``pages``; and how many ``tables``, ``units``,
        ``projects`` and ``variances`` (stated changes) `load` gives: per-student subsidies
        need projects, comparisons units, the lesson on changes variances.

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
        counts = {frame: package.count(package.home() / name, frame) for frame in _COUNTED}
        tables = len(meta["tables"])
        rows.append({"name": name, **kept, "pages": meta["pages"], "tables": tables, **counts})
    return pd.DataFrame(rows).astype({"pages": "Int64"})
