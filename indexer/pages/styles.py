"""How the characters of a page are set: the font, the size and the way of each text object, and what its letters are to
be read as, by PDFium."""

import ctypes
from dataclasses import dataclass, field
from math import hypot

from corpus.paper import Box
from indexer.pages import calls, ligatures
from indexer.pages.drawings import Matrix
from indexer.pages.library import Pointer
from indexer.text.letters import Face

TIGHT = 0.85  # of the letters' size: lower boxes are of a ligature's ink
LEAN = 0.2  # letters that lean less are level, or turned by a right angle
LIKELY_SIZE = (0.4, 2.5)  # of the box's height: a font that says otherwise of itself is not believed
INVISIBLE = 3  # the text rendering mode of letters that are not painted
HYPHENS = {"\x02", "\ufffe", "\xad"}  # what PDFium makes of a hyphen at a line's end, and what some fonts call theirs

LEVEL, UPWARDS, DOWNWARDS, OVERHEAD, SLANTING = range(5)  # the way that letters run


@dataclass(slots=True)
class Font:
    """A font's name, which of PDFium's letters are to be read as they are (`plain`) and what each is to be read as, and
    how far its letters' boxes reach below the line that they stand on, in their size; None before that is known."""

    name: str
    plain: set[str] = field(default_factory=set)
    spelt: dict[str, str] = field(default_factory=dict)
    drop: float | None = None


@dataclass(slots=True)
class Style:
    """What is the same for all characters of a text object. `line`: where they stand, across the way that they run, in
    the PDF's own coordinates; `usual`: level and painted. Of letters drawn as one: `out` moves their boxes out of their
    form, and `slope` is that of those that run up or down in these coordinates, else 0."""

    face: Face
    font: Font
    way: int
    line: float
    usual: bool
    out: Matrix | None
    slope: float

    @property
    def strange(self) -> bool:
        """Whether PDFium misplaces letters that are drawn as one."""
        return self.slope != 0.0 or self.out is not None


@dataclass(slots=True)
class Styles:
    """The styles of a text page's objects, each told once; `shown` leads to the page as it is shown."""

    textpage: Pointer
    shown: Matrix
    fonts: dict[int | None, Font] = field(default_factory=dict)
    styles: dict[int | None, Style] = field(default_factory=dict)
    faces: dict[tuple[object, ...], Face] = field(default_factory=dict)
    ways: dict[tuple[object, ...], tuple[Face, int]] = field(default_factory=dict)
    matrix: calls.Floats = field(default_factory=lambda: calls.Floats(6))

    def of(self, index: int, thing: int | None, height: float) -> Style:
        """The style of the text object `thing` that a character belongs to; `height` of its box."""
        style = self.styles.get(thing)
        if style is None:
            pointer = Pointer(thing)
            font = calls.font_of(pointer) if thing else pointer
            if font.value not in self.fonts:
                self.fonts[font.value] = Font(_name(font) if font else "")
            style = self.styles[thing] = self._new_style(index, pointer, self.fonts[font.value], height)
        return style

    def _new_style(self, index: int, thing: Pointer, font: Font, height: float) -> Style:
        calls.matrix_of_char(self.textpage, index, self.matrix.at[0])
        a, b, c, d, across, line = matrix = self.matrix.read()
        out = ligatures.way_out(matrix, thing) if thing else None
        slope = b if abs(b) > abs(a) else 0.0
        if out and ligatures.are_pieces(self.textpage, index, index + 2):
            height *= hypot(*out[2:4])
        size = calls.size_of(self.textpage, index)
        hidden = bool(thing) and calls.mode_of(thing) == INVISIBLE
        alike = a, b, c, d, size, font.name, hidden
        face, way = self.ways.get(alike, (None, LEVEL))
        if face is None or (way == LEVEL and not _likely(face.size, height)):
            p, q, r, s, _, _ = self.shown
            a, b, c, d = a * p + b * r, -(a * q + b * s), c * p + d * r, -(c * q + d * s)
            size *= hypot(c, d)
            way = _way(a, b, d)
            believed = way != LEVEL or _likely(size, height)
            face = self._face(size if believed else height, font.name, (a, b, c, d), hidden)
            if believed:
                self.ways[alike] = face, way
        if slope:
            line = -across if slope > 0 else across
        return Style(face, font, way, line, way == LEVEL and not hidden, out, slope)

    def _face(self, size: float, name: str, matrix: tuple[float, float, float, float], hidden: bool) -> Face:
        """Letters that are set alike share their face."""
        alike = size, name, matrix, hidden
        if alike not in self.faces:
            a, b, c, d = matrix
            self.faces[alike] = Face(size, name, a * d > 0 and b * c <= 0, matrix, hidden)
        return self.faces[alike]

    def texts(self, font: Font, text: str, first: int, last: int) -> list[str]:
        """What a run of characters is to be read as."""
        run = text[first:last]
        if font.plain.issuperset(run):
            return list(run)
        return [font.spelt.get(letter) or self._spell(first + at, letter, font) for at, letter in enumerate(run)]

    def _spell(self, index: int, letter: str, font: Font) -> str:
        """What a letter is to be read as: (cid:12) where the font does not tell, as pdfplumber has it."""
        if letter in HYPHENS:
            text = "-"
        elif calls.unmapped(self.textpage, index) == 1:
            text = f"(cid:{ord(letter)})"
        else:
            text = letter if letter > " " else " "
        font.spelt[letter] = text
        if text == letter:
            font.plain.add(letter)
        return text


def _likely(size: float, height: float) -> bool:
    """Whether letters with boxes of this height may have the size that their font says."""
    return LIKELY_SIZE[0] * height < size < LIKELY_SIZE[1] * height


def _way(a: float, b: float, d: float) -> int:
    """The way that letters run, by their matrix."""
    lean = LEAN * hypot(a, b)
    if abs(b) <= lean:
        return LEVEL if a * d > 0 and a > 0 else OVERHEAD
    if abs(a) <= lean:
        return UPWARDS if b > 0 else DOWNWARDS
    return SLANTING


def is_tight(style: Style, foot: float, head: float) -> bool:
    """Whether a letter's box, from its foot to its head across the way that it runs, is that of its ink; from any other
    box the font's drop is learnt."""
    if head - foot < TIGHT * style.face.size:
        return True
    style.font.drop = (style.line - foot) / style.face.size
    return False


def laid(style: Style, x0: float, top: float, x1: float, bottom: float) -> Box:
    """The box of a letter, as high as its size from its foot on, whichever way it runs."""
    size = style.face.size
    if style.way == LEVEL:
        return x0, bottom - size, x1, bottom
    if style.way == UPWARDS:
        return x1 - size, top, x1, bottom
    if style.way == DOWNWARDS:
        return x0, top, x0 + size, bottom
    return x0, top, x1, top + size if style.way == OVERHEAD else bottom


def _name(font: Pointer) -> str:
    room = ctypes.create_string_buffer(256)
    length = calls.font_name(font, ctypes.addressof(room), 256)
    return room.raw[: max(length - 1, 0)].decode("utf-8", "replace") if length <= 256 else ""
