"""The characters of a page with their boxes and fonts, in pdfplumber's form, by PDFium."""

import ctypes
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import repeat

from indexer.pages import calls, ligatures
from indexer.pages.drawings import Matrix
from indexer.pages.library import Pointer
from indexer.pages.styles import DOWNWARDS, LEVEL, SLANTING, UPWARDS, Style, Styles, is_tight, laid
from indexer.text.letters import APART, Char, new_char

Run = tuple[int, int, int | None]  # its first character, the first behind it, and their object

BLANK_FROM = 0.15  # of the letters' size: PDFium's own guess at a blank counts from this gap on
STAMP = 24.0  # points: slanting letters of this size are laid across the page and are no part of its text

MARKS = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))  # raised digits: a note's number is no part of a figure
SMALLER = 0.96  # of the size of the letter before it: what is raised is smaller than that,
RAISED, HIGHEST = 0.15, 0.65  # and its foot stands higher by this much of the size, and no more than that,
TOUCHES = 0.15  # and it begins no farther behind than that

PIECE = re.compile(r"[^\x00-\x20]+|[\x00-\x20]")
BLANK = re.compile(r"[\x00-\x20]")
NOTHING = "\0\n\r"  # what stands for no character

UTF16 = f"utf-16-{sys.byteorder[0]}e"


@dataclass(slots=True)
class Characters:
    """The characters of one text page of PDFium's; `shown` leads to the page as it is shown."""

    textpage: Pointer
    count: int
    shown: Matrix
    found: list[Char] = field(default_factory=list)
    hidden: list[Char] = field(default_factory=list)
    ligatures: list[tuple[int, int, Style]] = field(default_factory=list)
    across: list[str] = field(default_factory=list)
    leaning: dict[int, list[str]] = field(default_factory=dict)  # by object: a stamp, or a chart's label
    small: list[int] = field(default_factory=list)
    held: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)  # a box around all of them, as PDFium has it
    styles: Styles = field(init=False)

    def __post_init__(self) -> None:
        self.styles = Styles(self.textpage, self.shown)

    def read(self) -> list[Char]:
        """The characters in PDFium's order, with its blanks where letters stand apart, but none of its line ends.

        Letters that are not painted go to `hidden`, those that are laid across the page to `across`."""
        sides = lefts, heads, rights, feet = calls.boxes(self.textpage, self.count)
        self.held = min(lefts, default=0.0), min(feet, default=0.0), max(rights, default=0.0), max(heads, default=0.0)
        text = self._text()
        blank = False
        for first, end in self._stretches(text):
            for start, last, thing in self._runs(text, heads, feet, first, end):
                style = self.styles.of(start, thing, heads[start] - feet[start])
                whole = last - start == 1 or not style.strange
                if whole or not ligatures.are_pieces(self.textpage, start, last):
                    blank &= not self._run(text, sides, start, last, style, blank)
                    continue
                for at, behind in ligatures.placed(sides, start, last, style.out, style.slope):
                    blank &= not self._run(text, sides, at, behind, style, blank)
            blank = True
        self._lower_ligatures()
        for at_mark in reversed(self.small):
            _lower_mark(self.found, at_mark)
        return self.found

    def _run(self, text: str, sides: calls.Sides, start: int, last: int, style: Style, blank: bool) -> bool:
        """Take the characters of a run, unless they are no part of the text; `blank`: PDFium has one before them."""
        lefts, heads, rights, feet = sides
        foot, head = feet[start], heads[start]
        straight = self.shown[1] == 0.0 and self.shown[0] > 0
        place = self._placed if straight else self._turned
        texts = self.styles.texts(style.font, text, start, last)
        chars = place(style, texts, lefts[start:last], rights[start:last], foot, head)
        if not style.usual and not self._is_shown(style, chars):
            return False
        self._take(chars, blank and text[start] > " ")
        if style.way in (UPWARDS, DOWNWARDS):
            foot, head = (-rights[start], -lefts[start]) if style.slope > 0 else (lefts[start], rights[start])
        if straight and style.way <= DOWNWARDS and is_tight(style, foot, head):
            self.ligatures.append((len(self.found) - len(chars), len(self.found), style))
        return True

    def inside(self, width: float, height: float) -> bool:
        """Whether the middles of all that was read surely stand on a page of this size: a letter is as high as its
        size, wherever its box ends."""
        a, b, c, d, e, f = self.shown
        left, foot, right, head = self.held
        across, down = (
            (a * left + c * foot + e, a * right + c * head + e),
            (b * left + d * foot + f, b * right + d * head + f),
        )
        half = max([face.size for face in self.styles.faces.values()], default=0.0) / 2
        return min(*across, *down) >= half and max(across) <= width - half and max(down) <= height - half

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """The first and the last but one of the characters between PDFium's own blanks and line ends."""
        first = 0
        for match in BLANK.finditer(text):
            at = match.start()
            if text[at] in NOTHING or calls.generated(self.textpage, at) == 1:
                if first < at:
                    yield first, at
                first = at + 1
        if first < len(text):
            yield first, len(text)

    def _runs(self, text: str, heads: list[float], feet: list[float], first: int, last: int) -> Iterator[Run]:
        """The letters of one text object that are as high as one another, with the blanks among them."""
        thing: int | None = calls.object_of(self.textpage, first)
        if calls.object_of(self.textpage, last - 1) == thing and _level(heads, feet, first, last):
            yield first, last, thing
            return
        start = end = first
        begins = True
        for at, behind in _pieces(text, heads, feet, first, last):
            level = start < end and feet[at] == feet[start] and heads[at] == heads[start]
            mine = thing if level and not begins else calls.object_of(self.textpage, at)
            if not level or mine != thing:
                if start < end:
                    yield start, end, thing
                start, thing = at, mine
            end = behind
            begins = text[at] <= " "
        yield start, end, thing

    def _placed(
        self, style: Style, texts: list[str], lefts: list[float], rights: list[float], foot: float, head: float
    ) -> list[Char]:
        """The characters of a run on a page that is shown as it is drawn."""
        x, y = self.shown[4:]
        x0s, x1s = ([x0 + x for x0 in lefts], [x1 + x for x1 in rights]) if x else (lefts, rights)
        bottom, face = y - foot, style.face
        if style.usual:
            top = bottom - face.size
            return list(map(new_char, zip(texts, x0s, repeat(top), x1s, repeat(bottom), repeat(face), strict=False)))
        places = [(x0, y - head, x1, bottom) for x0, x1 in zip(x0s, x1s, strict=True)]
        return [Char(text, *laid(style, *place), face) for text, place in zip(texts, places, strict=True)]

    def _turned(
        self, style: Style, texts: list[str], lefts: list[float], rights: list[float], foot: float, head: float
    ) -> list[Char]:
        """The characters of a run on a page that is turned to be shown."""
        a, b, c, d, e, f = self.shown
        chars = []
        for text, x0, x1 in zip(texts, lefts, rights, strict=True):
            across = a * x0 + c * head + e, a * x1 + c * foot + e
            down = b * x0 + d * head + f, b * x1 + d * foot + f
            place = laid(style, min(across), min(down), max(across), max(down))
            chars.append(Char(text, *place, style.face))
        return chars

    def _is_shown(self, style: Style, chars: list[Char]) -> bool:
        """Whether a run is part of the text, and not laid across it or hidden."""
        if style.way == SLANTING and style.face.size >= STAMP:
            self.across += [char.text for char in chars]
        elif style.face.hidden:
            self.hidden += chars
        else:
            if style.way == SLANTING:
                self.leaning.setdefault(id(style), []).extend(char.text for char in chars)
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
                foot = style.line - style.font.drop * style.face.size
                self.found[first:last] = [self._lowered(char, style, foot) for char in self.found[first:last]]

    def _lowered(self, char: Char, style: Style, foot: float) -> Char:
        """A letter with its foot there, across the way that it runs."""
        text, x0, top, x1, bottom, face = char
        x, y = self.shown[4:]
        if style.way == LEVEL:
            return new_char((text, x0, y - foot - face.size, x1, y - foot, face))
        left = x - foot - face.size if style.way == UPWARDS else x + foot
        return new_char((text, left, top, left + face.size, bottom, face))

    def _text(self) -> str:
        """PDFium's characters: all at once where that is the same as one by one."""
        room = (ctypes.c_ushort * (self.count + 1))()
        if calls.text_of(self.textpage, 0, self.count, Pointer(ctypes.addressof(room))) == self.count + 1:
            whole = bytes(room)[:-2].decode(UTF16, "ignore")
            if len(whole) == self.count:
                return whole
        return "".join([chr(calls.code_of(self.textpage, index)) for index in range(self.count)])


def _level(heads: list[float], feet: list[float], first: int, last: int) -> bool:
    """Whether some characters' boxes are as high as one another."""
    count = last - first
    return feet[first:last].count(feet[first]) == heads[first:last].count(heads[first]) == count


def _pieces(text: str, heads: list[float], feet: list[float], first: int, end: int) -> Iterator[tuple[int, int]]:
    """The first character of each piece, and the first behind it: letters as high as one another, or one blank."""
    for match in PIECE.finditer(text, first, end):
        start, last = match.span()
        if last - start == 1 or _level(heads, feet, start, last):
            yield start, last
            continue
        for at in range(start + 1, last):
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
