"""Disclosures made for the tests: standard tables with the labels and amounts that print knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import cycle, islice

from hypothesis import strategies as st

from budgetkit import codes
from budgetkit.disclosure import Disclosure
from budgetkit.meta import Meta, Table
from budgetkit.vocabulary import words

DEPARTMENT = "某市工业和信息化局"
UNITS = (
    DEPARTMENT,
    "某市第一职业技术学校",
    "某市信息中心（某市数据资源中心）",
    "某市中小企业服务和无线电管理中心（某市工业经济运行监测站）",
)
COVER = f"{DEPARTMENT}2024年部门预算公开"
LONGEST_NAME = 80

FUNCTIONAL = codes.table("functional")
ECONOMIC = codes.table("economic")
OWN = ECONOMIC[ECONOMIC["code"].str.startswith("3")]
LEVELS = {3: "class", 5: "section", 7: "item"}
COSTS = ("因公出国（境）费", "公务接待费", "公务用车购置及运行费", "其中：公务用车运行维护费")


@dataclass(frozen=True)
class Label:
    """What names a row."""

    level: str
    name: str
    code: str | None = None
    unit: str | None = None
    project: str | None = None


@dataclass(frozen=True)
class Kind:
    """A table: its name and title, what names its rows, what it may measure."""

    table: str
    title: str
    rows: str  # lines, costs, functional, economic, beside, expenditure, projects, items
    measures: tuple[str, ...]


def own(table: str) -> tuple[str, ...]:
    """The measures that a table has headings of its own for."""
    return tuple(words("typeset")["tables"][table])


SOURCES = ("total", "general_public_budget", "government_fund", "state_capital")
USES = ("total", "basic", "project")
PARTS = ("total", "personnel", "operating")
PARTS_BEFORE = ("prior", "prior_personnel", "prior_operating")
COSTS_TWICE = tuple(
    f"{cost}_{year}" for year in ("budget", "final") for cost in own("three_public")
)
UNKNOWN = "技术改造专项资金安排情况表"
KINDS = (
    Kind("balance", "部门收支总体情况表", "lines", ("amount",)),
    Kind("income", "部门收入总体情况表", "functional", ("total", *own("income"))),
    Kind("expenditure", "部门支出总体情况表", "expenditure", (*USES, *own("expenditure"))),
    Kind("appropriation_balance", "财政拨款收支预算总体情况表", "lines", SOURCES),
    Kind("appropriation_basic", "财政拨款基本支出预算表", "beside", PARTS),
    Kind("general_expenditure", "一般公共预算支出情况表", "functional", USES),
    Kind("general_basic", "一般公共预算基本支出情况表", "economic", (*PARTS, *PARTS_BEFORE)),
    Kind(
        "general_projects",
        "一般公共预算项目支出情况表",
        "projects",
        ("total", *own("general_projects")),
    ),
    Kind("government_fund", "政府性基金预算支出情况表", "expenditure", (*PARTS, "project")),
    Kind("state_capital", "国有资本经营预算支出情况表", "functional", own("state_capital")),
    Kind("three_public", "财政拨款“三公”经费支出情况表", "costs", SOURCES),
    Kind("three_public", "“三公”经费、会议费、培训费支出表", "expenditure", own("three_public")),
    Kind("three_public", "“三公”经费支出决算表", "functional", COSTS_TWICE),
    Kind("carryover", "上年结转结余情况明细表", "items", own("carryover")),
    Kind(
        UNKNOWN,
        UNKNOWN,
        "functional",
        ("total", "中央资金/提前下达", "中央资金/清算下达", "企业配套"),
    ),
)


@st.composite
def long_names(draw: st.DrawFn) -> str:
    """A name of up to 80 characters, with years, brackets, quotes and marks inside."""
    plain = st.sampled_from([n for n in FUNCTIONAL["zh"] if 3 < len(n) < 20])
    phrases = st.one_of(
        plain,
        plain.map("（{}）".format),
        plain.map("“{}”".format),
        plain.map("{}、".format),
        st.integers(2015, 2026).map("{}年".format),
        st.sampled_from(("5G+工业互联网", "2023-2025年度", "(二期)", "IPv6", "APP", "—")),
    )
    name = ""
    for phrase in (draw(plain), *draw(several(phrases)), "专项经费"):
        name += phrase if len(name + phrase) <= LONGEST_NAME else ""
    return name


@st.composite
def labels(draw: st.DrawFn, rows: str) -> list[Label]:
    """The labels of the rows of a table or half, first to last, without the total."""
    if rows in {"expenditure", "projects", "items"}:
        return draw(by_unit(rows))
    return draw(several(LABELS[rows], 1))


def several(found, least: int = 0):
    """Lists of a few of a kind, one more often of many than chance would have it."""
    return st.sampled_from((least, 5)).flatmap(
        lambda low: st.lists(found, min_size=low, max_size=9)
    )


@st.composite
def by_unit(draw: st.DrawFn, rows: str) -> list[Label]:
    """Labels of a table by unit: rows that head units, or a column that names them."""
    headed = rows == "items" or draw(st.booleans())
    result = []
    for unit in UNITS[: draw(st.integers(1, len(UNITS)))]:
        result += [Label("unit", unit, unit=unit)] if headed else []
        result += [replace(label, unit=unit) for label in draw(several(LABELS[rows]))]
    return result


def coded(frame):
    """Rows of a classification, some under a longer name than its own."""
    pairs = st.sampled_from(list(zip(frame["code"], frame["zh"], strict=True)))
    usual = pairs.map(lambda pair: Label(LEVELS[len(pair[0])], pair[1], pair[0]))
    other = st.builds(lambda label, name: replace(label, name=name), usual, long_names())
    return st.one_of(usual, usual, other)


def item(code: str, name: str, project: str) -> Label:
    """A project under the code and the name of an item."""
    return Label("project", name, code, project=project)


BY_ITEM = st.sampled_from(FUNCTIONAL[FUNCTIONAL["level"] == "item"][["code", "zh"]].values.tolist())
CLASSES = coded(FUNCTIONAL[FUNCTIONAL["level"] == "class"])
MARKED = st.tuples(st.sampled_from(("", "一、", "1、", "其中：", "（一）")), long_names())
LABELS = {
    "lines": st.one_of(MARKED.map(lambda parts: Label("line", "".join(parts))), CLASSES),
    "costs": st.sampled_from(COSTS).map(lambda name: Label("line", name)),
    "functional": coded(FUNCTIONAL),
    "economic": coded(OWN),
    "beside": st.builds(
        lambda label, other: replace(label, name=f"{label.name} / {other.name}"),
        coded(FUNCTIONAL),
        coded(ECONOMIC),
    ),
    "expenditure": coded(FUNCTIONAL),
    "projects": st.one_of(
        coded(FUNCTIONAL), st.builds(lambda pair, name: item(*pair, name), BY_ITEM, long_names())
    ),
    "items": long_names().map(lambda name: Label("project", name, project=name)),
}


@st.composite
def amounts(draw: st.DrawFn, places: int) -> float:
    """An amount in 万元 with so many decimals: usual ones, zero, negative and very large ones."""
    units = draw(
        st.one_of(
            st.integers(0, 10**7), st.just(0), st.integers(-(10**6), -1), st.integers(0, 10**11)
        )
    )
    return float(f"{units}e-{places}")


@st.composite
def halves(draw: st.DrawFn, kind: Kind, measures: tuple[str, ...], places: int, rows: int | None):
    """Rows of a table or of one half: labels and amounts; blank cells, rows and columns."""
    named = draw(labels(kind.rows))
    if draw(st.booleans()):
        total = Label("total", draw(st.sampled_from(("合计", "总计"))))
        named.insert(draw(st.sampled_from((0, len(named)))), total)
    used = draw(st.one_of(st.just(measures), st.lists(st.sampled_from(measures), min_size=1)))
    cells = st.dictionaries(st.sampled_from(used), amounts(places))
    full = st.fixed_dictionaries({measure: amounts(places) for measure in used})
    named = named[: rows or None]
    printed = [draw(st.one_of(full, cells)) for _ in named]
    return list(islice(cycle(zip(named, printed, strict=True)), rows or len(named)))


@st.composite
def tables(draw: st.DrawFn, kind: Kind, rows: int | None = None):
    """One table: what is known of it, and its records."""
    some = draw(
        st.one_of(st.just(kind.measures), st.sets(st.sampled_from(kind.measures), min_size=1))
    )
    measures = tuple(measure for measure in kind.measures if measure in some)
    unit, decimals = draw(st.sampled_from((("万元", 2), ("万元", 6), ("万元", 0), ("元", 2))))
    places = decimals + 4 * (unit == "元")
    sides = ("income", "expenditure") if kind.rows == "lines" else (None,)
    found = {side: draw(halves(kind, measures, places, rows)) for side in sides}
    records = [
        {"table": kind.table, "row": number, "side": side, **vars(label)}
        | {"measure": measure, "amount": amount, "page": 1}
        for side, half in found.items()
        for number, (label, cells) in enumerate(half, start=1)
        for measure, amount in cells.items()
    ]
    printed = max(map(len, found.values()))
    return Table(kind.table, kind.title, unit, decimals, 1, printed, measures), records


@st.composite
def disclosures(draw: st.DrawFn, rows: int | None = None, most: int = 3) -> Disclosure:
    """A disclosure of some standard tables; `rows`: of each half of each table."""
    kinds = st.lists(
        st.sampled_from(KINDS), min_size=1, max_size=most, unique_by=lambda kind: kind.table
    )
    return made([draw(tables(kind, rows)) for kind in draw(kinds)])


def made(found) -> Disclosure:
    """A disclosure of tables and their records."""
    meta = Meta(
        title=COVER,
        department=DEPARTMENT,
        year=2024,
        kind="budget",
        place="某市",
        source="made",
        sha256="0" * 64,
        tables=tuple(table for table, _ in found),
    )
    units = [
        {"no": number, "unit": unit, "kind": None} for number, unit in enumerate(UNITS, start=1)
    ]
    records = [record for _, records in found for record in records]
    return Disclosure(meta, {"figures": records, "units": units})
