"""What was asked for at a meeting, from its notes or minutes: of whom, by whom and by when, where the sentence says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.paper import Line, Pack, Page
from indexer.people import meetings
from kpi_tools.due import find_days
from kpi_tools.ledger import Record

_MEMBERS = (
    r"(?:(?:the |one |several |some |both )?"
    r"(?:members?|councillors?|committee|panel|board|cabinet|(?:vice[- ]?)?chair\w*)"
    r"(?: of the (?:committee|panel|board))?|(?:cllrs?\.?|councillors?) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)"
)
_OFFICERS = (
    r"(?:(?i:(?:the |an? )?(?:(?:lead |senior )?officers?|director[\w ]{0,30}?|head of [\w ]{2,30}?|manager|"
    r"section 151 officer|monitoring officer))|[A-Z][\w&]+(?: representatives?)?)"
)
_DO = (
    r"(?:brief|provide|bring|circulate|report|present|review|consider|investigate|explore|amend|share|send|clarify|"
    r"update|return|look into|follow up|check|confirm|prepare|produce|contact|arrange|add|write|be present)"
)
_DONE = (
    r"(?:amended|provided|brought|circulated|reported|presented|reviewed|considered|explored|tabled|added|shared|sent|"
    r"investigated|updated|clarified|included|looked (?:at|into)|prepared|produced|arranged|invited to)"
)
_SAID = r"(?i:also |further |then |had )?"
# A sentence that asks for something: by whom, and of whom, where its form tells.
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b(?P<by>(?i:{_MEMBERS})) {_SAID}(?i:requested|called for|suggested|urged)\b",
        rf"\b(?P<by>(?i:{_MEMBERS})) {_SAID}(?i:asked (?:for|that|to)|would like|wished to see)\b",
        rf"\b(?P<by>(?i:{_MEMBERS})) {_SAID}(?i:asked) (?P<of>{_OFFICERS}) (?:to|for)\b",
        r"\b(?i:(?:request|suggestion|proposal)s? (?:was|were|had been) made (?:for|that|to))\b",
        r"\b(?i:it was (?:requested|suggested))\b",
        rf"\b(?P<of>{_OFFICERS}) (?:was|were) (?:asked|requested|invited|instructed) to\b",
        rf"\b(?P<of>{_OFFICERS}) (?:to|(?:will|would|should)(?: be)?|(?:agreed|undertook|offered) to) {_DO}\b",
        rf"\b(?P<of>{_OFFICERS}) [a-z][^.;]{{3,80}}? (?:and|but) (?:will|would) {_DO}\b",
        rf"\b(?P<of>{_OFFICERS}) (?:will|would|should|to) be {_DONE}\b",
        rf"\b(?:to|would|will|should|must) be {_DONE}\b",
        r"\b(?:is|are|was|were) (?:required|requested)\b(?! to\b| by (?:law|statute))",
        r"^(?:ACTION|Action)s?(?: point)?s?\s*[:–-]\s*(?P<of>[A-Z][\w ]{2,30}? to\b)?",
    )
)
_THINGS = re.compile(r"^(?:this|that|it|he|she|they|these|there|which|table|report|resolved|agreed|members?)$", re.I)
_WHEN = re.compile(
    r"\b(?:by|at|in|before|for) (?:the )?(?:next|following|\w+ember|january|february|march|april|may|june|july|august"
    r"|october)\b(?: \d{4})?(?: (?:meeting|committee|panel|report|quarter|year))?"
    r"|\bto (?:the|its|their) (?:next|following|\w+ember|january|february|march|april|may|june|july|august|october)"
    r" (?:meeting|committee|panel|board)",
    re.IGNORECASE,
)
_POINT = re.compile(r"^\s*(?:[–•▪●·*-]|\(?(?:\d+(?:\.\d+)*|[a-z])[.)])\s")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"‘(])")
_GAP = 1.6  # times a line's height: a wider one parts two points


@dataclass(frozen=True, slots=True)
class _Point:
    """One point of the notes: its lines, in one text, and where it begins."""

    page: Page
    line: Line
    meeting: str
    text: str


def requests(pack: Pack) -> tuple[Record, ...]:
    """What the notes or minutes in a pack say was asked for; each with the whole point that it stands in."""
    return tuple(found for point in _points(pack) for found in _asked(pack, point))


def _points(pack: Pack) -> Iterator[_Point]:
    last: _Point | None = None
    foot = 0.0
    for page, meeting in meetings(pack):
        if not meeting:
            continue
        for line in page.lines:
            begins = last is None or last.meeting != meeting or _POINT.match(line.text)
            apart = line.box[1] - foot > (_GAP - 1) * (line.box[3] - line.box[1]) if line.box[1] >= foot else False
            if last and not begins and (not apart or line.text[:1].islower()):
                last = _Point(last.page, last.line, meeting, f"{last.text} {line.text.strip()}")
            else:
                if last:
                    yield last
                last = _Point(page, line, meeting, line.text.strip())
            foot = line.box[3]
    if last:
        yield last


def _asked(pack: Pack, point: _Point) -> Iterator[Record]:
    whole = _POINT.sub("", point.text)
    for sentence in _SENTENCE.split(whole):
        found = next((at for form in FORMS if (at := form.search(sentence))), None)
        if found is None:
            continue
        named = found.groupdict()
        of = re.sub(r" to$", "", (named.get("of") or "").strip())
        fields = {
            "text": sentence,
            "about": whole if whole != sentence else "",
            "by": (named.get("by") or "").strip(),
            "of": "" if _THINGS.match(of) else of,
            "due": _when(sentence[found.start() :]),
            "meeting": point.meeting,
        }
        place = pack.place(point.page.number, point.line.box)
        yield Record("request", pack.date, fields, place, whole, pack.exempt(place))


def _when(text: str) -> str:
    """When a sentence wants it, in its own words; "" where it does not say."""
    days = [day for day in find_days(text) if re.search(r"\b(by|before|on|for|at)\s*(the )?$", text[: day.start])]
    if days:
        return text[days[0].start : days[0].end]
    found = _WHEN.search(text)
    return found[0] if found else ""
