"""Whether rows are a table's, and not running text, a list, a form, an index or a chart's."""

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.finder.area import Area
from indexer.finder.headers import is_heavy
from indexer.finder.pieces import Piece, TableRow, is_full
from indexer.finder.text import LEADER, PROSE, is_figure, is_year
from indexer.kinds import kind_of

FEWEST_LINES = 6  # of text above others in a column: fewer do not tell running text
KEYED = 0.8  # of the rows of two texts: so many begin with a reference
FILLED = 0.7  # of such lines
TALL = 2.0  # of the size: what is higher has several lines
LETTERS = re.compile(r"[^\W\d_]")
TELEPHONE = re.compile(r"\(?0\d{2,5}\)?[ -]?\d{3,4}[ -]?\d{3,4}")
AXIS = re.compile(r"-?\d+(\.\d+)?")


def is_table(made: Sequence[TableRow], columns: int, area: Area) -> bool:
    """Whether the rows are a table's and not running text, a list, a form or an index."""
    full = [row for row in made if sum(not LEADER.fullmatch(piece.text) for piece in row.pieces) > 1]
    least = 1 if area.sides and _headed(made[0], columns) else 2
    lettered = any(LETTERS.search(piece.text) for row in made for piece in row.pieces)
    if len(full) < least or columns < 2 or not lettered or _axis(made) or _prose(made, area):
        return False
    if area.framed:
        return len(full) * 3 >= len(made)
    return _named(made) and not _labelled(made) and _is_told(made, full, columns, bool(area.levels))


def _is_told(made: Sequence[TableRow], full: Sequence[TableRow], columns: int, ruled: bool) -> bool:
    """Whether rows that no rules enclose hold enough figures, and little running text."""
    cells = [piece for row in made for piece in row.pieces if piece.first > 0]
    figures = sum(is_figure(piece.text) and not TELEPHONE.fullmatch(piece.text) for piece in cells) / max(len(cells), 1)
    prose = sum(len(piece.words) > PROSE for piece in cells) / max(len(cells), 1)
    if columns == 2:
        return len(full) > 3 and (_keyed(full) or (figures > 0.6 and not _index(made)))
    if prose > 0.25 and not ruled:
        return False
    return len(full) * 2 >= len(made) and (figures > 0.35 or ruled) and len(full) > 2


def _keyed(full: Sequence[TableRow]) -> bool:
    """Whether rows of two texts begin with a reference each, "KPI002", and not with a paragraph's number."""
    return sum(kind_of(row.pieces[0].text) == "reference" for row in full) >= KEYED * len(full)


def _prose(made: Sequence[TableRow], area: Area) -> bool:
    """Whether the rows are lines of running text in columns: nearly each fills its column, as far as lines there do,
    so that the first word of the next has no room in it. Cells of several lines are none, nor are rows with a rule
    between them, but for rows that only `banded` tells."""
    pairs = [
        (column, above, below)
        for a, b in pairwise(made)
        if area.banded or not any(a.bottom <= level.y <= b.top for level in area.levels)
        for column in sorted(a.columns & b.columns)
        if (above := a.at(column)) and (below := b.at(column)) and above.first == above.last == below.first
        if area.banded or (_is_line(above) and _is_line(below))
    ]
    if len(pairs) < FEWEST_LINES:
        return False
    ends: dict[int, float] = {}
    for row in made:
        for piece in row.pieces:
            if piece.first == piece.last:
                ends[piece.first] = max(ends.get(piece.first, 0.0), piece.x1)
    edges = [ends.get(column, 0.0) for column in range(max(ends) + 1)]
    filled = [
        len(above.words) > 1
        and not (is_figure(above.text) or is_figure(below.text))
        and is_full(above, below, edges, 0.0)
        for _, above, below in pairs
    ]
    return sum(filled) > FILLED * len(filled)


def _is_line(piece: Piece) -> bool:
    return piece.bottom - piece.top < TALL * piece.words[0].size


def _headed(first: TableRow, columns: int) -> bool:
    """Whether the first row is a header in heavy type over most of several columns."""
    return len(first.pieces) * 2 > columns > 2 and is_heavy(first)


def _named(made: Sequence[TableRow]) -> bool:
    """Whether the rows begin with what they are about: bare figures at the left, with no words beside them, are the
    axis of a chart."""
    body = [row.pieces for row in made[1:] if row.pieces]
    bare = [first for first, *rest in body if first.first == 0 and is_figure(first.text) and not is_year(first.text)
            and not (rest and LETTERS.search(rest[0].text) and not is_figure(rest[0].text))]  # fmt: skip
    return len(bare) * 2 <= len(body)


def _labelled(made: Sequence[TableRow]) -> bool:
    """Whether the rows are a form's, or the lines of a cover: most begin with a label that ends in a colon."""
    first = [row.pieces[0].text for row in made if row.pieces]
    return sum(text.rstrip().endswith(":") for text in first) * 2 > len(first)


def _axis(made: Sequence[TableRow]) -> bool:
    """Whether the figures at the left fall in equal steps: those of a chart's upright axis."""
    texts = [row.pieces[0].text for row in made if row.pieces and row.pieces[0].first == 0]
    scale = [float(text) for text in texts if AXIS.fullmatch(text)]
    steps = {round(a - b, 6) for a, b in pairwise(scale)}
    return len(scale) > 3 and len(scale) * 2 > len(texts) and len(steps) == 1 and min(steps) > 0


def _index(made: Sequence[TableRow]) -> bool:
    """Whether it is a list of contents: whole numbers that rise, at dotted lines or not."""
    numbers = [row.pieces[-1].text for row in made if len(row.pieces) > 1]
    whole = [int(number) for number in numbers if number.isdigit()]
    return len(whole) * 5 >= len(numbers) * 4 and whole == sorted(whole)
