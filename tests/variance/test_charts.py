"""The pictures of the lesson."""

from budgetkit import variance
from tests.variance.made import TROUBLED


def test_a_percentage_that_differs_is_marked_in_the_chart(drawn):
    ax = drawn(variance.plot(TROUBLED, "percent", "income"))
    labels = ax.get_legend_handles_labels()[1]
    assert labels == ["百分比与金额相符", "百分比与金额不符", "上年为零，无从计算"]
