"""The trade's words about tables, read from ``vocabulary/tables.toml``."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from budgetkit import codes
from budgetkit.printed import key
from budgetkit.vocabulary import words

#: A remark in brackets at the end of a title or label.
REMARK = re.compile(r"[(（][^()（）]*[)）]\s*$")

#: A title has so many characters at most.
_LONGEST = 60


#: Begins the heading of a column that is part of the one before.
_OF = "其中"


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
    groups: bool = False

    def measure(self, path: str) -> str | None:
        """The measure that a column's path of headings stands for: the longest fit."""
        over, _, last = path.rpartition("/")
        top, _, rest = path.partition("/")
        for outer, inner in ((last, over), (top, rest)) if self.qualified else ():
            name = qualifier(outer)
            if name and (measure := _longest(self.measures, inner)):
                plain = measure == "total" and any(name == own for own, _ in self.measures)
                return name if plain else f"{measure}_{name}"
        found = _longest(self.measures, path) or _longest(_patterns_of("measures"), path)
        if found is None and last.startswith(_OF) and (part := self.measure(last[len(_OF) :])):
            return f"of_which_{part}"
        return found

    def tells(self, path: str, heading: str) -> bool:
        """Whether a wording of the table's own takes a column's first headings in, too."""
        fits = (pattern.search(path) for _, pattern in self.measures)
        return any(fit is not None and fit.start() < len(heading) for fit in fits)


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
            groups=entry.get("groups", False),
        )
        for entry in words("tables")["table"]
    )


def table_of(name: str) -> Table | None:
    """The standard table of a name, if it is one's."""
    return next((table for table in tables() if table.id == name), None)


def titled(line: str) -> Table | None:
    """The standard table that a line of text is the title of, if it is one."""
    for text in dict.fromkeys((key(line), key(REMARK.sub("", line)))):
        found = (t for t in tables() if any(p.search(text) for p in t.titles))
        if len(text) <= _LONGEST and (table := next(found, None)):
            return table
    return None


def role(path: str) -> str | None:
    """The kind of label column that a path of headings stands for, if it is one."""
    return next((name for name, pattern in _patterns_of("roles") if pattern.search(path)), None)


def qualifier(heading: str) -> str | None:
    """What a heading says of the measures below it: 决算数 that they are final."""
    return _longest(_patterns_of("qualifiers"), heading)


def is_money(measure: str) -> bool:
    """Whether a column holds money: percentages and quantities are none, planned or final."""
    return _unqualified(measure) not in words("tables")["no_money"]["measures"]


def sets_apart(over: str, measure: str) -> bool:
    """Whether the heading of one measure names another that stands below it."""
    places = words("tables")["apart"]
    return measure not in places["own"] and over in (*places["before"], *places["after"])


def joined(measures: Iterable[str]) -> str:
    """One name of a measure and those over it: in the same order wherever each stands.

    >>> joined(["basic", "government_fund", "carryover"]), joined(["government_fund", "basic"])
    ('carryover_basic_government_fund', 'basic_government_fund')
    """
    places = words("tables")["apart"]
    return "_".join(
        sorted(measures, key=lambda m: (m in places["after"]) - (m in places["before"]))
    )


@cache
def is_change(heading: str) -> bool:
    """Whether a heading stands over changes since last year."""
    return Table("").measure(heading) == "change"


def adds_up(measure: str) -> bool:
    """Whether the amounts of a column are money that may be added up."""
    return is_money(measure) and _unqualified(measure) not in words("tables")["no_sum"]["measures"]


@cache
def _unqualified(measure: str) -> str:
    """A measure without its year and its qualifier."""
    plain = measure.removeprefix("prior_")
    endings = (f"_{name}" for name in words("tables")["qualifiers"])
    ending = next((ending for ending in endings if plain.endswith(ending)), "")
    return plain.removesuffix(ending)


def economic(headings: list[str]) -> tuple[str, ...]:
    """The economic codes that the last of some headings may be the name of.

    Only those of a class that a heading above names, where one does.
    """
    *above, found = [_economic(heading) for heading in headings or [""]]
    classes = [code for own in above for code in own if len(code) == 3]
    return tuple(code for code in found if code[:3] in classes) or found


def under_class(headings: list[str]) -> str | None:
    """The economic code that headings name together: that of a class above, and below it."""
    found = economic(headings)
    several = bool(headings[1:]) and len(_economic(headings[-1])) > 1
    return found[0] if several and len(found) == 1 else None


@cache
def of_class(code: str) -> str:
    """The measure of an economic class: `wages` for 301, the code where it has no name."""
    return Table("").measure(key(codes.name(code, language="zh") or "")) or code


def _economic(heading: str) -> tuple[str, ...]:
    """The economic codes that a heading may be the name of."""
    return by_name("economic", _subject).get(_subject(heading), ())


def _subject(text: str) -> str:
    """An economic subject's name as it is compared: places write it with and without 的."""
    return text.replace("的", "")


@cache
def by_name(kind: codes.Kind, form: Callable[[str], str] = str) -> dict[str, tuple[str, ...]]:
    """The codes of a classification by their names, in the form in which those are compared."""
    found: dict[str, tuple[str, ...]] = {}
    names = codes.table(kind)
    for code, name in zip(names["code"], names["zh"], strict=True):
        found[form(key(name))] = (*found.get(form(key(name)), ()), code)
    return found


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


def _longest(patterns: tuple[tuple[str, re.Pattern[str]], ...], path: str) -> str | None:
    """The name whose pattern fits the most of a path's end."""
    fits = [(m.start(), name) for name, p in patterns if (m := p.search(path))]
    return min(fits, key=lambda fit: fit[0], default=(0, None))[1]


@cache
def _patterns_of(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return _patterns(words("tables")[kind])


def _patterns(named: dict[str, list[str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each wording of each name, or the usual ones, as whole headings at the end of a path."""
    usual = words("tables")["measures"]
    return tuple(
        (name, re.compile(rf"(?:^|/)(?:{wording})$"))
        for name, wordings in named.items()
        for wording in wordings or usual[name]
    )
