"""Words and lines without end, as pasted data and broken files have them: a search that meets one may take minutes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from indexer.text.letters import Char, Word, level_words, new_char

MOST_WORD = 300  # characters of a word
MOST_PRINTED = 1000  # of one on a printed page, where a line without blanks looks like a word
MOST_LINE = 10_000  # of a paragraph or a cell: six times what the longest of real papers has
ENDS = (". ", "? ", "! ")  # of sentences
LEFT_OUT = "[…]"  # stands for such a word: a part of it might be taken for a figure
LONG = re.compile(rf"(?<![^\s<>])[^\s<>]{{{MOST_WORD + 1},}}")  # a tag of HTML is none, what stands in it may be


class EndlessError(Exception):
    """A line is too long to be read. `str(error)` says so, as a sentence about the paper."""


def parted(text: str) -> Iterator[str]:
    """A paragraph as `bounded` has it; one that is too long in parts, each of whole sentences. Raises EndlessError."""
    while len(text) > MOST_LINE and (end := max(text.rfind(sign, 0, MOST_LINE) for sign in ENDS) + 1):
        yield bounded(text[:end])
        text = text[end:].lstrip()
    yield bounded(text)


def bounded(text: str) -> str:
    """A paragraph, or a cell's text, with a mark for each word without end. Raises EndlessError."""
    if len(text) <= MOST_WORD:
        return text
    text = LONG.sub(LEFT_OUT, text)
    if len(text) > MOST_LINE:
        told = f"{len(text):,} characters, and {MOST_LINE:,} are the most that are read"
        raise EndlessError(f"it is no paper as people write them: a paragraph or cell of it has {told}")
    return text


def without_endless(chars: Sequence[Char], words: Iterable[Word]) -> Sequence[Char]:
    """A page's characters, which make these words, with a mark for each word without end."""
    letters: Counter[float] = Counter()  # at each height
    for word in words:
        letters[word[0][2]] += len(word)
    if max(letters.values(), default=0) <= MOST_PRINTED:
        return chars  # as on nearly all pages
    long = [word for word in level_words([c for c in chars if c.face.upright]) if len(word) > MOST_PRINTED]
    marks = {id(word[0]): _mark(word) for word in long}
    gone = {id(char) for word in long for char in word[1:]}
    return [marks.get(id(c), c) for c in chars if id(c) not in gone] if long else chars


def _mark(word: Word) -> Char:
    _, x0, top, _, bottom, face = word[0]
    return new_char((LEFT_OUT, x0, top, word[-1].x1, bottom, face))
