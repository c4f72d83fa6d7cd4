"""Tables of pictures: their shades, the cells that belong together, their references, and what is believed of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from corpus.paper import Cell, Line, Pack, Page, Place, Table
from indexer.extract import extract
from indexer.scan import cells, references
from indexer.scan.believed import believed
from indexer.scan.shades import shades
from indexer.scan.tesseract import Word
from indexer.sheet import Grid, Sheet
from kpi_tools.figures import UNSURE, Figure
from kpi_tools.measures import Measure, Observation, Target
from kpi_tools.periods import Period

BOX = (0.0, 0.0, 100.0, 20.0)
WIDE, HIGH = 60.0, 20.0  # points: a cell in these tests


# --- shades


def test_shades_are_rectangles_with_their_levels() -> None:
    """Light stripes, a dark header and two shades that touch are found; letters, rules and stains are none."""
    page = np.full((1400, 1600), 240, dtype=np.uint8)
    page += np.random.default_rng(1).integers(0, 6, page.shape, dtype=np.uint8)
    page[100:160, 200:1400] = 60
    page[220:280, 200:1400] -= 14
    page[400:460, 200:1400] -= 20
    page[460:520, 200:1400] -= 8
    page[230:270, 300:306] = 20  # a letter's stem
    page[600:603, 200:1400] = 20  # a rule
    page[800:900, 200:500] -= np.linspace(0, 20, 300).astype(np.uint8)  # a stain
    found = sorted(shades(page, 300 / 72), key=lambda shade: shade.top)
    places = [(shade.left, shade.top, shade.right, shade.bottom) for shade in found[:4]]
    expected = [(200, 100, 1400, 160), (200, 220, 1400, 280), (200, 400, 1400, 460), (200, 460, 1400, 520)]
    for place, near in zip(places, expected, strict=True):
        assert place == pytest.approx(near, abs=6)
    assert found[0].grey < 70 and found[2].grey < found[1].grey < found[3].grey


# --- cells that belong together


def grid(rows: Sequence[Sequence[str]]) -> Grid:
    """A table of one line a row, each cell WIDE and HIGH."""
    made = tuple(
        tuple(Cell(text, 1, (c * WIDE, r * HIGH, (c + 1) * WIDE, (r + 1) * HIGH)) for c, text in enumerate(row))
        for r, row in enumerate(rows)
    )
    width = len(rows[0])
    edges = tuple(c * WIDE for c in range(width + 1))
    return Grid(1, (0.0, 0.0, width * WIDE, len(rows) * HIGH), made, edges, (False,) * len(rows))


def texts(table: Grid) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in table.rows]


def test_a_title_over_columns_is_one_cell() -> None:
    """Words that stand a blank apart in one row are one phrase; names of columns, and figures, are not."""
    title = [Word("Calls", 30, 4, 58, 14, 90), Word("answered", 61, 4, 110, 14, 90)]
    apart = [Word("Hart", 5, 24, 30, 34, 90), Word("Havant", 65, 24, 100, 34, 90)]
    figures = [Word("12", 48, 44, 59, 54, 90), Word("13", 61, 44, 70, 54, 90)]
    table = grid([["Calls", "answered", ""], ["Hart", "Havant", ""], ["12", "13", ""]])
    found = cells.whole(table, [*title, *apart, *figures], 1.0)
    assert texts(found) == [["Calls answered", "", ""], ["Hart", "Havant", ""], ["12", "13", ""]]
    assert found.rows[0][0] and found.rows[0][0].columns == 2


@pytest.mark.parametrize(
    ("second", "joined", "why"),
    [
        (["", "is", "", "2021/22"], True, "the second line of a few headers"),
        (["", "Havant", "Hart", "Mendip"], False, "a level of its own"),
        (["", "", "4.5", ""], False, "a figure"),
        (["Calls", "", "", "2021/22"], False, "a row with its name"),
    ],
)
def test_a_header_of_two_lines_is_one(second: list[str], joined: bool, why: str) -> None:
    """What goes on in a few of its columns is no level of headers, nor a row."""
    head, rows = (
        ["Indicator", "Good", "Q1", "Target"],
        [["Calls", "High", "80%", "90%"], ["Visits", "Low", "70%", "75%"]],
    )
    table = cells.whole(grid([head, second, *rows]), [], 1.0)
    expected = [["Indicator", "Good\nis", "Q1", "Target\n2021/22"]] if joined else [head, second]
    assert texts(table) == [*expected, *rows], why
    assert len(table.bold) == len(table.rows)


@pytest.mark.parametrize(
    ("rows", "expected", "why"),
    [
        (
            [["", "Apr", "", "May", ""], ["Calls", "", "81", "", "79"], ["Fees", "", "£5", "", "£6"]],
            [["", "Apr", "May"], ["Calls", "81", "79"], ["Fees", "£5", "£6"]],
            "headers on the left of their columns, figures on the right",
        ),
        ([["", "Apr", "May"], ["Calls", "", "81"]], [["", "Apr", "May"], ["Calls", "", "81"]], "no figure for April"),
        ([["", "Hart", ""], ["Calls", "", "81"]], [["", "Hart", ""], ["Calls", "", "81"]], "no period"),
    ],
)
def test_headers_stand_over_their_figures(rows: list[list[str]], expected: list[list[str]], why: str) -> None:
    """A column of periods alone and the column of figures alone beside it are one, and so is how far they reach."""
    inks = tuple(
        tuple((10.0 * n, 10.0 * n + len(text)) if text else (0.0, 0.0) for n, text in enumerate(row)) for row in rows
    )
    found = cells.whole(replace(grid(rows), inks=inks), [], 1.0)
    assert texts(found) == expected, why
    assert len(found.edges) == len(expected[0]) + 1
    assert [[bool(any(ink)) for ink in row] for row in found.inks] == [[bool(text) for text in row] for row in expected]


# --- references


def test_references_are_spelt_as_most_are() -> None:
    """Where an I and a one look alike, the paper's other references tell; a page with text of its own is left alone."""
    said = ("LI32", "LI33 - Calls", "LI34:", "LI35", "LI36", "L137", "LL38", "KPI 12", "KPI 13", "KPI 14", "KP! 15")
    lines = tuple(Line(text, BOX, 9, False) for text in (*said, "L1 in 2021", "£L137"))
    sheet = Sheet(1, 500, 800, lines, (grid([["L139", "1,137"]]),), "", ocr=True)
    (read,) = references.settled([sheet])
    assert [line.text for line in read.lines[5:]] == [
        "LI37", "LI38", "KPI 12", "KPI 13", "KPI 14", "KPI 15", "L1 in 2021", "£L137",
    ]  # fmt: skip
    assert texts(read.grids[0]) == [["LI39", "1,137"]]
    assert references.settled([replace(sheet, ocr=False)])[0].lines == lines


def test_the_first_of_a_count_is_no_letter() -> None:
    """Where the paper has P2 and P3, "Pi" is P1; without them it is left."""
    lines = tuple(Line(f"Number of {text} incidents", BOX, 9, False) for text in ("Pi", "P2", "P3", "Al"))
    sheet = Sheet(1, 500, 800, lines, (), "", ocr=True)
    (read,) = references.settled([sheet])
    assert [line.text.split()[2] for line in read.lines] == ["P1", "P2", "P3", "Al"]
    (read,) = references.settled([replace(sheet, lines=lines[:2])])
    assert read.lines[0].text == lines[0].text


# --- what is believed


def test_a_cell_with_ink_that_was_not_read_is_not_blank() -> None:
    """A service that was not read would seem to be the one above it; specks, and rules at the edge, are nothing."""
    table, ink = grid([["FSS", "", "", ""]]), np.zeros((100, 1100), dtype=np.bool_)
    ink[30:60, 300:306] = True  # a stem
    ink[30:32, 600:602] = True  # a speck
    ink[:, 748:754] = True  # a rule between two cells
    told = [cell.text if cell else None for cell in cells.unread(table.rows, ink, 300 / 72)[0]]
    assert told == ["FSS", UNSURE, "", ""]


def pack(text: str = "Calls answered within the time", ocr: bool = True) -> Pack:
    return Pack("a.pdf", "", "A", "", "", None, (Page(1, "", "", 500, 800, (), text, ocr),), (), ())


def seen(name: str = "Calls answered", code: str = "", service: str = "", of: str = "Hart") -> Observation:
    place = Place("a.pdf", 1, "", "", 1, 1, 1, BOX)
    period = Period(date(2022, 4, 1), date(2022, 4, 30), "Apr-22")
    return Observation(Measure(service, code, name, "%", ""), of, period, Figure(Decimal(81), "%", "81%"), place, "")


@pytest.mark.parametrize(
    ("observation", "expected", "why"),
    [
        (seen(), True, "all of it is certain"),
        (seen(name=f"{UNSURE} calls", code="PI002"), True, "its code tells which it is"),
        (seen(name=f"{UNSURE} - Calls answered"), True, "only its reference was lost"),
        (seen(name=f"Calls answered (KPI {UNSURE})"), True, "the same, behind the name"),
        (seen(name=f"Calls within {UNSURE} seconds"), False, "which calls?"),
        (seen(code=f"PI{UNSURE}"), False, "its code is not certain"),
        (seen(code="iy"), False, "a reference that lost its number"),
        (seen(name="«a oP wea Gee Bes"), False, "no words"),
        (seen(name="Previous year"), False, "not what was measured"),
        (seen(name="Calls PI003 - Letters", code="PI002"), False, "two titles in one"),
        (seen(service="Area"), False, "a header, and no service"),
        (seen(service="Revenves and Benefts"), False, "a slip would be a service of its own"),
        (seen(service="Customer Services"), True, "a service"),
        (seen(service="PROC", code="PRO-K-002"), True, "its code begins as the service does"),
        (seen(service="PROC", code="FS-K-002"), False, "its code is no witness"),
        (seen(of="Hqrt"), False, "no council"),
        (seen(of="Overall"), True, "all councils"),
    ],
)
def test_whose_a_figure_is_must_be_certain(observation: Observation, expected: bool, why: str) -> None:
    """A figure of a picture is kept where its measure, service and council are certain, and so is a target; of any
    other page every figure is."""
    target = Target(observation.measure, observation.entity, ">", None, None, None, observation.place, "")
    certain, aims = believed([observation], [target], pack())
    kept = list(certain)
    assert (bool(kept), bool(list(aims))) == (expected, expected), why
    assert all(one.ocr and UNSURE not in one.measure.name for one in kept if not one.measure.code)
    assert believed([observation], [target], pack(ocr=False)) == ([observation], [target])


def test_a_word_that_stands_twice_is_certain() -> None:
    """A ward's name is no word that is known; where the paper has it again, it is no slip."""
    once, twice = pack("Fallowmere had 81%"), pack("Fallowmere had 81%. Fallowmere had more than others.")
    assert [len([*believed([seen(of="Fallowmere")], [], paper)[0]]) for paper in (once, twice)] == [0, 1]


def test_a_table_that_goes_on_in_a_picture_is_held_to_the_same() -> None:
    """A table's columns must be certain on all of its pages, not only where it begins."""
    rows = (("", "Apr-22", "May-22"), ("Hart", "81%", "79%"), ("Havant", "70% 71%", ""), ("Mendip", "60% 61%", ""))
    made = tuple(tuple(Cell(text, 1 if n < 2 else 2, BOX) for text in row) for n, row in enumerate(rows))
    table = Table(1, 1, BOX, ("PI002 - % calls answered",), "", made)
    pages = tuple(Page(n, "", "", 500, 800, (), "", ocr=n == 2) for n in (1, 2))
    paper = Pack("a.pdf", "", "A", "", "", None, pages, (table,), ())
    assert extract(paper).observations == ()
    plain = replace(paper, pages=tuple(replace(page, ocr=False) for page in pages))
    assert extract(plain).observations
