"""Sentences in, records out: how every test of this room reads a text."""

import pytest

from budgetkit import prose
from budgetkit.reading.model import Line


@pytest.fixture
def read():
    """Reads lines of text, each a line of a file, as prose."""

    def read(*lines: str) -> dict[str, list[dict]]:
        return prose.read([Line(text, place) for place, text in enumerate(lines, start=1)])

    return read
