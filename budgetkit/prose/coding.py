"""The functional code of an item that the prose names by 类, 款 and 项."""

from difflib import SequenceMatcher, get_close_matches
from functools import cache

from budgetkit import codes
from budgetkit.assembling.vocabulary import by_name
from budgetkit.printed import key
from budgetkit.prose.subjects import Item

#: Digits of a code at each level.
DIGITS = {"类": 3, "款": 5, "项": 7}
#: Two names at least so alike are one name printed differently.
ALIKE = 0.8
#: What the rest of a class is called.
_REST = "其他"
#: Endings that a name is printed with or without.
_ENDINGS = ("支出", "事务", "费")


def code(item: Item) -> str | None:
    """The code whose name the item bears and whose parents bear the names around it.

    A functional code printed beside the name is the code. ``None`` where no code fits,
    or several do. A name without 类, 款 or 项 is only looked for among the classes (…支出).
    """
    if item.code and codes.name(item.code, "functional"):
        return item.code
    if not item.path and not item.name.endswith("支出"):
        return None
    level, name = item.path[-1] if item.path else ("类", item.name)
    around = tuple(parent for _, parent in item.path[:-1])
    return _best(name, around, DIGITS[level], bool(item.path))


@cache
def _best(name: str, around: tuple[str, ...], digits: int, loose: bool) -> str | None:
    """The code that fits best, if one does better than all others."""
    scores: dict[str, float] = {}
    bare, named = _bare(name), by_name("functional", _bare)
    near = get_close_matches(bare, named, len(named), ALIKE) if loose else [bare]
    for known in near:
        likeness = _alike(bare, known)
        for candidate in named.get(known, ()) if likeness else ():
            if len(candidate) == digits:
                parents = _parents(candidate, around)
                if parents is not None:
                    scores[candidate] = max(scores.get(candidate, 0), likeness + parents)
    best = max(scores.values(), default=0)
    chosen = [candidate for candidate, score in scores.items() if score == best]
    return chosen[0] if len(chosen) == 1 else None


def _parents(candidate: str, around: tuple[str, ...]) -> float | None:
    """How well the names around fit the code's parents; ``None`` where one fits none."""
    parents = [codes.name(candidate[:digits], "functional", "zh") for digits in (3, 5)]
    total = 0.0
    for name in around:
        score = max((_alike(_bare(name), _bare(p)) for p in parents if p), default=0)
        if score < ALIKE:
            return None
        total += score
    return total


@cache
def _alike(one: str, other: str) -> float:
    """Likeness of two bare names, 0–1; 0 where they cannot be alike enough.

    其他… is never the name without it.
    """
    if one == other:
        return 1.0
    if one.startswith(_REST) != other.startswith(_REST):
        return 0.0
    matcher = SequenceMatcher(None, one, other)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


@cache
def _bare(name: str) -> str:
    """A name without punctuation and without the endings that vary."""
    text = key(name)
    for ending in _ENDINGS:
        if len(text) > len(ending) + 1:
            text = text.removesuffix(ending)
    return text
