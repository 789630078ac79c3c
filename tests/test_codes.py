"""Classification codes: complete, consistent, named in both languages."""

import re

import pandas as pd
import pytest

from budgetkit import codes, language

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("kind", ["functional", "economic"])
class TestTables:
    def test_shape(self, kind):
        table = codes.table(kind)
        assert list(table.columns) == ["code", "level", "parent", "zh", "en"]
        assert table["code"].is_unique
        assert table["code"].is_monotonic_increasing
        assert table["code"].str.fullmatch(r"\d{3}(\d{2}){0,2}").all()

    def test_every_parent_is_listed(self, kind):
        table = codes.table(kind)
        assert set(table["parent"].dropna()) <= set(table["code"])

    def test_names(self, kind):
        table = codes.table(kind)
        assert table["zh"].str.contains(CHINESE).all()
        assert not table["en"].str.contains(CHINESE).any()
        assert table["en"].str.strip().str.len().between(3, 60).all()

    def test_siblings_differ(self, kind):
        table = codes.table(kind)
        below = table.dropna(subset=["parent"])
        for name in ("zh", "en"):
            assert not below.duplicated(["parent", name]).any(), below[
                below.duplicated(["parent", name], keep=False)
            ]


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        ("205", "教育支出"),
        ("20503", "职业教育"),
        ("2050305", "高等职业教育"),
        ("2080505", "机关事业单位基本养老保险缴费支出"),
        ("2150508", "无线电及信息通信监管"),
        ("2210201", "住房公积金"),
        ("30101", "基本工资"),
        ("30231", "公务用车运行维护费"),
        ("50501", "工资福利支出"),
    ],
)
def test_names_known_by_heart(code, zh):
    assert codes.name(code) == zh


def test_language_in_use():
    assert codes.name("205", language="en") == "Education"
    with language.language("en"):
        assert codes.name("30101") == "Basic salary"


def test_unknown_codes_have_no_name():
    assert codes.name("2999999") is None
    assert codes.name("399999", "economic") is None


def test_codes_of_the_source_are_listed(source):
    used = source.figures["code"].dropna().unique()
    unnamed = [code for code in used if codes.name(code) is None]
    assert unnamed == []


def test_observed_codes_are_listed(shared):
    # harvested by pattern: names that are scraps of other text
    noise = {"20000", "292"}
    for kind in ("functional", "economic"):
        seen = pd.read_csv(shared / "codes" / f"{kind}.csv", dtype="str")
        seen = seen[seen["documents"].astype(int) >= 3]
        missing = set(seen["code"]) - set(codes.table(kind)["code"]) - noise
        assert missing == set(), kind
