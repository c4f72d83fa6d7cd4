"""What stands close under a table and is no row of it, and rows of one look that are no running text."""

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.reader import read_pack

HEIGHT = A4[1]
EDGES = (60, 200, 270, 340)
WARDS = [["Ward", "Jun-21", "Jul-21"], ["Abbey", "89.1%", "94.1%"], ["Castle Hill", "94.7%", "94.0%"],
         ["Denholme", "96.0%", "87.0%"], ["All wards", "91.7%", "91.0%"]]  # fmt: skip
SHARES = [["Answered in time", "Q3 2020/21", "Q4 2020/21"], ["Requests for information", "124 (83%)", "121 (75%)"],
          ["Complaints in stage one", "166 (80%)", "185 (67%)"],
          ["Requests of the subjects", "191 (80%)", "162 (53%)"]]  # fmt: skip


def _rows(canvas: Canvas, rows: list[list[str]], shaded: bool) -> float:
    """Draws rows on shades, cell by cell, of which every other has one, or over rules; returns the last one's foot."""
    for number, row in enumerate(rows):
        y = HEIGHT - 120 - 17 * number
        canvas.setFont("Helvetica" if number else "Helvetica-Bold", 9)
        for column, text in enumerate(row):
            if shaded and number % 2 == 1:
                canvas.setFillGray(0.92)
                canvas.rect(EDGES[column], y - 5, EDGES[column + 1] - EDGES[column], 17, stroke=0, fill=1)
                canvas.setFillGray(0)
            elif not shaded:
                canvas.line(EDGES[column], y - 5, EDGES[column + 1], y - 5)
            canvas.drawString(EDGES[column] + 4, y, text)
    return HEIGHT - 120 - 17 * (len(rows) - 1)


@pytest.mark.parametrize("size", [10, 12])
def test_a_heading_close_below_a_table_is_no_line_of_its_last_row(tmp_path: Path, size: int) -> None:
    """It is set larger and in heavy type, and what comes after it stands under it."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    foot = _rows(canvas, WARDS, shaded=True)
    canvas.setFont("Helvetica-Bold", size)
    canvas.drawString(60, foot - 19, "Housing Voids")
    canvas.setFont("Helvetica", 9)
    canvas.drawString(60, foot - 50, "Homes stood empty for less time than in the year before.")
    canvas.save()
    pack = read_pack(tmp_path / "a.pdf", "a.pdf")
    assert "All wards" in [row[0] for table in pack.tables for row in table.grid()]


def test_counts_with_their_shares_are_figures_and_no_running_text(tmp_path: Path) -> None:
    """Though all lines of a column end at one place, as those of a paragraph do."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    _rows(canvas, SHARES, shaded=False)
    canvas.save()
    pack = read_pack(tmp_path / "a.pdf", "a.pdf")
    assert [[list(row) for row in table.grid()] for table in pack.tables] == [SHARES]
