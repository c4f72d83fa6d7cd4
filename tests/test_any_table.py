"""Any table at all: no shape fails on it, and no figure leaves it that is not printed in its cell."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.paper import Table
from kpi_tools.figures import Figure, read_figure
from tests.tables import MONTHS, paper, said, shown, table, tabled

PERIODS = ["Jul-21", "Aug-21", "June", "Q1", "Q4 2020/21", "2019/20", "2021/22", "March 2020", "YTD", "Current quarter"]
MEASURES = ["% calls answered", "KPI 07 - Bins", "Costs (£) (KPI 08)", "Complaints", "IT KPIs", "3"]
ENTITIES = ["Hart", "Havant", "Overall", "Hilltop", "Council", "South & Vale"]
RESULTS = ["Actual", "Target", "Previous year", "Result", "2019/20", "2020/21"]
HEADERS = [
    "Ref", "Description", "Indicator", "Measure", "Unit", "Target", "Actual", "Result", "Frequency", "Floor", "Failure",
    "Milestones", "Due", "RAG Status", "Default", "Update", "Risk", "Controls", "Service Area", "Score", "Good is",
    "Jul-21 Target", "Jul-21 Result", "Target 2021/22", "Budget £000", "Previous quarter", "Area", "Latest", "Previous",
]  # fmt: skip
CELLS = [
    "", "45.66%", "0", "1,234", "£5", "N/A", "< 5", "No survey", "91%. Better now.", "9% against 8% a year earlier",
    "As at May: 2% (May 20/21 was 3%)", "Latest: 5 Target: 6, Floor: 7", "Low", "1 84%", "0 failures", "Monthly", "%",
]  # fmt: skip
POOLS = [PERIODS, PERIODS[:2], ENTITIES, MEASURES, RESULTS, HEADERS, HEADERS + PERIODS, CELLS]
TITLES = [
    "",
    "Monthly - KPI 3 - % calls answered",
    "Scorecard – Quarter 1 2021/22",
    "IT KPIs",
    "Complaints",
    "In detail:",
]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of headers, periods, names and cells in any order, at times under a title of its own."""
    width, height = draw(st.integers(1, 6)), draw(st.integers(1, 5))

    def row(pools: list[list[str]]) -> list[str | None]:
        return draw(st.lists(st.sampled_from(draw(st.sampled_from(pools))), min_size=width, max_size=width))

    rows: list[list[str | None]] = [row(POOLS) for _ in range(draw(st.integers(1, 2)))]
    rows[0][0] = draw(st.sampled_from(["", *HEADERS]))
    labels = draw(st.sampled_from(POOLS))
    rows += [[draw(st.sampled_from(labels)), *row([CELLS])[1:]] for _ in range(height)]
    titled = draw(st.booleans())
    title: list[list[str | None]] = [[draw(st.sampled_from(TITLES)), *[None] * (width - 1)]] if titled else []
    headings = draw(st.lists(st.sampled_from(TITLES + PERIODS), max_size=2))
    return table(*title, *rows, headings=headings, lead=draw(st.sampled_from(TITLES)))


@settings(max_examples=400, deadline=None)
@given(tables(), st.sampled_from([None, date(2021, 10, 6), date(2020, 4, 2)]))
def test_no_table_makes_extraction_fail_or_invent(any_table: Table, day: date | None) -> None:
    """Each figure is printed in the cell that it names, none is of days to come, and each table has its note."""
    found = paper(any_table, day=day)
    assert [note.table for note in found.notes] == [1]
    assert found.notes[0].shape or found.notes[0].reason
    for seen in found.observations:
        assert seen.figure.printed in any_table.text(seen.place.row, seen.place.column)
        assert day is None or seen.period.start <= day
        if isinstance(seen.figure, Figure):
            again = read_figure(seen.figure.printed, seen.figure.unit)
            assert isinstance(again, Figure)
            assert again.value == seen.figure.value
    cells = [
        (o.place.row, o.place.column, o.period.start, o.period.end, o.entity, o.measure) for o in found.observations
    ]
    assert len(set(cells)) == len(cells)
    for target in found.targets:
        assert target.figure is None or target.figure.printed in any_table.text(target.place.row, target.place.column)


def test_a_row_of_units_is_of_the_columns_above_it() -> None:
    """ "£m" under the years, wherever it stands in the first rows."""
    rows = (("Accounts filed", "6 April 2018", "27 Sept 2016"), ("", "£m", "£m"), ("Turnover", "35.5", "38.3"))
    found = tabled(("Financial information", "2016/17", "2015/16"), *rows)
    assert [*found.records[-1].fields.values()][-1] == "2016/17 £m: 35.5; 2015/16 £m: 38.3"


def test_a_list_without_a_header_has_no_row_for_one() -> None:
    """What stands below again, in the same column, heads nothing: its row is one of the list."""
    rows = (("Mill Ltd", "15%", "By shares"), ("Fern Ltd", "Sole member", "By shares"), ("Oak Ltd", "4%", "By shares"))
    assert [(r.fields["line"], r.fields["values"]) for r in tabled(*rows).records] == [
        ("Mill Ltd", "15%; By shares"),
        ("Fern Ltd", "Sole member; By shares"),
        ("Oak Ltd", "4%; By shares"),
    ]


def test_periods_in_one_cell_are_put_over_their_columns() -> None:
    """A header set so tight that it was read as one."""
    found = tabled(
        ("Q1 2020/21 Q2 2020/21 Q3 2020/21", None, None, None),
        ("Actual", "91%", "92%", "93%"),
        ("Target", "90%", "90%", "90%"),
        headings=("KPI 5 - Calls answered (%)",),
    )
    assert shown(found, "period figure") == "20-04..20-06, 91%; 20-07..20-09, 92%; 20-10..20-12, 93%"


def test_months_down_are_no_budget_though_a_column_is_money() -> None:
    """What is measured stands over the columns."""
    found = tabled(("Month", "Visits", "Takings"), ("Jul-21", "940", "£1,200"), ("Aug-21", "910", "£1,150"))
    assert shown(found, "measure figure") == "Visits, 940; Visits, 910; Takings, 1200£; Takings, 1150£"


def test_areas_stand_under_each_measure_or_measures_under_each_area() -> None:
    """The name that rows share stands once, or in each; every figure is its own area's."""
    rent = [("97%", "96%"), ("95%", "94%")]
    under = tabled(
        ("Indicator", "District", *MONTHS),
        ("K1 Rent collected (%)", "Northgate", *rent[0]),
        ("", "Uplands", *rent[1]),
        ("K2 Bins missed", "Northgate", "3", "4"),
        ("", "Uplands", "5", "6"),
    )
    assert shown(under, "measure entity figure") == (
        "K1 Rent collected (%), Northgate, 97%; K1 Rent collected (%), Northgate, 96%; "
        "K1 Rent collected (%), Uplands, 95%; K1 Rent collected (%), Uplands, 94%; K2 Bins missed, Northgate, 3; "
        "K2 Bins missed, Northgate, 4; K2 Bins missed, Uplands, 5; K2 Bins missed, Uplands, 6"
    )
    over = tabled(
        ("Council", "Measure", *MONTHS),
        ("Hart", "Rent collected (%)", *rent[0]),
        ("", "Bins missed", "3", "4"),
        ("Havant", "Rent collected (%)", *rent[1]),
        ("", "Bins missed", "5", "6"),
    )
    assert [(name, entity, value) for name, entity, _, value in said(over)][::2] == [
        ("Rent collected (%)", "Hart", "97%"),
        ("Bins missed", "Hart", "3"),
        ("Rent collected (%)", "Havant", "95%"),
        ("Bins missed", "Havant", "5"),
    ]


def test_years_over_months_are_one_header() -> None:
    """Wherever the years were set, each month is of its own year; a year begins where the months begin anew."""
    found = tabled(
        ("Indicator", "", "2020", "", "2021", "Target"),
        ("", "Nov", "Dec", "Jan", "Feb", ""),
        ("K1 Rent collected (%)", "91", "92", "93", "94", "95"),
    )
    assert shown(found, "period figure") == "20-11, 91%; 20-12, 92%; 21-01, 93%; 21-02, 94%"
    assert {o.place.row for o in found.observations} == {2}


def test_rows_that_nothing_parts_give_no_figure() -> None:
    """Two rows of one name with other figures: neither is the measure's, and the note says so."""
    rows = [("Rent collected (%)", "97", "96"), ("Bins missed", "3", "4"), ("Rent collected (%)", "91", "90")]
    found = tabled(("Indicator", *MONTHS), *rows)
    assert {name for name, *_ in said(found)} == {"Bins missed"}
    assert "nothing parts them: Rent collected (%)" in found.notes[0].reason


def test_a_payment_is_kept_by_who_was_paid() -> None:
    """Wherever the payee stands, below the paper's title rows; no series is made of payments."""
    found = tabled(
        ("", "", "Payments over £250", ""),
        ("Date", "Ref", "Payee", "£ (net)"),
        ("01/07/2021", "231", "Mill Ltd", "1,899.50"),
        ("14/07/2021", "232", "Fern Ltd", "420.00"),
    )
    assert not found.observations
    assert [(r.fields["line"], r.fields["values"]) for r in found.records] == [
        ("Mill Ltd", "Date: 01/07/2021; Ref: 231; £ (net): 1,899.50"),
        ("Fern Ltd", "Date: 14/07/2021; Ref: 232; £ (net): 420.00"),
    ]
    found = tabled(
        ("Date", "Payee", "For", "Amount £"),
        ("01/07/2021", "Mill Ltd", "Signs", "1,899.50"),
        ("14/07/2021", "Fern Ltd", "Signs", "420.00"),
        ("", "", "Total", "2,319.50"),
    )
    assert [r.fields["line"] for r in found.records] == ["Mill Ltd", "Fern Ltd", "Total"]
