"""What a question asks for and no operation does is told, and never passed over in silence."""

from datetime import date
from decimal import Decimal

import pytest

from bot.engine import Engine
from bot.question.unmet import other_target

TODAY = date(2021, 12, 31)


@pytest.mark.parametrize(
    ("question", "turn"),
    [
        ("what was Havant's weighted average of calls answered in 20 seconds?", "weighted"),
        ("what is Havant's charge for calls answered in 20 seconds?", "charge"),
        ("what would Mendip's calls in 20 seconds be if the target were 70%?", "if the target were"),
        ("how many P1 incidents a month would Lewisham have if Brent were excluded?", "if brent were excluded"),
        ("in which months was Hart's council tax calls between 70 and 80%?", "between 70 and 80%"),
        ("in which months did Mendip beat Havant on calls answered in 20 seconds?", "beat"),
        ("what percentage of calls were not answered within 20 seconds at Havant in June 2021?", "calls were not"),
        ("did more than half of the councils meet the council tax calls target in August 2021?", "more than half"),
        ("how many council tax calls did Hart get in June 2021?", "how many council tax calls"),
        ("how many emails did Havant fail to answer on time in May 2021?", "fail to"),
        ("emails answered on time for over-65s in Mendip in May 2021", "over-65s"),
        ("what was the customer services KPI004 target before it was raised?", "before it was raised"),
        ("which councils missed the council tax calls target in August 2021 by less than 5 points?", "by less than 5"),
        ("by how many times did Mendip's calls answered in 20 seconds fall in 2021?", "by how many times"),
        ("which IT measure had the lowest overall result in August 2021?", "the lowest"),
        ("Mendip calls answered in 20 seconds, how many quarters", "quarters"),  # whatever no operation is known by
        ("what would overall customer services PI002 need to reach target in August 2021?", "need"),
        ("how many months in a row did calls answered in 20 seconds fall at Havant?", "in a row"),
    ],
)
def test_a_turn_that_is_not_followed_is_no_answer(engine: Engine, question: str, turn: str) -> None:
    """Proves that the figure without the turn is no answer, and that the turn is named."""
    answer = engine.ask(question, TODAY)
    assert answer.status != "answered"
    assert turn in answer.answer or not answer.figures


@pytest.mark.parametrize(
    ("question", "strange"),
    [
        ("customer satisfaction of left-handers in Mendip in June 2021", "left-handers"),
        ("what was Mendip's calls answered in 20 seconds in June 2021, by telex?", "telex"),
        ("which council had the most telexes for calls answered in 20 seconds in June 2021?", "telexes"),
    ],
)
def test_words_that_nothing_was_understood_by_are_told(engine: Engine, question: str, strange: str) -> None:
    """Proves that a figure given without regard to a word says so, beside it or as what is nearest."""
    answer = engine.ask(question, TODAY)
    told = answer.assumptions if answer.status == "answered" else (answer.answer,)
    assert any(f"“{strange}”" in said for said in told), answer


@pytest.mark.parametrize(
    "question",
    [
        "can you tell me if Havant met the target for calls in 20 seconds in June 2021?",
        "what percentage of calls did Havant answer within 20 seconds in June 2021, please?",
        "in which months did Mendip miss the target for calls in 20 seconds?",
        "by how much did Havant miss the 80% calls in 20 seconds target in June 2021?",
    ],
)
def test_what_is_understood_is_answered_without_more_ado(engine: Engine, question: str) -> None:
    """Proves that nothing is told of a question that is answered as it stands."""
    answer = engine.ask(question, TODAY)
    assert answer.status == "answered"
    assert not any("not understood" in said or "no target of" in said for said in answer.assumptions)


def test_a_target_that_no_figure_has_is_told() -> None:
    """Proves that a premise is held against the targets of the figures."""
    assert other_target("did it miss the 95% calls target?", {Decimal(80)}) == "95"
    assert other_target("did it miss the target of 80%?", {Decimal(80)}) == ""
    assert other_target("was it 5% below target in 2021/22?", {Decimal(80)}) == ""
