"""Headers that stand over a table of bare rows with a section's name between: "Item Budget Spent", "REVENUE", rows.

Where nothing but such names, and tables of as many columns, stand between, a line with a word for each column heads
them; periods under it, or over it, head as many columns each.
"""

from collections.abc import Sequence

from corpus.paper import Line, Pack, Table
from indexer.shapes.grid import SOME_DAY
from kpi_tools.periods import find_periods

NEAR = 4.0  # points from a table's left side to that of its header
LABEL = 4  # words of a section's name
FEWEST = 3  # columns: fewer words may be any two


def heads_over(table: Table, pack: Pack) -> list[str]:
    """The text over each column; [] where no line, or not plainly this one, heads them."""
    count = len(table.rows[0])
    last = next((row[-1] for row in table.rows if row[-1]), None)
    if count < FEWEST or last is None or not _alike_above(table, pack):
        return []
    above = [line for line in pack.pages[table.page - 1].lines if line.box[3] <= table.box[1] + NEAR]
    periods: list[str] = []
    for at in range(len(above) - 1, -1, -1):
        words = above[at].text.split()
        if _is_header(above[at], count, table.box[0], last.box):
            periods = periods or (_periods(above[at - 1].text.split(), count) if at else [])
            found = [words[0], *(f"{p} {w}".strip() for p, w in zip(_each(periods, count), words[1:], strict=True))]
            return found if len(set(found)) == count else []
        if told := _periods(words, count):
            if periods:
                return []
            periods = told
        elif len(words) > LABEL or any(map(str.isdigit, above[at].text)):
            return []
    return []


def _alike_above(table: Table, pack: Pack) -> bool:
    """Whether all tables above it on its page have as many columns."""
    above = [t for t in pack.tables if t.page == table.page and t.box[3] <= table.box[1] + NEAR]
    return all(len(t.rows[0]) == len(table.rows[0]) for t in above)


def _is_header(line: Line, count: int, left: float, last: Sequence[float]) -> bool:
    """Whether a line has a word for each column, from the table's left side into the last column."""
    words = line.text.split()
    worded = len(words) == count and not any(map(str.isdigit, line.text))
    return worded and abs(line.box[0] - left) <= NEAR and last[0] <= line.box[2] <= last[2] + NEAR


def _periods(words: Sequence[str], count: int) -> list[str]:
    """The words, where each is a period and they share the columns behind the first evenly; else []."""
    shared = bool(words) and (count - 1) % len(words) == 0
    return list(words) if shared and all(find_periods(word, SOME_DAY) for word in words) else []


def _each(periods: Sequence[str], count: int) -> list[str]:
    """The period over each column behind the first; "" where there is none."""
    return [period for period in periods or ("",) for _ in range((count - 1) // max(len(periods), 1))]
