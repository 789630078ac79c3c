"""Bytes in, lines and grids out: one module a format."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from time import monotonic

from budgetkit.errors import ReadError
from budgetkit.language import cause, said, several
from budgetkit.near import meant
from budgetkit.notes import Notes
from budgetkit.reading.model import Grid, Line, Source

__all__ = ["FORMATS", "Grid", "Line", "Source", "bound", "open_source"]

FORMATS = {
    ".pdf": "pdf",
    ".txt": "text",
    ".md": "text",
    ".xlsx": "xlsx",
    ".xls": "xlsx",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
}


#: What to do with a file that is not read, by its ending.
_WAYS = {
    "reading.way.document": {".doc", ".wps", ".rtf", ".odt"},
    "reading.way.sheet": {".et", ".ods", ".csv", ".xlsb"},
    "reading.way.print": {".ofd", ".ceb"},
    "reading.way.picture": {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"},
    "reading.way.archive": {".zip", ".rar", ".7z"},
}


def open_source(path: str | Path, time_limit: float | None = None) -> Source:
    """Read a file into blocks, by the reader that its ending names, in so many seconds."""
    deadline = None if time_limit is None else monotonic() + time_limit
    path = Path(path).expanduser()
    try:
        data = _bytes(path)
    except OSError as fault:
        raise ReadError(said("reading.unreadable", path=path, cause=cause(fault))) from None
    reader = import_module(f"budgetkit.reading.{FORMATS[path.suffix.lower()]}")
    notes = Notes()
    limits = {"deadline": deadline} if path.suffix.lower() == ".pdf" else {}  # the others are quick
    blocks, pages = reader.read(path, data, notes, **limits)
    return Source(
        path=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        format=path.suffix.lower().removeprefix("."),
        pages=pages,
        blocks=blocks,
        notes=tuple(notes.records),
    )


def _bytes(path: Path) -> bytes:
    """What is in a file, if there is one of a make that is read."""
    if path.is_dir():
        raise ReadError(said("reading.folder", path=path))
    if not path.exists():
        raise ReadError(said("reading.no_file", path=path, looked=_looked(path)))
    ending = path.suffix.lower()
    if ending not in FORMATS:
        key = next((key for key, endings in _WAYS.items() if ending in endings), None)
        way = said(key or "reading.way.others", known=several(FORMATS))
        told = "reading.ending" if ending else "reading.no_ending"
        raise ReadError(said(told, path=path, ending=ending, way=way))
    data = path.read_bytes()
    if not data.strip():
        raise ReadError(said("reading.empty", path=path))
    return data


def _looked(path: Path) -> str:
    """Where a file was looked for that isn't there, and which one there may have been meant."""
    folder = path.absolute().parent
    if not folder.is_dir():
        return said("reading.no_folder", folder=folder)
    there = [own.name for own in folder.iterdir() if own.suffix.lower() in FORMATS]
    near = meant(path.name, sorted(there)).strip()
    return said("reading.looked_near" if near else "reading.looked", folder=folder, near=near)


def bound(sources: Sequence[Source]) -> Source:
    """Several files of one disclosure as one, their pages counted on from file to file."""
    if len(sources) == 1:
        return sources[0]
    blocks: list[Line | Grid] = []
    notes: list[dict] = []
    before = 0
    for source in sources:
        blocks += [_moved(block, before) for block in source.blocks]
        notes += [{**note, "page": note["page"] and note["page"] + before} for note in source.notes]
        before += source.pages or max((_last(block) for block in source.blocks), default=0)
    pages = [source.pages for source in sources if source.pages]
    return Source(
        path=" + ".join(source.path for source in sources),
        sha256=" + ".join(source.sha256 for source in sources),
        format=sources[0].format,
        pages=sum(pages) if pages else None,
        blocks=tuple(blocks),
        notes=tuple(notes),
    )


def _moved(block: Line | Grid, pages: int) -> Line | Grid:
    if isinstance(block, Line):
        return block._replace(place=block.place + pages)
    return replace(block, places=tuple(place + pages for place in block.places))


def _last(block: Line | Grid) -> int:
    return block.place if isinstance(block, Line) else max(block.places, default=0)
