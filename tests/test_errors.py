"""Errors speak the language that was chosen; where nobody chose, English."""

import ast
import errno
import re
from pathlib import Path
from string import Formatter

import pytest

import budgetkit as bk
from budgetkit import errors, language
from budgetkit.cli import main
from budgetkit.vocabulary import words

MODULES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for path in Path(bk.__file__).parent.rglob("*.py")
}
KINDS = {name for name, own in vars(errors).items() if isinstance(own, type)} - {"BudgetkitWarning"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def texts(node, path=()):
    """Every key of the file with its text in each language."""
    for name, below in node.items():
        if "zh" in below or "en" in below:
            yield ".".join((*path, name)), below
        else:
            yield from texts(below, (*path, name))


TEXTS = dict(texts(words("errors")))


def calls(name):
    """Every call of a function, wherever it stands in the package."""
    for tree in MODULES.values():
        for node in ast.walk(tree):
            called = getattr(node, "func", None)
            if isinstance(node, ast.Call) and name in (
                getattr(called, "id", ""),
                getattr(called, "attr", ""),
            ):
                yield node


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_has_both_languages_and_the_same_holes(key):
    own = TEXTS[key]
    assert set(own) == {"zh", "en"}
    holes = [
        {(name, conversion) for _, name, _, conversion in Formatter().parse(text) if name}
        for text in own.values()
    ]
    assert holes[0] == holes[1]
    assert not CHINESE.search(own["en"].replace("管理局", ""))
    assert CHINESE.search(own["zh"]) or key in {"any.comma", "cli.system"}
    halved = re.search(
        r"[\u4e00-\u9fff\]})][,;?!]|[\u4e00-\u9fff][:(]|[),;:?!][\u4e00-\u9fff]", own["zh"]
    )
    assert not halved, "half-width punctuation"
    assert not re.search(r"\s$", own["zh"].removesuffix(" 或 "))


def test_every_text_is_used_and_every_one_used_is_there():
    said = {call.args[0].value for call in calls("said") if isinstance(call.args[0], ast.Constant)}
    assert said - set(TEXTS) == set()
    written = {
        node.value
        for tree in MODULES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unused = {key for key in TEXTS if key not in written}
    assert unused == {f"cause.{name}" for name in words("errors")["cause"]}
    assert set(words("errors")["cause"]) <= set(errno.errorcode.values())


#: What an error may be made with: a text of the vocabulary, a name of one, lines of them.
TOLD = re.compile(r"(languages?\.)?(said|label)\(|\w+$|'\\n'\.join")


def test_no_error_has_a_text_of_its_own():
    own = [
        ast.unparse(call)
        for kind in KINDS
        for call in calls(kind)
        if call.args and not TOLD.match(ast.unparse(call.args[0]))
    ]
    assert own == []


#: What goes wrong, and what is said of it in Chinese and in English.
FAULTS = {
    "no file": (
        lambda folder: bk.read(folder / "nein.pdf"),
        "nein.pdf：没有这个文件（查找的文件夹是 ",
        "nein.pdf: no such file (looked in ",
    ),
    "near file": (
        lambda folder: bk.read(folder / "pages.pdf"),
        "；是不是指 'page.pdf'？）",
        "; did you mean 'page.pdf'?)",
    ),
    "no folder": (
        lambda folder: bk.read(folder / "typo" / "nein.pdf"),
        "（没有文件夹 ",
        "(there is no folder ",
    ),
    "ending": (
        lambda folder: bk.read(folder / "x.doc"),
        "不读 .doc 文件；请用 Office、WPS 或 LibreOffice 打开，另存为 .docx",
        "does not read .doc; open it in Office",
    ),
    "other ending": (
        lambda folder: bk.read(folder / "x.abc"),
        "能读的是 .pdf、.txt、.md",
        "it reads .pdf, .txt, .md",
    ),
    "page": (
        lambda folder: bk.read(folder / "page.pdf"),
        "page.pdf：其实是网页，不是 PDF",
        "page.pdf: is a web page in truth",
    ),
    "workbook": (
        lambda folder: bk.read(folder / "x.xlsx"),
        "不是 .xlsx 工作簿：这是 PDF；请把扩展名改为 .pdf",
        "not an .xlsx workbook: it is a PDF",
    ),
    "letter": (
        lambda folder: bk.read(folder / "letter.txt"),
        "既没有表，也没有预算说明；这是预算公开吗？文本文件里的表",
        "is it a budget disclosure? Tables of a text file",
    ),
    "dataset": (
        lambda folder: bk.load("xinjiang-miit-2042"),
        "没有名为 'xinjiang-miit-2042' 的随附文件。是不是指 'xinjiang-miit-2024'？随附的有：",
        "no bundled disclosure 'xinjiang-miit-2042'; did you mean 'xinjiang-miit-2024'? there are",
    ),
    "table": (
        lambda folder: bk.load("jiangsu-npc-2018").table("incomes"),
        "没有名为 'incomes' 的表。是不是指 'income'？有的是：",
        "no table 'incomes'; did you mean 'income'? it has: ",
    ),
    "style": (
        lambda folder: bk.load("jiangsu-npc-2018").typeset(folder / "x.txt", "triple"),
        "没有名为 'triple' 的样式，可选：",
        "no style 'triple'; there are: ",
    ),
    "target": (
        lambda folder: bk.load("jiangsu-npc-2018").typeset(folder / "page.pdf" / "x.txt"),
        "无法写入（已有同名文件）；",
        "cannot be written (File exists); ",
    ),
    "language": (
        lambda folder: bk.use_language("fr"),
        "没有 'fr' 这种语言，可选：zh、en",
        "language 'fr': expected one of zh, en",
    ),
    "chart": (
        lambda folder: bk.income.plot(bk.load("jiangsu-npc-2018"), "pie"),
        "没有 'pie' 这一种，可选：composition、matrix",
        "kind 'pie': expected one of composition, matrix",
    ),
    "name for a disclosure": (
        lambda folder: bk.income.composition("suzhou-audit-2026"),
        "不是一份已打开的预算公开：请给出 bk.load('suzhou-audit-2026')",
        "is no disclosure: pass bk.load('suzhou-audit-2026')",
    ),
    "attribute": (
        lambda folder: bk.load("jiangsu-npc-2018").figure,
        "Disclosure 没有属性 'figure'；是不是指 .figures？",
        "Disclosure has no attribute 'figure'; did you mean .figures?",
    ),
    "name of the package": (
        lambda folder: bk.laod,
        "budgetkit 没有属性 'laod'；是不是指 .load？",
        "budgetkit has no attribute 'laod'; did you mean .load?",
    ),
    "frame": (
        lambda folder: bk.schema.frame("units", [{"no": 1, "who": "甲"}]),
        "units：没有这样的列：who",
        "units: no such column: who",
    ),
}


@pytest.fixture
def folder(tmp_path):
    """A folder of files that are not what they seem."""
    (tmp_path / "page.pdf").write_text("<html><p>gone</p></html>", encoding="utf-8")
    (tmp_path / "x.xlsx").write_bytes(b"%PDF-1.4 and more")
    (tmp_path / "letter.txt").write_text("Dear colleague,\n", encoding="utf-8")
    for name in ("x.doc", "x.abc"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("fault", FAULTS)
def test_errors_speak_the_language_that_was_chosen(folder, fault):
    wrong, zh, en = FAULTS[fault]
    for chosen, told in ((None, en), ("zh", zh), ("en", en)):
        if chosen:
            bk.use_language(chosen)
        with pytest.raises((bk.BudgetkitError, AttributeError)) as error:
            wrong(folder)
        assert told in str(error.value)


@pytest.mark.parametrize(
    ("speech", "told"),
    [
        (
            "zh",
            "budgetkit: 没有名为 'suzhou-audit-2025' 的随附文件。是不是指 'suzhou-audit-2026'？",
        ),
        ("en", "budgetkit: no bundled disclosure 'suzhou-audit-2025'; did you mean"),
    ],
)
def test_the_command_line_speaks_its_language(capsys, speech, told):
    assert main(["show", "suzhou-audit-2025", "--language", speech]) == 1
    assert capsys.readouterr().err.startswith(told)
    with pytest.raises(bk.BudgetkitError, match="no bundled disclosure"):
        bk.load("suzhou-audit-2025")  # for nobody has chosen


@pytest.mark.parametrize(("speech", "told"), [("zh", "：已有同名文件"), ("en", ": File exists")])
def test_the_command_line_says_why_the_system_refused(capsys, tmp_path, speech, told):
    (tmp_path / "taken").touch()
    command = ["save", "suzhou-audit-2026", str(tmp_path / "taken" / "x.xlsx")]
    assert main([*command, "--language", speech]) == 1
    assert capsys.readouterr().err == f"budgetkit: {tmp_path / 'taken'}{told}\n"


def test_after_a_block_it_is_as_if_nobody_had_chosen():
    with language.language("zh"), pytest.raises(bk.BudgetkitError, match="没有名为"):
        bk.load("nein")
    assert language.current() == "zh"
    with pytest.raises(bk.BudgetkitError, match="no bundled disclosure"):
        bk.load("nein")
