"""What no doubt touches stays open: a paper that speaks of what is exempt, and has nothing of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.reader import read_pack
from tests.marked import AGENDA, FILLER, Paper, checks, draw, hold

OPEN: dict[str, Paper] = {
    "those who go for another reason, or come back to something else": [
        ["# Minutes of the committee", "# 1. Questions", "Mr Dale asked of buses and left the chamber.",
         f"OPENone {FILLER}", "# 2. Fire drill", "Everyone was asked to leave the room when the alarm rang."],
        ["# 3. Museum", "It was reported that visitors waited outside.", "In May 310 visitors came back.",
         f"OPENtwo {FILLER}"],
    ],
    "a report that will be given out at the meeting": [
        [*AGENDA, "1. Play areas", "2. Toilets", "3. Lease of the mill (exempt)",
         "The report on item 2 will be handed to members at the meeting."],
        ["# 1. Play areas", f"OPENone {FILLER}"], ["# 2. Toilets", f"OPENtwo {FILLER}"],
        ["# 3. Lease of the mill", f"SHUTone {FILLER}"],
    ],
    "a paper of no item, where nothing is exempt": [
        [*AGENDA, "1. Play areas", "2. Toilets"], ["# 1. Play areas", f"OPENone {FILLER}"],
        ["# Note by the valuer", f"OPENtwo {FILLER}"], ["# 2. Toilets", f"OPENthree {FILLER}"],
    ],
    "an item that asks whether any is exempt": [
        ["# Committee", "# Agenda", "1. Apologies", "2. Exempt information",
         "To consider whether any item should be taken with the public excluded", "3. Play areas", "4. Toilets"],
        ["# Play areas", f"OPENone {FILLER}"],
        ["# Toilets", f"OPENtwo {FILLER}"],
    ],
    "a closed part below which there is none": [
        ["# Committee", "# Business", "1. Apologies", "2. Play areas", "ITEMS LIKELY TO BE TAKEN IN PRIVATE", "None"],
        ["# Play areas", f"OPENone {FILLER}"],
    ],
    "two agendas, of which the second is dealt with under exemptions": [
        ["# Policy Committee", "# A Agenda", "A1. Apologies", "A2. Play areas", "# B Agenda",
         "Matters on the B Agenda are dealt with under the exemptions of the code of access", "B1. Sale of the depot"],
        ["# A2. Play areas", f"OPENone {FILLER}"],
        ["# B1. Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "a field that denies it": [
        ["# Board", "| Information status | The report and its three appendices are open; none is withheld |",
         "# Purpose", f"OPENone {FILLER}"],
        ["# Appendix 1: plan", f"OPENtwo {FILLER}"],
    ],
    "a mark below one item of the list on the first page": [
        ["# Cabinet", "# Agenda", "1 Apologies", "2 Summer play scheme", "# PART TWO", "3 Sale of the depot",
         "Confidential: Not for publication under paragraph 3: the financial or business affairs of any person"],
        ["# Summer play scheme", f"OPENone {FILLER}"],
        ["# Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "a column of letters of which one says exempt, and stands nowhere": [
        ["# Resources Committee", "| No. | Business | Access | Page |", "| 1 | Summer play scheme | P | 2 |",
         "P - public; E - exempt"],
        ["# Summer play scheme", f"OPENone {FILLER}"],
    ],
    "the press, which left with something": [
        ["# Open day", f"OPENone {FILLER}", "The press came, too, and left with a good impression.",
         f"OPENtwo {FILLER}"],
    ],
    "what is confidential whoever does it": [
        ["# Helpline", f"OPENone {FILLER}", "The helpline is free and confidential.",
         "The advice service for tenants is confidential.",
         "All responses to the survey were anonymous and are confidential.", f"OPENtwo {FILLER}"],
    ],
    "a motion to exclude the public that was not put": [
        ["# Minutes", "# 31. Exclusion of the public",
         "As no report before the committee was exempt the motion was not put.", "# 32. Buses", f"OPENone {FILLER}"],
    ],
    "an agenda that has nothing for which the public would be excluded": [
        [*AGENDA, "1 Apologies", "2 Any items for which the public should be excluded: none", "3 Churchyards"],
        ["# 3 Churchyards", f"OPENone {FILLER}"],
    ],
    "a list that begins at seven, and an exclusion that nothing needs": [
        [*AGENDA, "7. Survey of tenants", "8. Small grants", "9. Exclusion of press and public",
         "Note: there are no items which are likely to be the subject of a motion to exclude the press and public"],
        ["# Survey of tenants", f"OPENone {FILLER}"],
        ["# Small grants", f"OPENtwo {FILLER}"],
    ],
    "one appendix of an item, named by the number of both": [
        [*AGENDA, "1. Apologies", "2. Possible exclusion of the press and public",
         "To highlight Appendix 2 of agenda item 4, which officers have identified as containing exempt information.",
         "3. Budget", "4. Approval of schemes"],
        ["# Budget", f"OPENone {FILLER}"],
        ["# Approval of schemes", f"OPENtwo {FILLER}"],
        ["# Appendix 1 - Plans", f"OPENthree {FILLER}"],
        ["# Appendix 2 - Prices", f"SHUTone {FILLER}"],
        ["# Appendix 3 - Equality", f"OPENfour {FILLER}"],
    ],
    "an item of which the appendices are exempt, and no other": [
        [*AGENDA, "1. Apologies", "2. Exclusion of the press and public",
         "Agenda item 4 has exempt appendices, so that the public may have to be excluded for these.",
         "3. Carers", "4. Care homes"],
        ["# 3. Carers", f"OPENone {FILLER}"],
        ["# 4. Care homes", f"OPENtwo {FILLER}"],
        ["# Appendix A", f"SHUTone {FILLER}"],
        ["# Appendix B", f"SHUTtwo {FILLER}"],
    ],
    "one table of a report": [
        ["# Report on the leisure contract", f"OPENone {FILLER}",
         "The table below is commercially sensitive and must not be published.",
         "| Option | Subsidy |", "| SHUTone | 488,200 |", "| SHUTtwo | 503,900 |",
         "# Next steps", f"OPENtwo {FILLER}"],
    ],
    "a meeting that remained open": [
        ["# Minutes of the committee", "# 31. Exclusion of the press and public",
         "The chair said that an appendix was exempt; however, the meeting remained open to the public throughout.",
         "# 32. Carers", f"OPENone {FILLER}"],
    ],
    "items numbered by their sections, of which the last has none": [
        ["# Resources Committee", "# Agenda", "DETERMINATION OF EXEMPT BUSINESS",
         "3.1 To determine that any exempt business be considered with the public excluded",
         "GENERAL BUSINESS", "9.1 Waste collection (Pages 2 - 2)", "9.2 Complaints (Pages 3 - 3)",
         "EXEMPT BUSINESS", "11.1 There is no exempt business"],
        ["# Waste collection", "| Exempt | No |", "| Confidential | No |", f"OPENone {FILLER}"],
        ["# Complaints", "| Exempt | No |", "| Confidential | No |", f"OPENtwo {FILLER}"],
    ],
    "an appendix of one item, bound behind another under a title of its own": [
        [*AGENDA, "12. Harbour dues", "13. Harbour wall", "14. Ferry stage",
         "Members should bring Appendix 3 to item 13, which is exempt and is bound at the back."],
        ["# 12. Harbour dues", f"OPENone {FILLER}"],
        ["# 13. Harbour wall", f"OPENtwo {FILLER}"],
        ["# 14. Ferry stage", f"OPENthree {FILLER}"],
        ["# Outcome of the tenders", f"SHUTone {FILLER}"],
    ],
    "the second of two appendices": [
        ["# Report on a new school", f"OPENone {FILLER}", "Two appendices go with it. The second has the offers "
         "that were made and is for members' eyes only.", f"OPENtwo {FILLER}"],
        ["# Appendix 1", f"OPENthree {FILLER}"],
        ["# Appendix 2", f"SHUTone {FILLER}"],
    ],
    "minutes after whose open part the public went": [
        ["# Minutes of the parish council", "2025/91 Footpaths", f"OPENone {FILLER}",
         "The chairman thanked the residents and closed the public part of the meeting at 8.10 pm.",
         "2025/92 Contract of the clerk", f"SHUTone {FILLER}"],
    ],
    "minutes of doors that were shut behind the public, and opened again": [
        ["# Minutes", "# 1. Trees", f"OPENone {FILLER}",
         "The public were thanked for coming, and the door was shut behind them.", f"SHUTone {FILLER}"],
        ["# 2. Claim", "SHUTtwo was offered.", "The doors were opened again at 8.25pm.", "# 3. Lamps",
         f"OPENtwo {FILLER}"],
    ],
    "what a schedule to an order exempts": [
        ["# Bridges", f"OPENone {FILLER}", "Farm vehicles are exempt under schedule 2 of the order."],
    ],
    "a heading that asks and answers": [["# Council tax", "# Exempt from publication? No", f"OPENone {FILLER}"]],
    "an exempt item is listed that is not in the pack, each report known by its title": [
        [*AGENDA, "# 1. Minutes of the last meeting", "# 2. Performance of the contact centre", "# PART II",
         "# 3. Sale of the depot"],
        ["# Minutes of the last meeting", f"OPENone {FILLER}"],
        ["# Performance of the contact centre", f"OPENtwo {FILLER}"],
    ],
    "one that is listed without pages, where others have theirs": [
        [*AGENDA, "# 1. Minutes of the last meeting (Pages 3 - 4)", "# 2. Sale of the depot (Exempt)",
         "# 3. Performance of the contact centre (Pages 5 - 6)"],
        ["# Minutes of the last meeting", f"OPENone {FILLER}", "_ Page 3"],
        [f"OPENtwo {FILLER}", "_ Page 4"],
        ["# Performance of the contact centre", f"OPENthree {FILLER}", "_ Page 5"],
    ],
    "an exempt appendix that is not in the pack": [
        ["# Report on the depot", f"OPENone {FILLER} Appendix 2 is exempt and was sent to members."],
        ["# Appendix 1 - Plan", f"OPENtwo {FILLER}"],
        ["# Appendix 3 - Letters", f"OPENthree {FILLER}"],
    ],
    "an exempt appendix that is not in the pack, and a report's sections": [
        ["# Report on the depot", f"OPENone {FILLER} Appendix 2 is exempt.", *[FILLER] * 34],
        ["# Legal implications", f"OPENtwo {FILLER}"],
        ["# 4. Next steps", f"OPENthree {FILLER}"],
    ],
    "a form that asks for what is exempt, and papers of other rooms": [
        ["# Record of a decision", "| Decided by | Head of Parks |",
         "| Confidential information (if any) and why it is not disclosed | None |", f"OPENone {FILLER}",
         "Papers that are marked restricted are kept in locked cabinets."],
    ],
    "appendices of which none is exempt": [
        ["# Report on the depot", f"OPENone {FILLER} Appendices 1 and 2 are not exempt."],
        ["# Appendix 1 - Exempt accommodation", f"OPENtwo {FILLER}"],
        ["# Appendix 2 - Plan", f"OPENthree {FILLER}"],
    ],
    "reasons and categories of other exemptions": [
        ["# Council tax", f"OPENone {FILLER}", "| Exemption category | Number |", "| Students | 412 |"],
        [f"OPENtwo {FILLER}"],
    ],
    "a notice above an agenda, of which a line ends with what is exempt": [
        ["Cabinet", "The meeting will be webcast and the recording kept for a year on our own website, except for any "
         "confidential or exempt items.", "1 Apologies", "2 Air quality", "3 Grants", "4 Exempt business: none"],
        ["# 2 Air quality", f"OPENone {FILLER}"],
        ["# 3 Grants", f"OPENtwo {FILLER}"],
    ],
    "an agenda that says who speaks to each item": [
        [*AGENDA, "| Item | Subject | Speaker |", "| 1 | Questions | Public |", "| 2 | Petitions | Public |",
         "| 3 | Street lighting renewal | Chair |"],
        ["# 3 Street lighting renewal", f"OPENone {FILLER}"],
    ],
    "an agenda of projects, some of which are open": [
        [*AGENDA, "| No. | Project | Status |", "| 1 | Bus lanes | Open |", "| 2 | Toilets | Open |",
         "| 3 | Street lighting renewal | Delayed |"],
        ["# 3 Street lighting renewal", f"OPENone {FILLER}"],
    ],
    "an agenda of consultations, one of which is open": [
        [*AGENDA, "1 Apologies", "2 Consultation on trees (open)", "3 Consultation on street lighting (ended 3 May)"],
        ["# 2 Consultation on trees", f"OPENone {FILLER}"],
        ["# 3 Consultation on street lighting", f"OPENtwo {FILLER}"],
    ],
    "a paper with a line of few words that says nothing of who may handle it": [
        [*AGENDA, "1. Apologies", "2. Street lighting renewal", "3. Exclusion of press and public", "4. Land"],
        ["# 2. Street lighting renewal", f"OPENone {FILLER}"],
        ["LIMITED EDITION - LARGE PRINT", "# Lighting in figures", f"OPENtwo {FILLER}"],
        ["# 4. Land", f"SHUTtwo {FILLER}"],
    ],
    "a paper of a pack without exempt items that is numbered for its readers": [
        [*AGENDA, "1. Apologies", "2. Street lighting renewal", "3. Land"],
        ["# 2. Street lighting renewal", f"OPENone {FILLER}"],
        ["Reading list - numbered by shelf", "# 3. Land", f"OPENtwo {FILLER}"],
    ],
    "actions that are open and closed": [
        ["# Actions", "| Item | Title | Status |", "| 4 | Fees review | Open |", "| 5 | Street trading | Closed |",
         f"OPENone {FILLER}"],
        ["# Street trading", f"OPENtwo {FILLER}"],
    ],
    "what is exempt elsewhere, at other times or of other things": [
        ["# Access to papers", f"OPENone {FILLER}", "Nine reports that were exempt have been opened.",
         "The figures are in another paper that is treated as confidential.",
         "Nothing of the kind is planned by the authors."],
    ],
    "no reason for an exemption": [
        ["# Report on the depot", "Reason for exemption: None", f"OPENone {FILLER}"],
        [f"OPENtwo {FILLER}"],
    ],
    "a legend of which no item bears the sign that is exempt": [
        ["# Panel", "# 4 Incidents (I)", "# 5 A new pump (D)",
         "Key: (X) report contains exempt information; (I) report for information; (D) report for decision."],
        ["# 4 Incidents (I)", f"OPENone {FILLER}"],
        ["# 5 A new pump (D)", f"OPENtwo {FILLER}"],
    ],
    "what is confidential and no part of the paper": [
        ["# Speaking up", f"OPENone {FILLER}", "Staff are trained in handling confidential data.",
         "Details of those who call are treated as confidential; what information callers give remains confidential.",
         "Reports to the line are kept in confidence and records of sessions are held in private files.",
         "The documents that tenants send are kept in restricted cabinets; the advice given is confidential.",
         f"OPENtwo {FILLER}"],
    ],
    "a key of signs in brackets, of which no item bears the one that is confidential": [
        ["# Cabinet", "Key: (C) confidential, (D) decision, (I) information", "# Agenda", "1. Rents (I)",
         "2. Museum grant (D)"],
        ["# Rents", f"OPENone {FILLER}"],
        ["# Museum grant", f"OPENtwo {FILLER}"],
    ],
    "a notice of when the public may be asked to go": [
        ["# Town Council", "Members of the public are welcome; they may be asked to leave if the Council resolves to",
         "exclude them under the Public Bodies (Admission to Meetings) Act 1960.", "# Agenda", "1. Apologies",
         "2. Allotments"],
        ["# Item 2 - Allotments", f"OPENone {FILLER}"],
    ],
    "a resolution that is printed in case there were something": [
        [*AGENDA, "# PART I", "1. Minutes", "2. Trees", "# PART II - PRIVATE MEETING", "There are no reports to be "
         "considered in Part II. This is printed in case it should be needed: that the public be excluded."],
        ["# Trees", f"OPENone {FILLER}"],
    ],
    "a rule for reports that hold something exempt": [
        ["# Governance", "The rule is amended so that the officer, when a report contains exempt information, states "
         "why the public interest in withholding it outweighs that in telling it.", f"OPENone {FILLER}"],
    ],
    "an item of every agenda that asks for which items the public should go": [
        [*AGENDA, "1. Welcome", "2. Exclusion of Public and Press", "To identify items where resolutions may be moved "
         "to exclude the press and public", "3. Tennis courts"],
        ["# Item 3 - Tennis courts", f"OPENone {FILLER}"],
    ],
    "how the public must leave if there is a fire, and paper of a colour": [
        ["# Authority", "In case of a fire alarm the public must leave by the nearest exit.", "Copies of this agenda "
         "are available in large print and on yellow paper.", "# Agenda", "1. Minutes", "2. Home safety"],
        ["# Home safety", f"OPENone {FILLER}"],
    ],
    "plans of which one is closed, over the next page but one from the list": [
        [*AGENDA, "| Item | Title | Page |", "| 1 | Apologies | |", "| 2 | Street lighting | 2 |", "| 3 | Plans | 3 |"],
        ["# Street lighting", f"OPENone {FILLER}"],
        ["# Item 3 Plans", "| Ref | Area | Status |", "| RP1 | Lamps | Open |", "| RP2 | Cables | Closed |",
         f"OPENtwo {FILLER}"],
    ],
}  # fmt: skip


@pytest.mark.parametrize(("paper", "way", "name"), checks(OPEN))
def test_what_is_in_no_doubt_is_open(
    tmp_path: Path, paper: Paper, way: Callable[[Path, Paper], Path], name: str
) -> None:
    """Where what is exempt is elsewhere, is none, or is only spoken of."""
    hold(tmp_path / name, paper, way)


def test_a_closed_part_of_an_agenda_in_a_table_that_has_nothing(tmp_path: Path) -> None:
    """What its next row says counts."""
    paper = [
        ["# Cabinet", "# Agenda", "| 1. | Apologies | |", "| 2. | Play areas | 2 |", "| | PART B - CLOSED BUSINESS | |",
         "| | There are no closed items. | |"],
        ["# Play areas", f"OPENone {FILLER}"],
    ]  # fmt: skip
    hold(tmp_path / "a.pdf", paper, draw)


def test_the_items_of_an_agenda_that_has_nothing_exempt_are_known(tmp_path: Path) -> None:
    """By their titles, at the head of a page or with their numbers: so each may be ruled on by hand."""
    paper = [
        [*AGENDA, "1. Apologies", "2. Play areas", "3. Tennis courts", "4. Toilets"],
        ["# Play areas", f"OPENone {FILLER}", "# 3. Tennis courts", FILLER],
        ["# Toilets", FILLER],
    ]
    pack = read_pack(draw(tmp_path / "a.pdf", paper), "a.pdf")
    assert [(item.number, item.first_page) for item in pack.items] == [("2", 2), ("3", 2), ("4", 3)]
