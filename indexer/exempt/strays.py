"""The papers of a pack that belong to none of its items, where some of these are exempt and nothing tells which pages
are whose: each is in doubt, for what is not listed as open may be exempt."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.exempt.doubt import HEAD, Place
from indexer.text.layout import Block, Level, starts_report

Rank = tuple[int, str]  # of "2a" among items

HEADS = 3  # blocks of a page, among which its title stands, with what is set above it
SECTION = re.compile(r"\W*\d+(?:\.\d+)*[.)]?\s")
WORD = re.compile(r"[^\W\d_]{3,}")
HALF = 0.5


def strays(
    missing: Iterable[Rank], found: Mapping[Rank, Place], front: Place, paged: Sequence[Sequence[Block]]
) -> Iterator[Place]:
    """Where papers begin that no item is known to have, and from where those of the `missing` exempt items may stand,
    by the items' ranks. `found` are the places of the others; `front` is where the list ends.

    Where no such paper stands behind the item before a missing one, all behind that item's first page is in doubt, or
    behind the list.
    """
    levels = [level for at, _ in found.values() if (level := _level(paged[at - 1]))]
    begun = sorted(found.values())
    astray = []
    for at, page in enumerate(paged[front[0] :], front[0] + 1):
        of = max((place for place in begun if place < (at + 1, 0.0)), default=front)
        if of[0] < at and _begins(page, levels, [block for each in paged[of[0] - 1 : at - 1] for block in each]):
            astray.append((at, 0.0))
    yield from astray
    for rank in missing:
        before = max((place for other, place in found.items() if other < rank), default=None)
        end = min((place for other, place in found.items() if other > rank), default=(len(paged) + 1, 0.0))
        place = ((before or front)[0] + 1, 0.0)
        if before is None and front[0] == len(paged):
            place = front
        if place < end and place[0] <= len(paged) and not any((before or front) < other < end for other in astray):
            yield place


def _begins(page: Sequence[Block], levels: Sequence[Level], before: Sequence[Block]) -> bool:
    """Whether a paper seems to begin at the head of a page that is neither an appendix nor spoken of `before` it."""
    level = _level(page)
    if level is None or not (starts_report(page) or any(level <= other for other in levels)):
        return starts_report(page)
    heads = [block.text for block in page[:HEADS] if block.level is not None]
    if any(SECTION.match(text) or HEAD.match(text) for text in heads):
        return False
    return not any(_tells(block, _words(text)) for text in heads for block in before)


def _tells(block: Block, words: set[str]) -> bool:
    """Whether a heading has half of a title's words, or a text all of them."""
    return bool(words) and len(words & _words(block.text)) >= len(words) * (1.0 if block.level is None else HALF)


def _level(page: Sequence[Block]) -> Level | None:
    """The level of the title at a page's head."""
    return min((block.level for block in page[:HEADS] if block.level is not None), default=None)


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.lower()))
