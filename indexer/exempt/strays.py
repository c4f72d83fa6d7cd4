"""The papers of a pack that belong to none of its items, where some of these are exempt and nothing tells which pages
are whose: each is in doubt, for what is not listed as open may be exempt."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from indexer.exempt import presence
from indexer.exempt.doubt import HEAD, Place
from indexer.text.layout import Block, Level, starts_report

Rank = tuple[int, str]  # of "2a" among items

NONE, LAST = (-1, ""), (10_000, "")  # before and behind all ranks
SHORT = 60  # characters
HEADS = 3  # blocks of a page, among which its title stands, with what is set above it
SECTION = re.compile(r"\W*\d+(?:\.\d+)*[.)]?\s")
WORD = re.compile(r"[^\W\d_]{3,}")
HALF = 0.5


def strays(
    exempt: Collection[Rank],
    found: Mapping[Rank, Place],
    front: Place,
    paged: Sequence[Sequence[Block]],
    told: bool,
    last: Mapping[Rank, int],
) -> Iterator[Place]:
    """Where papers begin that no item is known to have, and from where those of `exempt` items that are not among those
    `found` may stand, all by the items' ranks. `front` is where the list ends; `told`: the pages say whose they are;
    `last` has each item's last page, where the list tells that.

    Each that begins is in doubt; where pages are `told`, one that stands where an exempt item's would, or under a line
    that may be a mark. So is whatever stands behind the last page that the list gives the item before. Where the papers
    of an exempt item are found in no such place, and no page tells, all behind the first page of the item before is in
    doubt, or behind the list.
    """
    levels = [level for at, _ in found.values() if (level := _level(paged[at - 1]))]
    ranks = sorted(found, key=lambda rank: found[rank])
    astray = []
    for at, page in enumerate(paged[front[0] :], front[0] + 1):
        behind, ahead = (
            max((rank for rank in ranks if found[rank] < (at + 1, 0.0)), default=NONE),
            min((rank for rank in ranks if found[rank] > (at, 0.0)), default=LAST),
        )
        of = found.get(behind, front)[0]
        due = any(behind < rank <= ahead for rank in exempt)
        if last.get(behind, 0) >= of:
            astray += [(at, 0.0)] if last[behind] == at - 1 else []
        elif of < at and (due or not told or _under_a_line(page)):
            before = [block for each in paged[of - 1 : at - 1] for block in each]
            title = next((block for block in paged[of - 1][:HEADS] if block.level is not None), None)
            astray += [(at, 0.0)] if _begins(page, levels, before, title) else []
    yield from astray
    for rank in () if told else sorted(set(exempt) - set(found)):
        before_it = max((place for other, place in found.items() if other < rank), default=front)
        end = min((place for other, place in found.items() if other > rank), default=(len(paged) + 1, 0.0))
        place = front if before_it == front and front[0] == len(paged) else (before_it[0] + 1, 0.0)
        if place < end and place[0] <= len(paged) and not any(before_it < other < end for other in astray):
            yield place


def unsaid(paged: Sequence[Sequence[Block]], is_closed: Callable[[Place], bool | None]) -> Iterator[Place]:
    """Where sections begin from which the public was gone in words that nobody knew: it comes back behind them."""
    begun = of = (1, 0.0)
    last = None  # the text before, which is of the section that begins at `of`
    for block in (block for page in paged for block in page):
        heading, place = block.level is not None, (block.page, block.box[1])
        if last and presence.returned(block.text, heading) and is_closed(last) is False:
            yield of
        if heading:
            begun = place
        else:
            last, of = place, begun


def _under_a_line(page: Sequence[Block]) -> bool:
    """Whether a page's title stands below a short line, which may be a mark."""
    above, title = (page[0], page[1].level) if len(page) > 1 else (None, None)
    return bool(above and title and len(above.text) <= SHORT and (above.level is None or title[:2] <= above.level[:2]))


def _begins(page: Sequence[Block], levels: Sequence[Level], before: Sequence[Block], item: Block | None) -> bool:
    """Whether a paper seems to begin at the head of a page that is neither an appendix nor spoken of `before` it, nor
    headed with the title of the `item` at hand."""
    level = _level(page)
    if level is None or not (starts_report(page) or any(level <= other for other in levels)):
        return starts_report(page)
    heads = [block.text for block in page[:HEADS] if block.level is not None]
    if any(SECTION.match(text) or HEAD.match(text) for text in heads):
        return False
    named = _words(item.text) if item else set()
    if named and any(named <= _words(text) for text in heads):
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
