"""What a report says: every sentence, and the reports of hand-made and real documents."""

import itertools
import re

import pytest

import budgetkit as bk
from budgetkit import variance
from budgetkit.disclosure import Meta
from budgetkit.errors import LanguageError
from budgetkit.variance import narration
from budgetkit.vocabulary import words
from tests.variance.made import SOUND, TROUBLED, document, stated


def test_verbs_follow_their_thresholds():
    said = {}
    for percent in (0.0, 0.01, 0.49, 0.5, -4.99, 5.0, -19.9, 20.0, -99.0, 100.0):
        said[percent] = narration.verb(percent)[0]
    assert list(said.values()) == [
        "unchanged",
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
    "total_same": ("2024 某厅revenueK为A，V。", "In its 2024 K, revenue of 某厅 comes to A; it V."),
    "total_new": (
        "2024 某厅revenueK为A，上年没有安排。",
        "In its 2024 K, revenue of 某厅 comes to A; there was none last year.",
    ),
    "next_total": ("revenue为A，VC（P）。", "Revenue: A; it V by C (P)."),
    "next_total_same": ("revenue为A，V。", "Revenue: A; it V."),
    "next_total_new": ("revenue为A，上年没有安排。", "Revenue: A; there was none last year."),
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
        "3项的金额未能与表中的某一格对上，未能核对。",
        "Amounts not matched to a cell of the tables, so that they could not be checked: 3.",
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
        "项的金额未能与表中的某一格对上",
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


def test_statements_without_any_change_are_told_without_a_crash():
    doc = document(
        stated("高等职业教育", 50.0, None, section="general_expenditure", code="2050305")
    )
    assert variance.by_reason(doc).empty
    assert "能复算的0条" in variance.narrative(doc)


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


def test_a_language_that_is_none():
    with pytest.raises(LanguageError):
        variance.narrative(SOUND, "fr")


@pytest.mark.parametrize("name", bk.language.LANGUAGES)
def test_xinjiang_report(bundled, name):
    text = variance.narrative(bundled, name)
    assert len(text.split("\n\n")) == 7
    assert not any(mark in text for mark in ("nan", "None", "{", "<NA>"))
    if name == "en":
        assert "866.17 million yuan; it rose slightly by 24.25 million yuan (+2.88%)" in text
    else:
        assert "收入预算为86,617.08万元，比上年增加2,424.60万元（+2.88%）" in text
