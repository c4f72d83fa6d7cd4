"""Words that papers write by their initials: "configuration management database" is "CMDB" there, without a list."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

MOST = 5  # words that one abbreviation stands for
SURE = 3  # letters; two are somebody's initials as often as not
_CAPITALS = re.compile(r"\b([A-Z]{2,6})(s?)\b")
_DEFINED = re.compile(r"\(([A-Z]{2,6})s?\)|\b([A-Z]{2,6})s? \((?=[A-Z][a-z])")


@lru_cache(maxsize=16_000)
def _capitals(text: str) -> frozenset[tuple[str, bool]]:
    return frozenset((m[1], bool(m[2])) for m in _CAPITALS.finditer(text))


def defined(texts: Iterable[str]) -> frozenset[str]:
    """The abbreviations that some texts explain: "Universal Credit (UC)", "MFA (Multi Factor Authentication)"."""
    return frozenset(m[1] or m[2] for text in texts for m in _DEFINED.finditer(text))


def spelled(asked: Sequence[Sequence[str]], text: str, known: frozenset[str] = frozenset()) -> frozenset[str]:
    """The words of a question that a text has by their initials; `asked` are its words as they stand in a row there.

    Two letters are enough where they are `known`, or the text has several of what two words in a row name ("JDs").
    """
    found: set[str] = set()
    for token, several in _capitals(text):
        sure = len(token) >= SURE or token in known
        for row in asked:
            runs = _runs(row, len(token)) if sure else [row] if several and len(row) == len(token) else []
            found.update(word for run in runs if _spells(token.lower(), run) for word in run)
    return frozenset(found)


def _runs(row: Sequence[str], letters: int) -> list[Sequence[str]]:
    """The runs of as many words as a token has letters, or, of a long one, of one word less."""
    sizes = (letters, letters - 1) if letters > SURE else (letters,)
    return [row[i : i + n] for n in sizes if 1 < n <= MOST for i in range(len(row) - n + 1)]


def _spells(token: str, run: Sequence[str]) -> bool:
    """Whether a token is the first letters of words, of the last perhaps with a later one: "database" is DB."""
    if any(letter != word[0] for letter, word in zip(token, run, strict=False)):
        return False
    return len(token) == len(run) or token[-1] in run[-1][1:]
