"""Questions about the items of plans, over two years' plans made by hand."""

from datetime import date

import pytest

from bot.answers.builder import Builder
from bot.answers.item import answer
from bot.question.plan import Plan
from bot.question.terms import terms
from tests.test_promises import item

OLD, NEW = date(2021, 10, 6), date(2022, 3, 31)
PLANS = [
    item("old.pdf", OLD, plan="Revenues", description="Claim Robots", milestone="Demo for clients", due="12/08/20"),
    item("old.pdf", OLD, plan="Revenues", description="Claim Robots", milestone="Agree parameters", due="TBC"),
    item("old.pdf", OLD, plan="Revenues", description="New bank account", milestone="Open it", due="01/02/21"),
    item("new.pdf", NEW, plan="Revenues", description="New bank account", milestone="Open it", due="01/02/23"),
]


@pytest.mark.parametrize(
    ("question", "said", "earlier"),
    [
        ("when are the Claim Robots due?", ["12/08/20", "TBC"], True),
        ("by when will parameters be agreed for Claim Robots?", ["TBC"], True),
        ("when is the new bank account due?", ["01/02/23"], False),
        ("when are robots due?", [], False),
        ("are the Claim Robots and the new bank account due?", ["01/02/23"], False),  # of the latest plan too
    ],
)
def test_an_item_that_the_latest_plan_has_no_more_is_told_as_the_one_before_had_it(
    question: str, said: list[str], earlier: bool
) -> None:
    """Each of its steps, or the one that is named, and that it is not of the latest plan."""
    builder = Builder({"old.pdf": "A plan", "new.pdf": "A plan"})
    plan = Plan(question, "plan_item", "value", topic=terms(question))
    assert answer(plan, PLANS, builder, NEW) == ("answered" if said else "")
    steps = [line for line in builder.lines if "due " in line]
    assert [next(due for due in said if due in line) for line in steps] == said
    assert bool(builder.assumptions) is earlier
