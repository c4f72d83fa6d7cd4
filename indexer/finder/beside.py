"""Titles of tables that stand side by side: one line of text above them all is a title for each."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.paper import Cell
from indexer.finder.text import Line, Word
from indexer.sheet import Grid

LEVEL = 3.0  # points by which the heads of such tables may differ
CLOSE = 2.2  # of the size: more room between a title and its table, and it is none
INDENT = 12.0  # points from a table's left side to where its title begins


def titled(grids: Sequence[Grid], free: Sequence[Line]) -> list[Grid]:
    """The grids; of those side by side under one line that has a text over each, each with its own as a first row."""
    found = list(grids)
    for row in _rows_of_grids(grids):
        line = next((each for each in reversed(free) if _over(each, row)), None)
        texts = _shared(line, row) if line else []
        for grid, words in zip(row, texts, strict=False):
            found[found.index(grid)] = _headed(grid, words)
    return found


def _rows_of_grids(grids: Sequence[Grid]) -> list[list[Grid]]:
    """Several tables that begin at one height, none of which has a title of its own."""
    rows: list[list[Grid]] = []
    for grid in sorted(grids, key=lambda each: (each.box[1], each.box[0])):
        last = rows[-1] if rows else []
        alike = last and abs(last[0].box[1] - grid.box[1]) <= LEVEL
        if alike:
            last.append(grid)
        else:
            rows.append([grid])
    rows = [sorted(row, key=lambda each: each.box[0]) for row in rows if len(row) > 1]
    apart = [row for row in rows if all(a.box[2] <= b.box[0] + 1 for a, b in pairwise(row))]
    return [row for row in apart if all(sum(bool(c and c.text) for c in grid.rows[0]) > 1 for grid in row)]


def _over(line: Line, row: Sequence[Grid]) -> bool:
    top = min(grid.box[1] for grid in row)
    return line.bottom <= top + 2 and top - line.bottom <= CLOSE * line.size


def _shared(line: Line, row: Sequence[Grid]) -> list[list[Word]]:
    """The line's words by the table that they stand over; [] where one has none, or they are of one text."""
    edges = [row[0].box[0], *(grid.box[0] for grid in row[1:]), float("inf")]
    shares = [[word for word in line.words if a - 1 <= word.x0 < b - 1] for a, b in pairwise(edges)]
    begins = all(words and words[0].x0 - grid.box[0] <= INDENT for words, grid in zip(shares, row, strict=True))
    ends = all(words[-1].x1 <= grid.box[2] + 1 for words, grid in zip(shares, row, strict=True) if words)
    return shares if begins and ends and sum(map(len, shares)) == len(line.words) else []


def _headed(grid: Grid, words: Sequence[Word]) -> Grid:
    x0, top, x1, _ = grid.box
    over = min(word.top for word in words)
    columns = len(grid.edges) - 1
    title = Cell(" ".join(word.text for word in words), grid.page, (x0, over, x1, top), 1, columns)
    inks = ((words[0].x0, words[-1].x1), *((0.0, 0.0),) * (columns - 1))
    return replace(
        grid,
        box=(x0, over, *grid.box[2:]),
        rows=((title, *(None,) * (columns - 1)), *grid.rows),
        bold=(True, *grid.bold),
        inks=(inks, *grid.inks) if grid.inks else (),
    )
