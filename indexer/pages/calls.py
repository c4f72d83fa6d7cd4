"""Calls into PDFium that are made for every character and every path.

They do not give up the interpreter's lock, and their arguments are not looked at: numbers go as ints, addresses as
Pointers, both of which ctypes hands on as they are. That takes a third of the time of pypdfium2's own calls.
"""

import ctypes
from collections import deque
from collections.abc import Callable
from itertools import repeat
from typing import Any

from pypdfium2_raw import bindings

AT_ONCE = 1024  # characters whose boxes are asked for together


class Pointer(ctypes.c_void_p):
    """An address, kept as ctypes takes it: its own class, so that it is not made an int on its way out."""


def _call(name: str, result: Any) -> Any:
    function = _library[name]
    function.restype = result
    return function


_library = ctypes.PyDLL(None, handle=bindings._libs["pdfium"]._handle)
_I = ctypes.c_int

_box_of = _call("FPDFText_GetLooseCharBox", _I)
code_of = _call("FPDFText_GetUnicode", ctypes.c_uint)
text_of = _call("FPDFText_GetText", _I)
object_of = _call("FPDFText_GetTextObject", ctypes.c_void_p)  # its number, to be compared
matrix_of_char = _call("FPDFText_GetMatrix", _I)
size_of = _call("FPDFText_GetFontSize", ctypes.c_double)
generated = _call("FPDFText_IsGenerated", _I)
unmapped = _call("FPDFText_HasUnicodeMapError", _I)
mode_of = _call("FPDFTextObj_GetTextRenderMode", _I)
font_of = _call("FPDFTextObj_GetFont", Pointer)
font_name = _call("FPDFFont_GetBaseFontName", ctypes.c_size_t)
object_at = _call("FPDFPage_GetObject", Pointer)
form_object_at = _call("FPDFFormObj_GetObject", Pointer)
form_objects = _call("FPDFFormObj_CountObjects", _I)
kind_of = _call("FPDFPageObj_GetType", _I)
matrix_of = _call("FPDFPageObj_GetMatrix", _I)
bounds_of = _call("FPDFPageObj_GetBounds", _I)
draw_mode = _call("FPDFPath_GetDrawMode", _I)
fill_colour = _call("FPDFPageObj_GetFillColor", _I)
stroke_colour = _call("FPDFPageObj_GetStrokeColor", _I)
stroke_width = _call("FPDFPageObj_GetStrokeWidth", _I)
segments = _call("FPDFPath_CountSegments", _I)
segment_at = _call("FPDFPath_GetPathSegment", Pointer)
segment_kind = _call("FPDFPathSegment_GetType", _I)
segment_point = _call("FPDFPathSegment_GetPoint", _I)
# these take a number that is longer than an int
form_object_at.argtypes = ctypes.c_void_p, ctypes.c_ulong
font_name.argtypes = ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t


def _view(room: Any, kind: Any) -> Any:
    return memoryview(room).cast("B").cast(kind)


class Floats:
    """Room for floats that PDFium writes: `at` their addresses, `read` their values."""

    def __init__(self, count: int, step: int = 1) -> None:
        self._room = (ctypes.c_float * count)()
        start = ctypes.addressof(self._room)
        self.at = tuple(Pointer(start + 4 * number) for number in range(0, count, step))
        self._view = _view(self._room, "f")
        self.read: Callable[[], list[float]] = self._view.tolist

    def every(self, step: int, first: int, count: int) -> list[float]:
        """So many values, each `step` behind the one before it."""
        return self._view[first : step * count : step].tolist()  # type: ignore[no-any-return]


class Integers:
    """Room for four unsigned integers that PDFium writes."""

    def __init__(self) -> None:
        self._room = (ctypes.c_uint * 4)()
        start = ctypes.addressof(self._room)
        self.at = tuple(Pointer(start + 4 * number) for number in range(4))
        self.read: Callable[[], list[int]] = _view(self._room, "I").tolist


_boxes = Floats(4 * AT_ONCE, 4)
Sides = tuple[list[float], list[float], list[float], list[float]]


def boxes(textpage: Pointer, count: int) -> Sides:
    """The boxes of a text page's characters: their left, top, right and bottom sides."""
    found: Sides = [], [], [], []
    for first in range(0, count, AT_ONCE):
        some = range(first, min(first + AT_ONCE, count))
        deque(map(_box_of, repeat(textpage), some, _boxes.at), 0)
        for side in range(4):
            found[side].extend(_boxes.every(4, side, len(some)))
    return found


def pointer(raw: Any) -> Pointer:
    """The address that one of pypdfium2's own pointers holds."""
    return Pointer(ctypes.cast(raw, ctypes.c_void_p).value)
