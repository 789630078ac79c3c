"""The course in Chinese: `python tools/translate.py`, or `make chinese`.

The English notebooks are the source: the lessons and the lecturers' answers. A catalogue
``zh/NAME.po`` beside them holds the Chinese of every block of prose and of every comment; this
module brings catalogues up to date with their notebooks and builds ``zh/NAME.ipynb`` from both.
"""

from __future__ import annotations

import copy
import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from nbformat import NotebookNode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import lessons

#: The same in every catalogue: without dates, a catalogue changes only where its texts do.
HEADER = b"""msgid ""
msgstr ""
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

#: A block of markdown ends at an empty line; a comment has a line of its own.
BLOCK = re.compile(r"\S(?:.|\n(?!\s*\n))*")
COMMENT = re.compile(r"(?<=^# ).+$", re.MULTILINE)

#: Where a line goes on: no item of a list and no row of a table begins. How the English is
#: wrapped makes no difference to its translation.
WRAP = re.compile(r"\n *(?![-*] |\d+\. |\|)")

#: A link that leads out of the folder of lessons starts one folder further down.
LINK = re.compile(r"\]\((?!\w+:|#)(?=[^)]*/)")

#: What the code says about language: which one, and the frames' English columns.
SWAP = {'language("en")': 'language("zh")', 'language("zh")': 'language("en")', '_en"': '"'}


def main() -> int:
    """Update every catalogue, build every notebook, and say what is left to translate."""
    for path in sources():
        catalogue = updated(path)
        place(path).parent.mkdir(exist_ok=True)
        written = io.BytesIO()
        write_po(written, catalogue, width=100, omit_header=True, ignore_obsolete=True)
        place(path).with_suffix(".po").write_bytes(HEADER + written.getvalue())
        nbformat.write(build(path, catalogue), place(path))
        if open_ids := untranslated(catalogue):
            print(f"{path.stem}: {len(open_ids)} of {len(catalogue)} to translate")
    return 0


def sources() -> list[Path]:
    """The notebooks that have a Chinese edition."""
    return [*lessons.paths(), lessons.ANSWERS]


def place(path: Path) -> Path:
    """Where the Chinese of a notebook stands."""
    return path.parent / "zh" / path.name


def updated(path: Path) -> Catalog:
    """The catalogue of a notebook; a text that changed keeps its old Chinese, marked fuzzy."""
    template = Catalog(locale="zh_CN")

    def collect(text: str) -> str:
        template.add(text)
        return text

    _each_text(lessons.open_lesson(path), collect)
    catalogue = stored(path)
    catalogue.update(template)
    return catalogue


def stored(path: Path) -> Catalog:
    """The catalogue of a notebook as it is saved, empty where there is none."""
    file = place(path).with_suffix(".po")
    return read_po(io.BytesIO(file.read_bytes() if file.exists() else b""), locale="zh_CN")


def untranslated(catalogue: Catalog) -> list[str]:
    """The English of what has no Chinese yet, or one that has to be looked at again."""
    return [str(m.id) for m in catalogue if m.id and (m.fuzzy or not m.string)]


def build(path: Path, catalogue: Catalog) -> NotebookNode:
    """The Chinese notebook: texts from the catalogue, code that asks for Chinese, same cells."""

    def chinese(text: str) -> str:
        message = catalogue.get(text)
        return str(message.string) if message and message.string and not message.fuzzy else text

    notebook = copy.deepcopy(lessons.open_lesson(path))
    _each_text(notebook, chinese)
    pattern = "|".join(map(re.escape, SWAP))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = re.sub(pattern, lambda found: SWAP[found[0]], cell.source)
        else:
            cell.source = LINK.sub("](../", cell.source)
    return notebook


def _each_text(notebook: NotebookNode, change: Callable[[str], str]) -> None:
    """Put every block of prose and every comment through a function."""
    for cell in notebook.cells:
        pattern = COMMENT if cell.cell_type == "code" else BLOCK
        cell.source = pattern.sub(lambda found: change(WRAP.sub(" ", found[0])), cell.source)


if __name__ == "__main__":
    raise SystemExit(main())
