"""What may be the last rows of a table that began overleaf: too few of them to be told for a table by themselves."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.finder.area import Area, Cuts, between, crosses, is_taken
from indexer.finder.columns import clear_cuts
from indexer.finder.pieces import row_of
from indexer.finder.rows import single
from indexer.finder.rules import Level, Rule
from indexer.finder.text import Line
from indexer.sheet import Grid

MOST_ABOVE = 3  # lines: the page's running head
FEWEST = 3  # columns: two may be two texts side by side
CLOSE = 2.2  # of the size: lines of one table stand no farther apart


def areas(
    page_lines: Sequence[Line], parts: Iterable[tuple[Sequence[Rule], Cuts]], taken: Sequence[Grid]
) -> Iterator[Area]:
    """The lines between the first rules of a page, or the borders of its first shades, that hold nothing but rows; the
    columns' borders, where the rules tell them, come with these."""
    for part, known in parts:
        inner = between(page_lines, part[0], part[-1])
        bands = [between(inner, above, below) for above, below in pairwise(part)]
        if not bands or not all(bands) or is_taken(inner, (part[0].x0, part[0].x1), taken):
            continue
        head = [line for line in page_lines if line.bottom <= inner[0].top]
        cuts = known or tuple(clear_cuts([], inner))
        too_few = len(cuts) + 1 < FEWEST and not known
        if len(head) > MOST_ABOVE or any(grid.box[1] < inner[0].top for grid in taken) or too_few:
            continue
        made = [[row_of(line, cuts) for line in band] for band in bands]
        if all(single(band, [*cuts, part[0].x1]) for band in made) and not any(crosses(line, cuts) for line in inner):
            levels = tuple(Level(rule.y, (rule,)) for rule in part[1:-1])
            sides = part[0].x0, part[0].x1
            yield Area(tuple(inner), levels, True, cuts, banded=True, sides=sides, overleaf=True)


def aligned(page_lines: Sequence[Line], levels: Sequence[Level], taken: Sequence[Grid]) -> Iterator[Area]:
    """The lines at a page's head, as far as they stand close, where nothing but the places that all of them leave blank
    tells the columns, no rule parts them, and no header is."""
    at = next((number for number, line in enumerate(page_lines) if len(line.phrases) >= FEWEST), len(page_lines))
    first = page_lines[at : at + 1]
    if not first or at > MOST_ABOVE or first[0].heavy or any(grid.box[1] < first[0].bottom for grid in taken):
        return
    found = [first[0]]
    foot = first[0].bottom
    for line in page_lines[at + 1 :]:
        if line.top - foot > CLOSE * line.size:
            break
        found.append(line)
        foot = max(foot, line.bottom)
    cuts = tuple(clear_cuts([], found))
    room = CLOSE * first[0].size
    ruled = any(first[0].top - room < level.y < foot + room for level in levels)
    if len(cuts) + 1 >= FEWEST and not ruled and not any(crosses(line, cuts) for line in found):
        yield Area(tuple(found), (), True, cuts, cut=True, overleaf=True)
