"""Tables over pages: which are one, which are two, and where each cell stands afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.paper import Cell, Line, Table
from indexer.reader import read_pack
from indexer.sheet import Grid, Sheet
from indexer.stitch import stitch
from tests.drawing import Drawing

HEADER = ["Ref", "Action", "Due"]
WIDTHS = [60, 200, 80]
FIRST, SECOND = ["RB1", "Write to residents", "01/06/22"], ["RB2", "Visit the depot", "01/07/22"]


def tables(draw: Drawing) -> Sequence[Table]:
    path = draw.page("Page 2").done()
    return read_pack(path, path.name).tables


def over_pages(
    path: Path, above: Sequence[list[str]], below: Sequence[list[str]], between: str = "", cut: bool = False
) -> list[list[list[str]]]:
    """The grids of what is read from one table at a page's end and another at the next page's head."""
    draw = Drawing(path).table(above, WIDTHS, cut=cut).page("Page 1")
    if between:
        draw.text(between)
    return [table.grid() for table in tables(draw.table(below, WIDTHS))]


def test_a_repeated_header_is_dropped(tmp_path: Path) -> None:
    """The same columns under the same header overleaf are one table, with one header."""
    found = over_pages(tmp_path / "a.pdf", [HEADER, FIRST], [HEADER, SECOND])
    assert found == [[HEADER, FIRST, SECOND]]


@pytest.mark.parametrize("again", ["Payments made in the year", "Payments made by the town"])
def test_a_heading_that_stands_on_both_pages_parts_no_table(tmp_path: Path, again: str) -> None:
    """Rows without a header go on below the heading of the page before; another heading begins another table."""
    draw = Drawing(tmp_path / "a.pdf").text("Payments made in the year").table([HEADER, FIRST], WIDTHS)
    draw.page("Page 1").text(again).table([SECOND], WIDTHS)
    found = [table.grid() for table in tables(draw)]
    assert (found == [[HEADER, FIRST, SECOND]]) == again.endswith("year")


def test_a_title_over_the_header_that_is_repeated_with_it_parts_no_table() -> None:
    """A line that stands over the table on both pages is its title, though it was not told for a row of it."""
    kinds = (
        ("Summary of measures", "Summary of measures", 1),
        ("Measures", "Services", 2),
        ("See here.", "See here.", 2),
    )
    for *titles, count in kinds:
        sheets = [
            Sheet(page, 200, 300, (Line(text, (0, 30, 90, 40), 10, True),), (grid(page, rows, ruled=False),), "")
            for page, (text, rows) in enumerate(zip(titles, ([HEADER, FIRST], [HEADER, SECOND]), strict=True), 1)
        ]
        assert len(stitch(sheets)[0]) == count


def test_a_header_with_a_groups_name_in_it_is_known_again() -> None:
    """The name of the first group stands in the header's first cell on the page where it begins, and there alone."""
    header = ["Area", "Ref", "Description", "Target", "Jul-21", "Aug-21"]
    row = ["", "K2", "Calls", "90%", "91%", "92%"]
    first = grid(1, [["Area KPIs", *header[1:]], ["Tax", *row[1:]]], ruled=False)
    for again, counts in ((header, [3]), (["Area", *header[1:4], "Sep-21", "Oct-21"], [2, 2])):
        sheets = [
            Sheet(n, 200, 300, (), (part,), "") for n, part in enumerate((first, grid(2, [again, row], False)), 1)
        ]
        assert [len(table.rows) for table in stitch(sheets)[0]] == counts


def test_cells_keep_their_own_page(tmp_path: Path) -> None:
    """A row from the second page says so, though the table begins on the first."""
    (table,) = tables(Drawing(tmp_path / "a.pdf").table([HEADER, FIRST], WIDTHS).page().table([HEADER, SECOND], WIDTHS))
    assert [[cell.page for cell in row if cell] for row in table.rows] == [[1, 1, 1], [1, 1, 1], [2, 2, 2]]
    last = table.rows[2][0]
    assert table.page == 1 and last and last.box[1] == pytest.approx(90, abs=1)


def test_a_title_and_header_are_dropped_together(tmp_path: Path) -> None:
    """A title row over a header row is repeated as a whole, and dropped as a whole."""
    head: list[list[str | None]] = [["PI004 - Calls answered", None, None], ["", "Apr-22", "May-22"]]
    draw = Drawing(tmp_path / "a.pdf").table([*head, ["Hart", "81%", "82%"]], WIDTHS).page()
    (table,) = tables(draw.table([*head, ["Havant", "71%", "72%"]], WIDTHS))
    assert [row[0] for row in table.grid()] == ["PI004 - Calls answered", "", "Hart", "Havant"]


def test_another_title_is_another_table(tmp_path: Path) -> None:
    """The same columns under another title are another table: their figures are of another measure."""
    months: list[str | None] = ["", "Apr-22", "May-22"]
    draw = Drawing(tmp_path / "a.pdf")
    draw.table([["PI004 - Calls answered", None, None], months, ["Hart", "81%", "82%"]], WIDTHS).page()
    draw.table([["PI005 - Letters answered", None, None], months, ["Hart", "71%", "72%"]], WIDTHS)
    assert [table.grid()[0][0] for table in tables(draw)] == ["PI004 - Calls answered", "PI005 - Letters answered"]


@pytest.mark.parametrize("other", [["Ref", "Risk", "Score"], ["", "Q1 2022/23", "Q2 2022/23"]])
def test_another_header_is_another_table(tmp_path: Path, other: list[str]) -> None:
    """The same columns under another header are another table."""
    assert len(over_pages(tmp_path / "a.pdf", [HEADER, FIRST], [other, ["R1", "Flood", "12"]])) == 2


def test_rows_without_a_header_go_on(tmp_path: Path) -> None:
    """Rows at the head of the next page, in the same columns and without a header, belong to the table before."""
    assert over_pages(tmp_path / "a.pdf", [HEADER, FIRST], [SECOND, SECOND]) == [[HEADER, FIRST, SECOND, SECOND]]


def test_one_row_overleaf_is_not_lost(tmp_path: Path) -> None:
    """A single row overleaf, too small for a table of its own, goes on with the table before."""
    assert over_pages(tmp_path / "a.pdf", [HEADER, FIRST], [SECOND]) == [[HEADER, FIRST, SECOND]]


@pytest.mark.parametrize(("grouped", "count"), [(["Depots", "", ""], 1), (SECOND, 2)])
def test_a_group_that_begins_overleaf_goes_on_with_a_table_of_groups(grouped: list[str], count: int) -> None:
    """Its name stands in heavy type in the first column, as others do above; else it would head another table."""
    above, below = grid(1, [HEADER, grouped, FIRST], ruled=False), grid(2, [["Fleet", "", ""], SECOND], ruled=False)
    found = stitch([Sheet(part.page, 200, 300, (), (part,), "") for part in (above, below)])[0]
    assert [len(table.rows) for table in found] == ([5] if count == 1 else [3, 2])


@pytest.mark.parametrize("foot", [True, False])
def test_the_name_of_a_group_stands_between_pages(tmp_path: Path, foot: bool) -> None:
    """The last line of a page, or the first of the next, over rows without a header; a sentence there is none."""
    for line, count in (("Depots and fleet", 1), ("Depots were visited.", 2)):
        draw = Drawing(tmp_path / f"{count}.pdf").table([HEADER, FIRST], WIDTHS)
        draw = draw.text(line).page() if foot else draw.page().text(line)
        found = [table.grid() for table in tables(draw.table([SECOND, SECOND], WIDTHS))]
        assert len(found) == count
        assert count == 2 or found[0] == [HEADER, FIRST, [line, "", ""], SECOND, SECOND]


def test_text_between_parts_tables(tmp_path: Path) -> None:
    """What has text before it is a table of its own."""
    found = over_pages(tmp_path / "a.pdf", [HEADER, FIRST], [HEADER, SECOND], "These have been closed:")
    assert found == [[HEADER, FIRST], [HEADER, SECOND]]


def test_a_repeated_first_row_is_dropped(tmp_path: Path) -> None:
    """A renderer that takes the first row of a headless part for a header, and repeats it, adds no row."""
    draw = Drawing(tmp_path / "a.pdf").table([HEADER, FIRST], WIDTHS).page()
    draw.table([SECOND, ["RB3", "Close the plan", "01/08/22"]], WIDTHS).page()
    (table,) = tables(draw.table([SECOND, ["RB4", "Open the plan", "01/09/22"]], WIDTHS))
    assert [row[0] for row in table.grid()] == ["Ref", "RB1", "RB2", "RB3", "RB4"]


def test_a_row_cut_by_the_pages_end_is_mended(tmp_path: Path) -> None:
    """Where no line closes a row at the page's foot, and its halves complete each other, it is one row."""
    found = over_pages(
        tmp_path / "a.pdf", [HEADER, ["RB1", "", "01/06/22"]], [HEADER, ["", "Write to residents", ""]], cut=True
    )
    assert found == [[HEADER, FIRST]]


def test_a_row_that_goes_on_in_mid_sentence_is_mended(tmp_path: Path) -> None:
    """A row that begins overleaf without its reference, in the middle of a sentence, belongs to the row before."""
    found = over_pages(tmp_path / "a.pdf", [HEADER, ["RB1", "Write to", ""]], [HEADER, ["", "residents", ""], SECOND])
    assert found == [[HEADER, ["RB1", "Write to residents", ""], SECOND]]


@pytest.mark.parametrize(("columns", "count"), [(10, 1), (4, 2)])
def test_a_part_of_many_columns_may_be_wider_than_the_one_above(columns: int, count: int) -> None:
    """It was laid out anew, and holds the same kinds; of a few columns it may be another table."""
    rows = [["Ref", *["Jul-21"] * (columns - 1)], ["K1", *["91%"] * (columns - 1)]]
    above, below = grid(1, [*rows, rows[1]], ruled=True), grid(1, rows[1:], ruled=True, top=100)
    below = replace(below, edges=tuple(1.2 * edge for edge in below.edges), bold=(False,))
    assert len(stitch([Sheet(1, 800, 800, (), (above, below), "")])[0]) == count


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["RB1", "Write to residents.", ""], ["", "Then telephone", ""]),  # a sentence of its own
        (["RB1", "Write to", "45%"], ["RB2", "residents", "46%"]),  # a reference of its own
        (["RB1", "Write to", ""], ["", "residents", "46%"]),  # a figure of its own, and a line that closes the row
    ],
)
def test_rows_are_not_mended_in_doubt(tmp_path: Path, above: list[str], below: list[str]) -> None:
    """Two rows that may be two stay two."""
    assert over_pages(tmp_path / "a.pdf", [HEADER, above], [HEADER, below]) == [[HEADER, above, below]]


def test_figures_are_never_glued(tmp_path: Path) -> None:
    """Even in a row without a line below it, a figure under a figure is a row of its own."""
    above, below = ["RB1", "Calls", "45%"], ["", "Letters", "46%"]
    found = over_pages(tmp_path / "a.pdf", [HEADER, above], [HEADER, below], cut=True)
    assert found == [[HEADER, above, below]]


def grid(page: int, rows: Sequence[Sequence[str]], ruled: bool, top: float = 50.0) -> Grid:
    """A grid whose columns are parted by rules, or are known by where their texts stand."""
    width = len(rows[0])
    cells = tuple(
        tuple(
            Cell(text, page, (50.0 * c, top + 10 * r, 50.0 * c + 50, top + 10 * r + 10)) for c, text in enumerate(row)
        )
        for r, row in enumerate(rows)
    )
    edges = tuple(50.0 * c for c in range(width + 1))
    inks = tuple(tuple((cell.box[0] + 2, cell.box[2] - 9) if cell.text else (0.0, 0.0) for cell in r) for r in cells)
    box = (0, top, 50.0 * width, top + 10.0 * len(rows))
    return Grid(page, box, cells, edges, (True,) + (False,) * (len(rows) - 1), inks=() if ruled else inks)


words = st.text("abcdeXYZ 0123456789%", max_size=6)
grids = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.tuples(st.lists(st.lists(words, min_size=width, max_size=width), min_size=2, max_size=4), st.booleans()),
        max_size=5,
    )
)


@given(grids, st.booleans())
def test_no_word_is_lost(parts: list[tuple[list[list[str]], bool]], parted: bool) -> None:
    """Whatever is stitched, each distinct text of a cell is still there, and no text is there that was not."""
    line = (Line("A sentence between.", (0, 10, 99, 20), 10, False),) if parted else ()
    sheets = [Sheet(number, 200, 300, line, (grid(number, *part),), "") for number, part in enumerate(parts, 1)]
    found, _ = stitch(sheets)
    before = {word for rows, _ in parts for row in rows for text in row for word in text.split()}
    after = {word for table in found for row in table.rows for cell in row if cell for word in cell.text.split()}
    assert after == before
    assert not parted or len(found) == len(parts)


def _sheet(page: int, rows: Sequence[Sequence[str]], inks: Sequence[tuple[float, float]]) -> Sheet:
    """A page that holds nothing but a table without upright rules, whose text reaches so far in each column."""
    edges = (50.0, *((a[1] + b[0]) / 2 for a, b in pairwise(inks)), 500.0)
    cells = tuple(
        tuple(Cell(text, page, (edges[c], 20.0 * r, edges[c + 1], 20.0 * r + 20)) for c, text in enumerate(row))
        for r, row in enumerate(rows)
    )
    bold = tuple(page == 1 and not number for number in range(len(rows)))
    held = tuple(tuple(ink if text else (0.0, 0.0) for text, ink in zip(row, inks, strict=True)) for row in rows)
    grid = Grid(page, (50.0, 0.0, 500.0, 20.0 * len(rows)), cells, edges, bold, inks=held)
    return Sheet(page, 595.0, 842.0, (), (grid,), "")


def test_a_page_on_which_a_column_is_blank_goes_on_with_the_table() -> None:
    """What stands on it is put under the columns that it stands in, and the blank one stays blank."""
    first = _sheet(1, [["Ref", "Step", "Due"], ["C1", "Draft", "May 2022"]], [(55, 70), (100, 250), (300, 360)])
    second = _sheet(2, [["Tell the staff", "June 2022"]], [(100, 180), (300, 365)])
    (table,) = stitch([first, second])[0]
    assert [[cell.text if cell else None for cell in row] for row in table.rows][2] == [
        "",
        "Tell the staff",
        "June 2022",
    ]


def test_a_page_whose_text_stands_in_other_columns_is_another_table() -> None:
    """A text that lies across a border of the table before fits into none of its columns."""
    first = _sheet(1, [["Ref", "Step", "Due"], ["C1", "Draft", "May 2022"]], [(55, 70), (100, 250), (300, 360)])
    second = _sheet(2, [["Tell the staff", "June 2022"]], [(55, 180), (300, 365)])
    assert len(stitch([first, second])[0]) == 2


@pytest.mark.parametrize(("ink", "count"), [((300, 330), 1), ((314, 360), 1), ((170, 330), 2)])
def test_a_groups_name_over_rows_whose_borders_are_told_anew_parts_no_table(ink: tuple[int, int], count: int) -> None:
    """Without the header's words a page tells the borders elsewhere; its texts stand where those above do, or not."""
    inks = [(62, 90), (100, 180), (300, 360)]
    first = _sheet(1, [["Ref", "Measure", "August 24"], ["C2", "Rent paid", "97.4%"]], inks)
    second = _sheet(2, [["C3", "Homes let", "91.3%"], ["C4", "Fires", "2"]], [*inks[:2], ink])
    (below,) = second.grids
    moved = replace(below, edges=(*below.edges[:2], 160.0, 420.0), box=(50.0, 60.0, 500.0, 100.0))
    name = Line("Housing", (50.0, 45.0, 90.0, 55.0), 10, False)
    found = stitch((first, replace(second, grids=(moved,), lines=(name,))))[0]
    assert len(found) == count


@pytest.mark.parametrize("grouped", [True, False])
def test_a_page_may_begin_with_the_name_of_a_group(grouped: bool) -> None:
    """It is a row of the table before where that has such rows; else it may be the title of another table."""
    inks = [(55, 70), (100, 250), (300, 360)]
    group = ["Housing", "", ""] if grouped else ["C1", "Let homes", "97.1%"]
    first = _sheet(1, [["Ref", "Measure", "May"], group, ["C2", "Rent paid", "97.4%"]], inks)
    second = _sheet(2, [["Planning", "", ""], ["C3", "Appeals won", "71.0%"]], inks)
    both = _over_several(first, [1] if grouped else []), _over_several(second, [0])
    assert len(stitch(both)[0]) == 2 - grouped


def _over_several(sheet: Sheet, rows: Sequence[int]) -> Sheet:
    """The sheet with the first cells of these rows of its table over two columns."""
    grid = sheet.grids[0]
    made = tuple(
        (replace(row[0], columns=2), None, *row[2:]) if number in rows and row[0] else row
        for number, row in enumerate(grid.rows)
    )
    inks = tuple(((55.0, 180.0), *row[1:]) if number in rows else row for number, row in enumerate(grid.inks))
    return replace(sheet, grids=(replace(grid, rows=made, inks=inks),))


def _tasks_page(*rows: tuple[str, Sequence[tuple[float, float]]]) -> Sheet:
    """A second page whose columns were told wrongly: each row's texts, parted by bars, and where each of them lies."""
    first = _sheet(2, [texts.split("|") for texts, _ in rows], rows[0][1])
    inks = tuple(tuple(places) for _, places in rows)
    return replace(first, grids=(replace(first.grids[0], inks=inks),))


@pytest.mark.parametrize(
    ("rows", "below", "why"),
    [
        (
            [("C2|June 2022", [(55, 70), (300, 365)]), ("Tell the staff|July 2022", [(100, 180), (300, 360)])],
            [["C2", "", "June 2022"], ["", "Tell the staff", "July 2022"]],
            "no row holds both of what one page has as two columns and the other as one",
        ),
        ([("C2 Tell|June 2022", [(55, 180), (300, 365)])], None, "a text lies under two columns"),
        ([("Tell|June 2022", [(130, 290), (330, 380)])], None, "no column's text is aligned as it was"),
    ],
)
def test_each_text_overleaf_goes_under_the_column_that_it_stands_in(
    rows: list[tuple[str, list[tuple[float, float]]]], below: list[list[str]] | None, why: str
) -> None:
    """Each by itself, whatever columns its page shows; where one fits into none, they are two tables."""
    head = _sheet(1, [["Ref", "Step", "Due"], ["C1", "Draft", "May 2022"]], [(55, 70), (100, 250), (300, 360)])
    found = stitch([head, _tasks_page(*rows)])[0]
    got = [[cell.text if cell else None for cell in row] for row in found[0].rows][2:]
    assert (got if len(found) == 1 else None) == below, why
