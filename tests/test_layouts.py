"""The same rows are read however they are drawn: ruled, under rules, on shades; and what looks like them is not."""

from collections.abc import Sequence
from itertools import pairwise, zip_longest
from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from bench.layouts import STYLES, draw, tables
from indexer.reader import read_pack, tables_json
from tests.drawing import Drawing

HEADER = ("Ref", "Action", "Owner", "Due", "Progress")
LONG = "The contract was let and the first of the works began on site as planned, and will be done by the autumn. " * 5
PLAN = [(f"A{n}", f"Renew the {what}", who, f"{n}/09/24", "On track") for n, what, who in (
    (1, "leisure contract", "Head of Leisure"), (2, "car park machines", "Head of Parking"),
    (3, "grounds contract", "Head of Streets"), (4, "play areas", "Head of Parks"),
)]  # fmt: skip

DRAWN = {
    "one row under a header": [HEADER, PLAN[0]],
    "one cell under a header": [HEADER, ("None", "", "", "", "")],
    "a last row of one cell": [HEADER, *PLAN[:3], ("To be agreed:", "", "", "", "")],
    "a heading over one column": [("", "", "", "Budget 2024/25", ""), *PLAN],
    "a last row overleaf": [HEADER, *((*row[:4], LONG * 2) for row in PLAN[:3])],
    "cells that reach into the room beside them": [
        HEADER, PLAN[0], ("Discuss with each of them", "", "", "", ""), *PLAN[1:],
    ],
}  # fmt: skip


@pytest.mark.parametrize("rows", DRAWN.values(), ids=DRAWN.keys())
@pytest.mark.parametrize("style", ["ruled", "a rule under each row", "the same, cell by cell", "shaded rows"])
def test_rows_are_the_same_in_each_drawing(tmp_path: Path, style: str, rows: list[tuple[str, ...]]) -> None:
    """Each row is found, no other is, and one table holds them all, on however many pages they stand."""
    path = tmp_path / "a.pdf"
    draw(path, [rows], STYLES[style])
    (found,) = tables(read_pack(path, path.name))
    assert found == [tuple(" ".join(text.split()) for text in row) for row in rows]


@pytest.mark.parametrize("pieces", [True, False])
@pytest.mark.parametrize("ruled", [True, False])
def test_upright_rules_alone_tell_columns(tmp_path: Path, pieces: bool, ruled: bool) -> None:
    """Rules between the columns part texts that stand close, whether they are drawn row by row or in one piece, and
    whether the header has a rule below it or nothing has; the columns outside of the rules belong to the table."""
    months = ("January", "February", "March", "April")
    rows = [("Service", *months), *((f"Calls in ward {n}", *(f"{n}{m}.5%" for m in range(4))) for n in range(5, 9))]
    path, edges = tmp_path / "a.pdf", (60, 131, 169, 211, 241, 270)
    drawing, foot = Drawing(path), 60 + 14 * len(rows)
    for number, row in enumerate(rows):
        drawing.row(row, [x - 3 for x in edges], 70 + 14 * number, bold=not number)
    for top, end in pairwise(range(60, foot + 1, 14) if pieces else (60, foot)):
        drawing.upright(top, end, edges[1:-1])
    if ruled:
        drawing.rule(74, (edges[0], edges[-1]))
    assert drawing.tables() == [rows]


def test_upright_rules_beside_running_text_make_no_table(tmp_path: Path) -> None:
    """Rules between columns of text, drawn line by line, part no rows."""
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4, bottomup=0)
    canvas.setFont("Helvetica", 9)
    for column in range(3):
        for number, line in enumerate(simpleSplit(LONG, "Helvetica", 9, 140)):
            canvas.drawString(60 + 160 * column, 70 + 11 * number, line)
            if column:
                canvas.line(52 + 160 * column, 61 + 11 * number, 52 + 160 * column, 72 + 11 * number)
    canvas.save()
    assert not tables(read_pack(path, path.name))


@pytest.mark.parametrize("upright", [True, False])
def test_the_paragraphs_of_a_cell_are_told(tmp_path: Path, upright: bool) -> None:
    """Lines that stand further apart than others in their cell are paragraphs of it, with upright rules or without."""
    drawing, edges, top = Drawing(tmp_path / "a.pdf"), (60, 110, 300, 480), 60
    steps, dues = (
        ("Draft the plan and", "send it to members", "", "Bring it to them"),
        ("May 2024", "", "", "July 2024"),
    )
    for row in ((("Ref",), ("Steps",), ("Due",)), *(((f"A{number}",), steps, dues) for number in range(1, 5))):
        lines = list(zip_longest(*row, fillvalue=""))
        foot = top + 11 * len(lines) + 8
        drawing.rule(foot, edges)
        for at, texts in enumerate(lines):
            drawing.row(texts, edges, top + 12 + 11 * at, bold=row[0] == ("Ref",))
        drawing.upright(top, foot, edges if upright else ())
        top = foot
    (table,) = read_pack(drawing.done(), "a.pdf").tables
    cells = [cell for row in table.rows[1:] for cell in row[1:] if cell]
    told = [("Draft the plan and send it to members", "Bring it to them"), ("May 2024", "July 2024")]
    assert [cell.paragraphs for cell in cells] == told * 4


def test_a_row_that_stands_out_parts_no_table(tmp_path: Path) -> None:
    """One shaded row among others without shades makes no table of itself and its neighbours."""
    path = tmp_path / "a.pdf"
    draw(path, [[HEADER, *PLAN, ("A5", "Sum", "", "", "12")]], lambda *_: [("BACKGROUND", (0, 3), (-1, 3), "#eeeeee")])
    found = tables(read_pack(path, path.name))
    assert all(len(table) > 4 for table in found)


def test_columns_of_prose_between_rules_at_a_pages_head_stay_text(tmp_path: Path) -> None:
    """What may be a table's last row overleaf is none where no table goes before, and keeps its order."""
    texts = ("The council met in the spring.", "A fund was set up for it.", "Bids were asked for in May.")
    drawing = Drawing(tmp_path / "a.pdf").row(texts, (46, 216, 386, 550), 52, size=12)
    path = drawing.rule(37, (50, 550)).rule(62, (50, 550)).done()
    pack = read_pack(path, path.name)
    assert tables_json(path)["tables"] == [] and not pack.tables
    assert " ".join(texts) in " ".join(pack.pages[0].text.split())


def test_rows_with_a_rule_between_them_are_a_table_though_each_text_fills_its_column(tmp_path: Path) -> None:
    """Columns as wide as their longest text, as browsers set them, leave no line room for one word more."""
    said = ("Set out a clear plan", "Improve all the training", "Review how we scrutinise", "Hear what residents say")
    leads = ("Chief Clerk", "Head Clerk", "Next Clerk", "Last Clerk")
    rows = [("Ref", "Advice", "Lead")]
    rows += [(f"Peer {n}", text, lead) for n, (text, lead) in enumerate(zip(said, leads, strict=True), 1)]
    drawing = Drawing(tmp_path / "a.pdf")
    for n, row in enumerate(rows):
        drawing = drawing.row(row, (50, 92, 212, 275), 60 + 20 * n, size=10).rule(66 + 20 * n, (50, 275))
    assert tables(read_pack(drawing.rule(46, (50, 275)).done(), "a.pdf")) == [rows]


PLAIN_NAMES = ("Homes let", "Rent paid", "Repairs done", "Calls taken")
RULE, SHADE = "", " "


def _sheet(path: Path, at: Sequence[tuple[float, float, str]], turn: int = 0, heavy: float = 0.0) -> Path:
    """Texts at places of a page, from its top left corner; `turn`: set sideways, to be read from the right (90) or the
    left (-90); those above `heavy` in heavy type."""
    canvas = Canvas(str(path), pagesize=A4)
    width, height = A4
    if turn:
        canvas.rotate(turn)
        canvas.translate(*((0, -width) if turn > 0 else (-height, 0)))
        width, height = height, width
    for x, y, text in at:
        if text == RULE:
            canvas.line(x, height - y, width - x, height - y)
            continue
        if text == SHADE:
            canvas.setFillGray(0.9)
            canvas.rect(x, height - y - 30, width - 2 * x, 30, stroke=0, fill=1)
            canvas.setFillGray(0)
        canvas.setFont("Helvetica-Bold" if y < heavy else "Helvetica", 9)
        canvas.drawString(x, height - y, text)
    canvas.save()
    return path


FIGURES = [
    ["Measure", "Target", "April", "May"], ["Homes let", "25", "31", "28"], ["Bins missed", "80", "(12)", "1,204"],
    ["Bills paid", "99%", "98%", "n/a"], ["Calls taken", "95%", "91.5%", "93%"],
]  # fmt: skip


def _placed(rows: Sequence[Sequence[str]], left: float = 60, step: float = 70) -> list[tuple[float, float, str]]:
    return [(left + step * c, 80 + 18 * r, text) for r, row in enumerate(rows) for c, text in enumerate(row)]


@pytest.mark.parametrize("turn", [90, -90])
def test_a_table_without_rules_that_is_set_sideways(tmp_path: Path, turn: int) -> None:
    """It is read as on a page that is turned, and its cells' boxes are where they stand on the page as it is."""
    (found,) = tables_json(_sheet(tmp_path / "a.pdf", _placed(FIGURES), turn))["tables"]
    assert found["rows"] == FIGURES
    x0, top, x1, bottom = next(box[2:] for box in found["boxes"] if box[:2] == [1, 0])
    assert x1 - x0 < 30 < bottom - top and (top > A4[1] / 2) == (turn > 0)


def test_two_tables_without_rules_side_by_side(tmp_path: Path) -> None:
    """A header that says everything twice is that of two tables."""
    other = [FIGURES[0], *([row[0], *row[:0:-1]] for row in FIGURES[1:])]
    path = _sheet(tmp_path / "a.pdf", [*_placed(FIGURES, step=60), *_placed(other, 330, 60)])
    assert [table["rows"] for table in tables_json(path)["tables"]] == [FIGURES, other]


@pytest.mark.parametrize("y", [62, 58])
def test_what_heads_several_columns_that_repeat(tmp_path: Path, y: int) -> None:
    """Each text over "Actual | Target" covers both, wherever over them it stands, if not far above."""
    rows = [["Measure", "Actual", "Target", "Actual", "Target"], *([*row, "7"] for row in FIGURES[1:])]
    over = [(140, y, "Quarter 1"), (290, y, "Quarter 2")]
    (found,) = tables_json(_sheet(tmp_path / "a.pdf", [*over, *_placed(rows)], heavy=85))["tables"]
    assert found["rows"] == [["", "Quarter 1", "", "Quarter 2", ""], *rows]
    assert [0, 1, 1, 2] in found["spans"] and [0, 3, 1, 2] in found["spans"]


def test_one_row_under_a_header_of_two_lines_on_a_shade(tmp_path: Path) -> None:
    """Names in a header over figures are no lines of running text."""
    drawing, edges = Drawing(tmp_path / "a.pdf"), (60, 200, 250, 300, 350, 400, 450)
    rows = [["", "May 24", "", "", "June 24", "", ""], ["", *["St Mary", "Mill End", "Old Town"] * 2],
            ["Homes let", *(f"2{n}%" for n in range(6))]]  # fmt: skip
    drawing.shade(65, 98, (60, 450))
    for number, row in enumerate(rows):
        drawing.row(row, edges, 76 + 17 * number, bold=number < 2, right=True)
    assert [row[0] for table in drawing.tables() for row in table] == ["", "", "Homes let"]


def test_coloured_ratings_part_no_shaded_rows_from_their_header(tmp_path: Path) -> None:
    """Every second row is shaded cell by cell, and each rating in its own colour; the header has no shade, and a line
    of few words over the name of the rows."""
    drawing, edges = Drawing(tmp_path / "a.pdf"), (60, 200, 260, 320, 380, 440, 480)
    rows = [
        ("Measure", "Previous", "Current", "Target", "Status", "DoT"),
        ("", "quarter", "quarter", "", "", ""),
        ("Housing", "", "", "", "", ""),
        *((name, "1.1", "2.2", "3.3", "Red", "-") for name in PLAIN_NAMES),
    ]
    for number, row in enumerate(rows):
        top = 60 + 15 * number - 4 * (number > 0)
        if number > 1 and number % 2 == 0:
            drawing.shade(top, top + 15, edges if number > 2 else (edges[0], edges[-1]))
        if number > 2:
            drawing.shade(top, top + 15, edges[4:6], HexColor("#ff9090"))
        drawing.row(row, edges, top + 11, bold=number < 3)
    (found,) = drawing.tables()
    assert found[0][1:3] == ("Previous quarter", "Current quarter") and len(found) == len(rows) - 1


def test_a_header_at_the_left_over_shaded_rows_whose_first_is_not(tmp_path: Path) -> None:
    """Heads that stand beside the figures below them part the columns, though no shade begins under the header."""
    drawing, edges = Drawing(tmp_path / "a.pdf"), (60, 150, 230, 310, 390, 470)
    head, figures = ("Measure", "Mar-17", "June", "Jul-17", "August"), ("97.4", "97.0", "97.6", "97.0")
    for number, row in enumerate((head, *((name, *figures) for name in PLAIN_NAMES * 2))):
        top = 80 + 16 * number + 40 * (number > 1)
        if number % 2 == 0 < number:
            drawing.shade(top, top + 16, (60, 470))
        drawing.row(row, edges, top + 11, size=8, bold=not number, right=number > 0)
    for at in range(1, 5):
        drawing.row(("each month",), edges, 107 + 10 * at, size=8)
    (found,) = drawing.tables()
    assert [row[1:] for row in found] == [head[1:], *[figures] * 8]


def test_a_code_that_hyphens_part_in_the_last_row(tmp_path: Path) -> None:
    """What goes on with it belongs to the row, though nothing stands beside it."""
    drawing, edges = Drawing(tmp_path / "a.pdf"), (60, 100, 220, 290, 360)
    for number, name in enumerate(PLAIN_NAMES):
        drawing.row((f"PRO-{number}", name, "97.4", "97.0"), edges, 76 + 14 * number)
    drawing.row(("PRO-", "Bills paid", "98.1", "98.2"), edges, 132).row(("K-",), edges, 142).row(("007",), edges, 152)
    assert drawing.tables()[0][-1] == ("PRO-K- 007", "Bills paid", "98.1", "98.2")


def test_what_begins_under_a_figure_at_the_left_is_another_row(tmp_path: Path) -> None:
    """A card's rating stands below its figures in the pieces of the header's rule."""
    drawing, edges = Drawing(tmp_path / "a.pdf"), (60, 130, 200, 270, 340)
    rows = [("Latest", "Target", "Floor", "Previous"), ("35%", "37%", "34%", "37% (Green)"), ("RAG: Red", "", "", "")]
    for number, row in enumerate(rows):
        drawing.row(row, edges, 76 + 15 * number, bold=not number)
    assert drawing.rule(80, edges).tables() == [rows]


def test_figures_halfway_down_labels_of_two_lines(tmp_path: Path) -> None:
    """Labels and figures that share no line are two columns, also where header and first row are without a shade."""
    at = [(56.0, 122.0, SHADE), (56.0, 182.0, SHADE), (60.0, 84.0, "Measure")]
    at += [(320 + 75 * c, 84, text) for c, text in enumerate(FIGURES[0][1:])]
    for number, (name, *figures) in enumerate(FIGURES[1:]):
        y = 104 + 30 * number
        at += [(60, y, f"{name} within the time that had been set for them"), (60, y + 10, "by the panel")]
        at += [(320 + 75 * c, y + 5, text) for c, text in enumerate(figures)]
    (found,) = tables_json(_sheet(tmp_path / "a.pdf", at, heavy=90))["tables"]
    whole = " within the time that had been set for them by the panel"
    assert found["rows"] == [FIGURES[0], *([row[0] + whole, *row[1:]] for row in FIGURES[1:])]


PROSE = "The panel heard how the service had done over the spring and what was planned for the rest of the year. " * 4
NO_TABLES = {
    "columns of running text between rules": [(60, 68, RULE), (60, 170, RULE)] + [
        (x, 80 + 11 * n, text) for x in (60, 230, 400) for n, text in enumerate(simpleSplit(PROSE, "Helvetica", 9, 145))
    ],
    "a list of telephone numbers": [
        (x, 80 + 15 * n, text) for n, name in enumerate(("Bins", "Homes", "Council tax", "Planning"))
        for x, text in ((60, name), (200, f"01632 96001{n}"))
    ],
    "a form": [
        (x, 80 + 15 * n, text) for n, name in enumerate(("Date:", "Due:", "Fee paid:", "Number of rooms:"))
        for x, text in ((60, name), (200, f"{n + 3}"))
    ],
}  # fmt: skip


@pytest.mark.parametrize("at", NO_TABLES.values(), ids=NO_TABLES.keys())
def test_what_stands_in_columns_is_no_table_for_that(tmp_path: Path, at: list[tuple[float, float, str]]) -> None:
    """Running text, numbers to call and labels to fill in make no table."""
    assert tables_json(_sheet(tmp_path / "a.pdf", at))["tables"] == []


def test_a_title_and_header_between_shaded_rows_begin_another_table(tmp_path: Path) -> None:
    """Though the row over them and the one under them are not shaded, and the shades of both are cut alike."""
    drawing, edges, top = Drawing(tmp_path / "a.pdf"), (60, 200, 320, 440), 100
    areas = ("Overall", "Northwood Town", "Abbots Vale", "Kingsmead", "Ferrybridge")
    for measure in ("PI01 - Calls answered", "PI02 - Letters answered"):
        for row, texts in enumerate(((measure,), ("", "Jan-21", "Feb-21"), *((area, "98%", "97%") for area in areas))):
            if row in (3, 5):
                drawing.shade(top, top + 15, edges)
            drawing.row(texts, edges, top + 11, size=8, bold=row < 2, right=row > 1)
            top += 15
        top += 16
    found = drawing.tables()
    assert [[row[0] for row in table if row[0] in areas] for table in found] == [list(areas)] * 2
    assert not any("PI02" in cell for row in found[0] for cell in row)


def test_shades_far_apart_that_meet_at_one_place_are_of_two_tables(tmp_path: Path) -> None:
    """Another table stands between them; and the last column of the first is too narrow for text and has none."""
    drawing, top = Drawing(tmp_path / "a.pdf"), 80
    wide, halves, thirds = (60, 120, 270, 330, 390, 444, 450), (60, 300, 450), (60, 270, 450)
    plans = [
        ("Ref", "Action", "Due", "Lead", "Status"),
        *((f"A{n}", "Homes let", "May", "Mr Day", "Late") for n in range(4)),
    ]
    for rows, edges, first, step in (
        (plans, wide, 0, 32),
        ([("Plan for:", "Homes"), ("Seen by", "Board")] * 2, halves, 1, 16),
    ):
        for number, row in enumerate(rows):
            if number % 2 == first:
                drawing.shade(top, top + step, edges)
            drawing.row(row, edges, top + 11, size=8, bold=rows is plans and not number)
            top += step
        top += 22
    drawing.shade(top, top + 16, thirds).row(("Agreed", "Delivery"), thirds, top + 11, size=8, bold=True)
    assert drawing.tables()[0] == [tuple(row) for row in plans]
