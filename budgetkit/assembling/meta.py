"""What a document says of itself: title, department, year, kind and place."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.names import looks_like_unit
from budgetkit.reading.model import Grid, Line

#: A cover has so few lines at most.
_COVER = 6

_YEAR = re.compile(r"(?<!\d)(20\d{2})年")


def describe(blocks: Sequence[Line | Grid]) -> dict:
    """Title, department, year, kind (``budget`` or ``final``) and place of a document."""
    texts = [printed.tidy(text) for block in blocks for text in _texts(block)]
    cover = "".join(_cover(blocks))
    department = (
        _stated(texts) or _labelled(blocks) or _first("department_in_title", [cover], "department")
    )
    titles = [t for t in texts if re.search("预算|决算", t) and len(t) < 60]
    title = cover or _first("title", titles, 0) or (texts[0] if texts else "")
    year = _year(cover) or _year("".join(titles)) or _year("".join(texts))
    kind = "final" if "决算" in (cover or "".join(titles[:9])) else "budget"
    if not cover and department and year and vocabulary.titled(title):  # tables and no cover
        title = f"{department}{year}年部门{'决算' if kind == 'final' else '预算'}"
    return {
        "title": title,
        "department": department,
        "year": year,
        "kind": kind,
        "place": _first("place", [department or "", title], "place"),
    }


def apart(described: Sequence[dict]) -> list[tuple[str, list[str]]]:
    """Department and year where files name different ones; part of a name is no other name."""
    found = []
    for name in ("department", "year"):
        told = list(dict.fromkeys(str(own[name]) for own in described if own[name]))
        if any(one not in other and other not in one for one in told for other in told):
            found.append((name, told))
    return found


def _cover(blocks: Sequence[Line | Grid]) -> list[str]:
    """The lines before the contents, the first heading or the first table."""
    end = vocabulary.line("cover_end")
    lines = takewhile(lambda b: isinstance(b, Line), blocks[:_COVER])
    texts = (printed.tidy(line.text) for line in lines if isinstance(line, Line))
    found: list[str] = []
    for text in takewhile(lambda t: not end.match(t) and not vocabulary.titled(t), texts):
        if _YEAR.search(text) and _YEAR.search("".join(found)):
            break  # the title again
        if not vocabulary.line("department").search(text):
            found.append(text)
    return found if any(re.search("预|决", text) for text in found) else []


def _texts(block: Line | Grid) -> list[str]:
    """The texts of a block; of a grid only the first rows, where captions stand."""
    if isinstance(block, Line):
        return [block.text]
    rows = [[cell for cell in row if cell] for row in block.rows[:4]]
    return [*(cell for row in rows for cell in row), *(" ".join(row) for row in rows if row)]


def _labelled(blocks: Sequence[Line | Grid]) -> str | None:
    """The department that a form names, in the cell after its label."""
    label = vocabulary.line("department_label")
    rows = ([c for c in row if c] for b in blocks if isinstance(b, Grid) for row in b.rows)
    pairs = [row for row in rows if len(row) == 2 and label.fullmatch(printed.key(row[0]))]
    found = [name for _, name in pairs if looks_like_unit(name)]
    return printed.tidy(Counter(found).most_common(1)[0][0]) if found else None


def _stated(texts: list[str]) -> str | None:
    """The department that the lines above the tables name most often."""
    pattern = vocabulary.line("department")
    found = [match["department"] for text in texts if (match := pattern.search(text))]
    return Counter(found).most_common(1)[0][0] if found else None


def _first(pattern: str, texts: Sequence[str], group: str | int) -> str | None:
    """A group of the first text that fits a pattern of the vocabulary."""
    compiled = vocabulary.line(pattern)
    return next((match[group] for text in texts if (match := compiled.search(text))), None)


def _year(text: str) -> int | None:
    """The year that a text names most often."""
    years = Counter(int(year) for year in _YEAR.findall(text))
    return years.most_common(1)[0][0] if years else None
