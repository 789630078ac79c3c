"""A Disclosure: immutable, printable, wide as printed, saved and loaded without loss."""

import copy
import dataclasses
import json
import os
import pickle
import re
import subprocess
import sys

import frictionless
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import budgetkit as bk
from budgetkit import bundle, cli, package
from budgetkit.errors import (
    BudgetkitWarning,
    LanguageError,
    ReadError,
    UnknownDatasetError,
    UnknownTableError,
)
from budgetkit.language import language as speaking
from budgetkit.notes import ordered


def test_datasets():
    listed = bk.datasets().set_index("name")
    assert listed.loc["xinjiang-miit-2024", "department"] == "新疆维吾尔自治区工业和信息化厅"
    assert listed.loc["xinjiang-miit-2024", ["year", "kind", "tables"]].tolist() == [
        2024,
        "budget",
        11,
    ]


def test_datasets_counts_what_load_gives():
    for row in bk.datasets().itertuples():
        doc = bk.load(row.name)
        counts = [len(doc.units), len(doc.projects), len(doc.variances)]
        assert counts == [row.units, row.projects, row.variances]


def test_an_unknown_dataset():
    with pytest.raises(UnknownDatasetError, match=r"'nowhere'; there are: .*xinjiang-miit-2024"):
        bk.load("nowhere")


def test_an_unknown_table(bundled):
    with pytest.raises(
        UnknownTableError, match=r"no table 'incom'; did you mean 'income'\? it has: balance \("
    ):
        bundled.table("incom")


def test_immutable(bundled):
    with pytest.raises(dataclasses.FrozenInstanceError):
        bundled.meta = None
    figures = bundled.figures
    figures.loc[0, "amount"] = -1.0
    assert bundled.figures.loc[0, "amount"] != -1.0


def test_table_is_tidy(bundled):
    income = bundled.table("income")
    assert set(income["table"]) == {"income"}
    assert "unit" not in income  # no table by unit: the column is left out
    assert len(income) == 209


def test_wide_is_as_printed(bundled):
    wide = bundled.wide("income")
    assert list(wide.columns[-12:]) == list(bundled.meta.tables[1].measures)
    assert len(wide) == 45
    assert wide["total"].iloc[0] == 86617.08
    both = bundled.wide("balance")
    assert set(both["side"]) == {"income", "expenditure"}


def test_wide_of_an_empty_table(bundled):
    wide = bundled.wide("government_fund")
    assert wide.empty
    assert list(wide.columns)[-4:] == list(bundled.meta.tables[7].measures)
    assert wide.columns.is_unique  # suzhou-audit-2026: project, the label and the measure


def test_wide_has_a_label_and_a_measure_of_one_name(read_text):
    head = "支出表\n单位：万元\n科目编码\t科目名称\t项目名称\t合计\t基本支出\t项目支出\n"
    wide = read_text(f"{head}205\t教育支出\t修缮\t3.00\t1.00\t2.00\n").wide("expenditure")
    assert wide[["name", "project_name", "project"]].values.tolist() == [["教育支出", "修缮", 2]]


def test_printed(bundled):
    assert "86,617.08" in repr(bundled)
    html = bundled._repr_html_()
    assert "新疆维吾尔自治区工业和信息化厅" in html
    bk.use_language("en")
    assert "Performance indicators" in bundled._repr_html_()


def test_notes_follow_the_language(bundled):
    assert bundled.notes["message"].str.contains("换页").any()
    bk.use_language("en")
    assert bundled.notes["message"].str.contains("split over a page").any()
    assert not bundled.notes["message"].str.contains("已").any()


def test_an_unknown_language():
    with pytest.raises(LanguageError, match="'de'"):
        bk.use_language("de")


def test_data_package_is_valid():
    for name in package.names():
        report = frictionless.validate(str(package.home() / name / "datapackage.json"))
        assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])


def test_data_package_comes_back(bundled, tmp_path):
    target = bundled.save(tmp_path / "copy" / "datapackage.json")
    meta, frames = package.load(target.parent)
    assert meta == bundled.meta
    again = dataclasses.replace(bundled, frames=frames)
    for name, frame in bundled.frames.items():
        pd.testing.assert_frame_equal(frame, again.frames[name], obj=name)


def test_rebuilding_the_bundle_changes_nothing(source, tmp_path):
    folder = package.home() / "xinjiang-miit-2024"
    target = tmp_path / "xinjiang-miit-2024"
    target.mkdir()
    (target / "glosses.csv").write_bytes((folder / "glosses.csv").read_bytes())
    bundle.bundle(source, target)
    for path in [*folder.glob("*.csv"), *folder.glob("*.json")]:
        assert (target / path.name).read_text() == path.read_text(), path.name


def test_the_bundle_has_no_sentences(bundled):
    for name, frame in bundled.frames.items():
        for column in frame.select_dtypes("str"):
            sentences = frame[column].dropna().str.contains("，.{20,}[。；]")
            assert not sentences.any(), (name, column)


def test_save_excel_and_parquet(bundled, tmp_path):
    book = pd.read_excel(bundled.save(tmp_path / "x.xlsx"), sheet_name=None)
    assert len(book["figures"]) == 1251
    stored = pd.read_parquet(bundled.save(tmp_path / "x.parquet"))
    assert stored["amount"].tolist() == bundled.figures["amount"].tolist()


def test_save_as_something_else(bundled, tmp_path):
    with pytest.raises(ReadError, match=r"cannot save as \.pptx"):
        bundled.save(tmp_path / "x.pptx")


def test_a_broken_data_package(tmp_path):
    (tmp_path / "datapackage.json").write_text("{")
    with pytest.raises(ReadError, match="not a budgetkit data package"):
        package.load(tmp_path)


def test_command_line_audits(tmp_path, capsys):
    target = tmp_path / "audit.html"
    assert cli.main(["audit", "xinjiang-miit-2024", "--save", str(target)]) == 0
    told = capsys.readouterr().out
    assert told.startswith(bk.load("xinjiang-miit-2024").meta.title)
    assert "3,565.44" in told
    assert target.exists()


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["audit", "nowhere.pdf", "--save", "audit.pdf"], "use .html or .xlsx"),
        (["typeset", "nowhere.pdf", "out.csv"], "use .pdf"),
        (["typeset", "nowhere.pdf", "out.pdf", "--style", "bold"], "no style 'bold'"),
        (["save", "nowhere.pdf", "out.pdf"], "cannot save as .pdf"),
    ],
)
def test_command_line_looks_at_the_target_before_it_reads(capsys, command, told):
    """A long document is not read first: here there is none, and that is not what it says."""
    assert cli.main(command) == 1
    assert told in capsys.readouterr().err


def test_command_line(bundled, tmp_path, capsys):
    assert cli.main(["list"]) == 0
    assert "xinjiang-miit-2024" in capsys.readouterr().out
    assert cli.main(["--language", "en", "show", "xinjiang-miit-2024"]) == 0
    shown = capsys.readouterr().out
    assert "Budget units" in shown
    assert shown.index("[doubted]") < shown.index("[mended]")
    assert cli.main(["save", "xinjiang-miit-2024", str(tmp_path / "out")]) == 0
    assert json.loads((tmp_path / "out/datapackage.json").read_text())["name"] == "out"
    files = [bundled.typeset(tmp_path / f"{name}.txt") for name in ("one", "two")]
    files[1].write_text("2024年部门预算\n本单位共有车辆12辆。\n", encoding="utf-8")
    assert cli.main(["save", *map(str, files), str(tmp_path / "two")]) == 0
    assert "two.txt" in (tmp_path / "two/datapackage.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("nowhere/page.txt", "no such file"),
        ("nowhere/page", "no such file"),
        ("https://a.gov.cn/budget", "https://a.gov.cn/budget: is an address on the web"),
        ("xinjiang-mii-2024", "did you mean 'xinjiang-miit-2024'?"),
        ("suzhou-audit-2026 incme", "suzhou-audit-2026 is a bundled disclosure and stands alone"),
    ],
)
def test_command_line_of_what_is_not_there(capsys, source, told):
    assert cli.main(["show", *source.split()]) == 1
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("command", ["list", "show xinjiang-miit-2024"])
def test_command_line_whose_reader_has_gone(command):
    """As in `budgetkit show … | head`."""
    call = "import sys; from budgetkit.cli import main; sys.exit(main())"
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as gone:
        arguments = [sys.executable, "-c", call, *command.split()]
        done = subprocess.run(arguments, stdout=gone, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (1, "")


def told_first(doc):
    """The first lines of a summary below its title, where they beware of something."""
    with speaking("en"):
        lines = repr(doc).splitlines()[1:]
    return [line for line in lines if line.startswith("  Beware: ")]


def test_files_of_two_departments_are_told_apart(tmp_path):
    files = [
        bk.load(name).typeset(tmp_path / f"{name}.txt")
        for name in ("jiangsu-npc-2018", "suzhou-audit-2026")
    ]
    with speaking("en"), pytest.warns(BudgetkitWarning) as warned:
        doc = bk.read(*files)
    assert doc.notes["key"].tolist()[:2] == ["departments_differ", "years_differ"]
    departments, years = told_first(doc)
    assert (
        "jiangsu-npc-2018.txt: 江苏省人大常委会办公厅 / suzhou-audit-2026.txt: 苏州市审计局"
        in departments
    )
    assert "jiangsu-npc-2018.txt: 2018 / suzhou-audit-2026.txt: 2026" in years
    assert repr(doc).splitlines()[1].startswith("  注意: 几个文件所写的部门不同")
    assert doc._repr_html_().index("注意") < doc._repr_html_().index("部门</th>")
    assert [f"  Beware: {warning.message}" for warning in warned] == [departments, years]
    assert warned[0].filename == __file__
    assert told_first(bk.read(files[0])) == []


def test_what_puts_all_in_question_comes_before_what_has_no_page():
    notes = [
        {"key": key, "page": page, "table": None, "row": None}
        for key, page in (("hidden_sheet", None), ("no_amounts", 3), ("years_differ", None))
    ]
    told = [note["key"] for note in ordered(notes, [])]
    assert told == ["years_differ", "no_amounts", "hidden_sheet"]


LIST = "# Things to do\n\n| thing | year | pages |\n|---|---|---|\n| one | 2026 | 61 |\n"


@pytest.mark.parametrize("name", ["list.md", "list.html"])
def test_a_file_that_is_no_disclosure_says_so_first(tmp_path, name):
    """The corpus's own MANIFEST.md is a list of files."""
    cells = "<tr><td>thing<td>year<td>pages<tr><td>one<td>2026<td>61"
    path = tmp_path / name
    path.write_text(LIST if name.endswith("md") else f"<table>{cells}</table>", encoding="utf-8")
    with pytest.warns(BudgetkitWarning, match=f"“{name}”恐不是预算或决算公开"):
        doc = bk.read(path)
    assert doc.notes["key"][0] == "no_disclosure"
    assert f"“{name}” seems to be no budget disclosure" in told_first(doc)[0]
    assert doc.figures["amount"].tolist() == [2026, 61]


LONG = "Departments publish their 部门预算 as long documents full of split tables. " * 4


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (f"# Things\n\n{LONG}", "Things"),  # README.md
        (LONG, "list.md"),
        (f"# 甲市财政局2030年部门预算\n\n{LONG}", "甲市财政局2030年部门预算"),
    ],
)
@pytest.mark.filterwarnings("ignore::budgetkit.errors.BudgetkitWarning")
def test_a_title_is_short(read_text, lines, title):
    assert read_text(f"{lines}\n\n{LIST}", name="list.md").meta.title == title


@pytest.mark.parametrize(
    "line", ["部门：甲市财政局", "2030年", "乙表预算", "收入预算总表", "本单位共有车辆12辆。"]
)
def test_one_thing_that_names_a_disclosure_is_enough(read_text, line):
    doc = read_text(f"{line}\n\n{LIST}", name="list.md")
    assert "no_disclosure" not in set(doc.notes["key"])
    assert told_first(doc) == []


def test_the_command_line_warns(tmp_path, capsys):
    path = tmp_path / "list.md"
    path.write_text(LIST, encoding="utf-8")
    assert cli.main(["--language", "en", "save", str(path), str(tmp_path / "x.xlsx")]) == 0
    assert capsys.readouterr().err.startswith("budgetkit: “list.md” seems to be no budget")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("income", r".table('income')"),
        ("unit", ".units"),
        ("year", ".meta.year"),
        ("public", ".table('three_public')"),
    ],
)
def test_what_a_disclosure_lacks_is_near_something(bundled, asked, told):
    with pytest.raises(AttributeError, match=re.escape(f"{asked!r}; did you mean {told}?")):
        getattr(bundled, asked)


def test_what_an_audit_lacks_is_near_something(bundled, monkeypatch):
    audit = bundled.audit()
    with pytest.raises(AttributeError, match=r"'suspect'; did you mean \.suspects\?"):
        _ = audit.suspect
    with pytest.raises(AttributeError, match=r"no attribute 'xyz'$"):
        _ = audit.xyz
    monkeypatch.setattr(
        type(audit), "headline", property(lambda self: self.disclosure.meta.place.nothing)
    )
    with pytest.raises(AttributeError, match=r"^'str' .* 'nothing'"):  # not "no headline"
        _ = audit.headline


def test_disclosures_are_copied_and_pickled(bundled):
    for again in (copy.deepcopy(bundled.audit().disclosure), pickle.loads(pickle.dumps(bundled))):
        pd.testing.assert_frame_equal(again.figures, bundled.figures)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("suzhou", "did you mean 'suzhou-audit-2026'?"),
        ("npc-20", "did you mean 'jiangsu-npc-2017' or 'jiangsu-npc-2018' or 'jiangsu-npc-2019'?"),
    ],
)
def test_a_part_of_a_name(name, told):
    with pytest.raises(UnknownDatasetError, match=re.escape(told)):
        bk.load(name)


def test_a_name_for_a_file_and_a_file_for_a_name(tmp_path, bundled):
    with pytest.raises(ReadError, match=r"budgetkit.load\('suzhou-audit-2026'\)"):
        bk.read("suzhou-audit-2026")
    with pytest.raises(UnknownDatasetError, match="did you mean 'suzhou-audit-2026'"):
        bk.load("suzhou-audit-2026.pdf")
    with pytest.raises(UnknownTableError, match="did you mean 'income'"):
        bundled.table("Incomes")


def test_a_saved_workbook_is_no_disclosure(bundled, tmp_path):
    with pytest.raises(ReadError, match=r"pandas.read_excel\(.*dtype=\{'code': str\}"):
        bk.read(bundled.save(tmp_path / "saved.xlsx"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_notes_stand_in_the_order_of_the_document_and_end_in_something(bundled, language):
    assert bundled.notes["page"].is_monotonic_increasing
    with bk.language.language(language):
        assert not bundled.notes["message"].str.contains(r"[:：]\s*$|\(s\)").any()


def test_notes_name_columns_by_their_labels(bundled):
    message = bundled.notes.set_index("key")["message"]["audit_missing"]
    assert message.endswith("应为 公用经费 3,565.44")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("部门收入总体情况表", "income"),
        (" 部门收入 总体情况表 ", "income"),
        ("财政拨款三公经费支出情况表", "three_public"),
    ],
)
def test_a_table_is_found_by_its_printed_title(title, name, bundled):
    assert_frame_equal(bundled.table(title), bundled.table(name))
    assert_frame_equal(bundled.wide(title), bundled.wide(name))
    assert repr(bundled.excerpt(title)) == repr(bundled.excerpt(name))


def test_every_printed_title_finds_a_table_of_that_title():
    for name in bk.datasets()["name"]:
        doc = bk.load(name)
        for table in doc.meta.tables:
            assert doc.meta.known(table.title).title == table.title
            assert doc.meta.known(table.table).table == table.table


TEXT = "某市财政局2026年部门预算\n二、收入预算情况说明\n某市财政局部门收入预算 86.08 万元。\n"
TABLE = "收入预算总表\n单位：万元\n项目\t金额\n合计\t86.08\n财政拨款\t86.08\n"


@pytest.mark.parametrize(("language", "told"), [("zh", "另一个文件"), ("en", "another file")])
def test_text_whose_tables_are_elsewhere_says_so(tmp_path, language, told):
    text, tables = tmp_path / "text.txt", tmp_path / "tables.txt"
    text.write_text(TEXT, encoding="utf-8")
    tables.write_text(TABLE, encoding="utf-8")
    with speaking(language), pytest.warns(BudgetkitWarning, match=told):
        doc = bk.read(text)
        notes = doc.notes.set_index("key")
        assert notes.loc["no_tables", "kind"] == "doubted"
        assert told in notes.loc["no_tables", "message"]
        assert "text.txt" in notes.loc["no_tables", "message"]
        assert "budgetkit.read(" in notes.loc["no_tables", "message"]
    assert "text.txt" in told_first(doc)[0]
    assert "no_tables" not in set(bk.read(text, tables).notes["key"])
    assert "no_tables" not in set(bk.read(tables).notes["key"])


def test_one_file_given_twice_is_an_error(tmp_path):
    first, copy = tmp_path / "tables.txt", tmp_path / "copy.txt"
    first.write_text(TABLE, encoding="utf-8")
    copy.write_text(TABLE, encoding="utf-8")
    for other in (first, copy):
        with pytest.raises(ReadError, match=rf"{other.name}: the same file as tables.txt"):
            bk.read(first, other)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("guangzhou-statistics-2026", "2 listed in the text, 3 in the tables"),  # its own office
        ("xinjiang-miit-2024", "30 listed in the text, 29 in the tables"),
        ("suzhou-audit-2026", "1"),
        ("beijing-finance-2026", "12"),  # its tables are not by unit
    ],
)
def test_units_of_the_text_and_of_the_tables_are_told_apart(name, told):
    with speaking("en"):
        lines = repr(bk.load(name)).splitlines()
    assert f"  Budget units: {told}" in lines


@pytest.mark.parametrize(
    ("title", "scope"),
    [
        ("甲市2026年市级单位预算", "unit"),
        ("2025年度甲市乙局单位决算公开", "unit"),
        ("2026年甲市乙局（本级）部门预算", "unit"),
        ("甲省乙厅本级2026年部门预算", "unit"),
        ("甲市2026年市级部门预算", "department"),
        ("2026年甲市市本级部门预算", "department"),
        ("甲区乙局2026年部门（单位）预算", "department"),
        ("甲区乙局2026年部门及单位决算", "department"),
        ("甲区乙局及所属单位预算公开", "department"),
    ],
)
def test_a_title_says_whose_budget_it_is(bundled, title, scope):
    assert dataclasses.replace(bundled.meta, title=title).scope == scope


def test_a_units_budget_is_not_called_a_departments(bundled, capsys):
    for name, zh, en in (
        ("shanghai-affiliated-school-2026", "单位预算", "Unit's budget"),
        ("suzhou-audit-2026", "部门预算", "Budget"),
        ("putuo-finance-2024", "部门决算", "Final accounts"),
    ):
        for language, told in (("zh", f"类别: {zh}\n"), ("en", f"Kind: {en}\n")):
            bk.use_language(language)
            assert told in str(bk.load(name))
            assert cli.main(["list", "--language", language]) == 0
            (line,) = (ln for ln in capsys.readouterr().out.splitlines() if f"{name} " in ln)
            assert told.strip().partition(": ")[2] in line.replace(bk.load(name).meta.title, "")
    meta = dataclasses.replace(bundled.meta, title="甲市乙局2025年度单位决算", kind="final")
    bk.use_language("en")
    assert "Kind: Unit's final accounts" in str(dataclasses.replace(bundled, meta=meta))
