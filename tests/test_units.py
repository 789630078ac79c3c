"""Unit comparisons: ranks, categories, Lorenz and Gini, peers and the charts."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetkit as bk
from budgetkit import Disclosure, Meta, units
from budgetkit.errors import BudgetkitError, MissingDataError
from budgetkit.units.charts import _middle

META = Meta("某局预算", "某局", 2024, "budget", None, "x.txt", "0")


def disclosure(amounts, others=()):
    """A document whose project table has one row a unit, and that lists other units too."""
    figures = [
        {
            "table": "general_projects",
            "row": row,
            "level": "unit",
            "name": name,
            "unit": name,
            "measure": "total",
            "amount": amount,
        }
        for row, (name, amount) in enumerate(amounts.items(), start=1)
    ]
    listed = [{"no": n, "unit": unit} for n, unit in enumerate([*amounts, *others], start=1)]
    return Disclosure(META, {"figures": figures, "units": listed})


def test_projects_of_the_bundled_document(bundled):
    table = units.projects(bundled)
    assert len(table) == 29
    assert table["amount"].sum() == pytest.approx(29668.18, abs=0.005)
    assert table["cumulative"].iloc[-1] == pytest.approx(1)
    assert table.set_index("unit").loc["新疆轻工职业技术学院", ["rank", "kind"]].tolist() == [
        2,
        "partly_funded",
    ]


def test_carryovers_of_the_bundled_document(bundled):
    table = units.carryovers(bundled)
    assert len(table) == 24
    assert table["amount"].sum() == pytest.approx(6501.08, abs=0.02)


def test_equal_amounts_share_a_rank():
    assert units.projects(disclosure({"a": 1.0, "b": 3.0, "c": 1.0}))["rank"].tolist() == [1, 2, 2]


def test_by_category(bundled):
    table = units.by_category(bundled)
    assert list(table.columns) == [
        "wages",
        "goods_services",
        "household_transfers",
        "capital",
        "enterprise_subsidy",
    ]
    assert table["capital"].sum() == pytest.approx(5967.67)
    assert table.sum(axis=1).iloc[0] == pytest.approx(20611.94)


def test_peers(bundled):
    assert set(units.peer_groups(bundled)["group"]) == {"无线电管理局"}
    table = units.peers(bundled)
    assert len(table) == 16
    assert table.loc[0, "unit"] == "乌鲁木齐市无线电管理局"
    assert table["relative"].median() == pytest.approx(1)
    # the only bureau without any carry-over
    none = table[table["carryovers"] == 0]["unit"].tolist()
    assert none == ["博尔塔拉蒙古自治州无线电管理局"]
    assert len(units.peers(bundled, "学院")) == 2


@pytest.mark.parametrize(
    ("amounts", "others", "gini"),
    [
        ({"a": 5.0, "b": 5.0}, (), 0.0),
        ({"a": 5.0}, ("b", "c", "d"), 0.75),
        ({"a": 1.0, "b": 3.0}, (), 0.25),
        ({"a": 0.0}, ("b",), 0.0),
    ],
)
def test_gini_by_hand(amounts, others, gini):
    assert units.gini(disclosure(amounts, others)) == pytest.approx(gini)


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=30))
def test_gini_and_lorenz_keep_their_bounds(cents):
    doc = disclosure({f"u{i}": cent / 100 for i, cent in enumerate(cents)})
    curve = units.lorenz(doc)
    assert (curve["money"] <= curve["units"] + 1e-9).all()
    assert curve["money"].is_monotonic_increasing
    assert -1e-9 <= units.gini(doc) <= 1 - 1 / len(cents) + 1e-9


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=9), st.integers(2, 50))
def test_gini_does_not_depend_on_the_unit_of_money(cents, factor):
    one = disclosure({f"u{i}": cent / 100 for i, cent in enumerate(cents)})
    other = disclosure({f"u{i}": cent * factor / 100 for i, cent in enumerate(cents)})
    assert units.gini(one) == pytest.approx(units.gini(other))


def test_what_is_missing_is_named(bundled):
    bk.use_language("en")
    empty = Disclosure(META, {})
    for function in (units.projects, units.carryovers, units.lorenz, units.by_category):
        with pytest.raises(MissingDataError, match="by unit"):
            function(empty)
    with pytest.raises(MissingDataError, match="lists no budget units"):
        units.peer_groups(empty)
    with pytest.raises(MissingDataError, match="no unit's name has '气象台'"):
        units.peers(bundled, "气象台")


@pytest.mark.parametrize(
    ("amounts", "told"),
    [([59.89, 59.90], "59.895"), ([1, 2000], "1,000.50"), ([2.17], "2.17"), ([100, 300], "200.00")],
)
def test_a_median_is_printed_exactly(amounts, told):
    assert _middle(pd.Series(amounts, dtype="float64")) == told


def test_the_chart_of_peers_prints_its_median_exactly(bundled, drawn):
    bk.use_language("en")
    texts = [text.get_text().strip() for text in units.plot(bundled, "peers").texts]
    assert "Median 59.895" in texts


GUANGZHOU = "guangzhou-statistics-2026"


def test_guangzhou_has_its_units_in_other_tables():
    doc = bk.load(GUANGZHOU)
    table = units.projects(doc)
    assert table["amount"].tolist() == [1075.05, 7.0]
    assert table.attrs["table"] == "project_expenditure"
    assert units.ranked(doc, "basic_expenditure")["amount"].sum() == pytest.approx(8401.68)
    assert units.ranked(doc, "income").attrs["table"] == "income"
    assert len(units.unit_projects(doc, "广州市统计局")) == 9
    wages = units.unit_projects(doc, "广州市统计局", "basic_expenditure")
    assert wages["amount"].sum() == pytest.approx(5673.23)
    assert wages["project"].notna().all()
    assert units.unit_projects(doc, "广州市统计局", "income").empty
    assert len(units.lorenz(doc)) == 1 + 3
    with pytest.raises(MissingDataError, match=r"income.*basic_expenditure.*project_expenditure"):
        units.carryovers(doc)
    with pytest.raises(MissingDataError, match="general_projects"):
        units.by_category(doc)


@pytest.mark.parametrize("kind", ["income", "unit_basic_expenditure", "unit_projects"])
def test_a_chart_says_which_table_the_units_come_from(kind, drawn):
    bk.use_language("en")
    axes = units.plot(bk.load(GUANGZHOU), kind, unit="广州市统计局")
    table = {"income": "income", "unit_basic_expenditure": "basic_expenditure"}
    label = bk.language.label(f"table.{table.get(kind, 'project_expenditure')}")
    assert label in axes.get_title(loc="left")
    assert axes.get_figure().get_supxlabel().endswith(label)


def test_one_unit_alone_is_compared_by_its_projects_only():
    assert units.ranking.choices(bk.load("shenzhen-statistics-2026")) == ["projects"]
    with pytest.raises(MissingDataError, match=r"只有一个单位.*income.*procurement"):
        units.ranking.choices(bk.load("suzhou-audit-2026"))


def test_peers_of_a_document_without_carryovers_by_unit_have_none_known(drawn):
    doc = disclosure({"甲区监狱": 1.0, "乙区监狱": 2.0, "丙区监狱": 4.0})
    table = units.peers(doc, "监狱")
    assert table["carryovers"].isna().all()
    assert table["carryover_ratio"].isna().all()


@pytest.mark.slow
def test_the_eighteen_units_of_guangzhou_justice(shared):
    doc = bk.read(shared / "corpus" / "guangzhou-justice-2026.pdf")
    assert units.ranking.choices(doc) == ["projects", "income", "basic_expenditure"]
    for what in units.ranking.choices(doc):
        assert len(units.ranked(doc, what)) == 18
    assert len(units.peers(doc, "强制隔离戒毒所")) == 7


def test_a_mistyped_name_of_what_to_compare(bundled):
    with pytest.raises(BudgetkitError, match="no 'projekts' to compare; did you mean 'projects'"):
        units.ranked(bundled, "projekts")
