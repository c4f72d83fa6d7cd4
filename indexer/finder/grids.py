"""The ruled tables of a page, with merged cells rebuilt and each character in one cell."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from corpus.paper import Box, Cell, Row
from indexer.finder import beside, lattice, turned, unruled, upright
from indexer.finder.area import meets, meets_any
from indexer.finder.edges import open_ends, open_sides, seen
from indexer.finder.halfruled import divide, parted
from indexer.finder.lattice import Ruled
from indexer.finder.page import Page, Thing
from indexer.finder.rules import levels
from indexer.finder.text import Word, is_figure
from indexer.finder.text import lines as text_lines
from indexer.sheet import Grid
from indexer.text import letters
from indexer.text.letters import Char, Field
from indexer.text.middle import median

SAME_EDGE = 3.0  # points: borders nearer than this are one border
STRIP = (9.0, 5.0)  # points: narrower columns, and lower rows, hold no text
SEVERAL = 4  # texts side by side: fewer may be set so within a cell
ALIGNED = 3  # of them are enough where the second begins at one place in row after row
LEADING = re.compile(r"[.…·_]{2}|…")  # what texts that stand close may be set apart by
UNDIVIDED = 0.6  # of a column's cells: more of them with several texts, and its borders are none
FEWEST_EDGES = 3  # of a table's columns, from left to right
SPARSE = 0.2  # of a table's cells: fewer with text, and it is none

_middle = attrgetter("middle")


def find_grids(page: Page, written: Sequence[Word]) -> list[Grid]:
    """The tables of a page with these words, top to bottom; those too small for a table of their own have `lines`."""
    edges = seen(page)
    level = levels(edges)
    stacks = upright.stacks(edges, level, written)
    tables = _ruled([*edges, *upright.rows(stacks, written)])
    field = Field(page.chars if tables else ())
    made = [(table.bbox, _grid(page, table, field, edges)) for table in tables]
    ordered = sorted(written, key=_middle) if made else []
    boxes = [box for box, grid in made if not grid or _unparted(grid, ordered)]
    grids = [grid for box, grid in made if grid and box not in boxes]
    grids = [grid for grid in grids if not _is_chart(grid) and not _undivided(grid, ordered)]
    free = unruled.outside(written, [grid.box for grid in grids])
    whole = [stack.box for stack in stacks if not stack.parted]
    tops = [grid.box[1] for grid in grids if not grid.lines]
    begun = [
        grid
        for grid in grids
        if unruled.goes_on(grid, free, level, tops) or unruled.labelled_beside(grid, free) or meets_any(grid.box, whole)
    ]
    taken = [grid.box for grid in grids if not grid.lines and grid not in begun]
    if len(taken) < len(grids):  # those that go on are looked at anew
        free = unruled.outside(written, taken)
    more = turned.headed(unruled.find(page, edges, level, free, taken, begun, boxes, stacks), page.chars)
    more = [grid for grid in more if not (grid.lines and meets(grid.box, grids))]
    rows = [grid.box for grid in grids if grid.lines and len(grid.rows) == 1]
    more = [grid for grid in more if not any(_inside(grid.box, row) for row in rows)]  # lines of the cells of one row
    grids = [grid for grid in grids if not meets(grid.box, more)]
    grids = [grid for grid in grids if not (_piled(grid) and meets_any(grid.box, whole))]
    found = [replace(grid, title=unruled.title(grid, free)) for grid in beside.titled((*grids, *more), free)]
    return sorted(found, key=lambda grid: (grid.box[1], grid.box[0]))


def _ruled(edges: list[Thing]) -> list[Ruled]:
    """The ruled tables, with their open sides closed, and the rows at the page's foot or head that have no rule."""
    if not any(edge["orientation"] == "v" for edge in edges):
        return []
    closed = [*edges, *open_sides(edges)]
    return lattice.find([*closed, *open_ends(closed)])


def _inside(one: Box, other: Box) -> bool:
    return other[0] <= one[0] and other[1] <= one[1] and one[2] <= other[2] and one[3] <= other[3]


def _is_chart(grid: Grid) -> bool:
    """Whether next to nothing stands in the cells: the net of lines behind a chart."""
    if grid.lines:
        return False
    cells = [cell for row in grid.rows for cell in row if cell]
    return sum(bool(cell.text) for cell in cells) < SPARSE * len(cells)


def _piled(grid: Grid) -> bool:
    """Whether figures stand above one another in two cells of a row: it is several rows that no rule parts."""
    held = ([cell.text.split("\n") for cell in row if cell] for row in grid.rows)
    return any(sum(len(texts) > 1 and all(map(is_figure, texts)) for texts in row) > 1 for row in held)


def _undivided(grid: Grid, ordered: Sequence[Word]) -> bool:
    """Whether a column's cells hold several texts side by side, row for row: what seemed its border is the edge of a
    coloured cell ("Red", "Amber"), and the other columns have none. `ordered` are words from top to bottom."""
    rows = [row for row in grid.rows if sum(bool(cell and cell.text) for cell in row) > 1]  # others name groups of rows
    for column in range(len(grid.edges) - 1):
        cells = [cell for row in rows if (cell := row[column]) and cell.text]
        worded = [cell for cell in cells if len(cell.text.split()) >= SEVERAL or LEADING.search(cell.text)]
        if len(worded) > 1 and len(worded) > UNDIVIDED * len(cells):
            lines = [_beside(cell.box, ordered) for cell in worded]
            at = median([s[1] for s in lines if len(s) >= ALIGNED] or [0.0])
            parted = [s for s in lines if len(s) >= SEVERAL or (len(s) >= ALIGNED and abs(s[1] - at) <= SAME_EDGE)]
            if len(parted) > 1 and len(parted) > UNDIVIDED * len(cells):
                return True
    return False


def _unparted(grid: Grid, ordered: Sequence[Word]) -> bool:
    """Whether a cell over all columns holds row upon row of several texts, so close that nothing parts them."""
    wide = (cell for row in grid.rows for cell in row if cell and cell.columns == len(grid.edges) - 1 >= ALIGNED)
    return any(cell.text.count("\n") >= ALIGNED and len(_beside(cell.box, ordered)) >= ALIGNED for cell in wide)


def _beside(box: Box, ordered: Sequence[Word]) -> list[float]:
    """Where the texts begin that stand side by side in a box, set apart, on the line that has most of them; words from
    top to bottom."""
    x0, top, x1, bottom = box
    level = ordered[bisect_left(ordered, top, key=_middle) : bisect_right(ordered, bottom, key=_middle)]
    inside = [word for word in level if x0 <= (word.x0 + word.x1) / 2 <= x1]
    starts = ([phrase[0].x0 for phrase in line.phrases] for line in text_lines(inside))
    return max(starts, key=len, default=[])


def _grid(page: Page, table: Ruled, field: Field, edges: Sequence[Thing]) -> Grid | None:
    """The table with its merged cells rebuilt and each character in the one cell that holds its midpoint; None for one
    of a single column."""
    x0, top, x1, bottom = table.bbox
    cut = not any(
        edge["orientation"] == "h" and abs(edge["top"] - bottom) <= SAME_EDGE and edge["x1"] > x0 and edge["x0"] < x1
        for edge in edges
    )
    foot = _overflow(field.chars, table.bbox) if cut else bottom
    boxes = [(*box[:3], foot if box[3] == bottom else box[3]) for box in table.cells]
    xs = _told(_borders([box[i] for box in boxes for i in (0, 2)]), boxes, field, 0)
    if len(xs) < FEWEST_EDGES:
        return None
    ys = _told(_borders([box[i] for box in boxes for i in (1, 3)]), boxes, field, 1)
    boxes = _divided(boxes, xs, ys, field)
    ys = _told(_borders([box[i] for box in boxes for i in (1, 3)]), boxes, field, 1)
    rows: list[list[Cell | None]] = [[None] * (len(xs) - 1) for _ in ys[1:]]
    written: list[list[Char]] = [[] for _ in rows]
    for box in boxes:
        column, right = _nearest(xs, box[0]), _nearest(xs, box[2])
        row, below = _nearest(ys, box[1]), _nearest(ys, box[3])
        if right > column and below > row:
            held = field.within(box)
            text, parts = letters.told(held)
            rows[row][column] = Cell(text.strip(), page.page_number, box, below - row, right - column, parts)
            written[row] += held if text else ()
    for row, column, box in _left_open(rows, xs, ys):
        if text := letters.text(field.within(box)).strip():
            rows[row][column] = Cell(text, page.page_number, box, 1, 1)
    bold = tuple(bool(held) and letters.bold(held) for held in written)
    whole = tuple(tuple(row) for row in rows)
    lines = () if _is_table(whole) else tuple(letters.lines(field.within((x0, top, x1, foot))))
    return Grid(page.page_number, (x0, top, x1, foot), whole, tuple(xs), bold, cut, lines)


def _left_open(
    rows: Sequence[Sequence[Cell | None]], xs: Sequence[float], ys: Sequence[float]
) -> list[tuple[int, int, Box]]:
    """The places that no cell covers: a row of which only some cells are shaded has no rules around the others."""
    covered = {
        (row + down, column + right)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell
        for down in range(cell.rows)
        for right in range(cell.columns)
    }
    return [
        (row, column, (xs[column], ys[row], xs[column + 1], ys[row + 1]))
        for row, cells in enumerate(rows)
        for column in range(len(cells))
        if (row, column) not in covered
    ]


def _divided(boxes: list[Box], xs: list[float], ys: list[float], field: Field) -> list[Box]:
    """The cells with those divided that hold a whole unruled body, or a column of it."""
    found: list[Box] = []
    for box in boxes:
        wide = bisect_right(xs, box[0] + SAME_EDGE) < bisect_left(xs, box[2] - SAME_EDGE)
        tall = bisect_right(ys, box[1] + SAME_EDGE) < bisect_left(ys, box[3] - SAME_EDGE)
        held = field.within(box) if wide or tall else []
        if not held or not all(char.face.upright for char in held):
            found.append(box)
        elif wide:
            found += divide(box, xs, ys, letters.words(held))
        else:
            found += parted(box, ys, letters.words(held), all(map(is_figure, letters.text(held).split())))
    return found


def _overflow(chars: Sequence[Char], box: Box) -> float:
    """The foot of a table that has no ruling line there, below the line of text that hangs over its edge."""
    hanging = [char.bottom for char in chars if abs(char.top - box[3]) < SAME_EDGE / 2 and box[0] <= char.x0 < box[2]]
    return max(hanging, default=box[3])


def _borders(values: list[float]) -> list[float]:
    """The distinct borders, ascending."""
    ordered = sorted(values)
    return ordered[:1] + [b for a, b in pairwise(ordered) if b - a > SAME_EDGE / 2]


def _told(borders: list[float], boxes: Sequence[Box], field: Field, axis: int) -> list[float]:
    """The borders without those of strips that are too narrow for text and hold none: the two sides of a thick rule."""
    kept = borders[:1]
    for before, after in pairwise(borders):
        if after - kept[-1] < STRIP[axis]:
            inside = [box for box in boxes if box[axis] >= before - 1 and box[axis + 2] <= after + 1]
            if not any(_inked(field, box) for box in inside):
                if after == borders[-1]:
                    kept[-1] = after
                continue
        kept.append(after)
    return kept


def _inked(field: Field, box: Box) -> bool:
    return not all(char[0].isspace() for char in field.within(box))


def _nearest(borders: list[float], value: float) -> int:
    after = bisect_left(borders, value)
    if after == len(borders) or (after and value - borders[after - 1] <= borders[after] - value):
        return after - 1
    return after


def _is_table(rows: Sequence[Row]) -> bool:
    """A box around some words is no table: two rows and two columns must hold text."""
    filled = [(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell and cell.text]
    return len({r for r, _ in filled}) > 1 and len({c for _, c in filled}) > 1
