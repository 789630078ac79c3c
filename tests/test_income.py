"""Income composition: shares, ratios, concentration, the matrix and its charts."""

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
    return Disclosure(
        Meta(**{f: getattr(META, f) for f in META.__slots__} | {"tables": tables}),
        {"figures": figures},
    )


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
    other = disclosure({"total": 1.0}, table="expenditure")
    with pytest.raises(MissingDataError, match=r"no table income .* it has: expenditure"):
        income.composition(other)
    with pytest.raises(MissingDataError, match="no functions of level 'class'"):
        income.matrix(disclosure({"undertaking": 2.0}))


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=9))
def test_herfindahl_lies_between_equal_shares_and_one(cents):
    names = [*income.RATIOS["own_revenue"], *income.RATIOS["carried_over"]]
    amounts = {name: cent / 100 for name, cent in zip(names, cents, strict=False)}
    index = income.concentration(disclosure(amounts))
    assert 1 / len(amounts) - 1e-9 <= index <= 1 + 1e-9


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["composition", "matrix"])
def test_charts_print(bundled, language, kind, drawn):
    bk.use_language(language)
    axes = drawn(income.plot(bundled, kind=kind))
    assert axes.get_title(loc="left")
    assert axes.get_xlabel()
