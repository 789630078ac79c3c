"""The forms of places of which no published document is at hand, set from descriptions.

Titles, headings and codes are as the place prints them; the figures are made up and add up.
"""

from collections import Counter
from dataclasses import replace

import pytest

import budgetkit as bk
from budgetkit import printed
from budgetkit.assembling.meta import describe
from budgetkit.language import label
from budgetkit.language import language as speaking
from budgetkit.reading.model import Line
from budgetkit.typeset import html, pdf
from budgetkit.typeset.styles import style
from tests.places.printed import LABELS, figures, form, of, paper, places, rows

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
    kept = {"unknown_column"} if table.get("kept") else set()
    assert (DOUBTS - kept).isdisjoint(doc.notes["key"]), doc.notes["message"].tolist()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_measure_has_a_label(language):
    tables = [
        table for place in PLACES.values() for table in place["table"] if not table.get("kept")
    ]
    measures = {of(column)[1] for table in tables for column in rows(table["columns"])[0]} - LABELS
    with speaking(language):
        assert [m for m in sorted(measures) if label(f"measure.{m}") == m] == []


FORMS = [(name, form["title"]) for name, place in PLACES.items() for form in place.get("form", ())]
TARGETS = "unit project budget_total level1 level2 indicator operator target target_unit weight"


@pytest.mark.parametrize(("name", "title"), FORMS)
def test_every_form(name, title, tmp_path):
    place = PLACES[name]
    table = next(table for table in place["form"] if table["title"] == title)
    path = tmp_path / "form.html"
    html.write(replace(paper(place, []), sheets=(form(table),)), path, style("single"))
    doc = bk.read(path)
    found = doc.targets[TARGETS.split()].astype("object")
    told = found.where(found.notna(), "").astype("str").to_numpy().tolist()
    assert told == rows(table["targets"])
    assert doc.notes["message"].tolist() == []


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
    assert doc.audit().failures.empty, doc.audit().failures["message"].tolist()
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


@pytest.mark.parametrize(
    ("title", "department", "year", "kind", "place"),
    [
        (
            "2024年佛山市南海区教育局部门预算公开",
            "佛山市南海区教育局",
            2024,
            "budget",
            "佛山市南海区",
        ),
        ("陕西省财政厅2024年部门综合预算说明", "陕西省财政厅", 2024, "budget", "陕西省"),
        ("儋州市财政局2023年度（本级）决算公开报告", "儋州市财政局", 2023, "final", "儋州市"),
        (
            "政协广西壮族自治区委员会办公厅2024年部门预算",
            "政协广西壮族自治区委员会办公厅",
            2024,
            "budget",
            "广西壮族自治区",
        ),
        (
            "红河哈尼族彝族自治州泸西县人民法院2024年部门预算公开",
            "红河哈尼族彝族自治州泸西县人民法院",
            2024,
            "budget",
            "红河哈尼族彝族自治州泸西县",
        ),
        (
            "彭水苗族土家族自治县审计局2020年部门决算",
            "彭水苗族土家族自治县审计局",
            2020,
            "final",
            "彭水苗族土家族自治县",
        ),
    ],
)
def test_what_a_title_says(title, department, year, kind, place, tmp_path):
    path = tmp_path / "title.txt"
    body = "目录\n“三公”经费支出表\n单位：万元\n项目\t金额\n合计\t10.00\n公务接待费\t10.00\n"
    path.write_text(f"{title}\n{body}", encoding="utf-8")
    meta = bk.read(path).meta
    assert (meta.title, meta.department) == (title, department)
    assert (meta.year, meta.kind, meta.place) == (year, kind, place)
