"""Cards of one measure as they are drawn on pages: in frames or without, with charts, with labels anywhere."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.extract import extract
from indexer.reader import read_pack
from tests.drawing import HEIGHT, Drawing
from tests.tables import said

Sets = Callable[[Drawing, float, str, str, str], None]
CARDS = (("Calls answered in time", "94%", "89%"), ("Letters answered", "61%", "64%"))


def _frame(drawing: Drawing, x: float, wide: float = 220, high: float = 110) -> None:
    drawing.canvas.rect(x - 6, HEIGHT - 115 - high, wide, high)


def _chart_between(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    _frame(drawing, x)
    drawing.at(name, x, 120).at("GREEN", x + 160, 120)
    for level, tick in enumerate(("100%", "50%", "0%")):
        drawing.at(tick, x, 140 + 12 * level, 6)
    for line, text in enumerate((f"Latest: {now}", "Target: 90%, Floor: 85%", f"Previous: {then} (Amber)")):
        drawing.at(text, x, 182 + 12 * line)


def _chart_without_frame(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    drawing.at(name, x, 120).at("GREEN", x + 160, 120)
    for line, text in enumerate((f"Latest: {now}", "Target: 90%, Floor: 85%", f"Previous: {then} (Amber)")):
        drawing.at(text, x, 190 + 12 * line)


def _large(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    _frame(drawing, x, high=90)
    drawing.at(name, x, 120).at(now, x, 138, 24).at(f"Target: 90%  Previous: {then}", x, 172)


def _figures_over_labels(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    _frame(drawing, x, high=70)
    drawing.at(name, x, 120)
    for column, (figure, label) in enumerate(((now, "Latest"), ("90%", "Target"), (then, "Previous"))):
        drawing.at(figure, x + 60 * column, 140, 14).at(label, x + 60 * column, 157, 8)


def _labels_over_figures(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    drawing.at(name, x, 120)
    for column, (figure, label) in enumerate(((now, "Latest"), ("90%", "Target"), (then, "Previous"))):
        drawing.at(label, x + 60 * column, 134).at(figure, x + 60 * column, 147)


def _beside_the_name(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    _frame(drawing, x, high=60)
    drawing.at(name, x, 120).at("Green", x, 140)
    for line, text in enumerate((f"Latest: {now}", "Target: 90%", f"Previous: {then}")):
        drawing.at(text, x + 125, 120 + 12 * line)


def _without_colons(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    _frame(drawing, x, high=80)
    drawing.at("GREEN", x, 118)
    for line, text in enumerate((name, f"Latest {now}", "Target 90%", f"Previous {then}")):
        drawing.at(text, x, 133 + 12 * line)


def _name_in_its_own_box(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    drawing.canvas.rect(x - 6, HEIGHT - 135, 220, 20)
    drawing.canvas.rect(x - 6, HEIGHT - 200, 220, 65)
    drawing.at(name, x, 120).at("GREEN", x + 160, 120).at("100%", x, 140, 6)
    for line, text in enumerate((f"Latest: {now}", "Target: 90%, Floor: 85%", f"Previous: {then}")):
        drawing.at(text, x + 90, 142 + 12 * line)


def _several_in_a_line(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    _frame(drawing, x, high=75)
    drawing.at(now, x, 120, 18).at("Green", x + 160, 124).at(name, x, 145).at(
        f"Target 90% | Previous {then}", x, 160, 8
    )


def _in_round_corners(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    drawing.canvas.roundRect(x - 6, HEIGHT - 190, 220, 80, 6)
    drawing.at("Amber", x + 80, 116).at(name, x + 40, 130)
    for column, (figure, label) in enumerate(((now, "Latest"), ("90%", "Target"), (then, "Previous quarter"))):
        drawing.at(label, x + 10 + 65 * column, 146).at(figure, x + 14 + 65 * column, 160)


def _in_corners_of_short_lines(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    """As browsers print them: each corner of many short lines, and the figure large and without a label."""
    centres = ((x + 204, 120, 0), (x + 204, 180, 90), (x + 4, 180, 180), (x + 4, 120, 270))
    path = drawing.canvas.beginPath()
    corners = [(cx, cy, math.radians(start + 3.75 * step - 90)) for cx, cy, start in centres for step in range(25)]
    for at, (cx, cy, angle) in enumerate(corners):
        put = path.lineTo if at else path.moveTo
        put(cx + 10 * math.cos(angle), HEIGHT - (cy + 10 * math.sin(angle)))
    path.close()
    drawing.canvas.drawPath(path)
    drawing.at(name, x + 40, 122).at(now, x + 70, 136, 24)
    drawing.at("Target: 90%", x + 70, 168, 8).at(f"Last quarter: {then}", x + 66, 178, 8)


def _in_a_row_of_cells(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    for left, right in ((0, 100), (100, 190), (190, 230)):
        for side in (left, right):
            drawing.canvas.line(x - 4 + side, HEIGHT - 115, x - 4 + side, HEIGHT - 170)
        for level in (115, 170):
            drawing.canvas.line(x - 4 + left, HEIGHT - level, x - 4 + right, HEIGHT - level)
    drawing.at(name, x, 137, 8).at("RED", x + 195, 137, 8)
    for line, text in enumerate((f"Latest: {now} ↑", "Target: 90%", "Floor: 85%", f"Previous: {then} (Amber)")):
        drawing.at(text, x + 100, 119 + 12 * line, 8)


def _frame_of_four_lines(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    """With the name and the rating on shades of their own, and the labels in the middle of their columns."""
    for y in (115, 195):
        drawing.canvas.line(x - 6, HEIGHT - y, x + 214, HEIGHT - y)
    for side in (x - 6, x + 214):
        drawing.canvas.line(side, HEIGHT - 115, side, HEIGHT - 195)
    drawing.canvas.setFillGray(0.85)
    for y in (135, 195):
        drawing.canvas.rect(x - 6, HEIGHT - y, 220, 20, stroke=0, fill=1)
    drawing.canvas.setFillGray(0)
    drawing.at(name, x, 118).at("Status: Amber", x, 180, 8)
    for column, (figure, label) in enumerate(((now, "This quarter"), ("90%", "Target"), (then, "Last quarter"))):
        drawing.at(label, x + 12 + 70 * column, 140, 8).at(figure, x + 16 + 70 * column, 155, 14)


def _last_figure_on_the_next_line(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    _frame(drawing, x, high=80)
    lines = (name, f"Latest: {now}", "Target for the quarter: 90%, Minimum:", "85%", f"Previous: {then} (Amber)")
    for line, text in enumerate(lines):
        drawing.at(text, x, 118 + 12 * line)


def _in_a_row_of_cells_of_several_lines(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    for side in (0, 90, 130, 172, 230):
        drawing.canvas.line(x - 4 + side, HEIGHT - 115, x - 4 + side, HEIGHT - 145)
    for level in (115, 145):
        drawing.canvas.line(x - 4, HEIGHT - level, x + 226, HEIGHT - level)
    first, _, last = name.rpartition(" ")
    cells = ((first, last), ("AMBER", ""), ("Latest:", now), ("Target: 90%,", f"Previous: {then}"))
    for place, lines in zip((0, 90, 130, 172), cells, strict=True):
        for line, text in enumerate(lines):
            drawing.at(text, x + place, 119 + 12 * line, 7)


def _rating_behind_each(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    drawing.at(name, x, 120).at(f"Latest: {now} [Amber]", x, 133).at("Target: 90%", x, 146)
    drawing.at(f"Previous: {then} [Green]", x, 159)


def _chart(drawing: Drawing, x: float, y: float) -> None:
    """With both axes, and the names of its lines at their ends: "Target" and the last quarter are no headings."""
    for level, tick in enumerate(("100%", "90%", "80%", "70%", "60%")):
        drawing.at(tick, x + 18 - 3.4 * len(tick), y + 14 * level, 6)
    for place, quarter in enumerate(("Jun 20", "Sep 20", "Dec 20", "Mar 21", "Jun 21")):
        drawing.at(quarter, x + 22 + 36 * place, y + 68, 6)
    drawing.at("Target", x + 192, y + 17, 6).at("Floor", x + 192, y + 25, 6)


def _chart_under_a_name_of_two_lines(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    first, _, last = name.rpartition(" ")
    drawing.at(first, x - 8, 120).at(last, x - 8, 132).at("GREEN", x + 160, 132)
    _chart(drawing, x, 150)
    drawing.at(f"Latest: {now}", x, 235).at("Target: 90%", x + 75, 235).at(f"Previous: {then} (Red)", x + 140, 235, 9)


def _chart_over_its_figures(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    drawing.at(f"{name} AMBER", x, 120)
    _chart(drawing, x, 140)
    for line, text in enumerate((f"Current: {now}", "Target: 90%", f"Previous: {then}")):
        drawing.at(text, x, 225 + 12 * line)


def _large_over_a_chart(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    _frame(drawing, x, high=150)
    drawing.at(name, x, 120).at(now, x, 134, 20).at(f"Target 90% | Previous {then}", x, 160, 8)
    for level, tick in enumerate(("40", "20", "0")):
        drawing.at(tick, x, 190 + 12 * level, 6)


def _listed(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    drawing.at(f"{name} – Amber", x - 25, 120)
    for line, text in enumerate((f"Latest: {now}", "Target: 90%; Floor: 85%", f"Previous: {then} (Red)")):
        drawing.at(text, x, 132 + 12 * line)


def _longer_name_beside(drawing: Drawing, x: float, name: str, now: str, then: str) -> None:
    _frame(drawing, x, high=60)
    for line, part in enumerate(name.split()):
        drawing.at(part, x, 120 + 12 * line)
    drawing.at(f"Latest: {now}", x + 95, 120).at(f"Previous: {then}", x + 95, 132).at("Target: 90%", x + 95, 144)


DESIGNS = [_large_over_a_chart, _listed, _longer_name_beside,
           _chart_under_a_name_of_two_lines, _chart_over_its_figures, _chart_between, _chart_without_frame, _large,
           _figures_over_labels, _labels_over_figures, _beside_the_name, _without_colons, _name_in_its_own_box,
           _several_in_a_line, _in_round_corners, _in_corners_of_short_lines, _rating_behind_each, _in_a_row_of_cells,
           _in_a_row_of_cells_of_several_lines, _frame_of_four_lines, _last_figure_on_the_next_line]  # fmt: skip


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.__name__.strip("_"))
def test_two_cards_beside_one_another_are_read_whatever_their_design(design: Sets, tmp_path: Path) -> None:
    """Each figure under its own name, in its own period; ticks of a chart are no figures of a card."""
    drawing = Drawing(tmp_path / "hart-2021-10-06.pdf")
    drawing.text("Quarterly report: Quarter 1 2021/22", size=14)
    for x, card in zip((60.0, 320.0), CARDS, strict=True):
        design(drawing, x, *card)
    path = drawing.page().done()
    found = extract(read_pack(path, path.name))
    assert sorted(said(found)) == sorted(
        (name, "Overall", period, value)
        for name, now, then in CARDS
        for period, value in (("21-04..21-06", now), ("21-01..21-03", then))
    )
    assert {target.figure.value for target in found.targets if target.figure} == {90}


def test_a_card_is_under_its_own_name_however_far_and_not_under_the_card_above(tmp_path: Path) -> None:
    """Each with its rating at the foot: the name of the one above stands over that, as a chart's may. What is set
    larger over the name is a heading."""
    drawing = Drawing(tmp_path / "hart-2021-10-06.pdf")
    drawing.text("Quarterly report: Quarter 1 2021/22", size=14)
    for number, (name, now, then) in enumerate(CARDS):
        top = 120 + 120 * number
        drawing.at("Community Safety", 60, top - 15, 13).at(name, 60, top)
        for column, (label, figure) in enumerate((("Latest", now), ("Target", "90%"), ("Previous", then))):
            drawing.at(label, 60 + 80 * column, top + 30).at(figure, 60 + 80 * column, top + 44)
        drawing.at("RAG: Red", 60, top + 58)
    path = drawing.page().done()
    right = [
        (name, "Overall", period, value)
        for name, now, then in CARDS
        for period, value in (("21-04..21-06", now), ("21-01..21-03", then))
    ]
    assert set(said(extract(read_pack(path, path.name)))) <= set(right)


def test_rows_of_a_series_make_no_card(tmp_path: Path) -> None:
    """ "Result" and "Target" before six months of figures: no latest figure is among them."""
    drawing = Drawing(tmp_path / "hart-2021-10-06.pdf")
    drawing.text("Quarterly report: Quarter 1 2021/22", size=14).at("KPI 7 - Calls answered (%)", 60, 120)
    for row, texts in enumerate((("", "Apr", "May", "Jun"), ("Result", "91%", "92%", "93%"), ("Target", *["90%"] * 3))):
        for column, text in enumerate(texts):
            drawing.at(text, 60.0 + 70 * column, 134.0 + 13 * row)
    path = drawing.page().done()
    found = extract(read_pack(path, path.name))
    assert not [note for note in found.notes if note.shape == "card of a measure"]


@pytest.mark.parametrize("design", [_chart_between, _chart_without_frame, _large], ids=lambda d: d.__name__.strip("_"))
def test_a_mark_within_a_card_closes_what_it_marks(design: Sets, tmp_path: Path) -> None:
    """What stands in a card beside its name and its figures is kept with it, and read."""
    drawing = Drawing(tmp_path / "hart-2021-10-06.pdf")
    drawing.text("Quarterly report: Quarter 1 2021/22", size=14)
    design(drawing, 60.0, *CARDS[0])
    drawing.at("NOT FOR PUBLICATION", 65, 160, 7)
    pack = read_pack(drawing.page().done(), "hart-2021-10-06.pdf")
    assert [item.exempt for item in pack.items] == [True]
