"""The explorers in JupyterLab and in the app, by keyboard: numbers and charts follow."""

import pytest

from tests.browser import pages, servers

pytestmark = [pytest.mark.slow, pytest.mark.browser]

#: The explorers of notebook 08 in order.
COURSE, INCOME, UNITS, STUDENTS, VARIANCE, AUDIT = range(6)

#: Only the outermost: the explorer of the course holds that of a lesson.
ROOTS = ".bk-explorer:not(.bk-explorer .bk-explorer)"


#: Frames that have to be scrolled sideways to be read.
WIDER_THAN_THEIR_BOX = """() => [...document.querySelectorAll('.bk-view')]
  .filter((table) => table.offsetParent)
  .filter(({parentElement: box}) => box.scrollWidth > box.clientWidth + 1)
  .map((table) => table.innerText.slice(0, 60))"""


#: Labels of buttons that stand above them rather than beside, as those of other controls do.
HIGH_LABELS = """() => [...document.querySelectorAll('.bk-explorer .widget-toggle-buttons')]
  .filter((n) => n.offsetParent)
  .map((n) => [n.querySelector('.widget-label'), n.querySelector('button')])
  .filter(([label, button]) =>
    label.getBoundingClientRect().bottom <= button.getBoundingClientRect().top + 2)
  .map(([label]) => label.innerText)"""


#: How an edition marks stressed words: Chinese has dots below, and no italics.
STRESS = {"08_explore.ipynb": "italic none", "zh/08_explore.ipynb": "normal dot"}

#: What the buttons of the languages say that they do.
TIPS = ("本页所有控件和图表改用中文", "All controls and charts of this page in English")


FOCUSED = "() => document.activeElement.innerText.trim()"


@pytest.fixture(scope="module")
def explored(chromium, lab):
    """Notebook 08, run."""
    with pages.notebook(chromium, lab("08_explore.ipynb"), 1280) as (page, complaints):
        yield page
        assert pages.errors(page) == []
        assert complaints == []


def seen(explorer):
    """Words, numbers and charts of an explorer as they are on the page."""
    return (
        explorer.locator("[role=status]").inner_text(),
        explorer.locator(".bk-view").inner_text(),
        explorer.locator("img").first.get_attribute("src"),
    )


def follows(page, explorer, before):
    """Wait until numbers and chart both differ from what they were."""
    page.wait_for_function(
        """([root, numbers, chart]) =>
          root.querySelector('.bk-view')?.innerText !== numbers
          && root.querySelector('img')?.src !== chart""",
        arg=[explorer.element_handle(), before[1], before[2]],
        timeout=20_000,
    )
    pages.settle(page)
    return seen(explorer)


def all_speak(page, language):
    """Wait until every explorer on the page does; the text around them stays."""
    page.wait_for_function(
        """(language) => {
          const known = (name) => document.querySelectorAll(`.bk-explorer-${name}`).length;
          const busy = [...document.querySelectorAll('.bk-busy')].some((n) => n.innerText);
          return known(language) === 6 && known('zh') + known('en') === 6 && !busy;
        }""",
        arg=language,
        timeout=60_000,
    )
    pages.settle(page)


def active_cell(page):
    return page.evaluate("() => window.jupyterapp.shell.currentWidget.content.activeCellIndex")


def test_a_function_is_chosen_with_an_arrow_key(explored):
    explorer = explored.locator(ROOTS).nth(INCOME)
    before = seen(explorer)
    explorer.get_by_label("Function").focus()
    cell = active_cell(explored)
    explored.keyboard.press("ArrowDown")
    after = follows(explored, explorer, before)
    assert "57,011.15" in before[1]
    assert "57,011.15" not in after[1]
    assert "8,563.86" in after[1]
    assert active_cell(explored) == cell


def test_a_unit_is_chosen_in_the_list(explored):
    explorer = explored.locator(ROOTS).nth(UNITS)
    before = seen(explorer)
    explorer.get_by_label("Unit", exact=True).focus()
    explored.keyboard.press("ArrowDown")
    after = follows(explored, explorer, before)
    assert "6,200.00" in after[1]
    assert explorer.locator("img").count() == 2


def test_a_slider_moves_by_keyboard_until_the_numbers_fit(explored):
    explorer = explored.locator(ROOTS).nth(STUDENTS)
    low = explorer.get_by_role("slider").first
    before = seen(explorer)
    assert before[0].startswith("Impossible")
    low.focus()
    high = explorer.get_by_role("slider").nth(1)
    assert low.get_attribute("aria-label") == "Headcount (persons), from"
    assert high.get_attribute("aria-label") == "Headcount (persons), to"
    for _ in range(15):  # from 48 to 33; the money pays for 33.2
        explored.keyboard.press("ArrowLeft")
    after = follows(explored, explorer, before)
    explored.wait_for_function(
        "(root) => root.querySelector('[role=status]').innerText.startsWith('Possible')",
        arg=explorer.element_handle(),
        timeout=20_000,
    )
    assert "33.00" in seen(explorer)[1]
    assert after[2] != before[2]


def test_transfers_are_set_free_and_frozen_with_the_space_bar(explored):
    explorer = explored.locator(ROOTS).nth(VARIANCE)
    before = seen(explorer)
    assert "82,486.45" in before[0]
    explorer.get_by_role("button", name="Freeze the transfers").focus()
    explored.keyboard.press("Space")
    after = follows(explored, explorer, before)
    assert "82,486.45" not in after[0]


def test_the_next_planted_error_is_found(explored):
    explorer = explored.locator(ROOTS).nth(AUDIT)
    before = seen(explorer)
    assert "The audit names this place" in before[0]
    slider = explorer.get_by_role("slider")
    slider.focus()
    explored.keyboard.press("ArrowRight")
    after = follows(explored, explorer, before)
    assert after[0] != before[0]
    assert after[0].startswith("Planted: ")


def test_lesson_and_language_of_the_course_explorer(explored):
    explorer = explored.locator(ROOTS).nth(COURSE)
    before = seen(explorer)
    explorer.get_by_role("button", name="Changes").focus()
    explored.keyboard.press("Enter")
    changed = follows(explored, explorer, before)
    assert "last year" in changed[0]
    assert explored.evaluate(FOCUSED) == "Changes"
    explorer.get_by_role("button", name="中文").focus()
    explored.keyboard.press("Space")
    explored.wait_for_function(
        "(root) => root.querySelector('[role=status]').innerText.includes('上年')",
        arg=explorer.element_handle(),
        timeout=20_000,
    )
    assert explorer.get_by_role("button", name="单位比较").is_visible()
    assert explored.evaluate(FOCUSED) == "中文"
    assert explorer.get_by_text("语言").is_visible()
    all_speak(explored, "zh")
    aid = explored.locator(ROOTS).nth(STUDENTS)
    assert "同时成立" in seen(aid)[0]
    assert "35" in aid.get_by_label("资助项目").evaluate("(list) => list.selectedOptions[0].text")
    explorer.get_by_role("button", name="English").focus()
    explored.keyboard.press("Enter")
    all_speak(explored, "en")
    assert explored.evaluate(FOCUSED) == "English"


def test_every_control_is_reached_with_the_tab_key(explored):
    explorer = explored.locator(ROOTS).nth(STUDENTS)
    explorer.get_by_label("Aid project").focus()
    reached = []
    for _ in range(10):
        reached.append(
            explored.evaluate(
                """() => {
                  const on = document.activeElement;
                  return on.labels?.[0]?.innerText || on.getAttribute('aria-label')
                    || on.innerText.trim();
                }"""
            )
        )
        explored.keyboard.press("Tab")
    ends = ["Headcount (persons), from", "Headcount (persons), to"]
    assert reached[:3] == ["Aid project", *ends]
    assert "Standard (yuan a year), from" in reached
    assert "Show me the code" in reached


def test_keys_that_delete_cells_are_left_to_the_control(explored):
    explorer = explored.locator(ROOTS).nth(INCOME)
    cells = explored.locator(".jp-Notebook .jp-Cell").count()
    explorer.get_by_role("button", name="Section").focus()
    explored.keyboard.press("d")
    explored.keyboard.press("d")
    explored.wait_for_timeout(500)
    assert explored.locator(".jp-Notebook .jp-Cell").count() == cells


def test_a_move_is_said_to_be_worked_out_and_then_no_more(explored):
    explorer = explored.locator(ROOTS).nth(UNITS)
    explored.evaluate(
        """(root) => {
          window.busy = [];
          const read = () => window.busy.push(root.querySelector('.bk-busy').innerText);
          new MutationObserver(read).observe(root, {childList: true, subtree: true});
        }""",
        explorer.element_handle(),
    )
    before = seen(explorer)
    explorer.get_by_label("Unit", exact=True).focus()
    explored.keyboard.press("ArrowDown")
    follows(explored, explorer, before)
    told = explored.evaluate("() => window.busy")
    assert told[0] == "Working it out …"
    assert told[-1] == ""


def test_the_code_comes_up_on_demand(explored):
    explorer = explored.locator(ROOTS).nth(VARIANCE)
    assert not explorer.locator("textarea").is_visible()
    explorer.get_by_role("button", name="Show me the code").focus()
    explored.keyboard.press("Enter")
    explorer.locator("textarea").wait_for(state="visible")
    explored.keyboard.press("Tab")
    explored.keyboard.press("Control+a")
    selected = explored.evaluate(
        """() => {
          const {value, selectionStart, selectionEnd} = document.activeElement;
          return value.slice(selectionStart, selectionEnd);
        }"""
    )
    assert selected.startswith("import ")
    assert "bk.variance.what_if(doc" in selected
    assert explored.evaluate("() => document.activeElement.ariaLabel") == "Code"


def test_the_still_picture_steps_aside_while_the_widget_lives(explored):
    stills = explored.locator("[class^=bk-still-]")
    assert stills.count() == 6
    assert not any(still.is_visible() for still in stills.all())


@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("name", ["08_explore.ipynb", "zh/08_explore.ipynb"], ids=["en", "zh"])
def test_no_table_scrolls_sideways(chromium, lab, screens, name, width):
    with pages.notebook(chromium, lab(name), width) as (page, _):
        assert page.evaluate(pages.STRESSED) == [STRESS[name]]
        explorer = page.locator(ROOTS).nth(AUDIT)
        for button in explorer.locator(".widget-toggle-buttons button").all():
            button.click()
            page.wait_for_timeout(300)
            pages.settle(page)
            assert page.evaluate(WIDER_THAN_THEIR_BOX) == []
        language = "zh" if name.startswith("zh") else "en"
        explorer.screenshot(path=screens / f"audit-{language}-{width}.png")


@pytest.mark.parametrize("width", [1280, 800])
def test_nothing_is_wider_than_its_room(chromium, lab, width):
    with pages.notebook(chromium, lab("08_explore.ipynb"), width) as (page, _):
        for name in ("Units", "Per student", "Changes", "Audit"):
            explorer = page.locator(ROOTS).nth(COURSE)
            before = seen(explorer)
            explorer.get_by_role("button", name=name, exact=True).click()
            follows(page, explorer, before)
            assert page.evaluate(pages.CLIPPED) == []


@pytest.mark.parametrize("name", ["08_explore.ipynb", "zh/08_explore.ipynb"], ids=["en", "zh"])
def test_the_app_shows_the_explorers_without_code(chromium, tmp_path, screens, name):
    language = "zh" if name.startswith("zh") else "en"
    with servers.voila(tmp_path, name) as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 8000})
        complaints = []
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.goto(address, timeout=pages.RUN)
        page.locator(ROOTS).nth(AUDIT).locator(".bk-view").wait_for(timeout=pages.RUN)
        pages.settle(page)
        explorer = page.locator(ROOTS).nth(STUDENTS)
        before = seen(explorer)
        explorer.get_by_role("slider").first.focus()
        page.keyboard.press("ArrowLeft")
        after = follows(page, explorer, before)
        assert "47.00" in after[1]
        assert page.locator(".jp-CodeCell .jp-InputArea-editor").count() == 0
        assert page.locator("table.dataframe:not(.bk-view):visible, pre:visible").count() == 0
        assert page.locator("html").get_attribute("lang") == language
        assert page.title() == page.locator("h1").inner_text().rstrip("¶")
        assert page.evaluate(pages.STRESSED) == [STRESS[name]]
        for width in (1280, 800):
            pages.resize(page, width, 8000)
            assert page.evaluate(pages.CLIPPED) == []
            assert page.evaluate(HIGH_LABELS) == []
            page.screenshot(path=screens / f"app-{language}-{width}.png")
        other, name = {"en": ("zh", "中文"), "zh": ("en", "English")}[language]
        button = page.locator(ROOTS).nth(COURSE).get_by_role("button", name=name)
        assert button.get_attribute("title") in TIPS
        button.click()
        all_speak(page, other)
        for width in (800, 1280):
            pages.resize(page, width, 8000)
            assert page.evaluate(pages.CLIPPED) == []
            page.screenshot(path=screens / f"app-{language}-to-{other}-{width}.png")
        assert complaints == []
        page.close()
