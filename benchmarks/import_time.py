"""Seconds that `import budgetkit` takes, beside `import pandas`, each in a fresh interpreter."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

#: Prints the seconds that the statements in argv[1] take, after those in argv[2].
_CLOCK = """
import sys, time
exec(sys.argv[2])
begun = time.perf_counter()
exec(sys.argv[1])
print(time.perf_counter() - begun)
"""


@dataclass(frozen=True)
class Timing:
    """One line of the report: what was timed, and its seconds run by run."""

    what: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle of the runs."""
        return statistics.median(self.seconds)

    @property
    def spread(self) -> float:
        """Half the distance between the quartiles."""
        low, _, high = statistics.quantiles(self.seconds, n=4)
        return (high - low) / 2


def in_fresh_interpreter(statements: str, before: str = "") -> float:
    """Seconds that the statements take, the interpreter's start and `before` not counted."""
    command = [sys.executable, "-c", _CLOCK, statements, before]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def measure(runs: int = 25) -> list[Timing]:
    """Time both imports in turn, so that a busy moment hits both alike."""
    statements = ("import pandas", "import budgetkit")
    seconds: dict[str, list[float]] = {statement: [] for statement in statements}
    for statement in statements:
        in_fresh_interpreter(statement)  # the first one reads from disk and writes .pyc files
    for _ in range(runs):
        for statement in statements:
            seconds[statement].append(in_fresh_interpreter(statement))
    return [Timing(statement, tuple(values)) for statement, values in seconds.items()]


def measure_load(name: str, runs: int = 25) -> list[Timing]:
    """Time `bk.load`: the first call in a fresh interpreter, and calls after it."""
    import budgetkit as bk

    cold = [
        in_fresh_interpreter(f"budgetkit.load({name!r})", "import budgetkit")
        for _ in range(max(runs // 5, 2))
    ]
    warm = []
    for _ in range(runs):
        begun = time.perf_counter()
        bk.load(name)
        warm.append(time.perf_counter() - begun)
    return [
        Timing(f'load("{name}"), first', tuple(cold)),
        Timing(f'load("{name}"), again', tuple(warm)),
    ]
