"""Who sits on the committee, who was there, who sent apologies: read from lists and sentences of running text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.paper import Line, Pack, Page
from indexer.meeting.agenda_list import AGENDA_PAGES
from indexer.meeting.minutes import POINT, Point, meetings, points
from kpi_tools.ledger import KINDS, Record
from kpi_tools.measures import OVERALL
from kpi_tools.names import find_entities

# What opens a list of people, and the role of those in it.
_MEMBERS = r"(?:committee |panel |board |cabinet |other |co-?opted |voting )?(?:members?|councillors?|cllrs)"
OPENINGS = (
    (r"members of the (?:committee|board|panel|cabinet)\b.*|membership|committee members", "member"),
    (
        r"(?:officers|staff|advisers)(?: (?:present|in attendance|attending))?"
        r"|also (?:present|in attendance|attending)",
        "officer",
    ),
    (r"apologies(?: for absence)?|apologies (?:received|given)|absent|not present", "apologies"),
    (r"substitutes?(?: members?)?(?: present| attending)?", "present"),
    (rf"(?:{_MEMBERS} |those )?(?:present|attendance|in attendance|attending|attendees)|{_MEMBERS}", "present"),
)  # fmt: skip
_BESIDE = re.compile(r"in attendance", re.IGNORECASE)  # of those who are no members, where these were listed before
_TITLE = r"(?:(?:Cllr|Councillor|County Councillor|(?:Deputy )?Mayor|Alderman|Mr|Mrs|Ms|Miss|Dr|Sir|Dame)\.?)"
_WORD = r"(?:[A-Z][\w'’-]*\.?|de|van|von|le)"
_NAME = rf"{_WORD}(?: {_WORD}){{0,3}}"
_PART = r"[A-Z](?:[\w'’.-]*[\w'’.])?"
_IN_CHAIR = re.compile(r"\s*\(?\bin the chair\b\)?\W*$", re.IGNORECASE)
_PERSON = re.compile(
    rf"^(?P<title>{_TITLE}(?: {_TITLE})?\s+)?(?P<name>{_PART}(?: {_PART}){{0,3}})"
    r"(?:\s*(?:,|[-–—]\s|\t)\s*(?P<rest>.+)|\s*\((?P<post>[^)]*)\)\s*(?P<after>.*))?$"
)
_APOLOGIES = re.compile(
    rf"apolog(?:y|ies)\b(?P<how>[^;]*?)\b(?:from|by|on behalf of|absence of|absence:|were:)\s+(?P<after>.+)"
    rf"|(?P<before>{_TITLE}[^;]+?)\s+(?:(?:had )?sent|gave|(?:had )?given|tendered|submitted)\s+"
    r"(?:(?:an?|his|her|their)\s+)?apolog(?:y|ies)",
    re.IGNORECASE,
)
_INLINE = re.compile(r"^(?P<head>[A-Za-z][A-Za-z -]{3,40}?)\s*[:–-]\s*(?P<who>[A-Z].+)$")
# Whom an agenda names to be asked about it.
_CONTACT = re.compile(
    r"^(?:contact(?: officer| name| person)?|(?:please )?ask for|(?:agenda )?enquiries to|clerk)\s*:"
    r"\s*(?P<who>[A-Z].+)$",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(?:Councillors|Cllrs|Members|Messrs)\b\.?|\bC(?:ouncillor|llr)\b\.?", re.IGNORECASE)
_TITLES = re.compile(rf"\b(?:Councillors|Cllrs\.?|(?:The )?(?:Right )?Hon\.?|Messrs|{_TITLE})\s+")
_SEVERAL = re.compile(r"(?:Councillors|Cllrs|Messrs)\b\.?(?= [A-Z])")
_STARRED = re.compile(
    r"\*\s*(?:=|-|–|denotes|indicates|marks)?\s*(?:those |members? )?(?:present|in attendance)", re.IGNORECASE
)
_AND = re.compile(r"\band\b|&")
# A line that ends so ends in the middle of a list, or of a name.
_GOES_ON = re.compile(rf"(?:[,;&]|\band|\bof|\bfor|\b[A-Z]\.?|\b{_TITLE})$")
_OF_AGENDA = re.compile(
    r"(?:committee |board |panel )?(?:members(?:hip)?|councillors)(?: of the [\w ]+)?", re.IGNORECASE
)
# A sentence ends where a new one begins, and not behind "Cllr." or an initial.
_ENDS = re.compile(r"(?<!\b[A-Z])(?<!Cllr)(?<!Mr)(?<!Dr)(?<!Mrs)(?<!Ms)\.(?=\s+[A-Z]|\s*$)|;\s+(?=[a-z])")
_NO_NAME = re.compile(
    r"\b(?:leader|director|manager|officer|council\w*|committee|chair\w*|head|cabinet|member|services?|panel|board|democratic|"
    r"apolog\w+|absence|none|nil|public|agenda|meeting|lead|portfolio|holder|executive|clerk|secretary|team|substitut\w+|"
    r"finance|legal|it|hr|independent|trust|limited|ltd|the|there|no|and|minutes|item|report|present|district|borough|"
    r"county|city|group|partnership|auditors?|observers?)\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s+\b(?:who|for whom|as|with|due|and (?:it|that|the)|substitut\w+ (?:for|by)|from|representing)\b.*$"
    r"|\s+for\s+(?:absence|the).*$"
)


@dataclass(frozen=True, slots=True)
class _Named:
    """One of a list: the name, and what stands beside it in brackets or behind a dash."""

    name: str
    post: str = ""


def people(pack: Pack) -> tuple[Record, ...]:
    """The records of people in a pack, each with the line or sentence that names them."""
    records: list[Record] = []
    for page, meeting in meetings(pack):
        records += _listed(pack, page, meeting)
        records += _contacts(pack, page) if not meeting and page.number <= AGENDA_PAGES else ()
    seen = {(r.fields["name"], r.fields["role"], r.fields["meeting"]) for r in records}
    every = (p for p in points(pack) if _head(p, beside=False)[0] == "present")
    present = {p.meeting for p in every if not _BESIDE.match(_plain(p))}
    present |= {r.fields["meeting"] for r in records if r.fields["role"] == "present"}
    for point in points(pack):
        told = (*_in_line(pack, point, point.meeting in present), *_on_agenda(pack, point), *_apologies(pack, point))
        for found in told:
            key = found.fields["name"], found.fields["role"], found.fields["meeting"]
            if key not in seen:
                seen.add(key)
                records.append(found)
    return tuple(sorted(_those_who_came(records), key=lambda r: (r.place.page, r.place.box[1])))


def _those_who_came(records: Sequence[Record]) -> Iterator[Record]:
    """The records; a list headed "Members:" that also has one who sent apologies tells who belongs, not who came."""
    excused = {(r.fields["name"], r.fields["meeting"]) for r in records if r.fields["role"] == "apologies"}
    belong = {
        r.quote
        for r in records
        if r.fields["role"] == "present"
        and (r.fields["name"], r.fields["meeting"]) in excused
        and (head := _INLINE.match(POINT.sub("", r.quote)))
        and _OF_AGENDA.fullmatch(head["head"].strip())
    }
    for record in records:
        listed = record.fields["role"] == "present" and record.quote in belong
        yield replace(record, fields={**record.fields, "role": "member"}) if listed else record


def _role(text: str, beside: bool) -> str:
    """The role of those whom an opening lists; "" for a text that opens no list."""
    plain = text.strip().rstrip(":.").strip()
    role = next((role for form, role in OPENINGS if re.fullmatch(form, plain, re.IGNORECASE)), "")
    return "officer" if beside and role == "present" and _BESIDE.fullmatch(plain) else role


def _listed(pack: Pack, page: Page, meeting: str) -> Iterator[Record]:
    """Those in lists, a line each, below an opening that stands alone."""
    role, members, starred = "", False, _STARRED.search(page.text)
    for line, text in _whole(page.lines):
        if opened := _role(text, members):
            role = "member" if not meeting and _OF_AGENDA.fullmatch(text.strip(" :.")) else opened
            members = members or role in ("present", "member")
            continue
        if role and _SEVERAL.match(text):
            for one in _names(text, untitled=False):
                yield _record(pack, page, line, text, one.name, "", one.post, role, meeting)
            continue
        found = _PERSON.match(_IN_CHAIR.sub(" (Chair)", text.lstrip("* "))) if role else None
        told = _told(found, role, bool(meeting)) if found else None
        if told:
            came = "absent" if starred and role == "present" and not text.startswith("*") else role
            yield _record(pack, page, line, text, *told, came, meeting)
        elif role and (len(text.split()) > 12 or line.bold or re.match(r"\d+\.?\s", text)):
            role = ""


def _whole(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Each line; one that lists several under one title with those below it that it goes on in, up to its "and"."""
    held: tuple[Line, str] | None = None
    foot = 0.0
    for line in lines:
        text = line.text.strip()
        if held and line.box[1] - foot > line.box[3] - line.box[1]:
            yield held
            held = None
        first, text = (held[0], f"{held[1]} {text}") if held else (line, text)
        foot = line.box[3]
        held = (first, text) if _SEVERAL.match(text) and not _AND.search(text) else None
        if not held:
            yield first, text
    if held:
        yield held


def _contacts(pack: Pack, page: Page) -> Iterator[Record]:
    """Those who are named as the contact for an agenda."""
    for line in page.lines if not page.item else ():
        if found := _CONTACT.match(line.text.strip()):
            for one in _names(found["who"], untitled=True):
                yield _record(pack, page, line, line.text.strip(), one.name, "", one.post, "contact", "")


def _told(found: re.Match[str], role: str, minuted: bool) -> tuple[str, str, str] | None:
    """The name, the council and the post that a line of a list tells; None where it names nobody."""
    name, rest = found["name"].strip(), (found["rest"] or found["after"] or "").strip(" ,–-")
    post = (found["post"] or "").strip()
    by_post = role == "officer" and _of_council(rest)  # an officer may be listed by the post alone
    if (_NO_NAME.search(name) and not by_post) or not (
        found["title"] or (" " in name and (found["rest"] or found["post"] or minuted))
    ):
        return None
    if not rest:
        return name, "", post
    last = rest.rpartition(",")[2].strip()
    council = last if _of_council(last) else rest if _of_council(rest) else ""
    if role in ("member", "present") and not (council or found["title"] or post):
        return None
    left = rest[: -len(council)].strip(" ,") if council and council != rest else "" if council else rest
    return name, council, ", ".join(filter(None, (post, left)))


def _of_council(text: str) -> bool:
    return any(name != OVERALL for name, _, _ in find_entities(text))


def _plain(point: Point) -> str:
    return POINT.sub("", point.text)


def _head(point: Point, beside: bool) -> tuple[str, str]:
    """The role of those whom a sentence lists behind "Present:", and who they are; "" and "" in any other."""
    found = _INLINE.match(_plain(point)) if point.meeting else None
    role = _role(found["head"], beside) if found else ""
    return (role, found["who"]) if found and role else ("", "")


def _on_agenda(pack: Pack, point: Point) -> Iterator[Record]:
    """The members whom one sentence at the head of an agenda lists: "Members: Cllr A Smith (Chair), ..."."""
    page = point.page
    found = _INLINE.match(point.text) if not (point.meeting or page.item) and page.number <= AGENDA_PAGES else None
    if found and _OF_AGENDA.fullmatch(found["head"].strip()):
        for one in _names(found["who"], untitled=not _TITLED.search(found["who"])):
            yield _record(pack, page, point.line, point.text, one.name, "", one.post, "member", "")


def _in_line(pack: Pack, point: Point, beside: bool) -> Iterator[Record]:
    """Those whom one sentence of a meeting's notes lists; `beside`: those present were listed elsewhere."""
    role, who = _head(point, beside)
    if role:
        who = _entries((who.removesuffix(" ".join(point.lines[1:])).strip(), *point.lines[1:]))
    untitled = role in ("officer", "apologies") or not _TITLED.search(who)
    for one in _names(who, untitled):
        yield _record(pack, point.page, point.line, point.text, one.name, "", one.post, role, point.meeting)


def _entries(lines: Sequence[str]) -> str:
    """The lines of a list in one text, with a semicolon before each that begins with another name."""
    text = ""
    for line in lines:
        begins = _PERSON.match(_IN_CHAIR.sub("", line)) and not _GOES_ON.search(text)
        text = f"{text}{'; ' if begins and text else ' '}{line}".strip()
    return text


def _apologies(pack: Pack, point: Point) -> Iterator[Record]:
    start = 0
    for end in [*(m.end() for m in _ENDS.finditer(point.text)), len(point.text)]:
        sentence, start = point.text[start:end], end
        if (found := _APOLOGIES.search(sentence)) and (text := found["after"] or found["before"]):
            for one in _names(text.strip(" .;"), untitled=True):
                yield _record(
                    pack, point.page, point.line, sentence.strip(), one.name, "", one.post, "apologies", point.meeting
                )


def _names(text: str, untitled: bool) -> list[_Named]:
    """The people whom a list in a sentence names: each with a title, or one title for several, or, `untitled`, by a
    name of two words or more."""
    found: list[_Named] = []
    several = False
    masked = re.sub(r"\([^)]*\)|\[[^\]]*\]", lambda m: re.sub(r",|;|\band\b|&", "\0", m[0]), text)
    for part in re.split(r"[,;]|\band\b|&", masked):
        plain = part.strip(" .")
        bracket = re.search(r"[(\[]([^)\]]*)[)\]]|\s[-–]\s(.+)$", plain)
        post = " ".join((bracket[1] or bracket[2] or "").replace("\0", ",").split()) if bracket else ""
        bare = _AFTER.sub("", plain[: bracket.start()].strip() if bracket else plain)
        titled = bool(_TITLES.match(bare))
        several = several or bool(_SEVERAL.match(bare))
        name = bare
        while (cut := _TITLES.sub("", name, count=1)) != name:
            name = cut
        long = len(name.split()) > 1
        if (
            re.fullmatch(_NAME, name)
            and not _NO_NAME.search(name)
            and (titled or several or (long and (untitled or post)))
        ):
            found.append(_Named(name.strip(), post))
        elif found and not titled and part.strip() and not found[-1].post and untitled:
            found[-1] = _Named(found[-1].name, part.strip(" ."))
    return found


def _record(
    pack: Pack, page: Page, line: Line, quote: str, name: str, council: str, post: str, role: str, meeting: str
) -> Record:
    fields = {"name": name, "council": council, "role": role, "post": post, "meeting": meeting}
    place = pack.place(page.number, line.box)
    return Record("member", pack.date, {k: fields[k] for k in KINDS["member"]}, place, quote, pack.exempt(place))
