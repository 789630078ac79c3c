"""All rooms of assembling together: the tables of a document in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from budgetkit.assembling import forms, rows
from budgetkit.assembling.names import Names
from budgetkit.assembling.stitch import sheets
from budgetkit.notes import Notes
from budgetkit.reading.model import Grid, Line


@dataclass(slots=True)
class Assembled:
    """What the grids of a document hold, as records for the frames."""

    figures: list[dict] = field(default_factory=list)
    targets: list[dict] = field(default_factory=list)
    tables: list[dict] = field(default_factory=list)


def assemble(
    blocks: Sequence[Line | Grid],
    units: Iterable[str],
    projects: Iterable[str],
    department: str | None,
    year: int | None,
    notes: Notes,
) -> Assembled:
    """Read all grids of a department's document of a year.

    Its text lists the names of units and projects.
    """
    result = Assembled()
    unit_names, project_names = Names(units, department), Names(projects)
    seen: dict[str, int] = {}
    forms_seen = 0
    for sheet in sheets(blocks):
        notes.table, notes.row = sheet.table.id, None
        if sheet.table.form:
            result.targets += forms.read(sheet, forms_seen := forms_seen + 1, unit_names, notes)
            continue
        seen[sheet.table.id] = times = seen.get(sheet.table.id, 0) + 1
        name = sheet.table.id if times == 1 else f"{sheet.table.id} ({times})"
        read = rows.read(sheet, unit_names, project_names, year, notes)
        if not sheet.table.titles:
            notes.doubted("unknown_table", sheet.place, sheet.title)
        if times > 1:
            notes.doubted("table_again", sheet.place, sheet.title, name)
        result.figures += [{**record, "table": name} for record in read.records]
        result.tables.append(
            {
                "table": name,
                "title": sheet.title,
                "unit": sheet.unit,
                "decimals": read.decimals,
                "page": sheet.place,
                "rows": read.rows,
                "measures": read.measures,
            }
        )
    notes.table = notes.row = None
    return result
