"""“三公”经费 in departments: small tables in, the amounts beside them."""

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.assembling import vocabulary

NAMES = ["three_public", "abroad", "vehicles", "reception"]
HEAD = "单位名称\t合计\t因公出国（境）费\t公务接待费\n"
HALVES = "单位名称\t预算数\t\t决算数\t\n\t合计\t公务接待费\t合计\t公务接待费\n"


@pytest.fixture
def told(read_text):
    """What `departments` says of a table of a budget or of final accounts."""

    def read(table, kind="预算"):
        title = f"“三公”经费支出{kind}表"
        doc = read_text(f"某某局2030年度部门{kind}\n{title}\n单位：万元\n{table}")
        row = bk.compare.departments(doc).iloc[0]
        assert row["kind"] == {"预算": "budget", "决算": "final"}[kind]
        return [None if pd.isna(row[name]) else row[name] for name in NAMES]

    return read


def test_units_without_a_total_add_up(told):
    table = f"{HEAD}甲局\t10.00\t6.00\t4.00\n乙局\t11.00\t6.00\t5.00\n"
    assert told(table) == [21, 12, None, 9]
    table = f"{HEAD}甲局\t10.00\t6.00\t4.00\n乙局\t5.00\t\t5.00\n"
    assert told(table) == [15, 6, None, 9]
    table = f"{HEAD}甲局\t6.00\t6.00\t\n乙局\t6.00\t6.00\t\n"
    assert told(table) == [12, 12, None, None]


def test_a_unit_that_holds_the_others_is_counted_alone(told):
    table = f"{HEAD}甲局\t10.00\t6.00\t4.00\n乙局\t7.00\t5.00\t2.00\n丙局\t3.00\t1.00\t2.00\n"
    assert told(table) == [10, 6, None, 4]
    table = f"{HEAD}甲局\t10.00\t6.00\t4.00\n甲局（本级）\t10.00\t6.00\t4.00\n"
    assert told(table) == [10, 6, None, 4]


def test_rows_that_are_no_units_are_not_taken_for_the_whole(told):
    table = HEAD.replace("单位名称", "项目") + "甲项\t10.00\t6.00\t4.00\n乙项\t11.00\t6.00\t5.00\n"
    assert told(table) == [None] * 4


@pytest.mark.parametrize("heads", ["预算数\t决算数", "2030年预算数\t2030年决算数"])
def test_final_accounts_by_lines_tell_what_was_spent(told, heads):
    lines = "合计\t5.00\t4.00\n因公出国（境）费\t3.00\t\n公务接待费\t2.00\t4.00\n"
    assert told(f"项目\t{heads}\n{lines}", "决算") == [4, None, None, 4]


def test_amounts_planned_and_spent_have_their_measures(read_text):
    table = "项目\t预算数\t决算数\n合计\t5.00\t4.00\n公务接待费\t2.00\t1.00\n"
    doc = read_text(f"“三公”经费支出决算表\n单位：万元\n{table}")
    wide = doc.wide("three_public")
    assert wide[["budget", "amount"]].to_numpy().tolist() == [[5, 4], [2, 1]]
    assert doc.notes.empty


def test_final_accounts_of_one_unit_are_their_own_total(told):
    assert told(f"{HALVES}某某局\t5.00\t2.00\t4.00\t1.00\n", "决算") == [4, None, None, 1]


def test_final_accounts_of_units_add_up(told):
    units = "甲局\t5.00\t2.00\t4.00\t1.00\n乙局\t5.00\t2.00\t4.00\t1.50\n"
    assert told(HALVES + units, "决算") == [8, None, None, 2.5]


def test_lines_with_both_years_amounts_tell_what_was_spent(told):
    head = "项目\t预算数\t\t决算数\t\n\t合计\t一般公共预算\t合计\t一般公共预算\n"
    lines = "合计\t5.00\t5.00\t4.00\t4.00\n公务接待费\t2.00\t2.00\t1.00\t1.00\n"
    assert told(head + lines, "决算") == [4, None, None, 1]


def test_a_plan_does_not_stand_in_for_what_was_spent(told):
    head = "单位名称\t2030年预算数\t\t决算数\t\n\t合计\t公务接待费\t合计\t公务接待费\n"
    assert told(f"{head}合计\t5.00\t2.00\t4.00\t\n", "决算") == [4, None, None, None]


def test_lines_of_vehicles(told):
    lines = "3.公务用车费\t5.00\n其中：运行维护费\t4.00\n购置\t1.00\n"
    assert told(f"项目\t金额\n合计\t12.00\n{lines}") == [12, None, 5, None]


@pytest.mark.parametrize("operation", ["公务用车维护费", "公务用车运行维护费"])
def test_vehicles_bought_and_kept_add_up(told, operation):
    lines = f"1.公务用车购置费\t1.00\n2.{operation}\t4.00\n"
    assert told(f"项目\t金额\n合计\t12.00\n{lines}") == [12, None, 5, None]
    head = f"项目\t合计\t公务用车购置费\t{operation}\n"
    assert told(f"{head}合计\t12.00\t1.00\t4.00\n") == [12, None, 5, None]
    assert told(f"{head}合计\t12.00\t\t4.00\n") == [12, None, None, None]


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("公务用车费", "vehicles"),
        ("公务用车经费", "vehicles"),
        ("公务用车费/小计", "vehicles"),
        ("公务用车购置及运行维护费预算数/小计", "vehicles"),
        ("公务用车费/购置费", "vehicle_purchase"),
        ("公务用车维护费", "vehicle_operation"),
        ("公务用车费/维护费", "vehicle_operation"),
        ("公务接待经费", "reception"),
        ("因公临时出国境费", "abroad"),
        ("公务用车数量/合计", "quantity"),
        ("公务用车保有量辆/合计", "quantity"),
        ("公务用车购置数量/购置", "quantity"),
        ("公务用车购置数/小计", "quantity"),
        ("决算数/公务用车保有量", "quantity_final"),
    ],
)
def test_headings(heading, measure):
    table = vocabulary.table_of("three_public")
    assert table.measure(heading) == measure


def test_counts_of_cars_are_no_money(read_text):
    head = "单位名称\t合计\t公务用车数量\n\t\t合计\n"
    doc = read_text(f"“三公”经费支出预算表\n单位：元\n{head}某某局\t50000.00\t3\n")
    assert doc.wide("three_public")[["total", "quantity"]].to_numpy().tolist() == [[5, 3]]
    assert not vocabulary.is_money("quantity_final")
