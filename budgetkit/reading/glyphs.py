"""The text layer of a PDF: every printed character with its place on the page as seen."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from statistics import median
from typing import Any, NamedTuple, TypeVar

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from budgetkit.reading.boxes import Box

#: A line may be this far (points) from upright or level.
THIN = 1.5

#: So many characters of a page tell which way its text runs.
_SAMPLE = 100

#: The size of type that every distance of the reader is meant for (points); type of up to so
#: many times less or more is taken as it is. So many characters tell the size.
_USUAL, _LESS, _MORE, _ENOUGH = 10.0, 0.6, 1.8, 20

#: Stands for a character that its font gives a shape and no meaning.
UNKNOWN = "\ufffd"

#: Characters are on one line if their middles are nearer than this share of the taller's height.
_SAME_LINE = 0.45


class Glyph(NamedTuple):
    """A character and its box, in points from the top left corner of the page as seen."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def x(self) -> float:
        """Middle, across."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Middle, down."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """From top to bottom: as high as the line, whatever the character is."""
        return self.bottom - self.top


Placed = TypeVar("Placed", Glyph, Box)
Sides = tuple[float, float, float, float]
Turn = Callable[[float, float, float, float], Sides]


def glyphs(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> tuple[list[Glyph], list[Glyph]]:
    """The characters of a page, blanks left out: those to be seen, and those clipped away.

    A spreadsheet's cell that runs over the page's end is often drawn whole on both
    pages and cut by a clip: its text is there twice, to be seen in part.
    """
    turn, calls = turn_of(page), _calls()
    box, layer = raw.FS_RECTF(), ctypes.cast(text.raw, ctypes.c_void_p).value
    place = ctypes.addressof(box)
    objects: dict[int | None, Box] = {}
    windows: dict[tuple[int, ...], Box] = {}
    seen: list[Glyph] = []
    hidden: list[Glyph] = []
    for index in range(text.count_chars()):
        code = calls.code(layer, index)
        # a character without a map is given as its number within the font, which says nothing
        if calls.is_unmapped(layer, index) == 1 or _is_foreign(code):
            code = ord(UNKNOWN) if _has_ink(text, index) else 0
        if code <= 32 or code == 0xA0 or code == 0x3000 or code == 0xFFFE:
            continue
        # the loose box is as high as the line: a comma's own box would make a line of its own
        if calls.loose_box(layer, index, place):
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            at = calls.text_object(layer, index)
            if at not in objects:
                drawn = raw.FPDFText_GetTextObject(text.raw, index)
                clips = _clips(drawn)
                objects[at] = windows[clips] if clips in windows else _window(drawn)
                windows[clips] = objects[at]
            window = objects[at]
            x, y = (left + right) / 2, (bottom + top) / 2
            within = window.left <= x <= window.right and window.top <= y <= window.bottom
            if within and (bottom < window.top or top > window.bottom):
                # a line that its cell cuts in two belongs where its visible part stands
                bottom, top = max(bottom, window.top), min(top, window.bottom)
            glyph = Glyph(chr(code), *turn(left, bottom, right, top))
            (seen if within else hidden).append(glyph)
    return seen, hidden


class _Calls(NamedTuple):
    """Functions of pdfium on a text page and the number of a character, called without ado."""

    code: Callable[..., int]
    is_unmapped: Callable[..., int]
    loose_box: Callable[..., int]
    text_object: Callable[..., int | None]


@cache
def _calls() -> _Calls:
    """What is called for every character: pypdfium2 lets other threads run at each call.

    That takes longer than the call. Pointers are plain numbers here.
    """

    def direct(function: Any, result: type, *arguments: type) -> Callable[..., Any]:
        kind = ctypes.PYFUNCTYPE(result, ctypes.c_void_p, ctypes.c_int, *arguments)
        return ctypes.cast(function, kind)

    return _Calls(
        direct(raw.FPDFText_GetUnicode, ctypes.c_uint),
        direct(raw.FPDFText_HasUnicodeMapError, ctypes.c_int),
        direct(raw.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p),
        direct(raw.FPDFText_GetTextObject, ctypes.c_void_p),
    )


def magnification(printed: Sequence[Glyph]) -> float:
    """By how much a page is to be magnified so that its type is of usual size; 1 mostly."""
    wide = [glyph.right - glyph.left for glyph in printed if glyph.text > "\u2e80"]
    factor = _USUAL / (median(wide) or _USUAL) if len(wide) > _ENOUGH else 1.0
    return 1.0 if _LESS < factor < _MORE else factor


def magnified(found: Iterable[Placed], factor: float) -> list[Placed]:
    """Characters or boxes on a page magnified from its top left corner."""
    if factor == 1:
        return list(found)
    return [
        one._replace(
            left=one.left * factor,
            top=one.top * factor,
            right=one.right * factor,
            bottom=one.bottom * factor,
        )
        for one in found
    ]


def upright(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> bool:
    """Turn a page so that most of its text reads level; whether it had to be turned.

    A wide table may be printed sideways on upright paper. Nothing is written to the file.
    """
    count = text.count_chars()
    turns = Counter(
        round(-raw.FPDFText_GetCharAngle(text.raw, index) / (math.pi / 2)) % 4
        for index in range(0, count, max(1, count // _SAMPLE))
        if raw.FPDFText_GetUnicode(text.raw, index) > 32
    )
    quarters = page.get_rotation() // 90
    wanted = turns.most_common(1)[0][0] if turns else quarters
    if wanted != quarters:
        page.set_rotation(wanted * 90)
    return wanted != quarters


def _is_foreign(code: int) -> bool:
    """Whether a character is a letter or control that Chinese is printed as by a wrong map."""
    return 0x7F <= code < 0xA0 or (0xC0 <= code < 0x250 and chr(code).isalpha())


def _has_ink(text: pdfium.PdfTextPage, index: int) -> bool:
    """Whether a character is not a blank."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text.raw, index, left, right, bottom, top)
    return right.value > left.value and top.value > bottom.value


def _clips(drawn: object) -> tuple[int, ...]:
    """Where an object's clips are kept: the same for all that share them."""
    clip = raw.FPDFPageObj_GetClipPath(drawn) if drawn else None
    count = raw.FPDFClipPath_CountPaths(clip) if clip else 0
    first = (raw.FPDFClipPath_GetPathSegment(clip, path, 0) for path in range(count))
    return tuple(ctypes.addressof(piece.contents) if piece else 0 for piece in first)


def _window(drawn: object) -> Box:
    """The part of the page that an object is to be seen in, in the page's own coordinates."""
    window = Box(-math.inf, -math.inf, math.inf, math.inf)
    clip = raw.FPDFPageObj_GetClipPath(drawn) if drawn else None
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(raw.FPDFClipPath_CountPaths(clip) if clip else 0):
        points = []
        for index in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            piece = raw.FPDFClipPath_GetPathSegment(clip, path, index)
            raw.FPDFPathSegment_GetPoint(piece, x, y)
            points.append((x.value, y.value))
        if points:
            across, upright = [x for x, _ in points], [y for _, y in points]
            window = Box(
                max(window.left, min(across) - THIN),
                max(window.top, min(upright) - THIN),
                min(window.right, max(across) + THIN),
                min(window.bottom, max(upright) + THIN),
            )
    return window


def lines(found: Iterable[Glyph]) -> list[tuple[str, float]]:
    """Characters as lines of text from top to bottom, each with the middle of its height."""
    return [
        (" ".join("".join(g.text for g in word) for word in words(row)), _middle(row))
        for row in rows(found)
    ]


def rows(found: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters by the line that they stand on, from top to bottom."""
    result: list[list[Glyph]] = []
    y, tallest = 0.0, 0.0  # of the line so far
    for glyph in sorted(found, key=lambda g: g.top + g.bottom):
        middle, height = glyph.y, glyph.height
        tall = height if height > tallest else tallest
        if result and abs(y - middle) < max(_SAME_LINE * tall, 2.0):
            result[-1].append(glyph)
        else:
            result.append([glyph])
            tallest = -1.0
        if height > tallest:
            y, tallest = middle, height
    return result


def _middle(row: Sequence[Glyph]) -> float:
    """The height of a line: that of its tallest characters, so that a comma does not count."""
    return max(row, key=lambda glyph: glyph.height).y


def all_words(found: Iterable[Glyph]) -> list[list[Glyph]]:
    """The words of all lines, from top to bottom."""
    return [word for row in rows(found) for word in words(row)]


def words(row: Iterable[Glyph]) -> list[list[Glyph]]:
    """The words of one line, from left to right: runs of characters without a gap."""
    result: list[list[Glyph]] = []
    for glyph in sorted(row, key=lambda g: g.left + g.right):
        size = max(glyph.height, glyph.right - glyph.left)
        if result and glyph.left - result[-1][-1].right <= max(0.6 * size, 2.5):
            result[-1].append(glyph)
        else:
            result.append([glyph])
    return result


def turn_of(page: pdfium.PdfPage) -> Turn:
    """What turns the sides of a box of the page's own into those of one on the page as seen."""
    x0, y0, x1, y1 = page.get_cropbox(fallback_ok=True)
    quarter = page.get_rotation() // 90

    def turn(left: float, bottom: float, right: float, top: float) -> Sides:
        if quarter == 1:
            return bottom - y0, left - x0, top - y0, right - x0
        if quarter == 2:
            return x1 - right, bottom - y0, x1 - left, top - y0
        if quarter == 3:
            return y1 - top, x1 - right, y1 - bottom, x1 - left
        return left - x0, y1 - top, right - x0, y1 - bottom

    return turn
