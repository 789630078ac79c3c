"""What an explorer shows as HTML: pictures with their text, frames, code, words."""

from __future__ import annotations

import base64
import io
from html import escape
from typing import TYPE_CHECKING

from budgetkit import charts

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from budgetkit.disclosure import Disclosure
    from budgetkit.explorers.calls import Call

#: Pixels of an inch on the page, and in the picture: sharp on screens of twice the density.
SCREEN, SHARP = 96, 160

#: The class of every explorer's element on the page.
CLASS = "bk-explorer"

#: JupyterLab takes keys away from controls that aren't text: arrows would walk to another
#: cell, D D would delete this one. Inside an explorer the keys belong to its controls; and a
#: slider's handles, which have no name of their own, get that of the slider.
KEYS = f"""<script>
if (!window.budgetkitKeys) {{
  window.budgetkitKeys = true;
  document.addEventListener("focusin", (event) => {{
    if (!event.target.closest(".{CLASS}")) return;
    event.target.setAttribute("data-lm-suppress-shortcuts", "true");
    const slider = event.target.closest(".widget-slider");
    const name = slider?.querySelector(".widget-label")?.textContent;
    slider?.querySelectorAll("[role=slider]").forEach((h) => h.setAttribute("aria-label", name));
  }});
}}
</script>"""

#: Frames have air between their columns and scroll rather than widen the page.
STYLE = f"""<style>
table.bk-view.dataframe {{width: max-content; table-layout: auto}}
.bk-view.dataframe :is(td, th) {{padding: 0.15em 0.6em; text-align: right; line-height: 1.4;
  max-width: 24em}}
.{CLASS} .widget-html-content {{min-width: 0}}
.{CLASS} .widget-slider .widget-readout {{min-width: 9em}}
</style>"""

#: Rows of a frame that are shown; the view has them all.
ROWS = 60


def picture(call: Call, doc: Disclosure, size: tuple[float, float]) -> str:
    """A chart as an image that shrinks with the page and says its title to screen readers."""
    from matplotlib.figure import Figure

    with charts.style():
        figure = Figure(figsize=size)
        ax = call.run(doc, ax=figure.subplots())
        title = ax.get_title(loc="left")
        file = io.BytesIO()
        figure.savefig(file, format="png", dpi=SHARP)
    data = base64.b64encode(file.getvalue()).decode("ascii")
    return (
        f'<img alt="{escape(title)}" src="data:image/png;base64,{data}" '
        f'style="width:{size[0] * SCREEN:.0f}px;max-width:100%;height:auto">'
    )


def table(frame: pd.DataFrame) -> str:
    """A frame that scrolls in a box of its own, without columns that hold nothing."""
    shown = frame.dropna(axis="columns", how="all") if len(frame) else frame
    filled = shown.astype("object").where(shown.notna(), "")
    html = filled.to_html(
        index=False,
        max_rows=ROWS,
        formatters={name: _numbers(shown[name]) for name in shown.select_dtypes("float")},
        border=0,
        justify="right",
        classes="bk-view",
    )
    return (
        f"{STYLE}"
        '<div tabindex="0" role="region" style="max-height:22em;max-width:100%;overflow:auto">'
        f"{html}</div>"
    )


def code(text: str) -> str:
    """Source to read and copy."""
    return (
        '<pre tabindex="0" style="overflow:auto;max-width:100%;padding:0.6em;line-height:1.4;'
        f'background:#f5f5f5;color:#111">{escape(text)}</pre>'
    )


def busy(text: str) -> str:
    """A line that says that work is under way; empty, it keeps its room so that nothing jumps."""
    return (
        '<p class="bk-busy" aria-live="polite" '
        f'style="line-height:1.4;min-height:1.4em;margin:0;font-weight:600">{escape(text)}</p>'
    )


def words(text: str) -> str:
    """A sentence that is read out when it changes."""
    return f'<p role="status" style="line-height:1.4;margin:0.4em 0">{escape(text)}</p>'


def _numbers(column: pd.Series) -> Callable[[object], str]:
    """How a column prints its numbers: shares with four decimals, others with two to four."""
    least = 4 if column.abs().max() <= 1 and (column != column.round(2)).any() else 2

    def told(value: object) -> str:
        if not isinstance(value, float):
            return str(value)
        whole, _, decimals = f"{value:,.4f}".partition(".")
        return f"{whole}.{decimals.rstrip('0'):0<{least}}"

    return told
