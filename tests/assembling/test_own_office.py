"""The department's own office in tables by unit: its text may not list it as a unit."""

import pytest

import budgetkit as bk

UNITS = "2030年甲市财政局部门预算\n二、机构设置\n甲市财政局的预算单位包括：甲市评审中心。\n"
TABLE = "项目支出预算表\n部门：甲市财政局\n单位：万元\n项目\t合计\n合计\t9.00\n"


def projects(read_text, rows, table=TABLE):
    figures = read_text(UNITS + table + rows).figures
    return figures[["level", "unit", "name"]].astype("object").fillna("").to_numpy().tolist()[1:]


@pytest.mark.parametrize(
    "own", ["甲市财政局", "甲市财政局（本级）", "甲市财政局本级", "甲市财政局(机关)"]
)
def test_it_heads_its_rows_like_any_other_unit(read_text, own):
    rows = f"{own}\t6.00\n维修经费\t6.00\n甲市评审中心\t3.00\n评审经费\t3.00\n"
    assert projects(read_text, rows) == [
        ["unit", "甲市财政局", own],
        ["project", "甲市财政局", "维修经费"],
        ["unit", "甲市评审中心", "甲市评审中心"],
        ["project", "甲市评审中心", "评审经费"],
    ]


def test_it_may_come_after_other_units(read_text):
    rows = "甲市评审中心\t3.00\n评审经费\t3.00\n甲市财政局\t6.00\n维修经费\t6.00\n"
    assert [unit for _, unit, _ in projects(read_text, rows)] == [
        *["甲市评审中心"] * 2,
        *["甲市财政局"] * 2,
    ]


def test_its_project_named_after_it_is_no_unit(read_text):
    rows = "甲市财政局\t6.00\n甲市财政局信息化项目\t6.00\n"
    assert [level for level, *_ in projects(read_text, rows)] == ["unit", "project"]


@pytest.mark.parametrize(
    ("title", "level"), [("项目支出预算表", "project"), ("政府采购支出预算表", "line")]
)
def test_it_heads_nothing_in_a_table_of_another_order(read_text, title, level):
    """Goods come first in suzhou-science-2026, and under them who buys them."""
    rows = "货物\t6.00\n甲市财政局\t6.00\n服务\t3.00\n甲市财政局\t3.00\n"
    table = TABLE.replace("项目支出预算表", title)
    assert {own[:2] for own in map(tuple, projects(read_text, rows, table))} == {(level, "")}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "units"), [("justice", 18), ("statistics", 3)])
def test_all_units_of_guangzhou_add_up(shared, name, units):
    path = shared / "corpus" / f"guangzhou-{name}-2026.pdf"
    if not path.exists():
        pytest.skip(f"needs {path.name} in ../shared/corpus, which is not here")
    doc = bk.read(path)
    for table in ("income", "basic_expenditure", "project_expenditure"):
        figures = doc.table(table)
        figures = figures[figures["measure"] == "total"]
        total = figures.loc[figures["level"] == "total", "amount"].item()
        parts = figures[figures["level"] == "unit"]
        assert parts["amount"].sum() == pytest.approx(total, abs=0.011)  # rounded when printed
        assert parts["unit"].is_unique
        assert set(parts["unit"]) <= set(doc.table("income")["unit"].dropna())
        lines = figures["level"].isin(["line", "project"])
        assert figures.loc[lines, "unit"].notna().all()
    assert doc.table("income")["unit"].nunique() == units
