"""A disclosure out as a document: what was published, typeset anew. One layout, many writers."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from budgetkit.errors import TypesetError
from budgetkit.typeset.layout import Paper, paper
from budgetkit.typeset.styles import Style
from budgetkit.typeset.styles import style as style_of

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

__all__ = ["FORMATS", "typeset"]

FORMATS = {".pdf": "pdf", ".xlsx": "xlsx", ".docx": "docx", ".html": "html", ".txt": "text"}


def typeset(disclosure: Disclosure, path: str | Path, style: str = "single") -> Path:
    """Typeset the tables of a disclosure; see `Disclosure.typeset`.

    Parameters
    ----------
    disclosure : Disclosure
        What to typeset: its ``figures`` and, for the list of units, its ``units``.
    path : str or Path
        Where to: ``.pdf``, ``.xlsx``, ``.docx``, ``.html`` or ``.txt``. The
        folder is made, but none above it.
    style : str, optional
        A style of ``vocabulary/typeset.toml``.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    TypesetError
        If the ending or the style is not known, or the file can't be written.

    Examples
    --------
    >>> import budgetkit as bk, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = typeset(bk.load("xinjiang-miit-2024"), f"{folder}/miit.txt")
    ...     len(bk.read(file).figures)
    1251
    """
    chosen = check(path, style)
    return write(paper(disclosure, chosen), path, chosen)


def check(path: str | Path, style: str) -> Style:
    """Refuse a style that isn't known or an ending that isn't; the style if both are.

    >>> check("miit.pdf", "single").rules
    'single'
    """
    ending = Path(path).suffix
    if ending.lower() not in FORMATS:
        raise TypesetError(
            f"{path}: cannot typeset {ending or 'a file without an ending'}; "
            f"use {', '.join(FORMATS)}"
        )
    return style_of(style)


def write(laid: Paper, path: str | Path, style: Style) -> Path:
    """Write a disclosure that is laid out, as what the ending of the path says."""
    path = Path(path).expanduser()
    try:
        path.parent.mkdir(exist_ok=True)
        import_module(f"budgetkit.typeset.{FORMATS[path.suffix.lower()]}").write(laid, path, style)
    except OSError as fault:
        raise TypesetError(
            f"{path}: cannot be written ({fault.strerror or fault}); choose a file in a folder "
            "that is there and that you may write to"
        ) from fault
    return path
