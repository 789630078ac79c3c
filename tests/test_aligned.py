"""Frames to be read: each heading is flush with its column."""

import pandas as pd
import pytest
from lxml import html

import budgetkit as bk


@pytest.mark.parametrize(
    ("values", "side"),
    [
        (pd.Series([1.5, 2.25]), "right"),
        (pd.Series([1, pd.NA], dtype="Int64"), "right"),
        (pd.Series(["short", "a sentence"]), "left"),
        (pd.Series(["income", "income"], dtype="category"), "left"),
    ],
    ids=["amounts", "whole numbers", "texts", "categories"],
)
def test_heading_and_cells_are_flush_with_one_side(values, side):
    page = html.fromstring(bk.aligned(pd.DataFrame({"other": 0, "column": values})).to_html())
    style = page.xpath("string(//style)")
    (place,) = {
        name
        for cell in page.xpath("//th[text()='column'] | //td[position()=2]")
        for name in cell.get("class").split()
        if name.startswith("col") and name[3:].isdigit()
    }
    assert [
        rule.split("text-align: ")[1][: len(side)]
        for rule in style.split("}")
        if rule.split("{")[0].strip().endswith(f" .{place}")
    ] == [side]


def test_the_frame_is_left_alone():
    frame = pd.DataFrame({"text": ["a"], "number": [1]})
    assert bk.aligned(frame).data.equals(frame)
