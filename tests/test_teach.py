"""Handouts: every student another puzzle, every puzzle solvable, the key right."""

import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.errors import BudgetkitError


@pytest.fixture
def sheet(bundled, tmp_path):
    return bk.teach.worksheet(bundled, seed=20260001, folder=tmp_path / "handouts")


def test_the_key_is_what_was_changed(bundled, sheet):
    handout = bk.read(sheet.xlsx)
    assert "练习" in handout.meta.title
    for error in sheet.key.itertuples():
        figures = handout.figures
        cell = figures[
            (figures["table"] == error.table)
            & (figures["row"] == error.row)
            & (figures["measure"] == error.measure)
            & (figures["side"].isna() | (figures["side"] == error.side))
        ]["amount"].tolist()
        assert cell == ([] if pd.isna(error.planted) else [error.planted])
    assert sheet.key["kind"].unique().tolist() == ["digit", "swap", "shift"]
    saved = pd.read_csv(sheet.key_file)
    assert saved["planted"].tolist() == pytest.approx(sheet.key["planted"].tolist(), nan_ok=True)


def test_what_the_student_reads_leads_to_the_key(sheet):
    suspects = bk.read(sheet.xlsx).audit().suspects
    named = set(map(tuple, suspects[["table", "row", "measure"]].to_numpy()))
    assert set(map(tuple, sheet.key[["table", "row", "measure"]].to_numpy())) <= named


def test_another_student_gets_another_sheet(bundled, sheet, tmp_path):
    again = bk.teach.worksheet(bundled, seed=20260001, folder=tmp_path / "again")
    other = bk.teach.worksheet(bundled, seed=20260002, folder=tmp_path / "handouts")
    pd.testing.assert_frame_equal(again.key, sheet.key)
    assert not other.key.equals(sheet.key)


def test_a_secret_changes_the_errors_and_a_number_may_have_letters(bundled, tmp_path):
    plain = bk.teach.worksheet(bundled, "2026A", tmp_path)
    secret = bk.teach.worksheet(bundled, "2026A", tmp_path, secret="autumn")
    assert not plain.key.equals(secret.key)


def test_a_table_that_is_not_there(bundled, tmp_path):
    with pytest.raises(BudgetkitError, match="no table of procurement; it has: balance"):
        bk.teach.worksheet(bundled, 1, tmp_path, tables=["procurement"])


def test_one_table_by_its_name(bundled, tmp_path):
    key = bk.teach.worksheet(bundled, 1, tmp_path, tables="expenditure").key
    assert set(key["table"]) == {"expenditure"}


@pytest.mark.parametrize("name", ["shenzhen-statistics-2026", "guangzhou-statistics-2026"])
def test_only_kinds_that_have_room(tmp_path, name):
    key = bk.teach.worksheet(bk.load(name), 1, tmp_path).key
    assert key["kind"].tolist() == ["digit", "swap", "digit"]


def test_more_errors_than_there_is_room_for(tmp_path):
    small = bk.load("jiangsu-npc-2018")
    with pytest.raises(BudgetkitError):
        bk.teach.worksheet(small, 1, tmp_path, n=12, tables=["three_public"])
