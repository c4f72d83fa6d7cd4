"""Which parts of a paper are exempt: those of items that are listed so, and those that their own pages mark.

A mark closes what follows it until the next item, or until a mark that opens; one at the head of a page, in its margins
or at its end closes the page from its head; a sentence that says so of "this report" closes all of the item; "Part II"
and the exclusion of the public close what comes after, items that are not listed as public among it. In doubt, closed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.paper import AgendaItem
from indexer.exempt import doubt, files, marks, rows
from indexer.exempt.signs import LAST, Sign, Style, signs, style_of
from indexer.sheet import Facts, Sheet
from indexer.text.layout import Block

LABELLED = re.compile(r"[\W\d]+$")  # the number of a page's label
PAGES = re.compile(r"\W*\bpages?\b[\W\d]*$", re.IGNORECASE)
WORD = re.compile(r"[a-z]{2,}")
EXEMPT_SUFFIX = "(exempt)"

Turns = list[tuple[float, str]]  # (top, item) of each stretch of a page


@dataclass(frozen=True, slots=True)
class Start:
    """Where an item begins."""

    page: int
    top: float
    number: str


@dataclass(frozen=True, slots=True)
class Front:
    """Where the agenda stands: its list begins and ends at these pages and tops; (0, 0.0) where there is none. `items`
    are where in it each item is listed, `doubtful` where exempt ones may begin whose papers were not found."""

    begins: doubt.Place = (0, 0.0)
    ends: doubt.Place = (0, 0.0)
    items: tuple[tuple[doubt.Place, str], ...] = ()
    doubtful: tuple[doubt.Place, ...] = ()


@dataclass(slots=True)
class _Part:
    """A stretch of a page, within one item."""

    page: int
    top: float
    item: str
    exempt: bool


def divide(
    items: Sequence[AgendaItem],
    starts: Sequence[Start],
    front: Front,
    sheets: Sequence[Sheet],
    paged: Sequence[Sequence[Block]],
    facts: Facts,
    listed: Mapping[str, bool],
    document: str,
) -> tuple[tuple[AgendaItem, ...], list[Turns]]:
    """The items with those exempt that are, exempt parts of public ones as items of their own, and each page's turns.

    The agenda at the front names exempt items and is public itself. `listed` says of the items on it which are exempt.
    """
    walk = _Walk({item.number: item.exempt for item in items}, listed)
    barred = _barred_by_outline(facts, len(sheets))
    barred |= {page for page, label in enumerate(facts.labels, 1) if _is_closed(LABELLED.sub("", label))}
    named = doubt.named(_said(starts, front, sheets, paged))
    titles: list[str] = []
    title = min((page[0].level for page in paged[1:] if page and page[0].level is not None), default=(0.0, 0, 0))
    for sheet, page in zip(sheets, paged, strict=True):
        mine = [start for start in starts if start.page == sheet.number]
        walk.begun += [sheet.number] if page and page[0].level is not None and page[0].level <= title else []
        closed = [named.get(_item_at(starts, sheet.number, block.box[1]), frozenset()) for block in page]
        told = signs(sheet, page, [start.top for start in mine], closed)
        found = [sign for sign in told if not _is_of_list(sign, sheet.number, front)]
        found += _titled_again(sheet, page, titles)
        titles += _listed_below([sign for sign in told if sign not in found], page, front)
        titles += [title for grid in sheet.grids for title in rows.closed_titles(grid)]
        found += [Sign(top, "exempt", "here", 1) for number, top in front.doubtful if number == sheet.number]
        if sheet.ours == "tab":
            walk.turn_tab()
        walk.pass_page(sheet.number, [_with_mark_above(start, page, found) for start in mine], found)
        if sheet.number in barred:
            walk.bar_page(sheet.number)
    if files.of_file(facts.title, document, facts.said):
        walk.close_paper()
    return _named(items, walk.parts)


def _with_mark_above(start: Start, page: Sequence[Block], found: Sequence[Sign]) -> Start:
    """The start of an item, raised to the mark that stands right above its heading: it is of this item."""
    marked = {sign.top for sign in found if sign.mark == "exempt" and sign.reach in ("part", "here")}
    top = start.top
    for at, block in reversed(list(enumerate(page))):
        if block.box[1] < start.top:
            if block.box[1] not in marked and not (at == 0 and 0.0 in marked):
                break
            top = 0.0 if at == 0 else block.box[1]
    return replace(start, top=top)


def _titled_again(sheet: Sheet, page: Sequence[Block], titles: Sequence[str]) -> Iterator[Sign]:
    """The headings of what tables on earlier pages name and say is exempt, and the names of a workbook's tabs."""
    if sheet.ours == "tab" and any(block.text.strip() in titles for block in page[:1]):
        yield Sign(-1.0, "exempt", "page")
    for block in page:
        said = _words(block.text) if block.level is not None else set()
        for words in map(_words, titles):
            if len(words) > 1 and words <= said and len(said) <= len(words) + 2:
                yield Sign(block.box[1], "exempt", "here", 0, style_of(block))


def _listed_below(found: Sequence[Sign], page: Sequence[Block], front: Front) -> Iterator[str]:
    """What an agenda's closing headings have below them on their page that is no item which is known."""
    known = {place for place, _ in front.items}
    for block in page:
        above = [sign for sign in found if sign.top < block.box[1] and sign.mark]
        if above and above[-1].mark == "exempt" and above[-1].lasting and (block.page, block.box[1]) not in known:
            yield from (PAGES.sub("", line.text) for line in block.lines)


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.lower()))


def _said(
    starts: Sequence[Start], front: Front, sheets: Sequence[Sheet], paged: Sequence[Sequence[Block]]
) -> Iterator[tuple[str, str]]:
    """All that is said, with the item in which, or in whose place of the agenda, it stands; a table's row is one."""
    for sheet, page in zip(sheets, paged, strict=True):
        texts = [(block.box[1], text) for block, text in zip(page, doubt.listed(page), strict=True)]
        for grid in sheet.grids:
            texts += rows.spoken(grid)
        for top, text in texts:
            at = sheet.number, top
            listed = [number for place, number in front.items if place <= at] if at < front.ends else []
            yield listed[-1] if listed else _item_at(starts, *at), text


def _item_at(starts: Sequence[Start], page: int, top: float) -> str:
    """The item whose papers stand there; "" before the first."""
    return next((start.number for start in reversed(starts) if (start.page, start.top) <= (page, top)), "")


def _is_of_list(sign: Sign, page: int, front: Front) -> bool:
    """Whether a sign is of the agenda: it tells of items, unless it stands above their list and tells of the paper."""
    at = page, max(sign.top, 0.0)
    if at >= front.ends:
        return False
    return not (sign.reach in ("paper", "edge") and sign.mark == "exempt" and at < front.begins)


def _barred_by_outline(facts: Facts, count: int) -> set[int]:
    """The pages under an entry of the outline that is marked, to the next entry of its level or above."""
    barred: set[int] = set()
    for at, (level, title, page) in enumerate(facts.outline):
        if page and _is_closed(marks.plain(title)):
            after = (p for other, _, p in facts.outline[at + 1 :] if other <= level and p > page)
            last = count if marks.FOR_GOOD.search(title) else next(after, count + 1) - 1
            barred.update(range(page, last + 1))
    return barred


def _is_closed(entry: str) -> bool:
    """Whether an outline's entry is marked; "Part 2" may be one of a report's."""
    return marks.of_heading(entry, near_head=not entry[-1:].isdecimal()) == "exempt"


class _Walk:
    """A paper in parts, as it is walked through page by page."""

    def __init__(self, exempt: Mapping[str, bool], listed: Mapping[str, bool]) -> None:
        self.parts: list[_Part] = []
        self._exempt, self._listed = exempt, listed
        self._item, self._closed, self._lasting = "", False, 0
        self._tabs = False
        self.begun: list[int] = []  # the pages at whose heads reports seem to begin
        self._style: Style | None = None  # of the heading that closed

    def pass_page(self, number: int, starts: Sequence[Start], found: Sequence[Sign]) -> None:
        """Take a page's items and its signs, from its head to its foot."""
        if not starts or starts[0].top > 0:
            self._open(number, 0.0)
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

    def close_paper(self) -> None:
        """All of the paper is exempt."""
        for part in self.parts:
            part.exempt = True
        self._closed, self._lasting = True, LAST

    def _open(self, page: int, top: float) -> None:
        self.parts.append(_Part(page, top, self._item, self._closed or self._exempt.get(self._item, False)))

    def _begin(self, start: Start) -> None:
        public = start.number in self._listed and not self._listed[start.number]
        self._closed = self._lasting > 1 or (self._lasting == 1 and not public)
        self._lasting = self._lasting if self._closed else 0
        self._item, self._style = start.number, None
        self._open(start.page, start.top)

    def _close(self, sign: Sign) -> None:
        part, was = self.parts[-1], self._closed
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


def _named(items: Sequence[AgendaItem], parts: Sequence[_Part]) -> tuple[tuple[AgendaItem, ...], list[Turns]]:
    """The items, and each page's turns; closed parts of an item that is not closed from its beginning stand apart."""
    of = {item.number: item for item in items}
    for number, item in list(of.items()):
        mine = [part for part in parts if part.item == number]
        of[number] = replace(item, exempt=bool(mine) and all(part.exempt for part in mine))
    turns: list[Turns] = [[] for _ in range(max((part.page for part in parts), default=0))]
    apart: dict[str, AgendaItem] = {}
    for part in parts:
        known = of.get(part.item)
        number = part.item
        if part.exempt and not (known and known.exempt):
            number = f"{part.item} {EXEMPT_SUFFIX}".strip()
            apart.setdefault(number, AgendaItem(number, known.title if known else "", part.page, True))
        turns[part.page - 1].append((part.top, number))
    return tuple(sorted([*of.values(), *apart.values()], key=lambda item: item.first_page)), turns
