"""Slips in a terminal: by what they are about, by kind and by paper, each with where it stands."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from textwrap import shorten

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from corpus.paper import page_named
from kpi_tools.checks import Slip, theme

MOST_QUOTE = 110
_CUT = " …"
_SAID = re.compile(r"'([^']{3,60})'|(?<![\w.,])([£\d][\d.,]*\d%?)")  # what a sentence quotes, and its numbers
MOST_PLACES = 4  # of a slip


def print_slips(slips: Sequence[Slip], document: str) -> None:
    """The slips in their order, with how many there are of each theme and kind; all are about `document`, if not ""."""
    console = Console(highlight=False)
    themes: dict[str, dict[str, list[Slip]]] = defaultdict(lambda: defaultdict(list))
    for slip in slips:
        themes[theme(slip)][slip.kind].append(slip)
    counts = {name: sum(map(len, kinds.values())) for name, kinds in themes.items()}
    for name, kinds in themes.items():
        console.print()
        console.print(Rule(f"{name} ({counts[name]})", align="left", style="dim"))
        for kind, found in kinds.items():
            console.print(f"\n{kind[:1].upper()}{kind[1:]} ({len(found)})", style="bold", markup=False)
            _print_kind(console, found, document)
    told = ", ".join(f"{count} {name[:1].lower()}{name[1:]}" for name, count in counts.items())
    console.print(f"\n{len(slips)} found: {told}." if slips else "No slips found.", markup=False)


def _print_kind(console: Console, slips: Sequence[Slip], document: str) -> None:
    """The slips of one kind, under the paper in which each begins."""
    papers: dict[str, list[Slip]] = defaultdict(list)
    for slip in slips:
        papers[document or slip.places[0].document].append(slip)
    for paper, mine in papers.items():
        if not document:
            console.print(f"in {paper}", style="italic", markup=False)
        for slip in mine:
            bullet = Table.grid()
            bullet.add_row("• ", Text(slip.sentence))
            console.print(bullet)
            said = list(dict.fromkeys(_place_lines(slip, paper)))
            for line in (*said[:MOST_PLACES], *_more(len(said) - MOST_PLACES)):
                console.print(Padding(Text(line, style="dim"), (0, 0, 0, 4), expand=False))


def _more(count: int) -> list[str]:
    return [f"and {count} more {'place' if count == 1 else 'places'}"] if count > 0 else []


def _place_lines(slip: Slip, document: str) -> Iterator[str]:
    """Where each of a slip's quotes stands; the paper is named where it is another than before."""
    for place, quote in zip(slip.places, slip.quotes, strict=True):
        label, pdf = page_named(place.label, place.page)
        same = place.label.casefold() == f"page {place.page}"
        page = f"{label} ({pdf})" if pdf and not same else label
        named = f"{place.document}, " if place.document != document else ""
        document = place.document
        yield f"{named}{page}: “{excerpt(quote, slip.sentence)}”"


def excerpt(quote: str, sentence: str) -> str:
    """As much of a quote as a line or two hold: its beginning, or, where they stand behind that, the name or the number
    that the sentence has of it."""
    said = _SAID.findall(sentence)
    ends = [quote.find(word) + len(word) for pair in said for word in pair if word and word in quote]
    if len(quote) <= MOST_QUOTE or not ends or min(ends) <= MOST_QUOTE - len(_CUT):
        return shorten(quote, MOST_QUOTE, placeholder=_CUT)
    start = quote.find(" ", min(ends) - MOST_QUOTE // 2)
    return f"{_CUT.strip()} {shorten(quote[start:], MOST_QUOTE - len(_CUT), placeholder=_CUT)}"
