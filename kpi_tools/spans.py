"""Periods and the council's calendar: months, quarters from April, years from April to March."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_GRAINS = {1: "month", 3: "quarter", 12: "year"}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of whole days, `start` to `end`, both included, with the label as printed."""

    start: date
    end: date
    label: str

    @property
    def grain(self) -> str:
        """ "month", "quarter", "year" or "span", by its length in whole months."""
        if self.start.day != 1 or self.end != month_end(self.end):
            return "span"
        return _GRAINS.get(_index(self.end) - _index(self.start) + 1, "span")


def month_end(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months(first: date, count: int, label: str = "") -> Period:
    """`count` whole months, beginning with the month of `first`."""
    last = _index(first) + count - 1
    return Period(first.replace(day=1), month_end(date(last // 12, last % 12 + 1, 1)), label)


def months_to(last: date, count: int, label: str = "") -> Period:
    """`count` whole months, ending with the month of `last`."""
    first = _index(last) - count + 1
    return Period(date(first // 12, first % 12 + 1, 1), month_end(last), label)


def month(day: date) -> Period:
    """The month of a day: "Jun-21"."""
    return months(day, 1, f"{day:%b-%y}")


def quarter(day: date) -> Period:
    """The quarter of a day, counted from April: "Q1 2021/22" is April to June 2021."""
    number = (day.month - 4) % 12 // 3 + 1
    start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return months(start, 3, f"Q{number} {financial_year(day).label}")


def financial_year(day: date) -> Period:
    """The financial year of a day, April to March: "2021/22"."""
    year = day.year - (day.month < 4)
    return Period(date(year, 4, 1), date(year + 1, 3, 31), f"{year}/{(year + 1) % 100:02}")


def calendar_year(day: date) -> Period:
    """The year of a day, January to December: "2021"."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31), str(day.year))


def this_year(today: date) -> tuple[Period, Period]:
    """The two readings of "this year": the calendar year and the financial year that run on `today`.

    Which of them is meant shows in the papers: take the one that they report by, and say so.
    """
    return calendar_year(today), financial_year(today)


def before(period: Period, label: str = "") -> Period:
    """The period of the same length that ends the day before `period` begins ("previous quarter")."""
    day = period.start - timedelta(days=1)
    if period.start.day == 1 and period.end == month_end(period.end):
        return months_to(day, _index(period.end) - _index(period.start) + 1, label)
    return Period(day - (period.end - period.start), day, label)


def year_before(period: Period, label: str = "") -> Period:
    """The same period a year earlier ("same quarter last year")."""
    if period.end == month_end(period.end):
        count = _index(period.end) - _index(period.start) + 1
        moved = months(a_year_earlier(period.start), count)
        return Period(a_year_earlier(period.start), moved.end, label)
    return Period(a_year_earlier(period.start), a_year_earlier(period.end), label)


def shifted(period: Period, which: str) -> Period:
    """A period moved: "before" or "after" by its own length, "before year" and the like by the unit said."""
    own = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    way, _, unit = which.partition(" ")
    by = {"month": 1, "quarter": 3, "year": 12}.get(unit, own)
    at = period.start.year * 12 + period.start.month - 1
    if unit == "quarter" and own < by:
        at -= (at % 12) % 3
        own = by
    at += by if way == "after" else -by
    return months(date(at // 12, at % 12 + 1, 1), own)


def a_year_earlier(day: date) -> date:
    """The same day of the year before; of a leap day the last of February."""
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1
