"""The grammar of one period: a month, a quarter, a year, a day, as printed or said."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from kpi_tools.pattern import Pattern
from kpi_tools.spans import Period, before, calendar_year, financial_year, month, month_end, months, months_to, quarter

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NUMBERS |= {"seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "eighteen": 18}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}
_LENGTHS = {"": 1, "month": 1, "quarter": 3, "year": 12}
_RUNNING = {"month": month, "quarter": quarter, "year": financial_year}
_RUNNING |= {"financial year": financial_year, "calendar year": calendar_year}

# The pieces of the grammar. A pair is a financial year ("2021/22", "16-17"): its years must follow each other.
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_YEAR = r"(?:19|20)\d\d(?![\d/])"
_PAIR = r"(?:(?:19|20)\d\d\s?[/–_-]\s?(?:20)?\d\d|\d\d[/–-]\d\d)(?![\d/-])"
_SHORT = r"['’]?\d\d(?![\d/%:,]|\.\d)"
_JOINED = r"(?<=[a-z][-’'])\d\d(?![\d/%:-]|[,.]\d)"  # "Sep-16, and"
_WHEN = rf"[\s,./_–-]*(?:of\s)?(?:(?P<pair>{_PAIR})|(?P<year>{_YEAR})|(?P<short>{_SHORT}|{_JOINED}))"
_MONTH_WHEN = rf"(?P<month>{_MONTH})(?:{_WHEN})?"
_END = r"\s(?:to|ending|ended|end)\s(?:the end of\s)?(?:(?:31|30|29|28)(?:st|th)?\s)?"
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_ORDINAL = rf"(?P<number>{'|'.join(_ORDINALS)})"
_INSIDE = rf"(?P<inside>\s?\(\s?{_MONTH}\s?(?:-|–|to|/)\s?{_MONTH}\s?\))?"
_OF_YEAR = rf"{_INSIDE}(?:[\s,:-]*(?:of\s)?(?:fy\s?)?['’]?(?:(?P<pair>{_PAIR})|(?P<year>{_YEAR})))?"
_SO_FAR = r"(?:ytd|year to date|cumulative)"
_QUARTER = r"(?:q|qtr\.?|quarter)\s?(?P<number>[1-4]|one|two|three|four)\b"

Reader = Callable[[re.Match[str], date | None, str], Period | None]


def _day(found: re.Match[str], near: date | None, grain: str) -> Period | None:
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


def _months(count: int = 0) -> Reader:
    """A reader of the `count` months that end with the one named: "Jan-21", "the June quarter", "May 22/23"."""

    def read(found: re.Match[str], near: date | None, grain: str) -> Period | None:
        number = _month_number(found["month"])
        return _dated(found, near, lambda year: months_to(date(year, number, 1), count or _LENGTHS[grain]), number)

    return read


def _counted(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "6 months to September 2023", "the nine months ended 31 December 2023"."""
    word, number = found["count"].lower(), _month_number(found["month"])
    count = _NUMBERS.get(word) or int(word)
    return _dated(found, near, lambda year: months_to(date(year, number, 1), count), number) if count else None


def _year_so_far(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "YTD Sept 2023", "Sep-23 YTD": from April to the end of the month, of one financial year."""
    last = _months()(found, near, "")
    return Period(financial_year(last.end).start, last.end, "") if last else None


def _quarters_so_far(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "Q2 YTD 2024/25": from April to the end of the quarter."""
    last = _quarter(found, near, _)
    return Period(financial_year(last.end).start, last.end, "") if last else None


def _numbered_month(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "Month 6 2023/24", "Period 6 2023/24": months are counted from April."""
    at = int(found["number"]) - 1
    if not 0 <= at < len(_MONTHS):
        return None
    return _dated(found, near, lambda year: months(date(year + (at + 3) // 12, (at + 3) % 12 + 1, 1), 1))


def _quarter(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "Q4 2013/14" is January to March 2014. "Q4 2013" could be of either year, and is none."""
    word = found["number"].lower()
    number = _ORDINALS.get(word) or _NUMBERS.get(word) or int(word)
    if number == 4 and found["year"]:
        return None
    period = _dated(found, near, lambda year: months(date(year + number // 4, (number * 3) % 12 + 1, 1), 3))
    inside = found["inside"]
    if period and inside:
        named = [_month_number(name) for name in re.findall(_MONTH, inside, re.IGNORECASE)]
        return period if named == [period.start.month, period.end.month] else None
    return period


def _quarter_of_months(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "Quarter 4 (Jan to Mar 2024)": the months, where they are that quarter's."""
    period, word = _months(3)(found, near, ""), found["number"].lower()
    number = _NUMBERS.get(word) or int(word)
    fits = period and period.start.month == _month_number(found["first"]) == (number * 3) % 12 + 1
    return period if fits else None


def _month_in_figures(found: re.Match[str], _near: date | None, _: str) -> Period | None:
    """ "04/2021"."""
    return months(date(int(found["year"]), int(found["number"]), 1), 1)


def _half(found: re.Match[str], near: date | None, _: str) -> Period | None:
    second = found["number"] == "2" or _is_second(found["number"])
    return _dated(found, near, lambda year: months(date(year, 10 if second else 4, 1), 6))


def _half_of_calendar_year(found: re.Match[str], _near: date | None, _: str) -> Period | None:
    return months(date(int(found["year"]), 7 if _is_second(found["number"]) else 1, 1), 6)


def _is_second(ordinal: str) -> bool:
    return _ORDINALS.get(ordinal.lower()) in (_ORDINALS["second"], _ORDINALS["final"])


def _pair(found: re.Match[str], near: date | None, _: str) -> Period | None:
    return _dated(found, near, lambda year: months(date(year, 4, 1), 12))


def _year(found: re.Match[str], _near: date | None, _: str) -> Period | None:
    return calendar_year(date(int(found["year"]), 1, 1))


def _running(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "this quarter", "last month", "last financial year", counted from `near`."""
    if near is None:
        return None
    running = _RUNNING[found["unit"].lower()](near)
    return running if found["which"].lower() in ("this", "current") else before(running)


def _last_few(found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "the last six months": whole ones that ended before the one that runs on `near`."""
    word, unit = found["count"].lower(), found["unit"].lower()
    count = _NUMBERS.get(word) or int(word)
    if near is None or count == 0:
        return None
    return months_to(_RUNNING[unit](near).start - timedelta(days=1), count * _LENGTHS[unit])


def _to_date(_found: re.Match[str], near: date | None, _: str) -> Period | None:
    """ "YTD" up to `near`, where that is the end of a month: the date of a meeting says nothing of the figures."""
    return Period(financial_year(near).start, near, "") if near and near == month_end(near) else None


_ATOMS: tuple[tuple[str, Reader], ...] = (
    (r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)", _day),
    (r"(?P<day>\d{1,2})[/.-](?P<number>\d{1,2})[/.-](?:(?P<year>(?:19|20)\d\d)|(?P<short>\d\d))(?![\d/])", _day),
    (rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s/.-]*(?:of\s)?{_MONTH_WHEN}", _day),
    (rf"(?:quarter|3 months|three months){_END}{_MONTH_WHEN}", _months(3)),
    (rf"(?P<month>{_MONTH}) quarter(?!{_END})(?:{_WHEN})?", _months(3)),
    (rf"{_MONTH_WHEN} quarter(?!{_END})", _months(3)),
    (rf"(?:rolling )?(?:financial )?(?:year|12 months|twelve months){_END}{_MONTH_WHEN}", _months(12)),
    (rf"(?P<pair>{_PAIR})[\s,:-]*{_QUARTER}{_INSIDE}(?P<year>(?!))?", _quarter),
    (rf"{_QUARTER}{_OF_YEAR}", _quarter),
    (rf"{_ORDINAL} (?:quarter|qtr)\b{_OF_YEAR}", _quarter),
    (rf"(?:h(?P<number>[12])|half (?:year )?1) (?P<pair>{_PAIR})", _half),
    (rf"{_ORDINAL} half(?: of)? (?P<pair>{_PAIR})", _half),
    (rf"{_ORDINAL} half(?: of)? (?P<year>{_YEAR})(?![\d/–-])", _half_of_calendar_year),
    (rf"(?:month of )?{_MONTH_WHEN}", _months()),
    (rf"(?:month|period)\s(?P<number>\d{{1,2}})[\s,:–-]+(?P<pair>{_PAIR})", _numbered_month),
    (rf"(?:(?:financial year|full year|year|fy)[\s:]*)?(?P<pair>{_PAIR})", _pair),
    (rf"(?:calendar year )?(?P<year>{_YEAR})", _year),
    (r"(?:year to date|ytd)\b", _to_date),
)
_HEADERS: tuple[tuple[str, Reader], ...] = (  # printed over columns, and not said in questions
    (rf"(?P<year>(?:19|20)\d\d)[\s,:-]+{_QUARTER}{_INSIDE}(?P<pair>(?!))?", _quarter),
    (rf"{_QUARTER}[\s(:–-]+(?P<first>{_MONTH})\s?(?:-|–|to|/)\s?{_MONTH_WHEN}\s?\)?", _quarter_of_months),
    (r"(?P<number>0[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)", _month_in_figures),
    (rf"y/?e\s{_MONTH_WHEN}", _months(12)),
    (rf"(?:year[\s-]end|eoy)[\s:–-]+(?P<pair>{_PAIR})", _pair),
    (rf"(?P<pair>{_PAIR})[\s:–-]+(?:year[\s-]end|full year|eoy)", _pair),
    (rf"{_COUNT} months{_END}{_MONTH_WHEN}", _counted),
    (rf"{_SO_FAR}[\s:–-]+(?:(?:to|at|as at)\s)?(?:the end of\s)?{_MONTH_WHEN}", _year_so_far),
    (rf"{_MONTH_WHEN}\s{_SO_FAR}", _year_so_far),
    (rf"{_SO_FAR}[\s:–-]+{_QUARTER}{_OF_YEAR}", _quarters_so_far),
    (rf"{_QUARTER}\s{_SO_FAR}{_OF_YEAR}", _quarters_so_far),
    (rf"{_QUARTER}{_OF_YEAR}\s{_SO_FAR}", _quarters_so_far),
)
_ASKED: tuple[tuple[str, Reader], ...] = (  # counted from the day of asking: no paper's header can be read so
    (r"(?P<which>this|current|last|previous) (?P<unit>month|quarter|financial year|calendar year)\b", _running),
    (rf"(?:last|past|previous) {_COUNT} (?P<unit>month|quarter|year)s\b", _last_few),
)
_BOTH = tuple((Pattern(pattern, re.IGNORECASE), reader) for pattern, reader in _ATOMS)
PRINTED = _BOTH + tuple((Pattern(pattern, re.IGNORECASE), reader) for pattern, reader in _HEADERS)
SAID = _BOTH + tuple((Pattern(pattern, re.IGNORECASE), reader) for pattern, reader in _ASKED)
ATOM = "(?:the )?(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", pattern) for pattern, _ in _ATOMS + _ASKED) + ")"


def read_atom(
    phrase: str, near: date | None, grain: str, rules: tuple[tuple[Pattern, Reader], ...] = PRINTED
) -> Period | None:
    """The period that the whole phrase names, or None. `near` and `grain` as in `read_period`."""
    phrase = re.sub(r"^the\s", "", phrase, flags=re.IGNORECASE)
    for pattern, reader in rules:
        if (found := pattern.fullmatch(phrase)) and (period := reader(found, near, grain)):
            return period
    return None


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


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)
