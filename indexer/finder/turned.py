"""Headers set sideways over tables without rules, which are told from level text alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.paper import Cell
from corpus.paper import Line as Text
from indexer.sheet import Grid
from indexer.text import letters
from indexer.text.letters import Char

REACH = 14.0  # points from a header's foot to the table's first row
FEWEST = 2  # columns with such a header


def headed(grids: Sequence[Grid], chars: Iterable[Char]) -> list[Grid]:
    """The grids, each with the turned texts that stand over its columns in its first row, or in one above that."""
    turned = letters.turned_lines([char for char in chars if not char.face.upright])
    return [_headed(grid, turned) for grid in grids] if turned else list(grids)


def _headed(grid: Grid, turned: Sequence[Text]) -> Grid:
    if len(grid.rows) < 2:
        return grid
    under = max(cell.box[3] for cell in grid.rows[1] if cell)
    near = [line for line in turned if grid.box[1] - REACH <= line.box[3] <= under]
    over: dict[int, list[Text]] = {}
    for line in near:
        middle = (line.box[0] + line.box[2]) / 2
        column = next((c for c, x in enumerate(grid.edges[1:]) if grid.edges[0] <= middle <= x), None)
        if column is not None:
            over.setdefault(column, []).append(line)
    if len(over) < FEWEST:
        return grid
    blank = not any(cell.text for c in over if (cell := grid.rows[0][c]))
    below = grid.rows[1] if blank else grid.rows[0]
    foot = max(grid.box[1], *(line.box[3] for lines in over.values() for line in lines))
    top = min(grid.box[1], *(line.box[1] for lines in over.values() for line in lines))
    edges = grid.edges
    header = tuple(
        Cell(
            " ".join(line.text for line in over[c]) if c in over else cell.text if blank and cell else "",
            grid.page,
            (edges[c], top, edges[c + 1], foot),
        )
        for c, cell in enumerate(grid.rows[0])
    )
    first = tuple(cell and replace(cell, box=(cell.box[0], foot, *cell.box[2:])) for cell in below)
    rest = 2 if blank else 1
    return replace(
        grid,
        box=(grid.box[0], top, *grid.box[2:]),
        rows=(header, first, *grid.rows[rest:]),
        bold=(True, *grid.bold[rest - 1 :]),
        inks=(tuple((x0, x1) for x0, x1 in pairwise(edges)), *grid.inks[rest - 1 :]) if grid.inks else (),
    )
