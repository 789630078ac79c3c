"""Tables of projects: which of their rows are projects, and what the others are."""

import pytest

HEAD = "2030年甲市财政局部门预算\n部门项目支出预算表\n单位：万元\n"


def labels(doc):
    columns = ["level", "code", "name", "unit", "project"]
    return doc.figures[columns].astype("object").fillna("").to_numpy().tolist()


@pytest.mark.parametrize(
    "heading", ["支出项目类别（资金使用单位）", "支出项目类别", "项目名称", "项目"]
)
def test_a_line_below_a_unit_is_a_project(read_text, heading):
    """guangzhou-statistics-2026 and shenzhen-statistics-2026 name both in one column."""
    rows = f"{heading}\t总计\n合计\t9.00\n甲市财政局\t9.00\n维修经费\t9.00\n"
    assert labels(read_text(HEAD + rows)) == [
        ["total", "", "合计", "", ""],
        ["unit", "", "甲市财政局", "甲市财政局", ""],
        ["project", "", "维修经费", "甲市财政局", "维修经费"],
    ]


CODED = (
    "项目名称\t项目单位\t功能科目编码\t功能科目名称\t合计\n"
    "维修经费\t甲市评审中心\t2010601\t行政运行\t6.00\n"
    "\t\t2010602\t一般行政管理事务\t3.00\n合计\t\t\t\t9.00\n"
)


def test_a_code_in_a_table_of_projects_keeps_its_name(read_text, tmp_path):
    doc = read_text(HEAD + CODED)
    told = [
        ["project", "2010601", "行政运行", "甲市评审中心", "维修经费"],
        ["item", "2010602", "一般行政管理事务", "甲市评审中心", ""],
        ["total", "", "合计", "", ""],
    ]
    assert labels(doc) == told
    again = doc.typeset(tmp_path / "again.txt")
    assert labels(read_text(again.read_text(encoding="utf-8"))) == told


def test_a_project_beside_its_unit_is_one_whatever_its_name(read_text):
    text = (
        "甲市财政局包括下列单位：\n序号\t单位名称\n1\t甲市评审中心\n"
        "部门项目支出预算表\n单位：万元\n单位名称\t项目名称\t合计\n"
        "甲市评审中心\t\t9.00\n甲市评审中心\t甲市评审中心运维\t9.00\n合计\t\t9.00\n"
    )
    assert labels(read_text("2030年甲市财政局部门预算\n" + text))[:2] == [
        ["unit", "", "甲市评审中心", "甲市评审中心", ""],
        ["project", "", "甲市评审中心运维", "甲市评审中心", "甲市评审中心运维"],
    ]


def test_a_bracket_makes_no_unit_of_a_project_without_a_code(read_text):
    text = (
        "2030年甲市财政局部门预算\n上年结转结余情况明细表\n单位：万元\n"
        "科目编码\t科目名称\t合计\n205\t教育支出\t15.00\n"
        "\t维修经费（中央资金）\t10.00\n\t系统升级\t5.00\n合计\t\t15.00\n"
    )
    doc = read_text(text)
    assert doc.table("carryover")["level"].tolist() == ["class", "project", "project", "total"]
    assert doc.audit().failures.empty


@pytest.mark.parametrize("heading", ["一、基本建设类", "其中：设备", "小计"])
def test_a_heading_or_a_part_is_no_project(read_text, heading):
    rows = f"项目\t总计\n合计\t9.00\n{heading}\t9.00\n维修经费\t9.00\n"
    levels = [row[0] for row in labels(read_text(HEAD + rows))]
    assert levels == ["total", "line", "project"]
