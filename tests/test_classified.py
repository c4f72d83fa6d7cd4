"""What of a paper is exempt, for the ways in which councils mark it: every paper holds what is OPEN and what is SHUT.

A page is a list of lines: "# " is a heading, "^ " stands at the page's head, "_ " at its foot, "| " is a table's row.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from corpus.paper import Pack
from indexer.extract import extract
from indexer.reader import read_pack
from tests.drawing import Drawing

Paper = Sequence[Sequence[str]]

FILLER = "The service was delivered as planned and members were content with what they heard about it."


def draw(path: Path, paper: Paper, title: str = "", outline: Sequence[str] = ()) -> Path:
    """The paper as a PDF; `outline` has one entry a page, "" for none."""
    drawing = Drawing(path, title)
    for number, page in enumerate(paper):
        if number < len(outline) and outline[number]:
            drawing.mark(outline[number])
        rows: list[list[str]] = []
        for line in [*page, ""]:
            if line.startswith("| "):
                rows.append([cell.strip() for cell in line.strip("| ").split("|")])
                continue
            if rows:
                drawing.table(rows, [400 / len(rows[0])] * len(rows[0]))
                rows = []
            if line.startswith("^ "):
                drawing.at(line[2:], 60, 20, 9)
            elif line.startswith("_ "):
                drawing.at(line[2:], 60, 815, 9)
            elif line.startswith("# "):
                drawing.text(line[2:], size=14, bold=True)
            elif line:
                drawing.text(line)
        drawing.page()
    return drawing.done()


def write(path: Path, paper: Paper) -> Path:
    """The paper as a text file, a form feed between its pages."""
    pages = [
        "".join(f"\n{_row(line)}" if line[0] == "|" else f"\n\n{line.lstrip('#^_ ')}" for line in p) for p in paper
    ]
    path.write_text("\f".join(pages), encoding="utf-8")
    return path


def _row(line: str) -> str:
    return "\t".join(cell.strip() for cell in line.strip("| ").split("|"))


def told(pack: Pack) -> dict[str, str]:
    """What the paper's passages and records tell the public ("open"), and the cleared alone ("shut")."""
    found = extract(pack)
    said = {"open": [], "shut": []}  # type: dict[str, list[str]]
    for passage in found.passages:
        said["shut" if passage.exempt else "open"].append(f"{passage.heading} {passage.text}")
    for seen in found.observations:
        measure = f"{seen.measure.service} {seen.measure.name}"
        said["shut" if seen.exempt else "open"].append(f"{measure} {seen.entity} {seen.quote}")
    for aim in found.targets:
        said["shut" if aim.exempt else "open"].append(f"{aim.measure.service} {aim.measure.name} {aim.quote}")
    for record in found.records:
        said["shut" if record.exempt else "open"].append(f"{' '.join(record.fields.values())} {record.quote}")
    return {way: " ".join(texts) for way, texts in said.items()}


AGENDA = ["# Agenda", "Aldbury District Council Cabinet, 5 March 2025"]

PAPERS: dict[str, Paper] = {
    "an item listed as exempt, its pages much later": [
        [*AGENDA, "# 1. Minutes", "# 2. Performance", "# 3. Sale of the depot (Exempt)", "# 4. The next meeting"],
        ["^ Agenda Item 1", "# Minutes", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Performance", f"OPENtwo {FILLER}"],
        [f"OPENthree {FILLER}"],
        ["^ Agenda Item 3", "# Sale of the depot", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}", f"SHUTthree {FILLER}"],
    ],
    "part two of the agenda": [
        [*AGENDA, "# PART I - PUBLIC", "# 1. Minutes", "# PART II - EXEMPT", "# 2. Sale of the depot"],
        ["^ Agenda Item 1", "# Minutes", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "exclusion of the press as an item": [
        [*AGENDA, "# 1. Minutes", "# 2. Exclusion of the press and public", "# 3. Sale of the depot"],
        ["^ Agenda Item 1", "# Minutes", f"OPENone {FILLER}"],
        ["^ Agenda Item 3", "# Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "exclusion of the press, its resolution between the items, nothing stamped": [
        ["# Minutes of the last meeting", f"OPENone {FILLER}"],
        ["# 7 Exclusion of press and public", "To resolve that the press and public be excluded."],
        ["# Sale of the depot", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "a page marked in its head only": [
        ["# Report on the depot", f"OPENone {FILLER}"],
        ["^ NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "a page marked in its foot only": [
        ["# Report on the depot", f"OPENone {FILLER}"],
        ["# The offers", f"SHUTone {FILLER}", "_ CONFIDENTIAL - Page 2"],
        [f"SHUTtwo {FILLER}", "_ CONFIDENTIAL - Page 3"],
    ],
    "pink papers": [
        ["# Report on the depot", f"OPENone {FILLER}"],
        ["^ PINK PAPERS", "# The offers", f"SHUTone {FILLER}"],
    ],
    "an appendix exempt, its report public": [
        ["# Report on the depot", f"OPENone {FILLER}", "Appendix 2 is exempt under paragraph 3 of Schedule 12A.",
         f"OPENtwo {FILLER}"],
        ["# Appendix 1 - Plan of the site", f"OPENthree {FILLER}"],
        ["# Exempt Appendix 2 - Offers received", f"SHUTone {FILLER}"],
    ],
    "a restricted supplement, marked on its cover alone": [
        ["# RESTRICTED SUPPLEMENT", "# Agenda", "Cabinet, 5 March 2025", "# 1. Sale of the depot", "# 2. Write-offs"],
        ["^ Agenda Item 1", "# Sale of the depot", f"SHUTone {FILLER}"],
        ["^ Agenda Item 2", "# Write-offs", f"SHUTtwo {FILLER}"],
    ],
    "not for publication on the cover alone": [
        ["# Cabinet", "# Confidential agenda supplement", "NOT FOR PUBLICATION", "5 March 2025"],
        ["# Sale of the depot", f"SHUTone {FILLER}"],
        ["# Write-offs", f"SHUTtwo {FILLER}"],
    ],
    "a cell of the report's front table": [
        ["# Performance", f"OPENone {FILLER}"],
        ["# Sale of the depot", "| Report of | Head of Property |", "| Classification | Exempt |", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "a question answered in the report's front table": [
        ["| Exempt information? | No |", "| Key decision? | Yes |", "# Performance", f"OPENone {FILLER}"],
        [f"OPENtwo {FILLER}"],
    ],
    "a sentence at the end of the first page": [
        ["# Sale of the depot", f"SHUTone {FILLER}", f"SHUTtwo {FILLER}",
         "This report is exempt from publication under paragraph 3 of Part 1 of Schedule 12A."],
        [f"SHUTthree {FILLER}"],
    ],
    "a heading half down the page": [
        ["# Performance", f"OPENone {FILLER}", f"OPENtwo {FILLER}", f"OPENthree {FILLER}", f"OPENfour {FILLER}",
         f"OPENfive {FILLER}", f"OPENsix {FILLER}", f"OPENseven {FILLER}", f"OPENeight {FILLER}", f"OPENnine {FILLER}",
         "# PART 2 - EXEMPT ITEMS", "# 9. Sale of the depot", f"SHUTone {FILLER}", f"SHUTtwo {FILLER}"],
        [f"SHUTthree {FILLER}"],
    ],
    "minutes with an exempt minute": [
        ["# Minutes of the Cabinet, 5 February 2025", "# 40 Performance", f"OPENone {FILLER}",
         "# 41 Exempt minute - Sale of the depot", f"SHUTone {FILLER}", f"SHUTtwo {FILLER}"],
    ],
    "an exempt report between public ones": [
        ["^ Agenda Item 1", "# Performance", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Sale of the depot", "CONFIDENTIAL", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
        ["^ Agenda Item 3", "# Waste", f"OPENtwo {FILLER}"],
    ],
    "a figure in an exempt table": [
        ["# Performance", f"OPENone {FILLER}"],
        ["# Confidential annex", f"SHUTone {FILLER}", "| Measure | Jan-21 | Feb-21 |", "| SHUTtwo calls | 4% | 5% |"],
    ],
}  # fmt: skip

PAPERS |= {
    "a note under the item in the list": [
        [*AGENDA, "# 1. Performance", "Report of the director", "# 2. Sale of the depot",
         "Not for publication by virtue of paragraph 3", "# 3. Waste"],
        ["^ Agenda Item 1", "# Performance", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Sale of the depot", f"SHUTone {FILLER}"],
        ["^ Agenda Item 3", "# Waste", f"OPENtwo {FILLER}"],
    ],
    "a list whose papers nothing but their titles head": [
        [*AGENDA, "1. Minutes", "2. Performance of the contact centre", "3. Sale of the depot (Exempt)",
         "4. Waste plan"],
        ["# Minutes", f"OPENone {FILLER}"],
        ["# Performance of the contact centre", f"OPENtwo {FILLER}", f"OPENthree {FILLER}"],
        ["# Sale of the depot", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
        ["# Waste plan", f"OPENfour {FILLER}"],
    ],
    "all on one page": [
        [*AGENDA, "1. Minutes", "2. Performance", "3. Sale of the depot (Exempt)", "4. Waste plan",
         f"OPENzero {FILLER}",
         "# 1. Minutes", f"OPENone {FILLER}", "# 2. Performance", f"OPENtwo {FILLER}",
         "# 3. Sale of the depot", f"SHUTone {FILLER}", f"SHUTtwo {FILLER}", "# 4. Waste plan", f"OPENthree {FILLER}"],
    ],
    "items headed by their numbers": [
        ["# Agenda Item 5: Performance", f"OPENone {FILLER}", "# Agenda Item 6: Sale of the depot",
         "This report is not for publication by virtue of paragraph 3.", f"SHUTone {FILLER}",
         "# Agenda Item 7: Waste", f"OPENtwo {FILLER}"],
    ],
    "a sheet between the parts": [
        ["^ Agenda Item 1", "# Performance", f"OPENone {FILLER}"],
        ["# PART II", "Items from which the press and public are excluded"],
        ["^ Agenda Item 2", "# Sale of the depot", f"SHUTone {FILLER}"],
        ["^ Agenda Item 3", "# Write-offs", f"SHUTtwo {FILLER}"],
    ],
    "open again after the exempt part": [
        ["# Performance", "PUBLIC REPORT", f"OPENone {FILLER}"],
        ["# Sale of the depot", "Classification: Exempt", f"SHUTone {FILLER}"],
        ["# Waste", "Classification: Public", f"OPENtwo {FILLER}"],
    ],
    "appendices of both kinds in a list, and the closed one": [
        ["# Report on the depot", f"OPENone {FILLER}", "# Appendices", "Appendix 1 - Plan of the site",
         "Appendix 2 - Offers (exempt)", f"OPENtwo {FILLER}"],
        ["# Appendix 1 - Plan of the site", f"OPENthree {FILLER}"],
        ["# Appendix 2 - Offers (exempt)", f"SHUTone {FILLER}"],
    ],
    "the words at the foot of the text, not of the page": [
        ["# Report on the depot", f"OPENone {FILLER}"],
        ["# Offers", f"SHUTone {FILLER}", "EXEMPT"],
    ],
    "a heading in the minutes": [
        ["# Minutes of the Cabinet, 5 February 2025", "# 40 Performance", f"OPENone {FILLER}",
         "# 41 Exclusion of the press and public", "RESOLVED that the public be excluded.",
         "# 42 Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "a closed table on a page of its own title": [
        ["# Performance", f"OPENone {FILLER}", "| Council | Jan-21 | Feb-21 | Mar-21 | Apr-21 |",
         "| OPENtwo | 1% | 2% | 3% | 4% |"],
        ["# Performance of the contractor (not for publication)", "| Council | Jan-21 | Feb-21 | Mar-21 | Apr-21 |",
         "| SHUTone | 1% | 2% | 3% | 4% |"],
    ],
}  # fmt: skip

PUBLIC: dict[str, Paper] = {
    "appendices of both kinds in a table": [
        ["# Report on the depot", "| Appendices | Appendix 1 (public), Appendix 2 (exempt) |", f"OPENone {FILLER}"],
        [f"OPENtwo {FILLER}"],
    ],
    "figures that were not published": [
        ["# Performance", "| Measure | March |", "| Survey | Not published |", f"OPENone {FILLER}"],
        [f"OPENtwo {FILLER}"],
    ],
    "an agenda with an exempt item that is not in the pack": [
        [*AGENDA, "# 1. Minutes", "# 2. Performance", "# 3. Sale of the depot (Exempt)", f"OPENzero {FILLER}"],
        ["^ Agenda Item 1", "# Minutes", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Performance", f"OPENtwo {FILLER}"],
    ],
    "minutes that excluded the public, before public reports": [
        [*AGENDA, "# 1. Minutes", "# 2. Performance"],
        ["^ Agenda Item 1", "# Minutes", f"OPENone {FILLER}", f"OPENtwo {FILLER}"],
        ["^ Agenda Item 2", "# Performance", f"OPENthree {FILLER}", "# 6 Confidential information", "None."],
    ],
    "nothing exempt in it, as it says": [
        ["# Performance", "PUBLIC REPORT", f"OPENone {FILLER}", "# 8. Exempt information", "There is none in it."],
        [f"OPENtwo {FILLER}"],
    ],
    "no exempt items, as the agenda says": [
        [*AGENDA, "# 1. Minutes", "# 2. Performance", "There are no exempt items."],
        ["^ Agenda Item 1", "# Minutes", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Performance", f"OPENtwo {FILLER}"],
    ],
    "part one": [["# Performance", "Part I - open to the public", f"OPENone {FILLER}"], [f"OPENtwo {FILLER}"]],
    "words of housing, taxes and roads": [
        ["# Private Sector Housing", f"OPENone {FILLER}", "# Exempt properties", f"OPENtwo {FILLER}"],
        ["# Housing (private sector)", f"OPENthree {FILLER}", "# Restricted byways", f"OPENfour {FILLER}"],
        ["# Confidential reporting policy", f"OPENfive {FILLER}", "# Private hire licences", f"OPENsix {FILLER}"],
        ["# Supported exempt accommodation", f"OPENseven {FILLER}", "# Part 2 - Performance", f"OPENeight {FILLER}"],
    ],
    "what the law says of exemption": [
        ["# Access to information rules", f"OPENone {FILLER}",
         "Exempt information is what Schedule 12A of the Local Government Act 1972 lists, such as a contractor's",
         "affairs. The public may be excluded while it is discussed.", f"OPENtwo {FILLER}"],
        ["The press and public were excluded from one meeting last year.", f"OPENthree {FILLER}"],
    ],
    "an exempt annex that is elsewhere": [
        ["# Performance", f"OPENone {FILLER}", "A separate exempt report was sent to members.", f"OPENtwo {FILLER}"],
        [f"OPENthree {FILLER}"],
    ],
}  # fmt: skip


PAPERS |= {
    "agenda as a table": [
        ["# Agenda", "Cabinet, 5 March 2025", "| Item | Title | Pages |", "| 1 | Minutes | 2 |",
         "| 2 | Performance | 3 |", "| 3 | Sale of the depot (Exempt) | 4 |"],
        ["^ Agenda Item 1", "# Minutes", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Performance", f"OPENtwo {FILLER}"],
        ["^ Agenda Item 3", "# Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "agenda table with part ii row": [
        ["# Agenda", "Cabinet, 5 March 2025", "| 1 | Minutes |", "| 2 | Performance |", "| PART II | EXEMPT |",
         "| 3 | Sale of the depot |"],
        ["^ Agenda Item 1", "# Minutes", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Performance", f"OPENtwo {FILLER}"],
        ["^ Agenda Item 3", "# Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "CMIS style agenda": [
        ["CABINET", "Tuesday, 4 March 2025", "AGENDA", "PART 1 (Public)", "1. MINUTES", "2. PERFORMANCE",
         "PART 2 (Private)", "Reports for consideration with the press and public excluded",
         "3. SALE OF THE DEPOT"],
        ["# MINUTES", f"OPENone {FILLER}"],
        ["# PERFORMANCE", f"OPENtwo {FILLER}"],
        ["# SALE OF THE DEPOT", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "wrapped mark": [
        ["# Performance", f"OPENone {FILLER}"],
        ["# Sale of the depot", "NOT FOR", "PUBLICATION", f"SHUTone {FILLER}"],
    ],
    "spaced letters": [
        ["# Performance", f"OPENone {FILLER}"],
        ["C O N F I D E N T I A L", "# Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "label on its own line": [
        ["# Performance", f"OPENone {FILLER}"],
        ["# Sale of the depot", "Classification:", "Exempt", f"SHUTone {FILLER}"],
    ],
    "lower mark after intro": [
        ["# Performance", f"OPENone {FILLER}"],
        ["# Sale of the depot",
         "SHUTzero This report asks members to agree the sale to the bidder named below and to note it.",
         "Exempt information under paragraph 3", f"SHUTone {FILLER}"],
    ],
    "by reason of": [
        ["# Performance", f"OPENone {FILLER}"],
        ["# Sale of the depot", "(Report exempt by reason of paragraph 3)", f"SHUTone {FILLER}"],
    ],
    "exempt asterisk": [
        ["# Agenda", "1. Minutes", "2. Performance", "3. * Sale of the depot", "* Denotes an exempt item"],
        ["^ Agenda Item 1", "# Minutes", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Performance", f"OPENtwo {FILLER}"],
        ["^ Agenda Item 3", "# Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "closed again later item": [
        ["^ Agenda Item 1", "# Minutes", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Sale", "EXEMPT", f"SHUTone {FILLER}"],
        ["^ Agenda Item 3", "# Waste", f"OPENtwo {FILLER}"],
        ["^ Agenda Item 4", "# Write-offs", "NOT FOR PUBLICATION", f"SHUTtwo {FILLER}"],
    ],
    "minutes exempt section then next": [
        ["# Minutes of Cabinet, 5 February 2025", "# 1. Apologies", f"OPENone {FILLER}",
         "# 2. Exclusion of press and public", "Resolved", "# 3. Sale of the depot", f"SHUTone {FILLER}"],
        ["^ Agenda Item 2", "# Waste", f"SHUTmaybe {FILLER}"],
    ],
    "restricted minutes doc": [
        ["# Restricted minutes", "Cabinet, 5 March 2025", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "email header": [
        ["# Performance", f"OPENone {FILLER}"],
        ["^ Official - Sensitive", "# Staff restructure", f"SHUTone {FILLER}"],
    ],
    "paragraph numbering inside exempt": [
        ["# 1. Performance", f"OPENone {FILLER}", "# 2. Sale of the depot (Exempt)", f"SHUTone {FILLER}",
         "# 1. Introduction", f"SHUTtwo {FILLER}", "# 2. Background", f"SHUTthree {FILLER}", "# 3. Offers",
         f"SHUTfour {FILLER}"],
    ],
    "exempt lower": [
        ["# Report to Cabinet", f"OPENone {FILLER}"],
        ["appendix b - exempt", f"SHUTone {FILLER}"],
    ],
    "yes table": [
        ["# Report to Cabinet", "| Key decision | Yes |", "| Exempt | Yes, paragraph 3 |", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
}  # fmt: skip

PUBLIC |= {
    "public table": [
        ["# Report to Cabinet", "| Key decision | Yes |", "| Exempt | No |", f"OPENone {FILLER}"],
        [f"OPENtwo {FILLER}"],
    ],
    "implications table": [
        ["# Report to Cabinet", f"OPENone {FILLER}", "| Implications | |", "| Confidentiality | None |",
         "| Legal | None |", f"OPENtwo {FILLER}"],
    ],
    "confidentiality section": [
        ["# Report to Cabinet", f"OPENone {FILLER}", "# 9. Confidentiality",
         "This report contains no confidential information.", f"OPENtwo {FILLER}"],
        [f"OPENthree {FILLER}"],
    ],
    "exempt accommodation": [
        ["# Supported exempt accommodation review", f"OPENone {FILLER}",
         "The council has 40 exempt accommodation schemes.", f"OPENtwo {FILLER}"],
        ["# Exempt accommodation: performance", f"OPENthree {FILLER}"],
    ],
    "law": [
        ["# Constitution: access to information", f"OPENone {FILLER}", "# Confidential information",
         "Confidential information means what a Government department gave to the council on terms.",
         f"OPENtwo {FILLER}", "# Exempt information",
         "Exempt information means information falling within the seven categories.", f"OPENthree {FILLER}"],
    ],
    "forward plan": [
        ["# Forward plan of decisions", "| Decision | Date | Open or exempt |",
         "| Waste contract | May 2025 | Open |", "| Depot sale | June 2025 | Exempt |", f"OPENone {FILLER}"],
        [f"OPENtwo {FILLER}"],
    ],
    "recommendation to exclude": [
        ["# Performance", f"OPENone {FILLER}", "# 5. Recommendations",
         "That the press and public be excluded when the exempt appendix is discussed.", f"OPENtwo {FILLER}"],
        [f"OPENthree {FILLER}"],
    ],
    "see exempt": [
        ["# Performance", f"OPENone {FILLER}", "(see exempt appendix 2)", f"OPENtwo {FILLER}",
         "Full figures are in the confidential annex.", f"OPENthree {FILLER}"],
    ],
    "note of part ii": [
        ["# Performance", f"OPENone {FILLER}", "Part II report refers.", f"OPENtwo {FILLER}"],
    ],
    "performance parts": [
        ["# Performance report", "# Part 1", "# Corporate", f"OPENone {FILLER}", "# Part 2", "# Services",
         f"OPENtwo {FILLER}"],
    ],
}  # fmt: skip


def _checks(papers: dict[str, Paper]) -> list[object]:
    ways: tuple[tuple[str, Callable[[Path, Paper], Path]], ...] = (("a.pdf", draw), ("a.txt", write))
    return [
        pytest.param(paper, way, name, id=f"{what} ({name[2:]})")
        for what, paper in papers.items()
        for name, way in ways
    ]


@pytest.mark.parametrize(("paper", "way", "name"), _checks(PAPERS | PUBLIC))
def test_what_is_shut_is_exempt_and_what_is_open_is_not(
    tmp_path: Path, paper: Paper, way: Callable[[Path, Paper], Path], name: str
) -> None:
    """Nothing that a paper shuts is told to the public, and what it leaves open is."""
    said = told(read_pack(way(tmp_path / name, paper), name))
    words = [word for page in paper for line in page for word in line.split() if word.startswith(("OPEN", "SHUT"))]
    assert words
    assert [word for word in words if word in said["open"]] == [word for word in words if word.startswith("OPEN")]


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
