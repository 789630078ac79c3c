"""Explorers, driven without a browser: move a control, look at the frame behind the chart."""

import html
import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import budgetkit as bk
from budgetkit import Disclosure
from budgetkit.explorers import pieces
from budgetkit.meta import short_name

LESSONS = {
    "income": bk.income.explore,
    "units": bk.units.explore,
    "students": bk.students.explore,
    "variance": bk.variance.explore,
    "audit": bk.audit.explore,
}

SCHOOL = "新疆轻工职业技术学院"

each = pytest.mark.parametrize("explore", LESSONS.values(), ids=LESSONS)


@pytest.fixture(autouse=True)
def agg(drawn):
    """Charts are drawn into memory, figures of executed code closed."""


def choose(chooser, name):
    """Set both drop-downs to a dataset."""
    ours = short_name(bk.load(name).meta.department)
    names = [option for option, _ in chooser.department.options]
    chooser.department.value = next(name for name in names if short_name(name) == ours)
    chooser.year.value = name


def reproduced(explorer, **given):
    """What the explorer's own code cell gives."""
    names = dict(given)
    exec(explorer.code, names)  # what "show me the code" promises
    return names["view"]


def picture(explorer):
    """The charts as they are on the page."""
    return re.findall(r'src="data:image/png;base64,([^"]+)"', explorer.still())


@each
def test_code_reproduces_the_view(explore, bundled):
    explorer = explore(bundled)
    assert len(explorer.view)
    assert 'bk.load("xinjiang-miit-2024")' in explorer.code
    assert_frame_equal(reproduced(explorer), explorer.view)


@pytest.mark.parametrize(
    ("lesson", "moves"),
    [
        ("income", {"level": "item", "function": "2050305"}),
        ("units", {"what": "carryovers", "unit": SCHOOL}),
        ("students", {"project": 35, "headcount": (30, 40)}),
        ("students", {"project": 16, "headcount": (0, 2000), "standard": (1000, 3000)}),
        ("variance", {"section": "general_expenditure", "frozen": ("2050305", "2150805")}),
        ("variance", {"transfers": True}),
        ("audit", {"plant": "digit", "seed": 7}),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_move_changes_view_and_chart_and_its_code_reproduces_it(
    lesson, moves, language, bundled
):
    bk.use_language(language)
    explorer = LESSONS[lesson](bundled)
    for name, value in moves.items():
        before, chart = explorer.view, picture(explorer)
        explorer.controls[name].value = value
        if name != "level":  # another level only offers other functions
            assert not explorer.view.equals(before)
            assert picture(explorer) != chart
    assert_frame_equal(reproduced(explorer), explorer.view)


def test_a_function_leaves_the_sources_that_pay_for_it(bundled):
    explorer = bk.income.explore(bundled)
    assert len(explorer.view) == 6
    assert explorer.view["amount"].sum() == pytest.approx(86617.08)
    explorer.controls["level"].value = "section"
    names = dict(explorer.controls["function"].options)
    assert "20503" in names.values()
    assert "205" not in names.values()
    explorer.controls["function"].value = "20503"
    printed = bundled.wide("income").set_index("code").loc["20503"]
    assert explorer.view["amount"].sum() == pytest.approx(printed["total"])
    fees = explorer.view.set_index("source")["amount"]["special_account"]
    assert fees == printed["special_account"]


def test_another_level_goes_back_to_all_functions(bundled):
    explorer = bk.income.explore(bundled)
    explorer.controls["function"].value = "205"
    explorer.controls["level"].value = "item"
    assert explorer.controls["function"].value == ""
    assert explorer.view["amount"].sum() == pytest.approx(86617.08)


def test_a_unit_shows_its_projects_and_stays_chosen_for_other_money(bundled):
    explorer = bk.units.explore(bundled)
    assert explorer.controls["unit"].options[1][1] == explorer.view["unit"].iloc[0]
    explorer.controls["unit"].value = SCHOOL
    printed = bk.units.projects(bundled).set_index("unit").loc[SCHOOL, "amount"]
    assert explorer.view["amount"].sum() == pytest.approx(printed)
    explorer.controls["what"].value = "carryovers"
    assert explorer.controls["unit"].value == SCHOOL
    printed = bk.units.carryovers(bundled).set_index("unit").loc[SCHOOL, "amount"]
    assert explorer.view["amount"].sum() == pytest.approx(printed)


def test_a_unit_without_the_other_money_gives_way_to_all_units(bundled):
    explorer = bk.units.explore(bundled)
    missing = set(bk.units.projects(bundled)["unit"]) - set(bk.units.carryovers(bundled)["unit"])
    explorer.controls["unit"].value = min(missing)
    explorer.controls["what"].value = "carryovers"
    assert explorer.controls["unit"].value == ""
    assert len(explorer.view) == 24


def test_sliders_show_which_of_the_three_can_be_true(bundled):
    explorer = bk.students.explore(bundled)
    explorer.controls["project"].value = 35  # 48 students, 2,000 yuan, 6.64 万元
    assert explorer.controls["headcount"].value == (48, 48)
    assert explorer.view["fits"].eq(False).all()
    assert "不能同时成立" in explorer.message
    explorer.controls["headcount"].value = (33, 34)
    assert explorer.view["fits"].all()
    assert explorer.view["basis"].tolist() == ["stated", "assumed", "stated"]
    assert "可以同时成立" in explorer.message
    explorer.controls["headcount"].value = (48, 48)
    assert explorer.view["basis"].tolist() == ["stated", "stated", "stated"]


def test_a_slider_at_its_whole_range_says_nothing_where_nothing_is_stated(bundled):
    explorer = bk.students.explore(bundled)
    explorer.controls["project"].value = 16  # neither headcount nor standard
    assert explorer.view["basis"].tolist() == ["stated", "unstated", "unstated"]
    assert explorer.view[["implied_low", "implied_high"]].isna().all(axis=None)
    assert "无从判断" in explorer.message


def test_every_project_has_its_own_numbers_on_the_sliders(bundled):
    explorer = bk.students.explore(bundled)
    stated = bk.students.projects(bundled).set_index("no")
    for _, no in (*explorer.controls["project"].options, *explorer.controls["project"].options):
        explorer.controls["project"].value = no
        row, slider = stated.loc[no], explorer.controls["headcount"]
        if pd.notna(row["headcount_low"]):
            assert slider.value == (row["headcount_low"], row["headcount_high"])
        assert slider.max >= slider.value[1]
        assert [end % slider.step for end in slider.value] == [0, 0]
        assert explorer.view.attrs["verdict"] == row["verdict"]


def test_frozen_transfers_take_their_change_out_of_the_total(bundled):
    explorer = bk.variance.explore(bundled)
    explorer.controls["transfers"].value = True
    assert explorer.controls["frozen"].value == ("上级一般公共预算安排的转移支付资金",)
    total = explorer.view.iloc[-1]
    assert total["what_if"] == pytest.approx(86617.08 - 4130.63)
    assert "82,486.45" in explorer.message
    explorer.controls["frozen"].value = ()
    assert explorer.controls["transfers"].value is False
    assert explorer.view["what_if"].equals(explorer.view["amount"])


@pytest.mark.parametrize("kind", ["digit", "swap", "shift"])
def test_a_planted_error_is_told_and_named(kind, bundled):
    explorer = bk.audit.explore(bundled)
    printed = explorer.view
    assert explorer.message == bundled.audit().headline
    assert explorer.controls["seed"].disabled
    explorer.controls["plant"].value = kind
    _, key = bk.audit.plant(bundled, kind, seed=1)
    assert f"由 {key['printed'].iloc[0]:,.2f} 改为" in explorer.message
    assert "核对指出了这一处" in explorer.message
    assert len(explorer.view) > len(printed)
    explorer.controls["plant"].value = "none"
    assert_frame_equal(explorer.view, printed)


def test_an_error_that_no_sum_goes_through_escapes():
    explorer = bk.audit.explore(bk.load("jiangsu-party-office-2017"))
    explorer.controls["plant"].value = "row"
    assert "核对没有发现" in explorer.message


def test_findings_of_one_table(bundled):
    explorer = bk.audit.explore(bundled)
    explorer.controls["what"].value = "checks"
    explorer.controls["table"].value = "income"
    assert set(explorer.view["table"]) == {"income"}
    assert 'bk.audit.findings(doc, what="checks", table="income")' in explorer.code


@pytest.mark.parametrize("lesson", ["units", "variance", "audit"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_name_of_the_package_is_shown_for_its_label(lesson, language):
    """Sections, tables, measures, kinds of units; Guangzhou's statistics state something else."""
    bk.use_language(language)
    for name in ("xinjiang-miit-2024", "guangzhou-statistics-2026"):
        explorer = LESSONS[lesson](bk.load(name))
        cells = re.findall(r"<t[hd] class=[^>]*>(.*?)</t[hd]>", explorer.still())
        texts = [html.unescape(cell.replace("<wbr>", "")) for cell in cells]
        for control in explorer.controls.values():
            texts += [text for text, _ in getattr(control, "options", [])]
        own = r"[a-z_]+" if language == "zh" else r"[a-z]+_[a-z_]+|other"
        assert not [text for text in texts if re.fullmatch(own, text)]


def test_a_section_without_transfers_has_no_such_button(bundled):
    explorer = bk.variance.explore(bundled)
    assert not explorer.controls["transfers"].disabled
    explorer.controls["section"].value = "three_public"
    assert explorer.controls["transfers"].disabled


@each
def test_every_bundled_disclosure_shows_something_or_says_why_not(explore):
    explorer = explore()
    shown = []
    for name in bk.datasets()["name"]:
        choose(explorer.chooser, name)
        assert explorer.doc.meta.title == bk.load(name).meta.title
        shown.append(bool(explorer.code))
        assert shown[-1] or explorer.view.empty
        assert bool(picture(explorer)) == shown[-1]
        if shown[-1]:
            assert f'bk.load("{name}")' in explorer.code
            assert_frame_equal(reproduced(explorer), explorer.view)
        else:
            assert "没有这一课所需" in explorer.message
            assert explorer.code == ""
            assert explorer.message in html.unescape(explorer.still())
    assert any(shown)


def test_a_department_offers_its_own_years(bundled):
    explorer = bk.income.explore()
    explorer.chooser.department.value = "江苏省人大常委会办公厅"
    assert [name for _, name in explorer.chooser.year.options] == [
        "jiangsu-npc-2017",
        "jiangsu-npc-2018",
        "jiangsu-npc-2019",
    ]
    assert explorer.doc.meta.year == 2017
    explorer.chooser.year.value = "jiangsu-npc-2019"
    assert explorer.doc.meta.year == 2019


def test_a_department_under_two_names_is_one_and_a_year_says_its_other_name():
    chooser = bk.income.explore().chooser
    names = [name for name, _ in chooser.department.options]
    assert [name for name in names if "江苏省委" in name or "党" in name] == ["中共江苏省委办公厅"]
    places = bk.datasets().drop_duplicates("department").set_index("department")["place"]
    assert list(places[names]) == sorted(places[names])
    chooser.department.value = "中共江苏省委办公厅"
    assert [text for text, _ in chooser.year.options] == [
        "2017 部门预算 · 中国共产党江苏省委员会办公厅",
        "2018 部门预算",
        "2019 部门预算",
    ]


def test_guangzhou_compares_its_units_and_says_by_which_table():
    explorer = bk.units.explore(bk.load("guangzhou-statistics-2026"))
    kinds = dict(explorer.controls["what"].options)
    assert list(kinds.values()) == ["projects", "income", "basic_expenditure"]
    assert "项目支出预算表" in explorer.message
    explorer.controls["what"].value = "income"
    assert "部门收入总体情况表" in explorer.message
    assert explorer.view["amount"].tolist() == [6748.28, 1373.74, 1361.71]
    explorer.controls["unit"].value = "广州市统计局"
    assert len(picture(explorer)) == 1
    explorer.controls["what"].value = "basic_expenditure"
    assert explorer.view["amount"].sum() == pytest.approx(5673.23)
    assert len(picture(explorer)) == 2
    assert_frame_equal(reproduced(explorer), explorer.view)


@each
def test_why_there_is_nothing_to_see_is_said_in_the_language_in_use(explore):
    for name in bk.datasets()["name"]:
        for language in ("zh", "en"):
            bk.use_language(language)
            explorer = explore(bk.load(name))
            if not explorer.code:
                why = explorer.message.replace(explorer.doc.meta.source, "")
                chinese = re.search("[\u4e00-\u9fff]", why)
                assert bool(chinese) == (language == "zh"), why
                words = re.findall(r"\b[a-z]+ [a-z]+ [a-z]+", why)
                assert bool(words) == (language == "en"), why


def test_the_years_of_another_department_are_told_in_the_explorers_language():
    bk.use_language("en")
    explorer = bk.explore()
    explorer.speech.value = "zh"
    explorer.chooser.department.value = "江苏省人大常委会办公厅"
    assert explorer.chooser.year.options[0][0] == "2017 部门预算"


def controls(widget):
    """Every control below a widget."""
    if hasattr(widget, "children"):
        return [found for child in widget.children for found in controls(child)]
    return [] if type(widget).__name__ == "HTML" else [widget]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("explore", [bk.explore, *LESSONS.values()])
def test_every_control_has_a_label_in_the_language_in_use(explore, language):
    bk.use_language(language)
    found = controls(explore())
    assert len(found) >= 5
    for control in found:
        assert control.description
        assert bool(re.search("[\u4e00-\u9fff]", control.description)) == (language == "zh")


def test_an_explorer_keeps_its_language(bundled):
    bk.use_language("en")
    explorer = bk.students.explore(bundled)
    bk.use_language("zh")
    explorer.controls["project"].value = 35
    assert explorer.message.startswith("Impossible")
    assert bk.language.current() == "zh"
    assert 'use_language("en")' in explorer.code


def test_the_course_explorer_changes_lesson_language_and_document():
    explorer = bk.explore()
    explorer.lesson.value = "variance"
    assert explorer.view["what_if"].iloc[-1] == 86617.08
    explorer.speech.value = "en"
    assert explorer.lesson.value == "variance"
    assert explorer.lesson.description == "Lesson"
    choose(explorer.chooser, "chongqing-science-2026")
    explorer.lesson.value = "income"
    assert_frame_equal(reproduced(explorer), explorer.view)
    assert 'bk.load("chongqing-science-2026")' in explorer.code
    assert bk.language.current() == "en"  # set by the code that was run, not by the chooser
    explorer.speech.value = "zh"
    assert explorer.chooser.year.value == "chongqing-science-2026"


def test_one_press_changes_the_language_of_every_explorer_on_the_page(bundled):
    bk.use_language("en")
    pressed, other, lesson, left = bk.explore(), bk.explore(), bk.income.explore(), bk.explore()
    for explorer in (pressed, other, lesson, left):
        explorer._ipython_display_()
    aside = bk.income.explore(bundled)  # never shown
    for explorer in (pressed, other, lesson):
        explorer._view_count = 1  # as the page tells
    pressed.speech.value = "zh"
    assert [e.language for e in (pressed, other, lesson)] == ["zh"] * 3
    assert other.speech.value == "zh"
    assert lesson.chooser.department.description == "部门"
    assert lesson._show_code.description == "显示代码"
    assert {c for c in lesson._dom_classes if "explorer-" in c} == {"bk-explorer-zh"}
    assert 'use_language("zh")' in lesson.code
    assert left.language == aside.language == "en"
    assert set(pressed.speech.tooltips) == {
        "本页所有控件和图表改用中文",
        "All controls and charts of this page in English",
    }


@pytest.mark.parametrize(
    ("lesson", "moves"),
    [
        ("income", {"level": "item", "function": "2050305"}),
        ("units", {"what": "carryovers", "unit": SCHOOL}),
        ("students", {"project": 35, "headcount": (30, 40), "standard": (1000, 3000)}),
        ("variance", {"section": "general_expenditure", "frozen": ("2050305", "2150805")}),
        ("variance", {"transfers": True}),
        ("audit", {"plant": "digit", "seed": 7, "what": "checks", "table": "income"}),
    ],
)
def test_another_language_leaves_the_controls_as_they_are_set(lesson, moves, bundled):
    explorer = LESSONS[lesson](bundled)
    for name, value in moves.items():
        explorer.controls[name].value = value
    before = {name: control.value for name, control in explorer.controls.items()}
    view = explorer.view
    explorer.speak("en")
    assert {name: control.value for name, control in explorer.controls.items()} == before
    assert len(explorer.view) == len(view)
    for control in controls(explorer):
        assert not re.search("[\u4e00-\u9fff]", control.description)
    explorer.speak("zh")
    assert_frame_equal(explorer.view, view)


def test_code_of_a_disclosure_that_is_not_bundled_leaves_doc_to_the_reader(bundled):
    figures = bundled.figures
    figures["amount"] = figures["amount"] + 0.0
    altered = Disclosure(
        replace(bundled.meta),
        bundled.frames | {"figures": figures.assign(page=1)},
    )
    explorer = bk.variance.explore(altered)
    assert "bk.load" not in explorer.code
    assert_frame_equal(reproduced(explorer, doc=altered), explorer.view)


def test_the_code_is_shown_when_asked_for(bundled):
    explorer = bk.income.explore(bundled)
    switch = next(c for c in controls(explorer) if c.description == "显示代码")
    area = explorer.children[-1]
    assert area.layout.display == "none"
    switch.value = True
    assert area.layout.display is None
    assert "bk.income.composition(doc)" in area.value


@pytest.mark.parametrize(("language", "label"), [("zh", "代码"), ("en", "Code")])
def test_the_code_is_a_text_of_its_own_that_cannot_be_changed(language, label):
    with bk.language.language(language):
        area = pieces.code('print("<b>")\n')
    assert area.startswith("<textarea readonly ")
    assert f'aria-label="{label}"' in area
    assert html.unescape(area).endswith('>print("<b>")\n</textarea>')


def test_the_ends_of_a_slider_have_names_in_both_languages(bundled):
    for name, ends in {"zh": ["，从", "，至"], "en": [", from", ", to"]}.items():
        assert json.loads(re.search("ends = (.*);", pieces.keys())[1])[name] == ends
        with bk.language.language(name):
            assert f"bk-explorer-{name}" in bk.students.explore(bundled)._dom_classes


def test_what_was_chosen_is_not_replaced_and_keeps_the_focus():
    course = bk.explore()
    rows, before = course.children[:2], [row.children[0] for row in course.children[:2]]
    course.lesson.value = "units"
    assert course.children[:2] == rows
    assert [row.children[0] for row in rows] == before == [course.speech, course.lesson]
    course.speech.value = "en"
    assert course.children[:2] == rows
    assert rows[0].children[0] is before[0] is course.speech
    lesson = bk.units.explore()
    row, chosen = lesson.children[0], lesson.children[0].children[:2]
    choose(lesson.chooser, "chongqing-science-2026")
    assert lesson.children[0] is row
    assert row.children[:2] == chosen == (lesson.chooser.department, lesson.chooser.year)


@pytest.mark.parametrize("explore", [bk.income.explore, bk.explore], ids=["lesson", "course"])
def test_the_still_picture_stays_aside(explore, capsys):
    explorer = explore()
    for _ in range(2):
        explorer._ipython_display_()
    choose(explorer.chooser, "chongqing-science-2026")
    styles = [getattr(part, "value", "") for part in explorer.children]
    hides = f"<style>.bk-still-{explorer.model_id} {{display: none}}</style>"
    assert styles.count(hides) == 1
    if explore is bk.explore:
        explorer.speech.value = "en"
        assert explorer.children[-1].value == hides


@pytest.mark.parametrize(
    ("name", "section", "disabled"),
    [
        ("xinjiang-miit-2024", "income", False),
        ("xinjiang-miit-2024", "expenditure", True),
        ("guangzhou-statistics-2026", "balance", True),
    ],
)
def test_transfers_can_be_frozen_where_there_are_any(name, section, disabled):
    explorer = bk.variance.explore(bk.load(name))
    explorer.controls["section"].value = section
    button = explorer.controls["transfers"]
    assert button.disabled == disabled
    button.value = True
    assert button.value == bool(len(explorer.controls["frozen"].value)) == (not disabled)


def test_a_section_without_transfers_is_said_from_the_start():
    assert bk.variance.explore(bk.load("guangzhou-statistics-2026")).controls["transfers"].disabled


def pages(explorer):
    """What an explorer shows as HTML, part by part."""
    return [part for part in explorer.children if type(part).__name__ == "HTML"]


def told_while(explorer, move):
    """What stood in the line above the sentence, in order, while a move was worked out."""
    told = []
    (line,) = [part for part in pages(explorer) if "bk-busy" in part.value]
    line.observe(lambda change: told.append((change["new"], explorer.still())), "value")
    before = explorer.still()
    move()
    return [text for text, _ in told], [still == before for _, still in told]


@pytest.mark.parametrize(("language", "word"), [("zh", "正在计算"), ("en", "Working")])
@each
def test_an_explorer_says_at_once_that_it_is_busy(explore, language, word):
    bk.use_language(language)
    explorer = explore()
    bk.use_language("zh" if language == "en" else "en")
    told, old = told_while(explorer, lambda: choose(explorer.chooser, "jiangsu-npc-2018"))
    assert word in told[0]
    assert "aria-live" in told[0]
    assert old[0]
    assert word not in told[-1]
    assert not old[-1]


def test_a_moved_control_is_busy_until_the_view_is_there(bundled):
    explorer = bk.income.explore(bundled)
    function = explorer.controls["function"]
    told, old = told_while(explorer, lambda: setattr(function, "value", "205"))
    assert ["正在计算" in text for text in told] == [True, False]
    assert old == [True, False]


def test_a_view_that_fails_is_not_busy_for_ever(bundled, monkeypatch):
    explorer = bk.income.explore(bundled)
    monkeypatch.setattr(explorer, "shown", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        explorer.controls["function"].value = "205"
    assert not any("正在计算" in part.value for part in pages(explorer))


@pytest.mark.parametrize(
    ("control", "value", "word"), [("lesson", "units", "正在计算"), ("speech", "en", "Working")]
)
def test_another_lesson_or_language_is_busy_too(control, value, word):
    explorer = bk.explore()
    buttons = getattr(explorer, control)
    told, _ = told_while(explorer.current, lambda: setattr(buttons, "value", value))
    assert word in told[0]
    assert word not in told[-1]


@pytest.mark.parametrize("what", bk.audit.FRAMES)
def test_the_code_ends_in_the_columns_that_the_page_shows(what, bundled):
    explorer = bk.audit.explore(bundled)
    explorer.controls["what"].value = what
    shown = re.findall('<th class="[a-z]+" title="([a-z_]+)">', explorer.still())
    names = {}
    *lines, last = explorer.code.splitlines()
    exec("\n".join(lines), names)
    assert shown == list(eval(last, names).dropna(axis="columns", how="all").columns)
    assert len(shown) < len(explorer.view.columns)


@pytest.mark.parametrize(("language", "head"), [("zh", "页或行号"), ("en", "Page or line")])
@pytest.mark.parametrize("what", ["suspects", "failures"])
def test_a_place_in_a_text_is_a_line(what, language, head, bundled):
    bk.use_language(language)
    explorer = bk.audit.explore(bundled)
    explorer.controls["what"].value = what
    (found,) = re.findall('<th [^>]*title="page">(.*?)</th>', explorer.still())
    assert re.sub("<.*?>", "", found) == head


@each
def test_headings_and_names_are_told_in_the_language_in_use(explore, bundled):
    """What is printed in the document stays; columns and the package's own names don't."""
    for language in ("zh", "en"):
        bk.use_language(language)
        explorer = explore(bundled)
        choices = getattr(explorer.controls.get("what"), "options", [("", None)])
        for _, what in choices:
            if what is not None:
                explorer.controls["what"].value = what
            heads = re.findall("<th [^>]*>(.*?)</th>", explorer.still())
            assert heads
            for head in heads:
                assert bool(re.search("[\u4e00-\u9fff]", head)) == (language == "zh"), head
            cells = re.findall("<td [^>]*>(.*?)</td>", explorer.still())
            if language == "zh":
                assert [
                    cell for cell in cells if re.search("[a-z]{3}", cell.replace("wbr", ""))
                ] == []


def test_long_frames_show_their_ends_and_texts_are_escaped():
    frame = pd.DataFrame({"no": range(70), "name": ["a_b <&"] * 69 + [None], "x": [0.5] * 70})
    rows = re.findall("<tr>(.*?)</tr>", pieces.table(frame))
    assert len(rows) == 1 + 30 + 1
    assert rows[1] == (
        '<td class="number">0</td><td class="words">a_<wbr>b &lt;&amp;</td>'
        '<td class="number">0.50</td>'
    )
    assert rows[16].count("…") == 3
    assert rows[-1].count('<td class="words"></td>') == 1
