"""Records in, labels out: the level, unit and project of each, from top to bottom."""

from budgetkit import codes, printed
from budgetkit.assembling import vocabulary
from budgetkit.assembling.columns import Column
from budgetkit.assembling.names import Names, looks_like_unit
from budgetkit.assembling.records import Record
from budgetkit.assembling.stitch import Sheet
from budgetkit.notes import Notes


class Leveler:
    """Gives each record of a half its level, unit and project, from top to bottom."""

    def __init__(
        self, sheet: Sheet, block: list[Column], units: Names, projects: Names, notes: Notes
    ) -> None:
        self._coded = any(column.role == "code" for column in block)
        self._labelled = any(c.role in {"code", "name", "unit", "project"} for c in block)
        self._by_unit = any(column.role == "unit" for column in block)
        self._items = sheet.table.label == "project"
        self._units, self._projects, self._notes = units, projects, notes
        self._unit: str | None = None
        self._parted = False  # by something else than units, as procurement by goods and services
        self._parent = ""

    def labels(self, record: Record) -> dict[str, str | None]:
        """Level, code, name, unit and project of one record."""
        label = record.name or record.project or record.unit or ""
        level, project = self._level(record, label), None
        if level == "unit":
            self._unit = self._units.find(label) or label
            self._differs(label, self._unit, record)
        elif level == "total":
            self._unit = None
        elif record.unit:
            self._unit = self._units.find(record.unit) or record.unit
        elif level in {"line", "project"} and not self._unit:
            self._parted = True
        if level == "project":
            printed_name = record.project or label
            project = self._projects.find(printed_name) or printed_name
            self._differs(printed_name, project, record)
        return {
            "level": level,
            "code": self._code(record),
            "name": label,
            "unit": self._unit,
            "project": project,
        }

    def _level(self, record: Record, label: str) -> str:
        code = self._code(record)
        if vocabulary.line("total").fullmatch(printed.key(label)) and not code:
            return "total"
        if not label and not code:
            if self._labelled:
                self._notes.doubted("row_without_name", record.place)
            return "line" if self._labelled else "total"
        if code and not record.project:
            return codes.level(code) or "item"
        apart = bool(record.project) and (self._by_unit or not self._items)  # beside unit or code
        if not apart and self._is_unit(record, label):
            return "unit"
        listed = self._items and not vocabulary.line("no_project").match(label)
        return "project" if apart or listed else "line"

    def _is_unit(self, record: Record, label: str) -> bool:
        """Whether a row without a code heads those of a unit."""
        if not record.name and not record.project:
            return True  # nothing but a unit is named
        if self._units.find(label) and not (self._parted and self._units.own(label)):
            return True
        return self._coded and not self._items and looks_like_unit(label)

    def _code(self, record: Record) -> str | None:
        """The whole code; a row that leaves the class out continues the one before."""
        if record.code and len(record.code) == 2 and len(self._parent) >= 3:
            return self._parent[:3] + record.code
        if record.code:
            self._parent = record.code
        return record.code

    def _differs(self, label: str, name: str, record: Record) -> None:
        """Note a label that is more than a bracket or a blank away from the listed name."""
        if not self._units.same(label, name):
            self._notes.mended("name_variant", record.place, label, name)
