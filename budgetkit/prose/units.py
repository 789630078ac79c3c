"""The list of budget units: who belongs to the department, and of what kind each is."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from budgetkit.notes import Notes
from budgetkit.printed import key, tidy
from budgetkit.prose import words
from budgetkit.prose.paragraphs import BODY, Paragraph
from budgetkit.prose.sentences import split
from budgetkit.reading.model import Grid, Line

#: A table of units has at most so many columns; wider ones are tables of amounts.
MOST_COLUMNS = 4

_LAST_BRACKET = re.compile(r"[（(](?P<kind>[^（）()]*)[）)]$")
_INLINE_MARK = re.compile(r"^(?:\d{1,2}[、.．]|[（(]\d{1,2}[）)])\s*")


class _List(NamedTuple):
    """A list of units as announced; preferred where it is the list of those in this budget."""

    units: tuple[tuple[str, str | None], ...]
    preferred: bool
    place: int


def read(found: Sequence[Paragraph], notes: Notes) -> list[dict]:
    """Records of ``units``, from the list that the overview announces."""
    overview = [paragraph for paragraph in found if paragraph.section == "overview"]
    lists = [entry for index in range(len(overview)) for entry in _listed(overview, index)]
    if not lists:
        return []
    chosen = max(lists, key=lambda entry: (entry.preferred, len(entry.units)))
    seen: set[str] = set()
    for unit, _ in chosen.units:
        if unit in seen:
            notes.doubted("prose.unit_repeated", chosen.place, unit)
        seen.add(unit)
    return [
        {"no": number, "unit": unit, "kind": kind}
        for number, (unit, kind) in enumerate(chosen.units, start=1)
    ]


def tabled(blocks: Sequence[Line | Grid]) -> list[dict]:
    """Records of ``units`` from a small table that numbers and names them, if there is one."""
    for grid in blocks:
        if not isinstance(grid, Grid) or not 2 <= grid.width <= MOST_COLUMNS or len(grid.rows) < 2:
            continue
        heads = [tidy(cell or "") for cell in grid.rows[0]]
        columns = [i for i, h in enumerate(heads) if words.pattern("units", "head").fullmatch(h)]
        if not columns or not words.pattern("units", "number").fullmatch(heads[0]):
            continue
        cells = [row[columns[0]] for row in grid.rows[1:] if columns[0] < len(row)]
        names = [named(tidy(cell)) for cell in cells if cell and key(cell)]  # … is none
        return [
            {"no": number, "unit": unit, "kind": kind}
            for number, (unit, kind) in enumerate(names, start=1)
        ]
    return []


def named(text: str, announced: str | None = None) -> tuple[str, str | None]:
    """A unit's name and kind; only a bracket that says the kind is cut off.

    >>> named("市信息中心（市数据中心）（全额拨款事业单位）")
    ('市信息中心（市数据中心）', 'fully_funded')
    """
    bracket = _LAST_BRACKET.search(text)
    kind = words.first("kinds", bracket["kind"]) if bracket else None
    if bracket and kind:
        return text[: bracket.start()].strip(), kind
    return text, announced


def _listed(found: Sequence[Paragraph], index: int) -> Iterator[_List]:
    """The lists that a paragraph announces: in its own sentence, or in what follows it."""
    text = found[index].text
    for match in words.pattern("units", "announced").finditer(text):
        if words.pattern("units", "not_announced").search(match[0]):
            continue
        several = len(words.pattern("units", "count").findall(match[0])) > 1
        kind = None if several else words.first("kinds", match[0])
        inline = text[match.end() :].split("。")[0]
        entries = _parted(list(_entries(inline))) if inline else list(_items(found, index))
        preferred = bool(words.pattern("units", "preferred").search(text[: match.end()]))
        if entries:
            named_units = tuple(named(entry, kind) for entry in entries)
            yield _List(named_units, preferred, found[index].place)


def _parted(entries: list[str]) -> list[str]:
    """Names with the last two apart, where 和 stands between two that begin like the first.

    >>> _parted(["某局机关", "某局人力资源和社保中心和某局执法队"])
    ['某局机关', '某局人力资源和社保中心', '某局执法队']
    """
    start = entries[0][:2] if len(entries) > 1 else ""
    found = (
        re.fullmatch(rf"(.{{3,}})(?:以及|和|及|与)({re.escape(start)}.+)", entries[-1])
        if start
        else None
    )
    return [*entries[:-1], *found.groups()] if found else entries


def _items(found: Sequence[Paragraph], index: int) -> Iterator[str]:
    """The list items after a paragraph; a body paragraph counts where no item does."""
    following = found[index + 1 :]
    if following and following[0].level == BODY:
        yield from _entries(re.split(r"。", following[0].text)[0])
        return
    level = following[0].level if following else BODY
    for number, paragraph in enumerate(following, start=1):
        if paragraph.level != level or paragraph.number != number:
            return
        yield from _entries(paragraph.text, stops="")


def _entries(text: str, stops: str = "、；;，,") -> Iterator[str]:
    """The names in an enumeration."""
    for piece in split(text, stops):
        name = _INLINE_MARK.sub("", piece.strip("。；;，,、 "))
        name = re.split(r"[，,：:]", name)[0]
        name = words.pattern("units", "tail").sub("", name).strip()
        if words.pattern("units", "not_a_unit").search(name):
            continue
        if words.pattern("units", "name").fullmatch(name) and re.search(r"[\u4e00-\u9fff]", name):
            yield name
