"""What was asked for at meetings, and what later papers say of it."""

from collections.abc import Sequence
from datetime import date

import pytest

from bot.answers.builder import Builder
from bot.answers.request import answer
from bot.answers.verify import unfounded
from bot.engine import Engine
from bot.question.plan import Plan
from corpus.paper import Passage, Place
from indexer.retrieval.search import Hit
from kpi_tools.ledger import Record

TODAY = date(2021, 10, 6)
NOTES = Place("a.pdf", 4, "Page 4", "7", 0, -1, -1, (0.0, 0.0, 1.0, 1.0))


def asked(text: str) -> Record:
    fields = {"text": text, "about": "", "by": "", "of": "", "due": "", "meeting": "7 July 2021"}
    return Record("request", TODAY, fields, NOTES, text)


def hit(text: str, similarity: float, page: int = 9) -> Hit:
    place = Place("a.pdf", page, f"Page {page}", "7" if page == 4 else "8", 0, -1, -1, (0.0, 0.0, 1.0, 1.0))
    return Hit("1", Passage(text, "", (place,), False), "A pack", 1.0, 1, similarity)


@pytest.mark.parametrize(
    ("hits", "said", "page"),
    [
        ([hit("A survey of library visitors was held in August.", 0.8)], "A later paper takes it up", 9),
        ([hit("People were polled at branches.", 0.7)], "Perhaps taken up later, but that is not certain", 9),
        ([hit("Bins were emptied.", 0.2)], "No later paper was found", 4),
        ([hit("A survey of library visitors was asked for.", 0.9, page=4)], "No later paper was found", 4),
        ([], "No later paper was found", 4),
    ],
)
def test_what_came_of_a_request_is_as_sure_as_the_words_are(hits: Sequence[Hit], said: str, page: int) -> None:
    """All of its words are sure, the meaning alone is not; the notes themselves are no answer to themselves."""
    builder = Builder({"a.pdf": "A pack"})
    plan = Plan("was the survey of library visitors followed up?", "request", "value", topic=("survey", "librari"))
    assert answer(plan, [asked("A survey of library visitors.")], builder, lambda _text, _day: hits) == "answered"
    assert said in "\n".join(builder.lines)
    assert builder.citations[-1].page == page


def test_requests_are_told_with_their_meeting(engine: Engine) -> None:
    """Those of the meeting that is named, each cited; of a meeting without notes the papers say nothing."""
    told = engine.ask("What did members ask for at the July 2021 meeting?", TODAY)
    assert told.status == "answered"
    assert "quality of the IT service desk" in told.answer
    assert {c.page for c in told.citations} <= {4, 5}
    assert not unfounded(told)
    assert engine.ask("What did members ask for at the May 2020 meeting?", TODAY).status == "not_found"


def test_one_request_is_told_with_what_came_of_it(engine: Engine) -> None:
    """It is found by its words, and both places are cited where there are two."""
    told = engine.ask("was the suggestion about the IT service desk followed up?", TODAY)
    assert told.status == "answered"
    assert "later" in told.answer
    assert told.citations[0].page == 5
    assert not unfounded(told)
