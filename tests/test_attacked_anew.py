"""Attempts made after those of `test_attacked_marks` and `test_attacked_files` were closed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from indexer.reader import read_pack
from tests.drawing import Drawing
from tests.marked import AGENDA, FILLER, Paper, checks, draw, hold, told

BEGUN = ["# Performance", f"OPENone {FILLER}"]


def report(*marks: str) -> Paper:
    return [BEGUN, ["# Sale of the depot", *marks, f"SHUTone {FILLER}"], [f"SHUTtwo {FILLER}"]]


ANEW: dict[str, Paper] = {
    "by reason of a category": report("Exemption: category 3, financial or business affairs"),
    "not to be made public": [
        ["# Sale of the depot", "This paper must not be made public before completion.", f"SHUTone {FILLER}"]],
    "strictly confidential": report("STRICTLY CONFIDENTIAL: NOT TO LEAVE THE ROOM"),
    "access restricted": report("ACCESS RESTRICTED TO MEMBERS OF THE CABINET"),
    "a public no": report("| Public report? | No |"),
    "a yes of another order": report("| Is the report to be considered in private? | Yes |"),
    "a reason behind it": report("Confidential (commercial terms under negotiation)"),
    "exempt from disclosure": report("Exempt from disclosure under the Freedom of Information Act, section 43"),
    "on the back page": report("CONFIDENTIAL - please return after the meeting"),
    "a closed appendix by letter": [
        ["# Report on the depot", f"OPENone {FILLER}", "Appendix C has been withheld from the public."],
        ["# Appendix C: valuation", f"SHUTone {FILLER}"]],
    "annexes by range": [
        ["# Report on the depot", f"OPENone {FILLER}", "Annexes 2 - 4 are confidential."],
        ["# Annex 1 - Plan", f"OPENtwo {FILLER}"], ["# Annex 3 - Valuation", f"SHUTone {FILLER}"]],
    "the exempt annex of a report": [
        ["# Report on the depot", f"OPENone {FILLER}", "The valuation is in a confidential annex."],
        ["# Confidential annex to item 7", f"SHUTone {FILLER}"]],
    "an item's note in brackets": [
        [*AGENDA, "1. Minutes of the last meeting", "2. Sale of the depot [contains exempt information]"],
        ["# Minutes of the last meeting", f"OPENone {FILLER}"], ["# Sale of the depot", f"SHUTone {FILLER}"]],
    "a heading over the last items": [
        [*AGENDA, "1. Minutes of the last meeting", "PRIVATE AND CONFIDENTIAL BUSINESS", "2. Sale of the depot"],
        ["# Minutes of the last meeting", f"OPENone {FILLER}"], ["# Sale of the depot", f"SHUTone {FILLER}"]],
    "items that are taken without the public": [
        [*AGENDA, "1. Minutes of the last meeting", "2. Sale of the depot", "Item 2 will be taken in private session."],
        ["# Minutes of the last meeting", f"OPENone {FILLER}"], ["# Sale of the depot", f"SHUTone {FILLER}"]],
    "a resolution in the minutes": [
        ["# Minutes of the Cabinet", f"OPENone {FILLER}",
         "RESOLVED that under section 100A(4) the public be excluded from the meeting for the following business.",
         f"SHUTone {FILLER}"]],
    "a minute of its own": [
        ["# Minutes of the Cabinet", "# 40 Performance", f"OPENone {FILLER}", "# 41E CONFIDENTIAL MINUTE",
         f"SHUTone {FILLER}"]],
    "a table's title": [
        BEGUN, ["# Figures", "Confidential: offers received", "| Bidder | Jan-21 | Feb-21 |", "| SHUTone | 4% | 5% |"]],
    "a foot behind the page": [
        BEGUN, ["# Offers", f"SHUTone {FILLER}", "_ Page 7 of 9 EXEMPT"],
        [f"SHUTtwo {FILLER}", "_ Page 8 of 9 EXEMPT"]],
    "in Welsh, by its reason": report("Eithriedig o dan baragraff 14"),
    "openness": report("Openness: Closed"),
    "not open to all": report("Not open to the press or public"),
    "for whom it is": report("For councillors' information only"),
    "a closed part of the list": [
        [*AGENDA, "1. Minutes of the last meeting", "CLOSED PART OF THE MEETING", "2. Sale of the depot"],
        ["# Minutes of the last meeting", f"OPENone {FILLER}"], ["# Sale of the depot", f"SHUTone {FILLER}"]],
    "an item without the public": [
        [*AGENDA, "1. Sale of the depot - to be considered with the press and public excluded", "2. Performance"],
        ["^ Agenda Item 1", "# Sale of the depot", f"SHUTone {FILLER}"],
        ["^ Agenda Item 2", "# Performance", f"OPENone {FILLER}"]],
    "what is attached as": [
        ["# Report on the depot", f"OPENone {FILLER}", "The exempt report is attached as Annex D."],
        ["# Annex D", f"SHUTone {FILLER}"]],
    "a note of a list's last item": [
        [*AGENDA, "1. Performance", "2. Sale of the depot (Para 3)"],
        ["^ Agenda Item 1", "# Performance", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Sale of the depot", f"SHUTone {FILLER}"]],
    "a last line": [BEGUN, ["# Sale of the depot", f"SHUTone {FILLER}", "Part 2 report"]],
    "lower case": report("not for publication - paragraph 1"),
    "in Scots law": report("Private by virtue of paragraph 6 of Part 1 of Schedule 7A"),
}  # fmt: skip


@pytest.mark.parametrize(("paper", "way", "name"), checks(ANEW))
def test_what_a_paper_shuts_is_not_told(
    tmp_path: Path, paper: Paper, way: Callable[[Path, Paper], Path], name: str
) -> None:
    """As a PDF and as a text."""
    hold(tmp_path / name, paper, way)


def _greyed(path: Path) -> Path:
    """Struck out in grey, with letters of the same grey."""
    drawing = Drawing(path)
    drawing.text(f"OPENone {FILLER}"[:90])
    drawing.canvas.setFillColorRGB(0.5, 0.5, 0.5)
    drawing.canvas.rect(50, 841 - drawing.y - 16, 430, 22, stroke=0, fill=1)
    return drawing.text("SHUTone bought the depot.").page().done()


def _named(name: str) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        at = path.parent / name
        at.parent.mkdir(exist_ok=True)
        return draw(at, [["# Depot", f"SHUTone {FILLER}"]])

    return make


def _headed(path: Path) -> Path:
    """A Word document whose first page alone has a head of its own."""
    made = Document()
    made.sections[0].different_first_page_header_footer = True
    made.sections[0].first_page_header.paragraphs[0].text = "Exempt under paragraph 3"
    made.add_paragraph(f"SHUTone {FILLER}")
    made.save(str(path.with_suffix(".docx")))
    return path.with_suffix(".docx")


def _grouped(path: Path) -> Path:
    """A workbook whose rows are folded away."""
    made = Workbook()
    tab = made.active
    assert tab
    for row in (["Measure", "Jan-21", "Feb-21"], ["OPENone", "4%", "5%"], ["SHUTone", "6%", "7%"]):
        tab.append(row)
    tab.row_dimensions.group(3, 3, hidden=True)
    made.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


FILES: dict[str, Callable[[Path], Path]] = {
    "grey on grey": _greyed, "a folder of pink papers": _named("Pink papers/depot.pdf"),
    "a name with a date": _named("2025-03-05 Cabinet (Confidential).pdf"), "a name in capitals":
    _named("RESTRICTED-ITEM-9-DEPOT.pdf"), "a name with a mark before": _named("Confidential Depot valuation.pdf"),
    "a first page's head": _headed, "folded rows": _grouped,
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_shuts_is_not_told(tmp_path: Path, name: str) -> None:
    """By its name, its colours, its heads."""
    path = FILES[name](tmp_path / "a.pdf")
    assert "SHUT" not in told(read_pack(path, path.name))["open"]
