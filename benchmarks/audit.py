"""How good the audit is at planted errors, and how quick: `python -m benchmarks.audit`."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import budgetkit as bk
from budgetkit.audit.cells import FEN
from budgetkit.audit.planting import digits, shifts, swaps
from budgetkit.audit.report import Audit
from budgetkit.audit.solve import Solver

#: Errors of 0.10 万元 and more are counted on their own, too.
LARGE = FEN // 10

#: How many random pairs of errors are tried.
PAIRS = 2000


def main() -> None:
    """Print what is detected and located of every error planted in the tables."""
    doc = bk.load("xinjiang-miit-2024")
    seconds = []
    for _ in range(15):
        begun = time.perf_counter()
        audit = doc.audit()
        seconds.append(time.perf_counter() - begun)
    counts = ", ".join(f"{count:,} {outcome}" for outcome, count in audit.counts.items())
    print(f"xinjiang-miit-2024: {sum(audit.counts.values()):,} checks ({counts})")
    print(f"one audit: {statistics.median(seconds) * 1000:.0f} ms (median of {len(seconds)})\n")
    solver = Solver(Audit.of(audit.apply(1)).system)
    cells = [cell for cell in _printed(solver) if solver.system.cells.places[cell] != _gap(audit)]
    units = solver.units
    print(f"{'planted':34} {'errors':>7} {'detected':>9} {'located':>9} {'seconds':>8}")
    ones = {
        kind: [({c: other}, {c}) for c in cells for other in change(solver.amounts[c], units[c])]
        for kind, change in (("a digit changed", digits), ("two digits swapped", swaps))
    }
    for kind, errors in ones.items():
        _row(solver, kind, errors)
        large = [e for e in errors if all(_by(solver, *o) >= LARGE for o in e[0].items())]
        _row(solver, f"{kind}, by 0.10 or more", large)
    moved = [
        ({cell: 0, blank: solver.amounts[cell]}, {cell, blank})
        for cell, blank in shifts(solver.system.cells)
        if cell in set(cells)
    ]
    _row(solver, "an amount in the next column", moved)
    rng = random.Random(1)
    pairs = [
        {c: rng.choice(list(digits(solver.amounts[c], units[c]))) for c in rng.sample(cells, 2)}
        for _ in range(PAIRS)
    ]
    _row(solver, "two digits in two cells", [(pair, set(pair)) for pair in pairs], apart=True)
    corpus = Path(__file__).resolve().parents[2] / "shared" / "corpus"
    if corpus.is_dir():
        print()
        _corpus(corpus)


def _printed(solver: Solver) -> list[int]:
    cells = solver.system.cells
    tables = {table for table, _ in cells.sheets}
    return [c for c, p in enumerate(cells.places) if cells.printed[c] and p.table in tables]


def _gap(audit: Audit) -> object:
    """The cell that the audit itself filled in before errors were planted."""
    return audit.system.cells.places[audit.causes[0][1][0].cells[0]]


def _by(solver: Solver, cell: int, amount: int) -> int:
    return abs(amount - solver.amounts[cell])


def _row(
    solver: Solver,
    kind: str,
    errors: Iterable[tuple[Mapping[int, int], set[int]]],
    apart: bool = False,
) -> None:
    """One line of the table; `apart`: each cell by a cause of its own will do, too."""
    begun = time.perf_counter()
    total = detected = located = 0
    for amounts, guilty in errors:
        found = solver.planted(amounts)
        alone = [set(suspects[0].cells) for _, suspects in found if len(suspects) == 1]
        total += 1
        detected += bool(found)
        named = set().union(*alone) if apart else alone[0] if len(found) == len(alone) == 1 else ()
        located += guilty <= set(named) if apart else set(named) == guilty
    taken = time.perf_counter() - begun
    print(
        f"{kind:34} {total:7,} {detected / total:9.2%} {located / total:9.2%} {taken:8.1f}",
        flush=True,
    )


def _corpus(folder: Path) -> None:
    """The failures that an audit of every document reports."""
    print(f"{'document':36} {'checks':>7} {'fail':>5}  ms")
    for path in sorted(folder.glob("*.pdf")):
        doc = bk.read(path)
        begun = time.perf_counter()
        audit = doc.audit()
        taken = (time.perf_counter() - begun) * 1000
        total, failed = sum(audit.counts.values()), audit.counts["fails"]
        print(f"{path.stem:36} {total:7,} {failed:5}  {taken:.0f}", flush=True)


if __name__ == "__main__":
    main()
