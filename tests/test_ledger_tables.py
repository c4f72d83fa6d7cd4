"""Definitions, plans, risks and budgets in tables built by hand, and people and decisions in lines."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from corpus.paper import Pack, Page, Table
from indexer.extract import extract
from tests.tables import MONTHS, OCTOBER, aims, paper, table

# Definitions with targets


def test_a_list_of_targets_sets_them() -> None:
    """A list without any period has targets, which way by its own column, and says that it has no figures' periods."""
    found = paper(
        table(
            ("Ref", "Indicator", "What it shows", "Target", "Good performance is"),
            ("K29", "Complaints", "Searches", "3", "lower"),
        )
    )
    assert aims(found) == [("K29", "<=", Decimal(3), None, None)]
    assert "no period" in found.notes[0].reason


def test_figures_under_no_service_go_to_the_one_that_defines_them() -> None:
    """The code is defined for one service in words like the measure's own; a code with other words stays alone."""
    rows = (("KPI 06 - Days to decide claims", "1", "2"), ("KPI 07 - Bins", "3", "4"))
    scores = table(("Measure", *MONTHS), *rows)
    defined = table(
        ("Housing Benefit", None),
        ("KPI 06", "Maintain days taken to decide new claims below 18 days through March 2023"),
        ("KPI 07", "Maintain debts recovered within a year above 90% through March 2023"),
        number=2,
        wide=((0, 0, 2),),
    )
    found = paper(scores, defined)
    assert [o.measure.service for o in found.observations] == ["Housing Benefit", "Housing Benefit", "", ""]


def test_a_definition_sets_a_target() -> None:
    """Above, below, on or below, a date; a definition without a number has none, and a code loses its inner space."""
    found = paper(
        table(
            ("Revenues & Benefits", None),
            ("KPI001", "Maintain average speed of new claims below 13 Days through September 2025"),
            ("KPI002", "Maintain average speed of changes on or below 6 Days through September 2025"),
            ("PI 005", "Maintain business rates in year collection above 99 % through September 2025"),
            ("PI002", "Maintain council tax in year collection above targeted % through March 2021"),
            wide=((0, 0, 2),),
        )
    )
    assert {t.measure.service for t in found.targets} == {"Revenues and Benefits"}
    autumn = date(2025, 9, 30)
    assert aims(found)[:3] == [
        ("KPI001", "<", Decimal(13), None, autumn),
        ("KPI002", "<=", Decimal(6), None, autumn),
        ("PI005", ">", Decimal(99), None, autumn),
    ]
    assert found.targets[3].figure is None
    assert [t.measure.polarity for t in found.targets[:3]] == ["lower", "lower", "higher"]


def test_definitions_without_a_service_go_where_their_codes_are() -> None:
    """Two services share PI001; only one has all three codes, so the definitions are its own."""

    def kpi(number: int, service: str, *codes: str) -> list[Table]:
        return [
            table(
                (f"Monthly - {code} - % Done", None, None), ("", *MONTHS), ("Hart", "1%", "2%"), ("Mendip", "3%", "4%"),
                headings=(f"{service} KPIs",), number=number + n, wide=((0, 0, 3),),
            )
            for n, code in enumerate(codes)
        ]  # fmt: skip

    rows = [
        (code, "Maintain the share that is done above 90% through September 2025")
        for code in ("KPI01", "KPI02", "PI001")
    ]
    tables = [*kpi(1, "Land Charges", "PI001"), *kpi(2, "IT", "KPI01", "KPI02", "PI001"), table(*rows, number=5)]
    assert {t.measure.service for t in paper(*tables).targets} == {"IT"}


# The ledger


@pytest.mark.parametrize(
    ("lead", "status"),
    [
        ("The following plans remain open:", "open"),
        ("The following plan has been closed since the last meeting.", "closed"),
        ("Plans, open and closed:", ""),
    ],
)
def test_a_rectification_plan_is_open_or_closed_by_the_sentence_above(lead: str, status: str) -> None:
    """The status is said by the lead; one that says both says nothing."""
    found = paper(
        table(("Ref.", "Area", "Default", "Update"), ("RP4-2020", "IT", "Patching was late", "Done by May"), lead=lead)
    )
    (plan,) = [r for r in found.records if r.kind == "rectification"]
    assert (plan.fields["ref"], plan.fields["area"], plan.fields["status"]) == ("RP4-2020", "IT", status)
    assert plan.as_of == OCTOBER


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
    found = paper(table(heads, ("Server upgrades", "", "31/03/20", "A. Person", "started", "", prose, "")))
    (item,) = [r.fields for r in found.records if r.kind == "plan_item"]
    assert (item["ref"], item["description"], item["milestone"]) == ("", "Server upgrades", "")
    assert (item["due"], item["status"], item["rag"], item["progress"]) == ("31/03/20", "started", "", prose)


def test_a_ledger_s_header_may_take_two_rows_and_stand_under_titles() -> None:
    """The words that tell stand in the lower row, whether or not the cells above are merged."""
    found = paper(
        table(
            ("Strategic risks", "", "", "", ""),
            ("ID", "Risk", "After mitigation", "", "Controls"),
            ("", "", "Likelihood (next year)", "Risk score", ""),
            ("01", "Loss of data", "2", "6", "A second copy"),
        )
    )
    (risk,) = [r.fields for r in found.records if r.kind == "risk"]
    assert (risk["ref"], risk["likelihood"], risk["score"], risk["mitigation"]) == ("01", "2", "6", "A second copy")


def test_a_risk_keeps_its_score_and_what_is_done() -> None:
    """Words of a risk register's header are told apart: impact, score, mitigation."""
    found = paper(
        table(
            ("Ref", "Risk Description", "Potential Impact", "Residual Rating", "Controls in place"),
            ("R1", "Loss of the data centre", "No service", "12", "A second one"),
        )
    )
    (risk,) = [r.fields for r in found.records if r.kind == "risk"]
    assert (risk["ref"], risk["score"], risk["mitigation"]) == ("R1", "12", "A second one")


def test_a_budget_line_keeps_amounts_under_their_headers() -> None:
    """Each line's amounts are told with the headers they stand under."""
    found = paper(
        table(
            ("Department", "Budget £000", "Outturn £000"), ("ICT", "4,487", "4,576"), ("Fleet", "100", "-"),
            lead="Spending in the year",
        )
    )  # fmt: skip
    lines = [(r.fields["line"], r.fields["amounts"]) for r in found.records if r.kind == "budget_line"]
    assert lines[0] == ("ICT", "Budget £000: 4,487; Outturn £000: 4,576")


# What nobody reads


def test_a_table_of_no_known_shape_is_listed() -> None:
    """A table that no shape knows yields a note with its page, its title and why; nothing else."""
    found = paper(table(("Version", "Author"), ("1.0", "Somebody")))
    assert (found.observations, found.targets, found.records) == ((), (), ())
    (note,) = found.notes
    assert (note.table, note.page, note.title, note.shape) == (1, 1, "Version", "")
    assert note.reason


# People and decisions


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
    decisions = [(r.fields["text"], r.fields["meeting"]) for r in found.records if r.kind == "decision"]
    assert decisions == [
        ("Resolved that the dashboard would say what it counts.", "7 July 2021"),
        ("Members agreed that a survey would be sent", "7 July 2021"),
    ]
    assert [r.fields["meeting"] for r in found.records if r.kind == "member"] == ["7 July 2021"]


@pytest.mark.parametrize(
    ("line", "by", "of", "due"),
    [
        ("Members requested a breakdown of the costs by 31 March 2022.", "Members", "", "31 March 2022"),
        (
            "The panel asked officers to bring figures to the next meeting.",
            "The panel",
            "officers",
            "to the next meeting",
        ),
        ("Cllr Ann Smith asked for a map of the sites.", "Cllr Ann Smith", "", ""),
        ("A suggestion was made for a survey of visitors.", "", "", ""),
        ("Officers to circulate the plan before the June meeting.", "", "Officers", "before the June meeting"),
        ("The Head of Finance agreed to report back in September.", "", "The Head of Finance", "in September"),
        ("Thanks were given, but the manager would brief further.", "", "the manager", ""),
        ("The table is to be amended for clarity.", "", "", ""),
        ("A regular report is required.", "", "", ""),
    ],
)
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
    people = [(r.fields["name"], r.fields["role"]) for r in found.records if r.kind == "member"]
    assert people == [
        ("Ann Smith", "member"),
        ("Bob Jones", "member"),
        ("Carl White", "officer"),
        ("Dee Brown", "apologies"),
    ]


def test_a_budget_needs_no_pound_sign_where_its_headers_say_money() -> None:
    """Budget and spent over every other column are money; headings between the lines are no lines."""
    found = paper(
        table(
            ("Item", "Budget 2020-21", "Spent", "Budget 2021-22", "Spent"),
            ("REVENUE", "", "", "", ""),
            ("Training", "50", "0", "0", "55"),
            ("Hall hire", "200", "100", "150", "130"),
        )
    )
    assert [(r.kind, r.fields["line"]) for r in found.records] == [
        ("budget_line", "Training"),
        ("budget_line", "Hall hire"),
    ]


def test_a_table_in_no_known_shape_is_kept_as_it_gives_its_rows() -> None:
    """Each row says what stands under each header; no measure is made of it, and the note says so."""
    found = paper(
        table(
            ("Company", "Share", "Form"),
            ("Wheels Ltd", "50%", "Limited by shares"),
            ("Museums Trust", "Sole member", "Limited by guarantee"),
            headings=("Companies of the council",),
        )
    )
    assert [dict(r.fields) for r in found.records] == [
        {"table": "Companies of the council", "line": "Wheels Ltd", "values": "Share: 50%; Form: Limited by shares"}
    ]
    assert found.observations == ()
    assert found.notes[0].reason


def test_rows_without_a_header_or_labels_are_not_read() -> None:
    """What a figure is of must be printed: a figure in the header's place is none."""
    assert paper(table(("Wheels Ltd", "50%"), ("Trust Ltd", "15%"))).records == ()
    assert paper(table(("Share", "Value"), ("", "50"), ("", "15"))).records == ()


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


HEADS = ("Ref", "Description", "Milestones", "Due Dates", "Lead", "Driver", "Councils", "Status", "RAG", "Progress")
LONG = "A proposal has been priced and will be brought back to the board in May"


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
    found = paper(table(HEADS, whole, row))
    fields = [r.fields for r in found.records][1]
    names = ("ref", "description", "milestone", "due", "lead", "councils", "status", "rag", "progress")
    assert tuple(fields[name] for name in names) == expected


PRIORITIES = ("", "Service Priority", "Expected Outcomes", "Target Completion Date", "Update Q1")


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
    found = paper(table(heads, ("", "", "Dates", "R = late A = risk", ""), ("Menus", "Testing", "31/05/21", "G", "")))
    assert [r.fields["description"] for r in found.records] == ["Menus"]


def test_when_under_the_milestones_is_when_and_no_milestone() -> None:
    """A row that lost its first cell stands one column to the left: who leads it is no due date."""
    heads = ("Ref", "Description", "Milestones", "Due Dates", "Lead", "Delivery Status")
    whole = ("A1", "Servers", "Survey", "31/12/19", "Capita", "Complete")
    found = paper(table(heads, whole, ("", "", "ongoing", "Client", "Practice", "")))
    step = [r.fields for r in found.records][1]
    assert (step["description"], step["milestone"], step["due"], step["lead"]) == (
        "Servers", "", "ongoing", "Client",
    )  # fmt: skip


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
    people = [(r.fields["name"], r.fields["role"]) for r in found.records if r.kind == "member"]
    assert people == [
        ("A Marlow", "present"),
        ("Beth Nuttall", "present"),
        ("J Pike", "present"),
        ("R Desai", "apologies"),
        ("T Quill", "apologies"),
    ]
    assert {r.fields["meeting"] for r in found.records} == {"5 May 2022"}
    assert [r.fields["text"] for r in found.records if r.kind == "decision"]


def test_the_status_of_progress_is_a_status() -> None:
    """A plan in other words: "Action ref", "Progress status", "By when"; what is complete is so."""
    heads = ("Action ref", "Action", "Milestone", "By when", "Progress status", "Commentary")
    found = paper(table(heads, ("CP2", "Solar panels", "Contract", "30/04/2022", "Completed", "Awarded to a bidder.")))
    (item,) = [r.fields for r in found.records]
    assert (item["ref"], item["due"], item["status"]) == ("CP2", "30/04/2022", "Completed")
    assert item["progress"] == "Awarded to a bidder."
