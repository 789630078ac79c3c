"""Stated reasons, sorted and added up."""

import pytest

import budgetkit as bk
from budgetkit import variance
from budgetkit.variance import causes
from tests.variance.made import document, stated


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
