"""What per cent a figure is of another, where that can be said."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from bot import words
from bot.answers.builder import Builder
from bot.answers.shares import relative
from bot.question.plan import Plan

ASKED = replace(Plan("", "kpi", "change"), question="what percentage did it rise by?")


@pytest.mark.parametrize(
    ("first", "told", "assumed"),
    [
        ("50", ", 20.0% of the £50k in Apr-21", []),
        ("-50", "", [words.NO_PERCENT]),  # a rise from a deficit is no share of it
        ("0", "", [words.NO_PERCENT]),
    ],
)
def test_a_change_is_a_percentage_of_what_is_above_nought(first: str, told: str, assumed: list[str]) -> None:
    row = SimpleNamespace(
        value=Decimal(first), unit="£k", printed=f"£{first}k", reason="", period="Apr-21", grain="month",
        start=date(2021, 4, 1), end=date(2021, 4, 30),
    )  # fmt: skip
    later = SimpleNamespace(value=row.value + 10)
    builder = Builder({})
    assert relative(ASKED, row, later, builder) == told
    assert builder.assumptions == assumed
