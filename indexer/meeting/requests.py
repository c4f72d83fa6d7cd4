"""What was asked for at a meeting, from its notes or minutes: of whom, by whom and by when, where the sentence says."""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.paper import Pack
from indexer.meeting.minutes import POINT, Point, points, when
from kpi_tools.due import find_days
from kpi_tools.ledger import Record

# "ACTION: J Smith to circulate the note by 3 May", "(Action: Head of Finance)", "Action 3 – JS / KL".
_ACTION = re.compile(
    r"(?:^|[\[(.;:!?]\s*|\s)(?:ACTIONS?|Actions?)(?: [Pp]oints?)?(?: \d+(?:\.\d+)*)?\s*[:–-]\s*"
    r"(?P<said>[^\])]+)[\])]?\.?\s*$"
)
_ACTIONS = re.compile(r"^(?:\d+\.?\s+)?(?:ACTIONS?|Actions?)(?: (?:points?|list|agreed|arising))?\s*:?$")
_LISTED = re.compile(r"(?P<said>.+)$")
_ONE = r"(?:[A-Z][\w&’'.-]*|of|and|the|for)"
_TO_DO = re.compile(rf"^(?P<of>(?:the )?[A-Z][\w&’'.-]*(?:[ /,]+{_ONE}){{0,6}}?) (?:to|will|shall|must) (?=[a-z])")
_LAST = re.compile(r"(?<![\s–(,-])[\s–(,-]*(?:\b(?:by|before|on|due|deadline)\b:?[\s–(,-]*)?$")
_AT_END = re.compile(
    r"\s*(?:[-–(\[]|\b(?:owner|lead|by whom)\s*:)\s*"
    r"(?P<of>[A-Z][\w&’'.]*(?:[ /,]+(?:[A-Z][\w&’'.]*|of|and)){0,5})[)\]]?\.?$"
)
_MEMBERS = (
    r"(?:(?:the |one |several |some |both )?"
    r"(?:members?|councillors?|committee|panel|board|cabinet|(?:vice[- ]?)?chair\w*)"
    r"(?: of the (?:committee|panel|board))?|(?:cllrs?\.?|councillors?) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)"
)
_OFFICERS = (
    r"(?:(?i:(?:the |an? )?(?:(?:lead |senior )?officers?|director[\w ]{0,30}?|head of [\w ]{2,30}?|manager|"
    r"section 151 officer|monitoring officer))|(?:[A-Z][\w&’'-]+ ){0,2}[A-Z][\w&]+(?: representatives?)?)"
)
_DO = (
    r"(?:brief|provide|bring|circulate|report|present|review|consider|investigate|explore|amend|share|send|clarify|"
    r"update|return|look into|follow up|supply|obtain|submit|publish|"
    r"seek|invite|organise|issue|check|confirm|prepare|produce|contact|arrange|add|write|be present)"
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
        rf"\b(?P<of>{_OFFICERS}) (?:be|was|were|is|are) (?:asked|requested|invited|instructed) to\b",
        rf"\b(?P<of>{_OFFICERS}) (?:undertook|promised|committed|gave an undertaking) to [a-z]",
        rf"\b(?P<of>{_OFFICERS}) (?:to|(?:will|would|should)(?: be)?|(?:agreed|offered) to) {_DO}\b",
        rf"\b(?P<of>{_OFFICERS}) [a-z][^.;]{{3,80}}? (?:and|but) (?:will|would) {_DO}\b",
        rf"\b(?P<of>{_OFFICERS}) (?:will|would|should|to) be {_DONE}\b",
        rf"\b(?:to|would|will|should|must) be {_DONE}\b",
        r"\b(?:is|are|was|were) (?:required|requested)\b(?! to\b| by (?:law|statute))",
    )
)
_THINGS = re.compile(r"^(?:this|that|it|he|she|they|these|there|which|table|report|resolved|agreed|members?)$", re.I)
# Of these it is a decision, and no request.
_BODIES = re.compile(r"(?:the )?(?:committee|panel|board|cabinet|council|group|executive|forum)", re.I)
_SENTENCE = re.compile(r"(?<!\b[A-Z]\.)(?<!Cllr\.)(?<!Mr\.)(?<!Dr\.)(?<!Mrs\.)(?<=[.!?])\s+(?=[A-Z“\"‘(\[])")


def requests(pack: Pack) -> tuple[Record, ...]:
    """What the notes or minutes in a pack say was asked for; each with the whole point that it stands in."""
    found: list[Record] = []
    before, listed = "", False
    for point in points(pack):
        listed = bool(_ACTIONS.match(point.text)) or (listed and bool(POINT.match(point.text)))
        if point.meeting:
            acted = _acted(pack, point, before, listed)
            if acted and found and found[-1].fields["text"] == acted[0].fields["text"]:  # whose that action is
                asked = found.pop()
                acted = [replace(asked, fields={**asked.fields, **{k: v for k, v in acted[0].fields.items() if v}})]
            found += acted or _asked(pack, point)
        before = point.text
    return tuple(found)


def _acted(pack: Pack, point: Point, before: str, listed: bool) -> list[Record]:
    """The action that a point ends with, or is, as all are that are `listed` under that heading; one that only says
    whose it is, is what the text before it says."""
    whole = POINT.sub("", point.text)
    action = _LISTED.match(whole) if listed and POINT.match(point.text) else _ACTION.search(whole)
    if action is None:
        return []
    said, above = action["said"].strip(" ."), whole[: action.start("said")]
    above = re.sub(r"[\s\[(]*\b(?:ACTIONS?|Actions?)\b[^.]*$", "", above).strip()
    at_end = [day for day in find_days(said) if not said[day.end :].strip(" .)]")]
    due = said[at_end[-1].start : at_end[-1].end] if at_end else when(said)
    todo = _TO_DO.match(said)
    named = None if todo else _AT_END.search(_LAST.sub("", said.removesuffix(due) if at_end else said))
    if todo:
        of = todo["of"]
    elif _only_names(said, due):
        of = re.split(r"\s+(?:by|before|on|due|for|in|at)\b|\s*[-–(,]\s*(?=by|due|\d)", said)[0].strip(" ,(–-")
        context = above or POINT.sub("", before)
        said = _SENTENCE.split(context)[-1] if context else said
        due = due or when(said)
    else:
        of = named["of"] if named else ""
    fields = {"text": said, "about": above, "by": "", "of": of, "due": due, "meeting": point.meeting}
    return [_record(pack, point, fields, whole if above or said in whole else f"{said} {whole}")]


def _only_names(said: str, due: str) -> bool:
    """Whether an action says no more than whose it is, and by when: "J Smith / Head of IT, by 3 May"."""
    left = re.sub(r"\b(by|before|on|due|for|in|at|the)\b\s*:?", " ", said.replace(due, " ")) if due else said
    words = re.findall(r"[\w’'&.-]+", left)
    small = {"of", "and", "the", "for", "all"}
    return 0 < len(words) <= 8 and all(w[0].isupper() or w in small for w in words)


def _asked(pack: Pack, point: Point) -> Iterator[Record]:
    whole = POINT.sub("", point.text)
    for sentence in _SENTENCE.split(whole):
        found = next((at for form in FORMS if (at := form.search(sentence))), None)
        named = found.groupdict() if found else {}
        of = re.sub(r" to$", "", (named.get("of") or "").strip())
        if found is None or _BODIES.fullmatch(of):
            continue
        fields = {
            "text": sentence,
            "about": whole if whole != sentence else "",
            "by": (named.get("by") or "").strip(),
            "of": "" if _THINGS.match(of) else of,
            "due": when(sentence[found.start() :]),
            "meeting": point.meeting,
        }
        yield _record(pack, point, fields, whole)


def _record(pack: Pack, point: Point, fields: dict[str, str], quote: str) -> Record:
    place = pack.place(point.page.number, point.line.box)
    return Record("request", pack.date, fields, place, quote, pack.exempt(place))
