"""Of whom, of when and of how many a question speaks: councils, periods, and what is left to name a measure by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.question.catalogue import Catalogue
from bot.question.plan import TO_DATE
from bot.question.terms import names, places, terms, vocabulary
from bot.question.years import Hit, in_years, without_years, year_ago
from bot.words import listed
from kpi_tools.measures import OVERALL
from kpi_tools.names import find_comparators, find_entities
from kpi_tools.periods import Period, financial_year, find_periods, this_year
from kpi_tools.spans import month_end, months

_THIS_YEAR = re.compile(
    r"\b(?:since the (?:start|beginning) of )?this (financial |calendar )?year\b|\ball year\b|"
    r"\bsince the (?:start|beginning) of the year\b|"
    r"\b(?:over|for|throughout|during|across|in) the (?:whole |full |entire )?year\b"
    r"(?! (?:to|of|before|after|end)|\W*\d)",
    re.IGNORECASE,
)
# What stands before a council that is left out, and between two of them.
_LEAVES_OUT = re.compile(
    r"\b(?:except(?: for| from)?|excluding|other than|apart from|besides|leaving out|leav(?:e|ing) aside|not counting"
    r"|but not|ignoring|without|outside(?: of)?|bar|(?<=all )but|(?<=one )but|(?<=councils )but)\s+(?:the )?$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s?(?:,|,? ?and|or|&)\s", re.IGNORECASE)
_TO_DATE = re.compile(r"\b(?:year[- ]to[- ]date|ytd)\b", re.IGNORECASE)
# What stands between the first period of a span and the last.
_SPANNED = re.compile(
    r"\W*(?:onwards? )?(?:(?:through )?to|until|till|through|up to(?: and including)?"
    r"|and (?:ending|finishing)(?: in| with| at)?|-|–)\W*(?:the )?",
    re.IGNORECASE,
)
_SIDE_BY_SIDE = re.compile(r"\W*(?:(?:and|but) )?", re.IGNORECASE)
_SINCE = re.compile(r"(?:since|from|after)\b", re.IGNORECASE)
_UNTIL = re.compile(r"(?:up to|until|till)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween (?:(?:the )?(?:start|beginning|middle|end)(?: of)? (?:the )?)?", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:next (?P<long>month|quarter|year)|tomorrow)\b(?! to\b)", re.IGNORECASE)
# A name in a question: words with capitals after the first, or the owner of something.
_NAMES = re.compile(r"(?<=[\w,(] )[A-Z][a-z]\w+(?: [A-Z][a-z]\w+)*|\b(?:[A-Z]\w+(?: [A-Z]\w+)*|[a-z]\w+)(?=['’]s\b)")


def names_in(question: str, today: date, known: Sequence[str] = ()) -> list[str]:
    """What a question writes as a name, but for councils, periods and the words that every question has."""
    taken = [(s, e) for _, s, e in (*find_periods(question, today), *find_entities(question, known))]
    found = [m for m in _NAMES.finditer(question) if not any(s < m.end() and m.start() < e for s, e in taken)]
    return [m.group() for m in found if terms(m.group())]


def undated(text: str, today: date | str) -> str:
    """The text, letter for letter as long, with its periods crossed out; `today` may be an ISO date."""
    day = today if isinstance(today, date) else date.fromisoformat(today) if today else date.max
    for _, start, end in sorted(find_periods(text, day), key=lambda found: -found[1]):
        text = text[:start] + re.sub(r"\S", "_", text[start:end]) + text[end:]
    return text


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of a question, and the text that is left when they are taken out.

    `without` are entities that are left out, `apart` periods, as "first day/last day", and `only` several that are
    meant.
    """

    rest: str
    entities: tuple[str, ...]
    without: tuple[str, ...]
    apart: tuple[str, ...]
    since: str
    until: str
    period: str
    only: tuple[str, ...]


def take_apart(question: str, today: date, catalogue: Catalogue) -> Parts:
    """Entities and periods of a question, and what is left of it; "overall" is left, as measures are named so too."""
    rest = question
    found = find_entities(question, known=catalogue.known)
    found += [hit for hit in find_comparators(question) if all(hit[2] <= s or hit[1] >= e for _, s, e in found)]
    told = _untold(re.sub(r"\b(apart|aside) from\b", lambda m: "except".ljust(len(m[0])), question))
    told, periods = in_years(told, find_periods(_hidden(told, catalogue.code_spans(question)), today), today)
    meant = _as_told(told, periods)
    apart, sides = _left_out(told, [(_days(p), start, end) for p, start, end in meant])
    meant = _in_spans(told, [hit for hit in meant if _days(hit[0]) not in apart])
    since, until, label = _asked_period(told, today, [p for p, _, _ in meant])
    rest = without_years(_THIS_YEAR.sub(lambda m: " " * len(m[0]), rest))
    taken = [(s, e) for name, s, e in found if name != OVERALL] + [(s, e) for _, s, e in periods]
    for start, end in sorted(taken, reverse=True):
        rest = rest[:start] + " " * (end - start) + rest[end:]
    out, also = _left_out(question, found)
    for start, end in (*sides, *also):
        rest = rest[:start] + " " * (end - start) + rest[end:]
    named = dict.fromkeys(name for name, _, _ in found if name != OVERALL)
    entities = tuple(name for name in named if name not in out)
    only = _apart(told, meant, today)
    if only:
        label = listed([p.label for p, _, _ in meant])
    return Parts(rest, entities, out, apart, since, until, label, only)


def _left_out(question: str, found: Sequence[tuple[str, int, int]]) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    """What a question leaves out, "all but Hart", "excluding Havant and Mendip", "except June"; where it says so."""
    out: dict[str, int] = {}
    said = []
    for name, start, end in sorted(found, key=lambda hit: hit[1]):
        leaves = _LEAVES_OUT.search(question[:start])
        if leaves or any(_AND.fullmatch(question[last:start]) for last in out.values()):
            out[name] = end
            said.append(leaves.span() if leaves else (start, start))
    return tuple(out), said


def _untold(question: str) -> str:
    """The question, letter for letter as long, with no period that it tells from another: "the same month last year" is
    no last year, "the month after July" no time after July, and "which was the last month" no month just gone. A year
    in brackets is of the month before it."""
    question = re.sub(r"\((\d{4}|(?:this|last) year)\)", r" \1 ", question)
    for path in ("asked.no_period", *(f"follow.shift.{shift}" for shift in names("follow.shift"))):
        for start, end in places(path, question):
            question = f"{question[:start]}{'in'.rjust(end - start)}{question[end:]}"
    return question


def _as_told(question: str, periods: Sequence[Hit]) -> list[Hit]:
    """The periods without those that the brackets behind them tell again: "the second quarter (April to June)"."""
    again = {end for (_, _, end), (_, start, _) in pairwise(periods) if question[end:start].strip() == "("}
    return [period for period in periods if period[2] not in again]


def _in_spans(question: str, periods: Sequence[Hit]) -> list[Hit]:
    """The periods, of which two that are the ends of a span are one: "since June, up to August"."""
    joined: list[Hit] = []
    for hit in periods:
        span = _span(question, joined[-1], hit) if joined else None
        joined[-1:] = [(span, joined[-1][1], hit[2])] if span else [*joined[-1:], hit]
    return joined


def _span(question: str, first: Hit, last: Hit) -> Period | None:
    """From the one period to the other, where the words between them or before each say so."""
    one, other, gap = first[0], last[0], question[first[2] : last[1]]
    since = [bool(_SINCE.match(period.label)) for period in (one, other)]
    until = [bool(_UNTIL.match(period.label)) or period.start == date.min for period in (one, other)]
    between = _BETWEEN.search(question)
    if since[1] and until[0]:  # "by June how far had it fallen since April?"
        span = other.start, one.end
    elif (
        (since[0] and until[1])
        or (not since[1] and (_SPANNED.fullmatch(gap) or (until[1] and _SIDE_BY_SIDE.fullmatch(gap))))
        or (between and _opens(between, first) and gap.strip().lower() in ("and", "&"))
    ):
        span = one.start, other.end
    else:
        return None
    said = " ".join(question[first[1] : last[2]].split())
    return Period(*span, said) if date.min < span[0] <= span[1] else None


def _opens(between: re.Match[str], first: Hit) -> bool:
    """Whether "between" stands right before a period, or is taken to be of it."""
    return between.end() == first[1] or between.start() == first[1]


def _apart(question: str, periods: Sequence[Hit], today: date) -> tuple[str, ...]:
    """Several periods that are named one by one ("May and August"), as "first day/last day"; () for one or a span."""
    gaps = [question[end:start] for (_, _, end), (_, start, _) in pairwise(periods)]
    opened = any(p.start == date.min or p.end == today for p, _, _ in periods)
    yearly = _THIS_YEAR.search(question) and not _in_year([p for p, _, _ in periods], today)
    if not gaps or opened or yearly:
        return ()
    return tuple(_days(p) for p, _, _ in periods)


def _days(period: Period) -> str:
    return f"{period.start.isoformat()}/{period.end.isoformat()}"


def _in_year(spans: Sequence[Period], today: date) -> bool:
    """Whether "this year" only tells of which year the months or quarters are: "June and July this year"."""
    return bool(spans) and any(
        all(year.start <= p.start and p.end <= year.end and p.end != today for p in spans) for year in this_year(today)
    )


def _asked_period(question: str, today: date, spans: Sequence[Period]) -> tuple[str, str, str]:
    """The first and the last day asked about, and what was said; "" where nothing was, or "latest"."""
    if (this := _THIS_YEAR.search(question)) and not _in_year(spans, today):
        period = this_year(today)[1 if (this[1] or "").lower() == "financial " else 0]
        earlier = [p for p in spans if date.min < p.start < period.start]
        first = min((p.start for p in earlier), default=period.start)
        label = " and ".join(("this year", *(p.label for p in earlier)))
        return first.isoformat(), period.end.isoformat(), label
    if _TO_DATE.search(question) and not spans:
        year = financial_year(today)
        return year.start.isoformat(), year.end.isoformat(), TO_DATE
    if ahead := _AHEAD.search(question):
        count = {"quarter": 3, "year": 12}.get((ahead["long"] or "").lower(), 1)
        coming = months(month_end(today) + timedelta(days=1), count)
        return coming.start.isoformat(), coming.end.isoformat(), ahead[0].lower()
    if not spans:
        ago = year_ago(question, today)
        return (ago.start.isoformat(), ago.end.isoformat(), ago.label) if ago else ("", "", "")
    first, last = min(p.start for p in spans), max(p.end for p in spans)
    label = " to ".join(dict.fromkeys(p.label for p in spans))
    if first == date.min and last == today:  # "latest": the last that is reported
        return "", "", label
    return first.isoformat(), last.isoformat(), label


def _hidden(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with codes crossed out: the 2 of "PI 2 June 2021" is no day."""
    for start, end in spans:
        text = text[:start] + "#" * (end - start) + text[end:]
    return text


def grain(low: str) -> str:
    """ "quarter" for "Q1" and "the June quarter", "month" for "June" and "which month", "year" for "2021/22"."""
    grains: dict[str, str] = vocabulary()["grain"]
    return next((name for name, pattern in grains.items() if re.search(pattern, low)), "")


def top(low: str) -> int:
    """How many are wanted: 3 for "the top three", or "which three councils pay the least"; 0 for all."""
    named = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
    either, ends = "|".join(named), "top|bottom|best|worst|highest|lowest"
    found = re.search(rf"\b(?:{ends}) (\d{{1,2}}|{either})\b", low) or re.search(
        rf"\b(?:which|what) ({either}) (?:\w+ ){{1,6}}?(?:{ends}|most|least|biggest|smallest|largest|fewest)\b", low
    )
    return (named.get(found[1]) or int(found[1])) if found else 0
