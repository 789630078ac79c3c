"""The site: it builds without a warning, every link leads somewhere, and it fetches nothing."""

from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from tools import build_notebooks, build_site, lessons

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Both editions, built with warnings as errors."""
    place = tmp_path_factory.mktemp("built")
    assert build_site.build(place / "site", place / "source") == 0
    return place / "site"


@pytest.fixture(scope="module")
def site(folder):
    """Every page, parsed."""
    return pages(folder)


def test_every_lesson_has_its_page_in_both_languages(site):
    names = [path.stem for path in lessons.paths()]
    assert {f"lessons/{name}.html" for name in names} <= set(site)
    assert {f"zh/lessons/{name}.html" for name in names} <= set(site)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_navigation_lists_lessons_by_number_and_title(site, language):
    start = site["index.html" if language == "en" else f"{language}/index.html"]
    told = start.xpath("//div[@class='sidebar-tree']//a/text()")
    titles = [lessons.heading(lessons.open_lesson(p)).title for p in lessons.paths(language)]
    assert told[: len(titles)] == [f"{n} · {title}" for n, title in enumerate(titles)]


@pytest.mark.parametrize(
    ("page", "says"),
    [("assignments.html", "in English and in Chinese"), ("zh/assignments.html", "中文版和英文版")],
)
def test_assignments_say_that_they_are_in_both_languages(site, page, says):
    text = " ".join(site[page].xpath("//article")[0].text_content().split())
    assert says in text[:200]


def pages(folder):
    """Every page of a folder, by its place in it."""
    return {
        path.relative_to(folder).as_posix(): html.parse(path) for path in folder.rglob("*.html")
    }


def lost(folder, found):
    """The links between pages that lead nowhere: page and target."""
    anchors = {name: set(page.xpath("//@id | //a/@name")) for name, page in found.items()}
    for name, page in found.items():
        for target in page.xpath("//@href | //@src"):
            link = urlsplit(target)
            if link.scheme or link.netloc:
                continue
            file = (folder / name).parent / unquote(link.path) if link.path else folder / name
            there = file.resolve().relative_to(folder).as_posix() if file.exists() else None
            anchor = unquote(link.fragment)
            if there is None or (anchor and anchor not in anchors.get(there, {anchor})):
                yield name, target


def test_every_link_leads_somewhere(folder, site):
    assert not list(lost(folder, site))


def test_a_lost_link_is_found(tmp_path):
    (tmp_path / "a.html").write_text('<p id="x"><a href="b.html#y"></a><a href="#x"></a>')
    (tmp_path / "b.html").write_text('<p id="z"><a href="c.html"></a><a href="a.html#x"></a>')
    found = list(lost(tmp_path, pages(tmp_path)))
    assert sorted(found) == [("a.html", "b.html#y"), ("b.html", "c.html")]


def test_nothing_on_a_page_comes_from_elsewhere(site):
    parts = "//script/@src | //img/@src | //link[@rel='stylesheet']/@href | //iframe/@src"
    fetched = {target for page in site.values() for target in page.xpath(parts)}
    assert fetched
    assert not [target for target in fetched if urlsplit(target).netloc]


def test_the_format_names_every_table_that_is_printed(site):
    text = site["format.html"].getroot().text_content()
    printed = build_site.survey()
    assert len(printed) > 10
    assert all(key in text for key in printed)


def test_glossary_has_every_term_in_both_languages():
    terms = build_site.glossary()
    assert len(terms) >= 60
    for term in terms:
        assert set(term) == {"zh", "en", "says"}
        assert set(term["says"]) == {"zh", "en"}
    for language in ("zh", "en"):
        names = [term[language] for term in terms]
        assert len(set(names)) == len(names)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize(
    "name", ["index", "format", "api", "zh/glossary", "zh/lessons/01_income_composition"]
)
def test_a_page_fits_and_fetches_nothing(folder, chromium, screens, name, width):
    page = chromium.new_page(viewport={"width": width, "height": 1000})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / f"{name}.html").as_uri())
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    page.screenshot(path=screens / f"site-{name.replace('/', '-')}-{width}.png")
    page.close()


#: The styles of what a page emphasises, and which of our fonts came for it.
EMPHASIS = """() => [...document.querySelectorAll('em')].map(getComputedStyle)
  .map((s) => [s.fontStyle, s.textEmphasisStyle, s.borderBottomStyle].join())"""
LOADED = """() => document.fonts.ready.then((all) => [...all]
  .filter((f) => f.status === 'loaded').map((f) => f.family.replaceAll('"', '')))"""


@pytest.mark.browser
@pytest.mark.parametrize("made", ["pages", "site"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_chinese_has_its_font_and_no_italics(folder, latin, tmp_path, made, language):
    """Emphasis is marked in Chinese, and doesn't look like a link; English stays as it was."""
    name = "01_income_composition"
    edition = "zh/" if language == "zh" else ""
    address = folder / edition / "lessons" / f"{name}.html"
    if made == "pages":
        build_notebooks.furnish(tmp_path)
        path = lessons.EDITIONS[language] / f"{name}.ipynb"
        address = tmp_path / edition / f"{name}.html"
        address.parent.mkdir(exist_ok=True)
        told = build_notebooks.render(lessons.open_lesson(path), path, language)
        address.write_text(told, encoding="utf-8")
    page = latin.new_page()
    page.goto(address.as_uri())
    page.wait_for_load_state("networkidle")
    loaded = set(page.evaluate(LOADED))
    styles = set(page.evaluate(EMPHASIS))
    page.close()
    if language == "zh":
        assert (loaded, styles) == ({"Course Chinese", "Course Marks"}, {"normal,dot,none"})
    else:
        assert (loaded, styles) == ({"Course Chinese"}, {"italic,none,none"})


@pytest.mark.browser
@pytest.mark.parametrize(
    ("edition", "words", "found"),
    [
        ("zh/", "基本支出", "glossary.html"),
        ("zh/", "勾稽关系", "lessons/06_does_it_add_up.html"),
        ("zh/", "洛伦兹曲线", "lessons/02_unit_comparisons.html"),
        ("zh/", "收支总表", "format.html"),
        ("", "Lorenz", "lessons/02_unit_comparisons.html"),
        ("", "生均", "lessons/03_per_student_subsidy.html"),
    ],
)
def test_search_finds_words_of_both_languages(folder, chromium, edition, words, found):
    page = chromium.new_page()
    page.goto(f"{(folder / edition / 'search.html').as_uri()}?q={words}")
    page.wait_for_selector("#search-results li a")
    page.wait_for_timeout(500)  # results come in one by one
    links = page.eval_on_selector_all(
        "#search-results li a", "all => all.map(a => a.getAttribute('href'))"
    )
    assert any(found in link for link in links)
    page.close()
