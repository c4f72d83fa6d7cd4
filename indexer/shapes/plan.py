"""Annual plans: items with milestones, due dates, delivery status, RAG and progress notes."""

import re
from collections.abc import Mapping

from corpus.paper import Pack, Table
from indexer.shapes.columns import find_header
from indexer.shapes.found import Found, record, title_rows

COLUMNS = {
    "ref": ("ref", "reference", "no", "id"),
    "description": ("description", "plan item", "item", "action", "objective", "service priority", "priority"),
    "milestone": ("milestones", "milestone", "progress milestones", "expected outcomes", "key milestones"),
    "due": ("due dates", "due date", "due", "target completion date", "completion date", "target date", "deadline"),
    "lead": ("lead", "lead officer", "lead party", "owner", "responsible officer"),
    "councils": ("councils impacted", "councils affected", "councils", "authorities"),
    "status": ("delivery status", "status", "current status"),
    "rag": ("rag status", "rag", "rag rating"),
    "progress": ("progress", "update", "comments", "commentary", "latest update"),
}
RAG = {
    "r": "red", "red": "red", "a": "amber", "amber": "amber", "g": "green", "green": "green",
    "complete": "complete", "completed": "complete", "c": "complete", "b": "complete", "blue": "complete",
}  # fmt: skip
# What a form says to those who fill it in.
NO_DATA = re.compile(r"^insert (a )?(new )?(line|row)s? (above|below|here)$", re.IGNORECASE)
MOST_COLOUR = 3  # words
MOST_LABEL = 8
_STATUS = re.compile(
    r"(not |partly )?(started|paused|completed?|closed|on hold|wip|in progress|ongoing|delayed)\.?$", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$|\d{1,2}[ -][A-Z][a-z]+[ -]\d{2,4}$|[A-Z][a-z]+ \d{4}$")
_PLAN = re.compile(r"annual plan for:?\s*", re.IGNORECASE)


def identify(table: Table) -> bool:
    """A header with a description and milestones, and a due date or a status."""
    return find_header(table, COLUMNS, _enough)[0] > 0


def _enough(fields: set[str]) -> bool:
    return {"description", "milestone"} <= fields and bool({"due", "status", "rag"} & fields)


def extract(table: Table, pack: Pack) -> Found:
    """A record for each milestone; a blank ref or description is that of the row above, which it belongs to."""
    first, columns = find_header(table, COLUMNS, _enough)
    carried = {"ref": "", "description": "", "councils": ""}
    records = []
    for row in range(first, len(table.rows)):
        fields = {name: table.text(row, column) for name, column in columns.items()}
        if not any(fields.values()) or any(NO_DATA.match(text) for text in fields.values()):
            continue
        if _stands_off(fields):
            fields = _by_kind([table.text(row, column) for column in range(len(table.rows[row]))])
        if fields.get("ref") or fields.get("description"):
            carried = {name: fields.get(name, "") for name in carried}
        else:
            fields |= {name: text for name, text in carried.items() if not fields.get(name)}
        fields["rag"] = RAG.get(fields.get("rag", "").lower().strip(" ."), "")
        fields |= {"plan": plan_before(table, pack), "part": title_rows(table)[0] or "".join(table.headings[-1:])}
        records.append(record(pack, table, row, "plan_item", fields, columns["milestone"]))
    return Found(records=tuple(records))


def _stands_off(fields: Mapping[str, str]) -> bool:
    """Whether a row does not stand under its header: prose where a colour or a reference belongs."""
    coloured = len(fields.get("rag", "").split()) > MOST_COLOUR and not fields.get("progress")
    ref = fields.get("ref", "")
    named = len(ref.split()) > MOST_COLOUR and not any(c.isdigit() for c in ref) and not fields.get("description")
    return coloured or named


def _by_kind(texts: list[str]) -> dict[str, str]:
    """What of such a row is told by its kind: what it is about comes first, prose is its progress."""
    filled = [text for text in texts if text]
    kinds = {
        "status": next((text for text in filled[1:] if _STATUS.match(text)), ""),
        "due": next((text for text in filled[1:] if _DATE.match(text)), ""),
        "progress": next((text for text in filled[1:] if len(text.split()) > MOST_LABEL), ""),
    }
    return {"description": filled[0], **kinds}


def plan_before(table: Table, pack: Pack) -> str:
    """The plan that a table belongs to: the nearest "Annual Plan for: ..." cell before it, "" for none."""
    for other in reversed(pack.tables[: table.number]):
        for row in other.grid():
            if _PLAN.match(row[0]):
                return _PLAN.sub("", row[0]) or next((text for text in row[1:] if text), "")
    return ""
