"""Scorecards, lists of indicators and cards, built by hand: figures, reasons, targets, and whose they are."""

from datetime import date
from decimal import Decimal

import pytest

from tests.tables import MONTHS, aims, said, shown, tabled

# Scorecards

SCORECARD = ("Ref", "Description", "Frequency", "Target", "Failure", "Jul-21", "Aug-21")


def test_a_scorecard_has_its_own_target() -> None:
    """The target's way is told by its sign, or by where failure lies; a plain count is never a percentage."""
    found = tabled(
        SCORECARD,
        ("1", "Calls answered", "Monthly", "80%", "74%", "81", "79.5"),
        ("2", "Calls abandoned", "Monthly", "< 5%", "", "4", "N/A"),
        ("3", "Customer score", "Monthly", "> 3.5", "", "4.2", "3.4"),
        headings=("IT KPIs",),
    )
    assert shown(found, "period figure") == (
        "21-07, 81%; 21-08, 79.5%; 21-07, 4%; 21-08, (N/A); 21-07, 4.2; 21-08, 3.4"
    )
    assert aims(found) == [
        ("1", ">=", Decimal(80), None, None),
        ("2", "<", Decimal(5), None, None),
        ("3", ">", Decimal("3.5"), None, None),
    ]


def test_targets_and_figures_in_turn_are_told_apart() -> None:
    """ "September Target | Sep-21": the target is that period's own; words in place of a figure are the reason."""
    found = tabled(
        ("Service Area", "Ref", "Description", "Measure Criteria", "July Target", "Jul-21", "August Target", "Aug-21"),
        ("KPIs", None, None, None, None, None, None, None),
        ("STS", "S-1", "Debt recovered", "days", "14", "10.66", "13", "Not measured - no survey"),
        ("", "S-2", "Returns complete", "%", "100.00", "99.00", "100.00", "100.00"),
        ("2", "", "", "", "", "", "", ""),
        ("3\nBSI", "B-1", "Outputs delivered", "%", "85", "100", "85", "90"),
        wide=((1, 0, 8),),
    )
    assert said(found) == [
        ("STS S-1 Debt recovered", "Hart", "21-07", "10.66days"),
        ("STS S-1 Debt recovered", "Hart", "21-08", "(Not measured - no survey)"),
        ("STS S-2 Returns complete", "Hart", "21-07", "99.00%"),
        ("STS S-2 Returns complete", "Hart", "21-08", "100.00%"),
        ("BSI B-1 Outputs delivered", "Hart", "21-07", "100%"),
        ("BSI B-1 Outputs delivered", "Hart", "21-08", "90%"),
    ]
    july, august = date(2021, 7, 1), date(2021, 8, 1)
    assert aims(found)[:2] == [
        ("S-1", "", Decimal(14), july, date(2021, 7, 31)),
        ("S-1", "", Decimal(13), august, date(2021, 8, 31)),
    ]


def test_a_row_that_stands_off_its_header_is_put_right_only_where_that_is_certain() -> None:
    """The frequency word under "Target" proves a row of one column less; a row with a column more stays unread."""
    found = tabled(
        ("Service Area", "Ref", "Description", "Frequency", "Target", "Jul-21", "Aug-21", ""),
        ("ICT", "17", "Network", "Monthly", "99%", "98", "99", ""),
        ("18", "Projects", "Monthly", "90%", "91", "92", "", ""),
        ("", "", "19", "Surveys", "Monthly", "70%", "1", "2"),
    )
    assert shown(found, "measure figure") == (
        "ICT 17 Network, 98%; ICT 17 Network, 99%; ICT 18 Projects, 91%; ICT 18 Projects, 92%"
    )
    assert "Surveys" in found.notes[0].reason


def test_figures_in_a_cells_prose_have_their_own_periods() -> None:
    """ "As at May" and the months of a year in brackets are read with the figures that follow them.

    A cumulative figure grows towards its target over the year: its target goes no way, and judges no month.
    """
    found = tabled(
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
        day=date(2023, 7, 24),
    )
    assert shown(found, "period figure") == (
        "23-05, 20.1%; 22-05, 21.4%; 23-04, 28per 100,000; 23-05, 25per 100,000; 22-04, 3126per 100,000; "
        "23-04..23-06, (Annual PI)"
    )
    assert [o.measure.polarity for o in found.observations] == ["higher"] * 2 + ["lower"] * 4
    assert [(code, way) for code, way, *_ in aims(found)] == [("CP6", ""), ("CP10", "<="), ("CP12", "<=")]


def test_rows_between_name_the_service_of_those_below() -> None:
    """A row with nothing but a name groups what follows; a lone count does not."""
    found = tabled(
        ("Measure", "Unit", "Good is", *MONTHS),
        ("HOUSING BENEFIT", "", "", "", ""),
        ("Days taken to decide (KPI 06)", "days", "Low", "22.6", "23.2"),
        ("2", "", "", "", ""),
        ("Waste and Recycling", "", "", "", ""),
        ("Bins collected (KPI 07)", "%", "High", "99", "No survey"),
        headings=("Corporate scorecard",),
    )
    assert shown(found, "measure figure") == (
        "Housing Benefit KPI06 Days taken to decide, 22.6days; Housing Benefit KPI06 Days taken to decide, 23.2days; "
        "Waste and Recycling KPI07 Bins collected, 99%; Waste and Recycling KPI07 Bins collected, (No survey)"
    )
    assert [o.measure.polarity for o in found.observations] == ["lower", "lower", "higher", "higher"]


@pytest.mark.parametrize(
    "header",
    [
        ("Jul-21 Target", "Jul-21 Result", "Aug-21 Target", "Aug-21 Result"),
        ("Target Jul-21", "Actual Jul-21", "Target Aug-21", "Actual Aug-21"),
    ],
)
def test_a_target_beside_its_result_is_never_the_figure(header: tuple[str, ...]) -> None:
    """Both orders of word and period: results are observed, targets aimed at in their own period."""
    found = tabled(("Ref", "Description", *header), ("K1", "% done", "80", "79", "82", "83"))
    assert shown(found, "period figure") == "21-07, 79%; 21-08, 83%"
    assert [(value, start) for _, _, value, start, _ in aims(found)] == [
        (Decimal(80), date(2021, 7, 1)),
        (Decimal(82), date(2021, 8, 1)),
    ]


def test_a_month_without_a_year_may_head_a_target_and_a_result() -> None:
    """One bare month over two columns is one period, not one of each year."""
    found = tabled(
        ("Ref", "Description", "July", None, "August", None),
        ("", "", "Target", "Result", "Target", "Result"),
        ("K1", "% done", "80", "79", "82", "83"),
        wide=((0, 2, 2), (0, 4, 2)),
    )
    assert shown(found, "period figure") == "21-07, 79%; 21-08, 83%"


def test_a_target_for_a_year_is_none_for_the_years_before() -> None:
    """ "Target 2021/22" stands beside three years of figures, and holds for none of them."""
    found = tabled(
        ("Measure", "2019/20", "2020/21", "Target 2021/22"), ("KPI 50 - Cost (£)", "£14.99", "£15.22", "£14.3")
    )
    assert aims(found) == [("KPI50", "", Decimal("14.3"), date(2021, 4, 1), date(2022, 3, 31))]


def test_current_and_previous_are_dated_by_the_heading() -> None:
    """ "Current quarter" is the heading's; without a period there nothing is read."""
    heads = ("Ref", "Indicator", "Same quarter last year", "Previous quarter", "Current quarter", "Target")
    row = ("K1", "% done", "1%", "2%", "3%", "9%")
    dated = tabled(heads, row, headings=("Scorecard – Quarter 1 2021/22",))
    assert shown(dated, "period") == "20-04..20-06; 21-01..21-03; 21-04..21-06"
    assert said(tabled(heads, row, headings=("Scorecard",))) == []


def test_figures_that_plainly_count_something_else_are_not_held_to_a_count() -> None:
    """ "0 failures" against a row of 100 and 0: nothing says that these are failures, so nothing is judged."""
    heads = ("Ref", "Description", "Target", "Failure", *MONTHS)
    found = tabled(heads, ("1", "Incidents", "0 failures", "2 failures", "100", "0"),
                        ("2", "Outages", "0 failures", "2 failures", "1", "0"))  # fmt: skip
    assert [(code, way) for code, way, *_ in aims(found)] == [("1", ""), ("2", "<=")]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("91%. Demand rose after the storms.", [("21-04..21-06", "91%")]),
        ("94.9% against 87.1% a year earlier", [("21-04..21-06", "94.9%"), ("20-04..20-06", "87.1%")]),
        ("98.6% (previous quarter 98.4%)", [("21-04..21-06", "98.6%"), ("21-01..21-03", "98.4%")]),
        ("98.6% (previous month 98.4%)", [("21-04..21-06", "98.6%")]),
        (
            "Removed from the contract through notice 41",
            [("21-04..21-06", "(Removed from the contract through notice 41)")],
        ),
        ("7 of 12 sites", []),
    ],
)
def test_a_cell_may_tell_its_figure_with_another(cell: str, expected: list[tuple[str, str]]) -> None:
    """A figure with a remark, or beside an earlier one, is read; what is neither is named in the note."""
    found = tabled(("Indicator", "Q1 2021/22"), ("KPI 26 - Searches returned (%)", cell))
    assert [(period, value) for _, _, period, value in said(found)] == expected
    assert (cell in found.notes[0].reason) == (not expected)


def test_a_card_has_the_figure_of_the_heading_s_period() -> None:
    """Latest and previous are told by the heading's quarter; the floor says which way is better."""
    found = tabled(
        ("KPI 34 - Gas used per square metre (kWh)", "GREEN"),
        ("Latest: 12.2 Target: 12.2, Floor: 12.8", "Previous: 13.7 (Red)"),
        headings=("Indicators for Quarter 1 2021/22", "Climate and Energy"),
    )
    assert said(found) == [
        ("Climate and Energy KPI34 Gas used per square metre (kWh)", "Hart", "21-04..21-06", "12.2kWh"),
        ("Climate and Energy KPI34 Gas used per square metre (kWh)", "Hart", "21-01..21-03", "13.7kWh"),
    ]
    assert aims(found) == [("KPI34", "<=", Decimal("12.2"), None, None)]


def test_initials_of_services_are_told_by_the_page_s_legend() -> None:
    """ "FIN" is Finance where a line says so; initials that no line tells stay as they are."""
    found = tabled(
        ("Service", "Ref", "Description", "Jul-21"),
        ("FIN", "K1", "% done", "80"),
        ("XYZ", "K2", "% sent", "81"),
        lines=("Service codes: FIN Finance; PL Planning",),
    )
    assert shown(found, "measure") == "Finance K1 % done; XYZ K2 % sent"


def test_results_behind_dated_targets_are_of_their_periods() -> None:
    """ "Qtr 1 Target", "Hit", "Qtr 2 Target", "Hit": each result is held to the target before it."""
    found = tabled(
        ("Ref", "Description", "Qtr 1 21/22 Target", "Hit", "Qtr 2 21/22 Target", "Hit"),
        ("K1", "% done", "80", "79", "82", "83"),
    )
    assert shown(found, "period figure") == "21-04..21-06, 79%; 21-07..21-09, 83%"
    assert [value for _, _, value, *_ in aims(found)] == [Decimal(80), Decimal(82)]


def test_services_stand_over_their_definitions() -> None:
    """A row with a name alone says whose the definitions below it are."""
    found = tabled(
        ("Adult Social Care", ""),
        ("K1", "Maintain care assessments completed within 28 days above 73% through March 2025"),
        ("Highways", ""),
        ("K2", "Maintain potholes repaired within 28 days above 92% through March 2025"),
    )
    assert [(t.measure.service, t.measure.code) for t in found.targets] == [
        ("Adult Social Care", "K1"),
        ("Highways", "K2"),
    ]


# Periods that no header names


def test_each_row_may_say_of_which_period_its_figure_is() -> None:
    """Last updates differ; the previous figure is of the period before the row's own."""
    found = tabled(
        ("Code", "Indicator", "Last update", "Current value", "Previous value", "Current target"),
        ("K1", "Calls answered", "Q1 2021/22", "94%", "92%", "90%"),
        ("K2", "Rent collected", "August 2021", "97.1%", "96.8%", "98%"),
        ("K3", "Waste recycled", "2020/21", "44%", "43%", "45%"),
        headings=("Housing",),
    )
    assert [(name[-14:], period, value) for name, _, period, value in said(found)] == [
        ("Calls answered", "21-04..21-06", "94%"), ("Calls answered", "21-01..21-03", "92%"),
        ("Rent collected", "21-08", "97.1%"), ("Rent collected", "21-07", "96.8%"),
        ("Waste recycled", "20-04..21-03", "44%"), ("Waste recycled", "19-04..20-03", "43%"),
    ]  # fmt: skip
    assert [value for _, _, value, _, _ in aims(found)] == [90, 98, 45]


def test_rows_of_which_one_names_no_period_are_not_read() -> None:
    """What stands in the column is then something else, or in doubt."""
    rows = (("Indicator", "Period", "Actual"), ("Calls answered", "Q1 2021/22", "94%"), ("Rent", "when due", "97%"))
    assert not tabled(*rows).observations


@pytest.mark.parametrize(
    ("heading", "now", "then"),
    [
        ("Performance report: Quarter 1 2021/22", "21-04..21-06", "20-04..20-06"),
        ("Quarter 1 performance 2021/22", "21-04..21-06", "20-04..20-06"),
        ("At a glance: Quarter 1 2021/22 (April to June 2021)", "21-04..21-06", "20-04..20-06"),
        ("Annual report 2020/21", "20-04..21-03", "19-04..20-03"),
        ("Progress from April 2021", None, None),
        ("Performance report: Quarter 2 2021/22, Quarter 1 2021/22", None, None),
        ("Performance report: Quarter 3 2021/22", None, None),
    ],
)
def test_bare_columns_are_of_the_period_of_the_paper(heading: str, now: str | None, then: str | None) -> None:
    """Which a heading farther up tells, where it names one that is over; else there is no figure."""
    rows = (
        ("Ref", "Indicator", "Target", "Actual", "This time last year"),
        ("A1", "Calls answered", "90%", "94%", "92%"),
    )
    found = tabled(*rows, headings=(heading, "Customers", "Calls and letters"))
    assert [period for _, _, period, _ in said(found)] == ([now, then] if now else [])
    bare = (("Indicator", "Actual", "Last year"), ("Calls answered", "94%", "92%"))
    assert [p for _, _, p, _ in said(tabled(*bare, headings=(heading, "Customers", "Calls and letters")))] == (
        [now, then] if now else []
    )


def test_a_year_end_and_others_stand_beside_a_councils_own_figures() -> None:
    """England's figure in a year is England's; the outturn of a year is of the whole of it."""
    found = tabled(
        ("Ref", "Indicator", "Year end 2020/21", "Q1 2021/22", "England 2020/21"),
        ("A1", "Calls answered", "94%", "95%", "91%"),
    )
    assert shown(found, "entity period figure") == (
        "Hart, 20-04..21-03, 94%; Hart, 21-04..21-06, 95%; England, 20-04..21-03, 91%"
    )


@pytest.mark.parametrize("header", ["Baseline (2019/20)", "Baseline 2019/20", "2019/20 base year"])
def test_a_baseline_is_a_figure_of_its_year(header: str) -> None:
    """What other columns of figures are of is told to be unknown."""
    found = tabled(
        ("Indicator", header, "Q1 2021/22", "Homes asked", "Rank"), ("Calls answered", "90%", "94%", "1,204", "2")
    )
    assert shown(found, "period figure") == "19-04..20-03, 90%; 21-04..21-06, 94%"
    assert [note.reason for note in found.notes] == ["the column “Homes asked” names no period"]


def test_a_year_s_outturn_stands_beside_its_quarters() -> None:
    """Its header is as tall as theirs with the results and targets below them."""
    found = tabled(
        ("Indicator", "Quarter 1", None, "Quarter 2", None, "2020/21 outturn"),
        (None, "Target", "Actual", "Target", "Actual", None),
        ("Homes built", "5", "4", "9", "8", "17"),
        wide=((0, 1, 2), (0, 3, 2)), tall=((0, 0, 2), (0, 5, 2)), headings=("Results 2020/21",),
    )  # fmt: skip
    assert shown(found, "period figure") == "20-04..20-06, 4; 20-07..20-09, 8; 20-04..21-03, 17"


@pytest.mark.parametrize("text", ["94% (92% in the same quarter last year)", "94%; same quarter last year 92%"])
def test_a_year_before_may_stand_in_brackets(text: str) -> None:
    """In words that say whose figure is whose."""
    found = tabled(("Indicator", "Target", "Q1 2021/22"), ("Calls answered", "90%", text))
    assert shown(found, "period figure") == "21-04..21-06, 94%; 20-04..20-06, 92%"


def test_a_column_of_codes_names_no_measure_though_its_header_may() -> None:
    """ "PI" stands over codes here and over names there."""
    rows = (
        ("PI", "Description", "Apr-21", "May-21"),
        ("Social Care", "", "", ""),
        ("AB12", "Children in care", "407", "414"),
        ("AB14", "Visits", "91", "80"),
    )
    found = said(tabled(*rows))
    assert {name for name, _, _, _ in found} == {"Social Care AB12 Children in care", "Social Care AB14 Visits"}
    alone = (("PI", "Apr-21"), ("Children in care", "407"), ("Visits", "91"))
    assert {name for name, _, _, _ in said(tabled(*alone))} == {"Children in care", "Visits"}


def test_rows_before_the_first_service_are_those_of_a_page_before() -> None:
    """Under a column of services, what stands over the first of them is of none that is known, unless a heading is."""
    rows = (
        ("Service Area", "Ref", "Description", "Apr-21", "May-21"),
        ("", "AB12", "Calls answered", "407", "414"),
        ("Planning", "AB14", "Visits", "91", "80"),
    )
    names = [{name for name, *_ in said(tabled(*rows, headings=(over,)))} for over in ("Summary", "Housing")]
    assert names == [{"Planning AB14 Visits"}, {"Housing AB12 Calls answered", "Planning AB14 Visits"}]


def test_a_last_line_that_names_have_alike_describes_where_it_was_broken_by_hand() -> None:
    """Where its first word would have fitted on the line before; else the column's width broke the name."""
    kinds = {("Visits", "Uptime of the links that we own"): 2, ("Uptime of a link", "Uptime of the link"): 0}
    for names, count in kinds.items():
        rows = [(f"AB{number}", f"{name}\nSampled weekly", "9") for number, name in enumerate(names, 1)]
        found = said(tabled(("Ref", "Description", "Apr-21"), *rows))
        assert sum("Sampled" not in name for name, *_ in found) == count


def test_text_without_a_code_among_names_with_codes_was_torn_from_one() -> None:
    """A page's end may part a name from its description, with figures on its line."""
    rows = [(f"PI{number} - {name}", "90%", "91%") for number, name in enumerate(("Calls", "Bins", "Homes"), 1)]
    torn = ("The aim is to miss no more", "", "June: 12")
    found = tabled(("Indicator", "Target", "Q1 2021/22"), *rows, torn)
    assert {name for name, *_ in said(found)} == {"PI1 Calls", "PI2 Bins", "PI3 Homes"}


def test_a_header_that_is_said_again_is_no_measure() -> None:
    """Nor is the column of services another for the name of a group behind its header."""
    header = ("Service Area KPIs", "Ref", "Description", "Target", "Apr-21", "May-21")
    again = ("Service Area", *header[1:])
    rows = [("ICT", "1", "Calls", "90%", "9", "8"), again, ("", "2", "Links", "90%", "7", "6")]
    found = said(tabled(header, *rows, ("18", "Odd", "row", "90%", "5", "4"), headings=("Summary of measures",)))
    assert [name for name, *_ in found][:4] == ["ICT 1 Calls"] * 2 + ["ICT 2 Links"] * 2
