"""Dates that do not fit each other."""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from corpus.paper import Passage
from kpi_tools.checks.slip import Slip, View, near, sentences, slip, told, wherever
from kpi_tools.ledger import Record
from kpi_tools.periods import read_period

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = r"(?<![\d/])\d{1,2}(?:(?:st|nd|rd|th)?[\s/.-]*(?:of )?[A-Z][a-z]{2,8}[\s/.,-]*|[/.-]\d{1,2}[/.-])(?:20)?\d\d\b"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*"
_IN_YEAR = rf"{MONTH}\s20\d\d"
WHEN = rf"{DAY}|{_IN_YEAR}"
_WEEKDAY = re.compile(rf"\b(?P<name>{'|'.join(_WEEKDAYS)})[,\s]+(?P<day>{DAY})", re.IGNORECASE)
_DATED = re.compile(  # "31 June", "31 June 2024", "31/06/24", "31-Jun-24"
    r"(?<![\d/.,£%-])(?P<day>29|30|31)"
    rf"(?:(?:st|th)?[\s-](?:of )?(?P<name>{MONTH})|[/.](?P<number>0?[1-9]|1[0-2])(?=[/.]))\b"
    r"(?:[\s/.-](?P<year>(?:20)?\d\d)(?!\d|[.,/]\d|\s?%))?",
)
_UPDATED = re.compile(rf"\blast update\b(?! by)(?P<between>.{{0,90}}?)(?P<day>{DAY})", re.IGNORECASE)
_SUBJECT = re.compile(r"\bplan for:{1,2}(?:;? last update[^;:]*;)?\s*(?P<name>[^:;]+)", re.IGNORECASE)
_DEADLINE = re.compile(rf"\b(?:before|no later than) (?P<day>{DAY})")
_SCHEDULED = re.compile(rf"\b(?:scheduled|set|planned|arranged) (?:for|on) (?P<day>{DAY})")
_PLANNED = re.compile(
    rf"\b(?:is|are)\s(?:\w+\s){{0,2}}(?:scheduled|planned|expected|due)"
    rf" (?:to (?:be )?[a-z]+ (?:[a-z]+ ){{0,4}}?)?(?:for|in|on|by) (?:early |late |mid-?)?"
    rf"(?P<when>{WHEN})"
)
# What is told as past with its day; "was due on", "would be held on" are not.
_HAPPENED = re.compile(
    r"\b(?:last met|met|took place|(?:was|were|had been|has been|have been) (?:held|approved|agreed|adopted|published"
    r"|signed|opened|completed"
    rf"|considered|reviewed|presented|launched)(?:\s(?!(?:to|until|for)\b)[\w’']+){{0,6}}?) on (?P<when>{DAY})"
)
_NOTED = re.compile(
    rf"(?:^|[-–:;.]\s)(?i:now )?(?i:completed?|closed|done|signed off|finished|delivered)(?: on)? (?P<when>{DAY})"
)
_PAST = re.compile(r"\b(?:minutes|notes|last meeting|previous meeting)\b", re.IGNORECASE)
_NEAR = timedelta(days=60)
_DONE = re.compile(
    rf"\b(?:undertaken|completed|carried out|conducted|held|delivered|took place)\b[^.;]{{0,60}}?\b(?P<on>{_IN_YEAR})"
)
_NAME = re.compile(r"\b[A-Z][A-Z&]+\b")
FEWEST_NAMES = 2  # in capitals, that two notes must share to be of one event
_BEGAN = re.compile(
    rf"\b(?P<name>[A-Z]{{3,}})\)?\s(?:\w+\s){{0,3}}?(?:went live|started|began|commenced|was established)\b"
    rf"(?: on| in)? (?P<day>{WHEN})"
)
_REVIEWED = (
    r"\b{name}\b[^.]*?\b(?:reviewed|refined|amended|revised|extended|renewed)\b"
    r"[^.]*?\bin (?:early |late |mid-?)?(?P<year>(?:19|20)\d\d)\b"
)


@wherever("dates that disagree", _WEEKDAY)
def weekdays(found: re.Match[str]) -> str:
    """A date with a weekday on which it did not fall."""
    day = _read(found["day"])
    wrong = day and _WEEKDAYS[day.weekday()] != found["name"].lower()
    return f"The paper says {found[0]!r}, but {day:%-d %B %Y} was a {day:%A}." if wrong else ""


@wherever("dates that disagree", _DATED)
def days_that_no_month_has(found: re.Match[str]) -> str:
    """The 31st of a month of thirty days, a 30th of February, or its 29th in a year that has none."""
    year = 2000 + int((found["year"] or "0")[-2:])  # without one, of a leap year
    month = int(found["number"] or 1 + _MONTHS.index(found["name"][:3]))
    return f"There is no {found[0]}." if int(found["day"]) > monthrange(year, month)[1] else ""


@wherever("dates that disagree", re.compile(r"(?<![\d:.])(?:1[3-9]|2[0-3])[:.][0-5]\d\s?[ap]\.?m\b", re.IGNORECASE))
def times_of_two_clocks(found: re.Match[str]) -> str:
    """An hour of the day's twenty-four with "am" or "pm" behind it: "17:00pm"."""
    return f"The paper says {found[0]!r}, a time by two clocks."


def last_updates(view: View) -> Iterator[Slip]:
    """A plan whose last update has one date in the list of plans and another on the plan itself."""
    for updates in plan_updates(view).values():
        yield from _two_dates(updates)


Update = tuple[Passage, str, str, date]  # where it stands, of what, the day as printed, the day


def plan_updates(view: View) -> Mapping[str, Sequence[Update]]:
    """The last updates of plans that each paper tells."""
    papers: dict[str, list[Update]] = defaultdict(list)
    for passage in view.passages:
        found = _UPDATED.search(passage.text)
        if found and passage.places[0].table and (day := _read(found["day"])):
            papers[passage.places[0].document].append((passage, _subject(passage.text), found["day"], day))
    return papers


def plan_day(record: Record, updates: Mapping[str, Sequence[Update]]) -> date | None:
    """The day of which a plan item tells: when its plan was last updated, if the paper says so, else the paper's."""
    plan = _words(record.fields["plan"])
    days = [
        day
        for _, subject, _, day in updates.get(record.place.document, ())
        if _words(subject) and _words(subject) <= plan
    ]
    known = [day for day in (max(days, default=None), record.as_of) if day]
    return min(known, default=None)


def as_told(record: Record, day: date | None) -> str:
    """ "the paper of 6 October 2021", or, where that is not the paper's day, "the plan as of 13 September 2021"."""
    return f"the {'paper of' if day == record.as_of else 'plan as of'} {day:%-d %B %Y}"


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - {"and"}


def _two_dates(updates: Sequence[Update]) -> Iterator[Slip]:
    listings = [one for one in updates if "date of last update" in one[0].text.casefold()]
    for passage, subject, printed, day in listings:
        others = [u for u in updates if u[0] is not passage and u not in listings and _names(u, subject)]
        if len(others) == 1 and others[0][3] != day:
            yield slip(
                "dates that disagree",
                f"The last update of the plan for {subject} is of {day:%-d %B %Y} in one table and of"
                f" {others[0][3]:%-d %B %Y} in another.",
                told(passage, printed),
                told(others[0][0], others[0][2]),
            )


def scheduled_after_its_deadline(view: View) -> Iterator[Slip]:
    """What must be done before a day, and is scheduled for a later one in the same paragraph."""
    for passage in view.prose:
        deadlines = {day: found for found in _DEADLINE.finditer(passage.text) if (day := _read(found["day"]))}
        scheduled = {day: found for found in _SCHEDULED.finditer(passage.text) if (day := _read(found["day"]))}
        if len(deadlines) == len(scheduled) == 1:
            (last, deadline), (planned, schedule) = *deadlines.items(), *scheduled.items()
            if last <= planned <= last + _NEAR:
                yield slip(
                    "dates that disagree",
                    f"It is to be done before {last:%-d %B %Y}, but is scheduled for {planned:%-d %B %Y}.",
                    told(passage, deadline),
                    told(passage, schedule),
                )


def planned_for_the_past(view: View) -> Iterator[Slip]:
    """What is said to be scheduled, and for a month that had passed when the paper was written."""
    for passage in view.prose:
        day = view.dates.get(passage.places[0].document)
        for sentence in sentences(passage.text) if day and not _PAST.search(passage.heading) else ():
            found = _PLANNED.search(sentence)
            period = read_period(found["when"]) if found else None
            if found and period and day and period.end < day:
                yield slip(
                    "dates that disagree",
                    f"The text says {found[0]!r}, which had passed when the paper of {day:%-d %B %Y} was written.",
                    told(passage, sentence),
                )


def done_in_the_future(view: View) -> Iterator[Slip]:
    """What is told as past, in the text or a plan's note, on a day after that of the paper."""
    texts = [(passage.places[0], passage.text, _HAPPENED) for passage in view.prose]
    texts += [(record.place, record.fields["progress"], _NOTED) for record in view.of_kind("plan_item")]
    for at, text, pattern in texts:
        day = view.dates.get(at.document)
        for found in pattern.finditer(text) if day else ():
            when = _read(found["when"])
            if day and when and when > day:
                sentence = f"The text says {found[0].strip(' –-:;.')!r}, but the paper is of {day:%-d %B %Y}."
                yield slip("dates that disagree", sentence, (at, near(text, found)))


def event_with_two_dates(view: View) -> Iterator[Slip]:
    """One thing done, in the notes of one plan item, in two different months."""
    for record in view.of_kind("plan_item"):
        events = [
            (found["on"], frozenset(_NAME.findall(sentence)), near(sentence, found))
            for sentence in sentences(record.fields["progress"])
            for found in _DONE.finditer(sentence)
        ]
        for (one, names, first), (other, others, second) in combinations(events, 2):
            shared = names & others
            if one != other and len(shared) >= FEWEST_NAMES and shared in (names, others):
                about = " and ".join(filter(None, (record.fields["description"], record.fields["milestone"])))
                yield slip(
                    "dates that disagree",
                    f"The notes on {about[:100]} say that the same was done in {one} and in {other}.",
                    (record.place, first),
                    (record.place, second),
                )


def reviewed_before_it_began(view: View) -> Iterator[Slip]:
    """Something that is said to have been reviewed in a year before it began."""
    for passage in view.prose:
        for began in _BEGAN.finditer(passage.text):
            start = read_period(began["day"])
            pattern = re.compile(_REVIEWED.format(name=re.escape(began["name"])))
            for other in view.prose if start else ():
                review = pattern.search(other.text)
                same = other.places[0].document == passage.places[0].document
                if start and review and same and int(review["year"]) < start.start.year:
                    yield slip(
                        "dates that disagree",
                        f"{began['name']} is said to have been reviewed in {review['year']}, but began on"
                        f" {began['day']}.",
                        told(other, review),
                        told(passage, began),
                    )


def _names(update: Update, subject: str) -> bool:
    words = _words(subject)
    return bool(words) and words <= _words(f"{update[1]} {update[0].text}")


def _subject(text: str) -> str:
    found = _SUBJECT.search(text)
    return (found["name"] if found else text.split(":", maxsplit=1)[0]).strip()


def _read(text: str) -> date | None:
    period = read_period(text)
    return period.start if period and period.start == period.end else None
