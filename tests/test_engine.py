"""The reading engine: pages filled from PDFium, limits kept from outside, files that only one engine can read."""

import ctypes
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import PaperError, SettingError
from corpus.settings import Limits, Settings
from indexer import pdf
from indexer.finder.lattice import find
from indexer.loading import load_tables
from indexer.page import Page
from indexer.pages import plumber
from indexer.processes.watched import LostError
from indexer.processes.workers import workers
from indexer.reader import read_pack, tables_json
from indexer.reading import read_paper, read_tables
from indexer.text import letters
from tests.drawing import HEIGHT, Drawing

ROWS: list[list[str | None]] = [["Measure", "Apr-22", "May-22"], ["Calls", "81.5%", "79.0%"], ["Visits", "12", "<5"]]
FEW = Limits(pages=3, seconds=2, megabytes=200)


def canvas(path: Path, **options: Any) -> Canvas:
    return Canvas(str(path), pagesize=A4, invariant=True, **options)


def ruled(canvas: Canvas, rows: list[list[str | None]] = ROWS, x: float = 60, y: float = 700) -> None:
    """The rows as a table with all rules, each cell 80 by 20 points, its top left corner at (x, y)."""
    canvas.setFont("Helvetica", 9)
    canvas.grid([x + 80 * n for n in range(len(rows[0]) + 1)], [y - 20 * n for n in range(len(rows) + 1)])
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            canvas.drawString(x + 4 + 80 * c, y - 20 * r - 14, text or "")


def only_page(path: Path) -> tuple[list[list[list[str]]], str]:
    """The tables of a file's one page, and its text."""
    tables = [table["rows"] for table in tables_json(path)["tables"]]
    return tables, "".join(page.text for page in read_pack(path, path.name).pages)


# --- what PDFium is asked for


def test_both_engines_fill_the_same_page(tmp_path: Path) -> None:
    """Characters and edges are those of pdfplumber, to a fraction of a point, so that its rules hold for them."""
    path = Drawing(tmp_path / "a.pdf").text("Calls, of all kinds", bold=True).table(ROWS, [90, 60, 60]).page().done()
    with plumber.opened(path) as pdf:
        theirs = plumber.fill(pdf, 1)
    ours = filled(path)
    kinds, others = ([(c.text, c.face.font, c.face.upright) for c in page.chars] for page in (ours, theirs))
    assert kinds == others
    for side in ("x0", "top", "x1", "bottom"):
        assert [getattr(c, side) for c in ours.chars] == pytest.approx(
            [getattr(c, side) for c in theirs.chars], abs=0.3
        )
    assert [c.face.size for c in ours.chars] == pytest.approx([c.face.size for c in theirs.chars], abs=0.3)
    assert found(ours) == found(theirs) != []


def filled(path: Path) -> Page:
    from indexer.pages import pdfium
    from indexer.pages.document import Document

    with Document(path) as document, document.page(0) as page:
        return pdfium.fill(page, 1, seen=True)


def found(page: Page) -> list[list[tuple[int, ...]]]:
    return [[tuple(map(round, cell)) for cell in table.cells] for table in find(page.edges)]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_shown(tmp_path: Path, turn: int) -> None:
    """A page whose content lies on its side and which is shown upright has the table of an upright one."""
    drawn = canvas(tmp_path / "turned.pdf")
    drawn.setPageRotation(turn)
    width, height = A4 if turn == 180 else A4[::-1]  # of the sheet; shown it is A4
    drawn.translate(*{90: (width, 0), 180: (width, height), 270: (0, height)}[turn])
    drawn.rotate(turn)
    ruled(drawn, y=500)
    drawn.showPage()
    drawn.save()
    tables, _ = only_page(tmp_path / "turned.pdf")
    assert tables == [ROWS]


def test_what_is_drawn_inside_a_form_is_found(tmp_path: Path) -> None:
    """A table in a form that is placed with a scale and a shift stands where it is shown."""
    drawn = canvas(tmp_path / "form.pdf")
    drawn.beginForm("table")
    ruled(drawn)
    drawn.endForm()
    drawn.translate(30, 60)
    drawn.scale(0.8, 0.8)
    drawn.doForm("table")
    drawn.showPage()
    drawn.save()
    (table,) = tables_json(tmp_path / "form.pdf")["tables"]
    assert table["rows"] == ROWS
    left, top = 30 + 0.8 * 60, HEIGHT - (60 + 0.8 * 700)
    assert table["bbox"] == pytest.approx([left, top, left + 0.8 * 240, top + 0.8 * 60], abs=0.5)


def test_letters_that_nobody_sees_are_not_read(tmp_path: Path) -> None:
    """Text that is not painted is left out, as it may say another figure; off the page and slanting stamps too."""
    drawn = canvas(tmp_path / "hidden.pdf")
    ruled(drawn)
    hidden = drawn.beginText(64, 666)
    hidden.setTextRenderMode(3)
    hidden.textOut("99.9%")
    drawn.drawText(hidden)
    drawn.drawString(700, 700, "outside")
    drawn.saveState()
    drawn.translate(80, 640)
    drawn.rotate(45)
    drawn.setFont("Helvetica", 60)
    drawn.drawString(0, 0, "DRAFT")
    drawn.restoreState()
    drawn.showPage()
    drawn.save()
    tables, text = only_page(tmp_path / "hidden.pdf")
    assert tables == [ROWS]
    assert not any(word in text for word in ("99.9", "outside", "D", "R", "T"))


def test_letters_behind_a_picture_are_the_text_of_a_scan(tmp_path: Path) -> None:
    """Those that are not painted and stand on it, and no others."""
    drawn = canvas(tmp_path / "scan.pdf")
    drawn.drawInlineImage(Image.new("L", (20, 20), 200), 60, 600, 200, 100)
    for y, text in ((660, "Calls taken 75.2%"), (500, "Calls lost 9.1%")):
        hidden = drawn.beginText(64, y)
        hidden.setTextRenderMode(3)
        hidden.textOut(text)
        drawn.drawText(hidden)
    drawn.showPage()
    drawn.save()
    _, text = only_page(tmp_path / "scan.pdf")
    assert "75.2%" in text and "9.1%" not in text


def test_letters_printed_twice_for_weight_are_read_once(tmp_path: Path) -> None:
    """A word that is printed twice in one place, to look bold, is one word."""
    drawn = canvas(tmp_path / "bold.pdf")
    for shift in (0.0, 0.2):
        drawn.drawString(60 + shift, 700, "Total 45.66%")
    drawn.showPage()
    drawn.save()
    assert only_page(tmp_path / "bold.pdf")[1] == "Total 45.66%"


def test_hyphens_and_blanks_are_those_printed(tmp_path: Path) -> None:
    """A hyphen at a line's end stays one, and words that are set apart without a blank are two words."""
    drawn = canvas(tmp_path / "words.pdf")
    drawn.setFont("Helvetica", 8)
    drawn.drawString(60, 700, "the contractors of the neigh-")
    drawn.drawString(60, 690, "bouring councils")
    for x, word in ((60, "set"), (60 + drawn.stringWidth("set", "Helvetica", 8) + 2.2, "apart")):
        drawn.drawString(x, 670, word)
    drawn.showPage()
    drawn.save()
    assert only_page(tmp_path / "words.pdf")[1].split("\n") == [
        "the contractors of the neigh-", "bouring councils", "set apart",
    ]  # fmt: skip


def test_text_that_reads_upwards_is_read_upwards(tmp_path: Path) -> None:
    """A heading that is turned to stand in a narrow column says its words in their order."""
    drawn = canvas(tmp_path / "upwards.pdf")
    drawn.saveState()
    drawn.translate(90, 600)
    drawn.rotate(90)
    drawn.drawString(0, 0, "Missed bins")
    drawn.restoreState()
    drawn.showPage()
    drawn.save()
    assert only_page(tmp_path / "upwards.pdf")[1].split() == ["Missed", "bins"]


def test_a_page_is_what_its_crop_box_shows(tmp_path: Path) -> None:
    """Boxes are counted from the corner of what is shown, and what is cropped away is not read."""
    drawn = canvas(tmp_path / "crop.pdf", cropBox=(50, 100, 550, 750))
    ruled(drawn)
    drawn.drawString(60, 40, "printer's mark")
    drawn.showPage()
    drawn.save()
    (table,) = tables_json(tmp_path / "crop.pdf")["tables"]
    assert table["bbox"] == pytest.approx([10, 50, 250, 110], abs=0.5)
    assert "printer" not in only_page(tmp_path / "crop.pdf")[1]


def test_rules_around_nothing_are_no_table(tmp_path: Path) -> None:
    """The empty boxes of a form make no table, and the paper is read."""
    drawn = canvas(tmp_path / "form.pdf")
    ruled(drawn, [["", ""], ["", ""]])
    drawn.drawString(60, 500, "Please fill in the boxes above.")
    drawn.showPage()
    drawn.save()
    assert only_page(tmp_path / "form.pdf") == ([], "Please fill in the boxes above.")
    assert read_paper(tmp_path / "form.pdf", "form.pdf").pack.tables == ()


# --- files that only one engine can read


def test_pages_that_one_engine_does_not_see_are_read_by_the_other(tmp_path: Path) -> None:
    """A file whose tree of pages is too short for PDFium is read whole."""
    draw = Drawing(tmp_path / "short.pdf")
    for number in range(1, 4):
        draw.text(f"What page {number} says.").page()
    path = draw.done()
    path.write_bytes(path.read_bytes().replace(b"/Count 3", b"/Count 1"))
    assert [page.text for page in read_pack(path, "short.pdf").pages] == [f"What page {n} says." for n in (1, 2, 3)]


def test_a_file_that_pdfium_refuses_is_read_by_pdfplumber(tmp_path: Path) -> None:
    """A file without the header of a PDF is none to PDFium; its pages are read all the same."""
    path = Drawing(tmp_path / "bare.pdf").text("Still here.").table(ROWS, [90, 60, 60]).page().done()
    path.write_bytes(path.read_bytes().replace(b"%PDF-", b"%XXX-", 1))
    tables, text = only_page(path)
    assert tables == [ROWS]
    assert text.startswith("Still here.")


def test_a_file_with_too_many_pages_is_refused_before_they_are_read(tmp_path: Path) -> None:
    """The sentence names both numbers."""
    draw = Drawing(tmp_path / "many.pdf")
    for _ in range(4):
        draw.text("A page.").page()
    with pytest.raises(PaperError, match=r"^many.pdf: it is too large: 4 pages, and 3 are the most"):
        list(load_tables(draw.done(), map, FEW.pages))


# --- limits, kept from outside


def deadly(_: object) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def endless(_: object) -> None:
    while True:
        time.sleep(0.01)


def busy(_: object) -> None:
    while True:
        pass


def hoarding(_: object) -> None:
    held = []
    while True:
        held.append(bytearray(1 << 22))
        time.sleep(0.005)


def greedy(_: object) -> int:
    return len(ctypes.create_string_buffer(1 << 32))


def faulty(_: object) -> None:
    raise PaperError("a.pdf", "it is a poem")


def healthy(task: int) -> int:
    return task + 1


@pytest.mark.parametrize(
    ("deed", "told"),
    [(deadly, "took the reading process down"), (endless, "too slow: .* 2 seconds"), (busy, "too slow: .* 2 seconds"),
     (hoarding, "more than 200 MB"), (greedy, "more than 200 MB")],
)  # fmt: skip
def test_a_worker_that_is_lost_is_told_and_replaced(deed: Any, told: str) -> None:
    """Whatever a file does to the process that reads it, there is one reason, and the next task is done."""
    with workers(FEW) as pool:
        with pytest.raises(LostError, match=told):
            list(pool.map(deed, [0]))
        assert list(pool.map(healthy, range(5))) == [1, 2, 3, 4, 5]


def test_an_error_comes_back_as_it_was_raised() -> None:
    """What a task raises is raised where its value is asked for."""
    with workers(FEW) as pool, pytest.raises(PaperError, match=r"^a.pdf: it is a poem$"):
        list(pool.map(faulty, [0]))


def test_tables_are_read_in_workers_under_limits(tmp_path: Path) -> None:
    """The same tables come from worker processes, and what is refused is refused with the same sentence."""
    path = Drawing(tmp_path / "a.pdf").table(ROWS, [90, 60, 60]).page().done()
    found, more = read_tables(path, FEW)
    assert {"tables": list(found), **more} == tables_json(path)
    (tmp_path / "b.pdf").write_bytes(b"just words")
    with pytest.raises(PaperError, match=r"^b.pdf: it is not a PDF$"):
        read_tables(tmp_path / "b.pdf", FEW)


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5"])
def test_limits_are_whole_numbers(value: str) -> None:
    """A limit that is none is named, with its variable."""
    with pytest.raises(SettingError, match="PACKCLERK_MOST_SECONDS"):
        _ = Settings(most_seconds=value).limits
    assert Settings(most_pages="7").limits.pages == 7


# --- letters and lines, wherever they come from


def test_a_page_can_be_drawn(tmp_path: Path) -> None:
    """A page's picture is as large as asked for, white but for what stands on it."""
    path = Drawing(tmp_path / "a.pdf").table(ROWS, [90, 60, 60]).page().done()
    picture = pdf.picture(path, 1, 72)
    assert picture.shape == (842, 596)
    assert picture[10, 10] == 255 and picture.min() < 128


def test_rules_that_nearly_meet_enclose_cells() -> None:
    """Lines nearer than three points are one line, and a line may end three points before another."""

    def rule(way: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
        return {"orientation": way, "x0": x0, "top": top, "x1": x1, "bottom": bottom}

    level = [rule("h", 2, y, 58, y) for y in (0, 10, 20)] + [rule("h", 58, 10.8, 100, 10.8)]
    upright = [rule("v", x, 0, x, 18) for x in (0, 50)]
    (table,) = find(level + upright)
    assert [tuple(map(round, cell)) for cell in table.cells] == [(0, 0, 50, 10), (0, 10, 50, 20)]
    assert find(level) == find(upright) == []


def test_characters_are_found_by_their_middles() -> None:
    """A character belongs to the one box that holds its middle, borders counting to the box that begins there."""
    face = letters.Face(2.0, "Sans")
    places = (("a", 0.0, 0.0), ("b", 9.0, 0.0), ("c", 4.0, 9.0))
    field = letters.Field([letters.Char(text, x, y, x + 2.0, y + 2.0, face) for text, x, y in places])
    assert [char.text for char in field.within((0, 0, 10, 10))] == ["a"]
    assert [char.text for char in field.within((0, 0, 10.1, 10.1))] == ["a", "b", "c"]
    assert [char.text for char in field.within((10, 0, 20, 10))] == ["b"]


def test_lines_that_are_one_after_all_enclose_nothing() -> None:
    """Two level lines, one of them in steps, that lie as near as the sides of one rule: no cell stands between them."""
    steps = [(100.0, 0.0, 50.0), *((102.4 + n / 10, 52.5 + 6 * n, 56.0 + 6 * n) for n in range(5)), (105.0, 0.0, 48.0)]
    level = [{"orientation": "h", "top": y, "x0": x0, "x1": x1} for y, x0, x1 in steps]
    upright = [{"orientation": "v", "x0": x, "top": 99.0, "bottom": 106.0} for x in (2.0, 24.0, 46.0)]
    assert find(level + upright) == []
