"""On a machine without a Chinese font JupyterLab and the app print Chinese, not boxes."""

import pytest

from tests.browser import pages, servers
from tools import lessons

pytestmark = [pytest.mark.slow, pytest.mark.browser]

#: Where Chinese stands on these pages.
PARTS = ("H1", "H2", "P", "LI", "TD", "LABEL", "BUTTON", "SELECT")

#: Marks what is seen of these parts with the number of its Chinese characters.
MARK = """(parts) => [...document.querySelectorAll(parts)].forEach((n) => {
  const text = n.selectedOptions ? n.selectedOptions[0]?.text ?? '' : n.innerText;
  const count = n.checkVisibility() ? text.match(/[\\u3400-\\u9fff]/g)?.length ?? 0 : 0;
  if (count) n.setAttribute('data-chinese', count);
})"""


def boxes(page):
    """The parts that have fewer glyphs of a Chinese font than Chinese characters."""
    page.evaluate(MARK, ", ".join(PARTS))
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    for part in PARTS:
        query = {"nodeId": root, "selector": f"{part}[data-chinese]"}
        found = tools.send("DOM.querySelectorAll", query)["nodeIds"]
        assert found, f"no {part} prints Chinese"
        for node in found:
            told = tools.send("DOM.getAttributes", {"nodeId": node})["attributes"]
            needed = int(told[told.index("data-chinese") + 1])
            fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
            glyphs = sum(f["glyphCount"] for f in fonts if f["familyName"] == "Noto Sans SC")
            if glyphs < needed:
                yield part, needed, fonts


def test_jupyterlab_prints_chinese_and_asks_nothing(latin, lab, screens):
    with pages.notebook(latin, lab("zh/08_explore.ipynb"), 1280) as (page, complaints):
        assert list(boxes(page)) == []
        assert complaints == []
        assert page.get_by_text("Jupyter news").count() == 0
        pages.photograph(page, screens / "latin-lab.png")


def test_the_app_prints_chinese(latin, tmp_path, screens):
    with servers.voila(tmp_path, "zh/08_explore.ipynb") as address:
        page = latin.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address, timeout=pages.RUN)
        page.locator(".bk-view").first.wait_for(timeout=pages.RUN)
        pages.settle(page)
        assert list(boxes(page)) == []
        page.screenshot(path=screens / "latin-app.png", full_page=True)
        page.close()


def test_chinese_is_never_slanted(latin, tmp_path):
    """Comments of code and stressed words are italic; a browser would slant what has no italics."""
    lessons.fonts(tmp_path / "fonts")
    (tmp_path / "page.html").write_text(
        '<meta charset="utf-8"><link rel="stylesheet" href="fonts/chinese.css">'
        """<body style="font: 40px 'Course Chinese', 'DejaVu Sans'"><p>国家</p><p><i>国家</i></p>"""
        "<p>state</p><p><i>state</i></p>",
        encoding="utf-8",
    )
    page = latin.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.evaluate("() => document.fonts.ready")
    chinese, stressed, english, italic = (p.screenshot() for p in page.locator("p").all())
    page.close()
    assert chinese == stressed
    assert english != italic
