"""Headings of columns: lines over lines, each over one column; and those over several."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from budgetkit.reading.words import SAME_LINE, WRAPPED, Column, Row, Word, standing

#: A heading stands before the amounts below it and behind the labels: else it is so much farther.
_WRONG_SIDE = 3.0


def stacked(
    head: Sequence[Row], counted: Sequence[Column], found: Sequence[Column]
) -> tuple[list[Column], list[Word]]:
    """Headings of one column each, line over line from the last one up; and all the others."""
    stacks = sorted(counted, key=lambda c: c.left)
    above: list[Word] = []
    words = [w for line in reversed(head) for w in sorted(line, key=lambda w: w.right - w.left)]
    between: list[Word] = []  # looked at once more when all others have their place
    for last, word in chain(((False, w) for w in words), ((True, w) for w in between)):
        over = standing(word, stacks)
        if len(over) > 1 or any(_is_far(word, column) for column in over):
            above.append(word)
        elif over:
            over[0].take(word)
            over[0].heads.append(word)
        elif not _is_between(word, stacks) or (last and _is_wanted(word, stacks, found)):
            stacks = _with(word, stacks)
        else:
            (above if last else between).append(word)
    for index, stack in enumerate(stacks):
        upper = _upper(stack, stacks[max(index - 1, 0) : index], stacks[index + 1 : index + 2])
        above += upper
        stack.heads = [word for word in stack.heads if word not in upper]
    return stacks, above


def _with(word: Word, stacks: Sequence[Column]) -> list[Column]:
    """Headings with one more."""
    return sorted([*stacks, Column(word.left, word.right, heads=[word])], key=lambda c: c.left)


def _is_far(word: Word, stack: Column) -> bool:
    """Whether a word stands too far above a heading for a line of it."""
    return bool(stack.heads) and stack.top - word.y > WRAPPED * word.size


def _is_between(word: Word, stacks: Sequence[Column]) -> bool:
    """Whether a word stands over the blank between two headings, both lower than it is."""
    beside = [s for s in stacks if s.x < word.x][-1:] + [s for s in stacks if s.x > word.x][:1]
    low = word.y + SAME_LINE * word.size
    return len(beside) == 2 and all(stack.heads and stack.top > low for stack in beside)


def _is_wanted(word: Word, stacks: Sequence[Column], found: Sequence[Column]) -> bool:
    """Whether amounts stand nearest to a word that have no other heading before them."""
    own = Column(word.left, word.right)
    for index, column in enumerate(found):
        if not column.paid or standing(column, stacks):
            continue
        left = found[index - 1].right if index else -np.inf
        free = [stack for stack in stacks if left < stack.left and stack.x < column.x]
        nearest = min((far(column, stack) for stack in stacks), default=np.inf)
        if not free and far(column, own) < nearest:
            return True
    return False


def _upper(stack: Column, before: Sequence[Column], after: Sequence[Column]) -> list[Word]:
    """The upper lines of a heading that are one of several columns: without them it stands level.

    They stand over the middle of three, or nearer to the other of two.
    """
    beside = [other for other in (*before, *after) if other.heads]
    heights = sorted({word.y for word in stack.heads})
    if not heights:
        return []
    size = SAME_LINE * stack.heads[0].size / 2
    if any(abs(other.y - stack.y) < size for other in beside):
        return []
    for height in heights[1:]:
        upper = [word for word in stack.heads if word.y < height]
        rest = Column(0, 0, heads=[word for word in stack.heads if word.y >= height])
        level = [other for other in beside if abs(other.y - rest.y) < size]
        middle = sum(w.x for w in upper) / len(upper) - sum(w.x for w in rest.heads) / len(
            rest.heads
        )
        nearer = [other for other in level if middle * (other.x - stack.x) > size * abs(middle) > 0]
        if len(level) == 2 or (nearer and abs(middle) > size):
            return upper
    return []


def far(column: Column, stack: Column) -> float:
    """How far a column is from a heading, more where the heading is on the wrong side of it."""
    wrong = (stack.x > column.x) == column.paid
    return column.away(stack) * (_WRONG_SIDE if wrong else 1)
