"""What a sentence is about: the item that the words before an amount name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from budgetkit.printed import key
from budgetkit.prose import words


@dataclass(frozen=True, slots=True)
class Item:
    """An item as printed, and for functional ones the names of 类, 款, 项 around it."""

    name: str
    path: tuple[tuple[str, str], ...] = ()
    code: str | None = None

    @property
    def key(self) -> str:
        """What two printings of an item share."""
        text = key(self.name)
        for printed, plain in words.vocabulary("prose")["items"]["same"].items():
            text = text.replace(printed, plain)
        return text

    @property
    def keys(self) -> set[str]:
        """The keys of an item and of those that its name puts together: 收支."""
        both = words.vocabulary("prose")["items"]["both"].items()
        return {self.key} | {self.key.replace(joint, one) for joint, ones in both for one in ones}


def item(text: str, outer: Item | None = None) -> Item | None:
    """The item that a text names: a functional path, else a known noun.

    >>> item("2030年市某某局机关运行经费财政拨款预算").name
    '机关运行经费'
    >>> item("教育支出（类）职业教育（款）高等职业教育（项）").name
    '高等职业教育'
    """
    return functional(text, outer) or noun(text)


def functional(text: str, outer: Item | None = None) -> Item | None:
    """The functional item that a text names by 类, 款 and 项, if it does."""
    found = {}
    for match in words.pattern("variances", "functional").finditer(text):
        found[match["level"]] = _cut(match["name"], ("lead",))
    if not found:
        return None
    if outer and "类" not in found:
        found = {**{level: name for level, name in outer.path if level == "类"}, **found}
    path = tuple((level, found[level]) for level in "类款项" if level in found)
    return Item(path[-1][1], path)


def noun(text: str) -> Item | None:
    """The known noun that ends last in a text; generic ones only where there is no other."""
    for name in ("first", "nouns"):
        found = _last(name, text)
        if found:
            return Item(found[0])
    generic = _last("generic", text)
    before = words.pattern("items", "generic_after")
    return Item(generic[0]) if generic and before.search(text[: generic.start()]) else None


def described(text: str, ends: tuple[str, ...] = ("lead", "tail")) -> Item | None:
    """The item of a text without a known noun: what is left after cutting the usual words."""
    printed = re.search(r"^\d{3,7}|(?<=[（(“])\d{3,7}", text)
    text = _cut(text, ends)
    if words.pattern("not_an_item", "begins").match(text):
        return None
    if 2 <= len(text) <= 32 and re.search(r"[\u4e00-\u9fff]{2}", text):
        return Item(text, code=printed[0] if printed else None)
    return None


def section(name: str, heading: str) -> str:
    """The section of a statement: the heading's, or the item's where that says nothing."""
    if heading not in ("other", "overview"):
        return heading
    return words.first("item_sections", name) or heading


def _cut(text: str, ends: tuple[str, ...]) -> str:
    """A text without department, year and 预算数为 around it."""
    before = ""
    while text != before:
        before = text
        for wording in (wording for end in ends for wording in _around(end)):
            text = wording.sub("", text).strip()
    return text


@cache
def _around(end: str) -> tuple[re.Pattern[str], ...]:
    """What is cut from one end of a text."""
    return tuple(words.compiled(wording) for wording in words.vocabulary("prose")["subject"][end])


def _last(name: str, text: str) -> re.Match[str] | None:
    """Of all nouns in a text the one that ends last, the longest of those that do."""
    found = [match for wording in _nouns(name) for match in wording.finditer(text)]
    return max(found, key=lambda match: (match.end(), -match.start()), default=None)


@cache
def _nouns(name: str) -> tuple[re.Pattern[str], ...]:
    """A list of nouns."""
    return tuple(words.compiled(wording) for wording in words.vocabulary("prose")["items"][name])
