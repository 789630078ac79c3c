"""Labels merged over several rows: all of these rows belong to what is named."""

PAGE = """<html><body><p>{title}</p><p>单位：万元</p><table>{rows}</table></body></html>"""
HEAD = "<tr><td>采购单位</td><td>项目名称</td><td>采购品目</td><td>合计</td></tr>"


def figures(read_text, rows, title="政府采购支出预算表"):
    doc = read_text(PAGE.format(title=title, rows=rows), name="page.html")
    columns = ["unit", "project", "name", "amount"]
    return doc.figures[columns].astype("object").fillna("").to_numpy().tolist()


def test_a_merged_name_is_that_of_all_its_rows(read_text):
    """jiangsu-procuratorate-2018, p. 22, row 47."""
    rows = (
        '<tr><td rowspan="3">甲局</td><td rowspan="2">物业管理</td><td>保洁</td><td>3.00</td></tr>'
        "<tr><td>保安</td><td>2.00</td></tr>"
        "<tr><td>设备更新</td><td>打印机</td><td>1.00</td></tr>"
        "<tr><td>乙局</td><td>车辆</td><td>维修</td><td>4.00</td></tr>"
    )
    assert figures(read_text, HEAD + rows) == [
        ["甲局", "物业管理", "保洁", 3],
        ["甲局", "物业管理", "保安", 2],
        ["甲局", "设备更新", "打印机", 1],
        ["乙局", "车辆", "维修", 4],
    ]


def test_a_blank_cell_of_its_own_is_no_merged_one(read_text):
    rows = (
        "<tr><td>甲局</td><td>物业管理</td><td>保洁</td><td>3.00</td></tr>"
        "<tr><td>甲局</td><td></td><td>保安</td><td>2.00</td></tr>"
    )
    assert [row[1] for row in figures(read_text, HEAD + rows)] == ["物业管理", ""]


def test_a_merged_amount_is_counted_once(read_text):
    rows = (
        '<tr><td rowspan="2">甲局</td><td>物业管理</td><td>保洁</td><td rowspan="2">3.00</td></tr>'
        "<tr><td>设备更新</td><td>打印机</td></tr>"
    )
    assert [row[3] for row in figures(read_text, HEAD + rows)] == [3]


def test_in_a_table_of_income_a_merged_label_heads_a_group(read_text):
    """jiangsu-npc-2017, p. 9: 项目名称 is no project here."""
    rows = (
        "<tr><td>项目名称</td><td></td><td>金额</td></tr>"
        '<tr><td rowspan="2">财政拨款</td><td>小计</td><td>3.00</td></tr>'
        "<tr><td>专项收入</td><td>2.00</td></tr>"
    )
    found = figures(read_text, rows, "收入预算总表")
    assert [row[1:3] for row in found] == [["", "财政拨款 / 小计"], ["", "专项收入"]]


CODED = "<tr><td>科目编码</td><td>科目名称</td><td>合计</td></tr>"


def coded(read_text, rows):
    doc = read_text(PAGE.format(title="一般公共预算支出表", rows=CODED + rows), name="page.html")
    columns = ["level", "code", "name", "amount"]
    found = doc.figures[columns].astype("object").fillna("").to_numpy().tolist()
    return found, set(doc.notes["key"])


def test_a_merged_code_comes_with_its_name(read_text):
    rows = (
        '<tr><td rowspan="2">2050305</td><td rowspan="2">高等职业教育</td><td>3.00</td></tr>'
        "<tr><td>2.00</td></tr>"
    )
    found, notes = coded(read_text, rows)
    assert found == [
        ["item", "2050305", "高等职业教育", 3],
        ["item", "2050305", "高等职业教育", 2],
    ]
    assert "row_without_name" not in notes


def test_a_merged_code_is_not_that_of_another_name(read_text):
    rows = (
        '<tr><td rowspan="2">205</td><td>教育支出</td><td>3.00</td></tr>'
        "<tr><td>某项</td><td>2.00</td></tr>"
    )
    found, _ = coded(read_text, rows)
    assert [row[1:3] for row in found] == [["205", "教育支出"], ["", "某项"]]


def test_a_merged_total_is_that_of_its_first_row(read_text):
    rows = (
        '<tr><td></td><td rowspan="2">合计</td><td>3.00</td></tr>'
        "<tr><td></td><td>2.00</td></tr>"
        "<tr><td>205</td><td>教育支出</td><td>3.00</td></tr>"
    )
    found, notes = coded(read_text, rows)
    assert [row[0] for row in found] == ["total", "line", "class"]
    assert "row_without_name" in notes
