"""The same rows are read however they are drawn: ruled, under rules, on shades; and what looks like them is not."""

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bench.layouts import STYLES, draw, tables
from indexer.reader import read_pack, tables_json

HEADER = ("Ref", "Action", "Owner", "Due", "Progress")
LONG = "The contract was let and the first of the works began on site as planned, and will be done by the autumn. " * 5
PLAN = [(f"A{n}", f"Renew the {what}", who, f"{n}/09/24", "On track") for n, what, who in (
    (1, "leisure contract", "Head of Leisure"), (2, "car park machines", "Head of Parking"),
    (3, "grounds contract", "Head of Streets"), (4, "play areas", "Head of Parks"),
)]  # fmt: skip

DRAWN = {
    "one row under a header": [HEADER, PLAN[0]],
    "one cell under a header": [HEADER, ("None", "", "", "", "")],
    "a last row of one cell": [HEADER, *PLAN[:3], ("To be agreed:", "", "", "", "")],
    "a heading over one column": [("", "", "", "Budget 2024/25", ""), *PLAN],
    "a last row overleaf": [HEADER, *((*row[:4], LONG * 2) for row in PLAN[:3])],
    "cells that reach into the room beside them": [
        HEADER, PLAN[0], ("Discuss with each of them", "", "", "", ""), *PLAN[1:],
    ],
}  # fmt: skip


@pytest.mark.parametrize("rows", DRAWN.values(), ids=DRAWN.keys())
@pytest.mark.parametrize("style", ["ruled", "a rule under each row", "the same, cell by cell", "shaded rows"])
def test_rows_are_the_same_in_each_drawing(tmp_path: Path, style: str, rows: list[tuple[str, ...]]) -> None:
    """Each row is found, no other is, and one table holds them all, on however many pages they stand."""
    path = tmp_path / "a.pdf"
    draw(path, [rows], STYLES[style])
    (found,) = tables(read_pack(path, path.name))
    assert found == [tuple(" ".join(text.split()) for text in row) for row in rows]


def test_a_row_that_stands_out_parts_no_table(tmp_path: Path) -> None:
    """One shaded row among others without shades makes no table of itself and its neighbours."""
    path = tmp_path / "a.pdf"
    draw(path, [[HEADER, *PLAN, ("A5", "Sum", "", "", "12")]], lambda *_: [("BACKGROUND", (0, 3), (-1, 3), "#eeeeee")])
    found = tables(read_pack(path, path.name))
    assert all(len(table) > 4 for table in found)


def test_columns_of_prose_between_rules_at_a_pages_head_stay_text(tmp_path: Path) -> None:
    """What may be a table's last row overleaf is none where no table goes before, and keeps its order."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    texts = ("The council met in the spring.", "A fund was set up for it.", "Bids were asked for in May.")
    for x, text in zip((50, 220, 390), texts, strict=True):
        canvas.drawString(x, 790, text)
    canvas.line(50, 805, 550, 805)
    canvas.line(50, 780, 550, 780)
    canvas.save()
    path = tmp_path / "a.pdf"
    pack = read_pack(path, path.name)
    assert tables_json(path)["tables"] == [] and not pack.tables
    assert " ".join(texts) in " ".join(pack.pages[0].text.split())
