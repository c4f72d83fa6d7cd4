"""A report's own red, amber and green: what it rates its measures, beside what their targets say."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from bot import words
from bot.answers.ratings import asked, printed, told
from bot.engine import Engine
from indexer.index import index_paths
from tests.handmade import Letters
from tests.housed import House

RED = "LD1 | Calls lost | Low | 6.1 | 7.9 | 8.0 | Red"


def row(quote: str, end: str = "2024-09-30", at: int = 1, printed_as: str = "8.0") -> dict[str, Any]:
    day = pd.Timestamp(end).date()
    where = {"document": "a.pdf", "table": 1, "row": at, "quote": quote}
    return where | {"end": day, "entity": "Ash", "period": end, "printed": printed_as}


def rated(*rows: dict[str, Any]) -> dict[int, str]:
    return dict(printed([SimpleNamespace(**r) for r in rows], pd.DataFrame(rows)))


def test_rating_is_of_the_latest_figure_of_its_row() -> None:
    assert rated(row(RED, "2024-06-30"), row(RED)) == {1: "red"}


@pytest.mark.parametrize("quote", ["Red bins | 12 | 14", "Calls | 6 | Red | 7 | Green", "Calls | 6 | 7"])
def test_what_is_no_rating_or_two_of_them_rates_nothing(quote: str) -> None:
    assert rated(row(quote)) == {}


def test_rating_may_be_a_letter_in_a_column_of_them() -> None:
    assert rated(row("Calls | 6 | R"), row("Bins | 7 | G", at=2)) == {0: "red", 1: "green"}
    assert rated(row("Calls | 6 | A"), row("Bins | 7 | B", at=2)) == {}
    assert rated(row("Calls | 6 | A"), row("Bins | 7 | A", at=2)) == {}  # both may be annual


def test_rating_in_the_cell_of_a_figure_is_its_own() -> None:
    earlier = row("Latest: 9% Previous: 8% (Amber) | GREEN", "2024-06-30", printed_as="8% (Amber)")
    assert rated(earlier, row("Latest: 9% Previous: 8% (Amber) | GREEN", printed_as="9%")) == {0: "amber", 1: "green"}


def test_rating_is_told_where_it_is_asked() -> None:
    one = row(RED)
    rows, frame = [SimpleNamespace(**one)], pd.DataFrame([one])
    assert told("is LD1 green?", rows, frame) == " The report rates it red."
    assert told("what is the RAG of LD1?", rows, frame) == " The report rates it red."
    assert told("how was LD1 rated?", rows, frame) == " The report rates it red."
    assert told("what was LD1?", rows, frame) == ""
    bare = row("LD2 | Calls taken | 7.9", at=2)
    other = told("is LD2 red?", [SimpleNamespace(**bare)], pd.DataFrame([one, bare]))
    assert other == " No red, amber or green was read beside it."


def test_colours_asked() -> None:
    assert asked("which are red or amber?") == ("red", "amber")
    assert asked("which were redrafted?") == ()


def test_red_is_taken_for_missed_only_where_nothing_is_rated(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "how many months was Havant's PI002 for calls red from January to August 2021?"
    answer = engine.ask(question, date(2021, 10, 6))
    assert "8 of 8 months" in answer.answer
    assert words.BY_COLOUR in answer.assumptions
    monkeypatch.setattr("bot.answers.kpi.printed", lambda rows, every: {0: "red"})  # noqa: ARG005
    held = engine.ask(question, date(2021, 10, 7))
    assert held.status == "not_found"
    assert "8 of 8" not in held.answer


PAPER = """Hart District Council
Overview and Scrutiny Committee
6 October 2021
Leisure

Ref\tIndicator\tTarget\tGood performance is\tQ1 2021/22\tQ2 2021/22\tRAG
LD1\tCalls lost\t6\tLow\t6.1\t8.0\tRed
LD2\tVisits to the pool\t300\tHigh\t310\tNot available\tAmber
LD3\tClasses held\t20\tHigh\t22\t25\tGreen
"""


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("which measures are rated red?", "The report rates 1 of 2 red:\n• Hart's LD1", "LD3"),
        ("which measures have no figure?", "no figure for:\n• Hart's LD2", "LD1"),
    ],
)
def test_measures_are_listed_by_their_rating_or_for_want_of_a_figure(
    house: House, question: str, told: str, other: str
) -> None:
    """As their report has it, whatever their targets."""
    house.write("a.txt", PAPER)
    index_paths([house.papers], house.settings, embedder=Letters())
    said = Engine(house.settings).ask(question, date(2021, 10, 10)).answer
    assert told in said and other not in said
