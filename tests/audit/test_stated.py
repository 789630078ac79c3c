"""Totals that the text tells, against those of the tables."""

import pytest

from budgetkit.audit.system import EXACT, FAILS

PAGE = """\
2030年某市某局部门预算
二、收入预算情况说明
某局部门收入预算{told}。
三、支出预算情况说明
某局部门支出预算100.00万元。

收支预算总表
单位：万元
收入\t\t支出\t
项目\t金额\t项目\t金额
一、财政拨款\t86.00\t一、教育支出\t100.00
本年收入合计\t86.00\t本年支出合计\t100.00
上年结转\t14.00\t\t
收入总计\t100.00\t支出总计\t100.00

收入预算总表
单位：万元
科目编码\t科目名称\t合计\t财政拨款
205\t教育支出\t86.00\t86.00
\t合计\t86.00\t86.00
"""


def stated(read_text, page):
    """Outcome and difference of the check of the income that a text tells; the other holds."""
    checks = read_text(page).audit().checks
    own = checks[checks["family"] == "stated_total"].set_index("measure")
    assert own.loc["expenditure.total", "outcome"] == EXACT
    return own.loc["income.total", ["outcome", "difference"]].tolist()


@pytest.mark.parametrize(
    ("told", "outcome", "difference"),
    [
        ("86.00万元", EXACT, 0),  # the table of income: without what is carried over
        ("100.00万元", EXACT, 0),  # the balance: with it
        ("860000元", EXACT, 0),
        ("87.00万元", FAILS, 1),  # off by one from the one, by 13 from the other
        ("99.00万元", FAILS, -1),
        ("94.00万元", FAILS, -6),
        ("0.0086亿元", EXACT, 0),
    ],
)
def test_a_stated_total_is_compared_with_the_nearest(read_text, told, outcome, difference):
    assert stated(read_text, PAGE.format(told=told)) == [outcome, difference]


def test_a_table_that_is_not_there_is_none_of_the_nearest(read_text):
    page = PAGE.split("\n收入预算总表")[0]
    assert stated(read_text, page.format(told="86.00万元")) == [FAILS, -14]
