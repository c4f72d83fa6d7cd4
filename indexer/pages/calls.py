"""Calls into PDFium that are made for every character and every path, and room for what they write."""

import ctypes
from array import array
from collections import deque
from collections.abc import Callable
from itertools import repeat

from indexer.pages.library import Pointer, quick

AT_ONCE = 1024  # characters whose boxes are asked for together


_I = ctypes.c_int

box_of = quick("FPDFText_GetLooseCharBox", _I)
char_count = quick("FPDFText_CountChars", _I)
code_of = quick("FPDFText_GetUnicode", ctypes.c_uint)
text_of = quick("FPDFText_GetText", _I)
object_of = quick("FPDFText_GetTextObject", ctypes.c_void_p)  # its number, to be compared
matrix_of_char = quick("FPDFText_GetMatrix", _I)
origin_of = quick("FPDFText_GetCharOrigin", _I)
size_of = quick("FPDFText_GetFontSize", ctypes.c_double)
generated = quick("FPDFText_IsGenerated", _I)
unmapped = quick("FPDFText_HasUnicodeMapError", _I)
mode_of = quick("FPDFTextObj_GetTextRenderMode", _I)
font_of = quick("FPDFTextObj_GetFont", Pointer)
font_name = quick("FPDFFont_GetBaseFontName", ctypes.c_size_t, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)
object_at = quick("FPDFPage_GetObject", Pointer)
object_count = quick("FPDFPage_CountObjects", _I)
form_object_at = quick("FPDFFormObj_GetObject", Pointer, ctypes.c_void_p, ctypes.c_ulong)
form_objects = quick("FPDFFormObj_CountObjects", _I)
kind_of = quick("FPDFPageObj_GetType", _I)
matrix_of = quick("FPDFPageObj_GetMatrix", _I)
bounds_of = quick("FPDFPageObj_GetBounds", _I)
draw_mode = quick("FPDFPath_GetDrawMode", _I)
fill_colour = quick("FPDFPageObj_GetFillColor", _I)
segments = quick("FPDFPath_CountSegments", _I)
segment_at = quick("FPDFPath_GetPathSegment", Pointer)
segment_kind = quick("FPDFPathSegment_GetType", _I)
segment_point = quick("FPDFPathSegment_GetPoint", _I)


class Floats:
    """Room for floats that PDFium writes: `at` their addresses, `read` their values."""

    def __init__(self, count: int, step: int = 1) -> None:
        self._room = array("f", bytes(4 * count))
        self.at = _addresses(self._room, step)
        self.read: Callable[[], list[float]] = self._room.tolist

    def every(self, step: int, first: int, count: int) -> list[float]:
        """So many values, each `step` behind the one before it."""
        return self._room[first : step * count : step].tolist()


class Integers:
    """Room for four unsigned integers that PDFium writes."""

    def __init__(self) -> None:
        self._room = array("I", bytes(16))
        self.at = _addresses(self._room)
        self.read: Callable[[], list[int]] = self._room.tolist


def _addresses(room: "array[float] | array[int]", step: int = 1) -> tuple[Pointer, ...]:
    start, count = room.buffer_info()
    return tuple(Pointer(start + 4 * number) for number in range(0, count, step))


_boxes = Floats(4 * AT_ONCE, 4)
Sides = tuple[list[float], list[float], list[float], list[float]]


def boxes(textpage: Pointer, count: int) -> Sides:
    """The boxes of a text page's characters: their left, top, right and bottom sides."""
    found: Sides = [], [], [], []
    for first in range(0, count, AT_ONCE):
        some = range(first, min(first + AT_ONCE, count))
        deque(map(box_of, repeat(textpage), some, _boxes.at), 0)
        for side in range(4):
            found[side].extend(_boxes.every(4, side, len(some)))
    return found
