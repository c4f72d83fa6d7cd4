"""Tables whose rows are parted by level rules in one piece, or by shades: each stretch between two is a row."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.finder.area import ALIKE, Area, between, crosses, heavy, is_taken, parted
from indexer.finder.around import foot, header
from indexer.finder.columns import clear_cuts
from indexer.finder.pieces import row_of
from indexer.finder.rows import keyed, single
from indexer.finder.rules import Level, Rule
from indexer.finder.text import Line
from indexer.sheet import Grid

NARROW = 60.0  # points
FEWEST = 3  # rules
FITTING = 0.8  # of the stretches: so many hold one row's text
FEWER = 0.5  # of the stretches: so many hold text in several columns


def areas(page_lines: Sequence[Line], levels: Sequence[Level], taken: Sequence[Grid]) -> Iterator[Area]:
    """The lines between rules of one width, under the last and over the first, where no table is found yet."""
    for chain in _chains(levels):
        for part in parted(chain, page_lines):
            if len(part) >= FEWEST and (found := area(part, page_lines, taken)):
                yield found


def area(part: Sequence[Rule], page_lines: Sequence[Line], taken: Sequence[Grid]) -> Area | None:
    """What stands between, over and under the rules, where each stretch between two of them may be a row."""
    inner = between(page_lines, part[0], part[-1])
    if is_taken(inner, (part[0].x0, part[0].x1), taken):
        return None
    bands = [between(inner, above, below) for above, below in pairwise(part)]
    if len(bands) < 2 or not all(bands):
        return None
    heading, body = _over(page_lines, part[0]), inner
    if not heading and all(map(heavy, bands[0])):
        heading, body = bands[0], [line for band in bands[1:] for line in band]
    cuts = tuple(clear_cuts(heading, body))
    if not cuts or any(crosses(line, cuts) for band in bands[1:] for line in band):
        return None
    edges = [*cuts, part[0].x1]
    made = [[row_of(line, cuts) for line in band] for band in bands]
    several = [any(len(row.pieces) > 1 for row in band) for band in made]
    if sum(several) < FEWER * len(several):
        return None
    one = [single(band, edges) for band in made]
    if sum(one) < FITTING * len(one) and not (len(made) > FEWEST and keyed(made)):
        return None
    over = header(page_lines, part, cuts, min(line.x0 for line in inner))
    under = foot(page_lines, part[-1], cuts)
    inside = part[0 if over else 1 : len(part) if under else -1]
    levels = tuple(Level(rule.y, (rule,)) for rule in inside)
    sides = part[0].x0, part[0].x1
    return Area((*over, *inner, *under), levels, True, cuts, cut=bool(under), banded=True, sides=sides)


def _chains(levels: Sequence[Level]) -> list[list[Rule]]:
    """Rules of one width."""
    chains: list[list[Rule]] = []
    for rule in (rule for level in levels for rule in level.rules if rule.x1 - rule.x0 >= NARROW):
        mine = next(
            (c for c in chains if abs(c[0].x0 - rule.x0) <= ALIKE and abs(c[0].x1 - rule.x1) <= ALIKE),
            None,
        )
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
