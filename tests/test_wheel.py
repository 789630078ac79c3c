"""The wheel works without the checkout."""

import zipfile

import pytest

from tools import check_wheel


@pytest.mark.slow
def test_installed_wheel_opens_the_bundled_data(tmp_path):
    wheel = check_wheel.build(tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert "budgetkit/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "tools/", "benchmarks/"))]
    assert "xinjiang-miit-2024" in check_wheel.load_from(wheel)
