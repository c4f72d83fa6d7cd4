"""Questions about the index itself are answered from it, and from no paper's words."""

from datetime import date

import pytest

from bot.answers.verify import unfounded
from bot.engine import Engine
from bot.words import titled

TODAY = date(2022, 4, 10)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how many papers are there?", ["3 papers", "performance-pack-2018-02.pdf"]),
        ("what packs do you have", ["3 papers"]),
        ("Hello, which papers do you have?", ["3 papers"]),
        ("which councils are there?", ["9 councils", "Mendip", "Southwark", "Vale of White Horse"]),
        ("list the services", ["5 services", "Land Charges"]),
        ("what measures are there for land charges?", ["4 measures", "PI003 (Complaint Volumes)"]),
        ("how many land charges indicators are there?", ["4 measures", "PI003 (Complaint Volumes)"]),
        ("how many KPIs and PIs does customer services have?", ["8 measures", "Customer Services PI004"]),
        ("which indicators does gardening have?", ["no measure that is known"]),
        ("What periods do the papers cover?", ["28 February 2018 to 6 April 2022", "NOVEMBER 2017 to Feb-22"]),
        ("how far back do the papers go?", ["28 February 2018"]),
    ],
)
def test_the_index_answers_for_itself(engine: Engine, question: str, said: list[str]) -> None:
    """Papers, councils, services, measures, periods: counted and named, each numeral with its ground."""
    answer = engine.ask(question, TODAY)
    assert answer.status == "answered"
    assert [part for part in said if part not in answer.answer] == []
    assert not unfounded(answer)


@pytest.mark.parametrize(
    "question",
    [
        "which measures failed in August 2021?",
        "which council had the worst emails in June 2021?",
        "what reports are due?",
    ],
)
def test_questions_of_the_papers_are_none_of_the_index(engine: Engine, question: str) -> None:
    """A question that begins alike and goes on about something is answered from the papers."""
    assert engine.ask(question, TODAY).understood["subject"] != "index"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Cabinet 1 November 2017", "Cabinet 1 November 2017"),
        ("Cabinet, 01/11/2017 18:00", "Cabinet, 1 November 2017 18:00"),
        ("Cabinet on the 1st of November, 2017", "Cabinet on the 1st of November, 2017"),
        ("Cabinet 2017-11-01", "Cabinet 1 November 2017"),
        ("Cabinet", "Cabinet, 1 November 2017"),
        ("Cabinet 11 November 2017", "Cabinet 11 November 2017, 1 November 2017"),  # another day
    ],
)
def test_a_title_that_names_its_day_is_not_given_it_again(title: str, said: str) -> None:
    """However the title writes the day; in figures it is put into words."""
    assert titled(title, date(2017, 11, 1)) == said
