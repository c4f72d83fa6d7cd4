"""Tables in a frame without upright rules: groups under their names, wrapped names, figures that reach into the next
column's room; none of their rows is lost."""

from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from indexer.reader import read_pack

Rows = list[list[str]]
HEADER = ["Ref", "Description", "Apr-21", "May-21", "Target"]
GROUPED: Rows = [
    HEADER,
    ["Estates", "", "", "", ""],
    ["A1", "Repairs bill", "£99k", "£155k", "£175k"],
    ["A2", "Rent collected on time", "98.0%", "85.6%", "91.8%"],
    ["A3", "Energy used", "7,955", "8,367", "7,304"],
    ["Benefits", "", "", "", ""],
    ["A4", "Traders in the approved scheme", "303", "377", "110"],
    ["A5", "Complaints closed in a week", "65.8%", "Not available", "76.6%"],
]


def _drawn(path: Path, rows: Rows, wide: float, commands: list[Any]) -> list[Rows]:
    """The tables of a page with the rows in a frame, under a shaded header in heavy type."""
    style = ParagraphStyle("cell", fontName="Helvetica", fontSize=8, leading=9.6)
    widths = (60, wide, 80, 80, 80)
    cells = [
        [Paragraph(f"<b>{text}</b>" if number == 0 or not row[1] else text,
                   ParagraphStyle("at", style, alignment=0 if column < 2 else 2)) for column, text in enumerate(row)]
        for number, row in enumerate(rows)
    ]  # fmt: skip
    frame: list[Any] = [
        ("BOX", (0, 0), (-1, -1), 0.7, HexColor("#333333")),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor("#d5d5d5")),
    ]
    frame += [("VALIGN", (0, 0), (-1, -1), "TOP")]
    table = Table(cells, colWidths=widths, style=[*frame, *commands], hAlign="LEFT")
    SimpleDocTemplate(str(path), pagesize=landscape(A4)).build([table])
    pack = read_pack(path, path.name)
    return [[[" ".join(text.split()) for text in row] for row in each.grid()] for each in pack.tables]


@pytest.mark.parametrize("wide", [75, 100, 200])
@pytest.mark.parametrize("shaded", [True, False])
def test_groups_in_a_frame_stay_in_one_table(tmp_path: Path, wide: float, shaded: bool) -> None:
    """Whether the groups' names stand on shades or not, and names run over one line or three."""
    named = [number for number, row in enumerate(GROUPED) if not row[1]]
    marks: list[Any] = [("SPAN", (0, row), (-1, row)) for row in named]
    marks += [("BACKGROUND", (0, row), (-1, row), HexColor("#f2f2f2")) for row in named if shaded]
    assert _drawn(tmp_path / "a.pdf", GROUPED, wide, marks) == [GROUPED]


@pytest.mark.parametrize("shaded", [True, False])
def test_the_last_row_of_a_frame_is_kept(tmp_path: Path, shaded: bool) -> None:
    """Though a word in it is wider than all figures above."""
    rows = [row for row in GROUPED if row[1]]
    marks = [("BACKGROUND", (0, row), (-1, row), HexColor("#f2f2f2")) for row in range(2, len(rows), 2) if shaded]
    assert _drawn(tmp_path / "a.pdf", rows, 200, marks) == [rows]
