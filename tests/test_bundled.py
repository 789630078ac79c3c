"""Every bundled disclosure: every lesson takes it, and it equals the reading of its files."""

import inspect
import tomllib

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import budgetkit as bk
from budgetkit import package
from budgetkit.errors import MissingDataError

SOURCES = tomllib.loads((package.home() / "sources.toml").read_text(encoding="utf-8"))
LESSONS = [
    function
    for lesson in (bk.income, bk.units, bk.students, bk.variance)
    for name, function in inspect.getmembers(lesson, inspect.isfunction)
    if name in lesson.__all__
]


def takes_a_document_alone(function):
    """Whether a function needs a disclosure and nothing else."""
    parameters = list(inspect.signature(function).parameters.values())
    first, rest = parameters[0], parameters[1:]
    return first.name == "doc" and all(p.default is not inspect.Parameter.empty for p in rest)


def test_what_is_bundled_has_its_source():
    assert sorted(SOURCES) == package.names()


@pytest.mark.parametrize("name", package.names())
def test_every_lesson_takes_it_or_says_what_it_lacks(name):
    doc = bk.load(name)
    told = 0
    for function in filter(takes_a_document_alone, LESSONS):
        try:
            assert function(doc) is not None
            told += 1
        except MissingDataError as fault:
            assert doc.meta.source in str(fault)
        plt.close("all")
    assert told >= 7  # composition, concentration, plot, ratios; narrative, reasons, recompute


@pytest.mark.parametrize("name", package.names())
def test_no_sentences_in_it(name):
    doc = bk.load(name)
    for frame in ("figures", "units", "facts"):
        for column in doc.frames[frame].select_dtypes(include=["str"]):
            assert not doc.frames[frame][column].str.contains("。", regex=False).any()


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in SOURCES if name != "xinjiang-miit-2024"])
def test_it_equals_the_reading(name, shared):
    read = bk.read(*[shared / file for file in SOURCES[name]["files"]])
    bundled = bk.load(name)
    assert bundled.meta == read.meta
    for frame in SOURCES[name]["frames"]:
        drop = [c for c in bundled.frames[frame] if c.startswith("reason")]
        pd.testing.assert_frame_equal(
            read.frames[frame].drop(columns=drop),
            bundled.frames[frame].drop(columns=drop),
            check_categorical=False,
        )
