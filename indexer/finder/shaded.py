"""Tables without rules whose every other row is shaded: where the shades begin and end, rows part."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.finder.area import ALIKE, Area, between, parted
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
                    yield found


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
