"""What is told by a vocabulary alone: lines that are made of nothing but words of marking, fields, brackets, sentences,
misspellings and names."""

import pytest

from indexer.exempt import marks, wording
from indexer.exempt.files import of_file

CLOSED = (
    "TLP:RED", "STAFF - IN CONFIDENCE", "WITHOUT PREJUDICE AND PREPARED IN CONTEMPLATION OF LITIGATION",
    "STRICTLY EMBARGOED UNTIL CONTRACTS ARE EXCHANGED", "FOIA CLOSED - section 43 (commercial interests)",
    "NFP - PARAGRAPH 3", "LGA 1972, Sch. 12A, Pt 1, para 3", "NOT TO BE RELEASED BEFORE COMPLETION",
    "Local Government (Access to Information) Act 1985: paragraphs 8 and 9 apply", "PLEASE DO NOT FORWARD OR UPLOAD",
    "RESTRICTED - Schedule 6 to the Local Government Act (Northern Ireland) 2014", "Not for onward transmission",
    "INTERNAL - NOT FOR EXTERNAL DISTRIBUTION", "CONFIDENTAL", "NOT FOR PUBLICAITON", "Excempt",
    "Sale of the depot [Part 2 - not public]", "THIS MATTER IS CLOSED TO THE PUBLIC",
    "Not to be made public until 1 July 2026", "SECURE - handle under paragraph 3", "Submitted in strict confidence",
    "RESERVED BUSINESS", "(The press and public may be asked to leave for this item)",
    "For release after 1 June 2026 only",
)  # fmt: skip
FIELDS = (
    ("To be considered in public? No - paragraph 3", "exempt"), ("Considered in public: Yes", ""),
    ("Reason for non-publication: paragraph 3, business affairs", "exempt"), ("Published: No", "exempt"),
    ("Report classification: Tier 2 - closed", "exempt"), ("Report classification: Tier 1", ""),
    ("Sensitivity level: 3 (restricted access)", "exempt"), ("Open report No", "exempt"),
    ("Distribution: Restricted. Leader, Chief Executive.", "exempt"), ("Public interest: No", ""), ("Web chat: No", ""),
)  # fmt: skip
OPEN = (
    "Public and private", "Not published", "Closed items", "Part 2", "Access to information", "Private sector",
    "Council tax exemptions", "Exemption category", "Local Government Act 1972, section 111",
    "None of the papers is confidential", "Exempt classes", "Exclusion of doubt", "Sensitive lighting zones",
    "The Cabinet considered four exempt reports in the year.", "Restrictions", "Publications",
)  # fmt: skip
SAID = (
    ("Members are asked to return this paper to the Clerk at the end of the meeting.", True),
    ("Members asked officers to return to the committee with a report.", False),
    ("This item has been deemed to contain commercially sensitive information.", True),
    ("This report does not contain commercially sensitive information.", False),
    ("For the attention of Cabinet Members alone", True),
)  # fmt: skip
FOLLOWS = (
    ("The webcast was stopped at 8.40 pm and members of the public left the room.", True),
    ("At this point the meeting went into private.", True),
    ("The Committee then considered the next matter in closed discussion.", True),
    ("The Chairman asked the public to leave the room at this point.", True),
    ("The following was discussed without the public present.", True),
    ("There being no observers present, the Panel went on.", True),
    ("The Council moved into private sector leasing in May.", False),
    ("Call recording stopped for two days in March.", False),
)  # fmt: skip


@pytest.mark.parametrize("text", CLOSED)
def test_a_line_that_closes(text: str) -> None:
    """Whatever the order of its words."""
    assert marks.of_heading(marks.plain(text), near_head=False) == "exempt"


@pytest.mark.parametrize("text", OPEN)
def test_a_line_that_does_not(text: str) -> None:
    """It speaks of something else, denies, or names both."""
    assert marks.of_heading(marks.plain(text), near_head=False) != "exempt"


@pytest.mark.parametrize(("text", "mark"), FIELDS)
def test_a_field(text: str, mark: str) -> None:
    """A question that is answered, a reason that is given."""
    assert marks.of_heading(text) == mark


@pytest.mark.parametrize(("text", "closes"), SAID)
def test_a_sentence_about_its_paper(text: str, closes: bool) -> None:
    """By patterns of words; not where it is denied."""
    assert (marks.of_sentence(text) == "exempt") is closes


@pytest.mark.parametrize(("text", "closes"), FOLLOWS)
def test_a_sentence_about_what_follows(text: str, closes: bool) -> None:
    """The public are gone, and something goes on."""
    assert marks.follows(text) is closes


@pytest.mark.parametrize(
    ("name", "shut"),
    [
        ("depot-NFP.pdf", True), ("Item 09 Part2 depot.pdf", True), ("Depot sale - CONF.pdf", True),
        ("Appendix 2 - not for pub.pdf", True), ("Depot sale [Part 2 - not public].pdf", True),
        ("Cabinet pt2 depot.pdf", True),
        ("annual-plan-part2.pdf", False), ("conference.pdf", False), ("pubs-and-clubs.pdf", False),
    ],
)  # fmt: skip
def test_a_name(name: str, shut: bool) -> None:
    """In short, and with its numbers joined to its words."""
    assert (of_file("", name) == "exempt") is shut


def test_a_paragraph_behind_an_item() -> None:
    """It is one by its number."""
    assert wording.of_ground("Para 3") and wording.of_ground("paragraphs 1 and 3")
    assert not wording.of_ground("Pages 3 - 9") and not wording.of_ground("paragraph")
