"""The course's notebooks: find them, run them, and say what is wrong with a run."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "notebooks"
BUILD = ROOT / "build"

#: The two editions of the course. English is the source, Chinese is built (`make chinese`).
EDITIONS = {"en": FOLDER, "zh": FOLDER / "zh"}

#: For lecturers: the answers to the exercises at the ends of the lessons.
ANSWERS = FOLDER / "lecturers" / "answers.ipynb"

#: The sources of the graded assignments.
EXERCISES = FOLDER / "exercises"

#: Notebooks as they were run, an edition a folder: pages and site are made from them.
EXECUTED = BUILD / "executed"

#: Seconds that one cell may take.
PATIENCE = 300

#: Without a key of its own a kernel warns that its messages go in plain text.
QUIET = Config({"KernelManager": {"transport_encryption": "auto"}})

#: Where Jupyter and matplotlib keep their files, so that a home directory isn't needed.
PLACES = {
    "IPYTHONDIR": "ipython",
    "JUPYTER_CONFIG_DIR": "jupyter/config",
    "JUPYTER_DATA_DIR": "jupyter/data",
    "JUPYTER_RUNTIME_DIR": "jupyter/runtime",
    "MPLCONFIGDIR": "matplotlib",
}


class LessonError(Exception):
    """A notebook did not run, or printed a warning: which cell, and what came out."""


@dataclass(frozen=True)
class Heading:
    """What a lesson's first markdown says: its title and its first paragraph, as markdown."""

    title: str
    summary: str


def paths(language: str = "en") -> list[Path]:
    """The lessons of an edition in order."""
    return sorted(EDITIONS[language].glob("*.ipynb"))


def open_lesson(path: Path) -> NotebookNode:
    """A notebook as it is saved."""
    return nbformat.read(path, as_version=4)


def execute(path: Path) -> NotebookNode:
    """Run a notebook in a fresh kernel and an empty folder; any fault is a `LessonError`."""
    for name, place in PLACES.items():
        folder = Path(os.environ.setdefault(name, str(BUILD / place)))
        folder.mkdir(parents=True, exist_ok=True)
    notebook = open_lesson(path)
    with tempfile.TemporaryDirectory() as empty:
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=PATIENCE,
            resources={"metadata": {"path": empty}},
            store_widget_state=False,  # a page shows the explorers' pictures, and fetches nothing
            config=QUIET,
        )
        try:
            client.execute()
        except CellExecutionError as fault:
            raise LessonError(f"{path.name}: {_failed(notebook)}\n{fault}") from None
        except (CellTimeoutError, DeadKernelError) as fault:
            raise LessonError(f"{path.name}: {type(fault).__name__}: {fault}") from None
    if complaints := warnings(notebook):
        raise LessonError("\n".join(f"{path.name}: {line}" for line in complaints))
    return notebook


def warnings(notebook: NotebookNode) -> list[str]:
    """Everything that a run wrote to standard error, cell by cell."""
    return [
        f"cell {number} wrote to standard error:\n{output.text.rstrip()}"
        for number, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
    ]


def heading(notebook: NotebookNode) -> Heading:
    """Title and first paragraph; a lesson without a title has none to show."""
    text = "\n\n".join(c.source for c in notebook.cells if c.cell_type == "markdown")
    blocks = [block.strip() for block in re.split(r"\n\s*\n|(?<=\n)(?=#)", text)]
    title = next((b.removeprefix("# ") for b in blocks if b.startswith("# ")), "")
    first, _, rest = title.partition("\n")
    prose = [rest, *(b for b in blocks if not b.startswith(("#", "|", ">", "```", "- ", "<")))]
    return Heading(first, next((block for block in prose if block), ""))


def fonts(folder: Path) -> None:
    """Make a folder with the Chinese font, its licence, and the style sheet that names it."""
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "tools" / "fonts" / "chinese.css", folder)
    for name in ("NotoSansSC-Regular.ttf", "OFL.txt"):
        with as_file(files("zhplot").joinpath("fonts", name)) as file:
            shutil.copy(file, folder)


def _failed(notebook: NotebookNode) -> str:
    """Which cell stopped the run."""
    for number, cell in enumerate(notebook.cells):
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            return f"cell {number} failed"
    return "a cell failed"
