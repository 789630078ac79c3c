"""Amounts and shares that the text states of an item without a change."""

import pytest


def facts(records):
    return {r["key"]: (r["value"], r["unit"]) for r in records["facts"]}


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        (  # beijing-education-2026
            "二、收入预算情况说明",
            "本年其他资金收入9.5万元；事业收入0万元。",
            {"amount.其他资金收入": (9.5, "万元"), "amount.事业收入": (0, "万元")},
        ),
        (  # jiangsu-npc-2017
            "三、支出预算情况说明",
            "基本支出6万元，占60%；项目支出4万元，占本年支出预算的40%。",
            {
                "amount.基本支出": (6, "万元"),
                "share.基本支出": (60, "%"),
                "amount.项目支出": (4, "万元"),
                "share.项目支出.支出": (40, "%"),
            },
        ),
        (
            "八、“三公”经费情况说明",
            "其中，公务接待费支出2万元，占“三公”经费的20.5 %。",
            {"amount.公务接待费": (2, "万元"), "share.公务接待费.“三公”经费": (20.5, "%")},
        ),
        (  # putuo-commerce-2025
            "一、收支预算总体情况说明",
            "“教育支出（类）职业教育（款）高等职业教育（项）”3万元，主要用于教学。",
            {"amount.2050305": (3, "万元")},
        ),
        (  # shenzhen-meteorology-2026, shenzhen-finance-2026
            "三、支出预算情况说明",
            "精细服务9万元，主要包括：（1）甲类防御4万元，用于维护；（2）政府采购业务费5万元。",
            {
                "amount.精细服务": (9, "万元"),
                "amount.甲类防御": (4, "万元"),
                "amount.政府采购业务费": (5, "万元"),
            },
        ),
        (  # shenzhen-statistics-2026: words before the noun are of the key, too
            "三、支出预算情况说明",
            "包括在职人员经费9万元、科研项目经费4万元。",
            {"amount.在职人员经费": (9, "万元"), "amount.科研项目经费": (4, "万元")},
        ),
        (  # suzhou-science-2026: revenue that was carried over is not that of the year
            "二、收入预算情况说明",
            "一般公共预算收入9万元；上年结转结余的一般公共预算收入0万元。",
            {
                "amount.一般公共预算收入": (9, "万元"),
                "amount.上年结转结余的一般公共预算收入": (0, "万元"),
            },
        ),
        (  # chongqing-science-2026: the parts of a part
            "（二）政府采购情况",
            "政府采购预算9万元：政府采购货物预算7万元、政府采购服务预算2万元；"
            "其中一般公共预算拨款政府采购3万元：政府采购货物预算2万元、政府采购服务预算1万元。",
            {
                "procurement.total": (9, "万元"),
                "procurement.goods": (7, "万元"),
                "procurement.services": (2, "万元"),
                "amount.一般公共预算拨款政府采购": (3, "万元"),
                "amount.政府采购货物.一般公共预算拨款政府采购": (2, "万元"),
                "amount.政府采购服务.一般公共预算拨款政府采购": (1, "万元"),
            },
        ),
        (
            "（二）政府采购情况",
            "政府采购预算9万元，其中财政拨款采购3万元：货物2万元、服务1万元。",
            {
                "procurement.total": (9, "万元"),
                "amount.财政拨款采购": (3, "万元"),
                "amount.货物.财政拨款采购": (2, "万元"),
                "amount.服务.财政拨款采购": (1, "万元"),
            },
        ),
        (
            "八、“三公”经费情况说明",
            "公务用车购置和运行维护费用5万元，因公出国（境）费用1万元。",
            {"amount.公务用车购置及运行费": (5, "万元"), "amount.因公出国（境）费": (1, "万元")},
        ),
        (  # suzhou-science-2026
            "四、绩效目标设置情况",
            "共6个项目纳入绩效目标管理，涉及财政性资金合计9万元，"
            "占财政性资金(公用经费除外)总额的比例为98.77%。",
            {
                "performance.projects": (6, "个"),
                "performance.amount": (9, "万元"),
                "performance.share": (98.77, "%"),
            },
        ),
    ],
)
def test_an_amount_without_a_change_is_a_fact(read, heading, text, expected):
    records = read(heading, text)
    assert facts(records) == expected
    assert records["variances"] == records["notes"] == []


def test_one_amount_is_one_record(read):
    records = read(
        "二、收入预算情况说明",
        "2030年收入总预算9万元，其中：财政拨款收入9万元；其他收入1万元，占10%，比上年增加1万元。",
    )
    assert facts(records) == {"income.total": (9, "万元"), "amount.财政拨款收入": (9, "万元")}
    assert [(r["item"], r["share"]) for r in records["variances"]] == [("其他收入", 0.1)]


def test_an_item_of_the_same_amount_and_ending_keeps_its_own(read):
    told = read("三、支出预算情况说明", "项目经费4万元，比上年增加1万元。", "科研项目经费4万元。")
    assert facts(told) == {"amount.科研项目经费": (4, "万元")}


def test_another_years_amount_keeps_its_year(read):
    told = read("三、支出预算情况说明", "2028年公用经费支出9万元，2030年人员经费4万元。", year=2030)
    assert facts(told) == {"amount.2028年公用经费": (9, "万元"), "amount.人员经费": (4, "万元")}


@pytest.mark.parametrize(
    "text",
    [
        "单价100万元（含）以上的设备。",
        "乙政策增加部门支出3万元。",
        "比2029年项目支出9万元少。",
        "奖学金每人每年2万元。",
        "其中：下属单位支出预算8万元。",
        "节约公用经费3万元。",
        "公用经费不超过3万元。",
        "不超过公用经费3万元。",
    ],
)
def test_a_threshold_a_change_or_a_rate_is_no_amount_of_an_item(read, text):
    assert read("三、支出预算情况说明", text)["facts"] == []


def test_beijing_education_2026_projects_without_a_label_over_their_name(read):
    records = read(
        "四、重点支出和重大投资项目情况说明",
        "1.甲平台建设项目",
        "（1）政策依据：某办法。",
        "（2）预算安排：2030年安排预算0.5亿元。",
        "2.乙校区建设项目",
        "（1）绩效目标：建成。",
        "（2）预算安排：2030年安排预算8亿元。",
    )
    found = [(r["no"], r["project"], r["amount"]) for r in records["projects"]]
    assert found == [(1, "甲平台建设项目", 5000), (2, "乙校区建设项目", 80000)]
    assert records["facts"] == []


def test_jiangsu_procuratorate_2018_less_than_last_year_by(read):
    records = read(
        "八、“三公”经费情况说明",
        "公务接待费预算支出10万元，本年数小于上年预算数4万元，主要是节约。",
    )
    (row,) = records["variances"]
    assert (row["amount"], row["change"], row["prior"], row["reason"]) == (10, -4, 14, "节约")


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        (
            "一、机构设置情况",
            "现有38个处室，其中行政附属编制4名。",
            {"offices": 38, "staff.posts_attached": 4},
        ),
        ("一、机构设置情况", "下设二级预算单位4个。", {"units.subordinate": 4}),
        (
            "五、国有资产占用情况",
            "单价20万元（含）以上的设备9台（套）。",
            {"assets.equipment_20": 9},
        ),
        (
            "五、国有资产占用情况",
            "共有车辆9辆，其中业务用车2辆，应急保障用车6辆。",
            {"assets.vehicles": 9, "assets.vehicles_service": 2, "assets.vehicles_emergency": 6},
        ),
        ("八、“三公”经费情况说明", "实有存量公务车2辆。", {"three_public.vehicles_kept": 2}),
        (
            "（二）政府采购情况",
            "在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额3万元；"
            "在面向小微企业预留政府采购项目中，由小微企业供应商中标或成交的，采购金额1万元；"
            "在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额2万元。",
            {
                "procurement.sme_reserved_won": 3,
                "procurement.micro_reserved_won": 1,
                "procurement.sme_other_won": 2,
            },
        ),
    ],
)
def test_further_facts(read, heading, text, expected):
    assert {key: value for key, (value, _) in facts(read(heading, text)).items()} == expected


def test_what_a_project_costs_hides_no_amount_of_another_section(read):
    """As in putuo-commerce-2025: an item and a project of the same amount."""
    records = read(
        "一、收支预算总体情况说明",
        "“教育支出（类）职业教育（款）高等职业教育（项）”0.5亿元，主要用于教学。",
        "四、重点支出和重大投资项目情况说明",
        "1.甲平台建设项目",
        "（2）预算安排：2030年安排预算0.5亿元。",
        "2.乙校区建设项目",
        "（2）预算安排：2030年安排预算8亿元。",
    )
    assert [r["amount"] for r in records["projects"]] == [5000, 80000]
    assert facts(records)["amount.2050305"] == (0.5, "亿元")


def test_what_no_project_says_is_a_fact_among_the_projects(read):
    records = read(
        "四、重点支出和重大投资项目情况说明",
        "政府采购3万元，甲平台建设项目8万元，一等助学金3000元。",
        "1.甲平台建设项目",
        "（2）预算安排：2030年安排预算8万元。",
    )
    assert [r["amount"] for r in records["projects"]] == [8]
    assert facts(records) == {"amount.政府采购": (3, "万元")}
