"""Figures told in a cell's prose: "As at May: 20.1% (May 22/23 was 21.4%)", "April: 28 May: 25 June: 22"."""

import re
from collections.abc import Iterator
from datetime import date

from kpi_tools.figures import UNITS, Figure, read_figure
from kpi_tools.periods import Period, before, read_period, year_before

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_YEAR = r"(?:\s+\d{2,4}(?:/\d{2})?)?"
_FIGURE = rf"-?£?-?\d(?:[\d,.]*\d)?(?:\s?%|(?:k|m|bn)\b|\s?(?:{'|'.join(UNITS.values())}))?"
_TOLD = re.compile(
    rf"(?P<when>(?:(?:As at|At|End of)\s+(?:the end of\s+)?)?{_MONTH}{_YEAR}|Q[1-4]{_YEAR})\s*(?::|=|was|is)\s*"
    rf"(?P<figure>{_FIGURE})"
)
_YEAR_OF = re.compile(r"\(?(?P<year>\d{2,4}/\d{2})\s+figures?\b")
# "October 33, November 44 and December 169": months and figures, and no more.
_PAIR = rf"(?P<when>{_MONTH})\s+(?P<figure>{_FIGURE})"
_LISTED = re.compile(rf"(?:{re.sub(r'[?]P<[a-z]+>', '?:', _PAIR)}(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+|\.?$)){{2,}}")
_NOW_THEN = rf"(?P<figure>{_FIGURE})\s*[,;(]?\s*"
_LAST = r"(?:the )?(?:previous|last|prior) (?:month|quarter)"
_A_YEAR = (
    r"a year (?:earlier|ago|before)|(?:the )?same (?:month|quarter|period) (?:last year|a year (?:earlier|ago|before)"
    r"|(?:the|in the) previous year)"
)
_AGAINST = r"(?:against|compared (?:with|to)|vs\.?|versus|(?:up |down )?from)"
# "94.9% against 87.1% a year earlier", "98.62% (previous quarter 98.49%)", "3 a year ago, now 5"
_WHEN = rf"(?:(?P<year>{_A_YEAR})|(?P<last>{_LAST}))"
_COMPARED = (
    re.compile(rf"{_NOW_THEN}{_AGAINST}\s+(?P<then>{_FIGURE})\s+(?:in |for )?{_WHEN}\s*\)?\.?"),
    re.compile(rf"{_NOW_THEN}{_WHEN}\s*(?:was|:)?\s*(?P<then>{_FIGURE})\s*\)?\.?"),
    re.compile(rf"(?P<figure>{_FIGURE})(?:[,;]| \() ?(?P<then>{_FIGURE}) (?:in |for )?{_WHEN}\)?\.?"),
    re.compile(rf"(?P<then>{_FIGURE}) {_WHEN},? (?:and )?now (?P<figure>{_FIGURE})\.?"),
)
# "85% (Q4: 82%)": the column's own, and that of a period which is named.
_NAMED = re.compile(rf"{_NOW_THEN}(?P<when>Q[1-4]{_YEAR}|{_MONTH}{_YEAR})\s*(?::|=|was)\s*(?P<then>{_FIGURE})\s*\)?\.?")
# "91%. Demand rose after the winter storms.": a figure, and a remark without any other.
_REMARKED = re.compile(rf"(?P<figure>{_FIGURE}?(?:\s[a-z]+){{0,2}})\.\s+[A-Z][^\d%£]*")

Told = tuple[Figure, Period]


def figures_in(text: str, unit: str, near: date | None, now: Period) -> Iterator[Told]:
    """Each figure that is told with its period; a year named for a bracket ("22/23 figures") holds for what follows.

    `now` is the period of the cell's own column, which a figure has that is told with another "a year earlier".
    """
    plain = " ".join(text.split())
    if remarked := _REMARKED.fullmatch(plain):
        yield from _as_told(remarked["figure"], unit, now)
    elif against := next((found for form in _COMPARED if (found := form.fullmatch(plain))), None):
        yield from _compared(against, unit, now)
    elif named := _NAMED.fullmatch(plain):
        then = read_period(named["when"], near=before(now).end)
        if then and then.grain == now.grain:
            yield from (*_as_told(named["figure"], unit, now), *_as_told(named["then"], unit, then))
    elif _LISTED.fullmatch(plain):
        yield from _listed(plain, unit, near)
    else:
        yield from _told(plain, unit, near)


def _as_told(text: str, unit: str, period: Period) -> Iterator[Told]:
    figure = read_figure(text.strip(" .,"), unit)
    if isinstance(figure, Figure):
        yield figure, period


def _compared(found: re.Match[str], unit: str, now: Period) -> Iterator[Told]:
    said = found["year"] or found["last"]
    grain = re.search(r"month|quarter", said)
    if grain is None or grain[0] == now.grain:
        then = year_before(now, said) if found["year"] else before(now, said)
        yield from (*_as_told(found["figure"], unit, now), *_as_told(found["then"], unit, then))


def _listed(plain: str, unit: str, near: date | None) -> Iterator[Told]:
    """Months with their figures; none where a figure may be the month's year: "May 22, June 22"."""
    pairs = list(re.finditer(_PAIR, plain))
    years = [read_period(pair[0]) for pair in pairs]
    if any(year and (near is None or year.start <= near) for year in years):
        return
    for pair in pairs:
        period = read_period(pair["when"], near=near)
        if period:
            yield from _as_told(pair["figure"], unit, period)


def _told(plain: str, unit: str, near: date | None) -> Iterator[Told]:
    turns = [(m.start(), m["year"]) for m in _YEAR_OF.finditer(plain)]
    for told in _TOLD.finditer(plain):
        year = next((y for at, y in reversed(turns) if at < told.start()), "")
        label = f"{told['when']} {year}".strip()
        period = read_period(label, near=near)
        if period and (near is None or period.start <= near):
            yield from _as_told(told["figure"], unit, Period(period.start, period.end, label))
