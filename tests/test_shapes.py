"""Tables of figures under periods, built by hand: what is observed, of whom, when; and what is left alone."""

from datetime import date
from decimal import Decimal

import pytest

from indexer.shapes.titles import service_in
from tests.tables import MONTHS, aims, paper, said, table

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


@pytest.mark.parametrize(
    ("heads", "day", "spans"),
    [
        (("Sept", "Dec", "Mar"), date(2017, 11, 1), ["16-09..16-09", "16-12..16-12", "17-03..17-03"]),
        (("Q1", "Q2", "Q3", "Q4"), date(2021, 9, 6), ["20-04..20-06", "20-07..20-09", "20-10..20-12", "21-01..21-03"]),
        (("June", "March"), date(2021, 10, 6), []),
        (("Sep", "Feb"), date(2017, 11, 1), []),
    ],
)
def test_periods_without_a_year_go_forward_or_are_not_told(heads: tuple[str, ...], day: date, spans: list[str]) -> None:
    """A row of months is in order: read one by one, "Sept" would fall after the "Mar" that follows it."""
    title = ("% Done", *[None] * len(heads))
    rows = [(name, *("1" for _ in heads)) for name in ("Hart", "Mendip")]
    found = paper(table(title, ("", *heads), *rows, wide=((0, 0, len(heads) + 1),)), day=day)
    assert [period for _, entity, period, _ in said(found) if entity == "Hart"] == spans


def test_what_stands_under_a_period_to_come_is_no_figure() -> None:
    """A paper of October cannot report November: what it prints there is planned, and left out."""
    found = paper(
        table(
            ("PI1 - % Done", None, None),
            ("", "Sep-21", "Nov-21"),
            ("Hart", "1", "2"),
            ("Mendip", "3", "4"),
            wide=((0, 0, 3),),
        )
    )
    assert {period for _, _, period, _ in said(found)} == {"21-09..21-09"}


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
    found = paper(
        table((title, None, None), ("", *MONTHS), ("Hart", "1", "2"), ("Mendip", "3", "4"), wide=((0, 0, 3),))
    )
    assert {(o.measure.code, o.measure.name) for o in found.observations} == {(code, name)}


def test_money_by_department_is_no_figure_of_an_area() -> None:
    """A capital programme's lines are no areas of the council, though they are as unknown, and have a total."""
    found = paper(
        table(
            ("Capital programme £m", None, None),
            ("", "2019/20", "2020/21"),
            ("Housing", "1.2", "2.0"),
            ("Highways", "3.1", "4.0"),
            ("Total", "4.3", "6.0"),
            wide=((0, 0, 3),),
        )
    )
    assert said(found) == []
    assert {r.kind for r in found.records} == {"budget_line"}


def test_a_quarter_that_has_only_begun_is_last_years() -> None:
    """In April "June" is not the quarter that began a few days ago; an empty column may be of the one to come."""
    heads = ("June", "September", "December", "March")
    rows = [(name, "1", "2", "3", "") for name in ("Hart", "Mendip")]
    found = paper(
        table(("Quarterly - % Done", *[None] * 4), ("", *heads), *rows, wide=((0, 0, 5),)), day=date(2022, 4, 6)
    )
    assert [p for _, entity, p, _ in said(found) if entity == "Hart"] == [
        "21-04..21-06",
        "21-07..21-09",
        "21-10..21-12",
    ]


def test_areas_of_a_council_are_entities_too() -> None:
    """Names that nobody knows are entities under a title with a code; the council among them is the overall."""
    found = paper(
        table(
            ("LI67: % potholes repaired", None, None),
            ("Area", *MONTHS),
            ("Council", "89", "90"),
            ("Hilltop", "88", "> 95"),
            headings=("Highways",),
            wide=((0, 0, 3),),
        )
    )
    assert said(found) == [
        ("Highways LI67 % potholes repaired", "Overall", "21-07..21-07", "89%"),
        ("Highways LI67 % potholes repaired", "Overall", "21-08..21-08", "90%"),
        ("Highways LI67 % potholes repaired", "Hilltop", "21-07..21-07", "88%"),
        ("Highways LI67 % potholes repaired", "Hilltop", "21-08..21-08", "(> 95)"),
    ]


@pytest.mark.parametrize("down", [False, True])
def test_targets_among_areas_are_no_area_s_figures(down: bool) -> None:
    """A row or a column "Target level" says what the figures beside it are held to; "Whole borough" is the overall."""
    rows = (
        ("Area", *MONTHS),
        ("Hilltop", "88", "91"),
        ("Whole borough", "89", "90"),
        ("Target level", "92", "93"),
    )
    turned = tuple(zip(*rows, strict=True)) if down else rows
    found = paper(table(("LI67: % potholes repaired", *[None] * (len(turned[0]) - 1)), *turned))
    assert [(who, period, value) for _, who, period, value in said(found)] == [
        ("Hilltop", "21-07..21-07", "88%"),
        ("Hilltop", "21-08..21-08", "91%"),
        ("Overall", "21-07..21-07", "89%"),
        ("Overall", "21-08..21-08", "90%"),
    ]
    held = [(str(value), start) for _, _, value, start, _ in aims(found)]
    assert held == [("92", date(2021, 7, 1)), ("93", date(2021, 8, 1))]


def test_columns_of_one_period_are_not_mixed_up() -> None:
    """Two columns of July could be target and result, or plan and forecast: neither is read, and the note says so."""
    found = paper(
        table(("PI1 - % Done", None, None), ("", "Jul-21", "Jul-21"), ("Hart", "1", "2"), ("Mendip", "3", "4"))
    )
    assert said(found) == []
    assert found.notes[0].reason


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
    found = paper(table(("PI1 - % Done", None, None), ("", *MONTHS), ("Hart", "1", "2"), ("Mendip", "3", "4"),
                        headings=(heading,), wide=((0, 0, 3),)))  # fmt: skip
    assert {o.measure.service for o in found.observations} == {service}


def test_periods_may_stand_down_the_side() -> None:
    """Entities across under a title with a code, or measures across for the one council."""
    entities = table(
        ("LI39: % assessments in time", None, None), ("Month", "Hilltop", "Council"),
        ("Jul 2021", "72.1%", "70.9%"), ("Aug 2021", "73.1%", "71.9%"), wide=((0, 0, 3),),
    )  # fmt: skip
    measures = table(
        ("Month", "KPI1 - % calls answered", "KPI2 - Complaints"),
        ("Jul 2021", "80", "3"),
        ("Aug 2021", "81", "4"),
        number=2,
    )
    assert said(paper(entities)) == [
        ("LI39 % assessments in time", "Hilltop", "21-07..21-07", "72.1%"),
        ("LI39 % assessments in time", "Hilltop", "21-08..21-08", "73.1%"),
        ("LI39 % assessments in time", "Overall", "21-07..21-07", "70.9%"),
        ("LI39 % assessments in time", "Overall", "21-08..21-08", "71.9%"),
    ]
    assert said(paper(measures))[2:] == [
        ("KPI2 Complaints", "Hart", "21-07..21-07", "3"),
        ("KPI2 Complaints", "Hart", "21-08..21-08", "4"),
    ]


def test_rows_of_results_and_targets() -> None:
    """A row "Target" is no council's figure: it is what the row above is held to, period by period."""
    found = paper(
        table(
            ("KPI 41: % Calls abandoned", None, None),
            ("", *MONTHS),
            ("Result", "6.0%", "7.6%"),
            ("Target", "6.2%", "6.5%"),
            ("Previous year", "5.0%", "5.1%"),
            wide=((0, 0, 3),),
        )
    )
    assert [(entity, period, value) for _, entity, period, value in said(found)] == [
        ("Hart", "21-07..21-07", "6.0%"),
        ("Hart", "21-08..21-08", "7.6%"),
        ("Hart", "20-07..20-07", "5.0%"),
        ("Hart", "20-08..20-08", "5.1%"),
    ]
    july, august = (date(2021, 7, 1), date(2021, 7, 31)), (date(2021, 8, 1), date(2021, 8, 31))
    assert aims(found) == [("KPI41", "", Decimal("6.2"), *july), ("KPI41", "", Decimal("6.5"), *august)]


@pytest.mark.parametrize("label", ["Target", "Annual target", "Target level"])
def test_years_may_stand_down_and_months_across(label: str) -> None:
    """A month takes its year from its row; a month that is yet to come has no figure and no target."""
    found = paper(
        table(
            ("", "Apr", "May", "Mar"), ("2020/21", "1%", "2%", "3%"), ("2021/22", "4%", "5%", ""),
            (label, "9%", "9%", "9%"),
            headings=("Monthly profile", "LI31 - % complaints answered"),
        )
    )  # fmt: skip
    assert said(found) == [
        ("LI31 % complaints answered", "Hart", "20-04..20-04", "1%"),
        ("LI31 % complaints answered", "Hart", "20-05..20-05", "2%"),
        ("LI31 % complaints answered", "Hart", "21-03..21-03", "3%"),
        ("LI31 % complaints answered", "Hart", "21-04..21-04", "4%"),
        ("LI31 % complaints answered", "Hart", "21-05..21-05", "5%"),
    ]
    assert [start for *_, start, _ in aims(found)] == [
        date(2020, 4, 1),
        date(2020, 5, 1),
        date(2021, 3, 1),
        date(2021, 4, 1),
        date(2021, 5, 1),
    ]


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Performance by area: Quarter 1 2021/22", "21-04..21-06"),
        ("Performance by area", ""),
        ("Performance by area to June 2021", ""),
        ("Performance by area: Quarter 4 2021/22", ""),
    ],
)
def test_measures_across_are_of_the_period_above(heading: str, found: str) -> None:
    """One whole period in the heading dates the table; none, one without a beginning, or one to come does not."""
    seen = said(
        paper(
            table(("Area", "KPI47 Visitors seen", "KPI48: Score"), ("Hilltop", "87", "38"), ("All areas", "89", "24"),
                  headings=(heading,))
        )
    )  # fmt: skip
    assert {period for _, _, period, _ in seen} == ({found} if found else set())
    if found:
        assert seen[0] == ("KPI47 Visitors seen", "Hilltop", found, "87")


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


def test_a_header_s_corner_says_what_a_table_measures() -> None:
    """The measure in the first cell of the header comes before any heading, and no heading's figure is its own."""
    found = paper(
        table(
            ("K2: Wait for an answer (seconds)", "Jul-21", "Aug-21"),
            ("Result", "98", "106"),
            ("Target", "77", "77"),
            headings=("K1: Calls abandoned",),
        )
    )
    assert {name for name, *_ in said(found)} == {"K2 Wait for an answer (seconds)"}


def test_blank_header_cells_over_a_second_row_belong_to_the_text_before_them() -> None:
    """A period that was drawn over its columns without merging them holds for all of them."""
    found = paper(
        table(
            ("", "Jul-21", "", "Aug-21", ""),
            ("", "Hart", "Havant", "Hart", "Havant"),
            ("Cost of claims", "£1k", "£2k", "£3k", "£4k"),
            ("Gullies cleansed", "1", "2", "3", "4"),
        )
    )
    assert [(who, period, value) for _, who, period, value in said(found)][:4] == [
        ("Hart", "21-07..21-07", "1£k"),
        ("Havant", "21-07..21-07", "2£k"),
        ("Hart", "21-08..21-08", "3£k"),
        ("Havant", "21-08..21-08", "4£k"),
    ]


def test_a_year_to_date_ends_with_the_last_period_beside_it() -> None:
    """ "YTD" runs from April to the end of the last month or quarter of the same table."""
    found = paper(
        table(("Ref", "Indicator", "Q1 2021/22", "Q2 2021/22", "YTD"), ("K1", "% done", "83", "88", "85")),
        day=date(2021, 11, 8),
    )
    assert [(period, value) for *_, period, value in said(found)] == [
        ("21-04..21-06", "83%"),
        ("21-07..21-09", "88%"),
        ("21-04..21-09", "85%"),
    ]


@pytest.mark.parametrize(
    ("header", "begins"),
    [
        (("Mar-21", "Apr-21", "May-21", "YTD"), ["21-04"]),
        (("Jan-21", "Mar-21", "May-21", "YTD"), []),
        (("YTD", "Feb-21", "Mar-21", "Apr-21"), []),
    ],
)
def test_a_year_to_date_behind_the_months_of_two_years(header: tuple[str, ...], begins: list[str]) -> None:
    """It is of the later one, unless the months begin in January, or it stands before them."""
    found = paper(table(("Ref", "Indicator", *header), ("K1", "% done", *("83" for _ in header))), day=date(2021, 6, 8))
    assert [period[:5] for *_, period, _ in said(found)][3:] == begins


@pytest.mark.parametrize(
    ("header", "periods"),
    [
        (("Dec-20", "Mar-21", "Jun-21"), ["20-10..20-12", "21-01..21-03", "21-04..21-06"]),
        (("Mar-21", "Jun-21"), ["21-03..21-03", "21-06..21-06"]),
        (("Apr-21", "May-21", "Jun-21"), ["21-04..21-04", "21-05..21-05", "21-06..21-06"]),
    ],
)
def test_three_ends_of_quarters_in_even_steps_are_quarters(header: tuple[str, ...], periods: list[str]) -> None:
    """Two alone may be months that were picked, and months in a row are months."""
    found = paper(table(("K1: % done", *header), ("Actual", *("7" for _ in header))))
    assert [period for _, _, period, _ in said(found)] == periods


@pytest.mark.parametrize("label", ["Actual", "Target", "Previous year", "Variance"])
def test_a_word_for_what_a_row_holds_is_no_area(label: str) -> None:
    """Under a title with a code any names may be areas, but "Target" is none."""
    found = paper(
        table(("", "Jul-21", "Aug-21"), (label, "1", "2"), ("Elsewhere", "3", "4"), headings=("K1 - % answered",))
    )
    assert label not in {who for _, who, *_ in said(found)}


@pytest.mark.parametrize(
    ("heading", "service"),
    [
        ("Quarter 1 2021/22 - Living Well", "Living Well"),
        ("Table 4: Planning", "Planning"),
        ("Hart District Council", ""),
        ("Police and Crime Panel", ""),
        ("Service levels and thresholds", ""),
        ("Mar-21 Jun-21", ""),
    ],
)
def test_a_heading_names_a_service_without_its_date_or_number(heading: str, service: str) -> None:
    """And whose paper it is names none."""
    assert service_in(heading) == service
