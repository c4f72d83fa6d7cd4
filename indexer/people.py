"""Who sits on the committee, who was there, who sent apologies: read from lists and sentences of running text."""

import re
from collections.abc import Iterator

from corpus.paper import Line, Pack, Page
from kpi_tools.ledger import KINDS, Record
from kpi_tools.names import find_entities

# What opens a list of people, and the role of those in it.
OPENINGS = (
    (
        re.compile(r"^members of the (committee|board|panel)\b.*$|^membership:?$|^committee members:?$", re.IGNORECASE),
        "member",
    ),
    (
        re.compile(r"^(councillors( present)?|present|members present|attendance|in attendance)\s*:?$", re.IGNORECASE),
        "present",
    ),
    (re.compile(r"^officers( present)?\s*:?$|^also present\s*:?$", re.IGNORECASE), "officer"),
)
_TITLE = r"(?:Cllr\.?|Councillor|Cllr\.? Dr|Councillor Dr)"
_PERSON = re.compile(rf"^(?P<title>{_TITLE}\s+)?(?P<name>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){{1,3}}),\s+(?P<rest>.+)$")
_APOLOGIES = re.compile(
    rf"apolog(?:y|ies)[^.;]*?\b(?:from|by)\b\s+(?P<after>[^.;]+)"
    rf"|(?P<before>{_TITLE}[^.;]+?)\s+(?:sent|gave|had sent)\s+(?:(?:his|her|their)\s+)?apologies",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]+)+"
_NAMED = re.compile(rf"{_TITLE}\s+(?P<name>[A-Z][\w'’-]*(?: [A-Z][\w'’-]+)*)")
# "Councillors A. Marlow (Chair), R. Desai and J. Pike": one title for all, what they are in brackets.
_TITLED = re.compile(
    rf"\b(?:Councillors|Cllrs\.?)\s+(?P<names>{_NAME}(?:\s*\([^)]*\))?(?:(?:,| and|, and)\s+{_NAME}(?:\s*\([^)]*\))?)*)"
)
_PRESENT = re.compile(
    r"^(?:members )?(?:present|attendance|in attendance)\s*:\s*(?P<who>(?:Councillors|Cllrs)\b.+)$", re.IGNORECASE
)
_DAY = r"\b\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\s+\d{4}\b"
_MEETING = re.compile(_DAY)
# What an agenda says of the minutes of an earlier meeting, which stand elsewhere.
_ON_AGENDA = re.compile(
    r"\b(?:last|previous) meeting\b|^\W*(?:to|the)\b.*\b(?:notes|minutes)\b|\bpages? \d+", re.IGNORECASE
)
# A heading that says whose minutes follow: the paper's own meeting is another.
_MINUTES = re.compile(
    rf"^\W*(?:\d+\.?\s+)?(?i:minutes|notes) (?i:of)\b[^.]{{0,80}}?\b(?:on|of)\b[^.]{{0,12}}?(?P<day>{_DAY})\W*$"
)


def people(pack: Pack) -> tuple[Record, ...]:
    """The records of people in a pack, each with the line that names them."""
    records: list[Record] = []
    for page, meeting in meetings(pack):
        records += _listed(pack, page, meeting)
        records += _present(pack, page, meeting)
        records += _apologies(pack, page, meeting)
    return tuple(records)


def meetings(pack: Pack) -> Iterator[tuple[Page, str]]:
    """Each page with the day of the meeting whose notes it is part of; "" for any other page."""
    meeting, item = "", ""
    for page in pack.pages:
        goes_on = page.item == item and (item or not pack.items)
        meeting, item = _meeting(page) or (meeting if goes_on else ""), page.item
        yield page, meeting


def _meeting(page: Page) -> str:
    """The day of the meeting whose notes a page begins; "" elsewhere."""
    if named := next((m for line in page.lines if (m := _MINUTES.search(line.text))), None):
        return named["day"]
    head = [line.text for line in page.lines[:8]]
    if not any(re.search(r"\b(notes|minutes)\b", text, re.IGNORECASE) and not _ON_AGENDA.search(text) for text in head):
        return ""
    found = _MEETING.search(" ".join(head))
    return found[0] if found else ""


def _listed(pack: Pack, page: Page, meeting: str) -> Iterator[Record]:
    role = ""
    for line in page.lines:
        text = line.text.strip()
        opened = next((kind for opening, kind in OPENINGS if opening.match(text)), "")
        if opened:
            role = opened
            continue
        found = None if _TITLED.match(text) else _PERSON.match(text)
        if role and found:
            if role != "officer" and not find_entities(found["rest"]):
                continue
            last = found["rest"].rpartition(",")[2].strip()
            council = last if find_entities(last) else found["rest"]
            yield _record(pack, page, line, found["name"], council, role, meeting)
        elif role and not found and len(text.split()) > 12:
            role = ""


def _apologies(pack: Pack, page: Page, meeting: str) -> Iterator[Record]:
    for line in page.lines:
        for found in _APOLOGIES.finditer(line.text):
            for name in _names(found["after"] or found["before"] or ""):
                yield _record(pack, page, line, name, "", "apologies", meeting)


def _present(pack: Pack, page: Page, meeting: str) -> Iterator[Record]:
    """Those whom one sentence lists behind "Present:"."""
    for line in page.lines:
        if meeting and (found := _PRESENT.match(line.text.strip())):
            for name in _names(found["who"]):
                yield _record(pack, page, line, name, "", "present", meeting)


def _names(text: str) -> list[str]:
    """The councillors whom a text names, each with the title before the name or one title for several."""
    several = [
        name for found in _TITLED.finditer(text) for name in re.findall(_NAME, re.sub(r"\([^)]*\)", "", found["names"]))
    ]
    return [*several, *(person["name"] for person in _NAMED.finditer(text))]


def _record(pack: Pack, page: Page, line: Line, name: str, council: str, role: str, meeting: str) -> Record:
    fields = {"name": name, "council": council, "role": role, "meeting": meeting}
    place = pack.place(page.number, line.box)
    return Record("member", pack.date, {k: fields[k] for k in KINDS["member"]}, place, line.text, pack.exempt(place))
