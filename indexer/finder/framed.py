"""Tables between level rules of one width: under, over and between them, as far as no running text stands there."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from math import inf

from corpus.paper import Box
from indexer.finder.area import LARGER, Area
from indexer.finder.around import lead, tail
from indexer.finder.rules import Level, Rule
from indexer.finder.text import Line, is_figure, is_year
from indexer.sheet import Grid
from indexer.text.middle import median

FEWEST = 2  # lines of several phrases in a frame
BELOW = 3.0  # of the size: no farther under its rule stands what a header heads
ALIKE = 6.0  # points between the ends of rules that belong to one table


def headers(page_lines: Sequence[Line], level: Sequence[Level]) -> dict[int, float]:
    """Those lines, by id, that are headers over a rule of their own with none above, and the height of that rule."""
    found: dict[int, float] = {}
    for each in level:
        for rule in each.rules:
            near = [line for line in page_lines if -2 < each.y - line.bottom < 0.9 * line.size
                    and rule.x0 - 4 <= line.x0 and line.x1 <= rule.x1 + 4]  # fmt: skip
            phrases = [phrase for line in near for phrase in line.phrases]
            if len(phrases) < 2 or max(line.x1 for line in near) - min(line.x0 for line in near) < 0.5 * (
                rule.x1 - rule.x0
            ):
                continue
            line = min(near, key=lambda line: line.top)
            if not any(-2 < under.top - each.y < BELOW * line.size and under.x0 < rule.x1 for under in page_lines):
                continue  # the last row of a table, over the rule that closes it
            above = [
                other
                for other in level
                if line.top - 3 * line.size < other.y < line.top + 2 and other.covers(rule.x0, rule.x1) > 0.9
            ]
            texts = [" ".join(word.text for word in phrase) for phrase in phrases]
            figures = [text for text in texts if is_figure(text) and not is_year(text)]
            if not above and len(figures) * 2 < len(texts) - 1:
                found[id(line)] = each.y
    return found


def begun(page_lines: Sequence[Line], grids: Sequence[Grid]) -> Iterator[Area]:
    """Tables side by side whose headers are ruled: each goes on below in its own columns."""
    for grid in grids:
        x0, top, x1, bottom = grid.box
        rule = Rule(top, x0, x1)
        beside = [other for other in grids if other.box[1] < bottom and other.box[3] > top and other is not grid]
        if beside:
            foot = min((other.box[1] for other in grids if other.box[1] > bottom), default=inf)
            inner = between(page_lines, top, bottom, rule)
            under = _tail(inner, between(page_lines, bottom, foot, rule), {}) if inner else []
            if under:
                yield Area((*inner, *under), (Level(bottom, (rule,)),), True)


def boxed(page_lines: Sequence[Line], level: Sequence[Level], boxes: Sequence[Box]) -> Iterator[Area]:
    """What stands in a frame that is parted by level rules or shades alone: under a header of several columns rows that
    may be in groups, each under its name."""
    for x0, top, x1, bottom in boxes:
        inner = between(page_lines, top, bottom, Rule(top, x0, x1))
        several = [line for line in inner if len(line.phrases) > 2]
        head = inner[: inner.index(several[0]) + 1] if several else []
        if len(several) > FEWEST and all(line.heavy for line in head) and 2 * len(several) >= len(inner):
            inside = tuple(each for each in level if top + 3 < each.y < bottom - 3 and each.covers(x0, x1) > 0.9)
            yield Area(tuple(inner), inside, True)


def areas(page_lines: Sequence[Line], level: Sequence[Level], heads: dict[int, float]) -> Iterator[Area]:
    """Stretches between rules of one width, as far as what stands between is no running text."""
    used: set[int] = set()
    for number, top in enumerate(level):
        for rule in top.rules:
            if id(rule) in used or rule.x1 - rule.x0 < 60:
                continue
            chain, rooms = [number], list[float]()
            for other in range(number + 1, len(level)):
                same = any(abs(r.x0 - rule.x0) <= ALIKE and abs(r.x1 - rule.x1) <= ALIKE for r in level[other].rules)
                whole = abs(level[other].x0 - rule.x0) <= ALIKE and abs(level[other].x1 - rule.x1) <= ALIKE
                if same or whole:
                    band = between(page_lines, level[chain[-1]].y, level[other].y, rule)
                    room = _room(band, level[other].y - level[chain[-1]].y)
                    if not _tabular(band, rule, room, rooms, top.y in heads.values()) or any(
                        id(line) in heads for line in band
                    ):
                        break
                    if (rooms and _is_title(band, page_lines)) or _heads_another(band):
                        break
                    rooms.append(room)
                    chain.append(other)
            inner = between(page_lines, rule.y, level[chain[-1]].y, rule) if len(chain) > 1 else []
            above = lead(between(page_lines, 0.0, rule.y, rule), rule.y, left=rule.x0) if inner else []
            under = _tail(inner, between(page_lines, level[chain[-1]].y, inf, rule), heads) if inner else []
            if len(inner) + len(under) > 1 and any(len(line.phrases) > 1 for line in inner):
                used |= {id(each) for n in chain for each in level[n].rules if each.x0 < rule.x1 and rule.x0 < each.x1}
                inside = level[number + 1 : chain[-1] + bool(under)]
                yield Area((*above, *inner, *under), (top, *inside) if above else tuple(inside), True)


def _heads_another(band: Sequence[Line]) -> bool:
    """Whether the band holds a heading, in heavy type larger than the rows', and under it the header of a table."""
    rows = [line.size for line in band if len(line.phrases) > 1]
    heading = next((at for at, line in enumerate(band) if at and len(line.phrases) == 1 and _is_heading(line, rows)), 0)
    return heading > 0 and any(line.heavy and len(line.phrases) > 1 for line in band[heading:])


def _is_heading(line: Line, sizes: Sequence[float]) -> bool:
    return line.heavy and bool(sizes) and line.size >= LARGER * median(sizes)


def _is_title(band: Sequence[Line], page_lines: Sequence[Line]) -> bool:
    """Whether the band is a title in heavy type, and a header of several columns in such type stands below it."""
    if not band or not all(line.heavy and len(line.phrases) == 1 for line in band):
        return False
    below = next((line for line in page_lines if line.top > band[-1].bottom), None)
    return below is not None and below.heavy and len(below.phrases) > 1


def _tail(inner: Sequence[Line], below: Sequence[Line], heads: dict[int, float]) -> list[Line]:
    """The lines below the last rule that go on with the table: its last row may be without shade or rule."""
    usual = max([b.top - a.bottom for a, b in pairwise(inner)], default=0.0)
    return tail(list(takewhile(lambda line: id(line) not in heads, below)), inner[-1].bottom, usual=usual)


def _room(band: Sequence[Line], height: float) -> float:
    return height - sum(line.bottom - line.top for line in band)


def between(page_lines: Sequence[Line], top: float, bottom: float, rule: Rule) -> list[Line]:
    high, low, left, right = top - 1, bottom + 1, rule.x0 - 4, rule.x1 + 4
    inner = [line.within(left, right) for line in page_lines if high <= line.middle <= low]
    return [part for part in inner if part]


def _tabular(band: Sequence[Line], rule: Rule, room: float, rooms: Sequence[float], headed: bool) -> bool:
    """Whether what stands between two rules may be rows: not running text, nor a heading with room around it.

    `room` is what the lines leave blank; `rooms` those of the bands above; `headed`: the first rule is under a header,
    so that the band may hold the end of a table and the beginning of the next.
    """
    single = [line for line in band if len(line.phrases) == 1]
    if len(rooms) > 1 and band and room > max(rooms) + band[0].size:
        return False
    if len(single) == len(band) and room > 6 and room > 2 * max(rooms, default=room):
        return False
    if len(single) == len(band) and room > 2.5 * max((line.size for line in band), default=4):
        return False
    wide = [line for line in single if line.x1 - line.x0 > 0.6 * (rule.x1 - rule.x0)]
    gaps = [b.top - a.bottom for a, b in pairwise(band)]
    if (
        single
        and gaps
        and max(gaps) > max(1.2 * band[0].size, 1.6 * (min(gaps) if headed and not rooms else median(rooms or gaps)))
    ):
        return False
    return len(wide) <= 1 or len(wide) * 4 <= len(band)
