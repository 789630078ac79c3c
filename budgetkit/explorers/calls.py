"""A view of an explorer as a call of a public function: run it, or write it down as code.

What is shown and what the code says can't differ: both come from here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from budgetkit import language, package
from budgetkit.loading import load

if TYPE_CHECKING:
    from budgetkit.disclosure import Disclosure


@dataclass(frozen=True)
class Call:
    """A function of the package, by its name below ``bk``, and its keywords.

    Examples
    --------
    >>> Call("income.composition", {"code": "205"}).code()
    'bk.income.composition(doc, code="205")'
    """

    name: str
    options: dict[str, Any] = field(default_factory=dict)

    def run(self, doc: Disclosure, **more: Any) -> Any:
        """What the function returns for a disclosure."""
        return resolve_name(f"budgetkit.{self.name}")(doc, **self.options, **more)

    def code(self) -> str:
        """The call as one writes it."""
        options = "".join(f", {name}={literal(value)}" for name, value in self.options.items())
        return f"bk.{self.name}(doc{options})"


def literal(value: Any) -> str:
    """A value as Python source, texts in double quotes.

    >>> literal(("205", [1, None]))
    '("205", [1, None])'
    """
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' * (len(value) == 1)})"
    return repr(value)


def cell(
    origin: Sequence[str], view: Call, charts: Sequence[Call], columns: Sequence[str] = ()
) -> str:
    """The code cell that draws the charts and ends in the frame, under the name ``view``.

    `origin` has the lines that make ``doc``: see `origin_of`. Of the frame `columns` are
    shown, or all.
    """
    lines = [
        "import budgetkit as bk",
        "",
        f"bk.use_language({literal(language.current())})",
        *origin,
        *(chart.code() for chart in charts),
        f"view = {view.code()}",
        f"view[{literal(list(columns))}]" if columns else "view",
    ]
    return "\n".join(lines)


def origin_of(doc: Disclosure) -> str:
    """The line of code that makes a bundled disclosure; a remark for another one."""
    for name in package.names():
        same = package.describe(package.home() / name)["sha256"] == doc.meta.sha256
        if same and load(name).figures.equals(doc.figures):
            return f"doc = bk.load({literal(name)})"
    return f"# {language.label('explore.own')}"
