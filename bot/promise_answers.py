"""Answers about promises over time: what is overdue, and what has happened with one of them."""

from collections.abc import Sequence
from datetime import date

from bot.builder import Builder
from kpi_tools import promises
from kpi_tools.due import read_due
from kpi_tools.ledger import Record

MOST = 10  # items put into words; of more, the answer says how many there are
MOST_NOTES = 12


def overdue(records: Sequence[Record], councils: Sequence[str], today: date, builder: Builder) -> str:
    """The items that were due before `today` and are not called complete, the longest overdue first."""
    latest = promises.current(records)
    for council in councils:
        latest = promises.of_council(latest, council)
    if not latest:
        return ""
    late = sorted(
        (r for r in latest if promises.overdue(r, today)), key=lambda r: read_due(r.fields["due"]) or date.max
    )
    if not late:
        builder.cite(latest[0].place, latest[0].quote)
        builder.lines.append("No item of the latest plan is overdue: none that had a day is past it and not complete.")
        return "answered"
    number = builder.count("count", len(late), "items")
    builder.lines.append(
        f"{number} item{' is' if number == 1 else 's are'} past the due date and not reported as complete:"
    )
    for record in late[:MOST]:
        fields = record.fields
        what = " ".join(p for p in (fields["ref"], fields["description"]) if p)
        step = f": {fields['milestone']}" if fields["milestone"] else ""
        status = f", {fields['status'].lower()}" if fields["status"] else ", no status given"
        carried = "" if what in record.quote.replace(" | ", " ") else f"{what} | "  # from cells merged above the row
        builder.cite(record.place, f"{carried}{record.quote}")
        builder.lines.append(f"• {what}{step}, due {fields['due']}{status}.")
    if len(late) > MOST:
        builder.lines.append(f"and {builder.count('more', len(late) - MOST, 'items')} more.")
    builder.assume("Items whose due date is to be confirmed, or in words, are not counted.")
    return "answered"


def history(records: Sequence[Record], builder: Builder) -> str:
    """The dated notes on an item from the oldest to the newest, and where it stands; "" where fewer than two are."""
    told = promises.timeline(records)
    if len(told) < 2:
        return ""
    for note in told[-MOST_NOTES:]:
        builder.cite(note.record.place, note.record.quote)
        builder.lines.append(f"• {note.text}")
    days = promises.told_by(records)
    last = max(records, key=lambda r: days[r.place.document])
    fields = last.fields
    builder.cite(last.place, last.quote)
    parts = [f"due {fields['due']}"] if fields["due"] else []
    parts += [fields["status"].lower()] if fields["status"] else []
    parts += [f"rated {fields['rag']}"] if fields["rag"] and fields["rag"] != fields["status"].lower() else []
    step = f" ({fields['milestone']})" if fields["milestone"] else ""
    if parts:
        builder.lines.append(f"As the latest plan has it, {fields['description']}{step} is {', '.join(parts)}.")
    return "answered"
