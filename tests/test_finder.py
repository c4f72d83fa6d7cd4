"""Tables are found by what a reader sees: rules, shades, and columns; and where there is none, none is found."""

from collections.abc import Callable, Sequence
from itertools import pairwise, zip_longest
from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit

from indexer.reader import tables_json
from tests.drawing import GREY, Drawing

ROWS = [
    ["Measure", "Target", "Apr-23", "May-23", "Jun-23"],
    ["Calls answered in time", "95%", "91.5%", "93.0%", "94.25%"],
    ["Missed bins put right", "80", "(12)", "7", "1,204"],
    ["Invoices paid in thirty days", "99%", "98%", "n/a", "97%"],
    ["Homes let", "25", "31", "28", "40"],
]
EDGES = (56, 246, 306, 376, 446, 520)
RIGHTS = (56, 209, 299, 359, 429, 499)  # where the columns end whose figures are set at the right
ENDS, TOP, STEP = (56, 520), 200, 18
DARK = HexColor("#b2b2b2")
PROSE = (
    "The panel was told how the service had done over the spring and what was planned for the rest of",
    "the year, and asked that the figures be brought back to it once the autumn returns had been checked.",
)


def drawn(path: Path, style: Callable[[Drawing, int], None], right: bool = False) -> Path:
    """The rows between two paragraphs, as `style` marks each row's top (the last time, the table's foot)."""
    drawing = Drawing(path)
    for number, words in enumerate((*PROSE, "", *PROSE)):
        drawing.row((words,), ENDS, 110 + 14 * number, size=10)
    for row, texts in enumerate(ROWS):
        style(drawing, row)
        drawing.row(texts, RIGHTS if right else EDGES, TOP + STEP * row + 13, right=right)
    style(drawing, len(ROWS))
    for number, words in enumerate(PROSE):
        drawing.row((words,), ENDS, 340 + 14 * number, size=10)
    return drawing.done()


def _line(drawing: Drawing, row: int) -> None:
    drawing.rule(TOP + STEP * row, ENDS)


def _grid(drawing: Drawing, row: int) -> None:
    _line(drawing, row)
    if row < len(ROWS):
        drawing.upright(TOP + STEP * row, TOP + STEP * (row + 1), EDGES)


def _three(drawing: Drawing, row: int) -> None:
    if row in (0, 1, len(ROWS)):
        _line(drawing, row)


def _zebra(drawing: Drawing, row: int) -> None:
    if row % 2 == 0 and row < len(ROWS):
        drawing.shade(TOP + STEP * row, TOP + STEP * (row + 1), ENDS)


def _rated(drawing: Drawing, row: int) -> None:
    """Every second row shaded cell by cell, and in the others the last cell alone, as a rating is."""
    if row < len(ROWS):
        shaded, colour = (EDGES, GREY) if row % 2 == 0 else (EDGES[-2:], DARK)
        drawing.shade(TOP + STEP * row, TOP + STEP * (row + 1), shaded, colour)


def _under_header(drawing: Drawing, row: int) -> None:
    if row == 1:
        _line(drawing, row)


def _nothing(drawing: Drawing, row: int) -> None:
    del drawing, row


@pytest.mark.parametrize("right", [False, True], ids=["left", "right"])
@pytest.mark.parametrize("style", [_grid, _line, _three, _zebra, _rated, _under_header, _nothing])
def test_a_table_says_the_same_however_it_is_ruled(
    tmp_path: Path, style: Callable[[Drawing, int], None], right: bool
) -> None:
    """The paragraphs around it are no part of it."""
    tables = tables_json(drawn(tmp_path / "a.pdf", style, right))["tables"]
    assert [table["rows"] for table in tables] == [ROWS]


def written(path: Path, lines: Sequence[Sequence[tuple[int, str]]]) -> Path:
    """Lines of words at their places."""
    drawing = Drawing(path)
    for number, line in enumerate(lines):
        for x, words in line:
            drawing.at(words, x, 90 + 14 * number)
    return drawing.done()


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


def _read(drawing: Drawing) -> list[list[list[str]]]:
    return [table["rows"] for table in tables_json(drawing.done())["tables"]]


def _frame(drawing: Drawing, edges: Sequence[int], tops: Sequence[int], merged: bool = False) -> None:
    """The rules of a table; `merged`: below the header its first column is one cell, without a foot."""
    drawing.upright(tops[0], tops[-1], edges)
    for top in tops:
        drawing.rule(top, edges[merged and top > tops[1] :])


def test_a_merged_cell_that_goes_on_overleaf_is_closed_at_the_foot(tmp_path: Path) -> None:
    """The other columns have a rule there, and it has none; what stands in it is no less part of the table."""
    drawing = Drawing(tmp_path / "a.pdf")
    edges = (60, 160, 320, 500)
    _frame(drawing, edges, (700, 730, 760, 790), merged=True)
    for number, row in enumerate((("Ref", "Step", "Due"), ("B1", "Draft", "May 2022"), ("", "Sign", "June 2022"))):
        drawing.row(row, edges, 720 + 30 * number)
    (table,) = tables_json(drawing.done())["tables"]
    assert table["rows"][1][0] == "B1"
    assert table["spans"] == [[1, 0, 2, 1]]


def test_two_tables_side_by_side_stay_two(tmp_path: Path) -> None:
    """The space between tables that end together is no merged cell."""
    drawing = Drawing(tmp_path / "a.pdf")
    for left in (60, 310):
        edges = (left, left + 100, left + 200)
        _frame(drawing, edges, (100, 130, 160, 190))
        for number, row in enumerate((("Area", "May-23"), ("North", "91%"), ("South", "87%"))):
            drawing.row(row, edges, 120 + 30 * number)
    assert [rows[0] for rows in _read(drawing)] == [["Area", "May-23"]] * 2


PLAN = [
    ["Ref", "Milestone", "Lead", "Progress"],
    ["AB1", "Agree the plan", "Head of Service", "The plan was agreed by the board in May and went to the panel."],
    ["", "Tell the staff", "Client", ""],
    ["AB2", "Open the new office to the public", "", "It opened late as the lift had to be mended first."],
    ["AB3", "Review", "Head of Service", "To be done once the office has been open for all of a year."],
]
PLAN_EDGES = (60, 100, 220, 300, 460)


def _wrapped(row: Sequence[str], edges: Sequence[int], bold: bool) -> list[tuple[str, ...]]:
    """The lines of a row whose cells run over as many as they need."""
    font = "Helvetica-Bold" if bold else "Helvetica"
    cells = [simpleSplit(text, font, 8, b - a - 8) for text, (a, b) in zip(row, pairwise(edges), strict=True)]
    return list(zip_longest(*cells, fillvalue=""))


def _write(drawing: Drawing, lines: Sequence[Sequence[str]], edges: Sequence[int], top: int, bold: bool) -> int:
    """A row of such lines; its foot."""
    for number, parts in enumerate(lines, 1):
        drawing.row(parts, edges, top + 10 * number, size=8, bold=bold)
    return top + 10 * len(lines) + 6


def plan(path: Path, style: str) -> Path:
    """The plan with its cells in several lines, its rows 6 points apart; `style` says what is drawn around them."""
    drawing, y = Drawing(path), 150
    for number, row in enumerate(PLAN):
        lines = _wrapped(row, PLAN_EDGES, bold=not number)
        if style == "shades" and number % 2 == 0:
            drawing.shade(y, y + 10 * len(lines) + 6, (60, 460))
        y = _write(drawing, lines, PLAN_EDGES, y, bold=not number)
        if style == "rows" or (style == "header" and number in (0, len(PLAN) - 1)):
            drawing.rule(y, PLAN_EDGES)
    return drawing.row(PROSE[:1], (56, 560), y + 40, size=10).done()


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


def tasks(path: Path, merged: bool = False) -> Path:
    """The tasks with a rule under each row; `merged`: the councils of the first two are one cell over both, and the
    rules are in pieces."""
    drawing, y = Drawing(path), 150
    for number, row in enumerate(TASKS):
        y = _write(drawing, _wrapped(row, TASK_EDGES, bold=not number), TASK_EDGES, y, bold=not number)
        if not merged:
            drawing.rule(y, (TASK_EDGES[0], TASK_EDGES[-1]))
        for column, edges in enumerate(pairwise(TASK_EDGES)) if merged else ():
            if number != 1 or column not in (0, 3):
                drawing.rule(y, edges)
    return drawing.done()


def test_rules_in_one_piece_part_rows_and_a_column_that_is_nearly_blank_stays_one(tmp_path: Path) -> None:
    """Cells run over several lines, and one column holds a single text."""
    tables = tables_json(tasks(tmp_path / "a.pdf"))["tables"]
    assert [table["rows"] for table in tables] == [TASKS]


def test_a_rule_that_leaves_cells_open_still_parts_the_others(tmp_path: Path) -> None:
    """The cell that goes on below the rule is one, and its row is none the shorter."""
    tables = tables_json(tasks(tmp_path / "a.pdf", merged=True))["tables"]
    assert [table["rows"] for table in tables] == [TASKS]


def test_a_place_to_sign_is_no_table(tmp_path: Path) -> None:
    """Dots that wait for a signature are no text of a cell."""
    lines = [[(60, "Signature"), (380, "Date")], [(60, "Head of Service"), (220, "." * 40), (380, "." * 40)]]
    assert tables_json(written(tmp_path / "a.pdf", lines))["tables"] == []


def test_a_header_at_the_left_and_figures_at_the_right_are_one_column(tmp_path: Path) -> None:
    """No line of the table has words in both halves of the column."""
    drawing, edges = Drawing(tmp_path / "a.pdf"), (56, 156, 276, 396, 510)
    rows = [
        ["Measure", "Target set", "Hit by us", "Year"],
        *[[f"Ward {n}", f"{n}2", f"{n}4.5", "2023"] for n in range(1, 6)],
    ]
    for number, row in enumerate(rows):
        y = 120 + 18 * number
        drawing.row(row, edges, y, bold=not number, right=bool(number)).rule(y + 5, (56, 510))
    assert _read(drawing) == [rows]


def test_months_at_the_left_and_counts_at_the_right_stand_in_the_pieces_of_the_rules(tmp_path: Path) -> None:
    """No line has words in both halves of a column, only the title and the header are ruled, and every other row is
    shaded; no part of the table passes for the whole of it, though another below has shades as wide as that part."""
    drawing = Drawing(tmp_path / "a.pdf")
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
            y = top + 13 * number
            if number < 2:
                drawing.rule(y + 4, edges)
            elif number % 2 == 0:
                drawing.shade(y - 9, y + 4, edges)
            drawing.row(row, edges, y, size=7, bold=number < 2, right=number > 1)
    assert _read(drawing) == [quarters, rows, quarters]


def test_ruled_tables_with_like_columns_under_their_own_headings_are_several(tmp_path: Path) -> None:
    """Their rules are drawn cell by cell, as browsers do, so that the next one's first rule has the same pieces."""
    drawing, made = Drawing(tmp_path / "a.pdf"), []
    for number, heading in enumerate(("Calls answered", "Letters answered", "Visits")):
        rows = [["District", "2019/20", "2020/21"], *([area, f"{number}1", f"{number}2"] for area in ("East", "West"))]
        top = 100 + 90 * number
        drawing.row((heading,), (56, 400), top - 8, size=11, bold=True)
        for at, row in enumerate(rows):
            drawing.rule(top + 18 * at, (56, 256, 356, 456)).row(row, (56, 256, 356, 456), top + 18 * at + 13)
        drawing.rule(top + 54, (56, 256, 356, 456)).upright(top, top + 54, (56, 256, 356, 456))
        made.append(rows)
    assert _read(drawing) == made


def test_a_column_that_holds_one_text_stays_one(tmp_path: Path) -> None:
    """Beside a wide gap that all rows leave blank, one row with text on both sides is enough."""
    drawing = Drawing(tmp_path / "a.pdf")
    rows = [
        ["", "Draft the plan", "May 2022", "All"],
        ["New", "Tell the staff", "June 2022", "All"],
        ["", "Open the office", "July 2022", "None"],
        ["", "Review the spending", "May 2023", "All"],
        ["", "Close the old office", "June 2023", "All"],
        ["", "Tell the tenants", "July 2023", "None"],
    ]
    for number, row in enumerate(rows):
        drawing.row(row, (56, 116, 276, 396, 510), 120 + 18 * number).rule(125 + 18 * number, (56, 510))
    assert _read(drawing) == [rows]


@pytest.mark.parametrize("shaded", [0, 1])
def test_unshaded_rows_at_both_ends_belong_to_the_shaded(tmp_path: Path, shaded: int) -> None:
    """Over the first shade and under the last, though their text reaches farther than that of the rows between, and
    though no header tells the columns."""
    drawing = Drawing(tmp_path / "a.pdf")
    rows = [
        ["Open the new office to the public", "It opened late as the lift was mended first", "May 2022"],
        ["Tell the staff", "Not begun", "June 2022"],
        ["Draft the plan", "Agreed by the board", "July 2022"],
        ["Tell the tenants", "Not begun", "May 2023"],
        ["Review all that was spent on the office", "To be done once it was open for all of a year", "June 2023"],
    ]
    for number, row in enumerate(rows):
        y = 120 + 28 * number
        if number % 2 == shaded:
            drawing.shade(y - 14, y + 14, (56, 480))
        cells = [simpleSplit(text, "Helvetica", 9, width) for text, width in zip(row, (110, 200, 200), strict=True)]
        for at, parts in enumerate(zip_longest(*cells, fillvalue="")):
            drawing.row(parts, (56, 176, 396, 480), y - 4 + 11 * at)
    assert [[[" ".join(cell.split()) for cell in row] for row in table] for table in _read(drawing)] == [rows]


def test_a_header_over_shades_may_be_wider_than_its_figures(tmp_path: Path) -> None:
    """Over an unshaded first row, in type that is no heavier, and on two lines."""
    drawing, edges = Drawing(tmp_path / "a.pdf"), (56, 96, 216, 268, 320, 372)
    drawing.row(("Code", "Measure", "Quarter 3", "Quarter 3", "Target"), edges, 100, right=True)
    drawing.row(("", "", "2024/25", "2025/26", ""), edges, 111, right=True)
    rows = [(f"OX{n}", f"Calls on line {n}", str(n), str(n + 1), str(n + 2)) for n in range(11, 17)]
    for number, row in enumerate(rows):
        if number % 2:
            drawing.shade(115 + 18 * number, 133 + 18 * number, (edges[0], edges[-1]))
        drawing.row(row, edges, 128 + 18 * number, right=True)
    (found,) = _read(drawing)
    assert found[0][2:] == ["Quarter 3 2024/25", "Quarter 3 2025/26", "Target"]
    assert [tuple(row)[2:] for row in found[1:]] == [row[2:] for row in rows]


def test_a_tables_borders_stay_where_they_are_drawn(tmp_path: Path) -> None:
    """The borders of tables that stand one below the other are near each other, each a little further on; every word
    is still read between the borders that it was drawn between."""
    rows = [["Overall", "99.60%", "98.1%"], ["Mendip", "100%", "97.3%"]]
    drawing = Drawing(tmp_path / "a.pdf")
    for number in range(9):
        drawing.table(rows, [100 + 2.2 * number, 90, 90])
    assert _read(drawing) == [rows] * 9
