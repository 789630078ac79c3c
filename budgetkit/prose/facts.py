"""Other stated numbers: staff, procurement, assets, performance, totals; patterns are data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from budgetkit.notes import Notes
from budgetkit.prose import words
from budgetkit.prose.money import number
from budgetkit.prose.paragraphs import Paragraph
from budgetkit.prose.sentences import sentences


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a fact: its key, wordings, and the sentences that they count in."""

    key: str
    wordings: tuple[re.Pattern[str], ...]
    unit: str | None
    sections: frozenset[str]
    sentence: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    behind: tuple[re.Pattern[str], ...]

    def fits(self, section: str, sentence: str) -> bool:
        """Whether this fact may be stated by a sentence of a section."""
        return (
            (not self.sections or section in self.sections)
            and (self.sentence is None or bool(self.sentence.search(sentence)))
            and (self.unless is None or not self.unless.search(sentence))
        )

    def found(self, sentence: str) -> re.Match[str] | None:
        """Where the first wording that occurs stands, not behind words that turn its sense."""
        return next(
            (
                match
                for wording in self.wordings
                for match in wording.finditer(sentence)
                if not any(words.search(sentence[: match.start()]) for words in self.behind)
            ),
            None,
        )


def read(found: Sequence[Paragraph]) -> Iterator[dict]:
    """Records of ``facts``, with the place of each; values and units as printed."""
    for paragraph in found:
        if words.silent(paragraph.section) or not re.search(r"\d", paragraph.text):
            continue
        for sentence in sentences(paragraph.text, stops="。"):
            for fact in _facts():
                if fact.fits(paragraph.section, sentence):
                    yield from _stated(fact, sentence, paragraph)


def unique(records: Sequence[dict], notes: Notes) -> list[dict]:
    """One record for each key, unit and section: the first; a different second is noted."""
    kept: dict[tuple, dict] = {}
    for record in records:
        place = record.pop("place")
        known = kept.setdefault((record["key"], record["unit"], record["section"]), record)
        if known["value"] != record["value"]:
            notes.doubted("prose.fact_repeated", place, str(record["value"]), record["key"])
    return list(kept.values())


def _stated(fact: Fact, sentence: str, paragraph: Paragraph) -> Iterator[dict]:
    """What the first wording that occurs in a sentence states."""
    match = fact.found(sentence)
    if match is None:
        return
    groups = match.groupdict()
    value = number(match["value"])
    if groups.get("verb") and words.pattern("variances", "down").match(match["verb"]):
        value = -value
    yield {
        "key": fact.key.replace("{section}", paragraph.section),
        "value": float(value),
        "unit": groups.get("unit") or fact.unit,
        "section": paragraph.section,
        "place": paragraph.place,
    }


@cache
def _facts() -> tuple[Fact, ...]:
    """The facts of ``vocabulary/facts.toml``."""
    vocabulary = words.vocabulary("facts")
    return tuple(
        Fact(
            key=entry["key"],
            wordings=tuple(words.compiled(wording) for wording in entry["words"]),
            unit=entry.get("unit"),
            sections=frozenset(entry.get("sections", ())),
            sentence=words.compiled(entry["sentence"]) if "sentence" in entry else None,
            unless=words.compiled(entry["unless"]) if "unless" in entry else None,
            behind=tuple(
                words.compiled(f"(?:{told['behind']})$")
                for told in (vocabulary, entry)
                if told.get("behind") and entry.get("behind") != ""
            ),
        )
        for entry in vocabulary["fact"]
    )
