"""What a meeting decided, from its notes or minutes: sentences that say "resolved" or "agreed", and motions."""

import re
from collections.abc import Iterable, Iterator

from corpus.paper import Pack
from indexer.meeting.minutes import POINT, THERE, Point, points, when
from kpi_tools.ledger import Record

_BODY = r"(?i:committee|members|cabinet|board|panel|council|executive|forum|group|meeting)"
_HOW = r"(?:also |then |further |unanimously )?"
_DECIDED = re.compile(
    rf"^(?:[Ii]t was )?(?:RESOLVED|AGREED|DECISIONS?|NOTED|RECOMMENDED)\b|^(?:Resolved|Agreed|Decision)\s*[:–-]"
    rf"|\bRESOLVED\b|\b[Rr]esolved (?:that|to)\b"
    rf"|\b(?:[Ii]t was|IT WAS) {_HOW}(?i:resolved|agreed|decided)\b(?! (?:by|in|upon|at|on)\b)"
    rf"|\b{_BODY} (?i:recommends|recommended) that\b"
    rf"|\b{_BODY} {_HOW}(?i:resolved|agreed|approved|decided) (?:that|to|the)\b|\b{_BODY} AGREED\b"
)
_OF = re.compile(
    r"\b(?P<of>(?i:the )?(?:[A-Z][\w’'&-]+|officers)(?: (?:[A-Z][\w’'&-]+|of|and|for|the)){0,20})"
    r" (?:(?:be|is|was|are|were) (?:asked|requested|instructed|authorised|delegated[\w ]*)|to|will|shall) [a-z]"
)
_NO_ONE = re.compile(
    r"^(?:the )?(?:RESOLVED|AGREED|IT WAS|That|It|This|Members|DECISION|NOTED|Resolved|Agreed|Decision|RECOMMENDED)\b",
    re.I,
)
# That something was decided, which the sentence before it tells.
_BRIEFLY = re.compile(r"(?:This was )?(?:AGREED|RESOLVED|CARRIED|APPROVED)(?: [a-z]+){0,3}\.?", re.IGNORECASE)
_END = re.compile(r"(?<!\b[A-Z])(?<!Cllr)(?<!Mr)(?<!Dr)(?<!Mrs)[.!?](?=\s+[A-Z]|\s*$)")
LEAST = 5  # words of a point with its mark; fewer, that nothing ends, are a heading
_LEADS = re.compile(
    r":[–-]?\s*$|\b(?i:that|to)\s*[:–-]?\s*$|^(?:RESOLVED|AGREED|Resolved|Agreed|DECISIONS?|IT WAS \w+)\W*$"
)
# What opens a motion, told by its number or by who moved it; and what came of it.
_MOVED = re.compile(
    r"^\W*(?:(?:motion|resolution)\b[^.:]*\d|[A-Z]{0,2}\d{4}-\d{1,4}\b.{0,80}:(?:\s|$)|moved by\b)", re.IGNORECASE
)
_VOTED = re.compile(r"\b(?:carried|defeated|lost|withdrawn|deferred)\b\W*$", re.IGNORECASE)
MOST = 250  # words of a motion
_HEADING = re.compile(r"^(?:(?i:item)\s)?\d+(?:\.\d+)*\.?\s+[A-Z][^.:;]*$")
_RUN_IN = re.compile(r"^\d+\.?\s+(?P<heading>[A-Z][\w’'&,/-]*(?: [\w’'&,/-]+){0,6})\.\s+(?=[A-Z])")
_NUMBERED = re.compile(r"^(?P<number>\d+)\.?\s+[A-Z]")
_BARE = re.compile(r"[A-Z]+\W*")
_REF = re.compile(
    r"^\W*(?:(?:motion|resolution|minute)\s+(?:number\s|no\.?\s)?)?(?P<ref>[A-Z]{0,2}\d{2,4}[-/]\d{1,4})\b",
    re.IGNORECASE,
)
SIGNS = "\uf0a7\uf0b7 "  # of lists, that only their own fonts can show
LONGEST = 14  # words of a heading


def decisions(pack: Pack) -> tuple[Record, ...]:
    """The decisions of the meetings whose notes or minutes stand in a pack; of a list, each of its points is one."""
    return tuple(_decided(pack))


def _decided(pack: Pack) -> Iterator[Record]:
    lead = about = ""  # what the points that follow were said to be: "RESOLVED that:", and what they are about
    of_number = False  # whether headings are numbered: one without a number is below them
    last = 0  # number of a heading
    for point, motion in _motions(points(pack)):
        if motion:
            yield _record(pack, point, motion, about if of_number else "")
            continue
        text, marked = point.text, POINT.match(point.text)
        if lead and point.meeting and _goes_on(point, lead):
            if not marked and _LEADS.search(text):
                lead = f"{lead} {text}"
                continue
            yield _record(pack, point, f"{lead} {text.lstrip(SIGNS)}", about)
            lead = lead if marked else ""
            continue
        lead = ""
        if not point.meeting:
            about, of_number, last = "", False, 0
            continue
        if _heads(point, last + 1):
            last = _number(text) or last
            numbered = bool(_HEADING.match(text) or _number(text))
            about, of_number = (POINT.sub("", text).strip(), numbered) if numbered or not of_number else (about, True)
            continue
        own, whole = _own_heading(text, about), POINT.sub("", text)
        before = ""
        for sentence in _sentences(whole):
            if _BRIEFLY.fullmatch(sentence) and before:
                yield _record(pack, point, f"{before} {sentence}", own, whole)
            elif _LEADS.search(sentence) and _DECIDED.search(sentence):
                lead = sentence
            elif _DECIDED.search(sentence):
                yield _record(pack, point, sentence, own, whole)
            before = sentence


def _goes_on(point: Point, lead: str) -> bool:
    """Whether a paragraph is one of what was led to: it has a mark, or stands below a bare "RESOLVED:-"."""
    marked = POINT.match(point.text)
    short = marked and len(point.text.split()) < LEAST and not point.text.endswith((".", ";"))
    listed = marked or _BARE.fullmatch(lead)
    return bool(listed) and not (point.line.bold or short or _DECIDED.search(point.text))


def _motions(every: Iterable[Point]) -> Iterator[tuple[Point, str]]:
    """Each paragraph and "", or where a motion begins and all of it, from who moved it to what came of it."""
    motion: list[Point] = []
    for point in every:
        moved = bool(point.meeting and _MOVED.match(point.text))
        over = motion and (not point.meeting or (moved and not all(_MOVED.match(p.text) for p in motion)))
        if over or sum(len(p.text.split()) for p in motion) > MOST:  # nothing came of it: it was none
            yield from ((p, "") for p in motion)
            motion = []
        if not (moved or motion):
            yield point, ""
            continue
        motion.append(point)
        said = " ".join(p.text for p in motion)
        if _VOTED.search(said):
            yield motion[0], said
            motion = []
    yield from ((p, "") for p in motion)


def _number(text: str) -> int:
    """The number of a heading; 0 for none."""
    found = _NUMBERED.match(text)
    return int(found["number"]) if found else 0


def _heads(point: Point, due: int) -> bool:
    """Whether a paragraph is the heading of what follows it; one with the number that is due may have a colon in it."""
    short = (
        len(point.text.split()) <= LONGEST
        and not point.text.endswith((".", ":"))
        and not _DECIDED.search(POINT.sub("", point.text))
    )
    headed = _HEADING.match(point.text) is not None or (due > 1 and _number(point.text) == due)
    return short and (point.line.bold or headed)


def _own_heading(text: str, above: str) -> str:
    """What a numbered paragraph is about: the words it opens with ("13. Performance. The chair ..."); else the
    heading `above`, if that is not over those who were there."""
    own = _RUN_IN.match(text)
    return own["heading"] if own else "" if THERE.match(above) else above


def _record(pack: Pack, point: Point, text: str, about: str, whole: str = "") -> Record:
    """A decision, quoted with the `whole` paragraph that it stands in, which says what "this" is."""
    place = pack.place(point.page.number, point.line.box)
    told = text.rstrip(";,")
    of = next((m["of"] for m in _OF.finditer(told) if not _NO_ONE.match(m["of"])), "")
    numbered = _REF.match(point.text)
    fields = {
        "ref": numbered["ref"] if numbered else "",
        "text": told,
        "about": about,
        "of": of,
        "due": when(told),
        "meeting": point.meeting,
    }
    return Record("decision", pack.date, fields, place, whole or told, pack.exempt(place))


def _sentences(text: str) -> Iterator[str]:
    begins = 0
    for end in _END.finditer(text):
        yield text[begins : end.end()].strip()
        begins = end.end()
    if left := text[begins:].strip():
        yield left
