"""What a reader sees of an audit, what can be done with it, and the planted errors."""

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.audit.report import Audit
from budgetkit.audit.system import OUTCOMES
from budgetkit.errors import BudgetkitError


@pytest.fixture(scope="module")
def audit(bundled):
    return bundled.audit()


def test_the_promises_of_the_source(audit):
    """1,700 sums and more; those that fail were each looked up in the text."""
    blank = sum(outcome == "blank" for outcome in audit.system.outcome)
    assert len(audit.system.identities) - blank >= 1700
    failures = audit.failures
    assert failures.groupby("family").size().to_dict() == {
        "columns": 1,
        "total": 1,
        "leaves": 1,
        "project_amount": 1,
        "project_parts": 3,
        "carryover_item": 1,
        "fact_sum": 1,
        "share": 1,
        "weights": 1,
        "headcount": 2,
    }
    parts = failures[failures["family"] == "project_parts"]
    assert sorted(parts["row"]) == [21, 28, 38]


def test_counts_are_those_of_the_checks(audit):
    assert audit.counts == audit.checks["outcome"].value_counts().reindex(OUTCOMES).to_dict()
    assert len(audit.failures) == audit.counts["fails"]
    assert len(audit.unchecked) == audit.counts["not_checkable"] > 0


def test_each_check_that_is_not_made_says_why(audit):
    """A change from nothing, and a project of several groups: no difference, but a reason."""
    unchecked = audit.unchecked
    reasons = unchecked.groupby("family")["reason"].unique().map(list).to_dict()
    assert reasons["percent"] == ["上年为零，或缺少计算所需的数"]
    assert reasons["headcount"] == ["有几类人或几档标准，或人数不是一个确定的数"]
    assert unchecked["difference"].isna().all()


@pytest.mark.parametrize(("language", "told"), [("zh", "公用经费为空白"), ("en", "is blank")])
def test_a_blank_is_not_called_a_zero(audit, language, told):
    bk.use_language(language)
    failures = audit.failures
    own = failures[(failures["table"] == "general_basic") & (failures["measure"] == "operating")]
    assert len(own) == 2
    assert own["message"].str.contains(told).all()
    assert not own["message"].str.contains("0.00", regex=False).any()


def test_a_wrong_unit_is_called_one(audit):
    unit = audit.suspects[audit.suspects["kind"] == "unit"].iloc[0]
    assert (unit["table"], unit["printed"], unit["proposed"]) == ("project_parts", 0.001, 10.0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_printed(audit, language):
    bk.use_language(language)
    html = audit._repr_html_()
    assert "3,565.44" in html
    assert "3,565.44" in repr(audit)
    assert html.count("<li>") == len(repr(audit).splitlines()) - 1
    assert "{" not in html
    for frame in (audit.failures, audit.suspects):
        assert not frame["message"].str.contains(r"[{}]").any()


def test_apply_mends_a_copy(bundled, audit):
    mended = audit.apply(1)
    assert len(mended.figures) == len(bundled.figures) + 1
    assert "operating" in bundled.audit().suspects["measure"].tolist()
    assert "general_basic" not in mended.audit().suspects["table"].tolist()
    assert mended.notes["key"].iloc[-1] == "audit_applied"
    assert len(bundled.notes) == len(mended.notes) - 1


def test_apply_of_what_is_not_certain(audit):
    unexplained = next(c for c, (_, found) in enumerate(audit.causes, start=1) if not found)
    with pytest.raises(BudgetkitError, match="0 suspects"):
        audit.apply(unexplained)
    with pytest.raises(BudgetkitError, match="no cause 99"):
        audit.apply(99)


def test_apply_undoes_what_was_planted(bundled):
    for kind in ("digit", "swap", "shift"):
        doc, key = bk.audit.plant(bundled, kind, seed=11)
        found = doc.audit()
        place = key.iloc[0]
        own = found.suspects[
            (found.suspects["table"] == place["table"]) & (found.suspects["row"] == place["row"])
        ]
        again = found.apply(int(own["cause"].iloc[0]))
        columns = ["table", "row", "measure", "amount"]
        ordered = [
            d.figures[columns].astype({"measure": "str", "table": "str"}).sort_values(columns)
            for d in (again, bundled)
        ]
        pd.testing.assert_frame_equal(*(frame.reset_index(drop=True) for frame in ordered))


def test_save(audit, tmp_path):
    page = audit.save(tmp_path / "audit.html").read_text(encoding="utf-8")
    assert "<ol>" in page
    book = pd.read_excel(audit.save(tmp_path / "audit.xlsx"), sheet_name=None)
    assert len(book["checks"]) == sum(audit.counts.values())
    with pytest.raises(BudgetkitError, match=r"cannot save as \.doc"):
        audit.save(tmp_path / "audit.doc")


@pytest.mark.parametrize("kind", ["digit", "swap", "shift", "row", "subtotal", "text"])
def test_plant(bundled, kind):
    doc, key = bk.audit.plant(bundled, kind, n=2, seed=3)
    again = bk.audit.plant(bundled, kind, n=2, seed=3)
    pd.testing.assert_frame_equal(key, again.key)
    other = bk.audit.plant(bundled, kind, n=2, seed=4).key
    assert not key.equals(other)
    assert key["error"].nunique() == 2
    frame = doc.variances if kind == "text" else doc.figures
    for error in key.itertuples():
        if kind == "text":
            assert frame["amount"].iloc[error.row] == error.planted
            continue
        rows = frame[
            (frame["table"] == error.table)
            & (frame["row"] == error.row)
            & (frame["measure"] == error.measure)
            & ((frame["side"] == error.side) | frame["side"].isna())
        ]
        amounts = rows["amount"].tolist()
        assert amounts == ([] if pd.isna(error.planted) else [error.planted])


def test_plant_says_what_it_cannot(bundled):
    with pytest.raises(BudgetkitError, match="no kind of error 'smudge'; there are: digit"):
        bk.audit.plant(bundled, "smudge")
    with pytest.raises(BudgetkitError, match="放不下 5000 处"):
        bk.audit.plant(bundled, n=5000)


def test_reading_notes_what_the_tables_alone_show(bundled):
    notes = Audit.of(bundled, text=False).notes()
    assert [note["key"] for note in notes] == ["audit_missing"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_web_has_a_box_for_every_table(audit, language):
    bk.use_language(language)
    texts = [text.get_text().replace("\n", "") for text in audit.plot().texts]
    for table in {table for table, _ in audit.system.cells.sheets}:
        label = bk.language.label(f"table.{table}").replace(" ", "")
        assert any(text.replace(" ", "").startswith(label) for text in texts), table
