"""Run every lesson and write it as a page: `python tools/build_notebooks.py`, or `make notebooks`.

English pages go to ``build/html/``, Chinese ones to ``build/html/zh/``, each with an index; the
notebooks with their outputs to ``build/executed/``. The exit code is 1 where a lesson fails or
prints a warning; the others are written all the same.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

import jinja2
import nbformat
from nbconvert import HTMLExporter
from nbconvert.filters.markdown import markdown2html
from nbformat import NotebookNode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import lessons

PAGES = {"en": lessons.BUILD / "html", "zh": lessons.BUILD / "html" / "zh"}
TEMPLATES = Path(__file__).parent / "templates"

#: Lessons run side by side: each has a kernel of its own, and most of it computes.
AT_ONCE = 2


def main() -> int:
    """Run, write, and report."""
    begun = time.perf_counter()
    found = [(language, path) for language in PAGES for path in lessons.paths(language)]
    if not found:
        print(f"no notebooks in {lessons.FOLDER}", file=sys.stderr)
        return 1
    shutil.rmtree(lessons.EXECUTED, ignore_errors=True)
    shutil.rmtree(PAGES["en"], ignore_errors=True)
    PAGES["zh"].mkdir(parents=True)
    furnish(PAGES["en"])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        faults = [fault for fault in pool.map(lambda job: make(*job), found) if fault]
    for language, folder in PAGES.items():
        (folder / "index.html").write_text(cover(language), encoding="utf-8")
    for text in faults:
        print(f"\n{text}", file=sys.stderr)
    seconds = time.perf_counter() - begun
    print(f"{len(found) - len(faults)} of {len(found)} lessons in {seconds:.0f} s")
    print(f"open {PAGES['en'] / 'index.html'}")
    return 1 if faults else 0


def make(language: str, path: Path) -> str:
    """Run a lesson, keep it, write its page; what was wrong with the run, or nothing."""
    start = time.perf_counter()
    try:
        notebook = lessons.execute(path)
    except lessons.LessonError as fault:
        print(f"{language} {path.stem} FAILED", flush=True)
        return str(fault)
    kept = lessons.EXECUTED / language / path.name
    kept.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, kept)
    page = PAGES[language] / f"{path.stem}.html"
    page.write_text(render(notebook, path, language), encoding="utf-8")
    print(f"{language} {path.stem} {time.perf_counter() - start:.1f} s", flush=True)
    return ""


def furnish(folder: Path) -> None:
    """Put the style sheets and the Chinese font beside the pages."""
    shutil.copy(TEMPLATES / "course.css", folder)
    lessons.fonts(folder / "fonts")


def render(notebook: NotebookNode, path: Path, language: str) -> str:
    """A run lesson as a page with a way back, forward, to the index and to the other edition."""
    found = lessons.paths(language)
    place = found.index(path)
    texts = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    notebook.metadata.title = plain(lessons.heading(notebook).title)
    above = notebook.metadata.title
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            above = plain((re.findall(r"^#+ (.+)", cell.source, re.M) or [above])[-1])
            cell.source = linked(cell.source, path, language)
        cell.metadata["alt"] = above
    exporter = HTMLExporter(
        template_name="course", extra_template_basedirs=[str(TEMPLATES)], language_code=language
    )
    course = {
        "language": language,
        "name": path.stem,
        "before": entry(found[place - 1]) if place else None,
        "after": entry(found[place + 1]) if place + 1 < len(found) else None,
        "math": any(re.search(r"\$[^$\n]+\$", cell.source) for cell in texts),
    }
    page, _ = exporter.from_notebook_node(notebook, resources={"course": course})
    return page


def linked(markdown: str, path: Path, language: str) -> str:
    """Links between notebooks as links of a page: to the lesson's page, else to the file."""

    def target(found: re.Match[str]) -> str:
        file = (path.parent / found[0]).resolve()
        if file in lessons.paths(language):
            return f"{file.stem}.html"
        return Path(os.path.relpath(file, PAGES[language])).as_posix()

    return re.sub(r"(?<=\]\()[\w./]+\.(?:ipynb|md)", target, markdown)


def cover(language: str) -> str:
    """The index page of an edition."""
    entries = [entry(path) for path in lessons.paths(language)]
    loader = jinja2.FileSystemLoader(TEMPLATES)
    page = jinja2.Environment(loader=loader, autoescape=True).get_template("index.html")
    return page.render(lessons=entries, version=version("budgetkit"), language=language)


def entry(path: Path) -> dict[str, str]:
    """What the pages tell of a lesson."""
    heading = lessons.heading(lessons.open_lesson(path))
    return {
        "name": path.stem,
        "number": path.stem.split("_")[0],
        "title": plain(heading.title) or path.stem,
        "summary": plain(heading.summary),
    }


def plain(markdown: str) -> str:
    """Markdown without its marks."""
    html = jinja2.filters.do_striptags(markdown2html(markdown))
    return html.replace("¶", "").strip()


if __name__ == "__main__":
    raise SystemExit(main())
