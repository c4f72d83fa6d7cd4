"""Characters into words, lines and text: what is done with a page's characters, wherever they come from.

The rules are those of pdfplumber, at a fraction of the cost: a page has thousands of characters, so they are tuples,
and what many of them have in common is held once.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby, pairwise
from math import inf
from operator import itemgetter
from typing import Any, NamedTuple

from corpus.paper import Box, Line
from indexer.text.middle import median

APART = 3.0  # points: letters farther from one another are no word, lines farther apart are no line
WIDER = 1.35  # times the least room between lines, from which a paragraph begins
OPEN = 1.9  # and times the letters' size
BOLD = ("bold", "black", "heavy")
SPELLING = {"ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬁ": "fi", "ﬂ": "fl", "ﬆ": "st", "ﬅ": "st"}
# Letters as they are read: those drawn as one, hyphens that never part, and what has no width.
SPELLING |= dict.fromkeys("\u2010\u2011", "-") | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", "")


@dataclass(eq=False)
class Face:
    """What letters that are set alike have in common. `upright`: they are level, by the first four numbers of their
    `matrix`; `hidden`: they are not painted."""

    size: float
    font: str
    upright: bool = True
    matrix: tuple[float, ...] = (1.0, 0.0, 0.0, 1.0)
    hidden: bool = False

    @cached_property
    def heavy(self) -> bool:
        """Whether the font's name says that it is a heavy one."""
        name = self.font.lower()
        return any(mark in name for mark in BOLD)


class Char(NamedTuple):
    """A character, mostly one letter, and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    face: Face


Word = list[Char]

new_char = partial(tuple.__new__, Char)  # of its six values: in half of the time that Char takes
_left, _top, _foot, _face = itemgetter(1), itemgetter(2), itemgetter(4), itemgetter(5)


def text(chars: Sequence[Char]) -> str:
    """The characters as lines of text; those that were turned to read upwards are read upwards."""
    if not _level(chars):
        return "\n".join(" ".join(map(_spelt, line)) for line in _lined(list(_words(chars))))
    return _joined(_clustered(chars, _top))


def told(chars: Sequence[Char]) -> tuple[str, tuple[str, ...]]:
    """The characters as lines of text; and the paragraphs of level ones, () for fewer than two."""
    if not _level(chars):
        return text(chars), ()
    together = _clustered(chars, _top)
    whole = _joined(together)
    return whole, _paragraphs(together, chars) if "\n" in whole else ()


def _joined(together: Sequence[list[Char]]) -> str:
    """The text of level characters in groups, each of about one height."""
    found: list[str] = []
    for line in together:
        tops = list(map(_top, line))
        if max(tops) - min(tops) <= APART:
            found.append(_written(line))
        else:
            found += [" ".join(map(_spelt, words)) for words in _lined(list(_words(line)))]
    return "\n".join(filter(None, found))


def _paragraphs(together: Sequence[list[Char]], chars: Sequence[Char]) -> tuple[str, ...]:  # by room between lines
    inked = [(line, [c[2] for c in line if not c[0].isspace()]) for line in together]
    held = [(line, min(heights)) for line, heights in inked if heights]
    gaps = [below - above for (_, above), (_, below) in pairwise(held)]
    if not gaps:
        return ()
    size: float = median([c[5].size for c in chars])
    next_line = min(min(gaps) * WIDER, size * OPEN)
    if max(gaps) <= next_line:
        return ()
    parts = [[_written(held[0][0])]]
    for gap, (line, _) in zip(gaps, held[1:], strict=True):
        if gap > next_line:
            parts.append([])
        parts[-1].append(_written(line))
    return tuple(" ".join(part) for part in parts)


def lines(chars: Sequence[Char]) -> Iterator[Line]:
    """The characters as lines of running text."""
    yield from lines_of(list(_words(chars)))


def lines_of(found: Sequence[Word]) -> Iterator[Line]:
    """Words as lines of running text."""
    yield from map(_line, _lined(found))


def turned_lines(chars: Sequence[Char]) -> list[Line]:
    """Turned characters as lines of running text, those that run upwards from left to right, others from the right."""
    if not chars:
        return []
    upwards = _run_upwards(chars)
    found = [_line(list(_turned_words(line, upwards))) for line in _clustered(chars, _left) if not _blank(line)]
    return found if upwards else found[::-1]


def _blank(chars: Sequence[Char]) -> bool:
    return all(char.text.isspace() for char in chars)


def _run_upwards(chars: Sequence[Char]) -> bool:
    """Whether most turned characters run upwards."""
    return sum(1 if c.face.matrix[1] > 0 else -1 for c in chars if not c.face.upright) > 0


def _line(words: Sequence[Word]) -> Line:
    inked = [char for word in words for char in word]
    box = (min(map(_left, inked)), min(map(_top, inked)), max([c.x1 for c in inked]), max(map(_foot, inked)))
    size = round(median([c.face.size for c in inked]), 1)
    return Line(" ".join(map(_spelt, words)), box, size, bold(inked))


def words(chars: Sequence[Char]) -> list[Box]:
    """The boxes of the characters' words."""
    return [
        (min(map(_left, word)), min(map(_top, word)), max([c.x1 for c in word]), max(map(_foot, word)))
        for word in _words(chars)
    ]


def bold(chars: Sequence[Char]) -> bool:
    """Whether most of the characters that are no blanks are in a heavy font."""
    faces = set(map(_face, chars))  # few, mostly one
    heavy = {face for face in faces if face.heavy}
    if not heavy or heavy == faces:
        return bool(heavy)
    inked = [c[5] in heavy for c in chars if not c[0].isspace()]
    return sum(inked) * 2 > len(inked)


class Field:
    """Characters, to be found by where their middles are."""

    def __init__(self, chars: Sequence[Char]) -> None:
        self.chars = chars
        self._rows: dict[float, list[int]] = {}  # by the height of their middles
        at = 0
        for height, row in groupby([(top + bottom) / 2 for _, _, top, _, bottom, _ in chars]):
            end = at + len(list(row))
            self._rows.setdefault(height, []).extend(range(at, end))
            at = end
        self._heights = sorted(self._rows)
        self._bands: dict[tuple[float, float], tuple[list[float], list[int]]] = {}

    def within(self, box: Box) -> list[Char]:
        """The characters whose middles lie in the box, in their order."""
        x0, top, x1, bottom = box
        if (top, bottom) not in self._bands:
            heights = self._heights[bisect_left(self._heights, top) : bisect_left(self._heights, bottom)]
            held = [at for height in heights for at in self._rows[height]]
            middles = {at: (self.chars[at][1] + self.chars[at][3]) / 2 for at in held}
            held.sort(key=middles.__getitem__)
            self._bands[top, bottom] = list(map(middles.__getitem__, held)), held
        across, places = self._bands[top, bottom]
        return [self.chars[at] for at in sorted(places[bisect_left(across, x0) : bisect_left(across, x1)])]


def _written(line: list[Char]) -> str:
    """The text of level characters that are nearly on one line, the common case, without the detour over words."""
    line.sort(key=_left)
    written: list[str] = []
    right = line[0].x0
    for text, x0, _, x1, _, _ in line:
        if text.isspace():
            right = -inf
            continue
        if x0 > right + APART and written:
            written.append(" ")
        written.append(text)
        right = x1
    whole = "".join(written)
    return whole if whole.isascii() else "".join([SPELLING.get(letter, letter) for letter in whole])


def _spelt(word: Word) -> str:
    spelt = "".join([c[0] for c in word])
    return spelt if spelt.isascii() else "".join([SPELLING.get(letter, letter) for letter in spelt])


def _level(chars: Sequence[Char]) -> bool:
    return all(face.upright for face in set(map(_face, chars)))


def _lined(found: Sequence[Word]) -> Iterator[list[Word]]:
    """The words in lines, in reading order."""
    if not found:
        return
    level = _clusters([min(map(_top, word)) for word in found])
    for _, line in groupby(zip(level, found, strict=True), key=itemgetter(0)):
        yield [word for _, word in line]


def _words(chars: Sequence[Char]) -> Iterator[Word]:
    """The words, line by line; turned characters run downwards, or upwards where most of them do."""
    if _level(chars):
        yield from level_words(chars)
        return
    upwards = _run_upwards(chars)
    for upright, together in groupby(chars, key=lambda c: c.face.upright):
        if upright:
            yield from level_words(list(together))
        else:
            yield from _turned_words(list(together), upwards)


def level_words(chars: Sequence[Char]) -> Iterator[Word]:
    """The words of level characters, line by line."""
    for line in _clustered(chars, _top):
        line.sort(key=_left)
        word: Word = []
        left = right = top = 0.0
        for each in line:
            text, x0, y, x1, _, _ = each
            if text.isspace():
                if word:
                    yield word
                    word = []
                continue
            if word and (x0 > right + APART or x0 < left or abs(y - top) > APART):
                yield word
                word = []
            word.append(each)
            left, right, top = x0, x1, y
        if word:
            yield word


def _turned_words(chars: list[Char], upwards: bool) -> Iterator[Word]:
    start, end = (lambda c: -c.bottom, lambda c: -c.top) if upwards else (_top, _foot)
    for line in _clustered(chars, _left):
        line.sort(key=lambda c: (start(c), end(c)))
        word: Word = []
        for each in line:
            last = word[-1] if word else each
            apart = start(each) > end(last) + APART or start(each) < start(last) or abs(each.x0 - last.x0) > APART
            blank = each.text.isspace()
            if word and (blank or apart):
                yield word
                word = []
            if not blank:
                word.append(each)
        if word:
            yield word


def _clustered(chars: Sequence[Char], key: Any) -> list[list[Char]]:
    """The characters in groups whose `key` is nearly one, ascending, each in its old order."""
    if not chars:
        return []
    values = list(map(key, chars))
    if max(values) - min(values) <= APART:
        return [list(chars)]
    numbers = _clusters(values)
    groups: list[list[Char]] = [[] for _ in range(max(numbers) + 1)]
    for number, each in zip(numbers, chars, strict=True):
        groups[number].append(each)
    return groups


def _clusters(values: Sequence[float]) -> list[int]:
    """For each value the number of its group; a gap of more than APART parts two groups."""
    if max(values) - min(values) <= APART:
        return [0] * len(values)
    distinct = sorted(set(values))
    number, of = 0, dict.fromkeys(distinct[:1], 0)
    for before, after in pairwise(distinct):
        number += after > before + APART
        of[after] = number
    return [of[value] for value in values]
