"""A section's change split into its items: each counts once, what they lack is the rest."""

import pytest

import budgetkit as bk
from budgetkit import variance
from budgetkit.errors import BudgetkitError, MissingDataError
from tests.variance.made import SOUND, document, figure, of_section, stated


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
    found = variance.contributions(of_section("three_public", *rows), "three_public")
    assert found["kind"].tolist() == ["part", "part", "rest", "total"]
    assert found["change"].tolist() == [-1.5, -3.0, -0.5, -5.0]


def test_a_difference_within_rounding_is_no_rest():
    rows = [
        stated("“三公”经费", 301.38, -26.43),
        stated("公务用车运行费", 299.22, -23.18),
        stated("公务接待费", 2.17, -3.26),
    ]
    found = variance.contributions(of_section("three_public", *rows), "three_public")
    assert found["kind"].tolist() == ["part", "part", "total"]


def test_items_stand_for_natures_and_subtotals():
    rows = [
        stated("基本支出", 60.0, 6.0),
        stated("项目支出", 40.0, -1.0),
        stated("教育支出", 70.0, 4.0, code="205"),
        stated("高等职业教育", 70.0, 4.0, code="2050305"),
        stated("住房公积金", 30.0, 1.0, code="2210201"),
    ]
    doc = of_section("general_expenditure", *rows)
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


def test_a_total_that_did_not_change_has_no_shares():
    found = variance.contributions(
        document(stated("单位资金", 50.0, 10.0), stated("教育收费", 50.0, -10.0))
    )
    assert found["share"].isna().all()
    assert found.iloc[-1]["change"] == 0


def test_amounts_that_leave_something_over_are_a_rest():
    """None of the parts has any money, the total has 0.95."""
    rows = [stated("公务接待费", 0.0, 0.0), stated("因公出国（境）费", 0.0, 0.0)]
    rows.append(stated("“三公”经费", 0.95, 0.0))
    doc = of_section("three_public", *rows)
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
    doc = of_section("expenditure", *rows)
    found = variance.contributions(doc, "expenditure")
    assert set(found["item"]) == {"项目支出", "单位预留机动经费", "人员经费", "公用经费", "合计"}
    assert found.iloc[-1]["amount"] == 105.0


def test_one_item_is_no_total():
    rows = [stated("公务接待费", 27.0, -1.0, section="three_public")]
    doc = document(*rows, figures=[figure("three_public", 1, "合计", "total", 508.2, "total")])
    last = bk.variance.what_if(doc, "three_public", ["公务接待费"]).iloc[-1]
    assert last[["kind", "amount", "what_if"]].tolist() == ["stated", 27.0, 28.0]
    assert "“三公”经费（仅已说明各项）预算为27.00万元" in bk.variance.narrative(doc)
    assert "hospitality (items stated only) of" in bk.variance.narrative(doc, "en")


def test_a_section_of_meetings_and_training_only():
    rows = [stated("会议费", 20.0, 1.0), stated("培训费", 10.0, 1.0)]
    doc = of_section("three_public", *rows)
    with pytest.raises(MissingDataError, match="没有逐项说明增减"):
        bk.variance.contributions(doc, "three_public")
    assert "2条增减说明" in bk.variance.narrative(doc)


def test_what_is_missing_is_said_with_a_way_out():
    bk.use_language("en")
    with pytest.raises(MissingDataError, match="read last year's document"):
        variance.recompute(document())
    with pytest.raises(
        MissingDataError, match=r"there are some in: .*\(agency_operating\), .*\(three_public\)"
    ):
        variance.contributions(SOUND, "income")
    with pytest.raises(BudgetkitError, match="waterfall, percent, reasons"):
        variance.plot(SOUND, "pie")


def test_no_percentage_to_draw_and_no_item_to_freeze():
    bk.use_language("en")
    with pytest.raises(MissingDataError, match="no percentage in “Official travel"):
        plain = stated("公务接待费", 5.0, 5.0, section="three_public")
        variance.plot(document(plain), "percent", "three_public")
    doc = document(stated("单位资金", 50.0, 10.0))
    with pytest.raises(BudgetkitError, match="no item 1 in section income"):
        variance.what_if(doc, frozen=[1])
    assert not variance.what_if(doc, frozen=None)["frozen"].any()


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


@pytest.mark.parametrize(
    ("name", "section", "bars"),
    [
        ("guangzhou-statistics-2026", "balance", 1),  # one item
        ("shenzhen-statistics-2026", "three_public", 1),  # one that changed
        ("guangzhou-statistics-2026", "three_public", 4),
        ("jiangsu-npc-2018", "three_public", 1),  # nothing changed: the total alone
    ],
)
def test_a_total_that_repeats_the_only_bar_has_none(name, section, bars):
    doc = bk.load(name)
    assert len(bk.variance.plot(doc, section=section).patches) == bars


def test_a_total_beside_a_frozen_item_stays():
    doc = bk.load("guangzhou-statistics-2026")
    item = bk.variance.contributions(doc, "balance")["item"].iloc[0]
    ax = bk.variance.plot(doc, section="balance", frozen=[item])
    assert len(ax.get_yticks()) == 2
