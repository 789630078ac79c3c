"""Bytes in, lines and grids out: one module a format."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from time import monotonic

from budgetkit.errors import ReadError
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


def open_source(path: str | Path, time_limit: float | None = None) -> Source:
    """Read a file into blocks, by the reader that its ending names, in so many seconds."""
    deadline = None if time_limit is None else monotonic() + time_limit
    path = Path(path).expanduser()
    if path.is_dir():
        raise ReadError(f"{path}: is a directory; name the file itself")
    if not path.exists():
        raise ReadError(f"{path}: no such file (looked in {path.absolute().parent})")
    name = FORMATS.get(path.suffix.lower())
    if name is None:
        raise ReadError(
            f"{path}: budgetkit does not read {path.suffix or 'files without an ending'}; "
            f"it reads {', '.join(FORMATS)}"
        )
    data = path.read_bytes()
    if not data.strip():
        raise ReadError(f"{path}: the file is empty")
    reader = import_module(f"budgetkit.reading.{name}")
    notes = Notes()
    limits = {"deadline": deadline} if name == "pdf" else {}  # the others are quick
    blocks, pages = reader.read(path, data, notes, **limits)
    return Source(
        path=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        format=path.suffix.lower().removeprefix("."),
        pages=pages,
        blocks=blocks,
        notes=tuple(notes.records),
    )


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
