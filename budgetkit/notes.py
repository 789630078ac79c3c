"""Notes: what a reader mended, doubted or could not place, with the place."""

import re

import pandas as pd

from budgetkit import language

#: What puts the whole reading in question: told before all else, and warned of. Files that
#: are not one disclosure, a file that is none, and one that is half of one or blank.
GRAVE = ("departments_differ", "years_differ", "no_disclosure", "no_tables", "no_amounts")


class Notes:
    """Collects the notes of one reading; ``table`` and ``row`` say where it stands now."""

    def __init__(self) -> None:
        self.records: list[dict] = []
        self.table: str | None = None
        self.row: int | None = None

    def mended(self, key: str, page: int | None, text: str = "", detail: str | None = "") -> None:
        """What was printed was understood all the same: here is what was done."""
        self._add("mended", key, page, text, detail)

    def doubted(self, key: str, page: int | None, text: str = "", detail: str | None = "") -> None:
        """What was printed was kept, but may be wrong."""
        self._add("doubted", key, page, text, detail)

    def unplaced(self, key: str, page: int | None, text: str = "", detail: str | None = "") -> None:
        """What was printed is in no frame: here it is."""
        self._add("unplaced", key, page, text, detail)

    def _add(self, kind: str, key: str, page: int | None, text: str, detail: str | None) -> None:
        self.records.append(
            {
                "kind": kind,
                "page": page,
                "table": self.table,
                "row": self.row,
                "key": key,
                "text": text or None,
                "detail": detail or None,
            }
        )


def ordered(notes: list[dict], tables: list[dict]) -> list[dict]:
    """Notes in the order of the document: the grave ones, then by page, table and row."""
    grave = {key: rank - len(GRAVE) for rank, key in enumerate(GRAVE)}
    place = {table["table"]: number for number, table in enumerate(tables, start=1)}
    return sorted(
        notes,
        key=lambda n: (
            grave.get(n["key"], 0),
            n["page"] or 0,
            place.get(n["table"], 0),
            n["row"] or 0,
        ),
    )


def grave(notes: pd.DataFrame) -> list[str]:
    """What the grave notes say."""
    return messages(notes[notes["key"].isin(GRAVE)]).tolist()


def messages(notes: pd.DataFrame) -> pd.Series:
    """What each note says, in the language in use; measures by their labels."""
    told = [
        language.label(
            f"note.{note.key}",
            text=note.text,
            detail=re.sub(
                r"(?<![\w.])[a-z][a-z_]{3,}(?![\w.]| \()",
                lambda word: language.label(f"measure.{word[0]}"),
                str(note.detail),
            ),
        )
        for note in notes.fillna({"text": "", "detail": ""}).itertuples()
    ]
    return pd.Series(told, index=notes.index, dtype="str")
