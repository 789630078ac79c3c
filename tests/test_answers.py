"""The lecturers' answers: one for each exercise, and their cells print the numbers they tell."""

import re
from decimal import Decimal

import pytest

from tools import lessons, translate

PATH = lessons.ANSWERS


def asked(path):
    """How many exercises a lesson ends with."""
    prose = [c.source for c in lessons.open_lesson(path).cells if c.cell_type == "markdown"]
    return len(re.findall(r"^\d\. ", prose[-1].partition("## Exercises\n")[2], re.MULTILINE))


def numbers(text):
    """The numbers in a text, without their signs."""
    return {Decimal(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def printed(cell):
    """All that a cell printed, without pictures."""
    shown = [
        out.get("text") or out["data"].get("text/html") or out["data"]["text/plain"]
        for out in cell.outputs
    ]
    return re.sub(r"<[^>]+>", " ", "\n".join(shown))


def test_every_exercise_has_an_answer():
    ids = [cell.id for cell in lessons.open_lesson(PATH).cells]
    wanted = ["l-0", "l-1"]
    for path in lessons.paths():
        lesson = f"l{path.stem[:2]}"
        wanted.append(f"{lesson}-0")
        for number in range(1, asked(path) + 1):
            wanted += [f"{lesson}-{number}q", f"{lesson}-{number}", f"{lesson}-{number}a"]
    assert ids == wanted


@pytest.mark.slow
@pytest.mark.parametrize("path", [PATH, translate.place(PATH)], ids=["en", "zh"])
def test_answers_run_and_tell_what_they_print(path):
    cells = lessons.execute(path).cells
    unknown = {}
    for question, code, answer in zip(cells, cells[1:], cells[2:], strict=False):
        if answer.id.endswith("a"):
            known = numbers("\n".join([question.source, code.source, printed(code)]))
            unknown[answer.id] = numbers(answer.source) - known
    assert len(unknown) == sum(asked(path) for path in lessons.paths())
    assert not {answer: told for answer, told in unknown.items() if told}
