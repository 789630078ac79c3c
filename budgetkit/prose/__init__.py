"""Sentences in, frames out: units, projects, carry-overs, variances and facts."""

from collections.abc import Sequence

from budgetkit.notes import Notes
from budgetkit.prose import carryovers, execution, facts, projects, stated, units, variances
from budgetkit.prose.paragraphs import paragraphs
from budgetkit.reading.model import Grid, Line

__all__ = ["read"]

#: The frames that tell what a section says of each project, in place of facts.
OWN = {"general_projects": ("projects", "project_parts"), "carryover": ("carryovers",)}


def read(blocks: Sequence[Line | Grid], year: int | None = None) -> dict[str, list[dict]]:
    """Read the running text of a document.

    Parameters
    ----------
    blocks : sequence of Line or Grid
        The document in reading order; tables separate paragraphs,
        and a small one may list the budget units.
    year : int, optional
        The year that the document is about, for sentences and headings that name none.

    Returns
    -------
    dict of list of dict
        Records for the frames ``units``, ``projects``, ``project_parts``,
        ``project_headcounts``, ``project_standards``, ``carryovers``, ``variances``,
        ``facts`` and ``notes`` of `budgetkit.schema.FRAMES`. Money is in 万元 (yuan in
        ``project_standards``, as printed in ``facts``), ``share`` is 0–1, ``percent``
        is in percent; in ``facts`` what is stated of an item without a change has the key
        ``amount`` or ``share`` (in percent) ``.<code or item>[.<whole>]``. No natural
        person is in any of them.

    Examples
    --------
    >>> line = Line("机关运行经费预算12.50万元，比上年减少2.50万元，下降16.67%。", 1)
    >>> read([line])["variances"][0]["prior"]
    15.0
    """
    notes = Notes()
    found = paragraphs(blocks)
    own = {"units": units.read(found, notes) or units.tabled(blocks)}
    own |= {**projects.read(found, notes), "carryovers": carryovers.read(found, notes)}
    changes, amounts = variances.read(found, notes, year)
    known = [*facts.read(found), *execution.read(found)]
    amounts = [amount for amount in amounts if not _told(amount, own)]
    known += stated.read(amounts, changes, known)
    return {
        **own,
        "variances": changes,
        "facts": facts.unique(known, notes),
        "notes": notes.records,
    }


def _told(amount: stated.Stated, own: dict[str, list[dict]]) -> bool:
    """Whether the frames of its section tell an amount; standards (元) are the projects', too."""
    records = [record for frame in OWN.get(amount.section, ()) for record in own[frame]]
    standard = amount.printed["unit"] == "元" and bool(records)
    return standard or any(record["amount"] == float(amount.amount) for record in records)
