"""Calls into PDFium that are made for every character and every path.

They go through plain pointers and do not give up the interpreter's lock, which halves their cost.
"""

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2_raw import bindings


def _call(name: str, result: Any, *arguments: Any) -> Any:
    function = _library[name]
    function.restype, function.argtypes = result, arguments
    return function


_library = ctypes.PyDLL(None, handle=bindings._libs["pdfium"]._handle)
_P, _I = ctypes.c_void_p, ctypes.c_int

box_of = _call("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
code_of = _call("FPDFText_GetUnicode", ctypes.c_uint, _P, _I)
text_of = _call("FPDFText_GetText", _I, _P, _I, _I, _P)
object_of = _call("FPDFText_GetTextObject", _P, _P, _I)
matrix_of_char = _call("FPDFText_GetMatrix", _I, _P, _I, _P)
size_of = _call("FPDFText_GetFontSize", ctypes.c_double, _P, _I)
generated = _call("FPDFText_IsGenerated", _I, _P, _I)
unmapped = _call("FPDFText_HasUnicodeMapError", _I, _P, _I)
mode_of = _call("FPDFTextObj_GetTextRenderMode", _I, _P)
font_of = _call("FPDFTextObj_GetFont", _P, _P)
font_name = _call("FPDFFont_GetBaseFontName", ctypes.c_size_t, _P, _P, ctypes.c_size_t)
object_at = _call("FPDFPage_GetObject", _P, _P, _I)
form_object_at = _call("FPDFFormObj_GetObject", _P, _P, ctypes.c_ulong)
form_objects = _call("FPDFFormObj_CountObjects", _I, _P)
kind_of = _call("FPDFPageObj_GetType", _I, _P)
matrix_of = _call("FPDFPageObj_GetMatrix", _I, _P, _P)
bounds_of = _call("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
draw_mode = _call("FPDFPath_GetDrawMode", _I, _P, _P, _P)
fill_colour = _call("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
stroke_colour = _call("FPDFPageObj_GetStrokeColor", _I, _P, _P, _P, _P, _P)
stroke_width = _call("FPDFPageObj_GetStrokeWidth", _I, _P, _P)
segments = _call("FPDFPath_CountSegments", _I, _P)
segment_at = _call("FPDFPath_GetPathSegment", _P, _P, _I)
segment_kind = _call("FPDFPathSegment_GetType", _I, _P)
segment_point = _call("FPDFPathSegment_GetPoint", _I, _P, _P, _P)


def _reader(room: Any, kind: Any) -> Any:
    return memoryview(room).cast("B").cast(kind).tolist


class Floats:
    """Room for floats that PDFium writes: `at` their addresses, `read` their values."""

    def __init__(self, count: int) -> None:
        self._room = (ctypes.c_float * count)()
        start = ctypes.addressof(self._room)
        self.at = tuple(start + 4 * number for number in range(count))
        self.read: Callable[[], list[float]] = _reader(self._room, "f")


class Integers:
    """Room for four unsigned integers that PDFium writes."""

    def __init__(self) -> None:
        self._room = (ctypes.c_uint * 4)()
        start = ctypes.addressof(self._room)
        self.at = tuple(start + 4 * number for number in range(4))
        self.read: Callable[[], list[int]] = _reader(self._room, "I")


def pointer(raw: Any) -> int:
    """The address that one of pypdfium2's own pointers holds."""
    return ctypes.cast(raw, _P).value or 0
