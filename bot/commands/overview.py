"""What was understood of a paper, for the eye of an officer at the terminal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import shorten
from typing import Any

import click

from kpi_tools.saved import Paper
from kpi_tools.store import Store

MOST_SHOWN = 4  # entities of a measure
MOST_NAME = 160  # characters of a measure's name, in the terminal
WIDE = 120  # columns that a table of measures needs
NO_SERVICE = "No service named"
CORRECTIONS = "corrections.toml"


def print_unused(home: Path, store: Store) -> None:
    """The corrections by hand that correct nothing, as one that is mistyped does."""
    from kpi_tools.corrections import FILE, unused

    if (home / FILE).exists():
        for sentence in unused(home, store.observations(), {paper.document for paper in store.papers()}):
            click.echo(f"\nNot used: {sentence}")


def print_understood(paper: Paper, found: Mapping[str, Any], home: Path) -> None:
    """What was understood of a paper, for the eye; `home` is the index's folder."""
    from rich.console import Console

    console = Console(highlight=False)
    of = ", ".join(filter(None, (paper.committee, paper.council, f"{paper.date:%-d %B %Y}" if paper.date else "")))
    console.print(paper.title or paper.document, style="bold", markup=False)
    console.print(f"{paper.document}, {paper.pages} pages{f'; {of}' if of else ''}", style="dim", markup=False)
    _print_measures(console, found["measures"])
    _print_counts(console, "Ledger", Counter(record["kind"].replace("_", " ") for record in found["ledger"]))
    _print_tables(console, found["tables"])
    _print_counts(console, "Slips", Counter(slip["kind"] for slip in found["slips"]))
    if found["slips"]:
        console.print(f"  in full: packclerk check {paper.document}", style="dim", markup=False)
    console.print(f"\nWhat is wrong here can be put right in {home / CORRECTIONS}.", style="dim", markup=False)


def _print_measures(console: Any, measures: Sequence[Mapping[str, Any]]) -> None:
    """The measures under their services: in a table, or below one another where there is no room for one.

    An entity that all of them share is said once, above.
    """
    if not measures:
        console.print("\nNo measures were found in it.")
        return
    entities = list(dict.fromkeys(name for one in measures for name in one["entities"]))
    if len(entities) == 1:
        console.print(f"All figures are for {entities[0]}.", markup=False)
    show = _as_table if console.width >= WIDE else _one_by_one
    show(console, measures, len(entities) > 1)
    if any(one["figures"] and one["targets"] and not one["better"] for one in measures):
        console.print(
            f"\nBetter: ? - the paper does not say whether higher or lower is better, so nothing of it is called met or"
            f" missed; say which in {CORRECTIONS}.",
            style="dim",
        )


def _as_table(console: Any, measures: Sequence[Mapping[str, Any]], many: bool) -> None:
    from rich.markup import escape
    from rich.table import Table

    heads = ["Measure", "Unit", "Better", *(["For"] if many else []), "Periods", "Figures", "Target", "PDF page"]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    for head in heads:
        right = head in ("Figures", "PDF page")
        table.add_column(
            head, justify="right" if right else "left", overflow="fold", no_wrap=head in ("Better", "Figures")
        )
    service = None
    for one in measures:
        if one["service"] != service:
            service = one["service"]
            table.add_row(f"[bold]{escape(service or NO_SERVICE)}[/bold]")
        table.add_row(*(escape(_cells(one)[head]) for head in heads))
    console.print()
    console.print(table)


def _one_by_one(console: Any, measures: Sequence[Mapping[str, Any]], many: bool) -> None:
    from rich.padding import Padding
    from rich.text import Text

    service = None
    for one in measures:
        if one["service"] != service:
            service = one["service"]
            console.print(f"\n{service or NO_SERVICE}", style="bold", markup=False)
        cells = _cells(one)
        unit = f" ({cells['Unit']})" if cells["Unit"] and f"({cells['Unit']})" not in cells["Measure"] else ""
        console.print(Padding(Text(f"{cells['Measure']}{unit}"), (0, 0, 0, 2), expand=False))
        told = (
            cells["For"] if many else "",
            cells["Periods"],
            f"figures: {cells['Figures']}" if one["periods"]["count"] else "",
            f"target: {cells['Target']}" if cells["Target"] else "no target",
            f"better: {cells['Better']}",
            f"PDF page {cells['PDF page']}",
        )
        console.print(Padding(Text("; ".join(filter(None, told)), style="dim"), (0, 0, 0, 6), expand=False))


def _cells(one: Mapping[str, Any]) -> Mapping[str, str]:
    """What is shown of a measure, by heads."""
    every = one["figures"] + one["without_figure"]
    return {
        "Measure": shorten(f"{one['code']} {one['name']}".strip(), MOST_NAME, placeholder=" …"),
        "Unit": one["unit"],
        "Better": one["better"] or "?",
        "For": _few(one["entities"]),
        "Periods": _stretch(one["periods"]),
        "Figures": f"{one['figures']} of {every}" if one["without_figure"] else str(one["figures"]),
        "Target": _few(one["targets"]),
        "PDF page": ", ".join(map(str, one["pages"])),
    }


def _print_tables(console: Any, tables: Sequence[Mapping[str, Any]]) -> None:
    """How many tables were read, and each with figures that was not."""
    from kpi_tools.extraction import NO_FIGURES

    read = sum(bool(table["shape"]) for table in tables)
    empty = sum(table["reason"] == NO_FIGURES for table in tables)
    console.print(f"\nTables: {len(tables)}, of which {read} read and {empty} without figures", style="bold")
    for table in tables:
        if not table["shape"] and table["reason"] != NO_FIGURES:
            where = f"table {table['table']}, PDF page {table['page']}"
            console.print(f"  not read: {where}, {table['title'] or 'no title'}: {table['reason']}", markup=False)


def _few(names: Sequence[str]) -> str:
    more = len(names) - MOST_SHOWN
    return ", ".join(names[:MOST_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _stretch(periods: Mapping[str, Any]) -> str:
    if periods["count"] < 2:
        return str(periods["first"]) or "only defined"
    return f"{periods['first']} to {periods['last']} ({periods['count']})"


def _print_counts(console: Any, title: str, counts: Mapping[str, int]) -> None:
    console.print(f"\n{title}: {sum(counts.values())}", style="bold", markup=False)
    for name, count in counts.items():
        console.print(f"  {count:4} {name}", markup=False)
