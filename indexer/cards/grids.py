"""Cards of one measure each, as dashboards set them: boxes or bare text, in rows of several, each its own small grid.

A card has a name, a latest figure, and one more thing about it: a target, a figure before. In a frame it is all that
stands in it; without one it is the labels that stand together, under a name. What stands beside is another card's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.paper import Box, Cell, Row, line_of
from indexer.cards.frames import box_of
from indexer.cards.runs import ASIDE, LABELLED, Piece, Run, pieces, runs_in
from indexer.finder.text import PROSE, Word
from indexer.shapes.labels import KINDS
from indexer.sheet import Grid
from kpi_tools.figures import Figure, read_figure

NEXT = 1.15  # of the size: the most room between two lines of one card
MOST_NAME = 6  # lines of a name
LARGE = 1.2  # times all else in a frame: the size of the figure that it is about
CHART = 240.0  # points: the most room that a chart takes between a name and its figures


def card_grids(
    page: int, written: Sequence[Word], grids: Sequence[Grid], rects: Sequence[Mapping[str, Any]], height: float
) -> list[Grid]:
    """The grids of a page with these words, with each card as a grid of its own in the place of what was made of it.

    A grid that holds anything beside cards stays, and the cards in it are left to it.
    """
    grids = [replace(grid, lines=()) if grid.lines and _is_row_of_labels(grid) else grid for grid in grids]
    runs = runs_in(written)
    said = pieces(runs)
    frames = [box for rect in rects if (box := box_of(rect, height))]
    frames += [grid.box for grid in grids if grid.lines]  # of rules: a row of a name, its figures and a rating
    made = list(_framed(page, runs, said, frames))
    cards = [*made, *(grid for grid in grids if _is_card(grid))]
    starts = [piece for piece in said if piece.kinds[0] == "latest" and not _within(piece, cards)]
    made += [card for start in starts for card in [_free(page, start, starts, said, runs)] if card]
    others = [box for rect in rects if (box := box_of(rect, height)) and not any(_overlap(box, c.box) for c in made)]
    kept = [grid for grid in grids if not _made_of(grid, made, others, runs)]
    free = [card for card in made if not any(_overlap(card.box, grid.box) for grid in kept)]
    return sorted([*kept, *free], key=lambda grid: (grid.box[1], grid.box[0]))


def _is_row_of_labels(grid: Grid) -> bool:
    """Whether a row of cells is a card by itself: its name, and cells that each say a figure and what it is."""
    first, *others = [line_of(cell) for cell in grid.rows[0] if cell and cell.text] or [""]
    labels = [found["label"].lower() for text in others for found in LABELLED.finditer(text)]
    latest = any(KINDS[label] == "latest" for label in labels)
    return len(grid.rows) == 1 and latest and len(labels) > 1 and not LABELLED.search(first)


def _is_card(grid: Grid) -> bool:
    """Whether a ruled grid is a card by itself: a row with its name, and one below it with labels."""
    if len(grid.rows) < 3 or grid.inks:
        return False
    named, labels = ([line_of(c).lower() for c in row if c and c.text] for row in grid.rows[:2])
    kinds = {KINDS.get(label) for label in labels}
    return bool(named) and named[0] not in KINDS and len(kinds - {None}) > 1 and "latest" in kinds


# Cards in frames


def _framed(page: int, runs: Sequence[Run], said: Sequence[Piece], frames: Sequence[Box]) -> Iterator[Grid]:
    """The card of each frame that holds just one; of frames in one another that of the smallest."""
    done: list[Grid] = []
    for frame in sorted(set(frames), key=lambda box: (box[2] - box[0]) * (box[3] - box[1])):
        if any(_overlap(frame, card.box) for card in done):
            continue
        inside = [run for run in runs if _holds(frame, run)]
        held = [piece for piece in said if all(_holds(frame, run) for run in piece.runs)]
        card = _boxed(page, frame, inside, held, runs)
        if card:
            done.append(card)
            yield card


def _boxed(page: int, frame: Box, inside: Sequence[Run], held: list[Piece], runs: Sequence[Run]) -> Grid | None:
    if not any("latest" in piece.kinds for piece in held):
        held = [*_largest(inside, held), *held]
    kinds = [kind for piece in held for kind in piece.kinds]
    if kinds.count("latest") != 1 or len(set(kinds)) < max(2, len(kinds)):
        return None
    used = {run for piece in held for run in piece.runs}
    if _goes_on(inside, held, used) or _has_header(inside):
        return None  # a table, and its header
    name, over = _title(inside, used), _row_over(frame, runs)
    marks = [run for run in (inside if name else over) if run.rates and run not in used]
    if not name and marks:  # the name has a box of its own, with the rating in it
        name = [run for run in over if run.names]
        frame = _around([*over, *used, Run(*frame, 0, "")])
    return _grid(page, frame, name, marks, held, runs) if name else None


def _has_header(inside: Sequence[Run]) -> bool:
    from indexer.shapes.columns import plain  # here, as they know all words of measures and councils
    from indexer.shapes.headers import over_names

    return any(over_names(plain(run.text)) for run in inside)


def _largest(inside: Sequence[Run], held: Sequence[Piece]) -> list[Piece]:
    """The figure that is set larger than all else in a frame: what it is about needs no label."""
    used = {run for piece in held for run in piece.runs}
    figures = [run for run in inside if run not in used and isinstance(read_figure(run.text), Figure)]
    others = [run.size for run in inside if run not in figures]
    alone = len(figures) == 1 and others and figures[0].size >= LARGE * max(others)
    return [Piece(("latest",), f"Latest: {figures[0].text}", (figures[0],))] if alone else []


def _row_over(frame: Box, runs: Sequence[Run]) -> list[Run]:
    """The lines that stand together just above a frame, from side to side of it."""
    above = [run for run in runs if frame[0] - 1 <= run.x0 and run.x1 <= frame[2] + 1 and run.bottom <= frame[1] + 2]
    found: list[Run] = []
    edge = frame[1]
    for run in sorted(above, key=lambda each: -each.bottom):
        if edge - run.bottom > run.size or len(found) == MOST_NAME:
            break
        found.append(run)
        edge = min(edge, run.top)
    return sorted(found, key=lambda each: (each.top, each.x0))


def _goes_on(inside: Sequence[Run], held: Sequence[Piece], used: set[Run]) -> bool:
    """Whether figures stand below those of the labels, so that it is a table with several rows."""
    columns = [run for piece in held if len(piece.runs) > 1 for run in piece.runs]
    below = [run for run in inside if run not in used and read_figure(run.text)]
    return any(run.x0 < each.x1 and each.x0 < run.x1 and run.top > each.top for run in below for each in columns)


def _title(inside: Sequence[Run], used: set[Run]) -> list[Run]:
    """The lines of a frame's name: the first words that stand together in it, above its figures or beside them."""
    foot = max(run.bottom for run in used)
    name: list[Run] = []
    for run in sorted((run for run in inside if run not in used), key=lambda run: (run.top, run.x0)):
        if not (run.names or (name and name[-1].leads_on and abs(run.x0 - name[-1].x0) <= ASIDE)):
            continue
        near = not name or (run.top - name[-1].bottom <= NEXT * name[-1].size and abs(run.size - name[-1].size) < 2)
        if run.bottom > foot + 1 or not near or len(name) == MOST_NAME:
            break
        name.append(run)
    return name


# Cards without frames


def _free(page: int, start: Piece, starts: Sequence[Piece], said: Sequence[Piece], runs: Sequence[Run]) -> Grid | None:
    """The card whose latest figure stands in `start`; None where no second label or no name goes with it."""
    x0, top, x1, _ = _around(start.runs)
    size = max(run.size for run in start.runs)
    others = [_around(each.runs) for each in starts]
    right = (
        min([box[0] for box in others if box[0] > x1 - ASIDE and abs(box[1] - top) < 8 * size], default=10_000.0)
        - ASIDE
    )
    held = _together(start, [each for each in said if x0 - ASIDE <= _around(each.runs)[0] < right])
    kinds = [kind for piece in held for kind in piece.kinds]
    used = {run for piece in held for run in piece.runs}
    column = [run for run in runs if x0 - ASIDE <= run.x0 < right]
    if len(set(kinds)) < max(2, len(kinds)) or _goes_on(_close(column, used), held, used):
        return None
    edge = min(run.top for run in used)
    above = [run for run in column if run.bottom <= edge + 2]
    name = _over(edge, x0, size, above)
    under_chart = not name
    if under_chart:  # its name may begin farther to the left
        left = max([box[2] for box in others if box[2] < x0 and abs(box[1] - top) < 8 * size], default=0.0)
        above = [run for run in runs if left < run.x0 < right and run.bottom <= edge + 2]
        name = _over_chart(edge, above)
    if not name:
        return None
    begins, ends = name[0].top - 3, max(run.bottom for run in name) + 3
    beside = [run for run in above if run.x0 > name[0].x0 and begins <= run.top and run.bottom <= ends]
    marks = [r for r in beside if r not in name and (r.rates or (r.x0 > x0 + ASIDE and not under_chart))]
    box = _around([*name, *marks, *used])
    return _grid(page, box, name, marks, held, runs)


def _together(start: Piece, said: Sequence[Piece]) -> list[Piece]:
    """The labels from the latest figure's down to the first gap, or to another card's."""
    found = [start]
    size = max(run.size for run in start.runs)
    for piece in sorted((each for each in said if each is not start), key=lambda each: _around(each.runs)[1]):
        _, top, _, _ = _around(piece.runs)
        last = max(_around(each.runs)[3] for each in found)
        if top < _around(start.runs)[1] - 2 or (set(piece.kinds) & {kind for each in found for kind in each.kinds}):
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
        near = edge - run.bottom <= NEXT * size and abs(run.size - size) < 3
        if not near or not (run.names or (run.rates and not name)) or len(name) == MOST_NAME:
            break
        name += [] if run.rates else [run]
        edge = run.top
    return name[::-1]


def _over_chart(edge: float, above: Sequence[Run]) -> list[Run]:
    """The name of a chart that stands over its figures: in the nearest line with a rating at its right end."""
    marks = [run for run in above if (run.rates or run.rated) and edge - run.bottom <= CHART]
    nearest = max([run.bottom for run in marks], default=0.0)
    if any(run.names and run.top > nearest and len(run.text.split()) >= PROSE for run in above):
        return []  # running text stands between
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


# Grids


def _grid(
    page: int, box: Box, name: Sequence[Run], marks: Sequence[Run], held: Sequence[Piece], runs: Sequence[Run]
) -> Grid:
    """The name with its rating, the figures, and in a last row what else stands in the box: it may be a mark."""
    x0, top, x1, bottom = box
    used = [run for piece in held for run in piece.runs]
    taken = {*name, *marks, *used}
    aside = "\n".join(run.text for run in runs if run not in taken and _holds(box, run))
    foot = max(run.bottom for run in name)
    edge = min((run.x0 for run in marks), default=x1)
    title = Cell("\n".join(run.text for run in name), page, (x0, top, max(edge, x0 + 1), foot))
    mark = Cell(" ".join(run.text for run in marks), page, (edge, top, x1, foot))
    lines = "\n".join(piece.text for piece in sorted(held, key=lambda piece: piece.kinds[0] != "latest"))
    wide, body = (2, (None,)) if marks else (1, ())
    head: Row = (title, mark) if marks else (title,)
    rows: list[Row] = [head, (Cell(lines, page, (x0, min(_around(used)[1], bottom), x1, bottom), 1, wide), *body)]
    if aside:
        rows.append((Cell(aside, page, (x0, foot, x1, bottom), 1, wide), *body))
    return Grid(page, box, tuple(rows), (x0, edge, x1) if marks else (x0, x1), (False,) * len(rows))


def _around(runs: Sequence[Run]) -> Box:
    x0, top = min(run.x0 for run in runs), min(run.top for run in runs)
    return x0, top, max(run.x1 for run in runs), max(run.bottom for run in runs)


def _within(piece: Piece, cards: Sequence[Grid]) -> bool:
    return any(_holds(card.box, run) for card in cards for run in piece.runs)


def _made_of(grid: Grid, cards: Sequence[Grid], frames: Sequence[Box], runs: Sequence[Run]) -> bool:
    """Whether all that stands in a grid is of cards, or of frames beside them that are none."""
    inside = [run for run in runs if _holds(grid.box, run)]
    made = [run for run in inside if any(_holds(card.box, run) for card in cards)]
    return bool(made) and all(run in made or run.rates or any(_holds(box, run) for box in frames) for run in inside)


def _holds(box: Box, run: Run) -> bool:
    across, down = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
    return box[0] - 1 <= across <= box[2] + 1 and box[1] - 1 <= down <= box[3] + 1


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
