"""Lines of a table into rows: header rows with what heads several columns, and rows of one line or more."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.finder.rules import Level
from indexer.finder.text import GAP, Line, Word, is_figure, is_year, phrases

NEAR = 0.35  # of the size: lines that overlap by more are parts of one row
WRAPPED = 1.5  # of the size: so much of a column may be blank at its right
MOST = 0.8  # of the stretches between rules: if each of so many is one row, all are
LEADING = 0.5  # of the size: lines farther apart are not of one paragraph
CENTRED = 0.08  # of a group's width: what heads it stands so near to its middle


@dataclass
class Piece:
    """A cell in the making: its first and last column and its words."""

    first: int
    last: int
    words: list[Word]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return min(word.x0 for word in self.words)

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)


@dataclass
class TableRow:
    """A row in the making: its pieces, and from where to where it goes."""

    pieces: list[Piece]
    top: float
    bottom: float
    size: float
    header: bool = False
    columns: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = {column for piece in self.pieces for column in range(piece.first, piece.last + 1)}

    @property
    def spans(self) -> bool:
        return any(piece.last > piece.first for piece in self.pieces)

    def at(self, column: int) -> Piece | None:
        return next((piece for piece in self.pieces if piece.first <= column <= piece.last), None)

    def take(self, other: "TableRow") -> None:
        """Put another row's pieces under this one's."""
        for piece in other.pieces:
            mine = [own for own in self.pieces if own.first <= piece.last and piece.first <= own.last]
            if mine:
                mine[0].words += piece.words
                mine[0].first, mine[0].last = min(mine[0].first, piece.first), max(mine[0].last, piece.last)
                for own in mine[1:]:
                    mine[0].words += own.words
                    mine[0].last = max(mine[0].last, own.last)
                    self.pieces.remove(own)
            else:
                self.pieces.append(piece)
        self.pieces.sort(key=lambda piece: piece.first)
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)
        self.columns |= other.columns


def rows(
    lines: Sequence[Line], cuts: Sequence[float], levels: Sequence[Level], jointed: bool = False, banded: bool = False
) -> list[TableRow]:
    """The rows, top to bottom. `levels` are the rules inside the table; `jointed`: they were drawn cell by cell;
    `banded`: each stretch between them is one row."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    full = [level.y for level in levels if level.covers(left, right) > 0.8]
    bands: list[list[TableRow]] = [[] for _ in range(len(full) + 1)]
    for line in lines:
        middle = (line.top + line.bottom) / 2
        bands[sum(y < middle for y in full)].append(_row(line, cuts))
    bands = [band for band in bands if band]
    if not bands:
        return []
    heads = len(bands[0]) if jointed and len(bands) > 1 else _heads(bands)
    found: list[TableRow] = []
    edges = [*cuts, right]
    one = [_one_row(band) or (jointed and _paragraphs(band, edges)) for band in bands[1:]]
    ruled = banded or (len(bands) > 3 and (sum(one) >= MOST * len(one) if jointed else all(one)))
    for number, band in enumerate(bands):
        if number == 0:
            head, body = band[:heads], band[heads:]
            head = _gathered(head) if jointed else head
            found += _header(head, levels, cuts, (left, right))
        else:
            body = band
        if body:
            whole = ruled and not (jointed and _figures_below(body))
            whole = whole or (jointed and number > 0 and _paragraphs(body, edges))
            found += _whole(body) if whole else _body(body, cuts, right)
    return found


def _row(line: Line, cuts: Sequence[float]) -> TableRow:
    pieces: list[Piece] = []
    for phrase in _parted(line.words, cuts):
        first, last = _column(phrase[0].x0, phrase[0].x1, cuts), _column(phrase[-1].x0, phrase[-1].x1, cuts)
        if pieces and pieces[-1].last >= first:
            pieces[-1].words += phrase
            pieces[-1].last = max(last, pieces[-1].last)
        else:
            pieces.append(Piece(first, last, list(phrase)))
    return TableRow(pieces, line.top, line.bottom, line.size)


def _parted(words: Sequence[Word], cuts: Sequence[float]) -> list[list[Word]]:
    """The line's words in phrases, parted at cuts where there is some room."""
    found: list[list[Word]] = []
    for phrase in phrases(words, GAP):
        found.append([phrase[0]])
        for before, after in pairwise(phrase):
            room = after.x0 - before.x1 > 0.36 * after.size
            if room and any(before.x1 - 1 <= cut <= after.x0 + 1 for cut in cuts):
                found.append([after])
            else:
                found[-1].append(after)
    return found


def _column(x0: float, x1: float, cuts: Sequence[float]) -> int:
    middle = (x0 + x1) / 2
    return sum(cut < middle for cut in cuts)


def _heads(bands: Sequence[Sequence[TableRow]]) -> int:
    """How many lines of the first band are the header."""
    first = bands[0]
    if len(bands) > 1 and not _figures(first[-1]):
        return len(first)
    told = next((number for number, row in enumerate(first) if _figures(row)), None)
    if told is None:
        return len(first) if len(bands) > 1 else 1
    return told


def _figures(row: TableRow) -> bool:
    """Whether most of what stands beside the first column is figures; a row of years is a header."""
    beside = [piece for piece in row.pieces if piece.first > 0]
    figures = [piece for piece in beside if is_figure(piece.text)]
    years = [piece for piece in beside if is_year(piece.text)]
    return len(figures) * 2 >= len(beside) and len(figures) > 0 and len(years) < len(beside)


def _one_row(band: Sequence[TableRow]) -> bool:
    """Whether nothing says that the band has more than one row: no column holds two figures."""
    if len(band) < 2 or sum(len(row.columns) > 1 for row in band) <= 1 or _overlapping(band):
        return True
    figures = [piece.first for row in band for piece in row.pieces if is_figure(piece.text)]
    if figures:
        return len(figures) == len(set(figures)) and len(band) < 6
    return all(row.columns < band[0].columns for row in band[1:])


def _gathered(band: Sequence[TableRow]) -> list[TableRow]:
    """The band's lines with those that stand as close as those of one paragraph in one row."""
    found: list[TableRow] = []
    for row in band:
        if found and row.top - found[-1].bottom < LEADING * row.size:
            found[-1].take(row)
        else:
            found.append(row)
    return found


def _figures_below(band: Sequence[TableRow]) -> bool:
    """Whether two columns, or the band's only one with figures, hold figures above one another: more rows than one."""
    figures = Counter(piece.first for row in band for piece in row.pieces if is_figure(piece.text))
    return sum(count > 1 for count in figures.values()) >= min(2, len(figures)) > 0


def _paragraphs(band: Sequence[TableRow], edges: Sequence[float]) -> bool:
    """Whether in each column stands one paragraph: lines that are close, and have no room for the next one's first
    word; and no column holds two figures."""
    if any(b.top - a.bottom > LEADING * b.size for a, b in pairwise(band)) or _figures_below(band):
        return False
    wrapped = [
        _full(above, piece, edges, WRAPPED)
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


def _header(
    lines: list[TableRow], levels: Sequence[Level], cuts: Sequence[float], sides: tuple[float, float]
) -> list[TableRow]:
    """The header's rows: lines go together unless one of them heads several columns or a rule parts them."""
    found: list[TableRow] = []
    for number, line in enumerate(lines):
        line.header = True
        below = lines[number + 1 :]
        _widen(line, below, levels, cuts, sides)
        if found and not _parts(found[-1], line, levels):
            found[-1].take(line)
        else:
            found.append(line)
    return found


def _parts(above: TableRow, below: TableRow, levels: Sequence[Level]) -> bool:
    """Whether two lines of a header are two rows."""
    if below.top < above.bottom - NEAR * above.size:
        return False
    if any(
        above.top < level.y < (below.top + below.bottom) / 2 and level.y > (above.top + above.bottom) / 2
        for level in levels
    ):
        return True
    if below.top - above.bottom > 1.0 * below.size:
        return True
    if above.spans:
        wide = [piece for piece in above.pieces if piece.last > piece.first]
        return not all(
            (own := below.at(piece.first)) is None or (own.first, own.last) == (piece.first, piece.last)
            for piece in wide
        )
    return below.spans


def _widen(
    line: TableRow,
    below: Sequence[TableRow],
    levels: Sequence[Level],
    cuts: Sequence[float],
    sides: tuple[float, float],
) -> None:
    """Let what heads several columns cover them: those over the rule below it, or those that it is centred over."""
    edges = [sides[0], *cuts, sides[1]]
    taken = {column for row in below for column in row.columns}
    for piece in line.pieces:
        middle = (piece.x0 + piece.x1) / 2
        under = [
            rule for level in levels if 0 < level.y - line.bottom + 2 < 1.2 * line.size
            for rule in level.rules
            if rule.x0 - 2 <= middle <= rule.x1 + 2 and rule.x1 - rule.x0 < 0.8 * (sides[1] - sides[0])
        ]  # fmt: skip
        if under:
            rule = under[0]
            covered = [
                c
                for c in range(len(edges) - 1)
                if rule.x0 - 4 <= (max(edges[c], rule.x0) + min(edges[c + 1], rule.x1)) / 2 <= rule.x1 + 4
                and min(edges[c + 1], rule.x1) - max(edges[c], rule.x0)
                > 0.5 * min(edges[c + 1] - edges[c], rule.x1 - rule.x0)
            ]
            if covered and all((own := line.at(c)) is None or own is piece for c in covered):
                piece.first, piece.last = min(piece.first, covered[0]), max(piece.last, covered[-1])
                continue
        first, last = piece.first, piece.last
        while first > 1 and line.at(first - 1) is None and first - 1 in taken:
            first -= 1
        while last < len(edges) - 2 and line.at(last + 1) is None and last + 1 in taken:
            last += 1
        best = _centred(piece, first, last, below)
        if best:
            piece.first, piece.last = best
    line.__post_init__()


def _centred(piece: Piece, first: int, last: int, below: Sequence[TableRow]) -> tuple[int, int] | None:
    """The most columns from `first` to `last` around a piece that it stands in the middle of."""
    middle = (piece.x0 + piece.x1) / 2
    ink: dict[int, tuple[float, float]] = {}
    for row in below:
        for each in row.pieces:
            if each.first == each.last:
                known = ink.get(each.first, (each.x0, each.x1))
                ink[each.first] = (min(known[0], each.x0), max(known[1], each.x1))
    choices = []
    for start in range(first, piece.first + 1):
        for end in range(piece.last, last + 1):
            if end > start and start in ink and end in ink:
                x0, x1 = ink[start][0], ink[end][1]
                if abs((x0 + x1) / 2 - middle) <= CENTRED * (x1 - x0):
                    choices.append((end - start, (start, end)))
    return max(choices)[1] if choices else None


def _body(lines: list[TableRow], cuts: Sequence[float], right: float) -> list[TableRow]:
    """The rows of a body: a line that goes on with what the line above began belongs to it."""
    close = _close(lines)
    found: list[TableRow] = []
    last: TableRow | None = None
    for line in lines:
        if found and last and _goes_on(found[-1], last, line, close, [*cuts, right]):
            found[-1].take(line)
        else:
            found.append(line)
        last = line
    return found


def _close(lines: Sequence[TableRow]) -> float | None:
    """The room under which lines are one row, where lines stand either close or clearly apart."""
    size = lines[0].size
    gaps = sorted(gap for a, b in pairwise(lines) if (gap := b.top - a.bottom) > -NEAR * size)
    if len(gaps) < 2:
        return None
    jumps = [(b - a, (a + b) / 2) for a, b in pairwise(gaps) if b - a > 0.25 * size]
    if not jumps:
        return None
    limit = max(jumps)[1]
    after = [b for a, b in pairwise(lines) if b.top - a.bottom < limit]
    full = [line for line in after if 0 in line.columns and len(line.columns) > 1 and _figures(line)]
    under = [b for a, b in pairwise(lines) if b.top - a.bottom < limit and _figures_below([a, b])]
    return limit if max(len(full), len(under)) * 4 <= len(after) else None


def _goes_on(row: TableRow, above: TableRow, line: TableRow, close: float | None, edges: Sequence[float]) -> bool:
    gap = line.top - above.bottom
    if gap < -NEAR * line.size:
        return True
    if close is not None:
        return gap < close
    if gap > 0.8 * line.size or (_figures(line) and 0 not in line.columns and len(line.pieces) > 1):
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
            and _full(before, own, edges)
        )
    return all(
        (before := row.at(piece.first)) is not None and before.last == piece.last and _full(before, piece, edges)
        for piece in line.pieces
    ) and not any(is_figure(piece.text) and is_figure(above_text(row, piece)) for piece in line.pieces)


def above_text(row: TableRow, piece: Piece) -> str:
    above = row.at(piece.first)
    return above.text if above else ""


def _full(above: Piece, below: Piece, edges: Sequence[float], blank: float = 0.5) -> bool:
    """Whether the line above had no room for the first word below, as a column keeps `blank` of the size free."""
    foot = max(word.bottom for word in above.words)
    end = max(word.x1 for word in above.words if word.bottom > foot - 3)
    word = below.words[0]
    return end + 0.25 * word.size + (word.x1 - word.x0) > edges[above.last] - blank * word.size
