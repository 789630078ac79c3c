"""Tables without rules, or with some: characters placed by hand, the grid beside them."""

import pytest

from budgetkit.reading import aligned, headings, lattice
from budgetkit.reading.boxes import Box
from budgetkit.reading.columns import Columns
from budgetkit.reading.glyphs import Glyph
from budgetkit.reading.model import Grid
from budgetkit.reading.words import Word

SIZE = 10


def width(text):
    return sum(SIZE if character > "\u2e7f" else SIZE / 2 for character in text)


def put(text, y, *, left=None, right=None, middle=None):
    """The characters of a text that begins, ends or has its middle at a place."""
    if left is None:
        left = right - width(text) if right is not None else middle - width(text) / 2
    made = []
    for character in text:
        made.append(Glyph(character, left, y - 6, left + width(character), y + 6))
        left += width(character)
    return made


def rows(*lines, y=200, step=20):
    """Rows with a code, a name and amounts that end where their columns do."""
    made = []
    for index, (code, name, *amounts) in enumerate(lines):
        at = y + index * step
        made += put(code, at, left=50) + put(name, at, left=100)
        for amount, right in zip(amounts, (290, 370, 450, 530), strict=False):
            made += put(amount, at, right=right)
    return made


BODY = (
    ("205", "教育支出", "300.00", "100.00", "200.00"),
    ("20503", "职业教育", "200.00", "", "200.00"),
    ("20502", "普通教育", "100.00", "100.00", ""),
)
HEAD = [
    *put("科目编码", 165, left=50),
    *put("科目名称", 165, middle=150),
    *put("合计", 165, middle=255),
    *put("支出", 155, middle=370),
    *put("基本支出", 175, middle=330),
    *put("项目支出", 175, middle=415),
]


def read(printed, drawn=()):
    """The rows of the only table that is found."""
    found, _ = aligned.grids(printed, 1, drawn)
    ((_, grid),) = found
    return grid


def test_headings_stand_over_the_middle_of_their_columns():
    grid = read([*HEAD, *rows(*BODY)])
    assert grid.rows == (
        ("科目编码", "科目名称", "合计", "支出", ""),
        ("", "", "", "基本支出", "项目支出"),
        *BODY,
    )
    assert {(0, 3, 1, 2), (0, 2, 2, 1), (1, 4, 1, 1)} <= set(grid.spans)


def test_a_blank_column_keeps_its_heading():
    grid = read([*HEAD, *put("其他", 165, middle=495), *rows(*BODY)])
    assert [row[5] for row in grid.rows] == ["其他", "", "", "", ""]


def test_a_line_of_column_numbers_is_no_heading():
    middles = enumerate((65, 150, 255, 330, 415), 1)
    numbers = [glyph for n, x in middles for glyph in put(str(n), 185, middle=x)]
    grid = read([*HEAD, *numbers, *rows(*BODY)])
    assert grid.rows[1:3] == (("", "", "", "基本支出", "项目支出"), ("1", "2", "3", "4", "5"))


def test_letters_spaced_out_are_one_heading():
    head = [*put("项", 165, left=110), *put("目", 165, left=150), *put("金额", 165, middle=270)]
    body = [("", name, amount) for _, name, amount, *_ in BODY]
    assert read([*head, *rows(*body)]).rows[0] == ("项目", "金额")


def test_amounts_that_touch_are_two():
    body = rows(*BODY)
    body += put("1,234.56", 260, right=290) + put("9,111,234,567.89", 260, right=370)
    body += put("20504", 260, left=50) + put("成人教育", 260, left=100)
    assert read([*HEAD, *body]).rows[-1] == (
        *("20504", "成人教育", "1,234.56", "9,111,234,567.89", ""),
    )


def test_codes_set_in_reach_below_the_next_name():
    codes = (
        ("205", 50, "教育支出", 106),
        ("20503", 60, "职业教育", 116),
        ("2050305", 70, "高职", 126),
    )
    body = []
    for index, (code, left, name, beside) in enumerate(codes):
        body += put(code, 200 + 20 * index, left=left) + put(name, 200 + 20 * index, left=beside)
        body += put("100.00", 200 + 20 * index, right=290)
    head = [*put("科目编码", 180, left=55), *put("科目名称", 180, left=130)]
    grid = read([*head, *put("合计", 180, middle=270), *body])
    assert [row[:2] for row in grid.rows[1:]] == [(code, name) for code, _, name, _ in codes]


def test_rows_without_amounts_and_wrapped_names():
    printed = [*HEAD, *rows(*BODY)]
    printed += put("机关事业单位基本", 274, left=100) + put("养老保险缴费", 286, left=100)
    printed += put("20805", 280, left=50) + put("50.00", 280, right=290)
    printed += put("二、外交支出", 310, left=100)
    printed += rows(("210", "卫生支出", "7.00"), y=330)
    names = [row[1] for row in read(printed).rows[5:]]
    assert names == ["机关事业单位基本\n养老保险缴费", "二、外交支出", "卫生支出"]


@pytest.mark.parametrize("lines", [3, 8])
def test_prose_is_no_table(lines):
    printed = []
    for index in range(lines):
        printed += put("本年收入预算", 100 + 18 * index, left=60)
        printed += put("1,250.00", 100 + 18 * index, left=130)
        printed += put("万元，比上年增加", 100 + 18 * index, left=180)
        printed += put("25.00", 100 + 18 * index, left=270)
    assert aligned.grids(printed, 1) == ([], printed)


def test_level_rules_part_rows():
    printed = [*HEAD, *rows(*BODY, step=30)]
    printed += put("含高等", 212, left=100) + put("含学前", 218, left=100)
    drawn = [Box(40, y, 540, y) for y in (145, 186, 215, 245, 275)]
    names = [row[1] for row in read(printed, drawn).rows[2:]]
    assert names == ["教育支出\n含高等", "含学前\n职业教育", "普通教育"]


def test_upright_rules_part_columns():
    printed = [*put("合计", 180, middle=255), *put("基本", 180, middle=335)]
    for index, (_, name, *amounts) in enumerate(BODY):
        at = 200 + 20 * index
        printed += put(name, at, left=100) + put("全额", at, left=180)
        printed += put(amounts[0], at, right=290) + put(amounts[1], at, right=370)
    assert read(printed).width == 4
    drawn = [Box(x, 170, x, 250) for x in (90, 220, 300, 380)]
    assert read(printed, drawn).rows[1] == ("教育支出\n全额", "300.00", "100.00")


def test_frames_made_of_characters():
    printed = [*HEAD, *rows(*BODY)]
    for y in (145, 186, 250):
        printed += put("─" * 45, y, left=45)
    for y in (200, 220, 240):
        printed += put("│", y, left=44) + put("│", y, left=88) + put("│", y, left=300)
    assert read(printed).rows[2:] == BODY


def test_cells_that_hold_several_amounts_are_not_the_tables():
    alone = Grid((("教育支出", "1,250.00"), ("其中：\n基本", "1,000.25")), (1, 1))
    assert lattice.crowded(alone) == 0
    stacked = Grid((("教育\n文化\n卫生", "1.00\n2.00\n3.00"), ("合计", "6.00")), (1, 1))
    assert lattice.crowded(stacked) == 0.75
    assert lattice.crowded(Grid((("教育支出 1.00", "2.00"),), (1,))) == 0.5


def headed(text, x, y=10):
    return Word(text, x - 20, x + 20, y, 10, ())


def test_two_headings_beside_a_bare_column_share_it_not():
    own = [[headed("一般公共预算", 80)], [], [headed("政府性基金", 220)]]
    _, spans = headings.grid(Columns([0, 100, 200, 300], [True] * 3, own, []))
    covered = [left + i for _, left, _, width in spans for i in range(width)]
    assert len(covered) == len(set(covered))


def test_a_heading_over_columns_without_their_own_is_kept():
    found = Columns([0, 100, 200, 300], [True] * 3, [[], [], []], [headed("收支安排", 150)])
    rows, spans = headings.grid(found)
    assert rows == [("收支安排", "", "")]
    assert spans == ((0, 0, 1, 3),)
