"""Rebuild the bundled disclosures from the published files: `make data`, or one by its name."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import budgetkit as bk
from budgetkit.bundle import bundle

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def main(names: list[str]) -> None:
    """Bundle the disclosures of these names; all of them without any."""
    sources = tomllib.loads((ROOT / "data" / "sources.toml").read_text(encoding="utf-8"))
    for count, name in enumerate(names or sources, start=1):
        entry = sources[name]
        files = [SHARED / file for file in entry["files"]]
        if missing := [file for file in files if not file.exists()]:
            raise SystemExit(f"{name}: {missing[0]} is not here; put the published file there")
        disclosure = bk.read(*files)
        bundle(disclosure, ROOT / "data" / name, entry.get("frames"))
        if entry.get("typeset"):
            bk.load(name).typeset(ROOT / "data" / name / "disclosure.pdf")
        total = len(names or sources)
        print(f"[{count}/{total}] {name}: {len(disclosure.figures):,} amounts")


if __name__ == "__main__":
    main(sys.argv[1:])
