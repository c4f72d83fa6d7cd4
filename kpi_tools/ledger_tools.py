"""The tools over the ledger: each takes its records, and hands back rows of text, days and numbers.

Every row says in which document and on which page it stands. The list at the foot is that of the KPI tools with these
behind it: what the papers can be asked for, in one place.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from kpi_tools import promises, tools
from kpi_tools.amounts import Amount, amounts, is_whole, like, name, share, whole_of
from kpi_tools.due import find_days, read_due
from kpi_tools.ledger import Record
from kpi_tools.names import find_entities, squash

Rows = list[dict[str, Any]]
Owners = Mapping[str, str]  # a document's own council


def status(records: Sequence[Record], owners: Owners, ref: str = "", about: str = "") -> Rows:
    """How a promise stands: its rows in the latest paper that has it, of plans and rectification plans.

    ref: the ref of an item or of a rectification plan
    about: words that its texts hold
    """
    kinds = [r for r in records if r.kind in ("plan_item", "rectification")]
    found = [r for r in kinds if (not ref or squash(r.fields["ref"]) == squash(ref)) and _holds(r, about)]
    return [_promise(r) for r in promises.current(found, owners)]


def overdue(records: Sequence[Record], owners: Owners, today: str = "", council: str = "", lead: str = "") -> Rows:
    """The items of the latest plans that were due before a day and are not called complete, the oldest first.

    today: the day, as 2021-10-06
    council: that a council is named for
    lead: words of the lead
    """
    day = date.fromisoformat(today) if today else date.today()
    items = promises.current([r for r in records if r.kind == "plan_item"], owners)
    items = promises.of_council(items, council) if council else items
    late = [r for r in items if promises.overdue(r, day) and lead.lower() in r.fields["lead"].lower()]
    return [_promise(r) for r in sorted(late, key=lambda r: read_due(r.fields["due"]) or day)]


def timeline(records: Sequence[Record], owners: Owners, about: str = "") -> Rows:  # noqa: ARG001
    """The dated notes on a topic over all papers, the oldest first.

    about: words of the item's ref, description or area
    """
    found = [r for r in records if r.kind in ("plan_item", "rectification") and _holds(r, about, _TITLES)]
    told = promises.timeline(found)
    return [{"date": n.day.isoformat() if n.day else "", "text": n.text, **_at(n.record)} for n in told]


def changes(records: Sequence[Record], owners: Owners, about: str = "") -> Rows:
    """What changed from the last but one version of each plan to the latest: items are matched by meaning.

    about: words of the item or its plan
    """
    pairs = promises.versions([r for r in records if r.kind == "plan_item"], owners)
    every = [c for before, after in pairs for c in promises.changes(before, after)]
    return [_change(c) for c in every if any(_holds(r, about) for r in (c.before, c.after) if r)]


def people(records: Sequence[Record], owners: Owners, role: str = "", council: str = "", meeting: str = "") -> Rows:  # noqa: ARG001
    """Who sits on a committee, was at a meeting, or sent apologies to it.

    role: member, present, officer or apologies
    council: of this council
    meeting: of the meeting of this day, as 2021-07-07
    """
    found = [r for r in records if r.kind == "member" and role in ("", r.fields["role"])]
    found = [r for r in found if not council or any(council == n for n, _, _ in find_entities(r.fields["council"]))]
    return [{**r.fields, **_at(r)} for r in found if _of_day(r, meeting)]


def requests(records: Sequence[Record], owners: Owners, meeting: str = "", about: str = "") -> Rows:  # noqa: ARG001
    """What the notes and minutes of meetings say was asked for: by whom, of whom and by when, where they say it.

    meeting: of the meeting of this day, as 2021-07-07
    about: words that its texts hold
    """
    found = [r for r in records if r.kind == "request" and _of_day(r, meeting) and _holds(r, about)]
    return [{**r.fields, **_at(r)} for r in found]


def budget(records: Sequence[Record], owners: Owners, about: str = "") -> Rows:
    """The amounts of budgets, cell by cell, of the latest paper that has each; with its share of the total.

    about: words of the budget or the line
    """
    lines = promises.current([r for r in records if r.kind == "budget_line"], owners)
    return [_amount(a, lines) for r in lines if _holds(r, about) for a in amounts(r)]


_TITLES = ("ref", "description", "area", "default")


def _holds(record: Record, about: str, fields: Sequence[str] = ()) -> bool:
    """Whether a record's texts hold all the words asked for, written so or with other marks between them."""
    text = squash(" ".join(v for k, v in record.fields.items() if not fields or k in fields))
    return all(squash(word) in text for word in about.split())


def _of_day(record: Record, meeting: str) -> bool:
    return not meeting or meeting in [day.day.isoformat() for day in find_days(record.fields["meeting"])]


def _at(record: Record) -> dict[str, Any]:
    return {"document": record.place.document, "page": record.place.page}


def _promise(record: Record) -> dict[str, Any]:
    shown = ("ref", "area", "default", "description", "milestone", "due", "lead", "councils", "status", "rag", "update")
    fields = {field: record.fields[field] for field in shown if field in record.fields}
    return {**fields, "state": promises.state(record), **_at(record)}


def _change(change: promises.Change) -> dict[str, Any]:
    held = change.after or change.before
    assert held  # a change is of one item at least
    sides = {"before": change.before, "after": change.after}
    told = {f"{f}_{side}": r.fields[f] if r else "" for f in ("due", "status", "rag") for side, r in sides.items()}
    named = {field: held.fields[field] for field in ("plan", "ref", "description", "milestone", "councils")}
    was = {"earlier_ref": change.before.fields["ref"] if change.before else ""}
    return {"change": change.kind, "days": change.days, **named, **was, **told, **_at(held)}


def _amount(amount: Amount, lines: Sequence[Record]) -> dict[str, Any]:
    whole = None if is_whole(amount.record) else whole_of(amount.record, lines)
    of = like(amount, whole) if whole else None
    part = share(amount, of) if of else None
    figure = amount.figure
    value = {"value": f"{figure.value:f}" if figure else "", "unit": figure.unit if figure else ""}
    named = {"budget": name(amount.record), "line": amount.record.fields["line"], "header": amount.header}
    return {
        **named,
        "printed": amount.printed,
        **value,
        "share": f"{part.value:f}" if part else "",
        **_at(amount.record),
    }


LEDGER_TOOLS: tuple[Callable[..., Rows], ...] = (status, overdue, timeline, changes, people, requests, budget)
TOOLS: tuple[Callable[..., object], ...] = (*tools.TOOLS, *LEDGER_TOOLS)
