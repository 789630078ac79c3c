"""Statements recomputed: hand-made ones with their verdicts, and the real ones."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetkit as bk
from budgetkit import variance
from tests.variance.made import document, figure, stated


@pytest.mark.parametrize(
    ("amount", "change", "percent", "check"),
    [
        (110.00, 10.00, 10.00, "fits"),
        (110.00, 10.00, 10.01, "fits"),  # 10.005 / 100.00 rounds to 10.01 with the rest
        (110.00, 10.00, 10.04, "differs"),
        (90.00, -10.00, -10.00, "fits"),
        (90.00, -10.00, 10.00, "differs"),
        (1.23, 0.01, 0.82, "fits"),  # small amounts leave much room
        (1.23, 0.01, 1.30, "differs"),
        (10.00, 10.00, 100.00, "no_base"),
        (0.00, 0.00, 0.00, "fits"),
        (0.00, 0.00, 5.00, "no_base"),
        (3000.00, 0.00, 0.00, "fits"),
        (None, 10.00, 10.00, "incomplete"),
        (110.00, None, 10.00, "incomplete"),
        (10.00, 5.00, None, "fits"),
    ],
)
def test_can_the_printed_percentage_be_true(amount, change, percent, check):
    other = stated("单位资金", 123.45, 1.11, 0.91)  # shows that two decimals are printed
    row = variance.recompute(document(stated("教育收费", amount, change, percent), other)).iloc[0]
    assert row["check"] == check
    if check in {"fits", "differs"}:
        assert row["ok"] == (check == "fits")
    else:
        assert pd.isna(row["ok"])
    if amount is not None and change is not None:
        assert row["prior"] == amount - change


def test_percentages_without_decimals_are_compared_as_printed():
    rows = [stated("教育收费", 1234.0, 100.0, 9.0), stated("单位资金", 500.0, 50.0, 11.0)]
    assert variance.recompute(document(*rows))["ok"].all()


@given(st.integers(1, 10**9), st.integers(-(10**8), 10**9), st.integers(0, 99), st.integers(0, 99))
def test_what_honest_rounding_prints_is_never_called_wrong(prior, change, a, b):
    """Amounts in yuan, printed in 万元 with two decimals, and their percentage."""
    amount = prior + change
    if amount < 0:
        return
    percent = round(change / prior * 100, 2)
    printed = stated("教育收费", round(amount / 10000, 2), round(change / 10000, 2), percent)
    two_decimals = stated("单位资金", 123.45, 1.11, 0.91)
    row = variance.recompute(document(printed, two_decimals)).iloc[0]
    assert row["check"] != "differs"


def test_amounts_are_held_against_the_same_cell_of_the_tables():
    figures = [
        figure("income", 1, "合计", "total", 300.0, "total"),
        figure("income", 1, "合计", "special_account", 110.0, "total"),
        figure("general_expenditure", 1, "合计", "total", 50.0, "total"),
        figure("general_expenditure", 1, "合计", "basic", 40.0, "total"),
        figure("general_expenditure", 2, "行政运行", "total", 12.0, "item", "2150501"),
        figure("general_expenditure", 3, "行政运行", "total", 13.0, "item", "2110101"),
        figure("three_public", 1, "合计", "total", 9.0, "total"),
        figure("three_public", 2, "公务接待费", "total", 2.0),
    ]
    rows = [
        stated("财政专户（教育收费）", 110.0, 10.0),
        stated("收入预算", 301.0, 10.0),
        stated("基本支出", 40.0, 1.0, section="general_expenditure"),
        stated("行政运行", 12.0, 1.0, section="general_expenditure", code="2150501"),
        stated("行政运行", 13.5, 1.0, section="general_expenditure", code="2110101"),
        stated("“三公”经费", 9.0, 1.0, section="three_public"),
        stated("公务接待经费", 2.0, 1.0, section="three_public"),
        stated("会议费", 2.0, 1.0, section="three_public"),
    ]
    found = variance.recompute(document(*rows, figures=figures))
    assert found["cell"].tolist()[:-1] == [110.0, 300.0, 40.0, 12.0, 13.0, 9.0, 2.0]
    assert found["cell_ok"].tolist()[:-1] == [True, False, True, True, False, True, True]
    assert pd.isna(found["cell_ok"].iloc[-1])
    assert found["label"].tolist()[3:5] == ["行政运行（2150501）", "行政运行（2110101）"]


def line(table, number, name, amount, side=None, level="line", measure="amount", **more):
    """A printed row of one amount."""
    return figure(table, number, name, measure, amount, level, **more) | {"side": side}


#: Rows as they are printed: both sides of a balance, and 三公 among other rows of its table.
ROWS = [
    line("balance", 1, "一、财政拨款", 90.0, "income"),
    line("balance", 2, "其中：1.其他收入", 10.0, "income"),
    line("balance", 3, "本年收入合计", 100.0, "income", "total"),
    line("balance", 4, "收入总计", 100.0, "income", "total"),
    line("balance", 1, "一、一般公共服务支出", 70.0, "expenditure"),
    line("balance", 2, "二十三、其他支出", 20.0, "expenditure"),
    line("balance", 3, "十八、住房保障支出", 4.0, "expenditure"),
    line("balance", 4, "住房保障", 4.0, "expenditure"),
    line("balance", 5, "十九、卫生健康支出", 5.0, "expenditure"),
    line("balance", 6, "卫生健康费用", 6.0, "expenditure"),
    line("balance", 7, "本年支出合计", 95.0, "expenditure", "total"),
    line("balance", 8, "支出总计", 100.0, "expenditure", "total"),
    line("three_public", 1, "行政经费", 44.0, measure="total"),
    line("three_public", 2, "“三公”经费", 4.8, measure="total"),
    line("three_public", 3, "（三）公务接待费支出", 2.3, measure="total"),
    line("appropriation_balance", 9, "支出总计", 88.0, "expenditure", "total"),
]


@pytest.mark.parametrize(
    ("section", "item", "code", "cell"),
    [
        ("balance", "收入", None, 100.0),
        ("balance", "收入预算", None, 100.0),
        ("balance", "支出", None, None),  # 95.00 of the year, 100.00 in all: which is meant?
        ("balance", "财政拨款收入", None, 90.0),
        ("balance", "财政拨款支出", None, 88.0),  # never the revenue of nearly the same name
        ("balance", "其他收入", None, 10.0),
        ("balance", "其他支出", None, 20.0),
        ("balance", "其他", None, None),  # 10.00 and 20.00 would both fit
        ("balance", "一般公共服务", "201", 70.0),
        ("balance", "住房保障支出", "221", 4.0),
        ("balance", "卫生健康支出", "210", 5.0),
        ("balance", "卫生健康", "210", None),
        ("balance", "教育支出", "205", None),
        ("three_public", "“三公”经费", None, 4.8),
        ("three_public", "公务接待费", None, 2.3),
        ("agency_operating", "机关运行经费", None, 44.0),
        ("agency_operating", "行政经费支出", None, 44.0),
        ("other", "委托业务费", None, None),
    ],
)
def test_a_statement_finds_the_one_row_of_its_name(section, item, code, cell):
    row = stated(item, 7.0, 1.0, section=section, code=code)
    found = variance.recompute(document(row, figures=ROWS))["cell"].iloc[0]
    assert found == cell if cell is not None else pd.isna(found)


def test_the_agencys_own_table_comes_before_others():
    own = line("agency_operating", 1, "合计", 50.0, level="total")
    row = stated("机关运行经费", 50.0, 1.0, section="agency_operating")
    for figures, cell, table in ((ROWS, 44.0, "three_public"), ([*ROWS, own], 50.0, None)):
        doc = document(row, figures=figures)
        found = variance.graded(doc).iloc[0]
        assert found["cell"] == cell
        if table:
            assert bk.language.label(f"table.{table}") in found["why"]


def test_guangzhou_statistics_2026_all_but_one_amount_is_in_the_tables():
    """Commissioned services are in no table of it."""
    found = variance.recompute(bk.load("guangzhou-statistics-2026"))
    assert found["cell_ok"].sum() == 9
    assert found.loc[found["cell"].isna(), "item"].tolist() == ["委托业务费"]


def test_putuo_finance_2024_the_total_of_a_balance_is_its_last():
    found = variance.recompute(bk.load("putuo-finance-2024")).set_index("item")
    assert found.loc["收入支出", ["amount", "cell", "cell_ok"]].tolist() == [2995.39, 2995.39, True]


def test_putuo_finance_2024_nothing_was_spent():
    """Budgeted were 0.95; what the text compares with last year is the 0.00 that were spent."""
    found = bk.load("putuo-finance-2024").variances
    assert (found.loc[found["section"] == "three_public", "amount"] == 0).all()


def test_xinjiang_recomputed(bundled):
    """All 41 percentages that can be recomputed fit; two items grew from nothing."""
    found = variance.recompute(bundled)
    assert found["check"].value_counts().to_dict() == {
        "fits": 41,
        "no_base": 2,
        "differs": 0,
        "incomplete": 0,
    }
    assert found.loc[found["check"] == "no_base", "item"].tolist() == [
        "中等职业教育",
        "其他人力资源和社会保障管理事务支出",
    ]
    assert found["cell_ok"].fillna(True).all()
    assert found["cell_ok"].notna().sum() == 38
    # 11,557.63 − 4,130.63 = 7,427.00; 4,130.63 / 7,427.00 = 55.6164 %
    assert found.loc[1, ["prior", "recomputed"]].tolist() == [7427.0, 55.6164]
