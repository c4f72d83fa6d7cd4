"""The same measure of several papers is one where the evidence says so, and two where it does not."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from corpus.paper import Place
from kpi_tools.figures import Figure
from kpi_tools.identity import identities
from kpi_tools.measures import Measure, Observation
from kpi_tools.spans import month

CALLS = "Calls answered within 20 seconds"


def series(document: str, service: str, code: str, name: str, *values: str) -> list[Observation]:
    """A measure's figures, a month each from April 2021; "" is none."""
    return [
        Observation(
            Measure(service, code, name, "%", ""),
            "Hart",
            month(date(2021, 4 + at, 1)),
            Figure(Decimal(value), "%", value),
            Place(document, 1, "", "", 1, 1, at, (0.0, 0.0, 1.0, 1.0)),
            value,
        )
        for at, value in enumerate(values)
        if value
    ]


def kinds(*observations: Sequence[Observation]) -> int:
    """How many measures there are in papers of one council."""
    every = [seen for group in observations for seen in group]
    return len(set(identities(every, {seen.place.document: "body" for seen in every}).values()))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("CS", "PI 002", CALLS, "1", "2"), ("CS", "PI002", CALLS, "", "", "3"), "a space in the code"),
        (("CS", "KPI 06", CALLS, "1"), ("CS", "KPI 6", CALLS, "", "2"), "noughts in the code"),
        (("CS", "PI1", "Calls answered in 20 secs", "1"), ("CS", "PI1", CALLS, "", "2"), "another title, one code"),
        (("CS", "PI1", CALLS, "1", "2", "3"), ("CS", "PI9", CALLS, "", "2", "3", "4"), "a new number, the same name"),
        (("Customer Services", "PI1", CALLS, "1"), ("CS", "PI1", CALLS, "", "2"), "a service in short"),
        (("CS", "", CALLS, "1", "2", "3"), ("CS", "PI9", CALLS + ".", "1", "2", "3"), "the same figures"),
    ],
)
def test_one_measure_under_two_titles_is_one(one: Sequence[str], other: Sequence[str], why: str) -> None:
    """Codes in another spelling, titles that were changed, a new numbering: evidence brings them together."""
    assert kinds(series("a.pdf", *one), series("b.pdf", *other)) == 1, why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("CS", "PI1", CALLS, "1", "2"), ("LC", "PI1", CALLS, "1", "2"), "the same code in another service"),
        (("CS", "PI1", CALLS, "1"), ("CS", "PI1", "Fly-tips removed", "", "2"), "a code given to something else"),
        (("CS", "PI1", CALLS, "1", "2"), ("CS", "PI9", CALLS, "1", "5"), "another code and another figure"),
        (("CS", "", CALLS, "1", "2"), ("CS", "", CALLS.replace("20", "60"), "", "", "3"), "another number in the name"),
        (("", "PI1", CALLS, "1"), ("", "PI9", CALLS, "", "2"), "another code under no service"),
        (("Customer Services", "PI1", CALLS, "1"), ("LC", "PI1", CALLS, "", "2"), "another service in short"),
        (("CS", "PI1", "Bins missed", "1"), ("CS", "PI2", "Bins missed", "", "2"), "a name that says little"),
    ],
)
def test_two_measures_that_look_alike_stay_two(one: Sequence[str], other: Sequence[str], why: str) -> None:
    """Where a doubt remains, nothing is brought together."""
    assert kinds(series("a.pdf", *one), series("b.pdf", *other)) == 2, why


def test_a_measure_under_no_service_is_that_of_its_code_and_name() -> None:
    """A paper that names no service means the one measure that has its code and its name to the letter."""
    homeless = series("b.pdf", "", "PI1", CALLS, "1", "9")
    assert kinds(series("a.pdf", "CS", "PI1", CALLS, "1", "2"), homeless) == 1
    assert kinds(series("a.pdf", "CS", "PI1", "Calls lost", "1", "2"), homeless) == 2
    two = [*series("a.pdf", "CS", "PI1", CALLS, "1", "2"), *series("a.pdf", "LC", "PI1", CALLS, "3", "4")]
    assert kinds(two, homeless) == 3


def test_a_paper_that_has_both_tells_them_apart() -> None:
    """What stands twice in one paper is two things, however alike."""
    assert kinds(series("a.pdf", "CS", "PI1", CALLS, "1", "2", "3"), series("a.pdf", "CS", "PI9", CALLS, "1", "2")) == 2
