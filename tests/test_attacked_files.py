"""Files that close what they hold by their names, their folders, what is said of them or hidden in them: each is an
attempt to have something told that the file shuts."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.reader import read_pack
from indexer.scan.tesseract import available
from tests.drawing import Drawing
from tests.marked import FILLER, draw, told

Make = Callable[[Path], Path]
PICTURED = "a picture of a stamp"  # which takes tesseract


# --- PDFs


def _page(drawing: Drawing, words: str) -> Drawing:
    return drawing.text(f"{words} {FILLER}"[:90])


def stamped(path: Path) -> Path:
    """A stamp that a reader's program laid over the page: an annotation, with letters of its own."""
    drawing = Drawing(path)
    _page(drawing, "OPENone").page()
    _page(drawing, "SHUTone")
    drawing.canvas.freeTextAnnotation("EXEMPT", Rect=(200, 760, 400, 800), DA="/Helv 24 Tf 1 0 0 rg")
    return drawing.page().done()


def noted(path: Path) -> Path:
    drawing = Drawing(path)
    _page(drawing, "OPENone").page()
    _page(drawing, "SHUTone")
    drawing.canvas.textAnnotation("This page is exempt from publication.", Rect=(500, 760, 520, 780))
    return drawing.page().done()


def pictured(path: Path) -> Path:
    """A rubber stamp: a picture of a word upon a page of text."""
    image = Image.new("RGB", (600, 130), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((4, 4, 595, 125), outline=(200, 0, 0), width=6)
    pen.text((30, 20), "CONFIDENTIAL", fill=(200, 0, 0), font=ImageFont.load_default(78))
    held = BytesIO()
    image.save(held, "PNG")
    drawing = Drawing(path)
    _page(drawing, "OPENone").page()
    drawing.canvas.drawImage(ImageReader(BytesIO(held.getvalue())), 180, 740, 230, 50)
    drawing.y = 140
    _page(drawing, "SHUTone")
    return drawing.page().done()


def blacked(path: Path) -> Path:
    """What was struck out with a black bar, and stands under it still."""
    drawing = Drawing(path)
    drawing.text(f"OPENone {FILLER}"[:90])
    y = drawing.y
    drawing.text("SHUTone bought the depot for 4,815,162 pounds.")
    drawing.canvas.setFillColorRGB(0, 0, 0)
    drawing.canvas.rect(55, 841 - y - 14, 420, 18, stroke=0, fill=1)
    return drawing.text(f"OPENtwo {FILLER}"[:90]).page().done()


def coloured(ink: tuple[float, float, float], ground: tuple[float, float, float]) -> Make:
    def make(path: Path) -> Path:
        drawing = Drawing(path)
        drawing.text(f"OPENone {FILLER}"[:90])
        drawing.canvas.setFillColorRGB(*ground)
        drawing.canvas.rect(50, 841 - drawing.y - 16, 430, 22, stroke=0, fill=1)
        drawing.canvas.setFillColorRGB(*ink)
        drawing.text("SHUTone bought the depot for 4,815,162 pounds.")
        drawing.canvas.setFillColorRGB(0, 0, 0)
        return drawing.text(f"OPENtwo {FILLER}"[:90]).page().done()

    return make


def banner(path: Path) -> Path:
    """White letters on a red band."""
    drawing = Drawing(path)
    _page(drawing, "OPENone").page()
    drawing.canvas.setFillColorRGB(0.8, 0, 0)
    drawing.canvas.rect(50, 730, 300, 30, stroke=0, fill=1)
    drawing.canvas.setFillColorRGB(1, 1, 1)
    drawing.at("EXEMPT", 150, 90, 16)
    drawing.canvas.setFillColorRGB(0, 0, 0)
    drawing.y = 140
    return _page(drawing, "SHUTone").page().done()


def leaning(path: Path) -> Path:
    """A stamp that leans a little, as those put on by hand do."""
    drawing = Drawing(path)
    _page(drawing, "OPENone").page()
    _page(drawing, "SHUTone")
    drawing.canvas.translate(300, 400)
    drawing.canvas.rotate(12)
    drawing.canvas.setFont("Helvetica-Bold", 18)
    drawing.canvas.drawString(0, 0, "EXEMPT")
    return drawing.page().done()


def labelled(path: Path) -> Path:
    """The exempt pages counted apart: Exempt-1, Exempt-2."""
    canvas = Canvas(str(path), invariant=True)
    for word in ("OPENone", "SHUTone", "SHUTtwo"):
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60, 700, f"{word} {FILLER}"[:90])
        canvas.showPage()
    canvas.addPageLabel(0, style="ARABIC", start=1)
    canvas.addPageLabel(1, style="ARABIC", start=1, prefix="Exempt-")
    canvas.save()
    return path


def on_its_side(path: Path) -> Path:
    """A page turned to be shown, its mark at what is then its head."""
    drawing = Drawing(path)
    _page(drawing, "OPENone").page()
    drawing.canvas.setPageRotation(90)
    drawing.canvas.saveState()
    drawing.canvas.rotate(90)
    drawing.canvas.setFont("Helvetica", 10)
    drawing.canvas.drawString(60, -40, "NOT FOR PUBLICATION")
    drawing.canvas.drawString(60, -200, f"SHUTone {FILLER}"[:90])
    drawing.canvas.restoreState()
    return drawing.page().done()


def titled(title: str) -> Make:
    return lambda path: draw(path, [["# Depot", f"SHUTone {FILLER}"], [f"SHUTtwo {FILLER}"]], title)


def told_by(field: str) -> Make:
    """What a PDF's other fields say of it."""

    def make(path: Path) -> Path:
        drawing = Drawing(path)
        getattr(drawing.canvas, f"set{field}")("Exempt under paragraph 3 of Schedule 12A")
        return _page(drawing, "SHUTone").page().done()

    return make


def outlined(*entries: str) -> Make:
    return lambda path: draw(
        path,
        [["# Report", f"{'SHUT' if n == 2 else 'OPEN'}{n} {FILLER}"] for n in (1, 2, 3)][: len(entries)],
        outline=entries,
    )


def within(path: Path) -> Path:
    """An outline that repeats what stands within the page."""
    page = [
        "# Minutes",
        f"OPENone {FILLER}",
        "# Restricted items",
        "There were no restricted items.",
        "# Trees",
        FILLER,
    ]
    return draw(path, [page], outline=["Restricted items"])


PDFS: dict[str, Make] = {
    "a stamp laid on": stamped, "a note laid on": noted, PICTURED: pictured, "blacked out": blacked,
    "white on white": coloured((1, 1, 1), (1, 1, 1)), "black on black": coloured((0, 0, 0), (0, 0, 0)),
    "a banner": banner, "a leaning stamp": leaning, "page labels": labelled, "on its side": on_its_side,
    "a title: an appendix": titled("Exempt Appendix 2 - Offers received"),
    "a title: of part two": titled("Item 9 - Sale of the depot - PART II"),
    "a title: in the midst": titled("Depot sale EXEMPT v3 final"), "keywords": told_by("Keywords"),
    "a subject": told_by("Subject"), "an outline's part two": outlined("Part 1", "PART II"),
    "an outline of headings": within,
}  # fmt: skip


# --- names and folders

NAMES = (
    "Appendix B CONFIDENTIAL v2.pdf", "item-9-part-ii-depot.pdf", "Exempt - Depot sale.pdf",
    "depot sale (exempt) final.pdf", "Depot EXEMPT - PUBLIC meeting 5 March.pdf", "5-march-pink-papers.pdf",
    "Cabinet_PRIVATE_2025-03-05.pdf", "exempt/depot.pdf", "Part 2 papers/depot.pdf",
)  # fmt: skip


# --- workbooks


def book(change: Callable[[Workbook], None]) -> Make:
    """A workbook of two tabs, with something changed."""

    def make(path: Path) -> Path:
        made = Workbook()
        del made["Sheet"]
        for name, word in (("Quarter 1", "OPENone"), ("Quarter 2", "OPENtwo")):
            tab = made.create_sheet(name)
            for row in (["Measure", "Jan-21", "Feb-21", "Mar-21"], [f"{word} calls", "4%", "5%", "6%"]):
                tab.append(row)
        change(made)
        path = path.with_suffix(".xlsx")
        made.save(path)
        return path

    return make


def _hidden_row(made: Workbook) -> None:
    made["Quarter 1"].append(["SHUTone calls", "7%", "8%", "9%"])
    made["Quarter 1"].row_dimensions[3].hidden = True


def _hidden_column(made: Workbook) -> None:
    tab = made["Quarter 1"]
    tab["E1"], tab["E2"] = "SHUTone", "7%"
    tab.column_dimensions["E"].hidden = True


def _flat_column(made: Workbook) -> None:
    _hidden_column(made)
    made["Quarter 1"].column_dimensions["E"].hidden = False
    made["Quarter 1"].column_dimensions["E"].width = 0.1


def _hidden_tab(made: Workbook) -> None:
    tab = made.create_sheet("Working")
    tab.append(["Measure", "Jan-21", "Feb-21"])
    tab.append(["SHUTone", "7%", "8%"])
    tab.sheet_state = "veryHidden"


def _white(made: Workbook) -> None:
    made["Quarter 1"].append(["SHUTone calls", "7%", "8%", "9%"])
    for cell in made["Quarter 1"][3]:
        cell.font = Font(color="FFFFFFFF")


def _commented(made: Workbook) -> None:
    made["Quarter 1"]["A2"].comment = Comment("SHUTone is exempt", "x")


def _comment_closes(made: Workbook) -> None:
    tab = made.create_sheet("Bids")
    tab.append(["Measure", "Jan-21", "Feb-21"])
    tab.append(["SHUTone", "7%", "8%"])
    tab["A1"].comment = Comment("NOT FOR PUBLICATION", "x")


def _last_row(made: Workbook) -> None:
    tab = made.create_sheet("Bids")
    for row in (["Measure", "Jan-21", "Feb-21"], ["SHUTone", "7%", "8%"], [], ["This sheet is confidential"]):
        tab.append(row)


def _category(made: Workbook) -> None:
    for tab in made.worksheets:
        for row in tab.iter_rows():
            for cell in row:
                cell.value = str(cell.value).replace("OPEN", "SHUT")
    made.properties.category = "Exempt"


BOOKS: dict[str, Make] = {
    "a hidden row": book(_hidden_row), "a hidden column": book(_hidden_column), "a column of no width":
    book(_flat_column), "a hidden tab": book(_hidden_tab), "white cells": book(_white), "a comment": book(_commented),
    "a comment that closes": book(_comment_closes), "a tab's last row": book(_last_row), "a category": book(_category),
}  # fmt: skip


# --- documents


def word(change: Callable[..., None]) -> Make:
    def make(path: Path) -> Path:
        made = Document()
        change(made)
        path = path.with_suffix(".docx")
        made.save(str(path))
        return path

    return make


def _hidden_text(made: Any) -> None:
    made.add_paragraph(f"OPENone {FILLER}")
    run = made.add_paragraph(f"OPENtwo {FILLER}").add_run("SHUTone was the buyer.")
    run.font.hidden = True


def _watermark(made: Any) -> None:
    made.add_paragraph(f"SHUTone {FILLER}")
    head = made.sections[0].header.paragraphs[0]
    head._p.append(parse_xml(
        f'<w:r {nsdecls("w")}><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="Mark" type="#_x0000_t136" '
        'style="width:400pt;height:100pt"><v:textpath string="CONFIDENTIAL"/></v:shape></w:pict></w:r>'
    ))  # fmt: skip


def _status(made: Any) -> None:
    made.add_paragraph(f"SHUTone {FILLER}")
    made.core_properties.content_status = "Exempt"


def _comment(made: Any) -> None:
    paragraph = made.add_paragraph(f"SHUTone {FILLER}")
    made.add_comment(paragraph.runs, "Exempt - not for publication", author="x")


def _footnote_closes(made: Any) -> None:
    made.add_heading("Performance", 1)
    made.add_paragraph(f"OPENone {FILLER}")
    made.add_page_break()
    made.add_heading("Offers", 1)
    made.add_paragraph(f"SHUTone {FILLER}")
    made.add_paragraph("This section is not for publication.")


def sensitivity(path: Path) -> Path:
    """A label that an office's program put on the file."""
    made, held = Document(), BytesIO()
    made.add_paragraph(f"SHUTone {FILLER}")
    made.save(held)
    path = path.with_suffix(".docx")
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    custom = (
        f'<?xml version="1.0"?><Properties xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="MSIP_Label_1_Name">'
        "<vt:lpwstr>OFFICIAL-SENSITIVE</vt:lpwstr></property></Properties>"
    )
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("docProps/custom.xml", custom)
    return path


DOCUMENTS: dict[str, Make] = {
    "hidden text": word(_hidden_text), "a watermark": word(_watermark), "a status": word(_status),
    "a comment on it": word(_comment), "a sentence at the end": word(_footnote_closes), "a label": sensitivity,
}  # fmt: skip


FILES = {name: make for name, make in (PDFS | BOOKS | DOCUMENTS).items() if name != PICTURED or available()}


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_shuts_is_not_told(tmp_path: Path, name: str) -> None:
    """By what is laid over it, hidden in it or said of it."""
    path = FILES[name](tmp_path / "a.pdf")
    said = told(read_pack(path, path.name))
    assert "SHUT" not in said["open"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_shuts(tmp_path: Path, name: str) -> None:
    """A file's name, or that of the folder in which it came."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    draw(path, [["# Depot", f"SHUTone {FILLER}"], [f"SHUTtwo {FILLER}"]])
    assert "SHUT" not in told(read_pack(path, path.name))["open"]
