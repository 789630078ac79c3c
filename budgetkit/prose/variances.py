"""Statements of change against last year: amount, change, percent, share and reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from budgetkit.notes import Notes
from budgetkit.prose import comparing, words
from budgetkit.prose.changes import Change, change
from budgetkit.prose.coding import code
from budgetkit.prose.context import State, enter, item_of, mention, named_in, year_of
from budgetkit.prose.money import money, number, plain_float
from budgetkit.prose.paragraphs import Paragraph
from budgetkit.prose.sentences import asides, sentences
from budgetkit.prose.stated import Stated
from budgetkit.prose.subjects import Item, item, section

#: Farthest that the word of change stands behind 比上年, in characters.
REACH = 60
#: And where nothing changed (与上年持平).
SAME = 30


class _About(NamedTuple):
    """What a change is about: the item, its amount, and last year's where that is stated."""

    item: Item
    amount: Decimal | None
    prior: Decimal | None
    named: bool = True


def read(
    found: Sequence[Paragraph], notes: Notes, year: int | None = None
) -> tuple[list[dict], list[Stated]]:
    """Records of ``variances``, in order, and all amounts met; ``year`` is the document's."""
    records: list[dict] = []
    state = State(notes, {-1: year} if year else {})
    for paragraph in found:
        if words.silent(paragraph.section):
            continue
        enter(paragraph, state)
        kept, lifted = asides(paragraph.text)
        for text in (*lifted, kept):
            for sentence in sentences(text):
                for record in _statements(sentence, state):
                    records.append(record)
    return [_finished(record) for record in records], state.stated


def _statements(sentence: str, state: State) -> Iterator[dict]:
    """The statements of a sentence; reasons are given to the statement before them."""
    if _goes_on(sentence, state):
        return
    sentence = words.pattern("variances", "budget_reason").sub("", sentence)
    begin = at = 0
    first = words.pattern("variances", "change").search(sentence)
    if words.pattern("variances", "money").search(sentence[: first.start() if first else None]):
        state.wholes = []  # a sentence with an amount of its own is about that one
    while found := words.pattern("variances", "change").search(sentence, at):
        head, at = sentence[begin : found.start()], found.end()
        if words.pattern("variances", "reason").search(head):
            break
        anchor = max(
            words.pattern("variances", "anchor").finditer(head), key=re.Match.end, default=None
        )
        if comparing.budgeted(head[anchor.end() if anchor else 0 :]):
            continue
        about = _last_years(sentence[:begin], head, anchor, found, state)
        if about is None:
            mention(head, state)
            percent = words.pattern("variances", "percent").match(sentence, at)
            begin = at = percent.end() if percent else at
            continue
        changed = change(sentence, found, state.place, state.notes)
        about = _fitting(about, changed, state, alone=anchor is not None and not anchor.start())
        if about.amount is not None and changed.rounds(about.amount):
            state.notes.unplaced("prose.times", state.place, changed.times, about.item.name)
            changed = changed._replace(percent=None)
        record = _record(about, changed, head, state)
        begin = at = changed.end
        state.wholes = []
        state.open, state.last = [record], (about.item, about.amount)
        state.told.append(record)
        yield record
    _rest(sentence[begin:], state)


def _last_years(
    before: str, head: str, anchor: re.Match[str] | None, found: re.Match[str], state: State
) -> _About | None:
    """What a change against last year is about; ``None``, with a note, where it is none."""
    told = before + head[: anchor.start()] if anchor else before
    if anchor and comparing.other_year(told, anchor[0], year_of(state)):
        state.notes.doubted("prose.other_year", state.place, f"{anchor[0]} {found[0]}")
        return None
    far = bool(anchor and found["same"] and len(head) - anchor.end() > SAME)
    about = None if far else _about(head, anchor, state)
    if about is None and _states(head, anchor, found):
        state.notes.unplaced("prose.change_without_item", state.place, found[0])
    if about and found["same"]:
        none = words.pattern("variances", "none").search(head) or not item(head, state.outer)
        if none and about.amount is None:
            return None
        if (
            before
            and state.open
            and (state.open[-1]["item"], state.open[-1]["change"]) == (about.item.name, 0)
        ):
            return None  # 增加0万元，与上年持平
    return about


def _states(head: str, anchor: re.Match[str] | None, found: re.Match[str]) -> bool:
    """Whether a change is a statement with a number: its own, or an amount the same as before.

    Where nothing says 比上年, it follows a comma; else it may be part of a name (稳增长10万元).
    """
    if anchor and found["same"]:
        printed = words.pattern("variances", "money").search(head[: anchor.start()])
        return bool(printed) and not words.pattern("variances", "nothing").search(head)
    alone = words.pattern("variances", "filler").fullmatch(comparing.CLAUSE.split(head)[-1])
    return bool(found["number"] and (anchor or alone))


def _fitting(about: _About, changed: Change, state: State, alone: bool) -> _About:
    """What a change is about where it is that of the amount before 其中, not of the last.

    收入500万元，其中甲400万元、乙100万元，比上年增加50万元，增长11.11%: it is all that grew,
    as the percentage tells. A sentence ``alone`` (比上年增长11.11%。) goes on with the whole.
    """
    if about.named or about.amount is None:
        return about
    others = [(other, amount) for other, amount in state.wholes if changed.fits(amount)]
    if len(others) != 1 or (changed.fits(about.amount) and not alone):
        return about
    fitting, amount = others[0]
    state.notes.mended("prose.change_fitted", state.place, fitting.name, about.item.name)
    return about._replace(item=fitting, amount=amount)


def _rest(rest: str, state: State) -> None:
    """What a sentence says after its last statement: the reason, or amounts."""
    reason = words.pattern("variances", "reason").search(rest)
    if reason and state.open and state.open[-1]["reason"] is None:
        told = rest[reason.end() :].strip("，,。 ：:")
        if told.endswith(("）", ")")) and not re.search("[（(]", told):
            told = told.rstrip("）)。")
        state.due = not told
        for record in state.open:
            record["reason"] = told or None
        return
    state.listing |= bool(state.open and words.pattern("variances", "parts").search(rest))
    mention(rest[: reason.start()] if reason else rest, state)


def _goes_on(sentence: str, state: State) -> bool:
    """Whether a sentence is the reason of the statement before it, or goes on with it."""
    ordinal = words.pattern("variances", "reason_goes_on").match(sentence)
    reasons = {record["reason"] for record in state.open} - {None}
    if state.explaining and reasons and not ordinal:
        # behind the reason: another statement, once it says how much more than last year
        anchor = words.pattern("variances", "anchor").search(sentence)
        stated = anchor and words.pattern("variances", "change").search(sentence, anchor.end())
        state.explaining = not (stated and stated["number"])
    if not state.explaining and not (ordinal and reasons):
        return False
    for record in state.open:
        record["reason"] = f"{record['reason']}；{sentence}" if record["reason"] else sentence
    return True


def _about(head: str, anchor: re.Match[str] | None, state: State) -> _About | None:
    """What a change is about, from the words before it."""
    if anchor is None:
        if words.pattern("variances", "parts").search(head):
            state.listing |= state.open is not None
        listed = item(comparing.CLAUSE.split(head)[-1], state.outer) if state.listing else None
        return _About(listed, _amount(head, listed, state), None) if listed else None
    after, before = head[anchor.end() :], head[: anchor.start()]
    if len(after) > REACH:
        return None
    base = words.pattern("variances", "money").search(comparing.CLAUSE.split(after)[0])
    if base and words.pattern("variances", "no_base").search(after[: base.end()]):
        base = None
    if base:
        after = after[base.end() :]
    before, last_years = comparing.own(before)
    mention(before, state)
    printed = list(words.pattern("variances", "money").finditer(before))
    if not printed and words.pattern("variances", "nothing").search(before):
        return None
    subject, named = _subject(before, after, printed, state)
    if subject is None:
        return None
    prior = money(base["number"], base["unit"]) if base else last_years
    return _About(subject, _amount(before, subject, state), prior, named)


def _subject(
    before: str, after: str, printed: list[re.Match[str]], state: State
) -> tuple[Item | None, bool]:
    """The item: named behind the comparison or right before it, with the amount, or earlier.

    And whether it is named there.
    """
    tail = before[printed[-1].end() :] if printed else before
    stated = _stated(before, printed, state)
    for clause in (comparing.CLAUSE.split(after)[-1], comparing.CLAUSE.split(tail)[-1]):
        if subject := named_in(clause, state):
            return (stated[0] if stated and stated[0].key == subject.key else subject), True
        if not words.pattern("variances", "filler").fullmatch(clause):
            return None, False  # about something else: 在校学生较上年增长
    if stated or printed:
        return (stated[0] if stated else None), False
    earlier = state.last[0] if state.last else None
    if state.fresh and not state.titled:
        return earlier, False
    return state.title or earlier, False


def _stated(before: str, printed: list[re.Match[str]], state: State) -> tuple[Item, Decimal] | None:
    """The item of the last amount before the comparison."""
    if not printed:
        return None
    begin = printed[-2].end() if len(printed) > 1 else 0
    clause = before[begin : printed[-1].start()]
    named = item_of(clause, state)
    return (named, money(printed[-1]["number"], printed[-1]["unit"])) if named else None


def _amount(before: str, subject: Item, state: State) -> Decimal | None:
    """The amount of an item: the last one printed before, else the one mentioned for it."""
    printed = list(words.pattern("variances", "money").finditer(before))
    stated = _stated(before, printed, state)
    if stated and (stated[0].key == subject.key or subject.key not in state.mentions):
        return stated[1]
    if subject.key in state.mentions:
        return state.mentions[subject.key][1]
    if state.last and state.last[0].key == subject.key:
        return state.last[1]
    return None


def _record(about: _About, changed: Change, head: str, state: State) -> dict:
    """The record of a statement, amounts still exact."""
    amount, prior, value = about.amount, about.prior, changed.amount
    if value is None and amount is not None and prior is not None:
        value = amount - prior
    computed = None if amount is None or value is None else amount - value
    if prior is not None and computed is not None and computed != prior:
        state.notes.doubted("prose.prior_disagrees", state.place, str(prior), str(computed))
    if computed is not None and computed < 0 <= (amount or 0):
        state.notes.doubted("prose.prior_below_zero", state.place, str(computed), about.item.name)
    share = words.pattern("variances", "share").search(head)
    return {
        "section": section(about.item.name, state.section),
        "item": about.item.name,
        "code": code(about.item),
        "amount": amount,
        "change": value,
        "percent": changed.percent,
        "share": number(share["number"]) / 100 if share else None,
        "prior": computed,
        "reason": None,
    }


def _finished(record: dict) -> dict:
    """Decimals as floats."""
    return {
        name: plain_float(value) if isinstance(value, Decimal) else value
        for name, value in record.items()
    }
