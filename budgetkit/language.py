"""The language of labels, charts, sentences and errors: Chinese (``zh``) or English (``en``)."""

from contextlib import contextmanager
from errno import errorcode
from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING

from budgetkit.errors import LanguageError, MissingDataError
from budgetkit.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from budgetkit.disclosure import Disclosure

LANGUAGES = ("zh", "en")

# A plain value, not a context variable: Jupyter may run each cell in a context of its own.
# None where nobody has chosen: labels are Chinese then, as the documents, and errors English.
_state: dict[str, str | None] = {"language": None}


def use_language(language: str) -> None:
    """Choose the language of every label, chart, sentence and error from here on.

    Parameters
    ----------
    language : {"zh", "en"}
        Chinese or English. Where none was chosen labels, charts and sentences are Chinese, as
        the documents are, and errors English, as Python's own.

    Raises
    ------
    LanguageError
        If `language` is neither ``"zh"`` nor ``"en"``.

    Examples
    --------
    >>> import budgetkit as bk
    >>> with bk.language.language("zh"):  # after it all is as it was before
    ...     bk.use_language("en")
    ...     bk.language.label("measure.basic")
    'Basic expenditure'
    """
    check(language)
    _state["language"] = language


def check(language: object) -> None:
    """Raise a `LanguageError` where something is neither ``"zh"`` nor ``"en"``."""
    if language not in LANGUAGES:
        raise LanguageError(said("any.language", language=language, known=several(LANGUAGES)))


def current() -> str:
    """Return the language in use.

    Returns
    -------
    str
        ``"zh"`` or ``"en"``; ``"zh"`` where none was chosen.

    Examples
    --------
    >>> current()
    'zh'
    """
    return _state["language"] or "zh"


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
    before = _state["language"]
    use_language(name)
    try:
        yield
    finally:
        _state["language"] = before


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


def said(key: str, **values: object) -> str:
    """The text of an error, in the language that was chosen; English where none was.

    Parameters
    ----------
    key : str
        A key of ``vocabulary/errors.toml`` such as ``"reading.empty"``.
    **values : object
        Filled into its ``{placeholders}``.

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> said("reading.empty", path="a.pdf")
    'a.pdf: the file is empty; download it again'
    >>> with language("zh"):
    ...     said("reading.empty", path="a.pdf")
    'a.pdf：文件是空的，请重新下载'
    """
    texts: Any = reduce(getitem, key.split("."), words("errors"))
    return str(texts[_state["language"] or "en"].format(**values))


def several(names: "Iterable[object]") -> str:
    """Names one after the other within an error.

    >>> several(["income", "balance"])
    'income, balance'
    """
    return said("any.comma").join(map(str, names))


def cause(fault: OSError) -> str:
    """Why the system did not do something.

    >>> with language("zh"):
    ...     cause(PermissionError(13, "Permission denied"))
    '没有权限'
    """
    name = errorcode.get(fault.errno or 0)
    return (
        said(f"cause.{name}") if name in words("errors")["cause"] else str(fault.strerror or fault)
    )


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
    comma: str = words("errors")["any"]["comma"][current()]
    return comma.join(map(str, names))


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
