"""The frames that cards are set in: rectangles, those with round corners, and those of four single lines."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from corpus.paper import Box

LEAST = (90.0, 25.0)  # points across and down of a frame
LEAST_POINTS = 8  # of a rectangle with round corners
MOST_ROUND = 0.34  # of its smaller side: the radius of a corner
MOST = 0.6  # of the page's height, of a frame
MEET = 1.5  # points between the ends of two lines that make a corner

Thing = dict[str, Any]


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
