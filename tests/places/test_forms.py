"""Performance targets as the central government and the integrated form print them."""

import pytest

import budgetkit as bk

FORM = """<p>某某部2024年部门预算</p><p>项目支出绩效目标表</p><p>（2024年度）</p>
<table>
<tr><td colspan=2>项目名称</td><td colspan=4>公共服务专项</td></tr>
<tr><td colspan=2>主管部门及代码</td><td>[119]某某部</td><td>实施单位</td>
<td colspan=2>某某信息中心</td></tr>
<tr><td colspan=2 rowspan=4>项目资金（万元）</td><td colspan=2>年度资金总额：</td><td>200.00</td>
<td rowspan=4>执行率分值（10）</td></tr>
<tr><td colspan=2>其中：财政拨款</td><td>180.00</td></tr>
<tr><td colspan=2>上年结转</td><td>15.00</td></tr>
<tr><td colspan=2>其他资金</td><td>5.00</td></tr>
<tr><td>年度总体目标</td><td colspan=5>提供服务</td></tr>
<tr><td rowspan=3>绩效指标</td><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td>
<td>分值权重（90）</td></tr>
<tr><td>产出指标</td><td>数量指标</td><td>培训人次</td><td>≥20人次</td><td>50</td></tr>
<tr><td>效益指标</td><td>社会效益指标</td><td>服务水平</td><td>有所提高</td><td>40</td></tr>
</table>
"""
LIST = """<p>某某厅2024年部门预算</p><p>项目绩效目标表</p><p>单位：万元</p>
<table>
<tr><td>单位名称</td><td>项目名称</td><td>预算金额</td><td>一级指标</td><td>二级指标</td>
<td>三级指标</td><td>指标性质</td><td>指标值</td><td>度量单位</td><td>权重</td></tr>
<tr><td rowspan=2>某某信息中心</td><td rowspan=2>公共服务专项</td><td rowspan=2>200.00</td>
<td>产出指标</td><td>数量指标</td><td>培训人次</td><td>≥</td><td>20</td><td>人次</td><td>50</td></tr>
<tr><td>效益指标</td><td>社会效益指标</td><td>服务水平</td><td>定性</td><td>优</td><td></td>
<td>40</td></tr>
</table>
"""


def read(text, tmp_path):
    (tmp_path / "form.html").write_text(text, "utf-8")
    return bk.read(tmp_path / "form.html")


def test_what_is_carried_over_and_weights_out_of_ninety(tmp_path):
    doc = read(FORM, tmp_path)
    money = ["budget_total", "budget_fiscal", "budget_other"]
    assert doc.targets[money].to_numpy().tolist() == [[200.0, 180.0, 20.0]] * 2
    assert doc.targets["weight"].tolist() == [50.0, 40.0]
    assert doc.notes.empty
    assert doc.audit().failures.empty


def test_unit_and_budget_beside_the_indicators(tmp_path):
    doc = read(LIST, tmp_path)
    columns = ["unit", "project", "budget_total", "indicator", "weight"]
    assert doc.targets[columns].to_numpy().tolist() == [
        ["某某信息中心", "公共服务专项", 200.0, "培训人次", 50.0],
        ["某某信息中心", "公共服务专项", 200.0, "服务水平", 40.0],
    ]
    assert doc.notes.empty


def test_what_is_core_and_the_year_s_fiscal_budget_are_kept(tmp_path):
    text = LIST.replace("预算金额", "当年财政拨款<br>预算金额").replace("度量单位", "是否核心")
    doc = read(text.replace("人次</td><td>50", "是</td><td>50"), tmp_path)
    columns = ["budget_total", "budget_fiscal", "target_unit", "core", "weight"]
    found = doc.targets[columns].astype("object")
    assert found.where(found.notna(), None).to_numpy().tolist() == [
        [None, 200.0, None, "是", 50.0],  # as printed in Chongqing's forms
        [None, 200.0, None, None, 40.0],
    ]
    assert doc.notes.empty


def form(*rows):
    """A document of one performance form, its cells apart by blanks, ``_`` a blank cell."""
    cells = [[("" if c == "_" else c) for c in row.split()] for row in rows]
    table = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in cells)
    return (
        "<p>某某局2024年部门预算</p><p>项目支出绩效目标表</p><p>单位：万元</p>"
        f"<table>{table}</table>"
    )


HEAD = "一级指标 二级指标 三级指标 指标值"
LINE = "产出指标 数量指标 维修面积 ≥500平方米"
LISTED = "项目名称 资金总额 财政拨款 上年结转资金 其他资金 三级指标 指标值"
ROW = "校舍维修 100.00 60.00 30.00 10.00 维修面积 ≥500平方米"

#: What a form prints, the money of its first record (total, fiscal, other), what is noted.
FORMS = {
    "two columns of one kind": ((LISTED, ROW), [100, 60, 40], []),
    "all years beside the year": (
        (
            "项目名称 校舍维修 _ _",
            "实施期资金总额 300.00 年度资金总额 100.00",
            "其中：财政拨款 280.00 其中：财政拨款 90.00",
            "其他资金 20.00 其他资金 10.00",
            HEAD,
            LINE,
        ),
        [100, 90, 10],
        ["300.00", "280.00", "20.00"],
    ),
    "all years above the year": (
        (
            "项目名称 校舍维修 _ _",
            "实施期资金总额 300.00 _ _",
            "其中：财政拨款 300 _ _",
            "年度资金总额 100.00 _ _",
            "其中：财政拨款 90.00 _ _",
            HEAD,
            LINE,
        ),
        [100, 90, None],
        ["300.00", "300"],
    ),
    "all years alone": (("实施期资金总额 300.00 _ _", HEAD, LINE), [300, None, None], []),
    "a whole beside its parts": (
        ("财政拨款 100 _ _", "中央财政资金 60 _ _", "省级财政资金 40 _ _", HEAD, LINE),
        [None, 100, None],
        ["60", "40"],
    ),
    "parts without their whole": (
        ("财政拨款 — _ _", "中央财政资金 60 _ _", "省级财政资金 40 _ _", HEAD, LINE),
        [None, 100, None],
        [],
    ),
    "a project without an indicator": (
        (LISTED, ROW, "图书采购 50.00 45.00 5.00 _ _ _"),
        [100, 60, 40],
        ["50.00", "45.00", "5.00"],
    ),
    "a form without a row": (("年度资金总额 100.00 _ _", HEAD), None, ["100.00"]),
    "money of the list under another heading": (
        (
            "项目名称 资金总额 其中 三级指标 指标值 指标属性",
            "校舍维修 100.00 70.00 维修面积 ≥500平方米 1.50",
        ),
        [100, None, None],
        ["70.00", "1.50"],
    ),
    "money of the form under another heading": (
        (
            "年度资金总额 100.00 _ _ _",
            "年度目标 一级指标 二级指标 三级指标 指标值 指标属性",
            "12.50 产出指标 数量指标 维修面积 ≥500平方米 1.50",
        ),
        [100, None, None],
        ["12.50", "1.50"],
    ),
}


@pytest.mark.parametrize(("rows", "money", "noted"), FORMS.values(), ids=FORMS)
def test_every_amount_is_in_targets_or_in_notes(rows, money, noted, tmp_path):
    doc = read(form(*rows), tmp_path)
    found = doc.targets[["budget_total", "budget_fiscal", "budget_other"]].astype("object")
    first = found.where(found.notna(), None).to_numpy().tolist()[:1]
    assert first == ([] if money is None else [money])
    unplaced = doc.notes[doc.notes["kind"] == "unplaced"]
    assert sorted(unplaced["text"]) == sorted(noted)
    assert set(unplaced["key"]) <= {"amount_in_form", "amount_in_form_under"}


@pytest.mark.parametrize(
    ("label", "unit"), [("主管部门", "某某局"), ("实施单位", "某某局（本级）")]
)
def test_a_department_in_charge_is_not_its_own_office(label, unit, tmp_path):
    """As in chongqing-science-2026, page 27."""
    listed = "<p>二、机构设置</p><p>预算单位包括：某某局（本级）、某某中心。</p>"
    text = form(f"项目名称 维修 {label} 某某局", HEAD, LINE)
    doc = read(text.replace("</p>", f"</p>{listed}", 1), tmp_path)
    assert doc.units["unit"].tolist() == ["某某局（本级）", "某某中心"]
    assert doc.targets["unit"].tolist() == [unit]


def test_an_amount_that_is_left_is_noted_with_its_heading(tmp_path):
    """As in chongqing-science-2026, page 27, and beijing-commerce-2026, page 59."""
    rows = ("年度金额 90.00 市级支出 60.00", "总体资金 _ 公务支出 _", "_ _ 20.00 _", HEAD, LINE)
    notes = read(form(*rows), tmp_path).notes
    assert notes[["text", "detail"]].to_numpy().tolist() == [
        ["60.00", "市级支出"],
        ["20.00", "公务支出"],
    ]
    assert "“市级支出”" in notes["message"].iloc[0]
