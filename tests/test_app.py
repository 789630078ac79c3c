"""What the app makes of a notebook."""

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
    return notebook.cells


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_app_shows_explorers_and_says_its_language(language):
    head, *cells = dressed(language)
    assert f'lang = "{language}"' in head.source
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert code.count("explore(") == 6
    assert "print(" not in code
    assert ".view" not in code


def test_the_app_leads_nowhere_that_it_cannot_go():
    """It serves one notebook: links to others are dead."""
    assert not [cell.source for cell in dressed("en") if ".ipynb)" in cell.source]
