"""Furniture and reading order: columns, words parted at the ends of lines, watermarks, line numbers, page labels."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.paper import Pack
from indexer.reader import read_pack
from indexer.retrieval.passages import passages
from tests.drawing import HEIGHT, Drawing

LEFT = (
    "The committee had asked the head of",
    "finance what was done in the autumn to",
    "reach the households that had fallen",
    "behind with what they owe, and how the",
    "letters to them were worded this year.",
    "She said that all of them had been sent",
)
RIGHT = (
    "by the end of October, and that calls",
    "were made to those who had not answered",
    "within the two weeks that the letter",
    "gave them, as had been agreed with the",
    "members of the panel in the summer and",
    "written down in the minutes of that day.",
)


def read(path: Path) -> Pack:
    return read_pack(path, path.name)


def texts(pack: Pack) -> list[str]:
    return [passage.text for passage in passages(pack)]


def column(draw: Drawing, words: tuple[str, ...], x: float, top: float = 120) -> None:
    for number, line in enumerate(words):
        draw.at(line, x, top + 13 * number)


# --- columns


@pytest.mark.parametrize(("x", "lower", "why"), [(300, 0, "level with the left one"), (255, 5, "lower, and near")])
def test_columns_are_read_one_after_the_other(tmp_path: Path, x: float, lower: float, why: str) -> None:
    """A paragraph goes on from the left column's foot to the right one's head; what stands over both comes first."""
    draw = Drawing(tmp_path / "a.pdf").text("Collection of council tax", size=16, bold=True)
    column(draw, LEFT, 60)
    column(draw, RIGHT, x, 120 + lower)
    draw.at("This line runs below both of the columns and is read when they are done with.", 60, 220)
    first, second = texts(read(draw.page().done()))
    assert first == " ".join((*LEFT, *RIGHT)), why
    assert second.startswith("This line runs below")


def test_a_table_is_read_in_its_column(tmp_path: Path) -> None:
    """A table in the left column comes before the right one's heading, and has the left one's."""
    draw = Drawing(tmp_path / "a.pdf")
    draw.text("Letters", bold=True)
    column(draw, LEFT, 60, 90)
    draw.y = 180
    draw.table([["Sent", "Read"], ["112", "98"]], [60, 60])
    draw.canvas.setFont("Helvetica-Bold", 10)
    draw.canvas.drawString(300, HEIGHT - 80, "Calls")
    column(draw, RIGHT, 300, 90)
    pack = read(draw.page().done())
    (table,) = pack.tables
    assert table.headings == ("Letters",)
    assert [passage.heading for passage in passages(pack)] == ["Letters", "Letters", "Calls"]


def test_rows_of_words_are_no_columns(tmp_path: Path) -> None:
    """Names beside what they stand for, line by line, stay side by side."""
    draw = Drawing(tmp_path / "a.pdf")
    names = ("Northfold Homes Limited, wholly owned", "Fallow Bridge Trading Company Limited", "Aldbury Waste Limited")
    for number, name in enumerate((*names, *names)):
        draw.at(name, 60, 100 + 13 * number).at("Company limited by shares, not consolidated", 300, 100 + 13 * number)
    assert "wholly owned Company limited" in " ".join(line.text for line in read(draw.page().done()).pages[0].lines)


# --- words at the ends of lines


@pytest.mark.parametrize(
    ("above", "below", "expected", "why"),
    [
        ("It went to the commit-", "tee for advice.", "committee for", "a word that is known"),
        ("They promised a 48-", "hour answer.", "48-hour answer", "a number and what it counts"),
        ("It is run by a joint-", "service team.", "joint-service team", "two words, and no one word"),
        ("The year was 2021-", "22 for us all.", "2021-22 for", "years"),
        ("The COMMIT-", "TEE agreed.", "COMMITTEE agreed", "capitals"),
        ("It is for non-", "standardisation.", "non-standardisation", "a word that is not known, behind a prefix"),
        ("It is under FS-", "K-001 there.", "FS-K-001 there", "a reference"),
        ("A bus to Ashby-", "Woulds ran.", "Ashby-Woulds ran", "names"),
        ("All safe-", "guarding is done.", "safe-guarding is", "two words, as far as is known"),
        ("All safe-", "guarding is safeguarding.", "safeguarding is", "as it is written elsewhere in the paper"),
        ("It was the co-", "operation that has co-operation.", "co-operation that", "the same, with its hyphen"),
        ("They are to re-", "issue what was re-issued.", "re-issue what", "another form has its hyphen"),
        ("They are to re-", "issue what was reissued.", "reissue what", "another form has none"),
        ("Members are to co-", "operate and are co-operating.", "co-operate and", "the same"),
        ("It was a self-", "assessment of the team.", "self-assessment of", "the first half keeps its hyphen"),
        ("A cross-", "party group will meet.", "cross-party group", "the same"),
        ("They were cross-", "ing the road.", "crossing the", "no word by itself stands behind it"),
        ("This is to ex-", "change papers.", "exchange papers", "a word that is known"),
        ("It was noted -", "and agreed.", "noted - and", "a dash"),
    ],
)
def test_words_parted_by_a_lines_end(tmp_path: Path, above: str, below: str, expected: str, why: str) -> None:
    """A word is put together again with a hyphen or without, as the paper and the words that are known tell."""
    draw = Drawing(tmp_path / "a.pdf").text(above, gap=2).text(below)
    assert expected in " ".join(texts(read(draw.page().done()))), why


def test_words_in_cells_and_overleaf(tmp_path: Path) -> None:
    """The lines of a cell, and a page's last and the next one's first, are put together, too."""
    draw = Drawing(tmp_path / "a.pdf")
    draw.table([["Measure", "2021"], ["", "12"]], [120, 60])
    draw.at("Letters of the depart-", 63, 92, 8).at("ment", 63, 101, 8)
    draw.text("The performance of all of the services was put before the commit-")
    draw.page().text("tee in the autumn.")
    pack = read(draw.page().done())
    assert pack.tables[0].text(1, 0) == "Letters of the department"
    assert texts(pack)[-1].endswith("put before the committee in the autumn.")


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [("ef\ufb01cient of\ufb01ces", "efficient offices"), ("Apr\u201121", "Apr-21"), ("over\u200bspend", "overspend")],
)
def test_letters_are_spelt_as_they_are_read(drawn: str, expected: str) -> None:
    """Letters drawn as one, hyphens that never part, and what has no width."""
    from indexer.text import letters

    face = letters.Face(10.0, "")
    chars = [letters.Char(letter, 6.0 * n, 0.0, 6.0 * n + 6, 10.0, face) for n, letter in enumerate(drawn)]
    assert letters.text(chars) == expected


# --- what is laid over a page

PROSE = (
    tuple(
        f"The {word} report was noted by the members of the panel, who asked for more"
        for word in ("first", "second", "third")
    )
    * 5
)


def slanting(draw: Drawing) -> None:
    draw.canvas.saveState()
    draw.canvas.setFont("Helvetica", 20)
    draw.canvas.translate(120, 500)
    draw.canvas.rotate(35)
    draw.canvas.drawString(0, 0, "Draft for consultation with members")
    draw.canvas.restoreState()


def level(draw: Drawing) -> None:
    draw.at("DRAFT", 120, 140, 80)


def numbered(draw: Drawing) -> None:
    for number in range(len(PROSE)):
        draw.at(str(number + 1), 30, 102 + 13 * number, 7)


@pytest.mark.parametrize("laid", [slanting, level, numbered])
def test_what_is_laid_over_a_page_is_no_text(tmp_path: Path, laid: Callable[[Drawing], None]) -> None:
    """A watermark, slanting or level, and the numbers of lines neither stand in the text nor part it."""
    draw = Drawing(tmp_path / "a.pdf")
    laid(draw)
    column(draw, PROSE, 60, 100)
    (page,) = read(draw.page().done()).pages
    assert [line.text for line in page.lines] == list(PROSE)


def test_a_tables_numbers_are_no_numbers_of_lines(tmp_path: Path) -> None:
    """The first column of a table without rules keeps its figures."""
    draw = Drawing(tmp_path / "a.pdf").at("No", 60, 100).at("Ward", 100, 100).at("Calls", 300, 100)
    for number in range(1, 16):
        draw.at(str(number), 60, 100 + 13 * number).at("Fallow Bridge", 100, 100 + 13 * number)
        draw.at(str(90 + number), 300, 100 + 13 * number)
    assert "15 Fallow Bridge 105" in read(draw.page().done()).pages[0].text


def test_words_along_a_side_are_furniture(tmp_path: Path) -> None:
    """What is printed upwards in the margin of each page is none of its lines."""
    draw = Drawing(tmp_path / "a.pdf")
    for number in range(1, 4):
        draw.canvas.saveState()
        draw.canvas.translate(20, 300)
        draw.canvas.rotate(90)
        draw.canvas.drawString(0, 0, f"Northfold agenda pack, sheet {number}")
        draw.canvas.restoreState()
        draw.text(f"The report has its part {number} here.").page()
    pages = read(draw.done()).pages
    assert [line.text for page in pages for line in page.lines] == [
        f"The report has its part {n} here." for n in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        ("Page {}", "Page 12"),
        ("- {} -", "Page 12"),
        ("{} of 40", "Page 12 of 40"),
        ("Cabinet, spring session {}", "Page 12"),
        ("{} Cabinet, spring session", "Page 12"),
        ("Version 1.{}", ""),
        ("Printed on 3 March 2023", ""),
    ],
)
def test_a_pages_printed_number(tmp_path: Path, foot: str, expected: str) -> None:
    """A page's number is read however it is printed, where it counts on from page to page; and is no text."""
    draw = Drawing(tmp_path / "a.pdf")
    for number in range(10, 14):
        draw.text(f"The {number}th part.").page(foot.format(number))
    pages = read(draw.done()).pages
    assert pages[2].label == expected
    assert [line.text for line in pages[2].lines] == ["The 12th part."]


@pytest.mark.parametrize(
    ("over", "x", "expected", "why"),
    [
        ("2017-18 as agreed", 170, "Budget of the council in 2017-18 as agreed", "a spreadsheet's next cell"),
        ("x", 170, "", "a mark on it"),
        ("2017-18 as agreed", 240, "Budget of the council in 2015/16 2017-18 as agreed", "behind it"),
    ],
)
def test_text_under_the_next_cells_is_cut(tmp_path: Path, over: str, x: float, expected: str, why: str) -> None:
    """Of a text that runs on under another one, whole words are kept as far as they are to be seen."""
    draw = Drawing(tmp_path / "a.pdf").at("Budget of the council in 2015/16", 60, 100).at(over, x, 100)
    (line,) = read(draw.page().done()).pages[0].lines
    assert line.text == expected or (not expected and "Budget of the council" in line.text), why


# --- what a cover calls its paper


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Agenda", "Cabinet", "Date: Sunday, 27 August 2023", "Time: 6.00 pm"], "Cabinet, 27 August 2023"),
        (["Contact: A. Person, Democratic Services", "Report on the collection of waste"],
         "Report on the collection of waste"),
        (["Report on the collection of waste", "1. Background", "2. Calls and letters"],
         "Report on the collection of waste"),
        (["Telephone: on request", "This meeting is hosted by the borough and will be held as a virtual meeting.",
          "A meeting of the Waste Joint Committee will be held on Wednesday, 6 October 2021 at 2 PM", "Agenda"],
         "Waste Joint Committee, 6 October 2021"),
    ],
)  # fmt: skip
def test_a_cover_calls_its_paper(tmp_path: Path, lines: list[str], expected: str) -> None:
    """A title is no label, no section's heading and no sentence; an agenda is called by its committee and its day."""
    draw = Drawing(tmp_path / "a.pdf")
    for line in lines:
        draw.text(line)
    assert read(draw.page().done()).title == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["The Corporation of the Township of Elmdale", "Agenda"], "Elmdale"),
        (["London Borough of Upper Ferry and Marsh", "Agenda"], "Upper Ferry and Marsh"),
        (["Township of Elmdale Community Centre", "Agenda"], ""),
        (["Service report", "- Contact Centre (hosted by Elmdale Borough Council)"], ""),
        (["Service report", "Elmdale Borough Council"], "Elmdale"),
    ],
)
def test_the_council_that_a_cover_names(tmp_path: Path, lines: list[str], expected: str) -> None:
    """Also one that is called by what it governs; none that only hosts a service."""
    draw = Drawing(tmp_path / "a.pdf")
    for line in lines:
        draw.text(line)
    assert read(draw.page().done()).council == expected


def test_a_long_title_ends_with_a_word(tmp_path: Path) -> None:
    """A title that is too long ends with a whole word and says that it goes on."""
    title = read(Drawing(tmp_path / "a.pdf", "Transfer of the service " * 12).text("It is so.").page().done()).title
    assert len(title) <= 200 and title.endswith(("service…", "the…", "of…", "Transfer…"))
