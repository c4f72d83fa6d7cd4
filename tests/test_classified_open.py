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
    "performance parts": [
        ["# Performance report", "# Part 1", "# Corporate", f"OPENone {FILLER}", "# Part 2", "# Services",
         f"OPENtwo {FILLER}"],
    ],
}  # fmt: skip


@pytest.mark.parametrize(("paper", "way", "name"), checks(PUBLIC))
def test_all_of_it_is_open(tmp_path: Path, paper: Paper, way: Callable[[Path, Paper], Path], name: str) -> None:
    """No word of it is kept from the public."""
    hold(tmp_path / name, paper, way)
