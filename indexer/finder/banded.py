"""Tables whose rows are parted by level rules in one piece, or by shades: each stretch between two is a row."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.finder.area import ALIKE, Area, Cuts, between, crosses, heavy, is_taken, parted
from indexer.finder.around import foot, header
from indexer.finder.columns import clear_cuts
from indexer.finder.headers import LEADING
from indexer.finder.pieces import row_of
from indexer.finder.rows import keyed, single
from indexer.finder.rules import Level, Rule
from indexer.finder.text import Line
from indexer.sheet import Grid

NARROW = 60.0  # points
LEAST = 2  # rules, with a header over the first
COLUMNS = 3  # of such a header
FEWEST = 3  # stretches: of fewer no column tells that each is a row
FITTING = 0.8  # of the stretches: so many hold one row's text
FEWER = 0.5  # of the stretches: so many hold text in several columns


def areas(page_lines: Sequence[Line], drawn: Iterable[Sequence[Rule]], taken: Sequence[Grid]) -> Iterator[Area]:
    """The lines between rules of one width, under the last and over the first, where no table is found yet."""
    for part in drawn:
        if found := area(part, page_lines, taken):
            yield found


def parts(page_lines: Sequence[Line], levels: Sequence[Level]) -> list[list[Rule]]:
    """The rules of one width by the tables that they may be of."""
    return [part for chain in _chains(levels) for part in parted(chain, page_lines)]


def area(part: Sequence[Rule], page_lines: Sequence[Line], taken: Sequence[Grid]) -> Area | None:
    """What stands between, over and under the rules, where each stretch between two of them may be a row; one alone
    only under a header of several columns."""
    inner = between(page_lines, part[0], part[-1])
    if len(part) < LEAST or is_taken(inner, (part[0].x0, part[0].x1), taken):
        return None
    bands = [between(inner, above, below) for above, below in pairwise(part)]
    heading = _over(page_lines, part[0])
    headed = any(len(line.phrases) >= COLUMNS for line in heading)
    if not all(bands) or (len(bands) < 2 and not headed):
        return None
    rest = bands
    if not heading and all(map(heavy, bands[0])):
        heading, rest = bands[0], bands[1:]
    cuts = tuple(clear_cuts(heading, [line for band in rest for line in band]))
    if (
        not cuts
        or any(crosses(line, cuts) for band in rest for line in band)
        or not _are_rows(bands, cuts, part[0].x1, headed)
    ):
        return None
    over = _header(page_lines, part, cuts, inner)
    under = foot(page_lines, part[-1], cuts)
    if over or under:  # what stands there may tell more columns, or reach farther in them, than the rows between
        heads = heading or [line for line in over if heavy(line)]
        body = [line for band in (*rest, under) for line in band]
        moved = tuple(clear_cuts(heads, [*(line for line in over if not heavy(line)), *body]))
        wider = any(crosses(line, cuts) for line in (*over, *under))
        if len(moved) > len(cuts) or (wider and len(moved) == len(cuts)):
            cuts = moved
        elif any(crosses(line, cuts) for line in under):
            under = []
    inside = part[0 if over else 1 : len(part) if under else -1]
    apart = [
        part[-1]._replace(y=(a.bottom + b.top) / 2) for a, b in pairwise(under) if b.top - a.bottom > LEADING * b.size
    ]
    levels = tuple(Level(rule.y, (rule,)) for rule in (*inside, *apart))
    sides = part[0].x0, part[0].x1
    return Area((*over, *inner, *under), levels, True, cuts, cut=bool(under), banded=True, sides=sides)


def _header(page_lines: Sequence[Line], part: Sequence[Rule], cuts: Cuts, inner: Sequence[Line]) -> list[Line]:
    """The header over the first rule: in the columns of the rows, or where its words are wider than what stands below
    them, in as many that it parts as they do."""
    left = min(line.x0 for line in inner)
    found, more = header(page_lines, part, cuts, left), header(page_lines, part, (), left)
    moved = clear_cuts([], [*more, *inner]) if len(more) > len(found) else []
    fits = len(moved) >= len(cuts) > 0 and not any(crosses(line, tuple(moved)) for line in more)
    return more if fits else found


def _are_rows(bands: Sequence[Sequence[Line]], cuts: Cuts, right: float, headed: bool) -> bool:
    """Whether enough of the stretches hold one row's text, and in several columns, a header over them counted."""
    made = [[row_of(line, cuts) for line in band] for band in bands]
    several = [any(len(row.pieces) > 1 for row in band) for band in made]
    if sum(several) + headed < FEWER * len(several):
        return False
    one = [single(band, [*cuts, right]) for band in made]
    return sum(one) >= FITTING * len(one) or (len(made) >= FEWEST and keyed(made))


def _chains(levels: Sequence[Level]) -> list[list[Rule]]:
    """Rules of one width."""
    chains: list[list[Rule]] = []
    for rule in (rule for level in levels for rule in level.rules if rule.x1 - rule.x0 >= NARROW):
        mine = next((c for c in chains if abs(c[0].x0 - rule.x0) <= ALIKE and abs(c[0].x1 - rule.x1) <= ALIKE), None)
        if mine is None:
            chains.append([rule])
        else:
            mine.append(rule)
    return chains


def _over(page_lines: Sequence[Line], rule: Rule) -> list[Line]:
    """The heavy lines just over a rule."""
    found: list[Line] = []
    y = rule.y
    for line in reversed(between(page_lines, Rule(0.0, rule.x0, rule.x1), rule)):
        if y - line.bottom > line.size or not heavy(line):
            break
        found.append(line)
        y = line.top
    while found and len(found[-1].phrases) < 2:
        found.pop()
    return found
