"""A place's tables as its own file describes them: what is printed, and what must be read.

``head``, ``body`` and ``columns`` have one line a row, cells parted by ``|``. In ``head`` a
``<`` goes on with the cell to its left, a ``^`` with the one above. ``columns`` says what
each column holds: ``code``, ``name``, ``coded name`` (both in one cell), ``unit``,
``project name``, ``beside`` (stands behind the name), ``-`` (a label that no frame has), or a
measure; ``income.`` or ``expenditure.`` before it is its side. Where ``kept`` is true a table
has columns that no entry fits: their headings are their measures. A ``[[form]]`` is one of
performance targets: its ``cells``, and the ``targets`` that must be read of them.
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

HERE = Path(__file__).parent
NO_MONEY = {"change_percent", "quantity"}
LABELS = {"code", "name", "unit", "coded name", "project name", "beside", "-"}


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


def form(table: dict) -> Sheet:
    """A form of targets laid out: its ``cells`` are merged as those of a head are."""
    cells = rows(table["cells"])
    columns = tuple(Column((f"{i}",), "label") for i in range(len(cells[0])))
    title, caption = table["title"], tuple(table.get("caption", ()))
    return Sheet(title, caption, columns, tuple(merged(cells)), len(cells), 2, ())


def of(column: str) -> tuple[str | None, str]:
    """Side and kind of a column."""
    side, _, kind = column.rpartition(".")
    return side or None, kind


def blocks(columns: list[str]) -> Iterator[tuple[str | None, int, str]]:
    """Side, block and kind of each column: labels after amounts begin a block."""
    block, before = 0, "-"
    for side, kind in map(of, columns):
        block += kind in LABELS - {"-", "beside"} and before not in LABELS
        before = kind
        yield side, block, kind


def parted(kind: str, cell: str) -> list[tuple[str, str]]:
    """A cell, or code and name where it holds both."""
    both = re.fullmatch(r"\[?(\d+)\]?[ -]*(.+)", cell) if kind == "coded name" else None
    return [("code", both[1]), ("name", both[2])] if both else [(kind.removeprefix("coded "), cell)]


def first(head: list[str]) -> list[str]:
    """A row of the head that holds amounts, as labels merged into it make the first row do."""
    amounts = any(printed.is_amount(cell) and "." in cell for cell in head)
    return [cell.strip("<^") if amounts else "" for cell in head]


def figures(table: dict, number: int = 1) -> list[tuple]:
    """What must be read of a table: table, side, code, name, measure and amount in 万元."""
    name = table["is"] if number == 1 else f"{table['is']} ({number})"
    found, columns = [], list(blocks(rows(table["columns"])[0]))
    factor = printed.UNITS[table.get("unit", "万元")]
    for side, block in dict.fromkeys(column[:2] for column in columns):
        for row in [*map(first, rows(table["head"])), *rows(table["body"])]:
            own = [
                (kind, cell)
                for (*at, kind), cell in zip(columns, row, strict=True)
                if at == [side, block]
            ]
            code, label = labels([part for cell in own for part in parted(*cell)])
            for kind, cell in own:
                if kind not in LABELS and printed.is_amount(cell.rstrip("%")):
                    scale = factor if kind not in NO_MONEY else 1
                    amount = float(Decimal(cell.rstrip("%").replace(",", "")) * scale)
                    found.append((name, side or "", code, printed.key(label), kind, amount))
    return found


def labels(own: list[tuple[str, str]]) -> tuple[str, str]:
    """Code and name of a row; the word for a total may stand in any column of labels."""
    kinds = {kind: [cell for k, cell in own if k == kind and cell] for kind, _ in own}
    code = "".join(cell for cell in kinds.get("code", ()) if cell.isdigit())
    names = [*kinds.get("name", ())[:1], *kinds.get("beside", ())] or kinds.get("project name", [])
    spare = [cell for kind in ("unit", "code", "-") for cell in kinds.get(kind, ())]
    spare = [cell for cell in spare if not re.fullmatch(r"[\d -]+", cell)]
    return code, "".join(names or spare[:1])
