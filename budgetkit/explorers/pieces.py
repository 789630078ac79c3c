"""What an explorer shows as HTML: pictures with their text, frames, code, words."""

from __future__ import annotations

import base64
import io
import json
import re
from html import escape
from typing import TYPE_CHECKING

import pandas as pd
from pandas.api.types import is_bool_dtype, is_float_dtype, is_numeric_dtype

from budgetkit import charts, language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from budgetkit.disclosure import Disclosure
    from budgetkit.explorers.calls import Call

#: Pixels of an inch on the page, and in the picture: sharp on screens of twice the density.
SCREEN, SHARP = 96, 160

#: The class of every explorer's element on the page.
CLASS = "bk-explorer"

#: JupyterLab takes keys away from controls that aren't text: arrows would walk to another
#: cell, D D would delete this one. Inside an explorer the keys belong to its controls; and a
#: slider's handles, which have no name of their own, get that of the slider; of two, each says
#: which end it is, as the class of its explorer (``-zh``, ``-en``) asks. Buttons that are
#: renamed are made anew by ipywidgets: the chosen one gets back the focus that it had.
KEYS = """<script>
if (!window.budgetkitKeys) {
  window.budgetkitKeys = true;
  const ends = %s;
  document.addEventListener("focusin", (event) => {
    if (!event.target.closest(".%s")) return;
    event.target.setAttribute("data-lm-suppress-shortcuts", "true");
    const group = event.target.closest(".widget-toggle-button")?.parentElement;
    if (group && !group.budgetkitKept) {
      group.budgetkitKept = new MutationObserver(() => {
        if (document.activeElement === document.body) group.querySelector(".mod-active")?.focus();
      });
      group.budgetkitKept.observe(group, {childList: true});
    }
    const slider = event.target.closest(".widget-slider");
    if (!slider) return;
    const name = slider.querySelector(".widget-label")?.textContent;
    const handles = slider.querySelectorAll("[role=slider]");
    const own = ends[slider.closest(".%s-en") ? "en" : "zh"];
    handles.forEach((handle, end) =>
      handle.setAttribute("aria-label", handles.length > 1 ? name + own[end] : name));
  });
}
</script>"""

#: Frames have air between their columns, and less of it where the page is narrow; there they
#: fold their words, and scroll rather than widen the page.
STYLE = f"""<style>
table.bk-view.dataframe {{width: max-content; max-width: 100%; table-layout: auto}}
.bk-view.dataframe :is(td, th) {{padding: 0.15em 0.6em; line-height: 1.4; max-width: 24em}}
.bk-view.dataframe .number {{text-align: right}}
.bk-view.dataframe :is(.words, .sentence) {{text-align: left; min-width: 3em}}
.bk-view.dataframe .sentence {{min-width: 14em; max-width: 36em}}
.{CLASS} .widget-html-content {{min-width: 0}}
.{CLASS} .widget-slider .widget-readout {{min-width: 9em}}
.bk-frame {{container-type: inline-size; overflow-x: auto; max-width: 100%}}
@container (max-width: 800px) {{
  .bk-view.dataframe {{font-size: 0.8em}}
  .bk-view.dataframe :is(td, th) {{padding: 0.15em 0.35em}}
  .bk-view.dataframe .sentence {{min-width: 10em}}
}}
</style>"""

#: Rows of a frame that are shown; the view has them all.
ROWS = 30

#: Where a name may break: after what parts its words.
BREAK = re.compile(r"_|\.(?=[a-z])")

#: Columns whose values are names of the package, and where their labels are.
NAMES = {
    "table": ("table", "frame"),
    "measure": ("measure", "audit.column", "fact"),
    "kind": ("unit_kind",),
    "basis": ("students.basis",),
    "outcome": ("audit.outcome",),
}

#: A text of so many characters is a sentence.
LONG = 50


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


def table(frame: pd.DataFrame, columns: Sequence[str] = ()) -> str:
    """A frame, or some columns of it; empty columns and the middle of long frames left out.

    Columns and names are told in the language in use; a heading's tooltip is the column's name.
    """
    shown = frame[list(columns)] if columns else frame
    shown = shown.dropna(axis="columns", how="all") if len(shown) else shown
    shown = pd.DataFrame({name: _labelled(shown[name]) for name in shown})
    kinds = [_kind(shown[name]) for name in shown]
    printed = pd.DataFrame({name: _told(shown[name]) for name in shown})
    rows = printed.to_numpy().tolist()
    if len(rows) > ROWS:
        rows = [*rows[: ROWS // 2], ["…"] * len(kinds), *rows[-ROWS // 2 :]]
    head = "".join(
        f'<th class="{kind}" title="{escape(str(name))}">'
        f"{_breakable(language.label(f'column.{name}'))}</th>"
        for name, kind in zip(shown, kinds, strict=True)
    )
    body = "".join(f"<tr>{_cells('td', kinds, row)}</tr>" for row in rows)
    return (
        f"{STYLE}"
        '<div tabindex="0" role="region" class="bk-frame">'
        f'<table class="dataframe bk-view"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def keys() -> str:
    """The script that `KEYS` tells of, with the words of both languages."""
    ends = {}
    for name in language.LANGUAGES:
        with language.language(name):
            ends[name] = [language.label("explore.from"), language.label("explore.to")]
    return KEYS % (json.dumps(ends), CLASS, CLASS)


def code(text: str) -> str:
    """Source to read and copy: a text of its own, so that Ctrl+A selects it and no more."""
    return (
        f'<textarea readonly class="bk-code" aria-label="{escape(language.label("explore.code"))}" '
        f'rows="{text.count(chr(10)) + 2}" spellcheck="false" wrap="off" style="width:100%;'
        "box-sizing:border-box;padding:0.6em;line-height:1.4;"
        "font-family:var(--jp-code-font-family,monospace);"
        f'border:1px solid #ccc;background:#f5f5f5;color:#111">{escape(text)}</textarea>'
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


def _cells(tag: str, kinds: Sequence[str], texts: Sequence[str]) -> str:
    """The cells of a row, each with the kind of its column as its class."""
    return "".join(
        f'<{tag} class="{kind}">{text}</{tag}>' for kind, text in zip(kinds, texts, strict=True)
    )


def _kind(column: pd.Series) -> str:
    """How a column is set: its numbers flush right, its sentences with more room than its words."""
    if is_numeric_dtype(column):
        return "number"
    longest = column.dropna().astype("str").str.len().max()
    return "sentence" if longest >= LONG else "words"


def _breakable(value: object) -> str:
    """A text that may break within a name such as ``general_projects``."""
    return BREAK.sub(r"\g<0><wbr>", escape(str(value)))


def _labelled(column: pd.Series) -> pd.Series:
    """A column with the labels of what its values name; answers as words."""
    if is_bool_dtype(column):
        answers = {True: language.label("answer.yes"), False: language.label("answer.no")}
        return column.astype("object").map(answers)
    places = NAMES.get(str(column.name))
    if places is None:
        return column
    told = {
        value: language.known(*(f"{place}.{value}" for place in places))
        for value in column.dropna().unique()
    }
    return column.astype("object").map(told)


def _told(column: pd.Series) -> list[str]:
    """A column as texts; what is missing is blank."""
    tell = _numbers(column) if is_float_dtype(column) else str
    tell = tell if is_numeric_dtype(column) else _breakable
    return ["" if pd.isna(value) is True else tell(value) for value in column.astype("object")]


def _numbers(column: pd.Series) -> Callable[[object], str]:
    """How a column prints its numbers: shares with four decimals, others with two to four."""
    least = 4 if column.abs().max() <= 1 and (column != column.round(2)).any() else 2

    def told(value: object) -> str:
        whole, _, decimals = f"{value:,.4f}".partition(".")
        return f"{whole}.{decimals.rstrip('0'):0<{least}}"

    return told
