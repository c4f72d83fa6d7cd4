"""The characters of a page with their boxes and fonts, in pdfplumber's form, by PDFium."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import hypot

from corpus.paper import Box
from indexer.letters import APART, Char, Face, new_char
from indexer.pages import calls
from indexer.pages.drawings import Matrix

Run = tuple[int, int, int | None, bool]  # its first character, the first behind it, their object, a blank before it

BLANK_FROM = 0.15  # of the letters' size: PDFium's own guess at a blank counts from this gap on
TIGHT = 0.85  # of the letters' size: lower boxes are of a ligature's ink
STAMP = 24.0  # points: slanting letters of this size are laid across the page and are no part of its text
LEAN = 0.2  # letters that lean less are level, or turned by a right angle
LIKELY_SIZE = (0.4, 2.5)  # of the box's height: a font that says otherwise of itself is not believed
INVISIBLE = 3  # the text rendering mode of letters that are not painted
SURROGATES = range(0xD800, 0xE000)
HYPHENS = {0x2, 0xFFFE, 0xAD}  # what PDFium makes of a hyphen at a line's end, and what some fonts call theirs

MARKS = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))  # raised digits: a note's number is no part of a figure
SMALLER = 0.96  # of the size of the letter before it: what is raised is smaller than that,
RAISED, HIGHEST = 0.15, 0.65  # and its foot stands higher by this much of the size, and no more than that,
TOUCHES = 0.15  # and it begins no farther behind than that

PIECE = re.compile(r"[^\x00-\x20]+|[\x00-\x20]")
BLANK = 0x20
NOTHING = (0, 10, 13)  # codes that stand for no character

LEVEL, UPWARDS, DOWNWARDS, OVERHEAD, SLANTING = range(5)  # the way that letters run


@dataclass(slots=True)
class Font:
    """A font's name, what each code that PDFium gives is to be read as, and how far its letters' boxes reach below the
    line that they stand on, in their size; None before that is known."""

    name: str
    spelt: dict[int, str] = field(default_factory=dict)
    drop: float | None = None


@dataclass(slots=True)
class Style:
    """What is the same for all characters of a text object. `line`: how far down they stand, in the PDF's own
    coordinates; `usual`: level and painted."""

    face: Face
    font: Font
    way: int
    line: float
    usual: bool


@dataclass(slots=True)
class Characters:
    """The characters of one text page of PDFium's; `shown` leads to the page as it is shown."""

    textpage: calls.Pointer
    count: int
    shown: Matrix
    found: list[Char] = field(default_factory=list)
    hidden: list[Char] = field(default_factory=list)
    ligatures: list[tuple[int, int, Style]] = field(default_factory=list)
    across: list[str] = field(default_factory=list)
    small: list[int] = field(default_factory=list)
    fonts: dict[int | None, Font] = field(default_factory=dict)
    styles: dict[int | None, Style] = field(default_factory=dict)
    faces: dict[tuple[object, ...], Face] = field(default_factory=dict)
    matrix: calls.Floats = field(default_factory=lambda: calls.Floats(6))

    def read(self) -> list[Char]:
        """The characters in PDFium's order, with its blanks where letters stand apart, but none of its line ends.

        Letters that are not painted go to `hidden`, those that are laid across the page to `across`."""
        boxes = calls.boxes(self.textpage, self.count)
        lefts, heads, rights, feet = (boxes[side::4] for side in range(4))
        codes = self._codes()
        straight = self.shown[1] == 0.0 and self.shown[0] > 0
        place = self._placed if straight else self._turned
        blank = False
        for first, last, thing, apart in self._runs(codes, heads, feet):
            blank = blank or apart
            foot, head = feet[first], heads[first]
            style = self._style(first, thing, head - foot)
            tight = straight and style.usual and _is_tight(style, foot, head)
            texts = self._texts(style.font, codes, first, last)
            chars = place(style, texts, lefts[first:last], rights[first:last], foot, head)
            if style.usual or self._is_shown(style, chars):
                self._take(chars, blank and codes[first] > BLANK)
                blank = False
                if tight:
                    self.ligatures.append((len(self.found) - len(chars), len(self.found), style))
        self._lower_ligatures()
        for at_mark in reversed(self.small):
            _lower_mark(self.found, at_mark)
        return self.found

    def _runs(self, codes: list[int], heads: list[float], feet: list[float]) -> Iterator[Run]:
        """The letters of one text object that are as high as one another, with the blanks among them."""
        start = end = 0
        thing: int | None = None
        begins, blank = True, False
        for first, last in _pieces(codes, heads, feet):
            code = codes[first]
            nothing = code <= BLANK and (code in NOTHING or calls.generated(self.textpage, first) == 1)
            level = start < end and feet[first] == feet[start] and heads[first] == heads[start] and not nothing
            mine = thing if (level and not begins) or nothing else calls.object_of(self.textpage, first)
            if level and mine == thing:
                end = last
            else:
                if start < end:
                    yield start, end, thing, blank
                    blank = False
                start, end, thing = (last, last, thing) if nothing else (first, last, mine)
            begins, blank = code <= BLANK, blank or nothing
        if start < end:
            yield start, end, thing, blank

    def _placed(
        self, style: Style, texts: list[str], lefts: list[float], rights: list[float], foot: float, head: float
    ) -> list[Char]:
        """The characters of a run on a page that is shown as it is drawn."""
        x, y = self.shown[4:]
        x0s, x1s = ([x0 + x for x0 in lefts], [x1 + x for x1 in rights]) if x else (lefts, rights)
        bottom, face = y - foot, style.face
        if style.usual:
            top = bottom - face.size
            return [new_char((text, x0, top, x1, bottom, face)) for text, x0, x1 in zip(texts, x0s, x1s, strict=True)]
        places = [(x0, y - head, x1, bottom) for x0, x1 in zip(x0s, x1s, strict=True)]
        return [Char(text, *_laid(style, *place), face) for text, place in zip(texts, places, strict=True)]

    def _turned(
        self, style: Style, texts: list[str], lefts: list[float], rights: list[float], foot: float, head: float
    ) -> list[Char]:
        """The characters of a run on a page that is turned to be shown."""
        a, b, c, d, e, f = self.shown
        chars = []
        for text, x0, x1 in zip(texts, lefts, rights, strict=True):
            across = a * x0 + c * head + e, a * x1 + c * foot + e
            down = b * x0 + d * head + f, b * x1 + d * foot + f
            place = _laid(style, min(across), min(down), max(across), max(down))
            chars.append(Char(text, *place, style.face))
        return chars

    def _is_shown(self, style: Style, chars: list[Char]) -> bool:
        """Whether a run is part of the text, and not laid across it or hidden."""
        if style.way == SLANTING and style.face.size >= STAMP:
            self.across += [char.text for char in chars]
        elif style.face.hidden:
            self.hidden += chars
        else:
            return True
        return False

    def _take(self, chars: list[Char], blank: bool) -> None:
        """Add a run to the page; `blank`: PDFium has one before it."""
        found, first = self.found, chars[0]
        if blank and found:
            found += _blank(found[-1], first)
        if found and first.text in MARKS and first.face.size < found[-1].face.size:
            self.small.append(len(found))
        found += chars

    def _lower_ligatures(self) -> None:
        """Letters that are drawn as one come with a box of their ink; put its foot where that of the others stands."""
        for first, last, style in self.ligatures:
            if style.font.drop is not None:
                size = style.face.size
                foot = self.shown[5] - (style.line - style.font.drop * size)
                self.found[first:last] = [
                    each._replace(top=foot - size, bottom=foot) for each in self.found[first:last]
                ]

    def _codes(self) -> list[int]:
        """The Unicode value of each character: all at once where that is the same as one by one."""
        room = (ctypes.c_ushort * (self.count + 1))()
        if calls.text_of(self.textpage, 0, self.count, calls.Pointer(ctypes.addressof(room))) == self.count + 1:
            codes = room[: self.count]
            if max(codes, default=0) < SURROGATES[0] or not any(code in SURROGATES for code in codes):
                return codes
        return [calls.code_of(self.textpage, index) for index in range(self.count)]

    def _texts(self, font: Font, codes: list[int], first: int, last: int) -> list[str]:
        """What a run of codes is to be read as."""
        spelt = font.spelt
        try:
            return [spelt[code] for code in codes[first:last]]
        except KeyError:
            return [spelt.get(codes[at]) or self._spell(at, codes[at], font) for at in range(first, last)]

    def _style(self, index: int, thing: int | None, height: float) -> Style:
        """The style of the text object `thing` that a character belongs to; `height` of its box."""
        style = self.styles.get(thing)
        if style is None:
            pointer = calls.Pointer(thing)
            font = calls.font_of(pointer) if thing else pointer
            if font.value not in self.fonts:
                self.fonts[font.value] = Font(_name(font) if font else "")
            style = self.styles[thing] = self._new_style(index, pointer, self.fonts[font.value], height)
        return style

    def _new_style(self, index: int, thing: calls.Pointer, font: Font, height: float) -> Style:
        calls.matrix_of_char(self.textpage, index, self.matrix.at[0])
        a, b, c, d, _, line = self.matrix.read()
        p, q, r, s, _, _ = self.shown
        a, b, c, d = a * p + b * r, -(a * q + b * s), c * p + d * r, -(c * q + d * s)
        size = calls.size_of(self.textpage, index) * hypot(c, d)
        way = _way(a, b, d)
        if way == LEVEL and not LIKELY_SIZE[0] * height < size < LIKELY_SIZE[1] * height:
            size = height
        hidden = bool(thing) and calls.mode_of(thing) == INVISIBLE
        alike = size, font.name, a, b, c, d, hidden
        face = self.faces.get(alike)
        if face is None:
            face = self.faces[alike] = Face(size, font.name, a * d > 0 and b * c <= 0, (a, b, c, d), hidden)
        return Style(face, font, way, line, way == LEVEL and not hidden)

    def _spell(self, index: int, code: int, font: Font) -> str:
        """What a code is to be read as: (cid:12) where the font does not tell, as pdfplumber has it."""
        if code in HYPHENS:
            text = "-"
        elif calls.unmapped(self.textpage, index) == 1:
            text = f"(cid:{code})"
        else:
            text = chr(code) if code > BLANK else " "
        font.spelt[code] = text
        return text


def _pieces(codes: list[int], heads: list[float], feet: list[float]) -> Iterator[tuple[int, int]]:
    """The first character of each piece, and the first behind it: letters as high as one another, or one other code."""
    for match in PIECE.finditer("".join(map(chr, codes))):
        first, last = match.span()
        count = last - first
        if count == 1 or feet[first:last].count(feet[first]) == heads[first:last].count(heads[first]) == count:
            yield first, last
            continue
        start = first
        for at in range(first + 1, last):
            if feet[at] != feet[start] or heads[at] != heads[start]:
                yield start, at
                start = at
        yield start, last


def _lower_mark(found: list[Char], at: int) -> None:
    """Put the digits at `at` on the line of the letter before them as marks, where they are raised behind it: smaller,
    higher, and touching it."""
    blank = found[at - 1].text.isspace()
    behind = at - 2 if blank else at - 1
    before, first = found[behind], found[at]
    size, rise = before.face.size, before.bottom - first.bottom
    touches = behind >= 0 and abs(first.x0 - before.x1) <= TOUCHES * size and not before.text.isspace()
    if not (touches and first.face.size < SMALLER * size and RAISED * size <= rise <= HIGHEST * size):
        return
    while at < len(found) and found[at].text in MARKS and found[at].bottom == first.bottom:
        found[at] = found[at]._replace(text=MARKS[found[at].text])
        at += 1
    raised = found[behind + 1 : at]
    found[behind + 1 : at] = [mark._replace(top=before.top, bottom=before.bottom) for mark in raised]
    if blank:
        del found[behind + 1]


def _way(a: float, b: float, d: float) -> int:
    """The way that letters run, by their matrix."""
    lean = LEAN * hypot(a, b)
    if abs(b) <= lean:
        return LEVEL if a * d > 0 and a > 0 else OVERHEAD
    if abs(a) <= lean:
        return UPWARDS if b > 0 else DOWNWARDS
    return SLANTING


def _is_tight(style: Style, foot: float, head: float) -> bool:
    """Whether a letter's box is that of its ink; from any other box the font's drop is learnt."""
    if head - foot < TIGHT * style.face.size:
        return True
    style.font.drop = (style.line - foot) / style.face.size
    return False


def _laid(style: Style, x0: float, top: float, x1: float, bottom: float) -> Box:
    """The box of a letter, as high as its size from its foot on, whichever way it runs."""
    size = style.face.size
    if style.way == LEVEL:
        return x0, bottom - size, x1, bottom
    if style.way == UPWARDS:
        return x1 - size, top, x1, bottom
    if style.way == DOWNWARDS:
        return x0, top, x0 + size, bottom
    return x0, top, x1, top + size if style.way == OVERHEAD else bottom


def _name(font: calls.Pointer) -> str:
    room = ctypes.create_string_buffer(256)
    length = calls.font_name(font, ctypes.addressof(room), 256)
    return room.raw[: max(length - 1, 0)].decode("utf-8", "replace") if length <= 256 else ""


def _blank(last: Char, char: Char) -> Iterator[Char]:
    """A blank between two letters of one line, where there is room for one, and no more than letters keep anyway."""
    size, upright = char.face.size, char.face.upright
    room, near = BLANK_FROM * size, size / 3
    if last.text == " " or last.face.upright != upright:
        return
    if upright:
        if abs(last.bottom - char.bottom) < near and room < char.x0 - last.x1 <= APART:
            yield last._replace(text=" ", x0=last.x1, x1=char.x0)
    elif abs(last.x0 - char.x0) < near:
        above, below = (last, char) if last.top <= char.top else (char, last)
        if room < below.top - above.bottom <= APART:
            yield last._replace(text=" ", top=above.bottom, bottom=below.top)
