"""Print what imports, loading and audits cost and find: `python -m benchmarks [runs]`."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import audit, import_time, pdf

#: `import budgetkit` may take this much of `import pandas`.
ALLOWED = 1.15


def main(runs: int = 25) -> None:
    """Measure and print a table of medians."""
    timings = import_time.measure(runs)
    timings += import_time.measure_load("xinjiang-miit-2024", runs)
    width = max(len(timing.what) for timing in timings)
    print(f"{'':{width}}  {'median':>9}  {'± half IQR':>10}  {'runs':>4}")
    for timing in timings:
        print(
            f"{timing.what:{width}}  {timing.median * 1000:6.1f} ms  "
            f"{timing.spread * 1000:7.1f} ms  {len(timing.seconds):4}"
        )
    pandas, budgetkit = timings[:2]
    ratio = budgetkit.median / pandas.median
    verdict = "within" if ratio <= ALLOWED else "OVER"
    print(f"\nimport budgetkit / import pandas = {ratio:.3f} ({verdict} the {ALLOWED:.2f} allowed)")
    print()
    audit.main()
    corpus = Path(__file__).resolve().parents[2] / "shared" / "corpus"
    if corpus.is_dir():
        print()
        pdf.compare(corpus)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
