"""The graded assignments: what students get, what solutions and hard-coded answers score."""

import re
import zipfile

import nbformat
import pandas as pd
import pytest

from tools import assignments

PATHS = assignments.paths()

each = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])

#: After a student's cell: every function answers what it first answered, whatever it is given.
HARD_CODED = """
def _constant(function):
    answers = []
    def answer(*given, **named):
        if not answers:
            answers.append(function(*given, **named))
        return answers[0]
    return answer

{name} = _constant({name})
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Every assignment, built: by name."""
    folder = tmp_path_factory.mktemp("assignments")
    return {path.stem: assignments.build(path, folder) for path in PATHS}


def code(path):
    """The code cells of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def hard_coded(source):
    """An answer whose functions give one answer to every document: the one they gave first."""
    head, found, call = source.rpartition("\n\n\n")
    names = re.findall(r"^def (\w+)\(", source, re.MULTILINE)
    return head + "".join(HARD_CODED.format(name=name) for name in names) + found + call


def score(sources, autograder):
    """Which share of the points these cells score, as otter gives them, without a kernel."""
    from otter.test_files.exception_test import ExceptionTestFile

    env = {}
    for source in sources:
        if "otter.Notebook" not in source and not source.startswith("grader."):
            try:
                exec(source, env)
            except Exception:  # otter goes on, too
                continue
    with zipfile.ZipFile(autograder) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(r"tests/q\d\.py", name)]
        tests = [ExceptionTestFile.from_string(archive.read(name).decode()) for name in names]
    assert len(tests) == 5
    for test in tests:
        test.run(env)
    return sum(test.score for test in tests) / sum(test.possible for test in tests)


@each
def test_exercise_is_saved_clean(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not [cell.source for cell in cells if cell.outputs or cell.execution_count]
    assert [cell.id for cell in notebook.cells if cell.id.endswith("-prompt")] == [
        f"q{number}-prompt" for number in range(1, 6)
    ]
    assert (assignments.FOLDER.parent / path.name).exists(), "belongs to no lesson"


def test_what_to_grade_has_to_be_said(capsys):
    assert assignments.main(["", ""]) == 1
    assert "make grade NAME=... FOLDER=..." in capsys.readouterr().err


def test_a_fault_is_printed(monkeypatch, tmp_path, capsys):
    rows = [{"submission": "torn", "total": 0.0, "fault": "no notebook"}]
    monkeypatch.setattr(assignments, "grade_all", lambda *_: pd.DataFrame(rows))
    monkeypatch.setattr(assignments, "build", lambda *_: None)
    (tmp_path / "torn.ipynb").touch()
    assert assignments.main([PATHS[0].stem, str(tmp_path)]) == 0
    assert "torn: no notebook\n" in capsys.readouterr().out


def test_a_solution_that_fails_ends_without_a_traceback(monkeypatch, capsys):
    def fail(_):
        raise assignments.AssignmentError("01: its solution doesn't earn every point")

    monkeypatch.setattr(assignments, "build", lambda path: path)
    monkeypatch.setattr(assignments, "check", fail)
    assert assignments.main([]) == 1
    assert "doesn't earn every point" in capsys.readouterr().err


@pytest.mark.slow
@each
def test_solution_scores_everything(made, path):
    found = made[path.stem]
    assert score(code(found.solution), found.autograder) == 1


@pytest.mark.slow
@each
def test_nothing_answered_scores_nothing(made, path):
    found = made[path.stem]
    assert score(code(found.student), found.autograder) == 0


@pytest.mark.slow
@each
def test_hard_coded_answers_score_little(made, path):
    found = made[path.stem]
    sources = [hard_coded(source) for source in code(found.solution)]
    assert score(sources, found.autograder) < 0.5


@pytest.mark.slow
@each
def test_students_get_no_solution_and_no_hidden_test(made, path):
    found = made[path.stem]
    own = "\n".join(code(found.student))
    everything = found.student.read_text(encoding="utf-8")
    solutions = hidden = 0
    for source in code(path):
        if "# END SOLUTION" in source:
            body = source.partition("# BEGIN SOLUTION")[2].partition("# END SOLUTION")[0]
            lines = [line.strip() for line in body.splitlines() if re.search(r"\w", line)]
            assert not [line for line in lines if line in own]
            solutions += 1
        elif "hidden: true" in source:
            assert re.findall(r"def (test_\w+)\(", source)[0] not in everything
            hidden += 1
    assert (solutions, hidden) == (5, 10)
    assert "SOLUTION" not in everything
    assert "hidden=True" not in everything


@pytest.mark.slow
def test_a_folder_of_submissions_is_graded(made, tmp_path, capsys):
    found = made[PATHS[0].stem]
    notebook = nbformat.read(found.solution, as_version=4)
    nbformat.write(notebook, tmp_path / "right.ipynb")
    (tmp_path / "torn.ipynb").write_text("{", encoding="utf-8")
    scores = assignments.grade_all(found.autograder, tmp_path).set_index("submission")
    assert scores.loc["right", ["q1", "q5", "total", "of"]].tolist() == [5, 5, 25, 25]
    assert scores.loc["torn", "total"] == 0
    assert "otter run" in scores.loc["torn", "fault"]


@pytest.mark.slow
def test_a_wrong_solution_is_found(tmp_path):
    notebook = nbformat.read(PATHS[0], as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.id == "q1-solution"]
    cell.source = cell.source.replace('"total"', '"general_public_budget"', 1)
    cell.source = re.sub(r"return .*", "return 1.0", cell.source)
    nbformat.write(notebook, tmp_path / "01_wrong.ipynb")
    wrong = assignments.build(tmp_path / "01_wrong.ipynb", tmp_path / "made")
    with pytest.raises(assignments.AssignmentError, match="01_wrong"):
        assignments.check(wrong)
