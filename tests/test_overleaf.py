"""Tables that go on overleaf are marked as one, page by page, where that is certain."""

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.cli import main
from indexer.reader import read_pack, tables_json
from tests.drawing import Drawing

HEADER = ["Ref", "Action", "Due"]
OTHER = ["Site", "Owner", "Built"]
WIDTHS = [60, 200, 80]
RULED = "Minutes of the panel"


def rows(first: int, count: int = 3) -> list[list[str]]:
    return [[f"RB{n}", f"Write to street {n}", f"{n:02}/06/22"] for n in range(first, first + count)]


def drawn(path: Path, *pages: Sequence[Any]) -> list[Any]:
    """What `continues` says of the tables of pages that have a running head and a number at the foot; a page is made of
    lines of text and of tables."""
    draw = Drawing(path)
    for number, page in enumerate(pages, 1):
        draw.at(RULED, 60, 20)
        for part in page:
            draw = draw.text(part) if isinstance(part, str) else draw.table(part, WIDTHS)
        draw.page(f"Page {number}")
    return [table["continues"] for table in tables_json(draw.done())["tables"]]


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([[[HEADER, *rows(1)]], [[HEADER, *rows(4)]], [[HEADER, *rows(7)]]], [None, (0, 1), (1, 1)]),
        ([[[HEADER, *rows(1)]], [rows(4)], [rows(7)]], [None, (0, 0), (1, 0)]),
        ([["Actions", [HEADER, *rows(1)]], [rows(4), "Closed", [HEADER, *rows(7)]], [rows(9)]],
         [None, (0, 0), None, (2, 0)]),
        ([[[HEADER, *rows(1)]], [[OTHER, *rows(4)]], ["That is all."]], [None, None]),
        ([[[HEADER, *rows(1)]], ["Of the second year:", [HEADER, *rows(4)]], ["That is all."]], [None, None]),
        ([[[HEADER, *rows(1)], "These are done."], [rows(4)], ["That is all."]], [None, None]),
        ([[[HEADER, *rows(1)]], ["Nothing else."], [rows(4)]], [None, None]),
    ],
    ids=["header repeated", "no header", "two tables, both go on", "another header", "a line over the second",
         "a line under the first", "a page between"],
)  # fmt: skip
def test_what_goes_on_overleaf_is_marked(tmp_path: Path, pages: Sequence[Any], said: Sequence[Any]) -> None:
    """Only furniture may stand between, and a table with a header of its own is another one."""
    expected = [None if one is None else {"table": one[0], "header": one[1]} for one in said]
    assert drawn(tmp_path / "a.pdf", *pages) == expected


def test_the_command_prints_what_is_found(tmp_path: Path) -> None:
    """The JSON that is printed one table at a time is whole, also where there is no table."""
    path = Drawing(tmp_path / "a.pdf").table([HEADER, *rows(1)], WIDTHS).page().table([HEADER, *rows(4)], WIDTHS).page()
    for file in (path.done(), Drawing(tmp_path / "b.pdf").text("Nothing else.").page().done()):
        printed = CliRunner().invoke(main, ["tables", str(file), "--json"])
        assert json.loads(printed.output) == tables_json(file)


EDGES = (60, 120, 300, 400, 535)
NOTE = ("The works began in May and", "went on over the summer; the", "last of them will be done in", "the autumn.")
Open = list[tuple[Sequence[Sequence[str]], bool]]  # rows: the lines of each cell, and whether a rule closes the row


def opened(path: Path, *pages: Open) -> list[list[list[str]]]:
    """The tables of pages on which rows stand over level rules that were drawn cell by cell; what is over the first
    rule is heavy."""
    canvas = Canvas(str(path), pagesize=A4)
    heavy = True
    for rows in pages:
        y = A4[1] - 50
        for cells, closed in rows:
            canvas.setFont("Helvetica-Bold" if heavy else "Helvetica", 9)
            heavy = heavy and not closed
            for lines, x in zip(cells, EDGES, strict=False):
                for number, words in enumerate(lines):
                    canvas.drawString(x + 4, y - 10 - 11 * number, words)
            y -= 11 * max(map(len, cells)) + 5
            for x0, x1 in pairwise(EDGES) if closed else ():
                canvas.line(x0, y, x1, y)
        canvas.showPage()
    canvas.save()
    return [table.grid() for table in read_pack(path, path.name).tables]


def line(*texts: str) -> tuple[Sequence[Sequence[str]], bool]:
    return [[text] for text in texts], True


@pytest.mark.parametrize(
    "pages",
    [
        [[line("Ref", "Action", "Due", "Progress"), line("A1", "Renew the contract", "May 2024", "Done"),
          ([["A2"], ["Mend the roof"], ["June 2024"], NOTE[:2]], False)],
         [([[], [], [], NOTE[2:]], True), line("A3", "Let the kiosk", "July 2024", "Begun"),
          line("A4", "Plant the park", "May 2025", "To come")]],
        [[line("Ref", "Action", "Due", "Progress"), line("A1", "Renew the contract", "May 2024", "Done"),
          ([["A2"], ["Mend the roof"], ["June 2024"], NOTE[:3]], False)],
         [([[], [], [], NOTE[3:]], True), line("A3", "Let the kiosk", "July 2024", "Begun")],],
        [[line("Ref", "Action", "Due", "Progress")],
         [line("A1", "Renew the contract", "May 2024", "Done"),
          ([["A2"], ["Mend the roof"], ["June 2024"], NOTE], True), line("A3", "Let the kiosk", "July 2024", "Begun"),
          line("A4", "Plant the park", "May 2025", "To come")]],
    ],
    ids=["the rest of a row over others", "over one other", "a header at a page's foot"],
)  # fmt: skip
def test_a_row_under_no_rule_goes_on_overleaf(tmp_path: Path, pages: Sequence[Open]) -> None:
    """What is left of a row at the next page's head, or all rows of a header at a page's foot, are the table's."""
    (found,) = opened(tmp_path / "a.pdf", *pages)
    assert (
        found[:1] == [["Ref", "Action", "Due", "Progress"]] and ["A3", "Let the kiosk", "July 2024", "Begun"] in found
    )
    assert [row for row in found if row[0] == "A2"] == [["A2", "Mend the roof", "June 2024", " ".join(NOTE)]]
    assert {row[0] for row in found} <= {"Ref", "A1", "A2", "A3", "A4"}


@pytest.mark.parametrize(
    "head", [["Parks and open spaces"], ["", "", "", "Annex B"], ["", "A list of all that is to be done by the team"]]
)
def test_what_heads_a_table_is_no_rest_of_a_row(tmp_path: Path, head: Sequence[str]) -> None:
    """A title, a mark, or a line across columns over a page's first rule is no part of a row."""
    rows = [line("A1", "Renew the contract", "May 2024", "Done"), line("A2", "Mend the roof", "June 2024", "Begun")]
    title = [[text] for text in head], False
    found = opened(tmp_path / "a.pdf", [title, line("Ref", "Action", "Due", "Note"), *rows])
    read = [row for table in found for row in table]
    assert [row for row in read if row[0] == "A1"] == [["A1", "Renew the contract", "May 2024", "Done"]]
    assert ["A2", "Mend the roof", "June 2024", "Begun"] in read


@pytest.mark.parametrize("over", [(), (line("Parks and open spaces", "", "", ""),)], ids=["alone", "under a title"])
def test_a_header_is_one_with_its_rows_overleaf(tmp_path: Path, over: Open) -> None:
    """A header that a page's end cuts in two, or off from its rows, heads them, whatever rules there are."""
    rows = [line("A1", "Renew the contract", "May 2024", "Done"), line("A2", "Mend the roof", "June 2024", "Begun")]
    lower = [[], [], ["committee"], ["stands"]], True
    if over:
        pages: list[Open] = [[*over, ([["Ref"], ["Action"], ["Due"], ["How it"]], True)], rows]
    else:
        pages = [[([["Ref"], ["Action"], ["Due for"], ["How it"]], False)], [lower, *rows]]
    (found,) = opened(tmp_path / "a.pdf", *pages)
    head = ["Ref", "Action", "Due", "How it"] if over else ["Ref", "Action", "Due for committee", "How it stands"]
    assert found[len(over) :] == [head, *([text for [text] in cells] for cells, _ in rows)]


def test_a_row_at_a_pages_head_is_no_rest_of_the_one_before(tmp_path: Path) -> None:
    """Where cells that are not filled down to the page's end have others under them overleaf, these are a new row's."""
    header = line("Ref", "Action", "Due", "Progress")
    upper = [[""], ["Delivery", "of Hart"], ["In progress"], NOTE], False
    lower = [[""], ["Delivery", "of Mendip"], ["In progress"], NOTE], True
    first, last = line("A1", "Renew the contract", "May 2024", "Done"), line("A2", "Mend it", "June 2024", "Begun")
    read = [row for table in opened(tmp_path / "a.pdf", [header, first, upper], [lower, last]) for row in table]
    assert [row[1] for row in read if "Delivery" in row[1]] == ["Delivery of Hart", "Delivery of Mendip"]


def test_a_row_between_two_rules_is_one(tmp_path: Path) -> None:
    """What stands between a page's only two rules is the last row of the table before, all its lines one row."""
    header = line("Ref", "Action", "Due", "Progress")
    rows = [line("A1", "Renew the contract", "May 2024", "Done"), line("A2", "Mend the roof", "June 2024", "Begun")]
    counted = ["Count the bins for garden waste that", "were missed in the quarter"]
    figures = ["April: 56 May: 89 June: 124", "(22/23 figures April: 357)"]
    last = [["A3"], counted, [""], figures], True
    (found,) = opened(tmp_path / "a.pdf", [header, *rows], [([[""]] * 4, True), last])
    assert found[-1] == ["A3", " ".join(counted), "", " ".join(figures)]
