"""What JupyterLab lists for students and for lecturers."""

from pathlib import Path

import pytest
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from traitlets.config import PyFileConfigLoader

ROOT = Path(__file__).resolve().parents[1]


def listed(folder):
    """The names that JupyterLab's list shows of a folder below `notebooks/`."""
    config = PyFileConfigLoader("jupyter_lab_config.py", str(ROOT / "tools" / "jupyter"))
    manager = LargeFileManager(
        config=config.load_config(), root_dir=str(ROOT / "notebooks"), parent=None
    )
    model = manager.get(folder, type="directory")
    return {entry["name"] for entry in model["content"]}


def held(folder):
    """What is in the folder, without what JupyterLab never shows."""
    return {path.name for path in (ROOT / "notebooks" / folder).glob("[!._]*")}


def test_students_see_the_lessons_and_nothing_else(monkeypatch):
    monkeypatch.delenv("LECTURER", raising=False)
    lessons = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert listed("") == lessons | {"zh"}
    assert listed("zh") == lessons


@pytest.mark.parametrize("folder", ["", "zh"])
def test_lecturers_see_everything(monkeypatch, folder):
    monkeypatch.setenv("LECTURER", "1")
    assert listed(folder) == held(folder)


def test_what_is_not_listed_opens_all_the_same(monkeypatch):
    """A lesson links to the assignments' README."""
    monkeypatch.delenv("LECTURER", raising=False)
    assert "README.md" in listed("exercises")
