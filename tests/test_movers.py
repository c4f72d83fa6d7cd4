"""What moved most, what comes second, and what lies in the middle: asked over the sample papers."""

from datetime import date

import pytest

from bot.answers.times import mover
from bot.engine import Engine
from bot.question.plan import Plan

TODAY = date(2021, 10, 6)


@pytest.mark.parametrize(
    ("asked", "says", "value"),
    [
        (  # Mendip's was the greatest change, but for the worse
            "which council improved the most on calls in 20 seconds between June and August 2021?",
            "greatest improvement first: Havant rose from 12.95% in Jun-21 to 45.66% in Aug-21",
            "32.71",
        ),
        (
            "which council fell the most on customer satisfaction from March to June 2021?",
            "greatest fall first: Mendip fell from 99.07% in Mar-21 to 86.00% in Jun-21",
            "-13.07",
        ),
        (  # of one council alone, from month to month
            "which month of 2021 saw the biggest drop for Havant council tax calls?",
            "greatest fall first: Havant fell from 83.28% in Feb-21 to 42.81% in Mar-21",
            "-40.47",
        ),
        (
            "in which month of 2021 was the gap between Havant and Mendip on calls in 20 seconds the biggest?",
            "furthest apart in Jun-21, 61.93 percentage points (Mendip 74.88%, Havant 12.95%)",
            "61.93",
        ),
        (
            "in which month of 2021 were Havant and Mendip furthest apart on calls in 20 seconds?",
            "furthest apart in Jun-21, 61.93 percentage points",
            "61.93",
        ),
        (
            "which council was closest to its target for calls in 20 seconds in August 2021?",
            "closest to its target: South Oxfordshire & Vale of White Horse, 90.96%",
            "10.96",
        ),
        (
            "in which month of 2021 was Havant furthest below target for calls in 20 seconds?",
            "of those below it: Jun-21, 12.95%",
            "67.05",
        ),
        (
            "which customer services measure missed its target by the most in August 2021?",
            "of those that missed it: Customer Services PI002",
            "24.48",
        ),
        ("the median of the councils for calls in 20 seconds in June 2021", "Jun-21, is 74.88% (3 figures)", "74.88"),
        ("the median of Havant for calls in 20 seconds, January to August 2021", "is 48.98% (8 figures)", "48.98"),
    ],
)
def test_changes_gaps_and_the_middle_are_calculated(engine: Engine, asked: str, says: str, value: str) -> None:
    """Proves what is told, and that it stands among the results."""
    answer = engine.ask(asked, TODAY)
    assert says in answer.answer
    assert value in [result.value for result in answer.results]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (
            "in how many months did Havant's calls in 20 seconds rise between January and August 2021?",
            "rose in 3 of 7 months, each against the one before, from Jan-21 to Aug-21: Mar-21 (from 68.99%",
        ),
        (
            "when did Havant's calls in 20 seconds last fall, January to August 2021?",
            "last in Jun-21 (from 45.74% to 12.95%)",
        ),
        (  # fewer is better
            "which months of 2021 did Hart's Land Charges complaint volumes improve?",
            "improved in none of",
        ),
    ],
)
def test_months_in_which_a_figure_moved_are_told(engine: Engine, asked: str, says: str) -> None:
    """Proves that each figure is held against the one before it, and that better goes by the measure's polarity."""
    assert says in engine.ask(asked, TODAY).answer


def test_its_own_highest_is_sought_over_time(engine: Engine) -> None:
    """Proves that after a figure of one month "its highest" is no ranking of the councils in that month."""
    engine.ask("what was Havant's PI002 for calls in June 2021?", TODAY, thread="its own highest")
    answer = engine.ask("what was its highest?", TODAY, thread="its own highest").answer
    assert "The highest for Havant's" in answer and "in Jun-21" not in answer


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("did Havant's calls in 20 seconds fall in June 2021?", "Yes: Havant's"),
        ("in July 2021, did Havant's calls in 20 seconds get worse?", "No: Havant's"),
        ("did calls in 20 seconds go up everywhere in August 2021?", "No: South"),
        ("did calls in 20 seconds go up anywhere in August 2021?", "Yes: South"),
        ("did Havant's calls in 20 seconds get worse every month from April to June 2021?", "Yes: Havant's"),
        ("were Havant's calls in 20 seconds higher in August 2021 than in July 2021?", "Yes: Havant's"),
        ("were Havant's calls in 20 seconds higher in July 2021 than in August 2021?", "No: Havant's"),
        ("did Havant's calls in 20 seconds rise or fall in June 2021?", "Havant's"),
    ],
)
def test_whether_figures_moved_so_is_answered_first(engine: Engine, asked: str, says: str) -> None:
    """Proves a yes or a no, of one council and of all, and none where the question leaves it open."""
    answer = engine.ask(asked, TODAY)
    assert answer.answer.startswith(says)


def test_without_a_figure_of_a_year_ago_nothing_is_held_against_it(engine: Engine) -> None:
    """Proves that the latest figure is not given as the answer to how it has gone since."""
    assert engine.ask("is Havant's 20 second call answering better than a year ago?", TODAY).status == "not_found"


def test_none_improved(engine: Engine) -> None:
    """Proves that the least bad is not called an improvement."""
    answer = engine.ask("who improved the most on calls in 20 seconds between February and June 2021?", TODAY)
    assert "South Oxfordshire & Vale of White Horse rose" in answer.answer
    worse = engine.ask(
        "which of Havant and Mendip improved the most on calls in 20 seconds, March to June 2021?", TODAY
    )
    assert "none improved" in worse.answer


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        ("second worst month for Havant calls in 20 seconds in 2021", "answered", "second worst"),
        ("what was Havant's third highest month for calls in 20 seconds in 2021?", "answered", "third highest"),
        ("second worst month for Land Charges complaint volumes in Hart in 2021", "not_found", "no second"),
    ],
)
def test_what_comes_second_is_not_what_comes_first(engine: Engine, asked: str, status: str, says: str) -> None:
    """Proves that a place is counted over figures that differ, and told where there are not so many."""
    answer = engine.ask(asked, TODAY)
    assert (answer.status, says in answer.answer) == (status, True), answer.answer


@pytest.mark.parametrize(
    ("asked", "name", "way"),
    [
        ("which month had the worst debt recovery?", "Debt recovery - Parking", ""),
        ("which ward had the most falls?", "Number of falls", ""),
        ("which ward's falls dropped the most?", "Number of falls", "down"),
        ("who recovered the most?", "% calls answered", "better"),
    ],
)
def test_a_measures_own_words_rank_no_changes(asked: str, name: str, way: str) -> None:
    """Proves that a measure of falls or recoveries is ranked by its figures, unless it is asked how these moved."""
    assert mover(Plan(asked, "kpi", "rank"), name) == way
