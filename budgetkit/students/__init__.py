"""Per-student subsidy (生均资助): what the aid programmes come to per student.

A document states an amount, often how many students are paid, and often how much
each gets a year. The three bind one another. Here every one of them is an
interval, and so is what follows from it: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from budgetkit import language
from budgetkit.errors import BudgetkitError, MissingDataError
from budgetkit.intervals import UNKNOWN, Interval
from budgetkit.printed import exact, key
from budgetkit.students import aid, claims
from budgetkit.students.claims import Claim
from budgetkit.students.whatif import what_if
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from budgetkit.disclosure import Disclosure
    from budgetkit.explorers.students import StudentsExplorer

__all__ = [
    "by_school",
    "explore",
    "plot",
    "projects",
    "together",
    "vocational",
    "what_if",
]

_BOUNDS = ("both", "upper", "lower", "none")


def projects(doc: Disclosure) -> pd.DataFrame:
    """Hold amount, headcount and standard of every student-aid project against each other.

    With the headcounts and standards that the text states, between
    Σ low headcount × lowest standard and Σ high headcount × highest standard can be
    paid out. An amount outside that range contradicts the other two.

    Parameters
    ----------
    doc : Disclosure
        A document whose text describes projects (frames ``projects``,
        ``project_headcounts``, ``project_standards``).

    Returns
    -------
    DataFrame
        One row per aid project; what the document leaves open is missing.

        - ``no``, ``project``: as in ``doc.projects``; ``kind``: what it pays for
          (``grant``, ``scholarship``, ``mixed``, ``fees``, ``meals``, ``service``)
        - ``amount``: 万元, from the text; ``table_amount``: 万元, the same project
          in table ``general_projects``, all units together
        - ``headcount_low``, ``headcount_high``: persons, as stated
        - ``standard_min``, ``standard_max``: yuan per person and year, lowest and
          highest tier of any group; ``standard_mean``: the average that is stated,
          where there is one group
        - ``implied_low``, ``implied_high``: persons that the amount pays for a whole
          year (amount / standards)
        - ``yuan_low``, ``yuan_high``: yuan per student and year (amount / headcount)
        - ``feasible_low``, ``feasible_high``: 万元 that headcounts and standards call for
        - ``possible``: whether all three can be true; missing where too little is stated
        - ``at_average``: whether they can also be true with the stated average
        - ``verdict``: ``consistent``, ``inconsistent`` or ``underdetermined``;
          ``why``: a sentence in the language in use

    Raises
    ------
    MissingDataError
        If the text describes no project of student aid.

    Notes
    -----
    Amounts are taken as printed. A monthly standard counts for the months it
    states, or for 10 to 12 where it states none. A headcount is taken as students
    paid for a whole year.

    Examples
    --------
    >>> import budgetkit as bk
    >>> aid = bk.students.projects(bk.load("xinjiang-miit-2024")).set_index("no")
    >>> aid.loc[24, ["amount", "feasible_low", "feasible_high", "verdict"]].to_dict()
    {'amount': 1513.0, 'feasible_low': 990.0, 'feasible_high': 2420.0, 'verdict': 'consistent'}
    >>> aid["verdict"].value_counts().to_dict()
    {'underdetermined': 11, 'inconsistent': 4, 'consistent': 3}
    """
    printed = aid.table_amounts(doc)
    rows = []
    for project in aid.projects(doc).to_dict("records"):
        claim = claims.read(doc, project["no"], project["amount"], project["project"])
        table_amount = printed.get(key(project["project"]))
        rows.append(
            {
                "no": project["no"],
                "project": project["project"],
                "kind": aid.kind(project["project"]),
                "amount": project["amount"],
                "table_amount": table_amount,
                **claims.columns(claim),
                "why": claims.why(claim, table_amount),
            }
        )
    return _typed(pd.DataFrame(rows))


def together(doc: Disclosure) -> pd.DataFrame:
    """Take aid projects that pay the same groups together, and check them again.

    One grant is often paid from two purses, a central and a regional one (配套).
    Each project then states all recipients and the whole standard, but only its own
    part of the money: alone it looks impossible, together they may be possible.
    Projects belong together that name the same group; of the headcounts of a group
    what all of them allow is kept.

    Parameters
    ----------
    doc : Disclosure
        As for `projects`.

    Returns
    -------
    DataFrame
        One row per set of two or more projects: ``projects`` (list of ``no``),
        ``groups`` (list of names), ``amount`` (万元), and the columns from
        ``headcount_low`` to ``why`` of `projects`. No row where no two projects
        share a group.

    Raises
    ------
    MissingDataError
        If the text describes no project of student aid.

    Examples
    --------
    >>> import budgetkit as bk
    >>> sets = bk.students.together(bk.load("xinjiang-miit-2024"))
    >>> sets["projects"].tolist(), sets["amount"].tolist(), sets["verdict"].tolist()
    ([[15, 24], [18, 26]], [1945.36, 46.0], ['consistent', 'consistent'])
    """
    found = aid.projects(doc)
    stated = {
        project["no"]: claims.read(doc, project["no"], project["amount"], project["project"])
        for project in found.to_dict("records")
    }
    rows = []
    for numbers in claims.sharing(stated):
        joined = claims.joined([stated[no] for no in numbers])
        rows.append(
            {
                "projects": numbers,
                "groups": [group.name for group in joined.groups],
                "amount": float(joined.amount / 10000),
                **claims.columns(joined),
                "why": claims.why(joined, None),
            }
        )
    columns = ["projects", "groups", "amount", *claims.columns(Claim(Decimal(0), ())), "why"]
    return _typed(pd.DataFrame(rows, columns=columns))


def by_school(doc: Disclosure) -> pd.DataFrame:
    """Bound what each school's aid money comes to per student.

    Money is from table ``general_projects``; students are what the school promises in
    its performance indicators (绩效指标). A promise of "at least 8,000 students" is
    only a floor, so the yuan per student only have a ceiling.

    Parameters
    ----------
    doc : Disclosure
        A document with table ``general_projects``.

    Returns
    -------
    DataFrame
        One row per unit with aid money, most money first.

        - ``unit``; ``projects``: how many aid projects; ``amount``: 万元, ``cash``: 万元
          of it that goes to students themselves (measure ``household_transfers``)
        - ``students_low``, ``students_high``: persons, bounds from ``doc.targets``
        - ``yuan_low``, ``yuan_high``: yuan per student and year, all students of the
          school counted, not only those who are paid
        - ``bound``: which bounds of the yuan are known: ``both``, ``upper``,
          ``lower``, ``none``
        - ``basis``: the indicator that bounds the students; ``why``: a sentence in
          the language in use

    Raises
    ------
    MissingDataError
        If the document has no table ``general_projects``, or no aid money in it.

    Examples
    --------
    >>> import budgetkit as bk
    >>> schools = bk.students.by_school(bk.load("xinjiang-miit-2024"))
    >>> schools[["amount", "students_low", "yuan_high", "bound"]].iloc[0].to_dict()
    {'amount': 2625.78, 'students_low': 8000, 'yuan_high': 3282.225, 'bound': 'upper'}
    """
    money = aid.rows(doc)
    rows = []
    for unit, own in money.groupby("unit", sort=False):
        amount = aid.total(own[own["measure"] == "total"])
        students, basis = aid.students(doc, str(unit))
        rows.append(
            {
                "unit": unit,
                "projects": own["project"].map(key).nunique(),
                "amount": float(amount),
                "cash": float(aid.total(own[own["measure"] == "household_transfers"])),
                "students_low": claims.count(students.low),
                "students_high": claims.count(students.high),
                **_per_student("yuan", amount, students),
                "bound": _bound(students),
                "basis": basis,
                "why": language.label(f"students.bound.{_bound(students)}", basis=basis),
            }
        )
    frame = pd.DataFrame(rows).sort_values("amount", ascending=False, ignore_index=True)
    return _typed(frame)


def vocational(doc: Disclosure, table: str = "expenditure") -> pd.DataFrame:
    """Bound basic and project money for vocational education (职业教育, 20503) per student.

    Students are those of all units with vocational money, as in `by_school`. They are
    known for the section as a whole only: which school teaches under which item isn't
    published, so the items are underdetermined.

    Parameters
    ----------
    doc : Disclosure
        A document with tables by function and ``general_projects``.
    table : {"expenditure", "general_expenditure"}
        All money, or that of the general public budget alone.

    Returns
    -------
    DataFrame
        One row per code 20503…: ``code``, ``name``; ``basic``, ``project``, ``total``
        in 万元; ``students_low``, ``students_high`` (persons); for each of the three
        ``…_yuan_low`` and ``…_yuan_high`` (yuan per student and year); ``bound`` as in
        `by_school`, and ``why``.

    Raises
    ------
    MissingDataError
        If the table is missing or has no money for vocational education.

    Examples
    --------
    >>> import budgetkit as bk
    >>> money = bk.students.vocational(bk.load("xinjiang-miit-2024"))
    >>> money.loc[0, ["basic", "students_low", "basic_yuan_high"]].to_dict()
    {'basic': 28399.11, 'students_low': 13550.0, 'basic_yuan_high': 20958.7528}
    """
    prefix = words("students")["vocational"]["code"]
    rows = doc.figures[doc.figures["table"] == table]
    rows = rows[rows["code"].fillna("").str.startswith(prefix)]
    if rows.empty:
        raise MissingDataError(
            f"{doc.meta.source}: no money under code {prefix} (职业教育) in table {table!r}; "
            "doc.table('expenditure') shows what this department spends on"
        )
    students, basis = aid.all_students(doc, prefix)
    wide = rows.pivot_table("amount", ["code", "name"], "measure", "first", observed=True)
    wide = wide.reindex(columns=["basic", "project", "total"]).reset_index()
    found: list[dict[Hashable, Any]] = []
    for row in wide.to_dict("records"):
        known = students if row["code"] == prefix else UNKNOWN
        bound = _bound(known)
        reason = bound if row["code"] == prefix else "items"
        found.append(
            {
                **row,
                "students_low": claims.count(known.low),
                "students_high": claims.count(known.high),
                **_per_student("basic_yuan", _money(row["basic"]), known),
                **_per_student("project_yuan", _money(row["project"]), known),
                **_per_student("total_yuan", _money(row["total"]), known),
                "bound": bound,
                "why": language.label(f"students.bound.{reason}", basis=basis),
            }
        )
    return _typed(pd.DataFrame(found))


def plot(
    doc: Disclosure,
    kind: str = "intervals",
    *,
    no: int | None = None,
    headcount: float | Sequence[float] | None = None,
    standard: float | Sequence[float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the intervals.

    Parameters
    ----------
    doc : Disclosure
        As for `projects`.
    kind : {"intervals", "schools", "what_if"}
        ``intervals``: for each project with headcounts and standards, how many
        students it says it pays (grey) and how many its money pays for (blue where
        they can both be true, red where not). ``schools``: yuan per student at most,
        school by school. ``what_if``: amount, headcount and standard of one project,
        each beside what the other two call for.
    no, headcount, standard : optional
        For ``what_if`` alone, as there; it needs `no`.
    ax : Axes, optional
        Where to draw; a new figure if left out.

    Returns
    -------
    Axes
        The chart, in the language in use.

    Raises
    ------
    MissingDataError
        If there is nothing to draw.
    BudgetkitError
        If `kind` is neither, or what it needs isn't given, or more.

    Examples
    --------
    >>> import budgetkit as bk
    >>> ax = bk.students.plot(bk.load("xinjiang-miit-2024"))
    >>> len(ax.get_yticks())
    7
    """
    from budgetkit.students import charts

    kinds: dict[str, Callable[..., Axes]] = {
        "intervals": charts.intervals,
        "schools": charts.schools,
        "what_if": charts.three,
    }
    if kind not in kinds:
        raise BudgetkitError(f"kind {kind!r}: expected one of {', '.join(kinds)}")
    given = {"no": no, "headcount": headcount, "standard": standard}
    assumed = {name: value for name, value in given.items() if value is not None}
    if kind == "what_if" and no is None:
        raise BudgetkitError("kind 'what_if' is about one project: say which, no=…")
    if kind != "what_if" and assumed:
        raise BudgetkitError(f"{', '.join(assumed)}: only kind='what_if' is about one project")
    return kinds[kind](doc, ax=ax, **assumed)


def explore(doc: Disclosure | None = None) -> StudentsExplorer:
    """Try headcounts and standards, and see which of them can be true with the amount.

    Parameters
    ----------
    doc : Disclosure, optional
        By default one is chosen among the bundled ones, by department and year.

    Returns
    -------
    StudentsExplorer
        A widget; its ``view`` is the frame behind the chart, as `what_if` gives it, its
        ``code`` the cell that gives the same.

    Examples
    --------
    >>> import budgetkit as bk
    >>> explorer = bk.students.explore(bk.load("xinjiang-miit-2024"))
    >>> explorer.controls["project"].value = 35
    >>> explorer.view["fits"].tolist()
    [False, False, False]
    >>> explorer.controls["headcount"].value = (30, 40)
    >>> explorer.view["fits"].tolist()
    [True, True, True]
    """
    from budgetkit.explorers.students import StudentsExplorer

    return StudentsExplorer(doc)


def _money(amount: float) -> Decimal:
    """A printed amount in 万元; a blank cell is none."""
    return Decimal(0) if pd.isna(amount) else exact(amount)


def _bound(students: Interval) -> str:
    """Which bounds of yuan per student follow from bounds of students."""
    return {
        (True, True): "both",
        (True, False): "upper",
        (False, True): "lower",
        (False, False): "none",
    }[students.low > 0, students.bounded]


def _per_student(name: str, amount: Decimal, students: Interval) -> dict[Hashable, Any]:
    """Yuan per student from 万元 and bounds of students; an end that isn't known is missing."""
    if _bound(students) == "none":
        return {f"{name}_low": None, f"{name}_high": None}
    yuan = Interval.of(amount * 10000) / students
    return {
        f"{name}_low": claims.number(yuan.low) if students.bounded else None,
        f"{name}_high": claims.number(yuan.high),
    }


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Counts as Int64, truth values as boolean, verdicts as categories."""
    for column in frame:
        if str(column).startswith(("headcount_", "students_")) or column == "no":
            frame[column] = frame[column].astype("Int64")
        elif column in {"possible", "at_average"}:
            frame[column] = frame[column].astype("boolean")
        elif str(column).endswith(("_low", "_high", "_min", "_mean", "_max", "amount")):
            frame[column] = frame[column].astype("float64")
    for column, allowed in (("verdict", claims.VERDICTS), ("bound", _BOUNDS)):
        if column in frame:
            frame[column] = frame[column].astype(pd.CategoricalDtype(list(allowed)))
    return frame
