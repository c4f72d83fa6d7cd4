"""Tables whose cells stand halfway down their rows, beside names of several lines; and columns ruled by themselves."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth

from indexer.extract import extract
from indexer.reader import read_pack
from tests.drawing import HEIGHT, Drawing
from tests.tables import said

Rows = list[list[str]]
NAMES = (
    ("PI 1", ("Minor applications", "decided in time"), ("94%", "86%", "99%")),
    ("PI 2", ("Other applications", "decided in time"), ("78%", "85%", "82%")),
    ("PI 3", ("Appeals dismissed",), ("50%", "69%", "70%")),
    ("PI 4", ("Cases of enforcement", "that were opened", "in the period"), ("91", "79", "49")),
)
READ = [["Ref", "Indicator", "2021/22", "2022/23", "2023/24"]] + [
    [code, " ".join(lines), *figures] for code, lines, figures in NAMES
]


def _drawn(drawing: Drawing, top: float = 100) -> float:
    """The rows, each as high as its name, its other cells halfway down; the place of the foot."""
    drawing.row(READ[0], (56, 106, 296, 366, 436, 500), top + 8, size=8, bold=True)
    y = top + 16
    for code, lines, figures in NAMES:
        for number, line in enumerate(lines):
            drawing.at(line, 110, y + 9.2 * number, 8)
        halfway = y + 4.6 * (len(lines) - 1)
        for text, x in zip((code, *figures), (60, 300, 370, 440), strict=True):
            drawing.at(text, x, halfway, 8)
        y += 9.2 * len(lines) + 4
    return y


def _tables(path: Path) -> list[Rows]:
    pack = read_pack(path, path.name)
    return [[[" ".join(text.split()) for text in row] for row in table.grid()] for table in pack.tables]


@pytest.mark.parametrize("framed", [True, False])
def test_cells_halfway_down_their_rows_part_none(tmp_path: Path, framed: bool) -> None:
    """In a frame or under a lone rule: rows part where there is more room than between the lines of a name."""
    drawing = Drawing(tmp_path / "a.pdf")
    foot = _drawn(drawing)
    drawing.rule(112, (55, 500))
    if framed:
        drawing.canvas.rect(55, HEIGHT - foot, 445, foot - 97)
    assert _tables(drawing.done()) == [READ]


def test_what_heads_columns_stands_over_labels_that_are_halfway_down_the_header(tmp_path: Path) -> None:
    """Labels beside a header of two levels, on a line between these, are of the lower one."""
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.canvas.setFont("Helvetica-Bold", 8)
    columns = (60, 260, 320, 380, 440)
    for x, y, text in ((290, 100, "Q1 2023/24"), (410, 100, "Q2 2023/24"), (60, 106.6, "Indicator")):
        drawing.canvas.drawString(x - (x > 100) * 10, HEIGHT - y - 8, text)
    drawing.row(("Value", "Target") * 2, [x - 4 for x in (*columns[1:], 500)], 122, size=8, bold=True)
    rows = [["Calls answered", "94%", "90%", "93%", "90%"], ["Letters answered", "81%", "85%", "84%", "85%"],
            ["Visits", "912", "900", "956", "900"]]  # fmt: skip
    for number, row in enumerate(rows):
        drawing.row(row, [x - 4 for x in (*columns, 500)], 138 + 14 * number, size=8)
    assert _tables(drawing.done()) == [
        [["", "Q1 2023/24", "", "Q2 2023/24", ""], ["Indicator", "Value", "Target", "Value", "Target"], *rows]
    ]


def test_columns_ruled_by_themselves_stay_in_their_table(tmp_path: Path) -> None:
    """Upright rules between figures, which break off at each row that names a group, take nothing out of the table."""
    drawing = Drawing(tmp_path / "a.pdf")
    rows: Sequence[Sequence[str]] = (
        ("Indicator", "Oct-23", "Nov-23", "Target"),
        ("Contact centre", "", "", ""), ("Calls answered", "94%", "No data", "90%"), ("Calls lost", "6%", "5%", "4%"),
        ("Planning", "", "", ""), ("Appeals won", "81%", "83%", "85%"), ("Time taken", "12 days", "14 days", "9 days"),
    )  # fmt: skip
    drawing.rule(116, (55, 500))
    for number, row in enumerate(rows):
        drawing.row(row, (56, 296, 366, 436, 500), 110 + 16 * number, size=8)
        if row[1]:
            drawing.upright(100 + 16 * number, 116 + 16 * number, (290, 360, 430))
    assert _tables(drawing.done()) == [[list(row) for row in rows]]


def test_a_row_of_several_lines_goes_on_below_a_shaded_one(tmp_path: Path) -> None:
    """Under a header and a row that are shaded cell by cell stands one without shade, its figures halfway down."""
    drawing = Drawing(tmp_path / "a.pdf")
    columns = (60, 300, 370, 440)
    shown = (("Measure", "2021/22", "2022/23", "Target"), ("Staff turnover", "2.4%", "8.2%", "5.0%"))
    after = (("Training done", "83%", "82%", "90%"), ("Headcount", "572", "543", "560"))
    edges = (55, 295, 365, 435, 495)
    for grey, row, top in ((0.8, shown[0], 100), (0.9, shown[1], 116), (0.9, after[0], 158), (1.0, after[1], 174)):
        if grey < 1:
            drawing.shade(top, top + 16, edges, Color(grey, grey, grey))
        drawing.row(row, edges, top + 12, size=8, bold=grey == 0.8)
    drawing.at("Working days lost to sickness by each", 60, 135, 8).at("employee", 60, 147, 8)
    for x, text in zip(columns[1:], ("8.9", "1.8", "5.0"), strict=True):
        drawing.at(text, x, 141, 8)
    drawing.page()
    sick = ("Working days lost to sickness by each employee", "8.9", "1.8", "5.0")
    assert _tables(drawing.done()) == [[list(row) for row in (*shown, sick, *after)]]


def test_headers_that_nearly_touch_stand_in_their_shaded_cells(tmp_path: Path) -> None:
    """Though their words stand no farther apart than those of one phrase, and wider than the figures below."""
    drawing = Drawing(tmp_path / "a.pdf")
    header = ("", "PI 82 Requests received", "PI 84 Calls resolved at first contact (%)", "PI 85 Website visits")
    wide = [80.0] + [stringWidth(text, "Helvetica-Bold", 9.5) + 7 for text in header[1:]]
    edges = [60 + sum(wide[:count]) for count in range(len(wide) + 1)]
    rows = (("Q1 2022/23", "65", "59.2%", "74,781"), ("Q2 2022/23", "27", "64.1%", "63,137"))
    for number, row in enumerate((header, *rows)):
        top = 100 + 18 * number
        if number != 1:
            drawing.shade(top, top + 18, edges)
        drawing.row(row, edges, top + 13, size=9.5, bold=number == 0, right=True)
    assert _tables(drawing.done()) == [[list(header), *map(list, rows)]]


def test_a_line_with_a_code_over_a_table_is_what_it_measures(tmp_path: Path) -> None:
    """Though no type makes it a heading."""
    drawing = Drawing(tmp_path / "hart-2021-10-06.pdf").text("Housing", bold=True, size=13)
    drawing.text("AB 12: Rent collected (%)").table(
        (("Ward", "Jul-21", "Aug-21"), ("North", "91", "92"), ("South", "95", "97")), (120, 80, 80)
    )
    path = drawing.page().done()
    found = said(extract(read_pack(path, path.name)))
    assert [(name, who, value) for name, who, _, value in found[:2]] == [
        ("Housing AB12 Rent collected (%)", "North", "91%"),
        ("Housing AB12 Rent collected (%)", "North", "92%"),
    ]


def test_a_name_before_and_after_its_row_is_whole(tmp_path: Path) -> None:
    """Under a lone rule, closed by another: neither the first line of a name is lost, nor the last row taken for a
    header over the rule that closes the table."""
    drawing = Drawing(tmp_path / "a.pdf")
    header = ("Code", "Measure", "Latest data", "Value", "Status")
    rows = (
        ("C1", ("Days to let a home",), "Q2 2023/24", "52.8 days", "Green"),
        ("C2", ("Gas certificates in", "place"), "Q2 2023/24", "97.4%", "Amber"),
        ("C3", ("Rent lost",), "Q1 2023/24", "£47.9k", "Amber"),
        ("C4", ("Repairs completed at the", "first visit"), "Q2 2023/24", "83.1%", "Red"),
    )
    places, y = (60, 110, 260, 350, 430), 118.0
    drawing.row(header, [x - 4 for x in (*places, 500)], 108, size=8, bold=True)
    for code, lines, *others in rows:
        for number, line in enumerate(lines):
            drawing.at(line, 110, y + 9.2 * number, 8)
        for x, text in zip((60, *places[2:]), (code, *others), strict=True):
            drawing.at(text, x, y + 4.6 * (len(lines) - 1), 8)
        y += 9.2 * len(lines) + 4
    for level in (98, 114, y):
        drawing.rule(level, (55, 500))
    drawing.page()
    read = [[code, " ".join(lines), *others] for code, lines, *others in rows]
    assert _tables(drawing.done()) == [[list(header), *read]]


def test_a_last_row_without_shade_may_nearly_fill_its_first_column(tmp_path: Path) -> None:
    """Its next words begin where those above do, so that nothing runs on from one column into the other."""
    drawing = Drawing(tmp_path / "a.pdf")
    rows = (("Indicator", "Q2 2022/23", "Target"), ("Homes empty", "21 against 36 in the quarter before", "51"),
            ("Safety certificates in place (%)", "97.8%", "97.2%"),
            ("Repairs completed at the first visit (%)", "91.2%, down from 95.1% a year ago", "85.7%"))  # fmt: skip
    wide = stringWidth(rows[3][0], "Helvetica", 10) + 9
    for number, row in enumerate(rows):
        top = 100 + 18 * number
        if number in (0, 2):
            drawing.shade(top, top + 18, (56, 356 + wide), Color(0.9, 0.9, 0.9) if number else Color(0.7, 0.7, 0.7))
        drawing.row(row, (56, 56 + wide, 276 + wide, 356 + wide), top + 13, size=10, bold=number == 0)
    assert _tables(drawing.done()) == [[list(row) for row in rows]]
