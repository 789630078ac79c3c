"""The course in Chinese: whole, up to date, and saying what the English says."""

import re
from decimal import Decimal

import nbformat
import pytest
from markdown_it import MarkdownIt

from tools import lessons, translate

PATHS = translate.sources()
each = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])

NUMBER = r"(\d[\d,]*(?:\.\d+)?) ?(million|万|亿)?"
SCALE = {"million": 10**6, "万": 10**4, "亿": 10**8}
CODE = r"`[^`]+`"
TARGET = r"(?<=\]\()[^)]+(?=\))"
MARKER = r"(?m)^ *(?:#+|[-*]|\d+\.|\|(?:[-: ]+\|)*)(?= |$)"


def numbers(text):
    """The numbers of a text in order of size: 866 million is 8.66 亿, 10,000 yuan are 万元."""
    found = re.findall(NUMBER, text.replace("10,000 yuan", "万元"))
    return sorted(Decimal(digits.replace(",", "")) * SCALE.get(unit, 1) for digits, unit in found)


def drift(english, chinese):
    """What a translation has more or less of than its source: nothing, where it is faithful."""
    faults = []
    for what, pattern in (("code", CODE), ("link", TARGET), ("marker", MARKER), ("bold", r"\*\*")):
        if sorted(re.findall(pattern, english)) != sorted(re.findall(pattern, chinese)):
            faults.append(what)
    bare = [re.sub(f"{CODE}|{TARGET}", "", text) for text in (english, chinese)]
    if numbers(bare[0]) != numbers(bare[1]):
        faults.append("number")
    if re.search(r"[\u4e00-\u9fff”」）][,;:?!]|[,;:?!][\u4e00-\u9fff]", bare[1]):
        faults.append("half-width punctuation")
    if not re.search(r"[\u4e00-\u9fff]", re.sub(r"\$[^$]+\$", "", chinese)) and "$" not in english:
        faults.append("no Chinese")
    if "**" in MarkdownIt().disable("code").render(re.sub(CODE, "", chinese)):
        faults.append("a mark that isn't one beside this punctuation")
    return faults


@each
def test_every_text_has_its_chinese_and_no_other(path):
    catalogue = translate.updated(path)
    assert not translate.untranslated(catalogue), "make chinese, then translate what it lists"
    assert {m.id for m in translate.stored(path)} == {m.id for m in catalogue}, "make chinese"


@each
def test_chinese_says_what_the_english_says(path):
    faults = {m.id: drift(m.id, m.string) for m in translate.stored(path) if m.id}
    assert not {text: fault for text, fault in faults.items() if fault}


@each
def test_chinese_notebook_is_what_is_built(path):
    built = translate.build(path, translate.updated(path))
    saved = translate.place(path).read_text(encoding="utf-8")
    assert saved == nbformat.writes(built) + "\n", "make chinese"


@each
def test_chinese_notebook_asks_for_chinese(path):
    english, chinese = lessons.open_lesson(path), lessons.open_lesson(translate.place(path))
    assert [cell.id for cell in chinese.cells] == [cell.id for cell in english.cells]
    first = next(cell.source for cell in chinese.cells if "use_language" in cell.source)
    assert 'bk.use_language("zh")' in first


def test_no_chinese_notebook_without_an_english_one():
    found = {file.with_suffix(".ipynb") for file in lessons.FOLDER.rglob("zh/*.*")}
    assert found == {translate.place(path) for path in PATHS}


@pytest.mark.parametrize(
    ("english", "chinese", "fault"),
    [
        ("It grew by 3.5 %.", "增长 3.6%。", ["number"]),
        ("866 million yuan, in 10,000 yuan.", "8.66 亿元，以万元计。", []),
        ("866 million yuan.", "86.6 亿元。", ["number"]),
        ("See `doc.notes`.", "见 `doc.note`。", ["code"]),
        ("[Next](01_a.ipynb)", "[下一课](02_a.ipynb)", ["link"]),
        ("- one\n- two", "- 一", ["marker"]),
        (
            "**Why?** It is.",
            "**为什么？**因为。",
            ["a mark that isn't one beside this punctuation"],
        ),
        ("Yes, it is.", "是的,对。", ["half-width punctuation"]),
        ("Yes.", "Yes.", ["no Chinese"]),
        ("In 2024, **1,251** of `x`: [y](z).", "2024 年，`x` 有 **1,251** 个：[y](z)。", []),
    ],
)
def test_drift_is_noticed(english, chinese, fault):
    assert drift(english, chinese) == fault


def test_a_changed_text_keeps_its_old_chinese_to_look_at(tmp_path, monkeypatch):
    path = tmp_path / "01_made_up.ipynb"

    def write(text):
        cells = [nbformat.v4.new_markdown_cell(text), nbformat.v4.new_code_cell("# look\nx")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)

    monkeypatch.setattr(translate, "sources", lambda: [path])
    write("# Who pays?\n\nThe department has four pockets.")
    translate.main()
    catalogue = tmp_path / "zh" / "01_made_up.po"
    text = catalogue.read_text(encoding="utf-8")
    text = text.replace('pockets."\nmsgstr ""', 'pockets."\nmsgstr "部门有四个口袋。"')
    catalogue.write_text(text, encoding="utf-8")
    translate.main()
    assert "部门有四个口袋。" in translate.place(path).read_text(encoding="utf-8")

    write("# Who pays?\n\nThe department has five pockets.")
    translate.main()
    assert "部门有四个口袋。" in catalogue.read_text(encoding="utf-8")
    assert "The department has five pockets." in translate.untranslated(translate.updated(path))
    assert "部门有四个口袋。" not in translate.place(path).read_text(encoding="utf-8")
