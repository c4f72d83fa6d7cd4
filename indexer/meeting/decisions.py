"""What a meeting decided, from its notes or minutes: the sentences that say "resolved" or "agreed"."""

import re
from collections.abc import Iterator

from corpus.paper import Pack
from indexer.meeting.minutes import POINT, Point, points, when
from kpi_tools.ledger import Record

_BODY = r"(?i:committee|members|cabinet|board|panel|council|executive|forum|group|meeting)"
_HOW = r"(?:also |then |further |unanimously )?"
_DECIDED = re.compile(
    rf"^(?:[Ii]t was )?(?:RESOLVED|AGREED|DECISIONS?|NOTED|RECOMMENDED)\b|^(?:Resolved|Agreed|Decision)\s*[:–-]"
    rf"|\bRESOLVED\b|\b[Rr]esolved (?:that|to)\b"
    rf"|\b(?:[Ii]t was|IT WAS) {_HOW}(?i:resolved|agreed)\b(?! (?:by|in|upon|at|on)\b)"
    rf"|\b{_BODY} {_HOW}(?i:resolved|agreed|approved) (?:that|to|the)\b|\b{_BODY} AGREED\b"
)
_OF = re.compile(
    r"\b(?P<of>(?i:the )?(?:[A-Z][\w’'&-]+|officers)(?: (?:[A-Z][\w’'&-]+|of|and|for|the))*)"
    r" (?:(?:be|is|was|are|were) (?:asked|requested|instructed|authorised|delegated[\w ]*)|to|will|shall) [a-z]"
)
_NO_ONE = re.compile(
    r"^(?:the )?(?:RESOLVED|AGREED|IT WAS|That|It|This|Members|DECISION|NOTED|Resolved|Agreed|Decision|RECOMMENDED)\b",
    re.I,
)
_END = re.compile(r"(?<!\b[A-Z])(?<!Cllr)(?<!Mr)(?<!Dr)(?<!Mrs)[.!?](?=\s+[A-Z]|\s*$)")
LEAST = 5  # words of a point with its mark; fewer, that nothing ends, are a heading
_LEADS = re.compile(r":\s*$|\b(?:that|to)\s*[:–-]?\s*$|^(?:RESOLVED|AGREED|Resolved|Agreed|DECISIONS?|IT WAS \w+)\W*$")


def decisions(pack: Pack) -> tuple[Record, ...]:
    """The decisions of the meetings whose notes or minutes stand in a pack; of a list, each of its points is one."""
    return tuple(_decided(pack))


def _decided(pack: Pack) -> Iterator[Record]:
    lead = ""  # what the points that follow were said to be: "RESOLVED that:"
    for point in points(pack):
        if not point.meeting:
            lead = ""
            continue
        text = point.text if lead else POINT.sub("", point.text)
        titled = point.line.bold or (len(text.split()) < LEAST and not text.endswith((".", ";")))
        if lead and POINT.match(point.text) and not titled and not _DECIDED.search(point.text):
            yield _record(pack, point, f"{lead} {text}")
            continue
        lead = ""
        for sentence in _sentences(POINT.sub("", point.text)):
            if _LEADS.search(sentence) and _DECIDED.search(sentence):
                lead = sentence
            elif _DECIDED.search(sentence):
                yield _record(pack, point, sentence)


def _record(pack: Pack, point: Point, text: str) -> Record:
    place = pack.place(point.page.number, point.line.box)
    told = text.rstrip(";,")
    of = next((m["of"] for m in _OF.finditer(told) if not _NO_ONE.match(m["of"])), "")
    fields = {"text": told, "of": of, "due": when(told), "meeting": point.meeting}
    return Record("decision", pack.date, fields, place, told, pack.exempt(place))


def _sentences(text: str) -> Iterator[str]:
    begins = 0
    for end in _END.finditer(text):
        yield text[begins : end.end()].strip()
        begins = end.end()
    if left := text[begins:].strip():
        yield left
