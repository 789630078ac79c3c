"""The README's Python runs as printed."""

import re
from pathlib import Path

import pytest

README = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")

BLOCKS = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def test_readme_starts_with_the_two_commands():
    commands = re.findall(r"^(make \w+|conda env create|import \w+)", README, re.MULTILINE)
    assert commands[:4] == ["make notebooks", "make test", "conda env create", "import budgetkit"]


@pytest.mark.parametrize("block", BLOCKS)
def test_readme_example_runs(block, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(block, {})  # runs what the README tells people to type
    assert (tmp_path / "miit.xlsx").exists()


def test_readme_example_is_ten_lines():
    (block,) = BLOCKS
    assert len([line for line in block.splitlines() if line.strip()]) == 10
