"""PDF: typst sets the pages; here only how wide the columns and how large the paper."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from budgetkit.typeset.layout import Column, Paper, Sheet
from budgetkit.typeset.styles import Style

#: Width and height of the paper and size of the type (points), the most usual first.
_PAPERS: tuple[tuple[float, float, float], ...] = (
    (595, 842, 9),
    (842, 595, 9),
    (842, 595, 8),
    (842, 595, 7),
    (1191, 842, 8),
)
_MARGIN = 40

#: Width of a cell beside its text, of half a Chinese character and of a digit, in ems.
_INSET, _HALF, _DIGIT = 0.9, 0.5, 0.58

#: Narrowest and widest that a column of labels may want to be, in ems.
_LABEL = (8.0, 26.0)
_HEADED = 3.0


def write(paper: Paper, path: Path, style: Style) -> None:
    """Write a laid-out disclosure as PDF, its font embedded."""
    import typst

    content = {
        "title": paper.title,
        "lines": paper.lines,
        "margin": _MARGIN,
        "rules": style.rules,
        "sheets": [_sheet(sheet) for sheet in paper.sheets],
    }
    template = files(__package__).joinpath("page.typ").read_bytes()
    folder, family = _font()
    typst.compile(  # type: ignore[misc]  # its stub leaves the input's type open
        template,
        output=str(path),
        font_paths=[folder],
        ignore_system_fonts=True,
        pdf_tags=False,  # they are five times what is printed
        sys_inputs={"paper": json.dumps(content, ensure_ascii=False), "font": family},
    )


@cache
def _font() -> tuple[str, str]:
    """The folder of the font that zhplot carries, and the font's name."""
    path = Path(str(files("zhplot").joinpath("fonts", "NotoSansSC-Regular.ttf")))
    return str(path.parent), "Noto Sans SC"


def _sheet(sheet: Sheet) -> dict[str, Any]:
    """A table for the template: its paper, its columns, its cells."""
    width, height, size, columns = _fitted(sheet)
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


def _fitted(sheet: Sheet) -> tuple[float, float, float, list[float]]:
    """The smallest paper that a table fits on, its type, and the widths of its columns."""
    wants = [_wants(sheet, index, column) for index, column in enumerate(sheet.columns)]
    least = sum(low for low, _ in wants)
    fits = (p for p in _PAPERS if least * p[2] <= p[0] - 2 * _MARGIN)
    width, height, size = next(fits, (least * _PAPERS[-1][2] + 2 * _MARGIN, *_PAPERS[-1][1:]))
    room = (width - 2 * _MARGIN) / size - least
    more = sum(high - low for low, high in wants)
    share = min(1.0, room / more) if more else 0.0
    widths = [low + share * (high - low) for low, high in wants]
    rest = ((width - 2 * _MARGIN) / size) / sum(widths)
    return width, height, size, [round(w * rest * size, 2) for w in widths]


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
