"""What stands close under a table and is no row of it, and rows of one look that are no running text."""

from pathlib import Path

import pytest

from indexer.reader import read_pack
from tests.drawing import Drawing

EDGES = (60, 200, 270, 340)
WARDS = [["Ward", "Jun-21", "Jul-21"], ["Abbey", "89.1%", "94.1%"], ["Castle Hill", "94.7%", "94.0%"],
         ["Denholme", "96.0%", "87.0%"], ["All wards", "91.7%", "91.0%"]]  # fmt: skip
SHARES = [["Answered in time", "Q3 2020/21", "Q4 2020/21"], ["Requests for information", "124 (83%)", "121 (75%)"],
          ["Complaints in stage one", "166 (80%)", "185 (67%)"],
          ["Requests of the subjects", "191 (80%)", "162 (53%)"]]  # fmt: skip


def _rows(drawing: Drawing, rows: list[list[str]], shaded: bool) -> int:
    """Draws rows on shades, cell by cell, of which every other has one, or over rules; returns the last one's foot."""
    for number, row in enumerate(rows):
        y = 120 + 17 * number
        if shaded and number % 2 == 1:
            drawing.shade(y - 12, y + 5, EDGES)
        elif not shaded:
            drawing.rule(y + 5, EDGES)
        drawing.row(row, EDGES, y, bold=not number)
    return 120 + 17 * (len(rows) - 1)


@pytest.mark.parametrize("size", [10, 12])
def test_a_heading_close_below_a_table_is_no_line_of_its_last_row(tmp_path: Path, size: int) -> None:
    """It is set larger and in heavy type, and what comes after it stands under it."""
    drawing = Drawing(tmp_path / "a.pdf")
    foot = _rows(drawing, WARDS, shaded=True)
    drawing.row(("Housing Voids",), (56, 500), foot + 19, size=size, bold=True)
    drawing.row(("Homes stood empty for less time than in the year before.",), (56, 500), foot + 50)
    pack = read_pack(drawing.done(), "a.pdf")
    assert "All wards" in [row[0] for table in pack.tables for row in table.grid()]


def test_counts_with_their_shares_are_figures_and_no_running_text(tmp_path: Path) -> None:
    """Though all lines of a column end at one place, as those of a paragraph do."""
    drawing = Drawing(tmp_path / "a.pdf")
    _rows(drawing, SHARES, shaded=False)
    pack = read_pack(drawing.done(), "a.pdf")
    assert [[list(row) for row in table.grid()] for table in pack.tables] == [SHARES]
