"""Misspelt small words of a question: letters swapped, left out or doubled ("wich", "hwo"), and no apostrophe
("whats", "theyve"). Only the words that ask and join are ever meant: no other word is changed, nor is one that is a
word of English, unless it stands where a question begins: "wen did", "wat is"."""

import re
from collections.abc import Iterator
from functools import cache

from indexer.text.known import known_words

ASKING = ("who", "what", "when", "where", "which", "why", "how", "the")
VERBS = (
    "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "would", "should", "could",
)  # fmt: skip
SMALL = (
    *VERBS, *ASKING, "will", "whom", "whose", "much", "many", "this", "that", "these", "those", "there", "they",
    "their", "than", "from", "with", "about", "between", "since", "until", "and", "any", "each",
)  # fmt: skip
# Said with a short verb: "what's", "they've", "it'll".
_SHORTENED = (
    (("who", "what", "when", "where", "how", "why", "that", "there", "here", "it"), {"s": "is", "ll": "will"}),
    (("they", "we", "you"), {"ve": "have", "re": "are", "ll": "will"}),
)
LEAST = 4  # letters of a misspelling; of one in a word of ASKING one fewer, as short words are often names ("HSA")
# "hwo" is both "how" and "who": the first before one of these.
_HOW = frozenset(("many", "much", "far", "long", "often", "do", "does", "did", "has", "have", "are"))
_WORD = re.compile(r"(?<![\w&'’./@-])(?:[a-z]{2,9}|(?<!\w\W)[A-Z][a-z]{1,8})(?:['’][a-z]{1,2})?(?![\w&'’/@-])")


def mended(text: str) -> str:
    """`text` with its small words as they are spelt, and those with a short verb in full."""
    return _WORD.sub(lambda m: _meant(m, text) or m[0], text)


def _meant(found: re.Match[str], text: str) -> str:
    """What a word is a misspelling or a short form of; "" for none."""
    word = found[0].lower().replace("’", "'")
    meant = _short_forms().get(word, "") or _misspelt().get(word, "")
    if not meant:
        return ""
    following = next(iter(text[found.end() :].lower().split()), "")
    begins = (
        meant.split()[0] in ASKING
        and (following in VERBS or following.endswith("ed"))
        and not text[: found.start()].strip()
    )
    if "'" not in word and not begins and word in known_words():
        return ""
    how, _, who = meant.partition(" or ")
    return who if who and following not in _HOW else how


@cache
def _short_forms() -> dict[str, str]:
    """What each short form means, with its apostrophe and without: of "whats", and of that misspelt, "wats"."""
    found = {}
    for word, (end, verb) in ((w, e) for words, ends in _SHORTENED for w in words for e in ends.items()):
        for said in (word, *_misspellings(word)):
            found[f"{said}'{end}"] = found[f"{said}{end}"] = f"{word} {verb}"
    return found | {f"{verb}nt": f"{verb}n't" for verb in VERBS}


@cache
def _misspelt() -> dict[str, str]:
    """What each misspelling is of; one that may be for two words is for "how or who" alone, else for none."""
    found: dict[str, set[str]] = {}
    for word in SMALL:
        for wrong in _misspellings(word):
            found.setdefault(wrong, set()).add(word)
    meant = {wrong: " or ".join(sorted(words)) for wrong, words in found.items()}
    return {
        wrong: said
        for wrong, said in meant.items()
        if wrong not in SMALL and (" or " not in said or said == "how or who")
    }


def _misspellings(word: str) -> Iterator[str]:
    """A word with two letters swapped, one left out, or one doubled."""
    for at in range(len(word)):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        for wrong in (
            f"{before}{after[:1]}{letter}{after[1:]}",
            f"{before}{after}",
            f"{before}{letter}{letter}{after}",
        ):
            if len(wrong) >= LEAST - (word in ASKING) and wrong != word:
                yield wrong
