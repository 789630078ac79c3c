"""What stands above a table, inside the first rows of its grid."""

import pytest

from budgetkit.assembling.captions import preamble
from budgetkit.reading.model import Grid


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (  # shanghai-audit-2026: the line of the department begins left of the title's
            ("编制单位：某市某某", "2030年\n局", "部门财政拨款收", "支预算总表"),
            ["2030年部门财政拨款收支预算总表", "编制单位：某市某某局"],
        ),
        (  # a title of two lines stays whole
            ("2030年部门财政拨款\n收支", "预算总表", "", ""),
            ["2030年部门财政拨款收支预算总表"],
        ),
    ],
)
def test_a_title_in_one_row_with_the_line_below(row, told):
    heads = ("项目", "预算数", "项目", "预算数")
    body = ("一、财政拨款", "9.00", "一、教育支出", "9.00")
    spans = tuple((r, c, 1, 1) for r in range(3) for c in range(4))
    lines, rows, _ = preamble(Grid((row, heads, body), (1, 1, 1), spans))
    assert [line.text for line in lines] == told
    assert [cells[0] for _, cells in rows] == ["项目", "一、财政拨款"]
