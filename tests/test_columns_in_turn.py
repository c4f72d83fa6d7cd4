"""Headers set at the left of columns, over figures set at their right: each stands over its own column all the same."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.reader import read_pack

HEIGHT = A4[1]
EDGES = (46, 147, 247, 347, 447, 547)
MONTHS = [["Performance measure", "KPI target", "Oct 17", "Nov 17", "Penalties"],
          ["Calls in time", "98%", "99.2%", "92.2%", "3"], ["Letters", "92%", "82.2%", "91.9%", "0"],
          ["Complaints", "15", "8", "17", "6"], ["Visitors seen", "90%", "80.1%", "95.0%", "1"]]  # fmt: skip


def _drawn(path: Path, rows: Sequence[Sequence[str]], joints: bool) -> None:
    """Rows with labels at the left and figures at the right, every other and the header on a shade, whose first text
    has two lines; `joints`: the header has a rule that is drawn cell by cell."""
    canvas = Canvas(str(path), pagesize=A4)
    for number, row in enumerate(rows):
        y = HEIGHT - 120 - 17 * number - 4 * bool(number)
        if number == 0 or number % 2 == 1:
            canvas.setFillGray(0.92)
            canvas.rect(
                EDGES[0], y - 5 - 4 * (not number), EDGES[-1] - EDGES[0], 17 + 8 * (not number), stroke=0, fill=1
            )
            canvas.setFillGray(0)
        if number == 0 and joints:
            for left, right in pairwise(EDGES):
                canvas.line(left, y - 9, right, y - 9)
        canvas.setFont("Helvetica" if number else "Helvetica-Bold", 9)
        for column, text in enumerate(row):
            if column and number:
                canvas.drawRightString(EDGES[column + 1] - 4, y, text)
            else:
                for line, part in enumerate(lines := text.split(" ") if not (number or column) else [text]):
                    canvas.drawString(EDGES[column] + 4, y + 5 * (len(lines) - 1) - 10 * line, part)
    canvas.save()


@pytest.mark.parametrize("joints", [False, True])
def test_each_header_stands_over_its_column(tmp_path: Path, joints: bool) -> None:
    """Else every figure would be of the month after its own."""
    _drawn(tmp_path / "a.pdf", MONTHS, joints)
    (table,) = read_pack(tmp_path / "a.pdf", "a.pdf").tables
    assert [list(row) for row in table.grid()] == MONTHS


def test_a_large_heading_over_the_first_rule_is_no_row(tmp_path: Path) -> None:
    """Nor is another that stands over it, in yet another size, a part of it."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    for y, size, text in ((80.0, 13, "Leisure Contract"), (97, 11, "Visits by centre")):
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawString(54, HEIGHT - y, text)
    for number, row in enumerate([["Centre", "May 2023", "June 2023"], ["Holt", "912", "855"], ["Vale", "76", "81"]]):
        foot = HEIGHT - 113 - 17 * number
        canvas.setFont("Helvetica" if number else "Helvetica-Bold", 8)
        for column, text in enumerate(row):
            canvas.line(EDGES[column], foot + 12, EDGES[column + 1], foot + 12)
            canvas.line(EDGES[column], foot - 5, EDGES[column + 1], foot - 5)
            canvas.drawString(EDGES[column] + 4, foot, text)
    canvas.save()
    (table,) = read_pack(tmp_path / "a.pdf", "a.pdf").tables
    assert table.text(0, 0) == "Centre"
    assert table.headings[-2:] == ("Leisure Contract", "Visits by centre")


def test_a_heading_and_a_header_below_a_table_are_another_table(tmp_path: Path) -> None:
    """Though the heading is no larger than the rows, and no farther from the last than rows stand apart."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    first = [["Activity", "Apr 2021", "May 2021"], ["New cases", "78", "6"], ["Cases closed", "43", "24"]]
    second = [["Standard", "Goal", "June 2021", "July 2021"], ["Faults mended", "95%", "90%", "93%"],
              ["Patches set", "90%", "85%", "90%"]]  # fmt: skip
    for at, rows, edges in (
        (HEIGHT - 100, first, (46, 246, 346, 446)),
        (HEIGHT - 167, second, (46, 170, 290, 400, 446)),
    ):
        canvas.line(46, at + 12, 446, at + 12)
        for number, row in enumerate(rows):
            canvas.setFont("Helvetica" if number else "Helvetica-Bold", 9)
            for column, text in enumerate(row):
                canvas.drawString(edges[column] + 4, at - 16 * number, text)
                canvas.line(edges[column], at - 16 * number - 4, edges[column + 1], at - 16 * number - 4)
    canvas.setFont("Helvetica-Bold", 8)
    canvas.drawString(EDGES[0], HEIGHT - 147, "Systems")
    canvas.save()
    found = read_pack(tmp_path / "a.pdf", "a.pdf").tables
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
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    colours = {"Red": (1, 0.5, 0.5), "Amber": (1, 0.8, 0.4), "Green": (0.6, 0.8, 0.5)}
    edges = (46, 96, 266, 326, 366, 426, 466, 536)
    for number, row in enumerate(COLOURED):
        y = HEIGHT - 120 - 16 * number
        if len(row) == 1 and not ruled:
            canvas.setFillGray(0.8)
            canvas.rect(edges[0], y - 5, edges[-1] - edges[0], 16, stroke=0, fill=1)
            canvas.setFillGray(0)
        canvas.setFont("Helvetica" if number and len(row) > 1 else "Helvetica-Bold", 8)
        for column, text in enumerate(row):
            if text in colours:
                canvas.setFillColorRGB(*colours[text])
                canvas.rect(edges[column], y - 5, edges[column + 1] - edges[column], 16, stroke=0, fill=1)
                canvas.setFillGray(0)
            canvas.drawString(edges[column] + 4, y, text)
        if ruled:
            canvas.line(edges[0], y - 5, edges[-1], y - 5)
    canvas.save()
    (table,) = read_pack(tmp_path / "a.pdf", "a.pdf").tables
    assert [[text for text in row if text] for row in table.grid()] == COLOURED
