"""Tables that no grid of rules encloses: between level rules, on shaded rows, or by their columns alone."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from corpus.paper import Box, Cell
from indexer import letters
from indexer.finder import headed, jointed, shaded
from indexer.finder.area import Area, heavy
from indexer.finder.columns import cuts as cuts_of
from indexer.finder.edges import shades
from indexer.finder.page import Page, Thing
from indexer.finder.rows import TableRow, rows
from indexer.finder.rules import Level, Rule, levels
from indexer.finder.text import Line, Word, is_figure, is_year, lines
from indexer.sheet import Grid

ALIKE = 6.0  # points between the ends of rules that belong to one table
CLOSE = 2.2  # of the size: more room between two lines ends a table without rules
CAPTION = re.compile(r"(table|figure|chart|box|source|notes?)\b", re.IGNORECASE)
AXIS = re.compile(r"-?\d+(\.\d+)?")
LONGEST_TITLE = 3  # lines
PROSE = 7  # words in a cell's line: so many are running text


def find(
    page: Page, edges: Sequence[Thing], free: Sequence[Line], taken: Sequence[Box], begun: Sequence[Grid]
) -> list[Grid]:
    """The tables in the lines that are `free`, outside of the boxes that are `taken`; grids that are `begun` go on."""
    if sum(len(line.phrases) > 1 for line in free) < 2:
        return []
    level = [each for each in levels(edges) if not any(_crosses(each, box) for box in taken)]
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    heads = _heads(free, level)
    left = list(free)
    found: list[Grid] = []
    for area in (
        *jointed.areas(left, level),
        *shaded.areas(left, shades(page), level, page.height),
        *jointed.areas(left, level, lone=True),
        *_begun(left, begun),
        *_framed(left, level, heads),
    ):
        grid = _grid(page, area, upright)
        if grid and not any(_meet(grid.box, other.box) for other in found):
            found.append(grid)
            gone = {id(word) for line in area.lines for word in line.words}
            left = [line for line in left if not any(id(word) in gone for word in line.words)]
    for area in (*headed.areas(left), *_runs(left, level, heads)):
        grid = _grid(page, area, upright)
        if grid and not any(_meet(grid.box, other.box) for other in found):
            found.append(grid)
    return found


def outside(found: Sequence[Word], taken: Sequence[Box]) -> list[Line]:
    """The words outside of the boxes as lines."""
    return lines([word for word in found if not any(_in(word, box) for box in taken)])


def title(grid: Grid, free: Sequence[Line]) -> str:
    """The caption just above a grid, or the line in heavy type; "" where there is neither."""
    x0, top, x1, _ = grid.box
    found: list[Line] = []
    for line in reversed([line for line in free if line.bottom <= top + 2 and line.x0 < x1 and line.x1 > x0]):
        if top - line.bottom > CLOSE * line.size or len(found) == LONGEST_TITLE:
            break
        found.insert(0, line)
        top = line.top
        if CAPTION.match(line.words[0].text):
            return " ".join(word.text for each in found for word in each.words)
    heavy = found[-1:] and letters.bold([char for word in found[-1].words for char in word.chars])
    return " ".join(word.text for word in found[-1].words) if heavy else ""


def goes_on(grid: Grid, free: Sequence[Line]) -> bool:
    """Whether the line below a grid, or a header above it, stands in its columns: only some of its rows are ruled."""
    x0, top, x1, bottom = grid.box
    rule = Rule(bottom, x0, x1)
    below = _between(free, bottom - 2, inf, rule)
    if below and below[0].top - bottom <= 1.2 * below[0].size and _fits(below[0], grid):
        return True
    above = _lead(_between(free, 0.0, top + 2, rule), top)
    return bool(above) and all(_fits(line, grid) for line in above if len(line.phrases) > 1)


def _fits(line: Line, grid: Grid) -> bool:
    crossed = any(word.x0 + 2 < edge < word.x1 - 2 for edge in grid.edges for word in line.words)
    return len(line.phrases) > 1 and len(line.phrases) * 2 >= len(grid.edges) - 1 and not crossed


def _lead(above: Sequence[Line], top: float) -> list[Line]:
    """The header that stands over a table's first rule."""
    found: list[Line] = []
    y = top
    for line in reversed(above):
        if y - line.bottom > 0.8 * line.size or len(line.words) > 2 * PROSE or CAPTION.match(line.words[0].text):
            break
        found.append(line)
        y = line.top
    while found and len(found[-1].phrases) < 2:
        found.pop()
    return found[::-1]


def _crosses(level: Level, box: Box) -> bool:
    return box[1] - 3 <= level.y <= box[3] + 3 and level.x0 < box[2] and level.x1 > box[0]


def _heads(page_lines: Sequence[Line], level: Sequence[Level]) -> dict[int, float]:
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


def _in(word: Word, box: Box) -> bool:
    return box[0] <= (word.x0 + word.x1) / 2 < box[2] and box[1] <= word.middle < box[3]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _begun(page_lines: Sequence[Line], grids: Sequence[Grid]) -> Iterator[Area]:
    """Tables side by side whose headers are ruled: each goes on below in its own columns."""
    for grid in grids:
        x0, top, x1, bottom = grid.box
        rule = Rule(top, x0, x1)
        beside = [other for other in grids if other.box[1] < bottom and other.box[3] > top and other is not grid]
        if beside:
            foot = min((other.box[1] for other in grids if other.box[1] > bottom), default=inf)
            inner = _between(page_lines, top, bottom, rule)
            tail = _tail(inner, _between(page_lines, bottom, foot, rule), {}) if inner else []
            if tail:
                yield Area((*inner, *tail), (Level(bottom, (rule,)),), True)


def _framed(page_lines: Sequence[Line], level: Sequence[Level], heads: dict[int, float]) -> Iterator[Area]:
    """Stretches between rules of one width, as far as what stands between is no running text."""
    used: set[int] = set()
    for number, top in enumerate(level):
        for rule in top.rules:
            if number in used or rule.x1 - rule.x0 < 60:
                continue
            chain, rooms, tail = [number], list[float](), list[Line]()
            for other in range(number + 1, len(level)):
                same = any(abs(r.x0 - rule.x0) <= ALIKE and abs(r.x1 - rule.x1) <= ALIKE for r in level[other].rules)
                whole = abs(level[other].x0 - rule.x0) <= ALIKE and abs(level[other].x1 - rule.x1) <= ALIKE
                if same or whole:
                    band = _between(page_lines, level[chain[-1]].y, level[other].y, rule)
                    room = _room(band, level[other].y - level[chain[-1]].y)
                    if not _tabular(band, rule, room, rooms, top.y in heads.values()) or any(
                        id(line) in heads for line in band
                    ):
                        break
                    rooms.append(room)
                    chain.append(other)
            inner = _between(page_lines, rule.y, level[chain[-1]].y, rule) if len(chain) > 1 else []
            lead = _lead(_between(page_lines, 0.0, rule.y, rule), rule.y) if inner else []
            tail = _tail(inner, _between(page_lines, level[chain[-1]].y, inf, rule), heads) if inner else []
            if len(inner) + len(tail) > 1 and any(len(line.phrases) > 1 for line in inner):
                used.update(chain)
                inside = level[number + 1 : chain[-1] + bool(tail)]
                yield Area((*lead, *inner, *tail), (top, *inside) if lead else tuple(inside), True)


def _tail(inner: Sequence[Line], below: Sequence[Line], heads: dict[int, float]) -> list[Line]:
    """The lines below the last rule that go on with the table: its last row may be without shade or rule."""
    usual = max([b.top - a.bottom for a, b in pairwise(inner)], default=0.0)
    found: list[Line] = []
    for line in below:
        last = found[-1].bottom if found else inner[-1].bottom
        if line.top - last > 1.3 * max(usual, line.size) or len(line.phrases) < 2 or id(line) in heads:
            break
        found.append(line)
    return found


def _room(band: Sequence[Line], height: float) -> float:
    return height - sum(line.bottom - line.top for line in band)


def _between(page_lines: Sequence[Line], top: float, bottom: float, rule: Rule) -> list[Line]:
    found = []
    for line in page_lines:
        if top - 1 <= (line.top + line.bottom) / 2 <= bottom + 1:
            inside = [word for word in line.words if rule.x0 - 4 <= (word.x0 + word.x1) / 2 <= rule.x1 + 4]
            if inside:
                found.append(line if len(inside) == len(line.words) else Line(inside))
    return found


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


def _runs(page_lines: Sequence[Line], level: Sequence[Level], heads: dict[int, float]) -> Iterator[Area]:
    """Runs of lines that have wide gaps, with the lines of one phrase between them; a header begins a run."""
    run: list[Line] = []
    for line in page_lines:
        headed = id(line) in heads and not (run and line.top - run[-1].bottom < 0.5 * line.size and len(run) < 3)
        headed = headed or _begins(line, run)
        if run and (headed or line.top - max(each.bottom for each in run[-3:]) > CLOSE * line.size):
            yield from _area(run, level)
            run = []
        if len(line.phrases) > 1:
            run.append(line)
        elif run:
            apart = line.top - run[-1].bottom > max(line.size, 1.5 * _usual_gap(run))
            if apart or len(line.words) > PROSE * 1.5 or sum(len(each.phrases) == 1 for each in run[-2:]) == 2:
                yield from _area(run, level)
                run = []
            else:
                run.append(line)
    yield from _area(run, level)


def _begins(line: Line, run: Sequence[Line]) -> bool:
    """Whether a line, with more room above than is usual and no figure in it, heads another table than the run's."""
    gap = line.top - run[-1].bottom if run else 0.0
    if len(line.phrases) < 3 or gap < max(0.6 * line.size, 1.3 * _usual_gap(run)):
        return False
    texts = [" ".join(word.text for word in phrase) for phrase in line.phrases[1:]]
    figures = [text for text in texts if is_figure(text) and not is_year(text)]
    return not figures and any(is_figure(phrase[-1].text) for each in run for phrase in each.phrases[1:])


def _usual_gap(run: Sequence[Line]) -> float:
    return median([b.top - a.bottom for a, b in pairwise(run)]) if len(run) > 2 else inf


def _area(run: list[Line], level: Sequence[Level]) -> Iterator[Area]:
    while run and len(run[-1].phrases) == 1:
        run.pop()
    if len(run) > 1:
        top, bottom = run[0].top, run[-1].bottom
        x0, x1 = min(line.x0 for line in run), max(line.x1 for line in run)
        inner = tuple(each for each in level if top < each.y < bottom and each.x0 < x1 and each.x1 > x0)
        yield Area(tuple(run), inner, False)


def _grid(page: Page, area: Area, upright: Sequence[Thing]) -> Grid | None:
    """The area as a grid; None where it is no table."""
    top, bottom = area.lines[0].top, max(line.bottom for line in area.lines)
    left, right = min(line.x0 for line in area.lines), max(line.x1 for line in area.lines)
    borders = _uprights(upright, (left, top, right, bottom))
    cuts = list(area.cuts) or cuts_of(area.lines, borders, _header(area))
    if not cuts:
        return None
    made = rows(area.lines, cuts, area.levels, bool(area.cuts), area.banded)
    while not area.cuts and (idle := _idle(made, len(cuts))):
        if not cuts:
            return None
        del cuts[min(max(idle), len(cuts) - 1)]
        made = rows(area.lines, cuts, area.levels)
    if not _is_table(made, len(cuts) + 1, area):
        return None
    return _built(page.page_number, made, (left, *cuts, right), area.cut)


def _header(area: Area) -> list[Line]:
    """The lines over the area's first rule, where they are in heavy type and hold several phrases."""
    above = [line for line in area.lines if area.levels and line.bottom <= area.levels[0].y + 1]
    return above if all(map(heavy, above)) and any(len(line.phrases) > 2 for line in above) else []


def _idle(made: Sequence[TableRow], cuts: int) -> set[int]:
    """The columns in which nothing stands by itself."""
    return set(range(cuts + 1)) - {piece.first for row in made for piece in row.pieces if piece.first == piece.last}


def _uprights(upright: Sequence[Thing], box: Box) -> list[float]:
    """The places of upright rules that part what stands in the box for at least half of its height."""
    lengths: dict[float, float] = {}
    for edge in upright:
        if box[0] + 4 < edge["x0"] < box[2] - 4:
            length = min(edge["bottom"], box[3]) - max(edge["top"], box[1])
            near = next((x for x in lengths if abs(x - edge["x0"]) < 4), edge["x0"])
            lengths[near] = lengths.get(near, 0.0) + max(length, 0.0)
    return [x for x, length in lengths.items() if length > 0.5 * (box[3] - box[1])]


def _is_table(made: Sequence[TableRow], columns: int, area: Area) -> bool:
    """Whether the rows are a table's and not running text, a list, a form or an index."""
    full = [row for row in made if len(row.pieces) > 1]
    if len(full) < 2 or columns < 2:
        return False
    if area.framed:
        return len(full) * 3 >= len(made) and not _axis(made)
    if not _named(made) or _axis(made):
        return False
    cells = [piece for row in made for piece in row.pieces if piece.first > 0]
    figures = sum(is_figure(piece.text) for piece in cells) / max(len(cells), 1)
    prose = sum(len(piece.words) > PROSE for piece in cells) / max(len(cells), 1)
    ruled = len(area.levels) > 0
    if columns == 2:
        return len(full) > 3 and figures > 0.6 and not _index(made)
    if prose > 0.25 and not ruled:
        return False
    return len(full) * 2 >= len(made) and (figures > 0.35 or ruled) and len(full) > 2


def _named(made: Sequence[TableRow]) -> bool:
    """Whether the rows begin with what they are about: bare figures at the left are the axis of a chart."""
    body = [row.pieces[0] for row in made[1:] if row.pieces]
    bare = [piece for piece in body if piece.first == 0 and is_figure(piece.text) and not is_year(piece.text)]
    return len(bare) * 2 <= len(body)


def _axis(made: Sequence[TableRow]) -> bool:
    """Whether the figures at the left fall in equal steps: those of a chart's upright axis."""
    texts = [row.pieces[0].text for row in made if row.pieces and row.pieces[0].first == 0]
    scale = [float(text) for text in texts if AXIS.fullmatch(text)]
    steps = {round(a - b, 6) for a, b in pairwise(scale)}
    return len(scale) > 3 and len(scale) * 2 > len(texts) and len(steps) == 1 and min(steps) > 0


def _index(made: Sequence[TableRow]) -> bool:
    """Whether it is a list of contents: whole numbers that rise, at dotted lines or not."""
    numbers = [row.pieces[-1].text for row in made if len(row.pieces) > 1]
    whole = [int(number) for number in numbers if number.isdigit()]
    return len(whole) * 5 >= len(numbers) * 4 and whole == sorted(whole)


def _built(page: int, made: Sequence[TableRow], edges: tuple[float, ...], cut: bool) -> Grid:
    columns = len(edges) - 1
    grid: list[tuple[Cell | None, ...]] = []
    borders = [made[0].top, *((a.bottom + b.top) / 2 for a, b in pairwise(made)), made[-1].bottom]
    bold = []
    for number, row in enumerate(made):
        top, bottom = borders[number], borders[number + 1]
        cells: list[Cell | None] = [Cell("", page, (edges[c], top, edges[c + 1], bottom)) for c in range(columns)]
        for piece in row.pieces:
            for column in range(piece.first, piece.last + 1):
                cells[column] = None
            box = (edges[piece.first], top, edges[piece.last + 1], bottom)
            cells[piece.first] = Cell(letters.text(_spaced(piece.words)), page, box, 1, piece.last - piece.first + 1)
        grid.append(tuple(cells))
        inked = [char for piece in row.pieces for word in piece.words for char in word.chars]
        bold.append(bool(inked) and letters.bold(inked))
    box = (edges[0], borders[0], edges[-1], borders[-1])
    return Grid(page, box, tuple(grid), edges, tuple(bold), cut)


def _spaced(found: Sequence[Word]) -> list[Thing]:
    """The words' letters with a blank after each word that no other touches."""
    chars: list[Thing] = []
    for word in found:
        last = word.chars[-1]
        chars += word.chars
        if not any(
            abs(other.x0 - word.x1) < 0.1 * word.size and abs(other.bottom - word.bottom) < 1 for other in found
        ):
            chars.append({**last, "text": " ", "x0": last["x1"], "x1": last["x1"] + 0.1})
    return chars
