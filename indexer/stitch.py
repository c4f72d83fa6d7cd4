"""Tables that run over pages become one, where that is certain.

Two grids are one table when nothing stands between them and the second either repeats the first one's leading rows
(the repeats are dropped), or has the same columns and no header of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.paper import Box, Cell, Line, Row
from indexer.sheet import Grid, Sheet

NEAR = 3.0  # points between borders that are the same border
DRIFT = 0.06  # of the table's width: how far borders move when a renderer lays out the continued part anew

# What a header's cell may hold although it has figures in it: "Jan-21", "Q1 2023/24", "2021/22", "March 2021"
PERIOD = re.compile(
    r"\W*((as at|to|ytd|end|from)\s+)?(q[1-4]|qtr\s*[1-4]|quarter\s*[1-4]|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*|jul\w*|aug\w*|"
    r"sep\w*|oct\w*|nov\w*|dec\w*)?[\s\-/'’]*((19|20)?\d\d([-/](20)?\d\d?)?)?\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stitched:
    """A table over its pages: `parts` as they stood, `rows` as one. `page` and `box` are the first part's."""

    parts: tuple[Grid, ...]
    rows: tuple[Row, ...]

    @property
    def page(self) -> int:
        return self.parts[0].page

    @property
    def box(self) -> Box:
        return self.parts[0].box


def stitch(sheets: Sequence[Sheet]) -> tuple[list[Stitched], list[Sheet]]:
    """The tables of a paper in order, and its sheets without those grids that turned out to be mere boxes.

    The sheets' lines must be without page furniture: a footer would stand between the parts.
    """
    by_number = {sheet.number: sheet for sheet in sheets}
    tables: list[Stitched] = []
    for grid in (grid for sheet in sheets for grid in sheet.grids):
        last = tables[-1] if tables else None
        if last and _adjacent(last.parts[-1], grid, by_number) and (longer := _joined(last, grid)):
            tables[-1] = longer
        else:
            tables.append(Stitched((grid,), grid.rows))
    boxes = [table.parts[0] for table in tables if len(table.parts) == 1 and table.parts[0].lines]
    return [table for table in tables if table.parts[0] not in boxes], [_unboxed(sheet, boxes) for sheet in sheets]


def _unboxed(sheet: Sheet, boxes: Sequence[Grid]) -> Sheet:
    mine = [grid for grid in sheet.grids if grid in boxes]
    if not mine:
        return sheet
    lines = [*sheet.lines, *(line for grid in mine for line in grid.lines)]
    lines.sort(key=lambda line: (line.box[1], line.box[0]))
    return replace(sheet, lines=tuple(lines), grids=tuple(grid for grid in sheet.grids if grid not in mine))


def _adjacent(above: Grid, below: Grid, sheets: dict[int, Sheet]) -> bool:
    """Whether nothing stands between two grids on one page or on two that follow each other."""
    if above.page == below.page:
        return below.box[1] >= above.box[3] - NEAR and not _lines_between(
            sheets[above.page].lines, above.box[3], below.box[1]
        )
    if below.page != above.page + 1:
        return False
    first, second = sheets[above.page], sheets[below.page]
    return not _lines_between(first.lines, above.box[3], first.height) and not _lines_between(
        second.lines, 0, below.box[1]
    )


def _lines_between(lines: Sequence[Line], top: float, bottom: float) -> bool:
    return any(top - NEAR <= line.box[1] and line.box[3] <= bottom + NEAR for line in lines)


def _joined(table: Stitched, grid: Grid) -> Stitched | None:
    """The table with the grid below it, or None where they are two tables."""
    last = table.parts[-1]
    if len(grid.edges) != len(last.edges):
        return None
    repeated = max(_repeated(table.parts[0].rows, grid.rows), _repeated(last.rows, grid.rows))
    if repeated == len(grid.rows):
        return None
    overleaf = grid.page != last.page
    if not repeated and not (_same_columns(last, grid) and _headless(grid) and (overleaf or len(grid.edges) > 4)):
        return None
    more = list(grid.rows[repeated:])
    rows = list(table.rows)
    if overleaf and (whole := _mended(rows[-1], more[0], last.cut)):
        rows[-1] = whole
        del more[0]
    return Stitched((*table.parts, grid), (*rows, *more))


def _texts(row: Row) -> list[str]:
    return ["".join(cell.text.split()) if cell else "" for cell in row]


def _repeated(above: Sequence[Row], below: Sequence[Row]) -> int:
    """How many leading rows of `below` repeat those of `above`; 0 where only a title is repeated."""
    count = 0
    for first, second in zip(above, below, strict=False):
        if _texts(first) != _texts(second):
            break
        count += 1
    telling = any(sum(map(bool, _texts(row))) > 1 for row in below[:count])
    return count if telling else 0


def _same_columns(above: Grid, below: Grid) -> bool:
    width = above.edges[-1] - above.edges[0]
    reach = max(NEAR, width * DRIFT) if len(above.edges) > 4 else NEAR
    outer = abs(above.edges[0] - below.edges[0]) <= NEAR and abs(above.edges[-1] - below.edges[-1]) <= NEAR
    return outer and all(abs(a - b) <= reach for a, b in zip(above.edges, below.edges, strict=True))


def _headless(grid: Grid) -> bool:
    """Whether the grid begins with neither a title nor a header."""
    filled = [cell for cell in grid.rows[0] if cell and cell.text]
    if len(filled) == 1 and filled[0].columns > 1:
        return False
    if not filled:
        return True
    texts = [" ".join(cell.text.split()) for cell in filled]
    figures = [text for text in texts if any(char.isdigit() for char in text) and not PERIOD.fullmatch(text)]
    if not figures and sum(bool(PERIOD.fullmatch(text)) for text in texts) > 1:
        return False
    return bool(figures) or not grid.bold[0]


def _mended(above: Row, below: Row, cut: bool) -> Row | None:
    """The one row that a page's end cut in two, or None where they are two rows.

    Certain where no ruling line closes the upper half and the halves complete each other, or where the lower half
    lacks the first cell and all that it holds goes on in mid-sentence.
    """
    if any(cell and (cell.rows > 1 or cell.columns > 1) for cell in (*above, *below)):
        return None
    halves = list(zip(above, below, strict=True))
    both = [(a.text, b.text) for a, b in halves if a and a.text and b and b.text]
    lower = [cell for cell in below if cell and cell.text]
    first = [bool(row[0] and row[0].text) for row in (above, below)]
    completes = cut and not all(first) and not any(_has_figure(a) and _has_figure(b) for a, b in both)
    goes_on = not first[1] and len(both) == len(lower) and all(_mid_sentence(a, b) for a, b in both)
    if not lower or not (completes or goes_on):
        return None
    return tuple(_glued(a, b) for a, b in halves)


def _has_figure(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _mid_sentence(above: str, below: str) -> bool:
    return below[:1].islower() and above.rstrip()[-1:] not in ".!?:;"


def _glued(above: Cell | None, below: Cell | None) -> Cell | None:
    """One cell with both texts, in the place of the half that holds any (of the upper one where both do)."""
    if not (above and above.text):
        return below or above
    if not (below and below.text):
        return above
    return replace(above, text=f"{above.text}\n{below.text}")
