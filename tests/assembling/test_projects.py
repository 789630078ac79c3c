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
