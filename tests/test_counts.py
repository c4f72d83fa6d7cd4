"""Summaries that count indicators by service are read, and tables that only look like them are not."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from tests.tables import aims, said, shown, tabled

HIT = "Indicators that hit their target"


@pytest.mark.parametrize(
    "header",
    [
        ("Service Area", "Jul-21 Target", "Jul-21 Hit", "Aug-21 Target", "Aug-21 Hit"),
        ("Service Area", "Jul-21 Indicators", "Number Achieved", "Aug-21 Indicators", "Number Achieved"),
        ("Service", "Targets July", "Met July", "Targets August", "Met August"),
    ],
)
def test_targets_and_hits_by_service_are_counted(header: Sequence[str]) -> None:
    """How many hit is held to how many there are, in the period that the pair of columns names."""
    found = tabled(header, ("Business Support", "9", "8", "9", "9"), ("Procurement", "3", "3", "4", "2"))
    assert [(name.removesuffix(HIT).strip(), period, value) for name, _, period, value in said(found)] == [
        ("Business Support", "21-07", "8"),
        ("Business Support", "21-08", "9"),
        ("Procurement", "21-07", "3"),
        ("Procurement", "21-08", "2"),
    ]
    assert [value for _, _, value, *_ in aims(found)] == [Decimal(9), Decimal(9), Decimal(3), Decimal(4)]


def test_ratings_are_counted_for_the_period_that_is_told() -> None:
    """Each rating is a count of its own; without a period none is read."""
    rows = (("Service", "Green", "Amber", "Red"), ("Housing Benefit", "3", "1", "2"))
    told = tabled(*rows, headings=("Summary for Quarter 1 2021/22",))
    assert shown(told, "measure figure") == (
        "Housing Benefit Indicators rated Green, 3; Housing Benefit Indicators rated Amber, 1; "
        "Housing Benefit Indicators rated Red, 2"
    )
    as_reported = said(tabled(*rows, headings=("Performance report to December 2018", "Summary of ratings")))
    assert {period for _, _, period, _ in as_reported} == {"18-12"}
    assert said(tabled(*rows)) == []


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            [("Measure", "Jul-21 Target", "Jul-21 Hit"), ("% calls answered", "80", "79")], id="a measure's own target"
        ),
        pytest.param(
            [("Service", "Jul-21 Target", "Jul-21 Hit"), ("Calls", "80%", "79.5%")], id="shares are no counts"
        ),
    ],
)
def test_a_measure_with_its_target_is_no_count_of_indicators(rows: Sequence[Sequence[str]]) -> None:
    """What has a unit, or is no service, is not counted."""
    assert all(HIT not in name for name, *_ in said(tabled(*rows)))
