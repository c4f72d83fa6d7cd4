"""The items of a pack: which page belongs to which, and which are exempt.

An item's papers begin where "Agenda Item 7" is stamped, or where its title heads a report, or where the outline or
the agenda's own "(Pages 8 - 17)" says; they run until the next item's. Where an exempt item that is listed is found in
none of these ways, any heading with its title tells; where not even that, what may be its papers is in doubt.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from corpus.paper import AgendaItem, Line
from indexer.exempt import contrast, legend
from indexer.exempt.exemption import Front, Turns, divide
from indexer.exempt.rows import entries
from indexer.exempt.strays import strays
from indexer.exempt.walk import Start
from indexer.meeting.agenda_found import LEAST, found_again, lower, with_named
from indexer.meeting.agenda_list import AGENDA_PAGES, Listed, is_agenda, list_items, order, words_of
from indexer.meeting.ranges import apart, exempt_pages, first_pages, last_pages, printed_pages, ranges
from indexer.parts import Aside
from indexer.sheet import Facts, Sheet
from indexer.text.furniture import body_size, stamp
from indexer.text.layout import Block, blocks, starts_report

MOST_BLOCKS = 1000  # of a paper, in memory
OUTLINED = re.compile(r"^(?:item\s+)?(?P<number>\d{1,2}[a-z]?)[.:]?\s+\S", re.IGNORECASE)


def agenda(
    sheets: Sequence[Sheet], clean: Sequence[Sheet], facts: Facts, labels: Sequence[str], document: str
) -> tuple[tuple[AgendaItem, ...], list[Turns], tuple[int, ...]]:
    """The items that have papers, in order; for each page where which item begins on it, "" for none; and the pages
    for which something was closed in doubt.

    `sheets` are with their furniture, `clean` without; `document` is the file's name.
    """
    body, aside = body_size(line for sheet in clean for line in sheet.lines), Aside(MOST_BLOCKS)
    paged = [aside.put(blocks(sheet.number, sheet.lines, [grid.box for grid in sheet.grids], body)) for sheet in clean]
    stamps = _stamps(sheets)
    end = min([*stamps.values(), AGENDA_PAGES + 1]) - 1
    heads = clean[: max(end, 1)]
    signs = legend.signs(block.text for page in paged[: len(heads)] for block in page)
    lines = [line for sheet in heads for line in _lines(sheet, signs, _is_agenda([sheet]))]
    called = _is_agenda(sheets[: max(end, 1)])
    listed = with_named(list(list_items(lines)) if called else [], lines, paged)
    if len(listed) < LEAST or not any(item.exempt for item in listed):
        listed = found_again([line for sheet in heads for line in _lines(sheet, signs)], paged, listed, called)
    shut = contrast.of_columns(heads, {item.at for item in listed if item.exempt})
    listed = [replace(item, exempt=item.exempt or item.at in shut) for item in listed]
    printed = printed_pages(listed, stamps, labels)
    starts = [Start(page, 0.0, number) for number, page in _starts(listed, stamps, facts, printed, paged)]
    ends = (listed[-1].at[0], listed[-1].at[1] + 1.0) if listed else (0, 0.0)
    front = Front(listed[0].at, ends, tuple((item.at, item.number) for item in listed)) if listed else Front()
    begun = {start.number: (start.page, start.top) for start in starts}
    starts += [Start(page, top, number) for number, page, top in lower(listed, begun, front.ends, paged)]
    starts.sort(key=lambda start: (start.page, start.top))
    if starts and listed:
        front = replace(front, ends=(starts[0].page, starts[0].top))
    titles = {item.number: item.title for item in listed}
    exempt = {item.number: item.exempt for item in listed}
    listing = list(ranges(lines, listed, front.ends))
    barred = exempt_pages([*listing, *apart(lines)], printed or {})
    found = {order(start.number): (start.page, start.top) for start in starts}
    told = bool(starts and (stamps or any(item.label for item in listed)))
    closed = [order(item.number) for item in listed if item.exempt]
    last = {order(number): page for number, page in last_pages(listing, printed or {}).items()}
    astray = strays(closed, found, ends, paged, told, last) if listed else ()
    front = replace(front, barred=barred, doubtful=tuple(astray))
    items = [
        AgendaItem(number, titles.get(number) or _outlined(number, facts), start.page, exempt.get(number, False))
        for start in starts
        for number in [start.number]
    ]
    return divide(items, starts, front, sheets, paged, facts, exempt, document)


def _stamps(sheets: Sequence[Sheet]) -> dict[str, int]:
    """The page on which each item is first stamped."""
    found: dict[str, int] = {}
    for sheet in sheets:
        if number := stamp(sheet):
            found.setdefault(number, sheet.number)
    return found


def _is_agenda(sheets: Sequence[Sheet]) -> bool:
    return is_agenda([line.text for sheet in sheets for line in sheet.lines])


def _lines(sheet: Sheet, signs: Set[str], tabled: bool = True) -> list[tuple[int, Line]]:
    """The lines of a page of the agenda; `tabled`: with those of its tables, of which a row is one. `signs` are those
    that its legends give to what is exempt."""
    rows = []
    for grid in sheet.grids if tabled else ():
        for row, said in entries(grid, signs):
            if top := next((cell.box for cell in row if cell and cell.text.strip()), None):
                rows.append(Line(said, (grid.box[0], top[1], grid.box[2], top[3]), 0.0, False))
    return [(sheet.number, line) for line in sorted([*sheet.lines, *rows], key=lambda line: line.box[1])]


# --- where each begins


def _starts(
    listed: Sequence[Listed],
    stamps: dict[str, int],
    facts: Facts,
    printed: Mapping[int, int] | None,
    paged: Sequence[Sequence[Block]],
) -> list[tuple[str, int]]:
    """(item, first page) by page; each source adds what the surer ones before it leave open."""
    found = dict(stamps)
    told = first_pages(listed, printed or {})
    numbers = {item.number for item in listed}
    outlined = {
        match["number"].lower(): page
        for _, title, page in reversed(facts.outline)
        if (match := OUTLINED.match(title)) and match["number"].lower() in numbers and page > 1
    }
    headed = {} if printed is not None and (told or stamps) else dict(_headed(listed, paged, found))
    for source in (outlined, headed, told):
        for number, page in source.items():
            if number not in found and _in_order(number, page, found):
                found[number] = page
    return sorted(found.items(), key=lambda each: each[1])


def _in_order(number: str, page: int, found: dict[str, int]) -> bool:
    return all((order(number) > order(other)) == (page > at) or page == at for other, at in found.items())


def _headed(
    listed: Sequence[Listed], paged: Sequence[Sequence[Block]], found: dict[str, int]
) -> Iterator[tuple[str, int]]:
    """Items whose title heads a report: most of its words stand in one line near the head of a report's first page."""
    waiting = [item for item in listed if item.number not in found]
    for number, page in enumerate(paged, 1):
        if number == 1 or not starts_report(page):
            continue
        heads = [words_of(line.text) for block in page[:12] for line in block.lines][:20]
        for item in waiting:
            words = words_of(item.title)
            if words and any(len(words & head) >= max(2, 0.6 * len(words)) and len(head) < 12 for head in heads):
                yield item.number, number
                waiting = [other for other in waiting if order(other.number) > order(item.number)]
                break


def _outlined(number: str, facts: Facts) -> str:
    """The item's title in the outline; "" where it has none."""
    for _, title, _ in facts.outline:
        if (match := OUTLINED.match(title)) and match["number"].lower() == number.lower():
            return title[match.end("number") :].strip(" .:")
    return ""
