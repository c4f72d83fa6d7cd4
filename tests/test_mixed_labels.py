"""Labels that shapes may take for others': years down the side, kinds of what is counted, figures of several units."""

import pytest

from tests.tables import aims, paper, said, shown, table, tabled


def test_years_down_the_side_need_no_units_beside_them() -> None:
    """Each header is a measure; "2019/20" is the label of its row though it has no letters."""
    rows = (("Year", "Recycling rate", "Fly-tips cleared"), ("2019/20", "41.3%", "403"), ("2020/21", "40.2%", "838"))
    assert said(tabled(*rows, headings=["Recycling"])) == [
        ("Recycling Recycling rate", "Hart", "19-04..20-03", "41.3%"),
        ("Recycling Recycling rate", "Hart", "20-04..21-03", "40.2%"),
        ("Recycling Fly-tips cleared", "Hart", "19-04..20-03", "403"),
        ("Recycling Fly-tips cleared", "Hart", "20-04..21-03", "838"),
    ]


@pytest.mark.parametrize("corner", ["Type of absence", "Reason", "Category"])
def test_kinds_of_what_is_counted_are_no_places_beside_their_total(corner: str) -> None:
    """They are parts of what the title measures."""
    rows = ((corner, "Q3 2020/21", "Q4 2020/21"), ("Short-term", "2.41", "2.85"), ("Total", "4.12", "4.40"))
    found = said(tabled(*rows, headings=["Working days lost per FTE"]))
    assert found[0][:2] == ("Working days lost per FTE - Short-term", "Hart")


def test_pounds_among_measures_make_no_budget() -> None:
    """Under a header for measures, and none for money, each row has a unit of its own."""
    rows = (("Measure", "North Pool", "Lake Centre"), ("Visits", "3,417", "5,007"), ("Income", "£58,113", "£20,333"))
    found = said(tabled(*rows, headings=["Leisure", "Centres in August 2021"]))
    assert [seen[1:] for seen in found] == [
        ("North Pool", "21-08", "3417"),
        ("Lake Centre", "21-08", "5007"),
        ("North Pool", "21-08", "58113£"),
        ("Lake Centre", "21-08", "20333£"),
    ]


def test_the_year_to_date_has_its_own_target_beside_a_quarters() -> None:
    """Both stand over results and targets, the labels in the upper row."""
    rows = (
        ("Ref", "Indicator", "Q1 2021/22", None, "Year to date", None),
        (None, None, "Target", "Actual", "Target", "Actual"),
        ("H1", "Repairs on time", "90%", "84%", "92%", "88%"),
        ("H2", "Homes let", "20", "18", "60", "55"),
    )
    merged = table(*rows, wide=[(0, 2, 2), (0, 4, 2)], tall=[(0, 0, 2), (0, 1, 2)])
    quarter = paper(merged)
    assert shown(quarter, "figure") == "84%; 18"
    later = table(*[[text and text.replace("Q1 2021/22", "Q4 2020/21") for text in row] for row in rows],
                  wide=[(0, 2, 2), (0, 4, 2)], tall=[(0, 0, 2), (0, 1, 2)])  # fmt: skip
    found = paper(later)
    assert [(period, value) for _, _, period, value in said(found)][:2] == [
        ("21-01..21-03", "84%"),
        ("20-04..21-03", "88%"),
    ]
    assert {(code, str(value)) for code, _, value, _, _ in aims(found) if code == "H1"} == {("H1", "90"), ("H1", "92")}


def test_a_quarter_may_be_a_part_of_a_town() -> None:
    """Under each month the same names stand."""
    rows = (("", "Jul-21", None, "Aug-21", None), ("", *("North Quarter", "The Mount") * 2), ("Homes let", *"1234"))
    found = said(tabled(*rows, wide=[(0, 1, 2), (0, 3, 2)]))
    assert [(who, value) for _, who, _, value in found][:2] == [("North Quarter", "1"), ("The Mount", "2")]


@pytest.mark.parametrize(
    ("corner", "name"), [("Calls that nobody took", "Calls that nobody took"), ("Reporting period", "Gritting runs")]
)
def test_the_corner_over_results_and_targets_names_the_measure(corner: str, name: str) -> None:
    """A heading over the table may be of the one before."""
    rows = ((corner, "Jul-21", "Aug-21"), ("Actual", "7", "8"), ("Target", "9", "9"))
    found = said(tabled(*rows, headings=["Gritting runs"]))
    assert len(found) == 2 and all(seen[0].endswith(name) for seen in found)
