"""Handouts: every student another puzzle, every puzzle solvable, the key right."""

import openpyxl
import pandas as pd
import pdfplumber
import pytest

import budgetkit as bk
from budgetkit.errors import BudgetkitError
from budgetkit.vocabulary import words


@pytest.fixture
def sheet(bundled, tmp_path):
    return bk.teach.worksheet(bundled, seed=20260001, folder=tmp_path / "handouts")


def test_the_key_is_what_was_changed(bundled, sheet):
    handout = bk.read(sheet.xlsx)
    assert "练习" in handout.meta.title
    for error in sheet.key.itertuples():
        figures = handout.figures
        cell = figures[
            (figures["table"] == error.table)
            & (figures["row"] == error.row)
            & (figures["measure"] == error.measure)
            & (figures["side"].isna() | (figures["side"] == error.side))
        ]["amount"].tolist()
        assert cell == ([] if pd.isna(error.on_the_sheet) else [error.on_the_sheet])
    assert sheet.key["kind"].unique().tolist() == ["digit", "swap", "shift"]
    saved = pd.read_csv(sheet.key_file)
    for label, column in (("列为", "on_the_sheet"), ("应为", "should_be")):
        expected = sheet.key[column].tolist()
        assert saved[label].tolist() == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_key_reads_as_the_sheet_does(bundled, tmp_path, language):
    with bk.language.language(language):
        sheet = bk.teach.worksheet(bundled, 7, tmp_path / "handouts")
        blanks = [bk.language.label(f"handout.{name}") for name in ("printed", "proposed")]
    saved = pd.read_csv(sheet.key_file, dtype="str")
    assert saved.columns[-3:-1].tolist() == blanks
    pages = openpyxl.load_workbook(sheet.xlsx).worksheets[1:]
    for error in sheet.key.itertuples():
        (page,) = [page for page in pages if page["A1"].value == error.title]
        texts = {str(cell.value).strip() for row in page.iter_rows() for cell in row}
        assert {error.name.strip(), *error.heading.split(" / ")} <= texts
        assert error.name.strip() in error.sums
    amounts = saved[blanks].stack().dropna()
    assert amounts.str.fullmatch(r"\d+\.\d\d").all()
    assert sheet.key_file.read_bytes().startswith("\N{BOM}".encode())


@pytest.mark.parametrize("tables", [None, "general_projects"])  # the second runs over pages
def test_the_key_names_the_page_of_the_pdf(bundled, tmp_path, tables):
    sheet = bk.teach.worksheet(bundled, 7, tmp_path / "handouts", n=6, tables=tables)
    figures = bk.read(sheet.pdf).figures
    for error in sheet.key.itertuples():
        row = figures[(figures["table"] == error.table) & (figures["row"] == error.row)]
        assert error.page in set(row["page"])
    assert sheet.key["page"].nunique() > 1
    assert pd.read_csv(sheet.key_file)["页"].tolist() == sheet.key["page"].tolist()


def test_no_error_is_as_small_as_rounding(bundled, tmp_path):
    for seed in range(12):
        key = bk.teach.worksheet(bundled, seed, tmp_path / "handouts").key
        size = (key["on_the_sheet"].fillna(0) - key["should_be"].fillna(0)).abs()
        assert size.min() >= bk.teach.LEAST - 1e-9


@pytest.mark.parametrize(
    ("language", "rounding", "filled"),
    [("zh", "尾差", "所用数据中空白"), ("en", "few hundredths", "Blank in the figures at hand")],
)
def test_the_first_page_tells_of_rounding_and_filled_blanks(tmp_path, language, rounding, filled):
    for name, told in (("xinjiang-miit-2024", True), ("guangzhou-statistics-2026", False)):
        with bk.language.language(language):
            sheet = bk.teach.worksheet(bk.load(name), 7, tmp_path / "handouts")
        front = openpyxl.load_workbook(sheet.xlsx).worksheets[0]
        lines = [str(cell.value) for cell in front["A"]]
        assert any(rounding in line and "0.10" in line for line in lines)
        assert any(line.startswith(filled) and "总计" in line for line in lines) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh", ["姓名", "学号", "共 3 处", "应为"]), ("en", ["Name", "Student number", "Should be"])],
)
def test_the_first_page_says_the_task(bundled, tmp_path, language, told):
    with bk.language.language(language):
        sheet = bk.teach.worksheet(bundled, 7, tmp_path / "handouts")
    with pdfplumber.open(sheet.pdf) as pdf:
        page = pdf.pages[0]
        text = page.extract_text()
        blanks = {round(rule["top"]) for rule in page.lines}
        after = "".join(page.extract_text() for page in pdf.pages[1:])
    assert all(word in text for word in told)
    assert len(blanks) == 3
    assert bundled.units["unit"].iloc[-1] not in text
    assert "—" not in after
    front = openpyxl.load_workbook(sheet.xlsx).worksheets[0]
    lines = [cell.value for cell in front["A"]]
    assert any(told[0] in line for line in lines)
    assert f"{bundled.meta.title}" in lines[1]
    assert lines[0] not in lines[1]


def test_in_english_titles_and_headings_are_explained(bundled, tmp_path):
    """All that a student must write down: on both covers, and in the key."""
    bk.use_language("en")
    sheet = bk.teach.worksheet(bundled, 7, tmp_path / "handouts")
    front, *pages = openpyxl.load_workbook(sheet.xlsx).worksheets
    with pdfplumber.open(sheet.pdf) as pdf:
        text = "".join(pdf.pages[0].extract_text().split())
    covers = ["".join(str(cell.value) for cell in front["A"]).replace(" ", ""), text]
    labels = [bk.language.label(f"table.{table}") for table in bk.teach.TABLES]
    pairs = [f"{page['A1'].value} = {label}" for page, label in zip(pages, labels, strict=True)]
    pairs += ["合计 = Total", "人员经费 = Personnel", "收入 = Income", "科目名称 = Name"]
    for cover in covers:
        assert all(pair.replace(" ", "") in cover for pair in pairs)
    saved = pd.read_csv(sheet.key_file)
    assert set(saved["Table"]) <= set(pairs)
    for place, error in zip(saved["Column"], sheet.key.itertuples(), strict=True):
        printed, _, label = place.partition(" = ")
        assert printed == error.heading
        assert label.rpartition(" / ")[2] in error.sums


def test_in_chinese_nothing_needs_to_be_explained(sheet):
    front = openpyxl.load_workbook(sheet.xlsx).worksheets[0]
    assert not any("=" in str(cell.value) for cell in front["A"])
    assert pd.read_csv(sheet.key_file)["表"].tolist() == sheet.key["title"].tolist()


def test_every_heading_beside_amounts_has_a_label():
    own = dict(words("typeset")["labels"])
    known = {text["zh"] for text in words("labels")["handout"]["heading"].values()}
    assert known == {*own.pop("levels"), *own.values()}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_first_page_is_no_table_to_a_reader(bundled, tmp_path, language, ending):
    with bk.language.language(language):
        sheet = bk.teach.worksheet(bundled, 7, tmp_path / "handouts")
    handout = bk.read(getattr(sheet, ending))
    assert [table.table for table in handout.meta.tables] == list(bk.teach.TABLES)
    assert "budgetkit" not in handout.meta.title
    assert handout.meta.year == bundled.meta.year
    assert handout.notes["key"].str.startswith("audit_").all()


def test_a_table_by_unit_keeps_the_list_that_names_them(bundled, tmp_path):
    sheet = bk.teach.worksheet(bundled, 1, tmp_path / "handouts", tables="general_projects")
    assert bk.read(sheet.xlsx).units["unit"].tolist() == bundled.units["unit"].tolist()
    with pdfplumber.open(sheet.pdf) as pdf:
        assert bundled.units["unit"].iloc[-1] not in pdf.pages[0].extract_text()


def test_the_key_is_not_where_students_look(sheet, bundled):
    assert sorted(file.name for file in sheet.pdf.parent.iterdir()) == [
        "worksheet-20260001.pdf",
        "worksheet-20260001.xlsx",
    ]
    planted = bk.audit.plant(bundled, "swap", seed=1)
    answers = (sheet.key["should_be"], planted.key["printed"])
    for shown, amounts in zip((repr(sheet), repr(planted)), answers, strict=True):
        assert ".key" in shown
        assert "\n" not in shown
        assert not any(f"{amount:.2f}" in shown for amount in amounts.dropna())
    assert str(sheet.key_file) in repr(sheet)


def test_what_the_student_reads_leads_to_the_key(sheet):
    suspects = bk.read(sheet.xlsx).audit().suspects
    named = set(map(tuple, suspects[["table", "row", "measure"]].to_numpy()))
    assert set(map(tuple, sheet.key[["table", "row", "measure"]].to_numpy())) <= named


def test_another_student_gets_another_sheet(bundled, sheet, tmp_path):
    again = bk.teach.worksheet(bundled, seed=20260001, folder=tmp_path / "again")
    other = bk.teach.worksheet(bundled, seed=20260002, folder=tmp_path / "handouts")
    pd.testing.assert_frame_equal(again.key, sheet.key)
    assert not other.key.equals(sheet.key)


def test_a_secret_changes_the_errors_and_a_number_may_have_letters(bundled, tmp_path):
    plain = bk.teach.worksheet(bundled, "2026A", tmp_path / "handouts")
    secret = bk.teach.worksheet(bundled, "2026A", tmp_path / "handouts", secret="autumn")
    assert not plain.key.equals(secret.key)


def test_a_table_that_is_not_there(bundled, tmp_path):
    with pytest.raises(BudgetkitError, match="no table of procurement; it has: balance"):
        bk.teach.worksheet(bundled, 1, tmp_path / "handouts", tables=["procurement"])


def test_one_table_by_its_name(bundled, tmp_path):
    key = bk.teach.worksheet(bundled, 1, tmp_path / "handouts", tables="expenditure").key
    assert set(key["table"]) == {"expenditure"}


@pytest.mark.parametrize("name", ["shenzhen-statistics-2026", "guangzhou-statistics-2026"])
def test_only_kinds_that_have_room(tmp_path, name):
    key = bk.teach.worksheet(bk.load(name), 1, tmp_path / "handouts").key
    assert key["kind"].tolist() == ["digit", "swap", "digit"]


def test_more_errors_than_there_is_room_for(tmp_path):
    small = bk.load("jiangsu-npc-2018")
    with pytest.raises(BudgetkitError):
        bk.teach.worksheet(small, 1, tmp_path, n=12, tables=["three_public"])
