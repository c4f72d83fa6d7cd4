"""A card as a grid of its own, and where runs of words stand to each other and to boxes."""

from collections.abc import Sequence

from corpus.paper import Box, Cell, Row
from indexer.cards.runs import Piece, Run
from indexer.sheet import Grid
from kpi_tools.figures import read_figure

NEXT = 1.15  # of the size: the most room between two lines of one card
MOST_NAME = 6  # lines of a name


def card_grid(
    page: int, box: Box, name: Sequence[Run], marks: Sequence[Run], held: Sequence[Piece], runs: Sequence[Run]
) -> Grid:
    """The name with its rating, the figures, and in a last row what else stands in the box: it may be a mark."""
    x0, top, x1, bottom = box
    used = [run for piece in held for run in piece.runs]
    taken = {*name, *marks, *used}
    aside = "\n".join(run.text for run in runs if run not in taken and holds(box, run))
    foot = max(run.bottom for run in name)
    edge = min((run.x0 for run in marks), default=x1)
    title = Cell("\n".join(run.text for run in name), page, (x0, top, max(edge, x0 + 1), foot))
    mark = Cell(" ".join(run.text for run in marks), page, (edge, top, x1, foot))
    lines = "\n".join(piece.text for piece in sorted(held, key=lambda piece: piece.kinds[0] != "latest"))
    wide, body = (2, (None,)) if marks else (1, ())
    head: Row = (title, mark) if marks else (title,)
    rows: list[Row] = [head, (Cell(lines, page, (x0, min(around(used)[1], bottom), x1, bottom), 1, wide), *body)]
    if aside:
        rows.append((Cell(aside, page, (x0, foot, x1, bottom), 1, wide), *body))
    return Grid(page, box, tuple(rows), (x0, edge, x1) if marks else (x0, x1), (False,) * len(rows))


def around(runs: Sequence[Run]) -> Box:
    """What holds all the runs."""
    x0, top = min(run.x0 for run in runs), min(run.top for run in runs)
    return x0, top, max(run.x1 for run in runs), max(run.bottom for run in runs)


def holds(box: Box, run: Run) -> bool:
    """Whether a run's middle lies in a box."""
    across, down = (run.x0 + run.x1) / 2, (run.top + run.bottom) / 2
    return box[0] - 1 <= across <= box[2] + 1 and box[1] - 1 <= down <= box[3] + 1


def goes_on(inside: Sequence[Run], held: Sequence[Piece], used: set[Run]) -> bool:
    """Whether figures stand below those of the labels, so that it is a table with several rows."""
    columns = [run for piece in held if len(piece.runs) > 1 for run in piece.runs]
    below = [run for run in inside if run not in used and read_figure(run.text)]
    return any(run.x0 < each.x1 and each.x0 < run.x1 and run.top > each.top for run in below for each in columns)
