"""Questions about slips in the papers: what is asked of is answered, and every numeral has its ground."""

from datetime import date

import pytest

from bot.answers.slip import MOST_SLIPS
from bot.answers.verify import unfounded
from bot.commands.slip_list import excerpt
from bot.engine import Engine
from kpi_tools.checks import kinds_asked

TODAY = date(2021, 12, 31)


@pytest.mark.parametrize(
    "question",
    ["are there any mistakes in the papers?", "which errors did you find about Havant?", "any slips in PI004?"],
)
def test_slips_are_told_a_few_at_a_time(engine: Engine, question: str) -> None:
    """At most a handful of sentences, each with its places; how many more there are is said."""
    answer = engine.ask(question, TODAY)
    assert answer.status == "answered", answer.answer
    assert len(answer.answer.splitlines()) <= MOST_SLIPS + 1
    assert answer.citations
    assert not unfounded(answer)


def test_slips_are_those_asked_about(engine: Engine) -> None:
    """A council that is named is in every slip that is told; a code likewise."""
    for name in ("Havant", "PI004"):
        lines = engine.ask(f"which errors did you find about {name}?", TODAY).answer.splitlines()
        told = [line for line in lines if "packclerk check" not in line]
        assert told
        assert all(name in line for line in told)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("does the client team budget add up?", "the total line says £666,156"),
        ("is the 11.8% reduction right?", "reduction of more than 11.8%"),
        ("is Havant's 12.95% correct?", "far from its other figures"),
        ("check the ICT pack for errors", "all measures improved, but"),
        ("how many mistakes are in the ICT pack?", "The checks find "),
        ("is 20 seconds right for PI004?", "60 seconds"),
        ("are the P1 percentages possible?", "is no share of"),
        ("do the shares add up on page 99?", "nothing of the kind"),
    ],
)
def test_whether_the_papers_are_right(engine: Engine, question: str, says: str) -> None:
    """A paper, a number, a page and a kind of slip that are asked about; nothing found is said too."""
    answer = engine.ask(question, TODAY)
    assert says in answer.answer
    assert (answer.status == "answered") is (says != "nothing of the kind")
    assert not unfounded(answer)


def test_kinds_of_slips_are_told_by_whole_words() -> None:
    """An update is no date, nor is a candidate."""
    assert "dates that disagree" in kinds_asked("are the dates right?")
    assert not kinds_asked("are there mistakes in the updates on the candidates?")


def test_a_number_that_stands_nowhere_is_not_vouched_for(engine: Engine) -> None:
    """ "The checks find nothing against it" is said of what a paper says alone, and of what is not in doubt."""
    for question in ("is the 87.123% right?", "is the 100% right?"):
        assert "nothing against it" not in engine.ask(question, TODAY).answer


def test_a_long_quote_is_cut_to_what_is_said_of_it() -> None:
    """The terminal shows the figure or the name that a sentence has of its quote, wherever in it that stands."""
    quote = f"{'A missed collection is one that was not made. ' * 4}| April: 28 May: 13208"
    assert "13208" in excerpt(quote, "Hart: 13208 in May: far from its other figures (median 106.5).")
    assert excerpt(quote, "Two rows are alike.").startswith("A missed")
    assert excerpt("May: 13208", "Hart: 13208 in May.") == "May: 13208"
