"""The periods of tables' columns and rows: which they are, how long, of which year, and which are none."""

from datetime import date

import pytest

from tests.tables import aims, paper, said, shown, table, tabled


@pytest.mark.parametrize(
    ("title", "heads", "spans"),
    [
        ("Quarterly - KPI4 - % Satisfied", ("Mar-21", "Jun-21"), ["21-01..21-03", "21-04..21-06"]),
        ("Quarterly - KPI4 - % Satisfied", ("March", "June"), ["21-01..21-03", "21-04..21-06"]),
        ("KPI4 - % Satisfied", ("March", "June"), ["21-03", "21-06"]),
        ("Annual - KPI4 - % Satisfied", ("2019/20", "2020/21"), ["19-04..20-03", "20-04..21-03"]),
        ("KPI4 - % Satisfied", ("Q4 2020/21", "Q1 2021/22"), ["21-01..21-03", "21-04..21-06"]),
    ],
)
def test_the_title_says_how_long_a_period_is(title: str, heads: tuple[str, str], spans: list[str]) -> None:
    """A quarterly table's month is the quarter that ends with it; a month without a year is dated by the paper."""
    found = tabled((title, None, None), ("", *heads), ("Hart", "1", "2"), ("Mendip", "3", "4"), wide=((0, 0, 3),))
    assert [period for _, entity, period, _ in said(found) if entity == "Hart"] == spans


@pytest.mark.parametrize(
    ("heads", "day", "spans"),
    [
        (("Sept", "Dec", "Mar"), date(2017, 11, 1), ["16-09", "16-12", "17-03"]),
        (("Q1", "Q2", "Q3", "Q4"), date(2021, 9, 6), ["20-04..20-06", "20-07..20-09", "20-10..20-12", "21-01..21-03"]),
        (("June", "March"), date(2021, 10, 6), []),
        (("Sep", "Feb"), date(2017, 11, 1), []),
        (("Aug", "Jul"), date(2021, 10, 6), ["21-08", "21-07"]),
        (("Q1", "Q4", "Q3"), date(2021, 9, 6), ["21-04..21-06", "21-01..21-03", "20-10..20-12"]),
        (("Apr", "May", "Jun", "YTD"), date(2021, 9, 6), ["21-04", "21-05", "21-06", "21-04..21-06"]),
        (("Apr", "May", "Jun", "Q1"), date(2021, 9, 6), ["21-04", "21-05", "21-06", "21-04..21-06"]),
        (("Apr", "May", "Jun", "Q2"), date(2021, 9, 6), ["21-04", "21-05", "21-06"]),
    ],
)
def test_periods_without_a_year_go_evenly_or_are_not_told(heads: tuple[str, ...], day: date, spans: list[str]) -> None:
    """A row of months is in order: read one by one, "Sept" would fall after the "Mar" that follows it."""
    title = ("% Done", *[None] * len(heads))
    rows = [(name, *("1" for _ in heads)) for name in ("Hart", "Mendip")]
    found = tabled(title, ("", *heads), *rows, wide=((0, 0, len(heads) + 1),), day=day)
    assert [period for _, entity, period, _ in said(found) if entity == "Hart"] == spans


@pytest.mark.parametrize(
    ("heading", "day", "spans"),
    [
        ("Results 2019/20", date(2021, 10, 6), "19-04..19-06, 1%; 19-07..19-09, 2%"),
        ("Results 2020/21", None, "20-04..20-06, 1%; 20-07..20-09, 2%"),
        ("Quarter 2 2020/21", None, "20-04..20-06, 1%; 20-07..20-09, 2%"),
        ("Results", date(2021, 10, 6), "21-04..21-06, 1%; 21-07..21-09, 2%"),
        ("Results", None, ""),
    ],
)
def test_a_year_in_the_heading_dates_periods_without_one(heading: str, day: date | None, spans: str) -> None:
    """Before the paper's day, which may be a later year's; without either none is told."""
    found = tabled(("Indicator", "Q1", "Q2"), ("% of calls answered", "1", "2"), headings=(heading,), day=day)
    assert shown(found, "period figure") == spans


@pytest.mark.parametrize(
    ("years", "shown_as"),
    [
        (("", "2019", "", "2020"), "19-11, 1%; 19-12, 2%; 20-01, 3%"),
        (("", "2019/20", "", ""), "19-11, 1%; 19-12, 2%; 20-01, 3%"),
        (("", "", "2019", "2020"), ""),
    ],
)
def test_months_are_of_the_years_over_them(years: tuple[str, ...], shown_as: str) -> None:
    """Where the row above holds years alone, and they are so that the months go on evenly; else none is told."""
    months = ("Indicator", "Nov", "Dec", "Jan")
    found = tabled(years, months, ("% of calls answered", "1", "2", "3"), ("% of letters answered", "", "", ""))
    assert shown(found, "period figure") == shown_as


def test_a_period_last_year_is_that_of_another_column_a_year_before() -> None:
    """Beside the column of its own year."""
    found = tabled(("Indicator", "Performance Q1", "Performance Q1 last year"), ("% of calls answered", "1", "2"))
    assert shown(found, "period figure") == "21-04..21-06, 1%; 20-04..20-06, 2%"


@pytest.mark.parametrize(
    ("lead", "periods"),
    [
        (
            "The table sets out performance for Quarter 1 of 2021/22 against the targets that were agreed.",
            "21-04..21-06",
        ),
        ("The targets that were agreed for Quarter 1 of 2021/22 are below.", ""),
        ("Target performance for Quarter 1 of 2021/22 was agreed.", ""),
    ],
)
def test_a_sentence_that_leads_to_a_table_says_of_when_its_results_are(lead: str, periods: str) -> None:
    """Not one that tells of when its targets are, or were agreed."""
    found = tabled(("Indicator", "Target", "Actual"), ("% of calls answered", "90%", "91%"), lead=lead)
    assert shown(found, "period") == periods


def test_what_stands_under_a_period_to_come_is_no_figure() -> None:
    """A paper of October cannot report November: what it prints there is planned, and left out."""
    found = tabled(
        ("PI1 - % Done", None, None),
        ("", "Sep-21", "Nov-21"),
        ("Hart", "1", "2"),
        ("Mendip", "3", "4"),
        wide=((0, 0, 3),),
    )
    assert {period for _, _, period, _ in said(found)} == {"21-09"}


def test_a_quarter_that_has_only_begun_is_last_years() -> None:
    """In April "June" is not the quarter that began a few days ago; an empty column may be of the one to come."""
    heads = ("June", "September", "December", "March")
    rows = [(name, "1", "2", "3", "") for name in ("Hart", "Mendip")]
    found = tabled(("Quarterly - % Done", *[None] * 4), ("", *heads), *rows, wide=((0, 0, 5),), day=date(2022, 4, 6))
    assert [p for _, entity, p, _ in said(found) if entity == "Hart"] == [
        "21-04..21-06",
        "21-07..21-09",
        "21-10..21-12",
    ]


def test_columns_of_one_period_are_not_mixed_up() -> None:
    """Two columns of July could be target and result, or plan and forecast: neither is read, and the note says so."""
    found = tabled(("PI1 - % Done", None, None), ("", "Jul-21", "Jul-21"), ("Hart", "1", "2"), ("Mendip", "3", "4"))
    assert said(found) == []
    assert found.notes[0].reason


def test_columns_in_several_units_beside_periods_are_measures() -> None:
    """With their targets below."""
    months = (("Month", "Visits", "Served in time"), ("Jul-21", "940", "91%"), ("Aug-21", "910", "93%"))
    found = tabled(*months, ("Target", "900", "90%"))
    assert shown(found, "measure figure") == "Visits, 940; Visits, 910; Served in time, 91%; Served in time, 93%"
    assert [(name, float(value or 0)) for name, _, value, _, _ in aims(found)] == [
        ("Visits", 900),
        ("Served in time", 90),
    ]


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
        ("LI39 % assessments in time", "Hilltop", "21-07", "72.1%"),
        ("LI39 % assessments in time", "Hilltop", "21-08", "73.1%"),
        ("LI39 % assessments in time", "Overall", "21-07", "70.9%"),
        ("LI39 % assessments in time", "Overall", "21-08", "71.9%"),
    ]
    assert said(paper(measures))[2:] == [
        ("KPI2 Complaints", "Hart", "21-07", "3"),
        ("KPI2 Complaints", "Hart", "21-08", "4"),
    ]


@pytest.mark.parametrize("label", ["Target", "Annual target", "Target level"])
def test_years_may_stand_down_and_months_across(label: str) -> None:
    """A month takes its year from its row; a month that is yet to come has no figure and no target."""
    found = tabled(
        ("", "Apr", "May", "Mar"), ("2020/21", "1%", "2%", "3%"), ("2021/22", "4%", "5%", ""),
        (label, "9%", "9%", "9%"),
        headings=("Monthly profile", "LI31 - % complaints answered")
    )  # fmt: skip
    assert said(found) == [
        ("LI31 % complaints answered", "Hart", "20-04", "1%"),
        ("LI31 % complaints answered", "Hart", "20-05", "2%"),
        ("LI31 % complaints answered", "Hart", "21-03", "3%"),
        ("LI31 % complaints answered", "Hart", "21-04", "4%"),
        ("LI31 % complaints answered", "Hart", "21-05", "5%"),
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
        tabled(
            ("Area", "KPI47 Visitors seen", "KPI48: Score"), ("Hilltop", "87", "38"), ("All areas", "89", "24"),
                  headings=(heading,)
        )
    )  # fmt: skip
    assert {period for _, _, period, _ in seen} == ({found} if found else set())
    if found:
        assert seen[0] == ("KPI47 Visitors seen", "Hilltop", found, "87")


def test_a_year_to_date_ends_with_the_last_period_beside_it() -> None:
    """ "YTD" runs from April to the end of the last month or quarter of the same table."""
    found = tabled(
        ("Ref", "Indicator", "Q1 2021/22", "Q2 2021/22", "YTD"),
        ("K1", "% done", "83", "88", "85"),
        day=date(2021, 11, 8),
    )
    assert shown(found, "period figure") == "21-04..21-06, 83%; 21-07..21-09, 88%; 21-04..21-09, 85%"


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
    found = tabled(("Ref", "Indicator", *header), ("K1", "% done", *("83" for _ in header)), day=date(2021, 6, 8))
    assert [period[:5] for *_, period, _ in said(found)][3:] == begins


@pytest.mark.parametrize(
    ("header", "periods"),
    [
        (("Dec-20", "Mar-21", "Jun-21"), ["20-10..20-12", "21-01..21-03", "21-04..21-06"]),
        (("Mar-21", "Jun-21"), ["21-03", "21-06"]),
        (("Apr-21", "May-21", "Jun-21"), ["21-04", "21-05", "21-06"]),
    ],
)
def test_three_ends_of_quarters_in_even_steps_are_quarters(header: tuple[str, ...], periods: list[str]) -> None:
    """Two alone may be months that were picked, and months in a row are months."""
    found = tabled(("K1: % done", *header), ("Actual", *("7" for _ in header)))
    assert [period for _, _, period, _ in said(found)] == periods


@pytest.mark.parametrize(
    ("head", "marks", "expected"),
    [
        ("2019/20 Direction of travel", ("80% →", "25% ↓"), ["77%", "80%"]),
        ("2019/20\nRAG", ("80% Amber", "25% Red"), ["77%", "80%"]),
        ("2019/20 Direction of travel", ("80%", "25%"), ["77%"]),
        ("2019/20 Direction of travel", ("→", "↓"), ["77%"]),
    ],
)
def test_a_mark_may_stand_behind_each_figure(head: str, marks: tuple[str, str], expected: list[str]) -> None:
    """A column headed as one of marks is of its period where each figure has one; figures alone may be changes."""
    rows = [("K1", "% closed", "77%", marks[0]), ("K2", "% kept", "21%", marks[1])]
    found = tabled(("Ref", "Indicator", "2018/19", head), *rows)
    assert [figure for measure, _, _, figure in said(found) if "closed" in measure] == expected


def test_a_place_s_own_column_is_none_of_places() -> None:
    """“Town” heads the town's figures, not the names of towns."""
    rows = (("Learners [KP71]", None, None, None), ("Month", "Town", "Rural", "Overall"),
            ("May 2021", "83", "86", "81"), ("June 2021", "79", "78", "80"))  # fmt: skip
    found = tabled(*rows, wide=((0, 0, 4),))
    assert shown(found, "measure entity figure").startswith("KP71 Learners, Town, 83; ")


def test_columns_beside_their_whole_are_its_parts() -> None:
    """What the title measures is said of each; “Total” alone measures nothing, nor does the row of the whole."""
    rows = (("Month", "Post", "Calls", "Total"), ("May 2021", "3", "6", "9"), ("June 2021", "4", "8", "12"))
    found = tabled(*rows, headings=("Contacts made",))
    assert {o.measure.name for o in found.observations} == {
        "Contacts made - Post", "Contacts made - Calls", "Contacts made"
    }  # fmt: skip
    whole = (("", "May 2021", "June 2021"), ("Council", "52", "51"))
    assert not any(name == "Council" for name, *_ in said(tabled(*whole, headings=("KP94 - Plans made",))))
