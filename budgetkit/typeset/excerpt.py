"""Rows of one table as a figure in a notebook: its printed headings, its amounts, its source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from budgetkit import language
from budgetkit.errors import BudgetkitError
from budgetkit.typeset.html import table as table_html
from budgetkit.typeset.layout import Sheet, paper
from budgetkit.typeset.styles import style

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: Notebooks and pages style tables of their own; a printed table looks like one in all of them.
_LOOK = (
    "figure.excerpt{margin:1em 0;overflow-x:auto;container-type:inline-size}"
    "figure.excerpt table{border-collapse:collapse;background:#fff;color:#000}"
    "figure.excerpt tr{background:#fff!important}"
    "figure.excerpt :is(th,td){border:1px solid #888!important;padding:.2em .5em;"
    "font-weight:normal;text-align:center!important;vertical-align:middle}"
    "figure.excerpt th{min-width:2.4em}"
    "figure.excerpt td.label{min-width:7em;text-align:left!important}"
    "figure.excerpt td.amount{text-align:right!important;white-space:nowrap}"
    "figure.excerpt h2{font-size:100%;margin:0;text-align:left}"
    "figure.excerpt :is(p.unit,figcaption){margin:.2em 0;font-size:80%;color:#555}"
)


#: Percent of the usual letters that all columns may take together, and of a narrow page's width;
#: smaller letters than the least can't be read: the table scrolls.
WIDE, NARROW, LEAST = 1040, 18, "6.5px"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Rows of a printed table; a notebook shows it as one."""

    sheet: Sheet
    source: str

    def __repr__(self) -> str:
        return f"{self.sheet.title}: {len(self.sheet.body)} rows"

    def _repr_html_(self) -> str:
        size = min(80, WIDE // len(self.sheet.columns))
        letters = f"max({LEAST}, min({size}%, {NARROW / len(self.sheet.columns):.2f}cqi))"
        look = f"{_LOOK}figure.excerpt table.of{size}{{font-size:{letters}}}"
        printed = "".join(table_html(self.sheet)).replace("<table>", f'<table class="of{size}">')
        return (
            f'<style>{look}</style><figure class="excerpt">{printed}'
            f"<figcaption>{escape(self.source)}</figcaption></figure>"
        )


def excerpt(disclosure: Disclosure, name: str, rows: int | slice) -> Excerpt:
    """The figure of `Disclosure.excerpt`."""
    tables = [table.table for table in disclosure.meta.tables if table.measures]
    if name not in tables:
        raise language.missing("columns", disclosure, name=name, tables=", ".join(tables))
    sheet = paper(disclosure, replace(style("single"), years=True)).sheets[tables.index(name)]
    try:
        body = sheet.body[rows if isinstance(rows, slice) else slice(rows)]
    except TypeError:
        raise BudgetkitError(language.said("typeset.rows", rows=rows)) from None
    told = [disclosure.meta.title, language.label(f"table.{name}"), language.label("meta.typeset")]
    source = language.label("meta.source", told=" · ".join(told))
    return Excerpt(replace(sheet, body=body), source)
