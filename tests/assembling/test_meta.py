"""What a document says of itself, in the manners of many places; the texts are made up."""

from pathlib import Path

import pytest

from budgetkit.assembling.meta import apart, describe
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


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["江苏省委办公厅", "中国共产党江苏省委员会办公厅"], []),  # jiangsu-party-office-2017
        (["甲市财政局", "甲市财政局（本级）"], []),
        (["甲市财政局（部门）", "甲市财政局（本级）"], []),
        (["甲市财政局", None], []),
        (["甲市财政局", "甲市审计局"], ["0.pdf: 甲市财政局", "1.pdf: 甲市审计局"]),
    ],
)
def test_files_name_different_departments(names, told):
    found = apart((f"{n}.pdf", {"department": own, "year": 2030}) for n, own in enumerate(names))
    assert dict(found).get("department", []) == told
