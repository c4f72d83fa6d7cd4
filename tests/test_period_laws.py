"""Laws of periods, in whatever form they are printed: each reads back, alone, in a row of headers, in a sentence."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.shapes.whens import dated
from kpi_tools.periods import Period, before, find_periods, read_period, year_before
from kpi_tools.spans import financial_year, month, month_end, months, months_to, quarter

Form = Callable[[Period], str]
DAYS = st.dates(date(2001, 4, 1), date(2049, 12, 31))


def _year(day: date) -> int:
    return day.year - (day.month < 4)


def _pair(day: date) -> str:
    return f"{_year(day)}/{(_year(day) + 1) % 100:02}"


def _number(day: date) -> int:
    return (day.month - 4) % 12 // 3 + 1


MONTHS: dict[str, Form] = {
    "Jan-21": lambda p: f"{p.start:%b-%y}",
    "Jan 2021": lambda p: f"{p.start:%b %Y}",
    "JANUARY 2021": lambda p: f"{p.start:%B %Y}".upper(),
    "Jan '21": lambda p: f"{p.start:%b} '{p.start:%y}",
    "January 2020/21": lambda p: f"{p.start:%B} {_pair(p.start)}",
    "As at January 2021": lambda p: f"As at {p.start:%B %Y}",
    "Position at end of January 2021": lambda p: f"Position at end of {p.start:%B %Y}",
    "Month 10 2020/21": lambda p: f"Month {(p.start.month - 4) % 12 + 1} {_pair(p.start)}",
    "Jan-21*": lambda p: f"{p.start:%b-%y}*",
    "Jan 2021 (provisional)": lambda p: f"{p.start:%b %Y} (provisional)",
}
QUARTERS: dict[str, Form] = {
    "Q4 2020/21": lambda p: f"Q{_number(p.start)} {_pair(p.start)}",
    "Quarter 4 2020-21": lambda p: f"Quarter {_number(p.start)} {_pair(p.start).replace('/', '-')}",
    "Qtr 4 20/21": lambda p: f"Qtr {_number(p.start)} {_pair(p.start)[2:]}",
    "2020/21 Q4": lambda p: f"{_pair(p.start)} Q{_number(p.start)}",
    "Q4 (2020/21)": lambda p: f"Q{_number(p.start)} ({_pair(p.start)})",
    "Jan-Mar 2021": lambda p: f"{p.start:%b}-{p.end:%b %Y}",
    "January to March 2021": lambda p: f"{p.start:%B} to {p.end:%B %Y}",
    "Quarter ending March 2021": lambda p: f"Quarter ending {p.end:%B %Y}",
    "3 months to 31 March 2021": lambda p: f"3 months to {p.end.day} {p.end:%B %Y}",
}
YEARS: dict[str, Form] = {
    "2020/21": lambda p: _pair(p.start),
    "2020-21": lambda p: _pair(p.start).replace("/", "-"),
    "20/21": lambda p: _pair(p.start)[2:],
    "2020/2021": lambda p: f"{p.start.year}/{p.end.year}",
    "FY 2020/21": lambda p: f"FY {_pair(p.start)}",
    "Year to 31 March 2021": lambda p: f"Year to 31 March {p.end.year}",
    "12 months to March 2021": lambda p: f"12 months to March {p.end.year}",
    "April 2020 to March 2021": lambda p: f"April {p.start.year} to March {p.end.year}",
}
MADE: dict[str, tuple[Form, Callable[[date], Period]]] = {
    **{name: (form, month) for name, form in MONTHS.items()},
    **{name: (form, quarter) for name, form in QUARTERS.items()},
    **{name: (form, financial_year) for name, form in YEARS.items()},
}


@pytest.mark.parametrize("form", MADE)
@settings(max_examples=25)
@given(day=DAYS)
def test_each_form_reads_back_to_its_span_as_printed(form: str, day: date) -> None:
    """Whenever it is, and with the label that was printed."""
    written, made = MADE[form]
    period = made(day)
    text = written(period)
    assert read_period(text) == Period(period.start, period.end, text)


@pytest.mark.parametrize("form", [name for name in MADE if not name.startswith(("As at", "Position"))])
@settings(max_examples=25)
@given(day=DAYS)
def test_each_form_is_found_in_a_sentence(form: str, day: date) -> None:
    """Where it stands, and nothing else beside it."""
    written, made = MADE[form]
    period = made(day)
    text = f"The figure for {written(period).rstrip('*')} was the best so far."
    (found, start, end), *others = find_periods(text, date(2060, 1, 1))
    assert not others
    assert (found.start, found.end) == (period.start, period.end)
    assert text[start:end].strip("( )") in text


@given(last=DAYS, count=st.integers(2, 12), form=st.sampled_from(list(MONTHS)[:5]))
def test_a_row_of_months_goes_forward_a_month_at_a_time(last: date, count: int, form: str) -> None:
    """With their years."""
    span = months_to(last, count)
    row = [months(span.start, at + 1) for at in range(count)]
    every = [month(each.end) for each in row]
    told = dated({column: MONTHS[form](each) for column, each in enumerate(every)}, month_end(last))
    assert [(p.start, p.end) for p in told.values()] == [(p.start, p.end) for p in every]


@given(last=DAYS, count=st.integers(2, 11), late=st.integers(1, 40))
def test_months_without_a_year_are_those_that_end_last_before_the_paper(last: date, count: int, late: int) -> None:
    """ "Sept", "Oct", "Nov" in a paper of December: also over the turn of a year."""
    every = [month(months(months_to(last, count).start, at + 1).end) for at in range(count)]
    near = date.fromordinal(month_end(last).toordinal() + late)
    told = dated({column: f"{each.start:%b}" for column, each in enumerate(every)}, near)
    assert [(p.start, p.end) for p in told.values()] == [(p.start, p.end) for p in every]


@given(last=DAYS, count=st.integers(3, 8), form=st.sampled_from(["%b-%y", "%B %Y", "%b %Y"]))
def test_ends_of_quarters_in_even_steps_are_quarters(last: date, count: int, form: str) -> None:
    """ "Jun-20", "Sep-20", "Dec-20" are the quarters that end then."""
    end = quarter(last)
    every = [end]
    while len(every) < count:
        every.insert(0, quarter(before(every[0]).start))
    told = dated({column: f"{each.end:{form}}" for column, each in enumerate(every)}, end.end)
    assert [(p.start, p.end) for p in told.values()] == [(p.start, p.end) for p in every]


@given(day=DAYS, made=st.sampled_from([month, quarter, financial_year]))
def test_a_year_before_is_as_long_and_ends_a_year_earlier(day: date, made: Callable[[date], Period]) -> None:
    """Leap years too; and four quarters, or twelve months, before is the same."""
    period = made(day)
    then = year_before(period)
    assert (then.grain, then.start.month, then.start.year) == (period.grain, period.start.month, period.start.year - 1)
    back = period
    for _ in range({"month": 12, "quarter": 4, "year": 1}[period.grain]):
        back = before(back)
    assert (back.start, back.end) == (then.start, then.end)
