"""A part of a page that may be a table, and what stands between, above and below the rules or shades of one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from corpus.paper import Box
from indexer.finder.rules import Level, Rule
from indexer.finder.text import WIDE, Line, is_figure, is_year, phrases
from indexer.sheet import Grid
from indexer.text.middle import median

ALIKE = 2.0  # points between the ends of rules, or between joints, that belong to one table
APART = 1.0  # of the size: so much more room than usual begins another table
PADDING = 10.0  # points from the end of a rule to what begins over or under it
SEVERAL = 3  # texts of a header
WIDER = 1.5  # times the usual room between lines
LARGER = 1.15  # times the usual size: what is set so is a heading

Cuts = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Lines that may be a table, with the level rules among them; `framed` by rules above and below; `cuts` are the
    borders of its columns, where more than the text tells them: then its rules part all of its rows, or only its
    header; `cut`: no rule closes its last row, else `foot` may say where one lies; `banded`: each stretch between its
    levels is one row; `sides`: where its rules begin and end, if that is known; `overleaf`: the last rows of a table,
    or nothing."""

    lines: tuple[Line, ...]
    levels: tuple[Level, ...]
    framed: bool
    cuts: Cuts = ()
    cut: bool = False
    banded: bool = False
    sides: tuple[float, float] | None = None
    overleaf: bool = False
    foot: float = 0.0


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
    end of the one and the header of the other, or notes and a heading, or more room over the rule or shade that this
    one begins with."""
    bands = [between(page_lines, above, below) for above, below in pairwise(chain)]
    rooms = [band[0].top - rule.y for band, rule in zip(bands, chain, strict=False) if band]
    feet = [rule.y - band[-1].bottom for band, rule in zip(bands, chain[1:], strict=False) if band]
    usual = median([line.size for band in bands for line in band] or [0.0])
    part = [chain[0]]
    for number, (band, above, below) in enumerate(zip(bands, chain, chain[1:], strict=False), 1):
        far = bool(band) and band[0].top - above.y > median(rooms) + APART * min(usual, band[0].size)
        over_next = bool(band) and below.y - band[-1].bottom > median(feet) + APART * usual and _headed(bands[number:])
        anew = _begins_anew(band) or _notes_and_heading(band, usual) or (number > 1 and _titled(band))
        if not band or (far and _heads(band[0], above)) or over_next or anew:
            yield part
            part = []
        part.append(below)
    yield part


def meets(box: Box, found: Iterable[Grid]) -> bool:
    """Whether a box meets a table that is found."""
    return meets_any(box, (each.box for each in found))


def meets_any(box: Box, others: Iterable[Box]) -> bool:
    """Whether a box shares room with one of others."""
    x0, top, x1, bottom = box
    return any(x0 < right and left < x1 and top < foot and head < bottom for left, head, right, foot in others)


def is_taken(inner: Sequence[Line], sides: tuple[float, float], found: Sequence[Grid]) -> bool:
    """Whether lines between rules with these sides are a found table's: no area need be made of them."""
    return bool(inner) and meets((sides[0], inner[0].top, sides[1], inner[-1].bottom), found)


def heavy(line: Line) -> bool:
    """Whether the line is in heavy type."""
    return line.heavy


def halves(area: Area) -> tuple[Area, ...]:
    """The area, or two of it where its first line says everything twice: the headers of two tables side by side."""
    found = area.lines[0].phrases
    texts = [" ".join(word.text for word in phrase) for phrase in found]
    half = len(texts) // 2
    if half < 2 or texts[:half] != texts[half:]:
        return (area,)
    middle = (found[half - 1][-1].x1 + found[half][0].x0) / 2
    left, right = min(line.x0 for line in area.lines) - ALIKE, max(line.x1 for line in area.lines) + ALIKE
    parts = []
    for x0, x1, first in ((left, middle, found[0]), (middle, right, found[half])):
        lines = tuple(part for line in area.lines if (part := line.within(x0, x1)))
        if min(line.x0 for line in lines) < first[0].x0 - ALIKE:
            return (area,)  # rows begin beside what is said twice
        cuts = tuple(cut for cut in area.cuts if x0 < cut < x1 and abs(cut - middle) > ALIKE)
        parts.append(replace(area, lines=lines, cuts=cuts))
    return tuple(parts)


def _heads(line: Line, rule: Rule) -> bool:
    """Whether a line with much room above may head a table: a title, or a header. The first line of a row whose cells
    are set in paragraphs has as much, and stands in columns, or in one beside the first."""
    middle = abs(line.x0 + line.x1 - rule.x0 - rule.x1) / 2
    return heavy(line) or (len(line.phrases) == 1 and min(line.x0 - rule.x0, middle) <= PADDING)


def _headed(bands: Sequence[Sequence[Line]]) -> bool:
    """Whether the first band is a header in heavy type, or a title over one."""
    first = list(takewhile(lambda band: bool(band) and all(map(heavy, band)), bands[:2]))
    return any(len(line.phrases) > 1 for band in first for line in band)


def _titled(band: Sequence[Line]) -> bool:
    """Whether a band begins with a title, and a header that is none of figures, both in heavy type."""
    if len(band) < 2 or len(band[0].phrases) > 1 or len(band[1].phrases) < SEVERAL or not all(map(heavy, band[:2])):
        return False
    texts = [phrase[-1].text for phrase in band[1].phrases]
    return not any(is_figure(text) and not is_year(text) for text in texts)


def _notes_and_heading(band: Sequence[Line], usual: float) -> bool:
    """Whether a band holds what stands under one table, and a heading over the next, in larger type than theirs, with
    or without the first lines of that."""
    heads = list(takewhile(heavy, reversed(band)))[::-1]
    notes = band[: len(band) - len(heads)]
    alone = bool(notes and heads) and all(len(line.phrases) == 1 for line in (*notes, heads[0]))
    return alone and heads[0].size >= LARGER * usual


def _begins_anew(band: Sequence[Line]) -> bool:
    """Whether heavy lines in the band head another table: they have more room above them than what stands over them
    has between its lines, of several, room may be between them too; and they stand at its foot, or one is a header."""
    gaps = [b.top - a.bottom for a, b in pairwise(band)]
    foot = len(band) - sum(1 for _ in takewhile(heavy, reversed(band)))
    widest = gaps.index(max(gaps)) + 1 if gaps else 0
    return any(
        gaps[at - 1] >= APART * band[0].size
        and (not rest or gaps[at - 1] > WIDER * median(rest))
        and (all(map(heavy, band[at:])) or _headed([[line] for line in band[at:]]))
        and not all(map(heavy, band[:at]))
        for at, rest in ((widest, sorted(gaps)[:-1]), (foot, gaps[: foot - 1]))
        if 0 < at < len(band)
    )
