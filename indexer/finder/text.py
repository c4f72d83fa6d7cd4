"""The level text of a page as words and lines, each with its place: what columns and rows are told from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from indexer.text.letters import Char, Face, bold

TIGHT = 0.2  # of the letters' size: letters farther apart are not one word
GAP = 0.5  # of the size: words farther apart may stand in two columns
WIDE = 0.9  # of the size: words farther apart are no running text
PROSE = 7  # words in a cell's line: so many are running text
CAPTION = re.compile(r"(?:table|figure|chart|box|source|notes?)\b(?! (?:is|are|was|were|for|as)\b)", re.IGNORECASE)
LEADER = re.compile(r"[.…·_]{3,}|[.…]")
FIGURE = re.compile(
    r"[^\w]*\d[\d.,:/ ]*[^\w]*|[-–—.:…*]{1,3}|n/?a|n\.a\.?|nil|\W*\d[\d.,]*\W*[a-z]{1,2}\W*"
    r"|£?\d[\d.,]*\s?\(£?\d[\d.,]*\s?%?\)",
    re.IGNORECASE,
)
YEAR = re.compile(r"(19|20)\d\d([-/–](19|20)?\d\d)?")
LABEL = re.compile(r"[•●▪◦‣∙·*–—-]|[oO§Ø]|\(?[a-zA-Z]{1,4}[.)]|\(?\d{1,3}(\.\d{1,3})*[.):]?|[\uf000-\uf0ff]")


@dataclass(slots=True, eq=False)
class Word:
    """Letters that stand together; `middle` is that between top and bottom."""

    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    text: str
    chars: list[Char]
    middle: float


@dataclass
class Line:
    """Words beside one another, from left to right."""

    words: list[Word]

    def __post_init__(self) -> None:
        self.x0 = self.words[0].x0
        self.x1 = max([word.x1 for word in self.words])
        self.top = min([word.top for word in self.words])
        self.bottom = max([word.bottom for word in self.words])
        self.size = max([word.size for word in self.words])
        self.middle = (self.top + self.bottom) / 2
        self._parts: dict[tuple[float, float], Line | None] = {}

    def within(self, left: float, right: float) -> "Line | None":
        """Those of its words that have their middles between two places, as a line; None where there are none."""
        if left <= self.x0 and self.x1 <= right:
            return self
        if self.x1 < left or right < self.x0:
            return None
        if (left, right) not in self._parts:
            inside = [word for word in self.words if left <= (word.x0 + word.x1) / 2 <= right]
            whole = len(inside) == len(self.words)
            self._parts[left, right] = self if whole else Line(inside) if inside else None
        return self._parts[left, right]

    @cached_property
    def heavy(self) -> bool:
        """Whether all of its words are in heavy type."""
        return all(bold(word.chars) for word in self.words)

    @cached_property
    def phrases(self) -> list[list[Word]]:
        """The words in runs of running text; a list's label belongs to what it labels."""
        found = phrases(self.words, WIDE)
        if len(found) == 2 and len(found[0]) == 1 and LABEL.fullmatch(found[0][0].text) and len(found[1]) > 1:
            return [self.words]
        return found

    @cached_property
    def is_caption(self) -> bool:
        """Whether it begins as a caption does; "Source" by itself, beside other texts, heads a column."""
        first = " ".join(word.text for word in self.words[:2])
        told = first[0].isupper() and CAPTION.match(first) is not None
        return told and (len(self.phrases) == 1 or len(self.phrases[0]) > 1)

    @cached_property
    def gaps(self) -> tuple[float, list[tuple[float, float]], float]:
        """Where its first word but dots begins, from where to where there is room for a border between two of them,
        and where the last ends."""
        inked = [word for word in self.words if not LEADER.fullmatch(word.text)] or self.words
        apart = [(a.x1, b.x0) for a, b in pairwise(inked) if b.x0 - a.x1 > GAP * b.size]
        return inked[0].x0, apart, inked[-1].x1


def phrases(words: Sequence[Word], gap: float) -> list[list[Word]]:
    """The words in runs with no more room between than `gap` of their size; dots lead from one run to the next."""
    found: list[list[Word]] = []
    led = False
    for word in words:
        if found and not led and word.x0 - found[-1][-1].x1 <= gap * word.size:
            found[-1].append(word)
        else:
            found.append([word])
        led = len(word.text) > 2 and bool(LEADER.fullmatch(word.text))
    return found


def is_figure(text: str) -> bool:
    """Whether the text is a figure, or a mark that stands for one."""
    return bool(FIGURE.fullmatch(text.strip()))


def is_year(text: str) -> bool:
    """Whether the text is a year, as a header has it."""
    return bool(YEAR.fullmatch(text))


def words(chars: list[Char]) -> list[Word]:
    """The level words, as they come."""
    if not chars:
        return []
    texts = [char[0] for char in chars]
    found: list[Word] = []
    start = -1  # of a word, where one has begun
    left = right = foot = near = 0.0
    last: Face | None = None
    for at, (text, x0, _, x1, bottom, face) in enumerate(chars):
        if face is not last:
            last, near = face, TIGHT * face.size
            level = face.upright
        if not level or text.isspace():
            if start >= 0:
                found.append(_word(chars[start:at], texts[start:at]))
                start = -1
            continue
        if start < 0:
            start = at
        elif not (left - 0.1 <= x0 < right + near and -1.0 < bottom - foot < 1.0):
            found.append(_word(chars[start:at], texts[start:at]))
            start = at
        left, right, foot = x0, x1, bottom
    if start >= 0:
        found.append(_word(chars[start:], texts[start:]))
    return found


def _word(chars: list[Char], texts: list[str]) -> Word:
    _, x0, top, _, bottom, face = chars[0]
    return Word(x0, top, chars[-1][3], bottom, face.size, "".join(texts), chars, (top + bottom) / 2)


def lines(found: Iterable[Word]) -> list[Line]:
    """The words in lines, top to bottom; lines may overlap where words stand at several heights."""
    made: list[tuple[float, list[Word]]] = []
    for word in sorted(found, key=attrgetter("middle")):
        if made and word.middle - made[-1][0] <= 0.25 * word.size:
            made[-1][1].append(word)
        else:
            made.append((word.middle, [word]))
    return [Line(sorted(line, key=attrgetter("x0"))) for _, line in made]
