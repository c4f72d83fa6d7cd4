"""Which parts of a paper are exempt: those of items that are listed so, and those that their own pages mark.

A mark closes what follows it until the next item, or until a mark that opens; one at the head of a page, in its margins
or at its end closes the page from its head; a sentence that says so of "this report" closes all of the item; "Part II"
and the exclusion of the public close what comes after, items that are not listed as public among it. In doubt, closed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice, zip_longest

from corpus.paper import AgendaItem
from indexer.exempt import claims, contrast, denials, doubt, edges, files, legend, marks, rows, strays
from indexer.exempt.signs import Sign, signs, style_of
from indexer.exempt.walk import Part, Start, Walk
from indexer.parts import Aside
from indexer.sheet import Facts, Sheet
from indexer.text.layout import Block

LABELLED = re.compile(r"[\W\d]+$")  # the number of a page's label
PAGES = re.compile(r"(?<!\W)\W*+\bpages?\b[\W\d]*$", re.IGNORECASE)
WORD = re.compile(r"[a-z]{2,}")
RUNNING = 90  # characters of a block
MOST = 1000  # texts of a paper, in memory
EXEMPT_SUFFIX = "(exempt)"

Turns = list[tuple[float, str]]  # (top, item) of each stretch of a page


@dataclass(frozen=True, slots=True)
class Front:
    """Where the agenda stands: its list begins and ends at these pages and tops; (0, 0.0) where there is none. `items`
    are where in it each item is listed, `doubtful` where exempt ones may begin whose papers were not found, `barred`
    the pages that it says are an exempt paper's."""

    begins: doubt.Place = (0, 0.0)
    ends: doubt.Place = (0, 0.0)
    items: tuple[tuple[doubt.Place, str], ...] = ()
    doubtful: tuple[doubt.Place, ...] = ()
    barred: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Read:
    """What is known of a paper before the walk over it: among it the signs that legends give, the appendices that are
    named as exempt, and the titles of what is closed."""

    items: Sequence[AgendaItem]
    starts: Sequence[Start]
    front: Front
    sheets: Sequence[Sheet]
    paged: Sequence[Sequence[Block]]
    listed: Mapping[str, bool]
    signed: Mapping[str, bool]
    barred: Set[int]
    named: doubt.Named
    titles: Sequence[str]


def divide(
    items: Sequence[AgendaItem],
    starts: Sequence[Start],
    front: Front,
    sheets: Sequence[Sheet],
    paged: Sequence[Sequence[Block]],
    facts: Facts,
    listed: Mapping[str, bool],
    document: str,
) -> tuple[tuple[AgendaItem, ...], list[Turns], tuple[int, ...]]:
    """The items with those exempt that are, exempt parts of public ones as items of their own, each page's turns, and
    the pages that were in doubt: they say that something is exempt and not what, or may be an exempt item's.

    The agenda at the front names exempt items and is public itself. `listed` says of the items on it which are exempt.
    """
    signed = legend.given(block.text for page in paged for block in page)
    paged = _without_legends(paged, sheets) if signed else paged
    barred = _barred_by_outline(facts, paged) | front.barred
    barred |= {page for page, label in enumerate(facts.labels, 1) if _is_closed(LABELLED.sub("", label))}
    if any(listed.values()):
        barred |= edges.watermarked(sheets)
    said = Aside(MOST).put(_said(starts, front, sheets, paged))
    known = {start.number for start in starts}
    named = doubt.named(((item, text) for _, item, text in said), known)
    titles = list(claims.tabs_named((text for _, _, text in said), _tabs(sheets, paged)))
    some = any(listed.values()) or bool(front.barred)
    read = Read(items, starts, front, sheets, paged, listed, signed, barred, named, titles)
    read = read if some else replace(read, front=replace(front, doubtful=()))  # an open pack has no strays
    walk = _walked(read, {})
    if gone := tuple(strays.unsaid(paged, walk.is_closed)):
        front = replace(front, doubtful=tuple(sorted([*front.doubtful, *gone])))
        read = replace(read, front=front)
        walk = _walked(read, {})
    some = any(part.exempt for part in walk.parts) or any(claims.of_nothing_known(text) for _, _, text in said)
    again = some and read.front != front
    read = replace(read, front=front) if some else read
    ends = max(front.ends, (2, 0.0))
    borne = contrast.signs(contrast.borne_by(sheets), walk.is_closed, lambda place: place < ends, some)
    walk = _walked(read, borne) if borne or again else walk
    _close_in_doubt(walk, said, known, front, listed, sheets, paged)
    if files.of_file(facts.title, document, facts.said):
        walk.close_paper()
    in_doubt = walk.doubted | {page for page, _ in read.front.doubtful}
    return *_named(items, walk.parts), tuple(sorted(in_doubt))


def _walked(read: Read, borne: Mapping[int, Sequence[Sign]]) -> Walk:
    """The walk over all pages, by their own signs and by those that follow from what they have `borne`."""
    starts, front, listed = read.starts, read.front, read.listed
    walk, titles = Walk({item.number: item.exempt for item in read.items}, listed), list(read.titles)
    alone = False  # whether a sign of a legend, and nothing else since, has closed: then another one opens
    title = min((page[0].level for page in read.paged[1:] if page and page[0].level is not None), default=(0.0, 0, 0))
    for sheet, page in zip(read.sheets, read.paged, strict=True):
        mine = [start for start in starts if start.page == sheet.number]
        walk.begun += [sheet.number] if page and page[0].level is not None and page[0].level <= title else []
        closed = [doubt.of_item(read.named, _item_at(starts, sheet.number, block.box[1])) for block in page]
        heads = [start.top for start in mine] + [top for (on, top), _ in front.items if on == sheet.number]
        told = signs(sheet, page, heads, closed)
        found = [sign for sign in told if not _is_of_list(sign, sheet.number, front)]
        found += [*_titled_again(sheet, page, titles), *borne.get(sheet.number, ())]
        signed = list(_signed(page, read.signed, front))
        alone = not _closes(found) and (alone or _closes(signed))
        found += [sign for sign in signed if alone or sign.mark == "exempt"]
        titles += _listed_below([sign for sign in told if sign not in found], page, front)
        titles += [title for grid in sheet.grids for title in rows.closed_titles(grid)]
        found += [Sign(top, "exempt", "here", 1) for number, top in front.doubtful if number == sheet.number]
        if any(listed.values()) and (sheet.number, 0.0) >= front.ends and claims.guarded(page):
            found.append(Sign(page[0].box[1], "exempt"))
            walk.doubted.add(sheet.number)
        if sheet.ours == "tab":
            walk.turn_tab()
        walk.pass_page(sheet.number, [_with_mark_above(start, page, found) for start in mine], found)
        if sheet.number in read.barred:
            walk.bar_page(sheet.number)
    return walk


def _close_in_doubt(
    walk: Walk,
    said: Sequence[tuple[doubt.Place, str, str]],
    known: Set[str],
    front: Front,
    listed: Mapping[str, bool],
    sheets: Sequence[Sheet],
    paged: Sequence[Sequence[Block]],
) -> None:
    """Close what the paper says to be exempt of what nobody knows, or of appendices that were not found."""
    begun = claims.begun(sheets, paged)
    ends = front.ends if front.items or any(map(_is_report, paged[:1])) else (2, 0.0)
    for (place, item, text), (*_, then) in zip_longest(said, islice(said, 1, None), fillvalue=((0, 0.0), "", "")):
        if place < front.ends and any(map(listed.get, doubt.items_named([text]))):
            continue  # it tells of these, which are closed
        goes = place < ends and not any(listed.values()) and legend.public_goes(text)
        goes = goes and not denials.NEEDLESS.search(then)
        if (goes or claims.of_nothing_known(text)) and not (place < ends and denials.DENIED.search(text)):
            walk.close_in_doubt(place, "" if place < front.ends and claims.SOME.match(text) else item)
        else:
            for of in doubt.named([(item, text)], known):
                walk.close_in_doubt(place, item if of == doubt.ANY else of, begun)


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


def _is_report(page: Sequence[Block]) -> bool:
    """Whether a page has running text, as no list of what is to come has."""
    return any(block.level is None and len(block.text) > RUNNING for block in page)


def _closes(found: Sequence[Sign]) -> bool:
    return any(sign.mark == "exempt" for sign in found)


def _without_legends(paged: Sequence[Sequence[Block]], sheets: Sequence[Sheet]) -> list[list[Block]]:
    """The pages without the legends that tell of signs which items or headings bear."""
    others = [line.text for sheet in sheets for line in sheet.lines]
    others += [text for sheet in sheets for grid in sheet.grids for _, text in rows.spoken(grid)]
    cells = [[cell.text for grid in sheet.grids for row in grid.rows for cell in row if cell] for sheet in sheets]
    return [
        [block for block in page if not legend.is_in_use(block.text, [*others, *mine])]
        for page, mine in zip(paged, cells, strict=True)
    ]


def _signed(page: Sequence[Block], signed: Mapping[str, bool], front: Front) -> Iterator[Sign]:
    """The headings, behind the agenda's list, that bear a sign of a legend."""
    for block in page:
        if block.level is not None and (block.page, block.box[1]) >= front.ends:
            borne = [signed[sign] for sign in signed if legend.heads(block.text, sign)]
            if borne:
                yield Sign(block.box[1], "exempt" if any(borne) else "public", "here", 0, style_of(block))


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


def _tabs(sheets: Sequence[Sheet], paged: Sequence[Sequence[Block]]) -> list[str]:
    """The names of a workbook's tabs."""
    if not sheets or sheets[0].ours != "tab":
        return []
    return [page[0].text.strip() for sheet, page in zip(sheets, paged, strict=True) if page and sheet.ours == "tab"]


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.lower()))


def _said(
    starts: Sequence[Start], front: Front, sheets: Sequence[Sheet], paged: Sequence[Sequence[Block]]
) -> Iterator[tuple[doubt.Place, str, str]]:
    """All that is said and where, with the item in which, or in whose place of the agenda, it stands; a table's row is
    one."""
    for sheet, page in zip(sheets, paged, strict=True):
        texts = [(block.box[1], text) for block, text in zip(page, doubt.listed(page), strict=True)]
        for grid in sheet.grids:
            texts += rows.spoken(grid)
        for top, text in texts:
            at = sheet.number, top
            listed = [number for place, number in front.items if place <= at] if at < front.ends else []
            yield at, listed[-1] if listed else _item_at(starts, *at), text


def _item_at(starts: Sequence[Start], page: int, top: float) -> str:
    """The item whose papers stand there; "" before the first."""
    return next((start.number for start in reversed(starts) if (start.page, start.top) <= (page, top)), "")


def _is_of_list(sign: Sign, page: int, front: Front) -> bool:
    """Whether a sign is of the agenda: it tells of items, unless it stands above their list and tells of the paper."""
    at = page, max(sign.top, 0.0)
    if at >= front.ends:
        return False
    return not (sign.reach in ("paper", "edge") and sign.mark == "exempt" and at < front.begins)


def _barred_by_outline(facts: Facts, paged: Sequence[Sequence[Block]]) -> set[int]:
    """The pages under an entry of the outline that is marked, to the next entry of its level or above; but for one that
    heads a text within its page, which tells itself how far it reaches."""
    barred: set[int] = set()
    for at, (level, title, page) in enumerate(facts.outline):
        within = 0 < page <= len(paged) and any(_words(block.text) == _words(title) for block in paged[page - 1][1:])
        if page and not within and _is_closed(marks.plain(title)):
            after = (p for other, _, p in facts.outline[at + 1 :] if other <= level and p > page)
            last = len(paged) if marks.FOR_GOOD.search(title) else next(after, len(paged) + 1) - 1
            barred.update(range(page, last + 1))
    return barred


def _is_closed(entry: str) -> bool:
    """Whether an outline's entry is marked; "Part 2" may be one of a report's."""
    return marks.of_heading(entry, near_head=not entry[-1:].isdecimal()) == "exempt"


def _named(items: Sequence[AgendaItem], parts: Sequence[Part]) -> tuple[tuple[AgendaItem, ...], list[Turns]]:
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
