"""What is saved: nothing of others is written over, and texts stay texts."""

import openpyxl
import pandas as pd
import pytest

import budgetkit as bk
from budgetkit.errors import ReadError


def test_somebody_elses_files_are_spared(bundled, tmp_path):
    own = tmp_path / "units.csv"
    own.write_text("mine\n1\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"units\.csv would be written over"):
        bundled.save(tmp_path / "report.json")
    assert own.read_text(encoding="utf-8") == "mine\n1\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["units.csv"]


def test_a_package_may_be_written_again(bundled, tmp_path):
    bundled.save(tmp_path / "report.json")
    bundled.save(tmp_path / "report.json")
    figures = pd.read_csv(tmp_path / "figures.csv")
    assert len(figures) == len(bundled.figures)


def test_a_target_that_looks_like_a_formula_stays_a_text(bundled, tmp_path):
    path = bundled.save(tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(path)["targets"]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    before = bundled.targets["previous"].dropna()
    after = pd.read_excel(path, sheet_name="targets", dtype="str")["previous"].dropna()
    assert after.tolist() == before.tolist()


def test_the_command_line_lists_the_names_of_a_wrong_dataset(capsys):
    from budgetkit.cli import main

    assert main(["show", "xinjiang-miit-2023"]) == 1
    assert "xinjiang-miit-2024" in capsys.readouterr().err


def test_the_command_line_reports_a_folder_that_cannot_be(capsys, tmp_path):
    from budgetkit.cli import main

    (tmp_path / "taken").touch()
    assert main(["save", "xinjiang-miit-2024", str(tmp_path / "taken" / "x.xlsx")]) == 1
    assert "taken" in capsys.readouterr().err


def test_the_command_line_leaves_the_language_as_it_was(capsys):
    from budgetkit.cli import main

    with bk.language.language("en"):
        main(["list"])
        assert bk.language.current() == "en"
