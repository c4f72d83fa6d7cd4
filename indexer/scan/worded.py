"""Words of letters that the first reading of a picture does not have for certain: another reading's is taken where that
is a word and the first one's is none."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache

from indexer.scan.tesseract import Word
from indexer.text.known import known_words
from kpi_tools.figures import UNSURE

SHORTEST = 4  # letters: shorter words look too much alike
SURE = 75.0  # of 100: a reading that is surer is mended by two others alone
FAINT = 20.0  # of 100: below it a reading is a smudge, unless another one bears it out
ALIKE = 0.5  # of its letters, at least, does a reading share with another of the same word
LOOKS = str.maketrans("tfi1|eo", "lllllcc")  # small letters that blur alike
SAME_SHAPE = (("i", "l"), ("l", "i"), ("m", "rn"), ("rn", "m"))
EDGES = ".,:;()[]‘’“”'\"|"


def is_odd(word: Word) -> bool:
    """Whether what was read is long enough for a word and none that is known, or hardly trusted."""
    bare = word.text.strip(EDGES)
    return len(bare) >= SHORTEST and bare.isalpha() and (is_faint(word) or bare.lower() not in known_words())


def is_faint(word: Word) -> bool:
    """Whether a reading is hardly trusted."""
    return word.sure < FAINT


def mended(word: Word, others: Sequence[str]) -> str:
    """The word as it is rather spelt, by other readings of it or with letters that look the same; "" for a faint one
    that no other reading has, UNSURE where another reading has a word in its place."""
    text = _mended(word, others)
    return text if not is_faint(word) or text in others else ""


def _mended(word: Word, others: Sequence[str]) -> str:
    if word.text in others and (_is_word(word.text) or set(others) == {word.text}):
        return word.text
    by_shape = _by_shape(word.text)
    if by_shape:
        return by_shape
    needed = 2 if word.sure >= SURE else 1
    told = [text for text in others if _is_word(text) and _alike(text, word.text)]
    against = UNSURE if told and word.text.islower() and word.text not in others else word.text
    return next((text for text in told if told.count(text) >= needed), against)


def _is_word(text: str) -> bool:
    bare = text.strip(EDGES)
    return len(bare) >= SHORTEST and bare.isalpha() and bare.lower() in known_words()


def _alike(text: str, other: str) -> bool:
    return SequenceMatcher(None, text.lower(), other.lower()).ratio() >= ALIKE


def _by_shape(text: str) -> str:
    """The only word that is known and differs in one place, by letters that look the same, or in all that blur alike,
    where all are small; "" where there is none."""
    spelt = {
        text[:at] + new + text[at + len(old) :]
        for old, new in SAME_SHAPE
        for at in range(len(text))
        if text.startswith(old, at)
    }
    found = [one for one in spelt if _is_word(one)] or (_blurred().get(_blur(text), []) if text.islower() else [])
    return found[0] if len(found) == 1 else ""


@cache
def _blurred() -> dict[str, list[str]]:
    """The words that are known, by what is left of them where letters blur."""
    found: dict[str, list[str]] = {}
    for word in known_words():
        found.setdefault(_blur(word), []).append(word)
    return found


def _blur(text: str) -> str:
    return text.replace("rn", "m").translate(LOOKS)
