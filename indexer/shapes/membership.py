"""Tables of people: who is a member for which council, and who was there, at one meeting or at each of several."""

import re

from corpus.paper import Pack, Table
from indexer.meeting.minutes import meetings
from indexer.shapes.columns import find_header
from indexer.shapes.found import Found, record
from indexer.shapes.grid import title_rows

COLUMNS = {
    "name": (
        "member", "members", "name", "councillor", "councillors", "representative", "representatives", "name of member",
        "attendee", "attendees", "nominee", "committee member", "board member",
    ),
    "council": (
        "council", "authority", "organisation", "representing", "partner", "district", "borough",
        "constituent authority", "local authority", "appointed by", "partner authority",
    ),
    "post": ("role", "position", "post", "job title", "title", "office", "capacity"),
    "attended": ("attendance", "present", "attended", "present apologies", "in attendance", "attendance record"),
}  # fmt: skip
_TITLE = re.compile(r"^(?:(?:Cllr|Councillor|County Councillor|Mr|Mrs|Ms|Miss|Dr|Sir|Dame)\.?\s+)+")
_NAME = re.compile(r"^[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|de|van|von|le)){0,3}$")
_POST = re.compile(r"\s*\(([^)]{0,200})\)$")  # behind a name
_OF_BODY = re.compile(r"member|councillor|representative|committee|board|panel|cabinet|nominee|trustee", re.IGNORECASE)
_AWAY = re.compile(r"\b(apolog\w*|no|n|a|sent)\b", re.IGNORECASE)
_ABSENT = re.compile(r"\b(absent|did not attend)\b", re.IGNORECASE)
_HERE = re.compile(r"\b(present|yes|y|p|attended|in attendance)\b|[✓✔xX]", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}(?:st|nd|rd|th)?[ -][A-Z][a-z]{2,8}(?:[ -]\d{2,4})?$|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?$")
_NEITHER = re.compile(r"[-–—]?|n/?a", re.IGNORECASE)  # of no meeting while no member
_ROLES = (("absent", _ABSENT), ("apologies", _AWAY), ("present", _HERE))


def identify(table: Table) -> bool:
    """A header of names and of whom they are for, or whether they came; and names below it."""
    first, columns, _ = _header(table)
    texts = [table.text(row, columns["name"]) for row in range(first, len(table.rows))] if first else []
    return bool(texts) and all(
        _NAME.match(_POST.sub("", _TITLE.sub("", text))) and _named(text) for text in texts if text
    )


def _named(text: str) -> bool:
    return bool(_TITLE.match(text)) or " " in text


def _any_titled(table: Table, first: int, column: int) -> bool:
    return any(_TITLE.match(table.text(row, column)) for row in range(first, len(table.rows)))


def _enough(fields: set[str]) -> bool:
    return "name" in fields and bool({"council", "attended"} & fields)


def _header(table: Table) -> tuple[int, dict[str, int], dict[int, str]]:
    """The first row below the header, the column of each field, and the days of meetings that have a column each."""
    first, columns = find_header(table, COLUMNS, _enough)
    if first:
        return first, columns, {}
    first, columns = find_header(table, COLUMNS, lambda fields: "name" in fields)
    days = {c: text for c in range(len(table.rows[0])) if first and _DAY.match(text := table.text(first - 1, c))}
    cells = [text for c in days for text in table.column(c, first - 1)]
    known = cells and all(_NEITHER.fullmatch(text) or _role(text) for text in cells)
    return (first, columns, days) if known else (0, {}, {})


def _role(came: str) -> str:
    """What a cell says of whoever was to come; "" for nothing."""
    return next((name for name, form in _ROLES if form.search(came)), "")


def extract(table: Table, pack: Pack) -> Found:
    """A record for each of them, or for each at each meeting; whoever neither came nor sent apologies is none."""
    first, columns, days = _header(table)
    meeting = next((day for page, day in meetings(pack) if page.number == table.page), "")
    said = " ".join((table.text(first - 1, columns["name"]), *title_rows(table)[:1], *table.headings[-1:]))
    other = "member" if _OF_BODY.search(said) or _any_titled(table, first, columns["name"]) else "officer"
    records = []
    for row in range(first, len(table.rows)):
        fields = {name: table.text(row, column) for name, column in columns.items()}
        came = [(meeting, _role(fields.pop("attended")) if "attended" in columns else other)]
        if days:
            came = [(day, _role(table.text(row, c))) for c, day in days.items()]
        name, post = _POST.sub("", _TITLE.sub("", fields["name"])), _POST.search(fields["name"])
        told = fields | {"name": name}
        if post and not fields.get("post"):
            told["post"] = post[1]
        records += [
            record(pack, table, row, "member", told | {"role": role, "meeting": on}, columns["name"])
            for on, role in came
            if name and role
        ]
    return Found(records=tuple(records))
