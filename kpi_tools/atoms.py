"""The grammar of one period: a month, a quarter, a year, a day, as printed or said."""

import re
from datetime import date

from kpi_tools.pattern import Pattern
from kpi_tools.readers import (
    MONTH,
    NUMBERS,
    ORDINALS,
    SEASONS,
    SOME,
    Reader,
    read_ago,
    read_counted,
    read_day,
    read_first_few,
    read_half,
    read_half_of_calendar_year,
    read_last_few,
    read_last_twelve,
    read_month_in_figures,
    read_months,
    read_next_few,
    read_numbered_month,
    read_pair,
    read_quarter,
    read_quarter_of_months,
    read_quarters_so_far,
    read_running,
    read_season,
    read_to_date,
    read_week,
    read_year,
    read_year_end,
    read_year_so_far,
    read_yesterday,
)
from kpi_tools.spans import Period

_WHICH = "this|current|last|previous|next"
# The pieces of the grammar. A pair is a financial year ("2021/22", "16-17"): its years must follow each other.
_YEAR = r"(?:19|20)\d\d(?![\d/])"
_PAIR = r"(?:(?:19|20)\d\d\s?[/–_-]\s?(?:20)?\d\d|\d\d[/–-]\d\d)(?![\d/-])"
_SHORT = r"(?:['’]\d\d(?![\d/%]|[:,.-]\d)|\d\d(?![\d/%:,]|\.\d))"  # "'16, and" is no day
_JOINED = r"(?<=[a-z][-’'])\d\d(?![\d/%-]|[:,.]\d)"  # "Sep-16, and"
_WHEN = rf"[\s,./_–-]*(?:of\s)?(?:(?P<pair>{_PAIR})|(?P<year>{_YEAR})|(?P<short>{_SHORT}|{_JOINED}))"
_MONTH_WHEN = rf"(?P<month>{MONTH})(?:{_WHEN})?"
_END = r"\s(?:to|ending|ended|end)\s(?:the end of\s)?(?:(?:31|30|29|28)(?:st|th)?\s)?"
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join([*NUMBERS, *SOME])})"
_ORDINAL = rf"(?P<number>{'|'.join(ORDINALS)})"
_INSIDE = rf"(?P<inside>\s?\(\s?{MONTH}\s?(?:-|–|to|/)\s?{MONTH}\s?\))?"
_OF_YEAR = rf"{_INSIDE}(?:[\s,:-]*(?:of\s)?(?:fy\s?)?['’]?(?:(?P<pair>{_PAIR})|(?P<year>{_YEAR})))?"
_OF_THIS_YEAR = r"(?: of (?:the|this) (?:financial )?year)?"
_SO_FAR = r"(?:ytd|year to date|cumulative)"
_QUARTER = r"(?:q|qtr\.?|quarter)\s?(?P<number>[1-4]|one|two|three|four)\b"

_ATOMS: tuple[tuple[str, Reader], ...] = (
    (r"(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)", read_day),
    (r"(?P<day>\d{1,2})[/.-](?P<number>\d{1,2})[/.-](?:(?P<year>(?:19|20)\d\d)|(?P<short>\d\d))(?![\d/])", read_day),
    (rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s/.-]*(?:of\s)?{_MONTH_WHEN}", read_day),
    (rf"(?:quarter|3 months|three months){_END}{_MONTH_WHEN}", read_months(3)),
    (rf"(?P<month>{MONTH}) quarter(?!{_END})(?:{_WHEN})?", read_months(3)),
    (rf"{_MONTH_WHEN} quarter(?!{_END})", read_months(3)),
    (rf"(?:rolling )?(?:financial )?(?:year|12 months|twelve months){_END}{_MONTH_WHEN}", read_months(12)),
    (rf"(?:fy\s?)?(?P<pair>{_PAIR})[\s,:-]*{_QUARTER}{_INSIDE}(?P<year>(?!))?", read_quarter),
    (rf"{_QUARTER}{_OF_YEAR}", read_quarter),
    (rf"{_ORDINAL} (?:quarter|qtr)\b{_OF_YEAR}", read_quarter),
    (rf"h(?:alf (?:year )?)?(?P<number>[12]) (?P<pair>{_PAIR})", read_half),
    (rf"{_ORDINAL} half(?: of)? (?P<pair>{_PAIR})", read_half),
    (rf"{_ORDINAL} half(?: of)? (?P<year>{_YEAR})(?![\d/–-])", read_half_of_calendar_year),
    (rf"(?:month of )?{_MONTH_WHEN}", read_months()),
    (rf"(?:month|period)\s(?P<number>\d{{1,2}})[\s,:–-]+(?P<pair>{_PAIR})", read_numbered_month),
    (rf"(?:(?:financial year|full year|year|fy)[\s:]*)?(?P<pair>{_PAIR})", read_pair),
    (rf"(?:calendar year )?(?P<year>{_YEAR})", read_year),
    (r"(?:year to date|ytd)\b", read_to_date),
)
_HEADERS: tuple[tuple[str, Reader], ...] = (  # printed over columns, and not said in questions
    (rf"(?P<year>(?:19|20)\d\d)[\s,:-]+{_QUARTER}{_INSIDE}(?P<pair>(?!))?", read_quarter),
    (rf"{_QUARTER}[\s(:–-]+(?P<first>{MONTH})\s?(?:-|–|to|/)\s?{_MONTH_WHEN}\s?\)?", read_quarter_of_months),
    (r"(?P<number>0[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)", read_month_in_figures),
    (rf"y/?e\s{_MONTH_WHEN}", read_months(12)),
    (rf"(?:year[\s-]end|eoy)[\s:–-]+(?P<pair>{_PAIR})", read_pair),
    (rf"(?P<pair>{_PAIR})[\s:–-]+(?:year[\s-]end|full year|eoy)", read_pair),
    (rf"{_COUNT} months{_END}{_MONTH_WHEN}", read_counted),
    (rf"{_SO_FAR}[\s:–-]+(?:(?:to|at|as at)\s)?(?:the end of\s)?{_MONTH_WHEN}", read_year_so_far),
    (rf"{_MONTH_WHEN}\s{_SO_FAR}", read_year_so_far),
    (rf"{_SO_FAR}[\s:–-]+{_QUARTER}{_OF_YEAR}", read_quarters_so_far),
    (rf"{_QUARTER}\s{_SO_FAR}{_OF_YEAR}", read_quarters_so_far),
    (rf"{_QUARTER}{_OF_YEAR}\s{_SO_FAR}", read_quarters_so_far),
)
_ASKED: tuple[tuple[str, Reader], ...] = (  # counted from the day of asking: no paper's header can be read so
    (rf"(?P<which>{_WHICH}) (?P<unit>month|quarter|financial year|calendar year)\b", read_running),
    (rf"(?:last|past|previous) {_COUNT} (?P<unit>month|quarter|year)s\b", read_last_few),
    (r"(?P<count>(?<!most )recent) (?P<unit>month|quarter|year)s\b", read_last_few),
    (rf"(?:next|coming) {_COUNT} (?P<unit>month|quarter|year)s\b", read_next_few),
    (rf"(?P<count>a|\d{{1,2}}|{'|'.join(NUMBERS)}) (?P<unit>month|quarter)s? ago\b", read_ago),
    (rf"(?:financial )?year[ -]end(?: (?:of )?(?P<pair>{_PAIR}))?\b", read_year_end),
    (r"(?:past|the last) year\b", read_last_twelve),
    (rf"first {_COUNT} months of (?:(?P<pair>{_PAIR})|(?P<year>{_YEAR}))", read_first_few),
    (rf"h(?P<number>[12])\b{_OF_THIS_YEAR}", read_half),
    (rf"{_ORDINAL} half{_OF_THIS_YEAR}", read_half),
    (rf"(?P<season>spring|summer|autumn) (?:of )?(?P<year>{_YEAR})", read_season),  # a winter's year could be either
    (rf"(?:this |last |the )(?P<season>{'|'.join(SEASONS)})(?P<year>(?!))?\b", read_season),
    (r"(?:(?P<which>this|last|past) week|week (?P<number>\d{1,2}))\b", read_week),
    (r"yesterday\b", read_yesterday),
)
_BOTH = tuple((Pattern(pattern, re.IGNORECASE), reader) for pattern, reader in _ATOMS)
PRINTED = _BOTH + tuple((Pattern(pattern, re.IGNORECASE), reader) for pattern, reader in _HEADERS)
SAID = _BOTH + tuple((Pattern(pattern, re.IGNORECASE), reader) for pattern, reader in _ASKED)
ATOM = "(?:the )?(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", pattern) for pattern, _ in _ATOMS + _ASKED) + ")"


def read_atom(
    phrase: str, near: date | None, grain: str, rules: tuple[tuple[Pattern, Reader], ...] = PRINTED
) -> Period | None:
    """The period that the whole phrase names, or None. `near` and `grain` as in `read_period`."""
    for said in dict.fromkeys((re.sub(r"^the\s", "", phrase, flags=re.IGNORECASE), phrase)):
        for pattern, reader in rules:
            if (found := pattern.fullmatch(said)) and (period := reader(found, near, grain)):
                return period
    return None
