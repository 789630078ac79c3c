"""What stands above a table, and where its title ends."""

import pytest

PAGE = """\
{above}
部门名称：甲市财政局（本级） 单位：万元
科目编码\t科目名称\t支出总计\t基本支出\t项目支出
301\t工资福利支出\t10.00\t10.00\t0.00
"""


@pytest.mark.parametrize(
    "above",
    ["一般公共预算支出表（按经济分类）", "一般公共预算支出表（按\n经济分类）"],
)
def test_a_title_ends_before_the_department_and_the_unit(read_text, above):
    """shenzhen-statistics-2026, page 29, where it ends in a bracket."""
    table = read_text(PAGE.format(above=above)).meta.known("general_economic")
    assert table.title == "一般公共预算支出表（按经济分类）"
