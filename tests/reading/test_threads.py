"""Java works in a thread of its own: nobody waits for one that hangs, none is left behind."""

import subprocess
import sys
import threading
from concurrent.futures import Future
from time import monotonic

import jpype
import pytest

import budgetkit as bk
from budgetkit.errors import ReadError
from budgetkit.reading import cells, java

from . import raw_pdf

LATTICE = "technology.tabula.extractors.SpreadsheetExtractionAlgorithm"


@pytest.fixture
def hanging(monkeypatch):
    """A lattice that stays at its first page, until the test is over."""
    over, real = threading.Event(), jpype.JClass

    class Hanging:
        def extract(self, page):
            over.wait(20)
            raise RuntimeError("the test is over")

    java.start()
    monkeypatch.setattr(jpype, "JClass", lambda name: Hanging if name == LATTICE else real(name))
    yield over
    over.set()


@pytest.mark.slow  # it starts the Java machine, or uses the one that runs
@pytest.mark.parametrize("pages", [1, 2])
def test_the_time_limit_holds_while_java_hangs(tmp_path, hanging, pages):
    path = raw_pdf.write(tmp_path / "x.pdf", [raw_pdf.table(raw_pdf.ROWS)] * pages)
    began = monotonic()
    with pytest.raises(ReadError, match=rf"x.pdf: the time limit was over at page 1 of {pages};"):
        bk.read(path, time_limit=0.3)
    assert monotonic() - began < 5  # it would hang for 20 s
    assert not hanging.is_set()


HANGS = """
import sys, jpype, budgetkit as bk
from budgetkit.reading import java
java.start()
real = jpype.JClass
class Hanging:
    def extract(self, page):
        real("java.util.stream.LongStream").range(0, 10**15).sum()  # unlike sleep, not woken
jpype.JClass = lambda name: Hanging if name.endswith("ExtractionAlgorithm") else real(name)
try:
    bk.read(sys.argv[1], time_limit=0.3)
except bk.BudgetkitError as error:
    print(error)
"""


@pytest.mark.slow
def test_the_program_ends_while_java_hangs(tmp_path):
    path = raw_pdf.write(tmp_path / "x.pdf", [raw_pdf.table(raw_pdf.ROWS)])
    done = subprocess.run(
        [sys.executable, "-c", HANGS, str(path)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )  # the timeout is an error: Java would be at it for days
    assert "the time limit was over at page 1 of 1" in done.stdout


@pytest.mark.parametrize("late", [0.05, -1.0])
def test_a_page_that_does_not_come_in_time(late):
    find = cells.Find(lambda number: Future(), monotonic() + late)
    find.ask(1)
    with pytest.raises(TimeoutError):
        find(1)


def test_a_page_that_came_in_time_is_read_however_late_it_is():
    done: Future[str] = Future()
    done.set_result('[{"data": [[{"left": 1, "top": 2, "width": 3, "height": 4, "text": "9"}]]}]')
    find = cells.Find(lambda number: done, monotonic() - 1)
    find.ask(1)
    assert find(1) == [[(1, 2, 4, 6)]]
    assert find(1) == []  # asked for once


@pytest.mark.slow
def test_a_reading_leaves_no_thread_with_java(tmp_path):
    path = raw_pdf.write(tmp_path / "x.pdf", [raw_pdf.table(raw_pdf.ROWS)])

    def attached():
        return {str(thread.getName()) for thread in threads.getAllStackTraces().keySet()}

    bk.read(path)
    threads = jpype.JClass("java.lang.Thread")
    before, running = attached(), threading.active_count()
    for _ in range(3):
        bk.read(path)
    assert attached() == before
    assert threading.active_count() == running
