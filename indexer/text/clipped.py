"""Text that runs on under the text of the next cell, as spreadsheets print it: only so much of it is to be seen."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.text.letters import Char, Word, new_char

BACK = 1.0  # points: so far back, or
AHEAD = 12.0  # points: so far ahead, and another text begins
COVERED = 0.4  # of a letter's width: so much of it is under the other text, and it is not to be seen
FEWEST = 4  # letters and digits in each text: fewer are accents, ticks and marks
UNDER = 2  # letters and digits, at least, under the other text


def without_clipped(chars: Sequence[Char], words: Iterable[Word]) -> Sequence[Char]:
    """The characters, which make these words, without those of a text that another one, which begins in its midst,
    stands on.

    Both stand on one line, and what is cut is the end of the one that begins farther left.
    """
    if not any(_crossing([_whole(word) for word in words])):
        return chars  # as on nearly all pages, and soon seen
    gone = {id(char) for one, other in _crossing(chars) for char in _under(one, other)}
    return [char for char in chars if id(char) not in gone] if gone else chars


def _whole(word: Word) -> Char:
    """A word as if it were one letter."""
    text, x0, top, _, bottom, face = word[0]
    return new_char((text, x0, top, word[-1][3], bottom, face))


def _crossing(chars: Sequence[Char]) -> Iterator[tuple[list[Char], list[Char]]]:
    """Texts on one line, the left one first, of which the right one begins before the left one ends."""
    if not chars:
        return
    begins = [
        at
        for at, ((_, _, _, right, foot, _), (_, x0, _, _, bottom, _)) in enumerate(pairwise(chars), 1)
        if bottom != foot or not right - BACK <= x0 <= right + AHEAD
    ]
    lines: dict[float, list[tuple[float, float, int, int]]] = {}
    for start, end in pairwise([0, *begins, len(chars)]):
        first = chars[start]
        lines.setdefault(first[4], []).append((first[1], chars[end - 1][3], start, end))
    for texts in lines.values():
        if len(texts) > 1:
            for one, other in pairwise(sorted(texts)):
                if other[0] < one[1] - BACK:
                    yield list(chars[one[2] : one[3]]), list(chars[other[2] : other[3]])


def _under(one: Sequence[Char], other: Sequence[Char]) -> Sequence[Char]:
    """The characters of the left text from the word on in which the right one begins: half of a word or figure says
    nothing."""
    begins, ends = other[0].x0, max(char.x1 for char in other)
    cut = next((at for at, char in enumerate(one) if char.x1 - begins > COVERED * (char.x1 - char.x0)), len(one))
    met = [char.text for char in one[cut:] if char.x0 < ends and char.face.upright]
    telling = min(sum(char.text.isalnum() for char in text) for text in (one, other))
    under = sum(text.isalnum() for text in met)
    if telling < FEWEST or under < UNDER or 2 * under < len(met):
        return ()
    while cut and not one[cut - 1].text.isspace():
        cut -= 1
    return one[cut:]
