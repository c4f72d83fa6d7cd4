"""The day of the meeting that a paper is for, as its cover, its file or its name tells it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from indexer.sheet import Facts
from kpi_tools.spans import MONTHS

DAY = re.compile(
    r"\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"[a-z]*,?\s+(?P<year>(?:19|20)\d\d)\b|\b(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20)\d\d)\b"
    r"|\b(?P<in>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+(?P<on>\d{1,2})(?:st|nd|rd|th)?,\s+"
    r"(?P<of>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
FILE_DAY = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_.]?(?P<month>\d\d)[-_.]?(?P<day>\d\d)(?!\d)")
WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
BODY = re.compile(
    r"\b(committee|sub-committee|cabinet|panel|board|commission|forum|executive|council meeting|full council)\b",
    re.IGNORECASE,
)
ISSUED = re.compile(
    r"^(?:version|issue|revision|draft)\s?\d|^(?:published|issued|updated|last updated)\b", re.IGNORECASE
)
SECTION = re.compile(r"\W?\s*1[.)]?\s+\w|contents$|introduction$|summary$", re.IGNORECASE)
SHORT = 120  # characters
HEAD = 8  # lines at a paper's head that may say that it is the minutes of a meeting
MINUTES = re.compile(
    r"^\W*(?:(?:draft|unconfirmed) )?(?:minutes|notes|record)\b(?!.*\b(?:last|previous)\b)", re.IGNORECASE
)
MINUTED = 9  # how much the head of minutes weighs, and what is said of the next meeting
NEXT = re.compile(r"\b(?:next|future|forthcoming) (?:\w+ )?meetings?\b", re.IGNORECASE)
# What stands by the meeting's date, and by other dates on a cover; the larger, the surer
SIGNS: tuple[tuple[re.Pattern[str], int], ...] = (
    (WEEKDAY, 3),
    (re.compile(r"\b(held|meeting|to be held)\b", re.IGNORECASE), 3),
    (re.compile(r"\d\s*[.:]?\d*\s*(am|pm|hours|noon)\b|(?<![£$€\d,.])\d\d[:.]\d\d(?![\d%])", re.IGNORECASE), 2),
    (re.compile(r"\bdate( of (meeting|decision|committee))?\s*:", re.IGNORECASE), 2),
    (BODY, 1),
    (re.compile(r"\b(last|previous|minutes|notes) (of the )?(last|previous)?\s*(meeting)?\b", re.IGNORECASE), -5),
    (re.compile(r"\b(updated?|version|publish|published|dispatched|printed|deadline|by)\b", re.IGNORECASE), -4),
)


def meeting_day(facts: Facts, said: str, texts: Sequence[str], document: str) -> date | None:
    """The meeting's date: of the title, else the surest on the first page above its first section; else of the file's
    name; else the surest below; else the day of this version of the paper."""
    for text in (said, facts.subject):
        if days := list(_days(text)):
            return days[-1]
    head = next((at for at, text in enumerate(texts) if at and SECTION.match(text)), len(texts))
    if surest := _surest(texts[:head]):
        return surest
    if (named := FILE_DAY.search(document)) and (filed := _day(named)):
        return filed
    if below := _surest(texts):
        return below
    own = {day for text in texts if len(text) < SHORT and ISSUED.search(text) for day in _days(text)}
    return own.pop() if len(own) == 1 else None


def _surest(texts: Sequence[str]) -> date | None:
    """The date among these lines that is most surely the meeting's; None where none is."""
    surest: tuple[int, date] | None = None
    for at, text in enumerate(texts):
        score = sum(weight for sign, weight in SIGNS if sign.search(text)) + (2 if len(text) < 40 else 0)
        score += MINUTED if at < HEAD and MINUTES.match(text) else 0
        score -= MINUTED if any(map(NEXT.search, texts[max(0, at - 1) : at + 1])) else 0
        for day in _days(text):
            if score > 0 and (surest is None or score > surest[0]):
                surest = (score, day)
    return surest[1] if surest else None


def _days(text: str) -> Iterator[date]:
    yield from (day for match in DAY.finditer(text) if (day := _day(match)))


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    try:
        if parts.get("d"):
            return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
        if parts.get("in"):
            return date(int(parts["of"]), MONTHS.index(parts["in"].lower()[:3]) + 1, int(parts["on"]))
        month = parts["month"].lower()
        number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
        return date(int(parts["year"]), number, int(parts["day"]))
    except ValueError:
        return None
