"""What was carried over from last year, item by item."""

import re
from collections.abc import Sequence

from budgetkit.notes import Notes
from budgetkit.prose import words
from budgetkit.prose.money import money
from budgetkit.prose.paragraphs import BODY, Paragraph


def read(found: Sequence[Paragraph], notes: Notes) -> list[dict]:
    """Records of ``carryovers``: the numbered items of the section on carry-overs."""
    records: list[dict] = []
    for paragraph in found:
        if paragraph.section != "carryover" or paragraph.level in (0, 1, 2, BODY):
            continue
        item = words.pattern("carryovers", "item").match(paragraph.text)
        if item is None:
            if paragraph.number and re.search(r"\d", paragraph.text):
                notes.unplaced(
                    "prose.carryover_without_amount", paragraph.place, paragraph.text[:30]
                )
            continue
        purpose = words.pattern("carryovers", "purpose").search(item["rest"])
        records.append(
            {
                "no": paragraph.number,
                "project": item["project"].strip(),
                "amount": float(money(item["number"], item["unit"])),
                "purpose": item["rest"][purpose.end() :].strip("，,。；; ") if purpose else None,
                "place": paragraph.place,
            }
        )
    return _numbered(records, notes)


def _numbered(records: list[dict], notes: Notes) -> list[dict]:
    """Numbers as printed; where they repeat or lack, counted, and a note."""
    numbers = [record["no"] for record in records]
    if numbers != list(range(1, len(numbers) + 1)) and numbers:
        notes.doubted("prose.carryover_numbers", records[0]["place"], f"{len(numbers)}")
        if len(set(numbers)) < len(numbers) or None in numbers:
            records = [{**record, "no": n} for n, record in enumerate(records, start=1)]
    return [{k: v for k, v in record.items() if k != "place"} for record in records]
