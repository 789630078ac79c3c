"""What a document says of itself, in the manners of many places; the texts are made up."""

from pathlib import Path

import pytest

from budgetkit.assembling.meta import describe
from budgetkit.reading.model import Grid, Line

TEXT = Path(__file__).with_name("first_pages.txt").read_text("utf-8")
PAGES = [entry.splitlines() for entry in TEXT.strip().split("\n\n")[1:]]


def blocks(page):
    return [Line(text, 1) for text in page.split("|")]


@pytest.mark.parametrize(("page", "expected", "title"), [(*p, None)[:3] for p in PAGES])
def test_what_a_first_page_says(page, expected, title):
    told = describe(blocks(page))
    assert [str(told[key] or "—") for key in ("department", "year", "kind", "place")] == (
        expected.split(", ")
    )
    assert title in (None, told["title"])


@pytest.mark.parametrize("label", ["部门名称：", "部门名称", "填报单位名称", "部门（单位）名称："])
def test_a_department_in_the_cell_after_its_label(label):
    cover = [Line("2023年部门预算公开表", 1), Grid(((label, "定西市临洮县教育局"),), (2,))]
    told = describe([*cover, Line("编制日期：2023年2月", 3)])
    assert list(told.values()) == [
        "2023年部门预算公开表",
        "定西市临洮县教育局",
        2023,
        "budget",
        "定西市临洮县",
    ]


@pytest.mark.parametrize(
    "cell", ["部门：临洮县教育局", "公开部门：临洮县教育局", "单位名称:临洮县教育局 2023年"]
)
def test_a_department_inside_of_a_cell(cell):
    rows = (("收支总表", ""), (cell, "单位：万元"), ("2023年度", ""), ("项目", "预算数"))
    told = describe([Grid(rows, (1, 2, 3, 4))])
    assert (told["department"], told["year"]) == ("临洮县教育局", 2023)
    assert told["title"] == "临洮县教育局2023年部门预算"


def test_a_unit_of_money_and_a_place_are_no_departments():
    page = "上海市2026年市级单位预算|单位：人民币万元|单位：万元（保留两位小数）"
    assert describe(blocks(page))["department"] is None
