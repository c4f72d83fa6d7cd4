"""Words of letters that the first reading of a picture does not have for certain: another reading's is taken where that
is a word and the first one's is none."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from indexer.scan.tesseract import Word
from indexer.text.known import known_words

SHORTEST = 4  # letters: shorter words look too much alike
SURE = 75.0  # of 100: a reading that is surer is mended by two others alone
FAINT = 20.0  # of 100: below it a reading is a smudge, unless another one bears it out
ALIKE = 0.5  # of its letters, at least, does a reading share with another of the same word
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
    that no other reading has."""
    text = _mended(word, others)
    return text if not is_faint(word) or text in others else ""


def _mended(word: Word, others: Sequence[str]) -> str:
    if _is_word(word.text) and word.text in others:
        return word.text
    by_shape = _by_shape(word.text)
    if by_shape:
        return by_shape
    needed = 2 if word.sure >= SURE else 1
    told = [text for text in others if _is_word(text) and _alike(text, word.text)]
    return next((text for text in told if told.count(text) >= needed), word.text)


def _is_word(text: str) -> bool:
    bare = text.strip(EDGES)
    return len(bare) >= SHORTEST and bare.isalpha() and bare.lower() in known_words()


def _alike(text: str, other: str) -> bool:
    return SequenceMatcher(None, text.lower(), other.lower()).ratio() >= ALIKE


def _by_shape(text: str) -> str:
    """The only word that is known and differs in one place, by letters that look the same; "" where there is none."""
    spelt = {
        text[:at] + new + text[at + len(old) :]
        for old, new in SAME_SHAPE
        for at in range(len(text))
        if text.startswith(old, at)
    }
    found = [one for one in spelt if _is_word(one)]
    return found[0] if len(found) == 1 else ""
