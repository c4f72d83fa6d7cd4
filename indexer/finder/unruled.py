"""Tables that no grid of rules encloses: between level rules, on shaded rows, or by their columns alone."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from math import inf

from corpus.paper import Box
from indexer.finder import abreast, banded, framed, headed, jointed, overleaf, runs, shaded, upright
from indexer.finder.area import ALIKE, Area, crosses, halves, meets
from indexer.finder.around import lead
from indexer.finder.built import built
from indexer.finder.edges import shades
from indexer.finder.framed import between
from indexer.finder.headers import LEADING
from indexer.finder.page import Page, Thing
from indexer.finder.rules import Level, Rule
from indexer.finder.text import Line, Word, lines
from indexer.sheet import Grid

CLOSE = 2.2  # of the size: more room between a title and its table, and it is none
FEWEST = 3  # columns, where one line alone shows them
LONGEST_TITLE = 3  # lines
COLOURS = ("red", "amber", "green", "r", "a", "g", "●")  # in coloured cells beside the figures


def find(
    page: Page,
    edges: Sequence[Thing],
    drawn: Sequence[Level],
    free: Sequence[Line],
    taken: Sequence[Box],
    begun: Sequence[Grid],
    boxes: Sequence[Box] = (),
    stacks: Sequence[upright.Stack] = (),
) -> list[Grid]:
    """The tables in the lines that are `free`, with the level rules that are `drawn`, outside of the boxes that are
    `taken`; grids that are `begun` go on, and `boxes` hold level rules alone, `stacks` upright ones."""
    several = [line for line in free if len(line.phrases) > 1]
    if not several or (len(several) == 1 and len(several[0].phrases) < FEWEST):
        return []
    level = [each for each in drawn if not any(_crosses(each, box) for box in taken)]
    standing = [edge for edge in edges if edge["orientation"] == "v"]
    shade = shades(page)
    heads = framed.headers(free, _unshaded(level, shade))
    chains = jointed.chains(level)
    jointly = jointed.parts(free, chains, level)
    on_shades, between_rules = shaded.parts(free, shade, level, page.height), banded.parts(free, level)
    left = list(free)
    found: list[Grid] = []
    for area in chain(  # one after the other: each is told what those before it have found
        framed.boxed(left, level, boxes),
        jointed.areas(left, jointly, found),
        shaded.areas(left, on_shades, found),
        banded.areas(left, between_rules, found),
        jointed.areas(left, jointly, found, lone=True),
        jointed.begun(left, jointly, found),
        framed.begun(left, begun),
        framed.areas(left, level, heads),
    ):
        if grid := _free(page, _headed(_jointed(area, jointly), begun), standing, found):
            found.append(grid)
            gone = {id(word) for line in area.lines for word in line.words}
            left = [line for line in left if not any(id(word) in gone for word in line.words)]
    if found:  # there are fewer lines than there were
        jointly = jointed.parts(left, chains, level)
        on_shades, between_rules = shaded.parts(left, shade, level, page.height), banded.parts(left, level)
    unjointed = ((part, ()) for part in chain((shaded.widened(part, left) for part in on_shades), between_rules))
    parts = chain(jointed.several(jointly, found), unjointed)
    sides = abreast.sides(left, level)
    by_type = chain.from_iterable(map(headed.areas, sides))
    by_room = chain.from_iterable(runs.areas(side, level, framed.headers(side, level)) for side in sides)
    unmarked = (half for area in chain(by_type, by_room) for half in halves(area))
    overleaves = jointed.overleaf(left, jointly, found), overleaf.areas(left, parts, found), headed.cut_off(left)
    for area in chain(unmarked, upright.areas(left, stacks), *overleaves, overleaf.aligned(left, level, found)):
        if grid := _free(page, upright.divided(area, stacks), standing, found):
            found.append(grid)
    return found


def _headed(area: Area, begun: Sequence[Grid]) -> Area:
    """The area with the columns of the ruled cells that its first line stands in, where they are as many as it has, or
    more, and no word crosses their borders."""
    first = area.lines[0]
    for grid in begun:
        cuts = grid.edges[1:-1]
        held = grid.box[1] < first.middle < grid.box[3] and grid.box[0] - 2 < first.x0 and first.x1 < grid.box[2] + 2
        if held and len(cuts) >= len(area.cuts) > 0 and not any(crosses(line, cuts) for line in area.lines):
            return replace(area, cuts=cuts)
    return area


def _jointed(area: Area, drawn: Sequence[jointed.Part]) -> Area:
    """The area with the columns of the pieces that a rule within it was drawn in, where they are as many as it has, or
    more, and no word crosses their borders."""
    first, last = area.lines[0].top, area.lines[-1].bottom
    for _, part, cuts, _ in drawn:
        inside = area.sides and _same(area.sides, (part[0].x0, part[0].x1)) and first < part[0].y < last
        if inside and len(cuts) >= len(area.cuts) > 0 and not any(crosses(line, cuts) for line in area.lines):
            return replace(area, cuts=cuts)
    return area


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) <= ALIKE for a, b in zip(one, other, strict=True))


def _free(page: Page, area: Area, standing: Sequence[Thing], found: Sequence[Grid]) -> Grid | None:
    """The area as a grid; None where it is no table, or meets one that is found: then most need not be built."""
    left, right = area.sides or (min(line.x0 for line in area.lines), max(line.x1 for line in area.lines))
    least = left, area.lines[0].top, right, area.lines[-1].bottom
    if meets(least, found):
        return None
    grid = built(page.page_number, area, standing)
    return None if grid and meets(grid.box, found) else grid


def outside(found: Sequence[Word], taken: Sequence[Box]) -> list[Line]:
    """The words outside of the boxes as lines."""
    free = list(found)
    for x0, top, x1, bottom in taken:
        free = [word for word in free if not (top <= word.middle < bottom and x0 <= (word.x0 + word.x1) / 2 < x1)]
    return lines(free)


def title(grid: Grid, free: Sequence[Line]) -> str:
    """The caption just above a grid, or the line in heavy type; "" where there is neither."""
    x0, top, x1, _ = grid.box
    found: list[Line] = []
    for line in reversed([line for line in free if line.bottom <= top + 2 and line.x0 < x1 and line.x1 > x0]):
        if top - line.bottom > CLOSE * line.size or len(found) == LONGEST_TITLE:
            break
        found.insert(0, line)
        top = line.top
        if line.is_caption:
            return " ".join(word.text for each in found for word in each.words)
    wrapped = found[-1:] if found and found[-1].heavy else []
    while wrapped and len(wrapped) < len(found) and _wraps(found[-len(wrapped) - 1], wrapped[0]):
        wrapped = found[-len(wrapped) - 1 :]
    return " ".join(word.text for line in wrapped for word in line.words)


def _wraps(above: Line, line: Line) -> bool:
    """Whether a title in heavy type goes on from one line to the next."""
    alike = above.heavy and abs(above.x0 - line.x0) <= ALIKE and abs(above.size - line.size) <= ALIKE / 4
    return alike and line.top - above.bottom < LEADING * line.size


def goes_on(grid: Grid, free: Sequence[Line], level: Sequence[Level], tops: Sequence[float]) -> bool:
    """Whether the line below a grid, or a header above it, stands in its columns, or the next level rule there was
    drawn in their pieces: only some of its rows are ruled. A rule at the `tops` of grids is of another table."""
    x0, top, x1, bottom = grid.box
    rule = Rule(bottom, x0, x1)
    below = between(free, bottom - 2, inf, rule)
    lower = next((each for each in level if below and each.y > below[0].bottom), None)
    if lower and _drawn_alike(grid, lower) and not any(abs(lower.y - top) <= ALIKE for top in tops):
        return True
    row = [line for line in below if line.top < below[0].bottom]  # of cells of several lines, and of one beside them
    if row and row[0].top - bottom <= 1.2 * row[0].size and any(_fits(line, grid) for line in row):
        return True
    above = [line for line in lead(between(free, 0.0, top + 2, rule), top) if len(line.phrases) > 1]
    return any(_fits(line, grid) for line in above) and not any(crosses(line, grid.edges) for line in above)


def _drawn_alike(grid: Grid, level: Level) -> bool:
    """Whether a level rule reaches as far as a grid, in pieces that meet at the borders of its columns."""
    x0, _, x1, _ = grid.box
    mine = [rule for rule in level.rules if _same((rule.x0, rule.x1), (x0, x1))]
    joints = [x for rule in mine for x in rule.joints]
    return len(joints) > 1 and all(any(abs(x - edge) <= ALIKE for edge in grid.edges) for x in joints)


def labelled_beside(grid: Grid, free: Sequence[Line]) -> bool:
    """Whether a grid of figures has the label of each of its rows outside, to its left: only some of the table's
    columns are ruled."""
    told = ([cell.text for cell in row if cell and cell.text.lower() not in ("", *COLOURS)] for row in grid.rows)
    first = [texts[0] for texts in told if texts]
    if 2 * sum(text.strip("£(-+<>≥≤ ")[:1].isdigit() for text in first) <= len(first):
        return False
    boxes = [next(cell.box for cell in row if cell) for row in grid.rows if any(row)]
    left = [line for line in free if line.x0 < grid.box[0] and line.words[0].x1 <= grid.box[0] + 2]
    return all(any(top < line.middle < bottom for line in left) for _, top, _, bottom in boxes)


def _fits(line: Line, grid: Grid) -> bool:
    enough = len(line.phrases) > 1 and len(line.phrases) * 2 >= len(grid.edges) - 1
    return enough and not crosses(line, grid.edges)


def _unshaded(level: Sequence[Level], shaded: Sequence[Thing]) -> list[Level]:
    """The levels without those where shades begin: no line over one is a header for that."""
    tops = {round(shade["top"]) + near for shade in shaded for near in (-1, 0, 1)}
    return [each for each in level if round(each.y) not in tops]


def _crosses(level: Level, box: Box) -> bool:
    return box[1] - 3 <= level.y <= box[3] + 3 and level.x0 < box[2] and level.x1 > box[0]
