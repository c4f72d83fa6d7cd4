"""Letters that a page holds and nobody sees: under a bar, a picture or a note that was laid over them, in the colour of
their ground, cut off, or on a layer that is not shown.

What is struck out of a paper often stands in its file still. The page itself tells: letters that leave no trace in a
small picture of it are looked at in a larger one.
"""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from indexer.text.letters import Char

SMALL, SCALE = 0.7, 3.0  # of the two pictures, in pixels a point
FAINT = 8  # grey levels by which two dots of a letter that can be seen differ, side by side, in the small picture
CONTRAST = 30  # grey levels between what is darkest and lightest about a letter that can be seen
INNER = 0.2  # of a letter's height, at its head and its foot, that may reach beyond what covers it

TINY, MOST_TINY = 2.0, 0.5  # points of a letter's longer side, as some are set sideways; of a page's letters
LARGE = 4.0  # times the usual height: a letter laid across the page
NEAR = 1.5  # points between two letters of a word

_box = itemgetter(1, 2, 3, 4)


def unseen(chars: Sequence[Char], drawn: Callable[[float], Any]) -> set[int]:
    """Which of these letters, by their places in the row, cannot be seen in the page as it is `drawn` in grey."""
    letters = [at for at, char in enumerate(chars) if char.text.isalnum()]
    doubtful = {at for at, faint in zip(letters, _faint([chars[at] for at in letters], drawn), strict=True) if faint}
    tiny = _tiny(chars, letters)
    if not doubtful:
        return tiny
    picture = drawn(SCALE)
    hidden = {at for at in doubtful if _is_blank(picture, chars[at])} - _watermarked(chars, letters, doubtful)
    signs = {at for each in hidden for at in _beside(chars, each) if _is_blank(picture, chars[at])}
    return tiny | hidden | signs | {at for each in hidden for at in _number(chars, each)}


def _tiny(chars: Sequence[Char], letters: Sequence[int]) -> set[int]:
    """Letters that are far too small to be read, if others are not: some files do not tell how large theirs are."""
    small = {at for at in letters if max(chars[at].bottom - chars[at].top, chars[at].x1 - chars[at].x0) < TINY}
    return small if len(small) < MOST_TINY * len(letters) else set()


def _watermarked(chars: Sequence[Char], letters: Sequence[int], doubtful: Iterable[int]) -> set[int]:
    """Which of the doubtful letters stand upon a far larger one, as of "DRAFT" across a page: that hides nothing."""
    usual = sorted(chars[at].bottom - chars[at].top for at in letters)[len(letters) // 2]
    large = [char for char in map(chars.__getitem__, letters) if char.bottom - char.top > LARGE * usual]
    return {at for at in doubtful if any(_within(chars[at], each) for each in large)}


def _within(char: Char, other: Char) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return other.x0 <= x <= other.x1 and other.top <= y <= other.bottom


def lines(chars: Iterable[Char]) -> str:
    """What letters say that cannot be seen, line by line: it may be a mark that was meant to be faint."""
    rows: dict[int, list[str]] = {}
    for char in chars:
        rows.setdefault(round(char.bottom), []).append(char.text)
    return "\n".join("".join(row) for row in rows.values())


def _beside(chars: Sequence[Char], at: int) -> Iterable[int]:
    """Signs and blanks to both sides of a letter."""
    for step in (-1, 1):
        other = at + step
        while 0 <= other < len(chars) and not chars[other].text.isalnum():
            yield other
            other += step


def _number(chars: Sequence[Char], at: int) -> Iterable[int]:
    """The word that a letter is of, where it has a digit: what is left of a number would be another one."""
    first = last = at
    while first > 0 and _joined(chars[first - 1], chars[first]):
        first -= 1
    while last + 1 < len(chars) and _joined(chars[last], chars[last + 1]):
        last += 1
    word = range(first, last + 1)
    return word if any(chars[each].text.isdigit() for each in word) else ()


def _joined(one: Char, other: Char) -> bool:
    return one.text > " " < other.text and abs(one.bottom - other.bottom) < NEAR > abs(other.x0 - one.x1)


def _faint(chars: Sequence[Char], drawn: Callable[[float], Any]) -> list[bool]:
    """Whether each letter leaves no trace in the small picture: no two dots of its box that differ."""
    if not chars:
        return []
    import numpy as np

    grey = drawn(SMALL)
    height, width = grey.shape[0], grey.shape[1] - 1
    x0, top, x1, bottom = np.array([_box(char) for char in chars]).T * SMALL
    inset = (bottom - top) * INNER
    left, right = _edges(x0, x1, width)
    head, foot = _edges(top + inset, bottom - inset, height)
    one, other = grey[:, :-1], grey[:, 1:]
    traces = np.zeros((height + 1, width + 1), np.int32)  # how many stand above and to the left of each dot
    np.greater_equal(np.maximum(one, other) - np.minimum(one, other), FAINT, out=traces[1:, 1:], casting="unsafe")
    np.cumsum(traces, axis=1, out=traces)
    np.cumsum(traces, axis=0, out=traces)
    found = traces[foot, right] - traces[head, right] - traces[foot, left] + traces[head, left]
    faint: list[bool] = (found == 0).tolist()
    return faint


def _edges(low: Any, high: Any, most: int) -> tuple[Any, Any]:
    """The first dot and the last but one between two sides, at least one."""
    import numpy as np

    first = np.floor(low).astype(int).clip(0, most - 1)
    return first, np.maximum(np.ceil(high).astype(int), first + 1).clip(1, most)


def _is_blank(picture: Any, char: Char) -> bool:
    """Whether nothing stands out where a letter is."""
    inset = (char.bottom - char.top) * INNER
    rows = slice(max(int((char.top + inset) * SCALE), 0), int((char.bottom - inset) * SCALE) + 1)
    part = picture[rows, max(int(char.x0 * SCALE), 0) : int(char.x1 * SCALE) + 1]
    return part.size == 0 or int(part.max()) - int(part.min()) < CONTRAST
