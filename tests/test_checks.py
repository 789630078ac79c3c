"""What the public checks of the assignments find, and what hidden tests allow: typical answers."""

import inspect

import nbformat
import pytest

import budgetkit as bk
from budgetkit import package
from tools import assignments

UNITS, STUDENTS = "02_unit_comparisons", "03_per_student_subsidy"
CHANGES, PDF = "04_variance_narratives", "05_read_your_own_pdf"

#: Rows of project_standards by number and, wrongly, by the group of the headcounts.
BY_GROUP = """of_group = doc.project_standards["group"] == heads["group"]
    yuan = doc.project_standards[of_group & (doc.project_standards["no"] == no)]["yuan"]"""
BY_NUMBER = 'yuan = doc.project_standards[doc.project_standards["no"] == no]["yuan"]'

#: The last lines of solutions of assignment 5 that wrong answers replace.
NOT_FOUND = "return known.figures[~wanted.isin(set(found))]"
MERGED = """other = copy.figures.rename(columns={"amount": "amount_copy"})
    both = known.figures.merge(other[["table", "side", "row", "measure", "amount_copy"]])
    return both[both["amount"] != both["amount_copy"]]"""
UNEQUAL = """one, other = (frame.figures[places].astype("object") for frame in (known, copy))
    return known.figures[~(one == other).all(axis=1)]"""


@pytest.fixture(scope="module")
def pdf():
    """The disclosure as assignment 5 reads it."""
    return bk.read(package.home() / "xinjiang-miit-2024" / "disclosure.pdf")


@pytest.fixture(scope="module")
def failing(bundled, pdf):
    """The tests of a question that an answer fails; the answer is the solution, edited."""

    def failing(name, question, old="", new="", kind="public"):
        notebook = nbformat.read(assignments.FOLDER / f"{name}.ipynb", as_version=4)
        cells = {cell.id: cell.source for cell in notebook.cells}
        answer = cells[f"{question}-solution"].rpartition("\n\n\n")[0]
        assert old in answer
        env = {"bk": bk, "doc": pdf if name == PDF else bundled, "known": bundled}
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
            except Exception:  # told with the message, too
                yield name


@pytest.mark.filterwarnings("ignore:divide by zero")
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
        (
            STUDENTS,
            "q1",
            "return round(amount * 10_000)",
            'return doc.projects["amount"]',
            ["test_q1_int", "test_q1_size", "test_q1_no_yuan_lost"],
        ),
        (
            STUDENTS,
            "q1",
            'doc.projects.set_index("no").loc[no, "amount"]',
            'doc.projects["amount"][no]',
            ["test_q1_row", "test_q1_size", "test_q1_no_yuan_lost"],
        ),
        (
            STUDENTS,
            "q1",
            'doc.projects.set_index("no").loc[no, "amount"]\n    return round(amount * 10_000)',
            'doc.projects["amount"][no]\n    return amount * 10_000',
            ["test_q1_row", "test_q1_int", "test_q1_size", "test_q1_no_yuan_lost"],
        ),
        (STUDENTS, "q2", "sum(skipna=False)", "sum()", ["test_q2_open"]),
        (
            STUDENTS,
            "q3",
            'heads["low"] * yuan.min() / 10_000, heads["high"] * yuan.max()',
            'heads["low"] * yuan.mean() / 10_000, heads["high"] * yuan.mean()',
            ["test_q3_tiers"],
        ),
        (
            STUDENTS,
            "q3",
            'heads["low"] * yuan.min() / 10_000, heads["high"] * yuan.max()',
            'heads["low"] * yuan.iloc[0] / 10_000, heads["high"] * yuan.iloc[0]',
            ["test_q3_tiers"],
        ),
        (STUDENTS, "q3", BY_NUMBER, BY_GROUP, ["test_q3_group", "test_q3_one_number"]),
        (
            STUDENTS,
            "q4",
            "all((numbers == no).any() for",
            "all(no in numbers for",
            ["test_q4_stated", "test_q4_both", "test_q4_lesson"],
        ),
        (STUDENTS, "q4", " / 10_000", "", ["test_q4_both", "test_q4_lesson"]),
        (
            STUDENTS,
            "q4",
            'doc.project_headcounts["no"], doc.project_standards["no"]]',
            'doc.project_headcounts["no"]]',
            ["test_q4_one_missing"],
        ),
        (STUDENTS, "q4", "if not all(", "if not any(", ["test_q4_one_missing"]),
        (
            PDF,
            "q1",
            "next(found.page for found in doc.meta.tables if found.table == table)",
            'doc.figures[doc.figures["table"] == table]["page"].max()',
            ["test_q1_first"],
        ),
        (
            PDF,
            "q3",
            'totals["income"] - totals["expenditure"]',
            'totals["expenditure"] - totals["income"]',
            ["test_q3_sign"],
        ),
        (
            PDF,
            "q3",
            'return totals["income"] - totals["expenditure"]',
            "return 0",
            ["test_q3_sign"],
        ),
        (
            PDF,
            "q3",
            'rows.drop_duplicates("table").set_index("table")["amount"]',
            'doc.figures[doc.figures["measure"] == "total"].groupby("table")["amount"].sum()',
            ["test_q3_only_totals"],
        ),
        (
            PDF,
            "q3",
            'rows.drop_duplicates("table").set_index("table")["amount"]',
            'doc.figures[doc.figures["level"] == "total"].groupby("table")["amount"].sum()',
            ["test_q3_budget", "test_q3_only_totals", "test_q3_sign"],
        ),
        (PDF, "q4", NOT_FOUND, MERGED, ["test_q4_columns", "test_q4_row_left_out"]),
        (
            PDF,
            "q4",
            NOT_FOUND,
            'return known.figures[known.figures["amount"] != copy.figures["amount"]]',
            ["test_q4_row_left_out"],
        ),
        (
            PDF,
            "q4",
            NOT_FOUND,
            """pairs = zip(known.figures["amount"], copy.figures["amount"])
    differ = [one != other for one, other in pairs]
    return known.figures.iloc[: len(differ)][differ]""",
            ["test_q4_row_left_out"],
        ),
        (
            PDF,
            "q4",
            NOT_FOUND,
            UNEQUAL,
            ["test_q4_sides", "test_q4_nothing", "test_q4_planted", "test_q4_row_left_out"],
        ),
        (
            PDF,
            "q4",
            NOT_FOUND,
            "return known.figures",
            ["test_q4_nothing", "test_q4_planted", "test_q4_row_left_out"],
        ),
        (PDF, "q5", "bk.read(path).figures", "doc.figures", ["test_q5_all", "test_q5_some"]),
        (PDF, "q5", "bk.read(path).figures", "known.figures", ["test_q5_some"]),
    ],
)
def test_a_typical_mistake_gets_its_hint(failing, name, question, old, new, expected):
    assert failing(name, question) == []
    assert failing(name, question, old, new) == expected


def test_the_other_department_adds_up_to_its_printed_total(failing):
    old = 'ranked["amount"].sum()'
    printed = 'doc.wide("general_projects")["total"].iloc[0]'
    assert failing(UNITS, "q3", old, printed, kind="hidden") == []
