"""What a document says of itself: title, department, year, kind and place."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, takewhile

from budgetkit import printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.names import looks_like_unit
from budgetkit.meta import short_name
from budgetkit.reading.model import Grid, Line

#: A cover has so few lines at most, a title so few characters.
_COVER = 6
_LONGEST = 60

#: A department's name may say of how much of it the document is.
_OF = re.compile("(?:部门|本级|本部|机关|汇总)$")

_YEAR = re.compile(
    r"(?<!\d)(20\d{2})(?:年(?![\d一二三四五六七八九十]{1,2}月)|(?=度?(?:部门|单位)?(?:预算|决算)))"
)
_YEAR_ALONE = re.compile(r"[(（]?(?:(?:预算|决算|公开)?年[度份][:：]?)?20\d{2}年(?:度|初)?[)）]?")
_ACCOUNTS = re.compile("预算(?!执行|绩效|法|管理|单位)|(?<!预)决算")
_HAN_YEAR = re.compile(r"[二2][〇○零ΟOО0][〇○零OＯ0一二三四五六七八九]{2}(?=年)")
_HAN_DIGITS = str.maketrans("〇○零OＯ一二三四五六七八九", "00000123456789")


def describe(blocks: Sequence[Line | Grid]) -> dict:
    """Title, department, year, kind (``budget`` or ``final``) and place of a document.

    The title is blank where no line reads like one.
    """
    texts = [_plain(text) for block in blocks for text in _texts(block)]
    lines = _cover(blocks)
    whole = "".join(lines)
    cover = whole if len(whole) < _LONGEST else ""
    titles = [t for t in texts if re.search("预算|决算", t) and len(t) < _LONGEST]
    own = [_unmarked(t) for t in titles if _YEAR.search(t) and not re.search("[，。；]", t)]
    department = (
        _stated(texts)
        or _labelled(blocks)
        or _office([_plain(line) for line in lines])
        or _titled([_plain(whole), *map(_plain, lines)])
        or _titled(own)
        or _first("department_in_heading", texts, "department")
    )
    first = next((text for text in texts[:1] if len(text) < _LONGEST), "")
    title = cover or _title(titles, department) or first
    alone = [text for text in texts if _YEAR_ALONE.fullmatch(text)]
    years = ([_plain(title)], alone, titles, texts)
    year = next(filter(None, (_year("".join(told)) for told in years)), None)
    kind = _kind(title, titles)
    untitled = vocabulary.titled(title) or not re.search("预算|决算", title)
    if not cover and department and year and untitled:  # tables and no cover
        title = f"{department}{year}年部门{'决算' if kind == 'final' else '预算'}"
    return {
        "title": title,
        "department": department,
        "year": year,
        "kind": kind,
        "place": _first("place", [department or "", _plain(title)], "place"),
    }


def apart(described: Iterable[tuple[str, dict]]) -> Iterator[tuple[str, list[str]]]:
    """Department and year where files name different ones; part of a name is no other name."""
    listed = list(described)
    for name, short in (("department", short_name), ("year", str)):
        told: dict[str, str] = {}
        for file, own in listed:
            if own[name]:
                told.setdefault(_OF.sub("", str(short(own[name]))), f"{file}: {own[name]}")
        if any(one not in other and other not in one for one, other in combinations(told, 2)):
            yield name, list(told.values())


def named(described: dict) -> bool:
    """Whether a document names a department or a year, or its title a budget."""
    titled = re.search("预算|决算", described["title"])
    return bool(described["department"] or described["year"] or titled)


def _plain(text: str) -> str:
    """A text tidied, years in Chinese digits as 2024年."""
    return _HAN_YEAR.sub(lambda year: year[0].translate(_HAN_DIGITS), printed.tidy(text))


def _unmarked(text: str) -> str:
    """A heading without its mark."""
    return re.sub(r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、)\s*", "", text)


def _cover(blocks: Sequence[Line | Grid]) -> list[str]:
    """The lines before the contents, the first heading or the first table."""
    end, aside = vocabulary.line("cover_end"), vocabulary.line("cover_aside")
    above = takewhile(lambda b: isinstance(b, Line), blocks)
    texts = [printed.tidy(line.text) for line in above if isinstance(line, Line)]
    texts = [text for text in texts if not aside.match(_plain(text))][:_COVER]
    found: list[str] = []
    for text in takewhile(lambda t: not end.match(t) and not vocabulary.titled(t), texts):
        if _YEAR.search(_plain(text)) and _YEAR.search(_plain("".join(found))):
            break  # the title again
        if not vocabulary.line("department").search(text):
            found.append(text)
    found = [text for i, text in enumerate(found) if not _again(text, found[:i], found[i + 1 :])]
    whole = [i for i, text in enumerate(found) if _YEAR.search(_plain(text)) and _titled([text])]
    found = found[whole[0] :] if whole else found
    return found if re.search("预算|决算", "".join(found)) else []


def _again(text: str, before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a line of a cover repeats another: as a page's running head does."""
    return text in before or any(text in other and text != other for other in (*before, *after))


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
    pairs = [row for row in rows if len(row) == 2 and looks_like_unit(printed.tidy(row[1]))]
    found = [row[1] for row in pairs if label.fullmatch(printed.key(row[0]))]
    return printed.tidy(Counter(found).most_common(1)[0][0]) if found else None


def _stated(texts: list[str]) -> str | None:
    """The department that the lines above the tables name most often."""
    pattern = vocabulary.line("department")
    found = [match["department"] for text in texts if (match := pattern.search(text))]
    return Counter(found).most_common(1)[0][0] if found else None


def _office(lines: Sequence[str]) -> str | None:
    """The office whose name is a line of the cover by itself, or lines that follow each other."""
    office, part, no = map(vocabulary.line, ("office", "office_goes_on", "not_an_office"))
    run = ""
    for line in (*lines, ""):
        if part.fullmatch(line) and not no.search(line):
            run += line
        elif run and (match := office.fullmatch(run)):
            return match["department"]
        else:
            run = ""
    return None


def _titled(texts: Iterable[str]) -> str | None:
    """The department that titles name most often; a place alone is none."""
    pattern, no = vocabulary.line("department_in_title"), vocabulary.line("not_an_office")
    names = [match["department"] for text in texts if (match := pattern.search(text))]
    names = [name for name in names if not no.search(name) and not _is_place(name)]
    return Counter(names).most_common(1)[0][0] if names else None


def _is_place(name: str) -> bool:
    """Whether a name is nothing but a place."""
    return _first("place", [f"{name}人"], "place") == name


def _title(texts: Sequence[str], department: str | None) -> str | None:
    """The first title of a text, with the department where it stands before the year."""
    found = next((t for t in texts if vocabulary.line("title").search(t)), None)
    if found and department and department in found:
        return _unmarked(found)
    return _first("title", [found], 0) if found else None


def _first(pattern: str, texts: Sequence[str], group: str | int) -> str | None:
    """A group of the first text that fits a pattern of the vocabulary."""
    compiled = vocabulary.line(pattern)
    return next((match[group] for text in texts if (match := compiled.search(text))), None)


def _kind(title: str, titles: Sequence[str]) -> str:
    """What the title names first; where it names neither, what most titles do."""
    if named := _ACCOUNTS.search(title):
        return "final" if named[0] == "决算" else "budget"
    told = sum("决算" in title for title in titles)
    return "final" if told * 2 > len(titles) else "budget"


def _year(text: str) -> int | None:
    """The year that a text names most often."""
    years = Counter(int(year) for year in _YEAR.findall(text))
    return years.most_common(1)[0][0] if years else None
