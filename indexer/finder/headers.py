"""The rows of a table's header, with what heads several columns."""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from indexer.finder.pieces import Piece, TableRow, figures
from indexer.finder.rules import Level
from indexer.text import letters

NEAR = 0.35  # of the size: lines that overlap by more are parts of one row
LEADING = 0.5  # of the size: lines farther apart are not of one paragraph
MIDDLE = 3.0  # points from the middle of a table to that of its title
FLUSH = 1.0  # points between texts that begin together
CENTRED = 0.08  # of a group's width: what heads it stands so near to its middle


def heads(bands: Sequence[Sequence[TableRow]]) -> int:
    """How many lines of the first band are the header."""
    first = bands[0]
    if len(bands) > 1 and not figures(first[-1]):
        return len(first)
    told = next((number for number, row in enumerate(first) if figures(row)), None)
    if told is None:
        return len(first) if len(bands) > 1 else 1
    return told


def levels_of(bands: Sequence[Sequence[TableRow]]) -> int:
    """How many of the bands are levels of the header: those in heavy type over all that is not."""
    found = sum(1 for _ in takewhile(lambda band: all(map(is_heavy, band)), bands))
    return found if found < len(bands) else 0


def heavy_lines(band: Sequence[TableRow]) -> int:
    """How many lines in heavy type the band begins with, where others stand below: a header and a table's first row;
    else all of them, or those before one with figures that stands apart."""
    apart = (n for n, (a, b) in enumerate(pairwise(band), 1) if figures(b) and b.top - a.bottom >= LEADING * b.size)
    return sum(1 for _ in takewhile(is_heavy, band)) or next(apart, len(band))


def is_heavy(row: TableRow) -> bool:
    return all(letters.bold(word.chars) for piece in row.pieces for word in piece.words)


def gathered(band: Sequence[TableRow]) -> list[TableRow]:
    """The band's lines with those that stand as close as those of one paragraph in one row; a title stays by itself,
    as does what heads several columns."""
    found: list[TableRow] = []
    for number, row in enumerate(band):
        _over_repeats(row, band[number + 1 :])
        close = found and row.top - found[-1].bottom < LEADING * row.size
        if close and (_wraps(found[-1], row) or not (found[-1].spans or row.spans)):
            found[-1].take(row)
        else:
            found.append(row)
    return found


def _wraps(above: TableRow, row: TableRow) -> bool:
    """Whether a line goes on with some of the texts above it, each of which begins where it does."""
    begins = [piece.x0 for piece in above.pieces]
    flush = all(any(abs(piece.x0 - x) <= FLUSH for x in begins) for piece in row.pieces)
    return flush and len(row.pieces) < len(above.pieces)


def header_rows(
    lines: list[TableRow],
    levels: Sequence[Level],
    cuts: Sequence[float],
    sides: tuple[float, float],
    more: Sequence[TableRow],
    repeated: Sequence[TableRow],
) -> list[TableRow]:
    """The header's rows: lines go together unless one of them heads several columns or a rule parts them. `more` lines
    of it stand below the next rule, and those that may be `repeated` under each of its heads."""
    found: list[TableRow] = []
    for number, line in enumerate(lines):
        line.header = True
        below = [*lines[number + 1 :], *more]
        if _is_title(line, below, levels, sides):
            line.pieces[0].first, line.pieces[0].last = 0, len(cuts)
            line.__post_init__()
        elif not _over_repeats(line, [*below, *repeated]):
            _widen(line, below, levels, cuts, sides)
        if found and not _parts(found[-1], line, levels):
            found[-1].take(line)
        else:
            found.append(line)
    return found


def _is_title(line: TableRow, below: Sequence[TableRow], levels: Sequence[Level], sides: tuple[float, float]) -> bool:
    """Whether the line's only text stands in the middle of the table, clear of the header's next line below."""
    if (
        len(line.pieces) != 1
        or not below
        or len(below[0].pieces) < 2
        or below[0].top - line.bottom < LEADING * line.size
    ):
        return False
    left, right = min([sides[0], *(level.x0 for level in levels)]), max([sides[1], *(level.x1 for level in levels)])
    return abs(line.pieces[0].x0 + line.pieces[0].x1 - left - right) <= 2 * MIDDLE


def _over_repeats(line: TableRow, below: Sequence[TableRow]) -> bool:
    """Let what heads several columns cover them where the texts below repeat, each time under the next of the line's:
    "Actual | Target | Actual | Target"."""
    row = max(below, key=lambda each: len(each.pieces), default=None)
    under = [piece for piece in row.pieces if piece.first > 0] if row else []
    over = [piece for piece in line.pieces if piece.first > 0 and under and piece.last >= under[0].first]
    groups = _repeated(under, len(over))
    middles = [(piece.x0 + piece.x1) / 2 for piece in over]
    if not groups or not all(g[0].x0 <= x <= g[-1].x1 for x, g in zip(middles, groups, strict=True) if len(g) > 1):
        return False
    for piece, group in zip(over, groups, strict=True):
        piece.first, piece.last = group[0].first, group[-1].last
    line.__post_init__()
    return True


def _repeated(under: Sequence[Piece], many: int) -> list[Sequence[Piece]]:
    """The texts in so many groups, of which the first two or more say the same and the others are single; or []."""
    for alike in range(many, 1, -1):
        count, rest = divmod(len(under) - (many - alike), alike)
        within = under[: count * alike]
        if count > 1 and not rest and all(a.text == b.text for a, b in zip(within, within[count:], strict=False)):
            return [
                *(under[at : at + count] for at in range(0, len(within), count)),
                *([p] for p in under[len(within) :]),
            ]
    return []


def _parts(above: TableRow, below: TableRow, levels: Sequence[Level]) -> bool:
    """Whether two lines of a header are two rows."""
    if below.top < above.bottom - NEAR * above.size:
        return False
    if any(
        above.top < level.y < (below.top + below.bottom) / 2 and level.y > (above.top + above.bottom) / 2
        for level in levels
    ):
        return True
    titled = len(above.pieces) == 1 and above.columns > below.columns and 0 not in below.columns
    if below.top - above.bottom > 1.0 * below.size or (titled and len(below.pieces) > 1):
        return True  # a title, over a header whose first cell is blank
    if _one_text(above, below):
        return False
    if above.spans:
        wide = [piece for piece in above.pieces if piece.last > piece.first]
        return not all(
            (own := below.at(column)) is None or (own.first, own.last) == (piece.first, piece.last)
            for piece in wide
            for column in range(piece.first, piece.last + 1)
        )
    return below.spans


def _one_text(above: TableRow, below: TableRow) -> bool:
    """Whether two lines that hold one text each are close and begin together: a title on two lines."""
    alone = len(above.pieces) == len(below.pieces) == 1
    close = below.top - above.bottom < LEADING * below.size
    return alone and close and abs(above.pieces[0].x0 - below.pieces[0].x0) <= FLUSH


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
