"""The trade's words about tables, read from ``vocabulary/tables.toml``."""

import re
from dataclasses import dataclass
from functools import cache

from budgetkit.printed import key
from budgetkit.vocabulary import words

#: A remark in brackets at the end of a title.
_REMARK = re.compile(r"[(（][^()（）]*[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of a standard table before a document is opened."""

    id: str
    titles: tuple[re.Pattern[str], ...] = ()
    measures: tuple[tuple[str, re.Pattern[str]], ...] = ()
    label: str = "name"
    sides: bool = False
    form: bool = False
    qualified: bool = False

    def measure(self, path: str) -> str | None:
        """The measure that a column's path of headings stands for: the longest fit."""
        found = self.fit(path)
        return found[0] if found else None

    def fit(self, path: str) -> tuple[str, str] | None:
        """The measure that fits the most of a column's path of headings, and the rest above it."""
        over, _, last = path.rpartition("/")
        qualifier = _longest(_patterns_of("qualifiers"), last) if self.qualified else None
        if qualifier and (found := _longest(self.measures, over)):
            name, rest = found
            plain = name == "total" and any(qualifier[0] == own for own, _ in self.measures)
            return (qualifier[0] if plain else f"{name}_{qualifier[0]}"), rest
        return _longest(self.measures, path) or _longest(_patterns_of("measures"), path)


@cache
def tables() -> tuple[Table, ...]:
    """The standard tables, the more particular titles first."""
    return tuple(
        Table(
            id=entry["id"],
            titles=tuple(re.compile(f"(?:{title})$") for title in entry["titles"]),
            measures=_patterns(entry.get("measures", {})),
            label=entry.get("label", "name"),
            sides=entry.get("sides", False),
            form=entry.get("form", False),
            qualified=entry.get("qualified", False),
        )
        for entry in words("tables")["table"]
    )


def titled(line: str) -> Table | None:
    """The standard table that a line of text is the title of, if it is one."""
    text = key(_REMARK.sub("", line))
    if len(text) > 60:
        return None
    return next((t for t in tables() if any(p.search(text) for p in t.titles)), None)


def role(path: str) -> str | None:
    """The kind of label column that a path of headings stands for, if it is one."""
    return next((name for name, pattern in _patterns_of("roles") if pattern.search(path)), None)


@cache
def is_heading(text: str) -> bool:
    """Whether a text is a heading of some column of some table."""
    measures = (pattern for table in tables() for _, pattern in table.measures)
    patterns = (
        *(pattern for _, pattern in (*_patterns_of("roles"), *_patterns_of("measures"))),
        *measures,
    )
    return any(pattern.search(text) for pattern in patterns)


@cache
def line(name: str) -> re.Pattern[str]:
    """A pattern of ``[lines]``: the unit line, the department line, total words."""
    return re.compile(words("tables")["lines"][name])


def over(heading: str) -> str | None:
    """What a heading that stands over others makes of the measures below it."""
    return next((name for name, p in _patterns_of("over") if p.fullmatch(heading)), None)


def below(name: str, measure: str) -> str:
    """The name of a measure below such a heading.

    >>> below("carryover", "basic"), below("final", "abroad"), below("carryover", "total")
    ('carryover_basic', 'abroad_final', 'carryover')
    """
    places = words("tables")["place"]
    if measure in {"total", "amount"} and name not in places["versus"]:
        return name
    if name in places["before"]:
        return f"{name}_{measure}"
    return measure if name in places["alone"] else f"{measure}_{name}"


def _longest(
    patterns: tuple[tuple[str, re.Pattern[str]], ...], path: str
) -> tuple[str, str] | None:
    """The name whose pattern fits the most of a path's end, and what is left of the path."""
    fits = [(m.start(), name) for name, p in patterns if (m := p.search(path))]
    start, name = min(fits, key=lambda fit: fit[0], default=(0, None))
    return (name, path[:start]) if name else None


@cache
def _patterns_of(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return _patterns(words("tables")[kind])


def _patterns(named: dict[str, list[str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each wording of each name, anchored to whole headings at the end of a path."""
    return tuple(
        (name, re.compile(rf"(?:^|/)(?:{wording})$"))
        for name, wordings in named.items()
        for wording in wordings
    )
