"""Tables are found by what a reader sees: rules, shades, and columns; and where there is none, none is found."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from indexer.reader import tables_json
from tests.drawing import Drawing

ROWS = [
    ["Measure", "Target", "Apr-23", "May-23", "Jun-23"],
    ["Calls answered in time", "95%", "91.5%", "93.0%", "94.25%"],
    ["Missed bins put right", "80", "(12)", "7", "1,204"],
    ["Invoices paid in thirty days", "99%", "98%", "n/a", "97%"],
    ["Homes let", "25", "31", "28", "40"],
]
LEFTS = (60, 250, 310, 380, 450)
RIGHT, TOP, STEP = 520, 200, 18
PROSE = (
    "The panel was told how the service had done over the spring and what was planned for the rest of",
    "the year, and asked that the figures be brought back to it once the autumn returns had been checked.",
)


def drawn(path: Path, style: Callable[[Canvas, int], None], right: bool = False) -> Path:
    """The rows between two paragraphs, as `style` marks each row's top (the last time, the table's foot)."""
    canvas = Canvas(str(path), pagesize=A4)
    height = A4[1]
    canvas.setFont("Helvetica", 10)
    for number, words in enumerate((*PROSE, "", *PROSE)):
        canvas.drawString(60, height - 110 - 14 * number, words)
    canvas.setFont("Helvetica", 9)
    for row, texts in enumerate(ROWS):
        style(canvas, row)
        canvas.setFillGray(0)
        for column, text in enumerate(texts):
            y = height - TOP - STEP * row - 13
            if right and column:
                canvas.drawRightString(LEFTS[column] + 45, y, text)
            else:
                canvas.drawString(LEFTS[column], y, text)
    style(canvas, len(ROWS))
    canvas.setFont("Helvetica", 10)
    for number, words in enumerate(PROSE):
        canvas.drawString(60, height - 340 - 14 * number, words)
    canvas.save()
    return path


def _line(canvas: Canvas, row: int) -> None:
    canvas.line(56, A4[1] - TOP - STEP * row, RIGHT, A4[1] - TOP - STEP * row)


def _grid(canvas: Canvas, row: int) -> None:
    _line(canvas, row)
    if row < len(ROWS):
        for x in (56, *(left - 4 for left in LEFTS[1:]), RIGHT):
            canvas.line(x, A4[1] - TOP - STEP * row, x, A4[1] - TOP - STEP * (row + 1))


def _three(canvas: Canvas, row: int) -> None:
    if row in (0, 1, len(ROWS)):
        _line(canvas, row)


def _zebra(canvas: Canvas, row: int) -> None:
    if row % 2 == 0 and row < len(ROWS):
        canvas.setFillGray(0.9)
        canvas.rect(56, A4[1] - TOP - STEP * (row + 1), RIGHT - 56, STEP, stroke=0, fill=1)


def _rated(canvas: Canvas, row: int) -> None:
    """Every second row shaded cell by cell, and in the others the last cell alone, as a rating is."""
    for left, right in pairwise((56, *(left - 4 for left in LEFTS[1:]), RIGHT)):
        if row < len(ROWS) and (row % 2 == 0 or right == RIGHT):
            canvas.setFillGray(0.9 if row % 2 == 0 else 0.7)
            canvas.rect(left, A4[1] - TOP - STEP * (row + 1), right - left, STEP, stroke=0, fill=1)


def _under_header(canvas: Canvas, row: int) -> None:
    if row == 1:
        _line(canvas, row)


def _nothing(canvas: Canvas, row: int) -> None:
    del canvas, row


@pytest.mark.parametrize("right", [False, True], ids=["left", "right"])
@pytest.mark.parametrize("style", [_grid, _line, _three, _zebra, _rated, _under_header, _nothing])
def test_a_table_says_the_same_however_it_is_ruled(
    tmp_path: Path, style: Callable[[Canvas, int], None], right: bool
) -> None:
    """The paragraphs around it are no part of it."""
    tables = tables_json(drawn(tmp_path / "a.pdf", style, right))["tables"]
    assert [table["rows"] for table in tables] == [ROWS]


def written(path: Path, lines: Sequence[Sequence[tuple[int, str]]]) -> Path:
    """Lines of words at their places."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    for number, line in enumerate(lines):
        for x, words in line:
            canvas.drawString(x, A4[1] - 100 - 14 * number, words)
    canvas.save()
    return path


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([[(60, PROSE[0])], [(60, PROSE[1])]] * 6, "running text"),
        ([[(60, f"{n}."), (90, PROSE[0])] for n in range(1, 9)], "numbered paragraphs"),
        ([[(60, "•"), (80, PROSE[1])] for _ in range(8)], "a list"),
        ([[(60, PROSE[0][:45]), (310, PROSE[1][:45])] for _ in range(12)], "two columns of text"),
        ([[(60, f"Item {n} of the agenda"), (480, str(n * 3))] for n in range(1, 12)], "a list of contents"),
        ([[(60, "Report of:"), (160, "Head of Service")], [(60, "To:"), (160, "Cabinet")]], "the head of a report"),
    ],
)
def test_what_is_no_table_is_not_found(tmp_path: Path, lines: Sequence[Sequence[tuple[int, str]]], why: str) -> None:
    assert tables_json(written(tmp_path / "a.pdf", lines))["tables"] == [], why


def test_a_header_over_several_columns_is_merged(tmp_path: Path) -> None:
    """The upper header stands in the middle of what it heads."""
    lines = [
        [(268, "2021/22"), (420, "2022/23")],
        [(60, "Area"), (240, "Plan"), (310, "Result"), (390, "Plan"), (460, "Result")],
        *[[(60, f"Ward {n}"), (240, f"{n}5%"), (310, f"{n}2%"), (390, f"{n}6%"), (460, f"{n}9%")] for n in range(1, 7)],
    ]
    (table,) = tables_json(written(tmp_path / "a.pdf", lines))["tables"]
    assert table["spans"] == [[0, 1, 1, 2], [0, 3, 1, 2]]
    assert table["rows"][:2] == [["", "2021/22", "", "2022/23", ""], ["Area", "Plan", "Result", "Plan", "Result"]]


def _frame(canvas: Canvas, lefts: Sequence[int], tops: Sequence[int], merged: bool = False) -> None:
    """The rules of a table; `merged`: below the header its first column is one cell, without a foot."""
    height = A4[1]
    for x in lefts:
        for top, foot in pairwise(tops):
            canvas.line(x, height - top, x, height - foot)
    for top in tops:
        begin = lefts[1] if merged and top > tops[1] else lefts[0]
        canvas.line(begin, height - top, lefts[-1], height - top)


def test_a_merged_cell_that_goes_on_overleaf_is_closed_at_the_foot(tmp_path: Path) -> None:
    """The other columns have a rule there, and it has none; what stands in it is no less part of the table."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    _frame(canvas, (60, 160, 320, 500), (700, 730, 760, 790), merged=True)
    canvas.setFont("Helvetica", 9)
    texts = (("Ref", "Step", "Due"), ("B1", "Draft", "May 2022"), ("", "Sign", "June 2022"))
    for row, line in enumerate(texts):
        for x, text in zip((66, 166, 326), line, strict=True):
            canvas.drawString(x, A4[1] - 720 - 30 * row, text)
    canvas.save()
    (table,) = tables_json(tmp_path / "a.pdf")["tables"]
    assert table["rows"][1][0] == "B1"
    assert table["spans"] == [[1, 0, 2, 1]]


def test_two_tables_side_by_side_stay_two(tmp_path: Path) -> None:
    """The space between tables that end together is no merged cell."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 9)
    for left in (60, 310):
        _frame(canvas, (left, left + 100, left + 200), (100, 130, 160, 190))
        for row, line in enumerate((("Area", "May-23"), ("North", "91%"), ("South", "87%"))):
            for x, text in zip((left + 6, left + 106), line, strict=True):
                canvas.drawString(x, A4[1] - 120 - 30 * row, text)
    canvas.save()
    tables = tables_json(tmp_path / "a.pdf")["tables"]
    assert [table["rows"][0] for table in tables] == [["Area", "May-23"]] * 2


PLAN = [
    ["Ref", "Milestone", "Lead", "Progress"],
    ["AB1", "Agree the plan", "Head of Service", "The plan was agreed by the board in May and went to the panel."],
    ["", "Tell the staff", "Client", ""],
    ["AB2", "Open the new office to the public", "", "It opened late as the lift had to be mended first."],
    ["AB3", "Review", "Head of Service", "To be done once the office has been open for all of a year."],
]
PLAN_EDGES = (60, 100, 220, 300, 460)


def plan(path: Path, style: str) -> Path:
    """The plan with its cells in several lines, its rows 6 points apart; `style` says what is drawn around them."""
    canvas = Canvas(str(path), pagesize=A4)
    y = A4[1] - 150
    for number, row in enumerate(PLAN):
        font = "Helvetica" if number else "Helvetica-Bold"
        widths = [b - a - 8 for a, b in pairwise(PLAN_EDGES)]
        wrapped = [simpleSplit(text, font, 8, width) for text, width in zip(row, widths, strict=True)]
        height = 10 * max(map(len, wrapped)) + 6
        if style == "shades" and number % 2 == 0:
            canvas.setFillGray(0.9)
            canvas.rect(60, y - height, 400, height, stroke=0, fill=1)
            canvas.setFillGray(0)
        canvas.setFont(font, 8)
        for x, lines in zip(PLAN_EDGES, wrapped, strict=False):
            for at, line in enumerate(lines):
                canvas.drawString(x + 4, y - 10 - 10 * at, line)
        y -= height
        if style == "rows" or (style == "header" and number in (0, len(PLAN) - 1)):
            for left, right in pairwise(PLAN_EDGES):
                canvas.line(left, y, right, y)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, y - 40, PROSE[0])
    canvas.save()
    return path


@pytest.mark.parametrize("style", ["rows", "header", "shades", "nothing"])
def test_cells_of_several_lines_need_no_upright_rules(tmp_path: Path, style: str) -> None:
    """Columns are told by where pieces of rules meet, by shades' rows or by a heavy header; an empty cell stays
    empty."""
    tables = tables_json(plan(tmp_path / "a.pdf", style))["tables"]
    assert [table["rows"] for table in tables] == [PLAN]


TASKS = [
    ["Ref", "Step", "Due", "Councils", "Progress"],
    [
        "C1",
        "Draft the new plan for the service",
        "May 2022",
        "All five",
        "It was agreed by the board and then went to it",
    ],
    ["", "Tell the staff what is planned", "June 2022", "", "Not begun"],
    ["C2", "Open the new office", "July 2022", "", "It opened late as the lift had to be mended first"],
    ["", "Review what was spent on it", "May 2023", "", "Not begun"],
]
TASK_EDGES = (60, 100, 190, 260, 320, 480)


def tasks(path: Path, merged: bool = False, in_pieces: bool = False) -> Path:
    """The tasks with a rule under each row; `merged`: the councils of the first two are one cell over both."""
    canvas = Canvas(str(path), pagesize=A4)
    y = A4[1] - 150
    for number, row in enumerate(TASKS):
        font = "Helvetica" if number else "Helvetica-Bold"
        canvas.setFont(font, 8)
        wrapped = [
            simpleSplit(text, font, 8, b - a - 8) for text, (a, b) in zip(row, pairwise(TASK_EDGES), strict=True)
        ]
        for x, lines in zip(TASK_EDGES, wrapped, strict=False):
            for at, line in enumerate(lines):
                canvas.drawString(x + 4, y - 10 - 10 * at, line)
        y -= 10 * max(map(len, wrapped)) + 6
        if in_pieces:
            for column, (left, right) in enumerate(pairwise(TASK_EDGES)):
                if not (merged and number == 1 and column in (0, 3)):
                    canvas.line(left, y, right, y)
        else:
            canvas.line(TASK_EDGES[0], y, TASK_EDGES[-1], y)
    canvas.save()
    return path


def test_rules_in_one_piece_part_rows_and_a_column_that_is_nearly_blank_stays_one(tmp_path: Path) -> None:
    """Cells run over several lines, and one column holds a single text."""
    tables = tables_json(tasks(tmp_path / "a.pdf"))["tables"]
    assert [table["rows"] for table in tables] == [TASKS]


def test_a_rule_that_leaves_cells_open_still_parts_the_others(tmp_path: Path) -> None:
    """The cell that goes on below the rule is one, and its row is none the shorter."""
    tables = tables_json(tasks(tmp_path / "a.pdf", merged=True, in_pieces=True))["tables"]
    assert [table["rows"] for table in tables] == [TASKS]


def test_a_place_to_sign_is_no_table(tmp_path: Path) -> None:
    """Dots that wait for a signature are no text of a cell."""
    lines = [[(60, "Signature"), (380, "Date")], [(60, "Head of Service"), (220, "." * 40), (380, "." * 40)]]
    assert tables_json(written(tmp_path / "a.pdf", lines))["tables"] == []


def test_a_header_at_the_left_and_figures_at_the_right_are_one_column(tmp_path: Path) -> None:
    """No line of the table has words in both halves of the column."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    rows = [
        ["Measure", "Target set", "Hit by us", "Year"],
        *[[f"Ward {n}", f"{n}2", f"{n}4.5", "2023"] for n in range(1, 6)],
    ]
    for number, row in enumerate(rows):
        canvas.setFont("Helvetica" if number else "Helvetica-Bold", 9)
        y = A4[1] - 120 - 18 * number
        for column, (left, text) in enumerate(zip((60, 160, 280, 400), row, strict=True)):
            if number and column:
                canvas.drawRightString(left + 100, y, text)
            else:
                canvas.drawString(left, y, text)
        canvas.line(56, y - 5, 510, y - 5)
    canvas.save()
    assert [table["rows"] for table in tables_json(tmp_path / "a.pdf")["tables"]] == [rows]


def test_months_at_the_left_and_counts_at_the_right_stand_in_the_pieces_of_the_rules(tmp_path: Path) -> None:
    """No line has words in both halves of a column, only the title and the header are ruled, and every other row is
    shaded; no part of the table passes for the whole of it, though another below has shades as wide as that part."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    months = [f"{month}-21" for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug")]
    rows = [["Complaints", *[""] * 8], ["", *months], *([f"Area {n}", *"00000000"] for n in range(1, 7))]
    quarters = [["Searches", "", ""], ["", "March", "June"], *([f"Area {n}", f"{n}1%", f"{n}4%"] for n in range(1, 7))]
    whole = (45, 156, 203, 252, 304, 353, 405, 454, 499, 550)
    for made, edges, top in (
        (quarters, (45, 311, 434, 550), 100),
        (rows, whole, 230),
        (quarters, (45, 311, 434, 550), 360),
    ):
        for number, row in enumerate(made):
            y = A4[1] - top - 13 * number
            for x0, x1, text in zip(edges, edges[1:], row, strict=False):
                if number < 2:
                    canvas.line(x0, y - 4, x1, y - 4)
                elif number % 2 == 0:
                    canvas.setFillGray(0.95)
                    canvas.rect(x0, y - 4, x1 - x0, 13, stroke=0, fill=1)
                canvas.setFillGray(0)
                canvas.setFont("Helvetica" if number > 1 else "Helvetica-Bold", 7)
                if number > 1 and x0 > edges[0]:
                    canvas.drawRightString(x1 - 4, y, text)
                else:
                    canvas.drawString(x0 + 4, y, text)
    canvas.save()
    assert [table["rows"] for table in tables_json(tmp_path / "a.pdf")["tables"]] == [quarters, rows, quarters]


def test_a_column_that_holds_one_text_stays_one(tmp_path: Path) -> None:
    """Beside a wide gap that all rows leave blank, one row with text on both sides is enough."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    rows = [
        ["", "Draft the plan", "May 2022", "All"],
        ["New", "Tell the staff", "June 2022", "All"],
        ["", "Open the office", "July 2022", "None"],
        ["", "Review the spending", "May 2023", "All"],
        ["", "Close the old office", "June 2023", "All"],
        ["", "Tell the tenants", "July 2023", "None"],
    ]
    canvas.setFont("Helvetica", 9)
    for number, row in enumerate(rows):
        y = A4[1] - 120 - 18 * number
        for left, text in zip((60, 120, 280, 400), row, strict=True):
            canvas.drawString(left, y, text)
        canvas.line(56, y - 5, 510, y - 5)
    canvas.save()
    assert [table["rows"] for table in tables_json(tmp_path / "a.pdf")["tables"]] == [rows]


@pytest.mark.parametrize("shaded", [0, 1])
def test_unshaded_rows_at_both_ends_belong_to_the_shaded(tmp_path: Path, shaded: int) -> None:
    """Over the first shade and under the last, though their text reaches farther than that of the rows between, and
    though no header tells the columns."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    rows = [
        ["Open the new office to the public", "It opened late as the lift was mended first", "May 2022"],
        ["Tell the staff", "Not begun", "June 2022"],
        ["Draft the plan", "Agreed by the board", "July 2022"],
        ["Tell the tenants", "Not begun", "May 2023"],
        ["Review all that was spent on the office", "To be done once it was open for all of a year", "June 2023"],
    ]
    for number, row in enumerate(rows):
        y = A4[1] - 120 - 28 * number
        if number % 2 == shaded:
            canvas.setFillGray(0.9)
            canvas.rect(56, y - 14, 424, 28, stroke=0, fill=1)
            canvas.setFillGray(0)
        canvas.setFont("Helvetica", 9)
        for left, text in zip((60, 180, 400), row, strict=True):
            for at, line in enumerate(simpleSplit(text, "Helvetica", 9, 110 if left == 60 else 200)):
                canvas.drawString(left, y + 4 - 11 * at, line)
    canvas.save()
    found = [table["rows"] for table in tables_json(tmp_path / "a.pdf")["tables"]]
    assert [[[" ".join(cell.split()) for cell in row] for row in table] for table in found] == [rows]


def test_a_tables_borders_stay_where_they_are_drawn(tmp_path: Path) -> None:
    """The borders of tables that stand one below the other are near each other, each a little further on; every word
    is still read between the borders that it was drawn between."""
    rows = [["Overall", "99.60%", "98.1%"], ["Mendip", "100%", "97.3%"]]
    draw = Drawing(tmp_path / "a.pdf")
    for number in range(9):
        draw.table(rows, [100 + 2.2 * number, 90, 90])
    found = tables_json(draw.done())["tables"]
    assert [table["rows"] for table in found] == [rows] * 9
