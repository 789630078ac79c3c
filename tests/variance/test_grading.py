"""Statements held against their witnesses: the percentage, the table, last year's document."""

import itertools
from dataclasses import replace

import pytest

import budgetkit as bk
from budgetkit import variance
from budgetkit.disclosure import Disclosure, Meta
from budgetkit.errors import MissingDataError
from budgetkit.vocabulary import words
from tests.variance.made import document, figure, stated

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
    "table_none": ("未能与表中的某一格对上", "the amount was not matched to a cell of the tables"),
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
            "no percentage can be recomputed; the amount was not matched to a cell of the tables; "
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


def test_jiangsu_party_office_2018_unchanged_is_no_witness_of_itself():
    row = stated("公务接待费", 27.0, 0.0, 0.0, section="three_public")
    printed = figure("three_public", 1, "公务接待费", "amount", 27.0)
    alone, beside = document(row), document(row, figures=[printed])
    assert variance.graded(alone)["grade"].tolist() == ["unchecked"]
    found = variance.graded(beside).loc[0, ["percentage", "table", "grade"]]
    assert found.tolist() == ["none", "agrees", "verified"]


def test_without_last_years_document_it_is_no_witness():
    found = variance.graded(GRADED).set_index("item")
    assert (found["earlier"] == "none").all()
    assert found["before"].isna().all()
    assert found.loc["经营收入", "grade"] == "verified"
    assert found.loc["捐赠收入", "why"] == "没有可以复算的百分比；未能与表中的某一格对上"


@pytest.mark.parametrize("year", [2018, 2019])
def test_stated_changes_of_jiangsu_npc_agree_with_the_document_before(year):
    found = variance.graded(bk.load(f"jiangsu-npc-{year}"), bk.load(f"jiangsu-npc-{year - 1}"))
    counts = found["earlier"].value_counts()
    assert counts["agrees"] >= 23
    assert counts["differs"] == 0


@pytest.mark.parametrize("name", ["jiangsu-npc", "jiangsu-party-office"])
@pytest.mark.parametrize("year", [2018, 2019])
def test_jiangsu_every_item_of_last_years_tables_is_found(name, year):
    found = variance.graded(bk.load(f"{name}-{year}"), bk.load(f"{name}-{year - 1}"))
    assert not (found["prior"].fillna(0).ne(0) & (found["earlier"] != "agrees")).any()


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
    bk.use_language("en")
    with pytest.raises(MissingDataError, match="needs the document of the year before"):
        variance.graded(bk.load("jiangsu-npc-2019"), bk.load("jiangsu-npc-2017"))


def test_documents_of_two_departments_or_two_kinds():
    bk.use_language("en")
    ours, others = bk.load("jiangsu-npc-2018"), bk.load("jiangsu-party-office-2017")
    with pytest.raises(MissingDataError, match="the same department's document"):
        variance.graded(ours, others)
    meta = replace(LAST.meta, kind="final")
    with pytest.raises(MissingDataError, match="two of a kind"):
        variance.graded(GRADED, Disclosure(meta, LAST.frames))
    meta = replace(LAST.meta, title=LAST.meta.title.replace("部门预算", "单位预算"))
    with pytest.raises(MissingDataError, match="Unit's budget; needs two of a kind"):
        variance.graded(GRADED, Disclosure(meta, LAST.frames))
    nameless = Disclosure(replace(LAST.meta, department=None), LAST.frames)
    assert "verified" in set(variance.graded(GRADED, nameless)["grade"])


def test_a_department_by_either_of_its_names():
    docs = [bk.load(f"jiangsu-party-office-{year}") for year in (2018, 2017)]
    assert (variance.graded(*docs)["earlier"] == "agrees").sum() > 10


def test_shanghai_school_2026_whole_amounts_agree_with_exact_ones():
    found = variance.graded(bk.load("shanghai-affiliated-school-2026"))
    assert found.loc[0, ["amount", "cell", "table"]].tolist() == [9378.0, 9378.4514, "agrees"]
