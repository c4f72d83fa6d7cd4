"""The charts that are drawn on a page, told by their axes: what their scales say is no heading, and no table's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from math import inf
from operator import attrgetter

from corpus.paper import Box
from indexer.finder.text import PROSE, WIDE, Word, is_year, lines, phrases

FEWEST = 4  # figures of an upright axis
FEWEST_LABELS = 3  # words of a level one
ALIGNED = 1.5  # points by which the right ends of an axis's figures may differ, and the steps between them
BELOW = 2.2  # of the letters' size, or one step: so far under the lowest figure stands the level axis
UNEVEN = 0.25  # of the room between two labels of a level axis: so much may that of others differ
FILLED = 0.5  # of the lines of an axis: more of them with anything beside, and it is a column of a table
ROUNDED = 3  # units in the last place: steps of fewer are not rounded
_SCALE = re.compile(r"[-−–(£]{0,2}\d[\d,]*(?:\.\d+)?[%kKmM)]{0,2}")
_TIME = re.compile(r"\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4])", re.IGNORECASE)
SERIES = frozenset(
    ("actual", "target", "floor", "standard", "threshold", "average", "previous", "benchmark", "national")
)
_middle = attrgetter("middle")


@dataclass(frozen=True, slots=True)
class Chart:
    """Where a chart stands; and the words of its `scales`: the figures and times at both axes, the figures between, and
    the usual names of lines ("Target"). Whatever else stands there may be a mark, and is none of them."""

    box: Box
    scales: tuple[Word, ...]


def charts(written: Sequence[Word]) -> list[Chart]:
    """The charts among these words of a page."""
    figures = sorted((word for word in written if _SCALE.fullmatch(word.text)), key=attrgetter("x1"))
    axes = [axis for column in _columns(figures) for axis in _axes(column)]
    found = (_chart(axis, [word for word in written if word.x0 < _next(axis, axes)]) for axis in axes)
    return [chart for chart in found if chart]


def clear(written: Sequence[Word], boxes: Sequence[Box]) -> list[Word]:
    """The words outside of the boxes."""
    return [
        word
        for word in written
        if not any(x0 <= word.x0 <= x1 and top <= word.middle <= bottom for x0, top, x1, bottom in boxes)
    ]


def _next(axis: Sequence[Word], axes: Sequence[Sequence[Word]]) -> float:
    """Where the axis of the chart beside begins."""
    level = [other for other in axes if other[0].top < axis[-1].bottom and axis[0].top < other[-1].bottom]
    starts = [min(word.x0 for word in other) for other in level]
    return min((x0 for x0 in starts if x0 > axis[0].x1), default=inf)


def _columns(figures: Sequence[Word]) -> Iterator[list[Word]]:
    """Figures, sorted by their right ends, whose right ends stand below one another."""
    held: list[Word] = []
    for word in figures:
        if held and word.x1 - held[-1].x1 > ALIGNED:
            yield held
            held = []
        held.append(word)
    yield held


def _axes(column: Sequence[Word]) -> Iterator[list[Word]]:
    """The runs of figures, downwards, that fall in equal steps at equal distances."""
    held: list[Word] = []
    for word in sorted(column, key=_middle):
        if len(held) > 1 and not _goes_on(held, word):
            if len(held) >= FEWEST:
                yield held
            held = held[-1:]
        if held and not _value(word) < _value(held[-1]):
            held = []
        held.append(word)
    if len(held) >= FEWEST:
        yield held


def _goes_on(axis: Sequence[Word], word: Word) -> bool:
    room = abs((axis[1].middle - axis[0].middle) - (word.middle - axis[-1].middle)) <= ALIGNED
    place = 0.1 ** len(word.text.rstrip("%kKmM)").partition(".")[2])
    step = _value(axis[0]) - _value(axis[1])
    off = abs(step - (_value(axis[-1]) - _value(word)))
    return room and off <= (1.001 * place if step >= ROUNDED * place else place / 1000)


def _value(word: Word) -> float:
    number = float(re.sub(r"[^\d.]", "", word.text))
    return -number if word.text[0] in "-−–(" else number


def _chart(axis: Sequence[Word], written: Sequence[Word]) -> Chart | None:
    """The chart with this upright axis; None for a column of a table, or of years."""
    if all(is_year(word.text) for word in axis):
        return None
    edge, foot, size = max(word.x1 for word in axis), axis[-1], axis[-1].size
    depth = foot.middle + max(BELOW * size, axis[1].middle - axis[0].middle)
    under = [word for word in written if word.x0 > edge - size and foot.middle + size / 2 < word.middle <= depth]
    level = next((labels for line in lines(under) if len(labels := _labels(line.words)) >= FEWEST_LABELS), None)
    if not level:
        return None
    right = max(word.x1 for word in level[-1]) + size
    inside = [w for w in written if edge < w.x0 < right and axis[0].middle - size < w.middle < foot.middle + size / 2]
    beside = [any(abs(word.middle - figure.middle) < size / 2 for word in inside) for figure in axis]
    prose = any(len(phrase) >= PROSE for line in lines(inside) for phrase in phrases(line.words, WIDE))
    if prose or sum(beside) > FILLED * len(axis):
        return None
    times = [word for label in level for word in label if any(_TIME.match(each.text) for each in label)]
    named = [w for w in inside if _SCALE.fullmatch(w.text) or w.text.lower() in SERIES]
    right, bottom = (
        max(word.x1 for word in (*level[-1], *inside)),
        max(word.bottom for label in level for word in label),
    )
    return Chart((min(word.x0 for word in axis), axis[0].top, right, bottom), (*axis, *times, *named))


def _labels(words: Sequence[Word]) -> list[list[Word]]:
    """The labels of a level axis: the texts of a line up to one that does not stand at the same distance."""
    found = phrases(words, WIDE)
    places = [(label[0].x0 + label[-1].x1) / 2 for label in found]
    steps = [after - before for before, after in pairwise(places)]
    even = takewhile(lambda step: abs(step - steps[0]) <= UNEVEN * steps[0], steps)
    return found[: 1 + len(list(even))]
