"""PDFs drawn here: with rules, without, with text that is not to be seen."""

import matplotlib as mpl
import pytest

import budgetkit as bk
from budgetkit import fonts
from budgetkit.reading import witness
from budgetkit.reading.boxes import Box
from budgetkit.reading.model import Grid

pytestmark = pytest.mark.slow  # each starts the Java machine, or uses the one that runs

LEFT, RIGHT = (0.1, 0.25, 0.55, 0.75, 0.95), 0.95
ROWS = [
    ["科目编码", "科目名称", "合计", "基本支出"],
    ["205", "教育支出", "1,250.00", "1,000.25"],
    ["20503", "职业教育", "1,250.00", "1,000.25"],
    ["2050305", "高等职业教育", "1,250.00", "1,000.25"],
    ["", "合计", "1,250.00", "1,000.25"],
]


def draw(path, rows, ruled, *, double=False, clipped=None, note=None):
    """A page with a title, a unit line, a table, with or without rules, and a note below it."""
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    with mpl.rc_context({"pdf.fonttype": 42, "font.family": [fonts.font()], "font.size": 9}):
        figure = Figure(figsize=(8.3, 11.7))
        figure.text(0.5, 0.92, "2026年部门支出预算总表", ha="center")
        figure.text(0.95, 0.89, "单位：万元", ha="right")
        top, step = 0.87, 0.025
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                money = column > 1
                x = LEFT[column + 1] - 0.004 if money else LEFT[column] + 0.004
                y = top - (index + 0.7) * step
                figure.text(x, y, cell, ha="right" if money else "left")
        if ruled:
            height = step * len(rows)
            offsets = (0, 0.006) if double else (0,)
            upright = {"level": (), "frame": (LEFT[0], LEFT[-1])}.get(ruled, LEFT)
            for offset in offsets:
                for x in upright:
                    figure.add_artist(line([x + offset, x + offset], [top, top - height]))
                for index in (0, len(rows)) if ruled == "frame" else range(len(rows) + 1):
                    y = top - index * step
                    figure.add_artist(line([LEFT[0], RIGHT + offsets[-1]], [y, y]))
        if note:
            figure.text(LEFT[0], top - step * len(rows) - 0.018, note)
        if clipped:
            hidden = figure.text(0.3, 0.3, clipped)
            hidden.set_clip_path(Rectangle((0, 0), 0.01, 0.01, transform=figure.transFigure))
        figure.savefig(path, format="pdf")


def line(x, y):
    from matplotlib.lines import Line2D

    return Line2D(x, y, color="black", linewidth=0.6)


def amounts(doc):
    figures = doc.figures[["code", "name", "measure", "amount"]].astype("object").fillna("")
    return figures.to_numpy().tolist()


EXPECTED = [
    [code, name, measure, amount]
    for code, name, *_ in ROWS[1:]
    for measure, amount in (("total", 1250.0), ("basic", 1000.25))
]


@pytest.mark.parametrize("double", [False, True])
def test_a_table_with_rules(tmp_path, double):
    draw(tmp_path / "x.pdf", ROWS, ruled=True, double=double)
    doc = bk.read(tmp_path / "x.pdf")
    assert [table.table for table in doc.meta.tables] == ["expenditure"]
    assert amounts(doc) == EXPECTED
    assert doc.notes.empty  # between double rules tabula cuts digits off: no doubt about ours


@pytest.mark.parametrize("ruled", [None, "level", "frame"])
def test_a_table_without_rules_or_with_some(tmp_path, ruled):
    draw(tmp_path / "x.pdf", ROWS, ruled=ruled)
    doc = bk.read(tmp_path / "x.pdf")
    assert amounts(doc) == EXPECTED
    assert doc.notes["key"].tolist() == ["no_rules"]


def test_text_that_is_not_to_be_seen(tmp_path):
    draw(tmp_path / "x.pdf", ROWS, ruled=True, clipped="9,999.99")
    doc = bk.read(tmp_path / "x.pdf")
    assert amounts(doc) == EXPECTED
    assert doc.notes[["key", "text"]].to_numpy().tolist() == [["hidden_text", "9,999.99"]]


def test_two_files_are_one_disclosure(tmp_path):
    draw(tmp_path / "tables.pdf", ROWS, ruled=True)
    (tmp_path / "text.txt").write_text(
        "某某市财政局2026年部门预算\n一、收入预算情况说明\n", encoding="utf-8"
    )
    doc = bk.read(tmp_path / "text.txt", tmp_path / "tables.pdf")
    assert doc.meta.source == "text.txt + tables.pdf"
    assert doc.meta.department == "某某市财政局"
    assert amounts(doc) == EXPECTED
    assert set(doc.figures["page"]) == {3}  # after the two lines of the text


def test_the_page_can_be_shown(tmp_path):
    draw(tmp_path / "x.pdf", ROWS, ruled=True)
    ax = bk.read(tmp_path / "x.pdf").show(1)
    assert len(ax.patches) >= 2 * len(ROWS) * 4
    told = {text.get_text() for text in ax.texts}
    assert {"编码", "名称", "合计", "基本支出"} <= told
    with pytest.raises(bk.errors.MissingDataError, match="没有第 2 页，只有第 1 至 1 页"):
        bk.read(tmp_path / "x.pdf").show(2)
    floats = bk.read(tmp_path / "x.pdf").show(1.0)  # as a column with gaps holds pages
    assert floats.get_title("left") == ax.get_title("left") != ""
    draw(tmp_path / "y.pdf", ROWS[:-1], ruled=True)
    second = bk.read(tmp_path / "x.pdf", tmp_path / "y.pdf").show(2)
    assert second.get_title("left").startswith("y.pdf · 第 1 页 (2)")
    with pytest.raises(bk.errors.MissingDataError, match="只有从 PDF 读取的文件才有页面可看"):
        bk.load("xinjiang-miit-2024").show(1)


def test_names_of_columns_lie_over_no_footnote(tmp_path):
    heights = []
    for note in (None, "注：本表金额单位为万元"):
        draw(tmp_path / "x.pdf", ROWS, ruled=True, note=note)
        ax = bk.read(tmp_path / "x.pdf").show(1)
        heights.append({text.get_position()[1] for text in ax.texts})
    (below,), (lower,) = heights  # all names of a table stand at one height
    assert below + 10 < lower < below + 24


def test_what_stands_beside_the_name_and_all_doubts_are_told(tmp_path):
    rows = [["支出功能分类科目", "部门支出经济分类科目", "合计", "基本支出"]]
    rows += [["2010301-行政运行", "30101-基本工资", "1.00", "无数"]] * 8
    draw(tmp_path / "x.pdf", rows, ruled=True)
    doc = bk.read(tmp_path / "x.pdf")
    ax = doc.show(1)
    assert "并入名称" in {text.get_text() for text in ax.texts}
    doubts = (doc.notes["kind"] != "mended").sum()
    told = ax.get_title("left").splitlines()
    assert doubts == 8
    assert len(told) == 7
    assert told[-1] == "另有 3 条，见 doc.notes"


@pytest.mark.parametrize(
    ("told", "beside", "noted"),
    [
        ("21,955.3", "14.39", False),  # its last digit cut off
        ("1,955.35", "14.39", False),  # its first
        ("21,965.35", "14.39", True),  # another number
        ("955", "14.39", True),  # a part in the middle is no cut
        ("21,955.355", "14.39", True),  # more than our characters say
        ("21,955.3", "514.39", True),  # it reads the digit beside
    ],
)
def test_what_tabula_reads_otherwise_is_noted_with_its_cell(told, beside, noted):
    """Between double rules tabula cuts an amount; the page's characters have the whole."""
    cells = [Box(x, y, x + 50, y + 10) for y in (0, 10) for x in (0, 50, 100)]
    found = Grid(
        (("合计", "21,955.35", "14.39"), ("其他", "14.39", "3.00")),
        (1, 1),
        edges=(0.0, 50.0, 100.0, 150.0),
        heights=(0.0, 10.0, 20.0),
    )
    said = dict(zip(cells, ("合计", told, beside, "其他", "14.39", "3.00"), strict=True))
    expected = [(told, "21,955.35 (1, 2)")] if noted else []
    expected += [(beside, "14.39 (1, 3)")] if beside == "514.39" else []
    assert list(witness.differences(found, cells, said)) == expected


def test_a_digit_that_tabula_reads_in_the_cell_before_is_noted():
    cells = [Box(0, 0, 50, 10), Box(50, 0, 100, 10)]
    found = Grid((("1", "21,955.35"),), (1,), edges=(0.0, 50.0, 100.0), heights=(0.0, 10.0))
    said = dict(zip(cells, ("12", "1,955.35"), strict=True))
    assert ("1,955.35", "21,955.35 (1, 2)") in list(witness.differences(found, cells, said))
