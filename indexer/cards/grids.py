"""Cards of one measure each, as dashboards set them: boxes or bare text, in rows of several, each its own small grid.

A card has a name, a latest figure, and one more thing about it: a target, a figure before. In a frame it is all that
stands in it; without one it is the labels that stand together, under a name. What stands beside is another card's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.paper import Box, line_of
from indexer.cards.drawn import holds
from indexer.cards.framed import box_of, framed
from indexer.cards.runs import LABELLED, Piece, Run, pieces, runs_in
from indexer.cards.unframed import unframed
from indexer.finder.area import meets
from indexer.finder.text import Word
from indexer.shapes.labels import KINDS
from indexer.sheet import Grid


def card_grids(
    page: int, written: Sequence[Word], grids: Sequence[Grid], rects: Iterable[Mapping[str, Any]], height: float
) -> list[Grid]:
    """The grids of a page with these words, with each card as a grid of its own in the place of what was made of it.

    A grid that holds anything beside cards stays, and the cards in it are left to it.
    """
    grids = [replace(grid, lines=()) if grid.lines and _is_row_of_labels(grid) else grid for grid in grids]
    runs = runs_in(written)
    said = pieces(runs)
    if not said:
        return sorted(grids, key=_place)
    boxes = [box for rect in rects if (box := box_of(rect, height))]
    lone = [grid.box for grid in grids if grid.lines]  # of rules: a row of a name, its figures and a rating
    made = list(framed(page, runs, said, (*boxes, *lone)))
    cards = [*made, *(grid for grid in grids if _is_card(grid))]
    starts = [piece for piece in said if piece.kinds[0] == "latest" and not _within(piece, cards)]
    made += [card for start in starts for card in [unframed(page, start, starts, said, runs)] if card]
    others = [box for box in boxes if not meets(box, made)]
    kept = [grid for grid in grids if not _made_of(grid, made, others, runs)]
    free = [card for card in made if not meets(card.box, kept)]
    return sorted([*kept, *free], key=_place)


def _place(grid: Grid) -> tuple[float, float]:
    return grid.box[1], grid.box[0]


def _is_row_of_labels(grid: Grid) -> bool:
    """Whether a row of cells is a card by itself: its name, and cells that each say a figure and what it is."""
    first, *others = [line_of(cell) for cell in grid.rows[0] if cell and cell.text] or [""]
    labels = [found["label"].lower() for text in others for found in LABELLED.finditer(text)]
    latest = any(KINDS[label] == "latest" for label in labels)
    return len(grid.rows) == 1 and latest and len(labels) > 1 and not LABELLED.search(first)


def _is_card(grid: Grid) -> bool:
    """Whether a ruled grid is a card by itself: a row with its name, and one below it with labels."""
    if len(grid.rows) < 3 or grid.inks:
        return False
    named, labels = ([line_of(c).lower() for c in row if c and c.text] for row in grid.rows[:2])
    kinds = {KINDS.get(label) for label in labels}
    return bool(named) and named[0] not in KINDS and len(kinds - {None}) > 1 and "latest" in kinds


def _within(piece: Piece, cards: Sequence[Grid]) -> bool:
    return any(holds(card.box, run) for card in cards for run in piece.runs)


def _made_of(grid: Grid, cards: Sequence[Grid], frames: Sequence[Box], runs: Sequence[Run]) -> bool:
    """Whether all that stands in a grid is of cards, or of frames beside them that are none; or, in one without rules,
    words between them."""
    inside = [run for run in runs if holds(grid.box, run)]
    made = [run for run in inside if any(holds(card.box, run) for card in cards)]
    others = [run for run in inside if run not in made and not run.rates and not any(holds(box, run) for box in frames)]
    return bool(made) and all(run.names and not grid.lines for run in others)
