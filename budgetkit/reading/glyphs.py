"""The text layer of a PDF: every printed character with its place on the page as seen."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import NamedTuple, TypeVar

import pypdfium2 as pdfium
import pypdfium2.raw as raw

#: A line may be this far (points) from upright or level.
THIN = 1.5

#: A path of more pieces than a box has, no larger than this (points), is a letter's outline;
#: so is one of which more than this share is curved.
_BOX, _LETTER, _CURVED = 6, 30.0, 0.2

#: From so much of each colour on a line is not to be seen on paper.
_WHITE = 250

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


class Box(NamedTuple):
    """A rectangle on the page as seen."""

    left: float
    top: float
    right: float
    bottom: float


Placed = TypeVar("Placed", Glyph, Box)
Turn = Callable[[float, float, float, float], Box]


def glyphs(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> tuple[list[Glyph], list[Glyph]]:
    """The characters of a page, blanks left out: those to be seen, and those clipped away.

    A spreadsheet's cell that runs over the page's end is often drawn whole on both
    pages and cut by a clip: its text is there twice, to be seen in part.
    """
    turn = _turn(page)
    box, layer = raw.FS_RECTF(), text.raw
    objects: dict[int, Box] = {}
    windows: dict[tuple[int, ...], Box] = {}
    seen: list[Glyph] = []
    hidden: list[Glyph] = []
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(layer, index)
        # a character without a map is given as its number within the font, which says nothing
        if raw.FPDFText_HasUnicodeMapError(layer, index) == 1 or _is_foreign(code):
            code = ord(UNKNOWN) if _has_ink(text, index) else 0
        if code <= 32 or code == 0xA0 or code == 0x3000 or code == 0xFFFE:
            continue
        # the loose box is as high as the line: a comma's own box would make a line of its own
        if raw.FPDFText_GetLooseCharBox(layer, index, box):
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            drawn = raw.FPDFText_GetTextObject(layer, index)
            at = ctypes.addressof(drawn.contents) if drawn else 0
            if at not in objects:
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


def pictures(page: pdfium.PdfPage) -> list[Box]:
    """Where the pictures of a page are; one within a drawing is given in the drawing's points."""
    turn = _turn(page)
    found = []
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        raw.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
        found.append(turn(left.value, bottom.value, right.value, top.value))
    return found


def rules(page: pdfium.PdfPage) -> list[Box]:
    """The straight lines drawn on a page, upright or level, as boxes of no thickness.

    The sides of a rectangle are four lines; those of a very thin one are a single line.
    What is painted white is paper: some programs lay a white box under every line of text.
    Bold letters may be drawn as outlines over the text: they are no rules.
    """
    turn = _turn(page)
    found = []
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5):
        if not _is_seen(drawn):
            continue
        strokes = _strokes(drawn)
        for left, bottom, right, top in [] if _is_lettering(drawn, strokes) else strokes:
            box = turn(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
            if min(box.right - box.left, box.bottom - box.top) <= THIN:
                found.append(box)
    return found


def _is_lettering(
    drawn: pdfium.PdfObject, strokes: Sequence[tuple[float, float, float, float]]
) -> bool:
    """Whether a path is the outline of letters: small with many pieces, or curved."""
    if len(strokes) <= _BOX:
        return False
    across = [place for stroke in strokes for place in stroke[::2]]
    down = [place for stroke in strokes for place in stroke[1::2]]
    if max(max(across) - min(across), max(down) - min(down)) < _LETTER:
        return True
    count = raw.FPDFPath_CountSegments(drawn.raw)
    pieces = (raw.FPDFPath_GetPathSegment(drawn.raw, index) for index in range(count))
    curved = sum(raw.FPDFPathSegment_GetType(p) == raw.FPDF_SEGMENT_BEZIERTO for p in pieces)
    return curved > _CURVED * count


def _is_seen(drawn: pdfium.PdfObject) -> bool:
    """Whether a path is painted in another colour than white."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(drawn.raw, filled, stroked)
    channels = [ctypes.c_uint() for _ in range(4)]
    for used, colour in (
        (filled.value, raw.FPDFPageObj_GetFillColor),
        (stroked.value, raw.FPDFPageObj_GetStrokeColor),
    ):
        if used and colour(drawn.raw, *channels) and min(c.value for c in channels[:3]) < _WHITE:
            return True
    return False


def _strokes(drawn: pdfium.PdfObject) -> list[tuple[float, float, float, float]]:
    """The straight pieces of a path, from point to point."""
    matrix = drawn.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    strokes, start, before = [], None, None
    for index in range(raw.FPDFPath_CountSegments(drawn.raw)):
        piece = raw.FPDFPath_GetPathSegment(drawn.raw, index)
        raw.FPDFPathSegment_GetPoint(piece, x, y)
        point = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(piece) == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif before is not None:
            strokes.append((*before, *point))
        if raw.FPDFPathSegment_GetClose(piece) and start is not None:
            strokes.append((*point, *start))
        before = point
    return strokes


def lines(found: Iterable[Glyph]) -> list[tuple[str, float]]:
    """Characters as lines of text from top to bottom, each with the middle of its height."""
    return [
        (" ".join("".join(g.text for g in word) for word in _words(row)), _middle(row))
        for row in rows(found)
    ]


def words(found: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters as words: runs along a line without a gap."""
    return [word for row in rows(found) for word in _words(row)]


def rows(found: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters by the line that they stand on, from top to bottom."""
    result: list[list[Glyph]] = []
    y, tallest = 0.0, 0.0  # of the line so far
    for glyph in sorted(found, key=lambda g: g.y):
        height = _height(glyph)
        if result and abs(y - glyph.y) < max(_SAME_LINE * max(height, tallest), 2.0):
            result[-1].append(glyph)
        else:
            result.append([glyph])
            tallest = -1.0
        if height > tallest:
            y, tallest = glyph.y, height
    return result


def _middle(row: Sequence[Glyph]) -> float:
    """The height of a line: that of its tallest characters, so that a comma does not count."""
    return max(row, key=_height).y


def _height(glyph: Glyph) -> float:
    return glyph.bottom - glyph.top


def _words(row: Sequence[Glyph]) -> list[list[Glyph]]:
    """The words of one line, from left to right."""
    result: list[list[Glyph]] = []
    for glyph in sorted(row, key=lambda g: g.x):
        size = max(glyph.bottom - glyph.top, glyph.right - glyph.left)
        if result and glyph.left - result[-1][-1].right <= max(0.6 * size, 2.5):
            result[-1].append(glyph)
        else:
            result.append([glyph])
    return result


def _turn(page: pdfium.PdfPage) -> Turn:
    """What turns a box of the page's own coordinates into one of the page as seen."""
    x0, y0, x1, y1 = page.get_cropbox(fallback_ok=True)
    quarter = page.get_rotation() // 90

    def turn(left: float, bottom: float, right: float, top: float) -> Box:
        left, right, bottom, top = left - x0, right - x0, bottom - y0, top - y0
        width, height = x1 - x0, y1 - y0
        if quarter == 1:
            return Box(bottom, left, top, right)
        if quarter == 2:
            return Box(width - right, bottom, width - left, top)
        if quarter == 3:
            return Box(height - top, width - right, height - bottom, width - left)
        return Box(left, height - top, right, height - bottom)

    return turn
