"""The ruled tables of a page, with merged cells rebuilt and each character in one cell."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import Any

from corpus.paper import Box, Cell, Row
from indexer import letters
from indexer.finder.page import Page
from indexer.halfruled import divide
from indexer.letters import Char, Field
from indexer.sheet import Grid

SAME_EDGE = 3.0  # points: borders nearer than this are one border


def find_grids(page: Page) -> list[Grid]:
    """The page's tables, top to bottom; those too small for a table of their own with their `lines`."""
    tables = _find_tables(page)
    field = Field(page.chars if tables else ())
    grids = [_grid(page, table, field) for table in tables]
    return sorted((grid for grid in grids if len(grid.edges) > 2), key=lambda grid: (grid.box[1], grid.box[0]))


def _find_tables(page: Page) -> list[Any]:
    """pdfplumber's tables, with the rows at the page's foot or head that have no ruling line closed."""
    ends = _open_ends(page.edges)
    return list(page.find_tables({"explicit_horizontal_lines": ends} if ends else {}))


def _open_ends(edges: list[Char]) -> list[dict[str, Any]]:
    """Horizontal lines for where three or more vertical rulings end together on nothing."""
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > SAME_EDGE]
    level = sorted((edge["top"], edge["x0"], edge["x1"]) for edge in edges if edge["orientation"] == "h")
    missing = []
    for end in ("top", "bottom"):
        ending: dict[int, list[Char]] = {}
        for edge in upright:
            ending.setdefault(round(edge[end]), []).append(edge)
        for height in sorted(ending):
            near = [edge for at in (height - 1, height, height + 1) for edge in ending.get(at, ())]
            here = [edge for edge in near if abs(edge[end] - height) <= 1]
            if len({round(edge["x0"]) for edge in here}) < 3:
                continue
            x0, x1 = min(edge["x0"] for edge in here), max(edge["x1"] for edge in here)
            beside = level[bisect_left(level, (height - SAME_EDGE,)) : bisect_right(level, (height + SAME_EDGE, inf))]
            closed = any(left < x1 and right > x0 for _, left, right in beside)
            if not closed and not any(
                e["top"] < height - SAME_EDGE and e["bottom"] > height + SAME_EDGE and x0 <= e["x0"] <= x1
                for e in upright
            ):
                y = here[0][end]
                missing.append({"object_type": "line", "orientation": "h", "x0": x0, "x1": x1, "top": y, "bottom": y,
                                "width": x1 - x0, "height": 0, "doctop": y})  # fmt: skip
    return missing


def _grid(page: Page, table: Any, field: Field) -> Grid:
    """The table with its merged cells rebuilt and each character in the one cell that holds its midpoint."""
    x0, top, x1, bottom = table.bbox
    cut = not any(
        edge["orientation"] == "h" and abs(edge["top"] - bottom) <= SAME_EDGE and edge["x1"] > x0 and edge["x0"] < x1
        for edge in page.edges
    )
    foot = _overflow(field.chars, table.bbox) if cut else bottom
    boxes = [(*box[:3], foot if box[3] == bottom else box[3]) for box in table.cells]
    xs = _borders([box[i] for box in boxes for i in (0, 2)])
    ys = _borders([box[i] for box in boxes for i in (1, 3)])
    boxes = _divided(boxes, xs, ys, field)
    ys = _borders([box[i] for box in boxes for i in (1, 3)])
    rows: list[list[Cell | None]] = [[None] * (len(xs) - 1) for _ in ys[1:]]
    inked: list[list[Char]] = [[] for _ in rows]
    for box in boxes:
        column, right = _nearest(xs, box[0]), _nearest(xs, box[2])
        row, below = _nearest(ys, box[1]), _nearest(ys, box[3])
        if right > column and below > row:
            held = field.within(box)
            text = letters.text(held).strip()
            rows[row][column] = Cell(text, page.page_number, box, below - row, right - column)
            inked[row] += [char for char in held if char["text"].strip()]
    bold = tuple(bool(held) and letters.bold(held) for held in inked)
    whole = tuple(tuple(row) for row in rows)
    lines = () if _is_table(whole) else tuple(letters.lines(field.within((x0, top, x1, foot))))
    return Grid(page.page_number, (x0, top, x1, foot), whole, tuple(xs), bold, cut, lines)


def _divided(boxes: list[Box], xs: list[float], ys: list[float], field: Field) -> list[Box]:
    """The cells with those divided that hold a whole unruled body."""
    found: list[Box] = []
    for box in boxes:
        wide = bisect_right(xs, box[0] + SAME_EDGE) < bisect_left(xs, box[2] - SAME_EDGE)
        held = field.within(box) if wide else []
        if held and all(char["upright"] for char in held):
            found += divide(box, xs, ys, letters.words(held))
        else:
            found.append(box)
    return found


def _overflow(chars: Sequence[Char], box: Box) -> float:
    """The foot of a table that has no ruling line there, below the line of text that hangs over its edge."""
    hanging = [
        char["bottom"] for char in chars if abs(char["top"] - box[3]) < SAME_EDGE / 2 and box[0] <= char["x0"] < box[2]
    ]
    return max(hanging, default=box[3])


def _borders(values: list[float]) -> list[float]:
    """The distinct borders, ascending."""
    ordered = sorted(values)
    return ordered[:1] + [b for a, b in pairwise(ordered) if b - a > SAME_EDGE / 2]


def _nearest(borders: list[float], value: float) -> int:
    after = bisect_left(borders, value)
    return min(range(max(after - 1, 0), min(after + 1, len(borders))), key=lambda i: abs(borders[i] - value))


def _is_table(rows: Sequence[Row]) -> bool:
    """A box around some words is no table: two rows and two columns must hold text."""
    filled = [(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell and cell.text]
    return len({r for r, _ in filled}) > 1 and len({c for _, c in filled}) > 1
