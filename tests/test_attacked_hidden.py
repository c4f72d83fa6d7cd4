"""Files that hold what nobody sees, or that are marked in fields, stamps and words of pictures alone."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches, Pt, RGBColor
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font
from openpyxl.styles.colors import Color
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

from indexer.pages import metadata
from indexer.reader import read_pack
from tests.drawing import HEIGHT, Drawing
from tests.marked import FILLER, told
from tests.test_attacked_files import book, word

Make = Callable[[Path], Path]
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Description '
    'xmlns:p="http://ns.adobe.com/pdfx/1.3/" p:Status="Final"><p:Classification>Confidential</p:Classification>'
    "</r:Description></r:RDF></x:xmpmeta>"
)


def begun(path: Path, second: str = "SHUTone") -> Drawing:
    """A public page, and one that begins with a word."""
    return Drawing(path).text(f"OPENone {FILLER}"[:90]).page().text(f"{second} {FILLER}"[:90])


def noted(subtype: str, **more: str) -> Make:
    """An annotation upon the second page."""

    def make(path: Path) -> Path:
        drawing = begun(path)
        fields = {"Type": PDFName("Annot"), "Subtype": PDFName(subtype), "Rect": PDFArray([50, 740, 480, 790])}
        drawing.canvas._addAnnotation(  # type: ignore[attr-defined]
            PDFDictionary(fields | {key: PDFName(value) for key, value in more.items()})
        )
        return drawing.page().done()

    return make


def covered(cover: Callable[[Drawing, float], object], clip: bool = False) -> Make:
    """Two public lines, and one between them of which nothing is seen."""

    def make(path: Path) -> Path:
        drawing = Drawing(path).text(f"OPENone {FILLER}"[:90])
        top = drawing.y
        if clip:
            cover(drawing, top)
        drawing.text("SHUTone bought the depot for 4,815,162 pounds.")
        if not clip:
            cover(drawing, top)
        else:
            drawing.canvas.restoreState()
        return drawing.text(f"OPENtwo {FILLER}"[:90]).page().done()

    return make


def _picture(drawing: Drawing, top: float) -> None:
    drawing.canvas.drawImage(ImageReader(Image.new("RGB", (50, 10))), 50, HEIGHT - top - 14, 420, 18)


def _clip(drawing: Drawing, _: float) -> None:
    drawing.canvas.saveState()
    path = drawing.canvas.beginPath()
    path.rect(0, 0, 5, 5)
    drawing.canvas.clipPath(path, stroke=0, fill=0)


def filled(path: Path) -> Path:
    """A form's field."""
    drawing = begun(path)
    drawing.canvas.acroForm.textfield(name="Classification", value="Exempt", x=60, y=780, width=120, height=18)
    return drawing.page().done()


def labelled(path: Path) -> Path:
    """A label in the file's own fields."""
    Drawing(path).text(f"SHUTone {FILLER}"[:90]).page().done()
    path.write_bytes(path.read_bytes().replace(b"/Keywords ()", b"/MSIP_Label_3a1_Name (OFFICIAL-SENSITIVE)"))
    return path


def _flat(made: Workbook) -> None:
    made["Quarter 1"].append(["SHUTone calls", "7%", "8%", "9%"])
    made["Quarter 1"].row_dimensions[3].height = 0.5


def _titled_chart(made: Workbook) -> None:
    del made["Quarter 1"], made["Quarter 2"]
    tab = made.create_sheet("Bids")
    for row in (["Measure", "Jan-21", "Feb-21"], ["SHUTone", "7", "8"]):
        tab.append(row)
    drawn = BarChart()
    drawn.title = "Offers received - CONFIDENTIAL"
    drawn.add_data(Reference(tab, min_col=2, min_row=1, max_row=2))
    tab.add_chart(drawn, "E5")


def _white(made: Any) -> None:
    made.add_paragraph(f"OPENone {FILLER}")
    made.add_paragraph("").add_run("SHUTone bought it.").font.color.rgb = RGBColor(255, 255, 255)
    shaded = made.add_paragraph("")
    shaded.add_run("OPENtwo stands white on blue.").font.color.rgb = RGBColor(255, 255, 255)
    shaded._p.get_or_add_pPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="1F4E79"/>'))


def _tiny(made: Any) -> None:
    made.add_paragraph(f"OPENone {FILLER}").add_run("SHUTone bought it.").font.size = Pt(1)


def _ground(made: Workbook) -> None:
    """In the colour of the sheet, as the theme names it."""
    made["Quarter 1"].append(["SHUTone calls", "7%", "8%", "9%"])
    for cell in made["Quarter 1"][3]:
        cell.font = Font(color=Color(theme=0))


def minute(path: Path) -> Path:
    """Letters that nobody could read."""
    drawing = Drawing(path).text(f"OPENone {FILLER}"[:90])
    return drawing.text("SHUTone bought the depot.", size=0.4).page().done()


def _hidden_style(made: Any) -> None:
    made.styles.add_style("Officer note", WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
    made.add_paragraph(f"OPENone {FILLER}")
    made.add_paragraph("SHUTone bought it.", style="Officer note")


def _words_of_a_picture(made: Any) -> None:
    held = BytesIO()
    Image.new("RGB", (50, 20), "red").save(held, "PNG")
    made.add_paragraph(f"SHUTone {FILLER}")
    head = made.sections[0].header
    head.paragraphs[0].add_run().add_picture(held, Inches(1))
    next(part for part in head._element.iter() if part.tag.endswith("}docPr")).set("descr", "Confidential")


FILES: dict[str, Make] = {
    "a stamp by its name": noted("Stamp", Name="NotForPublicRelease"), "a redaction not made": noted("Redact"),
    "under a picture": covered(_picture), "cut off": covered(_clip, clip=True), "a field of a form": filled,
    "a label": labelled, "a flat row": book(_flat), "a chart's title": book(_titled_chart),
    "white letters": word(_white), "a hidden style": word(_hidden_style),
    "letters of no size": minute, "letters of one point": word(_tiny), "the theme's white": book(_ground),
    "a picture's words": word(_words_of_a_picture),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_shuts_is_not_told(tmp_path: Path, name: str) -> None:
    """What it leaves open is told, but where the whole file is marked."""
    path = FILES[name](tmp_path / "a.pdf")
    said = told(read_pack(path, path.name))
    assert "SHUT" not in said["open"]
    assert all(word in said["open"] for word in ("OPENone", "OPENtwo") if word in said["open"] + said["shut"])


def test_half_a_number_is_none(tmp_path: Path) -> None:
    """What is left of a number of which a part is covered would be another number."""
    drawing = Drawing(tmp_path / "a.pdf").text(f"OPENone {FILLER}"[:90])
    top = drawing.y
    drawing.text("It cost 123456789 in all.", size=14)
    drawing.canvas.rect(110, HEIGHT - top - 17, 40, 20, stroke=0, fill=1)
    path = drawing.page().done()
    text = str(told(read_pack(path, path.name)))
    assert "in all" in text and not any(part in text for part in ("123", "789", "56"))


def test_what_a_file_says_of_itself(tmp_path: Path) -> None:
    """In its own dictionary, in either kind of string, and in the packet of XML."""
    held = b"1 0 obj\n<</A (Not \\(for\\) publication)/B <FEFF00450078>/D (D:20250101)>>\nendobj\n"
    held += b"trailer<</Info 1 0 R>>\n"
    (tmp_path / "a.pdf").write_bytes(held + XMP.encode())
    assert set(metadata.said(tmp_path / "a.pdf")) == {"Not (for) publication", "Ex", "Final", "Confidential"}
    (tmp_path / "b.pdf").write_bytes(held + XMP.encode()[:-20])
    assert set(metadata.said(tmp_path / "b.pdf")) == {"Not (for) publication", "Ex"}
