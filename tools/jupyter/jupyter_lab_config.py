"""JupyterLab that prints Chinese and tells no news: `make lab`, or ``--config=`` this file.

Its list of files shows students the lessons; where ``LECTURER`` is set, everything.
"""

import os
from importlib.resources import files
from pathlib import Path
from typing import Any

#: The question about news lies over the cells; and a classroom may have no network.
NEWS = "@jupyterlab/apputils-extension:announcements"

#: Answers, the sources of the assignments, catalogues of the translation, settings of tools.
#: They aren't listed; a link or their path opens them.
BACKSTAGE = ["lecturers", "exercises", "*.po", "ruff.toml"]

#: What is served: the style sheets and the font.
HERE = Path(__file__).parent
FOLDERS = [str(HERE), str(HERE.parent / "fonts"), str(files("zhplot") / "fonts")]


def silent(handler: object, page: dict[str, Any]) -> dict[str, Any]:
    """What JupyterLab's page is told, without news."""
    return {**page, "disabledExtensions": [*page["disabledExtensions"], NEWS]}


c = get_config()  # type: ignore[name-defined]  # noqa: F821
c.LabApp.custom_css = True
if not os.environ.get("LECTURER"):
    c.ContentsManager.hide_globs.extend(BACKSTAGE)
c.ServerApp.tornado_settings = {
    "page_config_hook": silent,
    "static_custom_path": FOLDERS,
}
