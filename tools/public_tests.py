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


#: What such a test says, whatever it asks: a name is missing, and a function returns nothing.
SAID = {
    "en": (
        "There is no `{}`: run the cell that makes it, and look whether it ends in an error.",
        "Nothing comes back from `{}` yet: write your answer in place of `...`, and end it with "
        "`return`.",
    ),
    "zh": (
        "找不到 `{}`：请先运行给出它的那一格，看它是不是报错了。",
        "`{}` 还没有返回结果：请把 `...` 换成你的答案，并用 `return` 返回。",
    ),
}


def merge(notebook: NotebookNode, language: str = "en") -> None:
    """Put the public tests of each question into the first of them."""
    first: NotebookNode | None = None
    tests: list[tuple[str, str, str]] = []
    for cell in list(notebook.cells):
        if cell.cell_type == "raw" and cell.source.startswith("# END TESTS"):
            if first:
                first.source = _one(tests, SAID[language])
            first, tests = None, []
        elif found := CELL.fullmatch(cell.source):
            settings = yaml.safe_load(found["settings"])
            if settings.keys() == {"failure_message"}:
                tests.append((found["test"], found[3], settings["failure_message"]))
                if first:
                    notebook.cells.remove(cell)
                first = first or cell


def _one(tests: list[tuple[str, str, str]], said: tuple[str, str]) -> str:
    """The source of a test that holds others, each with its name and its message."""
    told = ", ".join(f"{name}: {message!r}" for _, name, message in tests)
    parts = [inspect.getsource(look), *(source for source, _, _ in tests)]
    parts += [f"messages = {{{told}}}", f"said = {said!r}"]
    parts += ["look(messages, env, *said)"]  # otter shows students this line
    return f"def test_{tests[0][1].split('_')[1]}(env):\n" + indent("\n\n".join(parts), "    ")


# Its text becomes part of the tests, without what is imported above: no types.
def look(messages, env, missing, nothing):  # type: ignore[no-untyped-def]
    """Run tests in their order; the first that fails is told, with its message."""
    import re
    from inspect import isfunction, signature
    from unicodedata import east_asian_width

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

    def wrapped(text):  # type: ignore[no-untyped-def]
        lines = [""]  # Chinese breaks between any two characters, but before no mark
        for piece in re.findall(r"(?:[!-~]+|[^!-~])[，。；：、？！”）]*\s*", text):
            line = lines[-1] + piece
            if sum(1 + (east_asian_width(c) in "WF") for c in line.rstrip()) > 88:
                lines.append("")
            lines[-1] += piece
        return "\n" + "\n".join(line.rstrip() for line in lines)

    for test, message in messages.items():
        names = list(signature(test).parameters)
        for name in names:
            if name not in env:
                raise NotYet(missing.format(name))
        fault = None
        try:
            test(*[watched(env[name]) for name in names])
        except AssertionError as error:  # what came back, where the test says so
            fault = f"{message} ({error})" if str(error) else message
        except Exception as error:
            fault = f"{message} ({type(error).__name__}: {error})"
        if empty:
            fault = nothing.format(empty[0])
        if fault:
            raise NotYet(wrapped(fault)) from None
