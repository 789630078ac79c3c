"""The bar over a long file's pages: seen at a terminal and in a notebook, and gone after."""

import io
import sys
from types import SimpleNamespace

import nbclient
import nbformat
import pytest

import budgetkit as bk
from budgetkit.reading import progress

from . import raw_pdf
from .test_java import DISCLOSURE


class Terminal(io.StringIO):
    """A stream that is looked at."""

    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    """Standard error at a terminal, every page shown."""
    stream = Terminal()
    # not sys.stderr itself, which pytest sets anew between a fixture and its test
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=stream, modules=sys.modules))
    monkeypatch.setattr(progress, "_EVERY", 0)
    return stream


def looks(stream):
    """What stands on the terminal's last line, look after look."""
    return [look.strip() for look in stream.getvalue().split("\r") if look.strip()]


def test_at_a_terminal(terminal):
    with progress.bar("x.pdf", 40) as step:
        for page in range(1, 41):
            step(page)
    shown = looks(terminal)
    assert len(shown) == 40
    assert shown[19] == f"[{'#' * 15}{'.' * 15}] x.pdf：第 20 / 40 页"
    assert terminal.getvalue().endswith(" \r")


def test_in_english_with_a_long_name(terminal):
    bk.use_language("en")
    with progress.bar("x" * 40 + ".pdf", 40) as step:
        step(40)
    assert looks(terminal) == [f"[{'#' * 30}] {'x' * 29}…: page 40 of 40"]


def test_a_fault_takes_the_bar_away(terminal):
    with pytest.raises(ZeroDivisionError), progress.bar("x.pdf", 40) as step:
        step(1)
        step(1 // 0)
    assert len(looks(terminal)) == 1
    assert terminal.getvalue().endswith(" \r")


def test_not_for_a_short_file(terminal):
    with progress.bar("x.pdf", progress.SHORT) as step:
        step(1)
    assert terminal.getvalue() == ""


def test_not_where_nobody_looks(capsys):
    with progress.bar("x.pdf", 40) as step:
        step(1)
    assert capsys.readouterr() == ("", "")


@pytest.mark.slow
def test_reading_shows_every_page(terminal, tmp_path):
    bk.read(raw_pdf.write(tmp_path / "x.pdf", [raw_pdf.table(raw_pdf.ROWS)] * 21))
    assert [look.split("：")[1] for look in looks(terminal)] == [
        f"第 {page} / 21 页" for page in range(1, 22)
    ]


@pytest.mark.slow
def test_a_notebook_keeps_nothing_of_it(monkeypatch, tmp_path):
    seen = []
    code = f"import budgetkit as bk\ndoc = bk.read({str(DISCLOSURE)!r})"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    client = nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {}})
    process = client.process_message

    def watch(message, cell, index):
        if message["msg_type"] in {"display_data", "update_display_data"}:
            seen.append(message["content"]["data"]["text/html"])
        return process(message, cell, index)

    monkeypatch.setattr(client, "process_message", watch)
    client.execute()
    assert "<progress value='1' max='25'></progress> disclosure.pdf：第 1 / 25 页" in seen
    assert len(seen) > 2
    (left,) = notebook.cells[0].outputs
    assert left.data == {"text/html": "", "text/plain": ""}
