"""The lines of a page that can be seen, and those that a table leaves out at its open sides."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from math import inf
from typing import Any

from indexer.finder.page import Page, Thing

SAME = 3.0  # points: lines nearer than this lie on one another
THIN = 3.0  # points: a narrower rectangle is a line
STRETCHES = 32  # of a page's height, by which upright lines are looked up
MOST_SHADES = 4000  # on a page: more are the squares that a picture is made of
FEWEST_ROWS = 3  # of shaded columns: fewer may be cells that stand out
TALL = 30.0  # points: a shade in one piece is a column's, that lower is a cell's
NARROWEST = 0.5  # of the narrowest shade: less room between two is between boxes
WHITE = 0.99  # each part of a colour that is not told from paper


def seen(page: Page) -> list[Thing]:
    """The page's edges without those of shades that lie on the same shade, of white on white, and of columns."""
    shaded = [rect for rect in page.rects if _is_shade(rect)]
    if not shaded:
        return page.edges
    shown = {id(rect) for rect in page.rects} - {id(rect) for rect in (*_unseen(shaded), *_standing(shaded))}
    if len(shown) == len(page.rects):
        return page.edges
    edges = [edge for edge in page.edges if edge["object_type"] != "rect_edge"]
    for rect in page.rects:
        if id(rect) in shown:
            edges += _sides(rect)
    return edges


def shades(page: Page) -> list[Thing]:
    """The page's shades that can be told from paper, and are no columns'."""
    found = [rect for rect in page.rects if _is_shade(rect) and not _is_white(_colour(rect))]
    standing = {id(rect) for rect in _standing(found)}
    return [rect for rect in found if id(rect) not in standing] if len(found) <= MOST_SHADES else []


def _is_shade(rect: Thing) -> bool:
    return bool(rect.get("fill")) and not rect.get("stroke") and min(rect["width"], rect["height"]) > THIN


def _unseen(shades: Sequence[Thing]) -> Iterable[Thing]:
    """Shades that lie within an equal one, or white ones on nothing but paper; of a picture made of shades all."""
    if len(shades) > MOST_SHADES:
        yield from shades
        return
    by_colour: dict[Any, list[Thing]] = {}
    for shade in shades:
        by_colour.setdefault(_colour(shade), []).append(shade)
    for colour, equal in by_colour.items():
        others = [shade for shade in shades if _colour(shade) != colour] if _is_white(colour) else []
        ordered = sorted(equal, key=lambda shade: shade["top"])
        tops = [shade["top"] for shade in ordered]
        for shade in equal:
            if _is_white(colour) and not any(_within(shade, other) for other in others):
                yield shade
                continue
            before = ordered[: bisect_right(tops, shade["top"] + 1)]
            if any(other is not shade and _within(shade, other) and not _within(other, shade) for other in before):
                yield shade


def _standing(shades: Sequence[Thing]) -> Iterable[Thing]:
    """The shades of columns of one colour that stand apart, each in one piece or cell by cell: they part no rows."""
    stacks: dict[Any, list[list[Thing]]] = {}
    for shade in sorted(shades, key=lambda shade: shade["top"]):
        found = stacks.setdefault((_colour(shade), round(shade["x0"]), round(shade["x1"])), [])
        if found and abs(found[-1][-1]["bottom"] - shade["top"]) <= 1:
            found[-1].append(shade)
        else:
            found.append([shade])
    abreast: dict[Any, list[list[Thing]]] = {}
    for (colour, *_), found in stacks.items():
        for stack in found:
            if len(stack) >= FEWEST_ROWS or stack[0]["height"] >= TALL:
                heights = round(stack[0]["top"]), round(stack[-1]["bottom"])
                abreast.setdefault((colour, *heights), []).append(stack)
    for columns in abreast.values():
        columns.sort(key=lambda stack: stack[0]["x0"])
        room = NARROWEST * min(stack[0]["width"] for stack in columns)
        if len(columns) > 1 and all(b[0]["x0"] - a[0]["x1"] > room for a, b in pairwise(columns)):
            yield from (shade for stack in columns for shade in stack)


def _colour(shade: Thing) -> Any:
    colour = shade.get("non_stroking_color")
    return tuple(colour) if isinstance(colour, list | tuple) else colour


def _is_white(colour: Any) -> bool:
    return isinstance(colour, tuple) and len(colour) in (1, 3) and min(colour) >= WHITE


def _within(inner: Thing, outer: Thing) -> bool:
    return bool(
        outer["x0"] - 1 <= inner["x0"] and inner["x1"] <= outer["x1"] + 1
        and outer["top"] - 1 <= inner["top"] and inner["bottom"] <= outer["bottom"] + 1
    )  # fmt: skip


def _sides(rect: Thing) -> list[Thing]:
    x0, top, x1, bottom = rect["x0"], rect["top"], rect["x1"], rect["bottom"]
    found = []
    if x1 - x0 > 1:
        found += [drawn("h", x0, x1, top, top), drawn("h", x0, x1, bottom, bottom)]
    if bottom - top > 1:
        found += [drawn("v", x0, x0, top, bottom), drawn("v", x1, x1, top, bottom)]
    return [edge | {"object_type": "rect_edge"} for edge in found]


def drawn(orientation: str, x0: float, x1: float, top: float, bottom: float) -> Thing:
    return {"object_type": "line", "orientation": orientation, "x0": x0, "x1": x1, "top": top, "bottom": bottom,
            "height": bottom - top}  # fmt: skip


def open_sides(edges: Sequence[Thing]) -> list[Thing]:
    """Upright lines for where two or more level ones, crossed by upright ones, end together on nothing."""
    upright = sorted(
        (edge["x0"], edge["top"], edge["bottom"])
        for edge in edges
        if edge["orientation"] == "v" and edge["height"] > SAME
    )
    if not upright:
        return []
    places = [edge[0] for edge in upright]
    missing = []
    for rules in _ends(_rules(edges), upright, places):
        for side in (1, 2):
            x = sum(rule[side] for rule in rules) / len(rules)
            top, bottom = min(rule[0] for rule in rules), max(rule[0] for rule in rules)
            beside = upright[bisect_left(places, x - 2 * SAME) : bisect_right(places, x + 2 * SAME)]
            closed = sum(max(0.0, min(edge[2], bottom) - max(edge[1], top)) for edge in beside)
            if closed < 0.3 * (bottom - top):
                missing.append(drawn("v", x, x, top, bottom))
    return missing


Rule = tuple[float, float, float]


def _rules(edges: Sequence[Thing]) -> list[Rule]:
    """The level lines (y, x0, x1), pieces at one height joined."""
    return _whole([(edge["top"], edge["x0"], edge["x1"]) for edge in edges if edge["orientation"] == "h"])


def _ends(rules: Sequence[Rule], upright: Sequence[Rule], places: Sequence[float]) -> Iterable[list[Rule]]:
    """Stacks of rules of one width that upright lines join."""
    stacks: list[list[Rule]] = []
    for rule in rules:
        crossing = upright[bisect_left(places, rule[1] + 2 * SAME) : bisect_right(places, rule[2] - 2 * SAME)]
        met = [edge for edge in crossing if edge[1] - SAME <= rule[0] <= edge[2] + SAME]
        if not met:
            continue
        for stack in stacks:
            last = stack[-1]
            alike = abs(last[1] - rule[1]) <= SAME and abs(last[2] - rule[2]) <= SAME
            if alike and any(edge[1] - SAME <= last[0] for edge in met):
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [stack for stack in stacks if len(stack) > 1]


def open_ends(edges: Sequence[Thing]) -> list[Thing]:
    """Level lines for where three or more upright ones end together on nothing, or between what some of them end on."""
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > SAME]
    level = sorted((edge["top"], edge["x0"], edge["x1"]) for edge in edges if edge["orientation"] == "h")
    at = _by_height(upright)
    whole: list[Rule] | None = None
    missing = []
    for end in ("top", "bottom"):
        ending: dict[int, list[Thing]] = {}
        for edge in upright:
            ending.setdefault(round(edge[end]), []).append(edge)
        for height in sorted(ending):
            near = [edge for close in (height - 1, height, height + 1) for edge in ending.get(close, ())]
            here = [edge for edge in near if abs(edge[end] - height) <= 1]
            if len({round(edge["x0"]) for edge in here}) < 3:
                continue
            x0, x1 = min(edge["x0"] for edge in here), max(edge["x1"] for edge in here)
            beside = level[bisect_left(level, (height - SAME,)) : bisect_right(level, (height + SAME, inf))]
            closed = any(left < x1 and right > x0 for _, left, right in beside)
            if not closed and not any(
                e["top"] < height - SAME and e["bottom"] > height + SAME and x0 <= e["x0"] <= x1 for e in at(height)
            ):
                missing.append(drawn("h", x0, x1, here[0][end], here[0][end]))
            elif closed and not any(_goes_on(edge, height, end) for edge in at(height) if x0 <= edge["x0"] <= x1):
                ending_at = here[0][end]
                gaps = _gaps(sorted({edge["x0"] for edge in here}), beside)
                if gaps and whole is None:
                    whole = _whole(level)
                missing += [
                    drawn("h", *gap, ending_at, ending_at)
                    for gap in gaps
                    if _is_cell(gap, ending_at, upright, whole or ())
                ]
    return missing


def _by_height(upright: Sequence[Thing]) -> Callable[[float], Sequence[Thing]]:
    """What gives, for a height, the upright lines that stand at it or near it, and few others."""
    first = min((edge["top"] for edge in upright), default=0.0) - 2 * SAME
    last = max((edge["bottom"] for edge in upright), default=0.0) + 2 * SAME
    step = (last - first) / STRETCHES
    held: dict[int, list[Thing]] = {}
    for edge in upright:
        begin, end = int((edge["top"] - 2 * SAME - first) / step), int((edge["bottom"] + 2 * SAME - first) / step)
        for stretch in range(begin, end + 1):
            held.setdefault(stretch, []).append(edge)
    return lambda height: held.get(int((height - first) / step), ())


def _goes_on(edge: Thing, height: float, end: str) -> bool:
    """Whether an upright line stands on the other side of a height at which others end."""
    return bool(edge["bottom"] > height + SAME if end == "bottom" else edge["top"] < height - SAME) and bool(
        edge["top"] < height + 2 * SAME and edge["bottom"] > height - 2 * SAME
    )


def _gaps(places: Sequence[float], level: Sequence[Rule]) -> list[tuple[float, float]]:
    """Where between upright lines that end together no level line closes what they enclose."""
    return [
        (x0, x1)
        for x0, x1 in pairwise(places)
        if x1 - x0 > 2 * SAME and not any(left < x1 - SAME and right > x0 + SAME for _, left, right in level)
    ]


def _is_cell(gap: tuple[float, float], height: float, upright: Sequence[Thing], whole: Sequence[Rule]) -> bool:
    """Whether a gap at a table's end is a merged cell's that goes on overleaf, and no space between two tables: both
    its sides run on to a level line that closes it at the other end."""
    x0, x1 = gap
    reach = [_reach(x, height, upright) for x in gap]
    first, last = max(top for top, _ in reach), min(bottom for _, bottom in reach)
    return any(
        first - SAME <= y <= last + SAME and abs(y - height) > SAME and left <= x0 + SAME and right >= x1 - SAME
        for y, left, right in whole
    )


def _reach(x: float, height: float, upright: Sequence[Thing]) -> tuple[float, float]:
    """From where to where the pieces of an upright line run that hang together at a height."""
    pieces = sorted((edge["top"], edge["bottom"]) for edge in upright if abs(edge["x0"] - x) <= SAME)
    joined: list[tuple[float, float]] = []
    for top, bottom in pieces:
        if joined and top <= joined[-1][1] + SAME:
            joined[-1] = (joined[-1][0], max(joined[-1][1], bottom))
        else:
            joined.append((top, bottom))
    return next((run for run in joined if run[0] - SAME <= height <= run[1] + SAME), (height, height))


def _whole(level: Sequence[Rule]) -> list[Rule]:
    """The level lines (y, x0, x1), sorted by y, with the pieces at one height joined."""
    found: list[Rule] = []
    for y, x0, x1 in sorted((round(y), x0, x1) for y, x0, x1 in level):
        if found and found[-1][0] == y and x0 <= found[-1][2] + SAME:
            found[-1] = (y, found[-1][1], max(x1, found[-1][2]))
        else:
            found.append((y, x0, x1))
    return found
