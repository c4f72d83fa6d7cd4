"""What a report itself rates its measures: the red, amber or green that it prints beside a figure."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from bot.answers.builder import Row
from bot.question.terms import words
from kpi_tools.tools import each

COLOURS = ("red", "amber", "green")
_At = tuple[str, int, int]  # a row of a table: document, number of the table, of the row


def asked(question: str) -> tuple[str, ...]:
    """The colours that a question asks for; () for none."""
    said = words(question)
    return tuple(colour for colour in COLOURS if colour in said)


def told(question: str, rows: Sequence[Row], frame: pd.DataFrame) -> str:
    """What the report rates each of a few figures, where a question asks for that: " The report rates it amber."."""
    rated = printed(rows, frame) if asked(question) or "rag" in words(question) else {}
    several = len(rows) > 1
    return "".join(
        f" The report rates {f'{rows[at].entity} ({rows[at].period})' if several else 'it'} {colour}."
        for at, colour in rated.items()
    )


def printed(rows: Sequence[Row], frame: pd.DataFrame) -> Mapping[int, str]:
    """The colour that is printed beside each of some rows, by its place among them.

    A rating is of the latest figure in its row of the table; a row with several of them says of which each is nowhere.
    """
    last: dict[_At, object] = {}
    for row in each(frame):
        last[_at(row)] = max(last.get(_at(row), row.end), row.end)
    found = {at: _colours(row.quote) for at, row in enumerate(rows) if row.end == last.get(_at(row))}
    return {at: colours[0] for at, colours in found.items() if len(colours) == 1}


def _at(row: Row) -> _At:
    return row.document, row.table, row.row


def _colours(quote: str) -> list[str]:
    """The cells of a row that are a colour and nothing else."""
    cells = (re.sub(r"\W", "", cell).lower() for cell in quote.split("|"))
    return [cell for cell in cells if cell in COLOURS]
