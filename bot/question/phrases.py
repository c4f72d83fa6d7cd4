"""How people say a thing: phrases, written as data, and found among the words of a text.

    how many <period> .. <met>   words, whole and in this order; ".." is any words between them, "..2" at most two
    miss*   *   #   #*           a word that begins so, any word, a number, one that goes on with letters ("65s")
    {rise|go up}   (the|its)     one of these; one of these or nothing
    <met>                        one of what the class "met" lists
    most !{recent|of}            not where one of these follows
    ^ $                          the text begins here, but for words like "and" and "please", or ends

Hyphens part words, apostrophes are left out with the s behind them, and no phrase runs over a question mark.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

_SAID = re.compile(r"\d+(?:[.,/]\d+)*\w*|\w+(?:['’]\w+)*|[?%()]")
_NUMBER = re.compile(r"[\d.,/]+(?:k|mn?|bn)?")  # no "2nd", and no "over-65s"
_WRITTEN = re.compile(r"\.\.\d*|[\^$!(){}<>|]|[\w'’*#%]+")
# What is said before a question, and asks nothing.
_OPENS = frozenset((
    "and", "but", "so", "also", "ok", "okay", "right", "well", "now", "please", "hello", "hi", "hey", "thanks", "thank",
    "you", "sorry", "actually",
))  # fmt: skip
KEPT = 4_000  # texts whose words are kept
MOST = 99  # words of a gap that no number ends


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a text: of each what may be written for it in a phrase, and where it stands."""

    words: tuple[frozenset[str], ...]
    spans: tuple[tuple[int, int], ...]
    begins: frozenset[int]  # the words with which it may be said to begin
    all: frozenset[str] = field(repr=False)


@lru_cache(maxsize=KEPT)
def said(text: str) -> Said:
    """The words of `text`."""
    found = list(_SAID.finditer(text))
    while found and found[-1][0] in "?)":
        found.pop()
    plain = [_plain(m[0].lower()) for m in found]
    first = next((at for at, word in enumerate(plain) if word not in _OPENS), 0)
    words = tuple(map(_forms, plain))
    return Said(words, tuple(m.span() for m in found), frozenset(range(first + 1)), frozenset().union(*words))


def _plain(word: str) -> str:
    """A word without apostrophe, and without the s of an owner."""
    return re.sub(r"['’]s$|['’]", "", word)


def _forms(word: str) -> frozenset[str]:
    """All that may be written for a word: "missed", "missed*", ..., "mi*", "*"."""
    if word in "?()":
        return frozenset() if word == "?" else frozenset((word,))
    number = "#" if _NUMBER.fullmatch(word) else "#*" if word[0].isdigit() else "*"
    return frozenset((word, number, "*", *(word[:n] + "*" for n in range(2, len(word) + 1))))


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a phrase; `kind` is "word" (one of `words`), "either", "maybe", "not" (of `ways`), "gap" (of at most
    `most` words), "^" or "$"."""

    kind: str
    words: frozenset[str] = frozenset()
    ways: tuple["Way", ...] = ()
    most: int = 0

    def after(self, text: Said, at: set[int]) -> set[int]:
        """Where the text goes on behind this piece, which may stand at any of the words `at`."""
        match self.kind:
            case "word":
                return {i + 1 for i in at if i < len(text.words) and not self.words.isdisjoint(text.words[i])}
            case "^":
                return at & text.begins
            case "$":
                return at & {len(text.words)}
            case "gap":
                return {i for start in at for i in _far(text, start, self.most)}
            case "not":
                return {i for i in at if not any(reached(way, text, {i}) for way in self.ways)}
        ends = {i for way in self.ways for i in reached(way, text, at)}
        return ends | at if self.kind == "maybe" else ends


Way = tuple[Item, ...]


def _far(text: Said, start: int, most: int) -> Iterator[int]:
    """Every word to which a gap reaches from `start`."""
    for i in range(start, min(len(text.words), start + most) + 1):
        yield i
        if i < len(text.words) and not text.words[i]:
            return


def reached(way: Way, text: Said, at: set[int]) -> set[int]:
    """Where the text goes on behind a phrase that begins at any of the words `at`; empty where none is there."""
    for item in way:
        if not at:
            break
        at = item.after(text, at)
    return at


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, ready to be found; `needs` has a set of words for each piece of which one must be said."""

    way: Way
    needs: tuple[frozenset[str], ...]

    def found(self, text: Said) -> bool:
        """Whether the phrase is in the text."""
        if any(need.isdisjoint(text.all) for need in self.needs):
            return False
        return bool(reached(self.way, text, set(range(len(text.words) + 1))))

    def spans(self, text: Said) -> Iterator[tuple[int, int]]:
        """Where the phrase stands in the text, as offsets; of several ways to read it from one word, the longest."""
        if any(need.isdisjoint(text.all) for need in self.needs):
            return
        for start in range(len(text.words)):
            ends = {end for end in reached(self.way, text, {start}) if end > start}
            if ends:
                yield text.spans[start][0], text.spans[max(ends) - 1][1]


def spoken(way: Way) -> frozenset[str]:
    """All words that may be said for a phrase, "miss*" among them."""
    own = (item.words.union(*map(spoken, item.ways)) for item in way if item.kind != "not")
    return frozenset().union(*own)


def classes_of(written: Mapping[str, str]) -> dict[str, Item]:
    """The classes that are written so; each may have those before it in it."""
    classes: dict[str, Item] = {}
    for name, ways in written.items():
        classes[name] = _either(_ways(_WRITTEN.findall(ways), "", classes))
    return classes


def phrase(written: str, classes: Mapping[str, Item]) -> Phrase:
    """The phrase that is written so; a class that is not there, or a brace that does not close, is a ValueError."""
    pieces = _WRITTEN.findall(written.lower())
    ways = _ways(pieces, "", classes)
    if len(ways) != 1 or not ways[0]:
        raise ValueError(f"This is no phrase: {written!r}")
    return Phrase(ways[0], tuple(_needs(ways[0])))


def _ways(pieces: list[str], close: str, classes: Mapping[str, Item]) -> tuple[Way, ...]:
    """The ways up to `close`, taken off the front of `pieces`."""
    ways: list[list[Item]] = [[]]
    while pieces:
        piece = pieces.pop(0)
        if piece == close:
            break
        if piece == "|":
            ways.append([])
        elif piece == "!":
            ways[-1].append(Item("not", ways=((_item(pieces.pop(0), pieces, classes),),)))
        else:
            ways[-1].append(_item(piece, pieces, classes))
    else:
        if close:
            raise ValueError(f"A {close} is missing")
    return tuple(map(tuple, ways))


def _item(piece: str, pieces: list[str], classes: Mapping[str, Item]) -> Item:
    """What `piece` begins, with the rest of it taken off the front of `pieces`."""
    match piece[:2]:
        case "<":
            name, end = pieces.pop(0), pieces.pop(0)
            if name not in classes or end != ">":
                raise ValueError(f"There is no class {name!r}")
            return classes[name]
        case "{":
            return _either(_ways(pieces, "}", classes))
        case "(":
            return Item("maybe", ways=_ways(pieces, ")", classes))
        case "}" | ")" | ">" | "|":
            raise ValueError(f"{piece} stands for nothing here")
        case "^" | "$":
            return Item(piece)
        case "..":
            return Item("gap", most=int(piece[2:] or MOST))
    return Item("word", frozenset((_plain(piece),)))


def _either(ways: Sequence[Way]) -> Item:
    """One of these; where each is a word, one word of these."""
    if all(len(way) == 1 and way[0].kind == "word" for way in ways):
        return Item("word", frozenset().union(*(way[0].words for way in ways)))
    return Item("either", ways=tuple(ways))


def _needs(way: Way) -> Iterator[frozenset[str]]:
    """For each piece of which some word must be said the words of which one must be."""
    for item in way:
        if item.kind == "word":
            yield item.words
        elif item.kind == "either":
            firsts = [next(_needs(one), frozenset[str]()) for one in item.ways]
            if all(firsts):
                yield frozenset().union(*firsts)
