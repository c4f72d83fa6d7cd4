"""No numeral leaves unless it stands in what the answer rests on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, Citation, Given, Result
from bot.answers.verify import numerals, unfounded, verify

FIGURE = Given(
    "Waste", "W1", "% collected", "Ashby", "Jun-21", "2021-06-01", "2021-06-30", "1200.5", "", "1,200.50", "80", True, 1
)
CITED = Citation("a.pdf", "", 1, "", "", "A fall of 29 places", (0, 0, 1, 1))


def made(text: str, status: str = "answered") -> Answer:
    """An answer with one figure, one result, one quote, that says `text`."""
    return Answer("and 2019?", status, text, (), (FIGURE,), (Result("change", "-3.7", "", (0,)),), (CITED,))


@pytest.mark.parametrize(
    "text",
    [
        "It was 1,200.50.",  # as printed
        "It was 1200.5.",  # as a value
        "The target is 80%.",  # the figure's target
        "It fell by 3.7.",  # a result, without its sign
        "It fell 29 places in 2019.",  # a quote, and the question
        "In Jun-21.",  # the period's label
    ],
)
def test_founded_numerals_pass(text: str) -> None:
    """A numeral that stands in a figure, a result, a quote or the question may be said."""
    assert verify(made(text)) == made(text)


@pytest.mark.parametrize("text", ["It was 1,200.51.", "It was 12.", "The target is 81%.", "It rose by 37."])
@pytest.mark.parametrize("status", ["answered", "clarify"])
def test_an_unfounded_numeral_stops_the_answer(text: str, status: str) -> None:
    """One numeral from nowhere and the answer is not given, whatever else it says."""
    stopped = verify(made(text, status))
    assert stopped.status == "not_found"
    assert not unfounded(stopped)
    assert not stopped.figures


@given(st.decimals(0, 10**9, places=2))
def test_a_numeral_is_the_same_with_commas_and_idle_zeros(value: object) -> None:
    """ "1,234.50", "1234.5" and "1234.500" are one numeral."""
    assert numerals(f"{value:,}") == numerals(f"{value}") == numerals(f"{value}0")
