"""Stretches of days and of pages that cannot be: they end before they begin, or are not what stands in brackets."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from corpus.paper import Passage
from kpi_tools.atoms import ATOM
from kpi_tools.checks.days import DAY, MONTH, WHEN
from kpi_tools.checks.slip import Slip, View, near, slip, told, wherever
from kpi_tools.periods import Period, read_period

_FROM_TO = re.compile(
    rf"\b(?:from|period|runs?|term)(?: of)?[:\s]+(?P<one>{WHEN})\s*(?:to|until|till|[-–—])\s*(?P<two>{WHEN})"
)
# A quarter or a year, and in brackets from which month to which it is; one alone might be for comparison.
_MONTHS = rf"(?:\d{{1,2}} )?{MONTH}(?: 20\d\d)?\s?(?:to|-|–)\s?(?:\d{{1,2}} )?{MONTH} 20\d\d"
_BRACKETED = re.compile(rf"(?P<one>{ATOM}) ?\((?P<two>{_MONTHS})\)", re.IGNORECASE)
# A quarter and its months, whatever its year.
_QUARTER = re.compile(
    rf"\bQ(?:uarter)?\s?(?P<number>[1-4])\b[^.;()]{{0,24}}\((?:\d{{1,2}} )?(?P<from>{MONTH})(?: 20\d\d)?"
    rf"\s?(?:to|-|–)\s?(?:\d{{1,2}} )?(?P<to>{MONTH})(?: 20\d\d)?\)"
)
# The two days of a row of a plan, as its columns are called.
_START_AND_END = re.compile(
    r"(?:^|[;,:] )(?:Planned |Actual )?(?:Start(?:s|ed)?|Begins?|From|Raised|Opened|Identified|Logged)(?: date)?:?"
    rf" (?P<one>{DAY})[;,] "
    r"(?:(?:Owner|Lead|Officer|Raised by|Responsible|Assigned to)\b[^;,]{0,60}[;,] )?"
    rf"(?P<name>(?:Planned |Target )?(?:Due|End|Finish|Completion|To)(?: dates?)?):? (?P<two>{DAY})(?=[;,]|$)",
    re.IGNORECASE,
)
_PAGES = re.compile(r"\(Pages? (?P<first>\d{1,4})(?:\s?(?:-|–|to)\s?(?P<last>\d{1,4}))?\)", re.IGNORECASE)


@wherever("dates that disagree", _FROM_TO, _START_AND_END)
def ends_before_it_begins(found: re.Match[str]) -> str:
    """ "from 1 April 2022 to 31 March 2021", or a row of a table whose end has an earlier day than its start."""
    one, two = read_period(found["one"]), read_period(found["two"])
    early = one and two and two.end < one.start
    return f"The paper says {found[0].strip(' ,;')!r}, which would end before it begins." if early else ""


@wherever("dates that disagree", _BRACKETED)
def months_of_another_quarter(found: re.Match[str]) -> str:
    """A quarter or a year with months in brackets that do not lie in it: "Q4 2023/24 (January to March 2023)"."""
    one, two = read_period(found["one"]), read_period(found["two"])
    if not one or not two or (two.end >= one.start and one.end >= two.start):
        return ""
    return f"The paper says {found[0]!r}, but {found['one']} is {_span(one)}."


def quarters_of_the_same_months(view: View) -> Iterator[Slip]:
    """Two quarters that a paper gives the same months, or one that it gives different ones: years begin but once."""
    papers: dict[str, list[tuple[str, tuple[str, str], Passage, str]]] = defaultdict(list)
    for passage in view.passages:
        for text in (passage.headings[-1], passage.text):
            for found in _QUARTER.finditer(text):
                months = found["from"][:3], found["to"][:3]
                papers[passage.places[0].document].append((found["number"], months, passage, found[0]))
    for said in papers.values():
        usual = Counter((number, months) for number, months, _, _ in said).most_common(1)[0][0]
        at = next(one for one in said if one[:2] == usual)
        for number, months, passage, quote in said:
            if (number == usual[0]) != (months == usual[1]):
                yield slip(
                    "dates that disagree",
                    f"The paper says {quote!r}, but elsewhere {at[3]!r}.",
                    told(passage, quote),
                    told(at[2], at[3]),
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
