"""The same table as a workbook, a Word document and a web page: the same figures."""

import datetime

import docx
import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

import budgetkit as bk
from budgetkit.errors import ReadError
from budgetkit.reading.xlsx import shown
from tests.typeset.same import check_same

TITLE, UNIT = "2026年部门支出预算总表", "单位：万元"
EXPECTED = [
    ["205", "教育支出", "total", 1250.0],
    ["205", "教育支出", "basic", 1000.25],
    ["2050305", "高等职业教育", "total", 1250.0],
    ["2050305", "高等职业教育", "basic", 1000.25],
    ["", "合计", "total", 1250.0],
    ["", "合计", "basic", 1000.25],
]
BODY = [["205", "教育支出"], ["2050305", "高等职业教育"], ["", "合计"]]


def amounts(doc):
    figures = doc.figures[["code", "name", "measure", "amount"]].astype("object").fillna("")
    return figures.to_numpy().tolist()


def workbook(path):
    """A sheet with a merged title, a merged header and numbers shown with two decimals."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([TITLE])
    sheet.append(["", "", "", UNIT])
    sheet.append(["功能分类科目", "", "合计", "基本支出"])
    sheet.append(["科目编码", "科目名称", "", ""])
    for labels in BODY:
        sheet.append([*labels, 1250, 1000.25])
    for row in sheet.iter_rows(min_row=5, min_col=3):
        for cell in row:
            cell.number_format = "#,##0.00"
    for span in ("A1:D1", "A3:B3", "C3:C4", "D3:D4"):
        sheet.merge_cells(span)
    book.save(path)


def word(path):
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph(UNIT)
    table = document.add_table(rows=5, cols=4)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "功能分类科目"
    table.cell(0, 2).merge(table.cell(1, 2)).text = "合计"
    table.cell(0, 3).merge(table.cell(1, 3)).text = "基本支出"
    table.cell(1, 0).text, table.cell(1, 1).text = "科目编码", "科目名称"
    for index, labels in enumerate(BODY, start=2):
        for column, text in enumerate([*labels, "1,250.00", "1,000.25"]):
            table.cell(index, column).text = text
    document.save(path)


def page(path, encoding="utf-8"):
    rows = "".join(
        f"<tr><td>{code}</td><td>{name}</td><td>1,250.00</td><td>1,000.25</td></tr>"
        for code, name in BODY
    )
    text = f"""<!DOCTYPE html><html><head><meta charset="{encoding}"><style>td {{}}</style></head>
    <body><h2>{TITLE}</h2><p>{UNIT}</p><table>
    <tr><th colspan="2">功能分类科目</th><th rowspan="2">合计</th><th rowspan="2">基本支出</th></tr>
    <tr><th>科目编码</th><th>科目名称</th></tr>{rows}</table><script>9,999.99</script></body></html>"""
    path.write_bytes(text.encode(encoding))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("x.xlsx", workbook),
        ("x.docx", word),
        ("x.html", page),
        ("x.htm", lambda path: page(path, "gb18030")),
        ("x.xls", page),  # a web page that a site calls a workbook
    ],
)
def test_the_same_table(tmp_path, name, write):
    write(tmp_path / name)
    doc = bk.read(tmp_path / name)
    assert [table.table for table in doc.meta.tables] == ["expenditure"]
    assert amounts(doc) == EXPECTED
    assert doc.notes.empty


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("x.xlsx", "not an .xls workbook that can be read"),
        ("x.xls", "save it as .xlsx"),
        ("x.docx", "not a .docx document"),
    ],
)
def test_a_file_of_another_make(tmp_path, name, told):
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0 an older file")
    with pytest.raises(ReadError, match=told):
        bk.read(tmp_path / name)


def test_a_broken_workbook(tmp_path):
    workbook(tmp_path / "x.xlsx")
    whole = (tmp_path / "x.xlsx").read_bytes()
    (tmp_path / "y.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ReadError, match="a broken workbook"):
        bk.read(tmp_path / "y.xlsx")


def test_a_formula_without_a_result_is_noted(tmp_path):
    workbook(tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    book.active["C7"] = "=SUM(C5:C6)"
    book.save(tmp_path / "x.xlsx")
    notes = bk.read(tmp_path / "x.xlsx").notes
    assert notes.loc[0, ["key", "text"]].tolist() == ["formula_without_value", "C7 =SUM(C5:C6)"]
    assert notes["key"].str.startswith("audit_").tolist() == [False, True]  # the sum is missed


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_no_digit_of_a_number_is_lost(amount):
    assert shown(float(amount), "#,##0.00").replace(",", "") == f"{amount:.2f}"
    assert float(shown(float(amount), "General").replace(",", "")) == float(amount)


def test_what_is_no_number():
    assert shown(True, "General") == "TRUE"
    assert shown(datetime.date(2026, 1, 2), "General") == "2026-01-02"
    assert shown(" 备注 ", "General") == "备注"


def older(source, target):
    """A workbook of today saved as one of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in openpyxl.load_workbook(source).worksheets:
        page = book.add_sheet(sheet.title[:31])
        merged = {(r.min_row, r.min_col): r for r in sheet.merged_cells.ranges}
        covered = {cell for r in sheet.merged_cells.ranges for cell in r.cells}
        for row in sheet.iter_rows():
            for cell in row:
                at = (cell.row, cell.column)
                style = xlwt.easyxf(num_format_str=cell.number_format)
                if at in merged:
                    r = merged[at]
                    spot = (r.min_row - 1, r.max_row - 1, r.min_col - 1, r.max_col - 1)
                    page.write_merge(*spot, cell.value, style)
                elif at not in covered and cell.value is not None:
                    page.write(cell.row - 1, cell.column - 1, cell.value, style)
    book.save(target)
    return target


def test_a_workbook_of_excel_97(tmp_path):
    workbook(tmp_path / "x.xlsx")
    doc = bk.read(older(tmp_path / "x.xlsx", tmp_path / "x.xls"))
    assert amounts(doc) == EXPECTED
    assert doc.notes.empty


@pytest.mark.parametrize("name", ["xinjiang-miit-2024", "jiangsu-npc-2018"])
def test_a_whole_disclosure_in_excel_97(tmp_path, name):
    doc = bk.load(name)
    again = bk.read(older(doc.typeset(tmp_path / "x.xlsx"), tmp_path / "x.xls"))
    check_same(doc, again)


@pytest.mark.parametrize("below", [True, False])
def test_an_amount_without_a_table_is_noted(tmp_path, below):
    workbook(tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    sheet = book.active if below else book.create_sheet("0", 0)
    cell = sheet.cell(12, 5, 505.25)
    cell.number_format = "0.00"
    book.save(tmp_path / "x.xlsx")
    doc = bk.read(tmp_path / "x.xlsx")
    assert amounts(doc) == EXPECTED
    assert doc.notes[["key", "page", "text"]].to_numpy().tolist() == [
        ["line_in_table", 12, "505.25"]
    ]
