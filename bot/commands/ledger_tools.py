"""`packclerk ledger`: the tools over plans, budgets and meetings, as commands made of their own signatures."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import click

from bot.commands.shared import PRINTING, Tools, doc_of, option_of, print_by_paper, print_csv, print_json
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

    own = [option_of(param, helps.get(param.name, "")) for param in params]
    return click.Command(name, params=[*own, *PRINTING], callback=run, help=text)


def _print(name: str, rows: Sequence[dict[str, Any]], as_csv: bool, as_json: bool) -> None:
    if as_json:
        print_json({"tool": name, "rows": rows})
    elif as_csv:
        print_csv(dict.fromkeys(column for row in rows for column in row), rows)
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
