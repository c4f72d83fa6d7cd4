"""Pages whose text is set sideways, read as if they were turned: what is found on them is put back where it stands."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from corpus.paper import Box
from indexer.sheet import Grid
from indexer.text.letters import Char, Face, new_char

MOST = 0.5  # of the letters: where more are turned, all of the page is

Thing = dict[str, Any]
Turn = Callable[[Box], Box]


def turns(chars: Sequence[Char], width: float, height: float) -> tuple[Turn, Turn] | None:
    """What turns a box of the page so that its letters are level, and what turns one back; None where most are so."""
    turned = [char.face.matrix[1] for char in chars if not char.face.upright and not char.text.isspace()]
    upwards = sum(slope > 0 for slope in turned)
    if max(upwards, len(turned) - upwards) <= MOST * sum(not char.text.isspace() for char in chars):
        return None
    if upwards * 2 > len(turned):
        return (
            lambda box: (height - box[3], box[0], height - box[1], box[2]),
            lambda box: (box[1], height - box[2], box[3], height - box[0]),
        )
    return (
        lambda box: (box[1], width - box[2], box[3], width - box[0]),
        lambda box: (width - box[3], box[0], width - box[1], box[2]),
    )


def turned_chars(chars: Sequence[Char], turn: Turn) -> list[Char]:
    """The characters turned; those that were level are not any more."""
    faces: dict[int, Face] = {}
    found = []
    for text, x0, top, x1, bottom, face in chars:
        if id(face) not in faces:
            a, b, c, d = face.matrix
            faces[id(face)] = replace(face, upright=not face.upright, matrix=(b, -a, d, -c))
        found.append(new_char((text, *turn((x0, top, x1, bottom)), faces[id(face)])))
    return found


def turned_things(things: Sequence[Thing], turn: Turn) -> list[Thing]:
    """What is drawn, turned."""
    found = []
    for thing in things:
        x0, top, x1, bottom = turn((thing["x0"], thing["top"], thing["x1"], thing["bottom"]))
        place = {"x0": x0, "top": top, "x1": x1, "bottom": bottom, "width": x1 - x0, "height": bottom - top}
        points = {"pts": [turn((x, y, x, y))[:2] for x, y in thing["pts"]]} if "pts" in thing else {}
        found.append(thing | place | points)
    return found


def put_back(grid: Grid, back: Turn) -> Grid:
    """The grid with its boxes where they stand on the page; its borders and inks stay those of the turned page."""
    rows = tuple(tuple(replace(cell, box=back(cell.box)) if cell else None for cell in row) for row in grid.rows)
    lines = tuple(replace(line, box=back(line.box)) for line in grid.lines)
    return replace(grid, box=back(grid.box), rows=rows, lines=lines)
