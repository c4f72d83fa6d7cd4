"""Figures told in a cell's words: each with the period that it is of, and none where that is in doubt."""

from datetime import date

import pytest

from indexer.shapes.prose import figures_in
from kpi_tools.spans import quarter

NEAR = date(2021, 7, 20)
Q1 = quarter(date(2021, 5, 1))  # April to June 2021
BOTH = [("94.9", "21-04"), ("87.1", "20-04")]
LAST = [("94.9", "21-04"), ("87.1", "21-01")]
TOLD = [
    ("94.9% against 87.1% a year earlier", BOTH),
    ("94.9% (same quarter last year: 87.1%)", BOTH),
    ("94.9%, up from 87.1% a year ago", BOTH),
    ("94.9%; 87.1% in the same quarter last year", BOTH),
    ("87.1% a year ago, now 94.9%", BOTH),
    ("94.9% compared with 87.1% last quarter", LAST),
    ("94.9% (previous quarter 87.1%)", LAST),
    ("94.9% (Q4: 87.1%)", LAST),
    ("94.9 days, down from 87.1 days in the previous quarter", LAST),
    ("April 33, May 44 and June 169", [("33", "21-04"), ("44", "21-05"), ("169", "21-06")]),
    ("April: 28 May: 25 June: 22", [("28", "21-04"), ("25", "21-05"), ("22", "21-06")]),
    ("End of May: 91.4%", [("91.4", "21-05")]),
    ("94.9%. Demand was high.", [("94.9", "21-04")]),
    ("94.9% compared with 87.1% last month", []),  # a quarter's column has no last month
    ("April 19, May 20", []),  # years, or figures
    ("94.9% (87.1%)", []),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_figures_in_words(text: str, told: list[tuple[str, str]]) -> None:
    """In a column of April to June 2021, in a paper of July."""
    found = figures_in(text, "", NEAR, Q1)
    assert [(str(figure.value), f"{period.start:%y-%m}") for figure, period in found] == told
