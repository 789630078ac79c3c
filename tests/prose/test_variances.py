"""Statements of change against last year."""

import pytest

COLUMNS = ("item", "amount", "change", "percent", "prior")


def rows(records, columns=COLUMNS):
    return [tuple(r[column] for column in columns) for r in records["variances"]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "单位资金90.00万元，占4.50%，比上年预算减少10.00万元，下降10.00%。",
            ("单位资金", 90.0, -10.0, -10.0, 100.0),
        ),
        (
            "2030年度收入预算110.5万元，比2029年年初预算数100万元增加10.5万元，增长10.5%。",
            ("收入", 110.5, 10.5, 10.5, 100.0),
        ),
        (
            "一般公共预算收入20万元，与上年相比增加 5 万元，增长 33.33 %。",
            ("一般公共预算收入", 20.0, 5.0, 33.33, 15.0),
        ),
        ("其他收入8万元，与2029年预算持平。", ("其他收入", 8.0, 0.0, 0.0, 8.0)),
        ("公务接待费10万元，与2029持平。", ("公务接待费", 10.0, 0.0, 0.0, 10.0)),
        ("其他收入0万元，与上年相比增加（减少）0万元。", ("其他收入", 0.0, 0.0, None, 0.0)),
        (
            "2029年当年预算执行数为80万元，2030年基本支出预算安排100万元，比上年执行数增加25%。",
            ("基本支出", 100.0, 20.0, 25.0, 80.0),
        ),
        ("项目支出61.2万元，比上年增支1.2万元。", ("项目支出", 61.2, 1.2, None, 60.0)),
        ("经营收入9万元，比上年减收1万元，下降10%。", ("经营收入", 9.0, -1.0, -10.0, 10.0)),
        ("经营收入60万元，比上年增长20%，增收10万元。", ("经营收入", 60.0, 10.0, 20.0, 50.0)),
        ("经营收入9万元，比2029年预算增加增加1万元。", ("经营收入", 9.0, 1.0, None, 8.0)),
        ("经营收入9万元，比2029年度减增加1万元。", ("经营收入", 9.0, 1.0, None, 8.0)),
        ("“三公”经费预算50万元，与上年相比实现零增长。", ("“三公”经费", 50.0, 0.0, 0.0, 50.0)),
        ("公务接待费8万元，较2029年压缩20%。", ("公务接待费", 8.0, None, -20.0, None)),
        (
            "（二）农林水支出类科目6万元，占支出总预算60%，同比增加1万元，增长20%。",
            ("农林水支出", 6.0, 1.0, 20.0, 5.0),
        ),
        (
            "一般公共财政预算拨款6万元，占收入总预算的100%，同比增加1万元。",
            ("一般公共财政预算拨款", 6.0, 1.0, None, 5.0),
        ),
        ("项目支出7,500元，较2029年减少2,500元。", ("项目支出", 0.75, -0.25, None, 1.0)),
        ("项目支出2亿元，比上年增加0.5亿元。", ("项目支出", 20000.0, 5000.0, None, 15000.0)),
        (
            "基本支出10万元，主要用于保障人员经费、公用支出，比上年减少2万元。",
            ("基本支出", 10.0, -2.0, None, 12.0),
        ),
        (
            "基本支出决算为5万元。与2029年度相比，基本支出减少1万元，下降16.67%。",
            ("基本支出", 5.0, -1.0, -16.67, 6.0),
        ),
    ],
)
def test_wordings(read, sentence, expected):
    records = read("二、收入预算情况说明", sentence)
    assert rows(records) == [expected]
    assert records["variances"][0]["section"] == "income"


def test_share_and_reason(read):
    records = read(
        "二、收入预算情况说明", "单位资金9万元，占4.50%，比上年增加1万元，主要原因是收费多了。"
    )
    assert rows(records, ("share", "reason")) == [(0.045, "收费多了")]


@pytest.mark.parametrize(
    "sentences",
    [
        ["基本支出9万元，比上年增加1万元。主要原因是：人多了。"],
        ["基本支出9万元，比上年增加1万元。", "主要原因是人多了。"],
        ["基本支出9万元，比上年增加1万元，主要是人多了。"],
        ["基本支出9万元，比上年增加1万元，原因是人多了"],
    ],
)
def test_reasons_stand_in_many_places(read, sentences):
    records = read("三、支出预算情况说明", *sentences)
    assert rows(records, ("reason",)) == [("人多了",)]


@pytest.mark.parametrize(
    ("opens", "explained"),
    [
        ("财政拨款收入支出增加的主要原因是人多了。", ["人多了", None, "人多了", None]),
        ("财政拨款支出增加的原因：人多了。", [None, None, "人多了", None]),
        ("财政拨款收入支出减少的主要原因是人少了。", [None] * 4),  # nothing of it went down
        ("人员经费增加的主要原因是人多了。", [None] * 4),  # told of nowhere
        ("此项变动较大的原因是人多了。", [None, None, None, "人多了"]),
    ],
)
def test_shanghai_a_paragraph_gives_the_reason_of_what_it_names(read, opens, explained):
    records = read(
        "一、收支预算总体情况说明",
        "财政拨款收入9万元，比上年预算增加1万元；事业收入2万元，比上年预算减少1万元。",
        "财政拨款支出9万元，比上年预算增加1万元。项目支出2万元，比上年预算减少1万元。",
        opens,
    )
    assert rows(records, ("reason",)) == [(reason,) for reason in explained]


def test_shenzhen_finance_2026_the_reason_stands_below_its_announcement(read):
    records = read(
        "（一）机关运行经费",
        "机关运行经费9万元，较上年预算减少1万元。主要是：",
        "甲建成；又压减了乙。",
        "机关运行经费2万元用于丙。",
    )
    assert rows(records, ("reason",)) == [("甲建成；又压减了乙",)]


@pytest.mark.parametrize(
    ("below", "reason", "changes"),
    [
        (["一是建了甲。", "二是压减了乙。"], "一是建了甲；二是压减了乙", 1),
        (["（1）建了甲。", "（2）压减了乙。"], "建了甲；压减了乙", 1),
        (["建了甲。项目支出2万元，比上年增加1万元。"], "建了甲", 2),
        (["建了甲。", "二是项目。"], "建了甲；二是项目", 1),
        (["（一）项目支出2万元，比上年增加1万元。"], None, 2),
        (["（1）建了甲。", "（二）项目支出2万元，比上年增加1万元。"], "建了甲", 2),
    ],
)
def test_an_announced_reason_may_have_several_paragraphs(read, below, reason, changes):
    change = "机关运行经费9万元，较上年预算减少1万元。主要原因："
    found = read("三、支出预算情况说明", change, *below)["variances"]
    assert (found[0]["reason"], len(found)) == (reason, changes)


def test_about_the_same_states_no_number(read):
    records = read("三、支出预算情况说明", "基本支出9万元，与上年基本持平，主要原因是人没变。")
    assert rows(records, (*COLUMNS, "reason")) == [("基本支出", 9.0, None, None, None, "人没变")]


@pytest.mark.parametrize(
    "same", ["持平", "无变化", "没有变动", "没有增减", "未发生变动", "保持不变", "一致"]
)
def test_unchanged_needs_no_amount(read, same):
    records = read("八、“三公”经费情况说明", f"因公出国（境）费与2029年预算{same}。")
    assert rows(records) == [("因公出国（境）费", None, 0.0, 0.0, None)]


def test_numbers_inside_a_reason_are_no_statements(read):
    records = read(
        "三、支出预算情况说明",
        "项目支出9万元，比上年增加1万元，增长12.50%，主要原因是一是甲专户较上年增加2万元；"
        "二是乙资金较上年减少1万元。综上，项目支出体现出增加1万元。",
    )
    assert rows(records) == [("项目支出", 9.0, 1.0, 12.5, 8.0)]
    assert records["variances"][0]["reason"].endswith("二是乙资金较上年减少1万元")


@pytest.mark.parametrize(
    "sentence",
    ["政府性基金预算未安排。", "2030年未使用政府性基金预算拨款安排的支出，与2029年持平。"],
)
def test_nothing_arranged_is_no_statement(read, sentence):
    assert read("二、收入预算情况说明", "单位资金9万元。", sentence)["variances"] == []


def test_three_public_expenses_in_two_long_sentences(read):
    records = read(
        "十、财政拨款“三公”经费预算情况说明",
        "甲厅2030年财政拨款“三公”经费预算数为12万元，其中：因公出国（境）费0万元，"
        "公务用车运行费9万元，公务接待费3万元。",
        "2030年财政拨款“三公”经费预算比上年预算减少2万元，下降14.29%，其中："
        "因公出国（境）费增加0万元，增长0%，主要原因是未安排；公务用车运行费减少1.5万元，"
        "下降14.29%，主要原因是减少用车2辆；公务接待费减少0.5万元，下降14.29%。",
    )
    assert rows(records) == [
        ("“三公”经费", 12.0, -2.0, -14.29, 14.0),
        ("因公出国（境）费", 0.0, 0.0, 0.0, 0.0),
        ("公务用车运行费", 9.0, -1.5, -14.29, 10.5),
        ("公务接待费", 3.0, -0.5, -14.29, 3.5),
    ]
    assert {r["section"] for r in records["variances"]} == {"three_public"}


def test_statements_inside_a_bracket(read):
    records = read(
        "二、“三公”经费安排情况",
        "公务用车购置及运行维护费8万元（公务用车购置费0万元，比上年增加0万元；"
        "公务用车运行维护费8万元，比上年减少2万元。）比上年减少2万元，下降20%。",
    )
    assert rows(records, ("item", "amount", "change")) == [
        ("公务用车购置费", 0.0, 0.0),
        ("公务用车运行维护费", 8.0, -2.0),
        ("公务用车购置及运行维护费", 8.0, -2.0),
    ]


def test_the_item_of_a_list_stands_in_its_title(read):
    records = read(
        "第五部分 财政拨款“三公”经费预算情况",
        "1.公务接待费。2030年预算数3万元，较2029年年初预算减少1万元，主要是来访减少。",
    )
    assert rows(records, ("item", "amount", "change", "reason")) == [
        ("公务接待费", 3.0, -1.0, "来访减少")
    ]


def test_functional_items(read):
    records = read(
        "五、一般公共预算当年拨款情况说明",
        "1、教育支出(类)职业教育(款)高等职业教育(项):2030年预算数为5万元,比上年预算增加1万元。",
        "2、教育支出（类）其他教育支出（款）其他教育支出（项）：2030年预算数为2万元，与上年持平。",
    )
    assert rows(records, ("item", "amount", "change")) == [
        ("高等职业教育", 5.0, 1.0),
        ("其他教育支出", 2.0, 0.0),
    ]


def test_where_the_heading_does_not_say_the_item_says_the_section(read):
    records = read("甲局收入预算9万元，比上年增加1万元；支出预算9万元，比上年增加1万元。")
    assert [r["section"] for r in records["variances"]] == ["income", "expenditure"]


def test_a_part_of_a_name_is_not_the_generic_noun(read):
    records = read(
        "（二）支出预算",
        "支出预算：2030年年初预算数50万元，包括教育支出30万元，住房保障支出20万元。"
        "支出比2029年增加5万元。",
    )
    assert rows(records, ("item", "amount")) == [("支出", 50.0)]


def test_an_open_verb_with_a_number_is_doubted(read):
    records = read("三、支出预算情况说明", "基本支出9万元，与上年相比增加（减少）3万元。")
    assert rows(records, ("amount", "change", "prior")) == [(9.0, None, None)]
    assert records["notes"][0]["key"] == "prose.direction_unclear"


def test_verbs_that_disagree_are_doubted(read):
    records = read("三、支出预算情况说明", "基本支出9万元，比上年减少3万元，增长25%。")
    assert records["notes"][0]["key"] == "prose.directions_disagree"


def test_a_stated_prior_that_disagrees_is_doubted(read):
    records = read("三、支出预算情况说明", "基本支出9万元，比2029年预算数7万元增加3万元。")
    assert rows(records, ("prior",)) == [(6.0,)]
    assert records["notes"][0]["key"] == "prose.prior_disagrees"


def test_a_change_of_nothing_known_is_unplaced(read):
    records = read("其他", "比上年增加3万元。")
    assert records["variances"] == []
    assert [(n["kind"], n["key"]) for n in records["notes"]] == [
        ("unplaced", "prose.change_without_item")
    ]


FAR = "经济分类科目调整以后按照新的口径重新计算并且扣除一次性因素影响之后的全部支出"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("（一）教育支出450.00万元，增加50.00万元，增长12.50%。", "增加50.00万元"),
        ("教育支出450.00万元，支出增加50.00万元。", "增加50.00万元"),
        ("教育支出450.00万元，增长12.50%。", "增长12.50%"),
        (f"教育支出450.00万元，与上年{FAR}持平。", "持平"),
        ("在校学生补贴标准450.00万元，在校学生比上年持平。", "持平"),
    ],
)
def test_a_statement_left_out_is_noted_once(read, text, printed):
    records = read("一般公共预算支出情况说明", text)
    assert records["variances"] == []
    assert [(note["key"], note["text"]) for note in records["notes"]] == [
        ("prose.change_without_item", printed)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "项目预算450.00万元，其中支持稳增长30.00万元。",
        f"与上年{FAR}持平。",
        "教育支出450.00万元，未安排会议费，与上年持平。",
        "教育支出450.00万元，增加的支出用于学校。",
    ],
)
def test_what_states_no_change_with_a_number_is_not_noted(read, text):
    notes = read("一般公共预算支出情况说明", text)["notes"]
    assert [note["key"] for note in notes if note["key"] == "prose.change_without_item"] == []


def test_the_glossary_states_nothing(read):
    assert read("第四部分 名词解释", "基本支出9万元，比上年增加1万元。")["variances"] == []


def test_a_sentence_that_only_compares_goes_on_with_the_whole(read):
    records = read(
        "八、三公经费情况说明",
        "“三公”经费预算14万元，其中：公务用车运行维护费13万元，公务接待费1万元。"
        "与2029年预算相比增长16.7%，其中公务用车运行维护费增加2万元。",
    )
    assert rows(records, ("item", "amount", "change", "percent")) == [
        ("“三公”经费", 14.0, None, 16.7),
        ("公务用车运行维护费", 13.0, 2.0, None),
    ]


def test_a_reason_of_its_own_reaches_over_no_section_and_replaces_none(read):
    change = "公务接待费支出9万元，比上年增加1万元"
    reason = "公务接待费支出增加的主要原因是乙增加。"
    apart = read("三、支出预算情况说明", f"{change}。", "四、机关运行经费情况说明", reason)
    assert [row["reason"] for row in apart["variances"]] == [None]
    given = read("三、支出预算情况说明", f"{change}，主要原因是甲增加。", reason)
    assert ["乙" in row["reason"] for row in given["variances"]] == [False]
    both = read(
        "三、支出预算情况说明",
        "财政拨款收入9万元，比上年增加1万元，主要原因是甲增加。",
        "财政拨款支出9万元，比上年增加1万元。",
        "财政拨款收支增加的主要原因是乙增加。",
    )
    assert [row["reason"][0] for row in both["variances"]] == ["甲", "乙"]
    own = read("三、支出预算情况说明", f"{change}。", reason)
    assert ["乙" in row["reason"] for row in own["variances"]] == [True]
