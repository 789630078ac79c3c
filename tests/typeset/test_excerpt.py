"""Rows of a printed table as a figure in a notebook."""

from io import StringIO

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.errors import UnknownTableError


@pytest.fixture
def doc():
    return bk.load("xinjiang-miit-2024")


def test_an_excerpt_has_the_printed_headings_and_the_chosen_rows(doc):
    html = doc.excerpt("expenditure", slice(1, 3))._repr_html_()
    (frame,) = pd.read_html(StringIO(html), header=[0, 1])
    assert len(frame) == 3  # the row of column numbers and two rows
    assert frame.columns.tolist()[:2] == [("科目编码", "类"), ("科目编码", "款")]
    amounts = doc.wide("expenditure").loc[1:2, "total"]
    assert all(f"{amount:,.2f}" in html for amount in amounts)


@pytest.mark.parametrize(
    ("name", "source"), [("zh", "资料来源："), ("en", "Source: ")]
)  # fmt: skip
def test_an_excerpt_names_its_source(doc, name, source):
    with bk.language.language(name):
        figure = doc.excerpt("income", 2)
    assert figure.source.startswith(f"{source}{doc.meta.title}")
    assert f"<figcaption>{figure.source}</figcaption>" in figure._repr_html_()
    assert repr(figure).endswith(": 2 rows")


def test_a_wide_table_of_several_years_has_a_row_a_year():
    doc = bk.load("shenzhen-statistics-2026")
    html = doc.excerpt("three_public")._repr_html_()
    (frame,) = pd.read_html(StringIO(html), header=[0, 1], skiprows=[2])
    assert frame.shape == (3, 2 + 18)  # 54 columns of amounts in one row
    assert frame.iloc[:, 1].tolist() == ["2025年", "2026年", "增减变化金额"]
    row = doc.wide("three_public").iloc[0]
    names = ["prior_abroad", "abroad", "change_abroad"]
    amounts = [row[f"{name}_general_public_budget"] for name in names]
    assert frame[("一般公共预算", "因公出国（境）费")].tolist() == amounts


def test_a_narrow_table_of_two_years_stays_as_printed():
    sheet = bk.load("jiangsu-npc-2019").excerpt("three_public").sheet
    assert not any("年度" in column.path for column in sheet.columns)


def test_an_excerpt_of_no_table(doc):
    with pytest.raises(UnknownTableError):
        doc.excerpt("revenues")
