"""Dates and names that a paper gives in two ways."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from corpus.paper import Passage
from kpi_tools.checks.slip import Slip, View, listed, slip, told
from kpi_tools.ledger import Record
from kpi_tools.names import squash
from kpi_tools.periods import read_period

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = r"\d{1,2}(?:st|nd|rd|th)?[\s/.-]*(?:of )?(?:[A-Z][a-z]{2,8}|\d{1,2})[\s/.-]*(?:20)?\d\d\b"
_WEEKDAY = re.compile(rf"\b(?P<name>{'|'.join(_DAYS)})[,\s]+(?P<day>{_DAY})", re.IGNORECASE)
_UPDATED = re.compile(rf"\blast update\b(?! by)(?P<between>.{{0,90}}?)(?P<day>{_DAY})", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\bplan for:{1,2}(?:; last update[^;:]*;| last update[^;:]*;)?\s*(?P<name>[^:;]+)", re.IGNORECASE
)


def weekdays(view: View) -> Iterator[Slip]:
    """A date with a weekday on which it did not fall."""
    for passage in view.passages:
        for found in _WEEKDAY.finditer(passage.text):
            day = _read(found["day"])
            if day and _DAYS[day.weekday()] != found["name"].lower():
                yield slip(
                    "dates that disagree",
                    f"The paper says {found[0]!r}, but {day:%-d %B %Y} was a {day:%A}.",
                    told(passage),
                )


def council_of_a_member(view: View) -> Iterator[Slip]:
    """A member whose council is called differently in two lists of one paper."""
    people: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in view.records:
        if record.kind == "member" and record.fields["council"] and record.fields["role"] in ("member", "present"):
            people[record.place.document, squash(record.fields["name"])].append(record)
    for records in people.values():
        councils = list(dict.fromkeys(record.fields["council"] for record in records))
        if len({squash(council) for council in councils}) > 1 and all("council" in c.casefold() for c in councils):
            yield slip(
                "names that disagree",
                f"{records[0].fields['name']} is of {listed(councils)} in two lists of the paper.",
                *((record.place, record.quote) for record in records),
            )


def last_updates(view: View) -> Iterator[Slip]:
    """A plan whose last update has one date in the list of plans and another on the plan itself."""
    papers: dict[str, list[tuple[Passage, str, date]]] = defaultdict(list)
    for passage in view.passages:
        found = _UPDATED.search(passage.text)
        if found and passage.places[0].table and (day := _read(found["day"])):
            papers[passage.places[0].document].append((passage, _subject(passage.text), day))
    for updates in papers.values():
        yield from _two_dates(updates)


def _two_dates(updates: Sequence[tuple[Passage, str, date]]) -> Iterator[Slip]:
    listings = [one for one in updates if "date of last update" in one[0].text.casefold()]
    for passage, subject, day in listings:
        others = [u for u in updates if u[0] is not passage and u not in listings and _names(u, subject)]
        if len(others) == 1 and others[0][2] != day:
            yield slip(
                "dates that disagree",
                f"The last update of the plan for {subject} is of {day:%-d %B %Y} in one table and of"
                f" {others[0][2]:%-d %B %Y} in another.",
                told(passage),
                told(others[0][0]),
            )


def _names(update: tuple[Passage, str, date], subject: str) -> bool:
    words = set(re.findall(r"\w+", subject.casefold())) - {"and"}
    return bool(words) and words <= set(re.findall(r"\w+", f"{update[1]} {update[0].text}".casefold()))


def _subject(text: str) -> str:
    found = _SUBJECT.search(text)
    return (found["name"] if found else text.split(":", maxsplit=1)[0]).strip()


def _read(text: str) -> date | None:
    period = read_period(text)
    return period.start if period and period.start == period.end else None
