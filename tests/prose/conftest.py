"""Sentences in, records out: how every test of this room reads a text."""

import pytest

from budgetkit import prose
from budgetkit.reading.model import Line


@pytest.fixture
def read():
    """Reads lines of text, each a line of a file, as prose."""

    def read(*lines: str, year: int | None = None) -> dict[str, list[dict]]:
        return prose.read([Line(text, at) for at, text in enumerate(lines, start=1)], year)

    return read
