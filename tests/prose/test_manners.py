"""How other places state changes: every amount with its sign, item, year and section, or none."""

import pytest

COLUMNS = ("section", "item", "amount", "change", "percent", "prior")


def rows(records, columns=COLUMNS):
    return [tuple(r[column] for column in columns) for r in records["variances"]]


#: Heading, text, and what it states: item, amount, change, percent, prior.
STATED = [
    (
        "一、收入支出决算总体情况说明",
        "2030年度收、支总计均为110万元。与2029年度相比，收、支总计各增加 10 万元，增长10％。",
        [("balance", "收、支", 110.0, 10.0, 10.0, 100.0)],
    ),
    (
        "一、收支预算情况说明",
        "2030年某镇人民政府支出预算总额为90万元，较上年预算安排减少10万元，降幅10%。",
        [("balance", "支出", 90.0, -10.0, -10.0, 100.0)],
    ),
    (
        "二、收入预算说明",
        "收入预算500万元，比上年减少（增加）-50万元，增减率-9.09%。",
        [("income", "收入", 500.0, -50.0, -9.09, 550.0)],
    ),
    (
        "三、支出预算说明",
        "项目支出100万元，比上年增加-15万元，增长-13.04%。",
        [("expenditure", "项目支出", 100.0, -15.0, -13.04, 115.0)],
    ),
    (
        "三、支出预算说明",
        "项目支出100万元，比上年减少（-）25万元，下降20%。其他支出5万元，比上年增加人民币1万元。",
        [
            ("expenditure", "项目支出", 100.0, -25.0, -20.0, 125.0),
            ("expenditure", "其他支出", 5.0, 1.0, None, 4.0),
        ],
    ),
    (
        "三、支出预算说明",
        "项目支出100万元，比上年-15万元，增幅-13.04%。",
        [("expenditure", "项目支出", 100.0, None, -13.04, None)],
    ),
    (
        "三、支出预算说明",
        "项目支出100万元，比上年增加80万元，增长4倍。",
        [("expenditure", "项目支出", 100.0, 80.0, 400.0, 20.0)],
    ),
    (
        "三、支出预算说明",
        "项目支出100万元，比上年增加20万元（上年仅安排一个单位80万元），增长25%。",
        [("expenditure", "项目支出", 100.0, 20.0, 25.0, 80.0)],
    ),
    (
        "三、支出说明",
        "2030年项目支出300万元，比上年多支出30万元，增长11.11%。基本支出600万元，比上年少支出20万元。",
        [
            ("expenditure", "项目支出", 300.0, 30.0, 11.11, 270.0),
            ("expenditure", "基本支出", 600.0, -20.0, None, 620.0),
        ],
    ),
    (
        "三、支出说明",
        "本年支出900万元，上年支出1000万元，同比减少100万元，下降10%。",
        [("expenditure", "支出", 900.0, -100.0, -10.0, 1000.0)],
    ),
    (
        "三、支出说明",
        "基本支出年初预算100万元，支出决算90万元，完成预算的90%，比上年减少10万元。",
        [("expenditure", "基本支出", 90.0, -10.0, None, 100.0)],
    ),
    (
        "三、支出说明",
        "支出决算900万元。其中：基本支出600万元，占66.67%。支出决算比2029年减少100万元。",
        [("expenditure", "支出", 900.0, -100.0, None, 1000.0)],
    ),
    (
        "五、一般公共预算财政拨款支出决算情况说明",
        "一般公共预算财政拨款支出1,140.00万元，与年初预算1,000.00万元相比增加140.00万元，"
        "与2029年度1,100.00万元相比增加40.00万元，增长3.64%。",
        [("general_expenditure", "一般公共预算财政拨款支出", 1140.0, 40.0, 3.64, 1100.0)],
    ),
    (
        "（一）“三公”经费支出情况说明",
        "“三公”经费支出预算为20万元，支出决算为15.5万元，比上年减少2万元，下降11.43%。",
        [("three_public", "“三公”经费", 15.5, -2.0, -11.43, 17.5)],
    ),
    (
        "（一）“三公”经费支出情况说明",
        "公务接待费预算5万元。全年接待24批次，210人次，支出2.05万元，较上年减少0.03万元。",
        [("three_public", "公务接待费", 2.05, -0.03, None, 2.08)],
    ),
    (
        "（一）“三公”经费支出情况说明",
        "公车购置及运行费99万元（其中公务用车购置费38万元，公务用车运行费61万元），"
        "比上年决算数下降26.24%；公务用车及运行维护费5万元，比上年累计支出8万元下降3万元。",
        [
            ("three_public", "公车购置及运行费", 99.0, None, -26.24, None),
            ("three_public", "公务用车及运行维护费", 5.0, -3.0, None, 8.0),
        ],
    ),
    (
        "（一）“三公”经费支出情况说明",
        "公务接待费支出决算减少为0.00万元，与2029年持平。",
        [("three_public", "公务接待费", 0.0, 0.0, 0.0, 0.0)],
    ),
    (
        "（四）政府性基金预算",
        "2030年政府性基金预算支出20万元，与上年预算数一致。",
        [("government_fund", "政府性基金预算支出", 20.0, 0.0, 0.0, 20.0)],
    ),
]


@pytest.mark.parametrize(("heading", "text", "expected"), STATED)
def test_what_is_stated(read, heading, text, expected):
    records = read(heading, text)
    assert rows(records) == expected
    assert records["notes"] == []


@pytest.mark.parametrize(
    "text",
    [
        "支出900万元，较年初预算减少32%。其中：基本支出决算400万元，比年初预算减少20万元。",
        "支出决算900万元，比预算增加0万元，比调整预算减少5万元。",
        "收入预算100万元，与上年预算口径一致。",
        "本单位无机关运行经费，与上年一致。",
        "收入预算5.2亿元，比上年增长3.5个百分点。",
    ],
)
def test_what_is_no_change_against_last_year(read, text):
    assert read("三、支出说明", text)["variances"] == []


@pytest.mark.parametrize(
    "text",
    [
        "2030年项目支出300万元，较2028年增加50万元。",
        "2030年度支出决算900万元，比2030年年初预算数800万元增加100万元，增长12.5%。",
    ],
)
def test_another_year_is_doubted_and_no_change_against_last_year(read, text):
    records = read("三、支出说明", text)
    assert records["variances"] == []
    assert [note["key"] for note in records["notes"]] == ["prose.other_year"]


@pytest.mark.parametrize(
    ("heading", "year", "other"),
    [
        ("一般公共预算支出情况说明", 2030, 2028),
        ("2030年一般公共预算支出情况说明", None, 2028),
        ("2029年一般公共预算支出情况说明", 2030, 2029),
        ("一般公共预算支出与2028年相比情况说明", 2030, 2028),
    ],
)
def test_a_sentence_without_a_year_is_about_the_headings_or_the_documents(
    read, heading, year, other
):
    text = "教育支出450.00万元，比{}年增加50.00万元。"
    records = read(heading, text.format(other), year=year)
    assert records["variances"] == []
    assert [note["key"] for note in records["notes"]] == ["prose.other_year"]
    before = 2028 if "2029" in heading else 2029
    records = read(heading, text.format(before), year=year)
    assert rows(records, COLUMNS[1:4]) == [("教育支出", 450.0, 50.0)]
    assert records["notes"] == []


def test_a_headings_year_ends_with_what_stands_under_it(read):
    records = read(
        "一、2029年收入预算情况说明",
        "基本支出90万元，比2028年增加5万元。",
        "二、支出预算情况说明",
        "项目支出80万元，比2028年增加5万元。",
        year=2030,
    )
    assert rows(records, COLUMNS[1:3]) == [("基本支出", 90.0)]


@pytest.mark.parametrize(
    "verb", ["增加/减少", "增加或减少", "增减", "增加（减少）", "增加（或减少）", "减少(增加)"]
)
def test_an_open_verb_without_a_sign_is_doubted(read, verb):
    records = read("三、支出说明", f"项目支出300万元，较上年{verb}50万元。")
    assert rows(records) == [("expenditure", "项目支出", 300.0, None, None, None)]
    assert [note["key"] for note in records["notes"]] == ["prose.direction_unclear"]


def test_what_was_spent_is_not_what_was_budgeted(read):
    """The budget stands in the same sentence, the change two sentences on."""
    records = read(
        "（二）“三公”经费支出决算具体情况说明",
        "1.因公出国（境）费预算为0万元，支出决算为0万元，与上年决算数持平。",
        "2.公务用车购置及运行维护费预算为15万元，支出决算为12万元，完成预算的80%。其中："
        "公务用车购置支出0万元；公务用车运行维护费支出12万元，年末公务用车保有量为5辆。"
        "决算数较上年减少1万元，下降7.69%。",
        "3.公务接待费。支出决算为3.5万元，比上年减少1.5万元。",
    )
    assert rows(records, COLUMNS[1:]) == [
        ("因公出国（境）费", 0.0, 0.0, 0.0, 0.0),
        ("公务用车购置及运行维护费", 12.0, -1.0, -7.69, 13.0),
        ("公务接待费", 3.5, -1.5, None, 5.0),
    ]


def test_an_item_compared_with_its_budget_before_last_year(read):
    records = read(
        "二、“三公”经费支出情况说明",
        "“三公”经费支出决算5.48万元，比预算增加0万元，比去年增加1.55万元，增长39.4%，"
        "增加原因主要是用车增加。其中，因公出国支出决算比预算无增减变化，比去年无增减变化；"
        "公务用车运行维护费支出决算3.98万元，比预算减少0.5万元，比去年增加1.05万元。",
    )
    assert rows(records, (*COLUMNS[1:4], "reason")) == [
        ("“三公”经费", 5.48, 1.55, "用车增加"),
        ("公务用车运行维护费", 3.98, 1.05, None),
    ]


def test_putuo_finance_2024_three_public_spent_and_not_budgeted(read):
    """Budgeted 0.95, spent nothing: what is as in the year before is what was spent."""
    records = read(
        "（一）“三公”经费财政拨款支出决算总体情况说明。",
        "“三公”经费财政拨款支出年初预算为0.95万元，支出决算为0.00万元，完成预算的0%。",
        "2030年度“三公”经费财政拨款支出决算数与2029年度持平。",
    )
    assert rows(records, COLUMNS[1:4]) == [("“三公”经费", 0.0, 0.0)]


def test_jiangsu_party_office_2017_a_parent_with_a_bracket(read):
    records = read(
        "五、财政拨款支出预算情况说明",
        "1.党委办公厅（室）及相关机构事务（款）行政运行（项）支出6万元，与上年相比增加1万元。",
    )
    assert records["variances"][0]["code"] == "2013101"


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        (
            "二、人员情况",
            "行政编制35名，事业编制20名；在职教职工50人，退休教师41人。",
            {
                "staff.posts_administrative": 35,
                "staff.posts_institutions": 20,
                "staff.active": 50,
                "staff.retired": 41,
            },
        ),
        (
            "（二）政府采购支出情况",
            "政府采购支出合计88万元，其中：货物支出30万元、服务支出58万元。"
            "授予中小企业合同金额80万元，占90.91%，其中：授予小微企业合同金额60万元，占75%。",
            {
                "procurement.total": 88,
                "procurement.goods": 30,
                "procurement.services": 58,
                "procurement.sme_awarded": 80,
                "procurement.micro_awarded": 60,
                "share.授予中小企业合同金额": 90.91,
                "share.授予小微企业合同金额": 75,
            },
        ),
        (
            "六、三公经费情况说明",
            "因公出国（境）团组2个，累计5人次。公务用车购置数0辆，年末保有量为6辆。"
            "国内公务接待25批次，210人次；外事接待1批次，5人次。",
            {
                "three_public.travel_groups": 2,
                "three_public.travel_persons": 5,
                "three_public.vehicles_bought": 0,
                "three_public.vehicles_kept": 6,
                "three_public.receptions": 25,
                "three_public.guests": 210,
            },
        ),
        (
            "六、三公经费情况说明",
            "共接待国内来访团组25个，来宾210人次（不含陪同）。",
            {"three_public.receptions": 25, "three_public.guests": 210},
        ),
        (
            "六、三公经费情况说明",
            "国内公务接待批次为52个，接待人次为420人，因去年新购置车辆1辆，运行费增加。",
            {"three_public.receptions": 52, "three_public.guests": 420},
        ),
    ],
)
def test_facts_of_final_accounts(read, heading, text, expected):
    records = read(heading, text)
    assert {fact["key"]: fact["value"] for fact in records["facts"]} == expected
    assert records["notes"] == []


def test_the_last_two_units_are_joined_by_a_word(read):
    records = read(
        "二、部门决算单位构成",
        "纳入决算汇编范围的独立核算单位（以下简称“单位”）共3个，包括：甲局机关、"
        "甲局人力资源和社保中心和甲局执法队。",
    )
    assert [unit["unit"] for unit in records["units"]] == [
        "甲局机关",
        "甲局人力资源和社保中心",
        "甲局执法队",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "预算执行率较上年提高5%。",
        "在校学生较上年增长10%。",
        "与上年相比，工资标准提高500元。",
        "带动投资2亿元，较上年增加0.2亿元。",
    ],
)
def test_a_change_of_something_else_is_noted_and_not_the_items_before(read, text):
    records = read("八、预算绩效情况说明", f"项目支出100万元，比上年增加5万元。{text}")
    assert rows(records, COLUMNS[1:4]) == [("项目支出", 100.0, 5.0)]
    assert [note["key"] for note in records["notes"]] == ["prose.change_without_item"]


def test_what_a_town_achieved_is_no_statement(read):
    records = read(
        "第一部分 部门概况",
        "二、2030年主要工作",
        "全县一般公共预算收入25.3亿元，比上年增长8%。项目支出3亿元，同比增长10%。",
        "三、人员情况",
        "在职人员12人。",
    )
    assert records["variances"] == []
    assert {fact["section"] for fact in records["facts"]} == {"overview"}


@pytest.mark.parametrize(
    "text",
    [
        "支出预算550万元，其中人员经费350万元，项目支出200万元，比上年增加50万元，增长10%。",
        "支出预算550万元，其中，人员经费350万元、项目支出200万元。较上年增加50万元，增长10%。",
    ],
)
def test_a_percentage_says_what_grew(read, text):
    """The last amount is 200, but 50 on 500 are 10 percent."""
    records = read("三、支出预算说明", text)
    assert rows(records) == [("expenditure", "支出", 550.0, 50.0, 10.0, 500.0)]
    notes = [(note["kind"], note["key"], note["text"], note["detail"]) for note in records["notes"]]
    assert notes == [("mended", "prose.change_fitted", "支出", "项目支出")]


@pytest.mark.parametrize(
    "texts",
    [
        ["（一）{first}", "（二）{second}"],
        ["{first}{second}"],
        ["教育支出450.00万元，其中小学300.00万元。", "{second}"],
        ["教育支出450.00万元，其中小学300.00万元。{second}"],
    ],
)
def test_a_percentage_moves_nothing_to_another_sentence(read, texts):
    """A wrong percentage that fits an amount said before is a wrong percentage."""
    first = "教育支出450.00万元，比上年增加50.00万元，增长12.50%。"
    second = "住房保障支出400.00万元，比上年增加50.00万元，增长12.50%。"
    texts = [text.format(first=first, second=second) for text in texts]
    records = read("一般公共预算支出情况说明", *texts)
    assert rows(records, COLUMNS[1:4])[-1] == ("住房保障支出", 400.0, 50.0)
    assert [row[0] for row in rows(records, COLUMNS[1:2])].count("教育支出") == (first in texts[0])
    assert records["notes"] == []


def test_a_percentage_moves_nothing_without_parts_or_after_the_whole_grew(read):
    texts = [
        "教育支出450万元，住房保障支出400万元，比上年增加50万元，增长12.5%。",
        "教育支出450万元，其中小学250万元，比上年增加50万元，增长25%，"
        "住房保障支出400万元，比上年增加50万元，增长12.5%。",
    ]
    items = [[row[0] for row in rows(read("三、支出预算说明", t), COLUMNS[1:2])] for t in texts]
    assert items == [["住房保障支出"], ["小学", "住房保障支出"]]


def test_a_wrong_percentage_moves_nothing(read):
    text = "支出预算550万元，其中人员经费350万元，项目支出200万元，比上年增加50万元，增长77%。"
    assert rows(read("三、支出预算说明", text), COLUMNS[1:4]) == [("项目支出", 200.0, 50.0)]


def test_why_less_was_spent_than_budgeted_is_no_reason_of_the_change(read):
    records = read(
        "（一）“三公”经费财政拨款支出决算总体情况说明",
        "公务接待费支出预算为10万元，支出决算为8万元，完成预算的80%，决算数小于预算数的主要原因是"
        "节约，与上年相比减少2万元，减少20%，减少的主要原因是来访少。",
    )
    assert rows(records, (*COLUMNS[1:], "reason")) == [
        ("公务接待费", 8.0, -2.0, -20.0, 10.0, "来访少")
    ]


def test_last_year_below_zero_is_doubted(read):
    records = read("三、支出预算说明", "项目支出2万元，比上年增加3万元。")
    assert rows(records, ("prior",)) == [(-1.0,)]
    assert [note["key"] for note in records["notes"]] == ["prose.prior_below_zero"]


def test_times_that_are_wrong_are_kept_for_the_audit(read):
    found = read("三、支出预算说明", "项目支出100万元，比上年增加20万元，增长5倍。")
    assert [row["percent"] for row in found["variances"]] == [500]
    assert not [note for note in found["notes"] if note["key"] == "prose.times"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "项目支出100万元，比上年增加20万元（培训支出比上年增加10万元、会议费比上年减少2万元），增长25%。",
            ("项目支出", "会议费"),
        ),
        ("项目支出100万元，比上年增加20万元（主要用于培训），50%用于会议。", ("项目支出",)),
        ("项目支出100万元，比上年增加20万元（上年含一次性项目），达98.5%。", ("项目支出",)),
    ],
)
def test_brackets_that_tell_of_a_change_are_not_passed_over(read, text, expected):
    found = read("三、支出预算说明", text)["variances"]
    assert tuple(row["item"] for row in found) == expected
    assert found[0]["percent"] is None


def test_times_that_are_too_round_are_no_percentage(read):
    """Jiangsu's procuratorate, 2018: 16 times as told, 16.03 by the amounts."""
    text = "机动经费2388.04万元，比上年增加2247.84万元（上年仅安排本级140.2万元），增长16倍。"
    found = read("三、支出预算说明", text)
    (row,) = found["variances"]
    assert (row["change"], row["percent"]) == (2247.84, None)
    (note,) = [note for note in found["notes"] if note["key"] == "prose.times"]
    assert (note["text"], note["detail"]) == ("16", "机动经费")
