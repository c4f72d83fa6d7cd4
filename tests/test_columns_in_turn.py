"""Headers set at the left of columns, over figures set at their right: each stands over its own column all the same."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.colors import Color

from indexer.reader import read_pack
from tests.drawing import Drawing

EDGES = (46, 147, 247, 347, 447, 547)
MONTHS = [["Performance measure", "KPI target", "Oct 17", "Nov 17", "Penalties"],
          ["Calls in time", "98%", "99.2%", "92.2%", "3"], ["Letters", "92%", "82.2%", "91.9%", "0"],
          ["Complaints", "15", "8", "17", "6"], ["Visitors seen", "90%", "80.1%", "95.0%", "1"]]  # fmt: skip


def _drawn(path: Path, rows: Sequence[Sequence[str]], joints: bool) -> None:
    """Rows with labels at the left and figures at the right, every other and the header on a shade, whose first text
    has two lines; `joints`: the header has a rule that is drawn cell by cell."""
    drawing, ends = Drawing(path), (EDGES[0], EDGES[-1])
    drawing.shade(104, 129, ends)
    if joints:
        drawing.rule(129, EDGES)
    drawing.row(("", *rows[0][1:]), EDGES, 120, bold=True)
    for line, part in enumerate(rows[0][0].split()):
        drawing.row((part,), EDGES, 115 + 10 * line, bold=True)
    for number, row in enumerate(rows[1:], 1):
        y = 124 + 17 * number
        if number % 2 == 1:
            drawing.shade(y - 12, y + 5, ends)
        drawing.row(row, EDGES, y, right=True)
    drawing.done()


@pytest.mark.parametrize("joints", [False, True])
def test_each_header_stands_over_its_column(tmp_path: Path, joints: bool) -> None:
    """Else every figure would be of the month after its own."""
    _drawn(tmp_path / "a.pdf", MONTHS, joints)
    (table,) = read_pack(tmp_path / "a.pdf", "a.pdf").tables
    assert [list(row) for row in table.grid()] == MONTHS


def test_a_large_heading_over_the_first_rule_is_no_row(tmp_path: Path) -> None:
    """Nor is another that stands over it, in yet another size, a part of it."""
    drawing = Drawing(tmp_path / "a.pdf")
    for y, size, text in ((80, 13, "Leisure Contract"), (97, 11, "Visits by centre")):
        drawing.row((text,), (50, 300), y, size=size, bold=True)
    for number, row in enumerate([["Centre", "May 2023", "June 2023"], ["Holt", "912", "855"], ["Vale", "76", "81"]]):
        y = 113 + 17 * number
        drawing.rule(y - 12, EDGES[:4]).rule(y + 5, EDGES[:4]).row(row, EDGES, y, size=8, bold=not number)
    (table,) = read_pack(drawing.done(), "a.pdf").tables
    assert table.text(0, 0) == "Centre"
    assert table.headings[-2:] == ("Leisure Contract", "Visits by centre")


def test_a_heading_and_a_header_below_a_table_are_another_table(tmp_path: Path) -> None:
    """Though the heading is no larger than the rows, and no farther from the last than rows stand apart."""
    drawing = Drawing(tmp_path / "a.pdf")
    first = [["Activity", "Apr 2021", "May 2021"], ["New cases", "78", "6"], ["Cases closed", "43", "24"]]
    second = [["Standard", "Goal", "June 2021", "July 2021"], ["Faults mended", "95%", "90%", "93%"],
              ["Patches set", "90%", "85%", "90%"]]  # fmt: skip
    for top, rows, edges in ((100, first, (46, 246, 346, 446)), (167, second, (46, 170, 290, 400, 446))):
        drawing.rule(top - 12, (46, 446))
        for number, row in enumerate(rows):
            drawing.row(row, edges, top + 16 * number, bold=not number).rule(top + 16 * number + 4, edges)
    drawing.row(("Systems",), (42, 200), 147, size=8, bold=True)
    found = read_pack(drawing.done(), "a.pdf").tables
    assert [[list(row) for row in table.grid()] for table in found] == [first, second]
    assert found[1].headings[-1:] == ("Systems",)


COLOURED = [["Ref", "Indicator", "Jul 21", "RAG", "Aug 21", "RAG", "Target"],
            ["Libraries and museums"],
            ["LB1", "Loans made in the month", "4,120", "Red", "4,388", "Green", "4,300"],
            ["LB2", "New readers joined", "310", "Green", "287", "Amber", "300"],
            ["LB3", "Exhibitions held", "4", "Amber", "7", "Red", "6"],
            ["Parks"],
            ["PK1", "Play areas inspected on time", "97.1%", "Amber", "99.0%", "Green", "98%"],
            ["PK2", "Hours given by volunteers", "912", "Green", "855", "Red", "900"],
            ["PK3", "Trees planted", "41", "Red", "12", "Red", "50"]]  # fmt: skip


@pytest.mark.parametrize("ruled", [False, True])
def test_coloured_cells_are_no_columns_borders(tmp_path: Path, ruled: bool) -> None:
    """Several columns of colours between months, with level rules alone, or with none and shaded names of groups."""
    drawing = Drawing(tmp_path / "a.pdf")
    colours = {"Red": Color(1, 0.5, 0.5), "Amber": Color(1, 0.8, 0.4), "Green": Color(0.6, 0.8, 0.5)}
    edges = (46, 96, 266, 326, 366, 426, 466, 536)
    ends = (edges[0], edges[-1])
    for number, row in enumerate(COLOURED):
        y = 120 + 16 * number
        if len(row) == 1 and not ruled:
            drawing.shade(y - 11, y + 5, ends)
        for column, text in enumerate(row):
            if text in colours:
                drawing.shade(y - 11, y + 5, edges[column : column + 2], colours[text])
        drawing.row(row, edges, y, size=8, bold=number == 0 or len(row) == 1)
        if ruled:
            drawing.rule(y + 5, ends)
    (table,) = read_pack(drawing.done(), "a.pdf").tables
    assert [[text for text in row if text] for row in table.grid()] == COLOURED
