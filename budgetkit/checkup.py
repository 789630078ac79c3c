"""Does everything that the package stands on work on this machine? One table says so."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pandas as pd

from budgetkit import fonts, language, package

#: What JupyterLab and Voila need to show a widget.
_EXTENSION = "@jupyter-widgets/jupyterlab-manager/package.json"


class _Ailing(Exception):
    """What is wrong, in a few words."""


def doctor() -> pd.DataFrame:
    """Check Python, packages, Java, PDF reading, fonts, widgets and bundled data.

    Nothing is installed or changed. The Java machine is started, as reading a PDF does.

    Returns
    -------
    DataFrame
        One row a check: ``check``, ``works`` (bool), ``found`` (version and place, or
        what is wrong) and ``remedy`` (what to run or set; empty where it works).

    Examples
    --------
    >>> import budgetkit as bk
    >>> bk.doctor()["works"].all()
    np.True_
    """
    rows = []
    for name, check in _CHECKS.items():
        try:
            found, works = check(), True
        except Exception as fault:  # whatever is broken, the other checks go on
            found, works = f"{fault}" or type(fault).__name__, False
        remedy = "" if works else language.label(f"doctor.remedy.{name}", python=sys.executable)
        rows.append((language.label(f"doctor.{name}"), works, found, remedy))
    return pd.DataFrame(rows, columns=["check", "works", "found", "remedy"])


def _python() -> str:
    numbers = ".".join(map(str, sys.version_info[:3]))
    return f"{numbers}, {sys.executable}"


def _packages() -> str:
    needed = [line for line in metadata.requires("budgetkit") or () if "extra ==" not in line]
    names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed]
    missing = [name for name in names if not _installed(name)]
    if missing:
        raise _Ailing(", ".join(missing))
    return f"budgetkit {metadata.version('budgetkit')}, pandas {metadata.version('pandas')}"


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _java() -> str:
    from budgetkit.reading import java

    java.start()
    home, number = java.home()
    return f"Java {number}, {home}"


def _pdf() -> str:
    """The first page of a bundled document, as its reader sees it."""
    import pypdfium2

    path = next(package.home().glob("*/disclosure.pdf"))
    document = pypdfium2.PdfDocument(path)
    try:
        text = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    if not text.strip():
        raise _Ailing(str(path))
    return f"pypdfium2 {metadata.version('pypdfium2')}"


def _font() -> str:
    """The font of the charts; it must have a glyph for Chinese."""
    from matplotlib import font_manager

    name = fonts.font()
    path = font_manager.findfont(name, fallback_to_default=False)
    if not font_manager.get_font(path).get_char_index(ord("预")):
        raise _Ailing(f"{name}: {path}")
    return name


def _widgets() -> str:
    """The widgets' Python half, and the half that runs in the browser."""
    from jupyter_core.paths import jupyter_path

    places = [Path(folder, _EXTENSION) for folder in jupyter_path("labextensions")]
    if not any(place.exists() for place in places):
        raise _Ailing(language.label("doctor.no_extension"))
    halves = ("ipywidgets", "jupyterlab_widgets")
    return ", ".join(f"{half} {metadata.version(half)}" for half in halves)


def _data() -> str:
    names = package.names()
    if not names:
        raise _Ailing(str(package.home()))
    return language.label("doctor.disclosures", count=len(names), place=package.home())


_CHECKS: dict[str, Callable[[], str]] = {
    "python": _python,
    "packages": _packages,
    "java": _java,
    "pdf": _pdf,
    "font": _font,
    "widgets": _widgets,
    "data": _data,
}
