"""Tables with upright rules alone: their rows part where the pieces of rules meet, or else as their text tells."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.paper import Box
from indexer.finder.area import Area, crosses
from indexer.finder.edges import SAME, drawn
from indexer.finder.page import Thing
from indexer.finder.rules import Level, Rule
from indexer.finder.text import Line, Word, lines
from indexer.text.middle import median

EXACT = 1.0  # points: pieces of one rule, and their ends, lie so near to one another
PARTED = 4  # heights at which the rules of a table drawn cell by cell end, at the least
FEWEST = 2  # rules in one piece
OPEN = 2  # times as many heights without a level rule as with one
PILED = 3  # lines of several texts between two level rules: they are several rows
FILLED = 0.6  # of the rows: so many hold words on both sides of a rule
UNPARTED = 0.2  # of the lines: more of them with two texts between two rules, and not all columns are ruled
WORDED = 4  # words of a text: so many may be a line of running text
PADDING = 2.0  # points between a side that is not drawn and the words


@dataclass(slots=True)
class Stack:
    """Upright rules that begin and end together: for each height the places of the rules that end there, and the level
    rules that they cross."""

    ends: dict[float, list[float]] = field(default_factory=dict)
    level: list[Level] = field(default_factory=list)

    @property
    def heights(self) -> list[float]:
        return sorted(self.ends)

    @property
    def places(self) -> list[float]:
        return sorted({x for ended in self.ends.values() for x in ended})

    @property
    def box(self) -> Box:
        return self.places[0], self.heights[0], self.places[-1], self.heights[-1]

    @property
    def parted(self) -> bool:
        """Whether its rules are drawn row by row."""
        return len(self.ends) >= PARTED


def stacks(edges: Sequence[Thing], level: Sequence[Level], written: Sequence[Word]) -> list[Stack]:
    """The stacks that are tables without level rules, or with few, as those under a header; each alone at its heights,
    for nothing tells where the one begins and the other ends."""
    found = [stack for stack in _stacks(edges) if stack.parted or len(stack.places) >= FEWEST]
    for stack in found:
        x0, top, x1, bottom = stack.box
        stack.level = [each for each in level if top - SAME < each.y < bottom + SAME and _meets(each, x0, x1)]
    alone = [stack for stack in found if not any(_abreast(stack, other) for other in found if other is not stack)]
    held = ((stack, _inside(stack, written)) for stack in alone)
    return [stack for stack, inside in held if _open(stack, inside) and _divides(stack, inside)]


def rows(found: Sequence[Stack], written: Sequence[Word]) -> Iterator[Thing]:
    """The level lines between the rows of stacks that are drawn row by row, and their sides, as far as no word stands
    across them."""
    for stack in found:
        if stack.parted:
            yield from _closed(stack, _inside(stack, written))


def areas(page_lines: Sequence[Line], found: Sequence[Stack]) -> Iterator[Area]:
    """What stands between rules in one piece, and at both sides of them."""
    for stack in found:
        x0, top, x1, bottom = stack.box
        inner = tuple(line for line in page_lines if top < line.middle < bottom)
        if not stack.parted and len(inner) > 1:
            inside = [each for each in stack.level if top + SAME < each.y < bottom - SAME]
            joints = [Level(y, (Rule(y, x0, x1),)) for y in stack.heights[1:-1] if not _is_ruled(stack, y)]
            ordered = tuple(sorted([*inside, *joints]))
            yield Area(inner, ordered, inner[0].heavy, tuple(stack.places), cut=True)


def divided(area: Area, found: Sequence[Stack]) -> Area:
    """The area with the columns of the rules that it lies between, where they are as many as it has, or more."""
    for stack in found:
        _, top, _, bottom = stack.box
        inside = top < area.lines[0].middle and area.lines[-1].middle < bottom
        if (
            inside
            and len(stack.places) >= len(area.cuts)
            and not any(crosses(line, tuple(stack.places)) for line in area.lines)
        ):
            return replace(area, cuts=tuple(stack.places))
    return area


def _stacks(edges: Sequence[Thing]) -> list[Stack]:
    """The upright rules by the heights that they share, as far as their pieces hang together."""
    by_place: dict[float, list[tuple[float, float]]] = {}
    for edge in sorted(edges, key=lambda edge: float(edge["x0"])):
        if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > SAME:
            last = next(reversed(by_place), None)
            place = last if last is not None and edge["x0"] - last <= EXACT else edge["x0"]
            by_place.setdefault(place, []).append((edge["top"], edge["bottom"]))
    found: list[Stack] = []
    for place, pieces in by_place.items():
        for run in _runs(pieces):
            stack = next((stack for stack in found if _shared(stack, run) > 1), None)
            if stack is None:
                stack = Stack()
                found.append(stack)
            for height in run:
                at = next((each for each in stack.ends if abs(each - height) <= EXACT), height)
                stack.ends.setdefault(at, []).append(place)
    return found


def _runs(pieces: Sequence[tuple[float, float]]) -> Iterator[list[float]]:
    """The heights at which the pieces of one rule begin and end, for each stretch of it that hangs together."""
    heights: list[float] = []
    for top, bottom in sorted(pieces):
        if heights and top > heights[-1] + EXACT:
            yield heights
            heights = []
        heights += [height for height in (top, bottom) if not heights or height > heights[-1] + EXACT]
    yield heights


def _shared(stack: Stack, heights: Sequence[float]) -> int:
    return sum(any(abs(height - each) <= EXACT for each in stack.ends) for height in heights)


def _abreast(one: Stack, other: Stack) -> bool:
    return one.box[1] < other.box[3] and other.box[1] < one.box[3]


def _meets(level: Level, x0: float, x1: float) -> bool:
    return any(rule.x0 < x1 + SAME and rule.x1 > x0 - SAME for rule in level.rules)


def _is_ruled(stack: Stack, height: float) -> bool:
    return any(abs(each.y - height) <= SAME for each in stack.level)


def _open(stack: Stack, inside: Sequence[Word]) -> bool:
    """Whether few of its rows, or none, are parted by level rules."""
    inner = stack.heights[1:-1]
    if stack.parted:
        ruled = sum(_is_ruled(stack, height) for height in inner)
        return OPEN * ruled <= len(inner) - ruled
    if not stack.level:
        return True
    several = [line for line in lines(inside) if len(line.phrases) > 1]
    return (
        max(Counter(sum(each.y < line.middle for each in stack.level) for line in several).values(), default=0) >= PILED
    )


def _inside(stack: Stack, written: Sequence[Word]) -> list[Word]:
    _, top, _, bottom = stack.box
    return [word for word in written if top < word.middle < bottom]


def _divides(stack: Stack, inside: Sequence[Word]) -> bool:
    """Whether words stand at both sides of its rules, and no two texts beside one another between two of them."""
    x0, _, x1, _ = stack.box
    if not any(word.x1 <= x0 + 1 for word in inside) or not any(word.x0 >= x1 - 1 for word in inside):
        return False
    held = lines(inside)
    parted = [
        [any(a[-1].x1 - 1 <= x <= b[0].x0 + 1 for x in stack.places) for a, b in pairwise(line.phrases)]
        for line in held
    ]
    if sum(not all(each) for each in parted) > UNPARTED * len(held):
        return False
    if not stack.parted:
        return True
    texts = [phrase for line in held for phrase in line.phrases]
    if sum(len(phrase) >= WORDED for phrase in texts) > FILLED * len(texts) and len(stack.ends) > len(held):
        return False  # running text in columns, with a piece of rule beside each line
    rows = [[(word.x0 + word.x1) / 2 for word in inside if a < word.middle < b] for a, b in pairwise(stack.heights)]
    return sum(any(min(row) < x < max(row) for x in stack.places) for row in rows if row) >= FILLED * len(rows)


def _sides(stack: Stack, inside: Sequence[Word]) -> tuple[float, float]:
    """Where the table begins and ends: where the rules at its heights do, or else its words."""
    ends = [rule for each in stack.level for rule in each.rules if _meets(Level(each.y, (rule,)), *stack.box[::2])]
    x0 = min([rule.x0 for rule in ends] + [word.x0 - PADDING for word in inside])
    return x0, max([rule.x1 for rule in ends] + [word.x1 + PADDING for word in inside])


def _closed(stack: Stack, inside: Sequence[Word]) -> Iterator[Thing]:
    """What the table leaves out: its sides, and a level line at each height where no word stands across it."""
    heights, sides = stack.heights, _sides(stack, inside)
    size = median(word.size for word in inside)
    for side in sides:
        yield drawn("v", side, side, heights[0], heights[-1])
    for height in heights:
        across = [word for word in inside if abs(word.middle - height) < 0.25 * size]
        for x0, x1 in pairwise([sides[0], *sorted(stack.ends[height]), sides[1]]):
            if not any(x0 < (word.x0 + word.x1) / 2 < x1 for word in across):
                yield drawn("h", x0, x1, height, height)
