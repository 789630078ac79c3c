"""Every chart function against a picture that somebody looked at, in Chinese and English.

After a change that is meant: `make images`, then look at every picture that differs.
"""

import re
from functools import cache
from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit import fonts, package

LARGE, SMALL = "xinjiang-miit-2024", "jiangsu-npc-2018"

#: A unit with several projects and money carried over.
UNIT = "新疆轻工职业技术学院"

#: Room and kind, and what else the picture is asked for.
CHARTS = {
    "income-composition": lambda: bk.income.plot(doc(), "composition"),
    "income-composition-function": lambda: bk.income.plot(doc(), "composition", code="205"),
    "income-composition-small": lambda: bk.income.plot(doc(SMALL), "composition"),
    "income-matrix": lambda: bk.income.plot(doc(), "matrix"),
    "units-projects": lambda: bk.units.plot(doc(), "projects"),
    "units-carryovers": lambda: bk.units.plot(doc(), "carryovers"),
    "units-lorenz": lambda: bk.units.plot(doc(), "lorenz"),
    "units-peers": lambda: bk.units.plot(doc(), "peers"),
    "units-unit_projects": lambda: bk.units.plot(doc(), "unit_projects", unit=UNIT),
    "units-unit_carryovers": lambda: bk.units.plot(doc(), "unit_carryovers", unit=UNIT),
    "students-intervals": lambda: bk.students.plot(doc(), "intervals"),
    "students-schools": lambda: bk.students.plot(doc(), "schools"),
    "students-what_if": lambda: bk.students.plot(doc(), "what_if", no=35),
    "variance-waterfall": lambda: bk.variance.plot(doc(), "waterfall"),
    "variance-waterfall-frozen": lambda: bk.variance.plot(
        doc(), "waterfall", frozen=bk.variance.transfers(doc(), "income")
    ),
    "variance-waterfall-small": lambda: bk.variance.plot(
        doc(SMALL), "waterfall", section="three_public"
    ),
    "variance-percent": lambda: bk.variance.plot(doc(), "percent"),
    "variance-reasons": lambda: bk.variance.plot(doc(), "reasons"),
    "compare-split": lambda: bk.compare.plot(kind="split"),
    "compare-years": lambda: bk.compare.plot(kind="years"),
    "audit": lambda: bk.audit.plot(doc()),
    "audit-small": lambda: bk.audit.plot(doc(SMALL)),
    "show": lambda: pdf().show(4),
}

#: A PDF takes a Java machine.
SLOW = {"show"}


@cache
def doc(name=LARGE):
    return bk.load(name)


@cache
def pdf():
    return bk.read(package.home() / LARGE / "disclosure.pdf")


@pytest.fixture(autouse=True)
def same_font(monkeypatch, drawn):
    """The font that the lock file carries, whatever the system has."""
    monkeypatch.setattr(fonts, "SYSTEM_FONTS", ())
    fonts.font.cache_clear()
    yield
    fonts.font.cache_clear()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in SLOW else ()) for name in CHARTS]
)
@pytest.mark.mpl_image_compare(
    baseline_dir="baseline",
    tolerance=0.5,
    style="default",
    savefig_kwargs={"dpi": 60, "bbox_inches": "tight", "metadata": {"Software": None}},
    deterministic=True,
)
def test_chart(name, language):
    bk.use_language(language)
    return CHARTS[name]().get_figure()


@pytest.mark.parametrize("room", ["income", "units", "students", "variance", "compare"])
def test_every_kind_of_chart_has_a_picture(room):
    stated = re.search(r"kind : \{(.*?)\}", getattr(bk, room).plot.__doc__, re.DOTALL)[1]
    pictured = {name.split("-")[1] for name in CHARTS if name.startswith(f"{room}-")}
    assert set(re.findall(r'"(\w+)"', stated)) == pictured


def test_every_picture_belongs_to_a_chart():
    """No baseline is left over."""
    folder = Path(__file__).parent / "baseline"
    names = {re.sub(r"\W", "_", f"test_chart_{n}-{c}") for n in CHARTS for c in ("zh", "en")}
    assert {re.sub(r"\W", "_", path.stem) for path in folder.glob("*.png")} == names
