"""Cards of one measure each, as dashboards set them: boxes or bare text, in rows of several, each its own small grid.

A card is known by its lines, "Latest: 94%", "Target: 90%, Floor: 85%", that stand below one another under a name. What
stands beside them is another card's, whether or not rules say so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from corpus.paper import Box, Cell, Line
from indexer.finder.text import Word, lines
from indexer.letters import SPELLING
from indexer.shapes.card import LABELS
from indexer.sheet import Grid, Sheet

# A card's first line says its latest figure, and its second one more thing about it.
_FIRST = re.compile(rf"(?:{'|'.join(sorted(LABELS['latest'], key=len, reverse=True))})\b[^:]{{0,24}}:", re.IGNORECASE)
BEGINNINGS = tuple({label.split()[0] for label in LABELS["latest"]})  # of such a line
_LABEL = re.compile(
    rf"(?:{'|'.join(sorted(chain(*LABELS.values()), key=len, reverse=True))})\b[^:]{{0,24}}:", re.IGNORECASE
)
_RATED = re.compile(r"\(?(?:(?:rag|status|rating)\s*:?\s*)?(?:red|amber|green|blue|grey|n/?a)\)?", re.IGNORECASE)
GAP = 0.9  # of the letters' size: words farther apart are of two columns
NEXT = 1.15  # of the size: the most room between two lines of one card
ASIDE = 3.0  # points by which lines that begin together may differ
MOST_NAME = 6  # lines of a name


@dataclass(frozen=True, slots=True)
class _Run:
    """Words beside one another without a gap between them."""

    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    text: str


def card_grids(page: int, written: Sequence[Word], grids: Sequence[Grid]) -> list[Grid]:
    """The grids of a page with these words, with each card as a grid of its own in the place of what was made of it.

    A grid that holds anything beside cards stays, and the cards in it are left to it.
    """
    if not any(word.text.lower().startswith(BEGINNINGS) for word in written):
        return list(grids)
    runs = [run for line in lines(written) for run in _runs(line.words)]
    starts = [run for run in runs if _FIRST.match(run.text)]
    if not starts:
        return list(grids)
    made = [card for start in starts for card in [_card(page, start, starts, runs)] if card]
    kept = [grid for grid in grids if not _made_of(grid, made, runs)]
    free = [card for card in made if not any(_overlap(card.box, grid.box) for grid in kept)]
    return sorted([*kept, *free], key=lambda grid: (grid.box[1], grid.box[0]))


def with_cards(sheet: Sheet) -> Sheet:
    """A sheet of running text, with the lines that make a card as a grid of its own."""
    lines = list(sheet.lines)
    starts = [at for at, line in enumerate(lines) if _FIRST.match(line.text)]
    cards: list[Grid] = []
    used: set[int] = set()
    for start in starts:
        end = start
        while (
            end < len(lines) and (end == start or not _FIRST.match(lines[end].text)) and _LABEL.match(lines[end].text)
        ):
            end += 1
        name = start - 1 - bool(start > 1 and _RATED.fullmatch(lines[start - 1].text))
        labels = [label for line in lines[start:end] for label in _LABEL.findall(line.text)]
        if name < 0 or name in used or _LABEL.search(lines[name].text) or len(set(labels)) < max(2, len(labels)):
            continue
        cards.append(_lined(sheet.number, lines[name:start], lines[start:end]))
        used.update(range(name, end))
    kept = tuple(line for at, line in enumerate(lines) if at not in used)
    return replace(sheet, lines=kept, grids=(*sheet.grids, *cards))


def _lined(page: int, name: Sequence[Line], body: Sequence[Line]) -> Grid:
    """A card of lines below one another; the rating has a line of its own, or none."""
    x0, top, x1, foot = name[0].box[0], name[0].box[1], max(line.box[2] for line in (*name, *body)), body[-1].box[3]
    edge = body[0].box[1]
    title = Cell(" ".join(line.text for line in name), page, (x0, top, x1, edge))
    said = Cell("\n".join(line.text for line in body), page, (x0, edge, x1, foot))
    return Grid(page, (x0, top, x1, foot), ((title,), (said,)), (x0, x1), (False, False))


def _runs(line: Sequence[Word]) -> Iterator[_Run]:
    held = [line[0]]
    for one, other in pairwise(line):
        if other.x0 - one.x1 > GAP * other.size:
            yield _run(held)
            held = []
        held.append(other)
    yield _run(held)


def _run(held: Sequence[Word]) -> _Run:
    top, bottom = min([word.top for word in held]), max([word.bottom for word in held])
    text = " ".join([word.text for word in held])
    spelt = text if text.isascii() else "".join(SPELLING.get(letter, letter) for letter in text)
    return _Run(held[0].x0, top, held[-1].x1, bottom, max([word.size for word in held]), spelt)


def _card(page: int, start: _Run, starts: Sequence[_Run], runs: Sequence[_Run]) -> Grid | None:
    """The card whose latest figure stands in `start`; None where no second label or no name goes with it."""
    beside = [run.x0 for run in starts if run.x0 > start.x1 - ASIDE and abs(run.top - start.top) < 8 * start.size]
    right = min(beside, default=10_000.0) - ASIDE
    column = [run for run in runs if start.x0 - ASIDE <= run.x0 < right]
    body = _body(start, [run for run in column if run.top >= start.top - 1])
    labels = [label for run in body for label in _LABEL.findall(run.text)]
    name, marks = _name(start, [run for run in column if run.bottom <= start.top + 2])
    if len(labels) < 2 or not name:
        return None
    return _grid(page, name, marks, body)


def _body(start: _Run, below: Sequence[_Run]) -> list[_Run]:
    """The lines from the latest figure down to the first gap, or to a line that is another card's."""
    found = [start]
    for run in sorted(below, key=lambda each: (each.top, each.x0)):
        if run is start:
            continue
        last = found[-1]
        close = run.top - last.bottom <= NEXT * start.size and abs(run.size - start.size) < 1
        goes_on = abs(run.x0 - start.x0) <= ASIDE or abs(run.top - last.top) <= 2
        if not close or _FIRST.match(run.text):
            break
        if goes_on or _LABEL.match(run.text):
            found.append(run)
    return found


def _name(start: _Run, above: Sequence[_Run]) -> tuple[list[_Run], list[_Run]]:
    """The lines above the latest figure that begin where it does, and what stands to their right: its rating."""
    name: list[_Run] = []
    edge = start.top
    for run in sorted(above, key=lambda each: (-each.bottom, each.x0)):
        if abs(run.x0 - start.x0) > ASIDE:
            continue
        near = edge - run.bottom <= NEXT * start.size and abs(run.size - start.size) < 2
        if not near or _LABEL.search(run.text) or len(name) == MOST_NAME:
            break
        name.append(run)
        edge = run.top
    name.reverse()
    top = name[0].top - 3 if name else start.top
    marks = [run for run in above if run not in name and run.top >= top and run.bottom <= start.top + 2]
    return name, marks


def _grid(page: int, name: Sequence[_Run], marks: Sequence[_Run], body: Sequence[_Run]) -> Grid:
    x0, top, x1, bottom = box = _around([*name, *marks, *body])
    edge = min((run.x0 for run in marks), default=x1)
    foot = max(run.bottom for run in name)
    title = Cell("\n".join(run.text for run in name), page, (x0, top, edge, foot))
    mark = Cell(" ".join(run.text for run in marks), page, (edge, top, x1, foot))
    said = Cell("\n".join(run.text for run in body), page, (x0, foot, x1, bottom), 1, 2 if marks else 1)
    if not marks:
        return Grid(page, box, ((title,), (said,)), (x0, x1), (False, False))
    return Grid(page, box, ((title, mark), (said, None)), (x0, edge, x1), (False, False))


def _around(runs: Sequence[_Run]) -> Box:
    x0, top = min(run.x0 for run in runs), min(run.top for run in runs)
    return x0, top, max(run.x1 for run in runs), max(run.bottom for run in runs)


def _made_of(grid: Grid, cards: Sequence[Grid], runs: Sequence[_Run]) -> bool:
    """Whether all that stands in a grid is of cards."""
    inside = [run for run in runs if _holds(grid.box, run)]
    return bool(inside) and all(any(_holds(card.box, run) for card in cards) for run in inside)


def _holds(box: Box, run: _Run) -> bool:
    across, down = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
    return box[0] - 1 <= across <= box[2] + 1 and box[1] - 1 <= down <= box[3] + 1


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
