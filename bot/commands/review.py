"""Commands for an officer who checks a paper: what was understood of it, and what does not fit in it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from bot.commands.shared import as_option, print_json
from corpus.errors import RequestError
from corpus.settings import Settings

if TYPE_CHECKING:
    from kpi_tools.checks import Slip
    from kpi_tools.saved import Paper
    from kpi_tools.store import Store


@click.command()
@click.argument("pack", required=False)
@click.option("--json", "as_json", is_flag=True, help="One object a slip.")
@as_option
@click.pass_obj
def check(settings: Settings, pack: str | None, as_json: bool, cleared: bool) -> None:
    """List contradictions and slips in the papers (or in PACK alone), with both places."""
    from bot.commands.slip_list import print_slips
    from kpi_tools.checks import slips_json
    from kpi_tools.public import store_for

    store = store_for(settings, cleared)
    document = paper_named(store, pack).document if pack else ""
    slips = _slips(store, document)
    if as_json:
        print_json(slips_json(slips))
    else:
        print_slips(slips, document)


@click.command()
@click.argument("pack", required=False)
@click.option("--json", "as_json", is_flag=True, help="The same as JSON.")
@as_option
@click.pass_obj
def papers(settings: Settings, pack: str | None, as_json: bool, cleared: bool) -> None:
    """List what is indexed, or what was understood of PACK: measures, records, unread tables, slips."""
    from bot.commands.overview import print_understood, print_unused
    from bot.render import print_papers
    from kpi_tools.public import store_for

    store = store_for(settings, cleared)
    if pack:
        paper = paper_named(store, pack)
        found = understood(store, paper)
        print_json(found) if as_json else print_understood(paper, found, settings.home_path)
    elif as_json:
        print_json([_head(paper) for paper in store.papers()])
    else:
        print_papers(store.papers())
    if cleared and not as_json:
        print_unused(settings.home_path, store)


def paper_named(store: "Store", name: str) -> "Paper":
    """The one indexed paper that `name` means: its file name, or a part of it or of its title."""
    low = name.lower()
    every = store.papers()
    found = [p for p in every if p.document.lower() in (low, f"{low}.pdf")] or [
        p for p in every if low in p.document.lower() or low in p.title.lower()
    ]
    if len(found) != 1:
        which = f"{len(found)} papers match {name!r}: name one" if found else f"No indexed paper matches {name!r}"
        raise RequestError(f"{which}. See: packclerk papers")
    return found[0]


def understood(store: "Store", paper: "Paper") -> dict[str, Any]:
    """What was understood of a paper, as JSON holds it: its head, measures, ledger, tables and slips."""
    from bot.commands.export import ledger
    from kpi_tools.checks import slips_json

    return _head(paper) | {
        "measures": _measures(store, paper),
        "ledger": [record for record in ledger(store) if record["document"] == paper.document],
        "tables": [
            {"table": note.table, "page": note.page, "title": note.title, "shape": note.shape, "reason": note.reason}
            for note in store.notes(paper.document)
        ],
        "slips": slips_json(_slips(store, paper.document)),
    }


def _head(paper: "Paper") -> dict[str, Any]:
    return {
        "document": paper.document,
        "title": paper.title,
        "council": paper.council,
        "committee": paper.committee,
        "date": paper.date.isoformat() if paper.date else None,
        "pages": paper.pages,
        "counts": dict(paper.counts),
    }


def _measures(store: "Store", paper: "Paper") -> list[dict[str, Any]]:
    """The measures of a paper in its own order, each with its entities, periods, targets and how many figures it has;
    those that are only defined come last."""
    from kpi_tools.frames import build

    mine = [seen for seen in store.observations() if seen.place.document == paper.document]
    targets = [target for target in store.targets() if target.place.document == paper.document]
    groups: dict[str, list[Any]] = defaultdict(list)
    rows: list[Any] = list(build(mine, targets).itertuples())
    for row in sorted(rows, key=lambda row: (row.page, row.table, row.row, row.column)):
        groups[row.key].append(row)
    measures = [_measure(rows) for rows in groups.values()]
    told = {(m["service"], m["code"]) for m in measures if m["code"]} | {(m["service"], m["name"]) for m in measures}
    for target in targets:
        about = target.measure.service, target.measure.code or target.measure.name
        if about not in told:
            told.add(about)
            measures.append(_only_defined(target))
    return measures


def _measure(rows: Sequence[Any]) -> dict[str, Any]:
    by_day = sorted(rows, key=lambda row: (row.start, row.end))
    periods = list(dict.fromkeys((row.start, row.end) for row in by_day))
    return {
        "service": rows[0].service,
        "code": rows[0].code,
        "name": rows[0].name,
        "unit": rows[0].unit,
        "better": rows[0].polarity,
        "entities": list(dict.fromkeys(row.entity for row in rows)),
        "periods": {"first": by_day[0].period, "last": by_day[-1].period, "count": len(periods)},
        "figures": sum(row.value is not None for row in rows),
        "without_figure": sum(row.value is None for row in rows),
        "targets": list(dict.fromkeys(_aim(row) for row in by_day if row.target_printed)),
        "missed": sum(row.met is False for row in rows),
        "pages": sorted({row.page for row in rows}),
    }


def _only_defined(target: Any) -> dict[str, Any]:
    what = target.measure
    return {
        "service": what.service,
        "code": what.code,
        "name": what.name or target.quote,
        "unit": what.unit,
        "better": what.polarity,
        "entities": [target.entity] if target.entity else [],
        "periods": {"first": "", "last": "", "count": 0},
        "figures": 0,
        "without_figure": 0,
        "targets": [f"{target.comparator} {target.figure.printed}".strip() if target.figure else "no figure"],
        "missed": 0,
        "pages": [target.place.page],
    }


def _aim(row: Any) -> str:
    printed: str = row.target_printed
    return printed if not row.comparator or printed[:1] in "<>≤≥=" else f"{row.comparator} {printed}"


def _slips(store: "Store", document: str) -> "list[Slip]":
    from kpi_tools.checks import run_checks

    return [s for s in run_checks(store) if not document or document in {place.document for place in s.places}]
