"""The items of a pack: which page belongs to which, and which are exempt.

An item's papers begin where "Agenda Item 7" is stamped, or where its title heads a report, or where the outline or
the agenda's own "(Pages 8 - 17)" says; they run until the next item's. Where an exempt item that is listed is found in
none of these ways, any heading with its title tells; where not even that, what may be its papers is in doubt.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.paper import AgendaItem, Line
from indexer import marks
from indexer.doubt import lost
from indexer.exemption import Front, Start, Turns, divide
from indexer.layout import Block, blocks, body_size, headed, stamp, starts_report
from indexer.sheet import Facts, Sheet

LISTED = re.compile(r"^(?P<number>\d{1,2})[.:]?\s+(?P<title>[*#†‡]?\s*[^\W\d].*|\d.*[^\W\d].*)$")
LEGEND = re.compile(r"^\W{0,2}?([*#†‡])\W*(?:\w+\s+){0,4}(?:exempt|confidential|private)\b", re.IGNORECASE)
NAMED_PAGES = re.compile(r"\(\s*pages?\s+\d+\s*[-–]\s*\d+\s*\)", re.IGNORECASE)
PAGES = re.compile(r"\(?\s*(?:pages?|pp?\.?)\s*(?P<first>\d{1,4})(?:\s*(?:-|–|to)\s*\d{1,4})?\s*\)?\s*$", re.IGNORECASE)
BARE_PAGES = re.compile(r"^(?P<first>\d{1,4})\s*[-–]\s*\d{1,4}$")
OUTLINED = re.compile(r"^(?:item\s+)?(?P<number>\d{1,2}[a-z]?)[.:]?\s+\S", re.IGNORECASE)
AGENDA = re.compile(r"\bagenda\b(?!\s+item\s+\d)|^\W*(order of business|items of business)\W*$", re.IGNORECASE)
AGENDA_PAGES = 8  # the first pages, among which the agenda stands
# In an agenda's list: a heading over several items; any other mark is of the item above it.
SECTION = re.compile(
    r"^\W*part\b|\b(items|reports|business|matters|session|agenda|papers)\b|\bfollowing\b|\bexclu(sion|de)",
    re.IGNORECASE,
)
ALONE = re.compile(r"^\W*\w+\W*$")  # "EXEMPT" may be either
EXCLUSION = re.compile(r"\bexclu(sion|de|ding)\b.*\b(press|public)\b|\b(press|public)\b.*\bexcluded\b", re.IGNORECASE)
APPENDIX = re.compile(r"\b(append|annex)", re.IGNORECASE)
LONGEST_MARK = 90  # characters
# Words that tell no title from another
COMMON = {"the", "of", "and", "to", "a", "an", "for", "in", "on", "report", "update", "from"}
COMMON |= {"exempt", "restricted", "confidential", "not", "publication"}


@dataclass(frozen=True, slots=True)
class Listed:
    """An item as the agenda lists it, at a page and top; `label` is the number of its first page as the agenda says, 0
    for none."""

    number: str
    title: str
    label: int
    exempt: bool
    at: tuple[int, float]


def agenda(
    sheets: Sequence[Sheet], clean: Sequence[Sheet], facts: Facts, labels: Sequence[str], document: str
) -> tuple[tuple[AgendaItem, ...], list[Turns]]:
    """The items that have papers, in order, and for each page where which item begins on it, "" for none.

    `sheets` are with their furniture, `clean` without; `document` is the file's name.
    """
    body = body_size([line for sheet in clean for line in sheet.lines])
    paged = [blocks(sheet.number, sheet.lines, [grid.box for grid in sheet.grids], body) for sheet in clean]
    stamps = _stamps(sheets)
    end = min([*stamps.values(), AGENDA_PAGES + 1]) - 1
    lines = [line for sheet in clean[: max(end, 1)] for line in _lines(sheet)]
    listed = list(_listed(lines)) if _is_agenda(sheets[: max(end, 1)]) else []
    starts = [Start(page, 0.0, number) for number, page in _starts(listed, stamps, facts, labels, paged)]
    ends = (listed[-1].at[0], listed[-1].at[1] + 1.0) if listed else (0, 0.0)
    front = Front(listed[0].at, ends, tuple((item.at, item.number) for item in listed)) if listed else Front()
    starts = sorted([*starts, *_lower(listed, starts, front, paged)], key=lambda start: (start.page, start.top))
    if starts and listed:
        front = replace(front, ends=(starts[0].page, starts[0].top))
    titles = {item.number: item.title for item in listed}
    exempt = {item.number: item.exempt for item in listed}
    if not starts or not (stamps or facts.outline or any(item.label for item in listed)):
        found = {_rank(start.number): (start.page, start.top) for start in starts}
        missing = [_rank(item.number) for item in listed if item.exempt and _rank(item.number) not in found]
        front = replace(front, doubtful=tuple(lost(missing, found, ends, paged)))
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
    lines = [line.text for sheet in sheets for line in sheet.lines]
    return any((AGENDA.search(text) and len(text.split()) < 7) or NAMED_PAGES.search(text) for text in lines)


def _lines(sheet: Sheet) -> list[tuple[int, Line]]:
    """The lines of a page of the agenda; a row of a table on it is one."""
    rows = []
    for grid in sheet.grids if _is_agenda([sheet]) else ():
        for row in grid.rows:
            cells = [cell for cell in row if cell and cell.text.strip()]
            if cells:
                box = (grid.box[0], cells[0].box[1], grid.box[2], cells[0].box[3])
                rows.append(Line(" ".join(marks.plain(cell.text) for cell in cells), box, 0.0, False))
    return [(sheet.number, line) for line in sorted([*sheet.lines, *rows], key=lambda line: line.box[1])]


# --- the agenda's list


def _listed(told_lines: Sequence[tuple[int, Line]]) -> Iterator[Listed]:
    """The items in the agenda's list: numbered lines that count up, each with what belongs to its title."""
    lines = list(_before_papers(told_lines))
    signs = {legend[1] for _, line in lines if (legend := LEGEND.match(line.text))}
    numbered = [line for _, line in lines if _numbered(line)]
    bold = any(line.bold for line in numbered)
    found: list[Listed] = []
    exempt = False  # whether what is listed next is
    for position, (page, line) in enumerate(lines):
        match = _numbered(line)
        if not match:
            exempt = _marked(line, line.bold >= bold, found, exempt)
            continue
        number, last = int(match["number"]), int(found[-1].number) if found else 0
        if found and (number == 1 and page > found[-1].at[0]):
            break  # the paragraphs of a report
        told = line.bold >= bold or bool(PAGES.search(line.text))
        if not told or not last < number <= last + 4:
            continue
        title, label = _title(match["title"], [below for on, below in lines[position : position + 5] if on == page])
        closes = bool(EXCLUSION.search(title))
        closed = exempt or (not closes and marks.of_heading(title, near_head=False) == "exempt")
        closed = closed or any(sign in match["title"] for sign in signs)
        found.append(Listed(str(number), title, label, closed, (page, line.box[1])))
        exempt = exempt or closes
    yield from found


def _numbered(line: Line) -> re.Match[str] | None:
    return None if BARE_PAGES.match(line.text) else LISTED.match(line.text)


def _before_papers(lines: Sequence[tuple[int, Line]]) -> Iterator[tuple[int, Line]]:
    """The lines down to one that has the number and the title of one before: there an item's own papers begin."""
    seen: dict[str, set[str]] = {}
    for page, line in lines:
        if match := _numbered(line):
            words = _words(match["title"])
            if words and words <= seen.get(match["number"], set()):
                return
            seen.setdefault(match["number"], words)
        yield page, line


def _marked(line: Line, told: bool, found: list[Listed], exempt: bool) -> bool:
    """Whether what is listed below a line is exempt; a mark that is no heading over several closes the item above."""
    text = marks.plain(line.text)
    if LEGEND.match(text):
        return exempt
    mark = marks.of_heading(text) if len(text) < LONGEST_MARK else ""
    several = bool(SECTION.search(text)) and not APPENDIX.search(text)
    if mark == "exempt" and found and not several and not APPENDIX.search(text):
        found[-1] = replace(found[-1], exempt=True)
    if not told or APPENDIX.search(text):
        return exempt
    if mark == "exempt" and (several or ALONE.match(text) or not found):
        return True
    return exempt and not (mark == "public" and several)


def _title(begun: str, lines: Sequence[Line]) -> tuple[str, int]:
    """An item's title, over up to four lines, and the number of the page that it names, 0 for none."""
    text = begun
    for line in lines[1:]:
        if PAGES.search(text) or (LISTED.match(line.text) and not BARE_PAGES.match(line.text)):
            break
        if len(line.text) < LONGEST_MARK and (mark := marks.of_heading(marks.plain(line.text))):
            if SECTION.search(line.text) or mark == "public":
                break
            continue
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


# --- items that begin in a page's midst


def _lower(
    listed: Sequence[Listed], starts: Sequence[Start], front: Front, paged: Sequence[Sequence[Block]]
) -> Iterator[Start]:
    """Items that begin where "Agenda Item 7" heads a block, and, where one of these is exempt, where its title does."""
    found = {start.number: (start.page, start.top) for start in starts}
    waiting = [item for item in listed if item.number not in found]
    waiting = waiting if any(item.exempt for item in waiting) else []
    for block in (block for page in paged for block in page):
        at = block.page, block.box[1]
        if at < front.ends:
            continue
        number = headed(block)
        item = next((item for item in waiting if _is_title(block, item)), None)
        number = number or (item.number if item else "")
        if number and number not in found and _in_order_of(number, at, found):
            found[number] = at
            waiting = [other for other in waiting if _rank(other.number) > _rank(number)]
            yield Start(*at, number)


def _is_title(block: Block, item: Listed) -> bool:
    """Whether a block is an item's title: its number with most of its words, or all of its words and few others."""
    if block.level is None and len(block.text) > LONGEST_MARK:
        return False
    numbered = LISTED.match(block.text)
    said, words = _words(numbered["title"] if numbered else block.text), _words(item.title)
    if not words or not said:
        return False
    if numbered and numbered["number"] == item.number:
        return len(words & said) >= 0.6 * len(words)
    return block.level is not None and words <= said and len(said) <= len(words) + 2


def _in_order_of(number: str, at: tuple[int, float], found: dict[str, tuple[int, float]]) -> bool:
    return all((_rank(number) > _rank(other)) == (at > place) for other, place in found.items())
