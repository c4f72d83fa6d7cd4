"""Headers set at the left of columns, over figures set at their right: each stands over its own column all the same."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.colors import Color

from indexer.reader import read_pack
from tests.drawing import HEIGHT, Drawing

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


AREAS = [["Measure", "Target", "Area", "May 23", "June 23", "July 23"],
         ["Calls that were answered [C1]", "93%", "North", "84%", "94%", "91%"], ["", "", "South", "92%", "93%", "88%"],
         ["", "", "All areas", "92%", "88%", "84%"],
         ["Letters answered [C2]", "3,093", "North", "3,061", "3,132", "3,060"],
         ["", "", "South", "2,897", "2,934", "2,925"], ["", "", "All areas", "3,036", "2,833", "2,897"],
         ["Loans per head [C3]", "5.68", "North", "5.48", "5.79", "5.72"], ["", "", "South", "5.85", "5.40", "5.80"],
         ["", "", "All areas", "5.45", "5.85", "5.81"]]  # fmt: skip


def _aligned(drawing: Drawing, row: Sequence[str], edges: Sequence[float], y: float, first: int) -> None:
    """A row in size 8 whose columns stand at the left up to the `first` that is not, but for the second where its texts
    are figures; those at the right end nearer than a letter to the next."""
    heavy = row[0] in ("Measure", "Group")
    for column, (text, x0, x1) in enumerate(zip(row, edges, edges[1:], strict=False)):
        if column >= first or (column == 1 and first == 3):
            drawing.row(("", text), (x0, x0, x1 + 1.5), y, size=8, bold=heavy, right=True)
        else:
            drawing.row((text,), (x0, x1), y, size=8, bold=heavy)


@pytest.mark.parametrize("shaded", [False, True])
def test_a_column_set_at_the_right_stands_beside_one_set_at_the_left(tmp_path: Path, shaded: bool) -> None:
    """Too near for two columns by the room alone; and the second line of a name stands lower than the next row."""
    drawing, edges = Drawing(tmp_path / "a.pdf"), (44, 200, 246, 340, 392, 444, 496)
    drawing.shade(88, 103, (edges[0], edges[-1]))
    for number, row in enumerate(AREAS):
        y = 98 + 14.5 * number
        if shaded and number % 2 == 0:
            drawing.shade(y - 10.5, y + 4, (edges[0], edges[-1]))
        name = row[0].replace(" [C1]", "") if number == 1 else row[0]
        _aligned(drawing, [name, *row[1:]], edges, y, 3)
    drawing.row(("[C1]",), edges, 98 + 14.5 + 9.5, size=8)
    drawing.canvas.rect(44, HEIGHT - (98 + 14.5 * 9 + 4), 452, 14.5 * 10 + 3)
    (table,) = read_pack(drawing.done(), "a.pdf").tables
    found = [list(row) for row in table.grid()]
    assert [row[1:] for row in found] == [row[1:] for row in AREAS]
    assert " ".join(row[0] for row in found).split() == " ".join(row[0] for row in AREAS).split()


def test_a_count_by_itself_under_a_group_leaves_the_rows_parted(tmp_path: Path) -> None:
    """Rows with a second line of their name have more room under them than the others."""
    drawing, edges = Drawing(tmp_path / "a.pdf"), (44, 90, 130, 250, 320, 390, 460)
    rows = [["Group", "Ref", "What", "May", "June", "July"]]
    y = 98.0
    drawing.shade(88, 104, (edges[0], edges[-1]))
    _aligned(drawing, rows[0], edges, y, 4)
    for group in range(4):
        for line in range(3 if group % 2 else 2):
            y += 14.5 if line == 1 else 17
            rows.append(["" if line else f"G{group}", f"K{group}{line}", "Calls late", str(group), "98.1", "72.4"])
            _aligned(drawing, rows[-1], edges, y, 4)
            if line == 0:
                y += 9.5
                drawing.row(("of a kind",), edges[2:], y, size=8)
                rows[-1][2] += " of a kind"
        y += 14.5
        rows.append([str(line + 1), "", "", "", "", ""])
        drawing.row(rows[-1], edges, y, size=8)
    drawing.canvas.rect(44, HEIGHT - y - 4, 416, y - 84)
    (table,) = read_pack(drawing.done(), "a.pdf").tables
    assert [list(row) for row in table.grid()] == rows
