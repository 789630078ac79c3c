"""A place's tables as its own file describes them: what is printed, and what must be read.

``head``, ``body`` and ``columns`` have one line a row, cells parted by ``|``. In ``head`` a
``<`` goes on with the cell to its left, a ``^`` with the one above. ``columns`` says what
each column holds: ``code``, ``name``, ``coded`` (a name after its code), ``beside`` (a label
that goes on the name), ``unit``, ``project``, ``-`` (one that no frame has), or a measure;
``income.`` or ``expenditure.`` before it is its side.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from budgetkit import printed
from budgetkit.typeset.headings import Cell
from budgetkit.typeset.layout import Column, Paper, Sheet
from budgetkit.vocabulary import words

HERE = Path(__file__).parent
LABELS = {"code", "name", "coded", "beside", "unit", "project", "-"}

#: Measures that are no money.
PLAIN = set(words("tables")["plain"]["measures"])


def places() -> dict[str, dict]:
    """Every place by the name of its file."""
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in HERE.glob("*.toml")}


def rows(text: str) -> list[list[str]]:
    """The cells of a text."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines()]


def paper(place: dict, tables: list[dict] | None = None) -> Paper:
    """A document of a place's tables."""
    found = place["table"] if tables is None else tables
    return Paper(place["title"], tuple(place.get("lines", ())), tuple(map(sheet, found)))


def sheet(table: dict) -> Sheet:
    """One table laid out."""
    columns, head, body = rows(table["columns"])[0], rows(table["head"]), rows(table["body"])
    kinds = ["label" if of(column)[1] in LABELS else "amount" for column in columns]
    assert {len(columns)} == set(map(len, (*head, *body))), (table["title"], columns)
    return Sheet(
        title=table["title"],
        caption=tuple(table.get("caption", ())),
        columns=tuple(
            Column((head[-1][i] if head[-1][i] not in "<^" else "合计",), kind)
            for i, kind in enumerate(kinds)
        ),
        header=tuple(merged(head)),
        depth=len(head),
        decimals=2,
        body=tuple(map(tuple, body)),
    )


def merged(head: list[list[str]]) -> Iterator[Cell]:
    """The cells of a header, each over those that go on with it."""
    for row, line in enumerate(head):
        for column, text in enumerate(line):
            if text in {"<", "^"}:
                continue
            width, height = 1, 1
            while column + width < len(line) and line[column + width] == "<":
                width += 1
            while row + height < len(head) and head[row + height][column] == "^":
                height += 1
            yield Cell(text, row, column, height, width)


def of(column: str) -> tuple[str | None, str]:
    """Side and kind of a column."""
    side, _, kind = column.rpartition(".")
    return side or None, kind


def figures(table: dict, number: int = 1) -> list[tuple]:
    """What must be read of a table: table, side, code, name, measure and amount in 万元."""
    name = table["is"] if number == 1 else f"{table['is']} ({number})"
    factor = printed.UNITS[table.get("unit", "万元")]
    columns = [of(column) for column in rows(table["columns"])[0]]
    found = []
    for row in rows(table["body"]):
        for side, cells in blocks(columns, row):
            code, label = labels(cells)
            for kind, cell in cells:
                if kind not in LABELS and printed.is_amount(cell):
                    money = Decimal(1) if kind in PLAIN else factor
                    amount = float(Decimal(cell.replace(",", "")) * money)
                    found.append((name, side or "", code, printed.key(label), kind, amount))
    return found


def blocks(columns: list, row: list[str]) -> list[tuple[str | None, list[tuple[str, str]]]]:
    """The parts of a row that stand side by side: a new one where labels follow amounts."""
    found: list[tuple[str | None, list[tuple[str, str]]]] = []
    measured = True
    for (side, kind), cell in zip(columns, row, strict=True):
        if measured and kind in LABELS and (not found or side):
            found.append((side, []))
        measured = kind not in LABELS
        if not found:
            found.append((side, []))
        found[-1][1].append((kind, cell))
    return found


def labels(cells: list[tuple[str, str]]) -> tuple[str, str]:
    """Code and name of a part of a row; a word for a total may stand in any label's column."""
    own: dict[str, list[str]] = {}
    for kind, cell in cells:
        if cell:
            own.setdefault(kind, []).append(cell)
    coded = "".join(own.get("coded", ()))
    code = re.match(r"\[?(\d{3,7})\b\]?\s*", coded)
    named = own.get("name") or ([coded[code.end() :] if code else coded] if coded else [])
    names = [*named[:1], *own.get("beside", ())]
    digits = [cell for cell in own.get("code", ()) if cell.isdigit()]
    words = [cell for kind in ("code", "-") for cell in own.get(kind, ()) if cell.endswith("计")]
    spare = [*own.get("project", ()), *own.get("unit", ()), *words]
    return code[1] if code else "".join(digits), "".join(names or spare[:1])
