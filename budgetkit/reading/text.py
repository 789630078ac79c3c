"""Text and Markdown: tab-separated or piped rows are grids, everything else is prose."""

import re
from itertools import groupby
from pathlib import Path

from budgetkit.errors import ReadError
from budgetkit.language import said
from budgetkit.notes import Notes
from budgetkit.reading.model import Grid, Line

_HEADING = re.compile(r"^#{1,6}\s+")
_RULE = re.compile(r"\|?[\s:|-]+\|[\s:|-]*")


def read(path: Path, data: bytes, notes: Notes) -> tuple[tuple[Line | Grid, ...], None]:
    """Lines of prose and grids of a text file, in order, with their line numbers."""
    lines = [
        (number, text.rstrip("\r\n"))
        for number, text in enumerate(decode(path, data).split("\n"), start=1)
    ]
    found: list[Line | Grid] = []
    for kind, run in groupby(lines, key=lambda line: _kind(line[1])):
        if kind == "prose":
            texts = ((number, _HEADING.sub("", text.strip())) for number, text in run)
            found += [Line(text, number) for number, text in texts if text]
        else:
            rows = [(n, _cells(text, kind)) for n, text in run if not _is_rule(text, kind)]
            found.append(Grid(tuple(row for _, row in rows), tuple(n for n, _ in rows)))
    return tuple(found), None


def decode(path: Path, data: bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 (with BOM) or GB18030."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1a]", text):
            return text
    raise ReadError(said("reading.text", path=path))


def _kind(text: str) -> str:
    """Which kind of block a line belongs to."""
    if "\t" in text:
        return "tabs"
    if text.lstrip().startswith("|") and text.count("|") > 1:
        return "pipes"
    return "prose"


def _cells(text: str, kind: str) -> tuple[str, ...]:
    """The cells of one row."""
    if kind == "tabs":
        return tuple(cell.strip() for cell in text.split("\t"))
    return tuple(cell.strip() for cell in text.strip().strip("|").split("|"))


def _is_rule(text: str, kind: str) -> bool:
    """Whether a piped row is only the rule under a Markdown header."""
    return kind == "pipes" and bool(_RULE.fullmatch(text.strip()))
