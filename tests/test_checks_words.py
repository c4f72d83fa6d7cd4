"""The checks of sentences and plans: each finds its slip, and is silent beside what is right or not sure."""

from dataclasses import replace

import pytest

from kpi_tools.checks.days import (
    event_with_two_dates,
    last_updates,
    planned_for_the_past,
    reviewed_before_it_began,
    scheduled_after_its_deadline,
    weekdays,
)
from kpi_tools.checks.narrative import (
    direction_against_table,
    extreme_against_table,
    judged_otherwise,
    met_throughout,
    missed_in_another_quarter,
    value_against_table,
)
from kpi_tools.checks.papers import contents_and_headings, council_of_a_member, lines_alike_but_for_a_reference
from kpi_tools.checks.plans import (
    entries_off_the_key,
    overdue_not_red,
    status_against_colour,
    statuses_told_otherwise,
    wrong_council,
)
from kpi_tools.checks.registers import failure_without_plan, gaps_in_plan_numbers, refs_used_twice
from kpi_tools.checks.summaries import all_improved, blame, met_all, only_one_missed
from kpi_tools.checks.tallies import councils_in_sentences, counts_in_sentences, hits_against_table
from kpi_tools.ledger import KINDS, Record
from kpi_tools.measures import HITS
from tests.checks_view import DAY, line, place, plan_item, rectification, said, sentences, view

CALLS = "Customer Services | KPI 40 | Calls answered within 30 seconds (%)"
HAVANT = line(CALLS, "Havant", {"Jul-21": "68.83%", "Aug-21": "72%", "Sep-21": "70%"}, "> 69%")
HART = line(CALLS, "Hart", {"Jul-21": "90%", "Aug-21": "91%", "Sep-21": "64%"}, "> 69%")
KEY = said("RAG Status R = late A = Risk of delay G = on track: G", table=5)
HEADER = said("Delivery Status (Not started, Started, Paused, Complete): Started", table=5)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Havant reported 86.8% for calls answered within 30 seconds (KPI 40) in July 2021.", "86.8%"),
        ("Havant reported 68.8% for calls answered within 30 seconds (KPI 40) in July 2021.", ""),
        ("Havant reported 69% for KPI 40 in July 2021.", ""),
        ("Havant reported 72% for KPI40 in August 2021, compared with 86.8% in July 2021.", "86.8%"),
        ("3. Havant reported about 86.8% for KPI 40 in July 2021.", ""),
        ("Havant and Hart reported 86.8% for KPI 40 in July 2021.", ""),
        ("Havant reported 86.8 days for KPI 40 in July 2021.", ""),
        ("Havant reported 86.8% for KPI 40 in July 2020.", ""),
        ("Havant reported 86.8% for KPI 400 in July 2021.", ""),
        ("KPI 40 stood at 86.8% for Havant in July 2021, against a target of 69%.", "86.8%"),
        ("KPI 40 stood at 68.83% for Havant in July 2021, against the 69% target.", ""),
    ],
)
def test_value_against_table(text: str, found: str) -> None:
    """A figure that differs for the same measure, council and period; rounded, about, or of another is no slip."""
    told = sentences(value_against_table, view(HAVANT, HART, text=[text]))
    assert len(told) == bool(found)
    assert all(found in sentence for sentence in told)


def test_a_sentence_over_two_pages_is_read_as_one() -> None:
    """A paragraph that a page's end broke in the middle of a code is put together again."""
    text = [said("Havant reported 86.8% for calls answered within 30 seconds (KPI"), said("40) in July 2021.")]
    assert sentences(value_against_table, view(HAVANT, HART, text=text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Havant's figure for KPI 40 fell between July 2021 and September 2021.", True),
        ("Havant's figure for KPI 40 rose between July 2021 and September 2021.", False),
        ("KPI 40 worsened at Havant, from 68.83% in July 2021 to 72% in August 2021.", True),
        ("KPI 40 improved at Hart, from 90% in July 2021 to 64% in September 2021.", True),
        ("KPI 40 rose at Havant, though demand fell, between July 2021 and September 2021.", False),
        ("KPI 40 fell at Havant in September 2021.", False),
        ("All councils improved on KPI 40 between July 2021 and September 2021.", True),
        ("All councils improved on KPI 40 between July 2021 and August 2021.", False),
        ("All councils but Hart improved on KPI 40 between July 2021 and September 2021.", False),
    ],
)
def test_direction_against_table(text: str, found: bool) -> None:
    """Rose, fell, improved, worsened against the table; two directions in one sentence, or one period, are not sure."""
    assert bool(sentences(direction_against_table, view(HAVANT, HART, text=[text]))) is found


def test_extreme_against_table() -> None:
    """The highest is not the highest where another month is higher."""
    text = "The highest figure that Havant reported for KPI 40 was 70%, in September 2021."
    assert "72% in Aug-21" in sentences(extreme_against_table, view(HAVANT, HART, text=[text]))[0]
    assert not sentences(extreme_against_table, view(HAVANT, HART, text=[text.replace("70%, in Sept", "72%, in Aug")]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hart met its target for KPI 40 in every period reported.", "64% in Sep-21"),
        ("Hart met its target for KPI 40 in every month except September.", ""),
        ("Hart met its target for KPI 40.", ""),
        ("None of the councils missed the target for KPI 40 in September 2021.", "Hart had 64% in Sep-21"),
        ("None of the councils missed the target for KPI 40 in August 2021.", ""),
        ("KPI 40 was above target for every council in each month.", "Havant had 68.83% in Jul-21 and Hart had 64%"),
        ("Hart will have met its target for KPI 40 in every month.", ""),
        ("Every council did not meet its target for KPI 40 in September 2021.", ""),
    ],
)
def test_met_throughout(text: str, found: str) -> None:
    """Met in every period, with one that was missed; an exception that is named is no slip."""
    told = sentences(met_throughout, view(HAVANT, HART, text=[text]))
    assert len(told) == bool(found)
    assert all(found in sentence for sentence in told)


def test_met_all() -> None:
    """A service that met all its measures, with one missed; another service's misses do not count."""
    land = line("Land Charges | PI001 | % searched on time", "Hart", {"Jul-21": "100%"}, "> 99%", table=2)
    at = view(HART, land, text=["Customer Services met all of its performance measures."])
    assert "KPI40 of Hart was 64%" in sentences(met_all, at)[0].replace("KPI 40", "KPI40")
    assert not sentences(met_all, view(HART, land, text=["Land Charges met all its performance measures."]))
    assert not sentences(met_all, view(HART, text=["Customer Services met all its measures except KPI 40."]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("All of the targets for Customer Services were met.", True),
        ("All of the targets for Customer Services were met in August 2021.", False),
        ("All targets are to be reviewed, and were met.", False),
        ("Every Customer Services indicator achieved its target.", True),
        ("Customer Services missed none of its targets in September 2021.", True),
        ("Customer Services met every one of its standards.", True),
        ("No targets for Customer Services were missed.", True),
        ("Not all of the targets for Customer Services were met.", False),
        ("If all of the targets for Customer Services are met, a bonus is due.", False),
        ("Customer Services has not met all of its targets.", False),
    ],
)
def test_all_were_met(text: str, found: bool) -> None:
    """The same the other way round, in the time that the sentence names alone."""
    assert bool(sentences(met_all, view(HART, text=[text]))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hart met the target for KPI 40 in September 2021.", True),
        ("Hart missed its target for KPI 40 in September 2021.", False),
        ("Hart did not meet its target for KPI 40 in July 2021.", True),
        ("Hart met the target for KPI 40 in July 2021 and missed the target since.", False),
    ],
)
def test_judged_otherwise(text: str, found: bool) -> None:
    """Met or missed against the table; a sentence that says both is not sure."""
    assert bool(sentences(judged_otherwise, view(HAVANT, HART, text=[text]))) is found


def test_all_improved() -> None:
    """All improved, and some fell over the paper's months: they are named, wherever the sentence stands."""
    told = sentences(
        all_improved, view(HAVANT, HART, text=[said("Status: All service KPIs show improvements.", table=3)])
    )
    assert len(told) == 1
    assert "of Hart from 90% to 64%" in told[0]
    assert "Havant" not in told[0]
    assert not sentences(all_improved, view(HAVANT, HART, text=["All managers reviewed the measures."]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A failure of KPI 40 was triggered. This was clearly linked to waste calls for Havant.", "Hart went from 90%"),
        ("A failure of KPI 40 was triggered. This was linked to calls for Havant and Hart.", ""),
        ("KPI 40 is measured monthly. It was linked to calls for Havant.", ""),
    ],
)
def test_blame(text: str, found: str) -> None:
    """The council that improved and met is blamed while another fell; both blamed, or no failure, is no slip."""
    better = line(CALLS, "Havant", {"Jul-21": "60%", "Aug-21": "68%", "Sep-21": "75%"}, "> 69%")
    told = sentences(blame, view(better, HART, text=[text]))
    assert len(told) == bool(found)
    assert all(found in sentence for sentence in told)


def test_only_one_missed() -> None:
    """The only measure missed is not the only one; those of months not spoken of do not count."""
    web = "ICT | 2 | Network availability of all council premises"
    rows = [
        line(web, "Hart", {"Jul-21": "98%", "Aug-21": "99%"}, "> 98.5%"),
        line("ICT | 9 | Call answering within time (%)", "Hart", {"Jul-21": "79%", "Aug-21": "81%"}, ">= 80%"),
    ]
    text = "The only indicator not delivered was the network availability of all council premises in {}."
    assert "79% in Jul-21" in sentences(only_one_missed, view(*rows, text=[text.format("July 2021")]))[0]
    assert not sentences(only_one_missed, view(*rows, text=[text.format("August 2021")]))


def test_missed_in_another_quarter() -> None:
    """Missed in quarter 2 by the text, in December by the table."""
    row = line("Support | B2 | Tasks completed to deadline (%)", "Hart", {"Sep-20": "N/A", "Dec-20": "95%"}, ">= 97%")
    text = "Targets not hit included tasks completed to deadline in Quarter {}."
    assert "the miss in Dec-20" in sentences(missed_in_another_quarter, view(row, text=[text.format(2)]))[0]
    assert not sentences(missed_in_another_quarter, view(row, text=[text.format(3)]))


def test_hits_against_table() -> None:
    """Eight of nine hit, and the scorecard has two misses of that service in that month; or fewer misses than told."""
    rows = [
        line(f"STS | K{n} | % of kind {n} collected", "Hart", {"Dec-20": "97%", "Mar-21": figure}, ">= 96%")
        for n, figure in enumerate(("95%", "94%", "98%"), 1)
    ]
    for hits, every, found in (
        ("8", "9", True),
        ("7", "9", False),
        ("1", "3", False),
        ("2", "3", True),
        ("0", "3", True),
    ):
        tally = line(f"Shared Transactional Services || {HITS}", "Overall", {"Mar-21": hits}, f">= {every}", table=4)
        told = sentences(hits_against_table, view(*rows, tally))
        assert bool(told) is found
        assert all("STS K1 (95% against >= 96%) and STS K2 (94%" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two of the three indicators met their target in March 2021.", True),
        ("One of the three indicators met its target in March 2021.", False),
        ("1 out of 3 targets was missed in March 2021.", True),
        ("We did not meet two of our three targets in March 2021.", False),
        ("Two of the three indicators met their target.", True),
        ("Two of the three indicators met their target in December 2020.", True),
        ("Two of the three targets were reviewed in March 2021.", False),
        ("Two of the four indicators met their target in March 2021.", False),
        ("About two of the three indicators met their target in March 2021.", False),
        ("All of the three STS indicators met their target, apart from K1, in March 2021.", False),
    ],
)
def test_counts_in_sentences(text: str, found: bool) -> None:
    """How many met or missed, against as many indicators in the tables; of another number of them nothing is sure."""
    rows = [
        line(f"STS | K{n} | % of kind {n} collected", "Hart", {"Dec-20": "97%", "Mar-21": figure}, ">= 96%")
        for n, figure in enumerate(("95%", "94%", "98%"), 1)
    ]
    assert bool(sentences(counts_in_sentences, view(*rows, text=[text]))) is found


def test_councils_in_sentences() -> None:
    """How many councils met a target in a month, against its table."""
    text = "{} of the two councils met the target for KPI 40 in {} 2021."
    assert (
        "Havant (68.83%)" in sentences(councils_in_sentences, view(HAVANT, HART, text=[text.format("All", "July")]))[0]
    )
    assert not sentences(councils_in_sentences, view(HAVANT, HART, text=[text.format("One", "July")]))
    assert not sentences(councils_in_sentences, view(HAVANT, HART, text=[text.format("All", "August")]))


@pytest.mark.parametrize(
    ("due", "status", "rag", "found"),
    [
        ("30/04/21", "Not started", "green", True),
        ("30/04/21", "Started", "red", False),
        ("30/04/21", "Complete", "green", False),
        ("30/11/21", "Not started", "green", False),
        ("TBC", "Not started", "green", False),
        ("30/04/21", "Started", "", True),
        ("30/09/21", "Started", "", False),
    ],
)
def test_overdue_not_red(due: str, status: str, rag: str, found: bool) -> None:
    """Past its day, unfinished and not red is a slip where the plan's key says that red is late, and nowhere else."""
    item = plan_item(description="Testing", due=due, status=status, rag=rag)
    assert bool(sentences(overdue_not_red, view(text=[KEY], records=[item]))) is found
    assert not sentences(overdue_not_red, view(text=["R = resident, G = guest"], records=[item]))


def test_steps_of_one_item_are_told_together() -> None:
    """All overdue steps of an item are one slip, with each step's place; the key is quoted as it is printed."""
    fields = {"ref": "IP1", "description": "Portal", "due": "30/04/21", "rag": "amber"}
    steps = [
        plan_item(row, **fields, milestone=f"Step {row}", status="Started" if row else "Not started")
        for row in range(3)
    ]
    other = plan_item(9, **fields | {"ref": "IP2"}, status="Started")
    key = said("Red = overdue, Amber = at risk, Green = on course", table=5)
    found = list(overdue_not_red(view(text=[key], records=[*steps, other])))
    assert [len(slip.places) for slip in found] == [4, 2]
    assert found[0].sentence.startswith(
        "IP1 Portal: 3 steps (Step 0, Step 1 and Step 2) were due on 30/04/21 and are 'not started' or 'started'"
    )
    assert found[0].sentence.endswith("but amber, not red; the plan's key says 'Red = overdue'.")


def test_entries_off_the_key() -> None:
    """Entries that the header does not allow, each told once; the header's own, in any case, are left alone."""
    items = [
        plan_item(n, description=f"Item {n}", status=status, rag=rag)
        for n, (status, rag) in enumerate((("WIP", "G"), ("STARTED", "Complete"), ("started", "A"), ("wip", "R")))
    ]
    told = sentences(entries_off_the_key, view(text=[KEY, HEADER], records=items))
    assert sorted(sentence.split("'")[1] for sentence in told) == ["complete", "wip"]
    text = "Delivery status (started, in progress, completed)"
    assert sentences(statuses_told_otherwise, view(text=[text, HEADER]))
    assert not sentences(statuses_told_otherwise, view(text=[HEADER.text, HEADER]))
    alike = plan_item(milestone="COMPLETE", due="chasing dates", status="COMPLETE", rag="n/a")
    assert sentences(entries_off_the_key, view(text=[KEY], records=[alike]))


@pytest.mark.parametrize(
    ("due", "status", "rag", "found"),
    [
        ("TBC", "Started", "complete", True),
        ("TBC", "Complete", "red", True),
        ("On hold", "Complete", "", True),
        ("On hold", "Paused", "", False),
        ("Complete", "Complete", "green", False),
    ],
)
def test_status_against_colour(due: str, status: str, rag: str, found: bool) -> None:
    """Columns of one row that contradict each other."""
    item = plan_item(description="Testing", due=due, status=status, rag=rag)
    assert bool(sentences(status_against_colour, view(records=[item]))) is found


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("Campaign advertised the portal - complete.", True),
        ("All sites now live.", True),
        ("Testing complete", False),
        ("Stage 1 - complete.", False),
        ("06/09/2021 - All users across the councils have now been migrated. Thin clients were collected.", True),
        ("Not all users have been migrated.", False),
    ],
)
def test_a_note_that_says_done(note: str, found: bool) -> None:
    """A note that ends with complete, of an item that is only started; a part of it that is complete is no slip."""
    item = plan_item(description="Portal", status="Started", progress=note)
    assert bool(sentences(status_against_colour, view(records=[item]))) is found


@pytest.mark.parametrize(
    ("status", "note", "found"),
    [
        ("Not started", "In flight - more actions are to be added.", True),
        ("Started", "In flight - more actions are to be added.", False),
        ("Not started", "Will be in progress by May.", False),
        ("Not started", "MDC go live 19th July 2021.", True),
        ("Not started", "MDC go live 19th December 2021.", False),
        ("Complete", "MDC go live 19th July 2021.", False),
    ],
)
def test_a_note_that_says_begun(status: str, note: str, found: bool) -> None:
    """Not started, but the note says that it has begun, or names a day for going live that had passed."""
    item = plan_item(description="Portal", status=status, progress=note)
    assert bool(sentences(status_against_colour, view(records=[item]))) is found


def test_refs_used_twice() -> None:
    """A reference that two items of a plan have, even with a letter before it; an item over two rows is one."""
    items = [
        plan_item(0, ref="M RB8", description="Target model"),
        plan_item(1, ref="RB8", description="Collection rates"),
    ]
    assert sentences(refs_used_twice, view(records=items)) == [
        "The reference RB8 stands for Target model and Collection rates."
    ]
    assert not sentences(
        refs_used_twice, view(records=[items[0], plan_item(1, ref="M RB8", description="Target model")])
    )


def test_gaps_in_a_plan() -> None:
    """Items that are missing from a plan's numbers, in a plan that counts them; bare numbers prove nothing."""
    refs = ("RB1", "RB2", "RB3", "RB4", "RB7", "RB8")
    items = [plan_item(n, ref=ref) for n, ref in enumerate(refs)]
    assert ["RB5, RB6" in told for told in sentences(gaps_in_plan_numbers, view(records=items))] == [True]
    bare = [plan_item(n, ref=ref.removeprefix("RB")) for n, ref in enumerate(refs)]
    assert not sentences(gaps_in_plan_numbers, view(records=[*bare, *items[:3], *items[4:]]))


@pytest.mark.parametrize(
    ("description", "councils", "progress", "found"),
    [
        ("Mendip collection plan", "Havant", "", "is about Mendip"),
        ("Mendip collection plan", "Mendip", "", ""),
        ("Mendip collection plan", "All", "", ""),
        ("Havant collection plan", "Havant", "MDC go live 19 July", "its note is about Mendip"),
        ("Havant collection plan", "Havant, Mendip", "MDC go live 19 July", ""),
        ("Move to the new platform", "Havant", "MDC go live 19 July", ""),
    ],
)
def test_wrong_council(description: str, councils: str, progress: str, found: str) -> None:
    """An item about one council that stands under another; an item for all, or about none, is left alone."""
    rows = [line(CALLS, name, {"Jul-21": "90%"}) for name in ("Mendip", "Havant")]
    item = plan_item(description=description, councils=councils, progress=progress)
    told = sentences(wrong_council, view(*rows, records=[item]))
    assert len(told) == bool(found)
    assert all(found in sentence for sentence in told)


def test_failure_without_plan() -> None:
    """A failure that the report names, with plans for other services alone."""
    text = said("A failure of KPI 40 was triggered.", heading="CUSTOMER SERVICES")
    none, one = [rectification("RP1-2021", "Finance")], [rectification("RP1-2021", "Customer Services")]
    assert sentences(failure_without_plan, view(HART, text=[text], records=none))
    assert not sentences(failure_without_plan, view(HART, text=[text], records=one))
    assert not sentences(failure_without_plan, view(HART, text=["KPI 40 was discussed."], records=none))
    assert sentences(failure_without_plan, view(HART, text=["KPI 40 failed in September."], records=none))
    other = line("Land Charges | KPI 40 | % searched on time", "Hart", {"Sep-21": "64%"}, "> 99%", table=2)
    assert not sentences(failure_without_plan, view(HART, other, text=["KPI 40 failed in September."], records=none))


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


def test_quotes_stand_in_the_paper() -> None:
    """A row is quoted without the title that stands over its table, a paragraph by the sentence that is meant."""
    titled = line(CALLS, "Hart", {"Sep-21": "64%"}, "> 69%")
    seen = [replace(o, quote=f"Monthly - KPI 40 - {o.measure.name}: Hart | 64%") for o in titled[0]]
    text = "The service is new. Customer Services met all its targets. It is to grow."
    (slip,) = met_all(view((seen, titled[1]), text=[text]))
    assert slip.quotes == ("Customer Services met all its targets.", "Hart | 64%")
    days = "We met often. The next meeting is on Tuesday, 6 October 2021. All are welcome."
    assert [slip.quotes for slip in weekdays(view(text=[days]))] == [
        ("The next meeting is on Tuesday, 6 October 2021.",)
    ]


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
