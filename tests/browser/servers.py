"""JupyterLab and Voila for the tests: on a free port, over a copy of the notebooks."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]

#: Where Jupyter and its kernels keep their files: nothing is written to a home directory.
PLACES = (
    "IPYTHONDIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "MPLCONFIGDIR",
    "HOME",
)

#: Seconds that a server may take to answer.
PATIENCE = 90


def copy(folder: Path) -> Path:
    """The notebooks in a folder of their own, where Jupyter may save them."""
    notebooks = folder / "notebooks"
    shutil.copytree(ROOT / "notebooks", notebooks, ignore=shutil.ignore_patterns(".*"))
    return notebooks


def environment(folder: Path) -> dict[str, str]:
    """The environment of a server whose every file goes below a folder."""
    places = {name: str(folder / name.lower()) for name in PLACES}
    for place in places.values():
        Path(place).mkdir(parents=True, exist_ok=True)
    own = {"JUPYTER_CONFIG_PATH": str(ROOT / "tools" / "jupyter"), "PYTHONPATH": str(ROOT)}
    return {**os.environ, **places, **own}


@contextmanager
def serving(folder: Path, *command: str, path: str = "/"):
    """Run a Jupyter command until the block ends; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / f"{command[0]}.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", *command, "--no-browser", f"--port={port}"],
            cwd=folder,
            env=environment(folder),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"http://127.0.0.1:{port}{path}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()


@contextmanager
def lab(folder: Path, token: str):
    """JupyterLab; gives a function from a notebook's name to its address."""
    options = [
        "--allow-root",
        "--ip=127.0.0.1",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={copy(folder)}",
        "--ServerApp.terminals_enabled=False",
        "--LabApp.expose_app_in_browser=True",
        "--KernelManager.transport_encryption=auto",
    ]
    with serving(folder, "jupyterlab", *options, path=f"/api/status?token={token}") as address:
        yield lambda name: f"{address}/lab/tree/{quote(name)}?token={token}&reset"


@contextmanager
def voila(folder: Path, name: str):
    """One notebook as an app; gives its address."""
    with serving(
        folder,
        "voila",
        str(copy(folder) / name),
        "--KernelManager.transport_encryption=auto",
        path="/voila/static/voila.js",
    ) as address:
        yield address


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the server answers, whatever it says."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"no answer from {address}; it said:\n{log.read_text(errors='replace')}")
