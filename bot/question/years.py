"""Years that a question counts from the day of asking: "last year", "in June last year", "May this year"."""

import re
from collections.abc import Sequence
from datetime import date

from kpi_tools.periods import Period, calendar_year, financial_year, read_period, year_before
from kpi_tools.spans import shifted

Hit = tuple[Period, int, int]  # a period, and where it begins and ends in the question

LAST_YEAR = "last year"
_AGO = re.compile(
    r"(?<!\bthe )\b(?:last (?:calendar )?year|(?P<count>two|three|2|3) years ago|year (?P<two>before last))\b|"
    r"\bthe year (?P<second>before last)\b",
    re.IGNORECASE,
)
_THIS = re.compile(r"\W*(?:of |in )?this (?:calendar )?year\b", re.IGNORECASE)  # behind a month: that of this year
_NEXT_TO = re.compile(r"\W*(?:of |in |for |s )*(?:the )?", re.IGNORECASE)  # between a year and a month of it
_LAST = re.compile(r"\blast\s$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?")
_BY = re.compile(r"by\s+(?:the end of\s+)?", re.IGNORECASE)
_BESIDE = re.compile(r"\W*(?:and|or|v|vs|versus|against|compared (?:to|with))?\W*", re.IGNORECASE)
_COUNTS = {"two": 2, "three": 3, "2": 2, "3": 3}
_COUNTED_BACK = re.compile(r"last|past|this|current|previous|latest", re.IGNORECASE)  # a period that is so by itself
_OF_FINANCIAL_YEAR = re.compile(r"\bq(?:tr|uarter)?\.? ?\d|\b(?:first|second|third|fourth|\d[a-z]{2}) ", re.IGNORECASE)


def without_years(text: str) -> str:
    """The text with blanks for the years that are counted back."""
    return _AGO.sub(lambda found: " " * len(found[0]), text)


def year_ago(question: str, today: date) -> Period | None:
    """The calendar year that is counted back, with what was said as its label; None where none is."""
    found = _AGO.search(question)
    if not found:
        return None
    year = calendar_year(today.replace(year=today.year - _count(found), day=1))
    return Period(year.start, year.end, LAST_YEAR if _count(found) == 1 else found[0].lower())


def in_years(question: str, periods: Sequence[Hit], today: date) -> tuple[str, list[Hit]]:
    """The periods, those that say no year in the one that is counted for them; and the question with blanks for "this
    year" where it only tells that.

    "In June last year", "last year's June and July"; of "May against May last year" the one that stands next to it.
    """
    named, labels = [], [period.label for period, _, _ in periods]
    found = _AGO.search(question)
    for period, start, end in periods:
        this = _THIS.match(question, end)
        if read_period(period.label) or _COUNTED_BACK.search(period.label):
            named.append((period, start, end))
        elif this:
            question = question[:end] + " " * (this.end() - end) + question[this.end() :]
            named.append((_moved(period, 0, "", today), start, end))
        elif found and (labels.count(period.label) == 1 or _is_next(question, found, start, end)):
            named.append((_moved(period, _count(found), found[0].lower(), today), start, end))
        else:
            named.append((period, start, end))
    return question, _of_each([(_of_last(hit, named, question), *hit[1:]) for hit in named], question)


def _of_each(hits: Sequence[Hit], question: str) -> list[Hit]:
    """The periods, of which a year beside the month or quarter of another is that month of it too: "Q2 2023/24 and
    2024/25". Those of which each is said to be reached, "by June 2023 and by June 2024", are these by themselves."""
    own = [question[start:end] for _, start, end in hits]
    by = bool(hits) and hits[0][0].start == date.min
    told: list[str] = []
    for at, said in enumerate(own):
        text = _BY.sub("", said) if by else said
        beside = told and _BESIDE.fullmatch(question[hits[at - 1][2] : hits[at][1]])
        year = _YEAR.search(told[-1]) if beside and _YEAR.fullmatch(text) else None
        told.append(told[-1].replace(year[0], text) if year and year[0] != told[-1] else text)
    new = [text != said for text, said in zip(told, own, strict=True)]
    if len(hits) < 2 or not (all(new) if by else any(new)):
        return list(hits)
    return [(read_period(text) or hit[0], *hit[1:]) for text, hit in zip(told, hits, strict=True)]


def _of_last(hit: Hit, beside: Sequence[Hit], question: str) -> Period:
    """The period of a hit; a year before, where it is the "last May" of "this May against last May"."""
    period, start, _ = hit
    again = any(other[1] != start and other[0].start == period.start for other in beside)
    if not again or not _LAST.search(question[:start]):
        return period
    before = year_before(period)
    return Period(before.start, before.end, f"last {period.label}")


def _is_next(question: str, found: re.Match[str], start: int, end: int) -> bool:
    gap = question[end : found.start()] if end <= found.start() else question[found.end() : start]
    return bool(_NEXT_TO.fullmatch(gap))


def _moved(period: Period, count: int, said: str, today: date) -> Period:
    """A period in the year that is `count` before today's; months go by the calendar, numbered quarters by the
    financial year. An open end stays open."""
    of = financial_year if _OF_FINANCIAL_YEAR.search(period.label) else calendar_year
    year = of(today)
    for _ in range(count):
        year = year_before(year)
    since, until = period.start == date.min, period.end == today
    named = Period(period.end if since else period.start, period.start if until else period.end, "")
    while named.start > year.end:
        named = year_before(named)
    if named.end < year.start:
        named = shifted(named, "after year")  # "December this year", which is still to come
    return Period(date.min if since else named.start, today if until else named.end, f"{period.label} {said}".rstrip())


def _count(found: re.Match[str]) -> int:
    if found["two"] or found["second"]:
        return 2
    return _COUNTS[found["count"].lower()] if found["count"] else 1
