"""The trade's words about sentences, read from ``vocabulary/``: patterns are data."""

import re
from functools import cache

from budgetkit.printed import key
from budgetkit.vocabulary import words as vocabulary


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """A pattern of ``prose.toml``; a list of wordings is one pattern with alternatives."""
    return compiled(vocabulary("prose")[table][name])


def compiled(wordings: str | list[str]) -> re.Pattern[str]:
    """Wordings as one pattern, with the pieces of ``[pieces]`` filled in."""
    text = wordings if isinstance(wordings, str) else "|".join(wordings)
    for name, piece in vocabulary("prose")["pieces"].items():
        text = text.replace(f"{{{name}}}", f"(?:{piece})")
    return re.compile(text)


@cache
def named(table: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A table of names with their wordings, in the order of the file."""
    return tuple((name, compiled(words)) for name, words in vocabulary("prose")[table].items())


def first(table: str, text: str) -> str | None:
    """The first name of a table one of whose wordings occurs in a text."""
    return next((name for name, words in named(table) if words.search(text)), None)


@cache
def marks() -> tuple[re.Pattern[str], ...]:
    """What opens a paragraph, from the outermost level inwards."""
    return tuple(re.compile(mark) for mark in vocabulary("sections")["lines"]["marks"])


@cache
def line(name: str) -> re.Pattern[str]:
    """A pattern of ``[lines]`` of ``sections.toml``."""
    return re.compile(vocabulary("sections")["lines"][name])


@cache
def opens(section: str, inside: str) -> bool:
    """Whether a heading of a section opens it inside of another: in some, none of most does."""
    absorbing = vocabulary("sections")["absorbing"]
    return inside not in absorbing["sections"] or section in absorbing["still"]


@cache
def silent(section: str) -> bool:
    """Whether a section states nothing about this budget: glossary, what the town achieved."""
    return section in vocabulary("sections")["absorbing"]["silent"]


@cache
def section(title: str) -> str | None:
    """The section that a heading opens, if the vocabulary knows it."""
    text = key(title)
    if text.endswith("说明"):  # the explanation of a table may name it as one: …总表情况说明
        text = text.replace("表", "")
    return next((name for name, words in _titles() if words.search(text)), None)


@cache
def _titles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (entry["key"], re.compile(f"(?:{'|'.join(entry['titles'])})$"))
        for entry in vocabulary("sections")["section"]
    )


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(rf"(?:{'|'.join(labels)})\s*(?:[:：]|$)"))
        for name, labels in vocabulary("prose")["fields"].items()
    )


def label(text: str) -> tuple[str, str] | None:
    """The field that a line is, and the rest of it, where it begins with a field's label.

    A label alone on its line is a heading: what it says follows.
    """
    for name, wordings in _labels():
        found = wordings.match(text)
        if found:
            return name, text[found.end() :].strip()
    return None
