"""Questions about the items of plans, over two years' plans made by hand."""

from datetime import date

import pytest

from bot.answers import change
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


@pytest.mark.parametrize(
    ("question", "status", "said"),
    [
        ("when is the new bank account due in the 2021/22 plan?", "answered", "due 01/02/21"),
        ("when is the new bank account due in the plan for 2022/3?", "answered", "due 01/02/23"),
        ("when is the new bank account due in the 2019/20 plan?", "not_found", "The papers hold no plan of 2019/20."),
    ],
)
def test_the_plan_of_a_year_is_the_one_of_that_year(question: str, status: str, said: str) -> None:
    """By its paper's title, else by its day; what no paper of that year says is not told out of another."""
    builder = Builder({"old.pdf": "A plan", "new.pdf": "A plan 2022/3"})
    assert answer(Plan(question, "plan_item", "value", topic=terms(question)), PLANS, builder, NEW) == status
    assert said in builder.lines[-1]


def test_a_due_date_that_moved_by_no_number_of_days_is_told() -> None:
    """Of the item that is asked about, and of its step: no slip is counted where one of the two was no day."""
    steps = [("Go-live", "TBC", "01/08/22"), ("Testing", "01/03/21", "01/03/22")]
    plans = [
        item(paper, day, plan="Revenues", description="New bank account", milestone=step, due=due[at])
        for at, (paper, day) in enumerate((("old.pdf", OLD), ("new.pdf", NEW)))
        for step, *due in steps
    ]
    builder, question = Builder({}), "by how many days did go-live of the new bank account slip?"
    plan = Plan(question, "plan_changes", "value", topic=terms(question))
    assert change.answer(plan, plans, builder, {}) == "answered"
    assert builder.lines == ["1 has another due date:", "• New bank account: Go-live: due was TBC, is 01/08/22."]
