"""What a report itself rates its measures: the red, amber or green that it prints beside a figure."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from bot.answers.builder import Row
from bot.question.terms import words
from kpi_tools.tools import each

COLOURS = ("red", "amber", "green")
LETTERS = {colour[0].upper(): colour for colour in COLOURS}
_RATING = {"rag", "rating", "rated"}
_At = tuple[str, int, int]  # a row of a table: document, number of the table, of the row


def asked(question: str) -> tuple[str, ...]:
    """The colours that a question asks for; () for none."""
    said = words(question)
    return tuple(colour for colour in COLOURS if colour in said)


def told(question: str, rows: Sequence[Row], frame: pd.DataFrame) -> str:
    """What the report rates each of a few figures, where a question asks for that: " The report rates it amber."."""
    if not (asked(question) or _RATING.intersection(words(question))):
        return ""
    rated = printed(rows, frame)
    if not rated:
        return " No red, amber or green was read beside it."
    several = len(rows) > 1
    return "".join(
        f" The report rates {f'{rows[at].entity} ({rows[at].period})' if several else 'it'} {colour}."
        for at, colour in rated.items()
    )


def printed(rows: Sequence[Row], frame: pd.DataFrame) -> Mapping[int, str]:
    """The colour that is printed beside each of some rows, by its place among them.

    A rating is of the latest figure in its row of the table, where it does not stand in the figure's own cell; a row
    with several of them says of which each is nowhere.
    """
    last: dict[_At, object] = {}
    tables: dict[tuple[str, int], list[list[str]]] = {}
    for row in each(frame):
        last[_at(row)] = max(last.get(_at(row), row.end), row.end)
        tables.setdefault(_at(row)[:2], []).append(_cells(row.quote))
    found = {
        at: asked(row.printed) or (_beside(row, tables) if row.end == last.get(_at(row)) else ())
        for at, row in enumerate(rows)
    }
    return {at: colours[0] for at, colours in found.items() if len(colours) == 1}


def _at(row: Row) -> _At:
    return row.document, row.table, row.row


def _cells(quote: str) -> list[str]:
    return [re.sub(r"\W", "", cell) for cell in quote.split("|")]


def _beside(row: Row, tables: Mapping[tuple[str, int], Sequence[Sequence[str]]]) -> list[str]:
    """The cells of a row that are a colour and nothing else, or its letter in a column of such letters."""
    cells, table = _cells(row.quote), tables[_at(row)[:2]]
    columns = {
        at: {other[at] for other in table if at < len(other)} for at, cell in enumerate(cells) if cell in LETTERS
    }
    # "A" alone may say that a measure is annual
    letters = {at for at, held in columns.items() if held <= {*LETTERS, ""} and held & {"R", "G"}}
    said = [LETTERS[cell] if at in letters else cell.lower() for at, cell in enumerate(cells)]
    return [colour for colour in said if colour in COLOURS]
