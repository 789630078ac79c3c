"""Bytes in, lines and grids out: one module a format."""

import hashlib
from importlib import import_module
from pathlib import Path

from budgetkit.errors import ReadError
from budgetkit.notes import Notes
from budgetkit.reading.model import Grid, Line, Source

__all__ = ["FORMATS", "Grid", "Line", "Source", "open_source"]

FORMATS = {".txt": "text", ".md": "text", ".pdf": "pdf"}


def open_source(path: str | Path) -> Source:
    """Read a file into blocks, by the reader that its ending names."""
    path = Path(path)
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
    blocks, pages = reader.read(path, data, notes)
    return Source(
        path=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        format=path.suffix.lower().removeprefix("."),
        pages=pages,
        blocks=blocks,
        notes=tuple(notes.records),
    )
