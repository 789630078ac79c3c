"""The frames of a disclosure: columns, dtypes and vocabularies, and the check that holds them.

This is the one place that knows what a frame looks like. Every frame of a
`Disclosure` went through `check`, so every other room can rely on it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit.errors import SchemaError
from budgetkit.language import said, several

if TYPE_CHECKING:
    import pandera.pandas as pa

LEVELS = ("total", "unit", "class", "section", "item", "project", "line")
SIDES = ("income", "expenditure")
UNIT_KINDS = (
    "administrative",
    "civil_service_managed",
    "fully_funded",
    "partly_funded",
    "self_funded",
    "enterprise",
    "other",
)
NOTE_KINDS = ("mended", "doubted", "unplaced")

#: Every frame: its columns in order, and the dtype of each.
FRAMES: dict[str, dict[str, str]] = {
    "figures": {
        "table": "category",
        "row": "Int64",
        "side": "category",
        "level": "category",
        "code": "str",
        "name": "str",
        "unit": "str",
        "project": "str",
        "measure": "category",
        "amount": "float64",
        "page": "Int64",
    },
    "units": {"no": "Int64", "unit": "str", "kind": "category"},
    "projects": {
        "no": "Int64",
        "project": "str",
        "amount": "float64",
        "units": "object",
        "source": "str",
        "start": "str",
        "end": "str",
        "withheld": "bool",
    },
    "project_parts": {"no": "Int64", "part": "str", "amount": "float64"},
    "project_headcounts": {"no": "Int64", "group": "str", "low": "Int64", "high": "Int64"},
    "project_standards": {
        "no": "Int64",
        "group": "str",
        "tier": "str",
        "yuan": "float64",
        "per": "category",
        "months": "Int64",
    },
    "carryovers": {
        "no": "Int64",
        "project": "str",
        "amount": "float64",
        "purpose": "str",
        "purpose_en": "str",
    },
    "variances": {
        "section": "category",
        "item": "str",
        "code": "str",
        "amount": "float64",
        "change": "float64",
        "percent": "float64",
        "share": "float64",
        "prior": "float64",
        "reason": "str",
        "reason_en": "str",
    },
    "targets": {
        "form": "Int64",
        "unit": "str",
        "project": "str",
        "budget_total": "float64",
        "budget_fiscal": "float64",
        "budget_other": "float64",
        "level1": "str",
        "level2": "str",
        "indicator": "str",
        "operator": "category",
        "target": "str",
        "target_unit": "str",
        "basis": "str",
        "previous": "str",
        "weight": "float64",
        "core": "str",
    },
    "facts": {"key": "str", "value": "float64", "unit": "str", "section": "category"},
    "notes": {
        "kind": "category",
        "page": "Int64",
        "table": "str",
        "row": "Int64",
        "key": "str",
        "text": "str",
        "detail": "str",
    },
}

#: Columns that may not be missing, and the only values that a column may hold.
_REQUIRED: dict[str, tuple[str, ...]] = {
    "figures": ("table", "row", "level", "name", "measure", "amount"),
    "units": ("no", "unit"),
    "projects": ("no", "project"),
    "project_parts": ("no", "part", "amount"),
    "project_headcounts": ("no", "group"),
    "project_standards": ("no", "group", "yuan", "per"),
    "carryovers": ("no", "project", "amount"),
    "variances": ("section", "item"),
    "targets": ("form", "indicator"),
    "facts": ("key", "value"),
    "notes": ("kind", "key"),
}
_ALLOWED: dict[tuple[str, str], tuple[str, ...]] = {
    ("figures", "side"): SIDES,
    ("figures", "level"): LEVELS,
    ("units", "kind"): UNIT_KINDS,
    ("project_standards", "per"): ("person-year", "person-month", "class-month", "other"),
    ("notes", "kind"): NOTE_KINDS,
}
_PATTERNS: dict[tuple[str, str], str] = {
    ("figures", "code"): r"\d+",
    ("variances", "code"): r"\d+",
    ("projects", "start"): r"\d{4}-\d{2}-\d{2}",
    ("projects", "end"): r"\d{4}-\d{2}-\d{2}",
}
_KEYS: dict[str, list[str]] = {
    "figures": ["table", "side", "row", "measure"],
    "units": ["no"],
    "projects": ["no"],
    "carryovers": ["no"],
    "facts": ["key", "unit", "section"],
}


def frame(name: str, records: list[dict[str, Any]] | pd.DataFrame) -> pd.DataFrame:
    """Build a frame from records and check it.

    Parameters
    ----------
    name : str
        A key of `FRAMES`.
    records : list of dict or DataFrame
        One mapping a row; columns left out are missing in that row.

    Returns
    -------
    DataFrame
        The columns of `FRAMES` ``[name]``, in that order and with those dtypes.

    Raises
    ------
    SchemaError
        If a value does not fit; the message lists every fault.

    Examples
    --------
    >>> frame("facts", [{"key": "assets.vehicles", "value": 151, "unit": "辆"}])
                   key  value unit section
    0  assets.vehicles  151.0    辆     NaN
    """
    if not len(records):
        return _empty(name).copy(deep=False)
    return _built(name, pd.DataFrame(records))


@cache
def _empty(name: str) -> pd.DataFrame:
    """A frame without rows, checked once."""
    return _built(name, pd.DataFrame())


def _built(name: str, raw: pd.DataFrame) -> pd.DataFrame:
    """Records as a checked frame."""
    unknown = set(raw.columns) - set(FRAMES[name])
    if unknown:
        raise SchemaError(said("schema.column", name=name, columns=several(sorted(unknown))))
    raw = raw.reindex(columns=list(FRAMES[name])).reset_index(drop=True)
    for column, dtype in FRAMES[name].items():
        try:
            raw[column] = _cast(name, column, raw[column], dtype)
        except (TypeError, ValueError) as fault:
            told = said("schema.dtype", name=name, column=column, dtype=dtype, fault=fault)
            raise SchemaError(told) from fault
    return check(name, raw)


def check(name: str, data: pd.DataFrame) -> pd.DataFrame:
    """Hold a frame against its schema.

    Parameters
    ----------
    name : str
        A key of `FRAMES`.
    data : DataFrame
        The frame to check.

    Returns
    -------
    DataFrame
        The same frame.

    Raises
    ------
    SchemaError
        If a column, dtype, vocabulary or key is wrong; all faults at once.

    Examples
    --------
    >>> units = frame("units", [{"no": 1, "unit": "办公室"}])
    >>> check("units", units.assign(no=["x"]))
    Traceback (most recent call last):
    ...
    budgetkit.errors.SchemaError: units: 1 fault(s)
      no: dtype('Int64'): got x in row 0
    """
    from pandera.errors import SchemaErrors

    try:
        return _pandera(name).validate(data, lazy=True)
    except SchemaErrors as faults:
        cases = faults.failure_cases
        lines = [
            "  "
            + said(
                "schema.got" if pd.isna(case.index) else "schema.got_in_row",
                column=case.column or case.failure_case,
                check=case.check,
                got=case.failure_case,
                row=case.index,
            )
            for case in cases.head(20).itertuples()
        ]
        head = said("schema.faults", name=name, count=len(cases))
        raise SchemaError("\n".join([head, *lines])) from None


def _cast(name: str, column: str, values: pd.Series, dtype: str) -> pd.Series:
    """One column in its dtype; vocabularies become the categories, in their order."""
    if dtype == "category":
        present = values.dropna().astype(str)
        categories = dict.fromkeys([*_ALLOWED.get((name, column), ()), *present])
        return values.astype("object").astype(pd.CategoricalDtype(list(categories)))
    if dtype == "object":
        return values.map(lambda value: value if isinstance(value, list) else []).astype("object")
    if dtype == "bool":
        return values.map(lambda value: value is True or value == "True").astype("bool")
    if dtype == "Int64":
        return pd.to_numeric(values).astype("Int64")
    return values.astype(pd.api.types.pandas_dtype(dtype))


@cache
def _pandera(name: str) -> pa.DataFrameSchema:
    """The pandera schema of a frame."""
    import pandera.pandas as pa

    columns = {}
    for column, dtype in FRAMES[name].items():
        checks = []
        if (name, column) in _ALLOWED:
            checks.append(pa.Check.isin(_ALLOWED[name, column]))
        if (name, column) in _PATTERNS:
            checks.append(pa.Check.str_matches(rf"(?:{_PATTERNS[name, column]})$"))
        columns[column] = pa.Column(
            None if dtype == "category" else dtype,
            checks=checks,
            nullable=column not in _REQUIRED[name],
        )
    return pa.DataFrameSchema(columns, strict=True, ordered=True, unique=_KEYS.get(name), name=name)
