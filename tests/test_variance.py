"""Statements of change: hand-made ones with their verdicts, and the real ones."""

import itertools
import re
import warnings
from dataclasses import replace

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetkit as bk
from budgetkit import variance
from budgetkit.disclosure import Disclosure, Meta
from budgetkit.errors import BudgetkitError, LanguageError, MissingDataError
from budgetkit.variance import causes, narration
from budgetkit.vocabulary import words

META = Meta("2024年部门预算", "某厅", 2024, "budget", None, "made-up.txt", "0" * 64)


@pytest.fixture(autouse=True)
def closed():
    """No figure outlives its test."""
    yield
    plt.close("all")


def stated(item, amount, change, percent=None, section="income", **more):
    """A statement of change; prior is filled in."""
    if percent is None and None not in (amount, change) and amount != change:
        percent = round(change / (amount - change) * 100, 2)
    row = {"section": section, "item": item, "amount": amount, "change": change}
    return row | {"percent": percent} | more


def document(*rows, figures=(), meta=META):
    return Disclosure(meta, {"variances": list(rows), "figures": list(figures)})


def figure(table, number, name, measure, amount, level="line", code=None):
    row = {"table": table, "row": number, "name": name, "measure": measure, "amount": amount}
    return row | {"level": level, "code": code}


# ---------------------------------------------------------------- recompute


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


# ---------------------------------------------------------------- contributions


def test_parts_are_ordered_and_add_up():
    rows = [
        stated("单位资金", 50.0, 10.0),
        stated("教育收费", 90.0, -30.0),
        stated("经营收入", 60.0, 40.0),
    ]
    found = variance.contributions(document(*rows))
    assert found["kind"].tolist() == ["part", "part", "part", "total"]
    assert found["change"].tolist() == [40.0, 10.0, -30.0, 20.0]
    assert found["share"].tolist() == [2.0, 0.5, -1.5, 1.0]
    assert found["points"].round(4).tolist() == [22.2222, 5.5556, -16.6667, 11.1111]


def test_a_stated_total_is_no_part_and_what_is_missing_is_the_rest():
    rows = [
        stated("“三公”经费", 20.0, -5.0),
        stated("公务接待费", 8.0, -3.0),
        stated("公务用车运行费", 11.0, -1.5),
    ]
    found = variance.contributions(
        document(*(r | {"section": "three_public"} for r in rows)), "three_public"
    )
    assert found["kind"].tolist() == ["part", "part", "rest", "total"]
    assert found["change"].tolist() == [-1.5, -3.0, -0.5, -5.0]


def test_a_difference_within_rounding_is_no_rest():
    rows = [
        stated("“三公”经费", 301.38, -26.43),
        stated("公务用车运行费", 299.22, -23.18),
        stated("公务接待费", 2.17, -3.26),
    ]
    found = variance.contributions(
        document(*(r | {"section": "three_public"} for r in rows)), "three_public"
    )
    assert found["kind"].tolist() == ["part", "part", "total"]


def test_items_stand_for_natures_and_subtotals():
    rows = [
        stated("基本支出", 60.0, 6.0),
        stated("项目支出", 40.0, -1.0),
        stated("教育支出", 70.0, 4.0, code="205"),
        stated("高等职业教育", 70.0, 4.0, code="2050305"),
        stated("住房公积金", 30.0, 1.0, code="2210201"),
    ]
    doc = document(*(r | {"section": "general_expenditure"} for r in rows))
    found = variance.contributions(doc, "general_expenditure")
    assert found["item"].tolist() == ["高等职业教育", "住房公积金", "合计"]
    assert found["change"].tolist() == [4.0, 1.0, 5.0]
    alone = variance.contributions(document(*rows[:2]), "income")
    assert alone["item"].tolist() == ["基本支出", "项目支出", "合计"]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (
            ["公务用车购置费", "公务用车运行维护费"],
            ["公务用车购置费", "公务用车运行维护费", "合计"],
        ),
        (["公务用车运行维护费"], ["公务用车购置及运行维护费", "合计"]),
        ([], ["公务用车购置及运行维护费", "合计"]),
    ],
)
def test_a_subtotal_or_its_parts_but_never_both(items, expected):
    """guangzhou-justice-2026 states the vehicles' purchase, their running, and the two together."""
    names = ["公务用车购置及运行维护费", *items]
    rows = [stated(name, 30.0, -1.0, section="three_public") for name in names]
    assert variance.contributions(document(*rows), "three_public")["item"].tolist() == expected


def test_a_section_that_only_states_its_total():
    """suzhou-science-2026 states the change of all spending, and of no item."""
    row = stated("一般公共预算支出", 50.0, 10.0, section="general_expenditure", reason="涨薪")
    doc = document(row)
    assert variance.contributions(doc, "general_expenditure")["kind"].tolist() == ["part", "total"]
    assert variance.by_reason(doc)["reason"].tolist() == ["pay"]
    assert "说明的原因是：涨薪。" in variance.narrative(doc)


def test_statements_without_any_change_are_told_without_a_crash():
    doc = document(
        stated("高等职业教育", 50.0, None, section="general_expenditure", code="2050305")
    )
    assert variance.by_reason(doc).empty
    assert "能复算的0条" in variance.narrative(doc)


def test_a_total_that_did_not_change_has_no_shares():
    found = variance.contributions(
        document(stated("单位资金", 50.0, 10.0), stated("教育收费", 50.0, -10.0))
    )
    assert found["share"].isna().all()
    assert found.iloc[-1]["change"] == 0


# ---------------------------------------------------------------- reasons


@pytest.mark.parametrize(
    ("reason", "categories"),
    [
        ("在职人数减少", ["staffing"]),
        ("退休人员增加", ["staffing"]),
        ("机关减少4人，同时有项目划归机关", ["staffing", "project_cycle"]),
        ("人员工资调整，缴费基数提高", ["pay"]),
        ("按规定不再安排退休人员医疗费", ["policy"]),
        ("中央补助资金首次纳入部门预算", ["transfers_into_budget"]),
        ("将房租纳入单位资金管理，食堂收入增加", ["revenue"]),
        ("新增巡察工作经费项目", ["project_cycle"]),
        ("上年结转减少", ["carryover"]),
        ("更新办公设备", ["procurement"]),
        ("坚持过紧日子，压减开支", ["thrift"]),
        ("严格控制，未安排出国", ["thrift"]),
        ("实验室未安排预算、载体项目预算减少", ["project_cycle"]),
        ("两年均未安排", ["unchanged"]),
        ("天气原因", ["other"]),
        ("", ["unstated"]),
        (None, ["unstated"]),
        (float("nan"), ["unstated"]),
    ],
)
def test_reasons_are_sorted_by_their_words(reason, categories):
    assert causes.classify(reason) == categories


def test_the_english_reason_is_used_where_there_is_one():
    doc = document(
        stated("单位资金", 50.0, 10.0, reason="学费增加", reason_en="More tuition"),
        stated("教育收费", 50.0, 10.0, reason="学费增加"),
        stated("经营收入", 50.0, 10.0),
    )
    assert variance.reasons(doc)["text"].tolist()[:2] == ["学费增加", "学费增加"]
    with bk.language.language("en"):
        found = variance.reasons(doc)
    assert found["text"].tolist()[:2] == ["More tuition", "revenue"]
    assert found["text"].isna().tolist() == [False, False, True]
    assert found["category"].tolist() == ["revenue", "revenue", "not explained"]


def test_money_by_reason_counts_every_item_once():
    doc = document(
        stated("基本支出", 60.0, 6.0, reason="涨薪"),
        stated("项目支出", 40.0, -1.0),
        stated("高等职业教育", 70.0, 9.0, code="2050305", reason="涨薪"),
        stated("住房公积金", 30.0, -3.0, code="2210201", reason="工资调整"),
        stated("行政运行", 30.0, -1.0, code="2010101"),
    )
    found = variance.by_reason(doc, "income")
    assert found[["reason", "statements", "up", "down", "net"]].values.tolist() == [
        ["pay", 2, 9.0, -3.0, 6.0],
        ["unstated", 1, 0.0, -1.0, -1.0],
    ]
    assert found["share_of_gross"].tolist() == [12 / 13, 1 / 13]


# ---------------------------------------------------------------- narrative


def test_verbs_follow_their_thresholds():
    said = {}
    for percent in (0.0, 0.49, 0.5, -4.99, 5.0, -19.9, 20.0, -99.0, 100.0):
        said[percent] = narration.verb(percent)[0]
    assert list(said.values()) == [
        "roughly unchanged",
        "roughly unchanged",
        "slightly",
        "slightly",
        "moderately",
        "moderately",
        "sharply",
        "sharply",
        "multiple",
    ]


@pytest.mark.parametrize("name", bk.language.LANGUAGES)
@pytest.mark.parametrize("side", ["up", "down"])
def test_every_threshold_has_a_verb(side, name):
    verbs = [entry[side][name] for entry in words("narrative")["verb"]]
    assert all(verbs)


def test_money_for_readers():
    said = {}
    for name in bk.language.LANGUAGES:
        with bk.language.language(name):
            said[name] = [narration.money(a, signed=a < 0) for a in (86617.08, -2.17, 0.0)]
    assert said["zh"] == ["86,617.08万元", "-2.17万元", "0.00万元"]
    assert said["en"] == ["866.17 million yuan", "-21,700 yuan", "0 yuan"]


#: Each sentence with what it says when filled in; amounts in 万元.
VALUES = {
    "year": "2024 ",
    "kind": "K",
    "department": "某厅",
    "section": "revenue",
    "amount": "A",
    "change": "C",
    "verb": "V",
    "percent": "P",
    "name": "N",
    "reason": "R",
    "up": "U",
    "down": "D",
    "items": "I",
    "rest": "X",
    "income": "Y",
    "expenditure": "E",
    "count": 3,
    "checked": 2,
    "wrong": 1,
}
SAID = {
    "total": (
        "2024 某厅revenueK为A，VC（P）。",
        "In its 2024 K, revenue of 某厅 comes to A; it V by C (P).",
    ),
    "total_same": (
        "2024 某厅revenueK为A，V。",
        "In its 2024 K, revenue of 某厅 comes to A; it V.",
    ),
    "total_new": (
        "2024 某厅revenueK为A，上年没有安排。",
        "In its 2024 K, revenue of 某厅 comes to A; there was none last year.",
    ),
    "next_total": ("revenue为A，VC（P）。", "Revenue: A; it V by C (P)."),
    "next_total_same": ("revenue为A，V。", "Revenue: A; it V."),
    "next_total_new": (
        "revenue为A，上年没有安排。",
        "Revenue: A; there was none last year.",
    ),
    "total_none": (
        "2024 某厅revenue没有安排，上年也没有。",
        "In its 2024 K, 某厅 has no revenue, and had none last year.",
    ),
    "next_total_none": (
        "revenue没有安排，上年也没有。",
        "Revenue: nothing, and nothing last year.",
    ),
    "reason": ("说明的原因是：R。", "The stated reason: R."),
    "rises": ("增加最多的是I。", "The largest increases: I."),
    "falls": ("减少最多的是I。", "The largest decreases: I."),
    "item_reason": ("N（C，原因：R）", "N (C; stated reason: R)"),
    "item_plain": ("N（C）", "N (C)"),
    "item_both": ("N（U，D）", "N (U, D)"),
    "offset": (
        "增加合计U，减少合计D，合计只反映两者之差。",
        "Increases add up to U, decreases to D; the total shows only the difference.",
    ),
    "rest": (
        "各项说明与总的增减相差X，没有说明。",
        "The items leave X of the total change unexplained.",
    ),
    "agree": (
        "收入与支出两部分说明的增减合计一致，均为C。",
        "Revenue and expenditure tell of the same total change, C.",
    ),
    "differ": (
        "收入部分说明的增减合计为Y，支出部分为E，两者不一致。",
        "Revenue is said to have changed by Y, expenditure by E: the two don't agree.",
    ),
    "reasons": (
        "按说明的原因归类，一般公共预算支出的增减主要来自：I。",
        "Sorted by stated reason, the change in spending from the general public budget "
        "comes from: I.",
    ),
    "unexplained": ("有3项增减没有说明原因：I。", "Changes without a stated reason (3): I."),
    "checked_all": (
        "3条增减说明中，能复算的2条，百分比均与金额相符。",
        "Of 3 statements of change, 2 can be recomputed, "
        "and every printed percentage fits its amounts.",
    ),
    "checked_some": (
        "3条增减说明中，能复算的2条，其中1条百分比与金额不符：I。",
        "Of 3 statements of change, 2 can be recomputed; "
        "the printed percentage doesn't fit the amounts in 1: I.",
    ),
    "zero": ("3项今年和上年都没有安排。", "Zero in both years: 3."),
    "no_base": ("3项上年为零，百分比无从计算：I。", "Growth from zero has no percentage (3): I."),
    "cell_wrong": ("3项的金额与表中数字不同：I。", "Amounts that differ from the tables (3): I."),
    "cell_none": (
        "3项的金额没有在表中找到对应数字，未能核对。",
        "Amounts not found in the tables, so that they could not be checked: 3.",
    ),
    "incomplete": (
        "3条没有说全金额、增减和百分比，无从复算。",
        "Without an amount, a change or a percentage, so that nothing can be recomputed: 3.",
    ),
}


def test_every_sentence_is_held_against_what_it_should_say():
    assert set(SAID) == set(words("narrative")["sentence"])


@pytest.mark.parametrize(
    ("key", "place"), list(itertools.product(SAID, range(2))), ids=lambda value: str(value)
)
def test_a_sentence_says_what_it_should(key, place):
    with bk.language.language(bk.language.LANGUAGES[place]):
        assert narration.sentence(key, **VALUES) == SAID[key][place]


#: A document whose report needs every sentence there is, and one that needs the others.
TROUBLED = document(
    stated("单位资金", 50.0, 10.0, reason="学费增加"),
    stated("教育收费", 90.0, -30.0),
    stated("政府性基金", 5.0, 5.0, 100.0),
    stated("收入预算", 200.0, -20.0),
    stated("经营收入", 55.0, 5.0, 50.0, reason="经营收入增加"),
    stated("基本支出", 60.0, 0.1, section="expenditure", reason="涨薪"),
    stated("项目支出", 40.0, -0.2, section="expenditure"),
    stated("高等职业教育", 70.0, 9.0, section="general_expenditure", code="2050305", reason="涨薪"),
    stated(
        "住房公积金", 30.0, -3.0, section="general_expenditure", code="2210201", reason="工资调整"
    ),
    stated("公务接待费", 3.0, 3.0, 100.0, section="three_public", reason="新增项目"),
    stated("机关运行经费", 30.0, 0.0, 0.0, section="agency_operating"),
    figures=[figure("income", 1, "合计", "unit_funds", 51.0, "total")],
)
SOUND = document(
    stated("机关运行经费", 30.0, 10.0, section="agency_operating", reason="涨薪"),
    stated("因公出国费", 3.0, 3.0, 100.0, section="three_public"),
    meta=Meta("预算", None, None, "budget", None, "made-up.txt", "0" * 64),
)


def test_a_troubled_document_is_reported_with_its_troubles():
    text = variance.narrative(TROUBLED)
    for part in (
        "收入预算为200.00万元，比上年减少20.00万元（-9.09%）",
        "增加最多的是单位资金（+10.00万元，原因：学费增加）",
        "减少最多的是教育收费（-30.00万元）",
        "增加合计20.00万元，减少合计30.00万元",
        "各项说明与总的增减相差-10.00万元",
        "支出为100.00万元，与上年基本持平",
        "收入部分说明的增减合计为-20.00万元，支出部分为-0.10万元，两者不一致",
        "薪酬（+9.00万元，-3.00万元）",
        "“三公”经费为3.00万元，上年没有安排",
        "项增减没有说明原因：教育收费",
        "其中1条百分比与金额不符：经营收入",
        "2项上年为零，百分比无从计算：政府性基金和公务接待费",
        "1项的金额与表中数字不同：单位资金",
        "项的金额没有在表中找到对应数字",
    ):
        assert part in text


def test_the_same_in_english():
    text = variance.narrative(TROUBLED, "en")
    for part in (
        "revenue of 某厅 comes to 2.00 million yuan; it fell by 200,000 yuan (-9.09%)",
        "Units' own funds (+100,000 yuan; stated reason: revenue)",
        "it was roughly unchanged.",
        "the two don't agree",
        "pay (+90,000 yuan, -30,000 yuan)",
        "there was none last year",
    ):
        assert part in text


def test_a_document_that_names_neither_department_nor_year():
    # sections are told in a fixed order, whatever the document's
    text = variance.narrative(SOUND)
    assert text.startswith("本部门“三公”经费预算为3.00万元，上年没有安排。")
    assert variance.narrative(SOUND, "en").startswith("In its budget, spending on travel abroad")
    assert (
        "机关运行经费为30.00万元，比上年大幅增加10.00万元（+50.00%）。说明的原因是：涨薪。" in text
    )


def test_final_accounts_and_what_there_was_in_neither_year():
    meta = Meta("决算", "某局", 2024, "final", None, "made-up.txt", "0" * 64)
    text = variance.narrative(
        document(
            stated("收入", 50.0, 10.0),
            stated("“三公”经费", 0.0, 0.0, 0.0, section="three_public"),
            meta=meta,
        )
    )
    assert text.startswith("2024年某局收入决算为50.00万元")
    assert "“三公”经费没有安排，上年也没有。" in text


def test_the_total_of_the_balance_where_neither_side_is_told():
    """guangzhou-petitions-2026 states revenue and expenditure as one; told first."""
    whole = [stated(item, 110.0, 10.0, section="balance") for item in ("收入", "支出")]
    hospitality = stated("公务接待费", 2.0, 1.0, section="three_public")
    text = variance.narrative(document(hospitality, *whole))
    assert text.startswith("2024年某厅收支总额预算为110.00万元，比上年增加10.00万元（+10.00%）")
    text = variance.narrative(document(*whole, stated("收入", 111.0, 11.0)))
    assert text.startswith("2024年某厅收入预算为111.00万元")
    assert "收支总额" not in text


@pytest.mark.parametrize("name", bk.datasets()["name"])
def test_the_counts_of_a_report_come_to_all_statements(name):
    doc = bk.load(name)
    if doc.variances.empty:
        pytest.skip("states no change")
    text = variance.narrative(doc).split("\n\n")[-1]
    counts = [r"(\d+)条增减说明", r"能复算的(\d+)条", r"(\d+)项今年和上年", r"(\d+)项上年为零"]
    counts.append(r"(\d+)条没有说全")
    every, *parts = (int(m[1]) if (m := re.search(c, text)) else 0 for c in counts)
    assert every == sum(parts) == len(doc.variances)


@pytest.mark.parametrize("name", ["jiangsu-npc", "jiangsu-party-office"])
@pytest.mark.parametrize("year", [2018, 2019])
def test_jiangsu_every_item_of_last_years_tables_is_found(name, year):
    found = variance.graded(bk.load(f"{name}-{year}"), bk.load(f"{name}-{year - 1}"))
    assert not (found["prior"].fillna(0).ne(0) & (found["earlier"] != "agrees")).any()


def test_guangzhou_statistics_2026_all_but_one_amount_is_in_the_tables():
    """Commissioned services are in no table of it."""
    found = variance.recompute(bk.load("guangzhou-statistics-2026"))
    assert found["cell_ok"].sum() == 9
    assert found.loc[found["cell"].isna(), "item"].tolist() == ["委托业务费"]


def test_a_language_that_is_none():
    with pytest.raises(LanguageError):
        variance.narrative(SOUND, "fr")


# ---------------------------------------------------------------- graded


#: Each reason for a grade, filled in.
WHY_VALUES = {
    "table": "T",
    "year": 2023,
    "stated": "+5.00%",
    "recomputed": "+6.00%",
    "amount": "1.00",
    "cell": "2.00",
    "prior": "3.00",
    "before": "4.00",
}
WHY = {
    "percentage_agrees": (
        "百分比与金额相符（+6.00%）",
        "the percentage follows from the amounts (+6.00%)",
    ),
    "percentage_differs": (
        "说明为+5.00%，按金额应为+6.00%",
        "the text says +5.00%, the amounts give +6.00%",
    ),
    "percentage_none": ("没有可以复算的百分比", "no percentage can be recomputed"),
    "table_agrees": ("与T的数字一致", "the table prints the same amount (T)"),
    "table_differs": (
        "说明的金额为1.00万元，T为2.00万元",
        "the text says 1.00, the table prints 2.00 (10,000 yuan; T)",
    ),
    "table_none": ("没有在表中找到对应的数字", "the amount was not found in the tables"),
    "earlier_agrees": (
        "2023年的文件正是4.00万元",
        "the document of 2023 prints 4.00, as it should (10,000 yuan)",
    ),
    "earlier_differs": (
        "推算上年为3.00万元，2023年的文件为4.00万元",
        "last year follows as 3.00, the document of 2023 prints 4.00 (10,000 yuan)",
    ),
    "earlier_none": (
        "没有在2023年的文件中找到这一项",
        "the item was not found in the document of 2023",
    ),
    "nothing": (
        "两年都没有安排，没有数字可核对",
        "nothing in either year, so there is no figure to hold it against",
    ),
}


def test_every_reason_for_a_grade_is_held_against_what_it_should_say():
    assert set(WHY) == set(words("narrative")["why"])


@pytest.mark.parametrize(("key", "place"), list(itertools.product(WHY, range(2))), ids=str)
def test_a_reason_for_a_grade_says_what_it_should(key, place):
    template = words("narrative")["why"][key][bk.language.LANGUAGES[place]]
    assert template.format(**WHY_VALUES) == WHY[key][place]


#: This year's statements and tables, and last year's tables.
GRADED = document(
    stated("财政专户（教育收费）", 110.00, 10.00),
    stated("单位资金", 50.25, 10.00, 24.00),
    stated("一般公共预算", 301.10, 1.00),
    stated("经营收入", 60.00, 40.00),
    stated("捐赠收入", 7.00, 2.00, None) | {"percent": None},
    stated("政府性基金预算", 0.00, 0.00, 0.00),
    figures=[
        figure("income", 1, "合计", "special_account", 110.00, "total"),
        figure("income", 1, "合计", "general_public_budget", 300.00, "total"),
        figure("income", 1, "合计", "business", 60.00, "total"),
    ],
)
LAST = document(
    figures=[
        figure("income", 1, "合计", "special_account", 100.01, "total"),
        figure("income", 1, "合计", "business", 25.00, "total"),
    ],
    meta=Meta("2023年部门预算", "某厅", 2023, "budget", None, "made-up.txt", "0" * 64),
)


def test_a_statement_is_graded_by_its_witnesses():
    found = variance.graded(GRADED, LAST).set_index("item")
    witnesses = found[["percentage", "table", "earlier", "grade"]].astype("str")
    assert witnesses.T.to_dict("list") == {
        "财政专户（教育收费）": [
            "agrees",
            "agrees",
            "agrees",
            "verified",
        ],  # 100.00 and 100.01: rounding
        "单位资金": ["differs", "none", "none", "out_of_step"],
        "一般公共预算": ["agrees", "differs", "none", "out_of_step"],
        "经营收入": ["agrees", "agrees", "differs", "out_of_step"],
        "捐赠收入": ["none", "none", "none", "unchecked"],
        "政府性基金预算": ["none", "none", "none", "unchecked"],
    }


@pytest.mark.parametrize(
    ("name", "item", "told", "why"),
    [
        (
            "zh",
            "财政专户（教育收费）",
            "财政专户（教育收费）为110.00万元，比上年增加9.99万元（+9.99%）。",
            "百分比与金额相符（+10.00%）；与部门收入总体情况表的数字一致；2023年的文件正是100.01万元",
        ),
        (
            "en",
            "财政专户（教育收费）",
            "Special fiscal account (tuition): 1.10 million yuan; it rose by 99,900 yuan (+9.99%).",
            "the percentage follows from the amounts (+10.00%); the table prints the same amount "
            "(Revenue); the document of 2023 prints 100.01, as it should (10,000 yuan)",
        ),
        (
            "zh",
            "单位资金",
            "单位资金为50.25万元，比上年大幅增加10.00万元（+24.84%）。",
            "说明为+24.00%，按金额应为+24.84%",
        ),
        (
            "en",
            "经营收入",
            "Business operations: 600,000 yuan; "
            "it more than doubled, growing by 350,000 yuan (+140.00%).",
            "last year follows as 20.00, the document of 2023 prints 25.00 (10,000 yuan)",
        ),
        (
            "en",
            "捐赠收入",
            "捐赠收入: 70,000 yuan; it rose sharply by 20,000 yuan (+40.00%).",
            "no percentage can be recomputed; the amount was not found in the tables; "
            "the item was not found in the document of 2023",
        ),
        (
            "zh",
            "政府性基金预算",
            "政府性基金预算没有安排，上年也没有。",
            "两年都没有安排，没有数字可核对",
        ),
    ],
)
def test_a_graded_statement_is_told_and_says_why(name, item, told, why):
    with bk.language.language(name):
        found = variance.graded(GRADED, LAST).set_index("item").loc[item]
    assert (found["told"], found["why"]) == (told, why)


def test_without_last_years_document_it_is_no_witness():
    found = variance.graded(GRADED).set_index("item")
    assert (found["earlier"] == "none").all()
    assert found["before"].isna().all()
    assert found.loc["经营收入", "grade"] == "verified"
    assert found.loc["捐赠收入", "why"] == "没有可以复算的百分比；没有在表中找到对应的数字"


@pytest.mark.parametrize("year", [2018, 2019])
def test_stated_changes_of_jiangsu_npc_agree_with_the_document_before(year):
    found = variance.graded(bk.load(f"jiangsu-npc-{year}"), bk.load(f"jiangsu-npc-{year - 1}"))
    counts = found["earlier"].value_counts()
    assert counts["agrees"] >= 23
    assert counts["differs"] == 0


def test_jiangsu_npc_2018_one_percentage_is_a_ratio_of_amounts():
    """1,685.72 of 128.43 is 1,312.56 %, but the growth is 1,212.56 %."""
    found = variance.graded(bk.load("jiangsu-npc-2018"))
    odd = found[found["grade"] == "out_of_step"].iloc[0]
    assert (odd["item"], odd["percent"]) == ("单位预留机动经费", 1312.56)
    assert round(odd["amount"] / odd["prior"] * 100, 2) == 1312.56


def test_a_planted_change_is_out_of_step_with_the_document_before():
    doc, key = bk.audit.plant(bk.load("jiangsu-npc-2018"), "text", n=5, seed=2)
    found = variance.graded(doc, bk.load("jiangsu-npc-2017"))
    changed = found.loc[found.index.isin(key["row"]) & found["before"].notna()]
    assert len(changed)
    assert (changed["earlier"] == "differs").all()
    assert (changed["grade"] == "out_of_step").all()


def test_documents_that_are_not_a_year_apart():
    with pytest.raises(MissingDataError, match="needs the document of the year before"):
        variance.graded(bk.load("jiangsu-npc-2019"), bk.load("jiangsu-npc-2017"))


def test_documents_of_two_departments_or_two_kinds():
    ours, others = bk.load("jiangsu-npc-2018"), bk.load("jiangsu-party-office-2017")
    with pytest.raises(MissingDataError, match="the same department's document"):
        variance.graded(ours, others)
    meta = replace(LAST.meta, kind="final")
    with pytest.raises(MissingDataError, match="two of a kind"):
        variance.graded(GRADED, Disclosure(meta, LAST.frames))
    nameless = Disclosure(replace(LAST.meta, department=None), LAST.frames)
    assert "verified" in set(variance.graded(GRADED, nameless)["grade"])


def test_a_department_by_either_of_its_names():
    docs = [bk.load(f"jiangsu-party-office-{year}") for year in (2018, 2017)]
    assert (variance.graded(*docs)["earlier"] == "agrees").sum() > 10


def test_putuo_finance_2024_the_total_of_a_balance_is_its_last():
    found = variance.recompute(bk.load("putuo-finance-2024")).set_index("item")
    assert found.loc["收入支出", ["amount", "cell", "cell_ok"]].tolist() == [2995.39, 2995.39, True]


def test_shanghai_school_2026_whole_amounts_agree_with_exact_ones():
    found = variance.graded(bk.load("shanghai-affiliated-school-2026"))
    assert found.loc[0, ["amount", "cell", "table"]].tolist() == [9378.0, 9378.4514, "agrees"]


# ---------------------------------------------------------------- what is missing, charts


def test_what_is_missing_is_said_with_a_way_out():
    with pytest.raises(MissingDataError, match="read last year's document"):
        variance.recompute(document())
    with pytest.raises(
        MissingDataError,
        match="there are some in: agency_operating, three_public",
    ):
        variance.contributions(SOUND, "income")
    with pytest.raises(BudgetkitError, match="waterfall, percent, reasons"):
        variance.plot(SOUND, "pie")


@pytest.mark.parametrize("name", bk.language.LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "section"),
    [
        ("waterfall", None),
        ("waterfall", "general_expenditure"),
        ("waterfall", "three_public"),
        ("percent", None),
        ("percent", "income"),
        ("reasons", None),
    ],
)
def test_charts_have_every_glyph(bundled, kind, section, name):
    with bk.language.language(name), warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = variance.plot(bundled, kind, section)
        ax.figure.canvas.draw()
    assert ax.get_title(loc="left")


def test_a_percentage_that_differs_is_marked_in_the_chart():
    ax = variance.plot(TROUBLED, "percent", "income")
    labels = ax.get_legend_handles_labels()[1]
    assert labels == ["百分比与金额相符", "百分比与金额不符", "上年为零，无从计算"]


# ---------------------------------------------------------------- the real document


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


def test_xinjiang_both_sides_tell_of_one_change(bundled):
    totals = {
        name: variance.contributions(bundled, name).iloc[-1]["change"]
        for name in ("income", "expenditure", "general_expenditure", "three_public")
    }
    assert totals == {
        "income": 2424.6,
        "expenditure": 2424.6,
        "general_expenditure": 5413.64,
        "three_public": -26.43,
    }
    items = variance.contributions(bundled, "general_expenditure")
    assert (items["kind"] == "part").sum() == 25
    assert not (items["kind"] == "rest").any()


def test_xinjiang_reasons(bundled):
    found = variance.reasons(bundled)
    assert found["primary"].value_counts().to_dict() == {
        "pay": 9,
        "transfers_into_budget": 6,
        "staffing": 6,
        "policy": 5,
        "thrift": 4,
        "unchanged": 4,
        "project_cycle": 4,
        "revenue": 2,
        "carryover": 2,
        "unstated": 1,
    }


def test_xinjiang_glosses_are_sorted_like_the_published_reasons(bundled, source):
    """Our short words keep the sense of the document's own."""
    ours, theirs = variance.reasons(bundled)["primary"], variance.reasons(source)["primary"]
    assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize("name", bk.language.LANGUAGES)
def test_xinjiang_report(bundled, name):
    text = variance.narrative(bundled, name)
    assert len(text.split("\n\n")) == 7
    assert not any(mark in text for mark in ("nan", "None", "{", "<NA>"))
    if name == "en":
        assert "866.17 million yuan; it rose slightly by 24.25 million yuan (+2.88%)" in text
    else:
        assert "收入预算为86,617.08万元，比上年增加2,424.60万元（+2.88%）" in text


@pytest.mark.parametrize("name", bk.datasets()["name"])
def test_a_section_comes_to_the_total_of_its_table(name):
    """No total is counted as a part of itself."""
    doc = bk.load(name)
    for section in sorted(set(doc.variances["section"])):
        rows = table_totals(doc, section)
        try:
            last = bk.variance.contributions(doc, section).iloc[-1]
        except MissingDataError:
            continue
        if rows and (name, section) not in APART:
            agrees = last["amount"] == pytest.approx(rows[-1], abs=0.03)
            assert agrees == (last["kind"] == "total")


#: The text of putuo-finance-2024 calls 0.30 what the table prints as 2,961.68.
APART = {("putuo-finance-2024", "appropriation_balance")}


def table_totals(doc, section):
    """What a table prints in its rows of totals, of 三公 alone where it says more."""
    table = doc.figures[(doc.figures["table"] == section) & (doc.figures["level"] == "total")]
    own = table[table["measure"] == section]
    table = own if len(own) else table[table["measure"].isin(["total", "amount"])]
    return table["amount"].dropna().tolist()


@pytest.mark.parametrize("name", bk.datasets()["name"])
def test_a_section_has_nothing_twice(name):
    """Amounts of the parts never come to more than the total; what they lack is the rest."""
    doc = bk.load(name)
    for section in sorted(set(doc.variances["section"])):
        try:
            found = bk.variance.contributions(doc, section)
        except MissingDataError:
            continue
        whole = found.iloc[-1]
        parts, rest = (found[found["kind"] == kind] for kind in ("part", "rest"))
        assert parts["amount"].sum() <= whole["amount"] + 0.03
        for column in ("amount", "prior", "change"):
            told = parts[column].sum() + rest[column].sum()
            assert told == pytest.approx(whole[column], abs=0.2 if rest.empty else 0.001)


@pytest.mark.parametrize(
    ("name", "section", "amount"),
    [
        ("guangzhou-statistics-2026", "balance", 9483.72),
        ("shenzhen-statistics-2026", "balance", 5417.80),
        ("shanghai-affiliated-school-2026", "balance", 9378.0),
        ("jiangsu-npc-2017", "three_public", 833.60),
        ("jiangsu-npc-2018", "three_public", 833.60),
        ("jiangsu-npc-2019", "three_public", 767.60),
        ("suzhou-audit-2026", "three_public", 10.00),
    ],
)
def test_money_that_two_statements_tell_counts_once(name, section, amount):
    doc = bk.load(name)
    found = bk.variance.contributions(doc, section)
    assert found[found["kind"] == "part"]["amount"].sum() == pytest.approx(amount)
    assert found.iloc[-1]["amount"] == amount
    net = bk.variance.by_reason(doc, section)["net"].sum()
    assert net == pytest.approx(found.iloc[-1]["change"])


def test_jiangsu_party_office_2018_items_come_to_the_total_of_the_table():
    """Hospitality fell to 27.00, all else is as in the year before; the table has 508.20."""
    doc = bk.load("jiangsu-party-office-2018")
    last = bk.variance.what_if(doc, "three_public", ["公务接待费"]).iloc[-1]
    assert last["kind"] == "total"
    assert last[["amount", "what_if"]].tolist() == pytest.approx([508.2, 509.2])


def test_one_item_is_no_total():
    rows = [stated("公务接待费", 27.0, -1.0, section="three_public")]
    doc = document(*rows, figures=[figure("three_public", 1, "合计", "total", 508.2, "total")])
    last = bk.variance.what_if(doc, "three_public", ["公务接待费"]).iloc[-1]
    assert last[["kind", "amount", "what_if"]].tolist() == ["stated", 27.0, 28.0]
    assert "“三公”经费（仅已说明各项）预算为27.00万元" in bk.variance.narrative(doc)
    assert "hospitality (items stated only) of" in bk.variance.narrative(doc, "en")


def test_a_section_of_meetings_and_training_only():
    rows = [stated("会议费", 20.0, 1.0), stated("培训费", 10.0, 1.0)]
    doc = document(*(r | {"section": "three_public"} for r in rows))
    with pytest.raises(MissingDataError, match="about an item of three_public"):
        bk.variance.contributions(doc, "three_public")
    assert "2条增减说明" in bk.variance.narrative(doc)


def test_putuo_finance_2024_nothing_was_spent():
    """Budgeted were 0.95; what the text compares with last year is the 0.00 that were spent."""
    found = bk.load("putuo-finance-2024").variances
    assert (found.loc[found["section"] == "three_public", "amount"] == 0).all()


def test_amounts_that_leave_something_over_are_a_rest():
    """None of the parts has any money, the total has 0.95."""
    rows = [stated("公务接待费", 0.0, 0.0), stated("因公出国（境）费", 0.0, 0.0)]
    rows.append(stated("“三公”经费", 0.95, 0.0))
    doc = document(*(r | {"section": "three_public"} for r in rows))
    found = bk.variance.contributions(doc, "three_public")
    assert found.loc[found["kind"] == "rest", ["amount", "change"]].values.tolist() == [[0.95, 0.0]]


def test_spending_by_nature_is_no_item():
    rows = [
        stated("基本支出", 60.0, 6.0),
        stated("项目支出", 40.0, -1.0),
        stated("单位预留机动经费", 5.0, 1.0),
        stated("人员经费", 50.0, 5.0),
        stated("公用经费", 10.0, 1.0),
    ]
    doc = document(*(r | {"section": "expenditure"} for r in rows))
    found = variance.contributions(doc, "expenditure")
    assert set(found["item"]) == {"项目支出", "单位预留机动经费", "人员经费", "公用经费", "合计"}
    assert found.iloc[-1]["amount"] == 105.0


def test_no_percentage_to_draw_and_no_item_to_freeze():
    with pytest.raises(MissingDataError, match="no percentage in section 'three_public'"):
        plain = stated("公务接待费", 5.0, 5.0, section="three_public")
        variance.plot(document(plain), "percent", "three_public")
    doc = document(stated("单位资金", 50.0, 10.0))
    with pytest.raises(BudgetkitError, match="no item 1 in section income"):
        variance.what_if(doc, frozen=[1])
    assert not variance.what_if(doc, frozen=None)["frozen"].any()
