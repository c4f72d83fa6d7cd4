"""The items of an agenda and their reports: on which pages, who wrote them, when, and what they recommend."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.paper import AgendaItem, Box, Line, Pack, line_of
from indexer.meeting.agenda_list import AGENDA_PAGES, AGENDAS, is_agenda, list_items
from indexer.meeting.minutes import POINT, Point, points
from indexer.text.layout import LONGEST_HEADING
from kpi_tools.due import find_days
from kpi_tools.ledger import KINDS, Record
from kpi_tools.names import squash

HEAD = 30  # lines of a report's first page among which its head stands
MOST_NAMED = 20  # words of who wrote a report
LEAST_SAID = 4  # words of what is recommended; fewer are the next heading, where no mark ends them
_ENDED = re.compile(r"[.;]\s*(?:and)?$")
# What a report's head calls who wrote it, in whose name it is, who answers for it, and its day.
LABELS = {
    "author": r"(?:report )?authors?(?: of (?:the )?report)?|(?:report )?(?:written|prepared|drafted|compiled) by"
    r"|report writer|reporting officers?|name of author",
    "of": r"(?:joint )?report (?:of|by|from)(?: the)?|(?:joint )?report to be presented by|presented by|submitted by",
    "contact": r"contact(?: officers?| for enquiries| details)?|for further information(?: please)? contact"
    r"|officer contact|lead officers?|responsible officers?|report contact|enquiries to",
    "title": r"(?:report )?title(?: of (?:the )?report)?|report subject|subject(?: of report)?",
    "date": r"date(?: of (?:report|meeting|decision))?|report date|meeting date|date of committee",
}
_MARK_BEHIND = r"(?:\s*(?:\(s\))?\s*(?::|[–-]\s)\s*|(?<=\bof)\s+|(?<=\bby)\s+|(?<=\bthe)\s+|\s*$)"
_HEADED = {name: re.compile(rf"^(?:{form}){_MARK_BEHIND}(?P<said>.*)$", re.IGNORECASE) for name, form in LABELS.items()}
_BEHIND = re.compile(
    r"[,;\s(–-]{0,40}+(?:\S+@\S+|\b(?:tel|telephone|phone|e-?mail|ext|mobile)\b.*|<[^>]*>.*|\b0\d{3,}.*)",
    re.IGNORECASE,
)
_RECOMMENDATIONS = re.compile(
    r"\d*(?:officers?|thefollowing|proposed|summaryof|key)?recommendations?(?:s|tothe\w{0,30}|are(?:tabled|made|proposed)?"
    r"(?:to\w{0,40})?|for\w{0,30}|anddecisions?)?"
)
_RECOMMENDED = re.compile(
    r"^(?:it is |(?:the )?[\w ,&]{0,60}(?:is|are) )?(?:recommended|asked|requested|invited)\b:? ?(?:that|to)?\b"
    r"|^that (?:the )?(?:[\w ,&]{0,60})?\b(?:recommends?)\b|^recommendations?\s*(?:\d+)?\s*[:–-]\s*\S",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:recommended|recommends?|recommendations?)\b|\b(?:asked|requested|invited) to\b", re.IGNORECASE
)
# Capital letters count what is recommended, and nothing elsewhere: "A. Smith" is no first point.
_LETTERED = re.compile(r"^\(?[A-Z][.)]\s")
_MARK = re.compile(r"^[-–•▪●*\s]*(?P<mark>\(?(?:\d+(?:\.\d+)*|[a-zA-Z]|[ivx]{1,4})[.)]|\d+\.\d+(?:\.\d+)*)?\)?\s+")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a report's head, or a label of a table with what stands beside it."""

    page: int
    box: Box
    text: str


def reports(pack: Pack) -> tuple[Record, ...]:
    """An agenda's items, or the one report that a paper is, and the recommendations of each."""
    return (*_items(pack), *_recommendations(pack))


# --- items and their heads


def _items(pack: Pack) -> Iterator[Record]:
    with_papers = sorted(pack.items, key=lambda item: item.first_page)
    for at, item in enumerate(with_papers):
        after = with_papers[at + 1].first_page if at + 1 < len(with_papers) else len(pack.pages) + 1
        last = max(item.first_page, after - 1)
        if after <= len(pack.pages) and any(number == item.number for _, number in pack.pages[after - 1].turns):
            last = after
        yield _item(pack, item, last)
    listed = list(_without_papers(pack, {item.number for item in pack.items}))
    yield from listed
    if not (pack.items or listed) and pack.pages:
        head = _head(pack, 1, "")
        if any(said for name, (said, _) in head.items() if name != "title"):
            yield _item(pack, AgendaItem("", pack.title, 1, False), len(pack.pages))


def _item(pack: Pack, item: AgendaItem, last: int) -> Record:
    head = _head(pack, item.first_page, item.number)
    told = {"number": item.number, "title": item.title, "first_page": str(item.first_page), "last_page": str(last)}
    told |= {name: said for name, (said, _) in head.items() if name != "title" or (said and not item.number)}
    told["access"] = "exempt" if item.exempt else "public"
    quotes = [quote for said, quote in head.values() if said]
    page = pack.pages[item.first_page - 1]
    begins = next((top for top, number in page.turns if number == item.number), 0.0)
    place = pack.place(item.first_page, (0.0, begins, page.width, begins))
    place = replace(place, item=item.number)
    text = " | ".join((f"Item {item.number}: {item.title}" if item.number else item.title, *quotes))
    return Record("agenda_item", pack.date, _every(told), place, text, item.exempt or pack.exempt(place))


def _every(told: dict[str, str]) -> dict[str, str]:
    return {name: told.get(name, "") for name in KINDS["agenda_item"]}


def _without_papers(pack: Pack, held: set[str]) -> Iterator[Record]:
    """The items that an agenda lists and has no papers for. Where none has any, the list stands below its heading."""
    end = min([*(item.first_page for item in pack.items), AGENDA_PAGES + 1]) - 1
    lines = [(page.number, line) for page in pack.pages[:end] for line in page.lines]
    if not pack.items:
        head = next((at for at, (_, line) in enumerate(lines) if squash(line.text) in AGENDAS), len(lines))
        lines = [each for each in lines[head:] if each[0] == lines[head][0]]
    for item in list_items(lines) if is_agenda([line.text for _, line in lines]) else ():
        if item.number not in held:
            page, top = item.at
            place = pack.place(page, (0.0, top, pack.pages[page - 1].width, top + 10))
            told = {"number": item.number, "title": item.title, "access": "exempt" if item.exempt else "public"}
            quote = f"{item.number}. {item.title}"
            yield Record("agenda_item", pack.date, _every(told), place, quote, item.exempt or pack.exempt(place))


def _head(pack: Pack, page: int, item: str) -> dict[str, tuple[str, str]]:
    """What a report's head says by label, each with the text that says it; ("", "") for what it does not say."""
    lines = list(_head_lines(pack, page, item))
    found = dict.fromkeys(LABELS, ("", ""))
    for at, line in enumerate(lines):
        for name, form in _HEADED.items():
            match = form.match(line.text)
            if match is None or found[name][0]:
                continue
            said = match["said"].strip() or (lines[at + 1].text if at + 1 < len(lines) else "")
            said = _BEHIND.sub("", said).strip(" ,;:.")
            named = name != "date" and said[:1].isupper() and len(said.split()) <= MOST_NAMED
            labelled = any(other.match(said) for other in _HEADED.values())
            if said and not labelled and (named or (name == "date" and find_days(said))):
                found[name] = said, f"{match[0].removesuffix(match['said'])}{said}".strip()
                break
    return found


def _head_lines(pack: Pack, page: int, item: str) -> Iterator[_Line]:
    own = pack.pages[page - 1]
    lines = [
        _Line(page, line.box, line.text.strip()) for line in own.lines if own.item_at(line.box[1]) == item or not item
    ]
    for table in pack.tables:
        for row in table.rows if table.page == page else ():
            cells = [cell for cell in row if cell and cell.page == page and cell.text.strip()]
            texts = [line_of(cell) for cell in cells]
            for cell, text, beside in zip(cells, texts, (*texts, "")[1:], strict=True):
                if beside and (len(texts) == 2 or text.endswith(":")):
                    lines.append(_Line(page, cell.box, f"{text.rstrip(': ')}: {beside}"))
                elif len(texts) < 3:
                    lines.append(_Line(page, cell.box, text))
    yield from sorted(lines, key=lambda line: line.box[1])[: 2 * HEAD]


# --- recommendations


def _recommendations(pack: Pack) -> Iterator[Record]:
    seen: set[tuple[str, str]] = set()
    for point, text in (*_in_text(pack), *_in_tables(pack)):
        place = pack.place(point.page.number, point.line.box)
        key = place.item, squash(_MARK.sub("", text))
        if key not in seen and len(text.split()) > 2:
            seen.add(key)
            title = next((item.title for item in pack.items if item.number == place.item), pack.title)
            fields = {"text": text, "report": title}
            yield Record("recommendation", pack.date, fields, place, text, pack.exempt(place))


def _in_text(pack: Pack) -> Iterator[tuple[Point, str]]:
    """The points below a heading, or a sentence, that says they are recommended."""
    lead, mark, open_ = "", "", False
    for point in points(pack):
        if point.meeting:
            open_ = False
            continue
        short = len(point.text) <= LONGEST_HEADING
        heads = short and bool(_RECOMMENDATIONS.fullmatch(squash(POINT.sub("", point.text))))
        told = None if heads else _RECOMMENDED.match(_MARK.sub("", point.text))
        if heads or (told and _ASKED.search(told[0]) and point.text.rstrip().endswith(":")):
            lead, mark, open_ = ("" if heads else _MARK.sub("", point.text)), "", True
        elif told and _ASKED.search(told[0]) and (open_ or "recommend" in told[0].lower()):
            yield (
                point,
                re.sub(r"^recommendations?\s*\d*\s*[:–-]\s*", "", _MARK.sub("", point.text), flags=re.IGNORECASE),
            )
            open_ = False
        elif open_:
            own = _kind(point.text)
            if not own and not mark and point.text.rstrip().endswith(":"):
                lead = point.text
            elif own != (mark or own) or (
                len(_MARK.sub("", point.text).split()) < LEAST_SAID and not _ENDED.search(point.text)
            ):
                open_ = False
            else:
                yield point, f"{lead} {_MARK.sub('', point.text)}".strip()
                mark, open_ = own, bool(own)


def _kind(text: str) -> str:
    """What kind of mark a point has: "a", "A", "1" or "-"; "" for none."""
    found = _MARK.match(text) if POINT.match(text) or _LETTERED.match(text) else None
    if found is None:
        return ""
    inner = re.sub(r"[().]", "", found["mark"] or "-")
    return (
        "1" * len(found["mark"].strip("().").split("."))
        if inner[0].isdigit()
        else "-"
        if inner == "-"
        else "A"
        if inner.isupper()
        else "a"
    )


def _in_tables(pack: Pack) -> Iterator[tuple[Point, str]]:
    """A cell that says what is recommended; of several points in it, each."""
    for table in pack.tables:
        for row in table.rows:
            for cell in row:
                text = line_of(cell)
                found = re.search(r"\b(?:is|are) recommended (?:that|to)\b", text) if cell else None
                if cell and found and len(text.split()) > 4:
                    lead, *rest = re.split(r"(?<=[:;.])\s+(?=\(?(?:\d{1,2}|[a-z])[.)]\s)", text)
                    page = pack.pages[cell.page - 1]
                    line = Line(text, cell.box, 0.0, False)
                    for part in rest or [""]:
                        yield Point(page, line, "", (text,)), f"{lead} {_MARK.sub('', part)}".strip()
