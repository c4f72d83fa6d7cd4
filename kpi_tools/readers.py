"""What each form of a period means: the readers that the grammar in atoms.py names."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from kpi_tools.spans import (
    MONTH_NAME,
    MONTHS,
    Period,
    before,
    calendar_year,
    financial_year,
    month,
    month_end,
    months,
    months_to,
    quarter,
)

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
NUMBERS |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "eighteen": 18}
SOME = {"couple of": 2, "few": 3, "recent": 3}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 2}  # the month that each ends with
_LENGTHS = {"": 1, "month": 1, "quarter": 3, "year": 12}
_RUNNING = {"month": month, "quarter": quarter, "year": financial_year}
_RUNNING |= {"financial year": financial_year, "calendar year": calendar_year}
MONTH = rf"{MONTH_NAME}(?![a-z])\.?"

Reader = Callable[[re.Match[str], date | None, str], Period | None]


def read_day(found: re.Match[str], near: date | None, grain: str) -> Period | None:
    """ "31 March 2021", "31/03/21", "2021-03-31": the day itself, or the `grain` that ends with its month."""
    groups = found.groupdict()
    number = int(groups["number"]) if "number" in groups else _month_number(groups["month"])

    def build(year: int) -> Period:
        day = date(year, number, int(found["day"]))
        return months_to(day, _LENGTHS[grain]) if grain else Period(day, day, "")

    try:
        return _dated(found, near, build, number)
    except ValueError:  # no such day
        return None


def read_months(count: int = 0) -> Reader:
    """A reader of the `count` months that end with the one named: "Jan-21", "the June quarter", "May 22/23"."""

    def read(found: re.Match[str], near: date | None, grain: str) -> Period | None:
        number = _month_number(found["month"])
        return _dated(found, near, lambda year: months_to(date(year, number, 1), count or _LENGTHS[grain]), number)

    return read


def read_counted(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "6 months to September 2023", "the nine months ended 31 December 2023"."""
    count, number = counted(found["count"]), _month_number(found["month"])
    return _dated(found, near, lambda year: months_to(date(year, number, 1), count), number) if count else None


def read_year_so_far(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "YTD Sept 2023", "Sep-23 YTD": from April to the end of the month, of one financial year."""
    last = read_months()(found, near, "")
    return Period(financial_year(last.end).start, last.end, "") if last else None


def read_quarters_so_far(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "Q2 YTD 2024/25": from April to the end of the quarter."""
    last = read_quarter(found, near, _)
    return Period(financial_year(last.end).start, last.end, "") if last else None


def read_numbered_month(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "Month 6 2023/24", "Period 6 2023/24": months are counted from April."""
    at = int(found["number"]) - 1
    if not 0 <= at < len(MONTHS):
        return None
    return _dated(found, near, lambda year: months(date(year + (at + 3) // 12, (at + 3) % 12 + 1, 1), 1))


def read_quarter(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "Q4 2013/14" is January to March 2014. "Q4 2013" could be of either year, and is none."""
    number = counted(found["number"])
    if number == 4 and found["year"]:
        return None
    period = _dated(found, near, lambda year: months(date(year + number // 4, (number * 3) % 12 + 1, 1), 3))
    inside = found["inside"]
    if period and inside:
        named = [_month_number(name) for name in re.findall(MONTH, inside, re.IGNORECASE)]
        return period if named == [period.start.month, period.end.month] else None
    return period


def read_quarter_of_months(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "Quarter 4 (Jan to Mar 2024)": the months, where they are that quarter's."""
    period = read_months(3)(found, near, "")
    fits = period and period.start.month == _month_number(found["first"]) == (counted(found["number"]) * 3) % 12 + 1
    return period if fits else None


def read_month_in_figures(found: re.Match[str], _near: date | None, _: str) -> Period | None:
    """ "04/2021"."""
    return months(date(int(found["year"]), int(found["number"]), 1), 1)


def read_half(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "H2 2021/22", "the second half of 2021/22"; without a year, of the financial year that runs, or ran last."""
    second = _is_second(found["number"])
    return _dated(found, near, lambda year: months(date(year, 10 if second else 4, 1), 6))


def read_half_of_calendar_year(found: re.Match[str], _near: date | None, _: str) -> Period | None:
    return months(date(int(found["year"]), 7 if _is_second(found["number"]) else 1, 1), 6)


def _is_second(half: str) -> bool:
    return counted(half) in (ORDINALS["second"], ORDINALS["final"])


def read_pair(found: re.Match[str], near: date | None, _: str) -> Period | None:
    return _dated(found, near, lambda year: months(date(year, 4, 1), 12))


def read_year(found: re.Match[str], _near: date | None, _: str) -> Period | None:
    return calendar_year(date(int(found["year"]), 1, 1))


def read_running(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "this quarter", "last month", "next financial year", counted from `near`."""
    if near is None:
        return None
    running, which = _RUNNING[found["unit"].lower()](near), found["which"].lower()
    if which == "next":
        return _RUNNING[found["unit"].lower()](running.end + timedelta(days=1))
    return running if which in ("this", "current") else before(running)


def read_ago(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "three months ago": the month or quarter that is so many before the one that runs on `near`."""
    if near is None:
        return None
    period = _RUNNING[found["unit"].lower()](near)
    for _time in range(counted(found["count"])):
        period = before(period)
    return period


def read_last_twelve(_found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "the past year": the twelve months before the one that runs."""
    return months_to(month(near).start - timedelta(days=1), 12) if near else None


def read_first_few(found: re.Match[str], _near: date | None, _: str) -> Period | None:
    """ "the first six months of 2021", or of "2021/22", which begins in April."""
    count = counted(found["count"])
    year = read_pair(found, None, _) if found["pair"] else read_year(found, None, _)
    return months(year.start, count) if year and count else None


def read_year_end(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "the year end", "year end 2020/21": March of the year, or of the last that is over."""
    year = read_pair(found, None, _) if found["pair"] else before(financial_year(near)) if near else None
    return month(year.end) if year else None


def read_season(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "the summer", "last spring", "autumn 2021": three whole months; a winter is of the year that it ends in."""
    number = SEASONS[found["season"].lower()]
    return _dated(found, near, lambda year: months_to(date(year, number, 1), 3), number)


def read_week(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "this week", "last week", "week 32": Monday to Sunday; papers hardly report so, which is to be said."""
    if near is None:
        return None
    if number := found["number"]:
        weeks = [date.fromisocalendar(y, int(number), 1) for y in (near.year, near.year - 1) if 0 < int(number) < 53]
        monday = next((day for day in weeks if day <= near), None)
    else:
        monday = near - timedelta(days=near.weekday() + (0 if found["which"].lower() == "this" else 7))
    return Period(monday, monday + timedelta(days=6), "") if monday else None


def read_yesterday(_found: re.Match[str], near: date | None, _: str) -> Period | None:
    return Period(near - timedelta(days=1), near - timedelta(days=1), "") if near else None


def read_last_few(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "the last six months", "recent months": whole ones that ended before the one that runs on `near`."""
    count, unit = counted(found["count"]), found["unit"].lower()
    if near is None or count == 0:
        return None
    return months_to(_RUNNING[unit](near).start - timedelta(days=1), count * _LENGTHS[unit])


def read_next_few(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "the next three months": whole ones, from the one that begins on `near` or after it."""
    count, unit = counted(found["count"]), found["unit"].lower()
    if near is None or count == 0:
        return None
    day = near if near.day == 1 else month_end(near) + timedelta(days=1)
    return Period(near, months(day, count * _LENGTHS[unit]).end, "")


def read_to_date(_found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "YTD" up to `near`, where that is the end of a month: the date of a meeting says nothing of the figures."""
    return Period(financial_year(near).start, near, "") if near and near == month_end(near) else None


def _dated(found: re.Match[str], near: date | None, build: Callable[[int], Period], number: int = 4) -> Period | None:
    """The period that `build` makes of the year that was printed, or of the latest year that fits `near`.

    `number` is the month that tells which of a pair's two years is meant; quarters and years go by the first.
    """
    groups = found.groupdict()
    if pair := groups.get("pair"):
        first, second = re.findall(r"\d+", pair)
        year = int(first) if len(first) == 4 else _century(int(first))
        return build(year + (number < 4)) if (year + 1) % 100 == int(second[-2:]) else None
    if printed := groups.get("year"):
        return build(int(printed))
    if short := groups.get("short"):
        return build(_century(int(short[-2:])))
    if near is None:
        return None
    return next(
        (period for year in range(near.year + 1, near.year - 9, -1) if (period := build(year)).start <= near), None
    )


def counted(said: str) -> int:
    """A number in figures, or as a word of any of the lists that the grammar has: "six", "third", "a", "few"."""
    word = said.lower()
    return ORDINALS.get(word) or NUMBERS.get(word) or SOME.get(word) or (1 if word == "a" else int(word))


def _month_number(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)
