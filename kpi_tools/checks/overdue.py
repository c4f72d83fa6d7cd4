"""Overdue steps of plans that their own key would have red."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from textwrap import shorten

from corpus.paper import Passage
from kpi_tools.checks.days import WHEN, as_told, plan_day, plan_updates
from kpi_tools.checks.plans import DONE, UNFINISHED, colour_keys, item_name, raw_rag, read_day, state
from kpi_tools.checks.slip import Slip, View, entry, listed, row_name, slip
from kpi_tools.ledger import Record

# "Next review 31/03/2024", "Review due: March 2024"; "last review" is past.
_REVIEW = re.compile(
    rf"(?<!last )(?<!previous )\b(?:next review|review (?:due|date|by|on))\b(?: (?:due|date|by|on))?:? (?P<day>{WHEN})",
    re.IGNORECASE,
)
LONG_OVERDUE = timedelta(days=90)  # for a row without any colour, which a merged cell may have given it
MOST_STEPS = 4  # of an overdue item, by name


def overdue_not_red(view: View) -> Iterator[Slip]:
    """Steps of a plan item whose day has passed, unfinished, and not red although the plan's key says red is late."""
    keys, updates = colour_keys(view), plan_updates(view)
    coloured = {_part(record) for record in view.of_kind("plan_item") if raw_rag(record)}
    items: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in view.of_kind("plan_item"):
        if record.place.document not in keys:
            continue
        # A part without any letter, in a paper that has letters elsewhere, was left blank; one cell may be merged.
        blank = _part(record) not in coloured and any(part[0] == record.place.document for part in coloured)
        if _is_overdue(record, plan_day(record, updates), blank):
            items[record.place.document, *(record.fields[name] for name in ("plan", "ref", "description"))].append(
                record
            )
    for (document, *_), late in items.items():
        place, says, words = keys[document]
        first = late[0]
        if len(late) == 1:
            told = f"{item_name(first)} was due on {first.fields['due']} and is {state(first)!r}"
        else:
            due = listed(record.fields["due"] for record in late)
            statuses = " or ".join(dict.fromkeys(repr(state(record)) for record in late))
            steps = listed((shorten(record.fields["milestone"], 50, placeholder=" …") for record in late), MOST_STEPS)
            told = f"{item_name(first, False)}: {len(late)} steps ({steps}) were due on {due} and are {statuses}"
        colours = list(dict.fromkeys(_colour(record) for record in late))
        marked = f"{listed(colours)}, not red" if all(colours) else "not marked red"
        yield slip(
            "overdue, not red",
            f"{told} in {as_told(first, plan_day(first, updates))}, but {marked}; the plan's key says {says!r}.",
            *(entry(record, record.fields["due"], record.fields["status"]) for record in late),
            (place, words),
        )


def reviews_passed(view: View) -> Iterator[Slip]:
    """A row whose next review was due before the paper was written, in a table of which most are still to come."""
    tables: dict[tuple[str, int], list[tuple[Passage, str, date]]] = defaultdict(list)
    for passage in view.passages:
        found = _REVIEW.search(passage.text) if passage.places[0].table else None
        if found and (day := read_day(found["day"])):
            tables[passage.places[0].document, passage.places[0].table].append((passage, found[0], day))
    for (document, _), rows in tables.items():
        written = view.dates.get(document)
        passed = [row for row in rows if written and row[2] < written]
        for passage, said, _ in passed if len(passed) * 2 < len(rows) else ():
            yield slip(
                "dates that disagree",
                f"{row_name(passage.text)}: its review was due before the paper was written ({said.strip()!r}; the"
                f" paper is of {written:%-d %B %Y}).",
                (passage.places[0], passage.text),
            )


def _part(record: Record) -> tuple[str, str, str]:
    return record.place.document, record.fields["plan"], record.fields["part"]


def _colour(record: Record) -> str:
    """A step's colour as it was understood, else as it is printed: "Purple", which may mean anything but late."""
    return record.fields["rag"] or raw_rag(record)


def _is_overdue(record: Record, as_of: date | None, blank: bool) -> bool:
    """Whether a step's day had passed, and it is not red; without a colour long ago, but in a `blank` part."""
    due, status, rag = read_day(record.fields["due"]), state(record), _colour(record)
    if not due or not as_of or due >= as_of or not UNFINISHED.match(status):
        return False
    settled = rag == "red" or DONE.fullmatch(rag)
    return not settled and bool(rag or blank or as_of - due >= LONG_OVERDUE)
