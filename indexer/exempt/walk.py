"""A paper in parts, as it is walked through: what each sign on its way closes and opens."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.exempt.doubt import Place
from indexer.exempt.signs import LAST, Sign, Style


@dataclass(frozen=True, slots=True)
class Start:
    """Where an item begins."""

    page: int
    top: float
    number: str


@dataclass(slots=True)
class Part:
    """A stretch of a page, within one item."""

    page: int
    top: float
    item: str
    exempt: bool


class Walk:
    """A paper in parts, as it is walked through page by page."""

    def __init__(self, exempt: Mapping[str, bool], listed: Mapping[str, bool]) -> None:
        self.parts: list[Part] = []
        self._exempt, self._listed = exempt, listed
        self._item, self._closed, self._lasting = "", False, 0
        self._tabs = False
        self.begun: list[int] = []  # the pages at whose heads reports seem to begin
        self.marked: set[int] = set()  # the pages with signs that close
        self._style: Style | None = None  # of the heading that closed
        self.doubted: set[int] = set()  # pages that say that something is exempt, and not what

    def pass_page(self, number: int, starts: Sequence[Start], found: Sequence[Sign]) -> None:
        """Take a page's items and its signs, from its head to its foot."""
        if not starts or starts[0].top > 0:
            self._open(number, 0.0)
        self.marked |= {number for sign in found if sign.mark == "exempt"}
        edges = {sign.mark for sign in found if sign.top < 0}
        if edges == {"public"}:
            self._reopen(Sign(0.0, "public", "part"))
        events: list[Start | Sign] = [*starts, *(sign for sign in found if sign.top >= 0)]
        for event in sorted(events, key=lambda each: (each.top, isinstance(each, Sign))):
            if isinstance(event, Start):
                self._begin(event)
            elif event.mark == "exempt":
                self._close(event)
            elif "exempt" not in edges and (event.mark == "public" or self._goes_on(event)):
                self._reopen(event)
        if "exempt" in edges:
            self.bar_page(number)
            self._closed, self._style = True, None

    def turn_tab(self) -> None:
        """A workbook's next tab stands by itself, unless the first said that all are exempt."""
        self._tabs = True
        if self._lasting < LAST:
            self._closed, self._lasting = False, 0

    def bar_page(self, number: int) -> None:
        """All of a page is exempt."""
        for part in self.parts:
            part.exempt = part.exempt or part.page == number

    def close_in_doubt(self, place: Place, item: str, begun: Collection[int] | None = None) -> None:
        """All of an item that says at a place that some of it is exempt, unless something was closed there or of it;
        if `begun` are given, what stands from the first of these pages on that is behind that place and its own, and
        begins no item: it may be bound behind another. What is said before the first item, or of one that has no
        papers, may be about all that stands behind it."""
        here = [part for part in self.parts if (part.page, part.top) <= place][-1:]
        mine = [part for part in self.parts if part.item == item]
        if not mine or (not item and any(part.item for part in self.parts)):
            mine = [part for part in self.parts if part.page >= place[0] and part.item != item]
        if not mine or any(part.exempt for part in [*here, *mine]):
            return
        after = max(place[0], mine[0].page)
        begin = {part.page for before, part in pairwise(self.parts) if part.item != before.item}
        strays = (page for page in (begun or ()) if page > after and page not in begin)
        since = 0 if begun is None else min(strays, default=self.parts[-1].page + 1)
        behind = {part.item for part in self.parts if part.page == since}
        for part in [*mine, *(part for part in self.parts if part.item in behind)]:
            part.exempt = part.exempt or part.page >= since
        self.doubted.add(place[0])

    def is_closed(self, place: Place) -> bool | None:
        """Whether what stands at a place is exempt; None where that is told only by what stands on pages before."""
        at = place[0], max(place[1], 0.0)
        part = self.parts[bisect_right(self.parts, at, key=lambda part: (part.page, part.top)) - 1]
        sure = part.page in self.marked or self._exempt.get(part.item)
        return True if part.exempt and sure else None if part.exempt else False

    def close_paper(self) -> None:
        """All of the paper is exempt."""
        for part in self.parts:
            part.exempt = True
        self._closed, self._lasting = True, LAST

    def _open(self, page: int, top: float) -> None:
        self.parts.append(Part(page, top, self._item, self._closed or self._exempt.get(self._item, False)))

    def _begin(self, start: Start) -> None:
        public = start.number in self._listed and not self._listed[start.number]
        self._closed = self._lasting > 1 or (self._lasting == 1 and not public)
        self._lasting = self._lasting if self._closed else 0
        self._item, self._style = start.number, None
        self._open(start.page, start.top)

    def _close(self, sign: Sign) -> None:
        part, was = self.parts[-1], self._closed
        if sign.until:
            if not part.exempt:
                self.parts += [replace(part, top=sign.top, exempt=True), replace(part, top=sign.until)]
            return
        if sign.reach == "paper" and (self._exempt or self._tabs):  # a cover, and more behind it
            self.close_paper()
        elif sign.reach == "back" or (sign.reach == "report" and not part.item and not self._tabs):
            since = max((page for page in self.begun if page <= part.page), default=1)
            for each in self.parts:
                each.exempt = each.exempt or (each.item == part.item and each.page >= since)
        elif sign.reach == "here" and sign.top > part.top and not part.exempt:
            self._closed = True
            self._open(part.page, sign.top)
        else:
            for each in self.parts:
                each.exempt = (
                    each.exempt or each is part or (sign.reach in ("item", "report") and each.item == part.item)
                )
        self._closed = True
        self._lasting = max(self._lasting, sign.lasting)
        self._style = None if was or sign.lasting or sign.reach in ("item", "report") else sign.style

    def _goes_on(self, sign: Sign) -> bool:
        """Whether a heading is the next of the kind of the one that closed; sections of a closed report begin at 1."""
        if self._style is None or sign.style is None or sign.style[1:] != self._style[1:]:
            return False
        if sign.style[0] == 1:
            self._style = None
        return sign.style[0] == (self._style[0] + 1 if self._style else 0)

    def _reopen(self, sign: Sign) -> None:
        if not self._closed or self._exempt.get(self._item) or self._lasting == LAST:
            return
        self._closed, self._lasting, self._style = False, 0, None
        part = self.parts[-1]
        if sign.reach == "here" and sign.top > part.top:
            self._open(part.page, sign.top)
        else:
            part.exempt = False
