"""The tables of a file, and which of them go on overleaf. Its sheets are kept on disk meanwhile: of a long file no more
than two of them are held at a time."""

from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from corpus.paper import line_of
from indexer.kept import Kept
from indexer.loading import MapPages, load_tables
from indexer.mended import repeated
from indexer.sheet import Grid, Sheet
from indexer.stitch import stitch
from indexer.text.furniture import Furniture

Found = dict[str, Any]


def tables_of(path: Path, map_pages: MapPages, most_pages: int) -> tuple[Iterator[Found], Found]:
    """The tables of a file, page by page, and what else there is to say of it. Raises PaperError, before the first.

    A table is {"page", "bbox", "title", "rows", "spans", "boxes", "continues"}: rows hold each merged cell's text once,
    `spans` its [row, column, rows, columns], and `boxes` that of each cell as [row, column, x0, top, x1, bottom].
    `continues` is None, or {"table", "header"}: the number from 0 of the table on the page before that goes on in this
    one, and how many of its first rows repeat that table's header. Of the file is said {"unread": [[page, reason]]},
    or {} where all of it was read.
    """
    kept = Kept(load_tables(path, map_pages, most_pages))
    return _closing(kept), {"unread": [list(page) for page in kept.lost]} if kept.lost else {}


def _closing(kept: Kept) -> Iterator[Found]:
    try:
        yield from _told(kept)
    finally:
        kept.close()


def _told(kept: Kept) -> Iterator[Found]:
    cleared = Furniture.of(kept).cleared(kept)
    count, last = 0, -1  # the tables so far, and the number of the last one on the page before
    for above, sheet in pairwise(chain([None], cleared)):
        assert sheet
        shown = [grid for grid in sheet.grids if not grid.lines]
        repeats = _goes_on(above, sheet) if above and shown and last >= 0 else None
        for number, grid in enumerate(shown):
            goes_on = None if number or repeats is None else {"table": last, "header": repeats}
            yield {**_table(grid), "continues": goes_on}
        count += len(shown)
        last = count - 1 if shown else -1


def _goes_on(above: Sheet, sheet: Sheet) -> int | None:
    """How many rows of a page's first table repeat those of the last one on the page before, which it continues; None
    where it is a table of its own."""
    first, last = sheet.grids[0], above.grids[-1]
    if first.lines or last.lines:
        return None
    tables, _ = stitch([above, sheet])
    for one, other in (parts for table in tables for parts in pairwise(table.parts)):
        if one.page < other.page:
            return repeated(one.rows, other.rows)
    return None


def _table(grid: Grid) -> Found:
    cells = [(r, c, cell) for r, row in enumerate(grid.rows) for c, cell in enumerate(row) if cell]
    return {
        "page": grid.page,
        "bbox": [round(edge, 2) for edge in grid.box],
        "title": grid.title,
        "rows": [[line_of(cell) for cell in row] for row in grid.rows],
        "spans": [[r, c, cell.rows, cell.columns] for r, c, cell in cells if cell.rows * cell.columns > 1],
        "boxes": [[r, c, *(round(edge, 2) for edge in cell.box)] for r, c, cell in cells],
    }
