"""What the app makes of a notebook."""

import re
from types import SimpleNamespace

import pytest
from traitlets.config import PyFileConfigLoader

from tools import lessons

JUPYTER = lessons.ROOT / "tools" / "jupyter"


def dressed(language):
    """Notebook 08 as the app runs it."""
    config = PyFileConfigLoader("voila.py", str(JUPYTER)).load_config()
    notebook = lessons.open_lesson(lessons.EDITIONS[language] / "08_explore.ipynb")
    handler = SimpleNamespace(base_url="/")
    config.VoilaConfiguration.prelaunch_hook(handler, notebook, "")
    return notebook


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_app_shows_explorers_and_says_its_language(language):
    head, *cells = dressed(language).cells
    assert f'lang = "{language}"' in head.source
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert code.count("explore(") == 6
    assert "print(" not in code
    assert ".view" not in code


def test_the_app_leads_nowhere_that_it_cannot_go():
    """It serves one notebook: links to others are dead."""
    assert not [cell.source for cell in dressed("en").cells if ".ipynb)" in cell.source]


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Explore: every lesson with controls 探索"), ("zh", "动手探索：带控件的各课")],
)
def test_the_app_is_titled_by_its_heading(language, title):
    assert dressed(language).metadata["title"] == title


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_app_speaks_of_no_code_that_it_leaves_out(language):
    """Names in backticks are those of code; kernels and notebooks aren't seen in the app."""
    prose = [cell.source for cell in dressed(language).cells if cell.cell_type == "markdown"]
    spoken = re.compile("`|kernel|notebook|内核|笔记本|单元格")
    assert not [text for text in prose if spoken.search(text)]
