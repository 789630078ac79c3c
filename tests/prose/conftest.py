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


@pytest.fixture
def read_pages():
    """Reads pages of printed lines, as the text layer of a PDF gives them."""

    def read(*pages: str) -> dict[str, list[dict]]:
        return prose.read(
            [
                Line(text, place)
                for place, page in enumerate(pages, start=1)
                for text in page.strip().split("\n")
            ]
        )

    return read
