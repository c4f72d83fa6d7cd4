"""What the text says of a measure beside another time that it does not date: a year ago, the month before, in a row."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kpi_tools.checks.claims import NUMBER, Claim, claims, hedged, is_open, number_of, polarity
from kpi_tools.checks.naming import words
from kpi_tools.checks.slip import Row, Slip, View, code_and_name, listed, shown, slip
from kpi_tools.spans import a_year_earlier

_LAST_YEAR = re.compile(
    r"\b(?:same (?:month|quarter|period|time|point)|this (?:time|point))\s(?:(?:in|of)\s)?(?:the\s)?"
    r"(?:last|previous|prior)\s(?:financial\s)?year\b|\byear[- ]on[- ]year\b|\ba year (?:ago|earlier)\b",
    re.IGNORECASE,
)
_LAST_TIME = re.compile(
    r"\b(?:since|than|on|compared (?:to|with)|from)\s(?:the\s)?(?:last|previous|prior|preceding)"
    r"\s(?P<grain>month|quarter)\b",
    re.IGNORECASE,
)
_NTH = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_RUNNING = re.compile(
    rf"\b(?:for )?(?:the )?(?:(?P<nth>{'|'.join(_NTH)}) (?:(?:month|quarter|year)s? (?:running|in a row|in succession)"
    rf"|(?:consecutive|successive) (?:month|quarter|year))|(?P<count>{NUMBER}) (?:(?:months|quarters|years)"
    r" (?:running|in a row)|(?:consecutive|successive) (?:months|quarters|years))"
    r"|in (?P<each>each|every) (?:month|quarter|period))\b",
    re.IGNORECASE,
)
_UNDATED = re.compile(
    r"\b(?:last|previous|prior|preceding|same|this|ago|running|row|consecutive|successive)\b", re.IGNORECASE
)
_WAYS = ("up", "down", "better", "worse", "higher", "lower")


def change_since(view: View) -> Iterator[Slip]:
    """The text says that a figure rose, fell, improved or worsened on last year's or the one before, and it did not."""
    for claim in claims(view):
        year, before = _LAST_YEAR.search(claim.sentence), _LAST_TIME.search(claim.sentence)
        said = year or before
        line = _line(claim, said[0]) if said and not (year and before) else ()
        if not line:
            continue
        earlier = [row for row in line[:-1] if row.start == a_year_earlier(line[-1].start)] if year else line[-2:-1]
        if before and line[-1].grain != before["grain"].casefold():
            continue
        yield from _otherwise(claim, [*earlier, line[-1]] if earlier else [])


def change_in_a_row(view: View) -> Iterator[Slip]:
    """The text says that a figure went one way for the third time running, and once it went the other."""
    for claim in claims(view):
        running = _RUNNING.search(claim.sentence)
        if running:
            line = _line(claim, running[0])
            nth = running["nth"] and _NTH.index(running["nth"].lower()) + 2
            count = len(line) if running["each"] else nth or number_of(running["count"])
            yield from _otherwise(claim, line[-count - 1 :])


def _line(claim: Claim, said: str) -> Sequence[Row]:
    """The figures of a claim's one entity up to the time that it dates, beside what is `said` of another; none where
    that is not plain."""
    dated = [period for period in claim.periods if period.label not in said and not _UNDATED.search(period.label)]
    if len(claim.entities) != 1 or len(dated) > 1:
        return ()
    line = claim.of(claim.entities[0])
    if len({(row.grain, row.unit) for row in line}) != 1:
        return ()
    if not dated:
        return line
    upto = [row for row in line if row.end <= dated[0].end]
    return upto if upto and (upto[-1].start, upto[-1].end) == (dated[0].start, dated[0].end) else ()


def _otherwise(claim: Claim, line: Sequence[Row]) -> Iterator[Slip]:
    """That figures, the earliest first, do not go the one way that the sentence says."""
    said = {way: found for way in _WAYS if (found := words("direction", way).search(claim.sentence))}
    if len(line) < 2 or len(said) != 1 or hedged(claim.sentence):
        return
    (way, found) = said.popitem()
    judged, good = way in ("better", "worse"), polarity(line[0])
    if is_open(claim.sentence, found) or (judged and not good):
        return
    up = way in ("up", "higher") or (judged and (way == "better") == (good == "higher"))
    if any(after.value < one.value if up else after.value > one.value for one, after in pairwise(line)):
        whole = re.match(rf"{re.escape(found[0])}\w*", claim.sentence[found.start() :])
        went = listed(f"{row.printed} in {row.period}" for row in line)
        yield slip(
            "narrative against table",
            f"{code_and_name(line[0])}: the text says {whole[0] if whole else found[0]!r}, the table has {went}.",
            claim.told,
            *map(shown, line),
        )
