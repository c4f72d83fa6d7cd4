"""Tables that say by their labels what each figure is: of which measure, whose, of which period."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from tests.tables import aims, said, shown, tabled

Rows = Sequence[Sequence[str | None]]


def short(rows: Rows, *headings: str, lead: str = "", council: str = "Hart") -> list[tuple[str, str, str, str]]:
    """What is read of one table under its headings."""
    return said(tabled(*rows, headings=headings, lead=lead, council=council))


def test_labels_of_any_kind_name_measures_under_periods() -> None:
    """The header over them need be no word that is known; what compares two columns is no figure of a period."""
    rows = (
        ("Crime type", "12 months to Aug 2020", "12 months to Aug 2021", "Change", "% change"),
        ("Burglary", "2,210", "1,984", "-226", "-10.2%"),
        ("Shoplifting", "4,102", "5,230", "+1,128", "+27.5%"),
    )
    assert short(rows, "Recorded crime") == [
        ("Recorded Crime Burglary", "Hart", "19-09..20-08", "2210"),
        ("Recorded Crime Burglary", "Hart", "20-09..21-08", "1984"),
        ("Recorded Crime Shoplifting", "Hart", "19-09..20-08", "4102"),
        ("Recorded Crime Shoplifting", "Hart", "20-09..21-08", "5230"),
    ]


def test_twelve_months_to_date_are_those_of_the_line_above() -> None:
    """And the previous twelve months those before."""
    rows = (("Offence", "12 months to date", "Previous 12 months"), ("Burglary", "9.4%", "8.1%"))
    found = short(rows, "Solved rates", lead="12 months to 31 August 2021")
    assert [(period, value) for _, _, period, value in found] == [("20-09..21-08", "9.4%"), ("19-09..20-08", "8.1%")]
    assert short(rows, "Solved rates") == [], "which twelve months is not told"


def test_places_down_the_side_hold_the_measure_of_the_title() -> None:
    """With the unit of the title, a total over the months, and the same months of the year before."""
    rows = (
        ("District", "Apr-21", "May-21", "Total", "Same period last year", "Rank"),
        ("Alderley", "1,204", "1,311", "2,515", "2,377", "1"),
        ("Copley", "998", "1,002", "2,000", "2,110", "2"),
    )
    found = short(rows, "Residual waste collected (tonnes)")
    assert {name for name, _, _, _ in found} == {"Residual waste collected (tonnes)"}
    assert [(who, period, value) for _, who, period, value in found if who == "Alderley"] == [
        ("Alderley", "21-04", "1204tonnes"),
        ("Alderley", "21-05", "1311tonnes"),
        ("Alderley", "21-04..21-05", "2515tonnes"),
        ("Alderley", "20-04..20-05", "2377tonnes"),
    ]


@pytest.mark.parametrize("merged", [True, False])
def test_parts_of_a_measure_stand_under_periods(merged: bool) -> None:
    """Recycling and residual waste are no places, and no figure of the whole."""
    rows = (
        ("", "Q4 2020/21", None if merged else "", "Q1 2021/22", None if merged else ""),
        ("District", "Recycling", "Residual", "Recycling", "Residual"),
        ("Alderley", "37", "57", "73", "38"),
        ("Copley", "33", "44", "67", "32"),
    )
    wide = ((0, 1, 2), (0, 3, 2)) if merged else ()
    found = said(tabled(*rows, headings=("Missed collections per 100,000",), wide=wide))
    assert [(name.rpartition(" - ")[2], who, period[:5], value) for name, who, period, value in found[:4]] == [
        ("Recycling", "Alderley", "21-01", "37per 100,000"),
        ("Residual", "Alderley", "21-01", "57per 100,000"),
        ("Recycling", "Alderley", "21-04", "73per 100,000"),
        ("Residual", "Alderley", "21-04", "38per 100,000"),
    ]


def test_a_header_may_say_whose_figure_it_is_and_of_when() -> None:
    """The council's own, the region's and England's, in a table of one code a row."""
    rows = (
        ("Ref", "Measure", "Hart 2019/20", "Hart 2020/21", "South East 2020/21", "England 2020/21"),
        ("1E", "Adults in paid employment", "4.9%", "5.2%", "5.6%", "4.8%"),
    )
    assert [(who, period, value) for _, who, period, value in short(rows, "Outcomes")] == [
        ("Hart", "19-04..20-03", "4.9%"),
        ("Hart", "20-04..21-03", "5.2%"),
        ("South East", "20-04..21-03", "5.6%"),
        ("England", "20-04..21-03", "4.8%"),
    ]


def test_in_one_period_the_columns_say_whose_figure_it_is() -> None:
    """The period stands above; a rank is no figure of anybody."""
    rows = (
        ("Measure", "Hart", "Regional average", "England", "Quartile"),
        ("People who feel safe", "71%", "69%", "70%", "2"),
    )
    found = short(rows, "Comparison with neighbours, 2020/21")
    assert [(who, value) for _, who, _, value in found] == [
        ("Hart", "71%"),
        ("Regional average", "69%"),
        ("England", "70%"),
    ]
    later = (("Measure", "Hart", "Baseline"), ("People who feel safe", "71%", "69%"))
    assert short(later, "Comparison with neighbours, 2020/21") == [], "a baseline is of a time that is not told"


def test_months_down_the_side_stand_beside_measures_and_their_years() -> None:
    """A year in a header holds for the months under it; minutes and seconds are read where the header says so."""
    rows = (
        ("Month", "Calls offered", "Average wait (mm:ss)"),
        ("June 2021", "8,211", "03:12"),
        ("July 2021", "7,404", "02:20"),
    )
    assert [(name, period[:5], value) for name, _, period, value in short(rows, "Contact centre")] == [
        ("Contact Centre Calls offered", "21-06", "8211"),
        ("Contact Centre Average wait (mm:ss)", "21-06", "192seconds"),
        ("Contact Centre Calls offered", "21-07", "7404"),
        ("Contact Centre Average wait (mm:ss)", "21-07", "140seconds"),
    ]
    years = (
        ("Month", "Council Tax 2020/21", "Council Tax 2021/22"),
        ("April", "10.9%", "10.8%"),
        ("May", "20.1%", "19.9%"),
    )
    assert [(name, period[:5], value) for name, _, period, value in short(years, "Collection")] == [
        ("Collection Council Tax", "20-04", "10.9%"),
        ("Collection Council Tax", "21-04", "10.8%"),
        ("Collection Council Tax", "20-05", "20.1%"),
        ("Collection Council Tax", "21-05", "19.9%"),
    ]


def test_the_target_beside_is_the_row_s() -> None:
    """Under a blank corner too."""
    rows = (("", "Apr-21", "May-21", "Target"), ("New claims", "19.8", "21.2", "20"), ("Changes", "4.1", "5.0", "5"))
    found = tabled(*rows, headings=("Benefits processing (average days)",))
    assert shown(found, "figure") == "19.8days; 21.2days; 4.1days; 5.0days"
    assert [(name, value) for name, _, value, _, _ in aims(found)] == [
        ("New claims", Decimal(20)),
        ("Changes", Decimal(5)),
    ]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((("Item", "First", "Second"), ("Roads", "4", "5")), "no period anywhere"),
        ((("Item", "May-21", "May-21"), ("Roads", "4", "5")), "two columns say the same"),
        ((("Item", "May-21", "June-21"), ("Roads", "4", "5"), ("Roads", "6", "7")), "two rows say the same"),
        ((("Area", "May-21"), ("North", "4")), "no title says what is counted"),
    ],
)
def test_what_the_labels_do_not_say_is_not_read(rows: Rows, why: str) -> None:
    """Unsure is none."""
    assert short(rows) == [], why


def test_an_actual_beside_earlier_quarters_is_that_of_the_heading() -> None:
    """ "Actual" in a scorecard for one quarter, next to quarters by name."""
    rows = (
        ("Measure", "Good is", "Q4 2020/21", "Actual", "Target", "Comments"),
        ("Bins collected on time", "High", "99.1%", "99.5%", "99%", "A mild winter."),
    )
    found = tabled(*rows, headings=("Quarter 1 2021/22 - Place",))
    assert said(found) == [
        ("Place Bins collected on time", "Hart", "21-01..21-03", "99.1%"),
        ("Place Bins collected on time", "Hart", "21-04..21-06", "99.5%"),
    ]


def test_a_header_in_two_lines_loses_no_column() -> None:
    """ "2020/21 Outturn" over two lines is one column's header, and the months beside it stay."""
    rows = (
        ("Indicator", "2020/21", "Jul-21", "Aug-21", "Target"),
        ("", "Outturn", "", "", "2021/22"),
        ("Rent collected", "99.1%", "97.0%", "98.2%", "99%"),
    )
    assert [value for *_, value in short(rows, "Income")] == ["99.1%", "97.0%", "98.2%"]
