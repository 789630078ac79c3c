"""A title that begins like a row of a table, in a sheet of a workbook: guangzhou-*-2026."""

import openpyxl
import pytest

import budgetkit as bk

TITLE = "七、重点项目预算绩效目标情况"
TABLE = f"{TITLE}\n部门：某市司法局\n单位：万元\n项目\t金额\n※\t1\n基层经费\t505\n普法经费\t20\n"


@pytest.fixture
def told(read_text):
    return read_text(f"某市司法局2026年部门预算\n\n{TABLE}")


def rows(doc):
    return doc.figures[["table", "name", "measure", "amount"]].to_numpy().tolist()


@pytest.mark.parametrize("ending", ["xlsx", "docx", "html", "txt", "pdf"])
def test_it_comes_back(tmp_path, told, ending):
    doc = bk.read(told.typeset(tmp_path / f"x.{ending}"))
    assert (
        rows(doc)
        == rows(told)
        == [
            [TITLE, "基层经费", "amount", 505],
            [TITLE, "普法经费", "amount", 20],
        ]
    )
    assert [table.title for table in doc.meta.tables] == [TITLE]
    assert doc.notes["key"].tolist() == ["unknown_table"]


def test_its_cell_may_not_be_merged(tmp_path, told):
    book = openpyxl.load_workbook(told.typeset(tmp_path / "x.xlsx"))
    for span in list(book.worksheets[1].merged_cells.ranges):
        book.worksheets[1].unmerge_cells(str(span))
    book.save(tmp_path / "x.xlsx")
    assert rows(bk.read(tmp_path / "x.xlsx")) == rows(told)


def test_it_may_stand_right_above_the_headings(tmp_path):
    sheet = (book := openpyxl.Workbook()).active
    for row in ([TITLE], ["项目", "金额"], ["基层经费", 505.5], ["普法经费", 20.25]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    book.save(tmp_path / "x.xlsx")
    assert rows(bk.read(tmp_path / "x.xlsx")) == [
        [TITLE, "基层经费", "amount", 505.5],
        [TITLE, "普法经费", "amount", 20.25],
    ]


def test_a_group_of_rows_has_one_too(read_text):
    page = (
        "<table><tr><td>项目</td><td>金额</td></tr><tr><td>甲</td><td>3.00</td></tr></table>"
        "<table><tr><td colspan=2>二、项目支出</td></tr><tr><td>乙</td><td>4.00</td></tr></table>"
    )
    doc = read_text(f"<html><p>支出表</p><p>单位：万元</p>{page}</html>", name="x.html")
    assert [row[1:] for row in rows(doc)] == [["甲", "amount", 3], ["乙", "amount", 4]]
    assert doc.meta.tables[0].rows == 3
