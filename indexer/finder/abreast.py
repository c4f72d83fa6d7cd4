"""Tables side by side that nothing but the rule under each header parts: their rows may stand at different heights."""

from collections.abc import Iterator, Sequence

from indexer.finder.rules import Level, Rule
from indexer.finder.text import Line, is_figure, is_year

CLOSE = 2.2  # of the size: more room between two lines, and they are not of one row of tables
NEAR = 3.0  # of the size: the headers of tables side by side stand no farther from each other
OVER = 0.9  # of the size: no farther over its rule stands a header
FEWEST = 2  # rows of a table, and phrases in its header


def sides(page_lines: Sequence[Line], level: Sequence[Level]) -> list[list[Line]]:
    """The lines of the page; those of tables side by side are of their own, from left to right."""
    gutter = next(_gutters(page_lines, level), None)
    if gutter is None:
        return [list(page_lines)]
    middle, first, last = gutter
    crossing = [rule.y for each in level for rule in each.rules if rule.x0 < middle < rule.x1]
    while (
        first
        and _goes_on(page_lines[first - 1], page_lines[first], middle, crossing)
        and not _told(page_lines[first - 1])
    ):
        first -= 1
    while last < len(page_lines) and _goes_on(page_lines[last - 1], page_lines[last], middle, crossing):
        last += 1
    inner = page_lines[first:last]
    halves = [[part for line in inner if (part := line.within(*half))] for half in ((0.0, middle), (middle, 1e4))]
    return [*sides(page_lines[:first], level), *(part for half in halves for part in sides(half, level)),
            *sides(page_lines[last:], level)]  # fmt: skip


def _gutters(page_lines: Sequence[Line], level: Sequence[Level]) -> Iterator[tuple[float, int, int]]:
    """Where the strip between two tables lies, and the first and last of the lines that their headers stand in."""
    headed = [(rule, head) for each in level for rule in each.rules if (head := _header(rule, page_lines)) is not None]
    for left, at in headed:
        for right, beside in headed:
            near = abs(left.y - right.y) <= NEAR * page_lines[at].size
            if near and left.x1 < right.x0:
                first, last = min(at, beside), max(at, beside) + 1
                middle = (left.x1 + right.x0) / 2
                if not any(_crosses(line, middle) for line in page_lines[first:last]):
                    yield middle, first, last


def _header(rule: Rule, page_lines: Sequence[Line]) -> int | None:
    """The line over a rule that is the header of a table below, whose rows begin with labels; None for none."""
    parts = [(at, part) for at, line in enumerate(page_lines) if (part := line.within(rule.x0 - 2, rule.x1 + 2))]
    over = [(at, part) for at, part in parts if -2 < rule.y - part.bottom < OVER * part.size]
    rows = [part for _, part in parts if part.top > rule.y - 2 and len(part.phrases) > 1][:FEWEST]
    labelled = all(not is_figure(row.phrases[0][0].text) and is_figure(row.phrases[-1][0].text) for row in rows)
    several = bool(over) and len(over[-1][1].phrases) >= FEWEST
    return over[-1][0] if several and labelled and len(rows) == FEWEST else None


def _goes_on(above: Line, below: Line, middle: float, crossing: Sequence[float]) -> bool:
    """Whether neither a phrase of two lines, nor a rule between them, nor too much room says that the strip ends."""
    ruled = any(above.middle < y < below.middle for y in crossing)
    close = below.top - above.bottom <= CLOSE * below.size
    return close and not ruled and not _crosses(above, middle) and not _crosses(below, middle)


def _crosses(line: Line, middle: float) -> bool:
    return any(phrase[0].x0 < middle < phrase[-1].x1 for phrase in line.phrases)


def _told(line: Line) -> bool:
    """Whether a figure stands in the line, as in no title or header."""
    texts = [" ".join(word.text for word in phrase) for phrase in line.phrases]
    return any(is_figure(text) and not is_year(text) for text in texts)
