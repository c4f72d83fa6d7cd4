"""`packclerk ledger`: the tools over plans, budgets and meetings, as commands made of their own signatures."""

import csv
import inspect
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from bot.commands.asker import AS
from bot.commands.by_paper import print_by_paper
from bot.commands.tool_commands import Tools, doc_of, option_of
from corpus.errors import RequestError
from corpus.settings import Settings

SHOWN = 9  # columns of a row that a terminal has room for, besides its paper


def _tools() -> dict[str, Callable[..., Any]]:
    from kpi_tools.ledger_tools import LEDGER_TOOLS

    return {tool.__name__: tool for tool in LEDGER_TOOLS}


def _command(name: str, tool: Callable[..., Any]) -> click.Command:
    """The tool as a command: its own options, then the ways of printing."""
    text, helps = doc_of(tool)
    params = list(inspect.signature(tool).parameters.values())[2:]

    def run(as_csv: bool, as_json: bool, cleared: bool, **options: Any) -> None:
        from corpus.settings import load
        from kpi_tools.names import entity
        from kpi_tools.public import store_for

        store = store_for(click.get_current_context().find_object(Settings) or load(), cleared)
        if options.get("council"):
            options["council"] = entity(options["council"]) or options["council"]
        owners = {paper.document: paper.council for paper in store.papers() if paper.council}
        try:
            rows = tool(tuple(store.records()), owners, **options)
        except ValueError as error:
            raise RequestError(f"{error}: write a day as 2021-10-06.") from None
        if not rows and not (as_csv or as_json):
            raise RequestError(f"The index has nothing of that kind for {name}.")
        _print(name, rows, as_csv, as_json)

    printing = (
        click.Option(["--csv", "as_csv"], is_flag=True, help="The rows as CSV."),
        click.Option(["--json", "as_json"], is_flag=True, help="The rows as JSON."),
        AS,
    )
    own = [option_of(param, helps.get(param.name, "")) for param in params]
    return click.Command(name, params=[*own, *printing], callback=run, help=text)


def _print(name: str, rows: Sequence[dict[str, Any]], as_csv: bool, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"tool": name, "rows": rows}, ensure_ascii=False, indent=2))
    elif as_csv:
        columns = list(dict.fromkeys(column for row in rows for column in row))
        writer = csv.DictWriter(sys.stdout, columns)
        writer.writeheader()
        writer.writerows(rows)
    else:
        _table(rows)


def _table(rows: Sequence[dict[str, Any]]) -> None:
    columns = list(dict.fromkeys(c for row in rows for c in row if row[c] not in ("", 0)))
    held = [c for c in columns if c not in ("document", "page")][:SHOWN]
    heads = {c: c.replace("_", " ").capitalize() for c in held}
    print_by_paper(
        [({heads[c]: str(row.get(c, "") or "") for c in held}, row["document"], row["page"]) for row in rows]
    )


@click.group(cls=Tools, tools=_tools, made=_command)
def ledger() -> None:
    """What was promised, budgeted and decided: how it stands, what changed, who was there."""
