"""The command ``budgetkit``: list, show, audit, save, typeset and bundle disclosures; doctor."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Sequence
from importlib.metadata import version
from locale import getlocale
from pathlib import Path
from typing import Any

import pandas as pd

from budgetkit import bundle, language, package, summary, typeset
from budgetkit.audit import report
from budgetkit.checkup import doctor
from budgetkit.disclosure import Disclosure
from budgetkit.errors import BudgetkitError, BudgetkitWarning
from budgetkit.loading import datasets, load, read
from budgetkit.schema import NOTE_KINDS

_SHOWWARNING = warnings.showwarning


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        What stands after ``budgetkit``; by default the process's own.

    Returns
    -------
    int
        0, or 1 where a `BudgetkitError` was reported.

    Examples
    --------
    >>> main(["list", "--language", "en"])  # doctest: +ELLIPSIS
    Name ...
    0
    """
    options = _parser().parse_args(arguments)
    chinese = (getlocale()[0] or "").lower().startswith(("zh", "chinese"))
    speech = getattr(options, "language", "zh" if chinese else "en")
    try:
        with language.language(speech), warnings.catch_warnings():
            warnings.simplefilter("always", BudgetkitWarning)
            warnings.showwarning = _warn
            options.run(options)
        print(end="", flush=True)
    except BrokenPipeError:  # as in `budgetkit show … | head`: whoever read has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (BudgetkitError, OSError) as fault:
        with language.language(speech):
            print(f"budgetkit: {_told(fault)}", file=sys.stderr)
        return 1
    return 0


def _told(fault: BudgetkitError | OSError) -> str:
    """What an error says; one of the system's about a file, in our words."""
    if isinstance(fault, BudgetkitError) or fault.filename is None:
        return str(fault)
    return language.said("cli.system", path=fault.filename, cause=language.cause(fault))


def _warn(message: Warning | str, *others: Any, **more: Any) -> None:
    """Say a warning of ours without the place in the code; others as ever."""
    if isinstance(message, BudgetkitWarning):
        print(f"budgetkit: {message}", file=sys.stderr)
    else:
        _SHOWWARNING(message, *others, **more)


def _parser() -> argparse.ArgumentParser:
    speech = argparse.ArgumentParser(add_help=False)  # before the command or after it
    told, absent = "by default the locale's", argparse.SUPPRESS
    speech.add_argument("--language", choices=language.LANGUAGES, default=absent, help=told)
    parser = argparse.ArgumentParser(
        prog="budgetkit",
        description="List, show, audit, save, typeset and bundle budget disclosures.",
        parents=[speech],
    )
    parser.add_argument("--version", action="version", version=version("budgetkit"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    source = argparse.ArgumentParser(add_help=False, parents=[speech])
    told = "a bundled name, or a file or the files of one disclosure"
    source.add_argument("source", nargs="+", help=told)

    told = "list the bundled disclosures"
    commands.add_parser("list", parents=[speech], help=told).set_defaults(run=_list)

    told = "print the summary and the notes of a disclosure"
    commands.add_parser("show", parents=[source], help=told).set_defaults(run=_show)

    told = "check every sum that a disclosure promises"
    audit = commands.add_parser("audit", parents=[source], help=told)
    audit.add_argument("--save", type=Path, help="write the report as .html or .xlsx, too")
    audit.set_defaults(run=_audit)

    told = "save a disclosure as .xlsx, .parquet, .json or a folder of CSV files"
    save = commands.add_parser("save", parents=[source], help=told)
    save.add_argument("target", type=Path)
    save.set_defaults(run=_save)

    told = "typeset a disclosure as .pdf, .xlsx, .docx, .html or .txt"
    printed = commands.add_parser("typeset", parents=[source], help=told)
    printed.add_argument("target", type=Path)
    printed.add_argument("--style", default="single", help="rules, codes or unit of money")
    printed.set_defaults(run=_typeset)

    told = "check that Java, fonts and widgets work here"
    commands.add_parser("doctor", parents=[speech], help=told).set_defaults(run=_doctor)

    told = "rebuild a bundled data package from its source"
    bundled = commands.add_parser("bundle", parents=[speech], help=told)
    bundled.add_argument("source", type=Path)
    bundled.add_argument("folder", type=Path)
    bundled.set_defaults(run=lambda o: print(bundle.bundle(read(o.source), o.folder)))
    return parser


def _open(sources: Sequence[str]) -> Disclosure:
    first, *others = sources
    path = Path(first)
    looks_like_a_name = not path.suffix and not path.exists() and len(path.parts) == 1
    if others and first in package.names() and not path.exists():
        raise BudgetkitError(
            language.said("cli.alone", name=first, others=language.several(others))
        )
    if not others and (first in package.names() or looks_like_a_name):
        return load(first)
    return read(first, *others)


def _list(_: argparse.Namespace) -> None:
    listed = datasets()
    listed["kind"] = list(map(summary.kind, listed["title"], listed["kind"]))
    _print(listed)


def _print(frame: pd.DataFrame) -> None:
    """Every column under its heading in the language in use, Chinese as wide as it prints."""
    headed = frame.rename(columns=lambda name: language.label(f"cli.{name}"))
    with pd.option_context("display.unicode.east_asian_width", True):
        print(headed.to_string(index=False))


def _show(options: argparse.Namespace) -> None:
    disclosure = _open(options.source)
    print(disclosure)
    for kind in reversed(NOTE_KINDS):  # what may be lost first; a text's page is its line
        notes = disclosure.notes[disclosure.notes["kind"] == kind]
        told = language.label(f"note_kind.{kind}")
        places = notes["page"].astype("string").fillna("")
        for place, message in zip(places, notes["message"], strict=True):
            print(f"{place} [{told}] {message}".lstrip())


def _audit(options: argparse.Namespace) -> None:
    if options.save:
        report.check(options.save)
    disclosure = _open(options.source)
    found = disclosure.audit()
    print(disclosure.meta.title, found, sep="\n")
    if options.save:
        print(found.save(options.save))


def _typeset(options: argparse.Namespace) -> None:
    typeset.check(options.target, options.style)
    print(_open(options.source).typeset(options.target, options.style))


def _save(options: argparse.Namespace) -> None:
    target = options.target.expanduser()
    package.check(target)
    print(_open(options.source).save(target))
    if package.is_folder(target):  # not on stdout, where a script looks for the path
        print(f"budgetkit: {language.label('saved.folder', path=target)}", file=sys.stderr)


def _doctor(_: argparse.Namespace) -> None:
    found = doctor()
    _print(found)
    if not found["works"].all():
        failing = language.several(found.loc[~found["works"], "check"])
        raise BudgetkitError(language.said("cli.failing", checks=failing))
