"""The doctor: all well here, and each ailment told apart, with a remedy in both languages."""

from importlib import metadata

import pytest

import budgetkit as bk
from budgetkit import cli, fonts, package
from budgetkit.errors import ReadError
from budgetkit.reading import java


def no_java():
    raise ReadError("there is none")


AILMENTS = {
    "packages": lambda patch, folder: patch.setattr(
        metadata, "requires", lambda _: ["pandas>=3", "a-package-nobody-wrote>=1"]
    ),
    "java": lambda patch, folder: patch.setattr(java, "start", no_java),
    "font": lambda patch, folder: patch.setattr(fonts, "font", lambda: "DejaVu Sans"),
    "widgets": lambda patch, folder: patch.setattr(
        "jupyter_core.paths.jupyter_path", lambda *_: [str(folder)]
    ),
    "data": lambda patch, folder: patch.setattr(package, "home", lambda: folder),
}


def test_all_is_well_where_the_tests_run():
    found = bk.doctor()
    assert found["works"].all()
    assert (found["remedy"] == "").all()
    assert (found["found"] != "").all()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("ailment", AILMENTS)
def test_an_ailment_is_told_with_its_remedy_and_the_others_go_on(
    ailment, language, monkeypatch, tmp_path
):
    bk.use_language(language)
    AILMENTS[ailment](monkeypatch, tmp_path)
    found = bk.doctor().set_index("check")
    broken = found[~found["works"]]
    expected = {bk.language.label(f"doctor.{ailment}")}
    if ailment == "data":  # the page that is read comes from there
        expected.add(bk.language.label("doctor.pdf"))
    assert set(broken.index) == expected
    assert (broken["remedy"] != "").all()
    assert len(found) == 7


def test_a_missing_package_is_named(monkeypatch, tmp_path):
    AILMENTS["packages"](monkeypatch, tmp_path)
    assert bk.doctor()["found"].iloc[1] == "a-package-nobody-wrote"


def test_the_command_ends_in_an_error_where_something_fails(monkeypatch, tmp_path, capsys):
    assert cli.main(["doctor"]) == 0
    AILMENTS["font"](monkeypatch, tmp_path)
    assert cli.main(["--language", "en", "doctor"]) == 1
    assert "Chinese font" in capsys.readouterr().err
