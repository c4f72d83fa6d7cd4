"""The items of a pack: which page belongs to which, and which are exempt.

An item's papers begin where "Agenda Item 7" is stamped, or where its title heads a report, or where the outline or
the agenda's own "(Pages 8 - 17)" says; they run until the next item's. An item is exempt when the agenda lists it so
or its papers are headed so; when a paper within a public item is, that part becomes an item of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.paper import AgendaItem, Line
from indexer.layout import MARGIN, Block, blocks, body_size, stamp, starts_report
from indexer.sheet import Facts, Sheet
from kpi_tools.names import squash

LISTED = re.compile(r"^(?P<number>\d{1,2})[.:]?\s+(?P<title>[^\W\d].*|\d.*[^\W\d].*)$")
PAGES = re.compile(r"\(?\s*(?:pages?|pp?\.?)\s*(?P<first>\d{1,4})(?:\s*(?:-|–|to)\s*\d{1,4})?\s*\)?\s*$", re.IGNORECASE)
BARE_PAGES = re.compile(r"^(?P<first>\d{1,4})\s*[-–]\s*\d{1,4}$")
OUTLINED = re.compile(r"^(?:item\s+)?(?P<number>\d{1,2}[a-z]?)[.:]?\s+\S", re.IGNORECASE)
AGENDA_PAGES = 8  # the first pages, among which the agenda stands
EXEMPT_SUFFIX = "(exempt)"

# What heads exempt papers, and the part of an agenda that lists them
NOT_PUBLIC = re.compile(r"\bnot\s+for\s+publication\b|\bnot\s+(to\s+be\s+)?publish(ed)?\b", re.IGNORECASE)
EXEMPT = re.compile(
    r"^\W*(exempt|restricted|confidential|private)\W*$|\bexempt\s+(item|report|appendix|annex|information|business|by\s+virtue|"
    r"from\s+publication|under|paragraph)|^\W*(classification|security|status|marking)\W+.*\b(restricted|exempt|confidential)\b|"
    r"^\W*(official[\s-]*)?(restricted|confidential|exempt|private)\s*(report|item|items|paper|appendix|agenda|\W|$)|\((exempt|confidential|"
    r"restricted|private)[^)]*\)|^\W*part\s+(2|ii|b|two)\b\W*(\(?(exempt|private|confidential|closed|not\b).*)?$|\bexclusion\s+of\s+(the\s+)?(press|public)|"
    r"\b(appendix|annexe?|report|item)\b.*\W(exempt|restricted|confidential)\W*$",
    re.IGNORECASE,
)
PUBLIC = re.compile(
    r"\bunrestricted\b|\bfor general release\b|^\W*public(\s+(report|document|item|items))?\W*$|"
    r"\b(no|not|non|nothing|none|neither)\W+(an\s+|any\s+|contain(s|ing)?\s+|\w+\s+)?(exempt|confidential|restricted)|"
    r"\b(exempt|confidential|restricted)\b.*\b(no|none|not applicable|n/a)\W*$",
    re.IGNORECASE,
)
PRIVATE_PACK = re.compile(r"\((private|confidential|exempt|restricted|closed)[^)]*pack\)", re.IGNORECASE)
COMMON = {"the", "of", "and", "to", "a", "an", "for", "in", "on", "report", "update", "from"}


@dataclass(frozen=True, slots=True)
class Listed:
    """An item as the agenda lists it; `label` is the number of its first page as the agenda says, 0 for none."""

    number: str
    title: str
    label: int
    exempt: bool


def agenda(
    sheets: Sequence[Sheet], clean: Sequence[Sheet], facts: Facts, labels: Sequence[str]
) -> tuple[tuple[AgendaItem, ...], list[str]]:
    """The items that have papers, in order, and for each page the number of its item, "" for none.

    `sheets` are with their furniture, `clean` without.
    """
    body = body_size([line for sheet in clean for line in sheet.lines])
    paged = [blocks(sheet.number, sheet.lines, [grid.box for grid in sheet.grids], body) for sheet in clean]
    stamps = _stamps(sheets)
    end = min([*stamps.values(), AGENDA_PAGES + 1]) - 1
    listed = list(_listed(paged[: max(end, 1)])) if stamps or _is_agenda(sheets[:end]) else []
    starts = _starts(listed, stamps, facts, labels, paged)
    titles = {item.number: item for item in listed}
    items = [
        AgendaItem(number, titles[number].title if number in titles else _outlined(number, facts), page,
                   number in titles and titles[number].exempt)
        for number, page in starts
    ]  # fmt: skip
    of = _items_of_pages(items, len(sheets))
    if PRIVATE_PACK.search(facts.title):
        items = [replace(item, exempt=True) for item in items] or [AgendaItem("", facts.title, 1, True)]
    front = min((item.first_page for item in items), default=1) - 1 if listed else 0
    return _exempted(items, of, sheets, paged, front)


def _stamps(sheets: Sequence[Sheet]) -> dict[str, int]:
    """The page on which each item is first stamped."""
    found: dict[str, int] = {}
    for sheet in sheets:
        if number := stamp(sheet):
            found.setdefault(number, sheet.number)
    return found


def _is_agenda(sheets: Sequence[Sheet]) -> bool:
    return any(
        squash(line.text) in ("agenda", "agendaitems", "agendaitemno") for sheet in sheets for line in sheet.lines
    )


# --- the agenda's list


def _listed(paged: Sequence[Sequence[Block]]) -> Iterator[Listed]:
    """The items in the agenda's list: numbered lines that count up, each with what belongs to its title."""
    lines = [line for page in paged for block in page for line in block.lines]
    numbered = [line for line in lines if LISTED.match(line.text) and not BARE_PAGES.match(line.text)]
    bold = any(line.bold for line in numbered)
    last, exempt = 0, False
    for position, line in enumerate(lines):
        match = LISTED.match(line.text)
        if not match or line not in numbered:
            exempt = exempt or (bool(EXEMPT.search(_unspaced(line.text))) and len(line.text) < 90 and line.bold >= bold)
            continue
        number = int(match["number"])
        told = line.bold >= bold or bool(PAGES.search(line.text))
        if not told or not last < number <= last + 4:
            continue
        last = number
        title, label = _title(match["title"], lines[position:])
        closed = exempt or bool(EXEMPT.search(title) and not PUBLIC.search(title))
        exempt = exempt or bool(re.search(r"exclusion\s+of\s+(the\s+)?(press|public)", title, re.IGNORECASE))
        yield Listed(str(number), title, label, closed)


def _unspaced(text: str) -> str:
    """ "P R I V A T E A G E N D A" without the blanks between its letters."""
    words = text.split()
    return "".join(words) if len(words) > 4 and all(len(word) == 1 for word in words) else text


def _title(begun: str, lines: Sequence[Line]) -> tuple[str, int]:
    """An item's title, over up to four lines, and the number of the page that it names, 0 for none."""
    text = begun
    for line in lines[1:5]:
        if PAGES.search(text) or (LISTED.match(line.text) and not BARE_PAGES.match(line.text)):
            break
        if bare := BARE_PAGES.match(line.text):
            return text.strip(), int(bare["first"])
        if line.bold != lines[0].bold and not PAGES.fullmatch(line.text.strip()):
            break
        if not line.bold and not PAGES.search(line.text):
            break
        text = f"{text} {line.text}"
    if named := PAGES.search(text):
        return text[: named.start()].strip(" (-–"), int(named["first"])
    return text.strip(), 0


# --- where each begins


def _starts(
    listed: Sequence[Listed],
    stamps: dict[str, int],
    facts: Facts,
    labels: Sequence[str],
    paged: Sequence[Sequence[Block]],
) -> list[tuple[str, int]]:
    """(item, first page) by page; each source adds what the surer ones before it leave open."""
    found = dict(stamps)
    by_label = {
        int(match[0]): page
        for page, label in reversed(list(enumerate(labels, 1)))
        if (match := re.search(r"\d+", label))
    }
    told = {item.number: by_label[item.label] for item in listed if item.label in by_label}
    numbers = {item.number for item in listed}
    outlined = {
        match["number"].lower(): page
        for _, title, page in reversed(facts.outline)
        if (match := OUTLINED.match(title)) and match["number"].lower() in numbers and page > 1
    }
    # an agenda whose page numbers are not those of the stamps was made for another printing
    sure = all(told.get(number, page) == page for number, page in stamps.items())
    headed = {} if sure and (told or stamps) else dict(_headed(listed, paged, found))
    for source in (outlined, headed, told if sure else {}):
        for number, page in source.items():
            if number not in found and _in_order(number, page, found):
                found[number] = page
    return sorted(found.items(), key=lambda each: each[1])


def _rank(number: str) -> int:
    return int(re.match(r"\d+", number)[0]) if number[:1].isdigit() else 0  # type: ignore[index]


def _in_order(number: str, page: int, found: dict[str, int]) -> bool:
    return all((_rank(number) > _rank(other)) == (page > at) or page == at for other, at in found.items())


def _headed(
    listed: Sequence[Listed], paged: Sequence[Sequence[Block]], found: dict[str, int]
) -> Iterator[tuple[str, int]]:
    """Items whose title heads a report: most of its words stand in one line near the head of a report's first page."""
    waiting = [item for item in listed if item.number not in found]
    for number, page in enumerate(paged, 1):
        if number == 1 or not starts_report(page):
            continue
        heads = [_words(line.text) for block in page[:12] for line in block.lines][:20]
        for item in waiting:
            words = _words(item.title)
            if words and any(len(words & head) >= max(2, 0.6 * len(words)) and len(head) < 12 for head in heads):
                yield item.number, number
                waiting = [other for other in waiting if _rank(other.number) > _rank(item.number)]
                break


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{2,}", text.lower())) - COMMON


def _outlined(number: str, facts: Facts) -> str:
    """The item's title in the outline; "" where it has none."""
    for _, title, _ in facts.outline:
        if (match := OUTLINED.match(title)) and match["number"].lower() == number.lower():
            return title[match.end("number") :].strip(" .:")
    return ""


def _items_of_pages(items: Sequence[AgendaItem], count: int) -> list[str]:
    of = [""] * count
    for item in items:
        for page in range(item.first_page, count + 1):
            of[page - 1] = item.number
    return of


# --- what is exempt


def _exempted(
    items: Sequence[AgendaItem], of: list[str], sheets: Sequence[Sheet], paged: Sequence[Sequence[Block]], front: int
) -> tuple[tuple[AgendaItem, ...], list[str]]:
    """The items with those exempt that their papers say are; exempt parts of public items as items of their own.

    The first `front` pages are the agenda, which names exempt items and is public itself.
    """
    by_number = {item.number: item for item in items}
    parts: dict[str, AgendaItem] = {}
    item, closed = "", False
    for at, (sheet, page) in enumerate(zip(sheets, paged, strict=True)):
        if of[at] != item:
            item, closed = of[at], False
        known = by_number.get(item)
        if sheet.number <= front or (known and known.exempt):
            continue
        mark = _mark(sheet, page)
        closed = mark == "exempt" or (closed and mark != "public")
        if not closed:
            continue
        if known and known.first_page == sheet.number:
            by_number[item] = replace(known, exempt=True)
            continue
        number = f"{item} {EXEMPT_SUFFIX}".strip()
        parts.setdefault(number, AgendaItem(number, known.title if known else "", sheet.number, True))
        of[at] = number
    return tuple(sorted([*by_number.values(), *parts.values()], key=lambda each: each.first_page)), of


def _mark(sheet: Sheet, page: Sequence[Block]) -> str:
    """ "exempt" or "public" where the page is headed so, else "". A mention in a sentence is no heading."""
    margin = [
        line.text
        for line in sheet.lines
        if line.box[3] < sheet.height * MARGIN or line.box[1] > sheet.height * (1 - MARGIN)
    ]
    heads = [block.text for block in page[:8] if block.level is not None or len(block.text) < 60]
    tabled = [
        cell.text
        for grid in sheet.grids
        if grid.box[1] < sheet.height * 0.4
        for row in grid.rows
        for cell in row
        if cell
    ]
    near = [*margin, *heads, *(text for text in tabled if len(text) < 90)]
    barred = [
        block.text for block in page if block.level is not None or block.text.upper().startswith("NOT FOR PUBLICATION")
    ]
    barred += [line.text for line in sheet.lines if line.text.startswith("NOT FOR PUBLICATION")]
    if any(EXEMPT.search(text) and not PUBLIC.search(text) for text in near):
        return "exempt"
    if any(NOT_PUBLIC.search(text) and not PUBLIC.search(text) for text in (*near, *barred)):
        return "exempt"
    return "public" if any(PUBLIC.search(text) for text in near) else ""
