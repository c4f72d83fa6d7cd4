"""Papers that close parts of themselves in ways that no word list was written after: each is an attempt to have
something told that its paper shuts."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.marked import AGENDA, FILLER, Paper, checks, hold, write

BEGUN = ["# Performance", f"OPENone {FILLER}"]
TABLE = ["| Council | Jan-21 | Feb-21 | Mar-21 |"]


def report(*marks: str) -> Paper:
    """A public report, and one that is marked so."""
    return [BEGUN, ["# Sale of the depot", *marks, f"SHUTone {FILLER}"], [f"SHUTtwo {FILLER}"]]


def listed(*lines: str, known: bool = True) -> Paper:
    """An agenda of three items of which these lines close the last, each paper under its title; `known`: as items that
    are numbered. Else nobody knows which paper is of which, and all are in doubt."""
    return [
        [*AGENDA, *lines],
        ["# Minutes of the last meeting", f"{'OPENone' if known else 'SHUTmaybe'} {FILLER}"],
        ["# Performance of the contact centre", f"{'OPENtwo' if known else 'SHUTperhaps'} {FILLER}"],
        ["# Sale of the depot", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ]


def appendix(said: str, head: str = "# Appendix B - Offers received") -> Paper:
    """A report that says something of its appendix, which says nothing of itself."""
    return [
        ["# Report on the depot", f"OPENone {FILLER}", said],
        ["# Appendix A - Plan of the site", f"OPENtwo {FILLER}"],
        [head, f"SHUTone {FILLER}"],
    ]


def margin(text: str) -> Paper:
    return [BEGUN, [f"^ {text}", "# The offers", f"SHUTone {FILLER}"], [f"^ {text}", f"SHUTtwo {FILLER}"]]


WORDS: dict[str, Paper] = {
    "business in private": [BEGUN, ["# Business to be transacted in private", f"SHUTone {FILLER}"]],
    "in committee": [BEGUN, ["# MATTERS TO BE CONSIDERED IN COMMITTEE", f"SHUTone {FILLER}"]],
    "an act of parishes": report("Public Bodies (Admission to Meetings) Act 1960, section 1(2)"),
    "an old protective marking": report("PROTECT - COMMERCIAL"),
    "legal privilege": report("SUBJECT TO LEGAL PROFESSIONAL PRIVILEGE"),
    "not on the web": report("NOT FOR WEB PUBLICATION"),
    "to whom it goes": report("For circulation to Members of the Cabinet only"),
    "blue papers": [BEGUN, ["^ BLUE PAPER", "# Sale of the depot", f"SHUTone {FILLER}"]],
    "until a day": report("CONFIDENTIAL UNTIL 1 APRIL 2030"),
    "unredacted": report("UNREDACTED VERSION"),
    "no blanks": report("NOTFORPUBLICATION"),
    "full stops": report("C.O.N.F.I.D.E.N.T.I.A.L."),
    "Welsh: the public excluded": [BEGUN, ["# Eithrio'r wasg a'r cyhoedd", f"SHUTone {FILLER}"]],
    "Welsh: an exempt report": report("Adroddiad Eithriedig"),
    "Welsh: part two": [BEGUN, ["# Rhan 2 - Cyfrinachol", f"SHUTone {FILLER}"]],
    "a capital word and no stop": [BEGUN, ["# EXEMPT Sale of the depot", f"SHUTone {FILLER}"]],
    "starred": [BEGUN, ["# **Exempt** Sale of the depot", f"SHUTone {FILLER}"]],
    "in the midst of a title": [
        BEGUN, ["# Sale of the depot - Private and Confidential - Cabinet, 5 March", f"SHUTone {FILLER}"]],
    "publishing denied": report("Can this report be published? No"),
    "access denied": report("Public access: No"),
    "another label": report("Sensitivity: Restricted"),
    "of the press": report("Press and public: Excluded"),
    "in a margin's midst": margin("Depot sale - Exempt - v3 - 5 March 2025"),
    "in a margin's midst, mixed case": margin("Cabinet | Confidential | 5 March 2025 | Page 2 of 4"),
}  # fmt: skip

LISTED: dict[str, Paper] = {
    "a column of the agenda": listed(
        "| Item | Title | Status |", "| 1 | Minutes of the last meeting | Public |",
        "| 2 | Performance of the contact centre | Public |", "| 3 | Sale of the depot | Private |"),
    "a column of parts": listed(
        "| Item | Title | Part |", "| 1 | Minutes of the last meeting | I |",
        "| 2 | Performance of the contact centre | I |", "| 3 | Sale of the depot | II |"),
    "a letter with its legend": listed(
        "1. Minutes of the last meeting", "2. Performance of the contact centre", "3. Sale of the depot (E)",
        "(E) means that the item is exempt"),
    "a note below the list": listed(
        "1. Minutes of the last meeting", "2. Performance of the contact centre", "3. Sale of the depot",
        "Item 3 is likely to be considered in private."),
    "a note above the list": listed(
        "The press and public are likely to be excluded for item 3.", "1. Minutes of the last meeting",
        "2. Performance of the contact centre", "3. Sale of the depot"),
    "lettered items": listed(
        "A. Minutes of the last meeting", "B. Performance of the contact centre", "C. Sale of the depot (Exempt)"),
    "items in Roman numerals": listed(
        "I. Minutes of the last meeting", "II. Performance of the contact centre", "III. Sale of the depot (Exempt)"),
    "numbers of minutes": listed(
        "CAB/24/29 Minutes of the last meeting", "CAB/24/30 Performance of the contact centre",
        "CAB/24/31 Sale of the depot (exempt)", known=False),
    "points without numbers": listed(
        "• Minutes of the last meeting", "• Performance of the contact centre", "• Sale of the depot (Exempt)",
        known=False),
    "a contents page": [
        ["# Contents", "Minutes of the last meeting 2", "Performance of the contact centre 3",
         "Sale of the depot (exempt) 4"],
        ["# Minutes of the last meeting", f"SHUTmaybe {FILLER}"],
        ["# Performance of the contact centre", f"SHUTperhaps {FILLER}"],
        ["# Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "an item within an item": [
        [*AGENDA, "1. Minutes of the last meeting", "2. Sale of the depot", "2a. Sale of the depot: exempt annex"],
        ["^ Agenda Item 1", "# Minutes of the last meeting", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Sale of the depot", f"OPENtwo {FILLER}"],
        ["^ Agenda Item 2a", "# Offers received", f"SHUTone {FILLER}"],
    ],
    "a second agenda further on": [
        [*AGENDA, "1. Minutes of the last meeting", "2. Performance of the contact centre"],
        ["^ Agenda Item 1", "# Minutes of the last meeting", f"OPENone {FILLER}"],
        ["^ Agenda Item 2", "# Performance of the contact centre", f"OPENtwo {FILLER}"],
        ["# Agenda", "Aldbury District Council Audit Committee, 6 March 2025", "1. Accounts of the year",
         "2. Sale of the depot (Exempt)"],
        ["# Accounts of the year", f"SHUTmaybe {FILLER}"],
        ["# Sale of the depot", f"SHUTone {FILLER}"],
    ],
}  # fmt: skip

APPENDICES: dict[str, Paper] = {
    "considered in private": appendix("Appendix B will be considered in private."),
    "not available": appendix("Appendix B is not available to the public."),
    "a pink one": appendix("Appendix A, Appendix B (pink)"),
    "of part two": appendix("Appendices: A - Plan of the site (Part I); B - Offers received (Part II)"),
    "a Roman number": appendix("Appendix II is exempt.", "# Appendix II - Offers received"),
    "a number with a point": appendix("Appendix 2.1 is exempt.", "# Appendix 2.1 - Offers received"),
    "a part of it": appendix("Appendix B is exempt.", "# Appendix B1 - Offers received"),
    "cut short": appendix("Appendix B is exempt.", "# App. B - Offers received"),
    "a schedule": appendix("Schedule 2 to this report is exempt.", "# Schedule 2 - Offers received"),
    "the only one": [
        ["# Report on the depot", f"OPENone {FILLER}", "The appendix to this report is exempt."],
        ["# Appendix", f"SHUTone {FILLER}"],
    ],
    "a column that asks": [
        ["# Report on the depot", f"OPENone {FILLER}", "| Appendix | Title | Exempt? |", "| A | Plan | No |",
         "| B | Offers | Yes |"],
        ["# Appendix A - Plan of the site", f"OPENtwo {FILLER}"],
        ["# Appendix B - Offers received", f"SHUTone {FILLER}"],
    ],
}  # fmt: skip

REACH: dict[str, Paper] = {
    "pages by number": [
        ["# Report on the depot", "Pages 2 and 3 are not for publication.", f"SHUTmaybe {FILLER}"],
        ["# Offers", f"SHUTone {FILLER}"], [f"SHUTtwo {FILLER}"]],
    "paragraphs by number": [
        ["# Report on the depot", f"SHUTmaybe {FILLER}", "Paragraphs 3.1 to 3.6 are exempt."],
        ["3.1 SHUTone " + FILLER]],
    "figures by a sign": [
        ["# Report on the depot", "Figures marked with an asterisk are exempt.", *TABLE,
         "| SHUTone* | 1% | 2% | 3% |"]],
    "what is overleaf": [
        ["# Report on the depot", f"OPENone {FILLER}", "Exempt information overleaf"], [f"SHUTone {FILLER}"]],
    "the end alone": [
        ["# Performance", f"SHUTmaybe {FILLER}"], ["# Sale of the depot", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}", "END OF EXEMPT REPORT"]],
    "a caption below": [
        BEGUN, ["# The bids", *TABLE, "| SHUTone | 1% | 2% | 3% |", "Table 4: Offers received (exempt)",
                f"SHUTmaybe {FILLER}"]],
    "a column": [
        ["# Report on the depot", f"OPENone {FILLER}", "| Bidder | Jan-21 | Feb-21 | Offer (exempt) |",
         "| SHUTone | 1% | 2% | 3% |"]],
    "a row": [
        ["# Report on the depot", f"OPENone {FILLER}", *TABLE, "| SHUTone | 1% | 2% | 3% |",
         "| Bids (exempt) | 4% | 5% | 6% |"]],
    "the meeting moved": [
        ["# Minutes of the Cabinet", f"OPENone {FILLER}", "The Committee moved into closed session at 8.15 pm.",
         f"SHUTone {FILLER}"]],
    "the council went into committee, and came out of it": [
        ["# Minutes of the Council", f"OPENone {FILLER}", "Agreed that the council go into committee.",
         f"SHUTone {FILLER}", "It was proposed, seconded and agreed by all that the council come out of committee.",
         f"OPENtwo {FILLER}"]],
    "a part of the meeting that is closed, for good": [
        ["# Minutes of the Council", f"OPENone {FILLER}", "14. Closed part of the meeting",
         "Those in the gallery went home at this point.", f"SHUTone {FILLER}", "15. The depot", f"SHUTmaybe {FILLER}"]],
    "a sealed note": [
        ["# The depot", f"OPENone {FILLER}"], ["# Sealed note to councillors", f"SHUTone {FILLER}"]],
    "the public withdrew": [
        ["# Minutes of the Cabinet", f"OPENone {FILLER}", "The press and public withdrew from the meeting.",
         f"SHUTone {FILLER}"]],
    "considered in private, the following": [
        ["# Minutes of the Cabinet", f"OPENone {FILLER}", "The following item was considered in private.",
         f"SHUTone {FILLER}"]],
    "a table that goes on overleaf onto an exempt page": [
        ["# Calls answered", f"OPENone {FILLER} " * 16, *TABLE, "| OPENtwo | 1% | 2% | 3% |"],
        ["^ EXEMPT", *TABLE, "| SHUTone | 4% | 5% | 6% |"]],
    "a table that goes on overleaf out of one": [
        ["^ EXEMPT", "# SHUTservice", f"SHUTone {FILLER} " * 16, *TABLE, "| SHUTtwo | 1% | 2% | 3% |"],
        [*TABLE, "| SHUTthree | 4% | 5% | 6% |", "# Waste", "PUBLIC REPORT", f"OPENone {FILLER}"]],
    "a heading that hangs over": [
        ["# CONFIDENTIAL", "# SHUTservice performance", f"SHUTone {FILLER}"],
        ["PUBLIC REPORT", *TABLE, "| OPENone | 1% | 2% | 3% |"]],
}  # fmt: skip


UNDRAWN: dict[str, Paper] = {  # in letters that a plain font has not
    "a ligature": report("Con\ufb01dential"), "a soft hyphen": report("NOT FOR PUBLI\u00adCATION"),
    "a blank of no width": report("NOT FOR\u200b PUBLI\u200bCATION"),
    "wide letters": report("\uff25\uff38\uff25\uff2d\uff30\uff34"),
}  # fmt: skip


@pytest.mark.parametrize("what", UNDRAWN)
def test_letters_that_only_look_otherwise(tmp_path: Path, what: str) -> None:
    """A mark is read as it is seen."""
    hold(tmp_path / "a.txt", UNDRAWN[what], write)


@pytest.mark.parametrize(("paper", "way", "name"), checks(WORDS | LISTED | APPENDICES | REACH))
def test_what_a_paper_shuts_is_not_told(
    tmp_path: Path, paper: Paper, way: Callable[[Path, Paper], Path], name: str
) -> None:
    """As a PDF and as a text; what it leaves open is told."""
    hold(tmp_path / name, paper, way)
