"""Questions about agendas, over items made by hand of the papers of two councils."""

from datetime import date

import pytest

from bot.answers.builder import Builder
from bot.answers.ledger import answer
from bot.question.plan import Plan
from bot.question.terms import terms
from corpus.paper import Place
from kpi_tools.ledger import KINDS, Record


def item(document: str, number: str, title: str, of: str = "") -> Record:
    fields = {"number": number, "title": title, "of": of, "first_page": "4", "last_page": "4"}
    place = Place(document, 4, "Page 4", number, -1, -1, -1, (0.0, 0.0, 1.0, 1.0))
    return Record("agenda_item", None, {name: fields.get(name, "") for name in KINDS["agenda_item"]}, place, title)


ITEMS = [
    item("ash.pdf", "5", "Performance to June", "Head of Data"),
    item("ash.pdf", "6", "Risk register"),
    item("elm.pdf", "4", "Performance to May", "Chief Officer"),
]
HOMES = {"ash.pdf": "Ashby", "elm.pdf": "Elmley"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("who wrote the performance report in Ashby?", ["Item 5: Performance to June – report of Head of Data."]),
        ("whose report is Elmley's performance report?", ["Item 4: Performance to May – report of Chief Officer."]),
        ("what is on the Ashby agenda?", ["• Item 5: Performance to June.", "• Item 6: Risk register."]),
    ],
)
def test_a_council_says_whose_agenda_is_meant(question: str, said: list[str]) -> None:
    """Its name is no word of an item's title."""
    builder = Builder(dict.fromkeys(HOMES, "A pack"))
    council = next(name for name in HOMES.values() if name in question)
    plan = Plan(question, "agenda_item", "value", entities=(council,), topic=terms(question))
    assert answer(plan, ITEMS, builder, date(2024, 7, 1), HOMES) == "answered"
    assert builder.lines == said
