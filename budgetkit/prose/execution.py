"""Final accounts: what was budgeted, what was spent, and how much of it that is."""

import re
from collections.abc import Iterator, Sequence

from budgetkit.prose import words
from budgetkit.prose.coding import code
from budgetkit.prose.money import number
from budgetkit.prose.paragraphs import BODY, Paragraph
from budgetkit.prose.sentences import sentences
from budgetkit.prose.subjects import Item, item


def read(found: Sequence[Paragraph]) -> Iterator[dict]:
    """Facts ``execution.<code or item>``: ``.budget``, ``.final`` as printed, ``.completion`` %."""
    about: Item | None = None
    for paragraph in found:
        if paragraph.level < BODY:
            about = item(re.split(r"[。：:，,]", paragraph.text)[0])
        for sentence in sentences(paragraph.text):
            for record in _stated(sentence, about):
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
    for part, unit in (("budget", pair and pair["unit"]), ("final", spent and spent["final_unit"])):
        if spent and unit:
            value = float(number(spent[part]))
            yield {"key": f"execution.{name}.{part}", "value": value, "unit": unit}
    if done:
        value = float(number(done["number"]))
        yield {"key": f"execution.{name}.completion", "value": value, "unit": "%"}
