"""Rows at a page's end: one that it cut in two, and those that are repeated overleaf."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.paper import Cell, Row
from indexer.kinds import TELLING, kind_of

MANY = 4  # cells of a header that is known again though one of them differs
FILLED = 0.75  # of the lines of a row's longest cell: as many has one that goes on overleaf, but for blank ones
OPEN = ",&/(–-"  # what no text ends with


def mended(above: Row, below: Row, cut: bool) -> Row | None:
    """The one row that a page's end cut in two, or None where they are two rows.

    Certain where no ruling line closes the upper half and the halves complete each other or flow into one another, or
    where the lower half lacks the first cell and all that it holds goes on in mid-sentence.
    """
    if any(cell and (cell.rows > 1 or cell.columns > 1) for cell in (*above, *below)):
        return None
    halves = list(zip(above, below, strict=True))
    both = [(a.text, b.text) for a, b in halves if a and a.text and b and b.text]
    lower = [cell for cell in below if cell and cell.text]
    first = [bool(row[0] and row[0].text) for row in (above, below)]
    parted = not all(first) or _mid_sentence(*both[0])
    apart = any(has_figure(a) and has_figure(b) and not _flows(a, b) for a, b in both)
    completes = cut and parted and not apart and all(_to_foot(a, b, above) for a, b in halves)
    goes_on = not first[1] and len(both) == len(lower) and all(_mid_sentence(a, b) for a, b in both)
    if not lower or not (completes or goes_on):
        return None
    return tuple(_glued(a, b) for a, b in halves)


def _to_foot(above: Cell | None, below: Cell | None, row: Row) -> bool:
    """Whether a cell that goes on overleaf is filled down to the page's end, as far as the others of its row are, or
    breaks off in its midst."""
    if not (above and above.text and below and below.text):
        return True
    if above.text.rstrip()[-1:] in OPEN or _mid_sentence(above.text, below.text):
        return True
    most = max(cell.text.count("\n") + 1 for cell in row if cell)
    return above.text.count("\n") + 1 > FILLED * most


def has_figure(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _flows(above: str, below: str) -> bool:
    """Whether a cell of several lines may go on overleaf: neither half is a figure or the like by itself."""
    return "\n" in above.strip() and not {kind_of(" ".join(half.split())) for half in (above, below)} & TELLING


def _mid_sentence(above: str, below: str) -> bool:
    return below[:1].islower() and above.rstrip()[-1:] not in ".!?:;"


def _glued(above: Cell | None, below: Cell | None) -> Cell | None:
    """One cell with both texts, in the place of the half that holds any (of the upper one where both do)."""
    if not (above and above.text):
        return below or above
    if not (below and below.text):
        return above
    first, *rest = below.paragraphs or (below.text,)
    *whole, last = above.paragraphs or (above.text,)
    parts = (*whole, f"{last} {first}", *rest) if _mid_sentence(last, first) else (*whole, last, first, *rest)
    known = (above.paragraphs or below.paragraphs) and len(parts) > 1
    over = (below.page, below.box)
    return replace(above, text=f"{above.text}\n{below.text}", paragraphs=parts if known else (), rest=over)


def _texts(row: Row) -> list[str]:
    return ["".join(cell.text.split()) if cell else "" for cell in row]


def repeated(above: Sequence[Row], below: Sequence[Row]) -> int:
    """How many leading rows of `below` repeat those of `above`; 0 where only a title is repeated."""
    count = 0
    for first, second in zip(above, below, strict=False):
        if not _repeats(_texts(first), _texts(second)):
            break
        count += 1
    telling = any(filled(row) > 1 or not any(cell and cell.columns > 1 for cell in row) for row in below[:count])
    return count if telling else 0


def _repeats(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether two rows say the same, or all but one of their many cells do, in which the first goes on: to it the name
    of a group below was put."""
    other = [(a, b) for a, b in zip(above, below, strict=False) if a != b]
    longer = len(other) == 1 and other[0][1] and other[0][0].startswith(other[0][1])
    return len(above) == len(below) and (not other or bool(longer and sum(map(bool, below)) > MANY))


def filled(row: Row) -> int:
    """How many cells of a row hold text."""
    return sum(bool(text) for text in _texts(row))
