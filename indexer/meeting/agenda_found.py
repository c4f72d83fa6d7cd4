"""Lists that nobody calls an agenda, that count with letters or Roman numerals, or begin anywhere: they are known for
agendas by their items' titles, which stand again over the items' papers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product

from corpus.paper import Line
from indexer.exempt.doubt import items_named, items_opened
from indexer.meeting.agenda_list import FORMS, LONGEST_MARK, Listed, list_items, order, words_of
from indexer.text.layout import Block, headed

LEAST = 2  # items whose titles stand again, or whose pages are told
ANY_NUMBER = 40  # from which a supplement's list may begin
SUB_ITEM = re.compile(r"(\d{1,2})\s?\([a-z]\)\s")
OPEN_SECTION = re.compile(
    r"\bopen\s+to\s+(?:all|any\w*|every\w*|the\s+(?:press|public))\b|\b(?:in|meeting\s+in)\s+public\b|"
    r"\b(?:everyone|all)\s+(?:is\s+|are\s+)?welcome\b|\b(?:public|press)\b.*\b(?:present|welcome|may\s+(?:stay|attend))\b",
    re.IGNORECASE,
)
SAME = 0.6  # of a title's words


def found_again(
    lines: Sequence[tuple[int, Line]], paged: Sequence[Sequence[Block]], known: list[Listed], called: bool
) -> list[Listed]:
    """The items of such a list that says of some that they are exempt, of which one's title stands again; else those
    `known`, or, where there are none and the paper is `called` an agenda, any."""
    for form, bold in product(FORMS, (True, False)):
        listed = with_named(list(list_items(lines, form, ANY_NUMBER, bold)), lines, paged)
        after = [block for page in paged for block in page if listed and (block.page, block.box[1]) > listed[-1].at]
        again = [item for item in listed if item.label or any(is_title(block, item) for block in after)]
        if len(again) < LEAST:
            continue
        if any(item.exempt for item in again):
            return listed
        if called and len(known) < LEAST:
            known = listed
    return known


def with_named(
    listed: list[Listed], lines: Sequence[tuple[int, Line]], paged: Sequence[Sequence[Block]]
) -> list[Listed]:
    """The items, exempt also those that the text about them says are: "the public will be excluded for item 3", and
    those that stand below a heading like one that says it is open, and does not say so: "First half: open to all",
    "Second half: members stay"; and all others than those for which it is said to be open."""
    spoken = [block.text for page in paged[: listed[-1].at[0]] for block in page] if listed else []
    closed, apart = items_named(spoken), _below_others(listed, lines)
    named = {item.number: {item.number.lower(), re.sub(r"\d+$", "", item.number.lower())} for item in listed}  # b2, b
    opened = items_opened(spoken)
    return [
        replace(item, exempt=closes or item.at in apart or not closed.isdisjoint(named[item.number]))
        for item in listed
        for closes in [item.exempt or bool(opened and opened.isdisjoint(named[item.number]))]
    ]


def _below_others(listed: Sequence[Listed], lines: Sequence[tuple[int, Line]]) -> set[tuple[int, float]]:
    """Where the items are listed that stand below such a heading."""
    places = {item.at for item in listed}
    heads = {
        (page, line.box[1]): line.text
        for (page, line), (on, below) in pairwise(lines)
        if (on, below.box[1]) in places and (page, line.box[1]) not in places and len(line.text) < LONGEST_MARK
    }
    opened = [words_of(text) for text in heads.values() if OPEN_SECTION.search(text)]
    closed = {
        at for at, text in heads.items() if not OPEN_SECTION.search(text) and any(map(words_of(text).__and__, opened))
    }
    return {at for at in places if max((head for head in heads if head < at), default=at) in closed}


def lower(
    listed: Sequence[Listed],
    found: dict[str, tuple[int, float]],
    front: tuple[int, float],
    paged: Sequence[Sequence[Block]],
) -> Iterator[tuple[str, int, float]]:
    """(item, page, top) of those not found yet, behind `front`: where "Agenda Item 7" heads a block, and where its
    title does, at the head of a page or with its number; where one of these is exempt, anywhere. What seems a section
    of an exempt item's own paper begins no other item."""
    waiting = [item for item in listed if item.number not in found]
    anywhere = any(item.exempt for item in waiting)
    within = _Within()
    for at, block in ((at, block) for page in paged for at, block in enumerate(page)):
        place = block.page, block.box[1]
        if place < front:
            continue
        told = headed(block) or _sub_item(block, at)
        item = next((item for item in waiting if is_title(block, item)), None)
        item = item if anywhere or at == 0 or (item and block.text.startswith(item.number)) else None
        number = told or (item.number if item and not within.holds(block, at) else "")
        if number and number not in found and _in_order_of(number, place, found):
            found[number] = place
            within.turn(block if item and item.exempt else None)
            waiting = [other for other in waiting if order(other.number) > order(number)]
            yield number, *place
        else:
            within.pass_by(block)


class _Within:
    """The paper of an exempt item, as its sections are passed by."""

    def __init__(self) -> None:
        self._title: Block | None = None
        self._sections = False  # whether some were numbered from 1, and no smaller than its title

    def turn(self, title: Block | None) -> None:
        self._title, self._sections = title, False

    def pass_by(self, block: Block) -> None:
        title = self._title.level if self._title else None
        smaller = bool(title and block.level and block.level[:2] > title[:2])
        self._sections = self._sections or (not smaller and bool(re.match(r"1[.:)]?\s+[^\W\d]", block.text)))

    def holds(self, block: Block, at: int) -> bool:
        """Whether a heading may be a section's: it is smaller than the paper's title, or its sections are numbered."""
        if self._title is None:
            return False
        if block.level is None or self._title.level is None:
            return at > 0 or self._sections
        return block.level[:2] > self._title.level[:2] or (self._sections and block.level[:2] == self._title.level[:2])


def _sub_item(block: Block, at: int) -> str:
    """The item of which a page's title is a part by its number, as "2(a)" is of 2."""
    found = SUB_ITEM.match(block.text) if at == 0 and block.level is not None else None
    return found[1] if found else ""


def is_title(block: Block, item: Listed) -> bool:
    """Whether a block is an item's title, or that in one of its languages: its number with most of its words, or all of
    its words and few others."""
    if block.level is None and len(block.text) > LONGEST_MARK:
        return False
    if " / " in item.title:
        return any(is_title(block, replace(item, title=title)) for title in item.title.split(" / "))
    numbered = next((found for form in FORMS if (found := form.match(block.text))), None)
    said, words = words_of(numbered["title"] if numbered else block.text), words_of(item.title)
    if not words or not said:
        return False
    if numbered and numbered["number"] == item.number:
        return len(words & said) >= SAME * len(words) or (block.level is not None and said <= words)
    cut = {last for last in words_of(item.title.split()[-1]) if any(word.startswith(last) for word in said)}
    return block.level is not None and words - cut <= said and len(said) <= len(words) + 2  # a narrow cell may cut one


def _in_order_of(number: str, at: tuple[int, float], found: dict[str, tuple[int, float]]) -> bool:
    return all((order(number) > order(other)) == (at > place) for other, place in found.items())
