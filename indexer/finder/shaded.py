"""Tables without rules whose every other row is shaded: where the shades begin and end, rows part."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from indexer.finder.area import ALIKE, Area, between, crosses, heavy, parted, within
from indexer.finder.around import CLOSER
from indexer.finder.banded import area
from indexer.finder.page import Thing
from indexer.finder.rules import Level, Rule
from indexer.finder.text import Line
from indexer.sheet import Grid
from indexer.text.middle import median

LOW, HIGH = 7.0, 0.6  # points, and of the page's height: a shade is a row's, and neither a rule nor a background
NARROW = 100.0  # points
ACROSS = 0.9  # of the width: a rule so long parts rows
TORN = 1.4  # of the size: so much room between two lines is between two tables
ROOM = 1.2  # of the size: so much above a shade is no row's own
EDGE = 0.9  # of the size: no more from a shade to the unshaded row beside it
CLOSE = 0.5  # of the size: lines of one row stand no farther apart
LONE = 2  # borders: a shade by itself
FEWEST = 3  # columns: a shade by itself may be a heading's or a note's
BESIDE = 1.6  # of the size: lines of one table stand no farther apart


def areas(page_lines: Sequence[Line], drawn: Iterable[Sequence[Rule]], taken: Sequence[Grid]) -> Iterator[Area]:
    """The lines on shades of one width and between them, where no table is found yet."""
    for part in drawn:
        if found := _whole(part, page_lines, taken):
            yield replace(found, cut=False)  # that no rule closes it tells nothing: none parts its rows


def parts(
    page_lines: Sequence[Line], shades: Sequence[Thing], levels: Sequence[Level], height: float
) -> list[list[Rule]]:
    """Where the shades of one width begin and end, as rules, by the tables that they may be of."""
    stacks = _stacks(_joined([shade for shade in shades if LOW < shade["height"] < HIGH * height]))
    tables = [table for stack in stacks for table in _tables(stack, page_lines)]
    chains = [chain for table in tables for chain in parted(_bounds(table, levels), page_lines)]
    return [part for chain in chains for part in _untorn(chain, page_lines)]


def widened(part: Sequence[Rule], page_lines: Sequence[Line]) -> list[Rule]:
    """The borders with those of the unshaded rows beside them."""
    over, under = _neighbours(part, page_lines, set())
    return _bordered(over, part, under)


def _whole(part: Sequence[Rule], page_lines: Sequence[Line], taken: Sequence[Grid]) -> Area | None:
    """The rows between the shades, with the unshaded ones over the first and under the last, whose text may reach
    farther in its columns than that of the others; without these where with them it would have fewer columns."""
    found = area(part, page_lines, taken)
    if not found:
        return _lone(part, page_lines, taken) if len(part) == LONE else None
    held = {id(word) for line in found.lines for word in line.words}
    over, under = _neighbours(part, page_lines, held)
    for above, below in ((over, under), (over, []), ([], under)) if over and under else ((over, under),):
        more = area(_bordered(above, part, below), page_lines, taken) if above or below else None
        if more and len(more.cuts) >= len(found.cuts):
            return more
    return found


def _lone(part: Sequence[Rule], page_lines: Sequence[Line], taken: Sequence[Grid]) -> Area | None:
    """A shaded row with the unshaded one over it or under it, or both, where nothing else is close: with more rows it
    is one that stands out in a table without shades, or its header."""
    over, under = _neighbours(part, page_lines, set())
    if not over and not under:
        return None
    found = area(_bordered(over, part, under), page_lines, taken)
    if not found or len(found.cuts) + 1 < FEWEST:
        return None
    top, bottom = found.lines[0].top, max(line.bottom for line in found.lines)
    first, last = (over or between(page_lines, *part))[0].top, (under or between(page_lines, *part))[-1].bottom
    near = [
        line
        for line in page_lines
        if within(line, part[0]) and not crosses(line, found.cuts)
        and (first - BESIDE * line.size < line.bottom <= first or last <= line.top < last + BESIDE * line.size)
    ]  # fmt: skip
    return found if (top, bottom) == (first, last) and not near else None


def _bordered(over: Sequence[Line], part: Sequence[Rule], under: Sequence[Line]) -> list[Rule]:
    """The shades' borders with one over the rows above, and one under those below."""
    top = [part[0]._replace(y=min(line.top for line in over) - ALIKE)] if over else []
    foot = [part[-1]._replace(y=max(line.bottom for line in under) + ALIKE)] if under else []
    return [*top, *part, *foot]


def _neighbours(
    part: Sequence[Rule], page_lines: Sequence[Line], held: Collection[int]
) -> tuple[list[Line], list[Line]]:
    """The lines of the unshaded row over the first shade and under the last."""
    first, last = part[0], part[-1]
    bands = [(above, below, band) for above, below in pairwise(part) if (band := between(page_lines, above, below))]
    if not bands:
        return [], []
    pads = [(band[0].top - above.y, below.y - band[-1].bottom) for above, below, band in bands]
    headed = all(map(heavy, between(page_lines, first, part[1])))
    above = between(page_lines, first._replace(y=0.0), first)[::-1]
    over = [] if headed else _row(above, first.y, held, median(foot for _, foot in pads))
    return over[::-1], _row(
        between(page_lines, last, last._replace(y=inf)), last.y, held, median(top for top, _ in pads)
    )


def _row(page_lines: Sequence[Line], y: float, held: Collection[int], pad: float) -> list[Line]:
    """The lines from a shade's edge on that stand as close as those of one row; [] for those in heavy type, where the
    words are `held` already, and for one cell that does not stand from the shade as far as rows do."""
    found: list[Line] = []
    for line in page_lines:
        last = found[-1] if found else None
        apart = max(line.top, last.top) - min(line.bottom, last.bottom) if last else abs(_near(line, y) - y)
        if apart > (CLOSE if last else EDGE) * line.size or (last and heavy(last) != heavy(line)):
            break
        found.append(line)
    if not found or all(map(heavy, found)):
        return []
    one = abs(abs(_near(found[0], y) - y) - pad) <= CLOSER * found[0].size and not found[0].is_caption
    told = one or any(len(line.phrases) > 1 for line in found)
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


def _joined(shades: Sequence[Thing]) -> list[Thing]:
    """The shades, those of one row's cells that lie side by side as one, also where a rating has a colour."""
    found: list[Thing] = []
    for shade in sorted(shades, key=lambda each: (each["top"], each["bottom"], each["x0"])):
        last = found[-1] if found else None
        if last and shade["x0"] - last["x1"] <= ALIKE and _level(last, shade):
            found[-1] = last | {"x1": max(last["x1"], shade["x1"]), "width": max(last["x1"], shade["x1"]) - last["x0"]}
        else:
            found.append(shade)
    return found


def _level(one: Thing, other: Thing) -> bool:
    """Whether two shades begin and end at one height."""
    return bool(one["top"] == other["top"] and one["bottom"] == other["bottom"])


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
    return stacks


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
    whole = ACROSS * (x1 - x0)  # in one piece: cards side by side have rules of their own
    ruled = [y for y, rules in levels if top < y < bottom and any(min(r.x1, x1) - max(r.x0, x0) > whole for r in rules)]
    found: list[Rule] = []
    for y in sorted([*ruled, *(shade[side] for shade in stack for side in ("top", "bottom"))]):
        if not found or y - found[-1].y > ALIKE:
            found.append(Rule(y, x0, x1))
    return found
