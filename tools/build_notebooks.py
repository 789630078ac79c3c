"""Run every lesson and write it as a page: `python tools/build_notebooks.py`, or `make notebooks`.

Pages go to ``build/html/``, with an index. The exit code is 1 where a lesson
fails or prints a warning; the others are written all the same.
"""

from __future__ import annotations

import re
import shutil
import sys
import time
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path

import jinja2
from nbconvert import HTMLExporter
from nbconvert.filters.markdown import markdown2html
from nbformat import NotebookNode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import lessons

PAGES = lessons.BUILD / "html"
TEMPLATES = Path(__file__).parent / "templates"


def main() -> int:
    """Run, write, and report."""
    begun = time.perf_counter()
    found = lessons.paths()
    if not found:
        print(f"no notebooks in {lessons.FOLDER}", file=sys.stderr)
        return 1
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    furnish(PAGES)
    faults = []
    for number, path in enumerate(found, start=1):
        print(f"[{number}/{len(found)}] {path.stem} ", end="", flush=True)
        start = time.perf_counter()
        try:
            notebook = lessons.execute(path)
        except lessons.LessonError as fault:
            faults.append(str(fault))
            print("FAILED")
            continue
        page = PAGES / f"{path.stem}.html"
        page.write_text(render(notebook, path, found), encoding="utf-8")
        print(f"{time.perf_counter() - start:.1f} s")
    index = PAGES / "index.html"
    index.write_text(cover(found), encoding="utf-8")
    for text in faults:
        print(f"\n{text}", file=sys.stderr)
    seconds = time.perf_counter() - begun
    print(f"{len(found) - len(faults)} of {len(found)} lessons in {seconds:.0f} s")
    print(f"open {index}")
    return 1 if faults else 0


def furnish(folder: Path) -> None:
    """Put the style sheet and the Chinese font beside the pages."""
    shutil.copy(TEMPLATES / "course.css", folder)
    (folder / "fonts").mkdir()
    for name in ("NotoSansSC-Regular.ttf", "OFL.txt"):
        with as_file(files("zhplot").joinpath("fonts", name)) as file:
            shutil.copy(file, folder / "fonts")


def render(notebook: NotebookNode, path: Path, found: list[Path]) -> str:
    """A run lesson as a page with a way back, forward and to the index."""
    place = found.index(path)
    texts = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    notebook.metadata.title = plain(lessons.heading(notebook).title)
    above = notebook.metadata.title
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            above = plain((re.findall(r"^#+ (.+)", cell.source, re.M) or [above])[-1])
        cell.metadata["alt"] = above
    exporter = HTMLExporter(template_name="course", extra_template_basedirs=[str(TEMPLATES)])
    course = {
        "before": found[place - 1].stem if place else None,
        "after": found[place + 1].stem if place + 1 < len(found) else None,
        "math": any(re.search(r"\$[^$\n]+\$", cell.source) for cell in texts),
    }
    page, _ = exporter.from_notebook_node(notebook, resources={"course": course})
    return page


def cover(found: list[Path]) -> str:
    """The index page."""
    entries = []
    for path in found:
        heading = lessons.heading(lessons.open_lesson(path))
        entries.append(
            {
                "name": path.stem,
                "number": path.stem.split("_")[0],
                "title": plain(heading.title) or path.stem,
                "summary": plain(heading.summary),
            }
        )
    loader = jinja2.FileSystemLoader(TEMPLATES)
    page = jinja2.Environment(loader=loader, autoescape=True).get_template("index.html")
    return page.render(lessons=entries, version=version("budgetkit"))


def plain(markdown: str) -> str:
    """Markdown without its marks."""
    html = jinja2.filters.do_striptags(markdown2html(markdown))
    return html.replace("¶", "").strip()


if __name__ == "__main__":
    raise SystemExit(main())
