"""The graded assignments: build them, or grade a folder of submissions.

`python tools/assignments.py` (`make assignments`) makes of each notebook in
``notebooks/exercises/`` the student's version, the solution and the autograder, in English and
in Chinese. Answers are the same in both, so either autograder grades both.
`python tools/assignments.py NAME FOLDER` (`make grade`) grades the notebooks in a folder.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import nbformat
import pandas as pd
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import lessons, public_tests, translate

ROOT = lessons.ROOT
FOLDER = lessons.EXERCISES
BUILT = lessons.BUILD / "assignments"

#: Where each edition is built; English grades.
EDITIONS = {"en": BUILT, "zh": BUILT / "zh"}

#: What otter itself writes into a notebook.
OTTER = {
    "To double-check your work, the cell below will rerun all of the autograder tests.": (
        "交之前再核对一遍：下面这一格把全部检查重新运行一次。"
    )
}

#: Seconds that grading one notebook may take: a student's loop may never end.
PATIENCE = 300

#: How many at a time.
WORKERS = 2


class AssignmentError(Exception):
    """An assignment can't be built or graded: which one, and what otter said."""


class Assignment(NamedTuple):
    """What is made of one exercise notebook."""

    name: str
    student: Path
    solution: Path
    autograder: Path


def paths() -> list[Path]:
    """The exercise notebooks in order."""
    return sorted(FOLDER.glob("*.ipynb"))


def built(name: str, folder: Path = BUILT) -> Assignment:
    """Where an assignment is, or will be."""
    own = folder / name
    return Assignment(
        name,
        own / "student" / f"{name}.ipynb",
        own / "solution" / f"{name}.ipynb",
        own / "autograder.zip",
    )


def build(path: Path, folder: Path = BUILT, language: str = "en") -> Assignment:
    """Build one assignment in one language."""
    from otter.assign import main as assign

    target = built(path.stem, folder)
    with TemporaryDirectory() as source, TemporaryDirectory() as made:
        notebook = _edition(path, language)
        public_tests.merge(notebook, language)
        nbformat.write(notebook, Path(source, path.name))
        assign(str(Path(source, path.name)), made, no_run_tests=True)
        shutil.rmtree(folder / path.stem, ignore_errors=True)
        shutil.copytree(Path(made, "student"), target.student.parent)
        target.solution.parent.mkdir()
        shutil.copy(Path(made, "autograder", path.name), target.solution)
        (archive,) = Path(made, "autograder").glob("*.zip")
        shutil.copy(archive, target.autograder)
    if language == "zh":
        for file in (target.student, target.solution):
            text = file.read_text(encoding="utf-8")
            for english, chinese in OTTER.items():
                text = text.replace(english, chinese)
            file.write_text(text, encoding="utf-8")
    return target


def _edition(path: Path, language: str) -> NotebookNode:
    """The source of an assignment in one language."""
    if language == "zh":
        return translate.build(path, translate.stored(path))
    return lessons.open_lesson(path)


def check(assignment: Assignment) -> None:
    """Grade the solution: it has to earn every point."""
    row = grade(assignment.autograder, assignment.solution)
    if row["fault"] or row["total"] != row["of"]:
        raise AssignmentError(f"{assignment.name}: its solution doesn't earn every point: {row}")


def grade(autograder: Path, submission: Path) -> dict[str, object]:
    """Run one submission, as a row: its points by question, ``total``, ``of``, and ``fault``."""
    row: dict[str, object] = {"submission": submission.stem}
    with zipfile.ZipFile(autograder) as archive:
        own = json.loads(archive.read("otter_config.json"))["assignment_name"]
    if (other := assignment_of(submission)) not in (own, ""):
        fault = f"belongs to assignment {other}, not to {own}: grade it there"
        return {**row, "total": 0.0, "fault": fault}
    with TemporaryDirectory() as folder:
        try:
            _run(["--no-logo", "-a", str(autograder), "-o", folder, str(submission)])
        except AssignmentError as fault:
            return {**row, "total": 0.0, "fault": str(fault)}
        results = json.loads(Path(folder, "results.json").read_text(encoding="utf-8"))
    tests = [test for test in results["tests"] if test.get("max_score")]
    if not tests:
        said = "; ".join(test["output"] for test in results["tests"])
        return {**row, "total": 0.0, "fault": said}
    row |= {test["name"]: round(test["score"], 2) for test in tests}
    total, most = (round(sum(t[key] for t in tests), 2) for key in ("score", "max_score"))
    return row | {"total": total, "of": most, "fault": _remark(submission, own)}


def _remark(submission: Path, name: str) -> str:
    """What a lecturer should know of a notebook that was graded: no answers, or no Python."""
    cells = _code(submission)
    handed = [built(name, folder).student for folder in EDITIONS.values()]
    if any(cells == _code(student) for student in handed if student.exists()):
        return "as it was handed out: no answers"
    for number, source in enumerate(cells, start=1):
        try:
            ast.parse(TransformerManager().transform_cell(source))
        except SyntaxError as fault:
            return f"code cell {number}, line {fault.lineno}: {fault.msg}"
    return ""


def _code(path: Path) -> list[str]:
    """The code cells of a notebook that hold something."""
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "code" and cell.source.strip()]


def assignment_of(submission: Path) -> str:
    """Which assignment a notebook was handed out as; nothing where it doesn't say so."""
    try:
        notebook = json.loads(submission.read_text(encoding="utf-8"))
        return str(notebook["metadata"]["otter"]["assignment_name"])
    except (ValueError, KeyError, TypeError):
        return ""


def grade_all(autograder: Path, folder: Path) -> pd.DataFrame:
    """Grade every notebook in a folder, one row each, and say which are done."""
    found, rows = sorted(folder.glob("*.ipynb")), []
    with ThreadPoolExecutor(WORKERS) as workers:
        for row in workers.map(partial(grade, autograder), found):
            rows.append(row)
            print(f"graded {len(rows)} of {len(found)}: {row['submission']}", flush=True)
    return pd.DataFrame(rows)


def _run(arguments: list[str]) -> None:
    """Run `otter run` in a process of its own."""
    command = [sys.executable, "-m", "otter", "run", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        raise AssignmentError(f"otter run: took more than {PATIENCE} s") from None
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["it stopped without a word"]
        raise AssignmentError(f"otter run: {said[-1]}")


def main(arguments: list[str]) -> int:
    """Build all assignments, or grade a folder of submissions to one."""
    if not arguments:
        made = []
        for language, path in [(language, path) for language in EDITIONS for path in paths()]:
            print(f"writing {path.stem} ({language})", flush=True)
            made.append(build(path, EDITIONS[language], language))
        print(f"grading {len(made)} solutions", flush=True)
        with ThreadPoolExecutor(WORKERS) as workers:
            try:
                for assignment, _ in zip(made, workers.map(check, made), strict=True):
                    print(f"hand out {assignment.student.relative_to(ROOT)}", flush=True)
            except AssignmentError as fault:
                print(fault, file=sys.stderr)
                return 1
        print(f"solutions and autograders are beside them in {BUILT.relative_to(ROOT)}/")
        return 0
    names = [path.stem for path in paths()]
    name, folder = arguments[0], Path(*arguments[1:2])
    if name not in names or not list(folder.glob("*.ipynb")):
        print("say what to grade: make grade NAME=... FOLDER=...", file=sys.stderr)
        print(f"NAME is one of {', '.join(names)}", file=sys.stderr)
        print("FOLDER is one that has notebooks in it", file=sys.stderr)
        return 1
    if not built(name).autograder.exists():
        build(FOLDER / f"{name}.ipynb")
    scores = grade_all(built(name).autograder, folder)
    target = folder / "scores.csv"
    scores.to_csv(target, index=False, encoding="utf-8-sig")  # Excel in China
    print(scores.drop(columns="fault").to_string(index=False))
    for row in scores[scores["fault"] != ""].itertuples():
        print(f"{row.submission}: {row.fault}")
    print(f"written to {target}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
