"""Income composition: shares, ratios, concentration, the matrix and its charts."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetkit as bk
from budgetkit import Disclosure, Meta, Table, income
from budgetkit.errors import MissingDataError

META = Meta("某局预算", "某局", 2024, "budget", None, "x.txt", "0")


def disclosure(amounts, level="total", table="income"):
    """A document whose income table has one row: measure to amount."""
    figures = [
        {"table": table, "row": 1, "level": level, "name": "合计", "measure": m, "amount": a}
        for m, a in amounts.items()
    ]
    tables = (Table(table, "收入总表", "万元", 2, 1, 1, tuple(amounts)),)
    return Disclosure(replace(META, tables=tables), {"figures": figures})


def without(doc, *tables):
    """The same document with some tables gone."""
    figures = doc.figures
    meta = replace(doc.meta, tables=tuple(t for t in doc.meta.tables if t.table not in tables))
    return Disclosure(meta, doc.frames | {"figures": figures[~figures["table"].isin(tables)]})


def lines(*printed, table="balance", total=None):
    """A document whose income has a line a source: name and amount."""
    figures = [
        {
            "table": table,
            "row": row,
            "level": "line",
            "name": name,
            "measure": "amount",
            "amount": a,
        }
        for row, (name, a) in enumerate(printed, start=1)
    ]
    if total is not None:
        figures.append(figures[-1] | {"row": 99, "level": "total", "name": "总计", "amount": total})
    if table == "balance":
        figures = [figure | {"side": "income"} for figure in figures]
    tables = (Table(table, "总表", "万元", 2, 1, len(figures), ("amount",)),)
    return Disclosure(replace(META, tables=tables), {"figures": figures})


def amounts(doc):
    return income.composition(doc).set_index("source")["amount"].to_dict()


def test_composition_of_the_bundled_document(bundled):
    sources = income.composition(bundled).set_index("source")
    assert sources["amount"].to_dict() == {
        "general_public_budget": 57011.15,
        "general_public_budget_transfer": 11557.63,
        "special_account": 8581.65,
        "nonfiscal_carryover": 4029.03,
        "unit_funds": 2965.57,
        "fiscal_carryover": 2472.05,
    }
    assert sources["share"].sum() == pytest.approx(1)
    assert sources["amount"].sum() == pytest.approx(86617.08)


def test_ratios_of_the_bundled_document(bundled):
    table = income.ratios(bundled).set_index("ratio")
    assert table["value"].round(4).to_dict() == {
        "fiscal_dependence": 0.7916,
        "transfer_dependence": 0.1334,
        "own_revenue": 0.1333,
        "carried_over": 0.0751,
        "unclassified": 0.0,
        "herfindahl": 0.4650,
        "effective_sources": 2.1506,
    }
    assert table.loc["own_revenue", "numerator"] == 11547.22


def test_a_subtotal_counts_only_where_its_parts_are_not_printed():
    whole = disclosure({"total": 10.0, "fiscal_appropriation": 8.0, "undertaking": 2.0})
    assert list(income.composition(whole)["source"]) == ["fiscal_appropriation", "undertaking"]
    parts = disclosure({"total": 8.0, "fiscal_appropriation": 8.0, "general_public_budget": 8.0})
    assert list(income.composition(parts)["source"]) == ["general_public_budget"]


def test_units_stand_in_for_a_total_that_is_not_printed():
    assert income.composition(disclosure({"undertaking": 2.0}, "unit"))["amount"].tolist() == [2.0]


def test_matrix(bundled):
    table = income.matrix(bundled)
    assert list(table.index.get_level_values("code")) == ["205", "208", "210", "211", "215", "221"]
    assert table.loc["205", "special_account"].item() == 8563.86
    assert table.to_numpy().sum() == pytest.approx(86617.08, abs=0.03)
    items = income.matrix(bundled, "item")
    assert len(items) == 26
    bk.use_language("en")
    assert "Education" in income.matrix(bundled).index.get_level_values("name")


def test_what_is_missing_is_named():
    bk.use_language("en")
    other = disclosure({"total": 1.0}, table="expenditure")
    with pytest.raises(MissingDataError, match=r"no table income.* it has: .*expenditure"):
        income.composition(other)
    with pytest.raises(MissingDataError, match="no functions of level Class"):
        income.matrix(disclosure({"undertaking": 2.0}))


def test_the_balance_stands_in_for_a_missing_income_table(bundled):
    doc = without(bundled, "income")
    assert income.composition(doc).attrs["table"] == "balance"
    assert amounts(doc) == {
        "general_public_budget": 57011.15,
        "general_public_budget_transfer": 11557.63,
        "special_account": 8581.65,
        "nonfiscal_carryover": 4029.03,
        "fiscal_carryover": 2472.05,
        "other": 2310.57,
        "business": 655.0,
    }
    by_columns = income.ratios(bundled).set_index("ratio")["value"]
    by_lines = income.ratios(doc).set_index("ratio")["value"]
    for ratio in income.RATIOS:
        assert by_lines[ratio] == pytest.approx(by_columns[ratio])


def test_a_column_headed_as_a_sum_is_not_a_source():
    doc = disclosure(
        {
            "total": 12.0,
            "本年收入/小计 (2)": 10.0,
            "general_public_budget": 10.0,
            "上年结转结余/小计 (12)": 2.0,
            "上年结转结余/一般公共预算资金 (13)": 2.0,
        }
    )
    assert amounts(doc) == {"general_public_budget": 10.0, "fiscal_carryover": 2.0}


def test_a_source_that_pays_nothing_is_left_out():
    doc = disclosure({"total": 3.0, "general_public_budget": 3.0, "government_fund": 0.0})
    assert amounts(doc) == {"general_public_budget": 3.0}


def test_lines_that_others_add_up_to_are_not_sources():
    doc = lines(
        ("一、财政拨款收入", 8.0),
        ("（一）一般公共预算拨款", 5.0),
        ("其中：专项债券", 1.0),
        ("（二）政府性基金预算拨款", 3.0),
        ("二、事业收入", 1.5),
        ("上年结转结余", 0.5),
        total=10.0,
    )
    # the memo repeats a part: it must neither count nor keep its neighbours from adding up
    assert amounts(doc) == {
        "general_public_budget": 5.0,
        "government_fund": 3.0,
        "undertaking": 1.5,
        "carryover": 0.5,
    }


def test_income_sources_are_read_line_by_line():
    doc = lines(("财政拨款", 6.0), ("专项捐赠", 1.0), table="income_sources", total=7.0)
    assert amounts(doc) == {"fiscal_appropriation": 6.0, "专项捐赠": 1.0}
    bk.use_language("en")
    assert list(income.composition(doc)["label"]) == ["Fiscal appropriation", "专项捐赠"]


def test_rounding_is_no_fault_and_a_difference_is():
    bk.use_language("en")
    assert amounts(lines(("事业收入", 1.01), ("其他收入", 1.01), total=2.03))
    with pytest.raises(MissingDataError, match=r"sources 2\.02, printed total 3\.00"):
        income.composition(lines(("事业收入", 1.01), ("其他收入", 1.01), total=3.0))


def test_a_table_that_does_not_add_up_gives_way_to_one_that_does():
    wrong = disclosure({"total": 5.0, "general_public_budget": 5.0, "government_fund": 5.0})
    right = lines(("一般公共预算拨款收入", 5.0), total=5.0)
    both = Disclosure(
        replace(META, tables=wrong.meta.tables + right.meta.tables),
        {"figures": pd.concat([wrong.figures, right.figures])},
    )
    found = income.composition(both)
    assert (found.attrs["table"], list(found["source"])) == ("balance", ["general_public_budget"])


def test_a_matrix_that_does_not_add_up_is_refused(bundled):
    bk.use_language("en")
    figures = bundled.figures
    hit = (figures["table"] == "income") & (figures["code"] == "205")
    doc = Disclosure(bundled.meta, bundled.frames | {"figures": figures[~hit]})
    with pytest.raises(MissingDataError, match=r"by Class does not add up to its total 86,617\.08"):
        income.matrix(doc)


def test_an_unknown_chart_is_named(bundled):
    with pytest.raises(bk.BudgetkitError, match="kind 'pie': expected one of composition, matrix"):
        income.plot(bundled, kind="pie")


@given(st.integers(1, 9), st.integers(1, 10**6))
def test_equal_sources_have_the_least_concentration(count, cent):
    names = [*income.RATIOS["own_revenue"], *income.RATIOS["carried_over"]][:count]
    doc = disclosure(dict.fromkeys(names, cent / 100))
    assert income.concentration(doc) == pytest.approx(1 / len(names))


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=9))
def test_herfindahl_lies_between_equal_shares_and_one(cents):
    names = [*income.RATIOS["own_revenue"], *income.RATIOS["carried_over"]]
    amounts = {name: cent / 100 for name, cent in zip(names, cents, strict=False)}
    index = income.concentration(disclosure(amounts))
    assert 1 / len(amounts) - 1e-9 <= index <= 1 + 1e-9


@pytest.mark.parametrize("name", bk.datasets()["name"])
def test_every_source_is_in_one_ratio(name):
    shares = income.ratios(bk.load(name)).set_index("ratio")["value"]
    parts = ["fiscal_dependence", "own_revenue", "carried_over", "unclassified"]
    assert shares[parts].sum() == pytest.approx(1)
