"""Projects described in the text: fields, parts, headcounts and payment standards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budgetkit.notes import Notes
from budgetkit.printed import key
from budgetkit.prose import words
from budgetkit.prose.money import money, plain_float
from budgetkit.prose.paragraphs import BODY, Paragraph
from budgetkit.prose.parts import parts
from budgetkit.prose.sentences import split
from budgetkit.prose.subsidies import headcounts, standards

_INLINE_MARK = re.compile(r"^\d{1,2}[.、]")


@dataclass(frozen=True, slots=True)
class Project:
    """A project as described: its number, name, and the text of each field."""

    no: int
    name: str
    place: int
    fields: dict[str, str] = field(default_factory=dict)


def read(found: Sequence[Paragraph], notes: Notes) -> dict[str, list[dict]]:
    """Records of the four project frames."""
    records: dict[str, list[dict]] = {
        "projects": [],
        "project_parts": [],
        "project_headcounts": [],
        "project_standards": [],
    }
    for project in _numbered(described(found), notes):
        no, place, fields = project.no, project.place, project.fields
        record = _record(project, notes)
        records["projects"].append(record)
        total = record["amount"]
        for part in parts(_allocation(fields), place, notes):
            if part.unit == "元" and total and part.amount < Decimal(repr(total)) / 100:
                notes.doubted("prose.part_in_yuan", place, part.printed, project.name)
            row = {"no": no, "part": part.label or project.name, "amount": float(part.amount)}
            records["project_parts"].append(row)
        for row in headcounts(fields.get("headcount", ""), project.name):
            records["project_headcounts"].append({"no": no, **row})
        for row in standards(fields.get("standard", ""), project.name, place, notes):
            records["project_standards"].append({"no": no, **row})
    return records


def described(found: Sequence[Paragraph]) -> Iterator[Project]:
    """The projects in order; a project ends where another or another section begins."""
    project: Project | None = None
    last, section = "", ""
    for index, paragraph in enumerate(found):
        field_name, text = words.label(paragraph.text) or ("", paragraph.text)
        name = _name(found, index)
        if name:
            if project:
                yield project
            project, last, section = Project(paragraph.number or 0, name, paragraph.place), "", ""
        elif project and paragraph.section != (section or paragraph.section):
            yield project
            project = None
        elif project and field_name:
            last, section = field_name, paragraph.section
            project.fields.setdefault(last, text)
        elif project and last:
            project.fields[last] += text
    if project:
        yield project


def _name(found: Sequence[Paragraph], index: int) -> str | None:
    """The name of the project that a paragraph opens: its label's, or a title's over labels."""
    name, text = words.label(found[index].text) or ("", "")
    if name == "project" and text:
        return text.rstrip("。；; ") or text
    title = words.pattern("projects", "title").match(found[index].text)
    if index + 1 < len(found) and not name:
        own, following = found[index], found[index + 1]
        above = own.section == "general_projects" and own.level < following.level
        if (title or above) and following.level < BODY and words.label(following.text):
            return title["project"] if title else own.text
    return None


def _numbered(found: Iterable[Project], notes: Notes) -> list[Project]:
    """Projects under the numbers they are printed with; counted where those repeat or lack.

    Dots for a name, and no amount, are a form that nobody filled in.
    """
    projects = [p for p in found if p.fields and (key(p.name) or _amount(p))]
    numbers = [project.no for project in projects]
    if 0 not in numbers and len(set(numbers)) == len(numbers):
        return projects
    if any(numbers):
        notes.doubted("prose.project_numbers", projects[0].place, str(len(projects)))
    return [
        Project(number, project.name, project.place, project.fields)
        for number, project in enumerate(projects, start=1)
    ]


def _allocation(fields: dict[str, str]) -> str:
    """The text about the parts: its own field, or what follows the whole amount."""
    if "allocation" in fields:
        return fields["allocation"]
    text = fields.get("amount", "")
    whole = words.pattern("variances", "money").search(text)
    return text[whole.end() :] if whole else ""


def _amount(project: Project) -> re.Match[str] | None:
    """The whole amount that a project's field prints."""
    return words.pattern("variances", "money").search(project.fields.get("amount", ""))


def _record(project: Project, notes: Notes) -> dict:
    """The record of ``projects``."""
    fields = project.fields
    printed = _amount(project)
    if printed is None:
        notes.unplaced("prose.project_without_amount", project.place, project.name)
    start, end = period(fields.get("period", ""))
    withheld = words.pattern("projects", "withheld")
    source = fields.get("source", "").strip("。；; ")
    return {
        "no": project.no,
        "project": project.name,
        "amount": plain_float(money(printed["number"], printed["unit"]) if printed else None),
        "units": [
            name
            for piece in split(fields.get("units", ""), "、；;，,")
            if (name := _INLINE_MARK.sub("", piece.strip("。 ")))
        ],
        "source": source[:40] or None,
        "start": start,
        "end": end,
        "withheld": any(withheld.match(text) for text in fields.values()),
    }


def period(text: str) -> tuple[str | None, str | None]:
    """First and last day as ISO dates.

    >>> period("2024年1月1日—2024年12月20日")
    ('2024-01-01', '2024-12-20')
    """
    days = [
        f"{int(year):04}-{int(month):02}-{int(day):02}"
        for year, month, day in words.pattern("projects", "date").findall(text)
        if 0 < int(month) < 13 and 0 < int(day) < 32
    ]
    return (days[0], days[1]) if len(days) > 1 else (days[0] if days else None, None)
