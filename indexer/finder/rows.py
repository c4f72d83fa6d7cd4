"""Lines of a table into rows: header rows with what heads several columns, and rows of one line or more."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from indexer.finder.headers import LEADING, NEAR, gathered, header_rows, heads, heavy_lines, is_heavy, levels_of
from indexer.finder.pieces import Piece, TableRow, figures, is_full, row_of
from indexer.finder.rooms import are_several, centred, close, complete, figures_below, is_keyed, limits_of
from indexer.finder.rules import Level
from indexer.finder.text import WIDE, Line, is_figure, is_year, phrases

WRAPPED = 1.5  # of the size: so much of a column may be blank at its right
MOST = 0.8  # of the stretches between rules: if each of so many is one row, all are
OFTEN = 3  # rows: two figures in what was taken for one cell are two columns' where so many rows have them
MORE = 0.25  # of the size: so much more room than the least between two lines parts rows
OPEN = 0.4  # of a column's width: a rule over no more leaves the cell open


def rows(
    lines: Sequence[Line],
    cuts: Sequence[float],
    levels: Sequence[Level],
    jointed: bool = False,
    banded: bool = False,
    headed: bool = False,
    headless: bool = False,
) -> list[TableRow]:
    """The rows, top to bottom; [] where they cannot be told. `levels` are the rules inside the table; `jointed`: they
    were drawn cell by cell; `banded`: each stretch between them is one row; `headed`: only the header is told from the
    body; `headless`: the header is overleaf."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = [level for level in levels if jointed or level.covers(left, right) > 0.8]
    bands, over = _bands(lines, cuts, full)
    if not bands:
        return []
    edges = [*cuts, right]
    lone = jointed and not headed and len(bands) == 1 and _lone(bands[0], edges)
    heavy = jointed and (len(bands) > 1 or all(map(is_heavy, bands[0])))
    headless = headless or (len(bands) == 1 and is_keyed(bands[0][0]) and not is_heavy(bands[0][0]))
    first = 0 if headless or lone else heavy_lines(bands[0]) if heavy else heads(bands)
    one = [single(band, edges) if jointed else _one_row(band) for band in bands[1:]]
    rows_alone = sum(one) >= MOST * len(one) or _named_once(bands[1:]) if jointed else all(one)
    ruled = banded or (len(bands) > (2 if jointed else 3) and rows_alone)
    deep = levels_of(bands) if jointed else 0
    heading = deep if banded else 0
    made: list[list[TableRow]] = []
    for number, band in enumerate(bands):
        at = first if number == 0 else len(band) if number < heading else 0
        head, body = band[:at], band[at:]
        head = gathered(head) if jointed else head
        more, under = ([row for each in bands[number + 1 : last] for row in each] for last in (heading, deep))
        found = header_rows(head, levels, cuts, (left, right), more, under)
        if body:
            whole = ruled and not (jointed and (figures_below(body) or are_several(body)))
            whole = whole or lone or (jointed and number > 0 and (_paragraphs if headed else single)(body, edges))
            whole = whole and not (len(bands) == 2 and (centred(body) or complete(body, limits_of(body))))
            found += _whole(body) if whole else _body(body, cuts, right)
        made.append(found)
    if jointed and not headed and not banded:
        _span(made, over, [left, *edges])
    found = [row for band in made for row in band]
    unruled = headed or len(bands) == 1
    unsure = unruled and (any(map(_stacked, found)) or sum(map(_beside, found)) >= OFTEN or _torn(found))
    return [] if unsure else found


def _beside(row: TableRow) -> bool:
    """Whether two figures stand far from one another on the only line of what was taken for one cell."""
    told = [piece.words for piece in row.pieces if piece.first == piece.last > 0]
    told = [words for words in told if all(is_figure(word.text) for word in words)]
    return any(len(phrases(words, WIDE)) > 1 and words[-1].top < words[0].bottom for words in told)


def _torn(made: Sequence[TableRow]) -> bool:
    """Whether figures stand in rows that have no reference, as the others do, but go on with the label above: they are
    the ends of figures that were broken in narrow columns."""
    keyed = sum(map(is_keyed, made))
    rest = [row for row in made if row.pieces and 0 not in row.columns and figures(row)]
    return sum(row.pieces[0].text[0].islower() or row.pieces[0].text[0] == "(" for row in rest) > 1 and keyed > 1


def _stacked(row: TableRow) -> bool:
    """Whether figures stand above one another in two of the row's columns, or two of them side by side in what was
    taken for one: it is two rows that could not be told."""
    return sum(_figures_abreast(piece) for piece in row.pieces if piece.first > 0) > 1


def _figures_abreast(piece: Piece) -> int:
    """How many figures stand side by side in a piece of several lines that holds nothing else."""
    feet = {round(word.bottom) for word in piece.words}
    told = len(feet) > 1 and all(is_figure(word.text) for word in piece.words)
    return len(piece.words) // len(feet) if told else 0


def _bands(
    lines: Sequence[Line], cuts: Sequence[float], full: Sequence[Level]
) -> tuple[list[list[TableRow]], list[Level]]:
    """The lines between the rules, where there are any, and for all but the first of these the rule over them."""
    bands: list[list[TableRow]] = [[] for _ in range(len(full) + 1)]
    for line in lines:
        middle = line.middle
        bands[sum(level.y < middle for level in full)].append(row_of(line, cuts))
    held = [number for number, band in enumerate(bands) if band]
    return [bands[number] for number in held], [full[number - 1] for number in held[1:]]


def _span(bands: Sequence[list[TableRow]], over: Sequence[Level], edges: Sequence[float]) -> None:
    """Put together what stands in a cell that the rule between two bands leaves open."""
    began = dict.fromkeys(range(len(edges) - 1), bands[0][-1])
    for level, band in zip(over, bands[1:], strict=True):
        closed = [level.covers(x0, x1) > OPEN for x0, x1 in pairwise(edges)]
        for column, shut in enumerate(closed):
            if shut or sum(closed) * 2 < len(closed):  # of fewer it is a coloured cell's edge
                began[column] = band[-1]
            elif (piece := band[0].at(column)) and piece.first == piece.last:
                row = began[column]
                mine = row.at(column)
                if mine is None or (mine.last == column and piece.top - mine.bottom < LEADING * row.size):
                    band[0].give(piece, row)


def _one_row(band: Sequence[TableRow]) -> bool:
    """Whether nothing says that the band has more than one row: no column holds two figures."""
    if len(band) < 2 or sum(len(row.columns) > 1 for row in band) <= 1 or _overlapping(band):
        return True
    held = [piece.first for row in band for piece in row.pieces if is_figure(piece.text)]
    if held:
        return len(held) == len(set(held)) and len(band) < 6
    return all(row.columns < band[0].columns for row in band[1:])


def _lone(band: Sequence[TableRow], edges: Sequence[float]) -> bool:
    """Whether all that stands between two rules is one row of several lines, and no header over rows."""
    return len(band) > 1 and not is_heavy(band[0]) and single(band, edges)


def single(band: Sequence[TableRow], edges: Sequence[float]) -> bool:
    """Whether the band may be one row: no two columns hold figures above one another, nor the first references, no line
    with several cells has more room above than is usual, and of the cells of those lines at most half stand below such
    as had room for more, and no text alone begins under a figure in the first column."""
    if any(map(_anew, band, band[1:])):
        return False
    if len(band) < 2 or sum(len(row.columns) > 1 for row in band) <= 1 or _overlapping(band):
        return True
    gaps = [b.top - a.bottom for a, b in pairwise(band)]
    usual = min(max(min(gaps), 0.0), LEADING * band[0].size) + MORE * band[0].size
    keyed = sum(is_keyed(row) and len(row.columns) > 1 for row in band) > 1
    if (
        keyed
        or figures_below(band)
        or any(gap > usual and len(row.columns) > 1 for gap, row in zip(gaps, band[1:], strict=True))
    ):
        return False
    held: dict[int, Piece] = {}
    anew = []
    for number, row in enumerate(band):
        if number and len(row.columns) > 1:
            full = [is_full(held[p.first], p, edges, WRAPPED) for p in row.pieces if p.first in held]
            anew.append(1 - sum(full) / max(len(full), 1))
        held |= {piece.first: piece for piece in row.pieces}
    return sum(anew) * 2 <= len(anew)


def _anew(above: TableRow, row: TableRow) -> bool:
    """Whether all that a line holds is a phrase in the first column, with a figure above it that needs no more."""
    over, own = above.at(0), row.at(0)
    told = over is not None and is_figure(over.text) and not is_year(over.text)
    return told and own is not None and len(row.pieces) == 1 and own.text[0].isupper()


def keyed(bands: Sequence[Sequence[TableRow]]) -> bool:
    """Whether a column beside the first holds one line of text in each band: then each is one row, however short the
    lines of its other cells are."""
    keys = {column for row in bands[0] for column in row.columns if column > 0}
    for band in bands:
        held = Counter(piece.first for row in band for piece in row.pieces)
        keys = {column for column in keys if held[column] == 1}
    return bool(keys) and not any(map(figures_below, bands))


def _named_once(bands: Sequence[Sequence[TableRow]]) -> bool:
    """Whether the first column holds no more than one line in a band, its first: then each is one row, of several
    paragraphs."""
    first = [[row for row in band if row.at(0)] for band in bands]
    at_top = all(held[0] is band[0] for band, held in zip(bands, first, strict=True) if held)
    counts = set(map(len, first))
    return at_top and 1 in counts and max(counts) == 1 and not any(map(figures_below, bands))


def _paragraphs(band: Sequence[TableRow], edges: Sequence[float]) -> bool:
    """Whether in each column stands one paragraph: lines that are close, and have no room for the next one's first
    word; and no column holds two figures."""
    if any(b.top - a.bottom > LEADING * b.size for a, b in pairwise(band)) or figures_below(band):
        return False
    wrapped = [
        is_full(above, piece, edges, WRAPPED)
        for a, b in pairwise(band)
        for piece in b.pieces
        if (above := a.at(piece.first))
    ]
    return sum(wrapped) >= MOST * len(wrapped)


def _overlapping(band: Sequence[TableRow]) -> bool:
    return all(b.top < a.bottom - NEAR * a.size for a, b in pairwise(band))


def _whole(band: Sequence[TableRow]) -> list[TableRow]:
    for other in band[1:]:
        band[0].take(other)
    return [band[0]]


def _body(lines: list[TableRow], cuts: Sequence[float], right: float) -> list[TableRow]:
    """The rows of a body: a line that goes on with what the line above began belongs to it."""
    room = close(lines)
    listed = len(cuts) == 1 and all(is_keyed(line) for line in lines if line.at(0))
    found: list[TableRow] = []
    last: TableRow | None = None
    for line in lines:
        under = listed and not line.at(0)  # a text of several lines beside its reference
        if found and last and (under or _goes_on(found[-1], last, line, room, [*cuts, right])):
            found[-1].take(line)
        else:
            found.append(line)
        last = line
    return found


def _goes_on(row: TableRow, above: TableRow, line: TableRow, room: float | None, edges: Sequence[float]) -> bool:
    gap = line.top - above.bottom
    if gap < -NEAR * line.size:
        return not figures_below([row, line])
    if room is not None:
        held = [own.bottom for piece in line.pieces if (own := row.at(piece.first)) and piece.first > 0]
        return gap < room and line.top - min(held, default=above.bottom) < room
    if gap > 0.8 * line.size or (figures(line) and 0 not in line.columns and len(line.pieces) > 1):
        return False
    if 0 in line.columns:
        # the first column's second line: all of it, and begun in the middle of a phrase
        own, before = line.at(0), above.at(0)
        return (
            len(line.columns) == 1
            and own is not None
            and before is not None
            and before.last == 0
            and own.last == 0
            and (own.text[:1].islower() or own.text[:1] in "(&")
            and is_full(before, own, edges)
        )
    return all(
        (before := row.at(piece.first)) is not None
        and before.last == piece.last
        and is_full(before, piece, edges)
        and not (is_figure(piece.text) and is_figure(before.text))
        for piece in line.pieces
    )
