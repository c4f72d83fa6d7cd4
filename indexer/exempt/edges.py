"""What stands at a page's edges, or across it, and marks all of the page."""

import re
from collections.abc import Iterator, Sequence

from corpus.paper import Line
from indexer.exempt import denials, doubt, marks
from indexer.sheet import Sheet
from indexer.text.furniture import MARGIN

FEW = 0.5  # of a pack's pages
TURNED = 1.5  # a word so many times as high as its size reads upwards
CAPITALS = re.compile(r"^(?:EXEMPT|CONFIDENTIAL|RESTRICTED)\b|\b(?:EXEMPT|CONFIDENTIAL|RESTRICTED)\W*$")


def texts(sheet: Sheet) -> Iterator[str]:
    """What stands in the margins, what reads upwards, and what lies across the page."""
    lines = [line for line in sheet.lines if _in_margin(sheet, line.box[1], line.box[3])]
    yield from (marks.plain(line.text) for line in lines)
    for grid in sheet.grids:
        cells = [cell for row in grid.rows for cell in row if cell and _in_margin(sheet, cell.box[1], cell.box[3])]
        yield from (marks.plain(cell.text) for cell in cells)
    yield from (marks.plain(said) for said in sheet.across.split("\n"))
    turned = [line for line in sheet.lines if _is_turned(line)]
    yield " ".join(line.text for line in turned)
    yield " ".join(line.text for line in reversed(turned))


def watermarked(sheets: Sequence[Sheet]) -> set[int]:
    """The pages, few of all, whose text stands on a picture: it may be a mark."""
    backed = {sheet.number for sheet in sheets if sheet.backed}
    return backed if len(backed) < len(sheets) * FEW else set()


def _in_margin(sheet: Sheet, top: float, bottom: float) -> bool:
    if sheet.ours:
        return bottom < 0
    return bottom < sheet.height * MARGIN or top > sheet.height * (1 - MARGIN)


def _is_turned(line: Line) -> bool:
    height = line.box[3] - line.box[1]
    return len(line.text) > 2 and height > TURNED * line.size and height > line.box[2] - line.box[0]


def mark_of(text: str, closed: frozenset[str]) -> marks.Mark:
    """What such a text marks; `closed` are the appendices that are called exempt in the page's item."""
    if doubt.heads(text, closed):
        return "exempt"
    if CAPITALS.search(text) and not denials.DENIED.search(text):
        return "exempt"
    return (marks.of_heading(text) or marks.of_sentence(text)) if text else ""
