"""A Chromium that prints Chinese, and JupyterLab to drive; skipped where there is none."""

import os
import re
import secrets
import shutil
from importlib.resources import as_file, files
from pathlib import Path

import matplotlib
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
def launch():
    """From a folder for its files and the settings of its fonts to a running Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs the package playwright")
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("needs Chromium: as root, apt-get install chromium (.ci/run does)")

    def start(home, fonts):
        (home / "fonts.conf").write_text(fonts)
        return driver.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-dev-shm-usage"],
            env={**os.environ, "HOME": str(home), "FONTCONFIG_FILE": str(home / "fonts.conf")},
        )

    with playwright.sync_playwright() as driver:
        yield start


@pytest.fixture(scope="session")
def chromium(launch, tmp_path_factory):
    """The browser, with the Chinese font that zhplot carries beside those of the system."""
    home = tmp_path_factory.mktemp("chromium")
    with as_file(files("zhplot").joinpath("fonts")) as folder:
        browser = launch(home, FONTS.format(folder=folder, cache=home / "cache"))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def latin(launch, tmp_path_factory):
    """The browser of a machine whose only fonts are the DejaVu that matplotlib carries."""
    home = tmp_path_factory.mktemp("latin")
    own = Path(matplotlib.get_data_path(), "fonts", "ttf")
    (home / "fonts").mkdir()
    for file in own.glob("DejaVuSans*.ttf"):
        shutil.copy(file, home / "fonts")
    fonts = FONTS.format(folder=home / "fonts", cache=home / "cache")
    browser = launch(home, re.sub(r" *<include.*\n", "", fonts))
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
