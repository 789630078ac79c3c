"""The lessons: how a saved one has to look, and that every one of them runs."""

import ast
import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import budgetkit as bk
from tools import build_notebooks, lessons

PATHS = lessons.paths()

#: A saved notebook without outputs is text: more bytes than this is something pasted in.
CAP = 60_000

#: Every notebook that is saved: both editions, and the sources of the assignments.
SAVED = sorted(p for p in lessons.FOLDER.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)

each = pytest.mark.parametrize("path", PATHS, ids=[path.stem for path in PATHS])


def prose(path):
    """The markdown of a notebook."""
    cells = lessons.open_lesson(path).cells if path.suffix == ".ipynb" else []
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("path", SAVED, ids=[str(p.relative_to(lessons.FOLDER)) for p in SAVED])
def test_notebook_is_saved_clean(path):
    notebook = lessons.open_lesson(path)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert not [cell.source for cell in code if cell.outputs or cell.execution_count]
    assert notebook.metadata.kernelspec.name == "python3"
    assert path.stat().st_size < CAP
    assert "attachments" not in json.dumps(notebook)
    source = "\n".join(cell.source for cell in notebook.cells)
    assert not re.search(r"/home/|/Users/|/tmp/|[A-Z]:\\\\|\.\./shared", source)


@pytest.mark.parametrize("path", SAVED, ids=[str(p.relative_to(lessons.FOLDER)) for p in SAVED])
def test_links_of_a_notebook_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(path)):
        if not re.match(r"https?:", target):
            file, _, anchor = target.partition("#")
            there = path.parent / file if file else path
            assert there.is_file(), target
            headings = re.findall(r"^#+ (.+)", prose(there), re.MULTILINE) if anchor else []
            assert not anchor or anchor in [heading.replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_lesson_sends_students_to_no_page_for_lecturers(language):
    pages = lessons.paths(language)
    assert not [p.name for p in pages if re.search(r"\]\([^)]*(?:exercises|lecturers)/", prose(p))]


def test_lesson_3_says_in_chinese_what_the_words_of_its_frames_mean():
    (path,) = [p for p in lessons.paths("zh") if p.stem.startswith("03")]
    aid = bk.students.projects(bk.load("xinjiang-miit-2024"))
    words = {*aid["kind"], *aid["verdict"], "known", "bounded", "unknowable"}
    assert words == words & set(re.findall(r"(\w+)(?:`|\*\*)（[\u4e00-\u9fff]", prose(path)))


@pytest.mark.parametrize("path", SAVED, ids=[str(p.relative_to(lessons.FOLDER)) for p in SAVED])
def test_notebook_names_no_natural_person(path):
    """No telephone number, and no label after which forms print somebody's name."""
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}", prose(path))
    assert not re.search(r"(?:联系人|联系电话|负责人|填表人|经办人)\s*[:：]", prose(path))


@each
def test_notebook_is_a_lesson(path):
    text = re.sub(r"^```.*?^```", "", prose(path), flags=re.DOTALL | re.MULTILINE)
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    assert re.search(r"(?:\*\*Learning goals\.\*\*[^\n]*|## What you will learn)\n\n- ", text)
    assert re.search(r"^## Exercises$", text, re.MULTILINE)
    heading = lessons.heading(lessons.open_lesson(path))
    assert heading.title
    assert heading.summary
    assert re.match(r"\d\d_[a-z_]+$", path.stem)


@each
def test_cell_ids_are_given_by_us(path):
    """Numbers in order, so that a difference between two versions is a difference in content."""
    ids = [cell.id for cell in lessons.open_lesson(path).cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"(?:[a-z]+\d*-)?\d+[a-z]?", name) for name in ids)


@each
def test_charts_are_the_packages_own(path):
    """They have a title and name their source; bare ones of pandas and matplotlib have neither."""
    code = "\n".join(c.source for c in lessons.open_lesson(path).cells if c.cell_type == "code")
    bare = re.findall(r"plt\.(?!subplots|close)\w+|\.plot\.\w+\(|\.hist\(|\.boxplot\(", code)
    assert not bare


@each
def test_functions_of_a_lesson_read_the_document_that_they_are_given(path):
    """One that reads the lesson's `puzzle` would check that and not the puzzle of the reader."""
    cells = [c.source for c in lessons.open_lesson(path).cells if c.cell_type == "code"]
    lesson = ast.parse("\n".join(cells))
    makes = re.compile(r"bk\.load\(|bk\.read\(|\.apply\(|\.plant\(")
    documents = {
        name.id
        for made in lesson.body
        if isinstance(made, ast.Assign) and makes.search(ast.unparse(made.value))
        for name in ast.walk(made.targets[0])
        if isinstance(name, ast.Name)
    }
    for function in lesson.body:
        if isinstance(function, ast.FunctionDef):
            given = {argument.arg for argument in function.args.args}
            read = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
            assert not read & documents - given


#: Put before a lesson, says of every figure as it is shown what it lacks.
WATCH = """
def look():
    import sys

    if plt := sys.modules.get("matplotlib.pyplot"):
        for figure in map(plt.figure, plt.get_fignums()):
            texts = [text.get_text() for text in figure.findobj(plt.Text)]
            titled = any(ax.get_title(where) for ax in figure.axes for where in ("left", "center"))
            names = ("Source", "资料来源", ".pdf · ")
            sourced = any(name in text for text in texts for name in names)
            if not titled or not sourced:
                print("a chart without title or source:", texts, file=sys.stderr)

get_ipython().events.register("post_execute", look)
"""


@pytest.mark.slow
@each
def test_notebook_runs(path, tmp_path):
    watched = lessons.open_lesson(path)
    watched.cells.insert(0, new_code_cell(WATCH))
    nbformat.write(watched, tmp_path / path.name)
    notebook = lessons.execute(tmp_path / path.name)
    page = build_notebooks.render(notebook, path, "en")
    assert "No description has been provided" not in page
    assert "widgets" not in notebook.metadata
    assert not re.search(r'<(script|link|img)[^>]+(src|href)="https?:', page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_lead_on_by_the_titles_of_lessons(language):
    path = lessons.paths(language)[2]
    page = build_notebooks.render(lessons.open_lesson(path), path, language)
    for place, way in ((1, "prev"), (3, "next")):
        told = build_notebooks.entry(lessons.paths(language)[place])
        link = re.search(rf'<a href="{told["name"]}.html" rel="{way}">(.+?)</a>', page)
        assert link
        assert told["title"] in link[1]


def test_one_style_sheet_names_the_font_and_lies_beside_it(tmp_path):
    build_notebooks.furnish(tmp_path)
    sheets = [*lessons.ROOT.glob("tools/**/*.css"), *lessons.ROOT.glob("site/**/*.css")]
    texts = {sheet.name: sheet.read_text(encoding="utf-8") for sheet in sheets}
    assert [name for name, text in texts.items() if "@font-face" in text] == ["chinese.css"]
    (brought,) = re.findall('@import "(.+?)"', texts["course.css"])
    for font in re.findall(r'url\("(.+?)"\)', texts["chinese.css"]):
        assert (tmp_path / brought).with_name(font).is_file()
    assert (tmp_path / brought).read_text(encoding="utf-8") == texts["chinese.css"]


def test_the_style_sheet_knows_chinese_notebooks_by_a_heading():
    """In JupyterLab, whose page says nothing of their language."""
    sheet = (lessons.ROOT / "tools" / "fonts" / "chinese.css").read_text(encoding="utf-8")
    (word,) = set(re.findall(r'\[href\*="(.+?)"\]', sheet))
    for path in [*PATHS, lessons.ANSWERS]:
        for edition, known in ((path, False), (path.parent / "zh" / path.name, True)):
            headings = re.findall(r"^#+ .+", prose(edition), re.MULTILINE)
            assert any(word in heading for heading in headings) == known


def test_lesson_7_counts_what_is_out_of_step():
    """Its prose tells a sum over all bundled documents, and one more document changes it."""
    lesson = next(path for path in PATHS if path.stem.startswith("07"))
    told = re.search(r"(\w+) statements in (\w+) documents are out of step", prose(lesson)).groups()
    grades = [bk.variance.graded(bk.load(name))["grade"] for name in bk.datasets()["name"]]
    odd = [int((grade == "out_of_step").sum()) for grade in grades]
    words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    assert [word.lower() for word in told] == [words[sum(odd)], words[sum(map(bool, odd))]]


#: Numbers that a lesson tells: where, the cell that computes them, and how each is printed.
TOLD = [
    ("03", "l03-28b", "l03-28a", {"2,231.36": "2231.36", "1,735": "1735.0", "2,115": "2115.0"}),
    ("03", "l03-35a", "l03-35", {"1,036.45": "1036.45"}),
    ("04", "l04-13", "l04-11", {"37 were": "37", "four of them": "4"}),
    ("06", "l06-18", "l06-17", {t: t for t in ("expenditure", "general_expenditure")}),
    ("07", "l07-13", "l07-12", {"16.5 %": "0.165", "15.3 %": "0.153"}),
    ("07", "l07-07a", "l07-07", {"NaN": "NaN"}),
]


@pytest.mark.slow
@pytest.mark.parametrize("lesson", sorted({lesson for lesson, *_ in TOLD}))
def test_what_a_lesson_tells_is_printed_beside_it(lesson):
    path = next(path for path in PATHS if path.stem.startswith(lesson))
    cells = {cell.id: cell for cell in lessons.execute(path).cells}
    for own, told, printed, numbers in TOLD:
        if own == lesson:
            text = " ".join(cells[told].source.split())
            shown = [out["data"]["text/plain"] for out in cells[printed].outputs]
            assert not [number for number in numbers if number not in text]
            assert not [word for word in numbers.values() if word not in "\n".join(shown).split()]


def test_lesson_3_says_why_its_sums_of_student_aid_differ():
    doc = bk.load("xinjiang-miit-2024")
    (path,) = [p for p in PATHS if p.stem.startswith("03")]
    (told,) = [cell.source for cell in lessons.open_lesson(path).cells if cell.id == "l03-35a"]
    text = bk.students.projects(doc)
    schools = bk.students.by_school(doc)["amount"]
    lines = doc.wide("general_projects").query("level == 'unit'")
    (line,) = lines.loc[lines["name"].str.startswith("新疆工业职业技术学院"), "total"]
    by_table = float(schools.sum())
    by_text = float(text["amount"].sum())
    for number in (by_table, by_text, by_table - by_text, line):
        assert f"{number:,.2f}" in told


def test_lesson_0_counts_the_tables_without_amounts():
    doc = bk.load("xinjiang-miit-2024")
    (told,) = [cell.source for cell in lessons.open_lesson(PATHS[0]).cells if cell.id == "l00-14a"]
    filled = set(doc.figures["table"])
    empty = {table.table for table in doc.meta.tables} - filled
    assert (len(filled), len(doc.meta.tables)) == (9, 11)
    assert "Nine tables" in told
    assert "11" in told
    assert empty == {"government_fund", "state_capital"} == set(re.findall(r"`(\w+)`", told))


def saved(folder, *cells):
    """A notebook of these cells on disk."""
    path = folder / "01_made_up.ipynb"
    notebook = new_notebook(cells=list(cells))
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, path)
    return path


PLANNED = [path for path in SAVED if re.search(r"^\| 0–", prose(path), re.MULTILINE)]


@pytest.mark.parametrize("path", PLANNED, ids=[str(p.parent.name + p.stem) for p in PLANNED])
def test_the_plan_of_a_lesson_fills_45_minutes(path):
    steps = re.findall(r"^\| (\d+)–(\d+) \|", prose(path), re.MULTILINE)
    ends = [int(end) for _, end in steps]
    assert [int(start) for start, _ in steps] == [0, *ends[:-1]]
    assert ends == sorted(set(ends))
    assert ends[-1] == 45


def test_both_editions_of_lessons_1_to_7_have_a_plan():
    assert len(PLANNED) == 14


@pytest.mark.parametrize(("lesson", "parts"), [("03", 1), ("04", 2)])
@pytest.mark.parametrize(
    ("edition", "mark"), [("en", "Optional, for a second session"), ("zh", "选学")]
)
def test_what_is_optional_is_marked_and_outside_its_plan(edition, mark, lesson, parts):
    (path,) = [p for p in lessons.paths(edition) if p.stem.startswith(lesson)]
    headings = re.findall(r"^## (.+)", prose(path), re.MULTILINE)
    assert sum(heading.startswith(mark) for heading in headings) == parts
    assert f"\n| {mark.split(',')[0].lower()} |" in prose(path)


@each
def test_an_excerpt_is_not_called_printed(path):
    """It is set anew from the figures, under short headings."""
    before = ""
    for cell in lessons.open_lesson(path).cells:
        if ".excerpt(" in cell.source:
            assert not re.search(r"\bis printed|\bprints its", before), before
            assert "set anew" in before
        before = cell.source


@each
def test_a_plan_names_what_doesnt_show_only_where_a_section_has_it(path):
    if re.search(r"^\| \d+–45 \|.+doesn't", prose(path), re.MULTILINE):
        assert re.search(r"^## What this lesson shows, and what it doesn't$", prose(path), re.M)


def test_heading_is_the_title_and_the_first_paragraph(tmp_path):
    cells = [
        new_markdown_cell("# Who pays? 收入构成\n\nOne *pocket*.\n\nMore."),
        new_code_cell("1"),
    ]
    heading = lessons.heading(lessons.open_lesson(saved(tmp_path, *cells)))
    assert heading == lessons.Heading("Who pays? 收入构成", "One *pocket*.")


def test_heading_without_a_blank_line_after_the_title(tmp_path):
    cells = [new_markdown_cell("# Title\nDirectly below.\n## Next")]
    heading = lessons.heading(lessons.open_lesson(saved(tmp_path, *cells)))
    assert heading == lessons.Heading("Title", "Directly below.")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("1 / 0", "cell 1 failed"),
        ("import warnings; warnings.warn('beware')", "cell 1 wrote to standard error"),
    ],
)
def test_a_faulty_notebook_is_reported(tmp_path, source, said):
    path = saved(tmp_path, new_markdown_cell("# Title"), new_code_cell(source))
    with pytest.raises(lessons.LessonError, match=said) as caught:
        lessons.execute(path)
    assert path.name in str(caught.value)
