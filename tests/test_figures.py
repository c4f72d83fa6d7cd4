"""Figures, reasons and bounds as papers print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tools.figures import Figure, Reason, find_unit, read_bound, read_figure, write_figure

FIGURES = [
    ("99.85%", "99.85", "%", "a plain percentage"),
    ("45.66 %", "45.66", "%", "a space before the sign"),
    ("20.1%", "20.1", "%", "one decimal"),
    ("£666,156", "666156", "£", "thousands"),
    ("£1.2m", "1.2", "£m", "millions keep their scale"),
    ("£436k", "436", "£k", "thousands keep their scale"),
    ("£ 1.5 million", "1.5", "£m", "the scale as a word"),
    ("(347)", "-347", "", "brackets are a minus"),
    ("(£14.4k)", "-14.4", "£k", "brackets around money"),
    ("£(347)", "-347", "£", "brackets behind the pound"),
    ("(4.5)%", "-4.5", "%", "the sign behind the bracket"),
    ("-5", "-5", "", "a hyphen"),
    ("− 5", "-5", "", "a minus and a space"),
    ("-£73k", "-73", "£k", "a minus before the pound"),
    ("+3.2%", "3.2", "%", "a plus"),
    ("1,234", "1234", "", "a count"),
    ("13 Days", "13", "days", "a unit with a capital"),
    ("130 mins", "130", "minutes", "a unit cut short"),
    ("58.2 per 100,000", "58.2", "per 100,000", "a rate"),
    ("2.4 % points", "2.4", "percentage points", "not a percentage"),
    ("99.1% (first quarter included go live)", "99.1", "%", "a remark behind"),
    ("71.2% (p)", "71.2", "%", "provisional"),
    ("95%\n(Amber)", "95", "%", "a colour on the next line"),
    ("1.60*", "1.60", "", "a footnote mark; the decimals stay"),
    ("£3.88m³", "3.88", "£m", "a note's raised number, though metres may be raised too"),
    ("84%1", "84", "%", "a footnote number behind a per cent sign"),
    ("94% ⇧", "94", "%", "an arrow of any kind"),
    ("94% \uf0e9", "94", "%", "an arrow in a font of signs"),
    ("3m 20s", "200", "seconds", "a time of two units, in the lesser"),
    ("1 hr 20 mins", "80", "minutes", "hours and minutes"),
    ("1 hour, 5 minutes and 3 seconds", "3903", "seconds", "three units"),
]
TEXTS = [
    "", "   ", "01/07/22", "2021/22", "2021-22", "Q1", "22 23", "Jan-21", "28 May", "5/6", "12:30", "1,23", "007",
    "1.2.3", "1st", "5-", "-(5)", "(5", "5)", "x2", "1.2m", "20 to 30", "5 A", "Hart", "Not started", "Annual Plan",
    "%", "£", "0845 123", "April: 28 May: 25", "The target was missed in June.", "No", "Red",
    "5m", "2 days 4 hours", "4 hrs 90 mins", "2 hours 5 seconds",
]  # fmt: skip
REASONS = [
    "N/a", "N/A", "n/a", "TBC", "TBC (Covid)", "-", "–", "Annual PI", "Not Measurable", "No survey", "Annual",
    "Figures available later in Q2", "No data for Dec-24", "N/A - New service 99% achieved elsewhere", "#DIV/0!",
    "Not measured - no survey", "See the audit committee's report", "< 5", "> 95%",
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "unit", "why"), FIGURES)
def test_figure(text: str, value: str, unit: str, why: str) -> None:
    """A printed figure is read with its value, its decimals and its unit, and keeps what was printed."""
    assert read_figure(text) == Figure(Decimal(value), unit, " ".join(text.split())), why
    assert str(read_figure(text).value) == value  # type: ignore[union-attr]


@pytest.mark.parametrize("text", TEXTS)
def test_other_text_is_none(text: str) -> None:
    """Dates, codes, prose and anything doubtful are no figures."""
    assert read_figure(text) is None


@pytest.mark.parametrize("text", REASONS)
def test_reason(text: str) -> None:
    """What stands in place of a figure is kept as its reason; a bound is one, as the figure itself is not printed."""
    assert read_figure(text) == Reason(text)


@pytest.mark.parametrize(
    ("text", "context", "unit"),
    [("45", "%", "%"), ("13 days", "%", "days"), ("£8,660", "£k", "£k"), ("8,660", "£k", "£k"), ("£2m", "£k", "£m")],
)
def test_unit_of_the_column(text: str, context: str, unit: str) -> None:
    """The column's unit serves where the cell names none, and says in what a bare pound is counted."""
    figure = read_figure(text, context)
    assert isinstance(figure, Figure)
    assert figure.unit == unit


@given(
    st.decimals(min_value=-(10**9), max_value=10**9, places=2),
    st.sampled_from(["", "%", "£", "£k", "£m", "days", "minutes", "percentage points", "per 100,000"]),
)
def test_written_figure_reads_back(value: Decimal, unit: str) -> None:
    """A figure that we write is read back as itself, in every unit."""
    figure = read_figure(write_figure(value, unit))
    assert isinstance(figure, Figure)
    assert (figure.value, figure.unit) == (value, unit)


@given(st.text(max_size=40))
def test_any_text_is_safe(text: str) -> None:
    """Whatever a cell holds, reading ends, and a figure comes only of a text with a digit."""
    read_bound(text)
    if isinstance(read_figure(text), Figure):
        assert any(letter.isdigit() for letter in text)


BOUNDS = [
    ("< 5%", "<", "5", "%"),
    ("> 3.5", ">", "3.5", ""),
    ("≤-£73k", "<=", "-73", "£k"),
    ("≥£180k", ">=", "180", "£k"),
    ("no more than 65", "<=", "65", ""),
    ("above 80%", ">", "80", "%"),
    ("at least 90%", ">=", "90", "%"),
    ("below 13 Days", "<", "13", "days"),
    ("95% or more", ">=", "95", "%"),
    ("64.6 or less", "<=", "64.6", ""),
    ("80%+", ">=", "80", "%"),
    ("0 failures", "", "0", ""),
    ("100% by year end", "", "100", "%"),
    ("13 days", "", "13", "days"),
    ("Maintain replies sent within 5 working days of receipt above 50% through September 2025", ">", "50", "%"),
    ("Maintain the average time to answer on or below 6 Days through September 2025", "<=", "6", "days"),
    ("Maintain the share of debts over 90 days above 80%", ">", "80", "%"),
    ("The target is to miss no more than 65 bins per 100,000 collected", "<=", "65", "per 100,000"),
]
UNBOUND = [
    "", "Maintain collection above targeted % through March 2021", "80% - 85%", "between 80% and 85%", "5% reduction",
    "at least 5% reduction on last year", "debts over 90 days", "residents aged 65 and over", "1 April", "2021/22",
    "The target is no more than 250 in summer, and 150 in winter.", "> 95% and < 99%", "95% in 5 days", "95% of cases",
]  # fmt: skip


@pytest.mark.parametrize(("text", "comparator", "value", "unit"), BOUNDS)
def test_bound(text: str, comparator: str, value: str, unit: str) -> None:
    """A target's text is read as a comparator and a figure; other numbers of a definition do not disturb it."""
    found = read_bound(text)
    assert found is not None
    assert (found[0], found[1].value, found[1].unit) == (comparator, Decimal(value), unit)


@pytest.mark.parametrize("text", UNBOUND)
def test_no_bound(text: str) -> None:
    """A text without a level, with two, or with one that is relative sets no bound."""
    assert read_bound(text) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Budget £000", "£k"),
        ("Usable reserves (£m)", "£m"),
        ("% answered within 20 seconds", "%"),
        ("Percentage of replies on time", "%"),
        ("Average wait (seconds)", "seconds"),
        ("Days taken to decide claims", "days"),
        ("Missed bins per 100,000", "per 100,000"),
        ("Sickness absence days per FTE (rolling year)", "days"),
        ("New claims: days to process", "days"),
        ("Land charge searches: average working days", "working days"),
        ("Complaints answered within 20 working days per month", ""),
        ("Requests per 10 days taken up", ""),
        ("Minutes of the meeting", ""),
        ("Number of incidents", ""),
    ],
)
def test_unit_of_a_heading(text: str, unit: str) -> None:
    """A heading's or a measure's name tells the unit of its figures."""
    assert find_unit(text) == unit


@pytest.mark.parametrize("text", ["[unsure]", "£[unsure]", "[unsure] %", "([unsure])", "-[unsure]", "[unsure] 84%"])
def test_a_figure_of_a_scan_that_is_not_certain_is_a_reason(text: str) -> None:
    """What a scan does not show clearly is no figure, whatever sign or unit stands by it."""
    assert read_figure(text) == Reason("unsure")
    assert read_bound(text) is None


@pytest.mark.parametrize("text", ["84% [unsure]", "answered within [unsure] days of the request"])
def test_half_a_figure_is_none(text: str) -> None:
    """Beside what is not certain no figure is read."""
    assert read_figure(text) is None


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("03:41", "seconds", "221"),
        ("00:03:41", "", "221"),
        ("1:02:05", "seconds", "3725"),
        ("03:41", "", None),
        ("03:41", "hours", None),
        ("03:61", "seconds", None),
    ],
)
def test_a_clock_is_read_where_minutes_and_seconds_are_meant(text: str, unit: str, value: str | None) -> None:
    """Two numbers alone may be hours and minutes, or a time of day."""
    found = read_figure(text, unit)
    assert (str(found.value), found.unit) == (value, "seconds") if isinstance(found, Figure) else value is None
    assert find_unit("Average wait (mm:ss)") == find_unit("Wait (hh:mm:ss)") == "seconds"
