"""What a measure is called: its name without the marks, descriptions and targets that stand with it."""

from decimal import Decimal

import pytest

from indexer.shapes.titles import read_title
from tests.tables import MONTHS, aims, said, shown, tabled

TITLES = [
    ("Calls answered within 20 seconds – 90 %", "Calls answered within 20 seconds", ("", "90"), "a bare share"),
    ("KPI 5 - Calls returned (target: 3 days)", "Calls returned", ("", "3"), "in brackets"),
    ("Rent paid, target of 98% or more", "Rent paid", (">=", "98"), "with its comparator"),
    ("Staff trained: at least 95%", "Staff trained", (">=", "95"), "behind a colon"),
    ("% Achievement of 5 Day Search target", "% Achievement of 5 Day Search target", None, "a target that is measured"),
    ("Delivered to target (%)", "Delivered to target (%)", None, "no figure"),
    ("Number of homes (target 2021/22)", "Number of homes (target 2021/22)", None, "a year is no target"),
    ("Debt over 90 days", "Debt over 90 days", None, "what is measured has a figure"),
    ("Rent collected*", "Rent collected", None, "a footnote's mark"),
    ("Rent collected²", "Rent collected", None, "a raised figure"),
    ("Rent collected [1]", "Rent collected", None, "a figure in brackets"),
    ("82% RAG: Red", "", None, "a figure and its rating are no name"),
    ("Actions rated green", "Actions rated green", None, "a rating that is measured"),
    ("Floor area in m²", "Floor area in m²", None, "a unit's raised figure stays"),
]


@pytest.mark.parametrize(("text", "name", "aim", "why"), TITLES)
def test_a_title_parts_into_name_and_target(text: str, name: str, aim: tuple[str, str] | None, why: str) -> None:
    """Only what can be nothing else is a target."""
    title = read_title(text)
    assert title.name == name, why
    assert (title.aim and (title.aim[0], str(title.aim[1].value))) == aim, why


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("C161 Street lights working", "C161"),
        ("Street lights working (K07)", "K07"),
        ("K7: Street lights working", "K7"),
        ("04.05 - Street lights working", "04.05"),
        ("Street lights working [14.05]", "14.05"),
        ("4.5 Street lights working", ""),
        ("04.05.22 Street lights working", ""),
        ("P1 incidents", ""),
        ("A303 closures", ""),
        ("Year 10 pupils (Y10)", ""),
        ("Stage 2 complaints upheld (EK191)", "EK191"),
        ("Stage 2 complaints upheld", ""),
        ("Letters answered (Q185)", "Q185"),
        ("Letters answered (Q4)", ""),
        ("Street lights working [M47]", "M47"),
        ("Traffic counted (M47)", ""),
        ("K3.10 - Street lights working", "K3.10"),
        ("Street lights working (K3.10)", "K3.10"),
        ("CP1.2 Street lights working", "CP1.2"),
    ],
)
def test_codes_of_one_letter_or_none(text: str, code: str) -> None:
    """One letter is with a long number or a mark, two numbers are with noughts in front. Priorities, roads and years of
    school are none, nor are dates and the numbers of sections."""
    assert read_title(text).code == code


@pytest.mark.parametrize("heading", ["Monthly results", "Quarterly performance data", "Key indicators"])
def test_a_heading_that_only_presents_a_table_is_no_measure(heading: str) -> None:
    rows = (("", *MONTHS), ("Actual", "91", "88"), ("Target", "95", "95"))
    assert said(tabled(*rows, headings=(heading,))) == []
    assert len(said(tabled(*rows, headings=("Rent collected",)))) == 2


@pytest.mark.parametrize(
    "headings",
    [("KPI 5 - Calls answered in 20 seconds – 90%",), ("KPI 5 - Calls answered in 20 seconds (target: 90%)",)],
)
def test_a_table_s_title_sets_the_target_of_all_in_it(headings: tuple[str, ...]) -> None:
    """And its unit."""
    found = tabled(("Area", *MONTHS), ("Havant", "91", "88"), ("Hart", "92", "93"), headings=headings)
    assert aims(found) == [("KPI5", "", Decimal(90), None, None)]
    assert shown(found, "figure") == "91%; 88%; 92%; 93%"


@pytest.mark.parametrize(
    ("heading", "service"), [("Early Years: comparison", "Early Years"), ("Speed of decisions", "Customer Services")]
)
def test_what_is_compared_is_no_part_of_the_service_above(heading: str, service: str) -> None:
    """A heading that says what kind of table stands under it names whose it is."""
    found = tabled(("Measure", *MONTHS), ("K1 Places", "91", "88"), headings=("CUSTOMER SERVICES KPIs", heading))
    assert {each.measure.service for each in found.observations} == {service}


def test_a_line_that_several_names_end_with_names_none() -> None:
    """One measure has one name, whatever is said below it, where there was room for it on the line above."""
    rows = [
        ("Rent collected (%)\nSampled", "97", "96"),
        ("Bins missed\nSampled", "3", "4"),
        ("Lamps and signs that are\nbroken", "1", "2"),
    ]
    found = tabled(("Indicator", *MONTHS), *rows)
    names = ["Rent collected (%)", "Bins missed", "Lamps and signs that are broken"]
    assert [name for name, *_ in said(found)][::2] == names


def test_wide_letters_fill_a_line_sooner() -> None:
    """What was broken by the column's width goes on with the name."""
    rows = [("First call resolution in call\nMemos from members\n(all of them)", "3", "4")]
    found = tabled(("Indicator", *MONTHS), *rows)
    assert {name for name, *_ in said(found)} == {"First call resolution in call Memos from members (all of them)"}


def test_a_description_behind_the_unit_is_no_name() -> None:
    found = tabled(("Indicator", *MONTHS), ("Rent collected (%) Sampled each month", "97", "96"))
    assert {name for name, *_ in said(found)} == {"Rent collected (%)"}


def test_a_count_and_its_share_are_two_figures() -> None:
    """The cell's own unit is the measure's; the other is a measure of its own."""
    found = tabled(("Indicator", *MONTHS), ("Late invoices", "12 (34%)", "9"), ("Paid on time (%)", "8 (80%)", "70%"))
    assert shown(found, "measure figure") == (
        "Late invoices, 12; Late invoices - share, 34%; Late invoices, 9; Paid on time (%), 80%; "
        "Paid on time (%) - number, 8; Paid on time (%), 70%"
    )


def test_what_a_header_says_of_its_brackets_is_no_share() -> None:
    """ "Result (target)": the second figure is the target's."""
    found = tabled(("Indicator", "Jul-21 (target)", "Aug-21 (target)"), ("Late invoices", "12 (34%)", "9 (30%)"))
    assert not [name for name, *_ in said(found) if "share" in name]


def test_initials_stay_as_they_are_printed() -> None:
    """ "BTSI" in a summary of services is no word."""
    rows = (("BTSI", "4", "3"), ("PARKING", "5", "5"))
    found = tabled(("Service", "Indicators", "Met"), *rows, headings=("Quarter 1 2021/22",))
    assert {seen.measure.service for seen in found.observations} == {"BTSI", "Parking"}
