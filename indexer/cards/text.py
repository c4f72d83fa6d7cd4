"""Cards in running text: the lines of one become a grid of its own.

A card is known by its lines, "Latest: 94%", "Target: 90%, Floor: 85%", that stand below one another under a name.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.paper import Cell, Line
from indexer.cards.runs import RATING
from indexer.shapes.labels import KINDS, LABELS
from indexer.sheet import Grid, Sheet

# A card's first line says its latest figure, and its second one more thing about it.
_FIRST = re.compile(rf"(?:{'|'.join(sorted(LABELS['latest'], key=len, reverse=True))})\b[^:]{{0,24}}:", re.IGNORECASE)
_LABEL = re.compile(rf"(?:{'|'.join(sorted(KINDS, key=len, reverse=True))})\b[^:]{{0,24}}:", re.IGNORECASE)


def with_cards(sheet: Sheet) -> Sheet:
    """A sheet of running text, with the lines that make a card as a grid of its own."""
    lines = list(sheet.lines)
    starts = [at for at, line in enumerate(lines) if _FIRST.match(line.text)]
    cards: list[Grid] = []
    used: set[int] = set()
    for start in starts:
        end = start
        while (
            end < len(lines) and (end == start or not _FIRST.match(lines[end].text)) and _LABEL.match(lines[end].text)
        ):
            end += 1
        name = start - 1 - bool(start > 1 and RATING.fullmatch(lines[start - 1].text))
        labels = [label for line in lines[start:end] for label in _LABEL.findall(line.text)]
        if name < 0 or name in used or _LABEL.search(lines[name].text) or len(set(labels)) < max(2, len(labels)):
            continue
        cards.append(_lined(sheet.number, lines[name:start], lines[start:end]))
        used.update(range(name, end))
    kept = tuple(line for at, line in enumerate(lines) if at not in used)
    return replace(sheet, lines=kept, grids=(*sheet.grids, *cards))


def _lined(page: int, name: Sequence[Line], body: Sequence[Line]) -> Grid:
    """A card of lines below one another; the rating has a line of its own, or none."""
    x0, top, x1, foot = name[0].box[0], name[0].box[1], max(line.box[2] for line in (*name, *body)), body[-1].box[3]
    edge = body[0].box[1]
    title = Cell(" ".join(line.text for line in name), page, (x0, top, x1, edge))
    said = Cell("\n".join(line.text for line in body), page, (x0, edge, x1, foot))
    return Grid(page, (x0, top, x1, foot), ((title,), (said,)), (x0, x1), (False, False))
