"""What only looks like a mark: words of exemption that close nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.marked import AGENDA, FILLER, Paper, checks, hold

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
    "rules of a constitution": [
        ["# Access to information rules", f"OPENone {FILLER}", "# 10. Exclusion of access by the public to meetings",
         f"OPENtwo {FILLER}", "# 10.4 Meaning of exempt information", f"OPENthree {FILLER}"],
        ["# 11. Exclusion of access by the public to reports", f"OPENfour {FILLER}"],
    ],
    "exempt from tax, as a column says": [
        ["# Fees", "| Charge | VAT | 2024/25 | 2025/26 |", "| OPENone | Standard | £3.00 | £4.10 |",
         "| OPENtwo | Exempt | £1,020.00 | £1,085.00 |", f"OPENthree {FILLER}"],
        [f"OPENfour {FILLER}"],
    ],
    "forward plan of decisions to be taken in private": [
        ["# Forward plan", "| Decision | By | When | Public or private | Contact |",
         "| OPENone | Cabinet | June | Public | S Dale |",
         "| OPENtwo | Cabinet | July | Private - paragraph 3 | P Quick |"],
        [f"OPENthree {FILLER}"],
    ],
    "fields of a front that are denied": [
        ["# Bus services", "| Private and confidential | No |", "| Not for publication | N/A |",
         "| Exempt under Schedule 12A | None of the paragraphs apply |", f"OPENone {FILLER}"],
        [f"OPENtwo {FILLER}"],
    ],
    "appendices of which one that is not here is exempt": [
        ["# A new school", "| Appendix | Title | Exempt? |", "| A | Forecasts | No |",
         "| B | Cost plan | Yes - para 3 (sent to members) |", f"OPENone {FILLER}"],
        ["# Appendix A", "# Forecasts", f"OPENtwo {FILLER}"],
    ],
    "a legend, and nothing that it is about": [
        [*AGENDA, "1 Appeals", "2 Enforcement",
         "Items marked * are exempt and will be taken in private. No such items are here."],
        ["# 1 Appeals", f"OPENone {FILLER}"],
        ["# 2 Enforcement", f"OPENtwo {FILLER}"],
    ],
    "a section on what is exempt in a report that is elsewhere": [
        ["# Catering", f"OPENone {FILLER}", "# Exempt information",
         "The scores are set out in an exempt report elsewhere on this agenda.", f"OPENtwo {FILLER}"],
    ],
    "decisions that are likely to be exempt": [
        ["# Forward plan", "| Decision | Date | Likely to be exempt? |", "| OPENone | 10 February | No |",
         "| OPENtwo | 10 March | Yes - paragraph 3 |", f"OPENthree {FILLER}"],
    ],
    "private sessions with an auditor": [
        ["# Standards", f"OPENone {FILLER}", "# Private sessions", f"OPENtwo {FILLER}"],
    ],
    "performance parts": [
        ["# Performance report", "# Part 1", "# Corporate", f"OPENone {FILLER}", "# Part 2", "# Services",
         f"OPENtwo {FILLER}"],
    ],
}  # fmt: skip

RESOLVED = (
    "RESOLVED that the public be excluded from the meeting for the following item of business on the grounds that it "
    "involves the likely disclosure of exempt information as defined in paragraph 3 of Part 1 of Schedule 12A."
)
PARTLY: dict[str, Paper] = {
    "minutes, but for what was said without the public": [
        [*AGENDA, "# 1. Minutes", "# 2. Recycling"],
        ["# Minutes", "# 31 Local plan", f"OPENone {FILLER}", "# 32 Exclusion of press and public", RESOLVED],
        ["# 33 Lease", f"SHUTone {FILLER}", "The press and public were readmitted to the meeting.",
         f"OPENtwo {FILLER}"],
        ["# Recycling", f"OPENthree {FILLER}"],
    ],
    "an agenda whose closed part counts otherwise": [
        [*AGENDA, "1 Apologies", "2 Sickness absence (Pages 3 - 3)", "# CONFIDENTIAL AGENDA", "E1 Grievance outcome"],
        ["^ Agenda Item 2", "# Sickness absence", f"OPENone {FILLER}"],
        ["# Grievance outcome", f"SHUTone {FILLER}"],
    ],
    "an agenda whose numbers have bullets before them": [
        ["Parish Council", "• 1. Apologies", "• 2. Finance report", "• 3. Allotments",
         "• 4. To resolve to exclude the public", "• 5. Contract of the clerk"],
        ["# 2. Finance report", f"OPENone {FILLER}", "# 3. Allotments", f"OPENtwo {FILLER}"],
        ["# 5. Contract of the clerk", f"SHUTone {FILLER}"],
    ],
    "an agenda that nobody calls so, with an exempt item that is in it and one that is not": [
        ["Investment Board", "1 Announcements", "2 Progress of skills", "3 Loan to the quay - RESTRICTED",
         "4 Other (Exempt)"],
        ["# 2 Progress of skills", f"OPENone {FILLER}"],
        ["# 3 Loan to the quay", f"SHUTone {FILLER}"],
    ],
    "an agenda in a table that asks of each item": [
        ["# Panel", "| Item | Title | Open / Exempt | Page |", "| 1 | Declarations | Open | - |",
         "| 2 | Customer contact | Open | 2 |", "| 3 | Sale of depot | Exempt | 3 |", "| 4 | Work plan | Open | 4 |"],
        ["# 2 Customer contact", f"OPENone {FILLER}"],
        ["# 3 Sale of depot", f"SHUTone {FILLER}"],
        ["# 4 Work plan", f"OPENtwo {FILLER}"],
    ],
}  # fmt: skip


@pytest.mark.parametrize(("paper", "way", "name"), checks(PUBLIC | PARTLY))
def test_what_is_public_is_open(tmp_path: Path, paper: Paper, way: Callable[[Path, Paper], Path], name: str) -> None:
    """No word of it is kept from the public, but for what is SHUT."""
    hold(tmp_path / name, paper, way)
