"""The schema: what fits passes, what does not is told, all of it at once."""

import pandas as pd
import pytest

from budgetkit import Disclosure, Meta, schema
from budgetkit.errors import SchemaError

FIGURE = {
    "table": "income",
    "row": 1,
    "level": "total",
    "name": "合计",
    "measure": "total",
    "amount": 1.5,
}


def test_columns_and_dtypes():
    figures = schema.frame("figures", [FIGURE])
    assert list(figures.columns) == list(schema.FRAMES["figures"])
    assert figures["row"].dtype == "Int64"
    assert figures["amount"].dtype == "float64"
    assert isinstance(figures["table"].dtype, pd.CategoricalDtype)
    assert figures["code"].dtype == "string"
    assert list(figures["level"].cat.categories) == list(schema.LEVELS)


@pytest.mark.parametrize("name", schema.FRAMES)
def test_an_empty_frame_has_its_columns(name):
    frame = schema.frame(name, [])
    assert frame.empty
    assert list(frame.columns) == list(schema.FRAMES[name])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"level": "paragraph"}, "level"),
        ({"side": "left"}, "side"),
        ({"code": "205a"}, "code"),
        ({"amount": None}, "amount"),
        ({"name": None}, "name"),
        ({"amount": "viel"}, r"figures\.amount: not float64"),
        ({"colour": "red"}, "no such column: colour"),
    ],
)
def test_a_wrong_value_is_told(change, told):
    with pytest.raises(SchemaError, match=told):
        schema.frame("figures", [{**FIGURE, **change}])


def test_the_same_cell_twice():
    with pytest.raises(SchemaError, match="figures"):
        schema.frame("figures", [FIGURE, {**FIGURE, "amount": 2.0}])


def test_all_faults_at_once():
    with pytest.raises(SchemaError) as told:
        schema.frame("figures", [{**FIGURE, "level": "x", "side": "y", "code": "z"}])
    assert all(column in str(told.value) for column in ("level", "side", "code"))


def test_a_disclosure_checks_its_frames():
    meta = Meta("t", None, 2024, "budget", None, "x.txt", "0")
    with pytest.raises(SchemaError):
        Disclosure(meta, {"figures": pd.DataFrame([{**FIGURE, "level": "x"}])})
