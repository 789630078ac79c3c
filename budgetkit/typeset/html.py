"""HTML: one page that needs nothing else; headers repeat where it is printed."""

from html import escape
from pathlib import Path

from budgetkit.typeset.layout import Paper, Sheet
from budgetkit.typeset.styles import Style

_RULES = {
    "single": "table{border-collapse:collapse}th,td{border:1px solid}",
    "double": "table{border-collapse:separate;border-spacing:2px}th,td{border:1px solid}",
    "open": "table{border-collapse:collapse}th,td{border:solid;border-width:1px 0}",
}
_COMMON = (
    "body{font-family:'Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif;margin:2em}"
    "h1,h2{text-align:center;font-weight:normal}th{font-weight:normal}"
    "th,td{padding:.2em .5em}.unit{text-align:right}.code{text-align:center}"
    ".amount{text-align:right;white-space:nowrap}table{width:100%;font-size:90%}"
)


def write(paper: Paper, path: Path, style: Style) -> None:
    """Write a laid-out disclosure as one HTML page."""
    title = escape(paper.title)
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        f"<title>{title}</title>",
        f"<style>{_COMMON}{_RULES[style.rules]}</style>\n</head>\n<body>\n<h1>{title}</h1>",
        *(f"<p>{escape(line)}</p>" for line in paper.lines),
        *(part for sheet in paper.sheets for part in table(sheet)),
        "</body>\n</html>\n",
    ]
    path.write_text("\n".join(parts), encoding="utf-8")


def table(sheet: Sheet) -> list[str]:
    """One table under its title and caption."""
    header = [[c for c in sheet.header if c.row == row] for row in range(sheet.depth)]
    kinds = [column.kind for column in sheet.columns]
    return [
        f"<h2>{escape(sheet.title)}</h2>",
        *(f'<p class="unit">{escape(line)}</p>' for line in sheet.caption),
        "<table>\n<thead>",
        *(
            "<tr>"
            + "".join(
                f'<th rowspan="{c.height}" colspan="{c.width}">{escape(c.text)}</th>'
                for c in sorted(row, key=lambda c: c.column)
            )
            + "</tr>"
            for row in header
        ),
        "</thead>\n<tbody>",
        *(
            "<tr>"
            + "".join(
                f'<td class="{kind}">{escape(text)}</td>'
                for kind, text in zip(kinds, row, strict=True)
            )
            + "</tr>"
            for row in sheet.body
        ),
        "</tbody>\n</table>",
    ]
