"""The shades that rows and headers of a picture stand on, as rectangles: tables without rules are told by them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.scan.picture import COARSE, DARK, LONG_LEVEL, Grey, Ink, boxes, fills, ground

FAINTEST = 4.0  # grey levels below the paper: a lighter shade is the paper's own
LEVEL = 2.0  # grey levels: less is one shade
LOWEST = 6.0  # points: a lower shade holds no line of text
WHOLE = 0.88  # of a rectangle's area, or it is none


@dataclass(frozen=True, slots=True)
class Shade:
    """A shaded rectangle, in pixels; `grey` is its level, the same for all shades that look alike."""

    top: float
    bottom: float
    left: float
    right: float
    grey: float


def shades(straight: Grey, scale: float) -> list[Shade]:
    """The shaded rectangles of a straight picture, light ones and dark."""
    under = ground(straight, scale).astype(np.float32)
    paper = float(np.percentile(under, 80))
    shaded: Ink = under <= paper - FAINTEST
    found = [
        Shade(COARSE * top, COARSE * bottom, COARSE * box[2], COARSE * box[3], level)
        for box in boxes(shaded, LONG_LEVEL * scale / COARSE)
        for top, bottom, level in _bands(under, box)
        if level > DARK and shaded[top:bottom, box[2] : box[3]].mean() >= WHOLE
    ]
    dark = [
        Shade(*box, float(np.median(straight[box[0] : box[1], box[2] : box[3]])))
        for box in fills(straight < DARK, scale)
    ]
    high = [one for one in (*found, *dark) if one.bottom - one.top >= LOWEST * scale]
    return _levelled(high)


def _bands(under: NDArray[np.float32], box: tuple[int, int, int, int]) -> Iterator[tuple[int, int, float]]:
    """The rows of a box of shades in bands of one shade: first, first after, level."""
    levels = np.median(under[box[0] : box[1], box[2] : box[3]], axis=1)
    starts = [0, *(int(n) + 1 for n in np.flatnonzero(np.abs(np.diff(levels)) > LEVEL)), len(levels)]
    for start, end in pairwise(starts):
        if end > start:
            yield box[0] + start, box[0] + end, float(np.median(levels[start:end]))


def _levelled(found: list[Shade]) -> list[Shade]:
    """The shades, those of nearly one level with the same."""
    made: list[Shade] = []
    for shade in sorted(found, key=lambda each: each.grey):
        level = made[-1].grey if made and shade.grey - made[-1].grey <= LEVEL else shade.grey
        made.append(Shade(shade.top, shade.bottom, shade.left, shade.right, level))
    return made
