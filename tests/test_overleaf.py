"""Tables that go on overleaf are marked as one, page by page, where that is certain."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from indexer.reader import tables_json
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
