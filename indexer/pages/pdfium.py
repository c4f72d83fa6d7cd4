"""A page filled from PDFium."""

import ctypes
import re
from collections.abc import Iterator
from itertools import repeat

from corpus.paper import Box
from indexer.page import Page, Thing
from indexer.pages import calls
from indexer.pages.characters import Characters
from indexer.pages.document import Leaf
from indexer.pages.drawings import Drawings, Matrix
from indexer.pages.library import ADDRESS, INT, LONG, Pointer, call
from indexer.pages.unseen import lines, unseen
from indexer.text.letters import Char

NOTE, FREE_TEXT, STAMP, FIELD, WATERMARK, TO_REDACT = 1, 3, 13, 20, 24, 28  # kinds of what is laid upon a page
NOTES = NOTE, FREE_TEXT, STAMP, WATERMARK
UNDONE = "unredacted"  # what is marked to be struck out, and still stands there
JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")  # where the words of a stamp's name meet: "NotForPublicRelease"
MOST_SAID = 400  # characters of a note

_note_count = call("FPDFPage_GetAnnotCount", INT, Pointer)
_note_at = call("FPDFPage_GetAnnot", Pointer, Pointer, INT)
_kind_of_note = call("FPDFAnnot_GetSubtype", INT, Pointer)
_note_text = call("FPDFAnnot_GetStringValue", LONG, Pointer, ctypes.c_char_p, ADDRESS, LONG)
_close_note = call("FPDFPage_CloseAnnot", None, Pointer)


def fill(page: Leaf, number: int, seen: bool) -> Page:
    """The objects of a page, `number` from 1; `seen`: without the letters that nobody sees, which takes a picture of
    it, and with what is laid across it."""
    width, height = page.size
    shown = _shown(page.turns, page.bounds)
    drawn = Drawings(shown)
    drawn.walk(list(map(calls.object_at, repeat(page.raw), range(calls.object_count(page.raw)))), shown, 0)
    with page.text() as text:
        characters = Characters(text.raw, calls.char_count(text.raw), shown)
        chars = characters.read()
    across = ""
    if seen:
        hidden = unseen(chars, page.grey)
        blind = [chars[at] for at in sorted(hidden)]
        chars = [char for at, char in enumerate(chars) if at not in hidden] if hidden else chars
        leaning = map("".join, characters.leaning.values())
        across = "\n".join(["".join(characters.across), *leaning, *_notes(page.raw), lines(blind)])
    chars += _recognised(characters.hidden, drawn.images)
    right, foot = 2 * width, 2 * height  # what has its middle outside is not to be seen
    if not characters.inside(width, height):
        chars = [c for c in chars if 0 <= c[1] + c[3] <= right and 0 <= c[2] + c[4] <= foot]
    return Page(number, width, height, chars, drawn.lines, drawn.rects, drawn.curves, drawn.images, across)


def _notes(page: Pointer) -> Iterator[str]:
    """What the stamps and notes say that were laid upon the page since it was made."""
    for at in range(_note_count(page)):
        note = _note_at(page, at)
        kind = _kind_of_note(note) if note else 0
        if kind in NOTES:
            yield from filter(None, (_said(note, key) for key in (b"Contents", b"Name", b"Subj")))
        if kind == FIELD:  # of a form, filled in
            yield f"{_said(note, b'T')}: {_said(note, b'V')}"
        if kind == TO_REDACT:
            yield UNDONE
        _close_note(note)


def _said(note: Pointer, key: bytes) -> str:
    room = ctypes.create_string_buffer(2 * MOST_SAID)
    length = _note_text(note, key, room, len(room))
    told = room.raw[: max(min(length, len(room)) - 2, 0)].decode("utf-16-le", "replace")
    return JOINED.sub(" ", told)


def _shown(turns: int, box: Box) -> Matrix:
    """From the PDF's own coordinates to those of the page as it is shown, turned by so many right angles."""
    x0, y0, x1, y1 = box
    return (
        (1.0, 0.0, 0.0, -1.0, -x0, y1),
        (0.0, 1.0, 1.0, 0.0, -y0, -x0),
        (-1.0, 0.0, 0.0, 1.0, x1, -y0),
        (0.0, -1.0, -1.0, 0.0, y1, x1),
    )[turns % 4]


def _recognised(hidden: list[Char], images: list[Thing]) -> list[Char]:
    """Of the letters that are not painted those that stand on a picture: the text of a scan."""
    return [char for char in hidden if any(_covers(image, char) for image in images)]


def _covers(image: Thing, char: Char) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return bool(image["x0"] <= x <= image["x1"] and image["top"] <= y <= image["bottom"])
