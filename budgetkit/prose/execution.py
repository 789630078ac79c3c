"""Final accounts: what was budgeted, what was spent, and how much of it that is."""

import re
from collections.abc import Iterator, Sequence

from budgetkit.prose import words
from budgetkit.prose.coding import code
from budgetkit.prose.money import number
from budgetkit.prose.paragraphs import BODY, Paragraph
from budgetkit.prose.sentences import sentences
from budgetkit.prose.subjects import Item, functional, item

#: What a pattern calls the unit of a part.
_UNIT = {"budget": "unit", "final": "final_unit"}


def read(found: Sequence[Paragraph]) -> Iterator[dict]:
    """Facts ``execution.<code or item>``: ``.budget``, ``.final`` as printed, ``.completion`` %."""
    about: Item | None = None
    for paragraph in found:
        if paragraph.level < BODY:
            about = item(re.split(r"[。：:，,]", paragraph.text)[0])
        for sentence in sentences(paragraph.text):
            about = functional(sentence) or about
            for part in words.pattern("variances", "parts").split(sentence):
                for record in _stated(part, about):
                    yield {**record, "section": paragraph.section, "place": paragraph.place}


def _stated(sentence: str, about: Item | None) -> Iterator[dict]:
    """The facts of one sentence."""
    pair = words.pattern("execution", "budget").search(sentence)
    done = words.pattern("execution", "completion").search(sentence)
    at = pair or done
    if at is None or not words.pattern("execution", "final").search(sentence):
        return
    subject = item(sentence[: at.start()]) or about
    if subject is None:
        return
    name = code(subject) or subject.name
    spent = pair or words.pattern("execution", "spent").search(sentence[: at.start()])
    if spent:
        for part in ("budget", "final") if pair else ("final",):
            value, unit = float(number(spent[part])), spent[_UNIT[part]] or spent["final_unit"]
            yield {"key": f"execution.{name}.{part}", "value": value, "unit": unit}
    if done:
        value = float(number(done["number"]))
        yield {"key": f"execution.{name}.completion", "value": value, "unit": "%"}
