"""The room between lines: how much of it parts the rows of a table, where no rules do."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from indexer.finder.headers import NEAR
from indexer.finder.pieces import TableRow, figures
from indexer.finder.text import is_figure
from indexer.kinds import kind_of

JUMP = 0.25  # of the size: so much less room is there within rows than between them,
SHARP = 0.12  # or so much, where the room within rows is even
EVEN = 0.4  # points
TOUCHING = 0.1  # of the size: lines of a paragraph overlap by no more
ABREAST = 0.8  # of the lines that begin rows: so many stand in several columns
OFTEN = 3  # rows, and columns
OFF = 0.3  # of the size: texts stand so near to halfway down their row
COMPLETE = 0.9  # of the cells of rows that are told by the room between them


def close(lines: Sequence[TableRow]) -> float | None:
    """The room under which lines are one row, where lines stand either close or clearly apart."""
    size = lines[0].size
    apart = [(a, b) for a, b in pairwise(lines) if b.top - a.bottom > -NEAR * size]
    gaps = sorted([*(b.top - a.bottom for a, b in apart), *_within(lines)])
    if len(gaps) < 2:
        return None
    steps = sorted((b - a, (a + b) / 2) for a, b in pairwise(gaps))
    even = len(steps) < 2 or steps[-2][0] < EVEN
    if steps[-1][0] < (SHARP if even else JUMP) * size:
        return None
    limit = (
        _begun_abreast(lines)
        or centred(lines)
        or complete(lines, [y for step, y in steps if step >= JUMP * size and y > steps[-1][1]])
    )
    limit = limit or steps[-1][1]
    after = [b for a, b in apart if b.top - a.bottom < limit]
    begun = [id(b) for a, b in pairwise(lines) if a.columns == {0} and (own := b.at(0)) and own.text[:1].islower()]
    begun += [
        id(b)
        for a, b, c in _threes(lines)
        if a.columns == c.columns and max(b.top - a.bottom, c.top - b.bottom) < limit
    ]
    full = [
        b
        for a, b in apart
        if b.top - a.bottom < limit and 0 in b.columns and figures(b) and 2 * len(b.columns) > max(2, len(a.columns))
    ]
    full = [line for line in full if id(line) not in begun]
    under = [b for a, b in pairwise(lines) if b.top - a.bottom < limit and figures_below([a, b])]
    told = max(len(full), len(under)) * 4 <= len(after) and (not even or not _two_keys(lines, limit))
    return limit if told else None


def limits_of(lines: Sequence[TableRow]) -> list[float]:
    """What lies between the kinds of room that stand between lines."""
    gaps = sorted(b.top - a.bottom for a, b in pairwise(lines))
    return [(a + b) / 2 for a, b in pairwise(gaps) if b - a >= JUMP * lines[0].size]


def _begun_abreast(lines: Sequence[TableRow]) -> float | None:
    """The least room within which nearly all lines that have more above begin in several columns, as those of rows do,
    and those of paragraphs do not."""
    for limit in _limits(lines):
        begin = [len(row[0].columns) > 1 for row in _parted(lines, limit)[1:]]
        if begin and sum(begin) >= ABREAST * len(begin):
            return limit
    return None


def _limits(lines: Sequence[TableRow]) -> list[float]:
    """What lies between the kinds of room between lines, from the least on that is more than cells have within."""
    foot: dict[int, float] = {}
    least = inf
    for piece in (piece for line in lines for piece in line.pieces):
        room = piece.top - foot.get(piece.first, -inf)
        least = min(least, room) if room > -TOUCHING * piece.words[0].size else least
        foot[piece.first] = piece.bottom
    return [limit for limit in limits_of(lines) if limit > least]


def are_several(lines: Sequence[TableRow]) -> bool:
    """Whether lines with more room above than others begin in several columns so often that they are no paragraphs."""
    limit = _begun_abreast(lines)
    if limit is None:
        return False
    return sum(b.top - a.bottom > limit and len(b.columns) >= OFTEN for a, b in pairwise(lines)) >= OFTEN


def centred(lines: Sequence[TableRow]) -> float | None:
    """The least room of those over which rows are parted so that all texts of each stand halfway down it, some of them
    in fewer lines than others."""
    for limit in _limits(lines):
        rows = [_reaches(row) for row in _parted(lines, limit)]
        several = sum(len(row) > 1 for row in rows) >= ABREAST * len(rows) > ABREAST
        halfway = several and all(_halfway(row, lines[0].size) for row in rows)
        if halfway and any(_uneven(row, lines[0].size) for row in rows):
            return limit
    return None


def _parted(lines: Sequence[TableRow], limit: float) -> list[list[TableRow]]:
    """The lines in rows, between which there is more room than the limit; [] where one would be several rows."""
    rows = [[lines[0]]]
    for line in lines[1:]:
        if line.top - max(each.bottom for each in rows[-1]) > limit:
            rows.append([])
        rows[-1].append(line)
    return [] if any(map(figures_below, rows)) else rows


def _reaches(row: Sequence[TableRow]) -> list[tuple[float, float]]:
    """From where to where the texts of each column of a row reach down."""
    found: dict[int, tuple[float, float]] = {}
    for piece in (piece for line in row for piece in line.pieces):
        top, bottom = found.get(piece.first, (inf, -inf))
        found[piece.first] = min(top, piece.top), max(bottom, piece.bottom)
    return list(found.values())


def _halfway(row: Sequence[tuple[float, float]], size: float) -> bool:
    """Whether all that stands in a row has its middle at one height."""
    middles = [(top + bottom) / 2 for top, bottom in row]
    return max(middles) - min(middles) <= OFF * size


def _uneven(row: Sequence[tuple[float, float]], size: float) -> bool:
    """Whether one text of a row is higher than another."""
    heights = [bottom - top for top, bottom in row]
    return max(heights) - min(heights) > OFF * size


def complete(lines: Sequence[TableRow], limits: Sequence[float]) -> float | None:
    """The room of those over which rows are parted so that something stands in each column of nearly each; cells may
    be set in paragraphs."""
    columns = {column for line in lines for column in line.columns}
    for limit in sorted(limits):
        rows = [{column for line in row for column in line.columns} for row in _parted(lines, limit)]
        if len(rows) > 1 and sum(map(len, rows)) >= COMPLETE * len(rows) * len(columns):
            return limit
    return None


def _two_keys(lines: Sequence[TableRow], limit: float) -> bool:
    """Whether references stand above one another in what would be one row."""
    held = 0
    for above, line in pairwise([lines[0], *lines]):
        held = (held if line.top - above.bottom < limit else 0) + is_keyed(line)
        if held > 1:
            return True
    return False


def is_keyed(line: TableRow) -> bool:
    key = line.at(0)
    return key is not None and kind_of(key.text) == "reference"


def _threes(lines: Sequence[TableRow]) -> Iterator[tuple[TableRow, TableRow, TableRow]]:
    return zip(lines, lines[1:], lines[2:], strict=False)


def _within(lines: Sequence[TableRow]) -> Iterator[float]:
    """The room between two lines of a cell, halfway down which the row's other cells stand, on a line between them."""
    for above, line, below in _threes(lines):
        beside = above.bottom > line.top + NEAR * line.size and line.bottom > below.top + NEAR * line.size
        if beside and above.columns & below.columns and not above.columns & line.columns:
            yield below.top - above.bottom


def figures_below(band: Sequence[TableRow]) -> bool:
    """Whether two columns of figures, or the band's only one, hold several above one another: more rows than one."""
    pieces = [piece for row in band for piece in row.pieces]
    held = Counter(piece.first for piece in pieces)
    told = Counter(piece.first for piece in pieces if is_figure(piece.text))
    counts = {column: count for column, count in told.items() if count * 2 >= held[column]}
    return sum(count > 1 for count in counts.values()) >= min(2, len(counts)) > 0
