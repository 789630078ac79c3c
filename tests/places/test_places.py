"""The forms of places of which no published document is at hand, set from descriptions.

Titles, headings and codes are as the place prints them; the figures are made up and add up.
"""

from collections import Counter

import pytest

import budgetkit as bk
from budgetkit import printed
from budgetkit.assembling.meta import describe
from budgetkit.reading.model import Line
from budgetkit.typeset import html, pdf
from budgetkit.typeset.styles import style
from tests.places.printed import figures, paper, places

PLACES = places()
TABLES = [(name, table["title"]) for name, place in PLACES.items() for table in place["table"]]
DOUBTS = {"unknown_table", "unknown_column", "row_without_name", "not_an_amount"}


def read(doc):
    """The figures of a disclosure, as `printed.figures` writes them."""
    columns = ["table", "side", "code", "name", "measure", "amount"]
    found = doc.figures[columns].astype("object").fillna("").to_numpy().tolist()
    return Counter((*row[:3], printed.key(row[3]), *row[4:]) for row in found)


@pytest.mark.parametrize(("name", "title"), TABLES)
def test_every_table(name, title, tmp_path):
    place = PLACES[name]
    table = next(table for table in place["table"] if table["title"] == title)
    path = tmp_path / "table.html"
    html.write(paper(place, [table]), path, style("single"))
    doc = bk.read(path)
    assert [t.table for t in doc.meta.tables] == [table["is"]]
    assert read(doc) == Counter(figures(table))
    assert DOUBTS.isdisjoint(doc.notes["key"]), doc.notes["message"].tolist()


@pytest.mark.slow
@pytest.mark.parametrize("name", PLACES)
def test_all_tables_as_pdf(name, tmp_path):
    place, seen = PLACES[name], Counter()
    path = tmp_path / "place.pdf"
    pdf.write(paper(place), path, style("single"))
    doc = bk.read(path)
    expected = Counter()
    for table in place["table"]:
        seen[table["is"]] += 1
        expected += Counter(figures(table, seen[table["is"]]))
    assert read(doc) == expected
    doc.typeset(tmp_path / "again.html", style="yuan")
    assert read(bk.read(tmp_path / "again.html")) == expected
    told = {key: getattr(doc.meta, key) for key in place["meta"]}
    assert told == place["meta"]


@pytest.mark.parametrize(
    ("title", "department", "place"),
    [
        ("某某部2024年部门预算", "某某部", None),
        ("2024年度某某部部门预算", "某某部", None),
        ("国家某某监督管理总局2023年度部门决算", "国家某某监督管理总局", None),
        ("辽宁省某某委员会2022年度部门（单位）预算", "辽宁省某某委员会", "辽宁省"),
        ("关于天津市某某委员会2024年部门预算的说明", "天津市某某委员会", "天津市"),
        ("2023年度中共河北省委某某部部门决算", "中共河北省委某某部", "河北省"),
        (
            "鄂尔多斯市达拉特旗某某局2022年部门预算",
            "鄂尔多斯市达拉特旗某某局",
            "鄂尔多斯市达拉特旗",
        ),
        ("锡林郭勒盟某某局2022年部门预算", "锡林郭勒盟某某局", "锡林郭勒盟"),
    ],
)
def test_titles(title, department, place):
    told = describe([Line(title, 1), Line("目录", 1)])
    assert (told["department"], told["place"]) == (department, place)
    assert told["kind"] == ("final" if "决算" in title else "budget")
