"""A table's rows with the columns of another page of it, on which more of them hold text."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.paper import Cell, Row
from indexer.sheet import Grid, Ink

NEAR = 3.0  # points that a text may stand over its column's border, or beside where the column's texts begin or end
NOWHERE: Ink = (0.0, 0.0)

Places = Mapping[int, tuple[int, int]]  # of each column that holds text, the first and the last that it is put under


def recut(grid: Grid, parts: Sequence[Grid]) -> Grid | None:
    """The grid with the columns of the table before it, of which these are the parts; None where one of its texts
    fits into none of them, or where most of them are aligned otherwise."""
    known, edges = _reach(parts), parts[-1].edges
    rows, inks = list[Row](), list[tuple[Ink, ...]]()
    for row, mine in zip(grid.rows, grid.inks, strict=True):
        wide = {column for column, cell in enumerate(row) if cell and (cell.columns > 1 or _alone(mine))}
        at = _fit(mine, known, edges, wide)
        if at is None:
            return None
        rows.append(_anew(row, at, edges))
        inks.append(_placed(mine, at, len(known)))
    found = replace(grid, rows=tuple(rows), edges=edges, inks=tuple(inks))
    both = [(one, other) for one, other in zip(known, _reach([found]), strict=True) if any(one) and any(other)]
    return found if sum(_aligned(*each) for each in both) * 2 >= len(both) else None


def widened(rows: Sequence[Row], parts: Sequence[Grid], grid: Grid) -> tuple[tuple[Row, ...], Grid] | None:
    """A table's rows, and the last of its parts, with the columns of the grid below, which has more; None where a
    column of theirs fits into none of these."""
    last, mine = parts[-1], _reach(parts)
    at = _fit(mine, _reach([grid]), grid.edges)
    if at is None or len(at) < len(mine):
        return None
    inks = tuple(_placed(row, at, len(grid.edges) - 1) for row in last.inks)
    whole, own = (tuple(_anew(row, _spread(row, at), grid.edges) for row in each) for each in (rows, last.rows))
    return whole, replace(last, rows=own, edges=grid.edges, inks=inks)


def _reach(parts: Sequence[Grid]) -> tuple[Ink, ...]:
    """From where to where the text of each column reaches in those parts that have as many as the last and are known
    by their text, without what lies over several columns, or may as it stands alone in its row."""
    found = [NOWHERE] * (len(parts[-1].edges) - 1)
    for part in (part for part in parts if part.inks and len(part.edges) == len(parts[-1].edges)):
        for row, inks in zip(part.rows, part.inks, strict=True):
            if _alone(inks):
                continue
            for column, (cell, ink) in enumerate(zip(row, inks, strict=True)):
                if cell and cell.columns == 1 and ink != NOWHERE:
                    x0, x1 = found[column] if found[column] != NOWHERE else ink
                    found[column] = (min(x0, ink[0]), max(x1, ink[1]))
    return tuple(found)


def _alone(inks: Sequence[Ink]) -> bool:
    """Whether one text alone stands in a row, as the name of a group of rows does."""
    return sum(ink != NOWHERE for ink in inks) == 1


def _fit(
    inks: Sequence[Ink], known: Sequence[Ink], edges: Sequence[float], wide: Collection[int] = ()
) -> Places | None:
    """Where the texts stand: each, but for those that are `wide`, beside the text of one of the known columns alone, or
    between its edges, and no two in one."""
    found: dict[int, tuple[int, int]] = {}
    for column, (x0, x1) in enumerate(inks):
        if (x0, x1) == NOWHERE:
            continue
        under = [c for c, (left, right) in enumerate(known) if x0 < right and left < x1]
        under = under or [c for c, (a, b) in enumerate(pairwise(edges)) if a - NEAR <= x0 and x1 <= b + NEAR][:1]
        if not under and column in wide:
            under = [c for c, (a, b) in enumerate(pairwise(edges)) if x0 < b - NEAR and a + NEAR < x1]
        taken = max((last for _, last in found.values()), default=-1)
        if not under or under[0] <= taken or (len(under) > 1 and column not in wide):
            return None
        found[column] = (under[0], under[-1])
    return found


def _aligned(one: Ink, other: Ink) -> bool:
    """Whether two texts begin, end, or have their middle at one place."""
    begin, end = one[0] - other[0], one[1] - other[1]
    return min(abs(begin), abs(end), abs(begin + end) / 2) <= NEAR


def _placed(inks: Sequence[Ink], at: Places, columns: int) -> tuple[Ink, ...]:
    known = {first: inks[column] for column, (first, last) in at.items() if first == last}
    return tuple(known.get(column, NOWHERE) for column in range(columns))


def _spread(row: Row, at: Places) -> Places:
    return {c: (at[c][0], at[c + cell.columns - 1][1]) for c, cell in enumerate(row) if cell}


def _anew(row: Row, at: Places, edges: Sequence[float]) -> Row:
    """The row with its texts under other columns, and blank cells between."""
    (page, top, bottom) = next((cell.page, cell.box[1], cell.box[3]) for cell in row if cell)
    found: list[Cell | None] = [Cell("", page, (left, top, right, bottom)) for left, right in pairwise(edges)]
    for column, (first, last) in at.items():
        if cell := row[column]:
            found[first : last + 1] = [None] * (last + 1 - first)
            box = (edges[first], cell.box[1], edges[last + 1], cell.box[3])
            found[first] = replace(cell, box=box, columns=last - first + 1)
    return tuple(found)
