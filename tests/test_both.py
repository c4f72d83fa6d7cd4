"""Two questions in one message: each is answered, and one question that only sounds like two stays one."""

from dataclasses import replace
from datetime import date

import pytest

from bot.engine import Engine
from bot.question.both import both
from bot.question.plan import Plan
from bot.question.understand import understand

TODAY = date(2022, 4, 10)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # two measures of one council in one breath, each with its own period
        ("What were Mendip's calls in 20 seconds in July 2021, and its customer satisfaction in June 2021?",
         ("76.31%", "86.00%")),
        # the council and the period stand after the second, and hold for both
        ("calls in 20 seconds and customer satisfaction for Mendip in June 2021", ("74.88%", "86.00%")),
        # two things asked of one measure
        ("what was the average overall PI004 for council tax calls, January to August 2021, and when was it lowest?",
         ("75.07%", "56.08%")),
        # a figure of one month, and how it moved until another
        ("What was Hart's council tax calls figure in July 2021 and did it improve by August?",
         ("68.75%", "\nNo: Hart")),
        # two measures held side by side
        ("compare Mendip's calls in 20 seconds and customer satisfaction in June 2021", ("74.88%", "86.00%")),
        # a figure and a matter of the ledger
        ("What was Havant's PI002 for calls in June 2021 and which rectification plans are open?", ("12.95%", "RP")),
        ("What was Mendip's PI002 for calls in June 2021? And who sits there for Havant on the committee?",
         ("74.88%", "Bow")),
    ],
)  # fmt: skip
def test_both_are_answered(engine: Engine, question: str, said: tuple[str, str]) -> None:
    """Proves that neither half is lost, and that every figure still points at its own citation."""
    answer = engine.ask(question, TODAY)
    assert answer.status == "answered"
    assert all(text in answer.answer for text in said)
    assert all(g.printed in answer.citations[g.citation - 1].quote for g in answer.figures)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("council tax and benefits calls overall in May 2021", 1),  # the name of one measure
        ("what was the average of calls in 20 seconds between June 2021 and July 2021 for Mendip", 2),  # one span
        ("compare Havant and Mendip on calls in 20 seconds in June 2021", 2),  # two councils, one question
        ("what does customer services PI005 measure and what's the target?", 0),  # one definition
    ],
)
def test_one_question_stays_one(engine: Engine, question: str, figures: int) -> None:
    """Proves that an "and" alone parts nothing."""
    answer = engine.ask(question, TODAY)
    assert answer.status == "answered"
    assert len(answer.figures) == figures


@pytest.mark.parametrize(
    ("asked", "parted"), [("{} and its waste figures together", False), ("{} and its waste figures", True)]
)
def test_amounts_that_are_added_up_are_not_parted(engine: Engine, asked: str, parted: bool) -> None:
    """Proves that a sum of two budgets is one question, though a service of that name has measures of its own."""
    catalogue = engine.catalogue(cleared=True)
    one = replace(understand("x", TODAY, catalogue), subject="budget_line", measures=("waste",), operation="value")

    def understands(text: str, _: Plan | None) -> Plan:
        return replace(one, question=text, subject="kpi" if "waste" in text else "budget_line")

    whole = replace(one, question=asked.format("what is the forecast for roads"))
    assert (both(whole, understands, catalogue) is not None) is parted
