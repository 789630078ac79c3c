"""How much of a PDF's tables each way of reading keeps: `python -m benchmarks.pdf FOLDER`.

What the text layer prints in tables: every word that is an amount (decimals or grouped
digits, nothing else) and stands inside a table, by pdfplumber's words and the outlines of
pdfplumber's and our own tables. An amount is kept if a cell holds it whole; for our whole
reading, if a frame has its value on that page, or a note says where it could not be placed.
A number that is wrapped in a narrow cell is two words of the text layer: each is kept if a
cell has both joined.
Each engine runs over all files in a process of its own, so that its time and its peak memory
are its own.
"""

from __future__ import annotations

import json
import logging
import re
import resource
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from budgetkit.reading.model import Grid

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure

#: Two PDFs alike, of 12 pages and of 31.
SESSIONS = (
    ("jiangsu-npc-2019-tables", "jiangsu-party-office-2019-tables"),
    ("jiangsu-npc-2017", "jiangsu-npc-2018"),
)

#: Amounts of tables that were compared with the picture of their page, cell by cell.
TRUTH = Path(__file__).resolve().parents[1] / "tests" / "corpus" / "truth.csv"

ENGINES = ("budgetkit", "pdfplumber", "tabula lattice", "tabula stream", "camelot lattice")
DIGITS = re.compile(r"[\d.,，]+")
MONEY = re.compile(r"[-−(（]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?[)）]?|[-−(（]?\d+\.\d+[)）]?")

Page = tuple[int, str]


def tokens(text: str) -> list[str]:
    """The amounts printed in a text, as digits with their point."""
    joined = text.replace("\n", "").replace("\r", "").replace("，", ",")
    return [re.sub(r"[,()（）−-]", "", word) for word in MONEY.findall(joined)]


def by_pdfplumber(path: Path) -> Iterator[tuple[int, str]]:
    """Cells of pdfplumber's own tables."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            for table in page.extract_tables():
                yield from ((page.page_number, cell or "") for row in table for cell in row)
            page.close()


def by_tabula(path: Path, lattice: bool) -> Iterator[tuple[int, str]]:
    """Cells of tabula's packed frames, page by page."""
    import pypdfium2
    import tabula

    with pypdfium2.PdfDocument(path) as document:
        pages = len(document)
    for page in range(1, pages + 1):
        try:
            frames = tabula.read_pdf(
                path,
                pages=page,
                lattice=lattice,
                stream=not lattice,
                pandas_options={"header": None, "dtype": str},
                silent=True,
            )
        except Exception:  # it stops on slanted lines; that is what is being measured
            continue
        for frame in frames:
            yield from ((page, str(cell)) for row in pd.DataFrame(frame).to_numpy() for cell in row)


def by_camelot(path: Path) -> Iterator[tuple[int, str]]:
    """Cells of camelot's lattice."""
    import camelot

    for table in camelot.read_pdf(str(path), pages="all", flavor="lattice"):
        yield from ((int(table.page), str(cell)) for row in table.df.to_numpy() for cell in row)


def by_budgetkit(path: Path) -> Iterator[tuple[int, str]]:
    """The amounts of our frames and notes, in the unit that their table is printed in."""
    import budgetkit as bk
    from budgetkit import printed

    document = bk.read(path)
    units = {table.table: table for table in document.meta.tables}
    for row in document.figures.to_dict("records"):
        table = units[row["table"]]
        value = Decimal(repr(row["amount"])) / printed.UNITS[table.unit or "万元"]
        texts = {f"{abs(value):,.{table.decimals}f}", f"{abs(value.normalize()):,f}"}
        yield from ((row["page"], text) for text in texts)
    assert document.reading is not None
    yield from _in_forms(document)
    for note in document.notes.dropna(subset=["page", "text"]).to_dict("records"):
        yield note["page"], note["text"]


def _in_forms(document: Disclosure) -> Iterator[tuple[int, str]]:
    """Printed amounts that the frame of targets holds, with the pages they stand on."""
    assert document.reading is not None
    targets = document.targets
    money = targets[["budget_total", "budget_fiscal", "budget_other"]]
    stated = {f"{value:.6f}".rstrip("0") for value in money.stack()}
    texts = targets[["indicator", "target", "basis", "previous"]].stack()
    stated |= {token.rstrip("0") for text in texts for token in tokens(str(text))}
    for block in document.reading.source.blocks:
        if isinstance(block, Grid):
            for row, place in zip(block.rows, block.places, strict=True):
                found = (token for cell in row if cell for token in tokens(cell))
                yield from ((place, token) for token in found if token.rstrip("0") in stated)


def truth(path: Path) -> list[tuple[int, str]]:
    """The amounts that the text layer prints inside of tables.

    Other words of digits follow with the page's number negative: the rest of a wrapped one.
    """
    import pdfplumber
    import pypdfium2

    from budgetkit.notes import Notes
    from budgetkit.reading import cells
    from budgetkit.reading.boxes import outline
    from budgetkit.reading.drawings import rules
    from budgetkit.reading.glyphs import glyphs
    from budgetkit.reading.tables import choose

    found: list[tuple[int, str]] = []
    with (
        pdfplumber.open(path) as document,
        pypdfium2.PdfDocument(path) as other,
        cells.tabula(path) as find,
    ):
        for page in document.pages:
            number = page.page_number
            printed, _ = glyphs(other[number - 1], other[number - 1].get_textpage())
            drawn = rules(other[number - 1])
            find.ask(number)
            tables = choose(number, printed, partial(find, number), drawn, Notes())
            outlines = [tuple(outline(table)) for table in tables]
            outlines += [table.bbox for table in page.find_tables()]
            for word in page.extract_words(x_tolerance=2, y_tolerance=1):
                x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
                if not any(a <= x <= c and b <= y <= d for a, b, c, d in outlines):
                    continue
                if DIGITS.fullmatch(word["text"]):
                    found.append((-number, word["text"].replace(",", "")))
                if MONEY.fullmatch(word["text"]):
                    found += [(number, token) for token in tokens(word["text"])]
            page.close()
    return found


def run(engine: str, files: list[Path]) -> None:
    """Read all files by one engine; print its amounts, seconds and peak memory as JSON."""
    logging.disable(logging.CRITICAL)
    sys.stdout, out = sys.stderr, sys.stdout
    readers = {
        "budgetkit": by_budgetkit,
        "pdfplumber": by_pdfplumber,
        "tabula lattice": lambda path: by_tabula(path, lattice=True),
        "tabula stream": lambda path: by_tabula(path, lattice=False),
        "camelot lattice": by_camelot,
        "truth": truth,
    }
    held: dict[str, list[tuple[int, str]]] = {}
    seconds: dict[str, float] = {}
    for path in files:
        begun = time.perf_counter()
        try:
            cells = list(readers[engine](path))
        except Exception as fault:
            print(f"{engine}: {path.name}: {fault}", file=sys.stderr)
            cells = []
        seconds[path.name] = time.perf_counter() - begun
        held[path.name] = [
            (page, token)
            for page, text in cells
            for token in ([text] if page < 0 else tokens(text))
        ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"held": held, "seconds": seconds, "peak": peak}), file=out)


def _wrapped(word: Page, held: Counter[Page], words: Counter[Page]) -> bool:
    """Whether a cell has a number on that page that is this one and another word of digits."""
    page, token = word
    longer = (amount for where, amount in held if where == page and len(amount) > len(token))
    return any(
        (amount.endswith(token) and (-page, amount.removesuffix(token)) in words)
        or (amount.startswith(token) and (-page, amount.removeprefix(token)) in words)
        for amount in longer
    )


def compare(folder: Path, engines: tuple[str, ...] = ENGINES) -> None:
    """Print a table: amounts kept, seconds and memory of each engine over a folder of PDFs."""
    files = sorted(folder.glob("*.pdf"))
    results = {}
    for engine in ("truth", *engines):
        command = [sys.executable, "-m", "benchmarks.pdf", "--engine", engine, *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            print(f"{engine}: not run ({done.stderr.strip().splitlines()[-1]})")
            continue
        results[engine] = json.loads(done.stdout.splitlines()[-1])
    words = {
        n: Counter((page, token) for page, token in held)
        for n, held in results.pop("truth")["held"].items()
    }
    printed = {n: Counter({w: c for w, c in own.items() if w[0] > 0}) for n, own in words.items()}
    total = sum(sum(counts.values()) for counts in printed.values())
    print(f"{len(files)} PDFs, {total:,} amounts printed in tables\n")
    print(f"{'':16} {'kept':>9} {'share':>8} {'whole PDFs':>10} {'seconds':>8} {'peak MB':>8}")
    for engine, result in results.items():
        lost = {}
        for name, counts in printed.items():
            held = Counter((page, token) for page, token in result["held"][name])
            missed = counts - held
            lost[name] = Counter(
                {word: n for word, n in missed.items() if not _wrapped(word, held, words[name])}
            )
        missing = sum(sum(counts.values()) for counts in lost.values())
        whole = sum(not counts for counts in lost.values())
        print(
            f"{engine:16} {total - missing:9,} {1 - missing / total:8.2%} {whole:7} / {len(files)}"
            f" {sum(result['seconds'].values()):8.1f} {result['peak']:8.0f}"
        )
        if engine == "budgetkit":
            for name, counts in lost.items():
                if counts:
                    first = [f"p. {page}: {token}" for page, token in list(counts)[:5]]
                    print(f"    {name}: {sum(counts.values())} lost, e.g. {'; '.join(first)}")
    placed(folder)
    for pair in SESSIONS:
        session([folder / f"{name}.pdf" for name in pair])


def placed(folder: Path) -> None:
    """Print how many hand-checked amounts stand in the right row and measure."""
    import budgetkit as bk

    truth = pd.read_csv(TRUTH, dtype={"code": "str", "side": "str", "name": "str"})
    columns = ["table", "side", "row", "level", "code", "name", "measure", "amount"]
    right = 0
    for name, expected in truth.groupby("document"):
        figures = bk.read(folder / f"{name}.pdf").figures[columns]
        held = Counter(figures.astype("object").fillna("").itertuples(index=False, name=None))
        wanted = expected[columns].astype("object").fillna("").itertuples(index=False, name=None)
        right += (Counter(wanted) & held).total()
    tables = len(truth[["document", "table"]].drop_duplicates())
    print(f"right row and measure: {right} of {len(truth)} amounts of {tables} tables by hand")


def session(files: list[Path], runs: int = 5) -> None:
    """Print the seconds of the first and the second PDF of a process, each in turn the first."""
    clock = (
        "import sys, time, budgetkit as bk\n"
        "for path in sys.argv[1:]:\n"
        "    begun = time.perf_counter(); bk.read(path); print(time.perf_counter() - begun)"
    )
    seconds = []
    for turn in range(runs):
        order = files if turn % 2 else files[::-1]
        command = [sys.executable, "-c", clock, *map(str, order)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds.append([float(line) for line in done.stdout.split()])
    first, second = (statistics.median(column) for column in zip(*seconds, strict=True))
    told = f"first PDF of a session {first:.2f} s, second {second:.2f} s: {second / first:.0%}"
    print(f"{told} ({files[0].stem}, {files[1].stem})")


if __name__ == "__main__":
    if sys.argv[1] == "--engine":
        run(sys.argv[2], [Path(name) for name in sys.argv[3:]])
    else:
        compare(Path(sys.argv[1]), tuple(sys.argv[2:]) or ENGINES)
