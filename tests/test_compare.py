"""Departments, places and years side by side."""

from dataclasses import replace

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit import Disclosure
from budgetkit.errors import BudgetkitError, MissingDataError


@pytest.fixture(scope="module")
def table():
    return bk.compare.departments()


def test_one_row_a_disclosure(table):
    assert len(table) == len(bk.datasets())
    assert table[["department", "total", "basic"]].notna().all().all()
    rest = table["total"] - table["basic"] - table["project"]
    others = rest[rest.abs() > 0.02].index
    assert set(table.loc[others, "place"]) == {"江苏省"}  # 单位预留机动经费 beside the two


def test_totals_are_the_tables(table):
    for name in ("xinjiang-miit-2024", "shenzhen-statistics-2026", "jiangsu-party-office-2019"):
        doc = bk.load(name)
        own = table[(table["department"] == doc.meta.department) & (table["year"] == doc.meta.year)]
        figures = doc.figures
        first = figures[(figures["table"] == "expenditure") & (figures["row"] == 1)]
        assert own["total"].iloc[0] == first.set_index("measure").loc["total", "amount"]


def test_growth_needs_the_year_before(table):
    npc = table[table["department"] == "江苏省人大常委会办公厅"].set_index("year")
    assert npc["growth"].isna().tolist() == [True, False, False]
    assert npc.loc[2018, "growth"] == pytest.approx(15897.44 / 13649.07 - 1)


def test_staff_is_pay_and_payments_to_persons(table):
    own = table[table["department"] == "新疆维吾尔自治区工业和信息化厅"].iloc[0]
    rows = bk.load("xinjiang-miit-2024").wide("general_basic").set_index("code")
    assert own["staff"] == pytest.approx(rows.loc["301", "total"] + rows.loc["303", "total"])


@pytest.mark.parametrize(
    ("name", "staff", "basic"),
    [
        ("beijing-finance-2026", 25934.649992, 28016.258321),  # no classes are printed
        ("shenzhen-statistics-2026", 3601.77, 4104),  # in one table with the projects
    ],
)
def test_staff_is_found_where_it_is_printed_otherwise(name, staff, basic):
    own = bk.compare.departments(bk.load(name)).iloc[0]
    assert own["staff"] == staff
    assert own["staff_share"] == pytest.approx(staff / basic)


#: “三公”经费 as each document prints it (万元): together, abroad, vehicles, hospitality.
THREE_PUBLIC = {
    "beijing-finance-2026": (223.79925, 127.737, 84.42, 11.64225),  # one row
    "chongqing-science-2026": (207.46, 120, 32.5, 54.96),
    "guangzhou-statistics-2026": (19.86, 5, 6.7, 8.16),  # by lines
    "jiangsu-npc-2017": (833.6, 222.5, 183.6, 427.5),  # beside meetings and training
    "jiangsu-npc-2018": (833.6, 222.5, 183.6, 427.5),
    "jiangsu-npc-2019": (767.6, 199.25, 183.6, 384.75),
    "jiangsu-party-office-2017": (509.2, 70, 411.2, 28),
    "jiangsu-party-office-2018": (508.2, 70, 411.2, 27),
    "jiangsu-party-office-2019": (508.2, 70, 411.2, 27),  # a row without a name
    "putuo-finance-2024": (0, 0, 0, 0),  # spent nothing, says the text; planned 0.95
    "shanghai-affiliated-school-2026": (7.2, 6, 0, 1.2),
    "shenzhen-statistics-2026": (32.56, 16.8, 4.2, 11.56),  # by year and fund; the text
    "suzhou-audit-2026": (10, 0, 0, 10),
    "xinjiang-miit-2024": (301.38, 0, 299.22, 2.17),  # blank abroad, and none says the text
}


@pytest.mark.parametrize("name", bk.datasets()["name"])
def test_travel_vehicles_and_hospitality_are_as_printed(name):
    row = bk.compare.departments(bk.load(name)).iloc[0]
    assert tuple(row[["three_public", "abroad", "vehicles", "reception"]]) == THREE_PUBLIC[name]


@pytest.mark.parametrize(
    ("name", "vehicles"), [("guangzhou-statistics-2026", 6.7), ("xinjiang-miit-2024", 299.22)]
)
def test_a_line_of_the_table_tells_what_the_text_does_not(name, vehicles):
    doc = bk.load(name)
    silent = Disclosure(doc.meta, doc.frames | {"variances": doc.variances.iloc[:0]})
    assert bk.compare.departments(silent).iloc[0]["vehicles"] == vehicles


def test_what_is_not_printed_is_missing_and_not_nothing():
    doc = bk.load("xinjiang-miit-2024")
    silent = Disclosure(doc.meta, doc.frames | {"variances": doc.variances.iloc[:0]})
    row = bk.compare.departments(silent).iloc[0]
    assert pd.isna(row["abroad"])  # the cell is blank
    assert row["vehicles"] == 299.22
    figures = doc.figures[doc.figures["table"] != "three_public"]
    bare = Disclosure(doc.meta, silent.frames | {"figures": figures})
    row = bk.compare.departments(bare).iloc[0]
    assert row[["vehicles", "reception"]].isna().all()
    assert row["three_public"] == 301.38  # the text states the whole
    mute = Disclosure(doc.meta, bare.frames | {"facts": doc.facts.iloc[:0]})
    assert pd.isna(bk.compare.departments(mute).iloc[0]["three_public"])


def test_final_accounts_tell_what_was_spent():
    doc = bk.load("putuo-finance-2024")
    figures = doc.figures
    spent = figures[figures["table"] == "three_public"].assign(amount=0.5)
    spent["measure"] = spent["measure"].astype("str").str.replace("budget", "final")
    both = Disclosure(doc.meta, doc.frames | {"figures": pd.concat([figures, spent])})
    row = bk.compare.departments(both).iloc[0]
    assert tuple(row[["three_public", "abroad", "reception"]]) == (0.5, 0, 0.5)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["split", "years"])
def test_charts_have_titles_and_labels(language, kind):
    bk.use_language(language)
    ax = bk.compare.plot(kind=kind)
    assert ax.get_title(loc="left") == bk.language.label(f"compare.title_{kind}")
    texts = " ".join(text.get_text() for text in [*ax.texts, *ax.get_yticklabels()])
    assert "江苏省人大常委会办公厅" in texts


def test_departments_may_be_named_one_by_one():
    one, other = bk.load("suzhou-audit-2026"), bk.load("shenzhen-statistics-2026")
    pd.testing.assert_frame_equal(
        bk.compare.departments(one, other), bk.compare.departments([one, other])
    )
    assert len(bk.compare.plot(one, other).get_yticks()) == 2
    with pytest.raises(BudgetkitError, match=r"bk\.load\('suzhou-audit-2026'\)"):
        bk.compare.departments(other, "suzhou-audit-2026")


def test_charts_that_cannot_be():
    bk.use_language("en")
    with pytest.raises(BudgetkitError, match="expected one of split, years"):
        bk.compare.plot(kind="pie")
    with pytest.raises(MissingDataError, match="two years"):
        bk.compare.plot([bk.load("suzhou-audit-2026")], kind="years")


def test_a_department_grows_by_either_of_its_names():
    docs = [bk.load(f"jiangsu-party-office-{year}") for year in (2017, 2018)]
    table = bk.compare.departments(docs).set_index("year")
    growth = table.loc[2018, "total"] / table.loc[2017, "total"] - 1
    assert table.loc[2018, "growth"] == growth > 0.1
    assert table.loc[[2017], "growth"].isna().all()


def test_a_table_without_a_total_is_as_large_as_its_classes():
    row = bk.compare.departments([bk.load("putuo-finance-2024")]).iloc[0]
    assert row["staff_share"] == pytest.approx(row["staff"] / row["basic"])


@pytest.mark.parametrize(("name", "parts"), [("suzhou-audit-2026", 2), ("jiangsu-npc-2019", 3)])
def test_the_legend_names_what_is_drawn(name, parts):
    ax = bk.compare.plot([bk.load(name)])
    assert len(ax.get_legend().get_texts()) == parts


def test_labels_say_what_a_column_is_of():
    for language, growth, staff in (
        ("zh", "两年文件俱在", "一般公共预算基本支出的比重"),
        ("en", "years whose documents are both here", "basic expenditure of the general public"),
    ):
        bk.use_language(language)
        table = bk.compare.departments(bk.load("putuo-finance-2024"))
        labels = table.attrs["labels"]
        assert list(labels) == list(table)
        assert len(set(labels.values())) == len(labels)
        assert not set(labels.values()) & set(table)  # none is the column's own name
        assert growth in labels["growth"]
        assert staff in labels["staff_share"]


def test_the_total_leaves_out_what_is_carried_over():
    doc = bk.load("putuo-finance-2024")
    balance = doc.table("balance").query("level == 'total' and side == 'expenditure'")
    over = doc.table("balance").query("name == '年末结转和结余'")["amount"].sum()
    total = bk.compare.departments(doc)["total"].iloc[0]
    assert total + over == pytest.approx(balance["amount"].iloc[-1], abs=0.011)
    bk.use_language("zh")
    labels = bk.compare.departments(doc).attrs["labels"]
    assert "不含年末结转结余" in labels["total"]


def test_a_unit_does_not_grow_out_of_its_department(table):
    units = {"上海科技大学附属学校", "深圳市统计局（本级）"}
    assert set(table.loc[table["scope"] == "unit", "department"]) == units
    one, other = (bk.load(f"jiangsu-npc-{year}") for year in (2017, 2018))
    title = other.meta.title.replace("部门", "单位")
    unit = Disclosure(replace(other.meta, title=title), other.frames)
    assert bk.compare.departments(one, other)["growth"].notna().sum() == 1
    assert bk.compare.departments(one, unit)["growth"].isna().all()
    assert bk.compare.departments(one, unit, other)["growth"].notna().tolist().count(True) == 1
    with pytest.raises(MissingDataError):
        bk.compare.plot(one, unit, kind="years")


def test_two_totals_of_one_year_are_no_base():
    """A document given twice is one; another total of that year leaves the growth unknown."""
    one, other = (bk.load(f"jiangsu-npc-{year}") for year in (2017, 2018))
    figures = one.figures.assign(amount=one.figures["amount"] * 2)
    revised = Disclosure(one.meta, {**one.frames, "figures": figures})
    growth = bk.compare.departments(one, other)["growth"].iloc[-1]
    assert growth == bk.compare.departments(one, one, other)["growth"].iloc[-1] > 0
    assert bk.compare.departments(one, revised, other)["growth"].isna().all()
    empty = Disclosure(one.meta, {**one.frames, "figures": figures[:0]})
    assert bk.compare.departments(one, empty, other)["growth"].iloc[-1] == growth
