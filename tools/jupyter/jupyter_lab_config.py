"""JupyterLab with a Chinese font and without news; `jupyter lab --config=` this file, or `make lab`."""

from importlib.resources import files
from pathlib import Path

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.LabApp.custom_css = True
c.ServerApp.tornado_settings = {
    "static_custom_path": [str(Path(__file__).parent), str(files("zhplot") / "fonts")]
}

c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
