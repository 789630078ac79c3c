"""Voila that prints Chinese and no code: `make app` finds it by ``JUPYTER_CONFIG_PATH``."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

#: Before the first words: the style sheet, and the page's language, which Voila takes for English.
HEAD = """<link rel="stylesheet" href="{base}voila/labextensions/custom.css">
<script>document.documentElement.lang = "{language}"</script>"""

#: The tag of cells that speak of code or need a place for it: the app leaves them out.
NOTEBOOK_ONLY = "notebook-only"

#: What is served: the style sheets and the font.
HERE = Path(__file__).parent
FOLDERS = [str(HERE), str(HERE.parent / "fonts"), str(files("zhplot") / "fonts")]


def dress(handler: Any, notebook: NotebookNode, cwd: str) -> None:
    """Leave out what belongs to the notebook alone, put the head before the rest, and a title."""
    chinese = any('use_language("zh")' in cell.source for cell in notebook.cells)
    head = HEAD.format(base=handler.base_url, language="zh" if chinese else "en")
    kept = [c for c in notebook.cells if NOTEBOOK_ONLY not in c.metadata.get("tags", [])]
    prose = "\n".join(c.source for c in kept if c.cell_type == "markdown")
    if title := re.search(r"^# (.+)", prose, re.MULTILINE):
        notebook.metadata["title"] = title[1]  # the page's; else Voila takes the file's name
    notebook.cells = [new_markdown_cell(head), *kept]


c = get_config()  # type: ignore[name-defined]  # noqa: F821
c.VoilaConfiguration.prelaunch_hook = dress
c.VoilaConfiguration.extra_labextensions_path = FOLDERS
