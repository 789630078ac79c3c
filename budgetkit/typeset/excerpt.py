"""Rows of one table as a figure in a notebook: its printed headings, its amounts, its source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from budgetkit import language
from budgetkit.typeset.html import table as table_html
from budgetkit.typeset.layout import Sheet, paper
from budgetkit.typeset.styles import style

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

_LOOK = (
    ".excerpt{margin:1em 0;overflow-x:auto}.excerpt table{border-collapse:collapse;font-size:80%}"
    ".excerpt :is(th,td){border:1px solid #888;padding:.2em .5em;font-weight:normal}"
    ".excerpt th{text-align:center;vertical-align:middle}.excerpt td{text-align:left}"
    ".excerpt td.amount{text-align:right;white-space:nowrap}"
    ".excerpt h2{font-size:100%;text-align:center;margin:0}.excerpt p.unit{margin:0;font-size:80%}"
    ".excerpt figcaption{font-size:80%;color:#555}"
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Rows of a printed table; a notebook shows it as one."""

    sheet: Sheet
    source: str

    def __repr__(self) -> str:
        return f"{self.sheet.title}: {len(self.sheet.body)} rows"

    def _repr_html_(self) -> str:
        return (
            f'<style>{_LOOK}</style><figure class="excerpt">{"".join(table_html(self.sheet))}'
            f"<figcaption>{escape(self.source)}</figcaption></figure>"
        )


def excerpt(disclosure: Disclosure, name: str, rows: int | slice) -> Excerpt:
    """The figure of `Disclosure.excerpt`."""
    tables = [table.table for table in disclosure.meta.tables if table.measures]
    sheet = paper(disclosure, style("single")).sheets[tables.index(name)]
    body = sheet.body[rows] if isinstance(rows, slice) else sheet.body[:rows]
    told = [disclosure.meta.title, language.label(f"table.{name}"), language.label("meta.typeset")]
    source = f"{language.label('meta.source')}: {' · '.join(told)}"
    return Excerpt(replace(sheet, body=body), source)
