"""Columns of scorecards that are not what their header's first word, or their place, would make of them."""

from decimal import Decimal

import pytest

from tests.tables import aims, said, shown, tabled


@pytest.mark.parametrize("so_far", ["Cumulative 2021/22", "Year to date 2021/22", "2021/22 YTD"])
def test_a_service_credit_is_no_service(so_far: str) -> None:
    """And the required standard is the target; what is cumulative in the year goes from April to the last month."""
    found = tabled(
        ("KPI", "Measure", "Required standard", "Aug-21", "Sep-21", so_far, "Service credit"),
        ("WC1", "Bins delivered in 10 days", "≥ 98%", "87.8%", "88.5%", "88.4%", "£250 per 1% below"),
        ("WC2", "Streets at grade B", "≥ 95%", "89.1%", "91.0%", "93.5%", "None"),
        ("WC3", "Injuries", "≤ 0", "2", "0", "3", "£2,000 each"),
        headings=("Waste",),
    )
    assert said(found)[:3] == [
        ("Waste WC1 Bins delivered in 10 days", "Hart", "21-08", "87.8%"),
        ("Waste WC1 Bins delivered in 10 days", "Hart", "21-09", "88.5%"),
        ("Waste WC1 Bins delivered in 10 days", "Hart", "21-04..21-09", "88.4%"),
    ]
    assert [(code, way, value) for code, way, value, _, _ in aims(found)] == [
        ("WC1", ">=", Decimal(98)),
        ("WC2", ">=", Decimal(95)),
        ("WC3", "<=", Decimal(0)),
    ]


def test_cumulative_in_another_year_is_not_read() -> None:
    """Its months are not those beside it."""
    rows = (("KPI", "Measure", "Sep-21", "Cumulative 2020/21"), ("WC1", "Bins delivered", "88.5%", "88.4%"))
    assert shown(tabled(*rows, headings=("Waste",)), "figure") == "88.5%"


def test_a_target_is_of_the_measure_in_its_unit() -> None:
    """60% is none for how many were decided; where two could have it, it is nobody's."""
    head = ("Type", "Q1 2021/22", "", "", "Target")
    rows = (head, ("", "Decided", "Decided in time", "% in time", ""), ("Major applications", "47", "33", "70%", "60%"))
    found = tabled(*rows, ("Others", "20", "10", "50%", "80%"), headings=("Planning",), wide=((0, 1, 3),))
    assert [(name, value) for name, _, value, _, _ in aims(found)] == [
        ("Major applications - % in time", Decimal(60)),
        ("Others - % in time", Decimal(80)),
    ]


def test_a_word_beside_a_bare_figure_is_a_part_and_no_place() -> None:
    """ "Awards" and "Value" of one month: neither is whose they are."""
    found = tabled(
        ("", "Jun 2021", None, "Jul 2021", None),
        ("Scheme", "Awards", "Value", "Awards", "Value"),
        ("Hardship fund", "154", "£3,572", "239", "£1,732"),
        ("Small grants", "44", "£7,237", "179", "£9,020"),
        headings=("Benefits",),
        wide=((0, 1, 2), (0, 3, 2)),
    )
    assert {who for _, who, _, _ in said(found)} == {"Hart"}
    assert ("Benefits Hardship fund - Awards", "Hart", "21-06", "154") in said(found)


def test_measures_stand_over_periods_and_areas_down_the_side() -> None:
    """Each measure in two periods, under a title that says no more than how the table shows them."""
    found = tabled(
        ("", "Noise reports", None, "Burglaries", None),
        ("Ward", "Q1 20/21", "Q1 21/22", "Q1 20/21", "Q1 21/22"),
        ("Abbey", "67", "61", "46", "74"),
        ("Castle", "71", "52", "64", "5"),
        headings=("Community Safety", "Incidents by ward"),
        wide=((0, 1, 2), (0, 3, 2)),
    )
    assert said(found)[:4] == [
        ("Community Safety Noise reports", "Abbey", "20-04..20-06", "67"),
        ("Community Safety Noise reports", "Abbey", "21-04..21-06", "61"),
        ("Community Safety Burglaries", "Abbey", "20-04..20-06", "46"),
        ("Community Safety Burglaries", "Abbey", "21-04..21-06", "74"),
    ]


def test_a_year_in_the_corner_is_that_of_the_quarters() -> None:
    """Of what was achieved and aimed at in it, and of the year before."""
    found = tabled(
        ("2020/21", "Q1", "Q2"),
        ("Actual", "70.6%", "81.1%"),
        ("Target", "74%", "74%"),
        ("Last year", "80.8%", "74.6%"),
        headings=("Planning", "PI 01: Applications checked in 5 days"),
    )
    assert said(found) == [
        ("Planning PI01 Applications checked in 5 days", "Hart", "20-04..20-06", "70.6%"),
        ("Planning PI01 Applications checked in 5 days", "Hart", "20-07..20-09", "81.1%"),
        ("Planning PI01 Applications checked in 5 days", "Hart", "19-04..19-06", "80.8%"),
        ("Planning PI01 Applications checked in 5 days", "Hart", "19-07..19-09", "74.6%"),
    ]


def test_a_column_of_money_makes_no_budget_of_others() -> None:
    """Income is one of four things that are counted for each site in the year."""
    found = tabled(
        ("Site", "Visits", "Members", "Income (£)", "Satisfaction (%)"),
        ("Holt Pool", "27,583", "2,124", "£100,987", "73%"),
        ("The Hub", "61,674", "1,468", "£646,289", "63%"),
        ("All sites", "89,257", "3,592", "£747,276", "68%"),
        headings=("Leisure centres 2020/21",),
    )
    assert said(found)[:4] == [
        ("Leisure Centres Visits", "Holt Pool", "20-04..21-03", "27583"),
        ("Leisure Centres Members", "Holt Pool", "20-04..21-03", "2124"),
        ("Leisure Centres Income (£)", "Holt Pool", "20-04..21-03", "100987£"),
        ("Leisure Centres Satisfaction (%)", "Holt Pool", "20-04..21-03", "73%"),
    ]
    assert {who for _, who, _, _ in said(found)} == {"Holt Pool", "The Hub", "Overall"}


def test_call_times_under_a_title_with_their_unit_are_no_second_header() -> None:
    """ "01:02" is a minute and two seconds where the title says so."""
    found = tabled(
        ("Line", "Jul-21", "Aug-21"),
        ("Switchboard", "01:02", "05:49"),
        ("Registrars", "02:16", "00:50"),
        headings=("Contact", "Average time to answer (mm:ss)"),
    )
    assert shown(found, "period figure") == "21-07, 62seconds; 21-08, 349seconds; 21-07, 136seconds; 21-08, 50seconds"


def test_a_sentence_may_tell_its_quarter_twice() -> None:
    """By its number and by its months; the columns are named by it."""
    rows = (("Measure", "Same quarter last year", "Previous quarter", "This quarter"), ("Homes let", "68", "43", "114"))
    lead = "The table shows activity in quarter 1 of 2021/22 (April to June 2021)."
    found = said(tabled(*rows, headings=("Housing",), lead=lead))
    assert [(period, value) for _, _, period, value in found] == [
        ("20-04..20-06", "68"),
        ("21-01..21-03", "43"),
        ("21-04..21-06", "114"),
    ]


def test_a_paper_without_a_date_is_believed_in_what_it_says_with_its_year() -> None:
    """A dashboard that is published by itself names its quarter in its title."""
    rows = (("Measure", "Actual", "Target"), ("Homes let", "68", "70"))
    assert said(tabled(*rows, headings=("Housing Quarter 1 2021/22",), day=None)) == [
        ("Housing Homes let", "Hart", "21-04..21-06", "68")
    ]


def test_a_quarters_total_beside_its_months_is_of_all_three() -> None:
    """A paper without a date, whose heading names the quarter, tells the year of the months too."""
    rows = (("Directorate", "July", "August", "September", "Quarter 2 total"), ("Adults", "12", "9", "15", "36"))
    found = tabled(*rows, headings=("Results for Quarter 2 2021/22", "Complaints received by directorate"), day=None)
    assert shown(found, "period figure") == "21-07, 12; 21-08, 9; 21-09, 15; 21-07..21-09, 36"


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        (("Reserve", "Balance 1 April 2020", "Contributions", "Use", "Balance 31 March 2021"), "budget_line"),
        (("Reserve", "Balance 31/03/2020", "Balance 31/03/2021"), "budget_line"),
        (("Centre", "2019/20 Q2", "2020/21 Q2", "Variance", "% variance"), ""),  # visits vary as money does
    ],
)
def test_balances_are_money_and_no_place(heads: tuple[str, ...], kind: str) -> None:
    rows = ((name, *(str(n) for n in range(10, 10 * len(heads), 10))) for name in ("Aqua", "Meadow"))
    found = tabled(heads, *rows, headings=("Centres and what they hold",))
    assert {record.kind for record in found.records} == ({kind} if kind else set())
    assert {seen.entity for seen in found.observations} == (set() if kind else {"Aqua", "Meadow"})


def test_a_total_of_what_is_shown_by_trade_is_of_all() -> None:
    """The title says how the table shows it, and is no part of the measure's name."""
    head, when = ("Trade", "Jobs raised", "In time %"), "21-04..21-06"
    rows = (head, ("Plumbing", "20", "90%"), ("Roofing", "9", "80%"), ("Total", "29", "87%"))
    found = said(tabled(*rows, headings=("Repairs by trade, Quarter 1 2021/22",)))
    assert found[-2:] == [("Jobs raised", "Overall", when, "29"), ("In time %", "Overall", when, "87%")]


def test_a_target_may_name_its_quarter_in_full() -> None:
    """ "Quarter 1 2021/22 Target" is of that quarter."""
    head = ("", "Quarter 1 2020/21 Actual", "Quarter 1 2021/22 Actual", "Quarter 1 2021/22 Target")
    found = tabled(head, ("Searches in five days", "97.1%", "81.0%", "76.0%"), headings=("Land Charges",))
    assert [value for _, _, value, _, _ in aims(found)] == [Decimal("76.0")]


def test_a_list_of_payments_has_no_figures_of_days() -> None:
    """Its first column tells when each was paid, and no period."""
    rows: list[list[str | None]] = [
        ["Payment date", "Supplier", "Expense area", "Amount £"],
        ["04/01/2023", "Orchard Paving", "Highways", "18,450.00"],
        ["11/01/2023", "Orchard Paving", "Highways", "9,320.00"],
        ["13/01/2023", "Finch Catering", "Schools", "7,215.40"],
    ]
    found = tabled(*rows)
    assert not found.observations
    assert [(r.kind, r.fields["line"]) for r in found.records] == [
        ("table_row", "Orchard Paving"),
        ("table_row", "Orchard Paving"),
        ("table_row", "Finch Catering"),
    ]
