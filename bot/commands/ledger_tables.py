"""`packclerk plans`, `rectification` and `risks`: the ledger as tables, CSV and JSON."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from bot.commands.shared import PRINTING, print_by_paper, print_csv, print_json
from corpus.errors import RequestError
from corpus.settings import Settings
from kpi_tools.ledger import KINDS, Record

Row = dict[str, Any]
STATES = ("open", "closed", "overdue")


@dataclass(frozen=True, slots=True)
class _View:
    """A kind of the ledger as a command: its help, and the columns that a terminal shows, each with its fields."""

    kind: str
    text: str
    shown: Mapping[str, tuple[str, ...]]


VIEWS = {
    "plans": _View(
        "plan_item",
        "Items of annual plans: what was promised, by whom, by when, and how it stands.",
        {
            "Ref": ("ref",),
            "What": ("description", "milestone"),
            "Due": ("due",),
            "Status": ("status", "rag"),
            "Who": ("lead", "councils"),
        },
    ),
    "rectification": _View(
        "rectification",
        "Rectification plans: defaults, what is done about them, and whether they are closed.",
        {"Ref": ("ref",), "What": ("area", "default"), "Update": ("update",), "Status": ("status",)},
    ),
    "risks": _View(
        "risk",
        "Risks, with their scores and owners.",
        {
            "Ref": ("ref",),
            "Risk": ("description", "impact"),
            "Likelihood": ("likelihood",),
            "Score": ("score",),
            "Owner": ("owner",),
        },
    ),
}
_HELPS = {
    "--paper": "Of one paper only: words of its file name.",
    "--about": "Words that its texts hold.",
    "--council": "That a council is named for.",
    "--lead": "Words of its lead or owner.",
    "--rag": "With this colour: red, amber, green or complete.",
}


def row(record: Record, today: date) -> Row:
    """A record as JSON has it: its place, its own fields, and of a plan's item the due day, state and dated notes."""
    from kpi_tools import promises
    from kpi_tools.due import read_due

    place = record.place
    own: Row = dict(record.fields)
    if record.kind == "plan_item":
        due = read_due(record.fields["due"])
        told = [{"date": n.day.isoformat() if n.day else None, "text": n.text} for n in promises.notes(record)]
        own |= {"due_date": due.isoformat() if due else None, "state": promises.state(record), "notes": told}
        own |= {"overdue": promises.overdue(record, today)}
    as_of = record.as_of.isoformat() if record.as_of else None
    at = {"document": place.document, "page": place.page, "label": place.label, "item": place.item}
    return {"kind": record.kind, "as_of": as_of, **at, "table": place.table, "row": place.row, **own}


def _chosen(records: Sequence[Record], today: date, state: str, **words: str) -> list[Record]:
    from kpi_tools import promises
    from kpi_tools.names import entity

    council = entity(words["council"]) or words["council"]
    fits: tuple[Callable[[Record], bool], ...] = (
        lambda r: words["paper"].lower() in r.place.document.lower(),
        lambda r: words["about"].lower() in " ".join(r.fields.values()).lower(),
        lambda r: not council or bool(promises.of_council([r], council)),
        lambda r: words["lead"].lower() in (r.fields.get("lead") or r.fields.get("owner") or "").lower(),
        lambda r: not words["rag"] or r.fields.get("rag", "") == words["rag"].lower(),
        lambda r: not state or (promises.overdue(r, today) if state == "overdue" else _state(r) == state),
    )
    return [r for r in records if all(fit(r) for fit in fits)]


def _state(record: Record) -> str:
    from kpi_tools.promises import state

    return state(record) if record.kind in ("plan_item", "rectification") else ""


def _print(rows: Sequence[Row], view: _View, as_csv: bool, as_json: bool) -> None:
    if as_json:
        print_json({view.kind: rows})
    elif as_csv:
        added = ("due_date", "state", "overdue") if view.kind == "plan_item" else ()
        print_csv(("document", "page", "as_of", *KINDS[view.kind], *added), rows)
    else:
        _table(rows, view.shown)


def _table(rows: Sequence[Row], columns: Mapping[str, tuple[str, ...]]) -> None:
    told = [({head: "; ".join(filter(None, (each[f] for f in fields))) for head, fields in columns.items()}, each)
            for each in rows]  # fmt: skip
    print_by_paper([(cells, str(each["document"]), int(each["page"])) for cells, each in told])


def _command(name: str, view: _View) -> click.Command:
    @click.pass_obj
    def run(
        settings: Settings, /, today: Any, state: str, as_csv: bool, as_json: bool, cleared: bool, **words: str
    ) -> None:
        from kpi_tools.public import store_for

        day = today.date() if today else date.today()
        records = _chosen(store_for(settings, cleared).records(view.kind), day, state or "", **words)
        if not records and not (as_csv or as_json):
            raise RequestError(f"The index has no {name} of that kind.")
        _print([row(record, day) for record in records], view, as_csv, as_json)

    options = [click.Option([flag], default="", help=text) for flag, text in _HELPS.items()]
    fixed = [
        click.Option(["--state"], type=click.Choice(STATES), help="Open, closed, or overdue on the day."),
        click.Option(
            ["--today"], type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="The day, for overdue."
        ),
    ]
    return click.Command(name, params=[*options, *fixed, *PRINTING], callback=run, help=view.text)


plans, rectification, risks = (_command(name, VIEWS[name]) for name in ("plans", "rectification", "risks"))
