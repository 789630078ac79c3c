"""Rows as documents print them: a small table in, the figures beside it."""

import pytest

HEAD = "支出预算总表\n单位：万元\n"


def figures(read_text, table):
    doc = read_text(HEAD + table)
    return doc.figures[["level", "code", "name", "amount"]].astype("object").fillna("").to_numpy()


@pytest.mark.parametrize(
    ("cell", "level", "code", "name"),
    [
        ("2050305 高等职业教育", "item", "2050305", "高等职业教育"),
        ("2050305高等职业教育", "item", "2050305", "高等职业教育"),
        ("205教育支出", "class", "205", "教育支出"),
        ("[2014001]行政运行", "item", "2014001", "行政运行"),
        ("２０５ 教育支出", "class", "205", "教育支出"),
        ("2010301 行政运行（Ⅲ类）", "item", "2010301", "行政运行（Ⅲ类）"),
        ("315消费者权益日活动", "line", "", "315消费者权益日活动"),
        ("120急救中心项目", "line", "", "120急救中心项目"),
    ],
)
def test_a_code_inside_the_name(read_text, cell, level, code, name):
    rows = figures(read_text, f"科目名称\t金额\n{cell}\t12.50\n合计\t12.50\n")
    assert rows[0].tolist() == [level, code, name, 12.5]


def test_a_label_over_two_parts_goes_with_its_amount(read_text):
    table = (
        "项目\t金额\t功能科目名称\t金额\t项目名称\t金额\n"
        "一、财政拨款\t9.00\t一、教育支出\t9.00\t一、基本支出\t9.00\n"
        "收入合计\t9.00\t支出合计\t\t\t9.00\n"
    )
    doc = read_text("收支预算总表\n单位：万元\n" + table)
    totals = doc.figures[doc.figures["level"] == "total"]
    assert totals[["side", "name", "amount"]].astype("object").to_numpy().tolist() == [
        ["income", "收入合计", 9.0],
        ["expenditure", "支出合计", 9.0],
    ]


def test_an_earlier_year_is_another_measure(read_text):
    table = "科目名称\t2025年预算数\t2026年预算数\n教育支出\t8.00\t9.00\n合计\t8.00\t9.00\n"
    doc = read_text(HEAD + table)
    assert doc.wide("expenditure")[["prior", "amount"]].iloc[-1].tolist() == [8.0, 9.0]


def test_a_second_classification_stands_beside_the_name(read_text):
    table = (
        "支出功能分类科目\t政府支出经济分类科目\t金额\n"
        "2010301 行政运行\t50101-工资奖金津补贴\t1.00\n"
    )
    doc = read_text(HEAD + table)
    assert doc.figures["name"].tolist() == ["行政运行 / 50101-工资奖金津补贴"]
    assert doc.figures["code"].tolist() == ["2010301"]


def test_a_measure_over_budget_and_final(read_text):
    table = "三公经费支出决算表\n单位：万元\n公务接待费\t\n预算数\t决算数\n1.00\t0.50\n"
    found = read_text(table).figures
    assert dict(zip(found["measure"], found["amount"], strict=True)) == {
        "reception_budget": 1.0,
        "reception_final": 0.5,
    }


def test_a_table_without_its_unit_of_money_is_doubted(read_text):
    doc = read_text("支出预算总表\n科目名称\t金额\n教育支出\t93,784,514\n合计\t93,784,514\n")
    notes = doc.notes
    assert notes["key"].tolist() == ["unit_assumed"]
    assert notes["detail"].tolist() == ["万元"]
    told = read_text(HEAD + "科目名称\t金额\n合计\t1.00\n").notes
    assert told["key"].tolist() == []
    told = read_text("支出预算总表\n科目名称\t金额（元）\n合计\t10,000\n")
    assert told.figures["amount"].tolist() == [1.0]
    assert told.notes["key"].tolist() == []


@pytest.mark.parametrize("row", ["3\t—\t—\t—", "0\t—\t—\t—", "—\t0\t—\t—"])
def test_a_row_of_one_number_and_dashes_is_data(read_text, row):
    head = "“三公”经费合计\t因公出国（境）费\t公务用车购置及运行费\t公务接待费"
    doc = read_text(f"“三公”经费支出情况表\n单位：万元\n{head}\n{row}\n")
    expected = [float(cell) for cell in row.split("\t") if cell.isdigit()]
    assert doc.figures["amount"].tolist() == expected


@pytest.mark.parametrize("over", ["与2023年预算数相比增减", "与上年预算相比增减", "比2023年增减额"])
def test_a_change_is_not_last_years(read_text, over):
    head = f"科目编码\t科目名称\t2023年预算数\t2024年预算数\t{over}"
    body = "205\t教育支出\t100.00\t120.00\t20.00\n合计\t\t100.00\t120.00\t20.00"
    doc = read_text(f"一般公共预算支出情况表\n单位：万元\n{head}\n{body}\n")
    measures = doc.figures.set_index("measure")["amount"].groupby(level=0, observed=True).first()
    assert measures["change"] == 20
    assert "prior_change" not in measures


def test_a_number_alone_in_a_column_of_labels_is_noted(read_text):
    """guangzhou-justice-2026 as a workbook: a row's only number was taken for a unit."""
    doc = read_text(
        "政府采购支出预算表\n单位：万元\n采购单位\t项目名称\t金额\n甲局\t保洁\t3\n505\t保安\t\n"
    )
    assert doc.figures["amount"].tolist() == [3]
    noted = doc.notes[doc.notes["kind"] == "unplaced"]
    assert noted[["key", "text"]].to_numpy().tolist() == [["amount_in_label_column", "505"]]
