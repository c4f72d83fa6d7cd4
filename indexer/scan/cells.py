"""Cells of a table in a picture put together, where its columns were told too finely for want of rules: a title's words
in several columns, and a header beside the figures that stand under it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.paper import Box, Cell, Row, line_of
from indexer.finder.text import is_figure
from indexer.kinds import PERIOD
from indexer.scan import picture
from indexer.scan.tesseract import Word
from indexer.sheet import Grid, Ink
from kpi_tools.figures import UNSURE, Figure, read_figure

INNER = 1.5  # points: what is nearer to a cell's edges may be of a rule
LEAST_LETTER = 1.5  # square points of ink: no letter has less
BLANK = 0.75  # of a word's height: words no farther apart are one phrase


def whole(grid: Grid, words: Sequence[Word], scale: float) -> Grid:
    """The table with phrases whole, and each header in the column of its figures. `words` are in pixels."""
    boxes = [(word.x0 / scale, word.top / scale, word.x1 / scale, word.bottom / scale) for word in words]
    grid = _headed(replace(grid, rows=tuple(_phrased(row, boxes) for row in grid.rows)))
    for column in range(len(grid.edges) - 3, 0, -1):
        if _halves(grid, column):
            grid = _joined(grid, column)
    return grid


def _headed(grid: Grid) -> Grid:
    """The table with the second line of its header in the first: of a few columns, each under words of its own."""
    first = next((at for at, row in enumerate(grid.rows[:-2]) if sum(map(_fills, row)) > 1), -1)
    if first < 0 or not _goes_on(grid.rows[first], grid.rows[first + 1]):
        return grid
    head, more = grid.rows[first], grid.rows[first + 1]
    rows = (*grid.rows[:first], tuple(map(_over, head, more)), *grid.rows[first + 2 :])
    bold, inks = ((*each[: first + 1], *each[first + 2 :]) for each in (grid.bold, grid.inks))
    return replace(grid, rows=rows, bold=bold, inks=inks)


def _goes_on(head: Row, more: Row) -> bool:
    pairs = [(line_of(a), line_of(b)) for a, b in zip(head, more, strict=True)]
    told = [b for _, b in pairs if b]
    if pairs[0][1] or not told or 2 * len(told) > sum(bool(a) for a, _ in pairs) or not all(a for a, b in pairs if b):
        return False
    single = all(cell is None or (cell.rows, cell.columns) == (1, 1) for cell in (*head, *more))
    return single and not any(_is_value(text) and not PERIOD.fullmatch(text) for pair in pairs for text in pair)


def _fills(cell: Cell | None) -> bool:
    return bool(line_of(cell))


def _over(cell: Cell | None, below: Cell | None) -> Cell | None:
    """A header's cell with what stands below it as its second line."""
    if cell is None or below is None:
        return cell
    box = (cell.box[0], cell.box[1], cell.box[2], below.box[3])
    return replace(cell, text=f"{cell.text}\n{below.text}".strip(), box=box)


def _phrased(row: Row, words: Sequence[Box]) -> Row:
    """The row as one cell over its columns, where all of it is one phrase."""
    filled = [at for at, cell in enumerate(row) if cell and cell.text.strip()]
    cells = [cell for at in filled if (cell := row[at])]
    if len(cells) < 2 or any("\n" in c.text.strip() or c.rows > 1 or _is_value(c.text) for c in cells):
        return row
    ends = [at + cell.columns for at, cell in zip(filled, cells, strict=True)]
    if filled[1:] != ends[:-1] or not all(_touch(one, other, words) for one, other in pairwise(cells)):
        return row
    first, last = cells[0], cells[-1]
    columns = filled[-1] - filled[0] + last.columns
    box = (first.box[0], first.box[1], last.box[2], first.box[3])
    one = replace(first, text=" ".join(cell.text.strip() for cell in cells), box=box, columns=columns)
    return tuple(one if at == filled[0] else None if at in filled else cell for at, cell in enumerate(row))


def _is_value(text: str) -> bool:
    return is_figure(text) or UNSURE in text or bool(PERIOD.fullmatch(" ".join(text.split())))


def _touch(left: Cell, right: Cell, words: Sequence[Box]) -> bool:
    """Whether the last word of the one cell and the first of the other are parted by a blank."""
    before = max((word for word in words if _holds(left.box, word)), key=lambda word: word[2], default=None)
    behind = min((word for word in words if _holds(right.box, word)), key=lambda word: word[0], default=None)
    if before is None or behind is None:
        return False
    return behind[0] - before[2] <= BLANK * max(before[3] - before[1], behind[3] - behind[1])


def _holds(box: Box, word: Box) -> bool:
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _halves(grid: Grid, column: int) -> bool:
    """Whether a column holds nothing but periods and the next one nothing but figures, never both in a row."""
    pairs = [(line_of(row[column]), line_of(row[column + 1])) for row in grid.rows]
    heads, figures = [a for a, _ in pairs if a], [b for _, b in pairs if b]
    if not heads or not figures or any(a and b for a, b in pairs) or any(_is_wide(row, column) for row in grid.rows):
        return False
    return all(PERIOD.fullmatch(head) for head in heads) and all(_is_told(text) for text in figures)


def _is_wide(row: Row, column: int) -> bool:
    """Whether a cell of several columns or rows stands in either column, other than over both."""
    return any(
        cell is not None and cell.text and (cell.columns, cell.rows) != (1, 1) for cell in row[column : column + 2]
    )


def _is_told(text: str) -> bool:
    return UNSURE in text or (isinstance(read_figure(text), Figure) and not PERIOD.fullmatch(text))


def _joined(grid: Grid, column: int) -> Grid:
    rows = tuple((*row[:column], _either(row[column], row[column + 1]), *row[column + 2 :]) for row in grid.rows)
    inks = tuple((*row[:column], _inked(*row[column : column + 2]), *row[column + 2 :]) for row in grid.inks)
    return replace(grid, rows=rows, edges=(*grid.edges[: column + 1], *grid.edges[column + 2 :]), inks=inks)


def _inked(left: Ink, right: Ink) -> Ink:
    """From where to where two cells' texts reach, of which at most one holds any."""
    return left if any(left) else right


def _either(left: Cell | None, right: Cell | None) -> Cell | None:
    if left is None or right is None:
        return left or right
    box = (left.box[0], left.box[1], right.box[2], right.box[3])
    return replace(left if left.text.strip() else right, box=box)


def unread(rows: Sequence[Row], ink: picture.Ink, scale: float) -> tuple[Row, ...]:
    """The rows with cells as unsure that seem blank, and hold ink that was not read: `ink` in pixels."""
    thick = ink[:-1, :-1] & ink[1:, :-1] & ink[:-1, 1:] & ink[1:, 1:]  # no speck and no trace of a rule
    return tuple(tuple(_told(cell, thick, scale) for cell in row) for row in rows)


def _told(cell: Cell | None, thick: picture.Ink, scale: float) -> Cell | None:
    if cell is None or cell.text.strip() or cell.rows > 1:
        return cell
    left, top, right, bottom = (round(side * scale) for side in cell.box)
    inner = round(INNER * scale)
    part = thick[max(top, 0) + inner : bottom - inner, max(left, 0) + inner : right - inner]
    return replace(cell, text=UNSURE) if part.sum() > LEAST_LETTER * scale**2 else cell
