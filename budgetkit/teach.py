"""Handouts (练习) for a course: a disclosure with planted errors, one for every student."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import pandas as pd

from budgetkit import answer_key, audit, language, typeset
from budgetkit.audit.planting import Planted
from budgetkit.errors import BudgetkitError, MissingDataError
from budgetkit.given import takes_disclosure
from budgetkit.typeset import glosses
from budgetkit.typeset.layout import Paper, paper
from budgetkit.typeset.pdf import pages
from budgetkit.typeset.styles import style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from budgetkit.disclosure import Disclosure

#: Where a cell is: table, side, row and measure.
_Place = tuple[str, str | None, int, str]

#: Tables that a handout is made of where none are named: they fit a few pages.
TABLES = ("balance", "expenditure", "general_expenditure", "general_basic")

#: The kinds of error planted in turn; each can be found by hand.
KINDS = ("digit", "swap", "shift")

#: The smallest error planted (万元): larger than what the rounding of the print explains.
LEAST = 0.10

#: So many times a set of errors is drawn anew until an audit finds every one of them.
_DRAWS = 20


class Worksheet(NamedTuple):
    """A handout: the files for the student, the answer key for the lecturer."""

    pdf: Path
    xlsx: Path
    key: pd.DataFrame
    key_file: Path

    def __repr__(self) -> str:
        files = {"pdf": self.pdf, "xlsx": self.xlsx, "key": self.key_file}
        return language.label("handout.made", **files)


@takes_disclosure
def worksheet(
    doc: Disclosure,
    seed: int | str,
    folder: str | Path = "handouts",
    n: int = 3,
    tables: str | Sequence[str] | None = None,
    secret: str = "",
) -> Worksheet:
    """Make a handout with planted errors, another one for every seed.

    Its first page says the task, in the language in use, and has lines for the name and
    blanks for the answers; the tables are in Chinese, and in English the first page and the
    key's file say what their titles and headings mean. Rows without amounts are left out.
    No error is smaller than 0.10 万元, so that none is taken for rounding; a blank of the
    original that its sums fill is filled, and the first page says so.

    Parameters
    ----------
    doc : Disclosure
        What the handout is made of.
    seed : int or str
        The student's number, say, of letters and digits: the same seed makes the same
        handout.
    folder : str or Path, optional
        Where the files go: ``worksheet-SEED.pdf`` and ``.xlsx``. The key goes into a
        folder beside it, so that you can share this one: ``handouts-keys/worksheet-SEED.csv``.
    n : int, optional
        How many errors; a digit changed, two digits swapped and an amount in the next
        column take turns, those that the tables have room for.
    tables : str or sequence of str, optional
        Which table or tables; by default the balance and the tables of expenditure.
    secret : str, optional
        A word that you keep to yourself: without one, a student who has this package
        can make the key from the number. It protects the key only: whoever has this
        package finds the errors of a file with ``doc.audit()``. So hand it out on paper,
        or ask for the reasoning.

    Returns
    -------
    Worksheet
        ``pdf`` and ``xlsx`` for the student; ``key``, one row a changed cell: ``error``
        (its number), ``kind``, ``page`` of the PDF, ``title`` of the table, ``code``,
        ``name`` of the row and ``heading`` of the column as the handout prints them,
        ``on_the_sheet`` and ``should_be`` (万元; missing: blank), ``sums`` (which sums the
        error breaks, and by how much), and ``table``, ``side``, ``row``, ``measure`` as in
        ``figures`` of the handout. ``key_file`` has the first ten, with headings in the
        language in use. Every error can be found: the sums
        point to it. What a notebook shows of it names the files, not the answers.

    Raises
    ------
    BudgetkitError
        If the document has none of the tables, or no room for so many errors, `seed` has
        other characters, or `n` is no whole number.

    Examples
    --------
    >>> import budgetkit as bk, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     folder = f"{folder}/handouts"
    ...     sheet = bk.teach.worksheet(bk.load("xinjiang-miit-2024"), seed=7, folder=folder)
    ...     sheet.pdf.name, sheet.key["error"].nunique(), sheet.key_file.parent.name
    ('worksheet-7.pdf', 3, 'handouts-keys')
    """
    if not isinstance(n, int) or n < 1 or not re.fullmatch(r"[\w-]+", str(seed)):
        raise BudgetkitError(language.said("teach.seed", seed=seed, n=n))
    wanted = TABLES if tables is None else (tables,) if isinstance(tables, str) else tuple(tables)
    part = _part(doc, wanted)
    clean = _clean(part)
    filled = _filled(part, clean)
    puzzle, planted = _puzzle(clean, crc32(f"{secret} {seed}".encode()), n, filled)
    look = style("single")
    laid = paper(puzzle, look)
    more = (*_filling(clean, filled), *glosses.lines(laid, puzzle.meta.tables))
    sheet = _handout(laid, doc.meta.title, seed, n, more)
    key = answer_key.frame(clean, puzzle, planted, pages(sheet, look))
    folder = Path(folder).expanduser()
    keys = folder.resolve().with_name(f"{folder.resolve().name}-keys")
    for place in (folder, keys):
        place.mkdir(parents=True, exist_ok=True)
    key_file = keys / f"worksheet-{seed}.csv"
    answer_key.write(key, key_file)
    files = [folder / f"worksheet-{seed}{ending}" for ending in (".pdf", ".xlsx")]
    pdf, xlsx = (typeset.write(sheet, file, look) for file in files)
    return Worksheet(pdf, xlsx, key, key_file)


def _handout(laid: Paper, title: str, seed: int | str, n: int, more: tuple[str, ...] = ()) -> Paper:
    """A puzzle as a handout: the task and blanks for the answers instead of the preface."""
    text = {
        name: language.label(f"handout.{name}", title=title, seed=seed, n=n, least=f"{LEAST:.2f}")
        for name in ("title", "student", "task", "source", "rounding")
    }
    # The source first: a title ends at its repetition.
    task = (text["source"], text["student"], text["task"], text["rounding"], *more)
    blanks = ("table", "row", "column", "printed", "proposed")
    heads = tuple(language.label(f"handout.{name}") for name in blanks)
    _note, _source, *units = laid.lines
    return replace(
        laid,
        title=text["title"],
        task=task,
        form=(heads, *[("",) * len(heads)] * n),
        lines=tuple(units),
    )


def _part(doc: Disclosure, tables: Sequence[str]) -> Disclosure:
    """A disclosure of some of its tables alone, without rows that print no amount."""
    kept = tuple(table for table in doc.meta.tables if table.table in tables)
    figures = doc.frames["figures"]
    own = figures[figures["table"].isin([table.table for table in kept])]
    if own.empty:
        known = language.several(table.table for table in doc.meta.tables)
        told = {"tables": language.several(tables), "known": known}
        raise BudgetkitError(language.said("teach.tables", source=doc.meta.source, **told))
    rows = own.groupby(["table", "side"], dropna=False, observed=True)["row"]
    own = own.assign(row=rows.rank(method="dense").astype("Int64")).reset_index(drop=True)
    # The list of units is long, and needed only where a table names them.
    units = doc.frames["units"][: None if own["unit"].notna().any() else 0]
    return type(doc)(replace(doc.meta, tables=kept), {"figures": own, "units": units})


def _clean(doc: Disclosure) -> Disclosure:
    """A disclosure without the faults of its own that an audit can mend."""
    found = doc.audit()
    for cause, (_, suspects) in enumerate(found.causes, start=1):
        if len(suspects) == 1:
            return _clean(found.apply(cause))
    return doc


def _filled(before: Disclosure, after: Disclosure) -> set[_Place]:
    """The places that are blank before and have an amount after."""
    return _places(after.frames["figures"]) - _places(before.frames["figures"])


def _places(cells: pd.DataFrame) -> set[_Place]:
    """Where cells are: table, side, row and measure."""
    places = cells[["table", "side", "row", "measure"]].astype("object")
    return set(places.where(places.notna(), None).itertuples(index=False, name=None))


def _filling(doc: Disclosure, places: Iterable[_Place]) -> Iterator[str]:
    """The line that names the places that were filled, if there are any."""
    named = (answer_key.place(doc, *own) for own in sorted(places, key=str))
    told = [language.label("handout.place", **names) for names in named]
    if told:
        yield language.label("handout.filled", places=language.label("handout.between").join(told))


def _puzzle(
    doc: Disclosure, seed: int, n: int, filled: set[_Place]
) -> tuple[Disclosure, pd.DataFrame]:
    """The disclosure with errors that an audit finds, none in a filled blank, and their key."""
    for draw in range(_DRAWS):
        puzzle, keys = doc, []
        for number in range(n):
            puzzle, key = _planted(puzzle, number, (seed * _DRAWS + draw) * n + number)
            keys.append(key.assign(error=number + 1))
            if _overlap(keys):
                break
        key = pd.concat(keys, ignore_index=True)
        if _overlap(keys) or _places(key) & filled:
            continue
        places = set(map(tuple, key[["table", "row", "measure"]].to_numpy()))
        suspects = puzzle.audit().suspects
        named = set(map(tuple, suspects[["table", "row", "measure"]].to_numpy()))
        if places <= named:
            return puzzle, key
    tables = language.several(table.table for table in doc.meta.tables)
    raise BudgetkitError(language.said("teach.room", source=doc.meta.source, n=n, tables=tables))


def _planted(doc: Disclosure, number: int, seed: int) -> Planted:
    """One error more: of the kind whose turn it is, or of the next that has room."""
    turn = number % len(KINDS)
    for kind in (*KINDS[turn:], *KINDS[:turn]):
        try:
            return audit.plant(doc, kind, seed=seed, least=LEAST)
        except MissingDataError:
            continue
    raise language.missing("exercise", doc)


def _overlap(keys: Sequence[pd.DataFrame]) -> bool:
    """Whether two errors are in one row."""
    rows = pd.concat(keys)[["error", "table", "side", "row"]].drop_duplicates()
    return bool(rows.duplicated(["table", "side", "row"]).any())
