"""Projects in the text: fields, parts, headcounts, standards."""

import pytest

HEADING = "七、一般公共预算项目支出情况说明"


def test_the_fields_of_a_project(read):
    records = read(
        HEADING,
        "（一）项目名称：校园网专项",
        "设立的政策依据：某办法",
        "（第9号）。",
        "预算安排规模：1,200.50万元",
        "项目承担单位：甲学院、乙学院（丙技工学校、丁分校）",
        "资金来源：财政拨款",
        "资金执行时间：2030年3月1日—2030年12月20日",
    )
    assert records["projects"] == [
        {
            "no": 1,
            "project": "校园网专项",
            "amount": 1200.50,
            "units": ["甲学院", "乙学院（丙技工学校、丁分校）"],
            "source": "财政拨款",
            "start": "2030-03-01",
            "end": "2030-12-20",
            "withheld": False,
        }
    ]


def test_numbers_are_those_printed(read):
    records = read(
        HEADING,
        "（二十一）项目名称：甲",
        "预算安排规模：1万元",
        "（二十二）项目名称：乙",
        "预算安排规模：2万元",
    )
    assert [(p["no"], p["project"]) for p in records["projects"]] == [(21, "甲"), (22, "乙")]


def test_a_withheld_project(read):
    records = read(
        HEADING, "（一）项目名称：甲", "预算安排规模：5万元", "资金分配情况：完全不予公开。"
    )
    assert records["projects"][0]["withheld"] is True
    assert records["project_parts"] == []


def test_parts_are_every_amount_with_its_words(read):
    records = read(
        HEADING,
        "（一）项目名称：甲",
        "预算安排规模：30万元",
        "资金分配情况：用于改善条件。包括支持设备更新、软件升级等费用共计12.50万、"
        "房屋维修 7.50 万元，人员培训10.00万元。",
    )
    assert [(p["part"], p["amount"]) for p in records["project_parts"]] == [
        ("支持设备更新、软件升级等费用", 12.5),
        ("房屋维修", 7.5),
        ("人员培训", 10.0),
    ]


def test_yuan_is_yuan_even_where_it_is_likely_meant_otherwise(read):
    records = read(
        HEADING, "（一）项目名称：甲", "预算安排规模：8.00万元", "资金分配情况：商品和服务支出8元"
    )
    assert records["project_parts"][0]["amount"] == 0.0008
    assert [(n["key"], n["text"]) for n in records["notes"]] == [("prose.part_in_yuan", "8元")]


def test_a_rate_is_no_part(read):
    records = read(
        HEADING,
        "（一）项目名称：甲",
        "预算安排规模：2万元",
        "资金分配情况：按照每人每月300元发放。",
    )
    assert records["project_parts"] == []


def subsidy(read, headcount="", standard=""):
    return read(
        HEADING,
        "（一）项目名称：甲助学金",
        "预算安排规模：9万元",
        f"补贴人数：{headcount}",
        f"补贴标准：{standard}",
        "补贴范围：全体。",
    )


def test_headcounts_are_intervals(read):
    records = subsidy(
        read, "甲奖学金奖励人数范围：20-35人；在校生 48 人；按实际人数执行；预计 7 名"
    )
    assert [(h["group"], h["low"], h["high"]) for h in records["project_headcounts"]] == [
        ("甲奖学金", 20, 35),
        ("在校生", 48, 48),
        ("甲助学金", 7, 7),
    ]


def test_a_headcount_without_a_group_is_the_projects(read):
    records = subsidy(read, "符合发放人数12人")
    assert records["project_headcounts"] == [{"no": 1, "group": "甲助学金", "low": 12, "high": 12}]


def standards(records):
    return [
        (s["group"], s["tier"], s["yuan"], s["per"], s["months"])
        for s in records["project_standards"]
    ]


def test_standards_with_tiers(read):
    records = subsidy(
        read,
        standard="甲奖学金标准为每人每年5000元；乙助学金平均资助标准为每生每年3000元，"
        "其中一等助学金4000元，二等助学金2000元。",
    )
    assert standards(records) == [
        ("甲奖学金", None, 5000, "person-year", None),
        ("乙助学金", "平均", 3000, "person-year", None),
        ("乙助学金", "一等", 4000, "person-year", None),
        ("乙助学金", "二等", 2000, "person-year", None),
    ]


def test_standards_by_the_month(read):
    records = subsidy(read, standard="甲补贴：每人每月300元，发放10个月，乙津贴：每班每月50元。")
    assert standards(records) == [
        ("甲补贴", None, 300, "person-month", 10),
        ("乙津贴", None, 50, "class-month", None),
    ]


def test_an_interval_is_two_rows(read):
    records = subsidy(read, standard="平均每生每年2000元，在1000—3000元范围内确定，分为2—3档。")
    assert standards(records) == [
        ("甲助学金", "平均", 2000, "person-year", None),
        ("甲助学金", "区间下限", 1000, "person-year", None),
        ("甲助学金", "区间上限", 3000, "person-year", None),
    ]


def test_a_standard_without_its_unit_is_doubted(read):
    records = subsidy(read, standard="每生每年3300，其中一等4400元。")
    assert [s["yuan"] for s in records["project_standards"]] == [3300, 4400]
    assert [(n["kind"], n["key"]) for n in records["notes"]] == [
        ("doubted", "prose.standard_without_unit")
    ]


def test_no_standard_no_row(read):
    assert subsidy(read, standard="以实际缴纳的学费为准")["project_standards"] == []


def test_a_project_in_other_words(read):
    records = read(
        "（四）重点支出和重大投资项目情况说明",
        "项目名称:甲普查",
        "政策依据:某通知。",
        "预算安排：7000万元。",
        "（五）其他情况说明",
        "另一句话，300万元。",
    )
    assert [(p["no"], p["project"], p["amount"]) for p in records["projects"]] == [
        (1, "甲普查", 7000.0)
    ]


def test_an_amount_that_is_missing_is_noted(read):
    records = read(HEADING, "（一）项目名称：甲", "预算安排规模：另行通知")
    assert records["projects"][0]["amount"] is None
    assert records["notes"][0]["key"] == "prose.project_without_amount"


def test_a_project_on_a_page_of_its_own(read):
    records = read(
        "六、其他相关情况说明",
        "甲专项（政策资金）经费情况说明",
        "一、项目概述",
        "说一说它。",
        "三、实施主体",
        "乙委员会",
        "五、实施周期",
        "2030.1.1-2030.12.31",
        "六、年度预算安排",
        "2030年度项目总预算30.00万，其中支持丙20.00万，支持丁10.00万，合计30.00万。",
        "七、绩效目标",
        "详见表",
    )
    (project,) = records["projects"]
    assert (project["project"], project["amount"]) == ("甲专项（政策资金）", 30.0)
    assert (project["units"], project["end"]) == (["乙委员会"], "2030-12-31")
    assert [(p["part"], p["amount"]) for p in records["project_parts"]] == [
        ("支持丙", 20.0),
        ("支持丁", 10.0),
    ]


@pytest.mark.parametrize("dots", ["……", "。。。"])
@pytest.mark.parametrize(("amount", "names"), [("万元", ["甲"]), ("2万元", ["甲", None])])
def test_dots_for_a_name_are_no_project(read, dots, amount, names):
    """What is printed below them is kept, and none of it goes to the project before."""
    records = read(
        HEADING,
        "（一）项目名称：甲",
        "资金来源：财政拨款",
        f"（二）项目名称：{dots}",
        f"预算安排规模：{amount}",
    )
    assert [p["project"] for p in records["projects"]] == [name or dots for name in names]
    assert records["projects"][0]["amount"] is None
