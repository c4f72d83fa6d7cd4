"""Periods in headers and in questions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tools.periods import (
    before,
    calendar_year,
    financial_year,
    find_periods,
    month,
    quarter,
    read_period,
    this_year,
    year_before,
)

TODAY = date(2021, 10, 6)
DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))
HEADERS = [
    ("2024/25", "2024-04-01", "2025-03-31"),
    ("2024-25", "2024-04-01", "2025-03-31"),
    ("2017/2018", "2017-04-01", "2018-03-31"),
    ("16-17", "2016-04-01", "2017-03-31"),
    ("YE Mar 21", "2020-04-01", "2021-03-31"),
    ("6 months to Sept 2020", "2020-04-01", "2020-09-30"),
    ("YTD Sept 2020", "2020-04-01", "2020-09-30"),
    ("Dec-20 YTD", "2020-04-01", "2020-12-31"),
    ("Q2 YTD 2020/21", "2020-04-01", "2020-09-30"),
    ("2020 Q1", "2020-04-01", "2020-06-30"),
    ("Quarter 4 (Jan to Mar 2020)", "2020-01-01", "2020-03-31"),
    ("Q1 - Apr to Jun 20", "2020-04-01", "2020-06-30"),
    ("Q2 (Jul/Sep) 2020/21", "2020-07-01", "2020-09-30"),
    ("04/2021", "2021-04-01", "2021-04-30"),
    ("Q1 '20/21", "2020-04-01", "2020-06-30"),
    ("Month 6 2020/21", "2020-09-01", "2020-09-30"),
    ("Period 12 2020/21", "2021-03-01", "2021-03-31"),
    ("Position at end June 2020", "2020-06-01", "2020-06-30"),
    ("Dec-20*", "2020-12-01", "2020-12-31"),
    ("Q1 2020/21 (provisional)", "2020-04-01", "2020-06-30"),
    ("FY 21/22", "2021-04-01", "2022-03-31"),
    ("FY21/22 Q3", "2021-10-01", "2021-12-31"),
    ("Dec-24", "2024-12-01", "2024-12-31"),
    ("Dec 2024", "2024-12-01", "2024-12-31"),
    ("Sep '21", "2021-09-01", "2021-09-30"),
    ("Sept 2021", "2021-09-01", "2021-09-30"),
    ("NOVEMBER 2017", "2017-11-01", "2017-11-30"),
    ("Apr 2017/2018", "2017-04-01", "2017-04-30"),
    ("Jan 22/23", "2023-01-01", "2023-01-31"),
    ("As at May", "2021-05-01", "2021-05-31"),
    ("June", "2021-06-01", "2021-06-30"),
    ("December", "2020-12-01", "2020-12-31"),
    ("to February 2022", "2021-04-01", "2022-02-28"),
    ("rolling 12 months to February 2022", "2021-03-01", "2022-02-28"),
    ("Year to 31 March 2021", "2020-04-01", "2021-03-31"),
    ("Q1 2023/24", "2023-04-01", "2023-06-30"),
    ("Quarter 1 2023-24", "2023-04-01", "2023-06-30"),
    ("Qtr 3 22/23", "2022-10-01", "2022-12-31"),
    ("Q4 2013/14", "2014-01-01", "2014-03-31"),
    ("2023/24 Q1", "2023-04-01", "2023-06-30"),
    ("Q2 (Jul-Sep)", "2021-07-01", "2021-09-30"),
    ("first quarter of 2023/24", "2023-04-01", "2023-06-30"),
    ("first half of 2023", "2023-01-01", "2023-06-30"),  # of a calendar year
    ("the final half of 2023", "2023-07-01", "2023-12-31"),
    ("second half of 2023/24", "2023-10-01", "2024-03-31"),
    ("Half 1 2023/24", "2023-04-01", "2023-09-30"),
    ("Half year 2 2023/24", "2023-10-01", "2024-03-31"),
    ("quarter ending 30 June 2021", "2021-04-01", "2021-06-30"),
    ("Apr-Jun 2021", "2021-04-01", "2021-06-30"),
    ("Nov 2020 to May 2021", "2020-11-01", "2021-05-31"),
    ("31 March 2021", "2021-03-31", "2021-03-31"),
    ("31/03/2021", "2021-03-31", "2021-03-31"),
    ("2021-08-31", "2021-08-31", "2021-08-31"),
]
NO_PERIODS = [
    "2020 Q4",
    "Period 13 2020/21",
    "rolling 12 months",
    "", "Overall", "45.66%", "12", "18-25", "2021/23", "Q4 2013", "Q1 (Jan-Mar)", "Current quarter", "previous quarter",
    "YTD", "Total 2021", "31/02/2021", "1.30", "this year", "Mayor",
]  # fmt: skip


@pytest.mark.parametrize(("text", "start", "end"), HEADERS)
def test_header(text: str, start: str, end: str) -> None:
    """A header is read as its span, and keeps its words as the label."""
    period = read_period(text, near=TODAY)
    assert period is not None
    assert (str(period.start), str(period.end), period.label) == (start, end, text)


@pytest.mark.parametrize("text", NO_PERIODS)
def test_no_period(text: str) -> None:
    """What names no period, or could be one of two, is none: the last quarter of "2013" may be of either year."""
    assert read_period(text, near=TODAY) is None


def test_month_of_a_quarterly_table() -> None:
    """In a quarterly table a month is the quarter that ends with it."""
    period = read_period("Mar-21", grain="quarter")
    assert period
    assert (period.start, period.end, period.grain) == (date(2021, 1, 1), date(2021, 3, 31), "quarter")


def test_year_to_date_needs_the_end_of_a_month() -> None:
    """A year to date runs up to the end of a month that the caller knows, never up to a meeting's day."""
    period = read_period("YTD", near=date(2021, 6, 30))
    assert period
    assert (period.start, period.end) == (date(2021, 4, 1), date(2021, 6, 30))
    assert read_period("YTD", near=date(2021, 7, 7)) is None


@given(DAYS)
def test_printed_month_reads_back(day: date) -> None:
    """A month is the same span in whatever form it is printed."""
    span = month(day)
    forms = (
        span.label,
        f"{day:%B %Y}",
        f"{day:%b %y}",
        f"{day:%B %Y}".upper(),
        f"{day:%B} {financial_year(day).label}",
    )
    for form in forms:
        period = read_period(form)
        assert period, form
        assert (period.start, period.end, period.grain) == (span.start, span.end, "month"), form


@given(DAYS)
def test_printed_quarter_and_year_read_back(day: date) -> None:
    """A quarter and a financial year are the same span in whatever form they are printed."""
    year, span = financial_year(day), quarter(day)
    number = span.label[1]
    short = f"{year.start:%y}-{year.end:%y}"
    quarters = (span.label, f"Quarter {number} {short}", f"Qtr {number} {short}", f"quarter to {span.end:%B %Y}")
    years = (year.label, short, f"{year.start.year}-{year.end.year}", f"year ended {year.end:%d %B %Y}")
    for form, wanted in [(form, span) for form in quarters] + [(form, year) for form in years]:
        period = read_period(form)
        assert period, form
        assert (period.start, period.end, period.grain) == (wanted.start, wanted.end, wanted.grain), form


@given(DAYS)
def test_quarters_tile_the_year(day: date) -> None:
    """The four quarters of a financial year follow each other without gap or overlap, and months tile quarters."""
    year = financial_year(day)
    at, quarters = year.start, 0
    while at <= year.end:
        assert quarter(at).start == at
        assert month(quarter(at).end).end == quarter(at).end
        at, quarters = quarter(at).end + timedelta(days=1), quarters + 1
    assert (at, quarters) == (year.end + timedelta(days=1), 4)


@given(DAYS)
def test_before_and_a_year_before(day: date) -> None:
    """The period before ends the day before; a year before has the same grain and ends in the same month."""
    for span in (month(day), quarter(day), financial_year(day)):
        assert before(span).end == span.start - timedelta(days=1)
        assert before(span).grain == year_before(span).grain == span.grain
        assert year_before(span).start == span.start.replace(year=span.start.year - 1)
        assert year_before(span).end.month == span.end.month


@given(DAYS, st.integers(1, 12))
def test_missing_year_is_the_latest(near: date, number: int) -> None:
    """A month without a year is the latest that has begun."""
    period = read_period(f"{date(2000, number, 1):%B}", near=near)
    assert period
    assert period.start <= near < period.start + timedelta(days=366)


QUESTIONS = [
    ("how did we do in June?", [("2021-06-01", "2021-06-30")]),
    ("in June 2020", [("2020-06-01", "2020-06-30")]),
    ("the June quarter", [("2021-04-01", "2021-06-30")]),
    ("in the quarter to December 2018", [("2018-10-01", "2018-12-31")]),
    ("January to August 2021", [("2021-01-01", "2021-08-31")]),
    ("between November and February 2021?", [("2020-11-01", "2021-02-28")]),
    ("Jan-Aug 21", [("2021-01-01", "2021-08-31")]),
    ("from Q1 2020/21 to Q2 2021/22", [("2020-04-01", "2021-09-30")]),
    ("between Q1 2020/21 and the quarter to September 2021, and", [("2020-04-01", "2021-09-30")]),
    ("since April", [("2021-04-01", "2021-10-06")]),
    ("in a row up to June 2021 has", [("0001-01-01", "2021-06-30")]),
    ("last month", [("2021-09-01", "2021-09-30")]),
    ("last quarter", [("2021-07-01", "2021-09-30")]),
    ("three months ago", [("2021-07-01", "2021-07-31")]),
    ("a quarter ago", [("2021-07-01", "2021-09-30")]),
    ("at the year end", [("2021-03-01", "2021-03-31")]),
    ("year-end 2019/20", [("2020-03-01", "2020-03-31")]),
    ("over the past year", [("2020-10-01", "2021-09-30")]),
    ("in the last year", [("2020-10-01", "2021-09-30")]),
    ("first six months of 2021", [("2021-01-01", "2021-06-30")]),
    ("the first three months of 2021/22", [("2021-04-01", "2021-06-30")]),
    ("in H1", [("2021-04-01", "2021-09-30")]),
    ("the second half of the year", [("2021-10-01", "2022-03-31")]),
    ("over the summer", [("2021-06-01", "2021-08-31")]),
    ("last winter", [("2020-12-01", "2021-02-28")]),
    ("calls in Summer Lane", []),
    ("last week", [("2021-09-27", "2021-10-03")]),
    ("in week 32", [("2021-08-09", "2021-08-15")]),
    ("yesterday", [("2021-10-05", "2021-10-05")]),
    ("the last six months", [("2021-04-01", "2021-09-30")]),
    ("over the last few months", [("2021-07-01", "2021-09-30")]),
    ("the past couple of quarters", [("2021-04-01", "2021-09-30")]),
    ("in recent months", [("2021-07-01", "2021-09-30")]),
    ("the most recent month", [("0001-01-01", "2021-10-06")]),
    ("this financial year", [("2021-04-01", "2022-03-31")]),
    ("the latest figure", [("0001-01-01", "2021-10-06")]),
    ("in 2019/20", [("2019-04-01", "2020-03-31")]),
    ("on 6 October 2021", [("2021-10-06", "2021-10-06")]),
    ("in Sept '16, what was it", [("2016-09-01", "2016-09-30")]),
    ("in Sep-16, and since", [("2016-09-01", "2016-09-30")]),
    ("between Sep-16, 14 and Oct", [("2016-09-01", "2016-09-30"), ("2021-10-01", "2021-10-31")]),
    ("compare June and July 2020", [("2020-06-01", "2020-06-30"), ("2020-07-01", "2020-07-31")]),
    ("June 2020 or July", [("2020-06-01", "2020-06-30"), ("2020-07-01", "2020-07-31")]),
    ("the March and June quarters", [("2021-01-01", "2021-03-31"), ("2021-04-01", "2021-06-30")]),
    ("the last eighteen months", [("2020-04-01", "2021-09-30")]),
    ("up or down on march?", [("2021-03-01", "2021-03-31")]),
    ("May I ask what it was in may", [("2021-05-01", "2021-05-31")]),
    ("May: 28 June: 22", [("2021-05-01", "2021-05-31"), ("2021-06-01", "2021-06-30")]),
    ("how did it trend this year?", []),
    ("may the figures march on?", []),
    ("what of RP4-2020 and PI 002 2021?", []),
    ("residents aged 16-17 or 18-25", []),
    ("24/7 cover at Marchwood", []),
]


@pytest.mark.parametrize(("text", "spans"), QUESTIONS)
def test_question(text: str, spans: list[tuple[str, str]]) -> None:
    """The periods of a question are found where they stand, and words that only look like months are not."""
    found = find_periods(text, TODAY)
    assert [(f"{period.start:%Y-%m-%d}".zfill(10), str(period.end)) for period, _, _ in found] == spans
    assert all(0 <= start < end <= len(text) for _, start, end in found)


@given(st.text(max_size=60), DAYS)
def test_any_text_is_safe(text: str, today: date) -> None:
    """Finding ends on any text, in order and without overlap."""
    ends = [0]
    for period, start, end in find_periods(text, today):
        assert period.start <= period.end
        assert start >= ends[-1]
        ends.append(end)


def test_this_year_has_two_readings() -> None:
    """ "this year" is the calendar year or the financial year: both are offered."""
    assert this_year(TODAY) == (calendar_year(TODAY), financial_year(TODAY))
