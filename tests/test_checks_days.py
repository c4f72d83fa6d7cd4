"""The checks of days, names, headings and lines that a paper gives in two ways."""

from dataclasses import replace

import pytest

from kpi_tools.checks.days import (
    days_that_no_month_has,
    done_in_the_future,
    event_with_two_dates,
    last_updates,
    planned_for_the_past,
    reviewed_before_it_began,
    scheduled_after_its_deadline,
    times_of_two_clocks,
    weekdays,
)
from kpi_tools.checks.papers import (
    contents_and_headings,
    council_of_a_member,
    lines_alike_but_for_a_reference,
    minutes_of_another_day,
    names_in_two_spellings,
    next_meeting_of_another_day,
    versions_out_of_order,
)
from kpi_tools.checks.people import people_with_two_names, present_and_absent, votes_of_those_present
from kpi_tools.checks.slip import Check
from kpi_tools.checks.spans import (
    ends_before_it_begins,
    months_of_another_quarter,
    pages_that_overlap,
    quarters_of_the_same_months,
)
from kpi_tools.ledger import KINDS, Record
from tests.checks_view import DAY, place, plan_item, said, sentences, view


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("open until 17:00pm", "17:00pm"),
        ("from 14.30 p.m. on", "14.30 p.m"),
        ("at 5:00pm", ""),
        ("at 17:00 promptly", ""),
    ],
)
def test_times_of_two_clocks(text: str, found: str) -> None:
    """An hour after noon by the twenty-four hours needs no "pm", and a heading is read once."""
    told = sentences(times_of_two_clocks, view(text=[said("one", text), said("two", text)]))
    assert told == ([f"The paper says {found!r}, a time by two clocks."] if found else [])


def test_dates_and_names() -> None:
    """A weekday that was another, a last update with two dates, a member of two councils."""
    assert "6 October 2021 was a Wednesday" in sentences(weekdays, view(text=["on Tuesday, 6 October 2021 at 2 PM"]))[0]
    assert not sentences(weekdays, view(text=["on Wednesday 6 October 2021"]))
    listing = said("IT: Date of Last Update 08-Sep-21, Last Update by: A Person, Review Date 08-Sep-21", table=1)
    tab = said("Annual Plan for:: Last Update (Date and Who by); IT: A Person 06/09/2021", table=2)
    told = sentences(last_updates, view(text=[listing, tab]))
    assert "of 8 September 2021 in one table and of 6 September 2021" in told[0]
    right = said(tab.text.replace("06/09", "08/09"), table=2)
    assert not sentences(last_updates, view(text=[listing, right]))
    names = [member("Havant Borough Council"), member("Havant District Council")]
    told = sentences(council_of_a_member, view(records=names))
    assert "Havant Borough Council and Havant District Council" in told[0]
    assert not sentences(council_of_a_member, view(records=names[:1] * 2))
    two = [member("Havant Borough Council"), member("Hampshire County Council")]
    assert not sentences(council_of_a_member, view(records=two))
    unknown = [replace(one, fields={**one.fields, "council": "", "post": one.fields["council"]}) for one in names]
    assert sentences(council_of_a_member, view(records=unknown)) == told


def test_days_that_do_not_fit() -> None:
    """Scheduled after its deadline, done in two months, reviewed before it began; each told, and silent when right."""
    text = "The budget must be agreed before {} November 2021. This is scheduled for 1 December 2021."
    assert sentences(scheduled_after_its_deadline, view(text=[text.format(30)]))
    assert not sentences(scheduled_after_its_deadline, view(text=[text.replace("before {} Nov", "before 20 Dec")]))
    notes = "06/09/2021 - Test of DR undertaken for S&V in April 2021. Update - DR tests for S&V completed {} 2021."
    for month, found in (("May", True), ("April", False)):
        item = plan_item(description="Recovery", progress=notes.format(month))
        assert bool(sentences(event_with_two_dates, view(records=[item]))) is found
    planned = "The move is provisionally scheduled for late {} 2021."
    assert sentences(planned_for_the_past, view(text=[planned.format("June")]))
    assert not sentences(planned_for_the_past, view(text=[planned.format("December")]))
    assert not sentences(planned_for_the_past, view(text=[said(planned.format("June"), heading="Minutes")]))
    told = "The waits are expected to be reported to the board in {} 2021."
    assert sentences(planned_for_the_past, view(text=[told.format("June")]))
    assert not sentences(planned_for_the_past, view(text=[told.format("December")]))
    began = "The Northbank Strategic Partnership (NSP) went live on 28 November 2011."
    review = "The NSP indicators were reviewed by the board in early {}."
    assert sentences(reviewed_before_it_began, view(text=[began, review.format(2006)]))
    assert not sentences(reviewed_before_it_began, view(text=[began, review.format(2016)]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The review is to report by 31 June 2024.", "31 June 2024"),
        ("Due on the 31st of September.", "31st of September"),
        ("Milestone due 31/04/24", "31/04/24"),
        ("Milestone due 31-Nov-24", "31-Nov-24"),
        ("It ends on 29 February 2023.", "29 February 2023"),
        ("It ends on 29 February 2024, and on 31 July 2024.", ""),
        ("30/06/24 and 31/05/24", ""),
        ("Rooms 31/4 and 31/6 were let, 31 March to 29 April.", ""),
    ],
)
def test_days_that_no_month_has(text: str, found: str) -> None:
    """Days that are in no calendar, with a year or without, in words or in numbers."""
    told = sentences(days_that_no_month_has, view(text=[text]))
    assert told == ([f"There is no {found}."] if found else [])


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("Done - closed 3 November 2021", True),
        ("Complete - signed off 21 September 2021.", False),
        ("To be completed 3 November 2021", False),
    ],
)
def test_noted_as_done_in_the_future(note: str, found: bool) -> None:
    """A plan's note that tells of a day to come as past."""
    assert bool(sentences(done_in_the_future, view(records=[plan_item(progress=note)]))) is found


@pytest.mark.parametrize(
    ("check", "text", "found"),
    [
        (ends_before_it_begins, "The lease runs from 1 April 2024 to 31 March 2023.", True),
        (ends_before_it_begins, "The period June 2023 – May 2023 was quiet.", True),
        (ends_before_it_begins, "The lease runs from 1 April 2023 to 31 March 2024.", False),
        (ends_before_it_begins, "It was moved from 1 April 2024, until 31 March 2023 was found to suit.", False),
        (ends_before_it_begins, "AP2: Start 01/09/22, Due Dates 15/07/22, Lead Head of Planning", True),
        (ends_before_it_begins, "Ref: AP2; Start date: 01/07/22; End date: 15/09/22; Lead: Planning", False),
        (ends_before_it_begins, "AP2: Reviewed 01/09/22, Due Dates 15/07/22", False),
        (ends_before_it_begins, "A1: Raised 01/09/22, Owner Head of Planning, Due 15/07/22", True),
        (ends_before_it_begins, "A1: Raised 01/07/22, Owner Head of Planning, Due 15/09/22", False),
        (quarters_of_the_same_months, "Quarter 2 (July to September); Quarter 3 (July to September)", True),
        (quarters_of_the_same_months, "Q2 2022/23 (Jul-Sep), Q2 (1 April to 30 June)", True),
        (quarters_of_the_same_months, "Q2 2022/23 (Jul-Sep 2022) and Q2 2023/24 (July to September 2023)", False),
        (quarters_of_the_same_months, "Quarter 2 (July to September); Quarter 3 (October to December)", False),
        (done_in_the_future, "The board last met on 6 June 2023 and noted it.", True),
        (done_in_the_future, "It was considered by the leadership team on 31 October 2021.", True),
        (done_in_the_future, "It was approved on 5 October 2021 and is due on 6 June 2023.", False),
        (done_in_the_future, "A meeting was to be held on 6 June 2023.", False),
        (months_of_another_quarter, "Quarter 4 2023/24 (January to March 2023)", True),
        (months_of_another_quarter, "2024/25 (April 2023 to March 2024)", True),
        (months_of_another_quarter, "Q4 2023/24 (January to March 2024)", False),
        (months_of_another_quarter, "Q1 2023/24 (Q1 2022/23)", False),
        (pages_that_overlap, "1. Minutes (Pages 3 - 14) 2. Plan (Pages 12 - 20)", True),
        (pages_that_overlap, "1. Minutes (Pages 3 - 14) 2. Plan (Pages 14 - 20) 3. Budget (Page 21)", False),
    ],
)
def test_spans(check: Check, text: str, found: bool) -> None:
    """Stretches that end before they begin, months of another quarter, items on pages of the one before."""
    assert bool(sentences(check, view(text=[text]))) is found


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Cllr Ken Crook, Hart", "Present: Kenneth Crook", True),
        ("Steven Varley (chair)", "Cllr Stephen Varley", True),
        ("Daniel Robson", "Daniel Robsen", True),
        ("Geoff Nairn, Radbrook", "Present: Geoff Nairne", True),
        ("Daniel Robson", "Danielle Robson", False),
        ("Ann Smith and Anne Smith were present", "Cllr Anne Smith", False),
        ("Will Report", "William Report, which is a report", False),
        ("Mark Robson", "Martin Robson", False),
    ],
)
def test_people_with_two_names(one: str, other: str, found: bool) -> None:
    """One person in two ways; two people in one line are two, and a word is nobody."""
    assert bool(sentences(people_with_two_names, view(text=[one, other]))) is found


def test_present_and_absent() -> None:
    """One who is present and apologised; a member in neither list, if all others are and nobody came instead."""
    five = ["Ann Allan", "Kenneth Burn", "Carol Cole", "Dan Dewe", "Eve Ellis"]
    members = [member("Hart", name) for name in five]
    came = [member("Hart", name, "present") for name in ("Ann Allan", "Ken Burn", "Carol Cole")]
    excused = [member("", name, "apologies") for name in ("Dan Dewe", "Olive Officer")]
    told = sentences(present_and_absent, view(records=[*members, *came, *excused]))
    assert told == ["The minutes of 7 July 2021 have Eve Ellis neither as present nor with apologies, though a member."]
    for more in ("Eve Ellis", "Sue Stead"):
        here = [*came, member("Hart", more, "present")]
        assert not sentences(present_and_absent, view(records=[*members, *here, *excused]))
    assert not sentences(present_and_absent, view(records=[*members, *came]))
    both = sentences(present_and_absent, view(records=[*came, member("", "Ann Allan", "apologies")]))
    assert both == ["The minutes of 7 July 2021 have Ann Allan both as present and with apologies."]


@pytest.mark.parametrize(
    ("voted", "found"),
    [("by 3 votes to 1", True), ("by 2 votes to 1", False), ("with 2 for and 2 against", True), ("by 12 July", False)],
)
def test_votes_of_those_present(voted: str, found: bool) -> None:
    """More votes than the minutes of the meeting have members present; not where hardly any are listed."""
    came = [member("Hart", name, "present") for name in ("Ann Allan", "Ken Burn", "Carol Cole")]
    made = [f"The chair moved it. RESOLVED: {voted} to go on"]
    assert bool(sentences(votes_of_those_present, view(records=came, text=made))) is found
    assert not sentences(votes_of_those_present, view(records=came[:2], text=made))


@pytest.mark.parametrize(
    ("when", "heading", "found"),
    [
        ("13 October 2021", "Minutes", True),
        ("6 October 2021", "Minutes", False),
        ("13 October 2021", "Work programme", False),
        ("12 January 2022", "Minutes", False),  # another meeting
        ("13 July 2021", "Minutes", False),
    ],
)
def test_next_meeting_of_another_day(when: str, heading: str, found: bool) -> None:
    """The minutes of July give October's meeting, of which the paper is, another day."""
    came = [member("Hart", "Ann Allan", "present")]
    text = [said(f"The next meeting will be held on {when}.", heading)]
    assert bool(sentences(next_meeting_of_another_day, view(records=came, text=text))) is found
    assert not sentences(next_meeting_of_another_day, view(text=text))


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Minutes of the meeting held on 6 July 2021", True),
        ("To approve the minutes of 7 July 2021", False),
        ("Plan for the meeting of 6 July 2021", False),
    ],
)
def test_minutes_of_another_day(title: str, found: bool) -> None:
    """An agenda's minutes of a day on which those in the paper were not taken."""
    fields = dict.fromkeys(KINDS["agenda_item"], "") | {"number": "2", "title": title}
    item = Record("agenda_item", DAY, fields, place(0), title)
    assert (
        bool(sentences(minutes_of_another_day, view(records=[item, member("Hart", "Ann Allan", "present")]))) is found
    )
    one = member("Hart", "Ann Allan", "present")
    held = [one, replace(one, fields={**one.fields, "meeting": "9 June 2021"})]
    assert bool(sentences(minutes_of_another_day, view(records=[item, one]))) is found
    assert not sentences(minutes_of_another_day, view(records=[item, *held]))


def test_pages_in_the_headings_of_an_agenda() -> None:
    """Each item's pages stand in its heading, over each of its paragraphs."""
    items = [said("To note.", heading=heading) for heading in ("1. Minutes (Pages 3 - 9)", "2. Plan (Pages 8 - 15)")]
    told = sentences(pages_that_overlap, view(text=[items[0], items[0], items[1]]))
    assert told == ["The agenda has one item on pages 3 - 9 and the next on pages 8 - 15."]


def test_lines_and_headings() -> None:
    """A paragraph copied but for its reference, and a section that the contents call something else."""
    text = "Delivery of the new Havant service model: once {} is agreed the new model is to be put in place."
    assert sentences(lines_alike_but_for_a_reference, view(text=[text.format("CR298"), text.format("CR335")]))
    assert not sentences(lines_alike_but_for_a_reference, view(text=[text.format("CR298"), text.format("CR298")]))
    moved, hosted = "The move to Nuvm is done.", "It is hosted on {} now."
    spelt = {
        name: sentences(names_in_two_spellings, view(text=[moved, hosted.format(name)]))
        for name in ("Nuvem", "Numm", "Nuvmo", "Nuvm")
    }
    assert spelt["Nuvem"] == ["The paper writes 'Nuvm' and 'Nuvem': it seems that they are one."]
    assert not any(told for name, told in spelt.items() if name != "Nuvem")
    assert not sentences(names_in_two_spellings, view(text=["Bought of Nuvm and Nuvem.", "Nuvem won."]))
    versions = [
        said(f"{n}: By Ann, Date {day}", "5 Version control", 4) for n, day in ((1, "2 May 2021"), (2, "9 May 2021"))
    ]
    assert not sentences(versions_out_of_order, view(text=versions))
    late = said("3: By Ann, Date 5 May 2021", "5 Version control", 4)
    told = sentences(versions_out_of_order, view(text=[*versions, late]))
    assert told == ["Version 3 is dated 5 May 2021, before version 2 (9 May 2021)."]
    fifth = said("5: By Ann, Date 5 June 2021", "5 Version control", 4)
    assert sentences(versions_out_of_order, view(text=[*versions, fifth])) == [
        "After version 2 the list has version 5."
    ]
    contents = said("- 1 Overview - 2 Place Service Risk Register - 3 Key indicators and targets", heading="Contents")
    sections = [
        said("Text.", heading="2: Corporate Services Risk Register"),
        said("Text.", heading="3 Indicators and targets"),
    ]
    told = sentences(contents_and_headings, view(text=[contents, *sections]))
    assert len(told) == 1
    assert "'Place Service Risk Register'" in told[0]


def member(council: str, name: str = "A Person", role: str = "member") -> Record:
    fields = dict.fromkeys(KINDS["member"], "") | {"name": name, "council": council, "role": role}
    fields["meeting"] = "" if role == "member" else "7 July 2021"
    return Record("member", DAY, fields, place(0), f"{name}, {council}")
