"""Columns of running text: a page's characters parted where they stand in columns, in the order in which one reads.

A gutter is a strip that no word crosses, down the page or a part of it, with running text on both sides of it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.paper import Box, Line
from indexer.text import letters
from indexer.text.letters import Char
from indexer.text.middle import median

GUTTER = 8.0  # points: no strip that parts columns is narrower
NARROWEST = 0.14  # of the page's width: no column is narrower
FEWEST_LINES = 5  # in a column
FEWEST_WORDS = 3.3  # in a usual line of running text
FULL = 0.55  # of a column's width: so long are most lines of running text
EDGE = 3.0  # points: lines that begin together
MOST = 0.5  # of the lines
GOES_ON = 0.35  # of the lines of running text begin in mid-sentence
MOST_FIGURES = 0.25  # of the words: more, and it is a table
ROW_STARTS = 3  # paragraphs that begin at one height on both sides: more, and they are rows
PITCH = 1.4  # of the usual distance from line to line: where a paragraph begins


@dataclass(frozen=True, slots=True)
class _Word:
    """A word's box with its characters; none where a table stands."""

    x0: float
    top: float
    x1: float
    bottom: float
    chars: letters.Word = field(default_factory=list)


def lines(chars: Sequence[Char], width: float, tables: Sequence[Box] = ()) -> list[Line]:
    """The characters as lines of running text in reading order, down one column after the other.

    `width` is the page's; `tables` are the boxes of what was taken out of it.
    """
    level = [char for char in chars if char.face.upright]
    words = [_word(word) for word in letters.level_words(level)]
    turned = [] if len(level) == len(chars) else letters.turned_lines([c for c in chars if not c.face.upright])
    if not _may_part(words, width):
        return [*letters.lines(level), *turned]
    parts = _parted([*words, *(_Word(*box) for box in tables)], width)
    found = [line for part in parts for line in letters.lines_of([word.chars for word in part])]
    return [*found, *turned]


def _word(chars: letters.Word) -> _Word:
    return _Word(chars[0].x0, min(c.top for c in chars), chars[-1].x1, max(c.bottom for c in chars), chars)


def _may_part(words: Sequence[_Word], width: float) -> bool:
    """Whether anything speaks for columns, as on most pages nothing does."""
    return next(_candidates(words, width), None) is not None


def _candidates(words: Sequence[_Word], width: float) -> Iterator[float]:
    """Where a column may begin: many words do that have nothing close to their left. The most frequent first."""
    begins: Counter[int] = Counter()
    last: _Word | None = None
    for word in words:
        same = last is not None and abs(word.top - last.top) <= EDGE
        if last is None or not same or word.x0 - last.x1 >= GUTTER:
            begins[round(word.x0)] += 1
        last = word
    for left, count in begins.most_common():
        if count < FEWEST_LINES:
            return
        if NARROWEST * width < left < (1 - NARROWEST) * width:
            yield float(left)


def _parted(words: Sequence[_Word], width: float) -> list[list[_Word]]:
    """The words, in columns, in reading order."""
    parts = next(_cuts(words, width), ())
    if not parts:
        return [[word for word in words if word.chars]]
    return [part for each in parts if each for part in _parted(each, width)]


def _cuts(words: Sequence[_Word], width: float) -> Iterator[tuple[list[_Word], ...]]:
    """The words above two columns, in the left one, in the right one, and below, for each gutter."""
    for left in _candidates(sorted(words, key=lambda word: (round(word.top), word.x0)), width):
        for top, bottom in _runs(words, left):
            within = [word for word in words if top <= word.top and word.bottom <= bottom]
            before = [word for word in within if word.x1 <= left]
            behind = [word for word in within if word.x1 > left]
            if _are_columns(before, behind, width):
                above = [word for word in words if word.top < top]
                below = [word for word in words if word.top >= top and word.bottom > bottom]
                yield above, before, behind, below


def _runs(words: Sequence[_Word], left: float) -> Iterator[tuple[float, float]]:
    """The heights between which no word stands in the gutter before `left`, the longest first."""
    start, end = left - GUTTER, left - 1.0
    blocking = sorted((word.top, word.bottom) for word in words if word.x0 < end and word.x1 > start)
    tops = [word.top for word in words]
    feet = [word.bottom for word in words]
    edges = [(min(tops), min(tops)), *blocking, (max(feet), max(feet))]
    runs, reach = [], edges[0][1]
    for (_, foot), (top, _) in pairwise(edges):
        reach = max(reach, foot)
        runs.append((reach, top))
    runs = [(top - 0.5, bottom + 0.5) for top, bottom in runs if bottom > top]
    return iter(sorted(runs, key=lambda run: run[0] - run[1]))


def _are_columns(before: Sequence[_Word], behind: Sequence[_Word], width: float) -> bool:
    """Whether running text stands on both sides, each in its own paragraphs."""
    left, right = _rows(before), _rows(behind)
    if not _is_running(left, width) or not (_is_running(right, width) or next(_cuts(behind, width), None)):
        return False
    starts, others = _paragraphs(left), _paragraphs(right)
    beside = sum(any(abs(top - other) <= EDGE for other in others) for top in starts)
    return beside < ROW_STARTS or beside < MOST * min(len(starts), len(others))


def _rows(words: Sequence[_Word]) -> list[list[_Word]]:
    rows: list[list[_Word]] = []
    for word in sorted((word for word in words if word.chars), key=lambda word: (word.bottom, word.x0)):
        if rows and word.bottom - rows[-1][0].bottom <= EDGE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _is_running(rows: Sequence[Sequence[_Word]], width: float) -> bool:
    """Whether lines are those of a column of running text: many, of several words, full, begun together, and most of
    them in mid-sentence."""
    if len(rows) < FEWEST_LINES:
        return False
    extents = [(min(word.x0 for word in row), max(word.x1 for word in row)) for row in rows]
    wide = max(x1 for _, x1 in extents) - min(x0 for x0, _ in extents)
    together = Counter(round(x0 / EDGE) for x0, _ in extents).most_common(1)[0][1]
    full = sum(x1 - x0 >= FULL * wide for x0, x1 in extents)
    words = [word for row in rows for word in row]
    going_on = sum(row[0].chars[0].text.islower() for row in rows)
    figures = sum(bool(re.search(r"\d", word.chars[0].text)) for word in words)
    return (
        wide >= NARROWEST * width
        and len(words) >= FEWEST_WORDS * len(rows)
        and full >= MOST * len(rows)
        and together >= MOST * len(rows)
        and going_on >= GOES_ON * len(rows)
        and figures <= MOST_FIGURES * len(words)
    )


def _paragraphs(rows: Sequence[Sequence[_Word]]) -> list[float]:
    """The heights at which paragraphs begin, but for the first."""
    feet = [row[0].bottom for row in rows]
    steps = [below - above for above, below in pairwise(feet)]
    usual = median(steps) if steps else 0.0
    return [foot for foot, step in zip(feet[1:], steps, strict=True) if step > PITCH * usual]
