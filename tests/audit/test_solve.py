"""Which cell is to blame: planted errors in the real document and in the bundled ones."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import budgetkit as bk
from budgetkit import package
from budgetkit.audit.cells import FEN
from budgetkit.audit.change import changed
from budgetkit.audit.planting import digits, shifts, swaps
from budgetkit.audit.report import Audit
from budgetkit.audit.solve import Solver, slip

#: What may be off in a located cell: the sums are rounded.
NEAR = 3 * FEN // 100


@pytest.fixture(scope="module")
def mended(bundled):
    """The Xinjiang disclosure with table 6's total row repaired by its own audit."""
    return bundled.audit().apply(1)


@pytest.fixture(scope="module")
def solver(mended):
    return Solver(Audit.of(mended).system)


@pytest.fixture(scope="module")
def printed(solver, bundled):
    """The cells of the 1,251 amounts of the tables."""
    cells = solver.system.cells
    tables = {table for table, _ in cells.sheets}
    gap = ("general_basic", None, 1, "operating")
    return [
        cell
        for cell, place in enumerate(cells.places)
        if cells.printed[cell] and place.table in tables and place != gap
    ]


def planted(solver, cell, amount):
    """Whether an error is detected, and whether its cell alone is named with the true amount."""
    found = solver.planted({cell: amount})
    named = [suspects for _, suspects in found]
    alone = len(named) == 1 and len(named[0]) == 1 and named[0][0].cells == (cell,)
    near = alone and abs(named[0][0].proposed[0] - solver.amounts[cell]) <= NEAR
    return bool(found), alone, near


def test_the_missing_total_of_table_6_is_found(bundled):
    found = bundled.audit().suspects.iloc[0]
    assert tuple(found[["table", "row", "measure", "kind"]]) == (
        "general_basic",
        1,
        "operating",
        "missing",
    )
    assert found["proposed"] == 3565.44


def test_no_table_is_to_blame_once_it_is_mended(mended, solver):
    cells = solver.system.cells
    tables = {table for table, _ in cells.sheets}
    blamed = {
        cells.places[c].table for _, found in solver.suspects() for s in found for c in s.cells
    }
    assert not blamed & tables
    own = [
        outcome
        for identity, outcome in zip(solver.system.identities, solver.system.outcome, strict=True)
        if {cells.places[cell].table for cell, _ in identity.terms} <= tables
    ]
    assert "fails" not in own


def test_every_swap_of_neighbouring_digits(solver, printed):
    tried = [
        (cell, other)
        for cell in printed
        for other in swaps(solver.amounts[cell], solver.units[cell])
    ]
    results = [planted(solver, *error) for error in tried]
    assert len(tried) == 3694
    assert all(detected for detected, _, _ in results)
    assert sum(alone for _, alone, _ in results) >= 0.995 * len(tried)
    assert all(near for _, alone, near in results if alone)


def test_digits_misprinted(solver, printed):
    every = [
        (cell, other)
        for cell in printed
        for other in digits(solver.amounts[cell], solver.units[cell])
    ]
    assert len(every) == 53244
    tried = random.Random(5).sample(every, 4000)
    results = [planted(solver, *error) for error in tried]
    assert sum(detected for detected, _, _ in results) >= 0.995 * len(tried)
    assert sum(alone for _, alone, _ in results) >= 0.97 * len(tried)
    assert all(near for _, alone, near in results if alone)
    large = [
        result
        for (cell, other), result in zip(tried, results, strict=True)
        if abs(other - solver.amounts[cell]) >= FEN // 10
    ]
    assert all(detected for detected, _, _ in large)
    assert sum(alone for _, alone, _ in large) >= 0.995 * len(large)


def test_two_errors_at_once(solver, printed):
    rng, both, detected = random.Random(1), 0, 0
    for _ in range(500):
        one, two = rng.sample(printed, 2)
        amounts = {
            cell: rng.choice(list(digits(solver.amounts[cell], solver.units[cell])))
            for cell in (one, two)
        }
        found = solver.planted(amounts)
        detected += bool(found)
        named = {c for _, suspects in found if len(suspects) == 1 for c in suspects[0].cells}
        both += {one, two} <= named
    assert detected == 500
    assert both >= 450


def test_an_amount_in_the_next_column(solver, printed):
    tried = [(cell, blank) for cell, blank in shifts(solver.system.cells) if cell in set(printed)]
    located = 0
    for cell, blank in tried:
        found = solver.planted({cell: 0, blank: solver.amounts[cell]})
        assert found, solver.system.cells.places[cell]
        named = [suspects for _, suspects in found]
        located += (
            len(named) == 1 and len(named[0]) == 1 and set(named[0][0].cells) == {cell, blank}
        )
    assert len(tried) > 1000
    assert located >= 0.95 * len(tried)


@pytest.mark.parametrize("name", [n for n in package.names() if n != "xinjiang-miit-2024"])
def test_nothing_is_wrong_with_the_tables_of_other_places(name):
    """Two tables of Putuo print 326.71, three 326.72, and the sums of each agree: none is wrong."""
    audit = bk.load(name).audit()
    tables = {table.table for table in bk.load(name).meta.tables}
    assert not set(audit.suspects["table"]) & tables
    told = audit.failures.loc[audit.failures["table"].isin(tables), "message"]
    assert len(told) == (2 if name == "putuo-finance-2024" else 0)
    assert all("326.71" in text and "326.72" in text for text in told)


@pytest.mark.slow
@settings(max_examples=80, derandomize=True)
@given(data=st.data())
def test_incremental_and_full_audit_agree(data, mended, solver, printed):
    """What the solver says of a planted error is what an audit of the planted document says."""
    cell = data.draw(st.sampled_from(printed))
    amount = data.draw(st.sampled_from(list(digits(solver.amounts[cell], solver.units[cell]))))
    place = solver.system.cells.places[cell]
    again = Audit.of(changed(mended, {place: amount / FEN}))
    places = again.system.cells.places
    found = {tuple(places[c] for c in s.cells) for _, group in again.causes for s in group}
    _, alone, _ = planted(solver, cell, amount)
    if alone and abs(amount - solver.amounts[cell]) >= FEN // 10:
        assert (place,) in found


def test_slips():
    assert slip(1234, 1284, 1) == 0
    assert slip(1234, 1243, 1) == 0
    assert slip(1234, 134, 1) == 1
    assert slip(1234, -1234, 1) == 1
    assert slip(0, 1234, 1) == 2
    assert slip(1234, 5678, 1) == 3
