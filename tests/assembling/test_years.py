"""Tables whose rows are years: columns of the year, the year before, and the change."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetkit.assembling.records import Record
from budgetkit.assembling.years import by_year
from budgetkit.language import language as speaking
from budgetkit.notes import Notes

TITLE = "某市甲局2026年部门预算\n“三公”经费支出表\n单位：万元\n"
HEAD = TITLE + "预算单位\t年度\t总计\t因公出国（境）费\t公务接待费\n"


def wide(read_text, rows):
    return read_text(HEAD + rows).wide("three_public")


def test_shenzhen_prints_a_row_a_year(read_text):
    rows = (
        "甲局（本级）\t2025年\t9.00\t4.00\t5.00\n\t2026年\t7.00\t1.00\t6.00\n"
        "\t增减变化金额\t-2.00\t-3.00\t1.00\n"
        "甲局服务中心\t2025年\t2.00\t\t2.00\n\t2026年\t3.00\t\t3.00\n"
        "\t增减变化金额\t1.00\t\t1.00\n"
    )
    found = wide(read_text, rows)
    assert found["name"].tolist() == ["甲局（本级）", "甲局服务中心"]
    assert found["level"].tolist() == ["unit", "unit"]
    assert found[["total", "prior", "change"]].to_numpy().tolist() == [[7, 9, -2], [3, 2, 1]]
    assert found[["reception", "prior_reception", "change_reception"]].to_numpy().tolist() == [
        [6, 5, 1],
        [3, 2, 1],
    ]
    assert found.loc[0, "prior_abroad"] == 4


def test_the_note_says_so_in_both_languages(read_text):
    doc = read_text(HEAD + "甲局\t2025年\t9.00\t4.00\t5.00\n甲局\t2026年\t7.00\t1.00\t6.00\n")
    told = []
    for language in ("zh", "en"):
        with speaking(language):
            notes = doc.notes
            told.append(notes.loc[notes["key"] == "years_as_rows", "message"].item())
    assert "2025年" in told[0] and "2025年" in told[1]
    assert told[0] != told[1]


def test_a_total_of_all_units_stays_a_total(read_text):
    rows = "甲局\t2025年\t9.00\t4.00\t5.00\n\t2026年\t7.00\t1.00\t6.00\n"
    found = wide(read_text, rows + rows.replace("甲局", "合计"))
    assert found["level"].tolist() == ["unit", "total"]


def test_without_a_unit_the_row_is_named_after_the_year(read_text):
    head = "年度\t总计\t公务接待费\n"
    doc = read_text(TITLE + head + "2026年\t7.00\t7.00\n2025年\t9.00\t9.00\n")
    assert doc.wide("three_public")[["name", "total", "prior"]].to_numpy().tolist() == [
        ["2026年", 7, 9]
    ]


def test_rows_of_three_years_or_of_something_else_stay_rows(read_text):
    years = "".join(f"甲局\t{year}年\t9.00\t4.00\t5.00\n" for year in (2024, 2025, 2026))
    assert len(wide(read_text, years)) == 3
    other = "甲局\t2025年\t9.00\t4.00\t5.00\n\t2026年\t7.00\t1.00\t6.00\n\t其他\t1.00\t1.00\t\n"
    assert len(wide(read_text, other)) == 3


def figures(read_text, text):
    found = read_text(text).figures[["unit", "name", "measure", "amount"]]
    return found.astype("object").fillna("").to_numpy().tolist()


def test_no_amount_takes_the_place_of_another(read_text):
    """Columns 合计 and 金额 would both be ``prior`` and ``change``."""
    head = TITLE + "单位\t年度\t“三公”经费总额\t合计\t金额\n"
    rows = "甲局\t2025年\t10.00\t6.00\t4.00\n甲局\t2026年\t12.00\t7.00\t5.00\n"
    found = figures(read_text, head + rows + "甲局\t增减额\t2.00\t1.00\t1.00\n")
    assert [row[3] for row in found] == [10, 6, 4, 12, 7, 5, 2, 1, 1]
    assert [row[1] for row in found[::3]] == ["甲局 / 2025年", "甲局 / 2026年", "甲局 / 增减额"]


@pytest.mark.parametrize("heading", ["预算单位", "单位", "部门", "项目"])
def test_rows_of_different_names_are_no_row(read_text, heading):
    head = TITLE + f"{heading}\t年度\t总计\t公务接待费\n"
    found = figures(read_text, head + "甲局\t2025年\t10.00\t1.00\n乙局\t2026年\t12.00\t2.00\n")
    assert [row[1:] for row in found] == [
        ["甲局", "prior", 10],
        ["甲局", "prior_reception", 1],
        ["乙局", "total", 12],
        ["乙局", "reception", 2],
    ]


def test_a_name_beside_the_year_stays_the_name(read_text):
    head = TITLE + "部门\t项目\t年度\t总计\n"
    rows = "甲局\t出国\t2025年\t10.00\n乙局\t出国\t2025年\t8.00\n"
    found = figures(read_text, head + rows + rows.replace("2025", "2026"))
    assert [row[1:] for row in found] == [
        ["甲局 / 出国", "prior", 10],
        ["甲局 / 出国", "total", 10],
        ["乙局 / 出国", "prior", 8],
        ["乙局 / 出国", "total", 8],
    ]


def test_a_budget_stands_not_beside_accounts(read_text):
    head = TITLE.replace("2026", "2024") + "年度\t总计\n"
    budgets = "2023年预算数\t10.00\n2024年预算数\t12.00\n"
    accounts = "2023年决算数\t9.00\n"
    assert [row[2] for row in figures(read_text, head + budgets)] == ["prior", "total"]
    first, second = budgets.splitlines(keepends=True)
    assert figures(read_text, head + first + accounts + second) == [
        ["", "2023年预算数", "total", 10],
        ["", "2023年决算数", "total", 9],
        ["", "2024年预算数", "total", 12],
    ]
    assert [row[2] for row in figures(read_text, head + accounts + second)] == ["total"] * 2


@pytest.mark.parametrize(
    "names",
    [
        ("2025年决算数", "2026年决算数"),
        ("2025年", "2026年预算数"),
        ("2025年决算", "2026年"),
        ("2025年", "2025年度", "2026年"),
    ],
)
def test_years_of_accounts_of_two_kinds_and_twice_stay_rows(read_text, names):
    rows = [[name, "total", amount] for amount, name in enumerate(names, start=9)]
    text = TITLE + "年度\t总计\n" + "".join(f"{name}\t{money}.00\n" for name, _, money in rows)
    assert [row[1:] for row in figures(read_text, text)] == rows


def test_a_year_above_the_first_name_stays_a_row(read_text):
    rows = "\t2025年\t9.00\t4.00\t5.00\n甲局\t2026年\t7.00\t1.00\t6.00\n"
    assert wide(read_text, rows)["name"].tolist() == ["2025年", "2026年"]


@pytest.mark.parametrize("years", [(2024, 2025), (2026, 2027), (2024, 2026)])
def test_this_year_is_that_of_the_document(read_text, years):
    rows = "".join(f"甲局\t{year}年\t9.00\t4.00\t5.00\n" for year in years)
    assert len(wide(read_text, rows)) == 2


def test_without_a_known_year_rows_stay_rows():
    rows = [Record(1, False, name=f"{y}年", amounts={"total": Decimal(y)}) for y in (2025, 2026)]
    assert len(by_year(rows, None, Notes())[0]) == 2
    assert len(by_year(rows, 2026, Notes())[0]) == 1


def test_a_change_in_quantity_is_no_change_in_money(read_text):
    head = TITLE.replace("万元", "元") + "年度\t总计\t数量\n"
    found = figures(read_text, head + "2025年\t10000\t3\n2026年\t20000\t5\n增减额\t10000\t2\n")
    assert [row[3] for row in found] == [1, 3, 2, 5, 1, 2]


def test_an_amount_is_looked_up_where_it_stands(read_text):
    rows = "甲局\t2025年\t9.00\t4.00\t5.00\n\t2026年\t7.00\t1.00\t6.00\n"
    found = read_text(HEAD + rows).figures.set_index("measure")["page"]
    assert found["prior"] == 5
    assert found["total"] == 6


PERIODS = ["2025年", "2026年", "增减额"]
NAMES = [*PERIODS, "2025年决算数", "2026年预算数", "其他", ""]
AMOUNTS = st.dictionaries(
    st.sampled_from(["total", "amount", "abroad", "prior_abroad"]),
    st.integers(0, 9).map(Decimal),
    max_size=3,
)


@st.composite
def rows_by_year(draw):
    """Rows of both years and the change, in any order, and up to two of any name more."""
    names = draw(st.permutations(PERIODS)) + draw(st.lists(st.sampled_from(NAMES), max_size=2))
    overs, units = (
        st.sampled_from(["", "", "甲局", "2025年"]),
        st.sampled_from([None, None, "甲局"]),
    )
    return [
        Record(1, False, name=name, over=draw(overs), unit=draw(units), amounts=draw(AMOUNTS))
        for name in names
    ]


@given(rows_by_year())
def test_all_amounts_are_there_afterwards(rows):
    before = Counter(value for row in rows for value in row.amounts.values())
    after, _ = by_year(rows, 2026, Notes())
    assert Counter(value for row in after for value in row.amounts.values()) == before
