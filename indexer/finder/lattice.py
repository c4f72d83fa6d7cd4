"""The cells that level and upright lines enclose, as pdfplumber's `find_tables` finds them with its own settings, but
at a fraction of the cost."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from corpus.paper import Box

SNAP = 3.0  # points: lines nearer than this are one line, where they touch
SURE = 1.0  # points: lines that are all within this are one line, wherever they lie
JOIN = 3.0  # points: pieces of a line nearer than this are one piece
CROSS = 3.0  # points: a line that ends so near before another still meets it
LEAST, LEAST_JOINED = 1.0, 3.0  # points: shorter pieces, before and after joining, are no rules

Edge = dict[str, Any]
Rule = tuple[float, float, float]  # where it lies, where it begins, where it ends
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table of at least two cells that touch one another."""

    bbox: Box
    cells: list[Box]


def find(edges: Iterable[Edge]) -> list[Ruled]:
    """The tables that the edges enclose, in order of their tops."""
    upright: list[Rule] = []
    level: list[Rule] = []
    for edge in edges:
        if edge["orientation"] == "v":
            upright.append((edge["x0"], edge["top"], edge["bottom"]))
        elif edge["orientation"] == "h":
            level.append((edge["top"], edge["x0"], edge["x1"]))
    return _tables(_cells(*_meetings(_joined(upright), _joined(level))))


def _joined(rules: list[Rule]) -> list[Rule]:
    """The rules with those on nearly one line moved onto it and joined."""
    rules = sorted(rule for rule in rules if rule[2] - rule[1] >= LEAST)
    groups: list[list[Rule]] = []
    last = -SNAP * 2
    for rule in rules:
        if groups and rule[0] <= last + SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
        last = rule[0]
    found = [whole for near in groups for group in _lines(near) for whole in _pieces(group)]
    return [rule for rule in found if rule[2] - rule[1] >= LEAST_JOINED]


def _pieces(group: Sequence[Rule]) -> list[Rule]:
    """The rules of one line, where their middle lies, and those that touch joined."""
    at = sum(rule[0] for rule in group) / len(group)
    found: list[Rule] = []
    for start, end in sorted((start, end) for _, start, end in group):
        if found and start <= found[-1][2] + JOIN:
            found[-1] = (at, found[-1][1], max(end, found[-1][2]))
        else:
            found.append((at, start, end))
    return found


def _lines(near: list[Rule]) -> list[list[Rule]]:
    """Rules of which each is near the next, parted into those that are one line: two tables, one below the other, may
    have borders that are not quite in line, and neither's may be moved towards the other's."""
    if near[-1][0] - near[0][0] <= SURE:
        return [near]
    pieces = [piece for _, same in groupby(near, key=lambda rule: rule[0]) for piece in _pieces(list(same))]
    parts: list[list[Rule]] = []
    for piece in pieces:
        mine = [part for part in parts if any(_touch(piece, other) for other in part)]
        parts = [part for part in parts if part not in mine]
        parts.append([piece, *(other for part in mine for other in part)])
    return parts


def _touch(rule: Rule, other: Rule) -> bool:
    near = abs(rule[0] - other[0]) <= SNAP
    return near and rule[1] <= other[2] + JOIN and other[1] <= rule[2] + JOIN


Touched = dict[Point, set[int]]  # by which rules a point is touched


def _meetings(upright: Sequence[Rule], level: Sequence[Rule]) -> tuple[Touched, Touched]:
    """The points where rules meet, with the upright and with the level ones that touch each."""
    by_upright: Touched = {}
    by_level: Touched = {}
    heights = [rule[0] for rule in level]
    for v, (x, top, bottom) in enumerate(upright):
        for h in range(bisect_left(heights, top - CROSS), bisect_right(heights, bottom + CROSS)):
            y, x0, x1 = level[h]
            if x0 - CROSS <= x <= x1 + CROSS:
                by_upright.setdefault((x, y), set()).add(v)
                by_level.setdefault((x, y), set()).add(h)
    return by_upright, by_level


def _cells(by_upright: Touched, by_level: Touched) -> list[Box]:
    """For each point the smallest cell whose top left corner it is."""
    points = sorted(by_upright)
    columns = {x: [y for _, y in group] for x, group in groupby(points, key=lambda point: point[0])}
    rows: dict[float, list[float]] = {}
    for x, y in points:
        rows.setdefault(y, []).append(x)
    found = []
    for point in points:
        x, y = point
        down, across = by_upright[point], by_level[point]
        right = rows[y][bisect_right(rows[y], x) :]
        right = [x1 for x1 in right if not across.isdisjoint(by_level[x1, y])]
        if not right:
            continue
        column = columns[x]
        for y1 in column[bisect_right(column, y) :]:
            if down.isdisjoint(by_upright[x, y1]):
                continue
            corner = _corner(by_upright, by_level, (x, y, y1), right)
            if corner is not None:
                found.append((x, y, corner, y1))
                break
    return found


def _corner(
    by_upright: Touched, by_level: Touched, side: tuple[float, float, float], right: Sequence[float]
) -> float | None:
    """The right border of the cell with the left side (x, top, bottom); None where none closes it."""
    x, y, y1 = side
    foot = by_level[x, y1]
    for x1 in right:
        met = by_level.get((x1, y1))
        if met and not met.isdisjoint(foot) and not by_upright[x1, y1].isdisjoint(by_upright[x1, y]):
            return x1
    return None


def _tables(cells: Sequence[Box]) -> list[Ruled]:
    """The cells in groups that hang together by their corners; one cell alone is none."""
    group_of: dict[Point, int] = {}
    groups: list[list[Box]] = []
    for cell in cells:
        corners = ((cell[0], cell[1]), (cell[0], cell[3]), (cell[2], cell[1]), (cell[2], cell[3]))
        touched = sorted({group_of[corner] for corner in corners if corner in group_of})
        if touched:
            mine = touched[0]
        else:
            mine = len(groups)
            groups.append([])
        for other in touched[1:]:
            groups[mine] += groups[other]
            groups[other] = []
            group_of |= {corner: mine for corner, group in group_of.items() if group == other}
        groups[mine].append(cell)
        group_of |= dict.fromkeys(corners, mine)
    found = [_ruled(moved) for group in groups if len(group) > 1 and (moved := _moved(group))]
    return sorted(found, key=lambda table: min((cell[1], cell[0]) for cell in table.cells))


def _moved(cells: Sequence[Box]) -> list[Box]:
    """The cells of a table, its borders that are nearly in line moved onto one line; those that vanish were none."""
    across, down = (_in_line({place for cell in cells for place in (cell[side], cell[side + 2])}) for side in (0, 1))
    moved = ((across[x0], down[top], across[x1], down[foot]) for x0, top, x1, foot in cells)
    return [cell for cell in moved if cell[0] < cell[2] and cell[1] < cell[3]]


def _ruled(cells: Sequence[Box]) -> Ruled:
    lefts, tops, rights, feet = zip(*cells, strict=True)
    return Ruled((min(lefts), min(tops), max(rights), max(feet)), sorted(cells))


def _in_line(places: Iterable[float]) -> dict[float, float]:
    """Where each of the places lies when those that are nearer than lines may be are one."""
    found: dict[float, float] = {}
    first = -SNAP * 2
    for place in sorted(places):
        first = first if place <= first + SNAP else place
        found[place] = first
    return found
