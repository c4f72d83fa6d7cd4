"""Stretches of days and of pages that cannot be: they end before they begin, or are not what stands in brackets."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from corpus.paper import Passage
from kpi_tools.atoms import ATOM
from kpi_tools.checks.days import MONTH, WHEN
from kpi_tools.checks.slip import Slip, View, near, slip, told
from kpi_tools.periods import Period, read_period

_FROM_TO = re.compile(
    rf"\b(?:from|period|runs?|term)(?: of)?[:\s]+(?P<one>{WHEN})\s*(?:to|until|till|[-–—])\s*(?P<two>{WHEN})"
)
# A quarter or a year, and in brackets from which month to which it is; one alone might be for comparison.
_MONTHS = rf"(?:\d{{1,2}} )?{MONTH}(?: 20\d\d)?\s?(?:to|-|–)\s?(?:\d{{1,2}} )?{MONTH} 20\d\d"
_BRACKETED = re.compile(rf"(?P<one>{ATOM}) ?\((?P<two>{_MONTHS})\)", re.IGNORECASE)
_PAGES = re.compile(r"\(Pages? (?P<first>\d{1,4})(?:\s?(?:-|–|to)\s?(?P<last>\d{1,4}))?\)", re.IGNORECASE)


def ends_before_it_begins(view: View) -> Iterator[Slip]:
    """ "from 1 April 2022 to 31 March 2021"."""
    for passage in view.passages:
        for found in _FROM_TO.finditer(passage.text):
            one, two = read_period(found["one"]), read_period(found["two"])
            if one and two and two.end < one.start:
                yield slip(
                    "dates that disagree",
                    f"The paper says {found[0]!r}, which would end before it begins.",
                    told(passage, found),
                )


def months_of_another_quarter(view: View) -> Iterator[Slip]:
    """A quarter or a year with months in brackets that do not lie in it: "Q4 2023/24 (January to March 2023)"."""
    for passage in view.passages:
        for text in (passage.heading.rpartition(" › ")[2], passage.text):
            for found in _BRACKETED.finditer(text):
                one, two = read_period(found["one"]), read_period(found["two"])
                if one and two and (two.end < one.start or one.end < two.start):
                    yield slip(
                        "dates that disagree",
                        f"The paper says {found[0]!r}, but {found['one']} is {_span(one)}.",
                        told(passage, found[0]),
                    )


def pages_that_overlap(view: View) -> Iterator[Slip]:
    """Two items of an agenda of which the second is to begin before the first has ended."""
    agendas: dict[str, dict[str, tuple[Passage, re.Match[str]]]] = defaultdict(dict)
    for passage in view.passages:
        for found in (*_PAGES.finditer(passage.heading), *_PAGES.finditer(passage.text)):
            agendas[passage.places[0].document].setdefault(found[0], (passage, found))
    for pages in agendas.values():
        for (passage, one), (after, two) in pairwise(pages.values()):
            if int(one["first"]) < int(two["first"]) < int(one["last"] or one["first"]):
                yield slip(
                    "pages that overlap",
                    f"The agenda has one item on {_pages(one)} and the next on {_pages(two)}.",
                    (passage.places[0], near(one.string, one)),
                    (after.places[0], near(two.string, two)),
                )


def _pages(found: re.Match[str]) -> str:
    return found[0].strip("()").casefold()


def _span(period: Period) -> str:
    return f"{period.start:%B %Y} to {period.end:%B %Y}"
