"""How the sample papers look: type, colours, and tables with ruled and merged cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table, TableStyle

from corpus.sample.markup import Block

TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=10.5, leading=13.5, spaceAfter=7, keepWithNext=0)
HEAD = ParagraphStyle("head", TEXT, fontName="Helvetica-Bold", keepWithNext=1)
PROSE = {
    "text": TEXT,
    "number": ParagraphStyle("number", TEXT, leftIndent=24, bulletIndent=0),
    "bullet": ParagraphStyle("bullet", TEXT, leftIndent=40, bulletIndent=24, spaceAfter=4),
    "title": ParagraphStyle("title", HEAD, fontSize=16, leading=20, spaceBefore=4, spaceAfter=10),
    "heading": ParagraphStyle("heading", HEAD, fontSize=12, leading=15, spaceBefore=8, spaceAfter=6),
    "run-in": ParagraphStyle("run-in", HEAD, spaceBefore=3, spaceAfter=4),
    "centred": ParagraphStyle("centred", TEXT, alignment=TA_CENTER, fontSize=12),
}
RULE = HexColor("#7f7f7f")
LEFT, ABOVE = "<", "^"  # a cell that is covered by its neighbour


@dataclass(frozen=True, slots=True)
class Look:
    """A kind of table: its size of type, its shaded rows at the head, and how many are repeated on a new page."""

    size: float
    shades: tuple[str, ...]
    repeated: int
    centred_from: int = 99  # the first column whose cells stand in the middle
    bold_columns: int = 0


LOOKS = {
    "kpi": Look(8, ("#1f3864", "#d9e2f3"), 2, centred_from=1),
    "definitions": Look(9, ("#1f3864",), 0),
    "plain": Look(9, ("#d9d9d9",), 1),
    "plan": Look(7.2, ("#bdd6ee",), 1),
    "labels": Look(9, (), 0, bold_columns=1),
    "money": Look(9.5, ("#e2efd9",), 1, centred_from=1),
    "levels": Look(8.5, ("#7b2c5e", "#ead9e4"), 2, centred_from=1),
    "risks": Look(8, ("#ead9e4", "#ead9e4"), 2),
    "objectives": Look(9, ("#ead9e4",), 1),
}


def markup(text: str) -> str:
    """Text as reportlab's own markup: escaped, `**bold**` as bold, ` // ` as a new line."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text)).replace(" // ", "<br/>")


def table(block: Block, name: str, widths: list[float], room: float) -> Table:
    """A ruled table `room` points wide; `widths` are relative. A short row's last cell spans the rest."""
    look = LOOKS[name]
    grid = [[*row, *[LEFT] * (len(widths) - len(row))] for row in block.rows]
    cells = [[_cell(text, look, r, c) for c, text in enumerate(row)] for r, row in enumerate(grid)]
    commands = [*_shading(look, grid), *_rules(grid)]
    scale = room / sum(widths)
    pad = 2 if look.size < 7.5 else 3
    commands += [("VALIGN", (0, 0), (-1, -1), "TOP"), ("VALIGN", (0, 0), (-1, len(look.shades) - 1), "MIDDLE")]
    commands += [(f"{side}PADDING", (0, 0), (-1, -1), pad) for side in ("TOP", "BOTTOM", "LEFT", "RIGHT")]
    return Table(
        cells,
        [w * scale for w in widths],
        repeatRows=look.repeated,
        style=TableStyle(commands),
        spaceAfter=12,
        spaceBefore=2,
    )


def _cell(text: str, look: Look, row: int, column: int) -> Paragraph | str:
    if text in (LEFT, ABOVE, ""):
        return ""
    head = row < len(look.shades)
    bold = head or column < look.bold_columns or text.startswith("Total")
    style = ParagraphStyle(
        "cell",
        fontName="Helvetica-Bold" if bold else "Helvetica",
        fontSize=look.size,
        leading=look.size * 1.2,
        alignment=TA_CENTER if column >= look.centred_from else 0,
        textColor=HexColor("#ffffff") if head and _dark(look.shades[row]) else black,
    )
    return Paragraph(markup(text), style)


def _dark(shade: str) -> bool:
    return int(shade[1:3], 16) < 0x80


Command = tuple[Any, ...]


def _shading(look: Look, grid: list[list[str]]) -> list[Command]:
    """Spans, and the header's shades, each in one piece for what is one cell. A body has no spans but along a row."""
    found: list[Command] = []
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if text in (LEFT, ABOVE):
                continue
            right, low = c, r
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            while low + 1 < len(look.shades) and grid[low + 1][c] == ABOVE:
                low += 1
            if (right, low) != (c, r):
                found.append(("SPAN", (c, r), (right, low)))
            if r < len(look.shades):
                found.append(("BACKGROUND", (c, r), (right, low), HexColor(look.shades[r])))
    return found


def _rules(grid: list[list[str]]) -> list[Command]:
    """Lines round every cell but between a cell and what it covers; a page's end closes all."""
    found: list[Command] = [("BOX", (0, 0), (-1, -1), 0.5, RULE)]
    for r, row in enumerate(grid):
        found += [("LINEABOVE", (start, r), (end, r), 0.5, RULE) for start, end in _runs(row, ABOVE)]
    for c, column in enumerate(zip(*grid, strict=True)):
        found += [("LINEBEFORE", (c, start), (c, end), 0.5, RULE) for start, end in _runs(column, LEFT)]
    found.append(("LINEBELOW", (0, "splitlast"), (-1, "splitlast"), 0.5, RULE))
    found.append(("LINEABOVE", (0, "splitfirst"), (-1, "splitfirst"), 0.5, RULE))
    return found


def _runs(cells: Sequence[str], gap: str) -> list[tuple[int, int]]:
    """First and last index of each run of cells without `gap`: one long line in place of many short ones."""
    groups = [(is_gap, [i for i, _ in run]) for is_gap, run in groupby(enumerate(cells), lambda at: at[1] == gap)]
    return [(run[0], run[-1]) for is_gap, run in groups if not is_gap]
