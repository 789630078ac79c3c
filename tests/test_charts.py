"""What every chart shares: glyphs, a title, an axis; a style that is put back when it is drawn."""

import matplotlib as mpl
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
