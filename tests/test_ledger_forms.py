"""Entries told label by label, logs with days of closing, who came to which meeting, and notes set as a table."""

import pytest

from tests.tables import ledger, tabled


def test_entries_told_label_by_label_are_rows_of_a_register() -> None:
    """Each label begins the next entry where it comes again; what stands merged beside it is all that it says."""
    one = (("Risk reference", "R1", "Owner", "Treasurer"), ("Risk description", "Floods"), ("Controls", "Pumps"))
    two = (("Risk reference", "R2", "Owner", "Clerk"), ("Risk description", "Fire"), ("Controls", "Alarms"))
    scores = [("Likelihood", n, "Impact", "4") for n in "23"]
    wide = [(row, 1, 3) for row in (1, 2, 5, 6)]
    found = tabled(*one, scores[0], *two, scores[1], wide=wide)
    assert ledger(found, "risk", "ref description owner mitigation likelihood severity") == (
        "R1, Floods, Treasurer, Pumps, 2, 4; R2, Fire, Clerk, Alarms, 3, 4"
    )
    assert [(r.place.row, r.place.column) for r in found.records] == [(1, 1), (5, 1)]


def test_labels_may_stand_in_one_cell_with_what_they_say() -> None:
    """Under a title over all columns, which names the entry."""
    rows = (("Supplier fails",), ("Owner: Clerk", "Likelihood: 2"), ("Impact: 5", "Mitigation: a second one"))
    found = tabled(*rows, headings=("Risks",), wide=[(0, 0, 2)])
    assert ledger(found, "risk", "description owner likelihood severity mitigation") == (
        "Supplier fails, Clerk, 2, 5, a second one"
    )


def test_pairs_that_no_register_has_are_no_entry() -> None:
    """Proves that a list of facts stays what it is."""
    found = tabled(("Ward", "North"), ("Polling place", "Hall"), ("Owner", "Church"), ("Electors", "1,204"))
    assert {r.kind for r in found.records} == {"table_row"}


@pytest.mark.parametrize(
    ("closed", "update", "status"),
    [
        ("22/08/2025", "Crew trained", "closed"),
        ("", "Crew trained", "open"),  # the log says when each was closed, and this one was not
        ("", "Closed in May", "closed"),  # as its own words say
        ("to be agreed", "Crew trained", ""),  # neither
    ],
)
def test_a_day_of_closing_closes_a_plan(closed: str, update: str, status: str) -> None:
    """Proves that a log of default notices is one of rectification plans, open until it says otherwise."""
    head = ("Notice no.", "Service area", "Breach", "Remedial action", "Date closed")
    found = tabled(head, ("DN-1", "Refuse", "Rounds missed", update, closed))
    assert ledger(found, "rectification", "ref area default update status") == (
        f"DN-1, Refuse, Rounds missed, {update}, {status}"
    )


def test_a_line_over_all_columns_says_what_the_items_below_it_are_of() -> None:
    """However long it is, it is no item."""
    head = ("No", "Action", "Lead", "Deadline", "Progress")
    rows = (("Aim 1: Cleaner streets",), ("1", "Bins", "Ann", "31/03/2026", "84 set"))
    more = (("Aim 2: Homes that are fit to live in for each and all",), ("2", "Visits", "Bob", "TBC", "Begun"))
    found = tabled(head, *rows, *more, wide=[(1, 0, 5), (3, 0, 5)])
    assert ledger(found, "plan_item", "part ref") == (
        "Aim 1: Cleaner streets, 1; Aim 2: Homes that are fit to live in for each and all, 2"
    )


def test_each_meeting_has_a_column_of_those_who_came() -> None:
    """A dash is of no member; other words under the days make it another table."""
    head, row = ("Member", "Party", "10 Jun", "9 Sep"), ("Cllr Oak (Chair)", "Ind", "✓", "Apologies")
    found = tabled(head, row, ("Cllr Elm", "Lab", "-", "✓"))
    told = "Oak, present, Chair, 10 Jun; Oak, apologies, Chair, 9 Sep; Elm, present, , 9 Sep"
    assert ledger(found, "member", "name role post meeting") == told
    assert not ledger(tabled(head, ("Cllr Oak", "Ind", "12", "14")), "member", "name")


def test_notes_set_as_a_table_tell_what_is_to_be_done() -> None:
    """A row without an action asks for nothing; the day is in the words where no column has it."""
    head = ("Item", "Discussion", "Action", "By whom")
    done = ("2", "Figures were asked for", "Send figures before 1 December 2025", "M Kerr")
    found = tabled(head, ("1", "Apologies were noted", "", ""), done)
    assert ledger(found, "request", "text of due about") == (
        "Send figures before 1 December 2025, M Kerr, 1 December 2025, Figures were asked for"
    )
