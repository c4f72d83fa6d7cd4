"""The reader: what it makes of drawn papers, and what it says of files that are no papers."""

from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import PaperError
from corpus.paper import Pack
from indexer.reader import read_pack, tables_json
from tests.drawing import Drawing

BOX = (60.0, 80.0, 200.0, 90.0)
MONTHS: list[str | None] = ["", "Apr-22", "May-22"]


def read(path: Path) -> Pack:
    return read_pack(path, path.name)


def agenda_pack(path: Path) -> Path:
    """A pack with a front sheet, stamps, labels that differ from the PDF's pages, and an exempt last item."""
    draw = Drawing(path, "(Public Pack)Agenda Document for Cabinet, 13/03/2025 15:00")
    draw.text("Agenda", size=16, bold=True).text("Aldbury District Council").text("Date: 5 March 2025")
    draw.text("1. Minutes (Pages 1 - 1)", bold=True).text("2. Performance (Pages 2 - 3)", bold=True)
    draw.text("EXEMPT ITEMS", bold=True).text("3. Sale of land (Pages 4 - 4)", bold=True).page()
    draw.at("Agenda Item 1", 480, 15, 12).text("Minutes of the meeting", bold=True, size=14)
    draw.text("The committee met and nothing else happened on that day.").page("Page 1")
    draw.at("Agenda Item 2", 480, 15, 12).text("Performance", bold=True, size=14).page("Page 2")
    draw.text("Calls were answered quickly in all of the months.").page("Page 3")
    draw.at("Agenda Item 3", 480, 15, 12).text("Sale of land", bold=True, size=14)
    draw.text("The land is worth a good deal to the council.").page("Page 4")
    return draw.done()


def test_labels_and_items_are_those_printed(tmp_path: Path) -> None:
    """The printed label and the stamped item stand beside the PDF's page, which differs from them."""
    pack = read(agenda_pack(tmp_path / "pack.pdf"))
    assert [(page.number, page.label, page.item) for page in pack.pages] == [
        (1, "", ""), (2, "Page 1", "1"), (3, "Page 2", "2"), (4, "Page 3", "2"), (5, "Page 4", "3"),
    ]  # fmt: skip
    assert [(item.number, item.title, item.first_page) for item in pack.items] == [
        ("1", "Minutes", 2), ("2", "Performance", 3), ("3", "Sale of land", 5),
    ]  # fmt: skip


def test_items_listed_under_exempt_are_exempt(tmp_path: Path) -> None:
    """What the agenda lists under EXEMPT ITEMS is exempt, and nothing else is."""
    pack = read(agenda_pack(tmp_path / "pack.pdf"))
    assert [pack.exempt(pack.place(page, BOX)) for page in range(1, 6)] == [False, False, False, False, True]


def test_furniture_is_no_running_text(tmp_path: Path) -> None:
    """Stamps and page numbers are in the page's text but not among its lines."""
    page = read(agenda_pack(tmp_path / "pack.pdf")).pages[1]
    assert "Page 1" in page.text
    assert not any("Page 1" in line.text or "Agenda Item" in line.text for line in page.lines)


def test_the_title_tells_committee_and_date(tmp_path: Path) -> None:
    """The pack's own title wins over the agenda's day of publication on the front page."""
    pack = read(agenda_pack(tmp_path / "pack.pdf"))
    told = (pack.title, pack.committee, pack.council, pack.date)
    assert told == ("Agenda Document for Cabinet, 13/03/2025 15:00", "Cabinet", "Aldbury", date(2025, 3, 13))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Date: 28 September 2021", "A meeting will be held on Wednesday, 6 October 2021 at 2 PM"], date(2021, 10, 6)),
        (["DATE: 6 October 2021", "Minutes of the last meeting, 7 July 2021"], date(2021, 10, 6)),
        (["1 NOVEMBER 2017", "PUBLIC REPORT"], date(2017, 11, 1)),
        (["TUESDAY, 13 NOVEMBER 2018 AT 15:00 HOURS", "Published 2 November 2018"], date(2018, 11, 13)),
        (["The old contract of the council began in full on 3 May 2010, before all of the others did"], None),
        (["DATE: 31 February 2021"], None),
        (["Date: 28 September 2021", "A meeting is held on Wednesday, 6", "October 2021 at 2 PM"], date(2021, 10, 6)),
    ],
)
def test_the_date_is_the_meetings(tmp_path: Path, lines: list[str], expected: date | None) -> None:
    """Of several dates on a front page the meeting's is taken; one in running text, or impossible, is none."""
    draw = Drawing(tmp_path / "report.pdf", "Microsoft Word - Agenda Template")
    draw.text("Report on contracts", size=18, bold=True)
    for line in lines:
        draw.text(line)
    pack = read(draw.page().done())
    assert (pack.date, pack.title) == (expected, "Report on contracts")


def test_the_file_name_gives_the_date_last(tmp_path: Path) -> None:
    """A paper that names no date takes the one of its file's name."""
    path = Drawing(tmp_path / "cabinet-2022-07-05.pdf").text("Report on contracts", size=18).page().done()
    assert read(path).date == date(2022, 7, 5)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Fallowshire Council", "Health Scrutiny, 14 January 2025"), "Fallowshire"),
        (("Forest of Fallow Council", "Cabinet"), "Forest of Fallow"),
        (("Full Council", "14 January 2025"), ""),
        (("The report goes to Fallowshire Council", "on bins"), ""),
        (("Fallowshire Council", "Westbury Council"), ""),
    ],
)
def test_a_line_of_the_cover_that_is_a_council_s_name_names_it(
    tmp_path: Path, lines: tuple[str, ...], expected: str
) -> None:
    """Many councils' names say no kind; a meeting of the council, or a sentence about one, is no name."""
    drawing = Drawing(tmp_path / "paper.pdf")
    for words in lines:
        drawing.text(words)
    assert read(drawing.page().done()).council == expected


@pytest.mark.parametrize(("below", "expected"), [("Council risk register.", "Hart"), ("Council tax bill.", "")])
def test_a_councils_name_may_be_broken_at_a_lines_end(tmp_path: Path, below: str, expected: str) -> None:
    """It confirms the name of the file, as it would on one line."""
    draw = Drawing(tmp_path / "hart-plan.pdf").text("Service plan").text("This informs the Hart").text(below)
    assert read(draw.page().done()).council == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Hart District Council", "Hart"),
        ("A report of Basingstoke and Deane Borough Council to its members", "Basingstoke and Deane"),
        ("Joint Committee of Hart District Council and Havant Borough Council", ""),
        ("Report on bins", ""),
    ],
)
def test_a_paper_of_one_council_names_it(tmp_path: Path, title: str, expected: str) -> None:
    """One council's paper is that council's; a paper of several, or of none that is named, is nobody's."""
    path = Drawing(tmp_path / "paper.pdf", title).text("The bins are emptied weekly.").page().done()
    assert read(path).council == expected


@pytest.mark.parametrize(
    ("heading", "exempt"),
    [
        ("NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A", True),
        ("RESTRICTED", True),
        ("EXEMPT APPENDIX", True),
        ("Classification: Unrestricted", False),
        ("PUBLIC REPORT", False),
        ("This report contains no exempt information", False),
    ],
)
def test_exempt_by_its_heading(tmp_path: Path, heading: str, exempt: bool) -> None:
    """A paper headed by the words of Schedule 12A is exempt; one that says the contrary is not."""
    draw = Drawing(tmp_path / "paper.pdf", "Report on land").text(heading, bold=True)
    path = draw.text("The land is for sale, and this says so in a sentence.").page().done()
    assert read(path).exempt(read(path).place(1, BOX)) is exempt


def test_a_mention_makes_no_paper_exempt(tmp_path: Path) -> None:
    """A public report that speaks of exempt information in a sentence stays public."""
    draw = Drawing(tmp_path / "paper.pdf", "Report on land").text("Report on land", size=16, bold=True)
    draw.text(
        "The committee resolved that the public be excluded as exempt information was to be discussed under", gap=2
    )
    draw.text("paragraph 3, and a restricted report was not for publication at that time, as members will recall.")
    pack = read(draw.page().done())
    assert not pack.exempt(pack.place(1, BOX))


def test_an_exempt_part_of_a_public_item_is_an_item_of_its_own(tmp_path: Path) -> None:
    """Only the appendix that is headed as exempt is held back, not the report before it."""
    draw = Drawing(tmp_path / "paper.pdf", "Report on land")
    draw.text("Report on land", size=16, bold=True).text("This much everybody may know about it.").page()
    draw.text("Appendix 1 - EXEMPT", size=14, bold=True).text("This is for members of the committee only.").page()
    draw.text("The price stands on the page after it, too.").page()
    pack = read(draw.done())
    assert [pack.exempt(pack.place(page, BOX)) for page in (1, 2, 3)] == [False, True, True]


# --- tables


def test_merged_cells_stand_once(tmp_path: Path) -> None:
    """A title over all columns is one cell, with its extent; each other cell has its own text and box."""
    rows: list[list[str | None]] = [["PI001 - Calls answered", None, None], MONTHS, ["Hart", "81.5%", "79.0%"]]
    path = Drawing(tmp_path / "paper.pdf").text("Calls", bold=True).table(rows, [120, 60, 60]).page().done()
    (table,) = read(path).tables
    assert table.grid() == [["PI001 - Calls answered", "", ""], MONTHS, ["Hart", "81.5%", "79.0%"]]
    title, figure = table.rows[0][0], table.rows[2][1]
    assert title and (title.rows, title.columns) == (1, 3) and table.rows[0][1] is None
    assert figure and figure.box == pytest.approx((180, table.box[1] + 40, 240, table.box[1] + 60), abs=1)


def test_a_box_is_no_table(tmp_path: Path) -> None:
    """A box of one column is running text."""
    draw = Drawing(tmp_path / "paper.pdf").table([["Please note"], ["that this is a box"]], [200]).page()
    pack = read(draw.done())
    assert pack.tables == ()
    assert [line.text for line in pack.pages[0].lines] == ["Please note", "that this is a box"]


def test_tables_carry_headings_and_lead(tmp_path: Path) -> None:
    """A table has the headings above it, outermost first, until others of their kind, and the sentence before it."""
    rows = [["Ref", "Area"], ["R1", "Finance"]]
    draw = Drawing(tmp_path / "paper.pdf").text("Appendix A: Performance", size=14, bold=True)
    draw.text("CUSTOMER SERVICES").table(rows, [60, 90])
    draw.text("It was a good year. These plans are still open:").table([*rows, ["R2", "Tax"]], [60, 90])
    draw.text("LAND CHARGES").page()
    draw.table(rows, [60, 90]).text("Appendix B: Targets", size=14, bold=True).table(rows, [60, 90])
    first, second, third, fourth = read(draw.page().done()).tables
    assert (first.headings, first.lead) == (("Appendix A: Performance", "CUSTOMER SERVICES"), "")
    assert (second.headings, second.lead) == (first.headings, "These plans are still open:")
    assert (third.headings, third.page) == (("Appendix A: Performance", "LAND CHARGES"), 2)
    assert fourth.headings == ("Appendix B: Targets",)


def test_a_title_with_a_code_closes_no_heading_of_its_size(tmp_path: Path) -> None:
    """However it is marked: a bold one stands under a heading in capitals, as does the one after it."""
    draw = Drawing(tmp_path / "paper.pdf").text("LAND CHARGES")
    for title in ("PI001 - Searches done", "PI002 - Searches late"):
        draw.text(title, bold=True).table([["", "Jul-21", "Aug-21"], ["Hart", "1", "2"]], [60, 90, 90])
    assert [table.headings for table in read(draw.page().done()).tables] == [
        ("LAND CHARGES", "PI001 - Searches done"),
        ("LAND CHARGES", "PI002 - Searches late"),
    ]


def test_tables_json_is_page_by_page(tmp_path: Path) -> None:
    """The form for programs: unstitched, boxes as numbers, merged cells as spans."""
    rows: list[list[str | None]] = [["Calls", None, None], MONTHS, ["Hart", "1", "2"]]
    path = Drawing(tmp_path / "paper.pdf").table(rows, [90, 60, 60]).page().table(rows, [90, 60, 60]).page().done()
    first, second = tables_json(path)["tables"]
    assert (first["page"], second["page"]) == (1, 2)
    assert first["rows"] == [["Calls", "", ""], MONTHS, ["Hart", "1", "2"]]
    assert first["spans"] == [[0, 0, 1, 3]]
    assert first["bbox"] == pytest.approx([60, 70, 270, 130], abs=1)


def test_worker_processes_read_the_same(tmp_path: Path) -> None:
    """Pages read by worker processes make the same pack as pages read in this one."""
    draw = Drawing(tmp_path / "long.pdf")
    for number in range(1, 30):
        draw.text(f"What page {number} has to say is not much.").page(f"Page {number}")
    path = draw.done()
    with ProcessPoolExecutor(2) as pool:
        assert read_pack(path, "long.pdf", pool.map) == read_pack(path, "long.pdf")


# --- files that cannot be read


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff\xe0 picture", "JPEG"),
        (b"PK\x03\x04 archive", "Office document"),
        (b"<html><body>Not found</body></html>", "web page"),
        (b"just words", "not a PDF"),
        (b"%PDF-1.4\nnothing more", "damaged"),
    ],
)
def test_what_is_no_pdf_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    """A file that is something else is refused with its name and what it is."""
    path = tmp_path / "minutes.pdf"
    path.write_bytes(content)
    with pytest.raises(PaperError, match=f"^minutes.pdf: .*{reason}"):
        read(path)


def test_folders_and_missing_files(tmp_path: Path) -> None:
    """Neither a folder nor a file that is gone ends in anything but a PaperError."""
    with pytest.raises(PaperError, match="folder"):
        read_pack(tmp_path, "papers")
    with pytest.raises(PaperError, match="cannot be opened"):
        read_pack(tmp_path / "gone.pdf", "gone.pdf")


def test_locked_files_need_a_password(tmp_path: Path) -> None:
    """An encrypted file says that it needs a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret", ownerPassword="other", strength=128))
    canvas.drawString(60, 700, "For members only")
    canvas.save()
    with pytest.raises(PaperError, match="needs a password"):
        read(path)


@pytest.mark.parametrize("strength", [40, 128])
def test_files_that_are_encrypted_for_nobody_are_read(tmp_path: Path, strength: int) -> None:
    """A file that anyone may open, and that only forbids what its owner may do, is read like any other."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "open.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("", "other", canPrint=0, canCopy=0, strength=strength))
    canvas.drawString(60, 700, "For all members of the public")
    canvas.save()
    assert read(path).pages[0].text == "For all members of the public"


def test_scans_are_refused_whole_and_noted_in_part(tmp_path: Path) -> None:
    """A paper of pictures is refused; one with some pictures is read and names them."""
    from PIL import Image

    picture = tmp_path / "scan.png"
    Image.new("RGB", (60, 60), "grey").save(picture)
    scan = Drawing(tmp_path / "scan.pdf")
    scan.canvas.drawImage(str(picture), 60, 500)
    with pytest.raises(PaperError, match="its one page has no text that can be read"):
        read(scan.page().done())
    mixed = Drawing(tmp_path / "mixed.pdf").text("The map is overleaf.").page()
    mixed.canvas.drawImage(str(picture), 60, 500)
    assert read(mixed.page().done()).unread_pages == (2,)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(keep=st.floats(0.02, 0.98), flip=st.integers(0, 10_000))
def test_damage_is_a_sentence_or_a_paper(tmp_path: Path, keep: float, flip: int) -> None:
    """A truncated or altered file is read or refused with a PaperError, never with another error."""
    whole = agenda_pack(tmp_path / "whole.pdf").read_bytes()
    damaged = bytearray(whole[: int(len(whole) * keep)])
    damaged[flip % len(damaged)] ^= 0x55
    path = tmp_path / "damaged.pdf"
    path.write_bytes(bytes(damaged))
    try:
        assert read(path).pages
    except PaperError as error:
        assert str(error).startswith("damaged.pdf: ")


# --- plain text


def test_text_papers_have_tables_too(tmp_path: Path) -> None:
    """A text with tabs is a paper of one page, with tables, titles over all columns, paragraphs of cells, headings."""
    path = tmp_path / "paper.txt"
    table_rows = "Calls &amp; <b>mail</b>\t\t\n\tApr-22\tMay-22\nHart\t81%\t<p>79%</p><p>a guess</p>\n"
    path.write_text(f"**LAND CHARGES**\n\nThese are the figures for it:\n\n{table_rows}", encoding="utf-8")
    pack = read(path)
    (table,) = pack.tables
    assert table.grid() == [["Calls & mail", "", ""], MONTHS, ["Hart", "81%", "79% a guess"]]
    assert [cell.paragraphs for cell in table.rows[2] if cell] == [(), (), ("79%", "a guess")]
    assert (table.headings, table.lead) == (("LAND CHARGES",), "These are the figures for it:")


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    """A form feed begins a page; bytes that are no UTF-8 are refused."""
    path = tmp_path / "paper.txt"
    path.write_text("One page.\fAnother page.\n", encoding="utf-8")
    assert [page.text.strip() for page in read(path).pages] == ["One page.", "Another page."]
    path.write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(PaperError, match="UTF-8"):
        read(path)


@pytest.mark.parametrize(
    ("figure", "size", "up", "text"),
    [
        ("52", 5.5, 4.0, "52¹²"),  # two small figures, raised behind a count: a note's, and no part of it
        ("84%", 7.2, 4.5, "84%¹²"),  # barely smaller, and higher than another line of text would be
        ("52", 9.0, 0.0, "5212"),  # as large, on the line: the count's own
        ("x", 6.0, -1.5, "x 12"),  # lowered: an index
    ],
)
def test_raised_figures_are_marks(tmp_path: Path, figure: str, size: float, up: float, text: str) -> None:
    """A footnote's number behind a figure is no digit of it: it is read as raised."""
    drawing = Drawing(tmp_path / "a.pdf").table([["Measure", "Jul-21"], ["Homes built", figure]], [200, 100])
    end = 60 + 200 + 4 + drawing.canvas.stringWidth(figure, "Helvetica", 9)
    drawing.at("12", end, 70 + 34 - size - up, size)
    drawing.done()
    (table,) = read_pack(tmp_path / "a.pdf", "a.pdf").tables
    assert table.text(1, 1) == text
