"""Tables that run over pages become one, where that is certain.

Two grids are one table when nothing stands between them and the second either repeats the first one's leading rows
(the repeats are dropped), or has the same columns and no header of its own.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.paper import Box, Cell, Line, Row, line_of
from indexer.kinds import TELLING, kind_of
from indexer.mended import filled, has_figure, mended, repeated
from indexer.parts import Aside
from indexer.recut import recut, widened
from indexer.sheet import MOST_GRIDS, Grid, Sheet, set_aside

NEAR = 3.0  # points between borders that are the same border
CLOSE = 40.0  # points between two tables on a page that can be one
TOUCH = 6.0  # points between the rows of a table
MANY_COLUMNS = 8  # so many that hold the same kinds are no other table's
GROUP = 8  # words of a line that names a group of rows
MOST_ROWS = 2000  # of a paper, in memory
SHIFTED = 0.3  # of a column's width: so far apart may its border be told from other rows


PagedLine = tuple[int, Line]  # two pages may have one alike


@dataclass(frozen=True, slots=True)
class Stitched:
    """A table over its pages: `parts` as they stood, `rows` as one. `page` and `box` are the first part's."""

    parts: Sequence[Grid]
    rows: Sequence[Row]

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
    groups: set[PagedLine] = set()
    boxes: dict[int, list[Grid]] = {}
    parts, rows = Aside(MOST_GRIDS), Aside(MOST_ROWS)
    tables: list[Stitched] = []
    for table in _stitched(sheets, groups):
        if not _no_table(table):
            tables.append(Stitched(parts.put(table.parts), rows.put(table.rows)))
            continue
        for grid in table.parts:
            boxes.setdefault(grid.page, []).append(grid)
    kept = (_unnamed(sheet, groups) for sheet in sheets) if groups else sheets
    return tables, set_aside(_unboxed(sheet, boxes.get(sheet.number, ())) for sheet in kept)


def _stitched(sheets: Sequence[Sheet], groups: set[PagedLine]) -> Iterator[Stitched]:
    """The tables, mere boxes too; the lines that name groups of their rows are added to `groups`."""
    by_number = {sheet.number: sheet for sheet in sheets}
    last: Stitched | None = None
    for grid in (grid for sheet in sheets for grid in sheet.grids):
        if last and _adjacent(last, grid, by_number) and (longer := _joined(last, grid)):
            last = longer
        elif last and (line := _group_line(last, grid, by_number)) and (longer := _grouped(last, grid, line[1])):
            last = longer
            groups.add(line)
        else:
            if last:
                yield last
            last = Stitched((grid,), grid.rows)
    if last:
        yield last


def _unnamed(sheet: Sheet, groups: Set[PagedLine]) -> Sheet:
    lines = tuple(line for line in sheet.lines if (sheet.number, line) not in groups)
    return sheet if len(lines) == len(sheet.lines) else replace(sheet, lines=lines)


def _no_table(table: Stitched) -> bool:
    """Whether it is a mere box, or rows that go on overleaf without the header that they began under."""
    headed = len(table.parts) > 1 and any(any(grid.bold) for grid in table.parts)
    return not headed and all(grid.lines for grid in table.parts)


def _unboxed(sheet: Sheet, boxes: Sequence[Grid]) -> Sheet:
    mine = [grid for grid in sheet.grids if grid in boxes]
    if not mine:
        return sheet
    lines = [*sheet.lines, *(line for grid in mine for line in grid.lines)]
    lines.sort(key=lambda line: (line.box[1], line.box[0]))
    return replace(sheet, lines=tuple(lines), grids=tuple(grid for grid in sheet.grids if grid not in mine))


def _group_line(table: Stitched, grid: Grid, sheets: dict[int, Sheet]) -> PagedLine | None:
    """The one short line between two grids on a page, or at the foot of one page or the head of the next, where a row
    that names a group of rows would stand."""
    above, foot = table.parts[-1], list[Line]()
    if above.page == grid.page:
        between = _between(sheets[grid.page].lines, above.box[3], grid.box[1])
        near = 0 < grid.box[1] - above.box[3] <= CLOSE
    else:
        foot = _between(sheets[above.page].lines, above.box[3], sheets[above.page].height)
        head = _between(sheets[grid.page].lines, 0, grid.box[1])
        between = [*foot, *head]
        rooms = [line.box[1] - above.box[3] for line in foot] + [grid.box[1] - line.box[3] for line in head]
        near = grid.page == above.page + 1 and max(rooms, default=0) <= CLOSE
    if not near:
        return None
    text = between[0].text if len(between) == 1 else ""
    named = 0 < len(text.split()) <= GROUP and not text.endswith(".") and not has_figure(text)
    level = named and abs(between[0].box[0] - grid.box[0]) <= 2 * NEAR and abs(above.box[0] - grid.box[0]) <= 2 * NEAR
    return (above.page if foot else grid.page, between[0]) if level else None


def _grouped(table: Stitched, grid: Grid, line: Line) -> Stitched | None:
    """The table with the rows of a group below it, and their group's line as a row, or as the end of the label above;
    None where they are two tables."""
    above = table.parts[-1]
    if len(grid.edges) != len(above.edges) or not _telling(grid.rows[0]) or _telling(table.parts[0].rows[0]):
        return None
    widths = [right - left for left, right in pairwise(grid.edges)]
    apart = [abs(a - b) for a, b in zip(above.edges[:-1], grid.edges[:-1], strict=True)]
    if any(gap > SHIFTED * width for gap, width in zip(apart, widths, strict=True)):
        if not (grid.inks and (part := recut(grid, table.parts))):
            return None
        grid = part
    last = table.rows[-1][0]
    if line.text[:1].islower() and last and last.text:  # the second line of the last label
        longer = replace(last, text=f"{last.text}\n{line.text}")
        return Stitched((*table.parts, grid), (*table.rows[:-1], (longer, *table.rows[-1][1:]), *grid.rows))
    named: Row = (Cell(line.text, grid.page, line.box, 1, len(widths)), *[None] * (len(widths) - 1))
    return Stitched((*table.parts, grid), (*table.rows, named, *grid.rows))


def _names_rows(row: Row) -> bool:
    """Whether a row holds the name of a group of rows alone, in the first column or over several."""
    return filled(row) == 1 and row[0] is not None and bool(row[0].text)


def _telling(row: Row) -> bool:
    """Whether a row holds figures, dates or references, as no header does."""
    return any(kind_of(line_of(cell)) in TELLING for cell in row if cell)


def _adjacent(table: Stitched, below: Grid, sheets: dict[int, Sheet]) -> bool:
    """Whether nothing stands between a table and a grid on one page or on two that follow each other."""
    above = table.parts[-1]
    if above.page == below.page:
        gap = below.box[1] - above.box[3]
        return -NEAR <= gap <= CLOSE and not _between(sheets[above.page].lines, above.box[3], below.box[1])
    if below.page != above.page + 1:
        return False
    first, second = sheets[above.page], sheets[below.page]
    head = _between(second.lines, 0, below.box[1])
    if repeated(table.parts[0].rows, below.rows):
        head = _without_title(head, _between(sheets[table.page].lines, 0, table.box[1]))
    elif _headless(below, above) and len(above.edges) == len(below.edges) and _level(above.edges, below.edges) <= NEAR:
        head = [line for line in head if not any(_again(line, other) for other in first.lines)]
    return not head and not _between(first.lines, above.box[3], first.height)


def _without_title(head: list[Line], over: Sequence[Line]) -> list[Line]:
    """What stands over a page's part of a table, which repeats its header, but for the lines that stand so over the
    table too, and are no sentence: the first of that header, which were not told for its rows."""
    title = [line.text for line in head]
    again = title == [line.text for line in over[max(len(over) - len(head), 0) :]]
    return [] if again and not any(text.endswith((".", ":")) for text in title) else head


def _between(lines: Sequence[Line], top: float, bottom: float) -> list[Line]:
    return [line for line in lines if top - NEAR <= line.box[1] and line.box[3] <= bottom + NEAR]


def _again(line: Line, other: Line) -> bool:
    """Whether a line, and no sentence, stands on two pages in one place: a running head by itself."""
    return line.text == other.text and not line.text.endswith(".") and _level(line.box, other.box) <= NEAR


def _level(one: Sequence[float], other: Sequence[float]) -> float:
    """How far apart are two rows of places, at most."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _joined(table: Stitched, grid: Grid) -> Stitched | None:
    """The table with the grid below it, or None where they are two tables."""
    last = table.parts[-1]
    if last.lines and all(last.bold) and (last.cut or grid.bold[0]) and not repeated(last.rows, grid.rows):
        return _under_header(table, grid)
    if grid.lines and grid.cut and grid.inks and not recut(grid, table.parts):
        return None
    again = max(repeated(table.parts[0].rows, grid.rows), repeated(last.rows, grid.rows))
    if again == len(grid.rows):
        return None
    if grid.inks and (last.inks or (len(grid.edges) == len(last.edges) and _alike(table.rows, grid.rows[0]))):
        table, grid = _alike_cut(table, grid)
        last = table.parts[-1]
    if len(grid.edges) != len(last.edges):
        return None
    goes_on = _touch(last, grid) or (_headless(grid, last) and _same_columns(table, grid))
    if not again and not goes_on:
        return None
    more = list(grid.rows[again:])
    rows = list(table.rows)
    if (again or grid.page != last.page) and (whole := mended(rows[-1], more[0], last.cut)):
        rows[-1] = whole
        del more[0]
    return Stitched((*table.parts, grid), (*rows, *more))


def _under_header(table: Stitched, grid: Grid) -> Stitched | None:
    """The table whose header, or the first lines of it, a page's end cut off from the rows below; None where it does
    not stand over the columns of these."""
    anew = widened(table.rows, table.parts, grid)
    if anew is None or len(table.parts) > 1 or table.page == grid.page:
        return None
    (*above, header), part = anew
    whole = mended(header, grid.rows[0], cut=True) if grid.bold[0] else None
    if grid.bold[0] and not whole:
        return None
    rows = (*above, whole, *grid.rows[1:]) if whole else (*above, header, *grid.rows)
    return Stitched((part, grid), rows)


def _alike_cut(table: Stitched, grid: Grid) -> tuple[Stitched, Grid]:
    """Both with the columns of the one that has more of them, where what stands in the other fits into these: a page
    on which nothing stands in a column does not show it."""
    last = table.parts[-1]
    if len(grid.edges) <= len(last.edges):
        return table, recut(grid, table.parts) or grid
    if anew := widened(table.rows, table.parts, grid):
        rows, part = anew
        return Stitched((*table.parts[:-1], part), rows), grid
    return table, grid


def _touch(above: Grid, below: Grid) -> bool:
    """Whether two grids on a page with the same borders stand as close as two rows do: shades that meet made one of
    the first rows."""
    close = above.page == below.page and below.box[1] - above.box[3] <= TOUCH
    return close and len(above.edges) > 3 and _level(above.edges, below.edges) <= NEAR


def _same_columns(table: Stitched, grid: Grid) -> bool:
    """Whether the borders agree, or the outer ones do and what stands in the columns goes on in kind.

    The second is for a renderer that lays out each page's part anew; a part of many columns may be wider than another.
    """
    above = table.parts[-1].edges
    apart = [abs(a - b) for a, b in zip(above, grid.edges, strict=True)]
    if max(apart) <= NEAR and grid.page != table.parts[-1].page:
        return True
    level = apart[0] <= 2 * NEAR if len(apart) > MANY_COLUMNS else max(apart[0], apart[-1]) <= NEAR
    return level and len(apart) > 3 and _alike(table.rows, grid.rows[0])


def _alike(rows: Sequence[Row], row: Row) -> bool:
    """Whether the row's figures, dates and references stand in columns that hold such."""
    agreeing = 0
    for column, cell in enumerate(row):
        kind = kind_of(line_of(cell))
        if kind in TELLING:
            seen = {kind_of(line_of(above[column])) for above in rows if line_of(above[column])}
            if kind in seen:
                agreeing += 1
            elif kind != "reference" and not seen & TELLING:
                return False
    return agreeing > 0


def _headless(grid: Grid, above: Grid) -> bool:
    """Whether the grid begins with neither a title nor a header, but in the middle of a table."""
    filled = [cell for cell in grid.rows[0] if cell and cell.text]
    if not filled:
        return True
    named = _names_rows(grid.rows[0]) and any(map(_names_rows, above.rows[1:]))
    if named or (len(filled) == 1 and filled[0].columns > 1):  # a title, or the name of the rows that follow
        return named and len(grid.rows) > 1 and _telling(grid.rows[1])
    kinds = [kind_of(line_of(cell)) for cell in filled]
    if any(kind in TELLING for kind in kinds):
        return True
    if kinds.count("period") > 1 or grid.bold[0]:
        return False
    # no type tells header from body: then text over figures is a header
    below = {kind_of(line_of(cell)) for cell in grid.rows[1]} if len(grid.rows) > 1 else set()
    return above.bold[0] or len(filled) < len(grid.rows[0]) or "figure" not in below
