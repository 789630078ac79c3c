"""A workbook's value and number format in, the text that the cell shows out."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_SECTIONS = re.compile(r'(?:"[^"]*"|[\\!].|\[[^\]]*\]|[^;])+|(?<=;)(?=;|$)|^(?=;)')
_PIECES = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<sign>[-0#?.,%])|(?P<text>.)'
)
_CONDITION = re.compile(r"\[[<>=]")
_SCIENTIFIC_OR_FRACTION = re.compile(r"[Ee][+-]|/|General|@")
_DATE_PARTS = re.compile(r"yyyy|yy|mm|m|dd|d")
_CURRENCY = "$¥￥€£"


def shown(value: Any, form: str) -> str:
    """A cell's value as its number format shows it; signs of currency are left out.

    Excel keeps 15 digits of a number and rounds a half away from zero; so do we.

    >>> shown(1234.5, "#,##0.00"), shown(0.1 + 0.2, "General"), shown(5, "00"), shown(None, "0")
    ('1,234.50', '0.3', '05', '')
    >>> shown(0, '#,##0.00;-#,##0.00;"-"'), shown(-2.5, "0.0_);(0.0)"), shown(0.125, "0.0%")
    ('-', '(2.5)', '12.5%')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date):
        return _date(value, form)
    if not isinstance(value, int | float | Decimal):
        return str(value).strip()
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    chosen = _section(number, form)
    if chosen is None:
        return f"{number:f}"
    section, signed = chosen
    text = _filled(section, abs(number))
    bare = not any(digit in text for digit in "123456789")
    return f"-{text}" if signed and number < 0 and not bare else text


def _section(number: Decimal, form: str) -> tuple[str, bool] | None:
    """The part of a format that a number takes, and whether it wants a minus sign.

    ``None`` where the format has conditions, fractions or powers: then the number itself.
    """
    if _CONDITION.search(form):
        return None
    sections = _SECTIONS.findall(form)
    use = 0
    if number < 0 and len(sections) > 1:
        use = 1
    elif number == 0 and len(sections) > 2:
        use = 2
    if not sections or _SCIENTIFIC_OR_FRACTION.search(re.sub(r'"[^"]*"|\[[^\]]*\]', "", form)):
        text_only = len(sections) == 4 and use < 3  # ``@`` is the section of texts
        if not sections or not text_only or _SCIENTIFIC_OR_FRACTION.search(sections[use]):
            return None
    return sections[use], use == 0


def _filled(section: str, number: Decimal) -> str:
    """One part of a format with the digits of a number that is not negative."""
    pieces = [_piece(match) for match in _PIECES.finditer(section)]
    places = [i for i, (sign, _) in enumerate(pieces) if sign in tuple("0#?")]
    if not places:
        return "".join(text for sign, text in pieces if sign not in {".", ","}).strip()
    point = next((i for i, (sign, _) in enumerate(pieces) if sign == "."), None)
    whole = [i for i in places if point is None or i < point]
    after = [i for i in places if point is not None and i > point]
    commas = [i for i, (sign, _) in enumerate(pieces) if sign == ","]
    grouped = any(whole and whole[0] < i < whole[-1] for i in commas)
    for i in commas:
        number /= 1000 if i > (whole or places)[-1] else 1
    number *= 100 ** sum(sign == "%" for sign, _ in pieces)
    number = number.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    digits, _, decimals = f"{number:f}".partition(".")
    for i in reversed(after):
        if pieces[i][0] == "0" or decimals[-1:] != "0":
            break
        decimals = decimals[:-1]
    if digits == "0" and not decimals and not any(pieces[i][0] == "0" for i in whole):
        digits = ""
    digits = digits.zfill(sum(pieces[i][0] == "0" for i in whole))
    apart = whole and any(i not in whole and pieces[i][1] for i in range(whole[0], whole[-1]))
    filled: dict[int, str] = {}
    for i in reversed(whole[1:] if apart else []):  # ``0\.0000``: 元 shown as 万元
        digits, filled[i] = digits[:-1], digits[-1:] or "0"
    if grouped:
        digits = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", digits)
    filled[whole[0] if whole else places[0]] = (digits or "0") if apart else digits
    if point is not None and decimals:
        filled[point] = f".{decimals}"
    return "".join(filled.get(i, text) for i, (_, text) in enumerate(pieces)).strip()


def _piece(match: re.Match[str]) -> tuple[str, str]:
    """A sign of a format, or the text that stands for itself."""
    sign = match["sign"] or ""
    if sign in {"-", "%"}:
        return sign, sign
    text = match["quoted"] or match["escaped"] or match["text"] or ""
    return sign, "" if text in _CURRENCY else text


def _date(value: date, form: str) -> str:
    """A date as a Chinese format shows it, otherwise year-month-day."""
    if "年" in form:
        parts = {"yyyy": f"{value:%Y}", "yy": f"{value:%y}", "mm": f"{value:%m}", "m": value.month}
        parts |= {"dd": f"{value:%d}", "d": value.day}
        bare = re.sub(r'\[[^\]]*\]|["\\]|;.*', "", form)
        return _DATE_PARTS.sub(lambda match: str(parts[match[0]]), bare)
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return value.isoformat(" ")
    return value.isoformat()[:10]
