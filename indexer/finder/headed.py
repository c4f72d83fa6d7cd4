"""Tables without rules or shades under a header in heavy type: each phrase of the header heads a column."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from indexer.finder.area import Area, heavy
from indexer.finder.around import HEADING, MOST_BELOW
from indexer.finder.columns import clear_cuts
from indexer.finder.rules import Level, Rule
from indexer.finder.text import GAP, Line, is_figure, phrases

FEWEST = 3  # columns: fewer may be two texts side by side
TIGHT = 0.5  # of the size: lines of one header stand no farther apart
EVEN = 0.2  # points
CLOSE = 1.6  # of the size: lines of one table stand no farther apart
OVER = 2.0  # points that a phrase may reach under its neighbour's header


def areas(page_lines: Sequence[Line]) -> Iterator[Area]:
    """Each header with the lines below it, as far as none of them runs on from one column into the next."""
    at = 0
    while at < len(page_lines):
        head = _header(page_lines, at)
        at += max(len(head), 1)
        if not head:
            continue
        body = _body(head, page_lines[at:])
        rows = [line for line, after in zip_longest(body, body[1:]) if not _names_rows(line, after, head)]
        cuts = tuple(clear_cuts(head, rows)) if len(body) > 1 or any(map(_told, body)) else ()
        if len(cuts) + 1 >= FEWEST and _agree(head, cuts) and not _title_like(body):
            y = (head[-1].bottom + body[0].top) / 2
            rule = Rule(y, min(line.x0 for line in (*head, *body)), max(line.x1 for line in (*head, *body)))
            yield Area((*head, *body), (Level(y, (rule,)),), True, cuts, cut=True)
            at += len(body)


def cut_off(page_lines: Sequence[Line]) -> Iterator[Area]:
    """The header at a page's foot that the page's end cuts off from its rows, or in two."""
    end = len(page_lines)
    while end > max(len(page_lines) - MOST_BELOW, 0) and not heavy(page_lines[end - 1]):
        end -= 1
    at = end
    while at and heavy(page_lines[at - 1]) and (at == end or _close(page_lines[at - 1], page_lines[at])):
        at -= 1
    head = page_lines[at:end]
    cuts = tuple(clear_cuts(head, [])) if any(len(line.phrases) >= FEWEST for line in head) else ()
    if len(cuts) + 1 >= FEWEST:
        yield Area(tuple(head), (), True, cuts, cut=True, banded=True, overleaf=True)


def _close(above: Line, below: Line) -> bool:
    return below.top - above.bottom <= TIGHT * below.size


def _header(page_lines: Sequence[Line], at: int) -> list[Line]:
    """The heavy lines from `at` on that stand close; [] where none of them holds as many phrases as columns."""
    found: list[Line] = []
    for line in page_lines[at:]:
        several = len(line.phrases) > 1 and found and len(found[-1].phrases) > 1
        room = (CLOSE if several else TIGHT) * line.size
        if not heavy(line) or (found and line.top - found[-1].bottom > room + EVEN):
            break
        found.append(line)
    return found if any(len(line.phrases) >= FEWEST for line in found) else []


def _body(head: Sequence[Line], below: Sequence[Line]) -> list[Line]:
    widest = max(head, key=lambda line: len(line.phrases))
    starts = [(a[-1].x1, b[0].x0) for a, b in pairwise(widest.phrases)]
    found: list[Line] = []
    last = head[-1].bottom
    for line, after in zip_longest(below, below[1:]):
        runs = [(phrase[0].x0, phrase[-1].x1) for phrase in phrases(line.words, GAP)]
        across = any(x0 < left - OVER and x1 > right + OVER for x0, x1 in runs for left, right in starts)
        across = across and not _names_rows(line, after, head)
        across = across or (heavy(line) and line.size > HEADING * head[-1].size)
        if line.top - last > CLOSE * line.size or across or (heavy(line) and len(line.phrases) >= FEWEST):
            break
        found.append(line)
        last = max(last, line.bottom)
    while (
        found and len(found[-1].phrases) == 1 and len(found) > 1 and found[-1].top - found[-2].bottom > found[-1].size
    ):
        found.pop()
    return found


def _told(line: Line) -> bool:
    """Whether the line is a label and figures, several: so many tell a row by itself."""
    told = [is_figure(" ".join(word.text for word in phrase)) for phrase in line.phrases]
    return len(told) >= FEWEST and not told[0] and all(told[1:])


def _names_rows(line: Line, after: Line | None, head: Sequence[Line]) -> bool:
    """Whether a line in heavy type, however long, begins where the header does and names the rows of cells below it."""
    row = after is not None and len(after.phrases) >= FEWEST and not heavy(after)
    return row and heavy(line) and len(line.phrases) == 1 and abs(line.x0 - min(each.x0 for each in head)) <= OVER


def _agree(head: Sequence[Line], cuts: Sequence[float]) -> bool:
    """Whether the header's phrases stand in columns of their own."""
    widest = max(head, key=lambda line: len(line.phrases))
    columns = [sum(cut < (phrase[0].x0 + phrase[-1].x1) / 2 for cut in cuts) for phrase in widest.phrases]
    return len(set(columns)) == len(columns) and len(columns) * 2 > len(cuts)


def _title_like(body: Sequence[Line]) -> bool:
    """Whether what stands below is heavy too: then nothing tells the header."""
    return sum(map(heavy, body)) * 2 > len(body)
