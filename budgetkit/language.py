"""The language of labels, charts and sentences: Chinese (``zh``) or English (``en``)."""

from contextlib import contextmanager
from typing import TYPE_CHECKING

from budgetkit.errors import LanguageError, MissingDataError
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from budgetkit.disclosure import Disclosure

LANGUAGES = ("zh", "en")

# A plain value, not a context variable: Jupyter may run each cell in a context of its own.
_state = {"language": "zh"}


def use_language(language: str) -> None:
    """Choose the language of every label, chart and sentence from here on.

    Parameters
    ----------
    language : {"zh", "en"}
        Chinese, the language of the documents and the default, or English.

    Raises
    ------
    LanguageError
        If `language` is neither ``"zh"`` nor ``"en"``.

    Examples
    --------
    >>> import budgetkit as bk
    >>> bk.use_language("en")
    >>> bk.language.label("measure.basic")
    'Basic expenditure'
    >>> bk.use_language("zh")
    >>> bk.language.label("measure.basic")
    '基本支出'
    """
    if language not in LANGUAGES:
        raise LanguageError(f"language {language!r}: expected one of {', '.join(LANGUAGES)}")
    _state["language"] = language


def current() -> str:
    """Return the language in use.

    Returns
    -------
    str
        ``"zh"`` or ``"en"``.

    Examples
    --------
    >>> current()
    'zh'
    """
    return _state["language"]


@contextmanager
def language(name: str) -> "Iterator[None]":
    """Use a language inside a ``with`` block and go back to the old one after it.

    Parameters
    ----------
    name : {"zh", "en"}
        The language inside the block.

    Examples
    --------
    >>> with language("en"):
    ...     label("side.income")
    'Income'
    """
    before = current()
    use_language(name)
    try:
        yield
    finally:
        use_language(before)


def label(key: str, **values: object) -> str:
    """Return the label or sentence that belongs to a key, in the language in use.

    Parameters
    ----------
    key : str
        A key of ``vocabulary/labels.toml`` such as ``"measure.total"``; a key that
        is not there comes back as its last part, so that a chart of an unknown
        table still has labels.
    **values : object
        Filled into the ``{placeholders}`` of a sentence.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> label("measure.total"), label("measure.某个没有见过的栏目")
    ('合计', '某个没有见过的栏目')
    """
    text = _text(key) or _subject(key) or _composed(key) or key.rpartition(".")[2]
    return text.format(**values) if values else text


def width(text: str) -> int:
    """Return how many columns a text takes, a Chinese character two.

    Examples
    --------
    >>> width("教育 2024")
    9
    """
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)


def known(*keys: str) -> str:
    """The label of the first key that has one; the last part of the last key where none has.

    >>> known("table.facts", "frame.facts")
    '其他数字'
    """
    texts = (text for key in keys if (text := _text(key) or _subject(key) or _composed(key)))
    return next(texts, keys[-1].rpartition(".")[2])


def halved(label: str) -> str:
    r"""A label on two lines, parted at the blank that is nearest to its middle.

    >>> halved("General public budget")
    'General\npublic budget'
    """
    blanks = (place for place, character in enumerate(label) if character == " ")
    middle = min(blanks, key=lambda place: abs(place - len(label) / 2))
    return f"{label[:middle]}\n{label[middle + 1 :]}"


def listed(names: "Iterable[object]") -> str:
    """Names one after the other, as the language in use parts them.

    >>> listed(["教育", "卫生"])
    '教育、卫生'
    """
    return ("、" if current() == "zh" else ", ").join(map(str, names))


def tables(names: "Iterable[str]") -> str:
    """Tables by their labels, each with the name that functions take.

    >>> tables(["income"])
    '部门收入总体情况表 (income)'
    """
    return listed(f"{label(f'table.{name}')} ({name})" for name in names)


def missing(reason: str, doc: "Disclosure | None" = None, **values: object) -> MissingDataError:
    """The error of a lesson that a document has nothing for: why, in the language in use.

    >>> str(missing("years"))
    '没有一个部门有两个年度的文件'
    """
    source = {} if doc is None else {"source": doc.meta.source}
    return MissingDataError(label(f"missing.{reason}", **source, **values))


def cut(text: str, most: int) -> str:
    """A text of so many characters at most.

    >>> cut("教育支出", 3)
    '教育…'
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _text(key: str) -> str | None:
    """The text of a key in the language in use, if it has one."""
    node: object = words("labels")
    for part in key.split("."):
        node = node.get(part) if isinstance(node, dict) else None
    return node[current()] if isinstance(node, dict) else None


def _subject(key: str) -> str | None:
    """The name of an economic subject whose code is a measure: ``measure.30101``."""
    from budgetkit import codes  # which speaks the language in use, too

    code = key.removeprefix("measure.")
    return codes.name(code, "economic") if code != key and code.isdigit() else None


def _composed(key: str) -> str | None:
    """The label of a measure that is named after several: ``prior_basic``, ``reception_final``."""
    kind, _, name = key.rpartition(".")
    cuts = [index for index, character in enumerate(name) if character == "_"]
    parts = [(f"{kind}.{name[:cut]}", f"{kind}.{name[cut + 1 :]}") for cut in cuts]
    pairs = [(_text(a) or _subject(a), _text(b) or _subject(b) or _composed(b)) for a, b in parts]
    return next((f"{first}: {second}" for first, second in pairs if first and second), None)
