"""Every function of the lessons says what it was given where that is no disclosure."""

import inspect
import pickle
from pathlib import Path

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.given import takes_disclosure

ROOMS = (bk.income, bk.units, bk.students, bk.variance, bk.audit, bk.compare, bk.teach)

#: What is given for a disclosure, and what the error says of it.
WRONG = {
    "name": ("suzhou-audit-2026", "'suzhou-audit-2026' is no disclosure: pass bk.load('suzhou-"),
    "slip of a name": ("suzhou-audit", "'suzhou-audit' is no disclosure: pass bk.load('suzhou-"),
    "another word": ("income", "'income' is no disclosure: pass one, as bk.load(name) or bk.read("),
    "path": ("a/x.pdf", "'a/x.pdf' is no disclosure: pass bk.read('a/x.pdf')"),
    "Path": (Path("a/x.pdf"), "'a/x.pdf' is no disclosure: pass bk.read('a/x.pdf')"),
    "frame": (pd.DataFrame({"amount": [1.0]}), "of type DataFrame is no disclosure: pass one, as"),
    "number": (5, "5 is no disclosure: pass one, as bk.load(name) or bk.read(path) returns it"),
    "nothing": ("", "'' is no disclosure: pass one, as"),
    "text": ("甲市财政局预算\n" * 50, "' is no disclosure: pass one, as bk.load(name)"),
    "long": ("预算" * 300, "' is no disclosure: pass one, as bk.load(name)"),
    "class": (bk.Disclosure, "of type type is no disclosure"),
}


def public():
    """Every public function of the rooms, by the name that users write."""
    yield "bk.explore", bk.explore
    for room in ROOMS:
        own = getattr(room, "__all__", None) or [name for name in vars(room) if name[0] != "_"]
        for name in own:
            function = getattr(room, name)
            if inspect.isfunction(function) and function.__module__.startswith(room.__name__):
                yield f"bk.{room.__name__.partition('.')[2]}.{name}", function


FUNCTIONS = dict(public())


def disclosures(function):
    """The parameters that take a disclosure: all in which its annotations or names say so."""
    return [
        name
        for name, own in inspect.signature(function).parameters.items()
        if "Disclosure" in str(own.annotation) or name in {"doc", "docs", "disclosure"}
    ]


def test_every_function_takes_a_disclosure():
    assert len(FUNCTIONS) > 40
    assert [name for name, function in FUNCTIONS.items() if not disclosures(function)] == []


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_no_disclosure_is_told(name, wrong, bundled):
    function = FUNCTIONS[name]
    given, told = WRONG[wrong]
    parameters = inspect.signature(function).parameters
    others = {
        parameter: bundled if parameter in disclosures(function) else 1
        for parameter, own in parameters.items()
        if own.default is own.empty and own.kind is not own.VAR_POSITIONAL
    }
    for parameter in disclosures(function):
        several = parameters[parameter].kind is inspect.Parameter.VAR_POSITIONAL
        with pytest.raises(bk.BudgetkitError) as error:
            _ = function(bundled, given) if several else function(**{**others, parameter: given})
        assert told in str(error.value)
    if len(others) == 1:
        with pytest.raises(bk.BudgetkitError):
            function(given)


def test_what_holds_a_disclosure_is_told_of(bundled):
    with pytest.raises(bk.BudgetkitError, match=r"type Planted is no disclosure: pass its \.discl"):
        bk.audit.audit(bk.audit.plant(bundled))


def test_what_holds_disclosures_is_compared_or_told_of(bundled):
    assert len(bk.compare.departments({"a": bundled})) == 1
    with pytest.raises(bk.BudgetkitError, match=r"pass its \.disclosure"):
        bk.compare.departments(bk.audit.plant(bundled))


def test_none_is_a_disclosure_only_where_it_may_be_left_out(bundled):
    @takes_disclosure
    def both(doc: bk.Disclosure, before: "bk.Disclosure | None" = None) -> int:
        return 1

    assert both(bundled) == both(bundled, None) == both(bundled, before=bundled) == 1
    with pytest.raises(bk.BudgetkitError, match="None is no disclosure"):
        both(None)
    with pytest.raises(bk.BudgetkitError, match="'x' is no disclosure"):
        both(bundled, "x")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_stays_the_function_that_it_is(name):
    """Workers of a pool are sent functions by their names; pages show their signatures."""
    function = FUNCTIONS[name]
    assert pickle.loads(pickle.dumps(function)) is function
    assert function.__doc__
