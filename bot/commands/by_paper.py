"""Rows of the ledger on a terminal: a table for each paper, at any width without a word cut off."""

from collections.abc import Mapping, Sequence
from itertools import groupby

SHORT = 12  # characters: a column of such texts is never wrapped
NARROW = 14  # characters: where the others would have less, they stand in one column, one below the other
PAGE = 5  # characters, for the page's number


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
