"""The prose of the Xinjiang disclosure of 2024: counts, and records checked by hand."""

from collections import Counter

import pytest

from budgetkit import prose, schema
from budgetkit.reading import open_source


@pytest.fixture(scope="module")
def records(source_path):
    return prose.read(open_source(source_path).blocks)


def test_counts(records):
    assert {name: len(rows) for name, rows in records.items()} == {
        "units": 30,
        "projects": 40,
        "project_parts": 72,
        "project_headcounts": 11,
        "project_standards": 35,
        "carryovers": 44,
        "variances": 43,
        "facts": 95,
        "notes": 3,
    }


def test_frames_fit_the_schema(records):
    for name, rows in records.items():
        schema.frame(name, rows)


def test_no_person_and_no_telephone(records):
    text = repr({name: rows for name, rows in records.items() if name != "facts"})
    assert "联系" not in text and "负责人" not in text


@pytest.mark.parametrize(
    ("no", "unit", "kind"),
    [
        (1, "新疆维吾尔自治区工业和信息化厅", "administrative"),
        (2, "新疆维吾尔自治区节能监察总队", "civil_service_managed"),
        (4, "新疆维吾尔自治区中小企业服务中心（自治区技术创新服务中心）", "partly_funded"),
        (6, "新疆轻工职业技术学院", "partly_funded"),
        (10, "伊犁哈萨克自治州无线电管理局", "fully_funded"),
        (30, "新疆安装技工学校", "partly_funded"),
    ],
)
def test_units(records, no, unit, kind):
    assert records["units"][no - 1] == {"no": no, "unit": unit, "kind": kind}


def test_kinds_of_units(records):
    assert Counter(unit["kind"] for unit in records["units"]) == {
        "administrative": 1,
        "civil_service_managed": 1,
        "fully_funded": 23,
        "partly_funded": 5,
    }


@pytest.mark.parametrize(
    ("no", "amount", "units", "source", "end", "withheld"),
    [
        (2, 3000.0, 2, None, "2024-12-31", False),
        (6, 2000.0, 1, None, None, True),
        (7, 19.01, 1, "一般公共预算拨款", "2024-12-31", False),
        (11, 7255.0, 3, None, "2024-12-31", False),
        (18, 9.2, 3, "自治区财政拨款", "2024-12-20", False),
        (24, 1513.0, 2, "上级一般转移支付", "2024-12-20", False),
        (39, 26.0, 2, "上级一般公共预算安排的转移支付", "2024-12-15", False),
    ],
)
def test_projects(records, no, amount, units, source, end, withheld):
    project = records["projects"][no - 1]
    assert (
        project["no"],
        project["amount"],
        len(project["units"]),
        project["source"],
        project["end"],
        project["withheld"],
    ) == (no, amount, units, source, end, withheld)


@pytest.mark.parametrize(
    ("no", "amounts"),
    [
        (2, [2000.0, 715.0, 65.0, 45.0, 40.0, 45.0, 20.0, 70.0]),
        (7, []),
        (13, [65.0, 8.0, 33.0, 9.0, 10.0, 5.0]),
        (21, [0.001]),
        (28, [3.48]),
        (38, [26.5, 37.5, 100.0]),
    ],
)
def test_parts(records, no, amounts):
    assert [part["amount"] for part in records["project_parts"] if part["no"] == no] == amounts


@pytest.mark.parametrize(
    ("no", "intervals"),
    [
        (7, [(24, 24)]),
        (14, [(300, 500), (1300, 1800)]),
        (15, [(500, 600), (4500, 5500)]),
        (17, []),
        (18, [(180, 320)]),
        (35, [(48, 48)]),
        (39, [(67, 67)]),
    ],
)
def test_headcounts(records, no, intervals):
    rows = [row for row in records["project_headcounts"] if row["no"] == no]
    assert [(row["low"], row["high"]) for row in rows] == intervals


@pytest.mark.parametrize(
    ("no", "expected"),
    [
        (7, [(None, 660, "person-month", None)]),
        (
            14,
            [
                (None, 6000, "person-year", None),
                ("平均", 2000, "person-year", None),
                ("一等", 3000, "person-year", None),
                ("二等", 2000, "person-year", None),
                ("三等", 1000, "person-year", None),
            ],
        ),
        (17, [("平均", 5, "person-month", 10), (None, 300, "person-month", 10)]),
        (
            18,
            [
                ("平均", 2000, "person-year", None),
                ("区间下限", 1000, "person-year", None),
                ("区间上限", 3000, "person-year", None),
                ("一档", 3000, "person-year", None),
                ("二档", 2000, "person-year", None),
                ("三等", 1000, "person-year", None),
            ],
        ),
        (25, []),
        (39, [(None, 2000, "person-year", None)]),
    ],
)
def test_standards(records, no, expected):
    rows = [row for row in records["project_standards"] if row["no"] == no]
    assert [(row["tier"], row["yuan"], row["per"], row["months"]) for row in rows] == expected


@pytest.mark.parametrize(
    ("no", "amount"),
    [(1, 1.54), (4, 704.07), (18, 2112.0), (33, 1199.2), (36, 6.06), (38, 6.13), (44, 18.13)],
)
def test_carryovers(records, no, amount):
    carried = records["carryovers"][no - 1]
    assert (carried["no"], carried["amount"]) == (no, amount)
    assert carried["project"] and carried["purpose"]


def test_variances_by_section(records):
    assert Counter(row["section"] for row in records["variances"]) == {
        "income": 8,
        "expenditure": 2,
        "general_expenditure": 27,
        "three_public": 5,
        "agency_operating": 1,
    }


@pytest.mark.parametrize(
    ("section", "item", "amount", "change", "percent", "share", "prior"),
    [
        ("income", "一般公共预算", 57011.15, 1283.01, 2.30, 0.6583, 55728.14),
        ("income", "财政专户(教育收费)", 8581.65, -1263.58, -12.83, 0.0991, 9845.23),
        ("income", "非财政拨款结转结余", 4029.03, 1161.34, 40.50, 0.0465, 2867.69),
        ("expenditure", "项目支出", 43916.42, 673.05, 1.56, 0.507, 43243.37),
        ("general_expenditure", "基本支出", 38900.60, -619.03, -1.57, None, 39519.63),
        ("general_expenditure", "高等职业教育", 29751.31, 5625.31, 23.32, None, 24126.0),
        ("general_expenditure", "住房公积金", 905.50, 70.99, 8.51, None, 834.51),
        ("three_public", "“三公”经费", 301.38, -26.43, -8.06, None, 327.81),
        ("three_public", "公务用车运行费", 299.22, -23.18, -7.19, None, 322.40),
        ("three_public", "公务接待费", 2.17, -3.25, -59.98, None, 5.42),
        ("agency_operating", "机关运行经费", 3565.44, -552.50, -13.42, None, 4117.94),
    ],
)
def test_variances(records, section, item, amount, change, percent, share, prior):
    found = [r for r in records["variances"] if (r["section"], r["item"]) == (section, item)]
    assert [(r["amount"], r["change"], r["percent"], r["share"], r["prior"]) for r in found] == [
        (amount, change, percent, share, prior)
    ]


def test_two_items_of_one_name_are_told_apart(records):
    amounts = [r["amount"] for r in records["variances"] if r["item"] == "行政运行"]
    assert amounts == [149.07, 4479.31]


def test_every_statement_but_one_has_its_reason(records):
    without = [row["item"] for row in records["variances"] if not row["reason"]]
    assert without == ["“三公”经费"]


@pytest.mark.parametrize(
    ("key", "value", "unit"),
    [
        ("staff.posts", 1580, "人"),
        ("staff.active_change", -29, "人"),
        ("offices", 32, "个"),
        ("income.total", 86617.08, "万元"),
        ("procurement.total", 20263.48, "万元"),
        ("procurement.sme", 12966.17, "万元"),
        ("assets.area", 521021.89, "平方米"),
        ("assets.vehicles_other_value", 4643.01, "万元"),
        ("assets.equipment_50", 247, "套"),
        ("assets.planned_equipment_100", 12, "套"),
        ("performance.compiled_elsewhere_amount", 2146.54, "万元"),
        ("performance.carryover_projects", 7, "个"),
    ],
)
def test_facts(records, key, value, unit):
    found = [(r["value"], r["unit"]) for r in records["facts"] if r["key"] == key]
    assert found == [(value, unit)]


def test_what_was_doubted(records):
    assert [(note["key"], note["page"]) for note in records["notes"]] == [
        ("prose.part_in_yuan", 1366),
        ("prose.standard_without_unit", 1390),
        ("prose.standard_without_unit", 1416),
    ]


def test_functional_items_bear_the_code_of_the_table(records, source):
    """25 items of the prose, by 类, 款 and 项, against table 5's codes and amounts."""
    table = source.figures.query("table == 'general_expenditure' and measure == 'total'")
    printed = {(row.code, row.amount) for row in table[table["level"] == "item"].itertuples()}
    stated = [
        (row["code"], row["amount"])
        for row in records["variances"]
        if row["section"] == "general_expenditure" and row["item"] not in ("基本支出", "项目支出")
    ]
    assert len(stated) == 25
    assert set(stated) == printed
