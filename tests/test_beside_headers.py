"""Headers at the left of their columns and figures at the right, titles in the middle, and titles in plain type."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from bench.layouts import tables
from indexer.extract import extract
from indexer.reader import read_pack

MONTHS = ("Apr-21", "May-21", "Jun-21", "Jul-21")
PLACES = ("Northtown", "Southtown", "Westtown", "Easttown")
LEFT, STEP, SIZE, LINE = 160.0, 150.0, 8, 16.0
RIGHT = LEFT + STEP * len(MONTHS)


def drawn(path: Path, titles: Sequence[str], gap: float, centred: bool) -> None:
    """Tables of places by months, a rule under each row; a figure begins `gap` points behind the end of its header."""
    canvas = Canvas(str(path), pagesize=landscape(A4), bottomup=0)
    canvas.setFont("Times-Roman", SIZE)
    top = 60.0
    for number, title in enumerate(titles):
        if centred:
            canvas.setFont("Times-Bold", SIZE)
            canvas.line(60, top - 10, RIGHT, top - 10)
            canvas.drawCentredString((60 + RIGHT) / 2, top, title)
        else:
            canvas.drawString(60, top, title)
            canvas.line(60, top + 5, RIGHT, top + 5)
        top += LINE
        for at, month in enumerate(MONTHS):
            canvas.drawString(LEFT + at * STEP, top, month)
        canvas.line(60, top + 5, RIGHT, top + 5)
        canvas.setFont("Times-Roman", SIZE)
        for row, place in enumerate(PLACES):
            top += LINE
            canvas.drawString(60, top, place)
            for at, month in enumerate(MONTHS):
                x = LEFT + at * STEP + canvas.stringWidth(month, "Times-Roman", SIZE) + gap
                canvas.drawString(x, top, f"{90 + number}.{row}{at}%")
            if not centred or row == len(PLACES) - 1:
                canvas.line(60, top + 5, RIGHT, top + 5)
        top += 3 * LINE
    canvas.save()


@pytest.mark.parametrize("gap", [10.0, 50.0, 75.0])
def test_headers_beside_their_figures_head_them(tmp_path: Path, gap: float) -> None:
    """However near to the column before a header stands, it is the one of the figures at its right."""
    path = tmp_path / "a.pdf"
    drawn(path, ["Monthly - CS3 - % Calls answered"], gap, centred=False)
    (found,) = tables(read_pack(path, path.name))
    at = found.index(("", *MONTHS))
    assert found[at + 1 :] == [(p, *(f"90.{r}{n}%" for n in range(4))) for r, p in enumerate(PLACES)]


def test_a_title_in_the_middle_is_the_whole_tables(tmp_path: Path) -> None:
    """It stands in no column: over the header, centred, it begins the table."""
    path = tmp_path / "a.pdf"
    drawn(path, ["Calls answered in April to July"], 50.0, centred=True)
    (found,) = tables(read_pack(path, path.name))
    assert found[:2] == [("Calls answered in April to July", "", "", "", ""), ("", *MONTHS)]


@pytest.mark.parametrize(
    "second",
    ["Monthly - CS4 - % Letters answered within ten working days of receipt", "Letters answered within ten days, all"],
)
def test_no_figure_stands_under_the_title_of_the_table_before(tmp_path: Path, second: str) -> None:
    """A title in plain type may be too long for a heading, or hold a comma: it is no measure of the table above."""
    path = tmp_path / "a.pdf"
    drawn(path, ["Monthly - CS3 - % Calls answered", second], 50.0, centred=False)
    found = extract(read_pack(path, path.name)).observations
    assert {o.measure.code for o in found if o.figure.printed.startswith("90")} == {"CS3"}
    assert "CS3" not in {o.measure.code for o in found if o.figure.printed.startswith("91")}


@pytest.mark.parametrize("right", [False, True])
def test_headers_set_sideways_head_the_columns_under_them(tmp_path: Path, right: bool) -> None:
    """No rule parts the columns, and the measures over them read upwards, each on two lines of which the first is the
    longer; figures that are set at the right stand nearer to the next one's."""
    path, names = tmp_path / "a.pdf", (("PI1 - % of", "in time"), ("PI2 - % of", "upheld"), ("PI3 - % of", "let"))
    canvas = Canvas(str(path), pagesize=A4, bottomup=0)
    canvas.setFont("Times-Roman", SIZE)
    canvas.drawString(60, 128, "Area")
    for at, name in enumerate(names):
        for line, text in enumerate(name):
            canvas.saveState()
            canvas.translate(167 + at * 90 + line * 9, 130 - 9 * line * right)
            canvas.rotate(-90)
            canvas.drawString(0, 0, text)
            canvas.restoreState()
    canvas.line(60, 134, 430, 134)
    for row, place in enumerate(PLACES):
        canvas.drawString(60, 146 + row * LINE, place)
        for at in range(len(names)):
            canvas.drawString(160 + at * 90 + 55 * right, 146 + row * LINE, f"{90 + row}.{at}%")
        canvas.line(60, 150 + row * LINE, 430, 150 + row * LINE)
    canvas.save()
    (found,) = tables(read_pack(path, path.name))
    rows = [(p, *(f"{90 + r}.{at}%" for at in range(3))) for r, p in enumerate(PLACES)]
    assert found == [(found[0][0], *map(" ".join, names)), *rows]


@pytest.mark.parametrize("first", [("PI1 - % in time",), ("PI1 - % of all that came", "in over the year")])
def test_texts_over_two_tables_side_by_side_are_a_title_for_each(tmp_path: Path, first: Sequence[str]) -> None:
    """Each has the words over it, and none of the other's, on however many lines they stand."""
    path, titles = tmp_path / "a.pdf", (first, ("PI2 - % upheld",))
    canvas = Canvas(str(path), pagesize=landscape(A4), bottomup=0)
    for left, title in zip((60, 440), titles, strict=True):
        canvas.setFont("Times-Bold", SIZE)
        for line, text in enumerate(title):
            canvas.drawString(left, 70 + 9 * line, text)
        for row, place in enumerate(("Area", *PLACES)):
            y = 75 + 9 * len(title) + row * LINE
            canvas.line(left, y + 4, left + 330, y + 4)
            canvas.drawString(left, y, place)
            for at, month in enumerate(MONTHS[:3]):
                canvas.drawString(left + 90 + at * 80, y, f"{90 + row}.{at}%" if row else month)
            canvas.setFont("Times-Roman", SIZE)
    canvas.save()
    measures = {(o.measure.code, o.measure.name) for o in extract(read_pack(path, path.name)).observations}
    assert measures == {("PI1", " ".join(first)[6:]), ("PI2", "% upheld")}
