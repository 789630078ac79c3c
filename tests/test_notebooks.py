"""The lessons: how a saved one has to look, and that every one of them runs."""

import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import build_notebooks, lessons

PATHS = lessons.paths()

#: A saved notebook without outputs is text: more bytes than this is something pasted in.
CAP = 60_000

each = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


@each
def test_notebook_is_saved_clean(path):
    notebook = lessons.open_lesson(path)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert not [cell.source for cell in code if cell.outputs or cell.execution_count]
    assert notebook.metadata.kernelspec.name == "python3"
    assert path.stat().st_size < CAP
    assert "attachments" not in json.dumps(notebook)


@each
def test_notebook_is_a_lesson(path):
    text = "\n".join(c.source for c in lessons.open_lesson(path).cells if c.cell_type == "markdown")
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    assert len(re.findall(r"^# ", prose, re.MULTILINE)) == 1
    heading = lessons.heading(lessons.open_lesson(path))
    assert heading.title
    assert heading.summary
    assert re.match(r"\d\d_[a-z_]+$", path.stem)


@each
def test_notebook_names_no_place_of_one_machine(path):
    source = "\n".join(cell.source for cell in lessons.open_lesson(path).cells)
    assert not re.search(r"/home/|/Users/|/tmp/|[A-Z]:\\\\|\.\./shared", source)


@pytest.mark.slow
@each
def test_notebook_runs(path):
    notebook = lessons.execute(path)
    page = build_notebooks.render(notebook, path, "en")
    assert "No description has been provided" not in page
    assert "widgets" not in notebook.metadata
    assert not re.search(r'<(script|link|img)[^>]+(src|href)="https?:', page)


def saved(folder, *cells):
    """A notebook of these cells on disk."""
    path = folder / "01_made_up.ipynb"
    notebook = new_notebook(cells=list(cells))
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, path)
    return path


def test_heading_is_the_title_and_the_first_paragraph(tmp_path):
    cells = [
        new_markdown_cell("# Who pays? 收入构成\n\nOne *pocket*.\n\nMore."),
        new_code_cell("1"),
    ]
    heading = lessons.heading(lessons.open_lesson(saved(tmp_path, *cells)))
    assert heading == lessons.Heading("Who pays? 收入构成", "One *pocket*.")


def test_heading_without_a_blank_line_after_the_title(tmp_path):
    cells = [new_markdown_cell("# Title\nDirectly below.\n## Next")]
    heading = lessons.heading(lessons.open_lesson(saved(tmp_path, *cells)))
    assert heading == lessons.Heading("Title", "Directly below.")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("1 / 0", "cell 1 failed"),
        ("import warnings; warnings.warn('beware')", "cell 1 wrote to standard error"),
    ],
)
def test_a_faulty_notebook_is_reported(tmp_path, source, said):
    path = saved(tmp_path, new_markdown_cell("# Title"), new_code_cell(source))
    with pytest.raises(lessons.LessonError, match=said) as caught:
        lessons.execute(path)
    assert path.name in str(caught.value)
