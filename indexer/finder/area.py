"""A part of a page that may be a table, and what stands between, above and below the rules or shades of one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from corpus.paper import Box
from indexer.finder.rules import Level, Rule
from indexer.finder.text import WIDE, Line, phrases
from indexer.sheet import Grid

ALIKE = 2.0  # points between the ends of rules, or between joints, that belong to one table
TAIL_ROOM = 1.3  # of the size: lines below the last rule stand no farther apart
APART = 1.0  # of the size: so much more room than usual begins another table
WIDER = 1.5  # times the usual room between lines
LEAD_ROOM = 0.9  # of the size: lines above the first rule stand no farther apart
HEAD_ROOM = 1.3  # of the size: nor do rows of a header in heavy type
TITLE_ROOM = 0.6  # of the size: no more from a title to the rule under it, or from the line over it
CLOSER = 0.15  # of the size: nor more than that over what is usual from a row to the rule under it

Cuts = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Lines that may be a table, with the level rules among them; `framed` by rules above and below; `cuts` are the
    borders of its columns, where more than the text tells them: then its rules part all of its rows, or only its
    header; `cut`: no rule closes its last row; `banded`: each stretch between its levels is one row; `sides`: where its
    rules begin and end, if that is known."""

    lines: tuple[Line, ...]
    levels: tuple[Level, ...]
    framed: bool
    cuts: Cuts = ()
    cut: bool = False
    banded: bool = False
    sides: tuple[float, float] | None = None


def between(page_lines: Sequence[Line], first: Rule, last: Rule) -> list[Line]:
    high, low, left, right = first.y - 1, last.y + 1, first.x0 - ALIKE, first.x1 + ALIKE
    inner = [line.within(left, right) for line in page_lines if high <= line.middle <= low]
    return [part for part in inner if part]


def within(line: Line, rule: Rule) -> Line | None:
    return line.within(rule.x0 - ALIKE, rule.x1 + ALIKE)


def crosses(line: Line, cuts: Cuts) -> bool:
    return any(word.x0 + 1 < cut < word.x1 - 1 for word in line.words for cut in cuts)


def runs_across(line: Line, cuts: Cuts) -> bool:
    """Whether a phrase of the line runs on from one column into the next; "57" and a text far from it are no list's."""
    runs = phrases(line.words, WIDE)
    return any(run[0].x0 + 1 < cut < run[-1].x1 - 1 for run in runs for cut in cuts)


def parted(chain: Sequence[Rule], page_lines: Sequence[Line]) -> Iterator[list[Rule]]:
    """The chain in as many as it holds tables: between two of them is nothing, or a title with more room above, or the
    end of the one and the header of the other."""
    bands = [between(page_lines, above, below) for above, below in pairwise(chain)]
    rooms = [band[0].top - rule.y for band, rule in zip(bands, chain, strict=False) if band]
    part = [chain[0]]
    for band, above, below in zip(bands, chain, chain[1:], strict=False):
        if not band or band[0].top - above.y > median(rooms) + APART * band[0].size or _begins_anew(band):
            yield part
            part = []
        part.append(below)
    yield part


def meets(box: Box, found: Sequence[Grid]) -> bool:
    """Whether a box meets a table that is found."""
    x0, top, x1, bottom = box
    return any(x0 < each.box[2] and each.box[0] < x1 and top < each.box[3] and each.box[1] < bottom for each in found)


def is_taken(inner: Sequence[Line], sides: tuple[float, float], found: Sequence[Grid]) -> bool:
    """Whether lines between rules with these sides are a found table's: no area need be made of them."""
    return bool(inner) and meets((sides[0], inner[0].top, sides[1], inner[-1].bottom), found)


def heavy(line: Line) -> bool:
    """Whether the line is in heavy type."""
    return line.heavy


def _begins_anew(band: Sequence[Line]) -> bool:
    """Whether heavy lines at the band's foot, with more room above than anywhere in it, head another table."""
    gaps = [b.top - a.bottom for a, b in pairwise(band)]
    if not gaps or max(gaps) < APART * band[0].size:
        return False
    at = gaps.index(max(gaps)) + 1
    rest = sorted(gaps)[:-1]
    apart = not rest or max(gaps) > WIDER * median(rest)
    return apart and all(map(heavy, band[at:])) and not all(map(heavy, band[:at]))


def lead(page_lines: Sequence[Line], part: Sequence[Rule], cuts: Cuts, left: float) -> list[Line]:
    """The header over a table's first rule, or its title, which begins where the first column does, at `left`, and
    has a rule under it as the rows have."""
    above = [shown for line in page_lines if line.bottom <= part[0].y + 1 and (shown := within(line, part[0]))]
    found: list[Line] = []
    y = part[0].y
    for line in reversed(above):
        room = y - line.bottom
        if room > (HEAD_ROOM if heavy(line) and len(line.phrases) > 1 else LEAD_ROOM) * line.size:
            break
        if crosses(line, cuts) or len(line.phrases) < 2:
            titled = not found and abs(line.x0 - left) < ALIKE and _under(room, line.size, part, page_lines)
            alone = line is above[0] or line.top - above[above.index(line) - 1].bottom > TITLE_ROOM * line.size
            if titled and alone:
                return [line]
            if crosses(line, cuts) and not (heavy(line) and len(line.phrases) > 1):
                break
        found.append(line)
        y = line.top
    while found and len(found[-1].phrases) < 2:
        found.pop()
    return found[::-1]


def _under(room: float, size: float, part: Sequence[Rule], page_lines: Sequence[Line]) -> bool:
    """Whether the room between a line and the first rule is what rows have to the rule under them."""
    bands = [(between(page_lines, above, below), below.y) for above, below in pairwise(part)]
    usual = [y - band[-1].bottom for band, y in bands if band]
    return room < max([TITLE_ROOM * size, *(median(usual) + CLOSER * size for _ in usual[:1])])


def tail(page_lines: Sequence[Line], rule: Rule, cuts: Cuts) -> list[Line]:
    """The rows under a table's last rule, as far as lines stand close and in its columns."""
    found: list[Line] = []
    y = rule.y
    for line in page_lines:
        part = within(line, rule) if line.middle > rule.y else None
        if part:
            if part.top - y > TAIL_ROOM * part.size or runs_across(part, cuts):
                break
            found.append(part)
            y = part.bottom
    return found if any(len(line.phrases) > 1 for line in found) else []
