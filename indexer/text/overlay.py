"""What is laid over a page and is no part of its text: words across it as a watermark, and the numbers of its lines."""

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from math import hypot

from indexer.text.letters import Char, Face

LARGE = 36.0  # points: letters so large with text on them are a watermark
HIDDEN = 5  # letters of the text that stand on it
LEAN = 0.2  # letters that lean less are level, or turned by a right angle
LONG = 150.0  # points: slanting words so long are laid across the page; a column's slanting header is not
LEFT = 0.16  # of the page's width: where the numbers of lines stand
APART = 2.0  # points, at least, between these and the text
FEWEST = 8  # numbers of lines on a page
STEPS = (1, 5, 10)  # from one number to the next
EVEN = 20  # numbers at even distances, whatever stands beside them
ALL = 0.9  # of the lines, from the page's first on, have a number where each counts
MARGIN = 0.075  # of the page's height, at head and foot, where lines may have none
SAME = 3.0  # points, of feet that stand on one line


def without_overlay(chars: Sequence[Char], width: float, height: float) -> tuple[list[Char], str]:
    """The characters without watermarks and numbers of lines, and what the watermarks say."""
    faces = {char[5] for char in chars}
    marks = [*(_slanting(chars) if any(_slants(face.matrix) for face in faces) else ()), *_under_text(chars, faces)]
    kept = _without(chars, marks)
    kept = _without(kept, _line_numbers(kept, width, height))
    return kept, "".join(char.text for char in marks)


def _without(chars: Sequence[Char], some: Iterable[Char]) -> list[Char]:
    gone = set(map(id, some))
    return [char for char in chars if id(char) not in gone] if gone else list(chars)


def _slants(matrix: Sequence[float]) -> bool:
    a, b = matrix[:2]
    lean = LEAN * hypot(a, b)
    return abs(b) > lean and abs(a) > lean


def _slanting(chars: Iterable[Char]) -> Iterable[Char]:
    """Long slanting words."""
    for matrix, together in groupby(chars, key=lambda char: char.face.matrix):
        if not _slants(matrix):
            continue
        run = list(together)
        wide = max(c.x1 for c in run) - min(c.x0 for c in run)
        high = max(c.bottom for c in run) - min(c.top for c in run)
        if hypot(wide, high) >= LONG:
            yield from run


def _under_text(chars: Sequence[Char], faces: Iterable[Face]) -> list[Char]:
    """Large level letters on which smaller text stands."""
    if all(face.size < LARGE for face in faces):
        return []
    large = [char for char in chars if char.face.size >= LARGE]
    small = [char for char in chars if char.face.size < LARGE / 2 and not char.text.isspace()]
    hidden = sum(any(_holds(big, char) for big in large) for char in small)
    return large if hidden >= HIDDEN else []


def _holds(big: Char, char: Char) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return bool(big.x0 <= x <= big.x1 and big.top <= y <= big.bottom)


def _line_numbers(chars: Sequence[Char], width: float, height: float) -> list[Char]:
    """The digits left of all text that count its lines."""
    edge = LEFT * width
    digits = [char for char in chars if char[1] < edge and char.text.isdecimal() and char.face.upright]
    if len(digits) < FEWEST:
        return []
    last = sorted(char.x1 for char in digits)[FEWEST - 1]
    high, low = MARGIN * height, (1 - MARGIN) * height
    body = [c for c in chars if high < c[2] < low and c[5].upright]
    if any(c[1] - APART < last and not c[0].isdecimal() and not c[0].isspace() for c in body):
        return []  # the text begins before so many of them end
    text = [c for c in body if not c.text.isdecimal() and not c.text.isspace()]
    left = min((c.x0 for c in text), default=0.0) - APART
    found = sorted((c for c in digits if c.x1 <= left), key=lambda c: c.bottom)
    rows = _rows(found)
    counted = [int("".join(c.text for c in sorted(row, key=lambda c: c.x0))) for row in rows]
    steps = {after - before for before, after in pairwise(counted)}
    if len(rows) < FEWEST or len(steps) != 1 or not steps <= set(STEPS):
        return []
    feet = [row[0].bottom for row in rows]
    pitches = [below - above for above, below in pairwise(feet)]
    if len(rows) >= EVEN and max(pitches) - min(pitches) <= SAME:
        return found
    lines = [row[0].bottom for row in _rows(sorted(text, key=lambda c: c.bottom)) if row[0].bottom <= feet[-1]]
    numbered = sum(any(abs(foot - line) <= SAME for foot in feet) for line in lines)
    every = steps.pop()
    return found if numbered * every >= ALL * len(lines) and (every > 1 or feet[0] <= lines[0] + SAME) else []


def _rows(chars: Iterable[Char]) -> list[list[Char]]:
    rows: list[list[Char]] = []
    for char in chars:
        if rows and char.bottom - rows[-1][-1].bottom <= SAME / 2:
            rows[-1].append(char)
        else:
            rows.append([char])
    return rows
