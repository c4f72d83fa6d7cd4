"""Days as councils write them, and what can be said of promises over time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.paper import Place
from kpi_tools.due import read_due
from kpi_tools.ledger import KINDS, Record
from kpi_tools.promises import changes, current, notes, of_council, overdue, state, timeline


def item(document: str = "a.pdf", as_of: date | None = None, **fields: str) -> Record:
    """An item of a plan."""
    every = dict.fromkeys(KINDS["plan_item"], "") | fields
    return Record("plan_item", as_of, every, Place(document, 1, "", "", 1, 1, 0, (0, 0, 1, 1)), "")


DUE = {
    "30/04/21": date(2021, 4, 30),  # the day first
    "04/05/2021": date(2021, 5, 4),
    "31-Oct-19": date(2019, 10, 31),
    "Sep-21": date(2021, 9, 30),  # a month is over on its last day
    "Dec 2023": date(2023, 12, 31),
    "By or before 30 Sept 2022": date(2022, 9, 30),
    "1st March 2022": date(2022, 3, 1),
    "31/01/22 go live April - June evaluation": date(2022, 1, 31),
    "2022-06-01": date(2022, 6, 1),  # as a workbook has it
    "TBC (Covid)": None,
    "30/9/22 TBC": None,  # unsure
    "Annual, Q3": None,
    "On hold": None,
    "": None,
    "July 2023 March 2024": None,  # two of them
    "Throughout the 23/24 year": None,
    "31/02/22": None,  # no day
    "13/13/22": None,
}


@pytest.mark.parametrize(("printed", "day"), DUE.items())
def test_due_days_are_read_as_printed(printed: str, day: date | None) -> None:
    """What is a day is one; what is unsure stays words."""
    assert read_due(printed) == day


@given(
    st.dates(date(2001, 1, 1), date(2098, 12, 31)), st.sampled_from(["%d/%m/%y", "%d/%m/%Y", "%d-%b-%y", "%d %B %Y"])
)
def test_every_day_comes_back_from_every_way_of_writing_it(day: date, form: str) -> None:
    """Day first, whatever the mark; and unsure it is no day."""
    assert read_due(day.strftime(form)) == day
    assert read_due(f"{day.strftime(form)} TBC") is None


def test_notes_are_split_at_their_own_dates() -> None:
    """Oldest first; a date in the midst of a sentence begins no note, and what has no date comes before."""
    text = (
        "Paused. 12/02/2021 - Proposal reviewed. 04/10/2020 Met on 01/10/2020 with the team "
        "7/3/22 Update - Delivered, held 01/02/22 at length"
    )
    told = notes(item(progress=text))
    assert [n.day for n in told] == [None, date(2020, 10, 4), date(2021, 2, 12), date(2022, 3, 7)]
    assert told[0].text == "Paused."
    assert told[1].text.endswith("with the team")


def test_a_timeline_tells_each_note_once() -> None:
    """The next paper repeats the notes of the one before it, at times in slightly other words, and adds its own."""
    first = item("a.pdf", progress="12/02/2020 - servers have been identified by the team")
    second = item("b.pdf", progress="12/02/2020 servers have been identified by the team. 06/09/2021 - moved")
    assert [n.day for n in timeline([first, second])] == [date(2020, 2, 12), date(2021, 9, 6)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"status": "Complete"}, "closed"),
        ({"status": "Closed."}, "closed"),
        ({"status": "Started", "rag": "complete"}, "closed"),
        ({"status": "Not started"}, "open"),
        ({"status": "Not completed"}, "open"),
        ({"status": "Paused"}, "open"),
        ({"due": "Complete"}, "closed"),
        ({"progress": "Completed – a review was held"}, "closed"),
        ({"progress": "To be completed by May"}, ""),
        ({"status": "Started", "progress": "Complete for two of five"}, "open"),
        ({}, ""),
    ],
)
def test_state_is_what_the_paper_says(fields: dict[str, str], expected: str) -> None:
    """An item without a status is neither open nor closed."""
    assert state(item("a.pdf", None, **fields)) == expected


def test_overdue_needs_a_sure_day_and_no_end() -> None:
    """Due the day before; not on the day itself; never where complete or to be confirmed."""
    today = date(2021, 10, 6)
    day = (today - timedelta(days=1)).strftime("%d/%m/%y")
    assert overdue(item(due=day, status="Started"), today)
    assert not overdue(item(due=today.strftime("%d/%m/%y"), status="Started"), today)
    assert not overdue(item(due=day, status="Complete"), today)
    assert not overdue(item(due=f"{day} TBC", status="Started"), today)


def test_the_next_plan_is_matched_by_meaning() -> None:
    """Other refs, hyphens and words: the same promise, and its slip in days; what is not alike is added or gone."""
    before = [
        item(ref="A1", description="NoteSender - new features before reminders", milestone="Testing", due="31/05/21"),
        item(ref="A2", description="Phone menus", milestone="Go live", due="01/06/21", status="Started"),
    ]
    after = [
        item("b.pdf", description="Note-Sender - features review", milestone="Testing phase", due="15/07/22"),
        item("b.pdf", description="Phone menus", milestone="Go-live", due="01/06/21", status="Complete"),
        item("b.pdf", description="Backups", milestone="Testing", due="01/01/22"),
    ]
    found = [(c.kind, c.days) for c in changes(before, after)]
    assert found == [("slipped", 410), ("status", 0), ("added", 0)]


def test_an_item_under_another_heading_is_known_by_its_note_or_its_step() -> None:
    """A dated note that is told again, a step of several words under the same lead, or a step that was the item's name;
    short steps tell nothing."""
    note = "12/02/2021 - the lines are laid and await a test"
    step = "Agree with each council what support it needs"
    before = [
        item(due="On hold", progress=note),
        item(description="Continuity", milestone=step, lead="Client"),
        item(description="Menus", milestone="Testing", lead="Client"),
        item(description="Install Callnet - automatic exchange for Hart", milestone="For Hart", due="01/09/21"),
    ]
    after = [
        item("b.pdf", description="New lines", due="On hold", progress=f"07/03/2022 - tested. {note}"),
        item("b.pdf", description="Recovery", milestone=step, lead="Client"),
        item("b.pdf", description="Backups", milestone="Testing", lead="Client"),
        item(
            "b.pdf", description="Hart calls", milestone="Install Callnet (automatic exchange) for Hart", due="1/3/22"
        ),
    ]
    found = [(c.kind, held.fields["description"]) for c in changes(before, after) if (held := c.after or c.before)]
    assert found == [("slipped", "Hart calls"), ("added", "Backups"), ("gone", "Menus")]


def test_items_of_other_councils_are_not_the_same() -> None:
    """Two councils' rows may be alike word by word."""
    before = item(description="Menus", milestone="Go live", councils="Hart", due="01/01/21")
    after = item(description="Menus", milestone="Go live", councils="Mendip", due="02/01/21")
    assert [c.kind for c in changes([before], [after])] == ["added", "gone"]


def test_the_current_plan_is_that_of_the_latest_paper() -> None:
    """A paper without a date tells of its latest note's day; plans are the same whatever their year."""
    old = item("a.pdf", date(2021, 10, 6), plan="Benefits 2021/22", description="Menus")
    new = item("b.pdf", None, plan="Benefits 2022/23", description="Menus", progress="07/03/22 - done")
    other = item("a.pdf", date(2021, 10, 6), plan="IT", description="Backups")
    assert current([old, new, other]) == [new, other]


@pytest.mark.parametrize(
    ("column", "council", "found"),
    [
        ("Hart, Havant, South", "Hart", True),
        ("HBC", "Havant", True),  # initials of the one who is asked for
        ("All", "Mendip", True),
        ("H&EH", "Havant", True),  # a joint row's member
        (
            "Hart, South, Vale",
            "South Oxfordshire & Vale of White Horse",
            True,
        ),  # the members of the joint row that is asked for
        ("South Oxfordshire", "South Oxfordshire & Vale of White Horse", True),
        ("Havant, Mendip", "South Oxfordshire & Vale of White Horse", False),
        ("Havant", "Hart", False),
        ("", "Hart", False),
    ],
)
def test_items_of_a_council(column: str, council: str, found: bool) -> None:
    """By the councils' own column, and not by any word that looks like one."""
    assert bool(of_council([item(councils=column, description="Hart of it")], council)) is found
