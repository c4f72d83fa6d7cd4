"""A page's picture made ready for reading: straight, evenly lit, its rules found and taken out. Numpy on grey levels.

A picture is an array of rows of grey levels, 0 black to 255 white. Lengths are in points; `scale` is pixels a point.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.uint8]
Ink = NDArray[np.bool_]
Run = tuple[int, int, int]  # row, first pixel, first pixel after

DARK = 150  # grey levels: a fill below this hides what is printed on it
PAPER = 250  # grey level of an even picture's paper
CONTRAST = 0.72  # of the paper's brightness: what is darker is ink
FAINTEST = 0.95  # of it, between two pieces of one
FAINT = 0.87  # of the paper's brightness: so light may a rule be
STROKE = 6.0  # points: no stroke of a letter and no rule is so thick
MOST_SKEW = 5.0  # degrees
LEAST_SKEW = 0.08  # degrees: less is straight
COARSE = 4  # pixels that are one where the skew and the paper are measured
STRIPS = 40  # upright strips that are shifted against each other to measure it
LONG_LEVEL = 24.0  # points: no letter and no dash is so long
LONG_UPRIGHT = 30.0  # points, of a rule that stands free
SHORT_UPRIGHT = 7.0  # points, of a rule between two others
THICK = 4.0  # points: what is thicker is a fill
SPECK, LONELY = 0.8, 2.2  # points: how far a speck reaches, and around it there is no other ink
NEAR = 2.0  # points: two rules that meet
GAP = 5.0  # points: pieces of one rule
BESIDE = 1.2  # points: nearer to a rule there is white, above it and below
CROWDED = 0.15  # of its length, at most, where letters and other rules touch it


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
    turned = Image.fromarray(grey).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=paper(grey))
    return np.asarray(turned)


def paper(grey: Grey) -> int:
    return int(np.percentile(grey[::8, ::8], 80))


def coarse(grey: Grey) -> NDArray[np.float64]:
    """The mean of each square of COARSE pixels; at the ends the last pixels are repeated."""
    rows, columns = (-(-size // COARSE) for size in grey.shape)
    padded = np.pad(grey, ((0, rows * COARSE - grey.shape[0]), (0, columns * COARSE - grey.shape[1])), mode="edge")
    means: NDArray[np.float64] = padded.reshape(rows, COARSE, columns, COARSE).mean(axis=(1, 3))
    return means


def lies(plain: Grey) -> bool:
    """Whether the lines of text of a picture without rules run up or down."""
    sharp = []
    for turned in (plain, plain.T):
        strips, middles = _strips(turned)
        sharp.append(max(_evenness(strips, middles, angle) for angle in np.arange(-1.5, 1.6, 0.25)))
    return sharp[1] > sharp[0]


def _strips(grey: Grey) -> tuple[list[Any], NDArray[np.float64]]:
    """How much ink each row has in each of the upright strips, and how far right of the middle these are."""
    ink = (coarse(grey) < 0.75 * paper(grey)).astype(np.float32)
    strips = [strip.sum(axis=1) for strip in np.array_split(ink, STRIPS, axis=1)]
    return strips, (np.arange(STRIPS) + 0.5) * ink.shape[1] / STRIPS - ink.shape[1] / 2


def skew(grey: Grey) -> float:
    """By how many degrees the lines of text fall to the right: the angle at which rows part best into ink and none."""
    strips, middles = _strips(grey)
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
    for top, bottom, left, right in fills(grey < DARK, scale):
        part = plain[top:bottom, left:right]
        fill = int(np.median(part))
        if (part > fill + 60).sum() > (part < fill - 40).sum():
            plain[top:bottom, left:right] = 255 - part
    bright = np.maximum(_under(plain, scale), 40).astype(np.float32)
    even: Grey = np.clip(plain * (np.float32(PAPER) / bright), 0, 255).astype(np.uint8)
    return even


def _under(grey: Grey, scale: float) -> Grey:
    """How bright the paper, or its shade, is under each pixel: all that is thinner than a stroke is filled up."""
    closed = ground(grey, scale).astype(np.uint8)
    size = (closed.shape[1] * COARSE, closed.shape[0] * COARSE)
    spread = np.asarray(Image.fromarray(closed).resize(size, Image.Resampling.BILINEAR))
    return spread[: grey.shape[0], : grey.shape[1]]


def ground(grey: Grey, scale: float) -> NDArray[np.float64]:
    """The brightness under what is printed, for each square of COARSE pixels."""
    small = coarse(grey)
    reach = max(1, round(STROKE * scale / COARSE / 2))
    closed: NDArray[np.float64] = _window(_window(small, reach, np.max), reach, np.min)
    return closed


def _window(small: Any, reach: int, rank: Any) -> Any:
    """The greatest or the least of the levels around each."""
    for axis in (0, 1):
        margins = [(reach, reach) if axis == n else (0, 0) for n in (0, 1)]
        windows = np.lib.stride_tricks.sliding_window_view(np.pad(small, margins, mode="edge"), 2 * reach + 1, axis)
        small = rank(windows, axis=-1)
    return small


def fills(dark: Ink, scale: float) -> list[tuple[int, int, int, int]]:
    """The dark areas that are no letters: top, bottom, left, right in pixels."""
    return [box for box in boxes(dark, LONG_LEVEL * scale) if box[1] - box[0] > 2 * THICK * scale]


def boxes(inked: Ink, least: float) -> list[tuple[int, int, int, int]]:
    """The boxes (top, bottom, left, right) around runs along the rows of at least so many pixels that touch."""
    return _joined(_runs(inked, max(2, round(least))), round(least))


def ink(grey: Grey) -> Ink:
    """Where an even picture is printed on."""
    return np.less(grey, CONTRAST * PAPER)


def without_specks(grey: Grey, scale: float) -> Grey:
    """An even picture without specks of dust: ink so small and so far from any other is no point."""
    inked = np.pad(ink(grey), 1 + round(LONELY * scale)).astype(np.int32)
    sums = np.pad(inked.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))

    def around(reach: int) -> NDArray[np.int32]:
        """How much ink is within so many pixels of each."""
        edge = 1 + round(LONELY * scale)
        first, last = edge - reach, edge + reach + 1
        rows, columns = grey.shape
        below, right = slice(last, last + rows), slice(last, last + columns)
        above, left = slice(first, first + rows), slice(first, first + columns)
        counted: NDArray[np.int32] = sums[below, right] - sums[above, right] - sums[below, left] + sums[above, left]
        return counted

    specks = ink(grey) & (around(round(LONELY * scale)) == around(round(SPECK * scale)))
    return np.where(specks, PAPER, grey).astype(np.uint8)


def rules(grey: Grey, scale: float) -> list[Rule]:
    """The rules of a straight, even picture: long ones, and short upright ones that stand between two."""
    drawn = np.less(grey, FAINT * PAPER)
    inked = ink(grey)
    found = _lines(drawn, LONG_LEVEL * scale, scale, level=True)
    level = _mended(grey, [one for one in found if not _is_of_letters(inked, one, scale)], scale)
    reach = NEAR * scale
    upright = _lines(drawn.T, SHORT_UPRIGHT * scale, scale, level=False, starts=lambda run: _meets(run, level, scale))
    return level + [one for one in upright if one.end - one.start >= LONG_UPRIGHT * scale or _held(one, level, reach)]


def _is_of_letters(inked: Ink, level: Rule, scale: float) -> bool:
    """Whether a level line is letters that blur into each other: no white parts it from the ink beside it."""
    along = slice(int(level.start), int(level.end))
    first, last = int(level.width / 2) + 2, round(level.width / 2 + BESIDE * scale)
    for below in (-1, 1):
        rows = (round(level.at) + below * away for away in range(first, last + 1))
        shares = [float(inked[row, along].mean()) for row in rows if 0 <= row < len(inked)]
        if shares and min(shares) > CROWDED:
            return True
    return False


def _mended(grey: Grey, level: list[Rule], scale: float) -> list[Rule]:
    """The level rules with those joined that are pieces of one, so faint between them that only the eye sees it."""
    found: list[Rule] = []
    for rule in sorted(level, key=lambda one: one.start):
        before = next((one for one in found if _goes_on(grey, one, rule, scale)), None)
        if before:
            found.remove(before)
        found.append(replace(before, end=max(before.end, rule.end)) if before else rule)
    return found


def _goes_on(grey: Grey, before: Rule, rule: Rule, scale: float) -> bool:
    if abs(before.at - rule.at) > NEAR / 2 * scale:
        return False
    gap = grey[int(before.at) - 2 : int(before.at) + 4, int(before.end) : int(rule.start)]
    return gap.size == 0 or float(gap.mean(axis=1).min()) < FAINTEST * PAPER


def _held(upright: Rule, level: list[Rule], reach: float) -> bool:
    """Whether a rule ends on others at both its ends."""
    met = [one.at for one in level if one.start - reach <= upright.at <= one.end + reach]
    return all(any(abs(at - end) <= reach for at in met) for end in (upright.start, upright.end))


def _meets(run: Run, level: list[Rule], scale: float) -> bool:
    """Whether an upright run is long, or has an end on a level rule: the stem of a letter has none."""
    across, start, end = run
    reach = NEAR * scale
    return end - start >= LONG_UPRIGHT * scale or any(
        one.start - reach <= across <= one.end + reach and min(abs(one.at - start), abs(one.at - end)) <= reach
        for one in level
    )


def _lines(
    inked: Ink, least: float, scale: float, *, level: bool, starts: Callable[[Run], bool] = lambda _: True
) -> list[Rule]:
    """The rules along the rows of `inked`, of the runs of which a rule may be made."""
    closed = inked.copy()
    closed[1:] |= inked[:-1]  # a rule that is not quite straight steps from row to row
    closed[:, 1:-1] |= inked[:, :-2] & inked[:, 2:]
    found = []
    runs = [run for run in _runs(closed, max(2, round(least))) if starts(run)]
    for top, bottom, left, right in _joined(runs, round(GAP * scale)):
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
