"""Slips in ordinary calls: each is told what was wrong and what to do."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

import budgetkit as bk
from budgetkit.errors import BudgetkitError, ReadError

SLIPS = {
    "excerpt('income', 2.5)": (lambda doc: doc.excerpt("income", 2.5), "slice(5, 10)"),
    "excerpt('income', 'x')": (lambda doc: doc.excerpt("income", "x"), "slice(5, 10)"),
    "excerpt('income', [1, 2])": (lambda doc: doc.excerpt("income", [1, 2]), "slice(5, 10)"),
    "excerpt of a list of units": (
        lambda doc: bk.load("putuo-finance-2024").excerpt("二、部门决算单位构成"),
        "没有金额栏可看；有的是：balance",
    ),
    "departments([])": (lambda doc: bk.compare.departments([]), "at least one"),
    "departments(name)": (lambda doc: bk.compare.departments("xinjiang-miit-2024"), "bk.load"),
    "departments([path])": (
        lambda doc: bk.compare.departments(["x.pdf"]),
        "'x.pdf' is no disclosure: pass bk.read('x.pdf')",
    ),
    "departments([name])": (
        lambda doc: bk.compare.departments([doc, "suzhou-audit-2026"]),
        "'suzhou-audit-2026' is no disclosure: pass bk.load('suzhou-audit-2026')",
    ),
    "departments(Path)": (
        lambda doc: bk.compare.departments(Path("a/x.pdf")),
        "'a/x.pdf' is no disclosure: pass bk.read('a/x.pdf')",
    ),
    "show('3')": (lambda doc: doc.show("3"), "page '3': expected a whole number, as doc.show(3)"),
    "show(2.5)": (lambda doc: doc.show(2.5), "page 2.5: expected a whole number"),
    "show(NA)": (lambda doc: doc.show(pd.NA), "page <NA>: expected a whole number"),
    "typeset(folder)": (
        lambda doc: doc.typeset("/dev/null/x.txt"),
        "/dev/null/x.txt: cannot be written (",
    ),
    "wide('收入总表')": (lambda doc: doc.wide("收入总表"), "did you mean 'income'? it has: "),
    "departments(5)": (lambda doc: bk.compare.departments(5), "bk.load"),
    "departments(exhausted)": (lambda doc: bk.compare.departments(iter([])), "only once"),
    "compare.plot([])": (lambda doc: bk.compare.plot([]), "at least one"),
    "peers(doc, '(')": (lambda doc: bk.units.peers(doc, "("), "re.escape"),
    "peers(doc, '*')": (lambda doc: bk.units.peers(doc, "*"), "re.escape"),
    "plot what_if without no": (lambda doc: bk.students.plot(doc, "what_if"), "say which, no="),
    "plot(no=24)": (lambda doc: bk.students.plot(doc, no=24), "only kind='what_if'"),
    "what_if (5,)": (lambda doc: bk.students.what_if(doc, 24, (5,)), "(low, high)"),
    "what_if (1, 2, 3)": (lambda doc: bk.students.what_if(doc, 24, (1, 2, 3)), "(low, high)"),
    "what_if '12'": (lambda doc: bk.students.what_if(doc, 24, "12"), "(low, high)"),
    "what_if standard (2, 1)": (
        lambda doc: bk.students.what_if(doc, 24, standard=(2, 1)),
        "standard (2, 1): expected a number",
    ),
    "codes.name(205.0)": (lambda doc: bk.codes.name(205.0), "expected its digits"),
    "codes.name('205', 'x')": (lambda doc: bk.codes.name("205", "x"), "functional, economic"),
    "worksheet n=0": (lambda doc: bk.teach.worksheet(doc, 1, n=0), "from 1 on"),
    "worksheet seed": (lambda doc: bk.teach.worksheet(doc, "../x"), "letters and digits"),
    "load(None)": (lambda doc: bk.load(None), "there are: beijing"),
    "read(None)": (lambda doc: bk.read(None), "one by one"),
    "read(5)": (lambda doc: bk.read(5), "5 is no path; name the files one by one"),
    "read('')": (lambda doc: bk.read(""), "'' is no path"),
    "read([])": (lambda doc: bk.read([]), "the list of paths is empty"),
    "read([5])": (lambda doc: bk.read(["a.pdf", 5]), "5 is no path"),
    "read(url)": (
        lambda doc: bk.read("https://a.gov.cn/b.pdf"),
        "https://a.gov.cn/b.pdf: is an address on the web",
    ),
    "read(Path(url))": (
        lambda doc: bk.read(Path("https://a.gov.cn/b.pdf")),
        "https://a.gov.cn/b.pdf: is an address on the web",
    ),
}


@pytest.mark.parametrize(("call", "told"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told(bundled, call, told):
    with pytest.raises(BudgetkitError, match=re.escape(told)):
        call(bundled)


def test_a_whole_number_is_a_code_too(bundled):
    assert bk.codes.name(205) == bk.codes.name("205")
    assert (bk.codes.level(20503), bk.codes.parent(20503)) == ("section", "205")
    assert bk.codes.kind_of(301) == "economic"
    one, other = (bk.income.composition(bundled, code) for code in (205, "205"))
    pd.testing.assert_frame_equal(one, other)


def test_one_disclosure_is_compared_with_none(bundled):
    assert len(bk.compare.departments(bundled)) == 1


def test_a_document_without_a_year_has_no_growth(bundled):
    undated = replace(bundled, meta=replace(bundled.meta, year=None))
    table = bk.compare.departments([undated, bundled])
    assert table["year"].isna().tolist() == [False, True]
    assert table["growth"].isna().all()
    names = [text.get_text() for text in bk.compare.plot([undated, bundled]).get_yticklabels()]
    assert [name.split()[-1] for name in names] == ["2024", "—"]


def test_one_number_is_both_bounds(bundled):
    one = bk.students.what_if(bundled, 24, headcount=100)
    pd.testing.assert_frame_equal(one, bk.students.what_if(bundled, 24, headcount=(100, 100)))


@pytest.mark.parametrize("name", ["x.xlsx", "x.XLSX", "x.Parquet", "x.json", "x.CSV"])
def test_saving_makes_the_folder_and_none_above(bundled, tmp_path, name):
    (tmp_path / "new").mkdir(exist_ok=True)
    assert bundled.save(tmp_path / "new" / "dir" / name).exists()
    with pytest.raises(ReadError, match=r"there is no folder .*typo"):
        bundled.save(tmp_path / "typo" / "dir" / name)
    assert not (tmp_path / "typo").exists()


def test_a_workbook_of_nothing_has_a_sheet(bundled, tmp_path):
    path = replace(bundled, frames={}).save(tmp_path / "x.xlsx")
    assert load_workbook(path).sheetnames == ["figures"]


@pytest.mark.parametrize("name", ["x.HTML", "x.XLSX"])
def test_a_report_is_saved_in_a_new_folder(tmp_path, name):
    audit = bk.load("jiangsu-npc-2018").audit()
    assert audit.save(tmp_path / "new" / name).stat().st_size
    with pytest.raises(ReadError, match=r"there is no folder .*typo"):
        audit.save(tmp_path / "typo" / "new" / name)


def test_money_is_added_up_exactly():
    table = bk.compare.departments(bk.load("chongqing-science-2026"))
    assert table["staff"].tolist() == [4526.65]  # as floats, 4526.650000000001
