"""What a question turns on must be said by what answers it: who did it, what became of it, where, how often."""

from dataclasses import replace

import pytest

from bot.answers.asked import Asked
from bot.answers.needed import counted, has_needed
from bot.answers.point import asks_doer, asks_who, point
from bot.question.plan import Plan
from bot.question.terms import stem, terms
from indexer.retrieval.nearwords import near


@pytest.mark.parametrize(
    ("question", "turns"),
    [
        ("who painted the town hall?", ["painted"]),  # what is done, not what it is done to
        ("who is the head of parks?", ["head"]),
        ("when does the ferry lease end?", ["end"]),
        ("when were boat owners consulted on the pier?", ["consulted"]),  # what was done, not what of
        ("who does all repairs of the pier?", ["repairs"]),  # where "does" may be any verb
        ("where is the archive kept?", ["kept"]),
        ("which hotel was booked for the ball?", ["hotel"]),
        ("which hotel won the cup?", ["hotel", "won"]),  # and what it did
        ("who is the new treasurer of the pier?", ["treasurer"]),  # the post
        ("what time did the fair finish?", ["finish"]),
        ("was the ferry operator fined?", ["ferry", "operator", "fined"]),  # yes or no: all of it
        ("what did members say about ferries?", ["ferries"]),
        ("what did the inspection conclude?", ["conclude"]),
        ("how much did the fair raise?", ["raise"]),
    ],
)
def test_what_a_question_turns_on(question: str, turns: list[str]) -> None:
    """The word without which no sentence can answer it."""
    assert point(question, terms(question, "little")) == tuple(map(stem, turns))


def wanted(question: str) -> Asked:
    """What a question asks, each word saying as much."""
    own = terms(question, "little")
    forms = {stem(w): frozenset({w}) for w in question.lower().strip("?").split()}
    turn = point(question, own)
    return Asked(
        dict.fromkeys(own, 1.0),
        {},
        forms,
        dict.fromkeys(own, frozenset()),
        point=turn,
        who=asks_who(question),
        doer=asks_doer(question),
    )


@pytest.mark.parametrize(
    ("question", "text", "holds", "why"),
    [
        ("who painted the hall?", "The hall was painted by Ada Moss in spring.", True, "a name beside it"),
        ("who painted the hall?", "The contractor painted the hall.", True, "a role beside it"),
        ("who painted the hall?", "The hall was painted in March.", False, "a month is nobody"),
        ("who painted the hall?", "Ada Moss opened the hall.", False, "somebody who did something else"),
        ("who painted the hall?", "Ada Moss said that the hall had been painted.", False, "by whom is not said"),
        ("who painted the hall?", "Ada Moss had the keys when the hall was painted.", False, "it is another clause"),
        ("who painted the hall?", "Ada Moss was painted beside the hall.", False, "it was done to her"),
        ("who painted the hall?", "Ada Moss has painted the hall.", True, "she did it"),
        ("who was painted?", "Ada Moss was painted.", True, "to whom it was done is asked"),
        ("who was the hall painted by?", "The hall had been painted before Ada Moss came.", False, "with no by"),
        ("was the operator fined?", "The operator was fined twice.", True, "all of it"),
        ("was the operator fined?", "The operator was praised.", False, "another thing than asked"),
        ("was the operator fined?", "Penalties: the operator got fines.", True, "a form of the word"),
        ("when does the lease end?", "The lease began in 2019.", False, "when it began is not when it ends"),
        ("when does the lease end?", "The lease ends in 2031.", True, "as asked"),
    ],
)
def test_an_answer_has_what_the_question_turns_on(question: str, text: str, holds: bool, why: str) -> None:
    """All that is said of the thing but this is no answer."""
    assert wanted(question).nearer([text]).turns_on(text) is holds, why


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("how often does the panel meet?", "The panel meets every six weeks.", True),
        ("how often does the panel meet?", "The panel met at the pier.", False),
        ("where will the fair be?", "The fair will be at Moss Green.", True),
        ("where will the fair be?", "The fair will be fun.", False),
        ("where will the fair be?", "The fair will be in March.", False),  # a month is no place
        ("by what vote did it pass?", "It passed with care on 6 May.", False),
        ("by what vote did it pass?", "It passed by four votes to one.", True),
        ("when will the pier open?", "8 May 2022: RESOLVED: to open the pier.", False),  # when it was said
        ("when was the pier opened?", "8 May 2022: the pier was opened.", True),
        ("how much was asked for?", "It was refused as no match was shown.", False),  # "no" is no sum
        ("which council follows Havant?", "Havant comes first.", False),  # asked, and so no answer
        ("when is the vote?", "4.6 The vote, item 24/00109, is near.", False),  # numbers that are no days
        ("when is the vote?", "The vote is at 10.30.", True),
        ("what time did the fair end?", "The fair ended on 6 May 2022.", False),  # a day is no time of it
        ("what time did the fair end?", "The fair closed at 3.10pm.", True),
        ("what time does the panel meet?", "The meeting closed at 3.10pm.", False),  # nor is its end its start
        ("what time does the panel meet?", "The meeting opened at 2pm.", True),
        ("what share of claims is checked?", "Claims are checked with care.", False),
        ("what share of claims is checked?", "One in ten claims is checked: 10% of them.", True),
        ("where are we with the pier plan?", "The works have begun.", True),  # no place is asked
        ("where does the pier plan stand?", "The works have begun.", True),
        ("how much was lost?", "It was lost in April 2018.", False),  # nor is a day
        ("how many boats sank?", "They waited 3 years for the boats.", False),  # years are no boats
        ("how many boats sank?", "By 3 votes it was agreed.", False),  # nor is anything else
        ("how many boats sank?", "All 2000+ boats sank.", True),
        ("how many 25 year olds sail?", "A boat is for a 19- to 25-year-old.", False),  # nor is one that is asked
        ("what is the date of the fair?", "It is held this year.", False),  # no date
        ("which councils have a pier?", "There is a pier in the north.", False),
        ("which councils have a pier?", "Havant has a pier.", True),
        ("what happened to the grant?", "The grant is still to come.", True),  # asks for no amount
        (
            "when did Moss 2008 sink?",
            "The audit of the accounts 2017/18 told that Moss 2008 sank.",
            False,
        ),  # only names
        ("when did Moss 2008 sink?", "Moss 2008 sank in 2017/18.", True),
        ("how much was lost?", "4.6 Much was lost.", False),  # a paragraph's number is no amount
        ("how much will the pier cost?", "The pier will cost $12,000.", True),
    ],
)
def test_an_answer_is_of_the_kind_asked_for(question: str, text: str, held: bool) -> None:
    """How often needs a frequency, where a place, when a day, how much a number of its own."""
    assert has_needed(Plan(question, "text", "value"), text) is held


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Ada Moss, treasurer, spoke.", True),
        ("Head of Pier Services, treasurer", False),  # another post
        ("Post: treasurer; Status: Appointment made", False),  # heads of columns
    ],
)
def test_who_holds_a_post_is_told_by_a_name(text: str, holds: bool) -> None:
    """A post, a part of the council, or the head of a column is nobody."""
    asked = replace(wanted("who is the treasurer?"), holder=True)
    assert asked.nearer([text]).turns_on(text) is holds


def test_words_are_near_to_what_says_nearly_the_same() -> None:
    """Closer words are nearer; what the table does not know, and the word itself, is near to nothing."""
    found = near(["phone", "qqzzy"], ["telephone", "phone", "call", "turnip"])
    assert list(found) == ["phone"] and "phone" not in found["phone"]
    assert found["phone"]["telephone"] > found["phone"].get("call", 0.0) >= 0.0 == found["phone"].get("turnip", 0.0)


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("how many males use the pool?", "males"),
        ("how many benefit claims get checked?", "claims"),
        ("how many women drivers passed?", "women"),
        ("how many people sail?", ""),
        ("how much was lost?", ""),
    ],
)
def test_what_is_counted_is_a_plural(question: str, thing: str) -> None:
    assert counted(question) == thing


@pytest.mark.parametrize(("today", "held"), [("2024-03-10", True), ("2024-06-10", True), ("2024-07-01", False)])
def test_a_day_that_is_gone_is_no_next_meeting(today: str, held: bool) -> None:
    """That of today is still to come."""
    plan = Plan("when is the next meeting?", "text", "value", today=today)
    assert has_needed(plan, "Date of next meeting … Monday 10 June 2024") is held
    assert not has_needed(plan, "The panel meets each month.")
