"""Charts as they are drawn on pages: what is written in one is no heading, no period and no table's."""

from pathlib import Path

import pytest

from indexer.extract import extract
from indexer.reader import read_pack
from tests.drawing import Drawing
from tests.tables import said

QUARTERS = ("Jun 20", "Sep 20", "Dec 20", "Mar 21", "Jun 21")
SCALES = (
    ("100%", "80%", "60%", "40%", "20%"),
    ("1,200", "900", "600", "300", "0"),
    ("7.5", "5.0", "2.5", "0.0", "-2.5"),
)


def _chart(drawing: Drawing, y: float, scale: tuple[str, ...]) -> None:
    for level, tick in enumerate(scale):
        drawing.canvas.setFont("Helvetica", 8)
        drawing.canvas.drawRightString(100, 842 - y - 16 * level - 8, tick)
    for place, quarter in enumerate(QUARTERS):
        drawing.at(quarter, 110 + 70 * place, y + 80, 8)
    drawing.at("Floor", 405, y + 25, 8)


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale[0])
def test_what_a_chart_says_is_no_heading_of_the_table_below_it(scale: tuple[str, ...], tmp_path: Path) -> None:
    """The table is of the service and the quarter that stand over the chart, not of the last on its axis or "Floor"."""
    drawing = Drawing(tmp_path / "hart-2021-10-06.pdf")
    drawing.text("Waste and Recycling", size=16, bold=True).text("Quarter 1 2021/22", size=13, bold=True)
    _chart(drawing, 130, scale)
    drawing.y = 260
    drawing.table((("Indicator", "Actual", "Target"), ("Bins collected on time", "96.2%", "95%")), (200, 90, 90))
    pack = read_pack(drawing.page().done(), "hart-2021-10-06.pdf")
    assert ("Waste and Recycling Bins collected on time", "Hart", "21-04..21-06", "96.2") in [
        (name, "Hart", when, value.rstrip("%")) for name, _, when, value in said(extract(pack))
    ]
    assert all("Floor" not in table.headings and "Jun 21" not in table.headings for table in pack.tables)
    assert len(pack.tables) == 1


def test_a_column_that_falls_in_steps_is_no_axis(tmp_path: Path) -> None:
    """What stands in rows beside figures that fall is kept, though a line of labels stands under them."""
    drawing = Drawing(tmp_path / "hart-2021-10-06.pdf")
    drawing.text("Complaints by stage", size=13, bold=True)
    rows = (
        ("Stage", "Received", "Upheld"),
        ("40", "12", "3"),
        ("30", "25", "9"),
        ("20", "40", "11"),
        ("10", "81", "20"),
    )
    for row, texts in enumerate((*rows, ("All", "158", "43", "19"))):
        for column, text in enumerate(texts):
            drawing.at(text, 60.0 + 110 * column, 120.0 + 14 * row)
    pack = read_pack(drawing.page().done(), "hart-2021-10-06.pdf")
    kept = " ".join([line.text for line in pack.pages[0].lines] + [c for t in pack.tables for r in t.grid() for c in r])
    assert {"40", "81", "158"} <= set(kept.split())


@pytest.mark.parametrize("mark", ["EXEMPT", "NOT FOR PUBLICATION"])
def test_a_mark_across_a_chart_still_closes_what_it_marks(mark: str, tmp_path: Path) -> None:
    """Of what stands in a chart only its scales and the usual names of lines are left out."""
    drawing = Drawing(tmp_path / "hart-2021-10-06.pdf")
    drawing.text("Sale of the depot", size=14, bold=True)
    _chart(drawing, 130, SCALES[0])
    drawing.at(mark, 200, 160, 9).at("The yard is sold together with the depot.", 60, 300)
    pack = read_pack(drawing.page().done(), "hart-2021-10-06.pdf")
    assert mark in [line.text for line in pack.pages[0].lines]
    assert [item.exempt for item in pack.items] == [True]
