"""Documents with statements of change, made by hand."""

from budgetkit.disclosure import Disclosure, Meta

META = Meta("2024年部门预算", "某厅", 2024, "budget", None, "made-up.txt", "0" * 64)


def stated(item, amount, change, percent=None, section="income", **more):
    """A statement of change; prior is filled in."""
    if percent is None and None not in (amount, change) and amount != change:
        percent = round(change / (amount - change) * 100, 2)
    row = {"section": section, "item": item, "amount": amount, "change": change}
    return row | {"percent": percent} | more


def document(*rows, figures=(), meta=META):
    return Disclosure(meta, {"variances": list(rows), "figures": list(figures)})


def of_section(name, *rows):
    """The same, all of one section."""
    return document(*(row | {"section": name} for row in rows))


def figure(table, number, name, measure, amount, level="line", code=None):
    row = {"table": table, "row": number, "name": name, "measure": measure, "amount": amount}
    return row | {"level": level, "code": code}


#: A document whose report needs every sentence there is, and one that needs the others.
TROUBLED = document(
    stated("单位资金", 50.0, 10.0, reason="学费增加"),
    stated("教育收费", 90.0, -30.0),
    stated("政府性基金", 5.0, 5.0, 100.0),
    stated("收入预算", 200.0, -20.0),
    stated("经营收入", 55.0, 5.0, 50.0, reason="经营收入增加"),
    stated("基本支出", 60.0, 0.1, section="expenditure", reason="涨薪"),
    stated("项目支出", 40.0, -0.2, section="expenditure"),
    stated("高等职业教育", 70.0, 9.0, section="general_expenditure", code="2050305", reason="涨薪"),
    stated(
        "住房公积金", 30.0, -3.0, section="general_expenditure", code="2210201", reason="工资调整"
    ),
    stated("公务接待费", 3.0, 3.0, 100.0, section="three_public", reason="新增项目"),
    stated("机关运行经费", 30.0, 0.0, 0.0, section="agency_operating"),
    figures=[figure("income", 1, "合计", "unit_funds", 51.0, "total")],
)


SOUND = document(
    stated("机关运行经费", 30.0, 10.0, section="agency_operating", reason="涨薪"),
    stated("因公出国费", 3.0, 3.0, 100.0, section="three_public"),
    meta=Meta("预算", None, None, "budget", None, "made-up.txt", "0" * 64),
)
