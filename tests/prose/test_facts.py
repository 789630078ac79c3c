"""Other stated numbers."""

import pytest


def facts(records):
    return {r["key"]: (r["value"], r["unit"]) for r in records["facts"]}


@pytest.mark.parametrize(
    ("heading", "sentence", "expected"),
    [
        (
            "二、机构设置及人员情况",
            "甲厅编制数 1,020, 实有人数 900 人, 其中: 在职 500 人, 减少 9 人; "
            "退休 390 人, 增加 1 人; 离休 10 人, 减少 0 人。",
            {
                "staff.posts": (1020, "人"),
                "staff.total": (900, "人"),
                "staff.active": (500, "人"),
                "staff.active_change": (-9, "人"),
                "staff.retired": (390, "人"),
                "staff.retired_change": (1, "人"),
                "staff.pensioned_early": (10, "人"),
                "staff.pensioned_early_change": (0, "人"),
            },
        ),
        (
            "（二）政府采购情况",
            "甲厅政府采购预算总额30万元，其中：政府采购货物预算10万元，政府采购工程预算0万元，"
            "政府采购服务预算20万元。",
            {
                "procurement.total": (30, "万元"),
                "procurement.goods": (10, "万元"),
                "procurement.works": (0, "万元"),
                "procurement.services": (20, "万元"),
            },
        ),
        (
            "八、三公经费情况说明",
            "压减后的“三公”经费预算50万元。全年新增购置公务用车2辆。",
            {"three_public.total": (50, "万元"), "three_public.vehicles_bought": (2, "辆")},
        ),
        (
            "二、收入预算情况说明",
            "与上年同口径相比部门收入100万元。",
            {"income.total": (100, "万元")},
        ),
        (
            "二、收入预算情况说明",
            "根据合同2030年部门收入110万元。",
            {"income.total": (110, "万元")},
        ),
        (
            "（二）政府采购情况",
            "授予中小企业合同金额100万元，其中小型和微型企业60万元。",
            {
                "procurement.sme_awarded": (100, "万元"),
                "procurement.micro_awarded": (60, "万元"),
            },
        ),
        (
            "（二）政府采购情况",
            "面向中小企业政府采购100万元，政府采购预算总额500万元。",
            {"procurement.total": (500, "万元"), "procurement.sme": (100, "万元")},
        ),
        (
            "二、收入预算情况说明",
            "2030年收入总预算3万元，同比增加1万元。",
            {"income.total": (3, "万元")},
        ),
        (
            "八、三公经费情况说明",
            "2030年“三公”经费预算合计3万元。",
            {"three_public.total": (3, "万元")},
        ),
        (
            "（一）机关运行经费",
            "2030年机关运行经费当年一般公共预算拨款6万元。",
            {"agency_operating.total": (6, "万元")},
        ),
        (
            "（二）政府采购情况",
            "政府采购预算9万元。面向中小企业预留政府采购项目预算金额6万元，其中，"
            "预留给小型和微型企业的政府采购项目预算为2万元。",
            {
                "procurement.total": (9, "万元"),
                "procurement.sme": (6, "万元"),
                "procurement.micro": (2, "万元"),
            },
        ),
        (
            "四、政府采购情况",
            "政府采购安排9.5万元，其中：货物类采购预算5万元，工程类采购预算1万元，服务类采购预算3.5万元。",
            {
                "procurement.total": (9.5, "万元"),
                "procurement.goods": (5, "万元"),
                "procurement.works": (1, "万元"),
                "procurement.services": (3.5, "万元"),
            },
        ),
        (
            "（二）政府采购情况",
            "面向中小企业预留政府采购项目预算金额6万元，小微企业预留政府采购项目预算金额2万元。",
            {"procurement.sme": (6, "万元"), "procurement.micro": (2, "万元")},
        ),
        (
            "五、国有资产占用情况",
            "共有车辆 9 台,单位价值 100 万元以上的设备 2 台（套）。",
            {"assets.vehicles": (9, "台"), "assets.equipment_100": (2, "台（套）")},
        ),
        (
            "五、国有资产占用情况",
            "预算安排购置车辆1辆，其中：执法执勤用车1辆；购置单价100万元（含）以上设备3台（套）。",
            {"assets.planned_vehicles": (1, "辆"), "assets.planned_equipment_100": (3, "台（套）")},
        ),
        (
            "四、绩效目标设置情况",
            "本部门编报绩效目标的项目共5个，涉及项目预算资金60.25万元。",
            {"performance.projects": (5, "个"), "performance.amount": (60.25, "万元")},
        ),
        (
            "三、机关运行经费安排情况",
            "甲局机关运行经费财政拨款预算 12.50 万元。",
            {"agency_operating.total": (12.5, "万元")},
        ),
        (
            "二、收入预算情况说明",
            "甲厅部门收入预算 86.08 万元，其中：",
            {"income.total": (86.08, "万元")},
        ),
    ],
)
def test_stated_numbers(read, heading, sentence, expected):
    assert facts(read(heading, sentence)) == expected


def test_values_stay_in_the_unit_printed(read):
    records = read("（二）政府采购情况", "政府采购预算3亿元。")
    assert facts(records) == {"procurement.total": (3, "亿元")}


@pytest.mark.parametrize(
    ("heading", "sentence", "expected"),
    [
        # jiangsu-procuratorate-2018, p. 24: the reason of a change names an amount
        (
            "一、收支预算总体情况说明",
            "人员转出，减少部门支出3万元。",
            {},
        ),
        (
            "一、收支预算总体情况说明",
            "因增加了本年支出3万元，部门支出预算8万元。",
            {"expenditure.total": (8, "万元")},
        ),
        (
            "一、收支预算总体情况说明",
            "比2024年部门收入预算9万元少，部门收入预算8万元。",
            {"income.total": (8, "万元")},
        ),
        ("一、收支预算总体情况说明", "其中：下属单位支出预算8万元。", {}),
        ("（二）政府采购情况", "主要原因是新增政府采购3万元，追加货物采购2万元。", {}),
        (
            "五、国有资产占用情况",
            "比上年增加车辆1辆，共有车辆9辆。",
            {"assets.vehicles": (9, "辆")},
        ),
        # jiangsu-party-office-2017: to set up a budget is no establishment of 201 persons
        ("二、机构设置及人员情况", "甲厅编制2017年部门预算。", {}),
        # suzhou-audit-2026: the whole department's target, and those of its projects
        (
            "四、绩效目标设置情况",
            "甲局整体支出实行绩效管理，涉及资金50万元；7个项目设有绩效目标，涉及资金合计9万元。",
            {
                "performance.overall_amount": (50, "万元"),
                "performance.projects": (7, "个"),
                "performance.amount": (9, "万元"),
            },
        ),
        # jiangsu-npc-2017
        (
            "（二）政府采购情况",
            "甲厅政府采购预算总金额为9万元。",
            {"procurement.total": (9, "万元")},
        ),
        # jiangsu-npc-2017: what all appropriations pay isn't what the general budget pays
        (
            "六、财政拨款基本支出预算情况说明",
            "人员经费8万元。公用经费3万元。",
            {
                "appropriation_basic.personnel": (8, "万元"),
                "appropriation_basic.operating": (3, "万元"),
            },
        ),
    ],
)
def test_a_fact_is_what_its_name_says(read, heading, sentence, expected):
    assert facts(read(heading, sentence)) == expected


def test_a_fact_is_stated_once_and_a_second_number_is_doubted(read):
    records = read("（二）政府采购情况", "政府采购预算3万元。", "政府采购预算4万元。")
    assert facts(records) == {"procurement.total": (3, "万元")}
    assert records["notes"][0]["key"] == "prose.fact_repeated"


def test_final_accounts(read):
    records = read(
        "五、一般公共预算财政拨款支出决算情况说明",
        "一般公共预算财政拨款支出年初预算为50万元，支出决算为49万元，完成年初预算的98.00%。",
        "1、教育支出（类）职业教育（款）没有代码的项目（项）。主要用于：教学。"
        "年初预算为 7.00 万元，支出决算为6.50万元。",
    )
    assert {key: value for key, (value, _) in facts(records).items()} == {
        "execution.一般公共预算财政拨款支出.budget": 50,
        "execution.一般公共预算财政拨款支出.final": 49,
        "execution.一般公共预算财政拨款支出.completion": 98,
        "execution.没有代码的项目.budget": 7,
        "execution.没有代码的项目.final": 6.5,
    }


def test_final_accounts_without_a_budget(read):
    records = read(
        "五、一般公共预算财政拨款支出决算情况说明",
        "1.住房保障支出（类）住房改革支出（款）住房公积金（项）：支出决算为9万元，完成预算90%。",
    )
    assert {key: value for key, (value, _) in facts(records).items()} == {
        "execution.2210201.final": 9,
        "execution.2210201.completion": 90,
    }


def test_final_accounts_of_items_without_a_number(read):
    records = read(
        "五、一般公共预算财政拨款支出决算情况说明",
        "1.“住房保障支出（类）住房改革支出（款）住房公积金（项）”9万元，主要用于：缴纳。"
        "年初预算为10万元，支出决算为9万元，完成年初预算的90%。",
        "“住房保障支出（类）住房改革支出（款）购房补贴（项）”3万元，主要用于：补贴。"
        "年初预算为4万元，支出决算为3万元，完成年初预算的75%。",
    )
    assert {key: value for key, (value, _) in facts(records).items()} == {
        "execution.2210201.budget": 10,
        "execution.2210201.final": 9,
        "execution.2210201.completion": 90,
        "execution.2210203.budget": 4,
        "execution.2210203.final": 3,
        "execution.2210203.completion": 75,
    }


def test_final_accounts_of_the_parts_of_a_sum(read):
    records = read(
        "七、财政拨款“三公”经费支出决算情况说明",
        "“三公”经费财政拨款支出年初预算为 5 万元，支出决算为 3 万元，完成预算的 60%，其中："
        "因公出国（境）费决算为 0 万元，完成预算的 0%；公务接待费支出决算为 3 万元。",
        "8.“住房保障支出（类）住房改革支出（款）购房补贴",
        "（项）”2万元，主要用于：补贴。年初预算为 0，支出决算为 2 万元。",
    )
    assert facts(records) == {
        "execution.“三公”经费.budget": (5, "万元"),
        "execution.“三公”经费.final": (3, "万元"),
        "execution.“三公”经费.completion": (60, "%"),
        "execution.因公出国（境）费.final": (0, "万元"),
        "execution.因公出国（境）费.completion": (0, "%"),
        "execution.2210203.budget": (0, "万元"),
        "execution.2210203.final": (2, "万元"),
    }
