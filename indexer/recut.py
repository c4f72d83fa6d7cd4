"""A table's rows with the columns of another page of it, on which more of them hold text."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.paper import Cell, Row
from indexer.sheet import Grid

NEAR = 3.0  # points that a text may stand over its column's border

Ink = tuple[float, float]  # from where to where a column's text reaches; (0, 0) where it has none


def fit(inks: Sequence[Ink], edges: Sequence[float]) -> tuple[int, ...]:
    """The columns, between the edges, in which those with these inks lie, each in one of its own; else ()."""
    at: list[int] = []
    for x0, x1 in inks:
        inside = [c for c, (left, right) in enumerate(pairwise(edges)) if left - NEAR <= x0 and x1 <= right + NEAR]
        if x1 == 0.0:
            inside = [at[-1] + 1 if at else 0]
        if not inside or (at and inside[-1] <= at[-1]) or inside[-1] >= len(edges) - 1:
            return ()
        at.append(next(c for c in inside if not at or c > at[-1]))
    return tuple(at)


def placed(grid: Grid, at: Sequence[int], other: Grid) -> tuple[Ink, ...]:
    inks = dict(zip(at, grid.inks, strict=True))
    return tuple(inks.get(column, (0.0, 0.0)) for column in range(len(other.edges) - 1))


def cut_anew(rows: Sequence[Row], at: Sequence[int], edges: Sequence[float]) -> tuple[Row, ...]:
    """The rows with their columns at other places, and blank cells between."""
    return tuple(_row_anew(row, at, edges) for row in rows)


def _row_anew(row: Row, at: Sequence[int], edges: Sequence[float]) -> Row:
    (page, top, bottom) = next((cell.page, cell.box[1], cell.box[3]) for cell in row if cell)
    found: list[Cell | None] = [Cell("", page, (left, top, right, bottom)) for left, right in pairwise(edges)]
    for column, cell in enumerate(row):
        if cell:
            first, last = at[column], at[column + cell.columns - 1]
            found[first : last + 1] = [None] * (last + 1 - first)
            box = (edges[first], cell.box[1], edges[last + 1], cell.box[3])
            found[first] = replace(cell, box=box, columns=last - first + 1)
    return tuple(found)
