"""A page filled from PDFium."""

import ctypes
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from indexer.page import Page, Thing
from indexer.pages import calls
from indexer.pages.characters import Characters
from indexer.pages.drawings import Drawings, Matrix
from indexer.pages.unseen import lines, unseen
from indexer.text.letters import Char

NOTES = (pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WATERMARK)
UNDONE = "unredacted"  # what is marked to be struck out, and still stands there
JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")  # where the words of a stamp's name meet: "NotForPublicRelease"
MOST_SAID = 400  # characters of a note


def fill(page: Any, number: int, seen: bool) -> Page:
    """The objects of a pypdfium2 page, `number` from 1; `seen`: without the letters that nobody sees, which takes a
    picture of it."""
    width, height = page.get_size()
    shown = _shown(page.get_rotation(), page.get_bbox())
    raw = calls.pointer(page.raw)
    drawn = Drawings(shown)
    drawn.walk([calls.object_at(raw, at) for at in range(pdfium.FPDFPage_CountObjects(page.raw))], shown, 0)
    textpage = page.get_textpage()
    try:
        characters = Characters(calls.pointer(textpage.raw), textpage.count_chars(), shown)
        chars = characters.read()
    finally:
        textpage.close()
    hidden = unseen(chars, partial(grey, page)) if seen else set()
    blind = [chars[at] for at in sorted(hidden)]
    chars = [char for at, char in enumerate(chars) if at not in hidden] if hidden else chars
    chars += _recognised(characters.hidden, drawn.images)
    right, foot = 2 * width, 2 * height  # what has its middle outside is not to be seen
    if not characters.inside(width, height):
        chars = [c for c in chars if 0 <= c[1] + c[3] <= right and 0 <= c[2] + c[4] <= foot]
    across = "\n".join(
        ["".join(characters.across), *map("".join, characters.leaning.values()), *_notes(page.raw), lines(blind)]
    )
    return Page(number, width, height, chars, drawn.lines, drawn.rects, drawn.curves, drawn.images, across)


def grey(page: Any, scale: float) -> Any:
    """The page as rows of grey levels, so many pixels a point."""
    drawn = page.render(scale=scale, grayscale=True, fill_color=(255, 255, 255, 255))
    return drawn.to_numpy().reshape(drawn.height, -1)[:, : drawn.width]


def _notes(page: Any) -> Iterator[str]:
    """What the stamps and notes say that were laid upon the page since it was made."""
    for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        kind = pdfium.FPDFAnnot_GetSubtype(note) if note else 0
        if kind in NOTES:
            yield from filter(None, (_said(note, key) for key in (b"Contents", b"Name", b"Subj")))
        if kind == pdfium.FPDF_ANNOT_WIDGET:  # a field of a form, filled in
            yield f"{_said(note, b'T')}: {_said(note, b'V')}"
        if kind == pdfium.FPDF_ANNOT_REDACT:
            yield UNDONE
        pdfium.FPDFPage_CloseAnnot(note)


def _said(note: Any, key: bytes) -> str:
    room = ctypes.create_string_buffer(2 * MOST_SAID)
    length = pdfium.FPDFAnnot_GetStringValue(note, key, ctypes.cast(room, ctypes.POINTER(pdfium.FPDF_WCHAR)), len(room))
    told = room.raw[: max(min(length, len(room)) - 2, 0)].decode("utf-16-le", "replace")
    return JOINED.sub(" ", told)


def _shown(rotation: int, box: tuple[float, float, float, float]) -> Matrix:
    """From the PDF's own coordinates to those of the page as it is shown."""
    x0, y0, x1, y1 = box
    return {
        0: (1.0, 0.0, 0.0, -1.0, -x0, y1),
        90: (0.0, 1.0, 1.0, 0.0, -y0, -x0),
        180: (-1.0, 0.0, 0.0, 1.0, x1, -y0),
        270: (0.0, -1.0, -1.0, 0.0, y1, x1),
    }[rotation % 360]


def _recognised(hidden: list[Char], images: list[Thing]) -> list[Char]:
    """Of the letters that are not painted those that stand on a picture: the text of a scan."""
    return [char for char in hidden if any(_covers(image, char) for image in images)]


def _covers(image: Thing, char: Char) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return bool(image["x0"] <= x <= image["x1"] and image["top"] <= y <= image["bottom"])
