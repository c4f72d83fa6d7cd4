"""Titles of tables that stand side by side: the words over each are a title for that one, on one line or several."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from corpus.paper import Cell
from indexer.finder.headers import LEADING
from indexer.finder.text import Line, Word
from indexer.sheet import Grid

BESIDE = 0.5  # of the lower one's height: tables that share more stand side by side
CLOSE = 2.2  # of the size: more room between a title and its table, and it is none
INDENT = 12.0  # points from a table's left side to where its title begins
WIDER = 1.25  # times a table's own width: no title is wider
SAME_SIZE = 0.5  # points by which the lines of one title may differ
LONGEST = 3  # lines of a title


def titled(grids: Sequence[Grid], free: Sequence[Line]) -> list[Grid]:
    """The grids; of those side by side that have texts over them, each with its own as a first row. The texts are in
    heavy type, or stand on one line."""
    found = list(grids)
    for row in _rows_of_grids(grids):
        ends = [*(grid.box[0] - 1 for grid in row[1:]), inf]
        bare = [(grid, end) for grid, end in zip(row, ends, strict=True) if _untitled(grid)]
        titles = [_title(grid, end, free) for grid, end in bare]
        level = len({line.middle for title in titles for line in title}) == 1 and len(bare) == len(row)
        if all(titles) and (level or all(line.heavy for title in titles for line in title)):
            for (grid, _), title in zip(bare, titles, strict=True):
                found[found.index(grid)] = _headed(grid, [word for line in title for word in line.words])
    return found


def _rows_of_grids(grids: Sequence[Grid]) -> list[list[Grid]]:
    """Several tables that stand at one height, from left to right."""
    rows: list[list[Grid]] = []
    for grid in sorted(grids, key=lambda each: each.box[1]):
        last = rows[-1] if rows else []
        if last and all(_abreast(grid, each) for each in last):
            last.append(grid)
        else:
            rows.append([grid])
    rows = [sorted(row, key=lambda each: each.box[0]) for row in rows if len(row) > 1]
    return [row for row in rows if all(a.box[2] <= b.box[0] + 1 for a, b in pairwise(row))]


def _abreast(one: Grid, other: Grid) -> bool:
    shared = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    return shared > BESIDE * min(one.box[3] - one.box[1], other.box[3] - other.box[1])


def _untitled(grid: Grid) -> bool:
    return sum(bool(cell and cell.text) for cell in grid.rows[0]) > 1


def _title(grid: Grid, end: float, free: Sequence[Line]) -> list[Line]:
    """The lines just over a table up to where the next one begins; [] where they are of a text that runs on over it."""
    x0, top, x1, _ = grid.box
    title: list[Line] = []
    for line in sorted(free, key=lambda each: each.middle, reverse=True):
        words = [word for phrase in line.phrases for word in phrase if x0 - 1 <= phrase[0].x0 < end]
        if line.bottom > top + 2 or not words:
            continue
        part = Line(words)
        if part.x0 - x0 > INDENT or part.x1 - x0 > WIDER * (x1 - x0) or len(title) == LONGEST:
            return title
        below = title[0] if title else None
        wraps = below and part.heavy and below.heavy and abs(part.size - below.size) <= SAME_SIZE
        if top - part.bottom > (LEADING if wraps else CLOSE) * part.size or (below and not wraps):
            return title
        title.insert(0, part)
        top = part.top
    return title


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
