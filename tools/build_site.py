"""The course as a site: `python tools/build_site.py`, or `make site`.

Sphinx builds two editions from ``site/`` and the executed notebooks: English in ``build/site/``,
Chinese in ``build/site/zh/``. What the package knows of the format (tables, columns, sums) and the
glossary are written from its vocabulary and the bundled disclosures. Nothing is fetched.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import budgetkit as bk
from budgetkit.vocabulary import words

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools import lessons

SITE = lessons.ROOT / "site"
OUT = lessons.BUILD / "site"
SOURCES = lessons.BUILD / "site-source"

#: A year or a number before a title that places print: 2026年…, 预算01表….
NUMBERED = r"^(?:预算\d+表|20\d\d年(?:度)?)"

HEADINGS = {
    "en": {
        "format": "The format, table by table",
        "about": "What departments print, under the short names that `doc.table` and `doc.wide` "
        "take. Numbers say how many of the {count} bundled disclosures print a table or a column, "
        "and in how many of them a sum was checked.",
        "printed": "Printed as: ",
        "columns": "| column | English | Chinese | disclosures |",
        "sums": "**What must hold**",
        "count": " ({})",
        "glossary": "Glossary 术语表",
        "words": "The words of departmental budgets, in the order in which one meets them.",
    },
    "zh": {
        "format": "格式：逐张表讲解",
        "about": "部门公布的各张表，用 `doc.table` 和 `doc.wide` 所用的短名称列出。数字是 "
        "{count} 份随附的预算公开中有几份列有这张表或这一栏，一项勾稽关系在几份中核对过。",
        "printed": "原文作：",
        "columns": "| 栏目 | 英文 | 中文 | 份数 |",
        "sums": "**应当成立的关系**",
        "count": "（{}）",
        "glossary": "术语表",
        "words": "部门预算的用语，按读者遇到它们的次序排列。",
    },
}


@dataclass
class Printed:
    """What the bundled disclosures print of one table: each counted once a disclosure."""

    documents: int = 0
    titles: Counter[str] = field(default_factory=Counter)
    measures: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)


def main() -> int:
    """Build the site where people look for it."""
    for folder in (OUT, SOURCES):
        shutil.rmtree(folder, ignore_errors=True)
    if build(OUT, SOURCES):
        return 1
    print(f"open {OUT / 'index.html'}")
    return 0


def build(out: Path, sources: Path) -> int:
    """Gather the sources of both editions, build them side by side; a warning is an error."""
    lessons.fonts(out / "fonts")
    seen, terms = survey(), glossary()
    for language in lessons.EDITIONS:
        gather(sources / language, language, seen, terms)
    listed = sources / "words.txt"
    listed.write_text("\n".join(dictionary(seen, terms)) + "\n", encoding="utf-8")
    running = []
    for language in lessons.EDITIONS:
        command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-c", str(SITE)]
        command += ["-d", str(sources / f"doctrees-{language}"), str(sources / language)]
        command += [str(out if language == "en" else out / language)]
        environment = {**os.environ, "EDITION": language, "WORDS": str(listed)}
        running.append(subprocess.Popen(command, env=environment))
    return max([process.wait() for process in running])


def survey() -> dict[str, Printed]:
    """Every standard table, in the vocabulary's order, with what is printed of it."""
    seen = {table: Printed() for table in words("labels")["table"]}
    for name in bk.datasets()["name"]:
        doc = bk.load(name)
        for key in {table.table for table in doc.meta.tables} & set(seen):
            tables = [table for table in doc.meta.tables if table.table == key]
            seen[key].documents += 1
            seen[key].titles.update({re.sub(NUMBERED, "", table.title) for table in tables})
            seen[key].measures.update({name for table in tables for name in table.measures})
        audit = doc.audit()
        places = audit.system.cells.places
        held = {
            (places[cell].table, i.family) for i in audit.system.identities for cell, _ in i.terms
        }
        for table, family in held:
            if table in seen:
                seen[table].families[family] += 1
    return {table: printed for table, printed in seen.items() if printed.documents}


def gather(
    folder: Path, language: str, seen: dict[str, Printed], terms: list[dict[str, Any]]
) -> None:
    """Put the sources of an edition into one folder."""
    shutil.copytree(SITE / language, folder)
    shutil.copy(lessons.ROOT / "README.md", folder)
    shutil.copy(lessons.FOLDER / "exercises" / "README.md", folder / "exercises.md")
    executed = lessons.EXECUTED / language
    (folder / "lessons").mkdir()
    for path in lessons.paths(language):
        ran = executed / path.name
        shutil.copy(ran if ran.exists() else path, folder / "lessons" / path.name)
    index = folder / "index.md"
    listed = index.read_text(encoding="utf-8").replace("lessons/*", "\n".join(numbered(language)))
    index.write_text(listed, encoding="utf-8")
    (folder / "format.md").write_text(format_page(language, seen), encoding="utf-8")
    (folder / "glossary.md").write_text(glossary_page(language, terms), encoding="utf-8")


def numbered(language: str) -> list[str]:
    """The lessons for the navigation: by their titles, with the numbers that lessons cite."""
    found = (
        (path.stem, lessons.heading(lessons.open_lesson(path)).title)
        for path in lessons.paths(language)
    )
    return [f"{int(name[:2])} · {title} <lessons/{name}>" for name, title in found]


def dictionary(seen: dict[str, Printed], terms: list[dict[str, Any]]) -> list[str]:
    """The words that a search takes for one word: terms, labels and titles of tables."""
    labels = words("labels")
    names = {text["zh"] for part in ("table", "measure") for text in labels[part].values()}
    names |= {term["zh"] for term in terms}
    names |= {title for printed in seen.values() for title in printed.titles}
    return sorted({part for name in names for part in re.findall(r"[\u4e00-\u9fff]{2,}", name)})


def glossary() -> list[dict[str, Any]]:
    """The terms, each with its Chinese, its English, and what it says in both."""
    terms = tomllib.loads((SITE / "glossary.toml").read_text(encoding="utf-8"))["term"]
    for term in terms:
        if label := term.pop("label", None):
            part, name = label.split(".")
            term.update(words("labels")[part][name])
    return terms


def glossary_page(language: str, terms: list[dict[str, Any]]) -> str:
    """The glossary: each term in both languages, and one line of meaning."""
    say = HEADINGS[language]
    first, second = ("zh", "en") if language == "zh" else ("en", "zh")
    entries = [f"{t[first]}\n{t[second]}\n  {t['says'][language]}\n" for t in terms]
    return (
        f"# {say['glossary']}\n\n{say['words']}\n\n```{{glossary}}\n" + "\n".join(entries) + "```\n"
    )


def ranked(counts: Counter[str], order: Iterable[str] | None = None) -> list[str]:
    """The most frequent first; alike frequent ones, and which at all, as in the vocabulary."""
    return sorted(
        sorted(counts) if order is None else [x for x in order if x in counts],
        key=lambda x: -counts[x],
    )


def format_page(language: str, seen: dict[str, Printed]) -> str:
    """Every table: what it is called, how places title it, its columns and its sums."""
    say, labels, families = HEADINGS[language], words("labels"), words("identities")["family"]
    lines = [f"# {say['format']}", "", say["about"].format(count=len(bk.datasets())), ""]
    for key, printed in seen.items():
        name = labels["table"][key]
        title = name["zh"] if language == "zh" else f"{name['en']} {name['zh']}"
        lines += [f"## {title}", "", f"`{key}` · {printed.documents}", ""]
        lines += [f"{say['printed']}{'、'.join(ranked(printed.titles)[:4])}", ""]
        lines += [say["columns"], "|---|---|---|---|"]
        for measure in ranked(printed.measures, labels["measure"]):
            text = labels["measure"][measure]
            lines.append(
                f"| `{measure}` | {text['en']} | {text['zh']} | {printed.measures[measure]} |"
            )
        held = ranked(printed.families, families)
        lines += ["", say["sums"], ""] if held else []
        lines += [
            f"- {families[f][language]}{say['count'].format(printed.families[f])}" for f in held
        ]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
