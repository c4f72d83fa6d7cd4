"""What is in doubt is closed: where a paper says that something of it is exempt, and not where that begins or ends."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.extract import extract
from indexer.reader import read_pack
from indexer.report import Report
from kpi_tools.saved import Changes
from tests.marked import AGENDA, FILLER, Paper, checks, draw, hold

PAGED: dict[str, Paper] = {  # told by their pages
    "minutes that say in words of their own who went, and no more of it": [
        ["# Minutes of the committee", "# 1. Play areas", f"OPENone {FILLER}", "# 2. Lease of the mill",
         "All who are no members were shown out.", f"SHUTone {FILLER}"],
        ["# 3. Tenant", f"SHUTtwo {FILLER}"],
    ],
    "those to which it came back, and that tell in no known words that it went": [
        ["# Minutes of the committee", "# 1. Play areas", f"OPENone {FILLER}", "# 2. Lease of the mill",
         "Tea was taken next door by those on the benches.", f"SHUTone {FILLER}"],
        ["# 3. Toilets", "The press came back. OPENtwo was the figure given.", f"OPENthree {FILLER}"],
    ],
    "the paper of an item that members alone are told how to read": [
        [*AGENDA, "1. Play areas", "2. Lease of the mill", "3. Toilets",
         "Councillors may read the report on item 2 in the clerk's room."],
        ["# 1. Play areas", f"OPENone {FILLER}"], ["# 2. Lease of the mill", f"SHUTone {FILLER}"],
        ["# 3. Toilets", f"OPENtwo {FILLER}"],
    ],
    "a column that counts who may sit by": [
        [*AGENDA, "| No | Business | Places for visitors |", "| 1 | Play areas | 30 |", "| 2 | Lease of the mill | 0 |",
         "| 3 | Toilets | 30 |", "| 4 | Claim by a builder | 0 |", "Item 4 is exempt."],
        ["# 1 Play areas", f"OPENone {FILLER}"], ["# 2 Lease of the mill", f"SHUTone {FILLER}"],
        ["# 3 Toilets", f"OPENtwo {FILLER}"], ["# 4 Claim by a builder", f"SHUTtwo {FILLER}"],
    ],
    "reports whose status stands behind another field": [
        ["# Play areas", "For: the board at its May meeting. Status: public.", f"OPENone {FILLER}"],
        ["# Lease of the mill", "For: the board at its May meeting. Status: exempt, paragraph 3.", f"SHUTone {FILLER}"],
        ["# Accounts of the tenant", f"SHUTtwo {FILLER}"],
        ["# Toilets", "For: the board at its May meeting. Status: public.", f"OPENtwo {FILLER}"],
    ],
    "the act that parishes go by, in an item's title": [
        [*AGENDA, "1. Play areas", "2. To pass a motion under the Public Bodies (Admission to Meetings) Act 1960",
         "3. Sale of the mill"],
        ["# 1. Play areas", f"OPENone {FILLER}"], ["# 3. Sale of the mill", f"SHUTone {FILLER}"],
    ],
    "what is said below an item, whose paper bears another title": [
        [*AGENDA, "1. Play areas", "2. Toilets", "3. Urgent business",
         "One matter is taken as urgent; it is exempt and has gone to members by post."],
        ["# 1. Play areas", f"OPENone {FILLER}"], ["# 2. Toilets", f"OPENtwo {FILLER}"],
        ["# Lease of the mill", f"SHUTone {FILLER}"],
    ],
    "all but one appendix, and the one beside others in a list": [
        ["# Report on the mill", "This report is not exempt, save Annex C.", f"OPENone {FILLER}"],
        ["# Annex A", f"OPENtwo {FILLER}"], ["# Annex C", f"SHUTone {FILLER}"],
    ],
    "a list of appendices, of which one is for few": [
        ["# Report on the mill", f"OPENone {FILLER}", "Appendix 1 - Plan", "Appendix 2 - Offers (members only)",
         "Appendix 3 - Map"],
        ["# Appendix 1", f"OPENtwo {FILLER}"], ["# Appendix 2", f"SHUTone {FILLER}"],
        ["# Appendix 3", f"OPENthree {FILLER}"],
    ],
    "a version beside which there is one for the public": [
        ["# Report on the mill", "The public version leaves out the scores."], ["# Scores", f"SHUTone {FILLER}"],
    ],
    "minutes from which the public then left, and to which it came back": [
        ["# Minutes of the committee", "# 1. Play areas", f"OPENone {FILLER}", "# 2. Matters taken in private",
         "Members of the public then left.", "# 3. Mill", f"SHUTone {FILLER}"],
        ["# 4. Toilets", "The public came back in.", f"OPENtwo {FILLER}"],
    ],
    "an annex that has its item's title, among items of which one is exempt": [
        [*AGENDA, "1. Ferry", "2. Mill (exempt)", "3. Toilets"],
        ["# 1. Ferry", f"OPENone {FILLER}"], ["# Ferry: sailings by month", f"OPENtwo {FILLER}"],
        ["# 2. Mill", f"SHUTone {FILLER}"], ["# 3. Toilets", f"OPENthree {FILLER}"],
    ],
    "a paper that no item tells of, between those of two that are open": [
        [*AGENDA, "1. Apologies", "2. Street lighting", "3. Lifts", "4. Exclusion of press and public", "5. Land"],
        ["# 2. Street lighting", f"OPENone {FILLER}"],
        ["# Faults by parish", f"SHUTtwo {FILLER}"],
        ["# 3. Lifts", f"OPENtwo {FILLER}"],
        ["# 5. Land", f"SHUTone {FILLER}"],
    ],
    "an item whose papers come in envelopes": [
        [*AGENDA, "1. Play areas", "2. Sale of the mill", "3. Toilets", "Papers for item 2 go in sealed envelopes."],
        ["# 1. Play areas", f"OPENone {FILLER}"], ["# 2. Sale of the mill", f"SHUTone {FILLER}"],
        ["# 3. Toilets", f"OPENtwo {FILLER}"],
    ],
    "an item whose own title cites the law, and no item behind it": [
        [*AGENDA, "1. Apologies", "2. Sale of the mill - Exempt by virtue of paragraph 3 of Part 1 of Schedule 12A",
         "3. Play areas"],
        ["# 2. Sale of the mill", f"SHUTone {FILLER}"], ["# 3. Play areas", f"OPENone {FILLER}"],
    ],
    "a paper of no item behind an open one, where one is exempt": [
        [*AGENDA, "1. Play areas", "2. Sale of the mill (exempt)", "3. Toilets"],
        ["# 1. Play areas", f"OPENone {FILLER}"], ["# 2. Sale of the mill", f"SHUTone {FILLER}"],
        ["# 3. Toilets", f"OPENtwo {FILLER}"], ["# Note by the valuer", f"SHUTtwo {FILLER}"],
    ],
    "such a paper where one item's own page says that it is confidential": [
        [*AGENDA, "1. Play areas", "2. Lease of the mill", "3. Toilets"],
        ["# 1. Play areas", f"OPENone {FILLER}"], ["# 2. Lease of the mill", "CONFIDENTIAL", f"SHUTone {FILLER}"],
        ["# 3. Toilets", f"OPENtwo {FILLER}"], ["# Second letter of the landlord", f"SHUTtwo {FILLER}"],
    ],
    "a column of who sits by": [
        [*AGENDA, "| No | Business | Gallery |", "| 1 | Apologies | Seated |", "| 2 | Play areas | Seated |",
         "| 3 | Claim by a builder | Cleared |"],
        ["# 2. Play areas", f"OPENone {FILLER}"], ["# 3. Claim by a builder", f"SHUTone {FILLER}"],
    ],
    "a column of words nobody knows, of which an exempt item bears one": [
        [*AGENDA, "| No | Business | Loop |", "| 1 | Apologies | Run |", "| 2 | Claim by a roofer | Rest |",
         "| 3 | Play areas | Run |", "| 4 | Claim by a builder | Rest |", "Item 4 contains exempt information."],
        ["# 2. Claim by a roofer", f"SHUTone {FILLER}"], ["# 3. Play areas", f"OPENone {FILLER}"],
        ["# 4. Claim by a builder", f"SHUTtwo {FILLER}"],
    ],
    "such a column behind the titles, which the papers do not have": [
        ["Agenda for the meeting on 5 March 2025 at 10.00am, in the Council Chamber", "| | Business | Loop | Pages |",
         "| 1 | Apologies | Run | - |", "| 2 | Works at the yard | Rest | 2 |", "| 3 | Play areas | Run | 3 |",
         "| 4 | Claim by a builder | Rest | 4 |", "Item 4 contains exempt information."],
        ["# Works at the yard", f"SHUTone {FILLER}"], ["# Play areas", f"OPENone {FILLER}"],
        ["# Claim by a builder", f"SHUTtwo {FILLER}"],
    ],
    "such a column of what is to be done, and of who does it": [
        [*AGENDA, "| No | Business | For | Lead |", "| 1 | Apologies | Noting | AB |",
         "| 2 | Play areas | Decision | CD |", "| 3 | Claim by a builder | Decision | CD |",
         "Item 3 contains exempt information."],
        ["# 2. Play areas", f"OPENone {FILLER}"], ["# 3. Claim by a builder", f"SHUTone {FILLER}"],
    ],
    "such a field of reports, of which one is marked": [
        ["# Board papers"],
        ["# Play areas", "| Author | Parks |", "| Shelf | Front |", f"OPENone {FILLER}"],
        ["# Claim by a builder", "| Author | Parks |", "| Shelf | Back |", "NOT FOR PUBLICATION", f"SHUTone {FILLER}"],
        ["# Claim by a roofer", "| Author | Works |", "| Shelf | Back |", f"SHUTtwo {FILLER}"],
        ["# Toilets", "| Author | Works |", "| Shelf | Front |", f"OPENtwo {FILLER}"],
    ],
    "a margin that the agenda bears, and another like it": [
        ["^ BOOK ONE", *AGENDA, "1. Apologies", "2. Play areas", "3. Claim", "Some papers are confidential."],
        ["^ BOOK ONE", "# 2. Play areas", f"OPENone {FILLER}"], ["^ BOOK TWO", "# 3. Claim", f"SHUTone {FILLER}"],
        ["^ BOOK TWO", f"SHUTtwo {FILLER}"], ["^ BOOK ONE", "# 4. Toilets", f"OPENtwo {FILLER}"],
    ],
    "one report that the front speaks of, told by for whom it is": [
        ["# Board", "One report in this pack is commercially sensitive and is exempt from publication."],
        ["# Play areas", "Author: Parks. Circulation: General", f"OPENone {FILLER}"],
        ["# Claim by a builder", "Author: Works. Circulation: Board and its advisers", f"SHUTone {FILLER}"],
        ["# Toilets", "Author: Works. Circulation: General", f"OPENtwo {FILLER}"],
    ],
    "the same below an agenda's list": [
        ["^ BOOK ONE", *AGENDA, "1. Apologies", "2. Play areas", "3. Claim", "4. Toilets",
         "Some papers are confidential."],
        ["^ BOOK ONE", "# 2. Play areas", f"OPENone {FILLER}"], ["^ BOOK TWO", "# 3. Claim", f"SHUTone {FILLER}"],
        ["^ BOOK ONE", "# 4. Toilets", f"OPENtwo {FILLER}"],
    ],
    "an edition for the public, and one that is not": [
        ["^ Public edition", *AGENDA, "1. Play areas", "2. Claim by a builder", "3. Toilets"],
        ["^ Public edition", "# 1. Play areas", f"OPENone {FILLER}"],
        ["^ Cabinet edition", "# 2. Claim by a builder", f"SHUTone {FILLER}"],
        ["^ Public edition", "# 3. Toilets", f"OPENtwo {FILLER}"],
    ],
    "a column of rooms": [
        [*AGENDA, "| No | Business | Room |", "| 1 | Apologies | Hall |", "| 2 | Play areas | Hall |",
         "| 3 | Claim by a builder | Chamber |"],
        ["# 2. Play areas", f"OPENone {FILLER}"], ["# 3. Claim by a builder", f"OPENtwo {FILLER}"],
    ],
    "reports that are released at other times": [
        ["# Board papers"],
        ["# Board", "| Title | Play areas |", "| Release | With the agenda |", f"OPENone {FILLER}"],
        ["# Board", "| Title | Sale of the depot |", "| Release | After completion |", f"SHUTone {FILLER}"],
    ],
    "two bundles by their pages": [
        [*AGENDA, "1. Apologies", "2. Play areas", "3. Conduct of a member", "Public bundle: pages 2 to 2.",
         "Members' bundle: pages 3 to 3.", "_ Page 1"],
        ["# Play areas", f"OPENone {FILLER}", "_ Page 2"], ["# Conduct of a member", f"SHUTone {FILLER}", "_ Page 3"],
    ],
    "a heading over items for few": [
        [*AGENDA, "1. Apologies", "2. Play areas", "# Hearings (parties and their advisers only)",
         "3. Mr K", "4. Ms R"],
        ["# 2. Play areas", f"OPENone {FILLER}"], ["# 3. Mr K", f"SHUTone {FILLER}"],
        ["# 4. Ms R", f"SHUTtwo {FILLER}"],
    ],
    "a report whose front names other readers than the public": [
        ["# Board papers"],
        ["# Board", "| Title | Play areas |", "| Audience | Tenants and public |", f"OPENone {FILLER}"],
        ["# Board", "| Title | Sale of the depot |", "| Audience | Board and auditors |", f"SHUTone {FILLER}"],
        ["# Board", "| Title | Toilets |", "| Audience | Public |", f"OPENtwo {FILLER}"],
    ],
    "tables of what leads to a place": [
        ["# Sites", "| Site | North field |", "| Access | Public footpath |", f"OPENone {FILLER}"],
        ["# Sites", "| Site | South field |", "| Access | Gravel track |", f"OPENtwo {FILLER}"],
    ],
    "reports whose fronts all name other readers": [
        ["# Board", "| Title | Play areas |", "| Circulation | All members |", f"OPENone {FILLER}"],
        ["# Board", "| Title | Toilets |", "| Circulation | Members of the panel |", f"OPENtwo {FILLER}"],
    ],
    "one of two agendas, by the law": [
        ["# Finance Committee", "# A Agenda", "A1 Apologies", "A2 Play areas", "# B Agenda", "B1 Sale of the depot",
         "The B items fall under section 50A(4) of the Local Government (Scotland) Act 1973."],
        ["# Item A2: Play areas", f"OPENone {FILLER}"], ["# Item B1: Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "a paper behind the pages that the agenda gives an open item": [
        [
            *AGENDA,
            "1. Apologies",
            "2. Play areas (Pages 2 - 2)",
            "3. Exclusion of press and public",
            "4. Sale of the depot (Pages 4 - 4)",
            "_ Page 1",
        ],
        ["# 2. Play areas", f"OPENone {FILLER}", "_ Page 2"],
        [f"SHUTone {FILLER}", "_ Page 3"],
        ["# 4. Sale of the depot", f"SHUTtwo {FILLER}", "_ Page 4"],
    ],
    "an appendix whose pages the agenda gives as exempt": [
        [
            *AGENDA,
            "1. Apologies",
            "2. Play areas (Pages 2 - 2)",
            "Offers by bidder (not for publication) (Pages 3 - 3)",
            "3. Toilets (Pages 4 - 4)",
            "_ Page 1",
        ],
        ["# 2. Play areas", f"OPENone {FILLER}", "_ Page 2"],
        ["# What was bid", f"SHUTone {FILLER}", "_ Page 3"],
        ["# 3. Toilets", f"OPENtwo {FILLER}", "_ Page 4"],
    ],
    "a paper within the pages that the agenda gives an open item": [
        [
            *AGENDA,
            "1. Apologies",
            "2. Play areas (Pages 2 - 3)",
            "3. Exclusion of press and public",
            "4. Sale of the depot (Pages 4 - 4)",
            "_ Page 1",
        ],
        ["# 2. Play areas", f"OPENone {FILLER}", "_ Page 2"],
        ["SEEN BY THE TEAM", "# Swings by age", f"OPENtwo {FILLER}", "_ Page 3"],
        ["# 4. Sale of the depot", f"SHUTone {FILLER}", "_ Page 4"],
    ],
}  # fmt: skip
SHUT: dict[str, Paper] = {
    "minutes that say at their end which are kept back": [
        ["# Minutes", "# 41. Play areas", FILLER, "# 42E. Sale of the depot", f"SHUTone {FILLER}",
         "Minutes numbered with an E are held in the safe and are not printed for the public."],
    ],
    "a star behind the number, for what has no audience": [
        [*AGENDA, "1. Apologies", "2*. Claim", "3. Trees", "* The panel is likely to take these without an audience."],
        ["# 2. Claim", f"SHUTone {FILLER}"], ["# 3. Trees", f"OPENone {FILLER}"],
    ],
    "lines of a list, nobody knows which": [
        ["# Sales", "The list has some exempt lines.", "| Site | Note |", "| SHUTone | Shown |", f"SHUTtwo {FILLER}"],
    ],
    "two halves of a list, of which one is open": [
        [*AGENDA, "# First half: open to all", "1. Apologies", "2. Trees", "# Second half: members stay", "3. Claim"],
        ["# 2. Trees", f"OPENone {FILLER}"], ["# 3. Claim", f"SHUTone {FILLER}"],
    ],
    "items for which the meeting is open": [
        [*AGENDA, "The meeting is open for items 1 to 2.", "1. Apologies", "2. Trees", "3. Claim"],
        ["# 2. Trees", f"OPENone {FILLER}"], ["# 3. Claim", f"SHUTone {FILLER}"],
    ],
    "a column of the paragraphs of the schedule": [
        ["# Pension Board: agenda", "| No | Report | Sch. 12A para |", "| 1 | Play areas | – |",
         "| 2 | Sale of the depot | 3 |"],
        ["# Play areas", f"OPENone {FILLER}"], ["# Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "a meeting in private whose items are numbered apart": [
        ["# Care Board", "# Meeting in public", "| Ref | Item |", "| 01/25 | Welcome |", "| 02/25 | Play areas |",
         "# Meeting in private", "| Ref | Item |", "| P1/25 | Sale of the depot |"],
        ["# Enclosure A", "# Play areas", f"OPENone {FILLER}"],
        ["# Enclosure B", "# Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "part two of an agenda in Welsh and English": [
        ["# Cyngor Sir", "# Y Cabinet – Rhaglen", "1. Ymddiheuriadau / Apologies", "2. Meysydd chwarae / Play areas",
         "# RHAN II – eitemau nad ydynt ar agor i'r cyhoedd", "3. Gwerthu'r depo / Sale of the depot"],
        ["# Play areas", f"OPENone {FILLER}"], ["# Sale of the depot", f"SHUTone {FILLER}"],
    ],
    "a list that counts in the minutes of a year": [
        ["# Full Council", "# Agenda", "25/99 Apologies", "25/100 Allotments", "25/101 Toilets", "CONFIDENTIAL SESSION",
         "25/102 Repairs to the lodge"],
        ["# 25/100 Allotments", f"OPENone {FILLER}", "# 25/101 Toilets", f"OPENtwo {FILLER}"],
        ["# 25/102 Repairs to the lodge", f"SHUTone {FILLER}"],
    ],
    "a list that counts in small letters, and goes into closed session": [
        ["# Agenda", "a) To receive apologies", "b) Summer play scheme", "c) To resolve to go into closed session",
         "d) Prices for the boiler"],
        ["# b) Summer play scheme", f"OPENone {FILLER}"],
        ["# d) Prices for the boiler", f"SHUTone {FILLER}"],
    ],
    "a column of letters that stand explained below the table": [
        ["# Resources Committee", "| No. | Business | Access | Lead officer | Page |",
         "| 1 | Play areas | P | Leisure | 2 |", "| 2 | Rent debts | E | Revenues | 3 |",
         "P - public; E - the committee will be asked to exclude the public under paragraph 6 of Schedule 7A."],
        ["# Play areas", f"OPENone {FILLER}"],
        ["# Rent debts", f"SHUTone {FILLER}"],
    ],
    "what is confidential, and no part of the paper": [
        ["# The depot", f"SHUTone {FILLER}", "Details of the bids are confidential."],
    ],
    "what is confidential, and no service but an offer of one": [
        ["# The depot", f"SHUTone {FILLER}", "Details of the service offers are confidential."],
    ],
    "what is for the members and goes no further": [
        ["# Our staff", "What is told here is for the members of this panel and goes no further.",
         f"SHUTone {FILLER}"],
    ],
    "an exempt item is listed, and no item's papers are known": [
        [*AGENDA, "# 1. Minutes", "# 2. Performance", "# PART II", "# 3. Sale of the depot"],
        ["# Notes of the last time", f"SHUTmaybe {FILLER}"],
        ["# Quarter two results", f"SHUTperhaps {FILLER}"],
        ["# Proposed disposal of land at Mill Lane", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "an exempt item is listed, and a paper begins that is headed otherwise": [
        [*AGENDA, "# 1. Minutes of the last meeting", "# 2. Performance of the contact centre", "# PART II",
         "# 3. Sale of the depot"],
        ["# Minutes of the last meeting", f"OPENone {FILLER}"],
        ["# Performance of the contact centre", f"OPENtwo {FILLER}"],
        ["# Proposed disposal of land at Mill Lane", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "the same between two public ones": [
        [*AGENDA, "# 1. Minutes of the last meeting", "# 2. Sale of the depot (Exempt)",
         "# 3. Performance of the contact centre"],
        ["# Minutes of the last meeting", f"OPENone {FILLER}"],
        ["# Proposed disposal of land at Mill Lane", f"SHUTone {FILLER}"],
        ["# Performance of the contact centre", f"OPENtwo {FILLER}"],
    ],
    "nothing tells where the papers of a listed exempt item begin": [
        ["Cabinet", "Agenda", "5 March 2025", "1 Apologies", "2 Declarations", "3 Budget monitoring",
         "4 Exclusion of the press and public", "5 Disposal of Mill Lane"],
        ["Budget monitoring quarter 1", f"OPENone {FILLER}"],
        ["Mill Lane: offers received", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "an appendix that the report calls exempt, and its own heading does not": [
        ["# Report on the depot", f"OPENone {FILLER}", "Appendix 2 is exempt under paragraph 3 of Schedule 12A.",
         f"OPENtwo {FILLER}"],
        ["# Appendix 1 - Plan", f"OPENthree {FILLER}"],
        ["# Appendix 2 - Offers received", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
        ["# Appendix 3 - Letters", f"OPENfour {FILLER}"],
    ],
    "so called in a list of appendices": [
        ["# Report on the depot", f"OPENone {FILLER}", "# Appendices", "Appendix A - Plan",
         "Appendix B - Offers (exempt)"],
        ["# Appendix A - Plan", f"OPENthree {FILLER}"],
        ["# Appendix B", f"SHUTone {FILLER}"],
    ],
    "so called in one cell of a list": [
        ["| Title | The depot |", "| Appendices | A - Plan; B - Offers (Exempt) |", f"OPENone {FILLER}"],
        ["# Appendix A", "# Plan", f"OPENtwo {FILLER}"],
        ["# Appendix B", "# Offers", f"SHUTone {FILLER}"],
    ],
    "so called in a list of letters": [
        ["# Report on the depot", f"OPENone {FILLER}", "# Appendices", "A - Plan", "B - Offers (exempt)"],
        ["# Appendix A", f"OPENtwo {FILLER}"],
        ["# Appendix B", f"SHUTone {FILLER}"],
    ],
    "so called as private, with another in one sentence": [
        ["# Broadband", f"OPENone {FILLER}",
         "Annex A has the milestones and Annex B the price, which is private under paragraph 3."],
        ["# Annex A: Milestones", f"OPENtwo {FILLER}"],
        ["# Annex B: Prices", f"SHUTone {FILLER}"],
    ],
    "a reason that is told without its paragraph": [
        ["# Parks", f"OPENone {FILLER}"],
        ["# Debt of the club", "Reason for exemption: contains information on the affairs of a third party",
         f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "what is not to be made public yet": [
        ["# Cycling", f"OPENone {FILLER}"],
        ["# Purchase", "(The contents of this report are not to be made public until the order is confirmed)",
         f"SHUTone {FILLER}"],
    ],
    "an agenda of which Part B is likely to be considered without the public": [
        ["Executive", "Part A", "1 Apologies", "2 Flood defence update",
         "Part B Reports which are likely to be considered with the public excluded", "3 Surrender of the lease"],
        ["# 2 Flood defence update", f"OPENone {FILLER}"],
        ["# 3 Surrender of the lease", f"SHUTone {FILLER}"],
    ],
    "an agenda of which an item is closed and others are public": [
        ["# Licensing", "| Item | Title | Status |", "| 4 | Fees review | Public |",
         "| 5 | Fitness of a holder | Closed |",
         "| 6 | Street collections | Public |"],
        ["# 4. Fees review", f"OPENone {FILLER}"],
        ["# 5. Fitness of a holder", f"SHUTone {FILLER}"],
        ["# 6. Street collections", f"OPENtwo {FILLER}"],
    ],
    "a list that says who may see each report": [
        ["# Papers", "| Item | Title | Who may see it |", "| 1 | Town centre footfall | Anyone |",
         "| 2 | Chief executive: terms of departure | Members of the committee |"],
        ["# Item 1 Town centre footfall", f"OPENone {FILLER}"],
        ["# Item 2 Chief executive: terms of departure", f"SHUTone {FILLER}"],
    ],
    "an agenda whose entries end in Open and in Closed": [
        [*AGENDA, "1 Apologies Open", "2 Street lighting renewal Open", "3 Sale of the Corn Exchange Closed"],
        ["# 2 Street lighting renewal", f"OPENone {FILLER}"],
        ["# 3 Sale of the Corn Exchange", f"SHUTone {FILLER}"],
    ],
    "an agenda with a column in which one item is not open": [
        [*AGENDA, "| Item | Subject | Forum | Time |", "| 1 | Street lighting renewal | Open | 10.00 |",
         "| 2 | Tree planting | Open | 10.20 |", "| 3 | Sale of the Corn Exchange | Trustees | 10.40 |"],
        ["# Street lighting renewal", f"OPENone {FILLER}"],
        ["# Tree planting", f"OPENtwo {FILLER}"],
        ["# Sale of the Corn Exchange", f"SHUTone {FILLER}"],
    ],
    "an agenda with a column Status, of which one is reserved": [
        [*AGENDA, "| No. | Item | Lead | Status |", "| 1 | Street lighting renewal | Clerk | Open |",
         "| 2 | Tree planting | Clerk | Open |", "| 3 | Sale of the Corn Exchange | Chair | Reserved |"],
        ["# Street lighting renewal", f"OPENone {FILLER}"],
        ["# Tree planting", f"OPENtwo {FILLER}"],
        ["# Sale of the Corn Exchange", f"SHUTone {FILLER}"],
    ],
    "an agenda whose entries say in brackets which are open": [
        [*AGENDA, "1 Apologies [open]", "2 Street lighting renewal [open]", "3 Sale of the Corn Exchange [reserved]"],
        ["# 2 Street lighting renewal", f"OPENone {FILLER}"],
        ["# 3 Sale of the Corn Exchange", f"SHUTone {FILLER}"],
    ],
    "an agenda whose entries say behind a dash for whom they are": [
        [*AGENDA, "1 Apologies - public", "2 Street lighting renewal - public", "3 Clerk's contract - governors"],
        ["# 2 Street lighting renewal", f"OPENone {FILLER}"],
        ["# 3 Clerk's contract", f"SHUTone {FILLER}"],
    ],
    "an agenda whose entries begin with who may sit by": [
        [*AGENDA, "1. [Public] Apologies", "2. [Public] Street lighting renewal", "3. [Limited] Sale of the Exchange"],
        ["# 2. Street lighting renewal", f"OPENone {FILLER}"],
        ["# 3. Sale of the Exchange", f"SHUTone {FILLER}"],
    ],
    "an agenda with letters, of which one is not on the website": [
        [*AGENDA, "| Ref | Report | On website |", "| A | Street lighting renewal | Yes |", "| B | Trees | Yes |",
         "| C | Sale of the Exchange | No |"],
        ["# A. Street lighting renewal", f"OPENone {FILLER}"],
        ["# C. Sale of the Exchange", f"SHUTone {FILLER}"],
    ],
    "an agenda with a column for what is open and one for what is private": [
        [*AGENDA, "| Item | Report | Open | Private |", "| 1 | Street lighting renewal | x | - |",
         "| 2 | Trees | x | - |", "| 3 | Sale of the Exchange | - | x |"],
        ["# Street lighting renewal", f"OPENone {FILLER}"],
        ["# Sale of the Exchange", f"SHUTone {FILLER}"],
    ],
    "a paper that few may handle, bound with others of which one is exempt": [
        [*AGENDA, "1. Apologies", "2. Street lighting renewal", "3. Exclusion of press and public", "4. Land"],
        ["# 2. Street lighting renewal", f"OPENone {FILLER}"],
        ["LIMITED CIRCULATION - RETAIN SECURELY", "# Lighting contract: claim", f"SHUTone {FILLER}"],
        ["# 4. Land", f"SHUTtwo {FILLER}"],
    ],
    "a ground for taking an item without the public": [
        ["# Audits", f"OPENone {FILLER}"],
        ["# Fraud cases", "Ground for taking this item without the public: it would reveal how crime is prevented.",
         f"SHUTone {FILLER}"],
    ],
    "coloured pages that are to be handed in": [
        ["# Repairs", f"OPENone {FILLER}"],
        ["^ YELLOW PAGES - to be handed in", "# Repairs: the contractor", f"SHUTone {FILLER}"],
    ],
    "an annexe whose number is a word": [
        ["# Leisure", f"OPENone {FILLER} Annexe Two is held back."],
        ["# Annexe One: Timetable", f"OPENtwo {FILLER}"],
        ["# Annexe Two: Scores", f"SHUTone {FILLER}"],
    ],
    "of which a redacted version is published": [
        ["# Performance", f"OPENone {FILLER}"],
        ["# Report on the depot", "A redacted version of this report is on the website.",
         f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "so called in a table": [
        ["# Report on the depot", f"OPENone {FILLER}", "| Appendix A | Plan | Public |",
         "| Appendix B | Offers | Exempt |"],
        ["# Appendix A - Plan", f"OPENtwo {FILLER}"],
        ["# Appendix B - Offers", f"SHUTone {FILLER}"],
    ],
    "several in one sentence": [
        ["# Report on the depot", f"OPENone {FILLER} Appendices B to D are not for publication."],
        ["# Appendix A - Plan", f"OPENtwo {FILLER}"],
        ["Appendix B", f"SHUTone {FILLER}"],
        ["Appendix C", f"SHUTtwo {FILLER}"],
    ],
    "an appendix named at the page's head": [
        ["# Report on the depot", f"OPENone {FILLER} The exempt Appendix 1 gives the offers."],
        ["^ Appendix 1", f"SHUTone {FILLER}"],
    ],
    "of two reports' second appendices one": [
        ["^ Agenda Item 1", "# Depot", f"OPENone {FILLER} Appendix 2 is exempt."],
        ["# Appendix 2 - Offers", f"SHUTone {FILLER}"],
        ["^ Agenda Item 2", "# Waste", f"OPENtwo {FILLER}"],
        ["# Appendix 2 - Rounds", f"OPENthree {FILLER}"],
    ],
    "the public excluded for the rest of the meeting": [
        ["# Minutes of the Cabinet", f"OPENone {FILLER}",
         "RESOLVED: That the press and public be excluded for the remainder of the meeting.",
         f"SHUTone {FILLER}", f"SHUTtwo {FILLER}"],
        ["^ Agenda Item 2", "# Waste", "PUBLIC REPORT", f"OPENtwo {FILLER}"],
    ],
    "the public excluded for the following item": [
        ["# Minutes of the Cabinet", f"OPENone {FILLER}",
         "It was resolved that the public be excluded for the following item of business on the grounds that it "
         "involves the likely disclosure of exempt information.", f"SHUTone {FILLER}", f"SHUTtwo {FILLER}"],
    ],
    "some of the papers": [
        ["# Papers of the Cabinet", "Some of the papers in this pack are exempt.", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "papers of both kinds": [
        ["# Papers of the Cabinet", "This pack contains public and exempt papers."],
        [f"SHUTone {FILLER}"],
    ],
    "somewhere at the end": [
        ["# Papers of the Cabinet", "Exempt papers are at the end of this pack."],
        [f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "a section of the report": [
        ["# Report", f"SHUTmaybe {FILLER}", "Exempt information is set out in section 5 of this report."],
        ["# 5. Offers", f"SHUTtwo {FILLER}"],
    ],
    "some paragraphs of it": [
        ["# Report", f"SHUTmaybe {FILLER}", "Paragraphs 3.1 to 3.6 of this report are exempt."],
        [f"SHUTtwo {FILLER}"],
    ],
    "partly, as a field says": [
        ["# Report", "| Exempt? | Partly |", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "part exempt": [
        ["# Report", "| Classification | Part exempt |", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "in part, as a question is answered": [
        ["# Report", "Is the report exempt? In part", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "the reason for an exemption": [
        ["# Report on the depot", "Reason for exemption: paragraph 3", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "the public are likely to be excluded": [
        ["# Report on the depot", "The public are likely to be excluded from the meeting during this item.",
         f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "information within a paragraph of the schedule": [
        ["# Report", "The report is considered to contain information falling within paragraph 3 of Part 1 of "
         "Schedule 12A to the Local Government Act 1972.", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "a long title": [
        ["# Performance", f"OPENone {FILLER}"],
        ["# Confidential report of the Director of Resources to the Cabinet on the sale of land at Mill Lane and the "
         "offers that were received for it", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "in Welsh": [
        ["# Perfformiad", f"OPENone {FILLER}"],
        ["# Adroddiad", "NID I'W GYHOEDDI", f"SHUTone {FILLER}"],
    ],
    "nothing but its line parts a mark from what it heads": [
        ["CONFIDENTIAL\nMeeting of August", f"SHUTone {FILLER}"],
        ["Exempt appendix 2\nOffers", f"SHUTtwo {FILLER}"],
    ],
    "what is called exempt by no number": [
        ["# Lease of the pier", f"SHUTmaybe {FILLER}",
         "The financial appraisal annexed to this report is exempt from general publication."],
        ["# The pier: appraisal", f"SHUTone {FILLER}"],
    ],
    "an exempt appendix that is headed by another name": [
        ["# Report on the depot", f"OPENone {FILLER} Appendix 2 is exempt."],
        ["# Appendix 1 - Plan", f"OPENtwo {FILLER}"],
        ["# Offers received", f"SHUTone {FILLER}"],
    ],
    "of which a field says that the rest is open": [
        ["| Report of | Head of Leisure |",
         "| Access to this report | Body of report open; Appendix 2 held back from the public |", f"OPENone {FILLER}"],
        ["# Appendix 2 - Offers received", f"SHUTone {FILLER}"],
    ],
    "that alone, as a field says": [
        ["| Report of | Head of Leisure |", "| Open or exempt | Part exempt - Annex B only |", f"OPENone {FILLER}"],
        ["# Annex A - Plan", f"OPENtwo {FILLER}"],
        ["# Annex B - Offers received", f"SHUTone {FILLER}"],
    ],
    "what is asked for in a form is told of": [
        ["# Record of a decision", "| Decided by | Head of Legal |",
         "| Confidential information (if any) and why it is not disclosed | See the note below |", f"SHUTone {FILLER}"],
    ],
    "copies that are collected": [
        ["To be tabled; copies will be collected at the close", "# Valuation", f"SHUTone {FILLER}"],
    ],
    "a gallery that was emptied": [
        ["# Minutes", "112/25 Trees. OPENone trees were planted by the wardens in the spring of the year.",
         f"113/25 Staffing. The public gallery was emptied at 7.52pm. SHUTone {FILLER}"],
    ],
    "under sealed cover": [
        ["# Rebuilding of the wall", f"OPENone {FILLER}",
         "The tenders are in Annexure C, which is supplied to members under sealed cover."],
        ["# Annexure A: Drawings", f"OPENtwo {FILLER}"],
        ["# Annexure C: Tenders received", f"SHUTone {FILLER}"],
    ],
    "what the published copy will not have": [
        ["# Lease of the hall", "Paragraphs 1.2 and 2.1 below will be taken out of the published copy.",
         f"1.2 SHUTone {FILLER}"],
    ],
    "an item on green paper": [
        [*AGENDA, "1. Condition of schools", "2. Claim for asbestos (green paper)"],
        ["# Condition of schools", f"OPENone {FILLER}"],
        ["# Claim for asbestos", f"SHUTone {FILLER}"],
    ],
    "figures in brackets": [
        ["# Review of the centre", "Figures in square brackets are to be treated as confidential.",
         f"SHUTone [4,815] {FILLER}"],
    ],
    "the public away until they are back": [
        ["# Minutes", "# Visitors", f"OPENone {FILLER}", "# Restricted items", f"SHUTone {FILLER}",
         "# The press and public returned to the meeting", f"OPENtwo {FILLER}"],
    ],
    "in camera": [["# Performance", f"OPENone {FILLER}"], ["# In camera items", f"SHUTone {FILLER}"]],
    "signs by a legend, of papers that are headed otherwise": [
        ["# Panel", "# 4 Incidents (I)", "# 5 Dispute with the supplier (X)",
         "Key: (X) report contains exempt information; (I) report for information."],
        ["# 4 Incidents (I)", f"OPENone {FILLER}"],
        ["# 5 Settlement (X)", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
    ],
    "a letter that means closed": [
        [*AGENDA, "1. Condition of schools O", "2. Claim for asbestos C", "O = open; C = closed"],
        ["# Condition of schools", f"OPENone {FILLER}"],
        ["# Claim for asbestos", f"SHUTone {FILLER}"],
    ],
    "a dagger that means that the public will go": [
        [*AGENDA, "1. Condition of schools", "2. Claim for asbestos ‡",
         "‡ This report is likely to be considered after a resolution to exclude the public."],
        ["# Condition of schools", f"OPENone {FILLER}"],
        ["# Claim for asbestos", f"SHUTone {FILLER}"],
    ],
    "another sign of a legend, below a mark": [
        ["# Panel", "# 4 Incidents (I)", "# 5 Dispute with the supplier (X)",
         "Key: (X) report contains exempt information; (I) report for information."],
        ["NOT FOR PUBLICATION", "# 4 Settlement (I)", f"SHUTone {FILLER}"],
    ],
    "the public bidden to go by an item of the list, in other words than to exclude": [
        [*AGENDA, "1. Apologies", "2. Allotments", "3. To resolve that under the Public Bodies (Admission to Meetings)"
         " Act 1960 those of the press and public who are present be asked to leave the room", "4. Staffing matters"],
        ["# Item 2 - Allotments", f"OPENone {FILLER}"],
        ["# Item 4 - Staffing matters", f"SHUTone {FILLER}"],
    ],
    "parts of an agenda by letters, for one of which parishioners go home": [
        ["# Parish Council", "# Section A - parishioners may stay", "A1 Apologies", "A2 Dog bins",
         "# Section B - parishioners are asked to go home before it", "B1 Land at Pound Lane"],
        ["# A2 Dog bins", f"OPENone {FILLER}"],
        ["# B1 Land at Pound Lane", f"SHUTone {FILLER}"],
    ],
    "a notice that bids residents go, and no list": [
        ["# Parish Council", "# Notice of what is to come", "After the dog bins residents will be asked to leave."],
        ["# Dog bins", f"SHUTone {FILLER}"],
        ["# Land at Pound Lane", f"SHUTtwo {FILLER}"],
    ],
    "the rule's number under a header that asks what is not open": [
        ["# Board Agenda", "| Item No | Ward | Item not open | Title | Page |", "| 1 | | | Apologies | |",
         "| 2 | All | | Street lighting | 2 |", "| 3 | Mill | 10.4(3) | Corn mill regeneration | 3 |"],
        ["# Street lighting", f"OPENone {FILLER}"],
        ["# Corn mill regeneration", f"SHUTone {FILLER}"],
    ],
    "a letter before the numbers of items, told below them": [
        [*AGENDA, "1. Apologies", "2. Roads", "E1 3. Pier contract", "The committee will be asked to exclude the "
         "public for items of business with an “E” on the grounds that exempt information is likely to be disclosed."],
        ["# Roads", f"OPENone {FILLER}"],
        ["# Pier contract", f"SHUTone {FILLER}"],
    ],
    "a star whose meaning is told in a long sentence": [
        [*AGENDA, "1. Apologies", "2. Roads", "*3. Pier contract", "The report that has a star beside its number is to "
         "be taken, as has long been the custom of this authority, when the public have gone."],
        ["# Roads", f"OPENone {FILLER}"],
        ["# Pier contract", f"SHUTone {FILLER}"],
    ],
    "a sign whose meaning cites the law alone": [
        [*AGENDA, "1. Apologies", "2. Roads", "3. Claim by a contractor †",
         "† Members may wish to take this under Section 50A(4) of the Act, as classes 6 and 9 are concerned."],
        ["# Roads", f"OPENone {FILLER}"],
        ["# Claim by a contractor", f"SHUTone {FILLER}"],
    ],
    "a report that the agenda calls by its number, on paper of a colour": [
        [*AGENDA, "1. Minutes", "2. Roads", "3. Dispute about pumps",
         "The Clerk advises that report 3 is on yellow paper."],
        ["# Roads", f"OPENone {FILLER}"],
        ["# Dispute about pumps", f"SHUTone {FILLER}"],
    ],
    "one of the appendices in a cell, without a stop behind their numbers": [
        ["| Ward | Canal |", "| Appendices | 1 Site plan; 2 Viability review (exempt by category 3) |",
         f"OPENone {FILLER}"],
        ["# Appendix 1 - Site plan", f"OPENtwo {FILLER}"],
        ["# Appendix 2 - Viability review", f"SHUTone {FILLER}"],
    ],
    "copies that are collected afterwards, of nobody knows what": [
        ["# Panel", "# Notice", "Copies will be collected afterwards."],
        ["# Offers received", f"SHUTone {FILLER}"],
    ],
    "a paper behind an open item's, of which neither the list nor that item tells, under words that nobody knows": [
        [*AGENDA, "1. Apologies", "2. Street lighting", "3. Exclusion of press and public", "4. Land at the mill"],
        ["# 2. Street lighting", f"OPENone {FILLER}", "The costs by parish are attached."],
        ["# Costs by parish", f"OPENtwo {FILLER}"],
        ["STAYS IN THE ROOM", "# Claim by a cleaner", f"SHUTone {FILLER}"],
        [f"SHUTtwo {FILLER}"],
        ["# 4. Land at the mill", f"SHUTthree {FILLER}"],
    ],
    "an exempt item's paper by another name": [
        [*AGENDA, "1. Apologies", "2. Street lighting", "3. Exclusion of press and public", "4. Land at the mill"],
        ["# 2. Street lighting", f"OPENone {FILLER}"],
        [f"OPENtwo {FILLER}"],
        ["# Offers", f"SHUTone {FILLER}"],
    ],
    "entries in brackets": [
        [*AGENDA, "1. Apologies", "2. Street lighting", "[3. Land at the mill]"],
        ["# 2. Street lighting", f"OPENone {FILLER}"],
        ["# 3. Land at the mill", f"SHUTone {FILLER}"],
    ],
    "entries with the doors closed": [
        [*AGENDA, "1. Apologies", "2. Street lighting", "3. Land at the mill (doors closed)", "4. Lifts"],
        ["# 2. Street lighting", f"OPENone {FILLER}"],
        ["# 3. Land at the mill", f"SHUTone {FILLER}"],
        ["# 4. Lifts", f"OPENtwo {FILLER}"],
    ],
    "letters with nothing behind them, and whether the gallery is emptied for some": [
        ["# Harbour Board", "A Apologies", "B Street lighting", "C To decide whether the gallery is emptied for D",
         "D Land"],
        ["# Street lighting", f"OPENone {FILLER}"],
        ["# Land", f"SHUTone {FILLER}"],
    ],
    "a column of who hears it": [
        [*AGENDA, "| No | Matter | Heard by |", "| 1 | Apologies | All |", "| 2 | Street lighting | All |",
         "| 3 | Land at the mill | Councillors |"],
        ["# 2 Street lighting", f"OPENone {FILLER}"],
        ["# 3 Land at the mill", f"SHUTone {FILLER}"],
    ],
    "last words, of which one item's alone are open": [
        [*AGENDA, "1. Apologies", "2. Street lighting - open", "3. Land at the mill - not open"],
        ["# Street lighting", f"OPENone {FILLER}"],
        ["# Land at the mill", f"SHUTone {FILLER}"],
    ],
    "a paper under words that nobody knows, where the list tells the pages of those around it": [
        [*AGENDA, "1. Apologies", "2. Street lighting (Pages 2 - 2)", "3. Exclusion of press and public",
         "4. Land at the mill (Pages 4 - 4)"],
        ["# 2. Street lighting", f"OPENone {FILLER}"],
        ["STAYS WITH THE CLERK", "# Claim by a cleaner", f"SHUTone {FILLER}"],
        ["# 4. Land at the mill", f"SHUTtwo {FILLER}"],
    ],
}  # fmt: skip


@pytest.mark.parametrize(("paper", "way", "name"), checks(SHUT))
def test_what_is_in_doubt_is_shut(tmp_path: Path, paper: Paper, way: Callable[[Path, Paper], Path], name: str) -> None:
    """From where the exempt part may begin until something public does; what no doubt touches stays open."""
    hold(tmp_path / name, paper, way)


def test_the_report_names_the_pages_that_were_in_doubt(tmp_path: Path) -> None:
    """So that an officer may open by hand what need not be closed; a paper whose marks are clear is not named."""
    papers: dict[str, Paper] = {
        "a.pdf": [["# Notice", "Residents will be asked to leave."], ["# Pound Lane", FILLER]],
        "b.pdf": [["# Roads", FILLER], ["# Appendix 1 (Exempt)", FILLER]],
    }
    report = Report()
    for name, paper in papers.items():
        report.add(extract(read_pack(draw(tmp_path / name, paper), name)), Changes(False, ()))
    told = report.lines()
    at = next(at for at, line in enumerate(told) if line.startswith("Closed in doubt"))
    assert told[at + 1] == "  a.pdf: page 1"
    assert "b.pdf" not in "".join(told[at:])


@pytest.mark.parametrize("paper", PAGED.values(), ids=PAGED)
def test_what_is_told_by_its_pages_is_shut(tmp_path: Path, paper: Paper) -> None:
    """Behind the pages that the agenda gives an item there is doubt, and within them none."""
    hold(tmp_path / "a.pdf", paper, draw)
