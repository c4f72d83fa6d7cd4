"""The checks of plans: late steps, odd entries, texts that say otherwise, and what is right left alone."""

from dataclasses import replace

import pytest

from kpi_tools.checks.leftovers import left_from_the_template, questions_left, unfinished_entries
from kpi_tools.checks.overdue import overdue_not_red, reviews_passed
from kpi_tools.checks.plans import (
    entries_off_the_key,
    left_blank,
    statuses_told_otherwise,
    wrong_council,
)
from kpi_tools.checks.statuses import status_against_columns
from kpi_tools.checks.steps import (
    items_alike,
    live_before_it_is_tested,
    passed_and_going_on,
    text_and_status,
    text_behind_the_plan,
)
from kpi_tools.ledger import KINDS, Record
from tests.checks_view import DAY, line, place, plan_item, said, sentences, view

CALLS = "Customer Services | KPI 40 | Calls answered within 30 seconds (%)"
KEY = said("RAG Status R = late A = Risk of delay G = on track: G", table=5)
HEADER = said("Delivery Status (Not started, Started, Paused, Complete): Started", table=5)


@pytest.mark.parametrize(
    ("statuses", "found"),
    [
        (["Started"] * 6 + [""], ["The plan: B6 has no delivery status, the other 6 steps do."]),
        (["Started"] * 7, []),
        (["Started"] * 4 + [""] * 2, []),  # many are without one
        ([""] * 7, []),  # no such column
    ],
)
def test_left_blank(statuses: list[str], found: list[str]) -> None:
    """A step without a status where nearly all others have one; all have someone to lead them."""
    items = [plan_item(n, ref=f"B{n}", lead="Ann", status=status) for n, status in enumerate(statuses)]
    assert sentences(left_blank, view(records=items)) == found


@pytest.mark.parametrize(
    ("due", "status", "rag", "found"),
    [
        ("30/04/21", "Not started", "green", True),
        ("30/04/21", "Delayed", "amber", True),
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


def test_a_plan_without_statuses() -> None:
    """How far a step is stands at the head of its progress note, its colour in the one cell that has one."""
    item = plan_item(description="Testing", due="30/04/21", lead="Green (since May)", progress="In progress, two done")
    assert "is 'in progress'" in sentences(overdue_not_red, view(text=[KEY], records=[item]))[0]
    done = plan_item(description="Testing", due="30/04/21", lead="Red", progress="In progress, two done")
    assert not sentences(overdue_not_red, view(text=[KEY], records=[done]))
    purple = plan_item(description="Testing", lead="Purple", progress="In build")
    assert "'purple'" in sentences(entries_off_the_key, view(text=[KEY], records=[purple]))[0]


def test_a_key_with_dashes() -> None:
    """It is a key as one with signs of equality is, also for the colours that it lists beside red, amber and green."""
    item = plan_item(description="Testing", due="30/04/21", status="Started", rag="Green")
    key = "R - late; A - at risk; G - on track"
    assert sentences(overdue_not_red, view(text=[key], records=[item]))
    purple = plan_item(description="Testing", status="Started", rag="P")
    assert sentences(entries_off_the_key, view(text=[key], records=[purple]))
    assert not sentences(entries_off_the_key, view(text=[f"{key}; P - paused"], records=[purple]))


@pytest.mark.parametrize(
    ("head", "days", "found"),
    [
        ("Next review", ("31/03/2021", "31/01/2022", "30/11/2021"), ["R0"]),
        ("Review date:", ("March 2021", "31/01/2022", "30/11/2021"), ["R0"]),
        ("Review date:", ("31/03/2021", "31/01/2021", "30/11/2021"), []),
        ("Last review", ("31/03/2021", "31/01/2022", "30/11/2021"), []),
    ],
)
def test_reviews_passed(head: str, days: tuple[str, ...], found: list[str]) -> None:
    """A review that was due before the paper is told where most are still to come; a last one is past."""
    rows = [said(f"R{n}: Risk of frost, Score 9, {head} {day}", table=4) for n, day in enumerate(days)]
    assert [told.split(":")[0] for told in sentences(reviews_passed, view(text=rows))] == found


def test_overdue_when_the_plan_was_last_updated() -> None:
    """A step that fell due after its plan was last updated was not overdue there; the paper's later day is no proof."""
    updated = said("Plan for: Digital; Date of Last Update: {}", table=1)
    item = plan_item(plan="Digital 2021/22", description="Testing", due="30/09/21", status="Started", rag="green")
    for day, found in (("14-Sep-21", False), ("04-Oct-21", True)):
        listing = replace(updated, text=updated.text.format(day))
        told = sentences(overdue_not_red, view(text=[KEY, listing], records=[item]))
        assert bool(told) is found
        assert all("in the plan as of 4 October 2021" in sentence for sentence in told)
    other = replace(updated, text="Plan for: Streets; Date of Last Update: 14-Sep-21")
    assert "in the paper of 6 October" in sentences(overdue_not_red, view(text=[KEY, other], records=[item]))[0]


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


def test_a_part_of_a_plan_left_without_letters() -> None:
    """A step just overdue without a letter is told where other parts have letters, and its own part none."""
    late = plan_item(1, description="Portal", part="B", due="30/09/21", status="Started")
    done = plan_item(2, description="Forms", part="A", status="Complete", rag="G")
    assert sentences(overdue_not_red, view(text=[KEY], records=[late, done]))
    beside = plan_item(2, description="Forms", part="B", status="Complete", rag="G")
    assert not sentences(overdue_not_red, view(text=[KEY], records=[late, beside]))
    assert not sentences(overdue_not_red, view(text=[KEY], records=[late]))


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
    blue = said("R = late, A = at risk, G = on track, B = complete", table=5)
    done = plan_item(description="Portal", status="Complete", rag="Blue")
    assert not sentences(entries_off_the_key, view(text=[blue], records=[done]))
    assert sentences(entries_off_the_key, view(text=[KEY], records=[done]))
    alike = plan_item(milestone="COMPLETE", due="chasing dates", status="COMPLETE", rag="n/a")
    assert sentences(entries_off_the_key, view(text=[KEY], records=[alike]))


@pytest.mark.parametrize(
    ("due", "status", "rag", "found"),
    [
        ("TBC", "Started", "complete", True),
        ("TBC", "Complete", "red", True),
        ("TBC", "75% complete", "amber", False),
        ("TBC", "To be completed in May", "amber", False),
        ("TBC", "Complete, subject to sign-off", "amber", False),
        ("On hold", "Complete", "", True),
        ("On hold", "Paused", "", False),
        ("Complete", "Complete", "green", False),
        ("31/08/21", "On track (awaiting proofs)", "", True),
        ("31/10/21", "On track (awaiting proofs)", "", False),
        ("31/08/21", "On track - for December", "", False),
        ("31/08/21", "On track for December", "", False),
    ],
)
def test_status_against_columns(due: str, status: str, rag: str, found: bool) -> None:
    """Columns of one row that contradict each other."""
    item = plan_item(description="Testing", due=due, status=status, rag=rag)
    assert bool(sentences(status_against_columns, view(records=[item]))) is found


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
    assert bool(sentences(status_against_columns, view(records=[item]))) is found


@pytest.mark.parametrize(
    ("status", "note", "found"),
    [
        ("Not started", "In flight - more actions are to be added.", True),
        ("Started", "In flight - more actions are to be added.", False),
        ("Not started", "Will be in progress by May.", False),
        ("Not started", "MDC go live 19th July 2021.", True),
        ("Not started", "MDC go live 19th December 2021.", False),
        ("Not started", "Goes live 19 July 2021", True),
        ("Complete", "MDC go live 19th July 2021.", False),
        ("Not started", "Testing complete - awaiting the go-ahead", True),
        ("Not started", "Gates installed and in use.", True),
        ("Not started", "Will begin once the gates have been installed.", False),
        ("Not started", "Gates not yet installed", False),
        ("Not started", "Report published.", True),
        ("Not started", "All sessions delivered and the programme closed.", True),
        ("Not started", "All sessions to be delivered once funded.", False),
        ("Open", "The visit took place on 14 January 2021", True),
        ("Closed", "The reply is still being drafted.", True),
        ("Not started", "Draft report completed", False),
        ("Not started", "Report to be published", False),
        ("Complete", "Awaiting sign-off by the board.", True),
        ("Complete", "Needs a last check before approaching the board.", True),
        ("Complete", "Complete. The next contract is awaiting its signature.", False),
        ("Complete", "12/02/2021 - Plans received. 12/02/2020 - Awaiting the plans.", False),
        ("Complete", "12/02/2021 - Awaiting the plans. 12/02/2020 - Plans asked for.", True),
    ],
)
def test_a_note_that_says_otherwise(status: str, note: str, found: bool) -> None:
    """Not started, but the note says that some is done, or names a day for going live that had passed; or complete,
    and what is still to do stands in its newest entry."""
    item = plan_item(description="Portal", status=status, progress=note)
    assert bool(sentences(status_against_columns, view(records=[item]))) is found


def test_a_colour_without_a_meaning() -> None:
    """Blue says "complete" where the paper says so, and is only off the key where it does not."""
    item = plan_item(description="Routes", status="Not started", rag="complete", progress="")
    item = Record(item.kind, item.as_of, item.fields, item.place, "Routes | Not started | Blue")
    assert not sentences(status_against_columns, view(records=[item], text=[KEY]))
    assert sentences(status_against_columns, view(records=[item], text=[KEY, "B = complete"]))


@pytest.mark.parametrize(
    ("description", "councils", "progress", "found"),
    [
        ("Mendip collection plan", "Havant", "", "is about Mendip"),
        ("Mendip collection plan", "Mendip", "", ""),
        ("Mendip collection plan", "All", "", ""),
        ("Havant collection plan", "Havant", "MDC go live 19 July", "its note is about Mendip"),
        ("Havant collection plan", "Havant, Mendip", "MDC go live 19 July", ""),
        ("Move to the new platform", "Havant", "MDC go live 19 July", ""),
        ("Elmer food waste launch", "Saltfleet", "", "is about Elmer"),
        ("Saltfleet round review", "Saltfleet", "", ""),
        ("Havant collection plan", "Havant", "Letters for MDC follow.", ""),
    ],
)
def test_wrong_council(description: str, councils: str, progress: str, found: str) -> None:
    """An item about one council that stands under another; an item for all, or about none, is left alone."""
    rows = [line(CALLS, name, {"Jul-21": "90%"}) for name in ("Mendip", "Havant")]
    item = plan_item(description=description, milestone="Go live", councils=councils, progress=progress)
    other = plan_item(1, description="Depot works", milestone="Survey", councils="Elmer, Saltfleet")
    told = sentences(wrong_council, view(*rows, records=[item, other]))
    assert len(told) == bool(found)
    assert all(found in sentence for sentence in told)


def steps(ref: str, *rows: tuple[str, str, str]) -> list[Record]:
    """An item's steps, each of milestone, due day and note."""
    return [
        plan_item(n, ref=ref, description=f"Campaign {ref}", milestone=step, due=due, status="Started", progress=note)
        for n, (step, due, note) in enumerate(rows)
    ]


def test_items_alike() -> None:
    """Items whose steps agree word for word; one other note, or too few steps, and they are left alone."""
    rows = [
        ("Wording", "30/04/21", "To be sent again in May."),
        ("Pilot", "31/05/21", "A second is needed."),
        ("Use", "", ""),
    ]
    told = sentences(items_alike, view(records=[*steps("C1", *rows), *steps("C2", *rows)]))
    assert len(told) == 1
    assert told[0].startswith("C1 and C2 have the very same 3 steps")
    other = [("Wording", "30/04/21", "Agreed by all."), *rows[1:]]
    assert not sentences(items_alike, view(records=[*steps("C1", *rows), *steps("C2", *other)]))
    assert not sentences(items_alike, view(records=[*steps("C1", *rows[:2]), *steps("C2", *rows[:2])]))


@pytest.mark.parametrize(
    ("test", "live", "found"),
    [
        ("01/04/22", "01/04/22", "the day on which it is to go live"),
        ("15/04/22", "01/04/22", "after the day"),
        ("31/03/22", "01/04/22", ""),
        ("TBC", "01/04/22", ""),
    ],
)
def test_live_before_it_is_tested(test: str, live: str, found: str) -> None:
    """Testing that is due when the thing goes live, or after."""
    items = steps("C1", ("Testing phase", test, ""), ("Go-live", live, ""))
    told = sentences(live_before_it_is_tested, view(records=items))
    assert len(told) == bool(found)
    assert all(found in sentence for sentence in told)


@pytest.mark.parametrize(
    ("milestone", "status", "found"),
    [
        ("Leases to be transferred by May 2021.", "Ongoing work to transfer the leases.", True),
        ("Leases to be transferred by May 2021.", "Leases transferred. Work on depots ongoing.", False),
        ("Leases to be transferred by May 2022.", "Ongoing work to transfer the leases.", False),
        ("Leases to be transferred by May 2021.", "Ongoing work to transfer staff.", False),
        ("Leases to be transferred.", "Ongoing work to transfer the leases.", False),
    ],
)
def test_passed_and_going_on(milestone: str, status: str, found: bool) -> None:
    """A day that a milestone names, passed while the same work is called ongoing."""
    item = plan_item(description="Property", milestone=milestone, status=status)
    assert bool(sentences(passed_and_going_on, view(records=[item]))) is found


@pytest.mark.parametrize(
    ("text", "note", "found"),
    [
        ("Disaster Recovery – tests scheduled for late March.", "6/9/21 - DR test undertaken in April 2021.", True),
        ("Disaster Recovery - tests scheduled for late March.", "DR test to be undertaken in April 2022.", False),
        ("Disaster Recovery – the plan is kept up to date.", "DR test undertaken in April 2021.", False),
        ("Disaster Recovery – training scheduled for late March.", "DR test undertaken in April 2021.", False),
        ("1.2 Disaster Recovery – testing is planned for March.", "DR test was completed in April 2021.", True),
        ("Disaster Recovery – the next test is scheduled for March.", "DR test undertaken in April 2021.", False),
        ("Disaster Recovery – tests are planned for May 2022.", "DR test undertaken in April 2021.", False),
        ("Contracts – tests scheduled for late March.", "DR test undertaken in April 2021.", False),
        ("Disaster Recovery – the supplier has agreed to do a review.", "Review of it has been completed.", True),
    ],
)
def test_text_behind_the_plan(text: str, note: str, found: bool) -> None:
    """The report has something still to come that the plan's note says was done; of another thing it says nothing."""
    item = plan_item(description="Disaster Recovery plan", status="Started", progress=note)
    assert bool(sentences(text_behind_the_plan, view(text=[text], records=[item]))) is found


@pytest.mark.parametrize(
    ("text", "status", "found"),
    [
        ("Storage – this has been completed but awaits new disks.", "started", True),
        ("Storage – this has been completed but awaits new disks.", "Closed", False),
        ("Storage – this has been completed in part.", "started", False),
        ("Storage – the review of it was completed.", "started", False),
        ("Disks – this has been completed.", "started", False),
        ("Storage – need to review whether it is worth its cost.", "Closed", True),
        ("Storage – need to review whether it is worth its cost.", "Started", False),
        ("Storage – it needs to be reviewed again next year.", "Complete", False),
        ("Storage – this has been completed.", "", False),
    ],
)
def test_text_and_status(text: str, status: str, found: bool) -> None:
    """The report has an item completed that its plan has started, or yet to be done that it has closed."""
    item = plan_item(description="Storage review", status=status)
    assert bool(sentences(text_and_status, view(text=[text], records=[item]))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ref: Insert new row above", "'Insert new row above'"),
        ("A note is due by XX December 2022.", "'XX December'"),
        ("The cost is £XX,000.", "'£XX'"),
        ("Total: #REF!", "'#REF!'"),
        ("Please click here to enter text", "'click here to enter'"),
        ("The council of [insert name]", "'[insert name]'"),
        ("Members may add the dates below to their diaries.", ""),
        ("Louis XX December wine, and the table below", ""),
    ],
)
def test_left_from_the_template(text: str, found: str) -> None:
    """Words of a form and gaps that nobody filled; what only sounds so is left alone."""
    told = sentences(left_from_the_template, view(text=[text, text]))
    assert told == ([f"{found} was left from a template, 2 times."] if found else [])


@pytest.mark.parametrize(
    ("mitigation", "found"),
    [
        ("Hedging to be", True),
        ("Work to be completed for the depot,", True),
        ("Failure to", True),
        ("Second site on standby", False),
        ("Second site, as agreed with A, B,", False),
    ],
)
def test_unfinished_entries(mitigation: str, found: bool) -> None:
    """An entry that breaks off is told where another follows on its page: the last one may go on overleaf."""
    fields = dict.fromkeys(KINDS["risk"], "") | {"ref": "R1", "mitigation": mitigation}
    risks = [Record("risk", DAY, fields, place(7, row), f"R1 | {mitigation}") for row in (1, 2)]
    assert len(sentences(unfinished_entries, view(records=risks))) == found
    assert not sentences(unfinished_entries, view(records=risks[:1]))
    assert sentences(unfinished_entries, view(text=["Improve it wherever possible and . Work goes on."]))
    assert not sentences(unfinished_entries, view(text=["That is what it refers to. Work goes on and on."]))


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("G: on track; A: some delay; R: overdue", True),
        ("Green = on time, Amber = at risk, Red = late", True),
        ("R = late", False),  # half a key
        ("Red = missed by more than 10%, Amber = within 10%, Green = met", False),  # of figures
    ],
)
def test_keys_in_any_order(key: str, found: bool) -> None:
    """A plan's key, whichever colour it begins with."""
    late = plan_item(1, ref="B1", description="Roof", due="30/04/21", status="Started", rag="amber")
    assert bool(sentences(overdue_not_red, view(text=[said(key, table=5)], records=[late]))) is found


def test_questions_left() -> None:
    """A short entry that asks; what a note asks is its own."""
    asks = [plan_item(1, description="Roof", links="S05 (?)"), plan_item(2, ref="Happy to close ?", description="Wall")]
    told = sentences(questions_left, view(records=[*asks, plan_item(3, description="Door", progress="Who pays?")]))
    assert told == ["'Roof': its links still asks 'S05 (?)'.", "'Wall': its ref still asks 'Happy to close ?'."]
