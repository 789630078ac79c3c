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


ITEMS = """\
2030年某市某局部门预算
三、支出预算情况说明
教育支出（类）普通教育（款）学前教育（项）{item}；基本支出{basic}；小学教育39.00万元。

支出预算总表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
205\t教育支出\t100.00\t80.00\t20.00
20502\t普通教育\t100.00\t80.00\t20.00
2050201\t学前教育\t60.00\t60.00\t
2050202\t小学教育\t40.00\t20.00\t20.00
\t合计\t100.00\t80.00\t20.00

部门项目支出情况表
单位：万元
科目编码\t科目名称\t项目名称\t合计
2050202\t小学教育\t小学教育\t20.00
\t合计\t\t20.00
"""


def test_an_amount_without_a_change_is_compared_with_its_row_or_column(read_text):
    def outcomes(**told):
        checks = read_text(ITEMS.format(**told)).audit().checks
        own = checks[(checks["family"] == "stated_amount") & (checks["table"] == "facts")]
        return {check.label: (check.outcome, check.difference) for check in own.itertuples()}

    assert outcomes(item="60.00万元", basic="80万元") == {
        "学前教育": (EXACT, 0),
        "基本支出": (EXACT, 0),
    }
    assert outcomes(item="60.00万元", basic="81万元")["基本支出"] == (FAILS, 1)
    assert outcomes(item="61.00万元", basic="80万元")["学前教育"] == (FAILS, 1)
