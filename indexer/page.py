"""A page's objects, wherever they come from, as dicts in pdfplumber's form; and what is read out of them.

All coordinates are points from the top left corner of the page as it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any

from corpus.paper import Box, Line
from indexer.finder import find_grids
from indexer.finder.charts import charts, clear
from indexer.finder.text import Word, words
from indexer.finder.text import lines as text_lines
from indexer.scan.pictured import is_backed, is_picture, is_recognised
from indexer.shapes.labels import may_have_cards
from indexer.sheet import Grid, Sheet
from indexer.text import columns, letters, sideways
from indexer.text.clipped import without_clipped
from indexer.text.endless import without_endless
from indexer.text.furniture import MARGIN
from indexer.text.letters import Char
from indexer.text.overlay import without_overlay

UNMAPPED = 13  # one unknown glyph among so many characters makes a page unreadable
STRAIGHT = 0.5  # points: a line that leans no more is level or upright

Thing = dict[str, Any]


@dataclass
class Page:
    """What stands on a page. Characters as in `letters`; `lines`, `rects`, `curves` (with `pts`) and `images` have x0,
    top, x1, bottom, width, height; rectangles also `fill`, `stroke`, `non_stroking_color`. `across`: as of a Sheet."""

    page_number: int
    width: float
    height: float
    chars: list[Char]
    lines: list[Thing] = field(default_factory=list)
    rects: list[Thing] = field(default_factory=list)
    curves: list[Thing] = field(default_factory=list)
    images: list[Thing] = field(default_factory=list)
    across: str = ""

    @cached_property
    def edges(self) -> list[Thing]:
        """The level and upright lines, sides of rectangles and straight pieces of curves, with their `orientation`."""
        found = [
            edge for line in self.lines for edge in _edge("line", line["x0"], line["top"], line["x1"], line["bottom"])
        ]
        for rect in self.rects:
            x0, top, x1, bottom = rect["x0"], rect["top"], rect["x1"], rect["bottom"]
            if x1 > x0:
                found += (_level("rect_edge", x0, x1, top), _level("rect_edge", x0, x1, bottom))
            if bottom > top:
                found += (_upright("rect_edge", x0, top, bottom), _upright("rect_edge", x1, top, bottom))
        for curve in self.curves:
            for (xa, ya), (xb, yb) in zip(curve["pts"], curve["pts"][1:], strict=False):
                found += _edge("curve_edge", min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
        return found


def _edge(kind: str, x0: float, top: float, x1: float, bottom: float) -> list[Thing]:
    wide, high = x1 - x0, bottom - top
    if high <= STRAIGHT and wide > high:
        return [_level(kind, x0, x1, (top + bottom) / 2)]
    if wide <= STRAIGHT and high > wide:
        return [_upright(kind, (x0 + x1) / 2, top, bottom)]
    return []


def _level(kind: str, x0: float, x1: float, y: float) -> Thing:
    return {"object_type": kind, "orientation": "h", "x0": x0, "x1": x1, "top": y, "bottom": y, "height": 0.0}


def _upright(kind: str, x: float, top: float, bottom: float) -> Thing:
    return {"object_type": kind, "orientation": "v", "x0": x, "x1": x, "top": top, "bottom": bottom,
            "height": bottom - top}  # fmt: skip


def sheet(page: Page) -> Sheet:
    """The page as the reader takes it on; `scanned` where it is a picture or its font does not tell its letters."""
    if _unmapped(page.chars):
        return Sheet(page.page_number, page.width, page.height, (), (), "", scanned=True)
    page, written = _bare(page)
    text = letters.text(page.chars)
    page, written, drawn = _without_scales(page, written)
    grids = _told(page, written, drawn)
    field = letters.Field(page.chars if grids else ())
    inside = {id(char) for grid in grids for char in field.within(grid.box)}
    outside = [char for char in page.chars if id(char) not in inside]
    lines = tuple(columns.lines(outside, page.width, [grid.box for grid in grids]))
    return Sheet(
        page.page_number,
        page.width,
        page.height,
        lines,
        tuple(grids),
        text,
        *_pictured(page),
        page.across,
        backed=is_backed(page.chars, page.images, page.width, page.height),
    )


def tables(page: Page) -> Sheet:
    """As `sheet`, with nothing but the tables, and the lines beside them that may be furniture or part two tables."""
    if _unmapped(page.chars):
        return Sheet(page.page_number, page.width, page.height, (), (), "", scanned=True)
    page, written, drawn = _without_scales(*_bare(page))
    grids = _told(page, written, drawn)
    lines = _beside(written, grids, page.height)
    return Sheet(page.page_number, page.width, page.height, lines, tuple(grids), "", *_pictured(page))


def _bare(page: Page) -> tuple[Page, list[Word]]:
    """The page without words that have no end, and what is laid over its text; and its words."""
    written = words(page.chars)
    held = [word.chars for word in written]
    whole = without_clipped(without_endless(page.chars, held), held)
    chars, marks = without_overlay(whole, page.width, page.height)
    if len(chars) == len(page.chars):
        return page, written
    return replace(page, chars=chars, across=page.across + marks), words(chars)


def _without_scales(page: Page, written: list[Word]) -> tuple[Page, list[Word], list[Box]]:
    """The page without the scales of its charts, its words, and where the charts stand."""
    found = charts(written)
    if not found:
        return page, written, []
    drawn = {id(char) for chart in found for word in chart.scales for char in word.chars}
    kept = [char for char in page.chars if id(char) not in drawn]
    return replace(page, chars=kept), words(kept), [chart.box for chart in found]


def _pictured(page: Page) -> tuple[bool, bool]:
    """Whether its text is in a picture, and whether what is read of it is a scanner's own reading."""
    pictured = is_picture(page.chars, page.images, len(page.curves), page.width, page.height)
    return pictured, bool(page.images) and is_recognised(page.chars)


def _beside(written: Sequence[Word], grids: Sequence[Grid], height: float) -> tuple[Line, ...]:
    """The level lines over a page's first table and under its last one; without one, those at its head and foot."""
    top = min((grid.box[1] for grid in grids), default=MARGIN * height)
    foot = max((grid.box[3] for grid in grids), default=(1 - MARGIN) * height)
    found = text_lines([word for word in written if word.middle < top or word.middle > foot])
    texts = [" ".join([word.text for word in line.words]) for line in found]
    boxes = [(line.x0, line.top, line.x1, line.bottom) for line in found]
    return tuple(Line(text, box, line.size, line.heavy) for text, box, line in zip(texts, boxes, found, strict=True))


def _told(page: Page, written: list[Word], drawn: Sequence[Box]) -> list[Grid]:
    """The tables; those of a page whose text is set sideways as if it were turned."""
    level = sum([len(word.chars) for word in written])
    both = None if level * 2 > len(page.chars) else sideways.turns(page.chars, page.width, page.height)
    if not both:
        return _found(page, written, drawn)
    turn, back = both
    turned = _turned(page, turn)
    return [sideways.put_back(grid, back) for grid in _found(turned, words(turned.chars), ())]


def _turned(page: Page, turn: sideways.Turn) -> Page:
    """The page with its letters set level."""
    drawn = {name: sideways.turned_things(getattr(page, name), turn) for name in ("lines", "rects", "curves", "images")}
    chars = sideways.turned_chars(page.chars, turn)
    return Page(page.page_number, page.height, page.width, chars, **drawn, across=page.across)


def _found(page: Page, written: list[Word], drawn: Sequence[Box]) -> list[Grid]:
    """The tables in which anything stands; what stands in the charts that are `drawn` is no table's."""
    grids = find_grids(page, clear(written, drawn) if drawn else written)
    found = [grid for grid in grids if any(cell and cell.text for row in grid.rows for cell in row)]
    if not may_have_cards(" ".join([word.text for word in written])):
        return found
    from indexer.cards.framed import closed, rounded
    from indexer.cards.grids import card_grids  # here, as grammars of figures are large

    frames = chain(page.rects, filter(rounded, page.curves), closed(page.lines))
    return card_grids(page.page_number, written, found, frames, page.height)


def _unmapped(chars: list[Char]) -> bool:
    """Whether the font does not tell which letters too many of the glyphs are."""
    unknown = "(cid:" in "".join([c[0] for c in chars])  # in most pages it is nowhere, which is soon seen
    return unknown and len([c for c in chars if len(c[0]) > 4 and c[0][:5] == "(cid:"]) * UNMAPPED > len(chars)
