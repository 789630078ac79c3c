"""Every notebook in JupyterLab: it runs, nothing complains, its picture is kept to look at."""

import pytest

from tests.browser import pages
from tools import lessons

pytestmark = [pytest.mark.slow, pytest.mark.browser]

NAMES = [path.name for path in lessons.paths()]


@pytest.mark.parametrize("name", NAMES)
def test_notebook_runs_in_the_browser(chromium, lab, screens, name):
    with pages.notebook(chromium, lab(name), 1280) as (page, complaints):
        assert page.locator(".jp-OutputArea-output").count() > 0
        for width in (1280, 800):
            pages.resize(page, width)
            pages.photograph(page, screens / f"{name.removesuffix('.ipynb')}-{width}.png")
            assert pages.errors(page) == []
            assert complaints == []
            assert page.evaluate(pages.WIDE) == []
            assert page.evaluate(pages.ASKEW) == []


def test_an_error_in_a_cell_is_seen(chromium, lab):
    """The test above can fail: a broken cell and a broken script are both reported."""
    with pages.notebook(chromium, lab("08_explore.ipynb"), 1280) as (page, complaints):
        assert complaints == []
        page.evaluate(
            """async () => {
              const {content, sessionContext} = window.jupyterapp.shell.currentWidget;
              content.activeCellIndex = content.widgets.length - 1;
              content.activeCell.model.sharedModel.setSource('1 / 0');
              await window.jupyterapp.commands.execute('notebook:run-cell');
              console.error('made up');
            }"""
        )
        pages.settle(page)
        assert "ZeroDivisionError" in pages.errors(page)[0]
        assert complaints == ["made up"]
