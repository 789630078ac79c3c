"""Whatever stands in a text, reading it ends with records that fit the frames."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetkit import prose, schema
from budgetkit.reading.model import Grid, Line

WORDS = """
一、 （二） 3. 第三部分 - 项目名称： 预算安排规模： 资金分配情况： 补贴人数： 补贴标准：
资金执行时间： 收入预算情况说明 主要原因是 比上年 与2029年相比， 增加 减少 下降 增加（减少）
持平 占 % 万元 元 亿元 人 每生每年 其中： ， 。 ； （ ） “ ” 1,234.56 0 12,34.5.6 -3
99999999999999999999 类） （款） 项） 基本支出 公务接待费 “三公”经费 预算单位包括：
2030年13月45日 主要用于 上年结转结余情况说明 年初预算为 支出决算为 完成年初预算的 ．
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\u3000"])
LINES = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=40)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(LINES, st.integers(1, 3)), max_size=12), st.booleans())
def test_any_text_can_be_read(lines, with_grid):
    blocks = [Line(text, place) for text, place in sorted(lines, key=lambda line: line[1])]
    if with_grid:
        blocks.insert(len(blocks) // 2, Grid(rows=(("甲", None),), places=(1,)))
    for name, records in prose.read(blocks).items():
        schema.frame(name, records)


@pytest.mark.parametrize("blocks", [[], [Line("", 1)], [Line("\n", 1)]])
def test_nothing_gives_nothing(blocks):
    assert not any(prose.read(blocks).values())


def test_a_number_of_many_digits_is_no_error():
    lines = [Line("二、收入预算情况说明", 1), Line("收入预算99999999999999999999万元。", 2)]
    assert prose.read(lines)["facts"][0]["value"] == float("9" * 20)
