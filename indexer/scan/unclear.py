"""Which tables of a scan are not to be taken apart, as their columns or their header were not read for certain."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from corpus.paper import Table
from indexer.kinds import PERIOD
from indexer.shapes.headers import BEFORE, TARGETS, VALUES
from kpi_tools.figures import Figure, read_figure

TOGETHER = "columns that stand together in the picture"
IN_PIECES = "a header that was read in pieces"
YEAR = re.compile(r"\b(19|20)?\d\d\b")
LABEL = re.compile(r"(?P<name>[^\W\d].*[^\W\d])\s[£<>-]?\d[\d,.]*%?")  # "Old Town 29": a name and its first figure
SEVERAL = 3  # names that differ: of "Ward 1" and "Ward 2" the number is a part
ROLES = frozenset((*TARGETS, *VALUES, *BEFORE))


def unclear(table: Table) -> str:
    """Why no figure of a table in a picture is to be believed; "" where nothing speaks against it."""
    grid = table.grid()
    if any(_periods(text) > 1 for row in grid if _names_periods(row) for text in row):
        return TOGETHER
    joined = Counter(c for row in grid for c, text in enumerate(row) if _figures(text) > 1)
    if any(times > 1 for times in joined.values()):
        return TOGETHER
    labels = [found for row in grid if row and (found := LABEL.fullmatch(" ".join(row[0].split())))]
    if len({found["name"].lower() for found in labels}) >= SEVERAL and 2 * len(labels) >= len(grid) - 1:
        return TOGETHER
    for above, below in pairwise(grid):
        if not below[0] and any(is_role(a) and YEAR.search(b) for a, b in zip(above[1:], below[1:], strict=False)):
            return IN_PIECES
    return ""


def is_role(text: str) -> bool:
    """Whether a text says only what a figure is, a result or a target, and not of what."""
    return text.strip(" :").lower() in ROLES


def _names_periods(row: Sequence[str]) -> bool:
    """Whether most of what stands in a row is a period or several, as in a header."""
    told = [text for text in row[1:] if text]
    return 2 * sum(_periods(text) > 0 for text in told) > len(told)


def _periods(text: str) -> int:
    """How many periods a cell has that has nothing else, two in "May Jun"."""
    words = text.split()
    for size in (len(words), 1, 2) if words else ():
        found = [" ".join(words[at : at + size]) for at in range(0, len(words), size)]
        if all(PERIOD.fullmatch(part) for part in found):
            return len(found)
    return 0


def _figures(text: str) -> int:
    """How many figures a cell has that has nothing else; 0 where it has words."""
    found = [isinstance(read_figure(word), Figure) for word in text.split()]
    return len(found) if all(found) else 0
