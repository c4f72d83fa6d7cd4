"""What stands over and under the rules or shades of a table and belongs to it: its header, its title, its last rows."""

from collections.abc import Collection, Sequence
from itertools import pairwise, zip_longest
from math import inf

from indexer.finder.area import ALIKE, Cuts, between, crosses, heavy, runs_across, within
from indexer.finder.rules import Rule
from indexer.finder.text import PROSE, Line
from indexer.text.middle import median

TAIL_ROOM = 1.3  # of the size: lines below the last rule stand no farther apart
PARAGRAPHS = 2.5  # of the size: nor do those of cells that are set in paragraphs
MOST_LEVELS = 3  # lines of a header
SEVERAL = 3  # texts of one
OVERLAP = 0.2  # of the size: lines that share so much of their height are of one row
FLUSH = 1.0  # points between words that begin together
MOST_OVER = 12  # lines over a rule, which tell where the words of a column begin
CELL_ROOM = 0.4  # of the size: nor do lines of one cell
LEAD_ROOM = 0.9  # of the size: lines above the first rule stand no farther apart
FAR = 4.0  # of the size: a label's column is no narrower
HEAD_ROOM = 1.6  # of the size: nor do rows of a header in heavy type
TITLE_ROOM = 0.6  # of the size: no more from a title to the rule under it, or from the line over it
PADDING = 10.0  # points from a column's border to its texts
MOST_ABOVE, MOST_BELOW = 3, 2  # lines: a page's running head, and its foot
LARGE = 1.3  # times the rows' size: no title in a table is larger
SAME_SIZE = 0.5  # points: lines of one title differ by no more
HEADING = 1.05  # of a row's size: heavy type so large heads what is below
CLOSER = 0.15  # of the size: nor more than that over what is usual from a row to the rule under it


def header(page_lines: Sequence[Line], part: Sequence[Rule], cuts: Cuts, left: float) -> list[Line]:
    """The header over a table's first rule, or its title, which begins where the first column does, at `left`, and
    has a rule under it as the rows have. What seems a title under a header of several columns in heavy type is the
    name of the first rows."""
    above = [shown for line in page_lines if line.bottom <= part[0].y + 1 and (shown := within(line, part[0]))]
    title = _title(above, part, cuts, left, page_lines)
    if not title:
        return lead(above, part[0].y, cuts)
    over = lead(above[: -len(title)], title[0].top, cuts)
    return [*over, *title] if any(heavy(line) and len(line.phrases) >= SEVERAL for line in over) else title


def rest(page_lines: Sequence[Line], first: Rule, cuts: Cuts) -> list[Line]:
    """What may be a row of a table that began overleaf, or what is left of one: all that stands over a page's first
    rule, but for a running head, if each text begins where its column does and none is a title over the first."""
    above = [shown for line in page_lines if line.bottom <= first.y + 1 and (shown := within(line, first))]
    found: list[Line] = []
    y = first.y
    for line in reversed(above):
        if y - line.bottom > (LEAD_ROOM if found else HEAD_ROOM) * line.size:
            break
        if crosses(line, cuts) or not all(_begins(phrase[0].x0, (first.x0, *cuts)) for phrase in line.phrases):
            return []
        found.append(line)
        y = line.top
    titled = bool(found) and len(found[-1].phrases) < 2 and found[-1].x0 < cuts[0]
    return [] if titled or all(map(heavy, found)) or len(above) - len(found) > MOST_ABOVE else found[::-1]


def _begins(x0: float, borders: Sequence[float]) -> bool:
    """Whether a text begins close behind a column's left border."""
    return any(-ALIKE <= x0 - border <= PADDING for border in borders)


def ends(page_lines: Sequence[Line], last: Rule) -> bool:
    """Whether nothing stands under a page's last rule but the page's foot."""
    return sum(line.middle > last.y for line in page_lines) <= MOST_BELOW


def lead(above: Sequence[Line], y: float, cuts: Cuts = (), left: float = inf) -> list[Line]:
    """Those of the lines above that stand close over `y`, as a header does: no caption, no running text, and nothing
    that runs across the columns' borders, where these are known, but what heads several. Heavy type that begins far
    from where the table does, at `left`, is no title, though its words stand too close to tell the columns."""
    found: list[Line] = []
    for line, before in zip_longest(above[::-1], above[-2::-1]):
        close = before is not None and line.top - before.bottom < CELL_ROOM * line.size
        beside = close and _heads_a_column(line, cuts)
        heading = heavy(line) and (len(line.phrases) > 1 or beside)
        if y - line.bottom > (HEAD_ROOM if heading else LEAD_ROOM) * line.size or (crosses(line, cuts) and not heading):
            break
        if max(map(len, line.phrases)) > 2 * PROSE or line.is_caption:
            break
        found.append(line)
        y = line.top
    far = [line for line in found[:1] if heavy(line) and line.x0 > left + FAR * line.size]
    while found and len(found[-1].phrases) < 2 and not _heads_a_column(found[-1], cuts) and found != far:
        found.pop()
    return found[::-1]


def _heads_a_column(line: Line, cuts: Cuts) -> bool:
    """Whether the line is in heavy type in a column beside the first: no title begins there."""
    return bool(cuts) and heavy(line) and line.x0 > cuts[0] and not crosses(line, cuts)


def _title(
    above: Sequence[Line], part: Sequence[Rule], cuts: Cuts, left: float, page_lines: Sequence[Line]
) -> list[Line]:
    """The line over the first rule, where it is the table's title, or those of one that fills the first column; []
    where it is none, or there are more lines over it."""
    found = above[-1:]
    if not found or not (crosses(found[0], cuts) or len(found[0].phrases) < 2) or abs(found[0].x0 - left) >= ALIKE:
        return []
    sizes = [line.size for line in between(page_lines, part[0], part[-1])]
    if sizes and found[0].size > LARGE * median(sizes):
        return []  # a heading over the table
    for line in above[-2::-1]:
        if found[0].top - line.bottom > TITLE_ROOM * line.size:
            break
        if abs(line.size - found[0].size) > SAME_SIZE:
            break
        if crosses(line, cuts) or crosses(found[0], cuts) or abs(line.x0 - left) >= ALIKE or len(line.phrases) > 1:
            return []
        found = [line, *found]
    return list(found) if _under(part[0].y - found[-1].bottom, found[-1].size, part, page_lines) else []


def title_over(page_lines: Sequence[Line], rule: Rule) -> bool:
    """Whether one text in heavy type stands close over a rule, where the first column begins."""
    over = [part for line in page_lines if line.bottom <= rule.y + 1 and (part := within(line, rule))][-1:]
    return any(
        heavy(line)
        and len(line.phrases) == 1
        and rule.y - line.bottom < TITLE_ROOM * line.size
        and 0 <= line.x0 - rule.x0 <= PADDING
        for line in over
    )


def _under(room: float, size: float, part: Sequence[Rule], page_lines: Sequence[Line]) -> bool:
    """Whether the room between a line and the first rule is what rows have to the rule under them."""
    bands = [(between(page_lines, above, below), below.y) for above, below in pairwise(part)]
    usual = [y - band[-1].bottom for band, y in bands if band]
    return room < max([TITLE_ROOM * size, *(median(usual) + CLOSER * size for _ in usual[:1])])


def foot(page_lines: Sequence[Line], rule: Rule, cuts: Cuts) -> list[Line]:
    """The rows under a table's last rule, in its columns."""
    below = [line for line in page_lines if line.middle > rule.y]
    over = [part for line in page_lines if line.middle <= rule.y and (part := within(line, rule))][-MOST_OVER:]
    begins = {word.x0 for line in over for word in line.words}
    size = median([line.size for line in over]) if over else inf
    flush = [phrase[0].x0 for line in over[-MOST_LEVELS:] for phrase in line.phrases if phrase[0].x0 > rule.x0 + ALIKE]
    under = [part for line in below if (part := within(line, rule))]
    found = tail(under, rule.y, cuts, begins=begins, size=size, flush=flush)
    return found if any(len(line.phrases) > 1 for line in found) else []


def tail(
    below: Sequence[Line],
    y: float,
    cuts: Cuts = (),
    usual: float = 0.0,
    begins: Collection[float] = (),
    size: float = inf,
    flush: Collection[float] = (),
) -> list[Line]:
    """Those of the lines below that stand close under `y`, with no more room between than is `usual`, as rows without
    shade or rule do: in the columns, where these are known, or in several; a note is none. Words that begin where those
    above do, at one of the places `begins`, run on from no other column; one in heavy type that is larger than those
    above, of the `size`, is a heading. Several texts, or one that begins `flush` with one of the header, may stand
    farther apart."""
    found: list[Line] = []
    row: Line | None = None
    for line, after in zip_longest(below, below[1:]):
        wrapped = row is not None and not cuts and line.top - y < CELL_ROOM * line.size and under_a_cell(line, row)
        wrapped = wrapped or any(each is not None and _halfway(line, each) for each in (row, after))
        runs_on = runs_across(line, _open(line, cuts, begins)) if cuts else len(line.phrases) < 2 and not wrapped
        runs_on = runs_on and not (after is not None and _names_rows(line, after, cuts, begins))
        headed = len(line.phrases) < 2 and heavy(line) and line.size > HEADING * (row.size if row else size)
        headed = headed or (bool(cuts) and after is not None and _heads_another(line, after))
        aligned = len(line.phrases) > 1 or any(abs(line.x0 - x) <= FLUSH for x in flush)
        far = line.top - y > (PARAGRAPHS if aligned and flush and not heavy(line) else TAIL_ROOM) * max(
            usual, line.size
        )
        if far or runs_on or headed or line.is_caption:
            break
        row = row if wrapped else line
        found.append(line)
        y = line.bottom
    return found


def _names_rows(line: Line, after: Line, cuts: Cuts, begins: Collection[float]) -> bool:
    """Whether a line in heavy type, however long, names the rows of several cells that go on below as those above."""
    row = len(after.phrases) > 1 and not heavy(after) and bool(cuts) and not crosses(after, cuts)
    return row and heavy(line) and len(line.phrases) == 1 and any(abs(line.x0 - x) <= FLUSH for x in begins)


def _heads_another(line: Line, after: Line) -> bool:
    """Whether a line of one phrase and the several of the next are both in heavy type: a heading and a header."""
    return heavy(line) and heavy(after) and len(line.phrases) < 2 < len(after.phrases)


def _open(line: Line, cuts: Cuts, begins: Collection[float]) -> Cuts:
    """The borders without those behind which the line's next word begins where words above do."""
    after = {cut: next((word.x0 for word in line.words if word.x0 > cut - 1), inf) for cut in cuts}
    return tuple(cut for cut in cuts if not any(abs(after[cut] - x) <= FLUSH for x in begins))


def _halfway(line: Line, row: Line) -> bool:
    """Whether a line of one phrase stands beside one of several, half a line higher or lower: two lines of a cell, the
    others of which stand halfway down."""
    beside = min(line.bottom, row.bottom) - max(line.top, row.top) > OVERLAP * line.size
    return len(line.phrases) == 1 and len(row.phrases) > 1 and beside


def under_a_cell(line: Line, row: Line) -> bool:
    """Whether a line of one phrase begins where a cell beside the first one of the row above does."""
    return len(line.phrases) == 1 and any(abs(phrase[0].x0 - line.x0) <= ALIKE for phrase in row.phrases[1:])
