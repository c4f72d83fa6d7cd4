"""Notes of a meeting as a table: a row for each item, with what was said, what is to be done, and by whom."""

from corpus.paper import Pack, Table
from indexer.meeting.minutes import meetings, when
from indexer.shapes.columns import find_header
from indexer.shapes.found import Found, record
from kpi_tools.due import find_days

COLUMNS = {
    "text": ("action", "actions", "action required", "actions required", "action point", "action points"),
    "of": ("by whom", "who", "owner", "action by", "lead", "responsible", "action owner", "responsible officer"),
    "due": ("by when", "when", "due", "due date", "deadline", "date due"),
    "about": (
        "discussion", "notes", "minute", "minutes", "key points", "discussion points", "points raised",
    ),
}  # fmt: skip


def identify(table: Table) -> bool:
    """A header of what was said and of the actions."""
    return find_header(table, COLUMNS, _enough)[0] > 0


def _enough(fields: set[str]) -> bool:
    return {"text", "about"} <= fields


def extract(table: Table, pack: Pack) -> Found:
    """A request for each row with an action."""
    first, columns = find_header(table, COLUMNS, _enough)
    meeting = next((day for page, day in meetings(pack) if page.number == table.page), "")
    records = []
    for row in range(first, len(table.rows)):
        fields = {name: table.text(row, column) for name, column in columns.items()}
        said = fields["text"]
        days = [said[day.start : day.end] for day in find_days(said)]
        due = fields.get("due") or (days[0] if len(days) == 1 else when(said))
        if any(map(str.isalpha, said)) and said.lower().strip(" .") not in ("none", "n/a", "to note", "noted"):
            told = fields | {"due": due, "meeting": meeting}
            records.append(record(pack, table, row, "request", told, columns["text"]))
    return Found(records=tuple(records))
