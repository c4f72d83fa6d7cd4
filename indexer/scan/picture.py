"""A page's picture made ready for reading: straight, evenly lit, its rules found and taken out. Numpy on grey levels.

A picture is an array of rows of grey levels, 0 black to 255 white. Lengths are in points; `scale` is pixels a point.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.uint8]
Ink = NDArray[np.bool_]
Run = tuple[int, int, int]  # row, first pixel, first pixel after

DARK = 110  # grey levels: a fill below this hides what is printed on it
PAPER = 250  # grey level of an even picture's paper
CONTRAST = 0.72  # of the paper's brightness: what is darker is ink
FAINT = 0.87  # of the paper's brightness: so light may a rule be
BLOCK = 9.0  # points: over so much the paper is equally bright
MOST_SKEW = 5.0  # degrees
LEAST_SKEW = 0.08  # degrees: less is straight
COARSE = 4  # pixels that are one when the skew is measured
STRIPS = 40  # upright strips that are shifted against each other to measure it
LONG_LEVEL = 24.0  # points: no letter and no dash is so long
LONG_UPRIGHT = 30.0  # points, of a rule that stands free
SHORT_UPRIGHT = 7.0  # points, of a rule between two others
THICK = 4.0  # points: what is thicker is a fill
NEAR = 2.0  # points: two rules that meet
GAP = 5.0  # points: pieces of one rule


@dataclass(frozen=True, slots=True)
class Rule:
    """A level or upright line, in pixels: from `start` to `end` at `at`, which is its middle; `width` thick."""

    level: bool
    at: float
    start: float
    end: float
    width: float


def straightened(grey: Grey) -> Grey:
    """The picture turned by the few degrees that it lies askew."""
    angle = skew(grey)
    if abs(angle) < LEAST_SKEW:
        return grey
    turned = Image.fromarray(grey).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=_paper(grey))
    return np.asarray(turned)


def _paper(grey: Grey) -> int:
    return int(np.percentile(grey[::8, ::8], 80))


def skew(grey: Grey) -> float:
    """By how many degrees the lines of text fall to the right: the angle at which rows part best into ink and none."""
    height, width = (size // COARSE * COARSE for size in grey.shape)
    small = grey[:height, :width].reshape(height // COARSE, COARSE, width // COARSE, COARSE).mean(axis=(1, 3))
    ink = (small < 0.75 * _paper(grey)).astype(np.float32)
    strips = [strip.sum(axis=1) for strip in np.array_split(ink, STRIPS, axis=1)]
    middles = (np.arange(STRIPS) + 0.5) * ink.shape[1] / STRIPS - ink.shape[1] / 2
    best = 0.0
    for reach, step in ((MOST_SKEW, 0.5), (0.5, 0.1), (0.1, 0.02)):
        angles = [best + step * n for n in range(-round(reach / step), round(reach / step) + 1)]
        best = max(angles, key=lambda angle: (_evenness(strips, middles, angle), -abs(angle)))
    return best


def _evenness(strips: list[Any], middles: NDArray[np.float64], angle: float) -> float:
    """How sharply the rows part when each strip is shifted as a turn by `angle` would shift it."""
    rows = np.arange(len(strips[0]), dtype=np.float64)
    shifts = np.tan(np.radians(angle)) * middles
    total = sum(np.interp(rows + shift, rows, strip) for shift, strip in zip(shifts, strips, strict=True))
    return float((np.diff(total) ** 2).sum())


def evened(grey: Grey, scale: float) -> Grey:
    """The picture on white paper: shades taken out, white on a dark fill made black on white."""
    plain = grey.copy()
    for top, bottom, left, right in _fills(grey < DARK, scale):
        part = plain[top:bottom, left:right]
        fill = int(np.median(part))
        if (part > fill + 60).sum() > (part < fill - 40).sum():
            plain[top:bottom, left:right] = 255 - part
    block = max(8, round(BLOCK * scale))
    rows, columns = (-(-size // block) for size in plain.shape)
    padded = np.pad(plain, ((0, rows * block - plain.shape[0]), (0, columns * block - plain.shape[1])), mode="edge")
    paper = np.median(padded.reshape(rows, block, columns, block)[:, ::2, :, ::2], axis=(1, 3))
    spread = Image.fromarray(paper.astype(np.uint8)).resize((columns * block, rows * block), Image.Resampling.BILINEAR)
    bright = np.maximum(np.asarray(spread)[: plain.shape[0], : plain.shape[1]], 40).astype(np.float32)
    even: Grey = np.clip(plain * (np.float32(PAPER) / bright), 0, 255).astype(np.uint8)
    return even


def _fills(dark: Ink, scale: float) -> list[tuple[int, int, int, int]]:
    """The dark areas that are no letters: top, bottom, left, right in pixels."""
    parts = _joined(_runs(dark, round(LONG_LEVEL * scale)), round(LONG_LEVEL * scale))
    return [box for box in parts if box[1] - box[0] > 2 * THICK * scale]


def ink(grey: Grey) -> Ink:
    """Where an even picture is printed on."""
    return np.less(grey, CONTRAST * PAPER)


def rules(grey: Grey, scale: float) -> list[Rule]:
    """The rules of a straight, even picture: long ones, and short upright ones that stand between two."""
    drawn = np.less(grey, FAINT * PAPER)
    level = _lines(drawn, LONG_LEVEL * scale, scale, level=True)
    upright = _lines(drawn.T, SHORT_UPRIGHT * scale, scale, level=False)
    reach = NEAR * scale
    return level + [one for one in upright if one.end - one.start >= LONG_UPRIGHT * scale or _held(one, level, reach)]


def _held(upright: Rule, level: list[Rule], reach: float) -> bool:
    """Whether a rule ends on others at both its ends."""
    met = [one.at for one in level if one.start - reach <= upright.at <= one.end + reach]
    return all(any(abs(at - end) <= reach for at in met) for end in (upright.start, upright.end))


def _lines(inked: Ink, least: float, scale: float, *, level: bool) -> list[Rule]:
    """The rules along the rows of `inked`."""
    closed = inked.copy()
    closed[1:] |= inked[:-1]  # a rule that is not quite straight steps from row to row
    closed[:, 1:-1] |= inked[:, :-2] & inked[:, 2:]
    found = []
    for top, bottom, left, right in _joined(_runs(closed, max(2, round(least))), round(GAP * scale)):
        if bottom - top <= THICK * scale + 1 and right - left >= least:
            found.append(Rule(level, (top + bottom - 1) / 2, left, right, bottom - top))
    return found


def _runs(inked: Ink, least: int) -> list[Run]:
    """The runs of ink along the rows that are at least so many pixels long."""
    padded = np.zeros((inked.shape[0], inked.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = inked
    steps = np.diff(padded, axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    kept = ends - starts >= least
    return list(zip(rows[kept].tolist(), starts[kept].tolist(), ends[kept].tolist(), strict=True))


def _joined(runs: list[Run], gap: int) -> list[tuple[int, int, int, int]]:
    """Boxes (top, bottom, left, right) around runs that touch from row to row, or follow within `gap` pixels."""
    boxes: list[list[int]] = []
    alive: list[list[int]] = []
    for row, left, right in runs:
        alive = [box for box in alive if box[1] >= row - 2]
        near = [box for box in alive if left <= box[3] + gap and right >= box[2] - gap]
        if near:
            first, *others = near
            for other in others:
                first[0], first[1] = min(first[0], other[0]), max(first[1], other[1])
                first[2], first[3] = min(first[2], other[2]), max(first[3], other[3])
                alive = [box for box in alive if box is not other]
                boxes = [box for box in boxes if box is not other]
            first[1], first[2], first[3] = row + 1, min(first[2], left), max(first[3], right)
        else:
            boxes.append([row, row + 1, left, right])
            alive.append(boxes[-1])
    return [(box[0], box[1], box[2], box[3]) for box in boxes]


def without(grey: Grey, found: list[Rule]) -> Grey:
    """The picture with its rules painted over."""
    plain = grey.copy()
    for rule in found:
        half = rule.width / 2 + 1.5
        across = slice(max(0, round(rule.at - half)), round(rule.at + half) + 1)
        along = slice(max(0, round(rule.start) - 1), round(rule.end) + 1)
        plain[(across, along) if rule.level else (along, across)] = 255
    return plain
