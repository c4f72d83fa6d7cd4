"""Pages that are pictures: how they are straightened and read, and what is said of them."""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.engine import Engine
from corpus.errors import PaperError
from corpus.paper import Pack
from corpus.settings import Settings
from indexer import pdf
from indexer.extract import extract
from indexer.reader import read_pack, tables_json
from indexer.report import Report
from indexer.scan import lettering, light, picture, pictured, tesseract
from indexer.scan.picture import Grey
from indexer.scan.tesseract import Word
from indexer.text.letters import Char, Face
from kpi_tools.figures import UNSURE, Figure
from kpi_tools.saved import Changes
from kpi_tools.store import Store
from tests import handmade
from tests.drawing import Drawing

# On a user's machine the program may be missing; where the project is checked it must be there.
with_tesseract = pytest.mark.skipif(
    not tesseract.available() and "CI" not in os.environ, reason="tesseract is not installed (tesseract-ocr)"
)

ROWS: list[list[str | None]] = [
    ["Monthly - PI002 - % Calls answered within 20 seconds", None, None, None],
    ["", "Apr-22", "May-22", "Jun-22"],
    ["Hart", "81.5%", "79.0%", "88.25%"],
    ["Havant", "64.2%", "193.5%", "70.1%"],
    ["Mendip", "95.0%", "94.6%", "93.9%"],
]


def drawn(path: Path) -> Path:
    """A page with a heading, a ruled table with one impossible figure, and a sentence."""
    draw = Drawing(path, "Report on calls").text("CUSTOMER SERVICES", size=14, bold=True)
    draw.table(ROWS, [120, 80, 80, 80]).text("The calls were answered by the team in all of the months.")
    return draw.page().done()


def scanned(source: Path, target: Path, turn: float = 0.0, dpi: int = 200) -> Path:
    """The pages of a file as pictures on grey paper, turned by so many degrees to the left."""
    pages = []
    for number in range(1, len(read_pack(source, "source").pages) + 1):
        grey = np.minimum(pdf.picture(source, number, dpi), 240)
        pages.append(Image.fromarray(grey).rotate(turn, expand=turn % 90 == 0, fillcolor=240))
    pages[0].save(target, save_all=True, append_images=pages[1:], resolution=float(dpi))
    return target


def read(path: Path) -> Pack:
    return read_pack(path, path.name)


# --- whole papers


@with_tesseract
@pytest.mark.parametrize(
    ("turn", "why"), [(0.0, "as it is"), (1.3, "a little askew"), (90.0, "on its side"), (180.0, "upside down")]
)
def test_a_scan_has_the_table_of_its_original(tmp_path: Path, turn: float, why: str) -> None:
    """A scanned table has the cells of the drawn one, merged ones too, however the page lies; what cannot be is
    unsure."""
    pack = read(scanned(drawn(tmp_path / "drawn.pdf"), tmp_path / "scan.pdf", turn))
    (table,) = pack.tables
    expected = [[text if text != "193.5%" else UNSURE for text in (cell or "" for cell in row)] for row in ROWS]
    assert table.grid() == expected, why
    assert table.headings == ("CUSTOMER SERVICES",)
    assert (pack.pages[0].ocr, pack.unread_pages) == (True, ())


@with_tesseract
def test_a_figure_of_a_scan_that_lost_its_point_is_unsure(tmp_path: Path) -> None:
    """Among others of its row that have one."""
    rows: list[list[str | None]] = [["Days", "Apr-22", "May-22", "Jun-22"], ["Hart", "8.1", "7.9", "8.8"]]
    rows += [["Havant", "6.4", "6.9", "7.1"], ["Mendip", "9.5", "94", "9.3"]]
    draw = Drawing(tmp_path / "drawn.pdf", "Report on calls").table(rows, [120, 80, 80, 80]).page().done()
    (table,) = read(scanned(draw, tmp_path / "scan.pdf")).tables
    assert table.grid()[-1] == ["Mendip", "9.5", UNSURE, "9.3"]


@with_tesseract
def test_figures_of_a_scan_are_marked_and_those_that_cannot_be_are_none(tmp_path: Path) -> None:
    """An observation of a scanned page says so; an impossible figure has the reason "unsure" and no value."""
    found = extract(read(scanned(drawn(tmp_path / "drawn.pdf"), tmp_path / "scan.pdf", 0.7))).observations
    assert len(found) == 9 and all(one.ocr for one in found)
    values = {(one.entity, one.period.label): one.figure for one in found}
    assert values["Hart", "Jun-22"] == Figure(Decimal("88.25"), "%", "88.25%")
    assert values["Havant", "May-22"].printed == "unsure"


@with_tesseract
def test_a_mixed_pack_is_read_whole(tmp_path: Path) -> None:
    """Scanned pages stand beside others, each with its own mark, and the report counts them."""
    picture_of_it = tmp_path / "page.png"
    Image.fromarray(pdf.picture(drawn(tmp_path / "drawn.pdf"), 1, 150)).save(picture_of_it)
    draw = Drawing(tmp_path / "mixed.pdf", "Report on calls").text("The figures are overleaf.").page()
    draw.canvas.drawImage(str(picture_of_it), 0, 0, 595, 842)
    pack = read(draw.at("Page 2", 280, 820, 10).page().done())
    assert [page.ocr for page in pack.pages] == [False, True]
    assert (len(pack.tables), pack.tables[0].page) == (1, 2)
    report = Report()
    report.add(extract(pack), Changes(False, ()))
    assert report.lines()[-2:] == ["1 page read by OCR", "  mixed.pdf: page 2"]
    assert [table["page"] for table in tables_json(tmp_path / "mixed.pdf")["tables"]] == [2]


@with_tesseract
def test_a_picture_without_words_stays_unread(tmp_path: Path) -> None:
    """A map or a photograph is a page that is not read, and named as such."""
    Image.new("L", (900, 900), 128).save(tmp_path / "map.png")
    draw = Drawing(tmp_path / "paper.pdf").text("The map is overleaf.").page()
    draw.canvas.drawImage(str(tmp_path / "map.png"), 60, 200, 400, 400)
    assert read(draw.page().done()).unread_pages == (2,)


def test_without_tesseract_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan alone is refused, one in a pack is named; both say what to install."""
    monkeypatch.setattr(tesseract, "PROGRAM", "no-such-program")
    scan = scanned(drawn(tmp_path / "drawn.pdf"), tmp_path / "scan.pdf")
    with pytest.raises(PaperError, match=r"its one page has no text.*install tesseract-ocr"):
        read(scan)
    Image.new("L", (900, 900), 128).save(tmp_path / "map.png")
    draw = Drawing(tmp_path / "mixed.pdf").text("The scans are overleaf.").page()
    for _ in range(2):
        draw.canvas.drawImage(str(tmp_path / "map.png"), 0, 0, 595, 842)
        draw.page()
    report = Report()
    report.add(extract(read(draw.done())), Changes(False, ()))
    assert report.lines()[-2] == "2 pages are pictures without text: install tesseract-ocr to read them"


# --- which pages are pictures


def letters(text: str, top: float) -> list[Char]:
    return [Char(letter, 60.0, top, 65.0, top + 10, Face(10.0, "Sans")) for letter in text]


WHOLE_PAGE: list[dict[str, object]] = [{"x0": 0.0, "top": 0.0, "x1": 595.0, "bottom": 842.0}]
LOGO: list[dict[str, object]] = [{"x0": 50.0, "top": 50.0, "x1": 150.0, "bottom": 90.0}]


@pytest.mark.parametrize(
    ("chars", "images", "curves", "expected", "why"),
    [
        ([], WHOLE_PAGE, 0, True, "an image and nothing else"),
        ([], [], 0, False, "an empty page"),
        ([], [], 20, False, "a drawing"),
        ([], [], 900, True, "letters drawn as lines"),
        (letters("Page 12", 815), WHOLE_PAGE, 0, True, "a stamp at the foot of a scan"),
        (letters("Agenda Item 7", 10), WHOLE_PAGE, 0, True, "a stamp at its head"),
        (letters("RECEIVED 12 March 2021 Democratic Services", 400), WHOLE_PAGE, 0, True, "a stamp in its midst"),
        (letters("The report is before members. " * 4, 400), WHOLE_PAGE, 0, False, "text over a background"),
        (letters("Page 12", 815), LOGO, 0, False, "a page with a logo that is blank but for its number"),
        (letters("Page 12", 815), [], 900, False, "a drawing with a number"),
    ],
)
def test_pages_that_are_pictures(
    chars: list[Char], images: list[dict[str, object]], curves: int, expected: bool, why: str
) -> None:
    """A page is a picture where next to nothing stands beside an image as large as the page, or letters are drawn."""
    assert pictured.is_picture(chars, images, curves, 595.0, 842.0) is expected, why


# --- the picture


def striped(lean: float) -> Grey:
    """A page of level lines of text, as blocks, that falls to the right by so many degrees."""
    page = np.full((1400, 1000), 250, dtype=np.uint8)
    for top in range(100, 1300, 40):
        for left in range(100, 900, 60):
            page[top : top + 14, left : left + 45] = 20
    return np.asarray(Image.fromarray(page).rotate(-lean, fillcolor=250))


@pytest.mark.parametrize("lean", [-3.2, -0.4, 0.0, 0.9, 4.1])
def test_the_skew_is_measured(lean: float) -> None:
    """By so many degrees as the lines lean they are turned back."""
    assert picture.skew(striped(lean)) == pytest.approx(lean, abs=0.15)
    assert picture.skew(picture.straightened(striped(lean))) == pytest.approx(0.0, abs=0.15)


def test_rules_are_found_and_letters_are_not() -> None:
    """Long strokes are rules, also faint and thin ones; strokes of letters, dashes and fills are none."""
    page = np.full((600, 800), 250, dtype=np.uint8)
    page[100:103, 50:750] = 0
    page[300:301, 50:750] = 190
    page[100:301, 400:402] = 0
    page[150:190, 60:66] = 0  # the stem of a capital
    page[170:173, 100:160] = 0  # a dash
    page[400:480, 50:750] = 0  # a fill
    found = picture.rules(page, 300 / 72)
    places = [(rule.level, rule.at, rule.start, rule.end) for rule in found]
    expected = [(True, 101, 50, 750), (True, 300, 50, 750), (False, 400, 100, 301)]
    for place, near in zip(places, expected, strict=True):
        assert place == pytest.approx(near, abs=3)
    plain = picture.without(page, found)
    assert plain[100:103].min() > 240 and plain[150:190, 60:66].max() == 0


def test_letters_that_blur_into_each_other_are_no_rules() -> None:
    """A row of letters without white between its strokes and the ink beside is none, however long; nor does a stem
    over a rule lengthen an upright one below it."""
    page = np.full((600, 800), 250, dtype=np.uint8)
    page[100:130, 100:400:8] = page[100:130, 101:400:8] = page[100:130, 102:400:8] = 20
    page[100:102, 100:400] = 150  # where they blur
    page[200:203, 50:750] = page[300:303, 50:750] = 20
    page[200:300, 400:403] = 20
    page[150:184, 400:406] = 20  # a stem
    found = picture.rules(page, 300 / 72)
    expected = [(True, 201, 50), (True, 301, 50), (False, 401, 200)]
    for rule, near in zip(found, expected, strict=True):
        assert (rule.level, rule.at, rule.start) == pytest.approx(near, abs=2)


def test_shadows_at_the_edges_are_taken_out() -> None:
    """What is dark from the page's edge inwards becomes paper; a fill that goes farther in, and print, stay."""
    page = np.full((1200, 900), 240, dtype=np.uint8)
    page[:, :40] = page[:20] = 60
    page[300:400, :600] = 90
    page[700:720, 200:260] = 10
    even = light.evenly_lit(page, 300 / 72)
    assert even[600, 10] == even[5, 500] == even[5, 10] == 240
    assert even[350, 100] == 90 and even[710, 230] == 10


def test_a_page_that_is_darker_at_one_side_is_levelled() -> None:
    """Its paper is of one brightness then; fills stay darker than it, and a page that is evenly lit is as it was."""
    page = np.full((1200, 900), 240, dtype=np.uint8)
    page[300:400, 100:800] = 200
    assert light.evenly_lit(page, 300 / 72) is page
    dark = (page * np.linspace(1.0, 0.85, 900)).astype(np.uint8)
    even = light.evenly_lit(dark, 300 / 72)
    assert np.ptp(even[600, 20:880]) <= 3
    assert even[350, 150] < even[600, 150] - 25 and even[350, 750] < even[600, 750] - 25


def test_shades_and_dark_fills_become_white_paper() -> None:
    """Black on a grey shade and white on a dark fill both become black on white."""
    page = np.full((600, 800), 240, dtype=np.uint8)
    page[100:200, 50:750] = 190
    page[140:160, 100:106] = 10
    page[300:400, 50:750] = 60
    page[340:360, 100:106] = 250
    even = picture.evened(page, 300 / 72)
    assert even[120, 400] > 230 and even[150, 103] < 60
    assert even[320, 400] > 230 and even[350, 103] < 60


# --- words into characters


def test_words_of_one_line_stand_on_it() -> None:
    """Words of different height become characters of one size on one line, with blanks between near ones only."""
    words = [
        Word("pay", 100, 108, 160, 140, 90),
        Word("Tax", 170, 100, 230, 131, 90),
        Word("9.5", 600, 101, 650, 130, 90),
    ]
    blank = np.zeros((300, 1200), dtype=np.bool_)
    chars = lettering.characters(words, [one.text for one in words], blank, 300 / 72)
    assert "".join(char.text for char in sorted(chars, key=lambda char: char.x0)) == "pay Tax9.5"
    assert len({(char.top, char.face.size) for char in chars}) == 1


def test_words_that_were_read_into_each_other_stay_apart() -> None:
    """A word's characters end where the next word begins."""
    words = [Word("carpenter", 100, 100, 400, 130, 90), Word("peter", 250, 100, 400, 130, 90)]
    blank = np.zeros((300, 1200), dtype=np.bool_)
    chars = lettering.characters(words, [one.text for one in words], blank, 300 / 72)
    assert "".join(char.text for char in sorted(chars, key=lambda char: char.x0)).replace(" ", "") == "carpenterpeter"


def test_the_programs_table_is_read() -> None:
    """Of the table's levels only words count, each with its picture; their boxes are left, top, width, height."""
    rows = (
        "level page block par line word left top width height conf text", "4 1 1 1 1 0 10 20 90 12 -1 ",
        "5 1 1 1 1 1 10 20 30 12 96.5 Hart", "5 1 1 1 1 2 50 20 9 12 95 ",
    )  # fmt: skip
    found = tesseract.parsed("\n".join(row.replace(" ", "\t") for row in rows))
    assert found == [(0, Word("Hart", 10, 20, 40, 32, 96.5))]


def test_an_answer_says_that_its_page_was_read_by_ocr(tmp_path: Path) -> None:
    """Whoever is given a figure from a scan is told so, with its paper and page; from another page nothing is said."""
    settings = Settings(home=str(tmp_path))
    store = Store(settings.database)
    for document, ocr in (("scan.pdf", True), ("plain.pdf", False)):
        entity = "Havant" if ocr else "Mendip"
        paper = handmade.extraction(document, [handmade.observation("45.66%", entity, document)], content=document)
        pages = tuple(replace(page, ocr=ocr) for page in paper.pack.pages)
        store.save(replace(paper, pack=replace(paper.pack, pages=pages)), tmp_path / document, store.intend_adding(0))
    engine = Engine(settings)
    scan = engine.ask("What was Havant's PI002 in August 2021?", date(2021, 12, 31))
    plain = engine.ask("What was Mendip's PI002 in August 2021?", date(2021, 12, 31))
    assert "45.66%" in scan.answer and "45.66%" in plain.answer
    assert "scan.pdf, page 1: read by OCR; check the page." in scan.assumptions
    assert not any("OCR" in said for said in plain.assumptions)
