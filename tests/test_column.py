"""A column of a measure's own row is told where a question names it, and no other row's."""

from types import SimpleNamespace

import pytest

from bot.answers.builder import Builder
from bot.answers.column import column
from bot.question.entries import Entry
from bot.question.plan import Plan
from bot.question.terms import terms
from corpus.paper import Passage, Place

NAME = "Requests closed on time"
ENTRY = Entry("key", "ICT", "7", (NAME,), (), (), frozenset(), frozenset(terms(NAME)), frozenset())
PLACE = Place("a.pdf", 8, "", "", 2, 5, 9, (0, 0, 1, 1))
ROW = SimpleNamespace(
    document="a.pdf", page=8, label="", item="", table=2, row=5, column=9, box=None, period="Jul-17", printed="98"
)
READ = "Ref: 7; Description: Requests closed on time; Target: 90%; Warning Colour: 87%; Jul-17: 98"


@pytest.mark.parametrize(
    ("asked", "text", "row", "value"),
    [
        ("the warning colour of requests closed", READ, 5, "87%"),
        ("the ref of requests closed", READ, 5, "7"),
        ("the colour of requests closed", READ, 5, ""),  # half of a head names no column
        ("requests closed on time", READ, 5, ""),
        ("the warning colour of requests closed", READ, 6, ""),  # another row
        ("the warning colour of requests closed", READ.replace("98", "97"), 5, ""),  # not read as the figure was
    ],
)
def test_a_column_is_told_out_of_its_own_row(asked: str, text: str, row: int, value: str) -> None:
    """Proves what is told, and that nothing is where the row is another, or its cells stand under other heads."""
    passage = Passage(text, "", (Place("a.pdf", 8, "", "", 2, row, 0, (0, 0, 1, 1)),), exempt=False)
    plan = Plan(asked, "kpi", "value", topic=terms(asked))
    found = column(plan, ENTRY, ROW, lambda *_: [passage], Builder({}))
    assert (found.value if found else "") == value
