"""Rectification plans: a ref, the area, what went wrong, how it stands."""

import re
from collections.abc import Mapping
from dataclasses import replace

from corpus.paper import Pack, Table
from indexer.shapes.columns import find_header, plain, with_refs
from indexer.shapes.found import Found, record
from kpi_tools.due import find_days

_ANY_REASON = ("reason", "cause", "reason for failure")  # which other tables tell too
COLUMNS = {
    "ref": (
        "ref", "reference", "plan ref", "plan reference", "plan", "plan no", "plan number", "notice", "notice no",
        "notice number", "notice ref", "default no", "default number",
    ),
    "area": ("area", "service", "service area", "team", "indicator", "measure", "kpi"),
    "default": (
        "default", "failure", "issue", "defect", "default or failure", "what went wrong", "reason for plan",
        "why opened", "breach", "breach of contract", "non compliance", "service failure", "performance failure",
        *_ANY_REASON,
    ),
    "update": (
        "update", "progress", "position", "latest update", "current position", "latest position", "action", "actions",
        "position now", "where we are now", "how it stands", "where it stands", "remedial action", "remedial actions",
        "remedy", "corrective action", "corrective actions", "rectification", "rectification action",
    ),
    "status": ("status", "state", "open or closed", "plan status"),
    "closed": ("date closed", "closed", "closed on", "closure date", "date of closure", "completed on", "signed off"),
}  # fmt: skip
_CLOSED = re.compile(r"\b(closed|closure of|completed?|concluded|ended|withdrawn|superseded)\b", re.IGNORECASE)
_OF_IT = re.compile(r"^(?:\d+\.\s+)?(?:This|It|That) (?:is|was|has|had|will|remains|remained)\b")
_PLAN = re.compile(r"\b(?:plans?|notices?)\b", re.IGNORECASE)
_GAP = 0.6  # of a line's height; a wider one ends a paragraph
_OPEN = re.compile(r"\b(open|remain|outstanding|current|ongoing|live|in progress|active)\w*\b", re.IGNORECASE)


def identify(table: Table) -> bool:
    """A header that names a default and an update, with a ref or an area."""
    first, columns = find_header(table, COLUMNS, _enough)
    return first > 0 and _of_plans(table, first, columns)


def _enough(fields: set[str]) -> bool:
    return {"default", "update"} <= fields and bool({"ref", "area"} & fields)


def _of_plans(table: Table, first: int, columns: Mapping[str, int]) -> bool:
    """Whether a header that speaks of a reason or a cause is one of plans, as its refs, heading or lead say."""
    told = (table.text(first - 1, columns.get("ref", 0)), *table.headings[-1:], table.lead)
    sure = plain(table.text(first - 1, columns["default"])) not in _ANY_REASON
    return sure or ("ref" in columns and any(_PLAN.search(text) for text in told))


def extract(table: Table, pack: Pack) -> Found:
    """A record for each row; open or closed by its status column, else by the sentence or heading above."""
    first, columns = find_header(table, COLUMNS, _enough)
    columns = with_refs(table, first, columns)
    above = status_in(table.lead) or next((s for h in reversed(table.headings) if (s := status_in(h))), "")
    records = []
    for row in range(first, len(table.rows)):
        fields = {name: table.text(row, column) for name, column in columns.items()}
        by_day = _by_day(fields.pop("closed", None), fields.get("update", ""))
        if fields.get("default") or fields.get("update"):
            begins = re.match(r"(open|closed)\b", fields.get("update", "").lower())
            said = status_in(fields.get("status", "")) or (begins[1] if begins else "")
            fields["status"] = said or above or by_day
            records.append(record(pack, table, row, "rectification", fields, columns.get("ref", 0)))
    if len(records) == 1 and (more := _said_below(table, pack)):
        [only] = records
        told = {**only.fields, "update": f"{only.fields['update']} {more}".strip()}
        records = [replace(only, fields=told, quote=f"{only.quote} | {more}")]
    return Found(records=tuple(records))


def _by_day(text: str | None, update: str) -> str:
    """ "closed" where a day stands under the header for when it was, "open" where nothing does; "" without one."""
    if text is None:
        return ""
    return status_in(text) or ("closed" if find_days(text) else "" if text or status_in(update) else "open")


def _said_below(table: Table, pack: Pack) -> str:
    """The paragraph right below a table that speaks of its one plan: "This had been kept open until"; "" for none."""
    boxes = [(cell.page, cell.box[3]) for row in table.rows for cell in row if cell]
    page, foot = max(boxes)
    told: list[str] = []
    for line in pack.pages[page - 1].lines:
        top, bottom = line.box[1], line.box[3]
        if top < foot:
            continue
        if line.bold or (told and top - foot > _GAP * (bottom - top)) or not (told or _OF_IT.match(line.text)):
            break
        told.append(line.text.strip())
        foot = bottom
    return " ".join(told)


def status_in(text: str) -> str:
    """ "open" or "closed", where the words say one and not the other; "" else."""
    ended, going = bool(_CLOSED.search(text)), bool(_OPEN.search(text))
    return "closed" if ended and not going else "open" if going and not ended else ""
