"""Headers that name a period by others: "Current quarter", "Same quarter last year", "YTD", "Cumulative 2023/24"."""

import re
from collections.abc import Mapping

from indexer.shapes.columns import plain
from indexer.shapes.headers import VALUES
from kpi_tools.periods import Period, before, financial_year, read_period, year_before

_GRAIN = r"(?: (?P<grain>month|quarter|year|period))?"
_OF = r"(?:s? (?:value|result|performance|figure|actual|position|score|outturn))?"
_NOW = re.compile(rf"(?:(?:current|latest|this){_GRAIN}{_OF}|{'|'.join(VALUES)})")
_THEN = re.compile(rf"(?:previous|last|prior){_GRAIN}{_OF}")
_A_YEAR_AGO = re.compile(
    r"(?:this|the same|same) (?P<grain>month|quarter|period|time|point) last year|(?:a )?year (?:ago|before|earlier)"
    r"|(?:last|previous|prior) year"
)
TO_DATE = re.compile(
    r"(?:actual |result |performance )?(?:ytd|year to date|cumulative)(?: actual| result| performance| total)?"
)
_NO_GRAIN = (None, "period", "time", "point")


def moved(header: str, now: Period) -> Period | None:
    """What a header like "Previous quarter" names, seen from the period that is the present one."""
    for pattern, when in ((_NOW, now), (_THEN, before(now, header)), (_A_YEAR_AGO, year_before(now, header))):
        match = pattern.fullmatch(plain(header))
        if match and match["grain"] in (*_NO_GRAIN, now.grain):
            return Period(when.start, when.end, when.label)
    return None


def so_far(texts: Mapping[int, str], periods: Mapping[int, Period], now: Period | None) -> dict[int, Period]:
    """Columns "YTD": from the beginning of the financial year to the end of the last month or quarter beside them, or
    of that which the table is of.

    None where that is a column of the table itself, or where the periods beside it are of several years, unless those
    before are the same a year before, or end where the year begins and stand before it: not from January on, as there
    the year may be the calendar's.
    """
    beside = list(periods.values()) or ([now] if now else [])
    parts = [period for period in beside if period.grain in ("month", "quarter")]
    if not parts:
        return {}
    last = max(period.end for period in parts)
    start = financial_year(last).start
    earlier = {(period.start, period.end) for period in parts if period.end < start}
    again = {(ago.start, ago.end) for period in parts if period.end >= start for ago in [year_before(period)]}
    told = {c: text for c, text in texts.items() if _is_to_date(text, financial_year(last))}
    behind = max(periods, default=-1) < min(told, default=-1) and min(period.start for period in parts).month != 1
    if not (earlier <= again or behind):
        return {}
    if any((period.start, period.end) == (start, last) for period in periods.values()):
        return {}
    return {c: Period(start, last, text) for c, text in told.items()} if len(told) == 1 else {}


def _is_to_date(text: str, year: Period) -> bool:
    """Whether a header is "YTD" or "Cumulative", alone or with the year that is meant: "Cumulative 2023/24"."""
    words = text.split()
    for said, rest in (("", words), (" ".join(words[-1:]), words[:-1]), (" ".join(words[:1]), words[1:])):
        when = read_period(said) if said else year
        if when and (when.start, when.end) == (year.start, year.end) and TO_DATE.fullmatch(plain(" ".join(rest))):
            return True
    return False
