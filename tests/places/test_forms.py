"""Performance targets as the central government and the integrated form print them."""

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
