"""The figure that a question names, in the unit of the figures that are held against it."""

from decimal import Decimal

import pytest

from bot.answers.bound import bound_of


@pytest.mark.parametrize(
    ("question", "unit", "limit"),
    [
        ("which council paid more than £1.2m?", "£k", "1200"),
        ("which council paid more than £1.2m?", "£", "1200000"),
        ("which council paid more than £1.2 million?", "£m", "1.2"),
        ("which months had over 2 thousand calls?", "", "2000"),
        ("which months were above 500?", "£k", "500"),
        ("which months were below 80%?", "%", "80"),
        ("how many months was it above -156?", "£k", "-156"),
        ("which months were below -£1.2m?", "£k", "-1200"),
        ("how many months was it 3-4 above 5?", "", "5"),
    ],
)
def test_a_bound_is_in_the_unit_of_the_figures(question: str, unit: str, limit: str) -> None:
    """A number without a scale is taken as the figures are written."""
    bound = bound_of(question, "higher", unit)
    assert bound and bound.limit == Decimal(limit)


def test_money_is_no_bound_of_what_is_none() -> None:
    """Percentages are not held against pounds."""
    assert bound_of("which months were above £500?", "higher", "%") is None
