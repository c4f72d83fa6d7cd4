"""Days as councils write them in plans: "30/04/21", "31-Oct-19", "Sep-21", "By or before 30 Sept 2022", "TBC (Covid)".

The day comes first. A month is over on its last day. What is unsure ("30/9/22 TBC", "On hold", "Annual, Q3", several
days in one cell) stays words, and is no date.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kpi_tools.spans import MONTH_NAME, MONTHS

UNSURE = re.compile(
    r"\b(tbc|tba|tbd|to be (confirmed|agreed|advised|decided)|on hold|provisional\w*|\?)|\?", re.IGNORECASE
)
_MONTH = rf"(?P<month>{MONTH_NAME})"
_YEAR = r"(?P<year>20\d\d|\d\d)(?![\d/])"
_FORMS = (
    re.compile(r"(?<![\d/.-])(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(rf"(?<![\d/.-])(?P<day>\d{{1,2}})(?P<mark>[/.-])(?P<number>\d{{1,2}})(?P=mark){_YEAR}"),
    re.compile(
        rf"(?<![\w/.-])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]?{_MONTH}\.?,?[ '’-]*{_YEAR}", re.IGNORECASE
    ),
    re.compile(rf"(?<![\w/-]){_MONTH}\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?, (?P<year>20\d\d)\b", re.IGNORECASE),
    re.compile(rf"(?<![\w/-]){_MONTH}\.?,?[ '’/-]*{_YEAR}(?!\s?[-–/]\s?\d)", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in a text, and where; a month alone is its last day, and `whole` is False."""

    day: date
    start: int
    end: int
    whole: bool


def find_days(text: str) -> list[Day]:
    """The days, and the months with their years, that are written in `text`, in order; none overlaps another."""
    found: list[Day] = []
    for form in _FORMS:
        for at in form.finditer(text):
            read = _read(at)
            if read and not any(day.start < at.end() and at.start() < day.end for day in found):
                found.append(Day(read, at.start(), at.end(), "day" in form.groupindex))
    return sorted(found, key=lambda day: day.start)


def read_due(text: str) -> date | None:
    """The one day by which something is due; None for words, for what is to be confirmed, and for several days."""
    if UNSURE.search(text):
        return None
    days = find_days(text)
    whole = [day for day in days if day.whole] or days
    return whole[0].day if len({day.day for day in whole}) == 1 else None


def _read(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    year = int(parts["year"]) % 100 + 2000
    month = int(parts["number"]) if parts.get("number") else MONTHS.index(parts["month"][:3].lower()) + 1
    try:
        if parts.get("day"):
            return date(year, month, int(parts["day"]))
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except ValueError:
        return None
