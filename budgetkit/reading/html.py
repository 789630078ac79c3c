"""Web pages: tables are grids, everything else is prose."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import lxml.etree
import lxml.html

from budgetkit.errors import ReadError
from budgetkit.language import said
from budgetkit.notes import Notes
from budgetkit.reading import merged
from budgetkit.reading.model import Grid, Line

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BLOCKS = {
    *("p", "td", "th", "table", "div", "br", "li", "tr", "section", "title"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}

_TAGS = (b"<!doctype html", b"<html", b"<table")
_SILENT = {"script", "style", "noscript", "template"}

#: A browser takes a cell to cover no more columns than this.
_WIDEST = 1000


def is_page(data: bytes) -> bool:
    """Whether bytes are a web page, whatever their file is called."""
    head = data[:4000].replace(b"\x00", b"").lower()  # UTF-16, too
    return b"<workbook" not in head and any(tag in head for tag in _TAGS)


def read(path: Path, data: bytes, notes: Notes) -> tuple[tuple[Line | Grid, ...], int | None]:
    """Lines and tables of a page in order; places count the lines and rows from 1.

    A row that holds tables of its own is not a row of a table but a frame around them.
    """
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _decoded(path, data))
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(text, parser=parser)
    except (lxml.etree.LxmlError, ValueError) as fault:
        raise ReadError(said("reading.page", path=path, fault=fault)) from None
    blocks: list[Line | Grid] = []
    place = 1
    for part in _parts(tree):
        if isinstance(part, str):
            blocks.append(Line(part, place))
            place += 1
        else:
            if found := merged.grid(_cells(part), range(place, place + len(part) + 1)):
                blocks.append(found)
            place += len(part)
    return tuple(blocks), None


def _decoded(path: Path, data: bytes) -> str:
    """The text of a page: by its mark, in UTF-8, or in the encoding that it states."""
    stated = _CHARSET.search(data[:4000])
    encoding = stated[1].decode().lower() if stated else "gb18030"
    encoding = "gb18030" if encoding in {"gb2312", "gbk", "utf-8", "utf8"} else encoding
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    for name in [marked] if marked else ["utf-8", encoding, "gb18030"]:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise ReadError(said("reading.characters", path=path, encoding=marked or encoding))


def _parts(tree: lxml.html.HtmlElement) -> Iterator[str | list[lxml.html.HtmlElement]]:
    """Lines of text, and runs of rows that belong together, in order."""
    line = ""

    def walk(node: lxml.html.HtmlElement) -> Iterator[str | list[lxml.html.HtmlElement]]:
        nonlocal line
        if not isinstance(node.tag, str) or node.tag in _SILENT:
            return
        if node.tag in _BLOCKS:
            yield from flush()
        line += node.text or ""
        yield from table(node) if node.tag == "table" else children(node)
        if node.tag in _BLOCKS:
            yield from flush()

    def children(node: lxml.html.HtmlElement) -> Iterator[str | list[lxml.html.HtmlElement]]:
        nonlocal line
        for child in node:
            yield from walk(child)
            line += child.tail or ""

    def table(node: lxml.html.HtmlElement) -> Iterator[str | list[lxml.html.HtmlElement]]:
        for caption in node.iterchildren("caption"):
            yield from walk(caption)
        yield from flush()
        rows = [row for row in node.iter("tr") if next(row.iterancestors("table")) is node]
        for frame, run in groupby(rows, key=lambda row: row.find(".//table") is not None):
            if not frame:
                yield list(run)
                continue
            for row in run:
                yield from walk(row)

    def flush() -> Iterator[str]:
        nonlocal line
        told = " ".join(line.split())
        line = ""
        if told:
            yield told

    yield from walk(tree)
    yield from flush()


def _cells(rows: list[lxml.html.HtmlElement]) -> list[merged.Cell]:
    """The cells of a table at their places, spans counted."""
    cells: list[merged.Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(rows):
        column = 0
        for cell in line.iter("td", "th"):
            while (row, column) in taken:
                column += 1
            height = min(_span(cell, "rowspan") or len(rows), len(rows) - row)  # 0: to the end
            width = min(_span(cell, "colspan") or 1, _WIDEST)
            text = "\n".join(part for part in _parts(cell) if isinstance(part, str))
            cells.append((row, column, height, width, text))
            taken |= {(row + i, column + j) for i in range(height) for j in range(width)}
            column += width
    return cells


def _span(cell: lxml.html.HtmlElement, name: str) -> int:
    digits = re.match(r"\s*(\d+)", cell.get(name, "1"))
    return int(digits[1][:5]) if digits else 1
