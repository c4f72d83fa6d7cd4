"""Rows that say what they hold beside a measure's name, headers in two lines, totals of months, who delivers."""

from collections.abc import Sequence

import pytest

from tests.tables import aims, paper, said, shown, table, tabled

Rows = Sequence[Sequence[str | None]]
PAIRS = (
    ("Measure", "", "Jul-21", "Aug-21"),
    ("Calls answered in time", "Target", "90%", "91%"),
    (None, "Actual", "85%", "93%"),
    ("Web forms completed", "Target", "1,787", "2,406"),
    (None, "Actual", "1,563", "903"),
)


def test_a_target_is_no_result_though_it_stands_beside_the_name() -> None:
    """The name spans both rows; each month's target is that of its month."""
    found = tabled(*PAIRS, headings=["Customer Services"], tall=[(1, 0, 2), (3, 0, 2)])
    assert said(found) == [
        ("Customer Services Calls answered in time", "Hart", "21-07", "85%"),
        ("Customer Services Calls answered in time", "Hart", "21-08", "93%"),
        ("Customer Services Web forms completed", "Hart", "21-07", "1563"),
        ("Customer Services Web forms completed", "Hart", "21-08", "903"),
    ]
    assert [(str(t.figure.value), f"{t.start:%y-%m}") for t in found.targets if t.figure and t.start] == [
        ("90", "21-07"),
        ("91", "21-08"),
        ("1787", "21-07"),
        ("2406", "21-08"),
    ]


def test_rows_of_years_and_of_a_year_before_have_their_own_periods() -> None:
    """Codes stand in a column of their own, and a row alone is a service."""
    rows = (
        ("Ref", "Measure", "", "Apr", "May"),
        ("Revenues", "", "", "", ""),
        ("R1", "Council Tax collected", "2020/21", "9.8%", "19.2%"),
        ("", "", "2021/22", "10.1%", "19.9%"),
        ("R2", "Business Rates collected", "2020/21", "8.8%", "18.2%"),
        ("", "", "2021/22", "9.1%", "18.9%"),
    )
    assert [(name, period, value) for name, _, period, value in said(tabled(*rows))][:4] == [
        ("Revenues R1 Council Tax collected", "20-04", "9.8%"),
        ("Revenues R1 Council Tax collected", "20-05", "19.2%"),
        ("Revenues R1 Council Tax collected", "21-04", "10.1%"),
        ("Revenues R1 Council Tax collected", "21-05", "19.9%"),
    ]
    again = [("Measure", "", "Jul-21", "Aug-21"), ("Calls", "Actual", "5", "6"), ("", "Last year", "7", "8")]
    again += [("Letters", "Actual", "1", "2"), ("", "Last year", "3", "4")]
    periods = [(period, value) for _, _, period, value in said(tabled(*again))]
    assert periods[:4] == [("21-07", "5"), ("21-08", "6"), ("20-07", "7"), ("20-08", "8")]


YEAR_OVER_PARTS = (
    ("Ref", "Indicator", "2020/21", None, None, None, None, "Target"),
    (None, None, "Q1", "Q2", "Q3", "Q4", "Outturn", None),
    ("CM1", "Cases closed", "61%", "63%", "48%", "55%", "57%", "60%"),
)
TWO_ROWS = (
    ("", "", "Q3 2020/21", None, "Q4 2020/21", None),
    ("Code", "Performance measure", "Target", "Actual", "Target", "Actual"),
    ("CM1", "Cases closed", "60%", "48%", "62%", "55%"),
    ("CM2", "Cases begun", "20", "18", "21", "22"),
)


def test_quarters_and_the_outturn_stand_under_their_year() -> None:
    """Five figures, the last of the whole year, not the outturn alone."""
    found = tabled(*YEAR_OVER_PARTS, wide=[(0, 2, 5)], tall=[(0, 0, 2), (0, 1, 2), (0, 7, 2)])
    assert shown(found, "period figure") == (
        "20-04..20-06, 61%; 20-07..20-09, 63%; 20-10..20-12, 48%; 21-01..21-03, 55%; 20-04..21-03, 57%"
    )


def test_targets_and_results_under_periods_with_all_labels_in_the_lower_row() -> None:
    """A target under a quarter is that quarter's, and no part of a measure's name."""
    found = tabled(*TWO_ROWS, wide=[(0, 2, 2), (0, 4, 2)])
    assert [(name, period, value) for name, _, period, value in said(found)][:2] == [
        ("CM1 Cases closed", "20-10..20-12", "48%"),
        ("CM1 Cases closed", "21-01..21-03", "55%"),
    ]
    assert len(found.targets) == 4


@pytest.mark.parametrize("aside", ["RAG", "Variance", "Direction of travel"])
def test_a_row_beside_results_and_targets_holds_no_figure(aside: str) -> None:
    """A colour, or how far the result is from its target."""
    rows = (("", "Q1 2021/22", "Q2 2021/22"), ("Act.", "81%", "84%"), ("Tgt", "80%", "85%"), (aside, "+1%", "-1%"))
    found = tabled(*rows, headings=("PI9: Letters answered",))
    assert shown(found, "figure") == "81%; 84%"
    assert len(found.targets) == 2


MONTHS = ("Month", "Requests received", "Percentage in time")
COLLECTED = ("Month", "Target", "Actual 2021/22", "Actual 2020/21")


def test_months_down_the_side_may_end_with_their_total() -> None:
    """Of all those above it; where one is missing between them, it is told of nothing."""
    rows = (MONTHS, ("April 2021", "59", "86.4%"), ("May 2021", "77", "93.5%"), ("Total", "136", "90.4%"))
    assert [(period, value) for _, _, period, value in said(tabled(*rows))][-2:] == [
        ("21-04..21-05", "136"),
        ("21-04..21-05", "90.4%"),
    ]
    gap = (MONTHS, ("April 2021", "59", "86.4%"), ("June 2021", "77", "93.5%"), ("Total", "136", "90.4%"))
    assert "136" not in [value for *_, value in said(tabled(*gap))]


def test_results_of_years_beside_months_are_of_what_the_title_measures() -> None:
    """The target is that of the last of the years."""
    rows = (COLLECTED, ("April", "10%", "10.4%", "9.6%"), ("May", "19%", "18.9%", "18.5%"))
    found = tabled(*rows, headings=["Council Tax collected (%)"])
    assert said(found)[:2] == [
        ("Council Tax collected (%)", "Hart", "21-04", "10.4%"),
        ("Council Tax collected (%)", "Hart", "20-04", "9.6%"),
    ]
    assert {(aim[0], f"{t.start:%y-%m}") for aim, t in zip(aims(found), found.targets, strict=True) if t.start}


@pytest.mark.parametrize("kind", ["Contractor", "Centre", "Provider"])
def test_who_delivers_is_whose_figure_it_is(kind: str) -> None:
    """The title is the measure, with a unit or without one."""
    rows = ((kind, "Jul-21", "Aug-21"), ("Brackwell", "89.1%", "94.1%"), ("Duncaster", "94.7%", "94.0%"))
    found = said(tabled(*rows, headings=["Housing Repairs", "Repairs completed on first visit"]))
    assert [(name, who) for name, who, _, _ in found][::2] == [
        ("Housing Repairs Repairs completed on first visit", "Brackwell"),
        ("Housing Repairs Repairs completed on first visit", "Duncaster"),
    ]


def test_parts_of_what_the_title_measures_are_named_with_it() -> None:
    """A bare "Garden waste" would say neither tonnes nor collected."""
    rows = (("Stream", "Jul-21", "Aug-21"), ("Garden waste", "1,204", "1,311"), ("Food waste", "98", "102"))
    found = said(tabled(*rows, headings=["Waste collected (tonnes)"]))
    assert found[0] == ("Waste collected (tonnes) - Garden waste", "Hart", "21-07", "1204tonnes")


def test_columns_in_several_units_are_no_places() -> None:
    """Calls and their per cent, by line; a column's name is kept whole though a unit is in it."""
    rows = (("Service line", "Calls offered", "Percentage answered"), ("Council Tax", "3,625", "96.1%"))
    found = said(tabled(*rows, headings=["Calls by line, August 2021"]))
    assert found == [
        ("Council Tax - Calls offered", "Hart", "21-08", "3625"),
        ("Council Tax - Percentage answered", "Hart", "21-08", "96.1%"),
    ]


def test_the_year_to_date_beside_a_month_and_the_same_a_year_before() -> None:
    """It runs to the later of them; beside two other months of two years it is not told."""
    rows = (("Indicator", "Aug 2021", "Year to date", "Aug 2020"), ("Calls offered", "7,150", "35,201", "6,980"))
    assert sorted((period, value) for _, _, period, value in said(tabled(*rows))) == [
        ("20-08", "6980"),
        ("21-04..21-08", "35201"),
        ("21-08", "7150"),
    ]
    other = (("Indicator", "Mar 2021", "Year to date", "Aug 2021"), ("Calls offered", "7,150", "35,201", "6,980"))
    assert "35201" not in [value for *_, value in said(tabled(*other))]


@pytest.mark.parametrize("again", [True, False])
def test_a_place_and_a_period_in_each_row(again: bool) -> None:
    """The place stands in each of its rows, or in the first of them; twice the same row is not read."""
    rows = (
        ("Ward", "Quarter", "Fly-tips reported", "Cleared in 2 days"),
        ("Northgate", "Q3 2020/21", "89", "80%"),
        ("Northgate" if again else "", "Q4 2020/21", "25", "81%"),
        ("Old Town", "Q3 2020/21", "44", "87%"),
        ("Old Town" if again else "", "Q4 2020/21", "83", "83%"),
    )
    found = said(tabled(*rows))
    assert [seen[1:] for seen in found if seen[0] == "Fly-tips reported"] == [
        ("Northgate", "20-10..20-12", "89"),
        ("Northgate", "21-01..21-03", "25"),
        ("Old Town", "20-10..20-12", "44"),
        ("Old Town", "21-01..21-03", "83"),
    ]
    assert len(found) == 8
    assert said(tabled(*rows, rows[1])) == []


def test_the_year_to_date_of_a_table_of_one_quarter() -> None:
    """With the target to date as its own, and no figure where no period is told."""
    rows = (("Measure", "Annual target", "YTD target", "YTD actual"), ("Trees planted", "853", "544", "431"))
    found = tabled(*rows, headings=["Place", "Quarter 1 2021/22"])
    assert shown(found, "period figure") == "21-04..21-06, 431"
    assert said(tabled(*rows, headings=["Place"])) == []


def test_the_year_to_date_begins_with_the_year_and_a_total_with_its_columns() -> None:
    """Beside two months of the summer, for places as for parts of a measure; the last is the same a year before."""
    for header, begins in (("Year to date", "21-04"), ("Total", "21-07")):
        rows = (("Site", "Jul-21", "Aug-21", header), ("Baths", "2,265", "8,895", "19,577"))
        found = said(tabled(*rows, headings=["Leisure centre visits"]))
        assert found[-1] == ("Leisure centre visits", "Baths", f"{begins}..21-08", "19577")
    longer = (("Site", "Jul-21", "Aug-21", "YTD", "Same period last year"), ("Baths", "2", "8", "19", "17"))
    assert said(tabled(*longer, headings=["Leisure centre visits"]))[-1][2:] == ("20-04..20-08", "17")


def test_a_count_and_its_per_cent_are_two_columns() -> None:
    """ "In time" beside "% in time"; the title is no measure, so that it may be the service."""
    rows = (
        ("Type", "Determined", "In time", "% in time"),
        ("Major", "175", "109", "62.3%"),
        ("Minor", "98", "84", "86%"),
    )
    found = said(tabled(*rows, headings=["Applications determined in Quarter 1 2021/22"]))
    assert [(name, value) for name, _, _, value in found[:3]] == [
        ("Applications Determined Major - Determined", "175"),
        ("Applications Determined Major - In time", "109"),
        ("Applications Determined Major - % in time", "62.3%"),
    ]


def test_rows_of_results_and_of_targets_may_say_their_year() -> None:
    """The target is that of its own year alone."""
    rows = (
        ("", "Q3", "Q4"),
        ("Target 2020/21", "95%", "96%"),
        ("Actual 2020/21", "91%", "94%"),
        ("Actual 2019/20", "90%", "93%"),
    )
    found = tabled(*rows, headings=["Rents", "Rent collected (%)"])
    assert shown(found, "period figure") == (
        "20-10..20-12, 91%; 21-01..21-03, 94%; 19-10..19-12, 90%; 20-01..20-03, 93%"
    )
    assert sorted(f"{t.start:%y-%m}" for t in found.targets if t.start) == ["20-10", "21-01"]


def test_what_came_of_complaints_is_no_place() -> None:
    """Though it stands again under each quarter, as places do; the rows are services."""
    rows = (
        ("Service", "Q3 2020/21", None, "Q4 2020/21", None),
        (None, "Received", "Upheld", "Received", "Upheld"),
        ("Housing", "24", "8", "16", "3"),
        ("Planning", "65", "5", "66", "7"),
    )
    merged = table(*rows, headings=["Complaints"], wide=[(0, 1, 2), (0, 3, 2)], tall=[(0, 0, 2)])
    assert {who for _, who, _, _ in said(paper(merged))} <= {"Hart"}


def test_colours_are_bounds_of_the_figure_beside_them() -> None:
    """Only what stands under the quarter is a figure of it."""
    rows = (
        ("Standard", "Green", "Amber", "Red", "Q4 2020/21"),
        ("Calls answered", "94% or more", "84% to 93%", "below 84%", "91%"),
        ("Letters answered", "80% or more", "70% to 79%", "below 70%", "90%"),
    )
    assert shown(tabled(*rows), "figure") == "91%; 90%"
