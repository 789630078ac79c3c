"""The Xinjiang disclosure of 2024, read whole: counts, totals and cells checked by hand."""

import pandas as pd
import pytest

# table -> rows as printed, amounts printed
TABLES = {
    "balance": (31, 22),
    "income": (45, 209),
    "expenditure": (45, 117),
    "appropriation_balance": (31, 17),
    "general_expenditure": (44, 105),
    "general_basic": (34, 68),
    "general_projects": (182, 428),
    "government_fund": (0, 0),
    "state_capital": (0, 0),
    "three_public": (6, 8),
    "carryover": (83, 277),
}

# table -> {measure: amount} of its total row
TOTALS = {
    "income": {
        "total": 86617.08,
        "fiscal_appropriation": 68568.78,
        "general_public_budget": 57011.15,
        "general_public_budget_transfer": 11557.63,
        "special_account": 8581.65,
        "unit_funds": 2965.57,
        "fiscal_carryover": 2472.05,
        "nonfiscal_carryover": 4029.03,
    },
    "expenditure": {"total": 86617.08, "basic": 42700.66, "project": 43916.42},
    "general_expenditure": {"total": 68568.78, "basic": 38900.60, "project": 29668.18},
    # the last amount, 3,565.44, is not in the text: see test_notes
    "general_basic": {"total": 38900.60, "personnel": 35335.17},
    "general_projects": {
        "total": 29668.18,
        "wages": 211.76,
        "goods_services": 6769.84,
        "household_transfers": 3523.91,
        "capital": 5967.67,
        "enterprise_subsidy": 13195.00,
    },
    "three_public": {"total": 301.38, "general_public_budget": 301.38},
    "carryover": {
        "total": 6501.08,
        "fiscal_total": 2472.05,
        "fiscal_project": 2472.05,
        "nonfiscal_total": 4029.03,
        "nonfiscal_project": 4029.03,
    },
}

# table -> cells as (key of the row, measure, amount); the key is a code or a name
CELLS = {
    "balance": [
        ("一、本年收入", "amount", 80116.00),
        ("1、一般公共预算拨款", "amount", 68568.78),
        ("其中：一般财力", "amount", 57011.15),
        ("上级一般公共预算安排转移支付", "amount", 11557.63),
        ("4.财政专户核拨", "amount", 8581.65),
        ("事业单位经营收入", "amount", 655.00),
        ("二、上年结转结余", "amount", 6501.08),
        ("205", "amount", 46580.09),
        ("215", "amount", 31528.66),
        ("221", "amount", 905.60),
    ],
    "income": [
        ("20503", "general_public_budget_transfer", 4302.63),
        ("2050302", "fiscal_carryover", 12.43),
        ("2050303", "special_account", 726.40),
        ("2050303", "unit_funds", 70.00),
        ("2050305", "nonfiscal_carryover", 2922.00),
        ("2080501", "nonfiscal_carryover", 32.61),
        ("2080502", "unit_funds", 11.53),
        ("2080505", "unit_funds", 0.15),
        ("2111001", "unit_funds", 30.00),
        ("2150508", "fiscal_carryover", 704.07),
        ("2150517", "fiscal_carryover", 35.00),
    ],
    "expenditure": [
        ("205", "basic", 28578.07),
        ("2050302", "project", 284.22),
        ("2059999", "basic", 178.96),
        ("2080501", "project", 51.62),
        ("2101103", "project", 0.02),
        ("2111001", "total", 3049.00),
        ("215", "project", 22803.43),
        ("2150501", "basic", 4479.31),
        ("2150508", "project", 9191.06),
        ("2210201", "total", 905.60),
    ],
    "appropriation_balance": [
        ("一、财政拨款（补助）", "total", 68568.78),
        ("一般公共预算", "total", 68568.78),
        ("205", "total", 31416.83),
        ("205", "general_public_budget", 31416.83),
        ("208", "total", 3331.17),
        ("210", "general_public_budget", 1009.31),
        ("211", "total", 3149.07),
        ("215", "general_public_budget", 28756.91),
        ("221", "total", 905.50),
        ("支出总计", "general_public_budget", 68568.78),
    ],
    "general_expenditure": [
        ("2050302", "project", 271.79),
        ("2050303", "basic", 1062.22),
        ("2050305", "total", 29751.31),
        ("2080501", "project", 19.01),
        ("2080506", "basic", 25.13),
        ("2101103", "total", 437.71),
        ("2110101", "basic", 149.07),
        ("2150107", "project", 20.00),
        ("2150508", "basic", 1967.34),
        ("2150805", "project", 6450.00),
    ],
    "general_basic": [
        ("301", "personnel", 32670.45),
        ("30101", "total", 7106.70),
        ("30107", "personnel", 8518.00),
        ("30113", "personnel", 2462.02),
        ("302", "operating", 3565.44),
        ("30211", "operating", 721.27),
        ("30217", "total", 2.17),
        ("30299", "operating", 420.89),
        ("303", "personnel", 2664.72),
        ("30302", "total", 1954.99),
    ],
    "three_public": [
        ("公务接待费", "total", 2.17),
        ("公务用车购置及运行费（小计）", "total", 299.22),
        ("公务用车运行费", "general_public_budget", 299.22),
    ],
}

# unit, project -> measure, amount
PROJECT_CELLS = [
    (
        "新疆维吾尔自治区工业和信息化厅",
        "六十年代精简退职老职工生活补助费",
        "household_transfers",
        19.01,
    ),
    ("新疆维吾尔自治区工业和信息化厅", "2024年中央无线电管理经费", "capital", 4157.00),
    ("新疆维吾尔自治区工业和信息化厅", "自治区园区专项资金", "enterprise_subsidy", 1845.00),
    ("新疆维吾尔自治区节能监察总队", "自治区工业节能减排专项资金", "goods_services", 70.00),
    ("新疆轻工职业技术学院", "自治区职业教育专项资金", "wages", 15.00),
    ("新疆轻工职业技术学院", "2024年学生资助补助经费-本专科国家助学金", "total", 1120.00),
    ("乌鲁木齐市无线电管理局", "2024年中央无线电管理经费", "capital", 265.00),
    ("新疆维吾尔自治区专业建设工程质量安全监督站", "质量安全监督检查费", "total", 20.00),
    (
        "新疆工业职业技术学院（新疆钢铁高级技工学校）",
        "2024年学生资助补助经费-中职助学金",
        "total",
        5.00,
    ),
    ("新疆安装技工学校", "2024年学生资助补助经费-中职免学费", "wages", 37.50),
]

CARRYOVER_CELLS = [
    (
        "新疆维吾尔自治区工业和信息化厅",
        "原机电行办档案整理及数字化项目",
        "nonfiscal_project",
        15.25,
    ),
    ("新疆轻工职业技术学院", "弥补商品服务支出", "total", 2112.00),
    ("新疆维吾尔自治区无线电监测中心", "2023年中央无线电管理经费", "fiscal_project", 128.24),
    ("昌吉回族自治州无线电管理局", "天池固定站监测系统扩频升级项目", "nonfiscal_total", 51.70),
    ("石河子市无线电管理局", "资产清查及核查", "total", 8.00),
    ("奎屯市无线电管理局", "特定目标0810016Q", "fiscal_total", 17.31),
    (
        "新疆工业职业技术学院（新疆钢铁高级技工学校）",
        "弥补成本性支出经费",
        "nonfiscal_project",
        10.00,
    ),
    ("新疆安装技工学校", "新疆安装技工学校宿舍楼建设项目", "fiscal_project", 1199.20),
]


def test_tables(source):
    assert {t.table: t.rows for t in source.meta.tables} == {k: r for k, (r, _) in TABLES.items()}
    assert sum(t.rows for t in source.meta.tables) == 501
    counts = source.figures["table"].value_counts().reindex(list(TABLES), fill_value=0)
    assert counts.to_dict() == {k: n for k, (_, n) in TABLES.items()}
    assert len(source.figures) == 1251


def test_meta(source):
    meta = source.meta
    assert meta.title == "新疆维吾尔自治区工业和信息化厅2024年部门预算公开"
    assert meta.department == "新疆维吾尔自治区工业和信息化厅"
    assert (meta.year, meta.kind, meta.place) == (2024, "budget", "新疆维吾尔自治区")
    assert meta.currency_unit == "万元"
    assert {t.unit for t in meta.tables} == {"万元"}


@pytest.mark.parametrize("table", TOTALS)
def test_totals(source, table):
    rows = source.table(table)
    total = rows[rows["level"] == "total"]
    assert dict(zip(total["measure"], total["amount"], strict=True)) == TOTALS[table]


def test_totals_of_the_two_sided_tables(source):
    for table, amount in (("balance", 86617.08), ("appropriation_balance", 68568.78)):
        rows = source.table(table)
        total = rows[rows["level"] == "total"]
        assert set(total["amount"]) == {amount}
        assert set(total["side"]) == {"income", "expenditure"}


@pytest.mark.parametrize("table", CELLS)
def test_cells(source, table):
    rows = source.table(table)
    if "code" not in rows:
        rows["code"] = pd.NA
    for key, measure, amount in CELLS[table]:
        hit = rows[((rows["code"] == key).fillna(False) | (rows["name"] == key))]
        hit = hit[hit["measure"] == measure]
        assert hit["amount"].tolist() == [amount], (key, measure)


@pytest.mark.parametrize(
    ("table", "cells"), [("general_projects", PROJECT_CELLS), ("carryover", CARRYOVER_CELLS)]
)
def test_project_cells(source, table, cells):
    rows = source.table(table)
    for unit, project, measure, amount in cells:
        hit = rows[
            (rows["unit"] == unit) & (rows["project"] == project) & (rows["measure"] == measure)
        ]
        assert hit["amount"].tolist() == [amount], (unit, project, measure)


def test_blank_cells_have_no_row(source):
    income = source.wide("income")
    for blank in ("government_fund", "government_fund_transfer", "state_capital"):
        assert blank in income.columns
        assert income[blank].isna().all()
    assert "201" not in set(source.table("balance")["code"])


def test_levels(source):
    rows = source.figures.drop_duplicates(["table", "side", "row"])
    count = rows.groupby(["table", "level"], observed=True).size()
    assert count["general_projects", "project"] == 86
    assert count["general_projects", "unit"] == 29
    assert count["carryover", "project"] == 58
    assert count["carryover", "unit"] == 24
    assert count["general_basic", "section"] == 30


def test_units_of_every_table_are_listed_units(source):
    listed = set(source.units["unit"])
    assert len(listed) == 30
    assert set(source.figures["unit"].dropna()) <= listed


def test_projects_of_the_table_are_described_projects(source):
    rows = source.table("general_projects")
    assert set(rows["project"].dropna()) == set(source.projects["project"])


def test_prose_frames(source):
    assert len(source.projects) == 40
    assert len(source.carryovers) == 44
    assert len(source.variances) == 43
    assert source.projects["withheld"].sum() == 1


def test_targets(source):
    targets = source.targets
    assert len(targets) == 416
    assert targets["form"].nunique() == 44
    weights = targets.groupby("form")["weight"].sum()
    assert set(weights) == {90.0, 75.0}  # one form is short of 15 points: so printed
    first = targets.iloc[1]
    assert (first["indicator"], first["operator"], first["target"], first["target_unit"]) == (
        "新增规模以上工业企业",
        "≥",
        "300",
        "家",
    )
    department = targets[targets["form"] == 1]
    assert set(department["budget_fiscal"]) == {68568.78}
    assert set(department["budget_other"]) == {11547.22}
    aid = targets[targets["project"] == "弥补成本性支出经费"]
    assert set(aid["budget_total"]) == {1605.00, 807.00}


def test_split_and_slipped_rows_of_the_forms(source):
    targets = source.targets.set_index("indicator")
    split = (
        "工信高质量发展、八大产业、“十五五”规划前期研究、南疆振兴、法律和监管服务等专项工作费用成本"
    )
    assert targets.loc[split, "target"] == "196.2"
    assert targets.loc["采购服务成本", "target"] == "168.62"
    assert targets.loc["工作完成及时率", ["level2", "operator", "target"]].tolist() == [
        "时效指标",
        "=",
        "100",
    ]


def test_notes(source):
    notes = source.notes
    broken = notes[(notes["table"] == "general_basic")]
    assert set(broken["key"]) == {
        "row_shifted",
        "row_too_short",
        "stray_column_number",
        "audit_missing",
    }
    assert broken.set_index("key").loc["audit_missing", "detail"] == "operating 3,565.44"
    assert broken.set_index("key").loc["row_too_short", "detail"] == "operating"
    assert (notes["key"] == "split_name").sum() == 4
    assert (notes["key"] == "header_order").sum() == 1
    assert not (notes["kind"] == "unplaced").any()
    assert not notes["message"].str.contains("{", regex=False).any()


def test_no_person_in_any_frame(source_path, source):
    import re

    text = source_path.read_text(encoding="utf-8")
    cells = re.findall(r"(?:项目负责人|部门联系人)\t+([^\t\n]+)", text)
    people = {n for cell in cells for n in re.split(r"[、,，\s]+", cell) if len(n) > 1}
    assert len(people) > 20
    for name, frame in source.frames.items():
        texts = frame.select_dtypes(["string", "category"]).astype("string")
        joined = "\n".join(texts.fillna("").to_numpy().ravel())
        assert not [p for p in people if p in joined], name


def test_bundled_equals_the_reading(source, bundled):
    sentences = {"variances": ["reason", "reason_en"], "carryovers": ["purpose", "purpose_en"]}
    sentences["targets"] = ["basis"]
    for name, frame in source.frames.items():
        drop = sentences.get(name, [])
        pd.testing.assert_frame_equal(
            frame.drop(columns=drop), bundled.frames[name].drop(columns=drop), obj=name
        )
    assert bundled.meta == source.meta
