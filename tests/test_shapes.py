"""Tables of figures under periods, built by hand: what is observed, of whom, when; and what is left alone."""

from datetime import date
from decimal import Decimal

import pytest

from indexer.shapes.titles import service_in
from tests.tables import MONTHS, aims, paper, said, shown, table, tabled

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
        (measure, "Overall", "21-07", "60.10%"),
        (measure, "Overall", "21-08", "55.02%"),
        (measure, "Havant", "21-07", "75.15%"),
        (measure, "Havant", "21-08", "45.66%"),
        (measure, "South Oxfordshire & Vale of White Horse", "21-07", "(N/A)"),
    ]


def test_an_observation_says_where_it_stands() -> None:
    """The place is the cell's own: page, printed label, item, table, row, column, box; the quote is its row."""
    seen = paper(CALLS).observations[3]
    assert (seen.place.page, seen.place.label, seen.place.item) == (1, "Page 3", "8")
    assert (seen.place.table, seen.place.row, seen.place.column) == (1, 3, 2)
    assert seen.place.box == (100.0, 60.0, 150.0, 80.0)
    assert seen.quote.endswith("Havant BC | 75.15% | 45.66%")


def test_a_table_without_a_title_is_not_guessed_at() -> None:
    """Without title, lead and heading nobody knows what is measured: no observation, and a note that says so."""
    found = tabled(("", *MONTHS), ("Hart", "1", "2"), ("Mendip", "3", "4"))
    assert said(found) == []
    assert found.notes[0].shape == ""
    assert "no title" in found.notes[0].reason


@pytest.mark.parametrize(
    ("title", "code", "name"),
    [
        ("Table 3: % Complaints answered", "", "% Complaints answered"),
        ("P1 % Incidents", "", "P1 % Incidents"),
        ("P1 - % Incidents", "P1", "% Incidents"),
        ("BAND 3 - % homes", "", "BAND 3 - % homes"),
        ("NI 191 - % waste recycled", "NI191", "% waste recycled"),
        ("% waste recycled (NI 191)", "NI191", "% waste recycled"),
        ("% waste recycled - NI 191", "NI191", "% waste recycled"),
        ("(OM.31) % waste recycled", "OM.31", "% waste recycled"),
        ("% waste recycled (NI- 191)", "NI-191", "% waste recycled"),
    ],
)
def test_a_code_is_told_from_other_numbers(title: str, code: str, name: str) -> None:
    """A code is capitals with a number, before or after the name; a table's number, a band or a priority is none."""
    found = tabled((title, None, None), ("", *MONTHS), ("Hart", "1", "2"), ("Mendip", "3", "4"), wide=((0, 0, 3),))
    assert {(o.measure.code, o.measure.name) for o in found.observations} == {(code, name)}


def test_money_by_department_is_no_figure_of_an_area() -> None:
    """A capital programme's lines are no areas of the council, though they are as unknown, and have a total."""
    found = tabled(
        ("Capital programme £m", None, None),
        ("", "2019/20", "2020/21"),
        ("Housing", "1.2", "2.0"),
        ("Highways", "3.1", "4.0"),
        ("Total", "4.3", "6.0"),
        wide=((0, 0, 3),),
    )
    assert said(found) == []
    assert {r.kind for r in found.records} == {"budget_line"}


def test_areas_of_a_council_are_entities_too() -> None:
    """Names that nobody knows are entities under a title with a code; the council among them is the overall."""
    found = tabled(
        ("LI67: % potholes repaired", None, None),
        ("Area", *MONTHS),
        ("Council", "89", "90"),
        ("Hilltop", "88", "> 95"),
        headings=("Highways",),
        wide=((0, 0, 3),),
    )
    assert said(found) == [
        ("Highways LI67 % potholes repaired", "Overall", "21-07", "89%"),
        ("Highways LI67 % potholes repaired", "Overall", "21-08", "90%"),
        ("Highways LI67 % potholes repaired", "Hilltop", "21-07", "88%"),
        ("Highways LI67 % potholes repaired", "Hilltop", "21-08", "(> 95)"),
    ]


@pytest.mark.parametrize("down", [False, True])
def test_targets_among_areas_are_no_area_s_figures(down: bool) -> None:
    """A row or a column "Target level" says what the figures beside it are held to; "Whole borough" is the overall."""
    rows = (("Area", *MONTHS), ("Hilltop", "88", "91"), ("Whole borough", "89", "90"), ("Target level", "92", "93"))
    turned = tuple(zip(*rows, strict=True)) if down else rows
    found = tabled(("LI67: % potholes repaired", *[None] * (len(turned[0]) - 1)), *turned)
    assert shown(found, "entity period figure") == (
        "Hilltop, 21-07, 88%; Hilltop, 21-08, 91%; Overall, 21-07, 89%; Overall, 21-08, 90%"
    )
    held = [(str(value), start) for _, _, value, start, _ in aims(found)]
    assert held == [("92", date(2021, 7, 1)), ("93", date(2021, 8, 1))]


@pytest.mark.parametrize(
    ("heading", "service"),
    [
        ("CUSTOMER SERVICES KPIs/PIs", "Customer Services"),
        ("Children's Services", "Children's Services"),
        ("Adult Social Care 2021/22", "Adult Social Care"),
        ("Highways: comparison", "Highways"),
        ("Housing Options – summary", "Housing Options"),
        ("Corporate scorecard", ""),
        ("Performance dashboard – Hart District Council", ""),
        ("Quarterly indicators 2021-22", ""),
        ("Key performance indicators", ""),
    ],
)
def test_a_heading_names_a_service_or_a_table(heading: str, service: str) -> None:
    """A heading that is about the table itself gives no service."""
    found = tabled(("PI1 - % Done", None, None), ("", *MONTHS), ("Hart", "1", "2"), ("Mendip", "3", "4"),
                        headings=(heading,), wide=((0, 0, 3),))  # fmt: skip
    assert {o.measure.service for o in found.observations} == {service}


def test_rows_of_results_and_targets() -> None:
    """A row "Target" is no council's figure: it is what the row above is held to, period by period."""
    found = tabled(
        ("KPI 41: % Calls abandoned", None, None),
        ("", *MONTHS),
        ("Result", "6.0%", "7.6%"),
        ("Target", "6.2%", "6.5%"),
        ("Previous year", "5.0%", "5.1%"),
        wide=((0, 0, 3),),
    )
    assert shown(found, "entity period figure") == (
        "Hart, 21-07, 6.0%; Hart, 21-08, 7.6%; Hart, 20-07, 5.0%; Hart, 20-08, 5.1%"
    )
    july, august = (date(2021, 7, 1), date(2021, 7, 31)), (date(2021, 8, 1), date(2021, 8, 31))
    assert aims(found) == [("KPI41", "", Decimal("6.2"), *july), ("KPI41", "", Decimal("6.5"), *august)]


@pytest.mark.parametrize("over", ["periods", "entities"])
def test_two_header_rows_are_read_either_way(over: str) -> None:
    """Periods over entities and entities over periods give the same observations."""
    upper, lower = (("NOVEMBER 2017", "DECEMBER 2017"), ("Brent", "Lewisham"))
    if over == "entities":
        upper, lower = lower, upper
    found = tabled(
        ("", upper[0], None, upper[1], None),
        (None, *lower, *lower),
        ("Incidents closed", "1", "2", "3", "4") if over == "periods" else ("Incidents closed", "1", "3", "2", "4"),
        ("SLA performance", "81.5%", "84%", "82%", "87.8%"),
        wide=((0, 1, 2), (0, 3, 2)),
        tall=((0, 0, 2),),
    )
    assert sorted(said(found)[:4]) == [
        ("Incidents closed", "Brent", "17-11", "1"),
        ("Incidents closed", "Brent", "17-12", "3"),
        ("Incidents closed", "Lewisham", "17-11", "2"),
        ("Incidents closed", "Lewisham", "17-12", "4"),
    ]


def test_a_header_s_corner_says_what_a_table_measures() -> None:
    """The measure in the first cell of the header comes before any heading, and no heading's figure is its own."""
    found = tabled(
        ("K2: Wait for an answer (seconds)", "Jul-21", "Aug-21"),
        ("Result", "98", "106"),
        ("Target", "77", "77"),
        headings=("K1: Calls abandoned",),
    )
    assert {name for name, *_ in said(found)} == {"K2 Wait for an answer (seconds)"}


def test_blank_header_cells_over_a_second_row_belong_to_the_text_before_them() -> None:
    """A period that was drawn over its columns without merging them holds for all of them."""
    found = tabled(
        ("", "Jul-21", "", "Aug-21", ""),
        ("", "Hart", "Havant", "Hart", "Havant"),
        ("Cost of claims", "£1k", "£2k", "£3k", "£4k"),
        ("Gullies cleansed", "1", "2", "3", "4"),
    )
    assert [(who, period, value) for _, who, period, value in said(found)][:4] == [
        ("Hart", "21-07", "1£k"),
        ("Havant", "21-07", "2£k"),
        ("Hart", "21-08", "3£k"),
        ("Havant", "21-08", "4£k"),
    ]


@pytest.mark.parametrize("label", ["Actual", "Target", "Previous year", "Variance"])
def test_a_word_for_what_a_row_holds_is_no_area(label: str) -> None:
    """Under a title with a code any names may be areas, but "Target" is none."""
    found = tabled(("", "Jul-21", "Aug-21"), (label, "1", "2"), ("Elsewhere", "3", "4"), headings=("K1 - % answered",))
    assert label not in {who for _, who, *_ in said(found)}


@pytest.mark.parametrize(
    ("heading", "service"),
    [
        ("Quarter 1 2021/22 - Living Well", "Living Well"),
        ("Table 4: Planning", "Planning"),
        ("Hart District Council", ""),
        ("Police and Crime Panel", ""),
        ("Housing Date: 14 November 2024", "Housing"),
        ("Wenbury Council Date: 14 November 2024", ""),
        ("Service levels and thresholds", ""),
        ("Mar-21 Jun-21", ""),
        ("Harrow Vale District Council Customer services", "Customer Services"),
        ("Harrow Vale District Council Performance report", ""),
        ("Harrow Vale District Council Tax collection", "Harrow Vale District Council Tax Collection"),
    ],
)
def test_a_heading_names_a_service_without_its_date_or_number(heading: str, service: str) -> None:
    """And whose paper it is names none."""
    assert service_in(heading) == service
