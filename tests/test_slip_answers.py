"""Questions about slips in the papers: what is asked of is answered, and every numeral has its ground."""

from datetime import date

import pytest

from bot.answers.slip import MOST_SLIPS
from bot.answers.verify import unfounded
from bot.engine import Engine

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
