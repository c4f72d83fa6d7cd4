"""Tables that stand close to one another: where one ends and the next begins."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.finder import framed, headed
from indexer.finder.area import parted
from indexer.finder.rules import Level, Rule
from indexer.finder.text import Line, Word
from indexer.text.letters import Char, Face
from tests.drawing import Drawing


def test_titles_in_shaded_heads_part_tables_whose_last_rows_have_no_rule(tmp_path: Path) -> None:
    """A title that runs over the columns tells nothing of them, and more room above its shade begins another table."""
    titles = "Monthly - PI002 - % of registrations made on time", "Monthly - PI003 - Complaints that came in"
    months = ("", "Jan-21", "Feb-21", "Mar-21", "Apr-21", "May-21", "Jun-21", "Jul-21", "Aug-21")
    drawing, made, edges = Drawing(tmp_path / "a.pdf"), [], (46, *range(148, 573, 52))
    foot = 62
    for title, value in zip(titles, ("100%", "0"), strict=True):
        rows = [months, *((name, *[value] * 8) for name in ("Overall", "South Oxfordshire", "Mendip", "Hart"))]
        made += [(title, *[""] * 8), *rows]
        for number, row in enumerate([(title,), *rows]):
            head = number < 2
            if head:
                drawing.shade(foot - 18, foot, (45, 585))
            elif number > 2:
                drawing.rule(foot - 18, (45, 585))
            drawing.row(row, edges, foot - 5, size=8.5, bold=head, right=not head)
            foot += 18
        foot += 16
    assert drawing.tables() == [made[:6], made[6:]]


@pytest.mark.parametrize("lower", [0, 7, 14], ids=["level", "half a line lower", "a line lower"])
def test_rules_under_two_headers_part_tables_side_by_side(tmp_path: Path, lower: int) -> None:
    """Each has its own title and rows, at whatever height; a table over the whole width below them stays whole."""
    left = [("Calls per 1,000 homes", "", ""), ("", "May", "June"), ("North", "3.1", "3.4"), ("South", "4.2", "4.0")]
    right = [("Letters answered", "", ""), ("", "May", "June"), ("North", "91%", "88%"), ("South", "93%", "95%")]
    whole = [("Area", "Homes", "Shops", "Farms"), ("North", "811", "72", "13"), ("South", "904", "61", "28")]
    drawing = Drawing(tmp_path / "a.pdf")
    for each, edges, y in (
        (left, (46, 146, 216, 276), 62),
        (right, (306, 406, 476, 536), 62 + lower),
        (whole, (46, 196, 326, 446, 506), 202),
    ):
        head = 0 if each is whole else 1
        for number, row in enumerate(each):
            drawing.row(row, edges, y + 20 * number, bold=number <= head)
        drawing.rule(y + 20 * head + 5, (edges[0] + 4, edges[-1] + 4))
    assert drawing.tables() == [left, right, whole]


def test_a_note_and_a_heading_part_two_tables_between_level_rules(tmp_path: Path) -> None:
    """However little room is around them: the heading's type is larger than what stands in the tables."""
    above = [("Area", "May", "June", "July"), ("North", "811", "902", "913"), ("South", "721", "730", "735")]
    below = [("Measure", "2020", "2021", "2022"), ("Letters", "91%", "88%", "90%"), ("Visits", "3%", "5%", "4%")]
    drawing, y, edges = Drawing(tmp_path / "a.pdf"), 62, (56, 246, 336, 426, 540)
    for each in (above, below):
        drawing.rule(y - 11, (56, 540))
        for number, row in enumerate(each):
            drawing.row(row, edges, y, size=8, bold=not number).rule(y + 4, (56, 540))
            y += 15
        if each is above:
            drawing.row(("(p) Provisional.",), edges, y + 2, size=8)
            drawing.row(("Scorecard",), edges, y + 16, size=11, bold=True)
            y += 34
    assert drawing.tables() == [above, below]


def test_a_heading_parts_two_tables_of_which_the_headers_alone_are_ruled() -> None:
    """It is larger than what stands in them, and no room tells it."""
    texts = [
        ("Area", "May"),
        ("North", "811"),
        ("South", "721"),
        ("Scorecard",),
        ("Measure", "2020"),
        ("Letters", "91%"),
    ]
    found = []
    for number, row in enumerate(texts):
        size, font = 11 if row == ("Scorecard",) else 8, "Helvetica" if number in (1, 2, 5) else "Helvetica-Bold"
        top, face = 100.0 + 14 * number, Face(size, font)
        boxes = [(text, 60 + 200 * at, top, 100 + 200 * at, top + size) for at, text in enumerate(row)]
        found.append(Line([Word(*box[1:], size, box[0], [Char(*box, face)], top + size / 2) for box in boxes]))
    level = [Level(y, (Rule(y, 56, 540),)) for y in (found[0].bottom + 2, found[4].bottom + 2)]
    assert not list(framed.areas(found, level, framed.headers(found, level)))
    assert list(framed.areas([*found[:3], *found[4:]], level, {}))


def _lines(texts: Sequence[Sequence[str]], heavy: Sequence[int]) -> list[Line]:
    found = []
    for number, row in enumerate(texts):
        top, face = 100.0 + 12 * number, Face(8, "Helvetica-Bold" if number in heavy else "Helvetica")
        boxes = [(text, 60 + 70 * at, top, 60 + 70 * at + 4.0 * len(text), top + 8) for at, text in enumerate(row)]
        found.append(Line([Word(*box[1:], 8, box[0], [Char(*box, face)], top + 4) for box in boxes]))
    return found


def test_the_name_of_a_group_may_run_on_under_the_next_header() -> None:
    """It ends no table, though it stands across the columns' border; running text does."""
    body = [("K1", "Swims", "8,120"), ("MARKETS AND TOWN CENTRES",), ("K2", "Stalls", "93"), ("K3", "Shops", "12")]
    texts = [("Ref", "Measure", "May"), *body]
    (named,) = headed.areas(_lines(texts, heavy=(0, 2)))
    assert len(named.lines) == len(texts)
    assert not any(len(area.lines) == len(texts) for area in headed.areas(_lines(texts, heavy=(0,))))


def test_boxes_side_by_side_are_a_table_each(tmp_path: Path) -> None:
    """Their rules lie at the same heights, and nothing else tells of the second."""
    rows = [("Area", "May", "June"), ("North", "811", "902"), ("South", "721", "730")]
    drawing = Drawing(tmp_path / "a.pdf")
    for left in (50, 310):
        sides = (left, left + 230)
        drawing = drawing.rule(50, sides).rule(110, sides).upright(50, 110, sides)
        for number, row in enumerate(rows):
            drawing = drawing.row(row, (left, left + 100, left + 170, left + 230), 64 + 17 * number, bold=not number)
    assert drawing.tables() == [rows, rows]


def test_a_title_and_a_header_between_two_rules_begin_another_table() -> None:
    """Little room is over the title; where the header holds figures they are rows of the table above."""
    for header, parts in ((("Area", "May", "June"), 2), (("Total", "31", "38"), 1)):
        texts = [
            ("Area", "May", "June"),
            ("North", "8", "9"),
            ("South", "7", "3"),
            ("Visits",),
            header,
            ("West", "1", "2"),
        ]
        found = _lines(texts, heavy=(0, 3, 4))
        chain = [Rule(y, 56, 300) for y in (99.0, 110.5, 122.5, 134.5, 170.5)]
        assert len(list(parted(chain, found))) == parts
