"""How many lines of a table are green, amber and red, as the text counts them and as the table has them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from corpus.paper import Passage
from kpi_tools.checks.claims import each_sentence, hedged
from kpi_tools.checks.often import NUMBER, number_of
from kpi_tools.checks.slip import Slip, View, listed, slip

_COLOURS = ("green", "amber", "red")
# A colour that the text counts: "7 were green", "two are rated amber", "and one red".
_COUNTED = re.compile(
    rf"\b(?P<count>{NUMBER})\s(?:(?:of (?:these|them|which|the \w+)|indicators?|measures?|k?pis?|targets?|actions?"
    r"|projects?|is|are|was|were|being|rated|as|at|reported|showing|on)\s){0,4}(?P<colour>green|amber|red)\b",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"[;,:] (?:RAG(?: status| rating)?|Rating|Status|Performance):? (?P<colour>green|amber|red|[GAR])(?=[;,]|\s*$)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:last|previous|compared|previously|earlier|than)\b", re.IGNORECASE)
MOST_APART = 2  # lines that a table of which the text speaks may have more or fewer than it counts
FEWEST_RATED = 4


def counts_of_colours(view: View) -> Iterator[Slip]:
    """ "7 were green, 2 amber and 1 red", where the one table with so many ratings has others."""
    tables = _rated(view)
    for text, sentence in each_sentence(view):
        told = {found["colour"].casefold(): number_of(found["count"]) for found in _COUNTED.finditer(sentence)}
        own = [lines for (document, _), lines in tables.items() if document == text.at.document]
        if len(told) < 2 or len(told) < len(_COUNTED.findall(sentence)) or hedged(sentence) or _BEFORE.search(sentence):
            continue
        every = [lines for lines in own if len(lines) >= FEWEST_RATED]
        apart = [abs(len(lines) - sum(told.values())) for lines in every]
        near = [lines for lines, by in zip(every, apart, strict=True) if by == min(apart) <= MOST_APART]
        counts = [Counter(colour for _, colour in lines) for lines in every]
        if len(near) != 1 or any(_fits(told, count) for count in counts):
            continue
        has = Counter(colour for _, colour in near[0])
        yield slip(
            "count against table",
            f"The text counts {_shown(told)}, the table has {_shown({one: has[one] for one in _COLOURS})}.",
            (text.at, sentence),
            *((passage.places[0], passage.text) for passage, colour in near[0] if told.get(colour) != has[colour]),
        )


def _fits(told: Mapping[str, int], has: Counter[str]) -> bool:
    return all(has[colour] == count for colour, count in told.items())


def _shown(counts: Mapping[str, int]) -> str:
    return listed(f"{count} {colour}" for colour, count in counts.items())


def _rated(view: View) -> Mapping[tuple[str, int], list[tuple[Passage, str]]]:
    """The lines of each table that have a colour, each with it."""
    tables: dict[tuple[str, int], list[tuple[Passage, str]]] = defaultdict(list)
    for passage in view.passages:
        found = _EACH.search(passage.text) if passage.places[0].table else None
        if found:
            colour = next(one for one in _COLOURS if one.startswith(found["colour"].casefold()))
            tables[passage.places[0].document, passage.places[0].table].append((passage, colour))
    return tables
