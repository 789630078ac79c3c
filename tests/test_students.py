"""Student aid: hand-made documents with the verdicts that arithmetic gives, and the real one."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetkit as bk
from budgetkit import students
from budgetkit.disclosure import Disclosure, Meta
from budgetkit.errors import BudgetkitError, MissingDataError
from budgetkit.vocabulary import words

META = Meta("2024年部门预算", "某厅", 2024, "budget", None, "made-up.txt", "0" * 64)


def document(*projects, **frames):
    """A disclosure of projects: name, amount, headcounts (group, low, high), standards."""
    made = {"projects": [], "project_headcounts": [], "project_standards": []}
    for no, (name, amount, heads, standards) in enumerate(projects, start=1):
        made["projects"].append({"no": no, "project": name, "amount": amount})
        for group, low, high in heads:
            count = {"no": no, "group": group, "low": low, "high": high}
            made["project_headcounts"].append(count)
        for group, tier, yuan, *rest in standards:
            per, months = (*rest, *["person-year", None][len(rest) :])
            stated = {"group": group, "tier": tier, "yuan": yuan, "per": per, "months": months}
            made["project_standards"].append({"no": no, **stated})
    return Disclosure(META, made | frames)


def verdict(amount, heads, standards):
    row = students.projects(document(("学生助学金", amount, heads, standards))).iloc[0]
    return row


TIERS = [("助学金", "一等", 4400.0), ("助学金", "二等", 3300.0), ("助学金", "三等", 2200.0)]


@pytest.mark.parametrize(
    ("amount", "heads", "standards", "expected"),
    [
        # 300–500 students at 6,000 yuan: 180 to 300 万元
        (200.0, [("甲", 300, 500)], [("甲", None, 6000.0)], "consistent"),
        (180.0, [("甲", 300, 500)], [("甲", None, 6000.0)], "consistent"),
        (300.0, [("甲", 300, 500)], [("甲", None, 6000.0)], "consistent"),
        (179.99, [("甲", 300, 500)], [("甲", None, 6000.0)], "inconsistent"),
        (300.01, [("甲", 300, 500)], [("甲", None, 6000.0)], "inconsistent"),
        # tiers: 100 students at 2,200 to 4,400 yuan: 22 to 44 万元
        (22.0, [("助学金", 100, 100)], TIERS, "consistent"),
        (21.99, [("助学金", 100, 100)], TIERS, "inconsistent"),
        # one headcount and one standard belong together whatever they are called
        (9.6, [("在校生", 48, 48)], [("某项目", None, 2000.0)], "consistent"),
        # two groups: 10×100 … 20×100 plus 5×1,000
        (
            0.7,
            [("甲奖", 10, 20), ("乙奖", 5, 5)],
            [("甲奖", None, 100.0), ("乙奖", None, 1000.0)],
            "consistent",
        ),
        (
            0.71,
            [("甲奖", 10, 20), ("乙奖", 5, 5)],
            [("甲奖", None, 100.0), ("乙奖", None, 1000.0)],
            "inconsistent",
        ),
        # a group without a standard: only a floor, 0.6, is known
        (0.7, [("甲奖", 10, 20), ("乙奖", 6, 6)], [("乙奖", None, 1000.0)], "underdetermined"),
        (0.5, [("甲奖", 10, 20), ("乙奖", 6, 6)], [("乙奖", None, 1000.0)], "inconsistent"),
        # nothing, or one side only
        (1.0, [], [], "underdetermined"),
        (1.0, [("甲", 3, 5)], [], "underdetermined"),
        (1.0, [], [("甲", None, 100.0)], "underdetermined"),
        # monthly: ten months are stated; without months, ten to twelve
        (0.3, [("甲", 1, 1)], [("甲", None, 300.0, "person-month", 10)], "consistent"),
        (0.36, [("甲", 1, 1)], [("甲", None, 300.0, "person-month", 10)], "inconsistent"),
        (0.36, [("甲", 1, 1)], [("甲", None, 300.0, "person-month")], "consistent"),
        # by class: can't be turned into yuan a student
        (1.0, [("甲", 1, 1)], [("甲", None, 300.0, "class-month", 10)], "underdetermined"),
        # an open end
        (1.0, [("甲", 10, None)], [("甲", None, 100.0)], "underdetermined"),
        (0.09, [("甲", 10, None)], [("甲", None, 100.0)], "inconsistent"),
        # nobody is paid
        (1.0, [("甲", 0, 0)], [("甲", None, 100.0)], "inconsistent"),
    ],
)
def test_verdicts(amount, heads, standards, expected):
    row = verdict(amount, heads, standards)
    assert row["verdict"] == expected
    assert pd.isna(row["possible"]) == (expected == "underdetermined")
    assert row["why"]


def test_what_follows_from_amount_headcount_and_tiers():
    row = verdict(33.0, [("助学金", 90, 110)], [*TIERS, ("助学金", "平均", 3300.0)])
    assert row[["standard_min", "standard_mean", "standard_max"]].tolist() == [2200, 3300, 4400]
    assert row[["implied_low", "implied_high"]].tolist() == [75, 150]
    assert row[["yuan_low", "yuan_high"]].tolist() == [3000, 3666.6667]
    assert row[["feasible_low", "feasible_high"]].tolist() == [19.8, 48.4]
    assert row["possible"]
    assert row["at_average"]


def test_an_average_that_the_money_does_not_allow():
    low = verdict(22.0, [("助学金", 100, 100)], [*TIERS, ("助学金", "平均", 3300.0)])
    assert low["possible"]
    assert not low["at_average"]
    assert "低于" in low["why"]
    high = verdict(44.0, [("助学金", 100, 100)], [*TIERS, ("助学金", "平均", 3300.0)])
    assert "高于" in high["why"]


@given(
    st.integers(1, 5000),
    st.integers(0, 5000),
    st.integers(100, 9000),
    st.integers(0, 9000),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_what_can_be_paid_out_is_never_called_inconsistent(low, more, cheap, dearer, a, b):
    heads, yuan = low + int(a * more), cheap + int(b * dearer)
    standards = [("甲", "最低", float(cheap)), ("甲", "最高", float(cheap + dearer))]
    row = verdict(heads * yuan / 10000, [("甲", low, low + more)], standards)
    assert row["verdict"] == "consistent"
    assert row["implied_low"] <= heads + 1e-3
    assert heads <= row["implied_high"] + 1e-3
    assert row["yuan_low"] <= yuan + 1e-3
    assert yuan <= row["yuan_high"] + 1e-3


def test_only_student_aid_is_taken_and_sorted_by_what_it_pays_for():
    names = {
        "学生资助补助经费-中职助学金": "grant",
        "本专科国家励志奖学金": "scholarship",
        "励志奖学金、助学金": "mixed",
        "免除中等职业学校学生住宿费和教材费": "fees",
        "高校学生伙食补助资金": "meals",
        "服兵役国家教育资助": "service",
        "班主任、辅导员补贴经费": None,
        "六十年代精简退职老职工生活补助费": None,
        "园区专项资金": None,
    }
    found = students.projects(document(*((name, 1.0, [], []) for name in names)))
    assert found.set_index("project")["kind"].to_dict() == {k: v for k, v in names.items() if v}


def test_two_purses_of_one_grant_are_taken_together():
    heads, standards = [("国家助学金", 100, 120)], [("国家助学金", None, 3000.0)]
    doc = document(
        ("国家助学金自治区配套", 10.0, heads, standards),
        ("国家助学金", 22.0, [("国家助学金", 90, 110)], standards),
        ("其他学生奖学金", 1.0, [("奖学金", 5, 5)], [("奖学金", None, 2000.0)]),
    )
    assert students.projects(doc)["verdict"].tolist() == [
        "inconsistent",
        "inconsistent",
        "consistent",
    ]
    row = students.together(doc).iloc[0]
    assert row["projects"] == [1, 2]
    assert row[["headcount_low", "headcount_high"]].tolist() == [100, 110]
    assert row[["amount", "feasible_low", "feasible_high"]].tolist() == [32.0, 30.0, 33.0]
    assert row["verdict"] == "consistent"


def test_nothing_to_take_together_gives_no_row():
    found = students.together(document(("学生助学金", 1.0, [], [])))
    assert found.empty
    assert "verdict" in found


def figures(*rows):
    """Rows of a figures frame: unit, code, project, measure, amount; totals of 20503 besides."""
    made = [
        {
            "table": "general_projects",
            "row": number,
            "level": "project",
            "code": code,
            "name": "高等职业教育",
            "unit": unit,
            "project": project,
            "measure": measure,
            "amount": amount,
        }
        for number, (unit, code, project, measure, amount) in enumerate(rows, start=1)
    ]
    line = {
        "table": "expenditure",
        "row": 1,
        "level": "section",
        "code": "20503",
        "name": "职业教育",
    }
    return [
        *made,
        {**line, "measure": "basic", "amount": 500.0},
        {**line, "measure": "project", "amount": 100.0},
    ]


def target(unit, indicator, operator, value, target_unit="人"):
    return {
        "form": 1,
        "unit": unit,
        "indicator": indicator,
        "operator": operator,
        "target": value,
        "target_unit": target_unit,
    }


SCHOOLS = figures(
    ("一校", "2050305", "学生助学金", "total", 100.0),
    ("一校", "2050305", "学生助学金", "household_transfers", 100.0),
    ("一校", "2050305", "免学费", "total", 20.0),
    ("一校", "2050305", "教学楼维修", "total", 900.0),
    ("二校", "2050302", "学生助学金", "total", 10.0),
)


@pytest.mark.parametrize(
    ("targets", "bound", "low", "high"),
    [
        (
            [
                target("一校", "受益学生人数", "≥", "1000"),
                target("一校", "学生活动人数", "≥", "400"),
            ],
            "upper",
            None,
            1200.0,
        ),
        ([target("一校", "在校生人数", "=", "1,200")], "both", 1000.0, 1000.0),
        ([target("一校", "在校学生数", "≤", "1200")], "lower", 1000.0, None),
        ([target("一校", "参赛学生人数", "≤", "60")], "none", None, None),
        ([target("一校", "受益学生人数", "≥", "1000", "人次")], "none", None, None),
        ([target("一校", "培训学生人数", "≥", "1000")], "none", None, None),
        ([target("一校", "学生满意度", "≥", "95", "%")], "none", None, None),
        ([target("一校", "受益学生人数", "≥", "若干")], "none", None, None),
        ([target("二校", "受益学生人数", "≥", "1000")], "none", None, None),
        # promises that contradict one another bound nothing
        (
            [target("一校", "受益学生人数", "≥", "900"), target("一校", "在校生数", "≤", "800")],
            "none",
            None,
            None,
        ),
        ([], "none", None, None),
    ],
)
def test_a_school_is_bounded_by_what_it_promises(targets, bound, low, high):
    doc = Disclosure(META, {"figures": SCHOOLS, "targets": targets})
    row = students.by_school(doc).set_index("unit").loc["一校"]
    assert (row["projects"], row["amount"], row["cash"]) == (2, 120.0, 100.0)
    assert row["bound"] == bound
    assert row["yuan_low"] == low or (low is None and pd.isna(row["yuan_low"]))
    assert row["yuan_high"] == high or (high is None and pd.isna(row["yuan_high"]))


def test_vocational_money_is_bounded_for_all_schools_together():
    targets = [
        target("一校", "受益学生人数", "≥", "1000"),
        target("二校", "受益学生人数", "≥", "250"),
    ]
    row = students.vocational(Disclosure(META, {"figures": SCHOOLS, "targets": targets})).iloc[0]
    assert row["students_low"] == 1250
    assert row[["basic_yuan_high", "project_yuan_high"]].tolist() == [4000, 800]
    assert row[["basic_yuan_low", "students_high"]].isna().all()


def test_what_is_missing_is_said_with_a_way_out():
    bk.use_language("en")
    with pytest.raises(MissingDataError, match=r"1 projects in all\)$"):
        students.projects(document(("园区专项资金", 1.0, [], [])))
    with pytest.raises(MissingDataError, match=r"the project table has some: students\.by_school"):
        students.projects(Disclosure(META, {"figures": SCHOOLS}))
    with pytest.raises(MissingDataError, match=r"'general_projects'$"):
        students.by_school(document())
    with pytest.raises(MissingDataError, match=r"the text has some: students\.projects"):
        students.by_school(document(("学生助学金", 1.0, [], [])))
    with pytest.raises(MissingDataError, match="20503"):
        students.vocational(document())
    with pytest.raises(MissingDataError, match="both headcount and standard"):
        students.plot(document(("学生助学金", 1.0, [], [])))
    with pytest.raises(MissingDataError, match="no indicator counts"):
        students.plot(Disclosure(META, {"figures": SCHOOLS}), "schools")
    with pytest.raises(BudgetkitError, match="intervals, schools"):
        students.plot(document(), "pie")


def test_every_verdict_is_explained_in_both_languages():
    """Every sentence of the lesson can be said, in Chinese and in English."""
    labels = words("labels")["students"]
    values = dict.fromkeys(("low", "high", "amount", "table", "basis", "group"), "1.00")
    for group in ("why", "bound"):
        for key in labels[group]:
            said = {}
            for name in bk.language.LANGUAGES:
                with bk.language.language(name):
                    said[name] = bk.language.label(f"students.{group}.{key}", **values)
            assert said["zh"] != said["en"]
            assert "{" not in "".join(said.values())
    with bk.language.language("en"):
        row = verdict(1.0, [("甲", 300, 500)], [("甲", None, 6000.0)])
    assert (
        row["why"]
        == "headcount and standard call for at least 180.00; the amount is only 1.00 (10,000 yuan)"
    )


def test_xinjiang_projects(bundled):
    """Hand-checked: 18 aid projects, seven with headcount and standard; 23 tells of 24's grant."""
    found = students.projects(bundled).set_index("no")
    numbers = [14, 15, 16, 18, 19, 20, *range(23, 29), *range(35, 41)]
    assert found.index.tolist() == numbers
    decided = found[found["verdict"] != "underdetermined"]
    # 300×6000 + 1300×1000 … 500×6000 + 1800×3000; 4500×2200 … 5500×4400; 180×1000 … 320×3000 …
    assert decided["feasible_low"].to_dict() == {
        14: 310.0,
        15: 1240.0,
        18: 18.0,
        24: 990.0,
        26: 20.0,
        35: 9.6,
        39: 13.4,
    }
    assert decided["feasible_high"].to_dict() == {
        14: 840.0,
        15: 2720.0,
        18: 96.0,
        24: 2420.0,
        26: 120.0,
        35: 9.6,
        39: 13.4,
    }
    assert decided.index[decided["possible"]].tolist() == [14, 24, 26]
    assert found["amount"].sum() == pytest.approx(3813.91)
    # the text says 107.00 where the table prints 107.00 + 57.00
    assert found.index[found["amount"] != found["table_amount"]].tolist() == [38]
    assert found.loc[38, "table_amount"] == 164.0


def test_xinjiang_taken_together(bundled):
    found = students.together(bundled)
    assert found["projects"].tolist() == [[15, 24], [18, 26]]
    assert found["at_average"].tolist() == [True, True]


def test_xinjiang_schools(bundled):
    found = students.by_school(bundled)
    assert found["amount"].tolist() == [2625.78, 1036.45, 208.68]
    assert found["students_low"].tolist() == [8000, 5000, 550]
    assert found["yuan_high"].round().tolist() == [3282, 2073, 3794]
    # the 18 projects of the text, and what the table prints more for one of them
    assert found["amount"].sum() == pytest.approx(3813.91 + 57)
    vocational = students.vocational(bundled)
    assert vocational.loc[0, "total"] == 46155.25
    assert vocational["bound"].tolist() == ["upper", "none", "none", "none"]


@pytest.mark.parametrize("language", bk.language.LANGUAGES)
@pytest.mark.parametrize("options", [{"kind": "what_if", "no": 35}, {"kind": "schools"}])
def test_a_label_on_two_lines_is_set_apart_and_flush(bundled, drawn, language, options):
    """A bracket of Chinese type ends in a blank: both lines end in one, or neither."""
    bk.use_language(language)
    axes = drawn(bk.students.plot(bundled, **options))
    labels = [label for label in axes.get_yticklabels() if "\n" in label.get_text()]
    assert labels
    for label in labels:
        assert label._linespacing >= 1.3
        if options["kind"] == "what_if":
            first, second = label.get_text().split("\n")
            assert first.endswith("）") == second.endswith("）")
