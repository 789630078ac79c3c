"""A notebook in JupyterLab, as the tests handle it."""

from __future__ import annotations

from contextlib import contextmanager

#: Milliseconds that JupyterLab may take to start a kernel, and a notebook to run.
START, RUN = 90_000, 240_000

READY = """() => {
  const shown = window.jupyterapp?.shell.currentWidget;
  return shown?.sessionContext?.isReady && shown.content?.widgets?.length > 0;
}"""

RUN_ALL = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"

COLLAPSE = """() => {
  const {commands, shell} = window.jupyterapp;
  if (!shell.leftCollapsed) return commands.execute('application:toggle-left-area');
}"""

IDLE = """() => window.jupyterapp.shell.currentWidget
  .sessionContext.session.kernel.status === 'idle'"""

#: The notebook scrolled to its top, and where its last cell ends.
END = """() => {
  document.querySelector('.jp-Notebook .jp-WindowedPanel-outer').scrollTop = 0;
  const cells = [...document.querySelectorAll('.jp-Notebook .jp-Cell')];
  return Math.ceil(Math.max(...cells.map((c) => c.getBoundingClientRect().bottom)));
}"""

#: Outputs, controls and words that are wider than the room they have, with a scroll bar or cut.
CLIPPED = """() => {
  const parts = '.jp-OutputArea-output, .bk-explorer .widget-label, .bk-explorer button, '
    + '.bk-explorer img, .bk-explorer .widget-box';
  return [...document.querySelectorAll(parts)]
    .filter((n) => n.offsetParent && n.scrollWidth > n.clientWidth + 2)
    .map((n) => `${n.className}: ${n.textContent.slice(0, 60)}`);
}"""

#: Code, outputs and printed tables that are wider than the page: their end is not to be seen.
WIDE = """() => [...document.querySelectorAll(
    '.jp-OutputArea-output, .jp-InputArea .cm-scroller, figure.excerpt')]
  .filter((n) => n.offsetParent && n.scrollWidth > n.clientWidth + 2)
  .map((n) => `${n.scrollWidth - n.clientWidth} px: ${n.textContent.trim().slice(0, 80)}`)"""


#: Headings of frames that are flush with another side than what stands below them.
ASKEW = """() => [...document.querySelectorAll('.jp-OutputArea-output table.dataframe, '
    + '.jp-OutputArea-output table[id^=T_]')].flatMap((table) => {
  const rows = [table.tHead?.rows[0], table.tBodies[0]?.rows[0]];
  if (rows.includes(undefined) || rows[0].cells.length !== rows[1].cells.length) return [];
  const [heads, cells] = rows.map((row) => [...row.cells]);
  const side = (cell) => getComputedStyle(cell).textAlign;
  return heads.filter((head, i) => cells[i].matches('td') && side(head) !== side(cells[i]))
    .map((head) => head.innerText);
})"""


#: How stressed words within a text are marked: their style and the marks at their characters.
STRESSED = """() => [...new Set([...document.querySelectorAll('p > em')]
  .map((n) => getComputedStyle(n))
  .map((style) => `${style.fontStyle} ${style.textEmphasisStyle}`))]"""


@contextmanager
def notebook(chromium, address, width, height=5000):
    """A page with a notebook that was run to its end, and what its console complained of."""
    page = chromium.new_page(viewport={"width": width, "height": height})
    complaints = []
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("console", lambda told: complaints.append(told.text) if _ours(told) else None)
    try:
        page.goto(address, timeout=START)
        page.wait_for_function(READY, timeout=START)
        page.evaluate(COLLAPSE)
        page.set_default_timeout(RUN)
        page.evaluate(RUN_ALL)
        page.wait_for_function(IDLE, timeout=RUN)
        settle(page)
        yield page, complaints
    finally:
        page.close()


def settle(page):
    """Wait until the page stops changing: widgets come after the kernel is idle."""
    page.wait_for_load_state("networkidle")
    before = None
    while before != (now := page.evaluate("() => document.body.innerHTML.length")):
        before = now
        page.wait_for_timeout(400)


def resize(page, width, height=5000):
    """Give the window another width; what it shows is laid out anew."""
    page.set_viewport_size({"width": width, "height": height})
    settle(page)


def errors(page):
    """What the cells complained of: errors, and warnings on standard error."""
    kinds = "[data-mime-type$='.error'], [data-mime-type$='.stderr']"
    return page.locator(f".jp-Notebook :is({kinds})").all_inner_texts()


def photograph(page, file):
    """The whole notebook as one picture, from its title on; cells are laid out as they show."""
    size = page.viewport_size
    while size["height"] < (end := page.evaluate(END)):
        size["height"] = end + 60
        page.set_viewport_size(size)
        settle(page)
    shown = page.locator(".jp-Notebook .jp-Cell")
    assert shown.first.locator("h1").is_visible(), "the picture begins below the title"
    page.screenshot(path=file)


def _ours(told):
    """Whether a message of the console is a complaint that isn't about the network."""
    return told.type == "error" and "Failed to load resource" not in told.text
