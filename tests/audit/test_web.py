"""The picture of an audit: each count on its own line, with nothing else through it."""

import re

import numpy as np
import pytest

import budgetkit as bk


def drawn_lines(ax):
    """The lines between boxes, each as a thousand points on the picture."""
    for line in ax.lines:
        if len(line.get_xdata()) == 2:
            one, two = ax.transData.transform(np.column_stack(line.get_data()))
            yield np.linspace(one, two, 1000)


def crossed(points, box):
    """Whether a line goes through a rectangle."""
    inside = (points > [box.x0, box.y0]) & (points < [box.x1, box.y1])
    return inside.all(axis=1).any()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", list(bk.datasets()["name"]))
def test_a_count_stands_on_its_line_alone(drawn, name, language):
    bk.use_language(language)
    ax = bk.load(name).audit().plot()
    ax.figure.canvas.draw()
    lines = list(drawn_lines(ax))
    texts = [text for text in ax.texts if re.fullmatch(r"\d+ / \d+", text.get_text())]
    boxes = [
        text.get_bbox_patch().get_window_extent() for text in ax.texts if "\n" in text.get_text()
    ]
    assert len(texts) == len(lines)
    for line in lines:  # from a box to a box, and behind no other
        assert sum(crossed(line, box) for box in boxes) == 2
    room = [text.get_window_extent() for text in texts]
    for text, own in zip(texts, room, strict=True):
        said = text.get_text(), text.get_position()
        assert sum(crossed(line, own) for line in lines) == 1, said
        assert not [box for box in boxes if box.overlaps(own)], said
        assert sum(other.overlaps(own) for other in room) == 1, said
