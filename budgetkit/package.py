"""A disclosure on disk: a Frictionless data package, one CSV a frame."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import schema
from budgetkit.errors import ReadError
from budgetkit.language import said, several
from budgetkit.meta import Meta, Table

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

_TYPES = {
    "Int64": "integer",
    "float64": "number",
    "bool": "boolean",
    "object": "array",
    "str": "string",
    "category": "string",
}

#: Endings of what `save` makes a folder of CSV files of.
_FOLDERS = {"", ".csv"}

_CSV = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
_LICENSE = {
    "name": "other-pd",
    "title": "Facts from a document that the law obliges the department to publish",
}


def home() -> Path:
    """The folder of the bundled disclosures: inside the package, or beside it in a checkout."""
    inside = Path(__file__).parent / "data"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "data"


def names() -> list[str]:
    """The names of the bundled disclosures."""
    return sorted(path.parent.name for path in home().glob("*/datapackage.json"))


def describe(folder: Path) -> dict[str, Any]:
    """What ``datapackage.json`` says of the document."""
    try:
        descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        return dict(descriptor["budgetkit"])
    except (OSError, ValueError, KeyError) as fault:
        raise ReadError(said("package.descriptor", folder=folder, fault=fault)) from None


def count(folder: Path, frame: str) -> int:
    """How many rows a frame of a package on disk has."""
    path = folder / f"{frame}.csv"
    if not path.exists():
        return 0
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def load(folder: Path) -> tuple[Meta, dict[str, pd.DataFrame]]:
    """Meta and frames of a package on disk."""
    meta = describe(folder)
    tables = tuple(Table(**{**t, "measures": tuple(t["measures"])}) for t in meta.pop("tables"))
    frames = {}
    for name, columns in schema.FRAMES.items():
        path = folder / f"{name}.csv"
        if path.exists():
            text = [c for c, dtype in columns.items() if dtype not in {"float64", "Int64"}]
            frame = pd.read_csv(path, dtype=dict.fromkeys(text, "str"))
            if name == "figures":
                frame["name"] = frame["name"].fillna("")  # a row of a table without labels
            for column in (c for c, dtype in columns.items() if dtype == "object"):
                frame[column] = [json.loads(cell) for cell in frame[column].fillna("[]")]
            frames[name] = frame
    return Meta(**meta, tables=tables), frames


def save(disclosure: Disclosure, path: Path) -> Path:
    """Write a disclosure as what the ending of its path says; see `Disclosure.save`."""
    check(path)
    made(path.parent)
    kind = path.suffix.lower()
    if kind == ".json":
        return write(disclosure, path.parent, path.name)
    if is_folder(path):
        return write(disclosure, path)
    if kind == ".xlsx":
        _write_excel(disclosure, path)
    else:
        disclosure.figures.to_parquet(path)
    return path


def check(path: Path) -> None:
    """Refuse what `save` cannot write to: known before a long document is read."""
    kind = path.suffix.lower()
    if kind not in {*_FOLDERS, ".json", ".xlsx", ".parquet"}:
        raise ReadError(said("package.ending", path=path, ending=path.suffix))
    _placed(path.parent)


def is_folder(path: Path) -> bool:
    """Whether `save` makes a folder of CSV files of a path."""
    return path.suffix.lower() in _FOLDERS


def made(folder: Path) -> None:
    """Make a folder, but not those above it: a mistyped path would be hard to find again."""
    _placed(folder)
    folder.mkdir(exist_ok=True)


def _placed(folder: Path) -> None:
    if not folder.parent.exists():
        raise ReadError(said("package.no_folder", folder=folder, parent=folder.parent))


def write(disclosure: Disclosure, folder: Path, descriptor: str = "datapackage.json") -> Path:
    """Write a package: the descriptor and a CSV for every frame that has rows."""
    folder.mkdir(exist_ok=True)
    _spare(folder, folder / descriptor, disclosure.meta)
    resources = []
    for name, columns in schema.FRAMES.items():
        frame = disclosure.frames[name]
        path = folder / f"{name}.csv"
        if frame.empty:
            path.unlink(missing_ok=True)
            continue
        lists = [column for column, dtype in columns.items() if dtype == "object"]
        listed = {c: frame[c].map(lambda v: json.dumps(v, ensure_ascii=False)) for c in lists}
        frame.assign(**listed).to_csv(path, index=False, lineterminator="\n")
        fields = [{"name": c, "type": _TYPES[d]} for c, d in columns.items()]
        resources.append(
            {
                "name": name.replace("_", "-"),
                "path": path.name,
                **_CSV,
                "schema": {"fields": fields, "missingValues": [""]},
            }
        )
    meta = disclosure.meta
    content = {
        "name": folder.resolve().name.lower(),
        "title": meta.title,
        "description": "Figures and names from a published budget disclosure, read by budgetkit.",
        "sources": [{"title": f"{meta.title} ({meta.source}, sha256 {meta.sha256})"}],
        "licenses": [_LICENSE],
        "budgetkit": asdict(meta),
        "resources": resources,
    }
    target = folder / descriptor
    text = json.dumps(content, ensure_ascii=False, indent=1)
    target.write_text(text + "\n", encoding="utf-8")
    return target


def _spare(folder: Path, descriptor: Path, meta: Meta) -> None:
    """Refuse to write over files but those that a package of the same document put there."""
    own: set[str] = set()
    found = {f"{name}.csv" for name in schema.FRAMES if (folder / f"{name}.csv").exists()}
    if descriptor.exists():
        found.add(descriptor.name)
        try:
            described = json.loads(descriptor.read_text(encoding="utf-8"))
            before, resources = described["budgetkit"], described["resources"]
        except (ValueError, KeyError, TypeError):
            before, resources = {}, []
        same = ("title", "year", "kind", "department" if meta.department else "source")
        once_more = meta.sha256 and before.get("sha256") == meta.sha256  # read anew, say
        if once_more or all(before.get(name, "") == getattr(meta, name) for name in same):
            own = {descriptor.name, *(resource["path"] for resource in resources)}
    if foreign := sorted(found - own):
        raise ReadError(said("package.foreign", folder=folder, files=several(foreign)))


def _write_excel(disclosure: Disclosure, path: Path) -> None:
    """Write a workbook: `figures`, and one sheet a frame more that has rows."""
    with path.open("wb") as file, pd.ExcelWriter(file, engine="openpyxl") as book:
        for name, frame in disclosure.frames.items():
            if not frame.empty or name == "figures":
                lists = [c for c, dtype in schema.FRAMES[name].items() if dtype == "object"]
                joined = {c: frame[c].map("、".join) for c in lists}
                frame.assign(**joined).to_excel(book, sheet_name=name, index=False)
                for row in book.sheets[name].iter_rows():
                    for cell in row:
                        if cell.data_type == "f":  # a target such as =100% is a text
                            cell.data_type = "s"
