"""What a meeting decided, from its notes or minutes: the sentences that say "resolved" or "agreed"."""

import re
from collections.abc import Iterator

from corpus.paper import Line, Pack, Page
from indexer.people import meetings
from kpi_tools.ledger import Record

_BODY = r"(?i:committee|members|cabinet|board|panel|council|executive)"
_DECIDED = re.compile(
    rf"^(?:RESOLVED|AGREED|DECISION)\b|\bRESOLVED:? (?i:that|to)\b"
    rf"|\b[Rr]esolved (?:that|to)\b|\b[Ii]t was (?:resolved|agreed) (?:that|to)\b"
    rf"|\b{_BODY} (?:resolved|agreed) (?:that|to)\b"
)
_END = re.compile(r"[.!?](?=\s+[A-Z]|\s*$)")
_BULLET = re.compile(r"\s*(?:[–•▪●·*-]|\(?[a-z\d]{1,2}[.)])\s")
MOST_LINES = 8  # of one sentence


def decisions(pack: Pack) -> tuple[Record, ...]:
    """The decisions of the meetings whose notes or minutes stand in a pack."""
    return tuple(found for page, meeting in meetings(pack) if meeting for found in _decided(pack, page, meeting))


def _decided(pack: Pack, page: Page, meeting: str) -> Iterator[Record]:
    for at, line in enumerate(page.lines):
        if found := _DECIDED.search(line.text):
            text = _sentence(line.text, found.start(), page.lines[at + 1 : at + MOST_LINES])
            place = pack.place(page.number, line.box)
            told = {"text": text, "meeting": meeting}
            yield Record("decision", pack.date, told, place, text, pack.exempt(place))


def _sentence(text: str, at: int, after: tuple[Line, ...]) -> str:
    """The sentence around `at`, which may go on in the lines that follow."""
    begins = max((end.end() for end in _END.finditer(text, 0, at)), default=0)
    whole = text[begins:].strip()
    for line in after:
        if _END.search(whole) or _BULLET.match(line.text):
            break
        whole = f"{whole} {line.text.strip()}"
    ends = _END.search(whole)
    return whole[: ends.end()] if ends else whole.rstrip(";,")
