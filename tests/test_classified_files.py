"""What of a paper is exempt by what its file says beside the text: outlines, titles, watermarks, heads, tabs."""

from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from indexer.reader import read_pack
from tests.drawing import Drawing
from tests.marked import AGENDA, FILLER, draw, told


def test_letters_across_the_page(tmp_path: Path) -> None:
    """A watermark, and words that read upwards at a page's side, close their page and what follows."""
    drawing = Drawing(tmp_path / "a.pdf")
    drawing.text(f"OPENone {FILLER}").page()
    drawing.text(f"SHUTone {FILLER}")
    drawing.canvas.translate(150, 250)
    drawing.canvas.rotate(45)
    drawing.canvas.setFont("Helvetica-Bold", 60)
    drawing.canvas.drawString(0, 0, "CONFIDENTIAL")
    path = drawing.page().done()
    said = told(read_pack(path, path.name))
    assert "OPENone" in said["open"]
    assert "SHUT" not in said["open"]
    upwards = Drawing(tmp_path / "b.pdf")
    upwards.text(f"SHUTone {FILLER}")
    upwards.canvas.translate(30, 300)
    upwards.canvas.rotate(90)
    upwards.canvas.drawString(0, 0, "NOT FOR PUBLICATION")
    path = upwards.page().done()
    assert "SHUT" not in told(read_pack(path, path.name))["open"]


def test_the_outline(tmp_path: Path) -> None:
    """An entry that is marked closes its pages, and no others."""
    paper = [[f"# Report {n}", f"{'SHUT' if n == 2 else 'OPEN'}{n} {FILLER}"] for n in (1, 2, 3)]
    outline = ("5 Performance", "6 Sale of the depot (Exempt)", "7 Waste")
    path = draw(tmp_path / "a.pdf", paper, outline=outline)
    said = told(read_pack(path, path.name))
    assert [word for word in ("OPEN1", "SHUT2", "OPEN3") if word in said["open"]] == ["OPEN1", "OPEN3"]


@pytest.mark.parametrize(
    "title", ["(Private Pack)Agenda Document for Cabinet, 05/03/2025 10:00", "Restricted Supplement"]
)
def test_the_title_of_the_file(tmp_path: Path, title: str) -> None:
    """A pack that calls itself private is so whole."""
    path = draw(tmp_path / "a.pdf", [[*AGENDA, "# 1. Sale"], ["^ Agenda Item 1", f"SHUTone {FILLER}"]], title)
    assert "SHUT" not in told(read_pack(path, path.name))["open"]


@pytest.mark.parametrize(
    ("name", "shut"),
    [
        ("depot-sale-exempt.pdf", True), ("Exempt report - depot.pdf", True), ("CONFIDENTIAL_appendix_2.pdf", True),
        ("restricted-supplement.pdf", True), ("not for publication.pdf", True), ("exempt.pdf", True),
        ("exempt-accommodation-review.pdf", False), ("annual-plan-part-2.pdf", False), ("non-exempt.pdf", False),
        ("private-sector-housing.pdf", False), ("restricted-byways.pdf", False),
    ],
)  # fmt: skip
def test_the_name_of_the_file(tmp_path: Path, name: str, shut: bool) -> None:
    """A file that is named so is exempt whole, whatever stands in it; words of housing and roads are not that."""
    path = draw(tmp_path / name, [["# Depot", f"WORDone {FILLER}"], [f"WORDtwo {FILLER}"]])
    assert ("WORD" not in told(read_pack(path, name))["open"]) is shut


def test_the_head_of_a_word_document(tmp_path: Path) -> None:
    """What a section prints at the head of its pages closes these pages."""
    word = Document()
    word.add_paragraph(f"OPENone {FILLER}")
    section = word.add_section()
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "NOT FOR PUBLICATION"
    word.add_paragraph(f"SHUTone {FILLER}")
    word.save(str(tmp_path / "a.docx"))
    said = told(read_pack(tmp_path / "a.docx", "a.docx"))
    assert ("OPENone" in said["open"], "SHUTone" in said["open"]) == (True, False)


def test_a_heading_within_a_word_document(tmp_path: Path) -> None:
    """A document of one page is closed from the heading on."""
    word = Document()
    word.add_heading("Performance", 1)
    word.add_paragraph(f"OPENone {FILLER}")
    word.add_heading("Exempt appendix", 1)
    word.add_paragraph(f"SHUTone {FILLER}")
    word.save(str(tmp_path / "a.docx"))
    said = told(read_pack(tmp_path / "a.docx", "a.docx"))
    assert ("OPENone" in said["open"], "SHUTone" in said["open"]) == (True, False)


def test_the_tabs_of_a_workbook(tmp_path: Path) -> None:
    """A tab that is named so, or marked in a cell or its printed head, is closed; one after it is not."""
    book = Workbook()
    names = ("Quarter 1", "Confidential", "Quarter 2", "Offers", "Quarter 3", "Bids")
    for number, name in enumerate(names):
        tab = book.create_sheet(name)
        if name == "Offers":
            tab.append(["NOT FOR PUBLICATION"])
            tab.append([])
        if name == "Bids":
            tab.oddHeader.center.text = "Exempt under paragraph 3"
        word = "OPEN" if name.startswith("Quarter") else "SHUT"
        for row in (["Measure", "Jan-21", "Feb-21"], [f"{word}{number} calls answered", "4%", "5%"]):
            tab.append(row)
    del book["Sheet"]
    book.save(tmp_path / "a.xlsx")
    said = told(read_pack(tmp_path / "a.xlsx", "a.xlsx"))
    assert [w for w in ("OPEN0", "SHUT1", "OPEN2", "SHUT3", "OPEN4", "SHUT5") if w in said["open"]] == [
        "OPEN0", "OPEN2", "OPEN4",
    ]  # fmt: skip


def test_a_paper_is_not_named_by_what_is_exempt_of_it(tmp_path: Path) -> None:
    """A pack whose first report is exempt goes by what is public."""
    first = ["# Sale of the depot to SHUTone", "CONFIDENTIAL", f"SHUTtwo {FILLER}"]
    path = draw(
        tmp_path / "a.pdf", [first, ["# Performance of the waste service", "PUBLIC REPORT", f"OPENone {FILLER}"]]
    )
    assert read_pack(path, path.name).title == "Performance of the waste service"


def test_public_figures_take_no_service_from_exempt_definitions(tmp_path: Path) -> None:
    """What only an exempt page says of a public figure is not said with it."""
    figures = ["| Measure | Jan-21 | Feb-21 | Mar-21 |", "| PI009 Calls answered | 1% | 2% | 3% |"]
    closed = ["# CONFIDENTIAL", "# SHUTservice", "| Ref | Definition | Target |", "| PI009 | Calls answered | 90% |"]
    path = draw(tmp_path / "a.pdf", [[f"OPENone {FILLER}", *figures], closed])
    assert "SHUT" not in told(read_pack(path, path.name))["open"]


def test_tabs_that_the_first_tab_names(tmp_path: Path) -> None:
    """What a workbook says of tabs by their names closes these."""
    book = Workbook()
    for name, text in (("Notes", ""), ("Spend", "OPENone"), ("Bids", "SHUTone"), ("Leavers", "SHUTtwo")):
        tab = book.create_sheet(name)
        note = "The tabs Bids and Leavers are taken out of this before it goes on our website."
        tab.append([f"{text} calls answered" if text else note])
        tab.append([1, 2])
    del book["Sheet"]
    book.save(tmp_path / "a.xlsx")
    said = told(read_pack(tmp_path / "a.xlsx", "a.xlsx"))
    assert "OPENone" in said["open"] and "SHUT" not in said["open"]
