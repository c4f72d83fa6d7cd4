"""A PDF file opened by PDFium: its pages, and what it says of itself."""

import ctypes
import os
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

from corpus.paper import Box
from indexer.pages.library import ADDRESS, INT, LONG, Pointer, call

FORMAT, PASSWORD, SECURITY = 3, 4, 5  # errors of opening a file
GREY, WHITE = 1, 0xFFFFFFFF  # a picture's form and its ground
WITH_NOTES, IN_GREY = 0x01, 0x08  # how a page is drawn
DEEPEST = 15  # levels of an outline

_open = call("FPDF_LoadDocument", Pointer, ctypes.c_char_p, ctypes.c_char_p)
_open_bytes = call("FPDF_LoadMemDocument64", Pointer, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p)
_error = call("FPDF_GetLastError", LONG)
_close = call("FPDF_CloseDocument", None, Pointer)
_count = call("FPDF_GetPageCount", INT, Pointer)
_size_of = call("FPDF_GetPageSizeByIndexF", INT, Pointer, INT, ADDRESS)
_load_page = call("FPDF_LoadPage", Pointer, Pointer, INT)
_close_page = call("FPDF_ClosePage", None, Pointer)
_width = call("FPDF_GetPageWidthF", ctypes.c_float, Pointer)
_height = call("FPDF_GetPageHeightF", ctypes.c_float, Pointer)
_turns = call("FPDFPage_GetRotation", INT, Pointer)
_bounds = call("FPDF_GetPageBoundingBox", INT, Pointer, ADDRESS)
_load_text = call("FPDFText_LoadPage", Pointer, Pointer)
_close_text = call("FPDFText_ClosePage", None, Pointer)
_bitmap = call("FPDFBitmap_CreateEx", Pointer, INT, INT, INT, ADDRESS, INT)
_fill = call("FPDFBitmap_FillRect", INT, Pointer, INT, INT, INT, INT, LONG)
_render = call("FPDF_RenderPageBitmap", None, Pointer, Pointer, *(INT,) * 6)
_buffer = call("FPDFBitmap_GetBuffer", ADDRESS, Pointer)
_stride = call("FPDFBitmap_GetStride", INT, Pointer)
_destroy = call("FPDFBitmap_Destroy", None, Pointer)
_field = call("FPDF_GetMetaText", LONG, Pointer, ctypes.c_char_p, ADDRESS, LONG)
_label = call("FPDF_GetPageLabel", LONG, Pointer, INT, ADDRESS, LONG)
_first_child = call("FPDFBookmark_GetFirstChild", Pointer, Pointer, Pointer)
_next_sibling = call("FPDFBookmark_GetNextSibling", Pointer, Pointer, Pointer)
_bookmark_title = call("FPDFBookmark_GetTitle", LONG, Pointer, ADDRESS, LONG)
_destination = call("FPDFBookmark_GetDest", Pointer, Pointer, Pointer)
_page_of = call("FPDFDest_GetDestPageIndex", INT, Pointer, Pointer)


class PdfiumError(Exception):
    """PDFium cannot do it. `code`: why a file was not opened."""

    def __init__(self, code: int = 0) -> None:
        super().__init__(code)
        self.code = code


class Document:
    """A file, or its bytes. Raises PdfiumError where PDFium cannot open it or finds no pages in it."""

    def __init__(self, source: Path | bytes) -> None:
        self._source = source  # bytes must live as long as the document
        if isinstance(source, bytes):
            self._raw = _open_bytes(source, len(source), None)
        else:
            _open_bytes(b"", 0, None)  # PDFium gives some errors no code, and that of an earlier file would stand
            self._raw = _open(os.fsencode(source.absolute()), None)
        if _count(self._raw) < 1:
            raise PdfiumError(_error())

    def __len__(self) -> int:
        return _count(self._raw)  # type: ignore[no-any-return]

    def __enter__(self) -> "Document":
        return self

    def __exit__(self, *_: object) -> None:
        _close(self._raw)

    def has(self, page: int) -> bool:
        """Whether a page, from 0, is there, and not only said to be."""
        return bool(_size_of(self._raw, page, (ctypes.c_float * 2)()))

    def page(self, number: int) -> "Leaf":
        """The page, from 0. Raises PdfiumError."""
        return Leaf(_load_page(self._raw, number))

    def field(self, name: str) -> str:
        """What the file says of itself under that name."""
        return _text(_field, self._raw, name.encode())

    def label(self, page: int) -> str:
        """The label of a page, from 0."""
        return _text(_label, self._raw, page)

    def outline(self) -> Iterator[tuple[int, str, int]]:
        """The level, from 0, the title and the page, from 0, of each entry that leads to a page."""
        yield from self._entries(Pointer(), 0, set())

    def _entries(self, parent: Pointer, level: int, seen: set[int]) -> Iterator[tuple[int, str, int]]:
        entry = _first_child(self._raw, parent)
        while entry and entry.value not in seen:  # some files lead round in circles
            seen.add(entry.value)
            target = _destination(self._raw, entry)
            page = _page_of(self._raw, target) if target else -1
            if page >= 0:
                yield level, _text(_bookmark_title, entry), page
            if level < DEEPEST - 1:
                yield from self._entries(entry, level + 1, seen)
            entry = _next_sibling(self._raw, entry)


class Leaf:
    """A page that is loaded; `raw` its address. Raises PdfiumError."""

    def __init__(self, raw: Pointer) -> None:
        if not raw:
            raise PdfiumError
        self.raw = raw

    def __enter__(self) -> "Leaf":
        return self

    def __exit__(self, *_: object) -> None:
        _close_page(self.raw)

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height in points, as it is shown."""
        return _width(self.raw), _height(self.raw)

    @property
    def turns(self) -> int:
        """By how many right angles it is turned to be shown, 0 to 3."""
        return int(_turns(self.raw))

    @property
    def bounds(self) -> Box:
        """What of it is shown: its left, lower, right and upper sides in its own coordinates."""
        sides = (ctypes.c_float * 4)()  # left, top, right, bottom
        if not _bounds(self.raw, sides):
            raise PdfiumError
        left, top, right, bottom = sides
        return left, bottom, right, top

    def text(self) -> "Text":
        """Its characters."""
        return Text(_load_text(self.raw))

    def grey(self, scale: float) -> Any:
        """It as an array of rows of grey levels, 0 black to 255 white, so many dots a point."""
        import numpy as np

        width, height = (ceil(side * scale) for side in self.size)
        if min(width, height) < 1:
            raise PdfiumError
        bitmap = _bitmap(width, height, GREY, None, 0)
        if not bitmap:
            raise PdfiumError
        try:
            _fill(bitmap, 0, 0, width, height, WHITE)
            _render(bitmap, self.raw, 0, 0, width, height, 0, WITH_NOTES | IN_GREY)
            stride = _stride(bitmap)
            dots = np.frombuffer(ctypes.string_at(_buffer(bitmap), stride * height), np.uint8)
            return dots.reshape(height, stride)[:, :width]
        finally:
            _destroy(bitmap)


class Text:
    """The characters of a page; `raw` their address."""

    def __init__(self, raw: Pointer) -> None:
        if not raw:
            raise PdfiumError
        self.raw = raw

    def __enter__(self) -> "Text":
        return self

    def __exit__(self, *_: object) -> None:
        _close_text(self.raw)


def _text(ask: Any, *of: Any) -> str:
    """A text that PDFium hands out by its length first."""
    length = ask(*of, None, 0)
    room = ctypes.create_string_buffer(length)
    ask(*of, room, length)
    return room.raw[: length - 2].decode("utf-16-le")
