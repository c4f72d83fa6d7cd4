"""A scanner's light, taken out of a page's picture: shadows at the edges, and one side brighter than the other."""

import numpy as np
from numpy.typing import NDArray

from indexer.scan.picture import COARSE, Grey, coarse, paper

DEEPEST = 40.0  # points from a page's edge: so far in may a scanner's shadow reach
SHADOW = 0.8  # of the paper's brightness: what is darker at the edge is a shadow
FADING = 0.95  # of it: the shadow's soft end
SOFT = 10.0  # points: how broad that is
BRIGHT = 90  # per cent of a row or column that are no brighter than its paper
UNEVEN = 4.0  # grey levels: less is even
CLOSE = 3.0  # grey levels below the light: what is darker is a fill, and says nothing of the light
FITS = 4  # times the light is measured, each time without what is a fill


def evenly_lit(grey: Grey, scale: float) -> Grey:
    """The picture as if it were lit from everywhere alike."""
    return _levelled(_unshadowed(grey, scale))


def _unshadowed(grey: Grey, scale: float) -> Grey:
    """The picture with paper where a shadow reaches in from an edge: it is no rule and no letter."""
    small, white = coarse(grey), paper(grey)
    shadow = np.zeros(small.shape, dtype=np.bool_)
    deepest, soft = round(DEEPEST * scale / COARSE), round(SOFT * scale / COARSE)
    for turns in (*range(4), *range(4)):  # the second time for the corners, in which two shadows meet
        strip = np.rot90(small, turns)[:deepest]
        edge = np.rot90(shadow, turns)[:deepest]  # a view: what is written to it is written to the whole
        depths, ends = (_depths((strip < share * white) & ~edge) for share in (SHADOW, FADING))
        depths = np.where((depths > 0) & (depths < deepest), np.minimum(ends, depths + soft), 0)  # deeper: is printed
        edge |= np.arange(len(edge))[:, None] < depths + (depths > 0)
    if not shadow.any():
        return grey
    whole = shadow.repeat(COARSE, axis=0).repeat(COARSE, axis=1)[: grey.shape[0], : grey.shape[1]]
    return np.where(whole, np.uint8(white), grey)


def _depths(dark: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How far in each column is dark from the first row on."""
    depths: NDArray[np.int64] = np.logical_and.accumulate(dark, axis=0).sum(axis=0)
    return depths


def _levelled(grey: Grey) -> Grey:
    """The picture without the slow change of its paper's brightness from side to side."""
    small = coarse(grey)
    down, across = (
        _light(np.percentile(small, BRIGHT, axis=axis), size) for axis, size in ((1, grey.shape[0]), (0, grey.shape[1]))
    )
    if max(float(np.ptp(down)), float(np.ptp(across))) < UNEVEN:
        return grey
    white = float(max(down.max(), across.max()))
    share = (white / down)[:, None] * (white / across)[None, :]
    even: Grey = np.clip(grey * share, 0, 255).astype(np.uint8)
    return even


def _light(levels: NDArray[np.float64], size: int) -> NDArray[np.float32]:
    """The light along a side of so many pixels: a curve through the brightest levels."""
    at = np.linspace(-1.0, 1.0, len(levels))
    kept = np.ones(len(levels), dtype=np.bool_)
    curve = np.zeros(3)
    for _ in range(FITS):
        curve = np.polyfit(at[kept], levels[kept], 2)
        kept = levels > np.polyval(curve, at) - CLOSE
    return np.polyval(curve, np.linspace(-1.0, 1.0, size)).astype(np.float32)
