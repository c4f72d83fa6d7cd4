"""Tables built by hand, and what is read from them: every shape through the one door, `extract`."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from corpus.paper import Box, Cell, Line, Pack, Page, Row, Table
from indexer.extract import extract
from kpi_tools.extraction import Extraction
from kpi_tools.figures import Figure
from kpi_tools.measures import Observation

BOX: Box = (0.0, 0.0, 500.0, 20.0)
OCTOBER = date(2021, 10, 6)
MONTHS = ("Jul-21", "Aug-21")


def table(
    *rows: Sequence[str | None],
    headings: Sequence[str] = (),
    lead: str = "",
    number: int = 1,
    wide: Sequence[tuple[int, int, int]] = (),
    tall: Sequence[tuple[int, int, int]] = (),
) -> Table:
    """A table of texts; None is no cell. `wide` and `tall` merge: (row, column, how many)."""
    columns = {(row, column): count for row, column, count in wide}
    deep = {(row, column): count for row, column, count in tall}

    def cell(row: int, column: int, text: str | None) -> Cell | None:
        if text is None:
            return None
        box = (column * 50.0, row * 20.0, column * 50.0 + 50, row * 20.0 + 20)
        return Cell(text, 1, box, deep.get((row, column), 1), columns.get((row, column), 1))

    width = max(map(len, rows))
    made: tuple[Row, ...] = tuple(
        tuple(cell(r, c, text) for c, text in enumerate((*row, *[None] * (width - len(row)))))
        for r, row in enumerate(rows)
    )
    return Table(number, 1, BOX, tuple(headings), lead, made)


def paper(*tables: Table, day: date | None = OCTOBER, council: str = "Hart", lines: Sequence[str] = ()) -> Extraction:
    """What is extracted of a pack of one page with these tables and lines."""
    written = tuple(
        Line(text, (0.0, 100.0 + 10 * n, 400.0, 108.0 + 10 * n), 10.0, False) for n, text in enumerate(lines)
    )
    page = Page(1, "Page 3", "8", 595.0, 842.0, written, "\n".join(lines))
    return extract(Pack("a.pdf", "0", "A pack", council, "Panel", day, (page,), tables, ()))


def said(found: Extraction) -> list[tuple[str, str, str, str]]:
    """The observations as (measure, entity, period, figure as read or reason as printed)."""
    return [
        (_name(o), o.entity, f"{o.period.start:%y-%m}..{o.period.end:%y-%m}", _value(o)) for o in found.observations
    ]


def _name(seen: Observation) -> str:
    return " ".join(filter(None, (seen.measure.service, seen.measure.code, seen.measure.name)))


def _value(seen: Observation) -> str:
    if isinstance(seen.figure, Figure):
        return f"{seen.figure.value}{seen.figure.unit}"
    return f"({seen.figure.printed})"


def aims(found: Extraction) -> list[tuple[str, str, Decimal | None, date | None, date | None]]:
    """The targets as (code or name, comparator, value, start, end)."""
    return [
        (t.measure.code or t.measure.name, t.comparator, t.figure.value if t.figure else None, t.start, t.end)
        for t in found.targets
    ]


# Periods across, entities down

CALLS = table(
    ("Monthly - PI002 - % Calls Answered within 20 seconds", None, None),
    ("", *MONTHS),
    ("Overall", "60.10%", "55.02%"),
    ("Havant BC", "75.15%", "45.66%"),
    ("South & Vale", "N/A", ""),
    headings=("Appendix A", "CUSTOMER SERVICES KPIs/Pis"),
    wide=((0, 0, 3),),
)


def test_entities_stand_under_months() -> None:
    """Service from the heading, code and name from the title, "%" from the name; a reason is kept, a blank is not."""
    measure = "Customer Services PI002 % Calls Answered within 20 seconds"
    assert said(paper(CALLS)) == [
        (measure, "Overall", "21-07..21-07", "60.10%"),
        (measure, "Overall", "21-08..21-08", "55.02%"),
        (measure, "Havant", "21-07..21-07", "75.15%"),
        (measure, "Havant", "21-08..21-08", "45.66%"),
        (measure, "South Oxfordshire & Vale of White Horse", "21-07..21-07", "(N/A)"),
    ]


def test_an_observation_says_where_it_stands() -> None:
    """The place is the cell's own: page, printed label, item, table, row, column, box; the quote is its row."""
    seen = paper(CALLS).observations[3]
    assert (seen.place.page, seen.place.label, seen.place.item) == (1, "Page 3", "8")
    assert (seen.place.table, seen.place.row, seen.place.column) == (1, 3, 2)
    assert seen.place.box == (100.0, 60.0, 150.0, 80.0)
    assert seen.quote.endswith("Havant BC | 75.15% | 45.66%")


@pytest.mark.parametrize(
    ("title", "heads", "spans"),
    [
        ("Quarterly - KPI4 - % Satisfied", ("Mar-21", "Jun-21"), ["21-01..21-03", "21-04..21-06"]),
        ("Quarterly - KPI4 - % Satisfied", ("March", "June"), ["21-01..21-03", "21-04..21-06"]),
        ("KPI4 - % Satisfied", ("March", "June"), ["21-03..21-03", "21-06..21-06"]),
        ("Annual - KPI4 - % Satisfied", ("2019/20", "2020/21"), ["19-04..20-03", "20-04..21-03"]),
        ("KPI4 - % Satisfied", ("Q4 2020/21", "Q1 2021/22"), ["21-01..21-03", "21-04..21-06"]),
    ],
)
def test_the_title_says_how_long_a_period_is(title: str, heads: tuple[str, str], spans: list[str]) -> None:
    """A quarterly table's month is the quarter that ends with it; a month without a year is dated by the paper."""
    found = paper(table((title, None, None), ("", *heads), ("Hart", "1", "2"), ("Mendip", "3", "4"), wide=((0, 0, 3),)))
    assert [period for _, entity, period, _ in said(found) if entity == "Hart"] == spans


def test_a_table_without_a_title_is_not_guessed_at() -> None:
    """Without title, lead and heading nobody knows what is measured: no observation, and a note that says so."""
    found = paper(table(("", *MONTHS), ("Hart", "1", "2"), ("Mendip", "3", "4")))
    assert said(found) == []
    assert found.notes[0].shape == ""
    assert "no title" in found.notes[0].reason


# Two header rows


@pytest.mark.parametrize("over", ["periods", "entities"])
def test_two_header_rows_are_read_either_way(over: str) -> None:
    """Periods over entities and entities over periods give the same observations."""
    upper, lower = (("NOVEMBER 2017", "DECEMBER 2017"), ("Brent", "Lewisham"))
    if over == "entities":
        upper, lower = lower, upper
    found = paper(
        table(
            ("", upper[0], None, upper[1], None),
            (None, *lower, *lower),
            ("Incidents closed", "1", "2", "3", "4") if over == "periods" else ("Incidents closed", "1", "3", "2", "4"),
            ("SLA performance", "81.5%", "84%", "82%", "87.8%"),
            wide=((0, 1, 2), (0, 3, 2)),
            tall=((0, 0, 2),),
        )
    )
    assert sorted(said(found)[:4]) == [
        ("Incidents closed", "Brent", "17-11..17-11", "1"),
        ("Incidents closed", "Brent", "17-12..17-12", "3"),
        ("Incidents closed", "Lewisham", "17-11..17-11", "2"),
        ("Incidents closed", "Lewisham", "17-12..17-12", "4"),
    ]


# Scorecards

SCORECARD = ("Ref", "Description", "Frequency", "Target", "Failure", "Jul-21", "Aug-21")


def test_a_scorecard_has_its_own_target() -> None:
    """The target's way is told by its sign, or by where failure lies; a plain count is never a percentage."""
    found = paper(
        table(
            SCORECARD,
            ("1", "Calls answered", "Monthly", "80%", "74%", "81", "79.5"),
            ("2", "Calls abandoned", "Monthly", "< 5%", "", "4", "N/A"),
            ("3", "Customer score", "Monthly", "> 3.5", "", "4.2", "3.4"),
            headings=("IT KPIs",),
        )
    )
    assert [(period, value) for _, _, period, value in said(found)] == [
        ("21-07..21-07", "81%"),
        ("21-08..21-08", "79.5%"),
        ("21-07..21-07", "4%"),
        ("21-08..21-08", "(N/A)"),
        ("21-07..21-07", "4.2"),
        ("21-08..21-08", "3.4"),
    ]
    assert aims(found) == [
        ("1", ">=", Decimal(80), None, None),
        ("2", "<", Decimal(5), None, None),
        ("3", ">", Decimal("3.5"), None, None),
    ]


def test_targets_and_figures_in_turn_are_told_apart() -> None:
    """ "September Target | Sep-21": the target is that period's own; words in place of a figure are the reason."""
    found = paper(
        table(
            (
                "Service Area",
                "Ref",
                "Description",
                "Measure Criteria",
                "July Target",
                "Jul-21",
                "August Target",
                "Aug-21",
            ),
            ("KPIs", None, None, None, None, None, None, None),
            ("STS", "S-1", "Debt recovered", "days", "14", "10.66", "13", "Not measured - no survey"),
            ("", "S-2", "Returns complete", "%", "100.00", "99.00", "100.00", "100.00"),
            ("2", "", "", "", "", "", "", ""),
            wide=((1, 0, 8),),
        )
    )
    assert said(found) == [
        ("STS S-1 Debt recovered", "Hart", "21-07..21-07", "10.66days"),
        ("STS S-1 Debt recovered", "Hart", "21-08..21-08", "(Not measured - no survey)"),
        ("STS S-2 Returns complete", "Hart", "21-07..21-07", "99.00%"),
        ("STS S-2 Returns complete", "Hart", "21-08..21-08", "100.00%"),
    ]
    july, august = date(2021, 7, 1), date(2021, 8, 1)
    assert aims(found)[:2] == [
        ("S-1", "", Decimal(14), july, date(2021, 7, 31)),
        ("S-1", "", Decimal(13), august, date(2021, 8, 31)),
    ]


def test_a_row_that_stands_off_its_header_is_put_right_only_where_that_is_certain() -> None:
    """The frequency word under "Target" proves a row of one column less; a row with a column more stays unread."""
    found = paper(
        table(
            ("Service Area", "Ref", "Description", "Frequency", "Target", "Jul-21", "Aug-21", ""),
            ("ICT", "17", "Network", "Monthly", "99%", "98", "99", ""),
            ("18", "Projects", "Monthly", "90%", "91", "92", "", ""),
            ("", "", "19", "Surveys", "Monthly", "70%", "1", "2"),
        )
    )
    assert [(name, value) for name, _, _, value in said(found)] == [
        ("ICT 17 Network", "98%"),
        ("ICT 17 Network", "99%"),
        ("ICT 18 Projects", "91%"),
        ("ICT 18 Projects", "92%"),
    ]
    assert "Surveys" in found.notes[0].reason


def test_figures_in_a_cells_prose_have_their_own_periods() -> None:
    """ "As at May" and the months of a year in brackets are read with the figures that follow them."""
    found = paper(
        table(
            ("Performance Indicator", "Target", "Q1"),
            (
                "CP6 - Percentage of rates collected\nCumulative figures (higher is better)",
                "98%",
                "As at May: 20.1% (May 22/23 was 21.4%)",
            ),
            (
                "CP10 - Missed bins (per 100,000)\nNo more than 65 bins (lower is better)",
                "65",
                "April: 28 May: 25 (22/23 figures April: 3126)",
            ),
            ("CP12 - Cost of waste\nSet each year (lower is better)", "£25", "Annual PI"),
        ),
        day=date(2023, 7, 24),
    )
    assert [(period, value) for _, _, period, value in said(found)] == [
        ("23-05..23-05", "20.1%"),
        ("22-05..22-05", "21.4%"),
        ("23-04..23-04", "28per 100,000"),
        ("23-05..23-05", "25per 100,000"),
        ("22-04..22-04", "3126per 100,000"),
        ("23-04..23-06", "(Annual PI)"),
    ]
    assert [o.measure.polarity for o in found.observations] == ["higher"] * 2 + ["lower"] * 4
    assert [(code, way) for code, way, *_ in aims(found)] == [("CP6", ">="), ("CP10", "<="), ("CP12", "<=")]


# Definitions with targets


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


# People


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
