"""What print does to words and numbers, and how it is undone. Nothing is rounded here."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache

#: 万元 in one unit of money, by the word that a unit line or a sentence prints.
UNITS = {
    "元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "万元": Decimal(1),
    "万": Decimal(1),
    "百万元": Decimal(100),
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
}

_BLANKS = re.compile(r"\s+")
_CJK = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”‘’—…·]"
_INNER_BLANK = re.compile(
    rf"(?<={_CJK})\s+|\s+(?={_CJK})|(?<={_CJK}[)\]])\s+|\s+(?=[(\[]{_CJK})"
    rf"|(?:(?<=\d[-‐‑‒–―−])|(?<={_CJK}[-‐‑‒–―−]))\s+(?=\d)"  # 2025- 2026: wrapped there
)
_NOT_KEY = re.compile(r"[\W_]+")
_DASHES = re.compile(r"[-‐‑‒–—―−－]+")
#: More digits than twelve in a row without a comma or decimals are a number of something.
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<digits>\d{1,3}(?:,\d{3}){1,5}|\d{1,16}(?=\.)|\d{1,12})(?P<rest>\.\d+)?"
)


def tidy(text: str) -> str:
    """Join a wrapped label: no blanks at the ends, none beside a Chinese character or its bracket.

    Nor behind a hyphen between digits, where labels wrap.

    >>> tidy("2023 年中央无线电 管理经费(一期) (续) Wi Fi")
    '2023年中央无线电管理经费(一期)(续)Wi Fi'
    >>> tidy("2025- 2026年 A- B")
    '2025-2026年A- B'
    """
    return _BLANKS.sub(" ", _INNER_BLANK.sub("", text.strip()))


def without_programme(project: str) -> str:
    """A project's name without the programme before its last dash.

    >>> without_programme("学生资助补助经费—中职助学金")
    '中职助学金'
    """
    return project.replace("—", "-").rsplit("-", 1)[-1] or project


@cache
def key(text: str) -> str:
    """What is left of a label when width, blanks and punctuation don't count.

    >>> key("中职助学金（技工）") == key("中职 助学金(技工)")
    True
    """
    return _NOT_KEY.sub("", unicodedata.normalize("NFKC", text)).lower()


def amount(cell: str) -> Decimal | None:
    """The number that a cell prints, exactly; ``None`` where it is blank or a dash.

    Raises ``ValueError`` where the cell is neither.

    >>> amount("１，２３４．５０"), amount("(12.30)"), amount("—"), amount("1, 234")
    (Decimal('1234.50'), Decimal('-12.30'), None, Decimal('1234'))
    """
    text = _BLANKS.sub("", unicodedata.normalize("NFKC", cell))
    if not text or _DASHES.fullmatch(text):
        return None
    text = _DASHES.sub("-", text)
    negative = text[0] == "(" and text[-1] == ")"
    match = _NUMBER.fullmatch(text[1:-1] if negative else text)
    if match is None or (negative and match["sign"]):
        raise ValueError(f"not an amount: {cell!r}")
    value = Decimal(match["digits"].replace(",", "") + (match["rest"] or ""))
    return -value if negative or match["sign"] == "-" else value


def is_dash(cell: str) -> bool:
    """Whether a cell is a dash and nothing else: a blank."""
    return _DASHES.fullmatch(cell.strip()) is not None


@lru_cache(maxsize=10_000)
def is_amount(cell: str | None) -> bool:
    """Whether a cell prints a number (a dash and a blank do not)."""
    try:
        return cell is not None and amount(cell) is not None
    except ValueError:
        return False


def decimals(cell: str) -> int:
    """How many decimals a printed number has.

    >>> decimals("1,234.50"), decimals("93,784,514")
    (2, 0)
    """
    value = amount(cell)
    return 0 if value is None else max(0, -int(value.as_tuple().exponent))


def exact(value: float) -> Decimal:
    """The decimal number that a float of a frame stands for, digit for digit.

    >>> exact(0.1) + exact(0.2) == exact(0.3)
    True
    """
    return Decimal(repr(float(value)))


def exact_sum(amounts: Iterable[float]) -> float:
    """The sum of floats of a frame, added up exactly.

    >>> exact_sum([0.1, 0.2]), sum([0.1, 0.2])
    (0.3, 0.30000000000000004)
    """
    return float(sum(map(exact, amounts), Decimal(0)))
