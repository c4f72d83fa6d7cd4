"""`packclerk kpi`: the KPI tools as commands; names, help and options come out of their signatures and docstrings."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bot.commands.shared import PRINTING, Tools, doc_of, option_of, print_csv, print_json
from corpus.errors import RequestError
from corpus.settings import Settings

if TYPE_CHECKING:
    from kpi_tools.corrected import CorrectedStore

_COLUMNS = (
    "service", "code", "name", "entity", "period", "printed", "reason", "target_printed", "met", "document", "page",
)  # fmt: skip
_ALWAYS = ("period", "printed")
_FIELDS = (
    "service", "code", "name", "entity", "period", "start", "end", "value", "unit", "printed", "reason", "target",
    "comparator", "met", "polarity", "document", "page", "label", "item", "table", "row", "column", "restated",
    "earlier", "ocr",
)  # fmt: skip


def _tools() -> dict[str, Callable[..., Any]]:
    from kpi_tools.tools import TOOLS

    return {tool.__name__.replace("_", "-"): tool for tool in TOOLS}


def _command(name: str, tool: Callable[..., Any]) -> click.Command:
    """The tool as a command: the selection's options, then its own, then the ways of printing."""
    text, helps = doc_of(tool)
    params = list(inspect.signature(tool).parameters.values())[1:]
    own = [option_of(param, helps.get(param.name, "")) for param in params]
    named = {param.name for param in params}

    def run(as_csv: bool, as_json: bool, cleared: bool, **options: Any) -> None:
        from corpus.settings import load
        from kpi_tools.public import store_for

        chosen = {key: value for key, value in options.items() if key not in named}
        store = store_for(click.get_current_context().find_object(Settings) or load(), cleared)
        finding = tool(_selected(store, **chosen), **{key: options[key] for key in named})
        _print(replace(finding, notes=(*finding.notes, *_by_hand(store, finding.rows))), as_csv, as_json)

    return click.Command(name, params=[*_SELECTION, *own, *PRINTING], callback=run, help=text)


def _bound(which: str) -> Callable[[click.Context, click.Parameter, str | None], date | None]:
    """A reader of a day or a period: --since takes its first day, --until its last."""

    def read(_ctx: click.Context, _param: click.Parameter, text: str | None) -> date | None:
        from kpi_tools.periods import read_period

        if not text:
            return None
        period = read_period(text, near=date.today())
        if period is None:
            raise click.BadParameter(f'{text!r} is no day or period like 2021-08-31, "Aug-21" or "Q1 2021/22"')
        day: date = getattr(period, which)
        return day

    return read


_SELECTION = (
    click.Option(["--service"], default="", help="The service, as the papers name it."),
    click.Option(["--code"], default="", help='The code of the measure, as "PI002".'),
    click.Option(["--name"], default="", help="Words of the measure's name."),
    click.Option(["--entity", "entities"], multiple=True, help="A council, or Overall; may be repeated."),
    click.Option(["--since"], callback=_bound("start"), help='From this day or period on, as "Jan-21".'),
    click.Option(["--until"], callback=_bound("end"), help='Up to this day or period, as "Q1 2021/22".'),
)


def _selected(store: "CorrectedStore", **chosen: Any) -> Any:
    """The rows of the frame that the options mean. RequestError where there are none."""
    from kpi_tools.frames import frame, select
    from kpi_tools.names import entity

    whole = frame(store)
    known = set(whole["entity"])
    chosen["entities"] = [entity(name, known) or name for name in chosen["entities"]]
    rows = select(whole, **chosen)
    if rows.empty:
        asked = ", ".join(f"{key} {_said(value)}" for key, value in chosen.items() if value)
        raise RequestError(f"The index has no figures for {asked}." if asked else "The index has no figures.")
    return rows


def _by_hand(store: "CorrectedStore", rows: Any) -> list[str]:
    """What of these rows rests on corrections by hand."""
    if not (fixes := store.corrections):
        return []
    return fixes.notes(
        ((r.service, r.code, r.name), r.entity, r.unit, _plain(r.target), r.met) for r in rows.itertuples()
    )


def _said(value: Any) -> str:
    return " and ".join(value) if isinstance(value, list) else str(value)


def _print(finding: Any, as_csv: bool, as_json: bool) -> None:
    rows = finding.rows.to_dict("records")
    listed = [{field: _plain(row[field]) for field in _FIELDS} for row in rows]
    if as_json:
        results = [
            {"operation": r.operation, "value": f"{r.value:f}", "unit": r.unit, "of": r.of} for r in finding.results
        ]
        print_json({"tool": finding.tool, "rows": listed, "results": results, "notes": finding.notes})
    elif as_csv:
        print_csv(_FIELDS, listed)
    else:
        _print_table(finding, rows)


def _plain(value: Any) -> Any:
    """A value as JSON and CSV hold it: decimals and days as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else f"{value:f}"


def _print_table(finding: Any, rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from kpi_tools.figures import write_figure

    held = [column for column in _COLUMNS if any(row[column] not in ("", None) for row in rows)]
    same = [c for c in held if len(rows) > 1 and c not in _ALWAYS and len({str(row[c]) for row in rows}) == 1]
    shown = [column for column in held if column not in same]
    console = Console(highlight=False)
    if same:  # what all rows share is said once, above them
        console.print(" · ".join(f"{c.removesuffix('_printed')} {rows[0][c]}" for c in same), markup=False)
    table = Table(*(column.removesuffix("_printed") for column in shown), box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*("" if row[column] is None else escape(str(row[column])) for column in shown))
    console.print(table)
    for result in finding.results:
        of = ", ".join(f"{rows[at]['entity']} {rows[at]['period']}" for at in result.of[:2])
        more = f" and {len(result.of) - 2} more" if len(result.of) > 2 else ""
        console.print(f"{result.operation}: {write_figure(result.value, result.unit)}  ({of}{more})", markup=False)
    for note in finding.notes:
        console.print(note, markup=False)


@click.group(cls=Tools, tools=_tools, made=_command)
def kpi() -> None:
    """Look up, compare and calculate with the figures of the papers."""
