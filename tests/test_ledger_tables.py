"""Definitions, rectification plans, risks and budgets in tables built by hand."""

from datetime import date
from decimal import Decimal

import pytest

from corpus.paper import Table
from tests.tables import MONTHS, OCTOBER, aims, ledger, paper, table, tabled


def test_a_list_of_targets_sets_them() -> None:
    """A list without any period has targets, which way by its own column, and says that it has no figures' periods."""
    found = tabled(
        ("Ref", "Indicator", "What it shows", "Target", "Good performance is"),
        ("K29", "Complaints", "Searches", "3", "lower"),
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
    found = tabled(
        ("Revenues & Benefits", None),
        ("KPI001", "Maintain average speed of new claims below 13 Days through September 2025"),
        ("KPI002", "Maintain average speed of changes on or below 6 Days through September 2025"),
        ("PI 005", "Maintain business rates in year collection above 99 % through September 2025"),
        ("PI002", "Maintain council tax in year collection above targeted % through March 2021"),
        wide=((0, 0, 2),),
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
    found = tabled(
        ("Ref.", "Area", "Default", "Update"), ("RP4-2020", "IT", "Patching was late", "Done by May"), lead=lead
    )
    (plan,) = [r for r in found.records if r.kind == "rectification"]
    assert (plan.fields["ref"], plan.fields["area"], plan.fields["status"]) == ("RP4-2020", "IT", status)
    assert plan.as_of == OCTOBER


@pytest.mark.parametrize(
    ("heads", "lead", "refs"),
    [
        (("Plan", "Service", "Reason", "Position"), "", "IP1"),
        (("Ref", "Service", "What went wrong", "Where it stands"), "", "IP1"),
        (("Ref", "Indicator", "Cause", "Action"), "Improvement plans:", "IP1"),
        (("Ref", "Indicator", "Cause", "Action"), "Why it fell:", ""),
        (("Service", "Reason", "Action"), "Improvement plans:", ""),
    ],
)
def test_plans_that_tell_a_reason(heads: tuple[str, ...], lead: str, refs: str) -> None:
    """A table of reasons is one of plans where it is called so and each has a ref."""
    found = tabled(heads, ("IP1", "Waste", "New rounds", "Weekly review")[-len(heads) :], lead=lead)
    assert ledger(found, "rectification", "ref") == refs


def test_a_risk_keeps_its_score_and_what_is_done() -> None:
    """Words of a risk register's header are told apart: impact, score, mitigation."""
    found = tabled(
        ("Ref", "Risk Description", "Potential Impact", "Residual Rating", "Controls in place", "Owner", "Lead Member"),
        ("R1", "Loss of the data centre", "No service", "12", "A second one", "Head of IT", "Cllr Kay"),
    )
    assert ledger(found, "risk", "ref score mitigation owner other") == (
        "R1, 12, A second one, Head of IT, Lead Member: Cllr Kay"
    )


def test_a_budget_line_keeps_amounts_under_their_headers() -> None:
    """Each line's amounts are told with the headers they stand under."""
    found = tabled(
        ("Department", "Budget £000", "Outturn £000"), ("ICT", "4,487", "4,576"), ("Fleet", "100", "-"),
        lead="Spending in the year"
    )  # fmt: skip
    lines = [(r.fields["line"], r.fields["amounts"]) for r in found.records if r.kind == "budget_line"]
    assert lines[0] == ("ICT", "Budget £000: 4,487; Outturn £000: 4,576")


def test_a_table_of_no_known_shape_is_listed() -> None:
    """A table that no shape knows yields a note with its page, its title and why; nothing else."""
    found = tabled(("Version", "Author"), ("1.0", "Somebody"))
    assert (found.observations, found.targets, found.records) == ((), (), ())
    (note,) = found.notes
    assert (note.table, note.page, note.title, note.shape) == (1, 1, "Version", "")
    assert note.reason


def test_a_budget_needs_no_pound_sign_where_its_headers_say_money() -> None:
    """Budget and spent over every other column are money; headings between the lines are no lines."""
    found = tabled(
        ("Item", "Budget 2020-21", "Spent", "Budget 2021-22", "Spent"),
        ("REVENUE", "", "", "", ""),
        ("Training", "50", "0", "0", "55"),
        ("Hall hire", "200", "100", "150", "130"),
    )
    assert [(r.kind, r.fields["line"]) for r in found.records] == [
        ("budget_line", "Training"),
        ("budget_line", "Hall hire"),
    ]


def test_a_table_in_no_known_shape_is_kept_as_it_gives_its_rows() -> None:
    """Each row says what stands under each header; no measure is made of it, and the note says so."""
    found = tabled(
        ("Company", "Share", "Form"),
        ("Wheels Ltd", "50%", "Limited by shares"),
        ("Museums Trust", "Sole member", "Limited by guarantee"),
        headings=("Companies of the council",),
    )
    assert [(r.fields["head"], r.fields["line"], r.fields["values"]) for r in found.records] == [
        ("Company", "Wheels Ltd", "Share: 50%; Form: Limited by shares"),
        ("Company", "Museums Trust", "Share: Sole member; Form: Limited by guarantee"),
    ]
    assert {r.fields["table"] for r in found.records} == {"Companies of the council"}
    assert found.observations == ()
    assert found.notes[0].reason


def test_rows_without_a_header_are_kept_under_none_and_without_labels_not_at_all() -> None:
    """What a figure is of must be printed: a figure in the header's place is no header, and heads no other."""
    kept = tabled(("Wheels Ltd", "50%"), ("Trust Ltd", "15%"))
    assert [(r.fields["line"], r.fields["values"]) for r in kept.records] == [
        ("Wheels Ltd", "50%"),
        ("Trust Ltd", "15%"),
    ]
    assert kept.observations == ()
    assert tabled(("Share", "Value"), ("", "50"), ("", "15")).records == ()


@pytest.mark.parametrize(
    ("heads", "row", "told"),
    [
        (("No.", "Risk", "Rating (L x I)"), ("1", "Budget gap", "4x4=16"), ("1", "", "", "4x4=16", "")),
        (("Risk", "Gross score", "Net score", "Target score"), ("Fraud", "20", "12", "6"), ("", "", "", "12", "20")),
        (("Risk", "Likelihood", "Impact", "Score", "Mitigating actions", "Post-mitigation score"),
         ("Fraud", "3", "4", "12", "Checks", "6"), ("", "", "", "6", "12")),
        (("Risk", "Before mitigation (LxI)", "After mitigation (LxI)"), ("Fraud", "4 x 5 = 20", "2 x 5 = 10"),
         ("", "", "", "2 x 5 = 10", "4 x 5 = 20")),
        (("Risk", "Likelihood", "Impact", "Current rating", "Target rating"), ("Fraud", "3", "4", "12", "6"),
         ("", "3", "4", "12", "")),
        (("Risk", "Inherent likelihood", "Inherent score"), ("Fraud", "3", "12"), ("", "3", "", "12", "")),
        (("Risk", "Impact", "Impact (1-5)", "Likelihood (1-5)", "Score"),
         ("Fraud", "Money is lost for good", "3", "4", "12"), ("", "4", "3", "12", "")),
        (("Risk", "Likelihood", "Impact", "Score"), ("Fraud", "3 - may well happen", "4 - much money is lost", "12"),
         ("", "3 - may well happen", "4 - much money is lost", "12", "")),
        (("Risk", "Inherent score", "Residual impact"), ("Fraud", "12", "3"), ("", "", "3", "", "12")),
    ],
)  # fmt: skip
def test_a_risk_stands_as_it_is_with_what_is_done(
    heads: tuple[str, ...], row: tuple[str, ...], told: tuple[str, ...]
) -> None:
    """Scores after mitigation are how a risk stands, those before it apart; what is aimed at is no score."""
    (risk,) = [r.fields for r in tabled(heads, row).records if r.kind == "risk"]
    assert tuple(risk[name] for name in ("ref", "likelihood", "severity", "score", "inherent")) == told


def test_a_ref_that_a_narrow_cell_broke_is_one() -> None:
    (plan,) = tabled(("Ref", "Area", "Default", "Update"), ("RAP/ 21/05", "Parks", "Late", "It goes on.")).records
    assert plan.fields["ref"] == "RAP/21/05"


def test_a_risk_s_scores_may_stand_under_two_headers() -> None:
    """What stands over "L", "I" and "Score" says when they hold."""
    found = tabled(
        ("Ref", "Risk", "Inherent", None, None, "Controls", "Residual", None, None),
        (None, None, "L", "I", "Score", None, "L", "I", "Score"),
        ("CR1", "Flooding", "4", "5", "20", "A wall", "3", "4", "12"),
        wide=((0, 2, 3), (0, 6, 3)),
        tall=((0, 0, 2), (0, 1, 2), (0, 5, 2)),
    )
    (risk,) = [r.fields for r in found.records]
    assert (risk["likelihood"], risk["severity"], risk["score"], risk["inherent"]) == ("3", "4", "12", "20")


def test_a_log_of_several_kinds_says_what_each_entry_is() -> None:
    """Risks, issues and assumptions of one log."""
    heads = ("ID", "Type", "Description", "Owner", "Score")
    found = tabled(heads, ("R1", "Risk", "Late supplier", "J Marsh", "16"), ("I1", "Issue", "Server down", "", ""))
    assert ledger(found, "risk", "ref type") == "R1, Risk; I1, Issue"


def test_people_in_a_table_are_members_or_were_there() -> None:
    """A column of councils makes members, one of attendance those present and those who sent apologies."""
    seats = tabled(("Member", "Council", "Role"), ("Councillor Ada Byrne", "Hart", "Chair"))
    assert [(r.fields["name"], r.fields["role"], r.fields["post"]) for r in seats.records] == [
        ("Ada Byrne", "member", "Chair")
    ]
    came = tabled(("Name", "Attendance"), ("Cllr A Byrne", "Present"), ("Cllr C Dodd", "Apologies"))
    assert [(r.fields["name"], r.fields["role"]) for r in came.records] == [
        ("A Byrne", "present"),
        ("C Dodd", "apologies"),
    ]


def test_codes_under_another_header_are_refs() -> None:
    """The first column of a list of notices numbers them, whatever it is called."""
    found = tabled(
        ("Notice", "Service area", "Failure", "Current position", "Status"),
        ("SIN-04", "Payroll", "Late returns", "Returns are filed on time.", "Closed"),
        ("SIN-05", "Reception", "Long queues", "Two posts are being filled.", "Open"),
    )
    assert [(r.fields["ref"], r.fields["status"]) for r in found.records] == [("SIN-04", "closed"), ("SIN-05", "open")]


def test_shares_beside_what_each_pays_are_of_a_budget() -> None:
    """A column of per cents that is called a share is no other measure."""
    heads = ("Partner", "Share", "Contribution 2024/25")
    found = tabled(heads, ("Hart", "55%", "£1,210"), ("Mendip", "45%", "£990"), ("Total", "100%", "£2,200"))
    assert [r.kind for r in found.records] == ["budget_line"] * 3


def test_a_register_tells_which_way_a_risk_goes_and_what_is_to_come() -> None:
    """When a further action is due is no mitigation; a score that is aimed at is the risk's target."""
    heads = ("Risk", "Current score", "Target score", "Direction", "Existing controls", "Further action", "Action by")
    (risk,) = tabled(heads, ("Fraud", "12", "6", "↑", "Checks", "Train staff", "31/05/2024")).records
    names = ("score", "target", "direction", "mitigation", "further", "due")
    assert [risk.fields[name] for name in names] == ["12", "6", "↑", "Checks", "Train staff", "31/05/2024"]


def test_a_plan_may_call_what_its_steps_are_of_as_it_likes() -> None:
    """A column before the milestones, whatever its header; and the first day of a row that was never moved."""
    heads = ("Ref", "Improvement", "Milestone", "Original date", "Revised date", "BRAG", "Progress")
    rows = (
        ("IP1", "Energy", "Covers", "31/10/2023", "", "B", "Done"),
        ("", "", "Panels", "1/2/2024", "1/6/2024", "R", ""),
    )
    found = tabled(heads, *rows).records
    told = [(r.fields["description"], r.fields["milestone"], r.fields["due"], r.fields["rag"]) for r in found]
    assert told == [("Energy", "Covers", "31/10/2023", "complete"), ("Energy", "Panels", "1/6/2024", "red")]


def test_who_was_absent_is_told_apart_from_who_sent_apologies() -> None:
    """A post in brackets behind a name is no part of it."""
    rows = (
        ("Cllr Ann Hill (Chair)", "Hart", "Present"),
        ("Cllr Bo Lane", "Hart", "Absent"),
        ("Cllr Cy Marsh", "Hart", "Apologies"),
    )
    found = tabled(("Name", "Authority", "Attendance"), *rows).records
    told = [(r.fields["name"], r.fields["post"], r.fields["role"]) for r in found]
    assert told == [("Ann Hill", "Chair", "present"), ("Bo Lane", "", "absent"), ("Cy Marsh", "", "apologies")]


def test_a_column_of_actions_has_the_steps_beside_the_issue() -> None:
    """So has one of recommendations; what was answered to them is how they stand."""
    heads = ("Date", "Item", "Recommendation", "Responsible officer", "Response", "Status")
    (one,) = tabled(heads, ("5 May 2024", "Parking", "Try it free", "Head of Roads", "From June", "Accepted")).records
    names = ("description", "milestone", "lead", "progress", "status")
    assert [one.fields[name] for name in names] == ["Parking", "Try it free", "Head of Roads", "From June", "Accepted"]
    heads = ("No.", "Issue", "Action agreed", "Owner", "Deadline", "RAG")
    (two,) = tabled(heads, ("1", "Late repairs", "A third gang", "Acme", "30 June 2025", "Amber")).records
    assert (two.fields["description"], two.fields["milestone"]) == ("Late repairs", "A third gang")


def test_people_with_roles_are_no_members_of_a_body() -> None:
    (one,) = tabled(("Role", "Name", "Organisation"), ("Manager", "Bo Lane", "Acme Roads Limited")).records
    assert (one.fields["name"], one.fields["role"]) == ("Bo Lane", "officer")
