"""Paragraphs into sentences and clauses: cut at stops, never inside brackets or quotes."""

from collections.abc import Iterator

_OPEN = "（(“《〈【"
_CLOSE = "）)”》〉】"


def split(text: str, stops: str) -> Iterator[str]:
    """The pieces of a text between stops that stand outside brackets.

    >>> list(split("甲（乙、丙）、丁", "、"))
    ['甲（乙、丙）', '丁']
    """
    depth, begin = 0, 0
    for at, character in enumerate(text):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character in stops and depth == 0:
            yield text[begin:at].strip()
            begin = at + 1
    yield text[begin:].strip()


def sentences(text: str, stops: str = "。；;") -> tuple[str, ...]:
    """The sentences of a paragraph; a bracket never closed does not swallow the rest."""
    found = [piece for piece in split(text, stops) if piece]
    if len(found) == 1 and any(stop in text for stop in stops) and not _balanced(text):
        for stop in stops:
            text = text.replace(stop, "。")
        found = [piece.strip() for piece in text.split("。") if piece.strip()]
    return tuple(found)


def asides(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without its bracketed sentences, and those sentences.

    >>> asides("用车费8万元（购置费0万元，比上年持平。）比上年减少2万元")
    ('用车费8万元比上年减少2万元', ('购置费0万元，比上年持平。',))
    """
    kept, found, begin, depth = "", [], 0, 0
    for at, character in enumerate(text):
        if character in "（(":
            if depth == 0:
                kept, begin = kept + text[begin:at], at
            depth += 1
        elif character in "）)" and depth:
            depth -= 1
            if depth == 0:
                inner = text[begin + 1 : at]
                if any(stop in inner for stop in "，,。；;") and "元" in inner:
                    found.append(inner)
                else:
                    kept += text[begin : at + 1]
                begin = at + 1
    return kept + text[begin:], tuple(found)


def _balanced(text: str) -> bool:
    """Whether every bracket is closed."""
    return sum(text.count(c) for c in _OPEN) == sum(text.count(c) for c in _CLOSE)
