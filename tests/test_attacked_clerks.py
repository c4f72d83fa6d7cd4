"""Papers as clerks put them together: what closes a part of them stands where only a reader of the whole would look,
and closes no more than it is about."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.marked import FILLER, Paper, checks, hold

BEGUN = ["# Work of the contact centre", f"OPENone {FILLER}"]
SALE = ["# Sale of the depot", f"SHUTone {FILLER}"]
PAPERS: list[list[str]] = [
    ["# 2. Work of the contact centre", f"OPENone {FILLER}"],
    ["# 3. Sale of the depot", f"SHUTone {FILLER}"],
    ["# 4. Planting of trees", f"OPENtwo {FILLER}"],
]


def list_of(*lines: str) -> Paper:
    """A list that is not called an agenda, and the papers of its items."""
    return [["# Resources Committee", *lines], *PAPERS]


AGENDAS: dict[str, Paper] = {
    "a list that no word calls an agenda": list_of(
        "1. Apologies", "2. Work of the contact centre", "3. Sale of the depot (exempt)", "4. Planting of trees"),
    "contents with a column": list_of(
        "# Contents", "| No | Report | Access |", "| 2 | Work of the contact centre | Public |",
        "| 3 | Sale of the depot | Private |", "| 4 | Planting of trees | Public |"),
    "business that is open and closed": list_of(
        "# Open business", "2. Work of the contact centre", "# Closed business", "3. Sale of the depot",
        "# Open business", "4. Planting of trees"),
    "a letter and what it means": list_of(
        "2. Work of the contact centre", "3. Sale of the depot [E]", "4. Planting of trees",
        "Items marked [E] contain exempt information."),
    "a star before the number": list_of(
        "2. Work of the contact centre", "*3. Sale of the depot", "4. Planting of trees",
        "* exempt information as defined in paragraph 9 of Part 1 of Schedule 7A"),
    "a supplement, which begins with any number": [
        ["# Supplementary agenda", "11. Work of the contact centre", "12. Sale of the depot (private)"],
        ["# 11. Work of the contact centre", f"OPENone {FILLER}"],
        ["# 12. Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "letters": [
        ["# Agenda", "A. Apologies", "B. Work of the contact centre", "C. Sale of the depot (exempt)",
         "D. Planting of trees"],
        ["# B. Work of the contact centre", f"OPENone {FILLER}"],
        ["# C. Sale of the depot", f"SHUTone {FILLER}"],
        ["# D. Planting of trees", f"OPENtwo {FILLER}"],
    ],
    "a section of the exempt paper that is called as the next item is": [
        ["# Agenda", "1. Minutes of the last meeting", "2. Sale of the depot (exempt)", "3. Financial position"],
        ["# 1. Minutes of the last meeting", f"OPENone {FILLER}"],
        ["# 2. Sale of the depot", "1. Background", f"SHUTone {FILLER}", "3. Financial position", f"SHUTtwo {FILLER}"],
    ],
    "a resolution that is listed below the last public item": [
        ["# Agenda", "# Part I", "1. Minutes of the last meeting", "2. Work of the contact centre", "# Part II",
         "To consider a resolution to exclude the public from the remainder of the meeting.", "3. Sale of the depot"],
        ["^ Agenda Item 1", "# Minutes of the last meeting", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", *BEGUN[:1], f"OPENtwo {FILLER}"],
        ["^ Agenda Item 3", *SALE],
    ],
}  # fmt: skip

REACH: dict[str, Paper] = {
    "at the end of the report, pages behind its beginning": [
        ["# Item 4: Performance", f"OPENone {FILLER}"],
        ["# Item 5: Settlements", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}", "Contact: the clerk",
         "Not for publication by virtue of paragraph 1 of Schedule 12A to the Local Government Act 1972"],
        ["# Item 6: Elections", f"OPENtwo {FILLER}"],
    ],
    "right above an item's heading": [
        ["# Item 7: Parks", f"OPENone {FILLER}"],
        ["not for publication because it contains exempt information", "# Item 8: Pensions", f"SHUTone {FILLER}"],
        ["# Item 9: Trees", f"OPENtwo {FILLER}"],
    ],
    "minutes that go into committee and come out of it": [
        ["# Minutes of the committee", "# 1. Apologies", "OPENone gave apologies.", "# 2. In Committee",
         f"SHUTone {FILLER}"],
    ],
    "minutes whose headings run in": [
        ["# Minutes of the panel", "12/25 Sickness. OPENone days were lost, which members noted with some concern.",
         "13/25 Exclusion of the press and public. RESOLVED accordingly, under the Act of 1972 as it stands.",
         "14/25 Grievance. SHUTone would be paid, and members were told how much that would come to.",
         "15/25 Re-admission of the press and public. RESOLVED that the public come in again at a quarter to nine.",
         "16/25 Next meeting. OPENtwo is where the panel will meet, which all of its members noted."],
    ],
    "a note that the public went": [
        ["# Notes of the panel", f"OPENone {FILLER}", "Members of the public were asked to leave at 8.35pm.",
         f"SHUTone {FILLER}"],
    ],
    "a second part of a board's meeting": [
        ["# Board meeting held in public", f"OPENone {FILLER}"],
        ["# Part 2 Board meeting, 27 March 2025", f"SHUTone {FILLER}"],
    ],
    "the table of a notice, and the report that it names": [
        ["# Notice of decisions", "| Decision | When | Open or private |", "| Depot strategy | May | Open |",
         "| Energy firm loan | May | Private |"],
        ["# Depot strategy", f"OPENone {FILLER}"],
        ["# Energy firm loan", f"SHUTone {FILLER}"],
    ],
    "a line that says which items disclose something": [
        ["# Agenda", "1. Apologies", "2. Work of the contact centre", "3. Sale of the depot",
         "The clerk considers that item 3 is likely to disclose information within paragraph 3."],
        ["# 2. Work of the contact centre", f"OPENone {FILLER}"],
        ["# 3. Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "an item of which a bracket says how it went to members": [
        ["# Agenda", "1. Apologies", "2. Work of the contact centre",
         "3. Sale of the depot (circulated separately to members as a confidential item)"],
        ["# 2. Work of the contact centre", f"OPENone {FILLER}"],
        ["# 3. Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "a motion that is to come": [
        ["# Order Paper", f"OPENone {FILLER}", "At this point the Mayor will move the exclusion of press and public.",
         f"SHUTone {FILLER}"],
    ],
    "a remark upon a row": [
        BEGUN,
        ["# Debts", "| Debtor | Pounds | Remark |", "| SHUTone | 40118 | Confidential - do not publish |"],
    ],
    "public items again": [
        ["# Strategic Board", "# Public items", f"OPENone {FILLER}", "# Exempt items", f"SHUTone {FILLER}",
         "# Public items (continued)", f"OPENtwo {FILLER}"],
    ],
    "Scotland's section": [
        ["# Minute of the committee", f"OPENone {FILLER}",
         "In terms of Section 50A(4) of the Act the Committee resolved to exclude the public.", f"SHUTone {FILLER}"],
    ],
}  # fmt: skip

WORDS: dict[str, Paper] = {
    name: [BEGUN, [SALE[0], mark, SALE[1]]]
    for name, mark in {
        "a box that is ticked": "Access: [ ] Public [x] Private",
        "boxes behind their words": "Public [ ] Private [x]",
        "an embargo": "STRICTLY EMBARGOED - NOT TO BE RELEASED",
        "a field of freedom of information": "Disclosable under FOIA 2000: No",
        "the law's own words": "Information relating to any individual (paragraph 1).",
        "what the public's copy lacks": "Settlements (excluded from the public copy)",
        "a reason, of whatever kind": "Reason for confidentiality: Personal data",
        "whom it is for": "Audience: Cabinet members. Not for onward sharing.",
        "counsel": "Advice of counsel - privileged",
        "a short word": "CONF - staffing",
        "Welsh: the public shut out": "GWAHARDD Y CYHOEDD",
        "Welsh by law": "Nid yw'r adroddiad hwn i'w gyhoeddi yn rhinwedd paragraff 14",
        "the balance of interests": "The public interest in maintaining the exemption outweighs that in disclosing it.",
    }.items()
}

OPEN: dict[str, Paper] = {
    "roads": [["# Restricted access roads", f"OPENone {FILLER}", "# Restricted streets", f"OPENtwo {FILLER}"]],
    "a hotline": [["# Calls to the confidential hotline", f"OPENone {FILLER}"]],
    "a row of figures": [
        ["# Tax on what was bought", "| Kind | Pounds |", "| Exempt | 71,406 |", f"OPENone {FILLER}"],
    ],
    "a box that is not ticked": [["# Report", "Access: [x] Public [ ] Private", f"OPENone {FILLER}"]],
    "an appendix whose exemption is weighed": [
        ["# Report", f"OPENone {FILLER}", "Appendix 2 is exempt. The public interest in maintaining the exemption "
         "outweighs that in disclosure.", f"OPENtwo {FILLER}"],
    ],
}  # fmt: skip


@pytest.mark.parametrize(("paper", "way", "name"), checks(AGENDAS | REACH | WORDS | OPEN))
def test_what_a_paper_shuts_is_not_told_and_no_more_is_shut(
    tmp_path: Path, paper: Paper, way: Callable[[Path, Paper], Path], name: str
) -> None:
    """As a PDF and as a text; what it leaves open is told."""
    hold(tmp_path / name, paper, way)
