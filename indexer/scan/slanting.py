"""Words that lie slanting on a straightened page: a stamp's, or what was written by hand. They are no part of its
text, and may still say that the page is exempt."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.scan.picture import Ink
from indexer.scan.tesseract import Word

LEAST, MOST = 3.0, 20.0  # degrees
STEP = 1.0
SHARPER = 1.3  # times as sharply as along the page do the rows of a slanting word part along its own slant
TELLING = 4  # letters of a word that tells its slant by itself
STAMP = 6  # letters, at least, that slant together
TRUSTED = 80.0  # of 100: a short word beside a stamp that is trusted less is of it
AWAY = 1.5  # heights of a word: the words of one stamp are no farther apart


def slanting(words: Sequence[Word], inked: Ink) -> set[Word]:
    """The words of stamps: some that slant by themselves, and those beside them that slant the same way."""
    angles = {word: _slant(word, inked) for word in words if _letters(word) >= TELLING}
    sure = [word for word, angle in angles.items() if angle]
    found: set[Word] = set()
    for first in sure:
        if first in found:
            continue
        stamp, waiting = {first}, [first]
        while waiting:
            one = waiting.pop()
            near = [word for word in words if word not in stamp and _near(one, word)]
            for word in near:
                same = (angles[word] if word in angles else _slant(word, inked, 1.0)) * angles[first] > 0
                if same or (word not in angles and word.sure < TRUSTED):
                    stamp.add(word)
                    waiting.append(word)
        if sum(map(_letters, stamp)) >= STAMP:
            found |= stamp
    return found


def _letters(word: Word) -> int:
    return sum(map(str.isalnum, word.text))


def _near(one: Word, other: Word) -> bool:
    reach = AWAY * (one.bottom - one.top)
    return (
        max(one.x0, other.x0) - min(one.x1, other.x1) < reach
        and max(one.top, other.top) - min(one.bottom, other.bottom) < reach / 2
    )


def _slant(word: Word, inked: Ink, sharper: float = SHARPER) -> float:
    """By how many degrees a word's letters fall to the right; 0 where they stand on a level line."""
    part = inked[int(word.top) : int(word.bottom) + 1, int(word.x0) : int(word.x1) + 1]
    rows, columns = np.nonzero(part)
    if not len(rows) or part.shape[1] < part.shape[0]:
        return 0.0
    angles = np.arange(-MOST, MOST + STEP, STEP)
    sharp = [_sharpness(rows, columns, angle) for angle in angles]
    best = int(np.argmax(sharp))
    level = sharp[len(angles) // 2]
    return float(angles[best]) if abs(angles[best]) >= LEAST and sharp[best] > sharper * level else 0.0


def _sharpness(rows: NDArray[np.int64], columns: NDArray[np.int64], angle: float) -> float:
    """How sharply rows along a slant part into ink and none."""
    along = np.round(rows - np.tan(np.radians(angle)) * columns).astype(np.int64)
    counts = np.bincount(along - along.min()).astype(np.float64)
    steps = np.diff(np.pad(counts, 1))
    return float(steps @ steps)
