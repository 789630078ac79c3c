"""Word: a table for every table, merged headers that repeat on every page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from budgetkit.typeset.layout import Paper, Sheet
from budgetkit.typeset.styles import Style

#: From so many columns on a table lies across the page.
_WIDE = 7
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_ALIGN = {
    "label": WD_ALIGN_PARAGRAPH.LEFT,
    "code": WD_ALIGN_PARAGRAPH.CENTER,
    "amount": WD_ALIGN_PARAGRAPH.RIGHT,
}


def write(paper: Paper, path: Path, style: Style) -> None:
    """Write a laid-out disclosure as a Word document."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(9)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    _line(document, paper.title, WD_ALIGN_PARAGRAPH.CENTER, 18)
    for text in paper.lines:
        _line(document, text, WD_ALIGN_PARAGRAPH.LEFT)
    for sheet in paper.sheets:
        _turned(document.add_section(WD_SECTION.NEW_PAGE), len(sheet.columns) >= _WIDE)
        _line(document, sheet.title, WD_ALIGN_PARAGRAPH.CENTER, 14)
        for text in sheet.caption:
            _line(document, text, WD_ALIGN_PARAGRAPH.RIGHT)
        _table(document, sheet, style)
    document.save(str(path))


def _line(document: Any, text: str, align: Any, size: int = 9) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(3)
    paragraph.add_run(text).font.size = Pt(size)


def _turned(section: Any, wide: bool) -> None:
    """A section on A4, upright or across."""
    sides = (Pt(842), Pt(595)) if wide else (Pt(595), Pt(842))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = sides
    section.left_margin = section.right_margin = Pt(36)
    section.top_margin = section.bottom_margin = Pt(40)


def _table(document: Any, sheet: Sheet, style: Style) -> None:
    """One table; a merged cell is written once and covers its neighbours."""
    table = document.add_table(sheet.depth + len(sheet.body), len(sheet.columns))
    _rules(table, style)
    rows = [list(row.cells) for row in table.rows]  # looked up once: each look-up is slow
    for cell in sheet.header:
        first = rows[cell.row][cell.column]
        if cell.height > 1 or cell.width > 1:
            first = first.merge(rows[cell.row + cell.height - 1][cell.column + cell.width - 1])
        _fill(first, cell.text, WD_ALIGN_PARAGRAPH.CENTER)
    for row in table.rows[: sheet.depth]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cells, texts in zip(rows[sheet.depth :], sheet.body, strict=True):
        for cell, text, column in zip(cells, texts, sheet.columns, strict=True):
            _fill(cell, text, _ALIGN[column.kind])


def _fill(cell: Any, text: str, align: Any) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    if text:
        paragraph.add_run(text)


def _rules(table: Any, style: Style) -> None:
    """The rules of a table: single, double, or none upright."""
    borders = OxmlElement("w:tblBorders")
    for side in _SIDES:
        upright = side in {"left", "right", "insideV"}
        rule = OxmlElement(f"w:{side}")
        kind = "nil" if style.rules == "open" and upright else style.rules
        rule.set(qn("w:val"), "single" if kind == "open" else kind)
        rule.set(qn("w:sz"), "4")
        borders.append(rule)
    table._tbl.tblPr.append(borders)
