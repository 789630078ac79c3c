"""Departments, places and years side by side."""

import pytest

import budgetkit as bk
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


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["split", "years"])
def test_charts_have_titles_and_labels(language, kind):
    bk.use_language(language)
    ax = bk.compare.plot(kind=kind)
    assert ax.get_title(loc="left") == bk.language.label(f"compare.title_{kind}")
    texts = " ".join(text.get_text() for text in [*ax.texts, *ax.get_yticklabels()])
    assert "江苏省人大常委会办公厅" in texts


def test_charts_that_cannot_be():
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
