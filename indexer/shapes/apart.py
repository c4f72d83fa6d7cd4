"""Headers put right before any shape looks at them: periods that were read as one cell, and years over months."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.paper import Cell, Row, Table
from indexer.shapes.grid import SOME_DAY, title_rows
from indexer.shapes.parts import Part
from kpi_tools.figures import read_figure
from kpi_tools.periods import Period, find_periods, read_period


def apart(table: Table) -> Part:
    """The table with each period over its own column, and where its rows begin in what was read; as it is where nothing
    is to be put right."""
    return _dated(table) or Part(_parted(table), 0, 0)


def _parted(table: Table) -> Table:
    """Each period of a lone first row ("Q1 2021/22 Q2 2021/22") over its column, where these are as many."""
    texts = [table.text(0, column) for column in range(len(table.rows[0]))]
    if len(table.rows) < 2 or len([text for text in texts if text]) != 1 or not (cell := table.rows[0][0]):
        return table
    hits = find_periods(cell.text, SOME_DAY)
    edges = [0, *(edge for _, start, end in hits for edge in (start, end)), len(cell.text)]
    between = "".join(cell.text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    figured = [c for c in range(1, len(texts)) if any(read_figure(table.text(r, c)) for r in range(1, len(table.rows)))]
    if between.strip() or len(hits) < 2 or len(hits) != len(figured):
        return table
    over = {c: hit[0].label for c, hit in zip(figured, hits, strict=True)}
    return replace(table, rows=(_row(table.rows[0], over), *table.rows[1:]))


def _dated(table: Table) -> Part | None:
    """Two rows of a header, years over months, as one: "Oct 2020"; None for any other table.

    A year begins where the months begin anew, as its text may stand anywhere over them.
    """
    _, head = title_rows(table)
    if len(table.rows) < head + 3:
        return None
    upper, lower = ([table.text(r, c) for c in range(len(table.rows[r]))] for r in (head, head + 1))
    months = {c: text for c, text in enumerate(lower) if text}
    years = [
        text for c, text in enumerate(upper) if text and c >= min(months, default=0) and c <= max(months, default=0)
    ]
    if len(months) < 2 or not years or not all(map(_is_year, years)) or not all(map(_is_month, months.values())):
        return None
    split = _years(list(months.values()), years)
    if split is None:
        return None
    over = {c: f"{text} {year}" for (c, text), year in zip(months.items(), split, strict=True)}
    over |= {c: text for c, text in enumerate(upper) if text and c not in over and text not in years}
    rows = (*table.rows[:head], _row(table.rows[head + 1], over), *table.rows[head + 2 :])
    return Part(replace(table, rows=rows), 1, 0)


def _years(months: Sequence[str], years: Sequence[str]) -> list[str] | None:
    """The year of each month; None where there are not as many years as stretches of months."""
    numbers = [period.start.month for text in months if (period := read_period(text, near=SOME_DAY))]
    first = read_period(years[0])
    if first and first.start.month == 4:
        numbers = [(number - 4) % 12 for number in numbers]
    at, found = 0, []
    for place, number in enumerate(numbers):
        at += bool(place) and number <= numbers[place - 1]
        found.append(years[at] if at < len(years) else "")
    follow = all(_begins(b) - _begins(a) == 1 for a, b in pairwise(years))
    return found if at == len(years) - 1 and follow else None


def _begins(year: str) -> int:
    period = read_period(year)
    return period.start.year if period else 0


def _is_year(text: str) -> bool:
    period = read_period(text)
    return period is not None and period.grain == "year"


def _is_month(text: str) -> bool:
    period: Period | None = read_period(text, near=SOME_DAY)
    return period is not None and period.grain == "month" and read_period(text) is None


def _row(cells: Row, texts: dict[int, str]) -> Row:
    page, box = next((cell.page, cell.box) for cell in cells if cell)
    at = [cell or Cell("", page, box) for cell in cells]
    return tuple(Cell(texts.get(column, ""), cell.page, cell.box) for column, cell in enumerate(at))
