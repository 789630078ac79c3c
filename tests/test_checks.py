"""What the public checks of the assignments find, and what hidden tests allow: typical answers."""

import inspect

import nbformat
import pytest

import budgetkit as bk
from tools import assignments

UNITS, STUDENTS = "02_unit_comparisons", "03_per_student_subsidy"
CHANGES = "04_variance_narratives"


@pytest.fixture(scope="module")
def failing(bundled):
    """The tests of a question that an answer fails; the answer is the solution, edited."""

    def failing(name, question, old="", new="", kind="public"):
        notebook = nbformat.read(assignments.FOLDER / f"{name}.ipynb", as_version=4)
        cells = {cell.id: cell.source for cell in notebook.cells}
        answer = cells[f"{question}-solution"].rpartition("\n\n\n")[0]
        assert old in answer
        env = {"bk": bk, "doc": bundled}
        exec(answer.replace(old, new), env)
        sources = [cells[key] for key in cells if key.startswith(f"{question}-{kind}")]
        return [test for source in sources for test in failed(source, env)]

    return failing


def failed(source, env):
    """The tests of a cell that fail."""
    found = {}
    exec(source, found)
    for name, test in list(found.items()):
        if name.startswith("test_"):
            try:
                test(**{key: env[key] for key in inspect.signature(test).parameters})
            except AssertionError:
                yield name


@pytest.mark.parametrize(
    ("name", "question", "old", "new", "expected"),
    [
        (UNITS, "q1", '(rows["level"] == "unit") & ', "", ["test_q1_whole"]),
        (UNITS, "q1", '["unit"] == unit', '["name"] == unit', ["test_q1_whole"]),
        (UNITS, "q5", ' - split.get("capital", 0.0)', "", ["test_q5_equipment"]),
        (UNITS, "q5", "money > times", "money >= times", ["test_q5_just_the_median"]),
        (UNITS, "q1", ".sum()", ".sum() * 10_000", ["test_q1_in_yuan", "test_q1_whole"]),
        (CHANGES, "q2", "return 100", "return 1", ["test_q2_in_percent", "test_q2_print"]),
        (
            CHANGES,
            "q2",
            '100 * doc.variances["change"] / prior.where(prior.abs() > 0.000_000_5)',
            '(100 * doc.variances["change"] / prior.where(prior.abs() > 0.000_000_5)).round(2)',
            ["test_q2_decimals"],
        ),
        (
            CHANGES,
            "q4",
            'return 100 * (total["change"]',
            'return (total["change"]',
            ["test_q4_in_percent", "test_q4_no_such_reason"],
        ),
        (
            STUDENTS,
            "q4",
            '"consistent" if least <= amount <= most else "inconsistent"',
            '"inconsistent" if least <= amount <= most else "consistent"',
            ["test_q4_lesson"],
        ),
    ],
)
def test_a_typical_mistake_gets_its_hint(failing, name, question, old, new, expected):
    assert failing(name, question) == []
    assert failing(name, question, old, new) == expected


def test_the_other_department_adds_up_to_its_printed_total(failing):
    old = 'ranked["amount"].sum()'
    printed = 'doc.wide("general_projects")["total"].iloc[0]'
    assert failing(UNITS, "q3", old, printed, kind="hidden") == []
