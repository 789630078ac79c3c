"""Word documents: paragraphs are prose, tables are grids."""

import io
from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from budgetkit.errors import ReadError
from budgetkit.language import said
from budgetkit.notes import Notes
from budgetkit.reading import merged, office
from budgetkit.reading.model import Grid, Line

#: What was deleted or moved away, what an old Word shows instead of a shape, and tab stops.
_GONE = {qn("w:pPr"), qn("w:del"), qn("w:moveFrom"), "Fallback", qn("w:rt")}
_TEXT = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")


def read(path: Path, data: bytes, notes: Notes) -> tuple[tuple[Line | Grid, ...], int | None]:
    """Paragraphs and tables in order; places count paragraphs and rows from 1.

    A row that holds tables of its own is not a row of a table but a frame around them.
    """
    try:
        body = docx.Document(io.BytesIO(data)).element.body
    except Exception as fault:  # python-docx lets errors of zipfile and lxml pass through
        cause = said("reading.office.cause", fault=fault) if data.startswith(b"PK") else ""
        truth = office.instead(data, ".docx")
        raise ReadError(said("reading.office.docx", path=path, cause=cause, truth=truth)) from None
    blocks: list[Line | Grid] = []
    place = 1
    for part in _parts(body):
        if isinstance(part, list):
            if found := merged.grid(_cells(part), range(place, place + len(part) + 1)):
                blocks.append(found)
            place += len(part)
            continue
        lines = (text.strip() for text in _text(part).split("\n"))
        blocks += [Line(text, place) for text in lines if text]
        place += 1
    return tuple(blocks), None


def _inside(node: Any, *tags: str) -> Iterator[Any]:
    """The outermost elements of some kinds below a node, through all that Word wraps them in."""
    for child in node.iterchildren("*"):
        if child.tag in tags:
            yield child
        elif child.tag not in _GONE and child.tag.rpartition("}")[2] not in _GONE:
            yield from _inside(child, *tags)


def _parts(node: Any) -> Iterator[Any]:
    """Paragraphs, and runs of rows that belong together, in order."""
    for block in _inside(node, _PARAGRAPH, _TABLE):
        if block.tag == _PARAGRAPH:
            yield block
            yield from _parts(block)  # text boxes
            continue
        rows = [
            row for row in _inside(block, _ROW) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None
        ]
        for frame, run in groupby(rows, key=_holds_tables):
            if frame:
                yield from chain.from_iterable(map(_parts, run))
            else:
                yield list(run)


def _holds_tables(row: Any) -> bool:
    return next(_inside(row, _TABLE), None) is not None


def _text(paragraph: Any) -> str:
    """The text of a paragraph with what was inserted, without its text boxes."""
    found = ""
    for node in _inside(paragraph, qn("w:t"), _PARAGRAPH, _TABLE, *_TEXT):
        found += _TEXT.get(node.tag) or (node.text or "" if node.tag == qn("w:t") else "")
    return found


def _cells(rows: list[Any]) -> list[merged.Cell]:
    """The cells of a table at their places; those that go on from above are one with them."""
    cells: dict[tuple[int, int], merged.Cell] = {}
    above: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(rows):
        column = _number(row, "w:trPr", "w:gridBefore", 0)
        for cell in _inside(row, _CELL):
            width = _number(cell, "w:tcPr", "w:gridSpan", 1)
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            origin = above.get(column)
            goes_on = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            if goes_on and origin is not None:
                top, left, _, wide, text = cells[origin]
                cells[origin] = (top, left, number - top + 1, wide, text)
            else:
                text = "\n".join(map(_text, _parts(cell))).strip()
                cells[number, column] = (number, column, 1, width, text)
                above[column] = (number, column)
            column += width
    return list(cells.values())


def _number(node: Any, properties: str, name: str, default: int) -> int:
    """A count among the properties of a row or cell."""
    found = node.find(f"{qn(properties)}/{qn(name)}")
    return default if found is None else int(found.get(qn("w:val"), default))
