"""Whether two words are forms of one, which their common stem alone does not tell: "collected" and "collection" are,
"severance" and "severity", "informal" and "information" are not."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise, takewhile

from bot.question.terms import regular, stem, vocabulary, words

# Endings that any word may take, and pairs of endings that are turns of one word.
PLAIN = frozenset(["s", "es", "e", "ed", "d", "ing", "y", "ies", "ied", "ly", "er", "ers", "or", "ors"]) | {""}
_TURNS = "le/ility ng/on ng/ons nt/nce t/ce ion/ive"
TURNS = frozenset(frozenset(pair.split("/")) for pair in _TURNS.split())


@cache
def kin(one: str, other: str) -> bool:
    """Whether two words of one stem are forms of one word."""
    one, other = regular(one), regular(other)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    ends = one[shared:], other[shared:]
    return not PLAIN.isdisjoint(ends) or frozenset(ends) in TURNS


@lru_cache(maxsize=4000)
def said(text: str) -> Mapping[str, Sequence[tuple[int, str]]]:
    """The words of a text by their stem, and two that stand together as one ("data centre" is "datacentre" too), each
    with the place, counted in words, where it stands."""
    found: dict[str, list[tuple[int, str]]] = {}
    told = words(text)
    for at, word in (*enumerate(told), *enumerate(a + b for a, b in pairwise(told) if a.isalpha() and b.isalpha())):
        found.setdefault(stem(word), []).append((at, word))
    return found


def places(forms: Iterable[str], term: str, text: str) -> tuple[int, ...]:
    """Where a text has a word of this stem that is kin to one of these forms of it."""
    return tuple(at for at, word in said(text).get(term, ()) if any(kin(word, form) for form in forms))


@cache
def kindred(word: str) -> frozenset[str]:
    """The stems of the words that may be said for one: for "sold" those of "disposal" too."""
    return frozenset(map(stem, in_other_words((word,)).split())) - {stem(word)}


def in_other_words(said: Iterable[str]) -> str:
    """All words that may be said for one of these."""
    groups: Sequence[str] = vocabulary()["words"]["kindred"]
    asked = set(map(stem, said))
    return " ".join(group for group in groups if not asked.isdisjoint(map(stem, group.split())))
