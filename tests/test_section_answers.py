"""Sections that every report has, and items by their name in a row: what a question names, and what it leaves open."""

import pytest

from bot.answers import meant, section
from bot.answers.builder import Builder
from bot.question.plan import Plan
from corpus.paper import Passage, Place
from kpi_tools.ledger import KINDS, Record


def at(item: str) -> Place:
    return Place("pack.pdf", 4, "Page 4", item, -1, -1, -1, (0.0, 0.0, 1.0, 1.0))


def report(number: str, title: str) -> Record:
    fields = dict.fromkeys(KINDS["agenda_item"], "") | {"number": number, "title": title}
    return Record("agenda_item", None, fields, at(number), title)


PASSAGES = [
    Passage("The levy rises by a tenth.", "Depot report › Financial Implications", (at("4"),), exempt=False),
    Passage("A lease is needed.", "Depot report › Legal Implications", (at("4"),), exempt=False),
    Passage("No cost arises.", "Financial Implications", (at("5"),), exempt=False),
]
RECORDS = [report("4", "A new depot"), report("5", "Opening hours of libraries")]


@pytest.mark.parametrize(
    ("question", "status", "lines"),
    [
        ("what are the financial implications of the depot report?", "answered", ["The levy rises by a tenth."]),
        ("what does the libraries report say of financial implications?", "answered", ["No cost arises."]),
        ("what are the legal implications?", "answered", ["A lease is needed."]),
        (
            "what are the financial implications?",
            "clarify",
            ["• A new depot: The levy rises by a tenth.", "• Opening hours of libraries: No cost arises."],
        ),
        ("what are the legal implications of the libraries report?", "", []),
        ("what are the implications of the swimming report?", "", []),
    ],
)
def test_a_section_is_that_of_the_report_asked_about(question: str, status: str, lines: list[str]) -> None:
    """Another report's section is no answer; where several have one, the question is asked back."""
    builder = Builder({"pack.pdf": "Cabinet"})
    assert section.answer(Plan(question, "text", "value"), PASSAGES, RECORDS, builder) == status
    assert builder.lines == lines


def test_an_item_is_known_by_its_name_in_a_row() -> None:
    """Though each of its words may stand in others; three words at least, and two that say something."""
    records = [report("4", "Delivery of Northtown"), report("5", "Plan for the delivery of the Northtown depot")]
    text = meant.of_fields("title")
    assert meant.in_a_row("what is the status of Delivery of Northtown?", records, text) == records[:1]
    assert meant.in_a_row("is the delivery late at the depot?", records, text) == []
