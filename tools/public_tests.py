"""One public test a question: it stops at the first message, and says when nothing comes back.

Otter runs every test of a question and prints each failure. Who has answered nothing yet would
read them all, so the public tests of a question are built into one that runs them in their order.
"""

from __future__ import annotations

import inspect
import re
from textwrap import indent

import yaml  # type: ignore[import-untyped]
from nbformat import NotebookNode

#: A cell with a test: its settings, then the function.
CELL = re.compile(
    r'""" # BEGIN TEST CONFIG\n(?P<settings>.*?)""" +# END TEST CONFIG\n+(?P<test>def (\w+).*)',
    re.DOTALL,
)


def merge(notebook: NotebookNode) -> None:
    """Put the public tests of each question into the first of them."""
    first: NotebookNode | None = None
    tests: list[tuple[str, str, str]] = []
    for cell in list(notebook.cells):
        if cell.cell_type == "raw" and cell.source.startswith("# END TESTS"):
            if first:
                first.source = _one(tests)
            first, tests = None, []
        elif found := CELL.fullmatch(cell.source):
            settings = yaml.safe_load(found["settings"])
            if settings.keys() == {"failure_message"}:
                tests.append((found["test"], found[3], settings["failure_message"]))
                if first:
                    notebook.cells.remove(cell)
                first = first or cell


def _one(tests: list[tuple[str, str, str]]) -> str:
    """The source of a test that holds others, each with its name and its message."""
    told = ", ".join(f"{name}: {message!r}" for _, name, message in tests)
    parts = [inspect.getsource(look), *(source for source, _, _ in tests)]
    parts += [f"messages = {{{told}}}", "look(messages, env)"]
    return f"def test_{tests[0][1].split('_')[1]}(env):\n" + indent("\n\n".join(parts), "    ")


# Its text becomes part of the tests, without what is imported above: no types.
def look(messages, env):  # type: ignore[no-untyped-def]
    """Run tests in their order; the first that fails is told, with its message."""
    from inspect import isfunction, signature
    from textwrap import fill

    class NotYet(Exception):
        pass

    empty = []

    def watched(function):  # type: ignore[no-untyped-def]
        def call(*given, **named):  # type: ignore[no-untyped-def]
            answer = function(*given, **named)
            if answer is None:
                empty.append(function.__name__)
            return answer

        return call if isfunction(function) else function

    for test, message in messages.items():
        names = list(signature(test).parameters)
        for name in names:
            if name not in env:
                raise NotYet(f"There is no `{name}`: run the cell that makes it.")
        fault = None
        try:
            test(*[watched(env[name]) for name in names])
        except AssertionError:
            fault = message
        except Exception as error:
            fault = f"{message} ({type(error).__name__}: {error})"
        if empty:
            fault = f"Nothing comes back from `{empty[0]}` yet: write your answer in place of "
            fault += "`...`, and end it with `return`."
        if fault:
            lines = fill(fault, 88, break_long_words=False, break_on_hyphens=False)
            raise NotYet("\n" + lines) from None
