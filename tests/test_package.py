"""The package as a whole: which room knows which, what is saved, and the command."""

import ast
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import budgetkit as bk
from budgetkit import Disclosure
from budgetkit.errors import ReadError

PACKAGE = Path(bk.__file__).parent

#: Every room from left to right.
ROOMS = [
    *("errors", "vocabulary", "printed", "language", "near", "codes", "fonts", "charts"),
    *("intervals", "schema", "notes", "meta", "package", "reading", "assembling", "prose"),
    *("summary", "disclosure", "given", "showing", "typeset", "audit", "loading"),
    *("income", "units", "students", "variance", "three_public", "compare"),
    *("answer_key", "teach"),
    *("aligned", "explorers"),
    *("bundle", "checkup", "cli", "__init__"),
]

#: Where users go on to the right: a method or a function that opens the room when it is called.
DOORS = {
    ("language", "codes"),  # the labels of columns headed by economic subjects
    *(("disclosure", room) for room in ("audit", "showing", "typeset")),
    *((room, "explorers") for room in ("audit", "income", "units", "students", "variance")),
}


def known(path):
    """The rooms that a module imports from, each with whether it does so as it is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "budgetkit":
            names = [f"budgetkit.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [str(node.module)]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "budgetkit":
                yield rest.partition(".")[0] or "__init__", node in tree.body


def test_a_room_knows_the_rooms_to_its_left_alone():
    at_once, later = set(), set()
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for other, now in known(path):
            if ROOMS.index(other) > ROOMS.index(room):
                (at_once if now else later).add((room, other))
    assert at_once == set()
    assert later == DOORS


def test_somebody_elses_files_are_spared(bundled, tmp_path):
    own = tmp_path / "units.csv"
    own.write_text("mine\n1\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"units\.csv would be written over"):
        bundled.save(tmp_path / "report.json")
    assert own.read_text(encoding="utf-8") == "mine\n1\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["units.csv"]


def test_a_package_may_be_written_again(bundled, tmp_path):
    bundled.save(tmp_path / "report.json")
    bundled.save(tmp_path / "report.json")
    figures = pd.read_csv(tmp_path / "figures.csv")
    assert len(figures) == len(bundled.figures)


def test_another_document_is_not_written_over(bundled, tmp_path):
    bundled.save(tmp_path / "one")
    with pytest.raises(ReadError, match=r"figures\.csv.* would be written over"):
        bk.load("suzhou-audit-2026").save(tmp_path / "one")
    assert len(pd.read_csv(tmp_path / "one/figures.csv")) == len(bundled.figures)


def test_a_document_that_is_read_otherwise_is_still_the_same(bundled, tmp_path):
    """As when the data are rebuilt by a reader that has learned to read titles."""
    bundled.save(tmp_path / "one")
    meta = replace(bundled.meta, title="另一个标题")
    Disclosure(meta, bundled.frames).save(tmp_path / "one")
    descriptor = (tmp_path / "one/datapackage.json").read_text(encoding="utf-8")
    assert json.loads(descriptor)["budgetkit"]["title"] == "另一个标题"


def test_documents_of_one_title_are_two(tmp_path):
    page = "收入预算总表\n单位：万元\n项目\t金额\n合计\t{amount}\n财政拨款\t{amount}\n"
    for name in ("one", "two"):
        text = page.format(amount=f"{len(name)}00.00" if name == "one" else "200.00")
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    bk.read(tmp_path / "one.txt").save(tmp_path / "kept")
    with pytest.raises(ReadError, match="would be written over"):
        bk.read(tmp_path / "two.txt").save(tmp_path / "kept")


@pytest.mark.parametrize("text", ['{"mine": 1}', "mine", "[1]"])
def test_a_descriptor_that_is_not_ours_is_spared(bundled, tmp_path, text):
    (tmp_path / "own.json").write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=r"own\.json would be written over"):
        bundled.save(tmp_path / "own.json")
    assert (tmp_path / "own.json").read_text(encoding="utf-8") == text


def test_a_target_that_looks_like_a_formula_stays_a_text(bundled, tmp_path):
    path = bundled.save(tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(path)["targets"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    before = bundled.targets["previous"].dropna()
    after = pd.read_excel(path, sheet_name="targets", dtype="str")["previous"].dropna()
    assert after.tolist() == before.tolist()


def test_the_command_line_lists_the_names_of_a_wrong_dataset(capsys):
    from budgetkit.cli import main

    assert main(["show", "xinjiang-miit-2023"]) == 1
    assert "xinjiang-miit-2024" in capsys.readouterr().err


def test_the_command_line_reports_a_folder_that_cannot_be(capsys, tmp_path):
    from budgetkit.cli import main

    (tmp_path / "taken").touch()
    assert main(["save", "xinjiang-miit-2024", str(tmp_path / "taken" / "x.xlsx")]) == 1
    assert "taken" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("target", "told"),
    [("x.xslx", "cannot save as .xslx"), ("typo/new/x.xlsx", "there is no folder")],
)
def test_the_command_line_looks_at_the_target_before_it_reads(
    capsys, tmp_path, monkeypatch, target, told
):
    from budgetkit import cli

    monkeypatch.setattr(cli, "_open", lambda _: pytest.fail("was read all the same"))
    assert cli.main(["save", "suzhou-audit-2026", str(tmp_path / target)]) == 1
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("speech", "told"), [("zh", "x.csv 是一个文件夹"), ("en", "x.csv is a folder")]
)
def test_the_command_line_says_that_a_csv_is_a_folder(capsys, tmp_path, speech, told):
    from budgetkit.cli import main

    command = ["--language", speech, "save", "suzhou-audit-2026"]
    assert main([*command, str(tmp_path / "x.csv")]) == 0
    said = capsys.readouterr()
    assert said.out == f"{tmp_path / 'x.csv' / 'datapackage.json'}\n"
    assert told in said.err
    assert main([*command, str(tmp_path / "x.xlsx")]) == 0
    assert not capsys.readouterr().err


def test_the_command_line_leaves_the_language_as_it_was(capsys):
    from budgetkit.cli import main

    with bk.language.language("en"):
        main(["list"])
        assert bk.language.current() == "en"


@pytest.mark.parametrize("order", [("--language", "zh", "show"), ("show", "--language", "zh")])
def test_the_language_stands_before_the_command_or_after_it(capsys, order):
    from budgetkit.cli import main

    assert main([*order, "suzhou-audit-2026"]) == 0
    assert "类别: 部门预算" in capsys.readouterr().out
    assert main(["show", "suzhou-audit-2026", "--language", "en"]) == 0
    assert "Kind: Budget" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("speech", "command", "head"),
    [
        ("zh", "list", "代号 标题 部门 地区 年度 类别 页数 表数 单位数 项目数 增减说明"),
        ("zh", "doctor", "检查 正常 结果 办法"),
        ("en", "doctor", "Check Works Found Remedy"),
    ],
)
def test_the_command_line_heads_every_column_in_its_language(capsys, speech, command, head):
    from budgetkit.cli import main

    assert main([command, "--language", speech]) == 0
    first, *rows = capsys.readouterr().out.splitlines()
    assert first.split() == head.split()
    assert len({bk.language.width(row) for row in rows}) == 1  # columns are straight
    assert not any("..." in row for row in rows)  # and none is left out
