"""Tables without rules whose every other row is shaded: where the shades begin and end, rows part."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from indexer.finder.area import ALIKE, Area, between, heavy, parted
from indexer.finder.banded import area
from indexer.finder.page import Thing
from indexer.finder.rules import Level, Rule
from indexer.finder.text import Line
from indexer.sheet import Grid

LOW, HIGH = 7.0, 0.4  # points, and of the page's height: a shade is a row's, and neither a rule nor a background
NARROW = 100.0  # points
ACROSS = 0.9  # of the width: a rule so long parts rows
TORN = 1.4  # of the size: so much room between two lines is between two tables
ROOM = 1.2  # of the size: so much above a shade is no row's own
EDGE = 0.9  # of the size: no more from a shade to the unshaded row beside it
CLOSE = 0.5  # of the size: lines of one row stand no farther apart


def areas(
    page_lines: Sequence[Line],
    shades: Sequence[Thing],
    levels: Sequence[Level],
    height: float,
    taken: Sequence[Grid],
) -> Iterator[Area]:
    """The lines on shades of one width and between them, where no table is found yet."""
    stacks = _stacks([shade for shade in shades if LOW < shade["height"] < HIGH * height])
    for table in (table for stack in stacks for table in _tables(stack, page_lines)):
        for chain in parted(_bounds(table, levels), page_lines):
            for part in _untorn(chain, page_lines):
                if found := area(part, page_lines, taken):
                    yield _whole(found, part, page_lines, taken)


def _whole(found: Area, part: Sequence[Rule], page_lines: Sequence[Line], taken: Sequence[Grid]) -> Area:
    """The area with the unshaded rows over its first shade and under its last, whose text may reach farther in its
    columns than that of the others; as it is where with them it would have fewer columns."""
    held = {id(word) for line in found.lines for word in line.words}
    first, last = part[0], part[-1]
    headed = all(map(heavy, between(page_lines, first, part[1])))
    over = [] if headed else _row(between(page_lines, replace(first, y=0.0), first)[::-1], first.y, held)
    under = _row(between(page_lines, last, replace(last, y=inf)), last.y, held)
    top = [replace(first, y=min(line.top for line in over) - ALIKE)] if over else []
    foot = [replace(last, y=max(line.bottom for line in under) + ALIKE)] if under else []
    for above, below in ((top, foot), (top, []), ([], foot)) if top and foot else ((top, foot),):
        more = area([*above, *part, *below], page_lines, taken) if above or below else None
        if more and len(more.cuts) >= len(found.cuts):
            return more
    return found


def _row(page_lines: Sequence[Line], y: float, held: Collection[int]) -> list[Line]:
    """The lines from a shade's edge on that stand as close as those of one row; [] for none with several cells, for
    those in heavy type, and where the words are `held` already."""
    found: list[Line] = []
    for line in page_lines:
        last = found[-1] if found else None
        apart = max(line.top, last.top) - min(line.bottom, last.bottom) if last else abs(_near(line, y) - y)
        if apart > (CLOSE if last else EDGE) * line.size:
            break
        found.append(line)
    told = any(len(line.phrases) > 1 for line in found) and not all(map(heavy, found))
    return found if told and any(id(word) not in held for line in found for word in line.words) else []


def _near(line: Line, y: float) -> float:
    return min(line.top, line.bottom, key=lambda edge: abs(edge - y))


def _untorn(chain: Sequence[Rule], page_lines: Sequence[Line]) -> Iterator[list[Rule]]:
    """The chain in parts, without stretches in which there is more room between two lines than within a row: they
    hold the end of one table and the beginning of the next."""
    part = [chain[0]]
    for above, below in pairwise(chain):
        band = between(page_lines, above, below)
        if any(b.top - a.bottom > TORN * b.size for a, b in pairwise(band)):
            yield part
            part = []
        part.append(below)
    yield part


def _stacks(shades: Sequence[Thing]) -> list[list[Thing]]:
    """Shades of one width, top to bottom; of those that lie on one another the first."""
    stacks: list[list[Thing]] = []
    for shade in sorted(shades, key=lambda each: (each["top"], -each["bottom"])):
        if shade["width"] < NARROW or not shade.get("fill"):
            continue
        mine = next((stack for stack in stacks if _alike(stack[-1], shade)), None)
        if mine is None:
            stacks.append([shade])
        elif shade["top"] >= mine[-1]["bottom"] - ALIKE:
            mine.append(shade)
    return [stack for stack in stacks if len(stack) > 1]


def _alike(one: Thing, other: Thing) -> bool:
    return bool(abs(one["x0"] - other["x0"]) <= ALIKE and abs(one["x1"] - other["x1"]) <= ALIKE)


def _tables(stack: Sequence[Thing], page_lines: Sequence[Line]) -> Iterator[list[Thing]]:
    """The stack in as many as it holds tables: a shade in the header's colour with more room above begins another."""
    first = stack[0]["non_stroking_color"]
    table = [stack[0]]
    for above, shade in pairwise(stack):
        if shade["non_stroking_color"] == first != above["non_stroking_color"]:
            rest = [line for line in page_lines if above["top"] <= line.top and line.bottom <= shade["top"] + 1]
            foot = max((line.bottom for line in rest), default=above["bottom"])
            if shade["top"] - max(foot, above["bottom"]) > ROOM * max((line.size for line in rest), default=LOW):
                yield table
                table = []
        table.append(shade)
    yield table


def _bounds(stack: Sequence[Thing], levels: Sequence[Level]) -> list[Rule]:
    """Where shades begin and end, and what else is ruled between, as rules."""
    x0, x1, top, bottom = stack[0]["x0"], stack[0]["x1"], stack[0]["top"], stack[-1]["bottom"]
    ruled = [level.y for level in levels if top < level.y < bottom and level.covers(x0, x1) > ACROSS]
    found: list[Rule] = []
    for y in sorted([*ruled, *(shade[side] for shade in stack for side in ("top", "bottom"))]):
        if not found or y - found[-1].y > ALIKE:
            found.append(Rule(y, x0, x1))
    return found
