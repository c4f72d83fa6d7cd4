"""Tables with neither rules nor shades: runs of lines that have wide gaps."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from indexer.finder.area import ALIKE, Area
from indexer.finder.around import CELL_ROOM, LEAD_ROOM, MOST_LEVELS, under_a_cell
from indexer.finder.rules import Level
from indexer.finder.text import PROSE, Line, is_figure, is_year
from indexer.text.middle import median

CLOSE = 2.2  # of the size: more room between two lines ends a table without rules


def areas(page_lines: Sequence[Line], level: Sequence[Level], heads: dict[int, float]) -> Iterator[Area]:
    """Runs of lines that have wide gaps, with the lines of one phrase between them; a header begins a run."""
    run: list[Line] = []
    torn = False  # off the run before by a line that it could not be told of
    for line in page_lines:
        headed = id(line) in heads and not _over(run, line)
        headed = headed or _begins(line, run)
        if run and (headed or line.top - max(each.bottom for each in run[-3:]) > CLOSE * line.size):
            yield from _area(run, level, torn)
            run, torn = [], False
        if len(line.phrases) > 1:
            run.append(line)
        elif run:
            apart = line.top - run[-1].bottom > max(line.size, 1.5 * _usual_gap(run))
            prose = len(line.words) > PROSE * 1.5 or sum(len(each.phrases) == 1 for each in run[-2:]) == 2
            if apart or (prose and not _wraps(line, run)):
                yield from _area(run, level, torn)
                run, torn = [], not apart
            else:
                run.append(line)
    yield from _area(run, level, torn)


def _wraps(line: Line, run: Sequence[Line]) -> bool:
    """Whether a line goes on under a cell beside the first, or with what a hyphen parts above it, close below: no
    running text begins there."""
    row = next((each for each in reversed(run) if len(each.phrases) > 1), None)
    if row is None or line.top - run[-1].bottom >= CELL_ROOM * line.size:
        return False
    over = [phrase[-1].text for phrase in run[-1].phrases if abs(phrase[0].x0 - line.x0) <= ALIKE]
    return under_a_cell(line, row) or any(text.endswith("-") for text in over)


def _over(run: Sequence[Line], line: Line) -> bool:
    """Whether the run is no more than the upper lines of the header that a line ends: close, and without figures."""
    close = bool(run) and line.top - run[-1].bottom < LEAD_ROOM * line.size and len(run) < MOST_LEVELS
    return close and not any(map(_told, run))


def _begins(line: Line, run: Sequence[Line]) -> bool:
    """Whether a line, with more room above than is usual and no figure in it, heads another table than the run's."""
    gap = line.top - run[-1].bottom if run else 0.0
    if len(line.phrases) < 3 or gap < max(0.6 * line.size, 1.3 * _usual_gap(run)):
        return False
    return not _told(line) and any(is_figure(phrase[-1].text) for each in run for phrase in each.phrases[1:])


def _told(line: Line) -> bool:
    """Whether figures stand in the line, as in no header."""
    texts = [" ".join(word.text for word in phrase) for phrase in line.phrases[1:]]
    return any(is_figure(text) and not is_year(text) for text in texts)


def _usual_gap(run: Sequence[Line]) -> float:
    return median([b.top - a.bottom for a, b in pairwise(run)]) if len(run) > 2 else inf


def _area(run: list[Line], level: Sequence[Level], torn: bool) -> Iterator[Area]:
    if torn and run and _told(run[0]):
        return  # rows whose header is not theirs
    while run and len(run[-1].phrases) == 1 and not _wraps(run[-1], run[:-1]):
        run.pop()
    if len(run) > 1:
        top, bottom = run[0].top, run[-1].bottom
        x0, x1 = min(line.x0 for line in run), max(line.x1 for line in run)
        inner = tuple(each for each in level if top < each.y < bottom and each.x0 < x1 and each.x1 > x0)
        yield Area(tuple(run), inner, False)
