"""What commands share: for whom they answer, how they print rows, and how tools become commands."""

import csv
import inspect
import json
import re
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import groupby
from typing import Any, Literal, get_args, get_origin

import click

Tool = Callable[..., Any]

SHORT = 12  # characters: a column of such texts is never wrapped
NARROW = 14  # characters: where the others would have less, they stand in one column, one below the other
PAGE = 5  # characters, for the page's number
_ASKERS = {"cleared": True, "public": False}
_AS: dict[str, Any] = {
    "type": click.Choice(list(_ASKERS)),
    "default": "cleared",
    "callback": lambda _ctx, _param, value: _ASKERS[value],
    "help": "What the asker may see: the exempt papers too, or public ones only.",
}
PRINTING = (
    click.Option(["--csv", "as_csv"], is_flag=True, help="The rows as CSV."),
    click.Option(["--json", "as_json"], is_flag=True, help="The rows as JSON, with all that belongs to them."),
    click.Option(("--as", "cleared"), **_AS),
)


def as_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option --as, as `cleared`: whether it may use exempt papers."""
    return click.option("--as", "cleared", **_AS)(command)


def print_json(held: Any) -> None:
    """Print JSON as a person can read it."""
    click.echo(json.dumps(held, ensure_ascii=False, indent=2))


def print_csv(columns: Collection[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Print these columns of some rows as CSV."""
    table = csv.DictWriter(sys.stdout, columns, extrasaction="ignore")
    table.writeheader()
    table.writerows(rows)


def print_by_paper(rows: Sequence[tuple[Mapping[str, str], str, int]]) -> None:
    """Print rows, each as its cells by heading, its document and its page; empty columns are left out."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    for document, own in groupby(rows, lambda row: row[1]):
        said = [(cells, page) for cells, _, page in own]
        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
        held = {head: max(len(cells[head]) for cells, _ in said) for head in said[0][0]}
        short = [head for head, most in held.items() if 0 < most <= SHORT]
        long = [head for head, most in held.items() if most > SHORT]
        room = console.width - sum(max(held[head], len(head)) + 1 for head in short) - PAGE
        apart = room >= NARROW * len(long)
        heads = [head for head in held if head in short or (apart and head in long)]
        for head in heads:
            table.add_column(head, no_wrap=head in short, ratio=None if head in short else 1)
        if not apart:
            table.add_column("", ratio=1)
        table.add_column("Page", justify="right", no_wrap=True)
        for cells, page in said:
            rest = () if apart else ("\n".join(f"{head}: {cells[head]}" for head in long if cells[head]),)
            table.add_row(*(escape(text) for text in (*(cells[head] for head in heads), *rest, str(page))))
        console.print(f"[bold]{escape(document)}[/]")
        console.print(table, "")


class Tools(click.Group):
    """A group whose commands are tools; they are imported only when one of them is wanted."""

    def __init__(
        self, *, tools: Callable[[], Mapping[str, Tool]], made: Callable[[str, Tool], click.Command], **attrs: Any
    ) -> None:
        super().__init__(**attrs)
        self._tools, self._made = tools, made

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self._tools())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        tool = self._tools().get(cmd_name)
        return self._made(cmd_name, tool) if tool else None


def doc_of(tool: Tool) -> tuple[str, dict[str, str]]:
    """A docstring's text, and its lines "option: what it does"."""
    doc = inspect.getdoc(tool) or ""
    lines = dict(re.findall(r"^(\w+): (.+)$", doc, re.MULTILINE))
    return re.sub(r"^\w+: .+$\n?", "", doc, flags=re.MULTILINE).strip(), lines


def option_of(param: inspect.Parameter, text: str) -> click.Option:
    flag = f"--{param.name.replace('_', '-')}"
    if param.annotation is bool:
        return click.Option([flag], is_flag=True, default=param.default, help=text)
    kind = click.Choice(get_args(param.annotation)) if get_origin(param.annotation) is Literal else param.annotation
    return click.Option([flag], type=kind, default=param.default, show_default=True, help=text)
