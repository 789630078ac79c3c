"""Lines become paragraphs; headings say which table they explain."""

import pytest

from budgetkit.prose.paragraphs import paragraphs, plain
from budgetkit.reading.model import Grid, Line


def lines(*texts):
    return [Line(text, place) for place, text in enumerate(texts, start=1)]


def shown(blocks):
    return [(p.section, p.text) for p in paragraphs(blocks)]


def test_a_paragraph_cut_by_a_page_goes_on():
    blocks = lines(
        "二、收入预算情况说明", "甲厅今年收入增加是因为新设了一个处，人员经费", "相应增加。"
    )
    assert shown(blocks)[1] == ("income", "甲厅今年收入增加是因为新设了一个处，人员经费相应增加。")


def test_a_heading_without_a_stop_does_not_swallow_what_follows():
    blocks = lines("（一）机关运行经费情况", "甲厅2030年的机关运行经费10万元。")
    assert [text for _, text in shown(blocks)] == [
        "机关运行经费情况",
        "甲厅2030年的机关运行经费10万元。",
    ]


def test_a_heading_cut_by_a_page_is_one_heading():
    blocks = lines("五、关于甲厅2030年一般公共预算当年拨", "款情况说明", "（一）规模")
    assert shown(blocks)[0][0] == "general_expenditure"


def test_items_without_stops_end_where_their_list_ends():
    blocks = lines("- 1、甲学校（全额拨款）", "- 2、乙学校（差额拨款）", "甲厅共有职工9人。")
    assert len(shown(blocks)) == 3


def test_a_table_ends_a_paragraph():
    grid = Grid(rows=(("项目", "预算数"),), places=(2,))
    blocks = [Line("未完的一句话", 1), grid, Line("另一句话。", 3)]
    assert [text for _, text in shown(blocks)] == ["未完的一句话", "另一句话。"]


def test_page_numbers_and_running_heads_are_no_prose():
    page = "甲厅2030年部门预算\n{}\n这一页上的句子是完整的，也是这一页上唯一的一句。\n- {} -"
    blocks = [
        Line(text, number)
        for number in (1, 2, 3)
        for text in page.format("另起一行写的一句话，也写满了整整一行的宽度。", number).split("\n")
    ]
    assert not any("部门预算" in text or "- " in text for _, text in shown(blocks))


def test_printed_lines_are_joined_and_short_ones_end_a_paragraph():
    page = ["三、支出预算情况说明"]
    page += ["甲厅2030年支出预算合计为壹百万元整，与上年的数字相比较变化不大，"] * 12
    page += ["到此为止", "另一段从这里开始，它的第一行也是写满了的，所以接着往下读就对了"]
    found = paragraphs([Line(text, 7) for text in page])
    assert [p.place for p in found] == [7, 7, 7]
    assert found[1].text.endswith("变化不大，到此为止")


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("一、关于甲厅2030年收支预算情况的总体说明", "balance"),
        ("二、收入预算情况说明", "income"),
        ("二、收入决算情况说明", "income"),
        ("三、支出预算情况说明", "expenditure"),
        ("四、财政拨款收支预算总体情况说明", "appropriation_balance"),
        ("五、财政拨款支出预算情况说明", "appropriation_expenditure"),
        ("六、财政拨款基本支出预算情况说明", "appropriation_basic"),
        ("五、一般公共预算财政拨款支出决算情况说明", "general_expenditure"),
        ("六、一般公共预算基本支出预算情况说明", "general_basic"),
        ("七、关于甲厅2030年一般公共预算项目支出情况说明", "general_projects"),
        ("八、政府性基金预算支出预算情况说明", "government_fund"),
        ("九、国有资本经营预算财政拨款收入支出决算情况说明", "state_capital"),
        ("第五部分 财政拨款“三公”经费预算情况", "three_public"),
        ("二、“三公”经费安排情况", "three_public"),
        ("十一、关于甲厅2030年上年结转结余预算情况说明", "carryover"),
        ("（一）单位运行经费情况", "agency_operating"),
        ("三、机关运行经费安排情况", "agency_operating"),
        ("（二）政府采购情况。", "procurement"),
        ("五、国有资产占有使用情况", "assets"),
        ("四、绩效目标设置情况", "performance"),
        ("二、部门机构设置及预算单位构成情况", "overview"),
        ("第四部分 名词解释", "glossary"),
        ("一、收支预算总表情况说明", "balance"),
    ],
)
def test_headings_of_all_places(heading, section):
    assert paragraphs(lines(heading))[0].section == section


def test_duties_do_not_switch_the_section():
    blocks = lines("一、主要职责", "（一）组织实施政府采购。", "（二）指导绩效管理。")
    assert {section for section, _ in shown(blocks)} == {"overview"}


def test_an_unknown_heading_falls_back_to_the_one_above():
    blocks = lines(
        "十二、其他重要事项的情况说明", "（一）政府采购情况", "（二）没见过的标题", "一句话。"
    )
    assert shown(blocks)[-1][0] == "other"


def test_digits_set_apart_are_one_number():
    assert plain("2 0 3 0年收入1 2 , 3 4 5 . 6 7万元") == "2030年收入12,345.67万元"
