"""Figures told in a cell's prose: "As at May: 20.1% (May 22/23 was 21.4%)", "April: 28 May: 25 June: 22"."""

import re
from collections.abc import Iterator
from datetime import date

from kpi_tools.figures import Figure, read_figure
from kpi_tools.periods import Period, before, read_period, year_before

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_YEAR = r"(?:\s+\d{2,4}(?:/\d{2})?)?"
_FIGURE = r"-?£?-?\d[\d,.]*(?:\s?%|(?:k|m|bn)\b)?"
_TOLD = re.compile(rf"(?P<when>(?:As at\s+)?{_MONTH}{_YEAR}|Q[1-4]{_YEAR})\s*(?::|=|was|is)\s*(?P<figure>{_FIGURE})")
_YEAR_OF = re.compile(r"\(?(?P<year>\d{2,4}/\d{2})\s+figures?\b")
# "94.9% against 87.1% a year earlier", "98.62% (previous quarter 98.49%)"
_AGAINST = re.compile(
    rf"(?P<figure>{_FIGURE})\s*[,(]?\s*(?:(?:against|compared (?:with|to)|from|up from|down from)\s+(?P<then>{_FIGURE})"
    rf"\s+(?:(?P<year>a year (?:earlier|ago|before))|(?:in the )?(?P<last>(?:previous|last) (?:month|quarter)))"
    rf"|(?P<before>previous (?:month|quarter))\s*(?:was|:)?\s*(?P<other>{_FIGURE}))\s*\)?\.?"
)
# "91%. Demand rose after the winter storms.": a figure, and a remark without any other.
_REMARKED = re.compile(rf"(?P<figure>{_FIGURE}?(?:\s[a-z]+){{0,2}})\.\s+[A-Z][^\d%£]*")


def figures_in(text: str, unit: str, near: date | None, now: Period) -> Iterator[tuple[Figure, Period]]:
    """Each figure that is told with its period; a year named for a bracket ("22/23 figures") holds for what follows.

    `now` is the period of the cell's own column, which a figure has that is told with another "a year earlier".
    """
    plain = " ".join(text.split())
    if remarked := _REMARKED.fullmatch(plain):
        figure = read_figure(remarked["figure"].strip(" ."), unit)
        if isinstance(figure, Figure):
            yield figure, now
    elif against := _AGAINST.fullmatch(plain):
        yield from _compared(against, unit, now)
    else:
        yield from _told(plain, unit, near)


def _compared(found: re.Match[str], unit: str, now: Period) -> Iterator[tuple[Figure, Period]]:
    said = found["year"] or found["last"] or found["before"]
    then = year_before(now, said) if found["year"] else before(now, said)
    same = found["year"] or (said or "").endswith(now.grain)
    for text, period in ((found["figure"], now), (found["then"] or found["other"], then)):
        figure = read_figure(text.strip(" .,"), unit)
        if isinstance(figure, Figure) and (period is now or same):
            yield figure, period


def _told(plain: str, unit: str, near: date | None) -> Iterator[tuple[Figure, Period]]:
    turns = [(m.start(), m["year"]) for m in _YEAR_OF.finditer(plain)]
    for told in _TOLD.finditer(plain):
        year = next((y for at, y in reversed(turns) if at < told.start()), "")
        period = read_period(f"{told['when']} {year}".strip(), near=near)
        figure = read_figure(told["figure"].strip(" .,"), unit)
        if period and isinstance(figure, Figure) and (near is None or period.start <= near):
            label = f"{told['when']} {year}".strip()
            yield figure, Period(period.start, period.end, label)
