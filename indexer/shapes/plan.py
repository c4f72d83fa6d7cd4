"""Annual plans: items with milestones, due dates, delivery status, RAG and progress notes."""

import re
from collections.abc import Mapping
from dataclasses import replace

from corpus.paper import Pack, Table
from indexer.shapes.columns import find_header, plain
from indexer.shapes.found import Found, record, title_rows
from kpi_tools.ledger import Record

COLUMNS = {
    "ref": ("ref", "reference", "no", "id", "action ref", "action no", "action id", "item no", "plan ref"),
    "description": ("description", "plan item", "item", "action", "objective", "service priority", "priority"),
    "milestone": ("milestones", "milestone", "progress milestones", "expected outcomes", "key milestones"),
    "due": (
        "due dates", "due date", "due", "target completion date", "completion date", "target date", "deadline",
        "by when", "due by", "complete by", "end date", "timescale", "target completion",
    ),
    "lead": ("lead", "lead officer", "lead party", "owner", "responsible officer"),
    "councils": ("councils impacted", "councils affected", "councils", "authorities"),
    "status": ("delivery status", "status", "current status", "progress status", "action status", "overall status"),
    "rag": ("rag status", "rag", "rag rating"),
    "progress": ("progress", "update", "comments", "commentary", "latest update"),
}  # fmt: skip
RAG = {
    "r": "red", "red": "red", "a": "amber", "amber": "amber", "g": "green", "green": "green",
    "complete": "complete", "completed": "complete", "c": "complete", "b": "complete", "blue": "complete",
}  # fmt: skip
# What a form says to those who fill it in.
NO_DATA = re.compile(r"^insert (a )?(new )?(line|row)s? (above|below|here)$|^[-–—_=\s]{3,}$", re.IGNORECASE)
NOTHING = frozenset(("none", "n/a", "nil", "nothing to report"))  # all that a row says of a part without items
MOST_COLOUR = 3  # words
MOST_LABEL = 8
_STATUS = re.compile(
    r"(not |partly )?(started|paused|completed?|closed|on hold|wip|in progress|ongoing|delayed)\.?$", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$|\d{1,2}[ -][A-Z][a-z]+[ -]\d{2,4}$|[A-Z][a-z]+ \d{4}$")
_DAYLESS = re.compile(r"(ongoing|on[- ]going|tb[ac]|on hold|as required|asap)\b.{0,12}$", re.IGNORECASE)  # when, no day
_DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
_STAMP = re.compile(r"page \d+( of \d+)?$", re.IGNORECASE)
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
    under = {"plan": plan_before(table, pack), "part": title_rows(table)[0] or "".join(table.headings[-1:])}
    records: list[Record] = []
    before: dict[str, str] = {}
    for row in range(first, len(table.rows)):
        own = {name: _STAMP.sub("", table.text(row, column)) for name, column in columns.items()}
        said = [text.lower().strip(" .") for text in own.values() if text]
        if set(said) <= NOTHING or any(NO_DATA.match(text) for text in own.values()):
            continue
        if row == first and _ends_header(table, row, columns, own):
            continue
        half: Record | None = None
        turns = bool(records) and _turns(table, row)
        step = not before.get("description") or not own.get("due")
        if turns and step and carried["description"] and own.get("description", "")[:1].islower():
            whole = f"{carried['description']} {own['description']}"
            records = [_named(each, carried["description"], whole) for each in records]
            carried["description"], own["description"] = whole, ""
        if turns and _goes_on(before, own):
            fields = {name: f"{before[name]} {text}".strip() for name, text in own.items()}
            half = records.pop()
        elif _stands_off(own):
            texts = [table.text(row, c) for c in range(len(table.rows[row]))]
            fields = (
                {"due": own["milestone"]} if _DAYLESS.match(own["milestone"]) else _by_kind(texts, bool(carried["ref"]))
            )
        else:
            fields = dict(own)
        before = {name: fields.get(name, "") for name in columns}
        if fields.get("ref") or fields.get("description"):
            carried = {name: fields.get(name, "") for name in carried}
        else:
            fields |= {name: text for name, text in carried.items() if not fields.get(name)}
        fields["rag"] = RAG.get(fields.get("rag", "").lower().strip(" ."), "")
        made = record(pack, table, row, "plan_item", fields | under, columns["milestone"])
        records.append(replace(made, place=half.place, quote=f"{half.quote} | {made.quote}") if half else made)
    return Found(records=tuple(records))


def _ends_header(table: Table, row: int, columns: Mapping[str, int], own: Mapping[str, str]) -> bool:
    """Whether a row is the rest of the header, as a page's end parted its cells: "Due" above, "Dates" below."""
    if any(own.get(name) for name in ("ref", "description", "milestone")):
        return False
    whole = {name: plain(f"{table.text(row - 1, columns[name])} {text}") for name, text in own.items() if text}
    return any(text in COLUMNS[name] for name, text in whole.items())


def _named(record: Record, half: str, whole: str) -> Record:
    """The record, with the whole of a description that goes on overleaf."""
    same = record.fields["description"] == half
    return replace(record, fields={**record.fields, "description": whole}) if same else record


def _turns(table: Table, row: int) -> bool:
    """Whether a row is the first on its page."""
    pages = [next((cell.page for cell in table.rows[at] if cell), 0) for at in (row - 1, row)]
    return 0 < pages[0] < pages[1]


def _goes_on(before: Mapping[str, str], own: Mapping[str, str]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before it.

    It has nothing that the other has too; or no milestone and day of its own; or goes on with all its sentences. One
    that begins an item goes on with a row that had nothing of its own to say what it is about.
    """
    both = [name for name, text in own.items() if text and before.get(name)]
    if own.get("ref") or own.get("description"):
        return not both and not any(before.get(name) for name in ("ref", "description", "milestone"))
    if any(_DATED.match(own[name]) for name in both):
        return False
    dated = any(own.get(name) for name in ("due", "lead", "rag"))
    open_ended = all(not before[name].endswith((".", "!", "?")) and len(before[name].split()) > 3 for name in both)
    return not both or not (own.get("milestone") or dated) or (not dated and open_ended)


def _stands_off(fields: Mapping[str, str]) -> bool:
    """Whether a row does not stand under its header: prose where a colour or a reference belongs."""
    coloured = len(fields.get("rag", "").split()) > MOST_COLOUR and not fields.get("progress")
    ref, description = fields.get("ref", ""), fields.get("description", "")
    named = len(ref.split()) > MOST_COLOUR and not any(c.isdigit() for c in ref) and not description
    moved = len(ref.split()) > MOST_COLOUR and bool(_DATE.match(description))
    step, due = fields.get("milestone", ""), fields.get("due", "")
    early = bool(_DAYLESS.match(step)) and bool(due) and not (_DAYLESS.match(due) or any(c.isdigit() for c in due))
    return coloured or named or moved or early


def _by_kind(texts: list[str], within: bool = False) -> dict[str, str]:
    """What of such a row is told by its kind: what it is about comes first, prose is its progress.

    `within`: it stands among the steps of an item, and is one of them where it has no place for the item.
    """
    filled = [text for text in texts if text]
    kinds = {
        "status": next((text for text in filled[1:] if _STATUS.match(text)), ""),
        "due": next((text for text in filled[1:] if _DATE.match(text)), ""),
        "rag": next((text for text in filled[1:] if text.lower() in RAG), ""),
        "progress": next((text for text in filled[1:] if len(text.split()) > MOST_LABEL), ""),
    }
    step = within and bool(kinds["due"]) and bool(kinds["status"])
    return {"milestone" if step else "description": filled[0], **kinds}


def plan_before(table: Table, pack: Pack) -> str:
    """The plan that a table belongs to: the nearest "Annual Plan for: ..." before it, cell or line; "" for none."""
    named = [(0, 0.0, "")]
    for other in pack.tables[: table.number]:
        for row, texts in zip(other.rows, other.grid(), strict=True):
            if row[0] and _PLAN.match(texts[0]):
                name = _PLAN.sub("", texts[0]) or next((text for text in texts[1:] if text), "")
                named.append((row[0].page, row[0].box[1], name))
    for page in pack.pages[: table.page]:
        for line in page.lines:
            if _PLAN.match(line.text) and (page.number, line.box[1]) < (table.page, table.box[1]):
                named.append((page.number, line.box[1], _PLAN.sub("", line.text)))
    return max(named)[2]
