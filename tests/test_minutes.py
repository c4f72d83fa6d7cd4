"""Who was there, what was decided and what was asked for, in lines of notes and minutes."""

from datetime import date

import pytest

from indexer.meeting.day import meeting_day
from indexer.sheet import Facts
from tests.tables import ledger, paper


def test_notes_of_a_meeting_say_what_was_decided() -> None:
    """Sentences that resolve or agree are decisions of that meeting, also where they run over lines."""
    found = paper(
        lines=(
            "Notes of the meeting of 7 July 2021",
            "A query was raised. Resolved that the dashboard would",
            "say what it counts. Thanks were given.",
            "Members agreed that a survey would be sent",
            "– another point.",
            "Apologies were received from Cllr Dee Brown.",
        )
    )
    assert ledger(found, "decision", "text meeting") == (
        "Resolved that the dashboard would say what it counts., 7 July 2021; "
        "Members agreed that a survey would be sent, 7 July 2021"
    )
    assert ledger(found, "member", "meeting") == "7 July 2021"


@pytest.mark.parametrize(
    ("line", "by", "of", "due"),
    [
        ("Members requested a breakdown of the costs by 31 March 2022.", "Members", "", "31 March 2022"),
        ("The panel asked officers to bring figures to the next meeting.", "The panel", "officers",
         "to the next meeting"),
        ("Cllr Ann Smith asked for a map of the sites.", "Cllr Ann Smith", "", ""),
        ("A suggestion was made for a survey of visitors.", "", "", ""),
        ("Officers to circulate the plan before the June meeting.", "", "Officers", "before the June meeting"),
        ("The Head of Finance agreed to report back in September.", "", "The Head of Finance", "in September"),
        ("Thanks were given, but the manager would brief further.", "", "the manager", ""),
        ("Ros Teale will share the survey.", "", "Ros Teale", ""),
        ("The table is to be amended for clarity.", "", "", ""),
        ("A regular report is required.", "", "", ""),
        ("Head of Parks to supply the costs by 31 March 2022.", "", "Head of Parks", "31 March 2022"),
        ("Officers undertook to mend the roof.", "", "Officers", ""),
    ],
)  # fmt: skip
def test_minutes_say_what_was_asked_for(line: str, by: str, of: str, due: str) -> None:
    """By whom, of whom and by when stand as printed, and are none where the sentence does not say."""
    found = paper(lines=("Notes of the meeting of 7 July 2021", f"- A matter was raised. {line}"))
    (asked,) = [r for r in found.records if r.kind == "request"]
    fields = asked.fields
    assert (fields["text"], fields["by"], fields["of"], fields["due"]) == (line, by, of, due)
    assert (fields["about"], fields["meeting"]) == (f"A matter was raised. {line}", "7 July 2021")


@pytest.mark.parametrize(
    "lines",
    [
        ("Notes of the meeting of 7 July 2021", "- Members asked why the figures had fallen."),
        ("Notes of the meeting of 7 July 2021", "- Thanks were given for the work."),
        ("A report", "Members requested a breakdown of the costs."),
        ("Agenda", "To agree the notes of the last meeting on 7 July 2021", "Officers will be present to report."),
    ],
)
def test_what_asks_for_nothing_is_no_request(lines: tuple[str, ...]) -> None:
    """A question that was answered there, thanks, a paper that is no notes, an agenda that only names some."""
    assert not [r for r in paper(lines=lines).records if r.kind == "request"]


def test_people_are_read_from_their_lists() -> None:
    """Members and officers by their lists' openings, apologies by their sentence."""
    found = paper(
        lines=(
            "Members of the Committee:",
            "Cllr Ann Smith, Hart District Council",
            "Cllr Bob Jones, Mendip DC",
            "Officers:",
            "Carl White, Head of IT",
            "Apologies were received from Cllr Dee Brown.",
        )
    )
    assert ledger(found, "member", "name role") == (
        "Ann Smith, member; Bob Jones, member; Carl White, officer; Dee Brown, apologies"
    )


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Contact: Ann Smith, Democratic Services", [("Ann Smith", "Democratic Services")]),
        ("Please ask for: Bob Jones", [("Bob Jones", "")]),
        ("Contact: Democratic Services", []),  # no person
        ("Contact Centre: Ann Smith", []),  # a service
    ],
)
def test_the_contact_for_an_agenda_is_read(line: str, people: list[tuple[str, str]]) -> None:
    """By the label before the name; that in a report's head is the report's."""
    lines = ("Agenda", line, "Date: 6 October 2021")
    found = [r for r in paper(lines=lines, item="").records if r.kind == "member"]
    assert not [r for r in paper(lines=lines).records if r.kind == "member"]
    assert [(r.fields["name"], r.fields["post"]) for r in found if r.fields["role"] == "contact"] == people


def test_minutes_are_of_the_day_that_their_heading_says() -> None:
    """The paper's own meeting is another; one title may stand for several names, and what they are in brackets."""
    found = paper(
        lines=(
            "Cabinet, Thursday 9 June 2022",
            "Minutes of the meeting held on 5 May 2022",
            "Present: Councillors A Marlow (Chair), Beth Nuttall and J Pike.",
            "Apologies for absence were received from Councillors R Desai and T Quill.",
            "The Executive RESOLVED that the strategy be approved.",
        )
    )
    assert ledger(found, "member", "name role") == (
        "A Marlow, present; Beth Nuttall, present; J Pike, present; R Desai, apologies; T Quill, apologies"
    )
    assert {r.fields["meeting"] for r in found.records} == {"5 May 2022"}
    assert [r.fields["text"] for r in found.records if r.kind == "decision"]


MINUTES = "Minutes of the meeting held on 5 May 2022"


@pytest.mark.parametrize(
    ("lines", "of", "due", "text"),
    [
        (("ACTION: J Smith to circulate the note by 3 June 2022.",), "J Smith", "3 June 2022",
         "J Smith to circulate the note by 3 June 2022"),
        (("Action: Review the contract – K Eve – 30/06/2022",), "K Eve", "30/06/2022",
         "Review the contract – K Eve – 30/06/2022"),
        (("Visits were discussed. A count was wanted. (Action: Head of Libraries)",), "Head of Libraries", "",
         "A count was wanted."),
        (("1.2 Members asked for a report on damp.", "ACTION: B Crane"), "B Crane", "",
         "Members asked for a report on damp."),
    ],
)  # fmt: skip
def test_an_action_says_whose_it_is_and_by_when(lines: tuple[str, ...], of: str, due: str, text: str) -> None:
    """As printed; one that names somebody alone is of what was said before, and stands once."""
    (asked,) = [r.fields for r in paper(lines=(MINUTES, *lines)).records if r.kind == "request"]
    assert (asked["of"], asked["due"], asked["text"]) == (of, due, text)


def test_each_point_of_a_resolution_is_a_decision() -> None:
    """A list under "RESOLVED that:", what is agreed in capitals, and who is to do it by when."""
    lines = (
        "RESOLVED that:",
        "(a) the strategy be approved; and",
        "(b) the Head of Finance be asked to report by 31 May 2022.",
        "2.3 IT WAS AGREED that the target be kept.",
        "24/032 It was resolved unanimously to adjourn.",
    )
    found = [r.fields for r in paper(lines=(MINUTES, *lines)).records if r.kind == "decision"]
    assert [(f["text"], f["of"], f["due"]) for f in found] == [
        ("RESOLVED that: (a) the strategy be approved; and", "", ""),
        (
            "RESOLVED that: (b) the Head of Finance be asked to report by 31 May 2022.",
            "the Head of Finance",
            "31 May 2022",
        ),
        ("IT WAS AGREED that the target be kept.", "", ""),
        ("It was resolved unanimously to adjourn.", "", ""),
    ]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Present: Cllrs J. Rudd (Chairman), A. Pym and D. Voss",
         [("J. Rudd", "present"), ("A. Pym", "present"), ("D. Voss", "present")]),
        ("Attendees: Ruth Bell (Chair), Ian Cole (Wyreham)", [("Ruth Bell", "present"), ("Ian Cole", "present")]),
        ("Also in attendance: Mrs E. Farr (Clerk), Sam Weir", [("E. Farr", "officer"), ("Sam Weir", "officer")]),
        ("24/031 Apologies: Cllrs Brown and Green.", [("Brown", "apologies"), ("Green", "apologies")]),
        ("Apologies were received from Councillor L. Frost and Dean Abbott. The chair went on.",
         [("L. Frost", "apologies"), ("Dean Abbott", "apologies")]),
        ("He offered apologies for the absence of Clare Hunt, the director.", [("Clare Hunt", "apologies")]),
        ("Apologies: none.", []),
    ],
)  # fmt: skip
def test_people_are_read_from_a_sentence(line: str, people: list[tuple[str, str]]) -> None:
    """With a title each, one for several, or none; what they are stands in brackets."""
    found = [r.fields for r in paper(lines=(MINUTES, line)).records if r.kind == "member"]
    assert [(f["name"], f["role"]) for f in found] == people


def test_actions_under_their_heading_are_each_one() -> None:
    """A list of actions, each with whose it is; what is no longer of the list is none."""
    lines = (
        "Action points:",
        "- DV to order counters by 20 November 2024",
        "- Cllr Teal to write to the MP",
        "The end came.",
    )
    assert ledger(paper(lines=(MINUTES, *lines)), "request", "of due") == "DV, 20 November 2024; Cllr Teal, "


def test_in_attendance_alone_is_present() -> None:
    """Where nobody was listed as present, those in attendance are; else they are officers."""
    alone = paper(lines=(MINUTES, "In attendance: Cllr B Teal (Chair), Dot Vine (Engineer)"))
    assert {r.fields["role"] for r in alone.records if r.kind == "member"} == {"present"}
    both = paper(lines=(MINUTES, "Present: Cllr B Teal (Chair)", "In attendance: Dot Vine (Engineer)"))
    assert ledger(both, "member", "role") == "present; officer"


def test_a_heading_ends_a_list_of_decisions() -> None:
    """The next item's number is no further point of what was agreed."""
    lines = ("AGREED:", "1. That the shelter open in May.", "3. Work programme")
    assert ledger(paper(lines=(MINUTES, *lines)), "decision", "text") == "AGREED: 1. That the shelter open in May."


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ("6. WORKING PATTERNS", "RESOLVED:-", "Members to hear more in spring."),
            [("RESOLVED:- Members to hear more in spring.", "WORKING PATTERNS")],
        ),
        (
            ("3. Verges", "RESOLVED: That", "(a) the trial go on; and", "4. Lamps", "RESOLVED: That lamps be lit."),
            [("RESOLVED: That (a) the trial go on; and", "Verges"), ("RESOLVED: That lamps be lit.", "Lamps")],
        ),
        (
            ("T2024-031 P. Quill, R. Oakes:", "THAT we buy a plough for $4,100. Carried.", "- The sun shone."),
            [("T2024-031 P. Quill, R. Oakes: THAT we buy a plough for $4,100. Carried.", "")],
        ),
        (
            ("MOTION NUMBER 7", "Moved by: Ann Dray Seconded by: Lee Moss", "That the hall be let.", "Defeated."),
            [("MOTION NUMBER 7 Moved by: Ann Dray Seconded by: Lee Moss That the hall be let. Defeated.", "")],
        ),
        (
            ("5. Apologies", "6. Bus report: May to July", "RESOLVED: That the bus run on."),
            [("RESOLVED: That the bus run on.", "Bus report: May to July")],
        ),
        (
            ("5. Bus report", "2. Note: the bus is late", "RESOLVED: That the bus run on."),
            [("RESOLVED: That the bus run on.", "Bus report")],
        ),
        (("- A motion of 2024-031 was heard.", "RESOLVED: That more be said."), [
            ("RESOLVED: That more be said.", "")]),
        (
            ("Present", "Ann Dray", "7. Bus routes. Members heard of two. Resolved: that they run on."),
            [("Resolved: that they run on.", "Bus routes")],
        ),
        (("Present", "Ann Dray", "8. Resolved: that more be said."), [("Resolved: that more be said.", "")]),
        (
            ("23/101 Apologies: none.", "2024-031 Leases:", "RESOLVED: That the lease end."),
            [("RESOLVED: That the lease end.", "")],
        ),
    ],
)  # fmt: skip
def test_what_was_decided_stands_under_its_heading(lines: tuple[str, ...], told: list[tuple[str, str]]) -> None:
    """Also without a mark below "RESOLVED:-", and as a motion with its number, its movers and what came of it."""
    found = [r.fields for r in paper(lines=(MINUTES, *lines)).records if r.kind == "decision"]
    assert [(f["text"], f["about"]) for f in found] == told


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("RESOLVED: That the notes of the meeting held on 4 July 2023 be signed.", ""),
        ("RESOLVED: That the survey dated 4 July 2023 go out by 1 May 2024.", "1 May 2024"),
        ("RESOLVED: That a fair be held on 4 July 2024.", "4 July 2024"),
        ("RESOLVED: That the talks held in March 2023 go on.", ""),
        ("RESOLVED: That it be settled at the October meeting.", "at the October meeting"),
    ],
)
def test_a_decision_is_not_due_when_something_was(said: str, due: str) -> None:
    """The day on which a meeting was held is in the past of what it decides."""
    (found,) = [r.fields for r in paper(lines=(MINUTES, "3. Verges", said)).records if r.kind == "decision"]
    assert found["due"] == due


def test_minutes_need_no_name_where_they_say_who_was_there() -> None:
    """A day above "Attendance:", the month first or the day; who sat in the chair; an apology."""
    head = (
        "TARNBY TOWN COUNCIL",
        "Tuesday, March 5, 2024 at 7 pm",
        "Attendance:",
        "Councillor Ida Marsh in the Chair;",
    )
    found = [r.fields for r in paper(lines=(*head, "Councillor Bo Lund submitted an apology.")).records]
    assert {(f["name"], f["role"], f["post"], f["meeting"]) for f in found} == {
        ("Ida Marsh", "present", "Chair", "March 5, 2024"),
        ("Bo Lund", "apologies", "", "March 5, 2024"),
    }


def test_a_minuted_meeting_is_of_its_own_day_and_not_of_the_next() -> None:
    """The date of the next meeting, at the end of minutes, is as sure a date."""
    texts = (
        "Minutes of the Parks Panel held on Monday 3 June 2024",
        "9. Date of next meeting",
        "Monday 9 September 2024 at 6 pm",
    )
    assert meeting_day(Facts("", "", (), ()), "", texts, "panel.pdf") == date(2024, 6, 3)
    report = (
        "Scrutiny Panel, 5 June 2024",
        "1. Purpose",
        "A plan is to come to the meeting on Monday 9 September 2024.",
    )
    assert meeting_day(Facts("", "", (), ()), "", report, "panel.pdf") == date(2024, 6, 5)


def test_a_name_goes_on_on_the_next_line() -> None:
    """A line of a list that ends in an initial ends in the middle of a name."""
    lines = (MINUTES, "Present: Cllr I Marsh, Cllr P Oake, Cllr S", "Imrie, Cllr T Abbot and Cllr J Wren")
    found = {r.fields["name"] for r in paper(lines=lines).records if r.kind == "member"}
    assert found == {"I Marsh", "P Oake", "S Imrie", "T Abbot", "J Wren"}


def test_people_in_lines_of_their_own_below_the_word_are_each_read() -> None:
    """Officers with their posts, and several under one title over two lines."""
    found = paper(
        lines=(
            "Minutes of the meeting of 7 July 2021",
            "Present: Councillor Ann Hill (Chair)",
            "Councillors Bo Lane, Cy Marsh,",
            "and Di North",
            "Officers: Ed Oak, Head of Parks",
            "Flo Pine, Clerk",
        )
    )
    assert ledger(found, "member", "name role post") == (
        "Ann Hill, present, Chair; Bo Lane, present, ; Cy Marsh, present, ; Di North, present, ; "
        "Ed Oak, officer, Head of Parks; Flo Pine, officer, Clerk"
    )


def test_an_agenda_lists_its_members_in_a_sentence() -> None:
    """Over two lines, with a member who is no councillor."""
    found = paper(
        lines=("Members: Cllr Ann Hill (Chairman), Cllr Bo", "Lane; Mr Cy Marsh (Independent Person)"), item=""
    )
    assert ledger(found, "member", "name post") == "Ann Hill, Chairman; Bo Lane, ; Cy Marsh, Independent Person"


def test_those_whom_an_agenda_lists_below_one_word_are_members() -> None:
    """That they sit on it does not say that they were there."""
    found = paper(lines=("Members", "Councillor Ann Hill (Chair)", "Councillor Bo Lane"), item="")
    assert ledger(found, "member", "name role") == "Ann Hill, member; Bo Lane, member"


def test_a_body_decides_and_what_is_briefly_agreed_is_told() -> None:
    """ "AGREED." alone says nothing: what was moved stands before it."""
    lines = ("Minutes of the meeting of 7 July 2021", "– It was moved that the hall be sold. AGREED unanimously.")
    more = ("– The Board decided to close the shop.",)
    assert ledger(paper(lines=(*lines, *more)), "decision", "text") == (
        "It was moved that the hall be sold. AGREED unanimously.; The Board decided to close the shop."
    )


def test_stars_tell_who_was_there() -> None:
    """Where a list says that they do, whoever has none was not."""
    found = paper(
        lines=("Minutes of the meeting of 7 July 2021", "Members:", "(* = present)", "*Ann Hill (Chair)", "Bo Lane")
    )
    assert ledger(found, "member", "name role") == "Ann Hill, present; Bo Lane, absent"


@pytest.mark.parametrize(
    ("apology", "told"),
    [
        ("Cllr Cy Dent", "Ann Hill, member; Cy Dent, member; Cy Dent, apologies"),
        ("Cllr Bo Lane", "Ann Hill, present; Cy Dent, present; Bo Lane, apologies"),
    ],
)
def test_a_list_of_members_with_one_who_sent_apologies(apology: str, told: str) -> None:
    """It says who belongs to the panel: nobody was there and away; else those whom minutes list were there."""
    lines = ("Minutes of the meeting of 7 July 2021", "1. Members: Cllrs Ann Hill (Chair) and Cy Dent.")
    found = paper(lines=(*lines, f"Apologies were received from {apology}."))
    assert ledger(found, "member", "name role") == told


def test_an_agenda_that_names_the_pages_of_minutes_is_none() -> None:
    """The minutes stand elsewhere; members that an agenda lists are of no meeting."""
    found = paper(
        lines=("Members: Cllr Ann Hill", "3. Minutes of the meeting held on 6 March 2025 (Pages 2 to 3)"), item=""
    )
    assert ledger(found, "member", "role meeting") == "member, "


def test_what_a_body_recommends_is_what_it_decided() -> None:
    lines = ("Minutes of the meeting of 7 July 2021", "– The Select Committee recommends that the bus be restored.")
    assert [r.kind for r in paper(lines=lines).records] == ["decision"]
