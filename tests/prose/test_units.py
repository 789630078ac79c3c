"""The list of budget units."""

import pytest

from budgetkit import prose
from budgetkit.prose.units import named
from budgetkit.reading.model import Grid, Line


def units(records):
    return [(r["no"], r["unit"], r["kind"]) for r in records["units"]]


def test_a_numbered_list_with_kinds_in_brackets(read):
    records = read(
        "二、机构设置情况",
        "甲厅设有两个处室，分别是：办公室、人事处。",
        "纳入甲厅2030年部门预算编制范围的预算单位包括：",
        "1、甲厅（行政机关）",
        "2、甲厅服务中心（甲数据中心）（差额拨款事业单位）",
        "甲厅编制数20人。",
    )
    assert units(records) == [
        (1, "甲厅", "administrative"),
        (2, "甲厅服务中心（甲数据中心）", "partly_funded"),
    ]


def test_a_list_of_units_of_several_kinds_tells_none(read):
    records = read(
        "二、机构设置情况",
        "本部门中，行政单位一家，参公单位1家，具体包括:",
        "1、甲局本部",
        "2、甲局执法大队",
    )
    assert units(records) == [(1, "甲局本部", None), (2, "甲局执法大队", None)]


def test_tasks_are_no_units(read):
    records = read(
        "二、机构设置情况", "我局所辖事业单位10家主要职责如下：负责学校管理、负责教师培训。"
    )
    assert units(records) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "乙局下属全额拨款事业单位2个，即：乙局信息中心、乙局普查中心。",
            [("乙局信息中心", "fully_funded"), ("乙局普查中心", "fully_funded")],
        ),
        (
            "纳入本部门2030年度预算编制的二级预算单位主要包括：丙局（本级）、丙局研究院（原丙局所）。",
            [("丙局（本级）", None), ("丙局研究院（原丙局所）", None)],
        ),
        (
            "下属单位包括：丁会议馆。从预算单位构成看，纳入编制范围的预算单位共计1家，具体包括：丁统计局。",
            [("丁统计局", None)],
        ),
        ("本部门无下属单位，部门预算为局本级预算。", []),
        ("戊局有以下机构：办公室、法规处。", []),
    ],
)
def test_lists_in_a_sentence(read, sentence, expected):
    records = read("二、机构设置", sentence)
    assert [(unit, kind) for _, unit, kind in units(records)] == expected


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("甲（行政单位）", "administrative"),
        ("甲（参照公务员管理事业单位）", "civil_service_managed"),
        ("甲（全额拨款事业单位）", "fully_funded"),
        ("甲(差额拨款)", "partly_funded"),
        ("甲（自收自支事业单位）", "self_funded"),
        ("甲（国有企业）", "enterprise"),
    ],
)
def test_kinds(printed, kind):
    assert named(printed) == ("甲", kind)


def test_other_brackets_belong_to_the_name():
    assert named("甲馆（乙馆）") == ("甲馆（乙馆）", None)


def test_a_unit_named_twice_is_doubted(read):
    records = read("二、机构设置", "甲厅的预算单位包括：乙校学院、乙校学院。")
    assert [n["key"] for n in records["notes"]] == ["prose.unit_repeated"]


def test_a_small_table_lists_them_where_no_sentence_does():
    grid = Grid(
        rows=(
            ("序号", "单位名称", "备注"),
            ("1", "甲局（本级）", ""),
            ("2", "甲局 中心", "不单列"),
        ),
        places=(2, 3, 4),
    )
    records = prose.read([Line("纳入2030年度部门决算编制范围的单位包括：", 1), grid])
    assert units(records) == [(1, "甲局（本级）", None), (2, "甲局中心", None)]


def test_dots_for_a_name_are_no_unit():
    """putuo-template-final: an empty form."""
    rows = (("序号", "单位名称"), ("1", "甲局（本级）"), ("2", "。。。"), ("3", "……"))
    assert [u["unit"] for u in prose.units.tabled([Grid(rows, (1, 2, 3, 4))])] == ["甲局（本级）"]
