"""A paper's titles and headings in, what each is called in the language in use out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from budgetkit import language
from budgetkit.typeset.headings import path
from budgetkit.typeset.layout import Paper, title
from budgetkit.vocabulary import words as vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from budgetkit.meta import Table


def of_table(table: str) -> str:
    """What a table is called.

    >>> of_table("balance")
    '部门收支总体情况表'
    """
    return language.label(f"table.{table.partition(' (')[0]}")


def of_column(measure: str, side: str | None = None) -> str:
    """What a column of amounts is called, and the half of the table that it is in.

    >>> of_column("basic"), of_column("amount", "income")
    ('基本支出', '收入 / 金额')
    """
    over = (language.label(f"handout.heading.{side}"),) if isinstance(side, str) else ()
    return " / ".join((*over, language.label(f"measure.{measure}")))


def word(printed: str, label: str) -> str:
    """A title or heading as printed and, in English, what it means.

    >>> with language.language("en"):
    ...     word("合计", of_column("total"))
    '合计 = Total'
    """
    if language.current() == "zh":
        return printed
    return language.label("handout.word", printed=printed, label=label)


def lines(paper: Paper, tables: tuple[Table, ...]) -> Iterator[str]:
    """The lines that say what titles and headings mean: none in Chinese."""
    if language.current() == "zh":
        return
    titles = {title(table): of_table(table.table) for table in tables if table.measures}
    lines = (line for own in paper.sheets for line in (*own.caption, *map("".join, own.body)))
    printed = "\n".join(lines)
    rows = {t["zh"]: t[language.current()] for t in _words("line") if t["zh"] in printed}
    meant = {"tables": titles, "headings": _headings(paper, tables), "lines": rows}
    for kind, meanings in meant.items():
        told = [word(*pair) for pair in meanings.items() if len(set(pair)) > 1]
        if told:
            words = language.label("handout.between").join(told)
            yield language.label(f"handout.{kind}", words=words)


def _headings(paper: Paper, tables: tuple[Table, ...]) -> dict[str, str]:
    """What the columns are called, by their printed headings, each heading once."""
    known = {text["zh"]: text[language.current()] for text in _words("heading")}
    printed = [part for sheet in paper.sheets for c in sheet.columns for part in c.path]
    amounts = [(" / ".join(path(t.table, m)), m) for t in tables for m in t.measures]
    found = {part: known[part] for part in printed if part in known}
    return found | {heading: of_column(measure) for heading, measure in amounts}


def _words(kind: str) -> Iterable[dict[str, str]]:
    """Words of headings or of lines, in both languages."""
    words: Iterable[dict[str, str]] = vocabulary("labels")["handout"][kind].values()
    return words
