"""Figures told in a cell's prose: "As at May: 20.1% (May 22/23 was 21.4%)", "April: 28 May: 25 June: 22"."""

import re
from collections.abc import Iterator
from datetime import date

from kpi_tools.figures import Figure, read_figure
from kpi_tools.periods import Period, read_period

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_YEAR = r"(?:\s+\d{2,4}(?:/\d{2})?)?"
_TOLD = re.compile(
    rf"(?P<when>(?:As at\s+)?{_MONTH}{_YEAR}|Q[1-4]{_YEAR})\s*(?::|=|was|is)\s*(?P<figure>[£-]?\d[\d,.]*\s?%?)"
)
_YEAR_OF = re.compile(r"\(?(?P<year>\d{2,4}/\d{2})\s+figures?\b")


def figures_in(text: str, unit: str, near: date | None) -> Iterator[tuple[Figure, Period]]:
    """Each figure that is told with its period; a year named for a bracket ("22/23 figures") holds for what follows."""
    plain = " ".join(text.split())
    turns = [(m.start(), m["year"]) for m in _YEAR_OF.finditer(plain)]
    for told in _TOLD.finditer(plain):
        year = next((y for at, y in reversed(turns) if at < told.start()), "")
        period = read_period(f"{told['when']} {year}".strip(), near=near)
        figure = read_figure(told["figure"].strip(" .,"), unit)
        if period and isinstance(figure, Figure):
            label = f"{told['when']} {year}".strip()
            yield figure, Period(period.start, period.end, label)
