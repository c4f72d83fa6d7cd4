"""Questions about measures in general: how many of a service, of a council or of all stand so."""

from datetime import date
from types import SimpleNamespace

import pytest

from bot.answers.board import Score, by_group, printed
from bot.answers.brief import late
from bot.answers.builder import Builder
from bot.engine import Engine
from bot.question.plan import Plan
from kpi_tools.measures import HITS, RATED

TODAY = date(2021, 10, 6)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (
            "which service missed the most targets in August 2021?",
            "The most: Customer Services.\nMeasures that missed their target for August 2021: Customer Services 2 of 6",
        ),
        ("how many targets did each service miss in August 2021?", "Measures that missed"),
        ("which council met the fewest targets in August 2021?", "The fewest: Hart."),
        ("which service had the fewest failures in August 2021?", "The fewest: IT and Land Charges."),
        ("which IT measures have a target of 90%?", "5 of 9 measures with a target have that target:\n• IT KPI04"),
        ("which IT measures are 90% targets?", "5 of 9 measures with a target have that target:\n• IT KPI04"),
        ("who met every target in August 2021?", "All of them: East Hampshire."),
        ("how many measures did IT miss in August 2021, out of how many?", "IT overall missed no target of 9 measures"),
        (
            "what share of Customer Services measures met their target in August 2021?",
            "Customer Services overall met the target in 4 of 6 measures with a target for August 2021. That is 66.7%.",
        ),
        ("are all IT measures on target in August 2021?", "Yes: IT overall missed no target of 9"),
        ("are all Customer Services measures on target in August 2021?", "No: Customer Services overall missed"),
        ("did any Customer Services measure miss its target in August 2021?", "Yes: Customer Services overall missed"),
        # of one that may have missed it the papers do not say
        ("did any Land Charges measure miss its target in August 2021?", "Land Charges overall missed no target of 1"),
        ("how many Customer Services measures got worse in August 2021?", "From Jul-21 to Aug-21 Customer Services"),
        # one of them, in March alone
        (
            "which measures has East Hampshire ever missed since January 2021?",
            "East Hampshire missed the target in 1 of 8",
        ),
        ("which Customer Services measures have no target?", "The papers print a target beside each measure."),
    ],
)
def test_measures_are_counted_by_service_and_council(engine: Engine, asked: str, says: str) -> None:
    """Proves what comes first in the answer."""
    answer = engine.ask(asked, TODAY)
    assert answer.status == "answered"
    assert answer.answer.startswith(says)


def test_a_general_question_takes_council_and_time_from_the_one_before_only_where_it_leans_on_it(
    engine: Engine,
) -> None:
    """Proves that "they" are who was spoken of, and that a question of its own is of all."""
    engine.ask("how did Havant do in August 2021?", TODAY, "board")
    theirs = engine.ask("and which targets did they miss?", TODAY, "board")
    assert theirs.answer.startswith("Havant missed the target in 2 of 13 measures with a target for August 2021")
    whole = engine.ask("which targets were missed in July 2021?", TODAY, "board")
    assert whole.answer.startswith("The services overall missed")


def test_what_a_paper_counts_is_its_latest_count() -> None:
    """Proves how many hit or missed out of how many, and how many of all have a colour."""

    def row(service: str, name: str, month: int, value: int, target: int | None = None) -> SimpleNamespace:
        end = date(2021, month, 28)
        return SimpleNamespace(service=service, document="a", name=name, end=end, value=value, target=target)

    hits = [row("Planning", HITS, 7, 3, 3), row("Planning", HITS, 8, 2, 3)]
    assert [(s.name, s.number, s.of) for s in printed("missed", hits)] == [("Planning", 1, 3)]
    assert [(s.number, s.of) for s in printed("met", hits)] == [(2, 3)]
    colours = [row("Waste", RATED.format(name), 8, number) for name, number in (("Red", 4), ("Green", 5), ("Blue", 1))]
    assert [(s.number, s.of) for s in printed("red", [*hits, *colours])] == [(4, 10)]
    assert not printed("met", colours)


@pytest.mark.parametrize(
    ("before", "asked", "says"),
    [
        (
            ["What was overall PI004 for council tax calls in August 2021?", "and July?"],
            "how big was the drop?",
            "fell from 81.82% in Jul-21 to 66.73% in Aug-21, by 15.09 percentage points",
        ),
        (["How many P1 incidents did Lewisham have in January 2018?"], "and in total over the two months?", "Lewisham"),
        (
            ["What was Havant's PI002 for calls in June 2021?"],
            "how does that compare with the partnership as a whole?",
            "Overall being higher by",
        ),
        (["What was Mendip's PI002 for calls in June 2021?", "and July?"], "which was better?", "Mendip's"),
        (
            ["How many P1 incidents did Lewisham have in December 2017?", "and January 2018?"],
            "what is that altogether?",
            "(2 figures)",
        ),
    ],
)
def test_a_question_that_only_judges_is_of_what_was_answered(
    engine: Engine, before: list[str], asked: str, says: str
) -> None:
    """Proves that nothing but an operation leans on the figures given before, of the same council and both periods."""
    for question in before:
        engine.ask(question, TODAY, asked)
    answer = engine.ask(asked, TODAY, asked)
    assert answer.status == "answered"
    assert says in answer.answer


@pytest.mark.parametrize("asked", ["how is Hart doing on emails?", "how did Havant do on out of hours calls?"])
def test_how_a_council_does_on_a_measure_that_is_not_its_own_is_no_brief_of_it(engine: Engine, asked: str) -> None:
    """Proves that the measure is named, and no figure of another given."""
    answer = engine.ask(asked, TODAY)
    assert answer.status == "not_found"
    assert "has no figure in Customer Services" in answer.answer
    assert not answer.figures


def test_what_is_told_without_a_time_is_of_late() -> None:
    """Proves that no count of years ago stands beside figures of today, but where it was asked for."""
    rows = [SimpleNamespace(end=date(2017, 8, 31)), SimpleNamespace(end=date(2021, 6, 30)), SimpleNamespace(end=TODAY)]
    assert late(Plan("how many were hit?", "brief", "value"), rows) == rows[1:]
    assert late(Plan("how many were hit in 2017?", "brief", "value", since="2017-01-01"), rows) == rows
    assert late(Plan("how many were hit?", "brief", "value"), []) == []


def test_nobody_comes_first_where_none_is_so() -> None:
    """Proves that the counts alone are told then."""
    builder, asked = Builder({}), Plan("which service has the most red indicators?", "brief", "value")
    assert by_group(asked, "red", [Score("IT", 0, 11, ())], builder) == "answered"
    assert builder.lines == ["Measures that are rated red: IT none of 11."]
