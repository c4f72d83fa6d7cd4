"""Headers set sideways over tables without rules, which are told from level text alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.paper import Cell
from corpus.paper import Line as Text
from indexer.finder.headers import LEADING
from indexer.sheet import Grid
from indexer.text import letters
from indexer.text.letters import Char

REACH = 14.0  # points from a header's foot to the table's first row
FEWEST = 2  # columns with such a header


def headed(grids: Sequence[Grid], chars: Iterable[Char]) -> list[Grid]:
    """The grids, each with the turned texts that stand over its columns in its first row, or in one above that."""
    turned = _texts(letters.turned_lines([char for char in chars if not char.face.upright]))
    return [_headed(grid, turned) for grid in grids] if turned else list(grids)


def _over(turned: Sequence[list[Text]], edges: Sequence[float]) -> dict[int, list[Text]]:
    """The texts by the column that each heads: one after the other where there is one for each column of figures, which
    may be set at its other side; else where each stands, {} where two stand over one column."""
    texts = [text for text in turned if edges[0] <= _middle(text) <= edges[-1]]
    columns = len(edges) - 1
    if len(texts) == columns - 1:
        return dict(enumerate(texts, 1))
    at = [next(c for c, x in enumerate(edges[1:]) if _middle(text) <= x) for text in texts]
    return dict(zip(at, texts, strict=True)) if len(set(at)) == len(at) else {}


def _texts(lines: Sequence[Text]) -> list[list[Text]]:
    """The lines in texts, from left to right: those of one are as close as in a paragraph."""
    found: list[list[Text]] = []
    for line in lines:
        last = found[-1][-1].box if found else line.box
        abreast = last[1] < line.box[3] and line.box[1] < last[3]
        if found and abreast and max(line.box[0] - last[2], last[0] - line.box[2]) < LEADING * line.size:
            found[-1].append(line)
        else:
            found.append([line])
    return sorted(found, key=_middle)


def _foot(text: Sequence[Text]) -> float:
    return max(line.box[3] for line in text)


def _middle(text: Sequence[Text]) -> float:
    return (min(line.box[0] for line in text) + max(line.box[2] for line in text)) / 2


def _headed(grid: Grid, turned: Sequence[list[Text]]) -> Grid:
    if len(grid.rows) < 2:
        return grid
    under = max(cell.box[3] for cell in grid.rows[1] if cell)
    near = [text for text in turned if grid.box[1] - REACH <= _foot(text) <= under]
    top = min((line.box[1] for text in near for line in text), default=under)
    over = _over([text for text in turned if top < _foot(text) <= under], grid.edges)  # and those that end abreast
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
