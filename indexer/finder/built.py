"""An area of a page that may be a table as a grid: its columns, its rows, and its cells."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.paper import Box, Cell
from corpus.paper import Line as Text
from indexer.finder.area import Area, heavy
from indexer.finder.columns import cleared, flush, in_turn
from indexer.finder.columns import cuts as cuts_of
from indexer.finder.page import Thing
from indexer.finder.pieces import TableRow
from indexer.finder.rows import rows
from indexer.finder.text import Line, Word
from indexer.finder.verdict import is_table
from indexer.sheet import Grid, Ink
from indexer.text import letters
from indexer.text.letters import Char


def built(page: int, area: Area, upright: Sequence[Thing]) -> Grid | None:
    """The area as a grid; None where it is no table."""
    top, bottom = area.lines[0].top, max(line.bottom for line in area.lines)
    left, right = min(line.x0 for line in area.lines), max(line.x1 for line in area.lines)
    borders = _uprights(upright, (left, top, right, bottom))
    cuts = list(area.cuts) or _cuts(area, borders)
    if not cuts:
        return None
    made = rows(area.lines, cuts, area.levels, bool(area.cuts), area.banded, not area.sides, area.overleaf)
    while made and cuts and not area.cuts and (idle := _idle(made, len(cuts))):
        del cuts[min(max(idle), len(cuts) - 1)]
        made = rows(area.lines, cuts, area.levels)
    if not made or (not area.overleaf and not is_table(made, len(cuts) + 1, area)):
        return None
    first, last = area.sides or (left, right)
    made[-1].bottom = max(made[-1].bottom, area.foot)
    grid = _built(page, made, (first, *cuts, last), area.cut)
    return replace(grid, lines=tuple(_lines(area))) if area.overleaf else grid


def _lines(area: Area) -> Iterator[Text]:
    """The area's lines as they are read where it turns out to be no part of a table."""
    for line in area.lines:
        yield from letters.lines_of([word.chars for word in line.words])


def _cuts(area: Area, borders: Sequence[float]) -> list[float]:
    """The places between the columns, as upright rules, the header or all of the lines tell them."""
    over = _header(area)
    body = [line for line in area.lines if line not in over]
    told = [] if borders else in_turn(over, body)
    told = told or cleared(cuts_of(area.lines, borders, over), area.lines)
    return sorted([*told, *flush(over, body, told)])


def _header(area: Area) -> list[Line]:
    """The lines over the area's first rule, where they are in heavy type and hold several phrases."""
    above = [line for line in area.lines if area.levels and line.bottom <= area.levels[0].y + 1]
    return above if all(map(heavy, above)) and any(len(line.phrases) > 2 for line in above) else []


def _idle(made: Sequence[TableRow], cuts: int) -> set[int]:
    """The columns in which nothing stands by itself."""
    return set(range(cuts + 1)) - {piece.first for row in made for piece in row.pieces if piece.first == piece.last}


def _uprights(upright: Sequence[Thing], box: Box) -> list[float]:
    """The places of upright rules that part what stands in the box for at least half of its height."""
    lengths: dict[float, float] = {}
    for edge in upright:
        if box[0] + 4 < edge["x0"] < box[2] - 4:
            length = min(edge["bottom"], box[3]) - max(edge["top"], box[1])
            near = edge["x0"]
            if near not in lengths:  # no two of them are nearer
                near = next((x for x in lengths if abs(x - near) < 4), near)
            lengths[near] = lengths.get(near, 0.0) + max(length, 0.0)
    return [x for x, length in lengths.items() if length > 0.5 * (box[3] - box[1])]


def _built(page: int, made: Sequence[TableRow], edges: tuple[float, ...], cut: bool) -> Grid:
    columns = len(edges) - 1
    grid: list[tuple[Cell | None, ...]] = []
    borders = [made[0].top, *((a.bottom + b.top) / 2 for a, b in pairwise(made)), made[-1].bottom]
    bold = []
    for number, row in enumerate(made):
        top, bottom = borders[number], borders[number + 1]
        cells: list[Cell | None] = [None] * columns
        held = {column for piece in row.pieces for column in range(piece.first, piece.last + 1)}
        for column in {*range(columns)} - held:
            cells[column] = Cell("", page, (edges[column], top, edges[column + 1], bottom))
        for piece in row.pieces:
            box = (edges[piece.first], top, edges[piece.last + 1], bottom)
            cells[piece.first] = _cell(page, box, _spaced(piece.words), piece.last - piece.first + 1)
        grid.append(tuple(cells))
        inked = [char for piece in row.pieces for word in piece.words for char in word.chars]
        bold.append(bool(inked) and letters.bold(inked))
    box = (edges[0], borders[0], edges[-1], borders[-1])
    return Grid(page, box, tuple(grid), edges, tuple(bold), cut, inks=tuple(_inks(row, columns) for row in made))


def _cell(page: int, box: Box, held: list[Char], columns: int) -> Cell:
    text, paragraphs = letters.told(held)
    return Cell(text, page, box, 1, columns, paragraphs)


def _inks(row: TableRow, columns: int) -> tuple[Ink, ...]:
    """From where to where the text of each cell reaches; (0, 0) where there is none."""
    reach = {piece.first: (piece.x0, piece.x1) for piece in row.pieces}
    return tuple(reach.get(column, (0.0, 0.0)) for column in range(columns))


def _spaced(found: Sequence[Word]) -> list[Char]:
    """The words' letters with a blank after each word that no other touches."""
    chars: list[Char] = []
    begins = [(word.x0, word.bottom) for word in found]
    for word in found:
        last = word.chars[-1]
        chars += word.chars
        right, foot, near = word.x1, word.bottom, 0.1 * word.size
        if not [x for x, bottom in begins if -near < x - right < near and -1 < bottom - foot < 1]:
            chars.append(last._replace(text=" ", x0=last.x1, x1=last.x1 + 0.1))
    return chars
