"""What a person sees in the terminal, and the answer object as JSON."""

import textwrap
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.answer import Answer, Citation
from bot.question.explain import in_lines
from bot.slack.tabular import grid
from corpus.paper import page_named
from kpi_tools.saved import Paper

MOST_QUOTE = 140


def where(citation: Citation) -> str:
    """ "paper.pdf, Page 12 (PDF page 14), item 8"."""
    named, beside = page_named(citation.label, citation.page)
    page = f"{named} ({beside})" if beside else named
    return f"{citation.document}, {page}{f', item {citation.item}' if citation.item else ''}"


def print_answer(answer: Answer, console: Console | None = None, explained: bool = False) -> None:
    """The answer first, then its figures where there are several, then where they stand; `explained`, what was
    understood at the end."""
    console = console or Console(highlight=False)
    console.print(escape(answer.answer))
    for assumption in answer.assumptions:
        console.print(f"[dim]({escape(assumption)})[/dim]")
    if len(answer.figures) > 2:
        found = grid(answer.figures)
        console.print(_table(found.rows, found.labels))
        console.print(
            f"[dim]{escape(found.left_out)}[/dim]" if found.left_out else "", end="\n" if found.left_out else ""
        )
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


def _table(rows: Sequence[Sequence[str]], labels: int) -> Table:
    """Rows as a table, the header first; figures stand to the right of the `labels` columns that name them."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for column, head in enumerate(rows[0]):
        table.add_column(escape(head), justify="left" if column < labels else "right")
    for row in rows[1:]:
        table.add_row(*map(escape, row))
    return table


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
