"""Columns that never add up: left out of the sums, and said to be."""

import pytest

import budgetkit as bk
from budgetkit.audit.system import UNCHECKED

HEAD = "支出预算总表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\t经营支出\n"
NAMES = ("教育支出", "公共安全支出", "科学技术支出", "卫生健康支出")
CODES = ("205", "204", "206", "210")


def document(read_text, business, parts=("6.00", "4.00")):
    rows = (
        f"{code}\t{name}\t10.00\t{parts[0]}\t{parts[1]}\t{business}\n"
        for code, name in zip(CODES, NAMES, strict=True)
    )
    return read_text(HEAD + "".join(rows))


@pytest.mark.parametrize(
    ("language", "table", "column"),
    [("zh", "支出预算总表", "经营收支"), ("en", "Expenditure", "Business")],
)
def test_a_column_that_never_adds_up_is_said_to_be_left_out(read_text, language, table, column):
    """It can't be of which: no other column is as large as it."""
    audit = document(read_text, "9.00").audit()
    own = audit.checks[audit.checks["measure"] == "business"]
    assert own["outcome"].tolist() == [UNCHECKED] * 4
    assert audit.failures.empty
    assert len(audit.unchecked) == audit.counts[UNCHECKED] == 4
    bk.use_language(language)
    assert ("成立得不够多" if language == "zh" else "Too few") in audit.unchecked["reason"].iloc[0]
    assert audit.unchecked["difference"].notna().all()
    assert len(audit.left_out) == 1
    assert table in audit.left_out[0]
    assert column in audit.left_out[0]
    assert "4" in audit.left_out[0]
    assert audit.left_out[0] in repr(audit)
    assert column in audit._repr_html_()


def test_what_fits_into_another_column_is_of_which(read_text):
    """beijing-education-2026-tables: 经营支出 is within 项目支出 in every row."""
    audit = document(read_text, "3.00").audit()
    assert audit.left_out == []
    assert audit.checks.query("measure == 'business'").empty
    assert audit.failures.empty


def test_columns_of_which_none_adds_up_are_named(read_text):
    audit = document(read_text, "", parts=("7.00", "5.00")).audit()
    assert audit.failures.empty
    assert len(audit.left_out) == 1
    for column in ("合计", "基本支出", "项目支出"):
        assert column in audit.left_out[0]


def test_where_all_adds_up_nothing_is_said(read_text):
    assert document(read_text, "").audit().left_out == []
