"""The README's Python runs as printed."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

import budgetkit

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")

BLOCKS = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def test_readme_starts_with_the_two_commands():
    commands = re.findall(r"^(make \w+|conda env create|import \w+)", README, re.MULTILINE)
    assert commands[:4] == ["make notebooks", "make test", "conda env create", "import budgetkit"]


def test_readme_example_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(BLOCKS[0], {})  # runs what the README tells people to type
    assert (tmp_path / "build" / "miit.xlsx").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["build"], (
        "a clone would have files that git doesn't know"
    )


@pytest.mark.slow
def test_readme_example_of_a_pdf_runs(tmp_path, monkeypatch, shared):
    shutil.copy(shared / "corpus" / "jiangsu-npc-2017.pdf", tmp_path / "部门预算.pdf")
    monkeypatch.chdir(tmp_path)
    names = {"bk": budgetkit}
    exec(BLOCKS[1], names)
    assert len(names["doc"].figures) == 162


def test_readme_example_is_ten_lines():
    assert len([line for line in BLOCKS[0].splitlines() if line.strip()]) == 10


def test_readme_says_how_to_look_a_fact_up_and_to_print_all_columns():
    names = {"doc": budgetkit.load("xinjiang-miit-2024")}
    facts, printed = re.findall(r"`(?:print\()?(doc\.\w+[^`]+(?:value\"\]|to_string\(\)))", README)
    assert eval(facts, names)["assets.vehicles"] > 0
    assert "..." not in eval(printed, names)


def test_readme_says_how_a_saved_workbook_keeps_its_codes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    doc = budgetkit.load("xinjiang-miit-2024")
    doc.save("x.xlsx")
    (told,) = re.findall(r"`(pd\.read_excel\([^`]+\))`", README)
    assert eval(told, {"pd": pd})["code"].equals(doc.figures["code"])
