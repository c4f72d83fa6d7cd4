"""Questions about the items of plans, over the sample papers: which, whose, since when, and what follows on them."""

from datetime import date

import pytest

from bot.answer import Answer
from bot.answers.verify import unfounded
from bot.engine import Engine

TODAY = date(2022, 4, 10)


def ask(engine: Engine, *questions: str) -> Answer:
    """The answer to the last of these questions of one thread."""
    answers = [engine.ask(question, TODAY, thread=" ".join(questions)) for question in questions]
    assert not unfounded(answers[-1])
    return answers[-1]


def count(answer: Answer) -> int:
    return int(answer.answer.split()[0])


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("what was dropped from the plan?", "no longer in the plan"),
        ("which items were left out of the new plan?", "no longer in the plan"),
        ("what was taken out of the 2022/23 annual plan?", "no longer in the plan"),
        ("which items are new in the plan?", "are new"),
        ("what slipped between the two plans?", "slipped by"),
        ("which plan items are rated red or amber?", "rated red or amber"),
        ("which plan items are on hold?", "No item of the latest plan"),
        ("how many members does the committee have?", "10 are named"),
        ("was James Radley at the July 2021 meeting?", "not name James Radley among those present, nor in apologies"),
        ("was Liz Leyshon at the July 2021 meeting?", "was present"),
        ("any progress on the standard operating model in 2021?", "reached: 16/08/2021"),
        ("who is James Radley?", "James Radley (Hart"),
        ("is James Radley on the committee?", "is a member"),
        ("has the committals rectification plan been closed?", "RP4-2020"),
        ("why is the plan for committals still not closed?", "RP4-2020 (Revenues and Benefits"),
        ("which revs and bens actions should be finished by the end of June 2022?", "items in the latest plan"),
        ("wheres the havant collection plan at", "RB16 Collection plan for Havant"),
        ("which plan items are due in March 2019?", "No item of the latest plans has a due date"),
        ("which customer services items are rated red?", "No item of the latest plan is rated red"),
        ("what is on the forward look for customer services?", "Unitary council for Somerset"),
        ("which actions concern all councils?", "18 items in the latest plans, 13 of Revenues and Benefits"),
        ("which items must be finished by the end of July 2022?", "due 01/07/22"),
        ("what moved in the plan between October and April?", "1 slipped, 13 changed status"),
        ("what was dropped from the plan?", "No longer there: M RB8 Standard operating model reached, 2 steps"),
        ("which rectification plan is new?", "1 new rectification plan in the latest paper:\n• RP1-2022"),
        ("which council pays most towards the client team, and which the least?", "Hart District Council"),
        ("which three councils pay the least for the client team?", "South Oxfordshire"),
        ("who from South Oxfordshire was at the July 2021 meeting?", "Sue Cooper"),
        ("who pays the least towards the client team?", "Hart District Council"),
        ("which items does Havant lead?", "names Havant as its lead"),
        ("is anything red in the plan?", "items rated red in the latest plan"),
        ("what is the key activity for savings in the budget?", "budget of the service: KEY ACTIVITY: – One budget"),
        ("which items of the 2021/22 plan are on hold?", "3 items in the 2021/22 plan"),
        ("what is the driver for RB16?", "The plan gives no driver for this."),
        ("list the members of the joint committee", "Members: Neil Fawcett"),
        ("what was resolved about customer satisfaction in July 2021?", "mystery shopping"),
        ("what was resolved about the call answering figures at the July 2021 meeting?", "dashboard"),
    ],
)
def test_what_is_asked_of_plans_and_meetings_is_told(engine: Engine, question: str, says: str) -> None:
    """In several phrasings; a list that has none says so, and so do notes that do not name someone."""
    answer = ask(engine, question)
    assert answer.status == "answered"
    assert says in answer.answer
    assert answer.citations


@pytest.mark.parametrize("question", ["who chairs the audit committee?", "who sits on the planning committee?"])
def test_another_body_s_people_are_not_told(engine: Engine, question: str) -> None:
    """The chair and the members of the committee whose paper it is are no answer to a question of another."""
    assert ask(engine, question).status == "not_found"
    assert ask(engine, "who sits on the joint committee?").status == "answered"


def test_a_follow_up_narrows_what_was_listed(engine: Engine) -> None:
    """Those of two councils are some of all; those of one of them are some of these."""
    overdue = "which plan items are overdue?"
    both = ask(engine, overdue, "which of those affects South and Vale?")
    assert count(ask(engine, overdue)) > count(both) >= count(ask(engine, overdue, "which of those affects South?")) > 0
    opened = ask(engine, "which annual plan items affect Hart?", "which of them are open?")
    assert "complete" not in opened.answer


def test_those_of_whoever_leads_them(engine: Engine) -> None:
    """Who is named before them leads the items: those that are overdue are fewer than all of them, and no "none"."""
    every, own = (ask(engine, f"which {whose}actions are overdue?") for whose in ("", "Contractor / Client "))
    assert count(every) > count(own) > 0


def test_it_is_what_was_asked_about_before(engine: Engine) -> None:
    """Who leads it, and which councils it is for, are told of the item of the question before."""
    first = "what is the status of the Havant collection plan?"
    assert "Havant" in ask(engine, first).answer
    assert "led by" in ask(engine, first, "who leads it?").answer
    assert "for Havant" in ask(engine, first, "which councils does it affect?").answer


def test_items_too_many_for_a_line_each_are_named(engine: Engine) -> None:
    """The steps of one item stand together, each cited; of those that do not fit it is said how many there are."""
    green, opened = ask(engine, "which plan items are rated green?"), ask(engine, "which plan items are open?")
    more = int(opened.answer.splitlines()[-1].split()[1])
    assert len(green.citations) == count(green) > len(green.answer.splitlines()) > 6
    assert 6 <= len(opened.citations) == count(opened) - more and len(opened.answer.split()) < 200


@pytest.mark.parametrize(
    "question", ["how many percent cheaper will the client team be?", "what did the client team cost last year?"]
)
def test_how_a_budget_moved_is_read_beside_its_table(engine: Engine, question: str) -> None:
    """Of the year before the table has no figure; of one council's share nothing is said."""
    assert "11.8%" in ask(engine, question).answer and "£666,156" not in ask(engine, question).answer
    assert engine.ask("what did Havant pay last year?", date(2021, 10, 6)).status == "not_found"


def test_a_bare_question_asks_of_what_was_answered(engine: Engine) -> None:
    """A share of the one that came first; and what was completed is what is complete."""
    assert "32.91%" in ask(engine, "who pays the most towards the client team?", "what percentage?").answer
    finished = ask(engine, "which plan items are on hold?", "and completed?")
    assert count(finished) == count(ask(engine, "which plan items are complete?")) > 8
