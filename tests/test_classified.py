"""What of a paper is exempt, for the ways in which councils mark it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.marked import AGENDA, FILLER, Paper, checks, hold

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
    "a cover that bars the public in a line of the law, above its agenda": [
        ["# Fernley Borough Council", "# Staffing Committee, 5 March 2025",
         "CONFIDENTIAL: NOT FOR PUBLICATION by virtue of paragraphs 1 and 4 of Part 1 of Schedule 12A of the Local "
         "Government Act 1972 SHUTone", "# Agenda", "# 1. Redundancies"],
        ["^ Agenda Item 1", "# Redundancies", f"SHUTtwo {FILLER}"],
    ],
    "a cover that begins to say so in a sentence of its own": [
        ["# Fernley Borough Council", "Strictly private and confidential. Not for publication (Local Government Act "
         "1972, Schedule 12A, Part 1, paragraphs 1, 2 and 4). SHUTone", "# Agenda", "# 1. Redundancies"],
        ["^ Agenda Item 1", "# Redundancies", f"SHUTtwo {FILLER}"],
    ],
    "a cover that says that nothing of it is confidential": [
        ["# Cabinet, 5 March 2025", "This agenda has been published five clear days before the meeting. Copies of the "
         "reports are not confidential. OPENone", "# Agenda", "# 1. Minutes"],
        ["^ Agenda Item 1", "# Minutes", f"OPENtwo {FILLER}"],
    ],
    "a cover that says so of this report, above its agenda": [
        ["# Fernley Borough Council", "# Staffing Committee, 5 March 2025",
         "This report is exempt from publication under paragraph 3 of Schedule 12A.", "# Agenda", "# 1. Redundancies",
         "# 2. Write-offs"],
        ["^ Agenda Item 1", "# Redundancies", f"SHUTone {FILLER}"],
        ["^ Agenda Item 2", "# Write-offs", f"SHUTtwo {FILLER}"],
    ],
    "a cover that says of its papers what must not be done with them": [
        ["# Cabinet, 5 March 2025", "These supplementary papers must not be published or shared.", "# Agenda",
         "# 1. Minutes", "# 2. Sale of the depot"],
        ["^ Agenda Item 1", "# Minutes", f"SHUTone {FILLER}"],
        ["^ Agenda Item 2", "# Sale of the depot", f"SHUTtwo {FILLER}"],
    ],
    "a cover that bars one item by its number": [
        ["# Cabinet, 5 March 2025", "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A of the "
         "Local Government Act 1972: items 2.", "# Agenda", "# 1. Minutes", "# 2. Sale of the depot (Exempt)"],
        ["^ Agenda Item 1", "# Minutes", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Sale of the depot", f"SHUTone {FILLER}"],
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


@pytest.mark.parametrize(("paper", "way", "name"), checks(PAPERS))
def test_what_is_shut_is_exempt_and_what_is_open_is_not(
    tmp_path: Path, paper: Paper, way: Callable[[Path, Paper], Path], name: str
) -> None:
    """Nothing that a paper shuts is told to the public, and what it leaves open is."""
    hold(tmp_path / name, paper, way)
