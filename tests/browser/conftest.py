"""A Chromium that prints Chinese, and JupyterLab to drive; skipped where there is none."""

import os
import secrets
import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from tests.browser import servers

NAMES = ("chromium", "chromium-browser", "google-chrome")

FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


@pytest.fixture(scope="session")
def chromium(tmp_path_factory):
    """The browser, with the Chinese font that zhplot carries beside those of the system."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("needs Chromium: as root, apt-get install chromium (.ci/run does)")
    home = tmp_path_factory.mktemp("chromium")
    with as_file(files("zhplot").joinpath("fonts")) as folder:
        (home / "fonts.conf").write_text(FONTS.format(folder=folder, cache=home / "cache"))
        with playwright.sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=path,
                args=["--no-sandbox", "--disable-dev-shm-usage"],
                env={**os.environ, "HOME": str(home), "FONTCONFIG_FILE": str(home / "fonts.conf")},
            )
            yield browser
            browser.close()


@pytest.fixture(scope="session")
def lab(chromium, tmp_path_factory):
    """JupyterLab over a copy of the notebooks: from a notebook's name to its address."""
    with servers.lab(tmp_path_factory.mktemp("lab"), secrets.token_hex(16)) as address:
        yield address


@pytest.fixture(scope="session")
def screens():
    """Where the pictures go that people look at."""
    folder = Path(servers.ROOT, "build", "screens")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
