"""Broken input: every amount arrives in `figures` or is in `notes`; nothing else is raised."""

import re
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import budgetkit as bk
from budgetkit import printed
from budgetkit.errors import ReadError

MONEY = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d{2}|-?\d+\.\d{2}")


def unaccounted(text, doc):
    """Amounts in the tab-separated lines of tables that are in no figure and no note."""
    figures, notes = doc.figures, doc.notes
    arrived = Counter(zip(figures["page"], figures["amount"], strict=True))
    noted = notes.groupby("page")["text"].agg(lambda texts: " ".join(map(str, texts))).to_dict()
    missing = []
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" not in line:
            continue
        for cell in line.split("\t"):
            for amount in MONEY.findall(cell):
                key = (number, float(printed.amount(amount)))
                if arrived[key]:
                    arrived[key] -= 1
                elif amount not in noted.get(number, ""):
                    missing.append((number, cell))
    return missing


PAGE = """某市某局2024年部门预算公开
表 1
部门支出总体情况表
编制部门：某市某局
单位：万元
科目			支出预算
功能分类科目编码			功能分类科目名称	合计	基本支出	项目支出
类	款	项
※	※	※	※	1	2	3
			总计	1,200.30	900.20	300.10
205			教育支出	1,000.30	800.20	200.10
205	03		职业教育	1,000.30	800.20	200.10
205	03	05	高等职业教育	1,000.30	800.20	200.10
208			社会保障和就业支出	200.00	100.00	100.00
"""


def test_the_page_itself(read_text):
    doc = read_text(PAGE)
    assert len(doc.figures) == 15
    assert unaccounted(PAGE, doc) == []
    assert doc.notes.empty


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        (
            "1,000.30\t800.20\t200.10\n205\t03\t\t",
            "10,00.3.0\t800.20\t200.10\n205\t03\t\t",
            "not_an_amount",
        ),
        ("200.00\t100.00\t100.00", "200.00\t100.00\t100.00\t77.77", "beyond_last_column"),
        ("200.00\t100.00\t100.00", "200.00\t100.00", "row_too_short"),
        ("\t\t\t总计\t1,200.30\t900.20\t300.10", "总计 1,200.30 900.20 300.10", "line_in_table"),
        ("职业教育\t1,000.30", "职业教育\tx1,000.30", "not_an_amount"),
        ("205\t\t\t教育支出", "205\t\t\t88.88", "amount_in_label_column"),
    ],
)
def test_a_fault_is_noted_where_it_is(read_text, before, after, key):
    assert before in PAGE
    text = PAGE.replace(before, after, 1)
    notes = read_text(text).notes
    assert key in set(notes["key"])
    line = text[: text.index(after.split("\n")[0])].count("\n") + 1
    assert line in set(notes.loc[notes["key"] == key, "page"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(read_text, encoding):
    assert len(read_text(PAGE, encoding).figures) == 15


def test_line_endings(read_text):
    assert len(read_text(PAGE.replace("\n", "\r\n")).figures) == 15


def test_markdown(read_text):
    rows = ["| 项目 | 预算数 |", "|---|---:|", "| 一、财政拨款 | 1,234.50 |", "| 合计 | 1,234.50 |"]
    doc = read_text("收支预算总表\n单位：元\n\n" + "\n".join(rows), name="page.md")
    assert doc.figures["amount"].tolist() == [0.12345, 0.12345]


@pytest.mark.parametrize(
    ("unit", "amount"), [("元", 0.12345), ("万元", 1234.5), ("亿元", 12345000.0), ("千元", 123.45)]
)
def test_money_is_converted_by_the_tables_own_unit_line(read_text, unit, amount):
    text = f"收支预算总表\n单位：{unit}\n项目\t预算数\n合计\t1,234.50\n"
    assert read_text(text).figures["amount"].tolist() == [amount]


def test_a_row_with_the_next_tables_title_lost(read_text):
    text = PAGE.replace("部门支出总体情况表\n", "")
    doc = read_text(text)
    assert unaccounted(text, doc) == []
    assert "unknown_table" in set(doc.notes["key"])


def test_no_file(tmp_path):
    with pytest.raises(ReadError, match=r"nowhere\.txt: no such file"):
        bk.read(tmp_path / "nowhere.txt")
    with pytest.raises(ReadError, match="is a directory"):
        bk.read(tmp_path)
    with pytest.raises(ReadError, match=r"x\.txt: no such file \(there is no folder .*nowhere\)"):
        bk.read(tmp_path / "nowhere" / "x.txt")
    with pytest.raises(ReadError, match=r"x\.txt: cannot be read \(File name too long\)"):
        bk.read(tmp_path / f"{'x' * 300}x.txt")


@pytest.mark.parametrize("name", ["2024年部门预笇.txt", "2024年部门预算.pdf", "2023年部门预算"])
def test_a_mistyped_name(tmp_path, name):
    (tmp_path / "2024年部门预算.TXT").touch()
    (tmp_path / "2024年部门预笇.png").touch()
    with pytest.raises(ReadError, match=r"\(looked in .*; did you mean '2024年部门预算\.TXT'\?\)"):
        bk.read(tmp_path / name)


def test_files_in_a_list(tmp_path):
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    files[0].write_text(PAGE, encoding="utf-8")
    files[1].write_text("某市某局2024年部门预算公开\n", encoding="utf-8")
    doc = bk.read(files)
    assert doc.meta.sha256 == bk.read(*files).meta.sha256
    assert len(doc.figures) == 15


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.bin", b"x", r"does not read \.bin; it reads"),
        ("x.doc", b"x", r"x\.doc: budgetkit does not read \.doc; .* save it as \.docx"),
        ("x.ET", b"x", r"x\.ET: budgetkit does not read \.et; .* save it as \.xlsx"),
        ("x.jpg", b"x", r"does not read \.jpg; run a text recognition"),
        ("x.zip", b"x", r"does not read \.zip; unpack it"),
        ("x", b"x", "does not read files without an ending; it reads"),
        ("x.txt", b"", "the file is empty"),
        ("x.txt", b"  \n\t\n ", "the file is empty"),
        ("x.txt", b"%PDF-1.7\n\x00\x01\x02\xff", "not a text file"),
        ("x.txt", bytes(range(256)), "not a text file"),
        ("x.txt", b"PK\x03\x04\x00", "not a text file"),
        ("x.txt", "今天天气很好。\n明天也好。\n".encode(), "no table and no budget statement"),
    ],
)
def test_a_bad_file(tmp_path, name, content, told):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadError, match=told):
        bk.read(tmp_path / name)


def test_a_table_that_is_none(read_text):
    with pytest.warns(bk.BudgetkitWarning):
        doc = read_text("a\tb\n甲\t3.50\n")
    assert doc.figures[["table", "name", "amount"]].to_numpy().tolist() == [["table@1", "甲", 3.5]]
    assert "unknown_table" in set(doc.notes["key"])


def cut_cell(lines, i, j):
    cells = lines[i].split("\t")
    cells.pop(j % len(cells))
    return [*lines[:i], "\t".join(cells), *lines[i + 1 :]]


MUTATIONS = {
    "drop a line": lambda lines, i, j: [*lines[:i], *lines[i + 1 :]],
    "join two": lambda lines, i, j: [*lines[:i], "\t".join(lines[i : i + 2]), *lines[i + 2 :]],
    "join two without a tab": lambda lines, i, j: [
        *lines[:i],
        "".join(lines[i : i + 2]),
        *lines[i + 2 :],
    ],
    "cut a cell": cut_cell,
    "add a cell": lambda lines, i, j: [
        *lines[:i],
        "\t" * (j % 3) + lines[i] + "\t9.99",
        *lines[i + 1 :],
    ],
    "repeat a line": lambda lines, i, j: [*lines[:i], lines[i], *lines[i:]],
    "break a line": lambda lines, i, j: [
        *lines[:i],
        lines[i][: j % (len(lines[i]) + 1)],
        lines[i][j % (len(lines[i]) + 1) :],
        *lines[i + 1 :],
    ],
    "blank line": lambda lines, i, j: [*lines[:i], "", *lines[i:]],
    "garble a cell": lambda lines, i, j: [
        *lines[:i],
        lines[i].replace(",", "，.", 1),
        *lines[i + 1 :],
    ],
}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(mutation=st.sampled_from(sorted(MUTATIONS)), i=st.integers(3, 14), j=st.integers(0, 60))
def test_a_mutated_page_loses_no_amount(tmp_path_factory, mutation, i, j):
    _mutated(PAGE, tmp_path_factory, mutation, i - 1, j)


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), mutation=st.sampled_from(sorted(MUTATIONS)), j=st.integers(0, 80))
def test_a_mutated_document_loses_no_amount(source_path, tmp_path_factory, data, mutation, j):
    text = source_path.read_text(encoding="utf-8")
    last = text[: text.index("第三部分 2024 年部门预算情况说明", 2000)].count("\n")
    text = "\n".join(text.split("\n")[:last])  # the tables: quick, and all that the check covers
    _mutated(text, tmp_path_factory, mutation, data.draw(st.integers(136, last - 2)), j)


def _mutated(text, tmp_path_factory, mutation, i, j):
    mutated = "\n".join(MUTATIONS[mutation](text.split("\n"), i, j))
    path = tmp_path_factory.mktemp("mutated") / "page.txt"
    path.write_text(mutated, encoding="utf-8")
    assert unaccounted(mutated, bk.read(path)) == []
