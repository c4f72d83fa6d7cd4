"""A measure that no word of the question names is found by meaning: rarely, never in silence, never for a code."""

from datetime import date

import pytest

from bot.engine import Engine
from bot.question.catalogue import Catalogue
from bot.question.entries import Entry
from bot.question.meaning import AHEAD, OFFERED, TAKEN, Near, meant
from bot.question.terms import terms

TODAY = date(2021, 12, 31)


def entry(name: str) -> Entry:
    """A measure of that name and nothing else."""
    return Entry(name, "", "", (name,), ("Havant",), (), frozenset(), frozenset(), frozenset())


@pytest.mark.parametrize(
    ("likeness", "names"),
    [
        ((), []),  # nothing to choose from
        ((OFFERED - 0.01,), []),  # too far
        ((TAKEN,), ["0"]),  # near, and alone
        ((TAKEN + AHEAD, TAKEN - 0.01), ["0"]),  # far enough before the next
        ((TAKEN + 0.02, TAKEN), ["0", "1"]),  # two as near: the asker chooses
        ((OFFERED, OFFERED - 0.01), ["0"]),  # of two, one is near enough
    ],
)
def test_what_is_near_enough(likeness: tuple[float, ...], names: list[str]) -> None:
    """One that is clearly the nearest is taken; of several as near each is offered; what is far is not."""
    near = [Near(entry(str(at)), alike) for at, alike in enumerate(likeness)]
    assert [e.name for e in meant(near)] == names


def test_it_says_that_it_went_by_meaning(engine: Engine) -> None:
    """The answer is the measure's own figure, and says how the measure was found."""
    answer = engine.ask("questionnaires sent back by users in Brent", TODAY)
    assert answer.status == "answered" and "surveys returned" in answer.answer
    assert any("what the words mean" in line for line in answer.assumptions)
    assert [m["how"] for m in answer.understood["measures"]] == ["meaning"]


@pytest.mark.parametrize(
    "question",
    [
        "how many swimming pools does Mendip run?",  # nothing like it
        "what is the recycling rate in Havant?",
        "How many P5 incidents did Brent have in January 2018?",  # a number that no measure has
        "Havant calls answered within 90 seconds in June 2021",
        "what was PI099 in June 2021?",  # a code is never guessed
    ],
)
def test_what_is_not_there_is_not_found(engine: Engine, question: str) -> None:
    """Nothing near is no answer, and a near number or code is another measure."""
    answer = engine.ask(question, TODAY)
    assert (answer.status, answer.figures) == ("not_found", ()), answer.answer


def test_a_word_that_goes_with_another_measure_parts_the_question_from_this_one() -> None:
    """ "Council tax collection" is of the collection that some measure is named by, not of calls about the tax."""
    calls, collected = (
        Entry(n, "", "", (n,), ("Havant",), (), frozenset(), frozenset(terms(n)), frozenset())
        for n in ("% council tax calls answered", "% of council tax collection")
    )
    both, alone = Catalogue((calls, collected), (), (), (), ()), Catalogue((calls,), (), (), (), ())
    asked = terms("council tax collection")
    assert both.parts(asked, calls) and not both.parts(asked, collected)
    assert not alone.parts(asked, calls)  # no measure has that word: it may be another way to say the same


@pytest.mark.parametrize(
    ("name", "measured"),
    [
        ("Calls answered within 20 seconds", "calls answered"),
        ("Achievement of the in year rent collection target", "achievement in year rent collection target"),
        ("Repairs done in the year", "repairs done"),
    ],
)
def test_what_a_name_says_beside_what_it_measures(name: str, measured: str) -> None:
    """How soon and when; what is collected in the year is itself measured."""
    assert entry(name).head_terms == frozenset(terms(measured))
