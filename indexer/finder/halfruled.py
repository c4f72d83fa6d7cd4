"""Tables whose header is ruled and whose body is not: the header's columns go on through the body.

A renderer that shades the header and boxes the body leaves one cell over all columns, with many rows in it. It is
divided only where that is certain: every word lies within one column, and rows are told apart by the space between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.paper import Box

SLACK = 1.5  # points that a word may stand over its column's border
APART = 0.4  # of a line's height: words nearer than this belong together; rows nearer than this may be one
LEVEL = 0.25  # of its height: words no lower than this are of one line
TWICE = 2.0  # times as far apart as the lines of one row stand rows that are plainly told apart


@dataclass(frozen=True, slots=True)
class TextRow:
    """A line of words in a cell; `columns` says in which column each word stands, {-1} for words across several."""

    boxes: tuple[Box, ...]
    columns: frozenset[int]

    @property
    def top(self) -> float:
        return min(box[1] for box in self.boxes)

    @property
    def bottom(self) -> float:
        return max(box[3] for box in self.boxes)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def divide(cell: Box, borders: Sequence[float], levels: Sequence[float], words: Sequence[Box]) -> list[Box]:
    """The cells that a wide cell is made of; [cell] where it is one, or where that is in doubt.

    `borders` and `levels` are the table's vertical and horizontal borders, `words` the boxes of the cell's words.
    """
    columns = [cell[0], *(x for x in borders if cell[0] + SLACK < x < cell[2] - SLACK), cell[2]]
    rows = [_row(line, columns) for line in _lines(words)]
    told = [row for row in rows if row]
    if len(columns) < 3 or not rows or len(told) < len(rows) or not any(len(row.columns) > 1 for row in told):
        return [cell]
    inner = [y for y in levels if cell[1] + SLACK < y < cell[3] - SLACK]
    cuts = inner if inner else _cuts(told)
    if cuts is None:
        return [cell]
    found: list[Box] = []
    for top, bottom in pairwise([cell[1], *cuts, cell[3]]):
        here = [row for row in told if top <= row.middle < bottom]
        if any(-1 in row.columns for row in here):
            found.append((cell[0], top, cell[2], bottom))
        else:
            found += [(left, top, right, bottom) for left, right in pairwise(columns)]
    return found


def parted(cell: Box, levels: Sequence[float], words: Sequence[Box], figures: bool) -> list[Box]:
    """The cells that a cell over several rows is made of, where only the columns beside it are shaded: in each row
    stands a text of its own, with more room between two than lines of one have, or a figure; [cell] elsewhere."""
    inner = [y for y in levels if cell[1] + SLACK < y < cell[3] - SLACK]
    bands = list(pairwise([cell[1], *inner, cell[3]]))
    held = [[word for word in words if top <= (word[1] + word[3]) / 2 < foot] for top, foot in bands]
    if not inner or not all(held):
        return [cell]
    rooms = [min(word[1] for word in b) - max(word[3] for word in a) for a, b in pairwise(held)]
    if min(rooms) < (0.0 if figures else APART) * (words[0][3] - words[0][1]):
        return [cell]
    return [(cell[0], top, cell[2], foot) for top, foot in bands]


def _lines(words: Sequence[Box]) -> list[list[Box]]:
    """The words in lines, top to bottom, each from left to right."""
    lines: list[list[Box]] = []
    for word in sorted(words, key=lambda box: (box[1] + box[3]) / 2):
        first = lines[-1][0] if lines else word
        if lines and word[1] + word[3] - first[1] - first[3] <= 2 * LEVEL * (first[3] - first[1]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line) for line in lines]


def _row(line: Sequence[Box], columns: Sequence[float]) -> TextRow | None:
    """The line with its words' columns; None where a word or a phrase stands across a border."""
    height = line[0][3] - line[0][1]
    near = [b[0] - a[2] < APART * height for a, b in pairwise(line)]
    at = [_column(word, columns) for word in line]
    if None not in at and not any(close and a != b for close, (a, b) in zip(near, pairwise(at), strict=True)):
        return TextRow(tuple(line), frozenset(column for column in at if column is not None))
    if all(near) and at[0] in (0, None) and line[0][0] < columns[1]:
        return TextRow(tuple(line), frozenset((-1,)))  # a phrase that heads the rows below it
    return None


def _column(word: Box, columns: Sequence[float]) -> int | None:
    for number, (left, right) in enumerate(pairwise(columns)):
        if left - SLACK <= word[0] and word[2] <= right + SLACK:
            return number
    return None


def _cuts(rows: Sequence[TextRow]) -> list[float] | None:
    """The heights between the rows; None where lines stand so close that they may be one row or two. How far a line is
    from the row above is told in the columns of both: beside it another cell may go on."""
    cuts = []
    height = rows[0].bottom - rows[0].top
    kinds = _two_kinds([(below.top - above.bottom) / height for above, below in pairwise(rows)])
    first = rows[0]
    held = dict.fromkeys(first.columns, first.bottom)
    for above, below in pairwise(rows):
        feet = [held[column] for column in below.columns if column in held]
        gap = (below.top - max(feet, default=above.bottom)) / height
        if gap >= APART or below.columns == frozenset((-1,)):
            beside = above.bottom > below.top  # the second line of a cell that begins above
            cuts.append((above.middle + below.middle if beside else above.bottom + below.top) / 2)
            first, held = below, {}
        elif feet and gap > -APART and len(below.columns) > 1 and not (kinds and below.columns < first.columns):
            return None
        held |= dict.fromkeys(below.columns, below.bottom)
    return cuts


def _two_kinds(gaps: Sequence[float]) -> bool:
    """Whether the spaces between lines are of two kinds, so that the wide ones are plainly those between rows."""
    wide = [gap for gap in gaps if gap >= APART]
    close = [gap for gap in gaps if gap < APART]
    return bool(wide and close) and min(wide) >= TWICE * max(close)
