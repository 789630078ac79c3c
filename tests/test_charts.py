"""What every chart shares: the style is put back, but not what a notebook turned on meanwhile."""

import matplotlib as mpl
import pytest

from budgetkit import charts


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
