"""Tables of which rules or shades tell little: what can be told is read, and what cannot be told is left unread."""

from collections.abc import Sequence
from itertools import pairwise, zip_longest
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from reportlab.lib.colors import HexColor

from bench.layouts import STYLES, draw, tables
from corpus.paper import Cell
from indexer.finder.area import Area
from indexer.finder.edges import seen, shades
from indexer.finder.pieces import row_of
from indexer.finder.rows import rows
from indexer.finder.text import Line, Word
from indexer.finder.verdict import is_table
from indexer.reader import read_pack
from indexer.recut import recut
from indexer.sheet import Grid
from indexer.text.letters import Char, Face
from tests.drawing import GREY, Drawing

HEADER = ("Ref", "Action", "Owner", "Due", "Progress")


def plan(count: int, words: str = "On track") -> list[tuple[str, ...]]:
    owners = ("Head of Leisure", "Head of Parking", "Client Team")
    return [(f"RB{n}", f"Renew lease {n}", owners[n % 3], f"{n % 28 + 1:02}/09/24", words) for n in range(1, count + 1)]


def read(path: Path, rows: Sequence[tuple[str, ...]], style: Any) -> list[list[tuple[str, ...]]]:
    draw(path, [rows], style)
    return tables(read_pack(path, path.name))


@pytest.mark.parametrize("style", ["a rule under the header", "nothing"])
@pytest.mark.parametrize("count", [4, 70], ids=["single lines", "over pages"])
def test_references_tell_rows_that_no_rule_parts(tmp_path: Path, style: str, count: int) -> None:
    """Rows of one line are one each, however few, and go on overleaf where only their alignment shows the columns."""
    rows = [HEADER, *plan(count)]
    assert read(tmp_path / "a.pdf", rows, STYLES[style]) == [rows]


@pytest.mark.parametrize(("beside", "table"), [("Renew the lease", True), ("11.4", False)])
def test_figures_with_words_beside_them_are_references(beside: str, table: bool) -> None:
    """Rows that go on from the page before begin with "19.09" and a name; the axis of a chart with figures alone."""
    found, face = [], Face(7, "Helvetica")
    for number in range(6):
        top = 100 + 12 * number
        texts = [(47, f"19.{5 + number * number:02}"), (90, beside), (300, f"{number}.5"), (400, f"{number}.7 m")]
        boxes = [(t, x, top, x + 3.0 * len(t), top + 7) for x, t in texts]
        found.append(Line([Word(*box[1:], 7, box[0], [Char(*box, face)], top + 3.5) for box in boxes]))
    area = Area(tuple(found), (), False)
    assert is_table([row_of(line, [80, 250, 350]) for line in found], 4, area) == table


def test_a_coloured_cell_opens_none_beside_it(tmp_path: Path) -> None:
    """The name of a group has nothing of the row below, of which one cell is coloured."""
    rows = [("Ref", "Measure", "May", "RAG"), ("Adults", "", "", ""), ("C1", "Admissions to\nhomes", "515.4", "Red"),
            ("C2", "Carers seen", "48.1", "Green")]  # fmt: skip

    def style(count: int, columns: int) -> list[Any]:
        under = [("LINEBELOW", (c, 0), (c, 0), 1, HexColor("#000000")) for c in range(columns)]
        return [*under, *(("BACKGROUND", (3, r), (3, r), GREY) for r in range(2, count))]

    (found,) = read(tmp_path / "a.pdf", rows, style)
    assert found == [tuple(" ".join(text.split()) for text in row) for row in rows]


@pytest.mark.parametrize("shaded", [True, False], ids=["shades", "rules"])
def test_the_name_of_a_group_is_a_row_of_its_own(tmp_path: Path, shaded: bool) -> None:
    """A row in one piece, among such as are drawn cell by cell, belongs to no row beside it."""
    rows = [("Measure", "Target", "Actual"), ("Revenues", "", ""), ("Council tax collected", "98%", "97%"),
            ("Rates collected", "97%", "96%"), ("Planning", "", ""), ("Applications in time", "80%", "85%"),
            ("Appeals won", "60%", "71%")]  # fmt: skip
    drawing, edges = Drawing(tmp_path / "a.pdf"), (60, 300, 400, 500)
    for number, row in enumerate(rows):
        foot, group = 62 + 16 * number, not any(row[1:])
        places = (60, 500) if group else edges
        if shaded and number % 2:
            drawing.shade(foot - 16, foot, places)
        elif not shaded:
            drawing.rule(foot, places)
        drawing.row(row, edges, foot - 4, bold=group or not number)
    assert drawing.tables() == [rows]


def test_rules_of_cells_may_lie_over_one_another(tmp_path: Path) -> None:
    """One cell's own rule ends in the next one's, by its width; others only touch."""
    rows = [("", "Jan-21", "Feb-21", "Mar-21", "Apr-21"), ("Overall", "91.4%", "100%", "97%", "88.1%"),
            ("North", "90.2%", "99%", "97.5%", "87%"), ("South", "92%", "100%", "96.5%", "89.2%")]  # fmt: skip
    drawing, edges = Drawing(tmp_path / "a.pdf"), (60, 120, 180, 240, 300, 360)
    for number, row in enumerate(rows):
        for column, (x0, x1) in enumerate(pairwise(edges)):
            drawing.rule(62 + 16 * number, (x0, x1 + (1.8 if column == 1 else 0)))
        drawing.row(row, edges, 58 + 16 * number, bold=not number)
    assert drawing.tables() == [rows]


@pytest.mark.parametrize("rows", [
    [("", "Jan-21", "Feb-21", "Mar-21"), ("Overall", "91%", "100%", "97%")], [],
], ids=["figures", "no table"])  # fmt: skip
def test_one_row_of_figures_under_a_header_is_a_table(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    """Without a rule: a label and a figure for each heading."""
    drawing = Drawing(tmp_path / "a.pdf")
    for number, row in enumerate(rows or [("", "Areas", "Reports", "Meetings"), ("Overall", "good", "late", "held")]):
        drawing.row(row, (60, 160, 260, 360, 460), 60 + 12 * number, bold=not number)
    assert drawing.tables() == [rows][: len(rows)]


def test_the_edge_of_a_shaded_row_hides_no_rule_that_is_drawn_cell_by_cell(tmp_path: Path) -> None:
    """A row of two lines between two such rows is one row, and the header is of the table."""
    rows = [("Measure", "Target", "Actual"), ("Revenues", "", ""), ("Council tax collected in the year", "98%", "97%"),
            ("Planning", "", ""), ("Applications in time for all wards", "80%", "85%"),
            ("Appeals that were won this year", "60%", "71%"), ("Letters that were answered", "9%", "8%")]  # fmt: skip
    drawing, edges, foot = Drawing(tmp_path / "a.pdf"), (60, 160, 260, 360), 42
    for number, row in enumerate(rows):
        label = [row[0][:18], row[0][18:].strip()] if len(row[0]) > 18 else [row[0]]
        top, foot, group = foot, foot + 6 + 10 * len(label), not any(row[1:])
        if group:
            drawing.shade(top, foot, (60, 360))
        drawing.rule(foot, edges).row((label[0], *row[1:]), edges, top + 11, size=8, bold=group or not number)
        drawing.row(label[1:], edges, foot - 5, size=8)
    (found,) = drawing.tables()
    assert [["".join(text.split()) for text in row] for row in found] == [
        ["".join(text.split()) for text in row] for row in rows
    ]


def test_shades_of_every_other_column_part_the_rows_of_the_others(tmp_path: Path) -> None:
    """A figure in an unshaded column is its row's, though nothing is drawn around it."""
    rows = [("Area", "2022", "2023", "2024"), ("North", "12", "14", "15"), ("South", "22", "24", "25"),
            ("West", "32", "34", "35")]  # fmt: skip

    def style(count: int, _: int) -> list[Any]:
        cells = [("BACKGROUND", (c, r), (c, r), GREY) for c in (0, 2) for r in range(1, count)]
        return [*cells, ("LINEBELOW", (0, 0), (-1, 0), 1, HexColor("#000000"))]

    assert read(tmp_path / "a.pdf", rows, style) == [rows]


@pytest.mark.parametrize(
    ("pieces", "room", "drawn"), [(5, 60, False), (1, 60, False), (2, 60, True), (1, 12, True)],
    ids=["cell by cell", "in one piece", "of too few cells", "boxes side by side"],
)  # fmt: skip
def test_shades_of_columns_draw_no_lines(pieces: int, room: float, drawn: bool) -> None:
    """Where they stand apart as columns do: what runs on from one into the next is cut by none of their sides."""
    rects = [
        {"x0": x, "x1": x + 70, "top": 100 + 14 * n, "bottom": 100 + 14 * (n + 5 // pieces if pieces == 1 else n + 1),
         "width": 70, "height": 70 if pieces == 1 else 14, "fill": True, "non_stroking_color": (0.8, 0.8, 0.9)}
        for x in (60, 130 + room) for n in range(pieces)
    ]  # fmt: skip
    page: Any = SimpleNamespace(rects=rects, edges=[{"object_type": "rect_edge"}])
    assert bool(seen(page)) == bool(shades(page)) == drawn


def test_two_rows_that_cannot_be_told_are_not_read_as_one(tmp_path: Path) -> None:
    """Where a label stands halfway down two rows of figures, no cell may hold the figures of both."""
    edges = (56, 146, 296, 396, 500)
    drawing = Drawing(tmp_path / "a.pdf").row(("Area", "Council", "2022", "2023"), edges, 62, bold=True)
    for number, area in enumerate(("Waste", "Planning", "Housing")):
        y = 82 + 34 * number
        drawing.row((area,), edges, y + 5)
        for line, council in enumerate(("Northmere", "Thornby")):
            drawing.row((council, f"{number + 1},{line}00", f"{number + 4},{line}00"), edges[1:], y + 10 * line)
    cells = [cell for table in drawing.tables() for row in table for cell in row]
    assert not [cell for cell in cells if cell.count(",") > 1]


def test_the_rows_of_a_header_stand_as_far_apart_as_those_below(tmp_path: Path) -> None:
    """What heads several columns is of the table, though no rule is drawn and the room is wide."""
    drawing, edges = Drawing(tmp_path / "a.pdf"), (56, 196, 256, 316, 376, 436)
    rows = [("", "Aug-18", "", "Sep-18", ""), ("", "North", "South", "North", "South")]
    rows += [("Visits", "62%", "60%", "63%", "67%"), ("Loans", "93%", "92%", "87%", "98%")]
    for number, row in enumerate(rows):
        drawing.row(row, edges, 62 + 19.2 * number, size=8, bold=number < 2, right=True)
    assert [row[:2] for row in drawing.tables()[0]] == [row[:2] for row in rows]


def test_a_label_of_two_lines_beside_rows_of_one_glues_them_not(tmp_path: Path) -> None:
    """Its second line stands between the rows beside it, and as close to either as its own lines do."""
    edges, areas = (56, 196, 296, 396, 500), ("North", "South", "West")
    drawing = Drawing(tmp_path / "a.pdf").row(("Measure", "Area", "2022", "2023"), edges, 62, bold=True)
    rows = [("Measure", "Area", "2022", "2023")]
    for number, label in enumerate(("Visits to the pools, all", "Books lent by libraries")):
        y = 82 + 51 * number
        drawing.row((label,), edges, y).row(("sites",), edges, y + 10)
        for line, area in enumerate(areas):
            row = (area, f"{number + 4},{line}01", f"{number + 6},{line}07")
            drawing.row(row, edges[1:], y + 17 * line)
            rows.append(("" if line else f"{label} sites", *row))
    assert drawing.tables() == [rows]


def test_figures_that_are_broken_in_narrow_columns_are_not_read(tmp_path: Path) -> None:
    """The second line of a label has the figures' last digits beside it, and no reference."""
    edges, drawing = (56, 100, 250, 290, 330, 370), Drawing(tmp_path / "a.pdf")
    drawing.row(("No.", "Measure", "Apr", "May", "Jun"), edges, 62, bold=True)
    for number in range(3):
        y = 82 + 30 * number
        drawing.row((f"KP{number + 1}", "Cost of waste per home", "£2.3", "£2.4", "£2.5"), edges, y)
        drawing.row(("", "in the year (£m)", "1m", "9m", "4m"), edges, y + 11)
    assert not any("£2.4" in row for table in drawing.tables() for row in table)


FULL = (
    "Bring the\nplan no. {}\nto members",
    "Capita and\nAuthorities",
    "Not started\nas it waits",
    "Awaited by\nall of them",
)
CELLWISE = {
    "narrow columns whose cells are full": [
        ("Step", "Owner", "State", "Note"), *((FULL[0].format(n), *FULL[1:]) for n in range(1, 8)),
    ],
    "more room over the first row than over others": [
        ("No", "Step", "Progress"), ("", "\n\nBring the plan on\n\nSend it out", "\n\nBegan in May\n\nSent in June"),
        ("7", "Print it", "Done"),
    ],
    "one cell that stands low under a header": [("No", "Step", "Progress"), ("", "", "\n\nSent in June")],
}  # fmt: skip


PARAGRAPHS = [
    ("No", "Step", "Progress"), ("1", "Bring the plan on\n\nSend it out", "Began in May\nwith the others"),
    ("2", "Print it\n\nBind it", "Done in June"), ("3", "Hand it out\n\nAsk them for more", "Still to be done"),
]  # fmt: skip


def drawn(path: Path, rows: Sequence[tuple[str, ...]], ruled: int, tight: bool = False) -> list[list[tuple[str, ...]]]:
    """The tables read of the rows, the first in heavy type, as are those of one text, drawn with a rule under each cell
    of the first `ruled`, and with more room under the others that are not `tight`."""
    drawing, y = Drawing(path), 62
    wide = {2: [60, 200, 410], 3: [60, 90, 250, 410]}
    edges = wide.get(len(rows[0]), [60 + 66 * number for number in range(len(rows[0]) + 1)])
    for number, row in enumerate(rows):
        lines = list(zip_longest(*(text.split("\n") for text in row), fillvalue=""))
        for line, parts in enumerate(lines):
            drawing.row(parts, edges, y + 12 + 10 * line, bold=not (number and any(row[1:])))
        roomy = number and ruled < len(rows) and not tight
        y += 8 + 10 * len(lines) + (10 if roomy else 0)
        if number < ruled:
            drawing.rule(y, edges)
    return drawing.tables()


GROUPED = [
    ("Ref", "Measure", "Unit", "May", "June"),
    ("C1", "Calls", "No.", "311", "298"),
    ("Environmental Health and Licensing", "", "", "", ""),
    ("C2", "Checks", "%", "97.1", "96.4"),
]
ASIDE = [
    ("Ref", "Measure", "May"),
    ("C1", "Calls taken\nFigure is for the month", "311"),
    ("C2", "Letters answered\nTable is kept by the team", "97"),
]


@pytest.mark.parametrize("rows", [GROUPED, ASIDE], ids=["a long name of a group", "what begins as a caption does"])
def test_one_text_among_the_rows_under_a_header_is_of_the_table(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    """It ends none: rows in the same columns go on below."""
    (found,) = drawn(tmp_path / "a.pdf", rows, 1, tight=True)
    assert found == [tuple(" ".join(text.split()) for text in row) for row in rows]


@pytest.mark.parametrize("rows", CELLWISE.values(), ids=CELLWISE.keys())
def test_rules_under_each_cell_tell_the_rows(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    """A stretch between two rules of the same pieces is a row, however its cells are set."""
    (found,) = drawn(tmp_path / "a.pdf", rows, len(rows))
    assert found == [tuple(" ".join(text.split()) for text in row) for row in rows]


def test_room_tells_rows_whose_cells_are_set_in_paragraphs(tmp_path: Path) -> None:
    """Under a header's rule alone, rows are what leaves no cell blank, not the paragraphs of their cells."""
    (found,) = drawn(tmp_path / "a.pdf", PARAGRAPHS, 1)
    assert found == [tuple(" ".join(text.split()) for text in row) for row in PARAGRAPHS]


def test_the_lower_rule_of_a_header_tells_the_columns(tmp_path: Path) -> None:
    """A header's upper rule meets between groups alone: no figure goes to the label beside it."""
    drawing = Drawing(tmp_path / "a.pdf")
    edges, groups = (60, 156, 200, 244, 288, 332, 376, 420), (60, 156, 288, 420)
    rows = [("", "2022", "", "", "2023", "", ""), ("", *(("Brent", "Barnet", "Bexley") * 2)),
            *((f"Number of P{n} Incidents", *(f"{n}{c}" for c in range(1, 7))) for n in range(1, 6))]  # fmt: skip
    for number, row in enumerate(rows):
        drawing.row(row, edges, 57 + 17 * number, size=8.5, bold=number < 2)
    drawing.rule(45, groups).rule(62, groups).rule(79, edges)
    assert drawing.tables() == [rows]


def test_rules_under_what_heads_several_columns_are_of_one_table_with_the_headers(tmp_path: Path) -> None:
    """The columns beside them have the header's own rule alone; each month stands at the right of what it heads."""
    drawing = Drawing(tmp_path / "a.pdf")
    edges = (50, 100, 250, 300, 350, 400, 450, 500, 550)
    rows = [("Ref", "Description", "Unit", "", "July", "", "August"), ("", "", "", *("Target", "Actual") * 2),
            *((f"M{n}", f"Calls to line {n}", "No.", "22", f"2{n}", "22", f"3{n}") for n in range(1, 7))]  # fmt: skip
    for number, row in enumerate(rows):
        y = 57 + 16 * number
        drawing.row(row[:3], edges, y, size=8.5, bold=number < 2)
        drawing.row(("", *row[3:]), edges[2:], y, size=8.5, bold=number < 2, right=True)
    drawing.rule(62, edges[3:8]).rule(78, edges[:8])
    assert drawing.tables() == [[("Ref", "Description", "Unit", "July", "", "August", ""), *rows[1:]]]


@pytest.mark.parametrize("ruled", [(-1, 1, 4), (0, 1)], ids=["over it and under the header", "under each"])
def test_a_title_that_reaches_over_the_header_is_a_row_of_its_own(tmp_path: Path, ruled: Sequence[int]) -> None:
    """No month is lost to a title that stands over some of the columns, with a rule under it or over it."""
    drawing, edges = Drawing(tmp_path / "a.pdf"), (60, 150, 210, 270, 330)
    rows = [("PI7 - % of calls answered in time", "", "", ""), ("", "Jan-24", "Feb-24", "Mar-24"),
            ("Overall", "41%", "42%", "43%"), ("Hart", "51%", "52%", "53%"), ("Ely", "61%", "62%", "63%")]  # fmt: skip
    for number, row in enumerate(rows):
        drawing.row(row, edges, 57 + 17 * number, size=8.5, bold=number < 2)
    for number in ruled:
        drawing.rule(62 + 17 * number, edges if number else (60, 330))
    assert drawing.tables() == [rows]


def test_two_columns_under_a_header_are_a_table(tmp_path: Path) -> None:
    """A header of two texts over a rule in two pieces that meet between them."""
    rows = [("Plan for:", "Customer Services"), ("Last update", "14 May 2024"), ("Agreed by", "The panel")]
    (found,) = drawn(tmp_path / "a.pdf", rows, 1)
    assert found == rows


LONG = "Meet the tenants of both blocks, write to those who could not come, and bring what they ask for to the panel"
STEPS = [
    ("Ref", "Action", "Lead", "Source", "Due"),
    ("RB1", f"{LONG}. {LONG}. {LONG}.", "Head of Leisure", "Audit", "01/09/24"),
    ("RB2", "Renew the lease", "Client Team", "Audit", "02/09/24"),
    ("", f"{LONG}. {LONG}.", "Client Team", "", "03/09/24"),
    ("RB4", "Close the yard", "Head of Parking", "Plan", "04/09/24"),
    ("RB5", "Sell the yard", "", "Plan", "05/09/24"),
]


@pytest.mark.parametrize("ruled", ["a rule under the header", "nothing"])
@pytest.mark.parametrize("set_so", [[("VALIGN", (0, 0), (-1, -1), "MIDDLE")], [("BOTTOMPADDING", (0, 3), (-1, 3), 7)]],
                         ids=["halfway down", "with more room under one"])  # fmt: skip
def test_rows_are_told_by_how_their_cells_stand(tmp_path: Path, ruled: str, set_so: list[Any]) -> None:
    """All cells of a row begin abreast, or have their middles at one height; a column may be headed "Source"."""
    (found,) = read(tmp_path / "a.pdf", STEPS, lambda *size: [*STYLES[ruled](*size), *set_so])
    assert found == STEPS


def test_definitions_beside_their_references_are_a_table_without_any_rule(tmp_path: Path) -> None:
    """Each text is its reference's, wrapped ones too, though there is no header; the same under numbers is a list."""
    texts = [f"Keep {name} above {90 + n}% through March 2026" for n, name in enumerate(("calls taken", "homes let"))]
    texts += ["Keep the share of those who say that they were served well, and would come again, above 80%\n"
              "through March 2027", "Keep bins missed below 40 through March 2026"]  # fmt: skip
    for keys, found in (("PI {}", True), ("{}.", False)):
        drawing, y = Drawing(tmp_path / "a.pdf"), 62
        for number, text in enumerate(texts, 1):
            drawing.row((keys.format(number),), (56, 106), y)
            for line in text.split("\n"):
                drawing.row((line,), (106, 500), y)
                y += 11
            y += 6
        rows = [(f"PI {number}", " ".join(text.split())) for number, text in enumerate(texts, 1)]
        assert drawing.tables() == ([rows] if found else [])


@pytest.mark.parametrize(("columns", "read"), [((287,), True), ((287, 341), False)])
def test_two_columns_of_figures_are_not_read_as_one(columns: Sequence[int], read: bool) -> None:
    """Where no border was found between figures that stand apart, better no table than two in one cell."""
    found, face = [], Face(7, "Helvetica")
    for number in range(6):
        top = 100 + 12 * number
        texts = [(47, f"Risk {number}"), *((x, "3") for x in columns), (382, "Ready")]
        boxes = [(t, x, top, x + 4.0 * len(t), top + 7) for x, t in texts]
        found.append(Line([Word(*box[1:], 7, box[0], [Char(*box, face)], top + 3.5) for box in boxes]))
    assert bool(rows(found, [200, 360], (), jointed=True, headed=True)) == read


def test_a_groups_name_hides_no_column_of_the_page_before() -> None:
    """It may reach over the next column's text, and is no column's own."""
    cells = [("K1", "Swims", "8,120"), ("Markets and town", "", ""), ("K2", "Stalls", "93")]
    ink = {"K1": (60, 70), "K2": (60, 70), "Swims": (100, 130), "Stalls": (100, 130), "Markets and town": (60, 140),
           "": (0.0, 0.0), "8,120": (200, 220), "93": (210, 220)}  # fmt: skip
    rows = tuple(tuple(Cell(text, 1, (0, 0, 9, 9)) for text in row) for row in cells)
    inks = tuple(tuple(ink[text] for text in row) for row in cells)
    above = Grid(1, (50, 0, 240, 60), rows, (50, 90, 190, 240), (False,) * 3, inks=inks)
    below = Grid(2, (60, 0, 220, 60), rows, (60, 85, 170, 220), (False,) * 3, inks=inks)
    anew = recut(below, [above])
    assert anew and anew.edges == above.edges
