"""What is drawn on a page of a PDF: rules and pictures."""

import ctypes
from collections.abc import Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from budgetkit.reading.boxes import Box
from budgetkit.reading.glyphs import THIN, turn_of

#: A path of more pieces than a box has, no larger than this (points), is a letter's outline;
#: so is one of which more than this share is curved.
_BOX, _LETTER, _CURVED = 6, 30.0, 0.2

#: Drawings are looked for so deep in others; two cells are a box and a line of so many pieces.
_NESTED, _TWO_CELLS = 5, 6

#: From so much of each colour on a line is not to be seen on paper.
_WHITE = 250


def pictures(page: pdfium.PdfPage) -> list[Box]:
    """Where the pictures of a page are; one within a drawing is given in the drawing's points."""
    turn = turn_of(page)
    found = []
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        raw.FPDFPageObj_GetBounds(drawn, left, bottom, right, top)
        found.append(Box(*turn(left.value, bottom.value, right.value, top.value)))
    return found


def is_ruled(page: pdfium.PdfPage) -> bool:
    """Whether the paths of a page have pieces enough for two cells."""
    pieces = 0
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_NESTED):
        pieces += raw.FPDFPath_CountSegments(drawn.raw)
        if pieces >= _TWO_CELLS:
            return True
    return False


def rules(page: pdfium.PdfPage) -> list[Box]:
    """The straight lines drawn on a page, upright or level, as boxes of no thickness.

    The sides of a rectangle are four lines; those of a very thin one are a single line.
    What is painted white is paper: some programs lay a white box under every line of text.
    Bold letters may be drawn as outlines over the text: they are no rules.
    """
    turn = turn_of(page)
    found = []
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_NESTED):
        if not _is_seen(drawn):
            continue
        strokes = _strokes(drawn)
        for left, bottom, right, top in [] if _is_lettering(drawn, strokes) else strokes:
            sides = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
            box = Box(*turn(*sides))
            if min(box.width, box.height) <= THIN:
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
