"""Cards in frames, also with round corners or of four single lines: all that stands in one is a card's."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from corpus.paper import Box
from indexer.cards.drawn import MOST_NAME, NEXT, around, card_grid, goes_on, holds
from indexer.cards.runs import ASIDE, Piece, Run
from indexer.finder.area import meets
from indexer.sheet import Grid
from kpi_tools.figures import Figure, read_figure

LEAST = (90.0, 25.0)  # points across and down of a frame
LEAST_POINTS = 8  # of a rectangle with round corners
MOST_ROUND = 0.34  # of its smaller side: the radius of a corner
MOST = 0.6  # of the page's height, of a frame
MEET = 1.5  # points between the ends of two lines that make a corner
LARGE = 1.2  # times all else in a frame: the size of the figure that it is about

Thing = dict[str, Any]


def framed(page: int, runs: Sequence[Run], said: Sequence[Piece], frames: Sequence[Box]) -> Iterator[Grid]:
    """The card of each frame that holds just one; of frames in one another that of the smallest."""
    done: list[Grid] = []
    for frame in sorted(set(frames), key=lambda box: (box[2] - box[0]) * (box[3] - box[1])):
        held = [piece for piece in said if all(holds(frame, run) for run in piece.runs)]
        if not held or meets(frame, done):
            continue
        inside = [run for run in runs if holds(frame, run)]
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
    if goes_on(inside, held, used) or _has_header(inside):
        return None  # a table, and its header
    name, over = _title(inside, used), _row_over(frame, runs)
    marks = [run for run in (inside if name else over) if run.rates and run not in used]
    if not name and marks:  # the name has a box of its own, with the rating in it
        name = [run for run in over if run.names]
        frame = around([*over, *used, Run(*frame, 0, "")])
    return card_grid(page, frame, name, marks, held, runs) if name else None


def _has_header(inside: Sequence[Run]) -> bool:
    from indexer.shapes.columns import plain  # here, as they know all words of measures and councils
    from indexer.shapes.headers import over_names

    return any(over_names(plain(run.text)) for run in inside)


def _largest(inside: Sequence[Run], held: Sequence[Piece]) -> list[Piece]:
    """The figure that is set larger than all else in a frame: what it is about needs no label."""
    used = {run for piece in held for run in piece.runs}
    free = [run for run in inside if run not in used and isinstance(read_figure(run.text), Figure)]
    figure = max(free, key=lambda run: run.size, default=None)
    others = [run.size for run in inside if run is not figure]
    alone = figure and others and figure.size >= LARGE * max(others)
    return [Piece(("latest",), f"Latest: {figure.text}", (figure,))] if figure and alone else []


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


def _title(inside: Sequence[Run], used: set[Run]) -> list[Run]:
    """The lines of a frame's name: the first words that stand together in it, above its figures or beside them."""
    foot, left = max(run.bottom for run in used), min(run.x0 for run in used)
    name: list[Run] = []
    for run in sorted((run for run in inside if run not in used), key=lambda run: (run.top, run.x0)):
        if not (run.names or (name and name[-1].leads_on and abs(run.x0 - name[-1].x0) <= ASIDE)):
            continue
        near = not name or (run.top - name[-1].bottom <= NEXT * name[-1].size and abs(run.size - name[-1].size) < 2)
        below = run.bottom > foot + 1 and run.x1 > left  # what is beside the figures may be the longer of both
        if below or not near or len(name) == MOST_NAME:
            break
        name.append(run)
    return name


def box_of(rect: Mapping[str, Any], height: float) -> Box | None:
    """The box of a rectangle that is as large as a card, on a page of that height; None for any other."""
    box = float(rect["x0"]), float(rect["top"]), float(rect["x1"]), float(rect["bottom"])
    large = box[2] - box[0] >= LEAST[0] and LEAST[1] <= box[3] - box[1] <= MOST * height
    return box if large else None


def rounded(curve: Mapping[str, Any]) -> bool:
    """Whether a curve is a rectangle with round corners: all of it lies on its sides, or in a corner near them.

    Where it is drawn by short lines, as browsers do, many of its points are of the corners.
    """
    points, sides, ends = curve["pts"], (curve["x0"], curve["x1"]), (curve["top"], curve["bottom"])
    room = MOST_ROUND * min(sides[1] - sides[0], ends[1] - ends[0])
    off = [(min(abs(x - side) for side in sides), min(abs(y - end) for end in ends)) for x, y in points]
    return len(points) >= LEAST_POINTS and all(min(x, y) < 1 or max(x, y) <= room for x, y in off)


def closed(lines: Sequence[Thing]) -> Iterator[Thing]:
    """The rectangles that four lines make: two level ones of one width, and an upright one at either end of both."""
    level: dict[tuple[int, int], list[Thing]] = {}
    upright: dict[int, list[Thing]] = {}
    for line in lines:
        if line["x1"] - line["x0"] >= LEAST[0]:
            level.setdefault((round(line["x0"] / MEET), round(line["x1"] / MEET)), []).append(line)
        elif line["x1"] - line["x0"] < MEET:
            upright.setdefault(round(line["x0"] / MEET), []).append(line)
    for alike in level.values():
        for above, below in pairwise(sorted(alike, key=lambda line: line["top"])):
            box = {"x0": above["x0"], "top": above["top"], "x1": above["x1"], "bottom": below["bottom"]}
            if _sided(box, box["x0"], upright) and _sided(box, box["x1"], upright):
                yield box


def _sided(box: Thing, x: float, upright: Mapping[int, Sequence[Thing]]) -> bool:
    """Whether an upright line closes a box at `x`, from its top to its foot."""
    at = round(x / MEET)
    near = [line for place in (at - 1, at, at + 1) for line in upright.get(place, ())]
    return any(
        abs(line["x0"] - x) <= MEET and line["top"] <= box["top"] + MEET and line["bottom"] >= box["bottom"] - MEET
        for line in near
    )
