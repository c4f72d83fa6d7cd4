"""The header of a plan: what each of its columns holds, by the words over it."""

import re
from collections.abc import Callable

from corpus.paper import Table
from indexer.shapes import risk
from indexer.shapes.columns import CODE, find_header, plain
from indexer.shapes.grid import SOME_DAY, spread
from indexer.shapes.plan_rows import STATUS, of_councils
from kpi_tools.due import find_days
from kpi_tools.periods import read_period

ACTIONS = (
    "action", "actions", "action required", "agreed action", "agreed actions", "task", "tasks", "key action",
    "activity", "key actions", "what we will do", "what will we do", "management action", "agreed management action",
    "step", "steps",
    "what",
)  # fmt: skip
COLUMNS = {
    "ref": (
        "ref", "reference", "no", "id", "action ref", "action no", "action id", "item no", "plan ref", "rec no",
        "rec ref", "recommendation no",
    ),
    "description": (
        "description", "plan item", "item", "objective", "service priority", "priority", "recommendation", "commitment",
        "project", "issue", "finding", *ACTIONS,
    ),
    "milestone": (
        "milestones", "milestone", "progress milestones", "expected outcomes", "key milestones", "how will we do it",
        "how we will do it",
    ),
    "due": (
        "due dates", "due date", "due", "target completion date", "completion date", "target date", "deadline",
        "by when", "due by", "complete by", "end date", "timescale", "target completion", "when", "date due",
        "timescales", "implementation date", "agreed date", "revised date", "delivery date", "deadlines",
        "by",
    ),
    "lead": (
        "lead", "lead officer", "lead party", "owner", "responsible officer", "who", "by whom", "assigned to",
        "action owner", "officer", "responsible", "responsibility", "accountable officer", "responsible person",
        "leads", "owners", "allocated to", "lead member", "officer responsible",
    ),
    "councils": (
        "councils impacted", "councils affected", "councils", "council", "authorities", "authority", "partners",
        "partner",
    ),
    "driver": ("driver or source", "driver", "source"),
    "links": ("links to service outcomes", "links", "corporate priority", "strategic link"),
    "status": ("delivery status", "status", "current status", "progress status", "action status", "overall status"),
    "rag": ("rag status", "rag", "rag rating", "brag", "brag status", "brag rating"),
    "progress": (
        "progress", "update", "comments", "commentary", "latest update", "updates", "current position", "position",
        "latest position", "notes", "comment", "response", "our response", "council response", "management response",
        "where we are", "where are we now", "how are we doing",
    ),
}  # fmt: skip
# What a column holds, and headers that say otherwise.
_KINDS: tuple[tuple[str, Callable[[str], bool], re.Pattern[str]], ...] = (
    ("status", lambda text: bool(STATUS.match(text)), re.compile(r"\brag\b")),
    (
        "due",
        lambda text: bool(find_days(text)),
        re.compile(r"\b(?:start|beg[ai]n|from|updat|review|last|original|first)"),
    ),
    ("councils", of_councils, re.compile(r"\b(?:lead|owner|who)\b")),
)
# To be done.
_ACT = re.compile(r"\b(?:actions?|recommendations?)\b(?! (?:by|date|owner|plan|officer|ref|no|status|lead)\b)")
# Over figures, and so in no plan that has neither milestones.
_MEASURED = re.compile(r"^(target|actual|result|results|outturn|value|baseline|budget|variance|performance|score)\b")


def header_of(table: Table) -> tuple[int, dict[str, int]]:
    """The first row below the header, and the column of each field; (0, {}) for a table that is no plan."""
    first, columns = _header(table)
    return first, _by_cells(table, first, columns) if first else {}


def _by_cells(table: Table, first: int, columns: dict[str, int]) -> dict[str, int]:
    """The columns, those whose headers tell nothing by what they hold: codes under "Item" beside a task are its refs,
    days are when it is due, councils whose it is, and "Started" or "Completed", also as "Progress", its status."""
    told = dict(columns)
    texts = [[table.text(row, c) for row in range(first, len(table.rows))] for c in range(len(table.rows[0]))]
    heads = [plain(text) for text in spread(table, first - 1)]
    if "ref" not in told and "milestone" in told and all(CODE.match(text) for text in texts[told["description"]]):
        told["ref"], told["description"] = told["description"], told.pop("milestone")
    for name, fits, never in _KINDS:
        taken = {column for field, column in told.items() if (name, field) != ("status", "progress")}
        for column in [c for c in range(len(heads)) if c not in taken and not never.search(heads[c])]:
            held = [text for text in texts[column] if text]
            if name not in told and sum(map(fits, held)) * 2 > len(held):
                told[name] = column
    if told.get("status") == told.get("progress", -1):
        notes = [c for c, head in enumerate(heads) if head in COLUMNS["progress"] and c not in told.values()]
        del told["progress"]
        told |= {"progress": notes[0]} if notes else {}
    return told


def _header(table: Table) -> tuple[int, dict[str, int]]:
    first, columns = find_header(table, COLUMNS, _enough)
    if first:
        return first, columns
    first, columns = find_header(table, COLUMNS, _stepped)
    free = [c for c in range(columns.get("milestone", 0)) if c not in columns.values()]
    if first and free:  # what the steps are of stands before them, whatever it is called
        return first, columns | {"description": free[-1]}
    if risk.identify(table):
        return 0, {}
    first, columns = find_header(table, COLUMNS, _acted)
    if not first:
        return _untitled(table)
    heads = [plain(text) for text in spread(table, first - 1)]
    others = [text for column, text in enumerate(heads) if column not in columns.values()]
    measured = any(_MEASURED.match(text) or read_period(text, near=SOME_DAY) for text in others)
    dated = "due" in columns and any(find_days(table.text(r, columns["due"])) for r in range(first, len(table.rows)))
    acts = [column for column, text in enumerate(heads) if text in ACTIONS or _ACT.search(text)]
    if measured or not (dated or acts):
        return 0, {}
    steps = [column for column in acts if column not in columns.values()]
    return first, columns | ({"milestone": steps[0]} if steps else {})


def _untitled(table: Table) -> tuple[int, dict[str, int]]:
    """A header that says whose each item is, by when and how it stands, and calls the items by a word of its own:
    they are the longest texts before these; (0, {}) where the statuses or the days are none."""
    first, columns = find_header(table, COLUMNS, _followed)
    rows = range(first, len(table.rows)) if first else ()
    free = [c for c in range(columns.get("due", 0)) if c not in columns.values()]
    standing = [text for row in rows if (text := table.text(row, columns["status"]))]
    dated = sum(bool(find_days(table.text(row, columns["due"]))) for row in rows)
    if not free or not standing or sum(bool(STATUS.match(text)) for text in standing) * 2 <= len(standing):
        return 0, {}
    longest = max(free, key=lambda column: sum(len(table.text(row, column)) for row in rows))
    return (first, columns | {"description": longest}) if dated * 2 > len(rows) else (0, {})


def _followed(fields: set[str]) -> bool:
    return (
        {"due", "status"} <= fields
        and bool({"lead", "councils"} & fields)
        and not {"description", "milestone"} & fields
    )


def _enough(fields: set[str]) -> bool:
    return {"description", "milestone"} <= fields and bool({"due", "status", "rag"} & fields)


def _stepped(fields: set[str]) -> bool:
    told = {"status", "rag", "progress"} & fields
    return {"milestone", "due"} <= fields and "description" not in fields and bool(told)


def _acted(fields: set[str]) -> bool:
    told = {"due", "status", "rag", "progress"} & fields
    return "description" in fields and (("due" in fields and len(told) > 1) or ("lead" in fields and bool(told)))
