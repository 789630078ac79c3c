"""Shared fixtures: the real source where it is at hand, and small documents made here."""

import warnings
from pathlib import Path

import pytest
from hypothesis import settings

import budgetkit as bk

settings.register_profile("budgetkit", deadline=None)  # machines differ; timing is for benchmarks
settings.load_profile("budgetkit")

SHARED = Path(__file__).resolve().parents[2] / "shared"
SOURCE = SHARED / "source" / "xinjiang-miit-2024.txt"


@pytest.fixture(scope="session")
def shared():
    """The folder of test input beside the repository; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is not here")
    return SHARED


@pytest.fixture(scope="session")
def source_path():
    """The disclosure that started the project; skips where ../shared is absent."""
    if not SOURCE.exists():
        pytest.skip(f"needs {SOURCE.name} in ../shared/source, which is not here")
    return SOURCE


@pytest.fixture(scope="session")
def source(source_path):
    """The same, read."""
    return bk.read(source_path)


@pytest.fixture(scope="session")
def bundled():
    """The bundled disclosure."""
    return bk.load("xinjiang-miit-2024")


@pytest.fixture
def read_text(tmp_path):
    """Reads a text as if it were a file: ``read_text("…", encoding=…)``."""

    def read(text, encoding="utf-8", name="page.txt"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return bk.read(path)

    return read


@pytest.fixture(autouse=True)
def nobody_chose():
    """Every test starts with no language chosen: labels in Chinese, errors in English."""
    bk.language._state["language"] = None
    yield
    bk.language._state["language"] = None


@pytest.fixture
def drawn():
    """Renders a chart and fails where a label cannot be printed; closes all figures."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    def draw(axes):
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a glyph that no font has is a warning
            axes.get_figure().canvas.draw()
        return axes

    yield draw
    plt.close("all")
