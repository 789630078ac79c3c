"""Labels: everything in both languages, placeholders alike."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

from budgetkit import language, schema
from budgetkit.assembling import vocabulary
from budgetkit.audit import naming
from budgetkit.vocabulary import words


def leaves(node, path=()):
    if set(node) <= {"zh", "en"}:
        yield ".".join(path), node
        return
    for name, child in node.items():
        yield from leaves(child, (*path, name))


TEXT = files("budgetkit").joinpath("vocabulary/labels.toml").read_text(encoding="utf-8")
LABELS = dict(leaves(tomllib.loads(TEXT)))


def test_every_label_has_both_languages():
    assert LABELS
    for key, texts in LABELS.items():
        assert set(texts) == {"zh", "en"}, key
        assert not re.search(r"[\u4e00-\u9fff]", texts["en"]), key
        holes = [sorted(re.findall(r"{\w+", text)) for text in texts.values()]
        assert set(holes[0]) == set(holes[1]), key


def test_every_table_and_measure_has_a_label():
    for table in vocabulary.tables():
        assert table.form or f"table.{table.id}" in LABELS, table.id
        for measure, _ in table.measures:
            assert f"measure.{measure}" in LABELS, measure


def test_every_section_of_a_text_has_a_label():
    """Statements of change are told by section."""
    for section in words("sections")["section"]:
        assert f"table.{section['key']}" in LABELS, section["key"]


def test_every_level_side_and_kind_has_a_label():
    keys = [
        *(f"level.{level}" for level in schema.LEVELS),
        *(f"side.{side}" for side in schema.SIDES),
        *(f"unit_kind.{kind}" for kind in schema.UNIT_KINDS),
        *(f"note_kind.{kind}" for kind in schema.NOTE_KINDS),
        *(f"frame.{frame}" for frame in schema.FRAMES),
    ]
    assert [key for key in keys if key not in LABELS] == []


def test_a_key_that_is_not_there_is_its_own_label():
    assert language.label("measure.三公经费/小计") == "三公经费/小计"


def test_every_stated_number_has_a_label():
    facts = words("facts")["fact"]
    keys = {f["key"].format(section=name) for f in facts for name in f.get("sections", [""])}
    assert {f"fact.{key}" for key in keys} <= set(LABELS)


def test_what_a_lesson_lacks_is_said_in_both_languages():
    """Errors about a document go through `language.missing`, never through a text of their own."""
    for path in Path(language.__file__).parent.rglob("*.py"):
        if path.name not in {"language.py", "errors.py"}:
            assert "MissingDataError(" not in path.read_text(encoding="utf-8"), path
    used = {
        found
        for path in Path(language.__file__).parent.rglob("*.py")
        for found in re.findall(r'missing\(\s*"(\w+)"', path.read_text(encoding="utf-8"))
    }
    ours = {key.removeprefix("missing.") for key in LABELS if key.startswith("missing.")}
    assert used == ours - {"no_table", "sources_tried"}


#: Labels that stand within a sentence or beside a number, never at the head of a line.
WITHIN = [
    "meta.typeset",
    "meta.named",
    "meta.page",
    "note_kind.",
    "progress.",
    "students.kind.",
    "students.why.",
    "students.bound.",
    "audit.page",
    "audit.column.",
    "audit.blank",
    "audit.more",
    "audit.or",
    "fact.",
    "explore.from",
    "explore.to",
    "explore.own",
    "explore.still",
    "missing.",
    "doctor.remedy.",
]

PROPER = {"Chinese", "English", "Gini", "Herfindahl", "Java", "Jupyter", "Unicode"}


def test_english_labels_are_in_sentence_case():
    for key, texts in LABELS.items():
        english = texts["en"].strip()
        if not key.startswith(tuple(WITHIN)) and re.match("[A-Za-z]", english):
            own = re.match(r"tabula |jupyter", english)
            assert own or english[0].isupper(), f"{key}: {english!r} begins with a small letter"
        inside = set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", english))
        assert inside <= PROPER, f"{key}: {english!r} has capitals inside"
    for english in words("statements")["english"].values():
        assert english[0].isupper(), english


def test_a_stated_number_of_an_item_is_called_after_it():
    keys = ["amount.公务接待费", "share.205", "share.公务接待费.“三公”经费", "execution.205.budget"]
    assert [naming.fact(key) for key in keys] == [
        "公务接待费",
        "教育支出占比",
        "公务接待费占“三公”经费",
        "教育支出预算",
    ]
    with language.language("en"):
        assert [naming.fact(key) for key in keys] == [
            "Official hospitality",
            "Education: share",
            "Official hospitality: share of “Travel abroad, vehicles and hospitality together”",
            "Education: budget",
        ]
