"""Web pages: tables are grids, everything else is prose."""

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.etree
import lxml.html

from budgetkit.errors import ReadError
from budgetkit.notes import Notes
from budgetkit.reading import merged
from budgetkit.reading.model import Grid, Line

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BLOCKS = {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section", "title"}


def is_page(data: bytes) -> bool:
    """Whether bytes are a web page, whatever their file is called."""
    head = data.lstrip()[:1000].lower()
    return head.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<table" in head


def read(path: Path, data: bytes, notes: Notes) -> tuple[tuple[Line | Grid, ...], int | None]:
    """Lines and tables of a page in order; places count the lines and rows from 1."""
    stated = _CHARSET.search(data[:2000])
    encoding = stated[1].decode() if stated else "utf-8"
    encoding = "gb18030" if encoding.lower() in {"gb2312", "gbk"} else encoding
    try:
        text = data.decode(encoding, errors="strict")
    except (UnicodeDecodeError, LookupError):
        text = data.decode("gb18030", errors="replace")
    try:
        tree = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (lxml.etree.LxmlError, ValueError) as fault:
        raise ReadError(f"{path}: not a web page that can be read ({fault})") from None
    blocks: list[Line | Grid] = []
    place = 1
    for part in _parts(tree):
        if isinstance(part, str):
            blocks.append(Line(part, place))
            place += 1
        else:
            rows = list(part.iterfind(".//tr"))
            if found := merged.grid(_cells(part), range(place, place + len(rows) + 1)):
                blocks.append(found)
            place += len(rows)
    return tuple(blocks), None


def _parts(tree: lxml.html.HtmlElement) -> Iterator[str | lxml.html.HtmlElement]:
    """Lines of text and innermost tables, in order."""
    line = ""

    def walk(node: lxml.html.HtmlElement) -> Iterator[str | lxml.html.HtmlElement]:
        nonlocal line
        if not isinstance(node.tag, str) or node.tag in {"script", "style", "noscript"}:
            return
        if node.tag in _BLOCKS or node.tag == "table":
            yield from flush()
        if node.tag == "table" and node.find(".//table") is None:
            yield node
        else:
            line += node.text or ""
            for child in node:
                yield from walk(child)
                line += child.tail or ""
        if node.tag in _BLOCKS:
            yield from flush()

    def flush() -> Iterator[str]:
        nonlocal line
        told = " ".join(line.split())
        line = ""
        if told:
            yield told

    yield from walk(tree)
    yield from flush()


def _cells(table: lxml.html.HtmlElement) -> list[merged.Cell]:
    """The cells of a table at their places, spans counted."""
    cells: list[merged.Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.iterfind(".//tr")):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            height, width = _span(cell, "rowspan"), _span(cell, "colspan")
            text = " ".join(cell.text_content().split())
            cells.append((row, column, height, width, text))
            taken |= {(row + i, column + j) for i in range(height) for j in range(width)}
            column += width
    rows = 1 + max((row for row, *_ in cells), default=0)
    return [(r, c, min(h, rows - r), w, text) for r, c, h, w, text in cells]


def _span(cell: lxml.html.HtmlElement, name: str) -> int:
    digits = re.match(r"\d+", cell.get(name, "1"))
    return max(int(digits[0]), 1) if digits else 1
