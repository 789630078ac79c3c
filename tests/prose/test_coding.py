"""Functional codes from 类, 款 and 项; names vary, parents have to agree."""

import pytest

from budgetkit import codes
from budgetkit.assembling.vocabulary import by_name
from budgetkit.prose import coding
from budgetkit.prose.subjects import item


@pytest.fixture(autouse=True)
def names(monkeypatch):
    known = {
        "205": "教育支出",
        "20503": "职业教育",
        "2050305": "高等职业教育",
        "20599": "其他教育支出",
        "2059999": "其他教育支出",
        "208": "社会保障和就业支出",
        "20805": "行政事业单位养老支出",
        "2080501": "行政单位离退休",
        "21101": "环境保护管理事务",
        "211": "节能环保支出",
        "2110101": "行政运行",
        "21505": "工业和信息产业监管",
        "215": "资源勘探工业信息等支出",
        "2150501": "行政运行",
    }
    both = {code: (name, name) for code, name in known.items()}
    monkeypatch.setattr(codes, "_names", lambda kind: both)
    for cached in (by_name, coding._best):
        cached.cache_clear()
    yield
    for cached in (by_name, coding._best):
        cached.cache_clear()


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("教育支出（类）职业教育（款）高等职业教育（项）", "2050305"),
        ("节能环保支出（类）环境保护管理事务（款）行政运行（项）", "2110101"),
        ("资源勘探工业信息等支出（类）工业和信息产业监管（款）行政运行（项）", "2150501"),
        ("社会保障和就业（类）支出", "208"),
        ("行政事业单位养老支出（类）行政单位离退休支出（项）", "2080501"),  # 类 printed for 款
        ("社会保障和就业支出", "208"),
        ("行政运行（项）", None),  # two codes have this name
        ("教育支出（类）环境保护管理事务（款）行政运行（项）", None),  # parents disagree
        ("基本支出", None),
        ("教育支出（类）没有的款（款）没有的项（项）", None),
    ],
)
def test_codes(printed, code):
    assert coding.code(item(printed) or item(f"{printed}（类）")) == code


def test_the_rest_of_a_class_is_never_the_name_without_other():
    assert coding.code(item("教育支出（类）教育支出（款）")) is None
