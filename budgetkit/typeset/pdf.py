"""PDF: typst sets the pages; here only how wide the columns and how large the paper."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from budgetkit.typeset.layout import Column, Paper, Sheet
from budgetkit.typeset.styles import Style

if TYPE_CHECKING:
    import typst

#: Width and height of the paper and size of the type (points), the most usual first.
_PAPERS = ((595, 842, 9), (842, 595, 9), (842, 595, 8), (842, 595, 7), (1191, 842, 8))
_MARGIN = 40

#: What parts cells that have rules of their own (points).
_GUTTER = {"single": 0.0, "open": 0.0, "double": 1.6}

#: Width of a cell beside its text, of half a Chinese character and of a digit, in ems.
_INSET, _HALF, _DIGIT = 0.9, 0.5, 0.58

#: Narrowest and widest that a column of labels may want to be, in ems.
_LABEL = (8.0, 26.0)
_HEADED = 3.0


def write(paper: Paper, path: Path, style: Style) -> None:
    """Write a laid-out disclosure as PDF, its font embedded."""
    import typst

    # Tags are five times what is printed.
    path.write_bytes(typst.compile(**_set(paper, style), pdf_tags=False))


def pages(paper: Paper, style: Style) -> list[list[int]]:
    """The page on which each row of each sheet begins in the PDF that `write` makes."""
    import typst

    told = typst.query(**_set(paper, style, told=True), selector="<row>", field="value")
    numbers = iter(json.loads(told))
    return [[next(numbers) for _ in sheet.body] for sheet in paper.sheets]


def _set(paper: Paper, style: Style, told: bool = False) -> dict[str, Any]:
    """What typst is to set; if told, with the page of each row, which takes twice as long."""
    content = {
        "title": paper.title,
        "lines": paper.lines,
        "task": paper.task,
        "form": paper.form,
        "margin": _MARGIN,
        "rules": style.rules,
        "split": style.split,
        "told": told,
        "gutter": _GUTTER[style.rules],
        "sheets": [_sheet(sheet, _GUTTER[style.rules]) for sheet in paper.sheets],
    }
    template = files(__package__).joinpath("page.typ").read_bytes()
    return {
        "input": template,
        "font_paths": _fonts(),
        "ignore_system_fonts": True,
        "sys_inputs": {"paper": json.dumps(content, ensure_ascii=False)},
    }


@cache
def _fonts() -> typst.Fonts:
    """The font that zhplot carries, Noto Sans SC, and no other."""
    import typst

    folder = str(files("zhplot").joinpath("fonts"))
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def _sheet(sheet: Sheet, gutter: float) -> dict[str, Any]:
    """A table for the template: its paper, its columns, its cells."""
    width, height, size, columns = _fitted(sheet, gutter)
    return {
        "title": sheet.title,
        "caption": sheet.caption,
        "width": width,
        "height": height,
        "size": size,
        "columns": columns,
        "kinds": [column.kind for column in sheet.columns],
        "header": [[c.text, c.row, c.column, c.height, c.width] for c in sheet.header],
        "depth": sheet.depth,
        "body": sheet.body,
    }


def _fitted(sheet: Sheet, gutter: float) -> tuple[float, float, float, list[float]]:
    """The smallest paper that a table fits on, its type, and the widths of its columns."""
    wants = [_wants(sheet, index, column) for index, column in enumerate(sheet.columns)]
    least = sum(low for low, _ in wants)
    beside = 2 * _MARGIN + gutter * (len(wants) - 1)
    fits = (paper for paper in _PAPERS if least * paper[2] <= paper[0] - beside)
    _, height, size = _PAPERS[-1]
    width, height, size = next(fits, (round(least * size + beside + 1), height, size))
    room = (width - beside) / size
    more = sum(high - low for low, high in wants)
    share = min(1.0, (room - least) / more) if more else 0.0
    widths = [low + share * (high - low) for low, high in wants]
    return width, height, size, [round(w / sum(widths) * room * size, 2) for w in widths]


def _wants(sheet: Sheet, index: int, column: Column) -> tuple[float, float]:
    """Least and best width of a column, in ems: amounts and codes are never broken."""
    longest = max((row[index] for row in sheet.body), key=_width, default="")
    if column.kind == "label":
        best = min(max(_width(longest) + _INSET, _LABEL[0]), _LABEL[1])
        return min(best, _LABEL[0]), best
    head = min(_HEADED, _width(column.path[-1])) + _INSET
    low = max(len(longest) * _DIGIT + _INSET, head)
    return low, max(low, min(_width(column.path[-1]) + _INSET, 6.0))


def _width(text: str) -> float:
    """Width of a text in ems."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1.2 for c in text) * _HALF
