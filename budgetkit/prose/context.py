"""Where the reader of statements stands: what was named before, and with which amounts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from budgetkit.notes import Notes
from budgetkit.prose import comparing, words
from budgetkit.prose.money import money
from budgetkit.prose.paragraphs import BODY, Paragraph
from budgetkit.prose.stated import Stated
from budgetkit.prose.subjects import Item, described, functional, item

#: Longest title of a list item, in characters.
TITLE = 80


@dataclass
class State:
    """Where the reader stands: what was named before, and what the last statement was."""

    notes: Notes
    years: dict[int, int]
    place: int = 0
    section: str = ""
    title: Item | None = None
    title_level: int = BODY
    outer: Item | None = None
    titled: bool = False
    last: tuple[Item, Decimal | None] | None = None
    fresh: bool = False
    mentions: dict[str, tuple[Item, Decimal]] = field(default_factory=dict)
    wholes: list[tuple[Item, Decimal]] = field(default_factory=list)
    listing: bool = False
    stated: list[Stated] = field(default_factory=list)
    told: list[dict] = field(default_factory=list)
    open: list[dict] = field(default_factory=list)
    due: bool = False
    explaining: bool = False
    explained: Paragraph | None = None


def enter(paragraph: Paragraph, state: State) -> None:
    """What a new paragraph does to the context."""
    state.place = paragraph.place
    if paragraph.section != state.section:
        state.section, state.mentions, state.last = paragraph.section, {}, None
        state.told, state.open = [], []
        state.title, state.title_level, state.outer = None, BODY, None
    state.explaining, state.due = _goes_on(paragraph, state), False
    state.explained = paragraph if state.explaining else None
    if not state.explaining:
        state.open = _explained(paragraph, state)
    state.listing, state.fresh, state.titled, state.wholes = False, False, False, []
    if paragraph.level == BODY:
        return
    state.years = {level: year for level, year in state.years.items() if level < paragraph.level}
    title = re.split(r"[。：:，,；;]", paragraph.text)[0]
    if words.section(title) and (told := comparing.year(title)):
        state.years[paragraph.level] = told
    if paragraph.level <= state.title_level:
        state.title = None
    head = re.split(r"[。：:，,]|\d", paragraph.text)[0]
    named = item(head, state.outer) if len(head) <= TITLE else None
    if named and not words.pattern("variances", "reason").search(head):
        state.title, state.title_level, state.titled = named, paragraph.level, True
        if paragraph.level <= 2 and named.path:
            state.outer = named


def _goes_on(paragraph: Paragraph, state: State) -> bool:
    """Whether a paragraph is a reason that the one before announced, or its next point."""
    before = state.explained
    if state.due:
        stated = words.pattern("variances", "anchor").search(paragraph.text)
        return paragraph.level == BODY or (paragraph.number == 1 and not stated)
    if before is None or paragraph.level != before.level:
        return False
    if paragraph.level == BODY:
        return bool(words.pattern("variances", "reason_goes_on").match(paragraph.text))
    return paragraph.number == (before.number or 0) + 1


def _explained(paragraph: Paragraph, state: State) -> list[dict]:
    """The statements that a paragraph gives the reason of, if it begins with one."""
    if paragraph.level != BODY:
        return []
    if words.pattern("variances", "reason").match(paragraph.text):
        return state.open
    begun = words.pattern("variances", "reason_of").match(paragraph.text)
    if begun is None:
        return []
    named = item(begun["of"], state.outer)
    if named is None:
        return state.open if words.pattern("variances", "it").match(begun["of"]) else []
    down = begun["verb"] and bool(words.pattern("variances", "down").match(begun["verb"]))
    return [
        record
        for record in state.told
        if record["reason"] is None
        and Item(record["item"]).key in named.keys
        and (down is None or ((record["change"] or record["percent"] or 0) < 0) is down)
    ]


def named_in(clause: str, state: State) -> Item | None:
    """The item that a clause names; 支出 alone is none where all is about single expenses."""
    spent = words.pattern("variances", "spent").fullmatch(clause)
    return None if spent and _single(state) else item(clause, state.outer)


def item_of(clause: str, state: State) -> Item | None:
    """What an amount is of: the words right before it, the path before those, or the title."""
    last = _last_words(clause)
    if words.pattern("variances", "spent").fullmatch(last):  # of the item before: 支出决算为
        earlier = state.title if state.titled or _single(state) else None
        if clause != last and state.last:
            earlier = state.last[0]
        if earlier and not ("支出" in last and earlier.name.endswith(("收入", "拨款"))):
            return earlier
    named = named_in(last, state) or functional(clause, state.outer)
    if named or not words.pattern("variances", "vague").fullmatch(state.section):
        return named or described(last) or state.title
    return state.title if words.pattern("variances", "filler").fullmatch(last) else None


def _last_words(clause: str) -> str:
    """The words right before an amount; those before a colon where the ones behind say nothing."""
    pieces = [piece for piece in re.split(r"[，。；,;]|其中[:：]?", clause) if piece.strip()]
    if not pieces:
        return ""
    behind = re.split(r"[：:]", pieces[-1])[-1]
    return pieces[-1] if words.pattern("variances", "filler").fullmatch(behind) else behind


def mention(text: str, state: State) -> None:
    """Remember the amounts that a text states; those behind 其中甲9万元： are parts of that."""
    text, _ = comparing.own(text)
    begin, whole, parts = 0, None, words.pattern("variances", "parts")
    for match in words.pattern("variances", "money").finditer(text):
        clause, begin = text[begin : match.start()], match.end()
        named = item_of(clause, state)
        whole = None if parts.search(clause) else whole
        if named:
            value = money(match["number"], match["unit"])
            state.mentions[named.key] = (named, value)
            state.stated += stated(named, clause, match, state, whole)
            if parts.search(text, begin):
                state.wholes.append((named, value))
            state.last, state.fresh = (named, value), True
            if parts.search(clause) and text[begin:].startswith(("：", ":")):
                whole = _in_full(named, _last_words(clause))


def stated(
    named: Item, clause: str, printed: re.Match[str], state: State, whole: Item | None
) -> list[Stated]:
    """An amount of an item as a fact, where it is its own and the words before it name it.

    Another year than the one that is told of stays in the name.
    """
    behind = printed.string[printed.end() :]
    last = _last_words(clause)
    filler = words.pattern("variances", "filler")
    if (
        not (described(last) or named.name in clause or filler.fullmatch(last))
        or words.pattern("stated", "before").search(clause)
        or words.pattern("stated", "behind").match(behind)
    ):
        return []
    named = _in_full(named, last)
    told = comparing.year(printed.string[: printed.start()], last=True)
    if told and (own := year_of(state)) and told != own:
        named = Item(f"{told}年{named.name}")
    return [Stated(named, printed, state.section, state.place, whole)]


def _in_full(named: Item, last: str) -> Item:
    """An item with the words that name more than its known noun: 政府采购货物, 科研项目经费."""
    whole = described(last)
    if whole is None or named.path or words.pattern("items", "generic").fullmatch(named.name):
        return named
    led = (described(last, ("lead",)) or whole).name
    before, known, after = led.rpartition(named.name)
    if not known:
        return named
    if not words.pattern("variances", "filler").fullmatch(after):
        return whole
    return Item(before + known, code=whole.code) if before else named


def year_of(state: State) -> int | None:
    """The year that is told of: the innermost heading's, else the document's."""
    return state.years[max(state.years)] if state.years else None


def _single(state: State) -> bool:
    """Whether a section is about single expenses, and never about all that is spent."""
    return bool(words.pattern("variances", "single").fullmatch(state.section))
