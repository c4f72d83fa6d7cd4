"""The characters of a page with their boxes and fonts, in pdfplumber's form, by PDFium."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import hypot

from indexer.letters import APART, Char
from indexer.page import Thing
from indexer.pages import calls
from indexer.pages.drawings import Matrix

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
    """What is the same for all characters of a text object; `keys` of their dicts; `hidden`: they are not painted;
    `line`: how far down they stand, in the PDF's own coordinates."""

    keys: Thing
    font: Font
    size: float
    way: int
    hidden: bool
    line: float = 0.0


@dataclass(slots=True)
class Characters:
    """The characters of one text page of PDFium's; `shown` leads to the page as it is shown."""

    textpage: int
    count: int
    shown: Matrix
    hidden: list[Char] = field(default_factory=list)
    ligatures: list[tuple[Char, Style]] = field(default_factory=list)
    across: list[str] = field(default_factory=list)
    small: list[int] = field(default_factory=list)
    fonts: dict[int, Font] = field(default_factory=dict)
    styles: dict[int, Style] = field(default_factory=dict)
    floats: calls.Floats = field(default_factory=lambda: calls.Floats(4))
    matrix: calls.Floats = field(default_factory=lambda: calls.Floats(6))

    def read(self) -> list[Char]:
        """The characters in PDFium's order, with its blanks where letters stand apart, but none of its line ends.

        Letters that are not painted go to `hidden`, those that are laid across the page to `across`."""
        found: list[Char] = []
        at, values, textpage = self.floats.at[0], self.floats.read, self.textpage
        box_of, generated = calls.box_of, calls.generated
        a, b, c, d, e, f = self.shown
        straight = b == 0.0 and a > 0
        style = Style({}, Font(""), 0.0, LEVEL, False)
        keys, spelt, size, usual = style.keys, style.font.spelt, 0.0, True
        foot = head = 0.0
        begins, blank, tight = True, False, False
        for index, code in enumerate(self._codes()):
            if code <= 32 and (code in (0, 10, 13) or generated(textpage, index) == 1):
                begins = blank = True
                continue
            if not box_of(textpage, index, at):
                continue
            x0, y1, x1, y0 = values()
            if begins or y0 != foot or y1 != head:
                foot, head, begins = y0, y1, False
                style = self._style(index, head - foot)
                keys, spelt, size = style.keys, style.font.spelt, style.size
                usual = style.way == LEVEL and not style.hidden
                tight = straight and usual and _is_tight(style, foot, head)
            if straight:
                x0, x1, y0, y1 = x0 + e, x1 + e, f - y1, f - y0
            else:
                xs, ys = (a * x0 + c * y0 + e, a * x1 + c * y1 + e), (b * x0 + d * y0 + f, b * x1 + d * y1 + f)
                x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
            text = spelt.get(code) or self._spell(index, code, style.font)
            char = {"text": text, "x0": x0, "top": y1 - size, "x1": x1, "bottom": y1, **keys}
            if not usual:
                char |= _turned(style, x0, y0, x1, y1)
                if style.way == SLANTING and size >= STAMP:
                    self.across.append(text)
                    continue
                if style.hidden:
                    self.hidden.append(char)
                    continue
            if code <= 32:
                begins = True
            elif blank and found:
                found += _blank(found[-1], char)
            blank = False
            self.small += (len(found),) if text in MARKS and found and size < found[-1]["size"] else ()
            found.append(char)
            self.ligatures += ((char, style),) if tight else ()
        self._lower_ligatures()
        for at_mark in reversed(self.small):
            _lower_mark(found, at_mark)
        return found

    def _lower_ligatures(self) -> None:
        """Letters that are drawn as one come with a box of their ink; put its foot where that of the others stands."""
        for char, style in self.ligatures:
            if style.font.drop is not None:
                foot = self.shown[5] - (style.line - style.font.drop * style.size)
                char |= {"top": foot - style.size, "bottom": foot}

    def _codes(self) -> list[int]:
        """The Unicode value of each character: all at once where that is the same as one by one."""
        room = (ctypes.c_ushort * (self.count + 1))()
        if calls.text_of(self.textpage, 0, self.count, ctypes.addressof(room)) == self.count + 1:
            codes = room[: self.count]
            if max(codes, default=0) < SURROGATES[0] or not any(code in SURROGATES for code in codes):
                return codes
        return [calls.code_of(self.textpage, index) for index in range(self.count)]

    def _style(self, index: int, height: float) -> Style:
        """The style of the text object that a character belongs to; `height` of its box."""
        thing = calls.object_of(self.textpage, index) or 0
        if thing not in self.styles:
            pointer = (calls.font_of(thing) or 0) if thing else 0
            if pointer not in self.fonts:
                self.fonts[pointer] = Font(_name(pointer) if pointer else "")
            self.styles[thing] = self._new_style(index, thing, self.fonts[pointer], height)
        return self.styles[thing]

    def _new_style(self, index: int, thing: int, font: Font, height: float) -> Style:
        calls.matrix_of_char(self.textpage, index, self.matrix.at[0])
        a, b, c, d, _, line = self.matrix.read()
        p, q, r, s, _, _ = self.shown
        a, b, c, d = a * p + b * r, -(a * q + b * s), c * p + d * r, -(c * q + d * s)
        size = calls.size_of(self.textpage, index) * hypot(c, d)
        way = _way(a, b, d)
        if way == LEVEL and not LIKELY_SIZE[0] * height < size < LIKELY_SIZE[1] * height:
            size = height
        upright = a * d > 0 and b * c <= 0
        keys = {"size": size, "fontname": font.name, "upright": upright, "matrix": (a, b, c, d, 0.0, 0.0)}
        return Style(keys, font, size, way, bool(thing) and calls.mode_of(thing) == INVISIBLE, line)

    def _spell(self, index: int, code: int, font: Font) -> str:
        """What a code is to be read as: (cid:12) where the font does not tell, as pdfplumber has it."""
        if code in HYPHENS:
            text = "-"
        elif calls.unmapped(self.textpage, index) == 1:
            text = f"(cid:{code})"
        else:
            text = chr(code) if code > 32 else " "
        font.spelt[code] = text
        return text


def _lower_mark(found: list[Char], at: int) -> None:
    """Put the digits at `at` on the line of the letter before them as marks, where they are raised behind it: smaller,
    higher, and touching it."""
    blank = found[at - 1]["text"].isspace()
    behind = at - 2 if blank else at - 1
    before, first = found[behind], found[at]
    size, rise = before["size"], before["bottom"] - first["bottom"]
    touches = behind >= 0 and abs(first["x0"] - before["x1"]) <= TOUCHES * size and not before["text"].isspace()
    if not (touches and first["size"] < SMALLER * size and RAISED * size <= rise <= HIGHEST * size):
        return
    while at < len(found) and found[at]["text"] in MARKS and found[at]["bottom"] == first["bottom"]:
        found[at] |= {"text": MARKS[found[at]["text"]]}
        at += 1
    for mark in found[behind + 1 : at]:
        mark |= {"top": before["top"], "bottom": before["bottom"]}
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
    if head - foot < TIGHT * style.size:
        return True
    style.font.drop = (style.line - foot) / style.size
    return False


def _turned(style: Style, x0: float, top: float, x1: float, bottom: float) -> Thing:
    """The box of letters that are not level, as high as their size from the foot of the letters on."""
    if style.way == UPWARDS:
        x0 = x1 - style.size
    elif style.way == DOWNWARDS:
        x1 = x0 + style.size
    elif style.way == OVERHEAD:
        bottom = top + style.size
    elif style.way == LEVEL:
        top = bottom - style.size
    return {"x0": x0, "top": top, "x1": x1, "bottom": bottom}


def _name(font: int) -> str:
    room = ctypes.create_string_buffer(256)
    length = calls.font_name(font, ctypes.addressof(room), 256)
    return room.raw[: max(length - 1, 0)].decode("utf-8", "replace") if length <= 256 else ""


def _blank(last: Char, char: Char) -> Iterator[Char]:
    """A blank between two letters of one line, where there is room for one, and no more than letters keep anyway."""
    room, near = BLANK_FROM * char["size"], char["size"] / 3
    if last["text"] == " " or last["upright"] != char["upright"]:
        return
    if char["upright"]:
        if abs(last["bottom"] - char["bottom"]) < near and room < char["x0"] - last["x1"] <= APART:
            yield {**last, "text": " ", "x0": last["x1"], "x1": char["x0"]}
    elif abs(last["x0"] - char["x0"]) < near:
        above, below = sorted((last, char), key=lambda each: each["top"])
        if room < below["top"] - above["bottom"] <= APART:
            yield {**last, "text": " ", "top": above["bottom"], "bottom": below["top"]}
