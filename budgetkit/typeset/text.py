"""Text: one line a row, cells parted by tabs; a merged cell stands in its first place."""

from pathlib import Path

from budgetkit.typeset.layout import Paper, Sheet
from budgetkit.typeset.styles import Style


def write(paper: Paper, path: Path, style: Style) -> None:
    """Write a laid-out disclosure as UTF-8 text."""
    lines = [paper.title, *paper.lines]
    for sheet in paper.sheets:
        lines += ["", sheet.title, *sheet.caption, "", *_rows(sheet)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _rows(sheet: Sheet) -> list[str]:
    """The lines of one table."""
    header = [[""] * len(sheet.columns) for _ in range(sheet.depth)]
    for cell in sheet.header:
        header[cell.row][cell.column] = cell.text
    return ["\t".join(row) for row in (*header, *sheet.body)]
