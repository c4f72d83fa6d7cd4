"""Questions in words that no cue has: answered from the record that holds them, of whatever kind, or from none."""

from datetime import date

import pytest

from bot.answers.initials import defined, spelled
from bot.answers.verify import unfounded
from bot.engine import Engine

OCTOBER = date(2021, 10, 6)
APRIL = date(2022, 4, 10)


@pytest.mark.parametrize(
    ("question", "today", "says"),
    [
        ("what do we do to guard against losing a data centre?", APRIL, "Mitigation"),
        ("what's stopping the VAT coding errors from being closed?", OCTOBER, "RP1-2020"),
        ("what does Mendip chip in for the client team in 2022/23?", OCTOBER, "£149,419"),
        ("where have we got to with the switchboard for Mendip?", APRIL, "01/03/2022"),
        ("is the machine handling of universal credit notices live?", APRIL, "RB15"),
        ("who are Hart's representatives?", APRIL, "James Radley"),
        ("which bits of the customer services plan have dates?", APRIL, "items in the latest plan"),
        ("what did Customer Services add to their plan?", APRIL, "are new"),
        ("how is Southwark's move into the data centres getting on?", APRIL, "Move Southwark into the data centres"),
    ],
)
def test_the_record_that_holds_a_question_answers_it(engine: Engine, question: str, today: date, says: str) -> None:
    """A risk with what is done about it, a plan with how it stands, a council's line of a budget, a person."""
    answer = engine.ask(question, today)
    assert answer.status == "answered"
    assert says in answer.answer
    assert answer.citations
    assert not unfounded(answer)


@pytest.mark.parametrize(
    "question",
    [
        "when will the drones be handed over to the client team?",
        "who leads on the electric vans?",
        "what does Mendip chip in for the swimming pools?",
        "how is the merger of the libraries getting on?",
        "has the payroll register been moved to the cloud?",
        "net professional fees",
    ],
)
def test_a_record_that_lacks_what_is_asked_of_answers_nothing(engine: Engine, question: str) -> None:
    """A word that no paper has, said of a thing, is no word for what is done."""
    assert engine.ask(question, APRIL).status == "not_found"


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("what is the sum of eye tests and training in the client budget?", "£5,650"),
        ("what do travel plus professional fees come to?", "£6,500"),
        ("what is the total of drones, staff costs, travel and training?", ""),
    ],
)
def test_lines_named_in_part_are_added_up_where_all_are_there(engine: Engine, question: str, says: str) -> None:
    """Each part of what is asked names one line of one budget; where one names none, nothing is added up."""
    answer = engine.ask(question, OCTOBER)
    assert answer.status == ("answered" if says else "not_found")
    assert says in answer.answer


@pytest.mark.parametrize(
    ("row", "text", "known", "held"),
    [
        (("configur", "manag", "databas"), "The CMDB is loaded.", (), True),
        (("multi", "factor", "authent"), "Quotes for MFA came in.", (), True),
        (("job", "descript"), "Audit of JDs done.", (), True),
        (("univers", "credit", "autom"), "UC Automation", ("UC",), True),
        (("univers", "credit", "autom"), "UC Automation", (), False),
        (("summon", "problem"), "The SOP is to be agreed.", (), False),
        (("salari", "client", "director"), "SCs buy their own devices.", (), False),
    ],
)
def test_words_are_known_by_their_initials(row: tuple[str, ...], text: str, known: tuple[str, ...], held: bool) -> None:
    """Of three letters or more; of two where a paper explains them, or means several of what just two words name."""
    assert bool(spelled([row], text, frozenset(known))) is held


def test_papers_explain_their_abbreviations() -> None:
    """Before or behind the words that they stand for; a place or a unit in brackets is none."""
    texts = ["Universal Credit (UC) Automation", "MFA (Multi Factor Authentication) is near", "Windows (2012) in PO1"]
    assert defined(texts) == {"UC", "MFA"}
