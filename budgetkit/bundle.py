"""Making a bundled data package: figures and names as published, reasons in our own words.

What a document says in sentences stays in the document. ``glosses.csv`` beside
the data says the same in short words, in Chinese and English; it is kept by hand.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from budgetkit.disclosure import Disclosure

#: Columns that hold sentences, and the column of their English gloss if there is one.
SENTENCES = {
    ("variances", "reason"): "reason_en",
    ("carryovers", "purpose"): "purpose_en",
    ("targets", "basis"): None,
}

#: A printed text of at most this many characters is a term, not a sentence.
TERM = 8


def bundle(disclosure: Disclosure, folder: Path, frames: list[str] | None = None) -> Path:
    """Write a disclosure as a bundled data package.

    Parameters
    ----------
    disclosure : Disclosure
        As `budgetkit.read` gave it.
    folder : Path
        Where to; its ``glosses.csv`` (columns ``frame``, ``no``, ``zh``, ``en``;
        ``no`` counts the rows of the frame from 1) is kept and used.
    frames : list of str, optional
        The frames to bundle; all of them if left out.

    Returns
    -------
    Path
        The ``datapackage.json`` that was written.

    Examples
    --------
    >>> import budgetkit as bk, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     bundle(bk.load("xinjiang-miit-2024"), pathlib.Path(folder, "copy")).name
    'datapackage.json'
    """
    kept = retold(disclosure, glosses(folder))
    if frames is not None:
        kept = replace(kept, frames={name: kept.frames[name] for name in frames})
    return kept.save(folder / "datapackage.json")


def glosses(folder: Path) -> pd.DataFrame:
    """The glosses beside a data package, or none."""
    path = folder / "glosses.csv"
    if not path.exists():
        return pd.DataFrame(columns=["frame", "no", "zh", "en"])
    return pd.read_csv(path, dtype={"frame": "str", "zh": "str", "en": "str"})


def retold(disclosure: Disclosure, words: pd.DataFrame) -> Disclosure:
    """A disclosure whose sentences are replaced by glosses, or left out where there is none."""
    frames = dict(disclosure.frames)
    for (name, column), english in SENTENCES.items():
        frame = frames[name].copy()
        gloss = words[words["frame"] == name].set_index("no")
        numbers = pd.Series(range(1, len(frame) + 1), index=frame.index)
        short = frame[column].where(frame[column].str.len() <= TERM)
        frame[column] = numbers.map(gloss["zh"]).astype("str").fillna(short)
        if english is not None:
            frame[english] = numbers.map(gloss["en"]).astype("str").fillna(frame[english])
        frames[name] = frame
    return replace(disclosure, frames=frames)
