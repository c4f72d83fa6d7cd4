"""Workbooks and Word documents: the same records as from a PDF, and one sentence about a file that is none."""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openpyxl.styles import Font

from bot.answer import Citation
from bot.render import where
from corpus.errors import PaperError
from indexer.loading import load
from indexer.reader import read_pack
from indexer.reading import read_paper

HEADER = ("Ref", "Description", "Milestones", "Due dates", "Lead", "Councils impacted", "Status", "Progress")
ROWS = (
    ("A1", "Phone menus", "Testing", "30/04/21", "Client", "Hart, Havant", "Started", "12/02/2021 - under way"),
    ("", "", "Go live", "TBC", "Client", "Hart, Havant", "Not started", ""),
    ("A2", "Backups", "Proposal", "31/03/21", "Supplier", "All", "Complete", "Done."),
)


def plan_workbook(path: Path) -> Path:
    """A plan: a cover, a tab for a service with merged cells, a hidden tab."""
    book = Workbook()
    cover = book.worksheets[0]
    cover.title = "Cover"
    cover.append(["Annual plans"])
    tab = book.create_sheet("IT")
    tab.append(["Annual Plan for:", "IT"])
    tab.append([])
    for row in (HEADER, *ROWS):
        tab.append([value or None for value in row])
    tab["D4"] = date(2021, 4, 30)  # a day as workbooks have it
    for column in "AB":
        tab.merge_cells(f"{column}4:{column}5")
    hidden = book.create_sheet("Old")
    hidden.append(list(HEADER))
    hidden.append(list(ROWS[0]))
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def plan_document(path: Path) -> Path:
    """The same plan as a Word document, on its second page."""
    paper = Document()
    paper.add_heading("Annual plans", 0)
    paper.add_page_break()  # type: ignore[no-untyped-call]
    paper.add_paragraph("Annual Plan for: IT")
    table = paper.add_table(len(ROWS) + 1, len(HEADER))
    for drawn, row in zip(table.rows, (HEADER, *ROWS), strict=True):
        for cell, text in zip(drawn.cells, row, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    paper.save(str(path))
    return path


@pytest.mark.parametrize("made", [plan_workbook, plan_document])
def test_a_plan_is_the_same_from_every_source(made: Callable[[Path], Path], tmp_path: Path) -> None:
    """Merged cells carry down, days are written day first, sheet and cell or the table's row are the place."""
    path = made(tmp_path / ("plan.xlsx" if made is plan_workbook else "plan.docx"))
    items = [r for r in read_paper(path, path.name).records if r.kind == "plan_item"]
    assert [(r.fields["plan"], r.fields["ref"], r.fields["milestone"]) for r in items] == [
        ("IT", "A1", "Testing"),
        ("IT", "A1", "Go live"),
        ("IT", "A2", "Proposal"),
    ]
    assert items[0].fields["due"] in ("30/04/21", "30/04/2021")
    assert {r.place.page for r in items} == {2}
    cells = ["Sheet IT, cell C4", "Sheet IT, cell C5", "Sheet IT, cell C6"]
    rows = ["Table 1, row 2", "Table 1, row 3", "Table 1, row 4"]
    assert [r.place.label for r in items] == (cells if made is plan_workbook else rows)


def test_the_place_of_what_has_no_pages(tmp_path: Path) -> None:
    """Sheet and cell, wherever on the sheet a table begins; the paragraph, or the table's row, empty ones counted."""
    book, paper = Workbook(), Document()
    tab = book.worksheets[0]
    tab.title = "Calls"
    tab["B2"] = "Calls and letters"
    for row, (ref, milestone) in enumerate((("Indicator", "May-21"), ("CS1 - % of calls answered", "91.2%")), 5):
        tab.cell(row, 3, ref)
        tab.cell(row, 4, milestone)
    tab["C8"], tab["D8"] = "Late", "91"
    for text in ("Depots", "", "The new depot opens in March 2022."):
        paper.add_paragraph(text)
    paper.add_table(2, 2).cell(1, 1).text = "91.2%"
    paper.add_paragraph("Parks are open.")
    book.save(tmp_path / "a.xlsx")
    paper.save(str(tmp_path / "a.docx"))
    for name, expected in (
        ("a.xlsx", {"B2": "Calls and letters", "D6": "91.2%", "C8:D8": "Late 91"}),
        ("a.docx", {"3": "The new depot opens in March 2022.", "1, row 2": "91.2%", "4": "Parks are open."}),
    ):
        pack = read_pack(tmp_path / name, name)
        lines = {pack.place(1, line.box).label: line.text for line in pack.pages[0].lines}
        cells = {
            pack.cell_place(table, r, c).label: table.text(r, c)
            for table in pack.tables for r, row in enumerate(table.rows) for c, cell in enumerate(row) if cell
        }  # fmt: skip
        kinds = ("Sheet Calls, cell ", "Sheet Calls, cells ", "Paragraph ", "Table ")
        found = lines | cells
        for at, text in expected.items():
            assert text in [found.get(f"{kind}{at}") for kind in kinds], (at, found)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Page 12", "a.pdf, Page 12 (PDF page 14), item 8"), ("", "a.pdf, PDF page 14, item 8"),
        ("Sheet Calls, cell D6", "a.pdf, Sheet Calls, cell D6, item 8"), ("Paragraph 3", "a.pdf, Paragraph 3, item 8"),
    ],
)  # fmt: skip
def test_how_a_place_is_shown(label: str, shown: str) -> None:
    """No page of a PDF is named where there is no PDF."""
    assert where(Citation("a.pdf", "A", 14, label, "8", "", (0, 0, 0, 0))) == shown


def test_figures_of_a_workbook_are_as_they_are_shown(tmp_path: Path) -> None:
    """Shares, money and decimals by the cell's own format; a long number keeps its digits."""
    book = Workbook()
    tab = book.worksheets[0]
    shown = (
        (0.4566, "0.00%", "45.66%"), (666156, "£#,##0", "£666,156"), (-12.5, "£#,##0.00", "-£12.50"),
        (7, "General", "7"), (0.285, "0%", "29%"), (1234.5, "#,##0.00", "1,234.50"), (0.1 + 0.2, "General", "0.3"),
    )  # fmt: skip
    for row, (value, form, _) in enumerate(shown, 1):
        tab.cell(row, 1, "line")
        tab.cell(row, 2, value).number_format = form
    book.save(tmp_path / "a.xlsx")
    _, _, (sheet,) = load(tmp_path / "a.xlsx", "a.xlsx")
    assert [row[1].text for row in sheet.grids[0].rows if row[1]] == [text for _, _, text in shown]


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<a/>")
        with package.open("xl/big.xml", "w") as part:
            for _ in range(320):
                part.write(bytes(1_000_000))


def _other(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "hello")


def _hollow(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "locked": (lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "locked with a password"),
    "cut short": (lambda p: p.write_bytes(b"PK\x03\x04 and no more"), "broken, or no workbook"),
    "renamed": (_other, "no workbook"),
    "hollow": (_hollow, "broken workbook"),
    "bomb": (_bomb, "larger than 300 MB"),
    "empty": (lambda p: Workbook().save(p), "empty"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_workbook_gets_one_sentence(what: str, tmp_path: Path) -> None:
    """It names the file and says what is wrong, and nothing is unpacked that does not fit."""
    write, said = BAD[what]
    path = tmp_path / "plan.xlsx"
    write(path)
    with pytest.raises(PaperError, match=said) as error:
        load(path, path.name)
    assert str(error.value).startswith("plan.xlsx: ")
    assert "\n" not in str(error.value)


def test_a_workbook_called_document_is_told(tmp_path: Path) -> None:
    """The name says one thing, the content another."""
    path = plan_workbook(tmp_path / "plan.xlsx").rename(tmp_path / "plan.docx")
    with pytest.raises(PaperError, match="no Word document"):
        load(path, path.name)


def test_a_workbook_s_formatted_rows_and_formulas_without_values(tmp_path: Path) -> None:
    """Rows that are only formatted are none, however many; a formula that nobody calculated has a reason, no figure; a
    month stands as it is shown."""
    book = Workbook()
    tab = book.worksheets[0]
    for row in (("Budget", date(2021, 5, 1)), ("Staff", 1000), ("Travel", 200), ("Total", "=SUM(B2:B3)")):
        tab.append(row)
    tab["B1"].number_format = "mmm-yy"
    for number in range(5, 3000):
        tab.cell(number, 900).font = Font(bold=True)
    book.save(tmp_path / "a.xlsx")
    _, _, (sheet,) = load(tmp_path / "a.xlsx", "a.xlsx")
    (grid,) = sheet.grids
    assert [[cell.text for cell in row if cell] for row in grid.rows] == [
        ["Budget", "May-21"],
        ["Staff", "1000"],
        ["Travel", "200"],
        ["Total", "Not calculated"],
    ]


def _xml(text: str) -> Any:
    return parse_xml(re.sub(r"^<w:\w+", lambda tag: f"{tag[0]} {nsdecls('w')}", text))


def test_a_document_says_what_would_be_printed(tmp_path: Path) -> None:
    """What was inserted and not what was deleted, in text, cells and rows; what controls hold; tables in cells;
    footnotes."""
    paper = Document()
    said = paper.add_paragraph("The target is ")
    said._p.append(_xml('<w:del w:id="1" w:author="a"><w:r><w:delText>80% </w:delText></w:r></w:del>'))
    said._p.append(_xml('<w:ins w:id="2" w:author="a"><w:r><w:t>85% </w:t></w:r></w:ins>'))
    said._p.append(_xml('<w:r><w:t>of calls.</w:t><w:footnoteReference w:id="2"/></w:r>'))
    held = _xml("<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    paper.element.body.insert(0, held)
    outer = paper.add_table(2, 2)
    outer.cell(0, 0).text = "Outer"
    outer.rows[1]._tr.get_or_add_trPr().append(_xml('<w:del w:id="3" w:author="a"/>'))
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Calls", "75%"
    notes = (
        b"<w:footnotes %s><w:footnote w:id='2'><w:p><w:r><w:t>Until May.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, notes % nsdecls("w").encode(), paper.part.package)
    paper.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    paper.save(str(tmp_path / "a.docx"))
    _, _, (sheet,) = load(tmp_path / "a.docx", "a.docx")
    assert [line.text for line in sheet.lines] == ["In a control", "The target is 85% of calls.", "Until May."]
    grids = [[[cell.text for cell in row if cell] for row in grid.rows] for grid in sheet.grids]
    assert grids == [[["Outer", ""]], [["Calls", "75%"]]]


BOX = (
    f'<w:p {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
    "{content}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    """The lines of a box stand where it is anchored; what is kept for older programs is the same box again."""
    paper = Document()
    paper.add_paragraph("Before")
    texts = ("Report author: Mei Tan", "Date: 8 May 2024")
    lines = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    content = f"<w:txbxContent>{lines}</w:txbxContent>"
    paper.element.body.insert(1, parse_xml(BOX.replace("{content}", content)))
    paper.save(str(tmp_path / "a.docx"))
    _, _, (sheet,) = load(tmp_path / "a.docx", "a.docx")
    assert [line.text for line in sheet.lines] == ["Before", *texts]


def test_a_document_without_a_section_or_whose_table_hangs_in_the_air(tmp_path: Path) -> None:
    """A section need not be there; cells that go on from no row above are told as what they are, no fault of ours."""
    paper = Document()
    paper.add_paragraph("Said in no section.")
    table = paper.add_table(1, 1)
    paper.element.body.remove(paper.element.body.sectPr)
    paper.save(str(tmp_path / "a.docx"))
    assert load(tmp_path / "a.docx", "a.docx")[2][0].text == "Said in no section."
    table.cell(0, 0)._tc.get_or_add_tcPr().append(_xml("<w:vMerge/>"))
    paper.save(str(tmp_path / "b.docx"))
    with pytest.raises(PaperError, match="it is a broken Word document"):
        load(tmp_path / "b.docx", "b.docx")


def test_a_document_with_macros_is_read_as_one_without(tmp_path: Path) -> None:
    """Only its content type differs; its macros are left where they are."""
    paper = Document()
    paper.add_paragraph("Said in a document with macros.")
    paper.save(str(tmp_path / "a.docx"))
    with zipfile.ZipFile(tmp_path / "a.docx") as held, zipfile.ZipFile(tmp_path / "a.docm", "w") as made:
        for name in held.namelist():
            plain = b"openxmlformats-officedocument.wordprocessingml.document.main"
            made.writestr(name, held.read(name).replace(plain, b"ms-word.document.macroEnabled.main"))
    _, _, (sheet,) = load(tmp_path / "a.docm", "a.docm")
    assert sheet.text == "Said in a document with macros."
