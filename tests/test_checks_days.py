"""The checks of days, names, headings and lines that a paper gives in two ways."""

from kpi_tools.checks.days import (
    event_with_two_dates,
    last_updates,
    planned_for_the_past,
    reviewed_before_it_began,
    scheduled_after_its_deadline,
    weekdays,
)
from kpi_tools.checks.papers import contents_and_headings, council_of_a_member, lines_alike_but_for_a_reference
from kpi_tools.ledger import KINDS, Record
from tests.checks_view import DAY, place, plan_item, said, sentences, view


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
    began = "The Northbank Strategic Partnership (NSP) went live on 28 November 2011."
    review = "The NSP indicators were reviewed by the board in early {}."
    assert sentences(reviewed_before_it_began, view(text=[began, review.format(2006)]))
    assert not sentences(reviewed_before_it_began, view(text=[began, review.format(2016)]))


def test_lines_and_headings() -> None:
    """A paragraph copied but for its reference, and a section that the contents call something else."""
    text = "Delivery of the new Havant service model: once {} is agreed the new model is to be put in place."
    assert sentences(lines_alike_but_for_a_reference, view(text=[text.format("CR298"), text.format("CR335")]))
    assert not sentences(lines_alike_but_for_a_reference, view(text=[text.format("CR298"), text.format("CR298")]))
    contents = said("- 1 Overview - 2 Place Service Risk Register - 3 Key indicators and targets", heading="Contents")
    sections = [
        said("Text.", heading="2: Corporate Services Risk Register"),
        said("Text.", heading="3 Indicators and targets"),
    ]
    told = sentences(contents_and_headings, view(text=[contents, *sections]))
    assert len(told) == 1
    assert "'Place Service Risk Register'" in told[0]


def member(council: str) -> Record:
    fields = dict.fromkeys(KINDS["member"], "") | {"name": "A Person", "council": council, "role": "member"}
    return Record("member", DAY, fields, place(0), council)
