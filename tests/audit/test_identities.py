"""Every family of identities has been seen to hold, and to fail on a fixture of its own."""

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetkit as bk
from budgetkit import package
from budgetkit.audit.cells import FEN, cells, fen
from budgetkit.audit.change import changed
from budgetkit.audit.columns import parent
from budgetkit.audit.sentences import promise
from budgetkit.audit.system import EXACT, FAILS, ROUNDING
from budgetkit.vocabulary import words

FAMILIES = words("identities")["family"]

#: Checks that are no sums: the frame and the column that a number of theirs stands in.
CHECKS = {
    "percent": ("variances", "percent"),
    "share": ("variances", "share"),
    "weights": ("targets", "weight"),
    "headcount": ("projects", "amount"),
    "counts": ("facts", "value"),
}


@pytest.fixture(scope="session")
def audits(small):
    """Every bundled disclosure and every small one, audited."""
    docs = [bk.load(name) for name in package.names()] + list(small.values())
    return [doc.audit() for doc in docs]


def failing(audit, family):
    return int((audit.failures["family"] == family).sum())


@pytest.mark.parametrize("family", [family for family in FAMILIES if family not in CHECKS])
def test_a_sum_holds_and_can_fail(audits, family):
    for audit in audits:
        system = audit.system
        for identity, outcome in zip(system.identities, system.outcome, strict=True):
            shown = [cell for cell, _ in identity.terms if system.cells.amounts[cell]]
            if identity.family != family or outcome not in {EXACT, ROUNDING}:
                continue
            for cell in shown[:3]:
                amount = (int(system.cells.amounts[cell]) + 7 * FEN) / FEN
                broken = changed(audit.disclosure, {system.cells.places[cell]: amount}).audit()
                if failing(broken, family) > failing(audit, family):
                    return
    pytest.fail(f"{family}: no document where it holds, and fails once a number is changed")


@pytest.mark.parametrize("family", CHECKS)
def test_a_check_holds_and_can_fail(audits, family):
    name, column = CHECKS[family]
    for audit in audits:
        held = [c for c in audit.text if c.family == family and c.outcome in {EXACT, ROUNDING}]
        for check in held:
            frame = audit.disclosure.frames[name]
            number = {"targets": "form", "projects": "no"}.get(name)
            rows = frame.index[frame[number] == check.row if number else frame.index == check.row]
            first = frame.index == rows[0]
            worse = frame[column].mask(first, frame[column] * 1.5 + 3)
            doc = audit.disclosure
            frames = {**doc.frames, name: frame.assign(**{column: worse})}
            broken = type(doc)(doc.meta, frames).audit()
            if failing(broken, family) > failing(audit, family):
                return
    pytest.fail(f"{family}: no document where it holds, and fails once a number is changed")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_told_in_both_languages(family):
    chinese = promise(family)
    bk.use_language("en")
    assert promise(family) != chinese
    assert FAMILIES[family]["reference"]


def test_parents():
    columns = ("total", "basic", "personnel", "operating", "project")
    assert [parent(column, columns) for column in columns] == [
        None,
        "total",
        "basic",
        "basic",
        "total",
    ]
    final = ("total_final", "vehicles_final", "vehicle_operation_final")
    assert parent("vehicle_operation_final", final) == "vehicles_final"


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=6))
def test_fen_are_exact(amount):
    assert fen(float(amount)) == int(amount * FEN)


def test_amounts_of_every_cell(bundled):
    found = cells(bundled)
    assert int(found.printed.sum()) == 1251
    total = sum(map(Decimal, bundled.figures["amount"].map(repr)))
    assert sum(map(int, found.amounts)) == total * FEN


def test_rounding_is_no_failure(tmp_path):
    page = "收入预算总表\n单位：万元\n科目编码\t科目名称\t合计\n\t合计\t{}\n"
    page += "201\t一般公共服务支出\t10.11\n205\t教育支出\t20.22\n208\t社会保障和就业支出\t30.33\n"
    outcomes = []
    for total in ("60.66", "60.68", "60.69"):
        path = tmp_path / "x.txt"
        path.write_text(page.format(total), encoding="utf-8")
        checks = bk.read(path).audit().checks
        outcomes += checks.loc[checks["family"] == "total", "outcome"].tolist()
    assert outcomes == [EXACT, ROUNDING, "not_checkable"]


def test_what_most_rows_break_is_not_promised(bundled):
    """A table whose columns don't add up anywhere doesn't say that they do."""
    figures = bundled.figures
    project = (figures["table"] == "expenditure") & (figures["measure"] == "project")
    doubled = figures.assign(amount=figures["amount"].mask(project, figures["amount"] * 2 + 1))
    doc = type(bundled)(bundled.meta, {**bundled.frames, "figures": doubled})
    checks = doc.audit().checks
    own = checks[(checks["family"] == "columns") & (checks["table"] == "expenditure")]
    assert not (own["outcome"] == FAILS).any()
    assert (own["outcome"] == "not_checkable").sum() > 20


def test_a_document_without_tables_has_nothing_to_check():
    meta = bk.load("jiangsu-npc-2017").meta
    audit = bk.Disclosure(meta, {}).audit()
    assert sum(audit.counts.values()) == 0
    assert isinstance(audit.failures, pd.DataFrame)
    assert audit.failures.empty
