"""A bar over the pages of a long file, for whoever waits at a terminal or in a notebook.

The bars of tqdm and rich leave a widget behind that a saved notebook cannot show: what is
shown here is plain HTML, and empty when the file is read.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from time import monotonic

from budgetkit import language

#: A file of so many pages is read before anyone has looked for a bar.
SHORT = 20

#: Seconds between two looks of the bar.
_EVERY = 0.1

#: Characters of a bar and of a name, at most.
_WIDTH, _NAME = 30, 30

#: Shows how many pages are read, or nothing more.
Show = Callable[[int | None], None]


@contextmanager
def bar(name: str, pages: int) -> Iterator[Callable[[int], None]]:
    """Give a function to call with each page's number; the bar is gone at the end."""
    show = None if pages <= SHORT else _in_notebook(name, pages) or _in_terminal(name, pages)
    shown = -_EVERY

    def step(page: int) -> None:
        nonlocal shown
        if show and monotonic() - shown >= _EVERY:
            show(page)
            shown = monotonic()

    try:
        yield step
    finally:
        if show:
            show(None)


def _in_notebook(name: str, pages: int) -> Show | None:
    """What shows the bar below a notebook's cell; none outside of a notebook."""
    ipython = sys.modules.get("IPython")
    if ipython is None or getattr(ipython.get_ipython(), "kernel", None) is None:
        return None
    from IPython.display import display

    def bundle(page: int | None) -> dict[str, str]:
        if page is None:
            return {"text/html": "", "text/plain": ""}
        told = _told(name, page, pages)
        drawn = f"<progress value='{page}' max='{pages}'></progress> {escape(told)}"
        return {"text/html": drawn, "text/plain": told}

    handle = display(bundle(1), raw=True, display_id=True)
    return lambda page: handle.update(bundle(page), raw=True)


def _in_terminal(name: str, pages: int) -> Show | None:
    """What shows the bar on the last line of a terminal; none where there is no terminal."""
    stream = sys.stderr
    if stream is None or not stream.isatty():
        return None

    def show(page: int | None) -> None:
        stream.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
        if page is not None:
            done = _WIDTH * page // pages
            stream.write(f"[{'#' * done}{'.' * (_WIDTH - done)}] {_told(name, page, pages)}")
        stream.flush()

    return show


def _told(name: str, page: int, pages: int) -> str:
    short = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    return language.label("progress.page", name=short, page=page, pages=pages)
