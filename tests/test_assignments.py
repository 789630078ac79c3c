"""The graded assignments: what students get, what solutions and hard-coded answers score."""

import json
import re
import zipfile
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from tools import assignments, public_tests, translate

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

#: After a student's cell: every function rounds what it answers to four decimals.
ROUNDED = """
def _rounded(function):
    def answer(*given, **named):
        found = function(*given, **named)
        if isinstance(found, tuple):
            return tuple(round(x, 4) if isinstance(x, float) else x for x in found)
        return found if isinstance(found, (bool, str, list, int)) else round(found, 4)
    return answer

{name} = _rounded({name})
"""

#: By assignment: answers that aren't what a question asks for, and the share they may score.
SHORTCUTS = {
    "03_per_student_subsidy": (
        0.65,
        """
def cost(doc, no):
    aid = bk.students.projects(doc).set_index("no")
    return aid.loc[no, "feasible_low"], aid.loc[no, "feasible_high"]


def verdict(doc, no):
    return bk.students.projects(doc).set_index("no").loc[no, "verdict"]


def in_yuan(doc, no):
    return int(doc.projects.set_index("no").loc[no, "amount"] * 10_000)
""",
    ),
    "04_variance_narratives": (
        0.92,
        """
def growth(doc):
    return bk.variance.recompute(doc)["recomputed"]
""",
    ),
    "06_does_it_add_up": (
        0.72,
        """
def broken(doc, table):
    wide = doc.wide(table)[["total", "basic", "project"]]
    fen = (wide.fillna(0) * 1_000_000).round().astype("int64")
    difference = fen["total"] - fen["basic"] - fen["project"]
    return difference[difference != 0]


def broken_classes(doc, table, measure):
    wide = doc.wide(table).dropna(subset="code").set_index("code")[measure].fillna(0.0)
    found = []
    for code in [code for code in wide.index if len(code) == 3]:
        parts = wide[wide.index.str.fullmatch(code + "..")]
        if not can_be_sum(list(parts), wide[code]):
            found.append(code)
    return found


def guilty(doc):
    first = doc.audit().suspects.iloc[0]
    rows = doc.table("general_expenditure").drop_duplicates("row").set_index("row")
    return rows.loc[first["row"], "code"], str(first["measure"]), first["proposed"]
""",
    ),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Every assignment, built: by name."""
    folder = tmp_path_factory.mktemp("assignments")
    return {path.stem: assignments.build(path, folder) for path in PATHS}


@pytest.fixture(scope="module")
def made_chinese(tmp_path_factory):
    """The same in Chinese."""
    folder = tmp_path_factory.mktemp("chinese")
    return {path.stem: assignments.build(path, folder, "zh") for path in PATHS}


def code(path):
    """The code cells of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def wrapped(source, wrapper):
    """A cell whose functions are wrapped before they are called."""
    head, found, call = source.rpartition("\n\n\n")
    names = re.findall(r"^def (\w+)\(", source, re.MULTILINE)
    return head + "".join(wrapper.format(name=name) for name in names) + found + call


def graded(sources, autograder):
    """What otter finds of the five answers in these cells, without a kernel."""
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
    return tests


def score(sources, autograder):
    """Which share of the points these cells score."""
    tests = graded(sources, autograder)
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


def test_excel_opens_the_scores_in_chinese(monkeypatch, tmp_path):
    rows = [{"submission": "王同学", "total": 25.0, "fault": ""}]
    monkeypatch.setattr(assignments, "grade_all", lambda *_: pd.DataFrame(rows))
    monkeypatch.setattr(assignments, "build", lambda *_: None)
    (tmp_path / "王同学.ipynb").touch()
    assert assignments.main([PATHS[0].stem, str(tmp_path)]) == 0
    scores = (tmp_path / "scores.csv").read_bytes()
    assert scores.startswith(b"\xef\xbb\xbf")
    assert "王同学" in scores.decode("utf-8-sig")


def test_a_solution_that_fails_ends_without_a_traceback(monkeypatch, capsys):
    def fail(_):
        raise assignments.AssignmentError("01: its solution doesn't earn every point")

    monkeypatch.setattr(assignments, "build", lambda path, *_: path)
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
def test_nothing_answered_is_told_once(made, path):
    found = made[path.stem]
    for question in graded(code(found.student), found.autograder):
        (told,) = [r.message for r in question.test_case_results if not r.test_case.hidden]
        assert told.count("NotYet:") == 1
        assert told.count("Nothing") == 1 and "There is no" not in told
        assert re.search(r"Nothing\s+comes\s+back\s+from\s+`\w+`\s+yet", told)


@pytest.mark.slow
@each
def test_either_autograder_grades_both_editions(made, made_chinese, path):
    english, own = made[path.stem], made_chinese[path.stem]
    assert score(code(own.solution), english.autograder) == 1
    assert score(code(own.student), english.autograder) == 0
    assert score(code(english.solution), own.autograder) == 1


@pytest.mark.slow
@each
def test_chinese_students_read_chinese(made_chinese, path):
    found = made_chinese[path.stem]
    notebook = nbformat.read(found.student, as_version=4)
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    prose = re.sub(r"`[^`]+`|\$[^$]+\$", "", prose)
    assert re.findall(r"(?i)\b(?:the|an?|of|to|is|are)\b", prose) == []
    everything = "\n".join([*code(found.student), *notebook.metadata.otter.tests.values()])
    texts = [m.id for m in translate.stored(path)]
    assert [text for text in texts if text and text in everything] == []
    for question in graded(code(found.student), found.autograder):
        (told,) = [r.message for r in question.test_case_results if not r.test_case.hidden]
        assert told.count("还没有返回结果") == 1 and "找不到" not in told
        hidden = [r.test_case.failure_message for r in question.test_case_results[1:]]
        assert all(re.search(r"[\u4e00-\u9fff]", message) for message in hidden)


def test_what_tests_say_of_themselves_is_in_both_languages():
    assert public_tests.SAID.keys() == assignments.EDITIONS.keys()
    for missing, nothing in public_tests.SAID.values():
        assert all(text.format("answer").count("`answer`") == 1 for text in (missing, nothing))


@pytest.mark.slow
def test_the_first_message_is_the_only_one(made):
    found = made["04_variance_narratives"]
    wrong = [
        (
            "def can_be(amount, change, percent):\n    return percent in (10.0, -59.98)",
            "That can be right; you say that it can't.",
        ),
        ("def can_be(amount, change, percent):\n    return True", "9.00 % and 11.00 % can't"),
        ("def can_be(amount):\n    return True", "TypeError: can_be()"),
        ("del can_be", "There is no `can_be`"),
    ]
    for source, told in wrong:
        own = graded([*code(found.solution), source], found.autograder)
        (question,) = [question for question in own if question.name == "q5"]
        (message,) = [
            r.message for r in question.test_case_results if not (r.test_case.hidden or r.passed)
        ]
        assert told in " ".join(message.split()), message


@pytest.mark.slow
@each
def test_points_are_whole(made, path):
    found = made[path.stem]
    for question in graded(code(found.solution), found.autograder):
        assert [r.test_case.points for r in question.test_case_results] == [1, 2, 2]


@pytest.mark.slow
@each
def test_hard_coded_answers_score_little(made, path):
    found = made[path.stem]
    sources = [wrapped(source, HARD_CODED) for source in code(found.solution)]
    assert score(sources, found.autograder) < 0.5


@pytest.mark.slow
@each
def test_four_decimals_are_enough(made, path):
    found = made[path.stem]
    sources = [wrapped(source, ROUNDED) for source in code(found.solution)]
    assert score(sources, found.autograder) == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", SHORTCUTS)
def test_shortcuts_lose_points(made, name):
    most, shortcut = SHORTCUTS[name]
    assert score([*code(made[name].solution), shortcut], made[name].autograder) <= most


@pytest.mark.slow
@pytest.mark.parametrize("name", SHORTCUTS)
def test_whoever_takes_a_shortcut_is_told(made, name):
    own = [*code(made[name].solution), SHORTCUTS[name][1]]
    failed = [
        [result.test_case.hidden for result in question.test_case_results if not result.passed]
        for question in graded(own, made[name].autograder)
    ]
    assert any(failed)
    assert all(not all(hidden) for hidden in failed if hidden)


@pytest.mark.slow
def test_one_slip_costs_points_once(made):
    found = made["03_per_student_subsidy"]
    slip = """
def in_yuan(doc, no):
    return int(doc.projects.set_index("no").loc[no, "amount"] * 10_000)

def yuan_each(doc, no):
    heads = doc.project_headcounts[doc.project_headcounts["no"] == no]
    if heads.empty:
        return float("nan"), float("nan")
    yuan = in_yuan(doc, no)
    return yuan / heads["high"].sum(skipna=False), yuan / heads["low"].sum()
"""
    own = {test.name: test for test in graded([*code(found.solution), slip], found.autograder)}
    first, second = own["q1"], own["q2"]
    assert (first.score < first.possible, second.score) == (True, second.possible)
    told = "".join(result.message for result in first.test_case_results)
    assert re.search(r"in_yuan\(other, \d+\): \d+99 ≠ \d+00\b", told)


@pytest.mark.slow
def test_what_came_back_is_told_beside_what_is_due(made):
    found = made["03_per_student_subsidy"]
    wrong = "def yuan_each(doc, no):\n    return 1.0, 2.0"
    own = graded([*code(found.solution), wrong], found.autograder)
    (second,) = [test for test in own if test.name == "q2"]
    hidden = [r.message for r in second.test_case_results if r.test_case.hidden]
    assert len(hidden) == 2
    assert all(re.search(r"yuan_each\(\w+, \d+\): 1\.0 ≠ \d+\.\d", told) for told in hidden)


@pytest.mark.slow
def test_equals_may_come_in_any_order(made):
    found = made["02_unit_comparisons"]
    turned = """
_first = well_funded

def well_funded(doc, group, times):
    turned = doc.units.iloc[::-1].reset_index(drop=True)
    names = _first(bk.Disclosure(doc.meta, {**doc.frames, "units": turned}), group, times)
    return names
"""
    assert score([*code(found.solution), turned], found.autograder) == 1


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["made", "made_chinese"])
@each
def test_students_get_no_solution_and_no_hidden_test(request, edition, path):
    found = request.getfixturevalue(edition)[path.stem]
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
def test_a_folder_of_submissions_is_graded(made, made_chinese, tmp_path, capsys):
    found, other = made[PATHS[0].stem], made_chinese[PATHS[0].stem]
    (tmp_path / "chinese.ipynb").write_bytes(other.solution.read_bytes())
    (tmp_path / "empty.ipynb").write_bytes(other.student.read_bytes())
    notebook = nbformat.read(found.solution, as_version=4)
    nbformat.write(notebook, tmp_path / "right.ipynb")
    (tmp_path / "torn.ipynb").write_text("{", encoding="utf-8")
    scores = assignments.grade_all(found.autograder, tmp_path).set_index("submission")
    assert scores.loc["right", ["q1", "q5", "total", "of"]].tolist() == [5, 5, 25, 25]
    assert scores.loc["chinese", ["q1", "q5", "total", "of"]].tolist() == [5, 5, 25, 25]
    assert scores.loc["empty", ["total", "of"]].tolist() == [0, 25]
    assert scores.loc["torn", "total"] == 0
    assert "otter run" in scores.loc["torn", "fault"]


@pytest.mark.slow
def test_another_assignments_notebook_is_named_and_the_others_go_on(made, tmp_path, capsys):
    own, other = made[PATHS[0].stem], made[PATHS[1].stem]
    (tmp_path / "anna.ipynb").write_bytes(own.solution.read_bytes())
    (tmp_path / "boris.ipynb").write_bytes(other.student.read_bytes())
    scores = assignments.grade_all(own.autograder, tmp_path).set_index("submission")
    assert scores.loc["anna", "total"] == 25
    assert scores.loc["boris", "fault"] == (
        "belongs to assignment 02_unit_comparisons, not to 01_income_composition: grade it there"
    )


def test_a_long_message_is_broken_in_either_language():
    def wrong(answer):
        raise AssertionError

    missing, nothing = public_tests.SAID["zh"]
    for message in ("It differs from the table `balance`, too. " * 5, "表，与`balance`不同。" * 20):
        with pytest.raises(Exception, match="balance") as told:
            public_tests.look({wrong: message.strip()}, {"answer": 1}, missing, nothing)
        lines = str(told.value).strip("\n").split("\n")
        widths = [len(line) + len(re.findall(r"[^!-~ ]", line)) for line in lines]
        assert len(lines) > 2 and max(widths) <= 88 and min(widths[:-1]) > 70
        assert not [line for line in lines if line[0] in "，。" or line.count("`") % 2]
        assert "".join(lines).replace(" ", "") == message.replace(" ", "")


def test_what_came_back_is_told_in_brackets_after_the_message():
    def wrong(answer):
        raise AssertionError(f"answer: {answer}")

    with pytest.raises(Exception, match=r"^\nAdd one to one\. \(answer: 1\)$"):
        public_tests.look({wrong: "Add one to one."}, {"answer": 1}, *public_tests.SAID["en"])


def test_points_are_rounded(monkeypatch, tmp_path):
    tests = [{"name": f"q{n}", "score": 1 / 3, "max_score": 5 / 3} for n in range(7)]

    def run(arguments):
        folder = Path(arguments[arguments.index("-o") + 1])
        (folder / "results.json").write_text(json.dumps({"tests": tests}), encoding="utf-8")

    monkeypatch.setattr(assignments, "_run", run)
    nbformat.write(nbformat.v4.new_notebook(), tmp_path / "one.ipynb")
    with zipfile.ZipFile(tmp_path / "autograder.zip", "w") as archive:
        archive.writestr("otter_config.json", '{"assignment_name": "01"}')
    row = assignments.grade(tmp_path / "autograder.zip", tmp_path / "one.ipynb")
    assert (row["q0"], row["total"], row["of"]) == (0.33, 2.33, 11.67)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("def own(doc):\n    ...", "as it was handed out: no answers"),
        ("def own(doc)\n    return 1", "code cell 1, line 1: expected ':'"),
        ("%matplotlib inline\ndef own(doc):\n    return 1", ""),
    ],
)
def test_what_no_points_come_from_is_told(monkeypatch, tmp_path, source, told):
    def written(path, source):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        return path

    monkeypatch.setattr(assignments, "EDITIONS", {"en": tmp_path / "built"})
    handed = assignments.built("one", tmp_path / "built").student
    written(handed, "def own(doc):\n    ...")
    assert assignments._remark(written(tmp_path / "in.ipynb", source), "one") == told


@pytest.mark.slow
def test_a_wrong_solution_is_found(tmp_path):
    notebook = nbformat.read(PATHS[0], as_version=4)
    (cell,) = [cell for cell in notebook.cells if cell.id == "q1-solution"]
    cell.source = cell.source.replace('"total"', '"general_public_budget"', 1)
    cell.source = re.sub(r"return .*", "return 1.0", cell.source)
    nbformat.write(notebook, tmp_path / "01_wrong.ipynb")
    wrong = assignments.build(tmp_path / "01_wrong.ipynb", tmp_path / "made")
    with pytest.raises(assignments.AssignmentError, match=r"01_wrong.*'q1': 0"):
        assignments.check(wrong)
