"""Cards without frames: the labels that stand together, under a name, over or under a chart."""

from collections.abc import Sequence

from indexer.cards.drawn import MOST_NAME, NEXT, around, card_grid, goes_on
from indexer.cards.runs import ASIDE, Piece, Run
from indexer.finder.text import PROSE
from indexer.sheet import Grid

ALIKE = 1.0  # points between the sizes of a name's lines
INDENT = 4.0  # of the size: so far to the left of a list begins what leads to it
CHART = 240.0  # points: the most room that a chart takes between a name and its figures


def unframed(
    page: int, start: Piece, starts: Sequence[Piece], said: Sequence[Piece], runs: Sequence[Run]
) -> Grid | None:
    """The card whose latest figure stands in `start`; None where no second label or no name goes with it."""
    x0, top, x1, _ = around(start.runs)
    size = max(run.size for run in start.runs)
    others = [around(each.runs) for each in starts]
    lefts = [box[0] for box in others if box[0] > x1 - ASIDE and abs(box[1] - top) < 8 * size]
    right = min(lefts, default=10_000.0) - ASIDE
    held = _together(start, [each for each in said if x0 - ASIDE <= around(each.runs)[0] < right])
    kinds = [kind for piece in held for kind in piece.kinds]
    used = {run for piece in held for run in piece.runs}
    column = [run for run in runs if x0 - ASIDE <= run.x0 < right]
    if len(set(kinds)) < max(2, len(kinds)) or goes_on(_close(column, used), held, used):
        return None
    edge = min(run.top for run in used)
    above = [run for run in column if run.bottom <= edge + 2]
    name = _over(edge, x0, size, above) or _leading(edge, x0, size, runs)
    under_chart = not name
    if under_chart:  # its name may begin farther to the left
        left = max([box[2] for box in others if box[2] < x0 and abs(box[1] - top) < 8 * size], default=0.0)
        above = [run for run in runs if left < run.x0 < right and run.bottom <= edge + 2]
        name = _over_chart(edge, x0, above)
    if not name:
        return None
    begins, ends = name[0].top - 3, max(run.bottom for run in name) + 3
    right += min(name[0].x0 - x0, 0)  # where the next card's name begins as far to the left
    line = [run for run in above if begins <= run.top and run.bottom <= ends]
    beside = [run for run in line if name[0].x0 < run.x0 < right]
    marks = [r for r in beside if r not in name and (r.rates or (r.x0 > x0 + ASIDE and not under_chart))]
    box = around([*name, *marks, *used])
    return card_grid(page, box, name, marks, held, runs)


def _together(start: Piece, said: Sequence[Piece]) -> list[Piece]:
    """The labels from the latest figure's down to the first gap, or to another card's."""
    found = [start]
    size = max(run.size for run in start.runs)
    for piece in sorted((each for each in said if each is not start), key=lambda each: around(each.runs)[1]):
        _, top, _, _ = around(piece.runs)
        last = max(around(each.runs)[3] for each in found)
        if top < around(start.runs)[1] - 2 or (set(piece.kinds) & {kind for each in found for kind in each.kinds}):
            continue
        if top - last > NEXT * size:
            break
        found.append(piece)
    return found


def _close(column: Sequence[Run], used: set[Run]) -> list[Run]:
    """The runs of a column that stand right below what was used of it."""
    foot, size = max(run.bottom for run in used), max(run.size for run in used)
    return [run for run in column if run.top < foot + 2 * size]


def _over(edge: float, x0: float, size: float, above: Sequence[Run]) -> list[Run]:
    """The lines just above a card's labels that begin where these do."""
    name: list[Run] = []
    for run in sorted(above, key=lambda each: (-each.bottom, each.x0)):
        if abs(run.x0 - x0) > ASIDE:
            continue
        near = edge - run.bottom <= NEXT * size and abs(run.size - size) < (ALIKE if name else 3)
        if not near or not (run.names or (run.rates and not name)) or len(name) == MOST_NAME:
            break
        if not run.rates:
            name.append(run)
            size = run.size  # what is set larger is a heading
        edge = run.top
    return name[::-1]


def _leading(edge: float, x0: float, size: float, runs: Sequence[Run]) -> list[Run]:
    """The lines just above that begin to the left of a card's labels and reach over them, as over a list."""
    above = [run for run in runs if run.bottom <= edge + 2 and x0 - INDENT * size <= run.x0 < x0 - ASIDE]
    last = max((run for run in above if run.x1 > x0), key=lambda run: run.bottom, default=None)
    return _over(edge, last.x0, size, above) if last else []


def _over_chart(edge: float, x0: float, above: Sequence[Run]) -> list[Run]:
    """The name of a chart that stands over its figures: in the nearest line with a rating at its right end; [] where
    running text stands between, or a name that begins where the labels do."""
    marks = [run for run in above if (run.rates or run.rated) and edge - run.bottom <= CHART]
    nearest = max([run.bottom for run in marks], default=0.0)
    between = [run for run in above if run.names and run.top > nearest]
    if any(len(run.text.split()) >= PROSE or abs(run.x0 - x0) <= ASIDE for run in between):
        return []
    for mark in [run for run in marks if nearest - run.bottom < run.size]:
        beside = [
            run for run in above if run.names and run.x1 <= mark.x0 and run.top < mark.bottom and mark.top < run.bottom
        ]
        behind = [run for run in above if run.names and abs(run.x0 - mark.x0) <= ASIDE and run.bottom <= mark.top + 2]
        last = max(behind, key=lambda run: run.bottom, default=None)  # of a name whose rating has a line of its own
        first = mark if mark.rated else min(beside, key=lambda run: (run.top, run.x0), default=last)
        if first:
            alike = [run for run in above if abs(run.x0 - first.x0) <= ASIDE and abs(run.size - first.size) < 1]
            return _block(first, alike)
    return []


def _block(first: Run, alike: Sequence[Run]) -> list[Run]:
    """The lines that stand together with the first of a name, over it and under it; its rating may be set in the
    middle of them."""
    found = [first]
    for run in sorted(alike, key=lambda each: abs(each.top - first.top)):
        top, foot = min(each.top for each in found), max(each.bottom for each in found)
        near = max(top - run.bottom, run.top - foot) <= NEXT * first.size
        fits = run.names or (run.top >= foot - 1 and max(found, key=lambda each: each.top).leads_on)
        found += [run] if run not in found and near and fits and len(found) < MOST_NAME else []
    return sorted(found, key=lambda each: each.top)
