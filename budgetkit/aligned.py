"""Frames to be read: texts flush left, numbers flush right, each heading over its column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pandas.api.types import is_numeric_dtype

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler


def aligned(frame: pd.DataFrame) -> Styler:
    """Set a frame so that its sentences can be read: the last line of a notebook's cell.

    pandas sets every heading and every text flush right.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame whose columns have different names.

    Returns
    -------
    pandas.io.formats.style.Styler
        The same frame, texts and their headings flush left, numbers and theirs flush right.
        Its methods go on from there: ``.format(precision=2)``, ``.hide(axis="index")``.

    Examples
    --------
    >>> import budgetkit as bk
    >>> doc = bk.load("xinjiang-miit-2024")
    >>> bk.aligned(doc.units.head(2)).hide(axis="index").to_html().count("<tr>")
    3
    """
    sides = {
        name: "right" if is_numeric_dtype(kind) else "left" for name, kind in frame.dtypes.items()
    }
    return frame.style.set_table_styles(
        {name: [{"selector": "", "props": f"text-align: {side}"}] for name, side in sides.items()}
    )
