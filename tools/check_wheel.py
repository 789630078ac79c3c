"""Build the wheel and open every bundled disclosure from it alone: `make wheel-test`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

#: Run with nothing of the checkout in reach; argv[1] is where the wheel was unpacked.
_LOAD = """
import sys
sys.path.insert(0, sys.argv[1])
import budgetkit as bk
assert bk.__file__.startswith(sys.argv[1]), bk.__file__
names = list(bk.datasets()["name"])
assert names, "the wheel carries no disclosure"
for name in names:
    print(f"  {name}: {len(bk.load(name).figures):,} amounts")
"""


def build(folder: Path) -> Path:
    """Build the wheel into a folder."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"the wheel does not build:\n{done.stdout}{done.stderr}")
    return next(folder.glob("*.whl"))


def load_from(wheel: Path) -> str:
    """What loading every bundled disclosure from the unpacked wheel printed."""
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        done = subprocess.run(
            [sys.executable, "-c", _LOAD, folder],
            cwd=folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"{wheel.name} does not work:\n{done.stderr}")
    return done.stdout


def main() -> None:
    """Build, load, report."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = build(Path(folder))
        print(f"{wheel.name}, {wheel.stat().st_size / 1024:,.0f} KB")
        print(load_from(wheel), end="")


if __name__ == "__main__":
    main()
