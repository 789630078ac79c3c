"""What every chart shares: glyphs, a title, an axis; a style that is put back when it is drawn."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest

import budgetkit as bk
from budgetkit import charts

#: Lesson, kind and section of each chart of the large document.
CHARTS = [
    *((bk.income, kind, None) for kind in ("composition", "matrix")),
    *((bk.units, kind, None) for kind in ("projects", "carryovers", "lorenz", "peers")),
    *((bk.students, kind, None) for kind in ("intervals", "schools")),
    *((bk.variance, kind, None) for kind in ("waterfall", "percent", "reasons")),
    *((bk.variance, "waterfall", name) for name in ("general_expenditure", "three_public")),
    (bk.variance, "percent", "income"),
]


@pytest.fixture
def interactive():
    before = mpl.is_interactive()
    mpl.interactive(False)
    yield
    mpl.interactive(before)


def test_style_is_put_back(interactive):
    before = mpl.rcParams["axes.spines.top"]
    with charts.style():
        assert not mpl.rcParams["axes.spines.top"]
    assert mpl.rcParams["axes.spines.top"] == before


def test_interactive_mode_outlives_the_style(interactive):
    """Else only the first chart of a notebook is shown: its backend starts inside the style."""
    with charts.style():
        mpl.interactive(True)
    assert mpl.is_interactive()


@pytest.mark.parametrize("language", bk.language.LANGUAGES)
@pytest.mark.parametrize(("lesson", "kind", "section"), CHARTS)
def test_every_character_prints(bundled, drawn, lesson, kind, section, language):
    bk.use_language(language)
    options = {} if section is None else {"section": section}
    axes = drawn(lesson.plot(bundled, kind, **options))
    assert axes.get_title(loc="left")
    assert axes.get_xlabel()


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ((0.0395, 0.9605), ["4%", "96%"]),  # chongqing-science-2026
        ((0.5617, 0.4289, 0.0094), ["56%", "43%", "1%"]),  # jiangsu-npc-2017: beside the bar
        ((0.99, 0.01, 0.0), ["99%", "1%"]),
        ((0.96, 0.02, 0.02), ["96%"]),  # which of the two would it be?
        ((0.01, 0.99), ["99%"]),
        ((0.998, 0.002), ["100%"]),
    ],
)
def test_a_narrow_segment_tells_its_share_where_it_can(shares, told):
    ax = charts.stack(plt.subplots()[1], ["甲"], pd.DataFrame([shares]))
    assert [text.get_text() for text in ax.texts if text.get_text()] == told
    assert [text.get_text() for text in ax.texts if text.xy[0] == 1] == [
        share for share in told if share == "1%"
    ]
