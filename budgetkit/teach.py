"""Handouts (练习) for a course: a disclosure with planted errors, one for every student."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import pandas as pd

from budgetkit import audit
from budgetkit.audit.planting import Planted
from budgetkit.errors import BudgetkitError, MissingDataError
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budgetkit.disclosure import Disclosure

#: Tables that a handout is made of where none are named: they fit a few pages.
TABLES = ("balance", "expenditure", "general_expenditure", "general_basic")

#: The kinds of error planted in turn; each can be found by hand.
KINDS = ("digit", "swap", "shift")

#: So many times a set of errors is drawn anew until an audit finds every one of them.
_DRAWS = 20


class Worksheet(NamedTuple):
    """A handout: the files for the student, the answer key for the lecturer."""

    pdf: Path
    xlsx: Path
    key: pd.DataFrame


def worksheet(
    doc: Disclosure,
    seed: int | str,
    folder: str | Path = ".",
    n: int = 3,
    tables: str | Sequence[str] | None = None,
    secret: str = "",
) -> Worksheet:
    """Make a handout with planted errors, another one for every seed.

    Parameters
    ----------
    doc : Disclosure
        What the handout is made of.
    seed : int or str
        The student's number, say, of letters and digits: the same seed makes the same
        handout.
    folder : str or Path, optional
        Where the files go: ``worksheet-SEED.pdf`` and ``.xlsx``, and the key as
        ``keys/worksheet-SEED.csv``.
    n : int, optional
        How many errors; a digit changed, two digits swapped and an amount in the next
        column take turns, those that the tables have room for.
    tables : str or sequence of str, optional
        Which table or tables; by default the balance and the tables of expenditure.
    secret : str, optional
        A word that you keep to yourself: without one, a student who has this package
        can make the key from the number.

    Returns
    -------
    Worksheet
        ``pdf`` and ``xlsx`` for the student; ``key``, one row a changed cell as
        `budgetkit.audit.plant` returns it. Every error can be found: the sums point to it.

    Raises
    ------
    BudgetkitError
        If the document has none of the tables, or no room for so many errors, `seed` has
        other characters, or `n` is no whole number.

    Examples
    --------
    >>> import budgetkit as bk, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sheet = bk.teach.worksheet(bk.load("xinjiang-miit-2024"), seed=7, folder=folder)
    ...     sheet.pdf.name, sheet.key["error"].nunique()
    ('worksheet-7.pdf', 3)
    """
    if not isinstance(n, int) or n < 1 or not re.fullmatch(r"[\w-]+", str(seed)):
        raise BudgetkitError(
            f"seed {seed!r}, n {n!r}: expected letters and digits, and a whole number from 1 on"
        )
    wanted = TABLES if tables is None else (tables,) if isinstance(tables, str) else tuple(tables)
    part = _clean(_part(doc, wanted))
    puzzle, key = _puzzle(part, crc32(f"{secret} {seed}".encode()), n)
    folder = Path(folder).expanduser()
    keys = folder / "keys"
    keys.mkdir(parents=True, exist_ok=True)
    stem = folder / f"worksheet-{seed}"
    key.to_csv(keys / f"{stem.name}.csv", index=False)
    return Worksheet(puzzle.typeset(f"{stem}.pdf"), puzzle.typeset(f"{stem}.xlsx"), key)


def _part(doc: Disclosure, tables: Sequence[str]) -> Disclosure:
    """A disclosure of some of its tables alone; its title says what it is."""
    kept = tuple(table for table in doc.meta.tables if table.table in tables)
    figures = doc.frames["figures"]
    own = figures[figures["table"].isin([table.table for table in kept])]
    if own.empty:
        names = ", ".join(table.table for table in doc.meta.tables)
        raise BudgetkitError(f"{doc.meta.source}: no table of {', '.join(tables)}; it has: {names}")
    title = words("typeset")["text"]["exercise"].format(title=doc.meta.title)
    frames = {"figures": own.reset_index(drop=True), "units": doc.frames["units"]}
    return type(doc)(replace(doc.meta, title=title, tables=kept), frames)


def _clean(doc: Disclosure) -> Disclosure:
    """A disclosure without the faults of its own that an audit can mend."""
    found = doc.audit()
    for cause, (_, suspects) in enumerate(found.causes, start=1):
        if len(suspects) == 1:
            return _clean(found.apply(cause))
    return doc


def _puzzle(doc: Disclosure, seed: int, n: int) -> tuple[Disclosure, pd.DataFrame]:
    """The disclosure with errors that an audit finds, and their key."""
    for draw in range(_DRAWS):
        puzzle, keys = doc, []
        for number in range(n):
            puzzle, key = _planted(puzzle, number, (seed * _DRAWS + draw) * n + number)
            keys.append(key.assign(error=number + 1))
            if _overlap(keys):
                break
        key = pd.concat(keys, ignore_index=True)
        if _overlap(keys):
            continue
        places = set(map(tuple, key[["table", "row", "measure"]].to_numpy()))
        suspects = puzzle.audit().suspects
        named = set(map(tuple, suspects[["table", "row", "measure"]].to_numpy()))
        if places <= named:
            return puzzle, key
    raise BudgetkitError(
        f"{doc.meta.source}: no {n} errors that its sums point to in "
        f"{', '.join(table.table for table in doc.meta.tables)}; ask for fewer, or more tables"
    )


def _planted(doc: Disclosure, number: int, seed: int) -> Planted:
    """One error more: of the kind whose turn it is, or of the next that has room."""
    turn = number % len(KINDS)
    for kind in (*KINDS[turn:], *KINDS[:turn]):
        try:
            return audit.plant(doc, kind, seed=seed)
        except MissingDataError:
            continue
    raise MissingDataError(f"{doc.meta.source}: its tables have no room for errors; name others")


def _overlap(keys: Sequence[pd.DataFrame]) -> bool:
    """Whether two errors are in one row."""
    rows = pd.concat(keys)[["error", "table", "side", "row"]].drop_duplicates()
    return bool(rows.duplicated(["table", "side", "row"]).any())
