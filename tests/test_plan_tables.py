"""Annual plans and action plans in tables built by hand: which rows are items, and what belongs to each."""

from dataclasses import replace

import pytest

from corpus.paper import Pack, Page
from indexer.extract import extract
from tests.tables import ledger, paper, table, tabled

HEADS = ("Ref", "Description", "Milestones", "Due Dates", "Lead", "Driver", "Councils", "Status", "RAG", "Progress")
LONG = "A proposal has been priced and will be brought back to the board in May"
PRIORITIES = ("", "Service Priority", "Expected Outcomes", "Target Completion Date", "Update Q1")


def test_a_plan_item_is_a_milestone_under_its_description() -> None:
    """A blank ref or description is that of the row above; a form's own words are no data; RAG letters are colours."""
    found = paper(
        table(("Annual Plan for:", "Land Charges"), ("Author", "Somebody")),
        table(
            ("Ref", "Description", "Milestones", "Due Dates", "Council(s) Impacted", "RAG Status"),
            ("1.1", "Move the register", "Data cleansed", "June 2021", "All", "G"),
            ("", "", "Register moved", "Sept 2021", "", "A"),
            ("Insert Line Above", "", "", "", "", ""),
            headings=("Part 1",),
            number=2,
        ),
    )
    items = [r.fields for r in found.records if r.kind == "plan_item"]
    assert [(i["ref"], i["milestone"], i["due"], i["rag"]) for i in items] == [
        ("1.1", "Data cleansed", "June 2021", "green"),
        ("1.1", "Register moved", "Sept 2021", "amber"),
    ]
    assert {i["plan"] for i in items} == {"Land Charges"}
    assert {i["description"] for i in items} == {"Move the register"}


def test_a_plan_s_row_off_its_header_keeps_what_its_kind_tells() -> None:
    """Prose under "RAG" is progress, and what comes first is what it is about; nothing is put under a wrong header."""
    heads = ("Ref", "Description", "Milestones", "Due Dates", "Lead", "Delivery Status", "RAG Status", "Progress")
    prose = "Proposals are being priced and will come back in May"
    found = tabled(heads, ("Server upgrades", "", "31/03/20", "A. Person", "started", "", prose, ""))
    (item,) = [r.fields for r in found.records if r.kind == "plan_item"]
    assert (item["ref"], item["description"], item["milestone"]) == ("", "Server upgrades", "")
    assert (item["due"], item["status"], item["rag"], item["progress"]) == ("31/03/20", "started", "", prose)


def test_a_ledger_s_header_may_take_two_rows_and_stand_under_titles() -> None:
    """The words that tell stand in the lower row, whether or not the cells above are merged."""
    found = tabled(
        ("Strategic risks", "", "", "", ""),
        ("ID", "Risk", "After mitigation", "", "Controls"),
        ("", "", "Likelihood (next year)", "Risk score", ""),
        ("01", "Loss of data", "2", "6", "A second copy"),
    )
    assert ledger(found, "risk", "ref likelihood score mitigation") == "01, 2, 6, A second copy"


def _plan(*rows: tuple[str | None, ...], turn: int) -> list[dict[str, str]]:
    """The items of a plan whose rows from `turn` on stand on the second page."""
    header = ("Ref", "Description", "Milestones", "Due dates", "Status", "Progress")
    drawn = table(header, *rows)
    turned = tuple(
        tuple(replace(cell, page=2) if cell and at > turn else cell for cell in row)
        for at, row in enumerate(drawn.rows)
    )
    page = Page(1, "1", "", 595.0, 842.0, (), "")
    pack = Pack("a.pdf", "0", "", "", "", None, (page, replace(page, number=2)), (replace(drawn, rows=turned),), ())
    return [dict(r.fields) for r in extract(pack).records if r.kind == "plan_item"]


def test_a_row_that_goes_on_overleaf_is_one_item() -> None:
    """Half of a row stands at the foot of a page and half at the head of the next: notes, or columns, or both."""
    (notes,) = _plan(
        ("A1", "Menus", "Testing", "31/05/21", "Started", "A test is due to"), ("",) * 5 + ("a move.",), turn=1
    )
    assert notes["progress"] == "A test is due to a move."
    (columns,) = _plan(("A1", "Menus", "", "31/05/21", "Started", ""), ("", "", "Testing", "", "", "Done."), turn=1)
    assert (columns["milestone"], columns["due"]) == ("Testing", "31/05/21")


def test_the_next_step_overleaf_is_an_item_of_its_own() -> None:
    """It has its own milestone and day, or its own dated note."""
    steps = _plan(("A1", "Menus", "Testing", "31/05/21", "", ""), ("", "", "Go live", "30/06/21", "", ""), turn=1)
    assert [(s["ref"], s["milestone"]) for s in steps] == [("A1", "Testing"), ("A1", "Go live")]
    dated = _plan(
        ("", "Menus", "", "", "", "12/02/2021 - moved it all"), ("", "", "Upgrade", "", "", "7/3/22 - done"), turn=1
    )
    assert len(dated) == 2


def test_what_forms_and_pages_print_into_plans_is_no_item() -> None:
    """Stamps of pages, rows of dashes, "None" for a part without items."""
    rows = (("None", "", "", "", "", ""), ("----", "----", "----", "----", "----", "----"))
    (item,) = _plan(*rows, ("Page 28", "Menus", "Go live", "On hold", "Paused", ""), turn=9)
    assert (item["ref"], item["due"]) == ("", "On hold")


def test_a_row_without_cells_for_its_item_is_the_next_step_of_it() -> None:
    """Its cells begin in the first column, as the item's own are merged above it."""
    rows = (
        ("A1", "Menus", "Testing", "31/05/21", "Started", ""),
        ("Send out letters to all", "30/06/21", "Not started", "", "", ""),
    )
    step = _plan(*rows, turn=9)[1]
    assert (step["ref"], step["milestone"], step["due"], step["status"]) == (
        "A1", "Send out letters to all", "30/06/21", "Not started",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        # the item's cells are merged above it: all that follows stands one free column to the left
        (
            ("Talk to users", None, "ongoing", "Firm / Client", "Practice", "Started", None, "", LONG, ""),
            ("A1", "Servers", "Talk to users", "ongoing", "Firm / Client", "Hart, Mendip", "Started", "", LONG),
        ),
        (
            ("Move to the cloud", None, "", "", "", "", None, "", LONG, ""),
            ("A1", "Servers", "Move to the cloud", "", "", "Hart, Mendip", "", "", LONG),
        ),
        # one more cell is lost in the midst of the row
        (
            ("Write to all of the users", "31/05/21", "Firm/Client", "Survey", "Not started", "G", LONG, "", "", ""),
            ("A1", "Servers", "Write to all of the users", "31/05/21", "Firm/Client", "Hart, Mendip", "Not started",
             "green", LONG),
        ),
        # only the ref is lost: the row begins an item
        (
            ("Improvement of the web pages", "Ask what users want", "Ongoing", "Firm / Client", "Survey", "All", "",
             "", "", ""),
            ("", "Improvement of the web pages", "Ask what users want", "Ongoing", "Firm / Client", "All", "", "", ""),
        ),
    ],
)  # fmt: skip
def test_a_row_that_has_moved_to_the_left_is_read_where_its_cells_belong(
    row: tuple[str | None, ...], expected: tuple[str, ...]
) -> None:
    """Its cells keep their order; days, leads of other rows, statuses, colours and prose say to which columns."""
    whole = ("A1", "Servers", "List them", "31/12/19", "Firm / Client", "Law", "Hart, Mendip", "Complete", "G", "Done")
    found = tabled(HEADS, whole, row)
    fields = [r.fields for r in found.records][1]
    names = ("ref", "description", "milestone", "due", "lead", "councils", "status", "rag", "progress")
    assert tuple(fields[name] for name in names) == expected


def _priorities(*rows: tuple[tuple[str, ...], ...], turn: int = 99) -> list[dict[str, str]]:
    """The records of a table whose cells hold paragraphs; its rows from `turn` on stand on the second page."""
    drawn = table(PRIORITIES, *[["\n".join(parts) for parts in row] for row in rows])
    cells = tuple(
        tuple(
            replace(cell, page=1 + (at > turn), paragraphs=parts if len(parts) > 1 else ()) if cell else None
            for cell, parts in zip(row, rows[at - 1] if at else [()] * 5, strict=True)
        )
        for at, row in enumerate(drawn.rows)
    )
    page = Page(1, "1", "", 595.0, 842.0, (), "")
    pack = Pack("a.pdf", "0", "", "", "", None, (page, replace(page, number=2)), (replace(drawn, rows=cells),), ())
    return [dict(r.fields) for r in extract(pack).records]


def test_outcomes_are_paired_with_their_days_and_updates() -> None:
    """As many days as outcomes are theirs one by one; updates too, or else each has them all; a list is no outcome."""
    first = (
        ("1",),
        ("Accounts",),
        ("Publish them", "– on paper", "Train staff"),
        ("May 2023", "Ongoing"),
        ("Out", "Half"),
    )
    second = (("2",), ("Bins",), ("Options", "Contract"), ("June 2023", "July 2023"), ("Options are being drawn up.",))
    third = (("3",), ("Web",), ("Design", "Launch"), ("August 2023",), ("Late",))
    found = [(i["ref"], i["milestone"], i["due"], i["progress"]) for i in _priorities(first, second, third)]
    assert found == [
        ("1", "Publish them – on paper", "May 2023", "Out"),
        ("1", "Train staff", "Ongoing", "Half"),
        ("2", "Options", "June 2023", "Options are being drawn up."),
        ("2", "Contract", "July 2023", "Options are being drawn up."),
        ("3", "Design Launch", "August 2023", "Late"),
    ]


def test_where_each_row_has_a_name_one_without_overleaf_is_the_rest_of_it() -> None:
    """Also where the name itself goes on; a new row is one that has a name."""
    rows = (
        (("1",), ("Web",), ("Design.",), ("May 2023",), ("Under way.",)),
        (("2",), ("Skilled staff who are",), ("Review rules",), ("May 2023",), ("Under way.",)),
        (("",), ("well led",), ("Audit roles",), ("June 2023",), ("Done.",)),
        (("3",), ("Law",), ("Guide",), ("July 2023",), ("None yet.",)),
    )
    found = [(i["ref"], i["description"], i["milestone"]) for i in _priorities(*rows, turn=2)]
    assert found == [
        ("1", "Web", "Design."),
        ("2", "Skilled staff who are well led", "Review rules"),
        ("2", "Skilled staff who are well led", "Audit roles"),
        ("3", "Law", "Guide"),
    ]


def test_the_rest_of_a_header_overleaf_is_no_item() -> None:
    """A page's end parts the header's cells: "Due" above, "Dates" below."""
    heads = ("Description", "Milestones", "Due", "RAG Status", "Progress")
    found = tabled(heads, ("", "", "Dates", "R = late A = risk", ""), ("Menus", "Testing", "31/05/21", "G", ""))
    assert [r.fields["description"] for r in found.records] == ["Menus"]


def test_when_under_the_milestones_is_when_and_no_milestone() -> None:
    """A row that lost its first cell stands one column to the left: who leads it is no due date."""
    heads = ("Ref", "Description", "Milestones", "Due Dates", "Lead", "Delivery Status")
    whole = ("A1", "Servers", "Survey", "31/12/19", "Capita", "Complete")
    found = tabled(heads, whole, ("", "", "ongoing", "Client", "Practice", ""))
    step = [r.fields for r in found.records][1]
    assert (step["description"], step["milestone"], step["due"], step["lead"]) == (
        "Servers", "", "ongoing", "Client",
    )  # fmt: skip


def test_the_status_of_progress_is_a_status() -> None:
    """A plan in other words: "Action ref", "Progress status", "By when"; what is complete is so."""
    heads = ("Action ref", "Action", "Milestone", "By when", "Progress status", "Commentary")
    found = tabled(heads, ("CP2", "Solar panels", "Contract", "30/04/2022", "Completed", "Awarded to a bidder."))
    (item,) = [r.fields for r in found.records]
    assert (item["ref"], item["due"], item["status"]) == ("CP2", "30/04/2022", "Completed")
    assert item["progress"] == "Awarded to a bidder."


@pytest.mark.parametrize(
    ("heads", "row", "told"),
    [
        (("Action", "Owner", "Deadline", "Progress"), ("Fit panels", "T Okafor", "31/03/2024", "Awarded"),
         ("Fit panels", "", "31/03/2024", "T Okafor")),
        (("What", "Who", "When", "Where we are"), ("Bus shelters", "County", "Mar-25", "Agreed"),
         ("Bus shelters", "", "Mar-25", "County")),
        (("Priority", "Action", "Lead", "Timescale", "RAG"),
         ("Clean streets", "Two sweepers", "Head of Streets", "Sept 2024", "Green"),
         ("Clean streets", "Two sweepers", "Sept 2024", "Head of Streets")),
        (("Recommendation", "Management response", "Responsible officer", "Due date", "Status"),
         ("Review leavers", "Agreed", "HR Manager", "31/10/2023", "Overdue"),
         ("Review leavers", "", "31/10/2023", "HR Manager")),
    ],
)  # fmt: skip
def test_a_plan_needs_no_milestones(heads: tuple[str, ...], row: tuple[str, ...], told: tuple[str, ...]) -> None:
    """Actions with whose they are and by when; an action under a priority is its step."""
    (item,) = [r.fields for r in tabled(heads, row).records]
    assert (item["description"], item["milestone"], item["due"], item["lead"]) == told


@pytest.mark.parametrize(
    "heads",
    [
        ("Description", "Owner", "Target", "Actual", "Status"),
        ("Description", "Lead", "Q1 2023/24", "Q2 2023/24", "Status"),
    ],
)
def test_a_table_of_results_is_no_plan(heads: tuple[str, ...]) -> None:
    """Targets, results and periods stand over figures."""
    found = tabled(heads, ("Calls answered", "Head of Contact", "80%", "75%", "Red"))
    assert not [r for r in found.records if r.kind == "plan_item"]


def test_an_item_keeps_what_stands_in_other_columns() -> None:
    """What it is for, in fields of their own; all else with its header, where that stands over one column."""
    heads = ("Ref", "Description", "Milestones", "Due Dates", "Driver or Source", "Links to Service Outcomes", "Status")
    more = (*heads, "Cost", "Cost", "Success Criteria")
    row = (
        "R1",
        "A switchboard",
        "Go live",
        "Sep-21",
        "Improvement",
        "SO4",
        "Started",
        "1",
        "2",
        "All calls put through",
    )
    (item,) = tabled(more, row).records
    assert (item.fields["driver"], item.fields["links"]) == ("Improvement", "SO4")
    assert item.fields["other"] == "Success Criteria: All calls put through"


def test_what_is_said_below_a_plan_alone_in_its_table_is_of_it() -> None:
    """A paragraph that begins with "This"; below several plans it is of none of them, nor is what begins otherwise."""
    heads, one = ("Ref", "Area", "Default", "Update"), ("RP1", "Finance", "Late accounts", "Replaced.")
    more = ("This had been open until a claim", "for costs was settled.", "It has been.")
    read = [
        next(r.fields["update"] for r in tabled(heads, *rows, lines=lines).records if r.kind == "rectification")
        for rows, lines in (
            ((one,), more),
            ((one, ("RP2", "Waste", "Missed rounds", "Open.")), more),
            ((one,), ("15. No other plan is live.",)),
        )
    ]
    assert read == [f"Replaced. {' '.join(more)}", "Replaced.", "Replaced."]


def test_what_is_done_about_a_risk_may_stand_with_comments() -> None:
    """A register may head it so, beside a level that is likelihood and impact in one."""
    heads = ("No", "Risk", "Risk Owner", "Current Level of Risk", "Comments and Current Action", "Long Term Aim")
    found = tabled(heads, ("G-01", "Posts stay empty", "Head of HR", "Low/ High", "Pay is reviewed.", "None"))
    assert ledger(found, "risk", "ref owner mitigation") == "G-01, Head of HR, Pay is reviewed."


STEPS = ("Ref", "Description", "Milestones", "Due Dates", "Lead", "Councils", "Status")


def test_an_item_whose_name_stands_where_refs_do_has_its_first_step_where_names_do() -> None:
    """Its other rows are steps; a remark beside a name, whose other rows are items, stays where it is."""
    found = tabled(
        STEPS,
        ("Winter plan", "Salt bought", "", "", "A. Person", "All", "Complete"),
        ("", "", "Ploughs mended", "May 2024", "A. Person", "", "Started"),
        ("Close this?", "Summer plan", "", "June 2024", "B. Person", "All", "Started"),
        ("", "Autumn plan", "Leaves swept", "", "B. Person", "All", "Started"),
    )
    assert ledger(found, "plan_item", "ref description milestone") == (
        ", Winter plan, Salt bought; , Winter plan, Ploughs mended; Close this?, Summer plan, ; "
        ", Autumn plan, Leaves swept"
    )


def test_a_row_for_another_council_is_not_of_an_item_that_is_named_after_one() -> None:
    """One with a step is, whoever it is for, and any row of an item that is named after none."""
    found = tabled(
        STEPS,
        ("", "Move of Hart's depot", "", "May 2024", "A. Person", "Hart", "Started"),
        ("", "", "", "June 2024", "A. Person", "Hart", "Started"),
        ("", "", "", "On hold", "B. Person", "Mendip", ""),
        ("", "Rents in Hart", "Rents set", "May 2024", "A. Person", "Hart", "Started"),
        ("", "", "Rents paid", "June 2024", "A. Person", "Mendip", "Started"),
        ("", "Lamps", "", "May 2024", "A. Person", "Hart", "Started"),
        ("", "", "", "June 2024", "A. Person", "Mendip", "Started"),
    )
    items = [r.fields for r in found.records if r.kind == "plan_item"]
    depot, rents = "Move of Hart's depot", "Rents in Hart"
    assert [i["description"] for i in items] == [depot, depot, "", rents, rents, "Lamps", "Lamps"]


@pytest.mark.parametrize(("part", "item"), [("Part 2", "Depot rents"), ("Part 3", "")])
def test_an_item_goes_on_in_the_next_table_of_its_part(part: str, item: str) -> None:
    """Below the header again, in the same part of the same plan."""
    found = paper(
        table(STEPS, ("", "Depot rents", "Rents set", "May 2024", "A", "Hart", "Started"), headings=("Part 2",)),
        table(STEPS, ("", "", "Rents paid", "June 2024", "A", "", "Started"), headings=(part,), number=2),
    )
    assert [r.fields["description"] for r in found.records if r.kind == "plan_item"] == ["Depot rents", item]


def test_steps_that_name_no_item_page_after_page_are_read_without_end() -> None:
    """Hundreds of tables in a row, none of which says what its first step is of, are each read, and none is guessed."""
    rows = (("Ref", "Description", "Milestone", "Due", "Status"), ("", "", "Do the next thing", "30/04/21", "Open"))
    found = paper(*[table(*rows, headings=("Plan",), number=at) for at in range(300)])
    assert {r.fields["description"] for r in found.records} == {""} and len(found.records) == 300


def test_rows_in_one_cell_whose_columns_cannot_be_told_are_no_item() -> None:
    """A body that nothing parts is one cell over all columns: it is listed, and a group's name in one is none of it."""
    item = ("P1", "Depot rents", "Rents set", "May 2024", "A", "Hart", "Started")
    body = ("P2 Depot Rents agreed and set by 01/06/24 Capita Hart Started with the tenants in May", *[None] * 6)
    found = tabled(STEPS, item, body, wide=((2, 0, 7),))
    assert ledger(found, "plan_item", "ref") == "P1"
    assert any("P2 Depot" in note.reason for note in found.notes)


@pytest.mark.parametrize(
    ("progress", "told"), [("In progress", "In progress, Draft is out"), ("Letters were sent", ", Letters were sent")]
)
def test_progress_that_is_no_more_than_a_status(progress: str, told: str) -> None:
    """It is the status where it says no more than that, and what is called comments the progress."""
    heads = ("No", "Action", "Owner", "Deadline", "Progress", "RAG", "Comment")
    found = tabled(heads, ("A1", "Publish the strategy", "Head of Homes", "30/06/24", progress, "G", "Draft is out"))
    assert ledger(found, "plan_item", "status progress") == told


def test_columns_by_what_they_hold() -> None:
    """Codes beside a task are refs, days are when it is due, whatever stands over them; the day of its start is not."""
    found = tabled(
        ("Item", "Task", "District", "Who", "Started on", "Finish by", "State", "RAG"),
        ("SI1", "Fit cameras", "Hart", "Contractor", "01/02/2024", "31/05/2024", "Ongoing", "A"),
        ("SI2", "Train the crews", "Havant", "Contractor", "01/02/2024", "30/06/2024", "Done", "G"),
    )
    assert ledger(found, "plan_item", "ref description councils due status") == (
        "SI1, Fit cameras, Hart, 31/05/2024, Ongoing; SI2, Train the crews, Havant, 30/06/2024, Done"
    )


@pytest.mark.parametrize(("head", "rag"), [("RAG (B = complete)", "complete"), ("BRAG", "complete"), ("RAG", "")])
def test_blue_is_complete_where_the_plan_says_so(head: str, rag: str) -> None:
    """Without a key, or a header of its letters, blue may mean anything."""
    heads = ("Ref", "Description", "Milestones", "Due Dates", "Lead", "Status", head)
    found = tabled(heads, ("A1", "Depot rents", "Rents set", "May 2024", "A. Person", "", "Blue"))
    assert ledger(found, "plan_item", "ref rag") == f"A1, {rag}"


@pytest.mark.parametrize(
    ("status", "due", "found"),
    [("In progress", "31 March 2024", True), ("Signed", "31 March 2024", False), ("In progress", "Yearly", False)],
)
def test_items_under_a_word_of_their_own(status: str, due: str, found: bool) -> None:
    """Whose, by when and how it stands make a plan of a table that calls its items by any word; a list of contracts is
    none, as signing is no progress."""
    heads = ("No.", "Improvement", "Council", "Owner", "Target date", "Status", "Note")
    rows = [(f"IP{n}", f"Better forms for service {n}", "Hart", "Ann Bell", due, status, "") for n in (1, 2, 3)]
    items = [r.fields for r in tabled(heads, *rows).records if r.kind == "plan_item"]
    told = [(item["ref"], item["description"], item["lead"], item["status"]) for item in items]
    assert told == ([(ref, what, who, status) for ref, what, _, who, _, _, _ in rows] if found else [])
