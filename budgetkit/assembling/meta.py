"""What a document says of itself: title, department, year, kind and place."""

import re
from collections import Counter
from collections.abc import Sequence

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.reading.model import Grid, Line

#: So many lines from the top may hold the title.
_TOP = 40


def describe(blocks: Sequence[Line | Grid]) -> dict:
    """Title, department, year, kind (``budget`` or ``final``) and place of a document."""
    texts = [text for block in blocks for text in _texts(block)]
    top = [printed.tidy(text) for text in texts[:_TOP]]
    stated = _stated(texts)
    index, title = next(
        ((i, text) for i, text in enumerate(top) if vocabulary.line("title").search(text)),
        (0, top[0] if top else ""),
    )
    department = stated or _department(title) or (_department(top[index - 1]) if index else None)
    if index and department and department not in title and top[index - 1] in department:
        title = top[index - 1] + title
    joined = "".join(top)
    return {
        "title": title,
        "department": department,
        "year": _year(title) or _year(joined),
        "kind": "final" if "决算" in (title if _year(title) else joined) else "budget",
        "place": _place(department or title),
    }


def _texts(block: Line | Grid) -> list[str]:
    """The texts of a block; of a grid only the first rows, where captions stand."""
    if isinstance(block, Line):
        return [block.text]
    return [cell for row in block.rows[:3] for cell in row if cell]


def _stated(texts: list[str]) -> str | None:
    """The department that the lines above the tables name most often."""
    found = [
        printed.tidy(match["department"])
        for text in texts
        if (match := vocabulary.line("department").search(text))
    ]
    return Counter(found).most_common(1)[0][0] if found else None


def _department(text: str) -> str | None:
    """The department in a title: what stands before the year or the word for budget."""
    match = vocabulary.line("department_in_title").search(text)
    return match["department"] if match else None


def _year(text: str) -> int | None:
    match = re.search(r"(20\d{2})年?度?[^\d]{0,30}?(?:预算|决算)", text)
    return int(match[1]) if match else None


def _place(name: str) -> str | None:
    """The place that a department's name begins with."""
    match = vocabulary.line("place").match(name)
    return match["place"] if match else None
