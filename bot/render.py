"""What a person sees in the terminal, and the answer object as JSON."""

import textwrap
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.answer import Answer, Citation, Given
from bot.question.explain import in_lines
from corpus.paper import page_named
from kpi_tools.saved import Paper

BARS = "▁▂▃▄▅▆▇█"
MOST_QUOTE = 140


def where(citation: Citation) -> str:
    """ "paper.pdf, Page 12 (PDF page 14), item 8"."""
    named, beside = page_named(citation.label, citation.page)
    page = f"{named} ({beside})" if beside else named
    return f"{citation.document}, {page}{f', item {citation.item}' if citation.item else ''}"


def sparkline(values: Sequence[float]) -> str:
    """A line of bars, one a value, from the lowest to the highest."""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    return "".join(BARS[round((v - low) / span * (len(BARS) - 1))] for v in values)


def print_answer(answer: Answer, console: Console | None = None, explained: bool = False) -> None:
    """The answer first, then its figures where there are several, then where they stand; `explained`, what was
    understood at the end."""
    console = console or Console(highlight=False)
    console.print(escape(answer.answer))
    for assumption in answer.assumptions:
        console.print(f"[dim]({escape(assumption)})[/dim]")
    if len(answer.figures) > 2:
        console.print(_figures(answer.figures))
    sources = list(
        dict.fromkeys((where(c), textwrap.shorten(c.quote, MOST_QUOTE, placeholder=" …")) for c in answer.citations)
    )
    if sources:
        console.print("[bold]Sources[/bold]")
    for number, (place, quote) in enumerate(sources, 1):
        console.print(f"[dim]{number}.[/dim] {escape(place)}: [italic]“{escape(quote)}”[/italic]")
    for suggestion in answer.suggestions:
        console.print(f"[dim]Ask:[/dim] {escape(suggestion)}")
    if explained:
        console.print("[bold]Understood[/bold]")
        for line in in_lines(answer.understood):
            console.print(f"[dim]{escape(line)}[/dim]")


def _figures(figures: Sequence[Given]) -> Table:
    """The figures, a column for each measure and entity and a row for each period; a trend line at the foot."""
    periods = list(dict.fromkeys((g.start, g.end, g.period) for g in sorted(figures, key=lambda g: (g.end, g.start))))
    series: dict[str, dict[tuple[str, str, str], Given]] = {}
    for given in figures:
        name = " ".join(filter(None, (given.entity, given.service, given.code or given.measure)))
        series.setdefault(name, {})[given.start, given.end, given.period] = given
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    if len(periods) < len(series):
        for head in ("", *(label for _, _, label in periods)):
            table.add_column(head, justify="right" if head else "left")
        for name, own in series.items():
            table.add_row(escape(name), *(_cell(own.get(p)) for p in periods))
        return table
    for head in ("", *series):
        table.add_column(escape(head), justify="right" if head else "left")
    for period in periods:
        table.add_row(period[2], *(_cell(own.get(period)) for own in series.values()))
    lines = [[float(own[p].value) for p in periods if p in own and own[p].value] for own in series.values()]
    table.add_row("", *(sparkline(values) if len(values) > 2 else "" for values in lines))
    return table


def _cell(given: Given | None) -> str:
    if given is None:
        return ""
    return (
        escape(given.printed) if given.met is None else f"[{'green' if given.met else 'red'}]{escape(given.printed)}[/]"
    )


def show_tables(found: dict[str, Any]) -> None:
    """The tables of a PDF, one after the other."""
    console = Console(highlight=False)
    for number, table in enumerate(found["tables"], 1):
        shown = Table(show_header=False, show_lines=True, title=f"Table {number}, PDF page {table['page']}")
        for row in table["rows"]:
            shown.add_row(*(escape(cell or "") for cell in row))
        console.print(shown)
    if not found["tables"]:
        console.print("No tables found.")
    for page, reason in found.get("unread", ()):
        console.print(f"Page {page} could not be read: {escape(reason)}")


def print_papers(papers: Sequence[Paper]) -> None:
    """What is indexed, one row a paper."""
    console = Console(highlight=False)
    if not papers:
        console.print("No papers are indexed yet. Add some with: packclerk index PATH")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Paper", "Date", "Pages", "Figures", "Targets", "Records"):
        table.add_column(head, justify="left" if head in ("Paper", "Date") else "right", overflow="fold")
    for p in papers:
        counts = (p.counts.get(kind, 0) for kind in ("observations", "targets", "records"))
        name = f"{escape(p.document)}\n[dim]{escape(p.title)}[/dim]"
        table.add_row(name, str(p.date or ""), str(p.pages), *map(str, counts))
    console.print(table)
