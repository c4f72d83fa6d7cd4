"""What was understood of a question is shown where it is asked for, and nowhere else."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.engine import Engine
from corpus.settings import Settings

TODAY = date(2021, 12, 31)


def test_the_answer_object_says_what_was_understood(sample_settings: Settings) -> None:
    """--explain adds one key to the answer object; without it the object is that of the contract."""
    call = ["--data", sample_settings.home, "ask", "--today", "2021-12-31", "--json"]
    question = "how did Havant's council tax calls trend this year?"
    plain = json.loads(CliRunner().invoke(main, [*call, question]).stdout)
    told = json.loads(CliRunner().invoke(main, [*call, "--explain", question]).stdout)
    assert set(told) - set(plain) == {"understood"}
    understood = told["understood"]
    assert (understood["subject"], understood["operation"], understood["entities"]) == ("kpi", "trend", ["Havant"])
    assert [(m["how"], "PI004" in m["title"]) for m in understood["measures"]] == [("words", True)]
    assert understood["period"] | {"grain": ""} == {
        "said": "this year",
        "since": "2021-01-01",
        "until": "2021-12-31",
        "grain": "",
    }


def test_a_person_reads_it_below_the_answer(sample_settings: Settings) -> None:
    """In the terminal each thing understood has a line of its own."""
    call = ["--data", sample_settings.home, "ask", "--explain", "Havant PI002 for calls in June 2021"]
    shown = CliRunner().invoke(main, call).stdout
    shown = " ".join(shown.split())
    assert "by its code" in shown and "2021-06-01 to 2021-06-30" in shown


@pytest.mark.parametrize(
    ("questions", "how"),
    [
        (["Havant customer services PI002 in June 2021"], "code"),
        (["Havant calls answered within 20 seconds in June 2021"], "words"),
        (["Havant calls answered within 20 seconds in June 2021", "and in July?"], "thread"),
    ],
)
def test_how_a_measure_was_found(engine: Engine, questions: list[str], how: str) -> None:
    """By its code, by its name, or taken over from the question before."""
    answers = [engine.ask(question, TODAY, f"explain {how}") for question in questions]
    assert [m["how"] for m in answers[-1].understood["measures"]] == [how]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("anwsered", "answered"),  # two letters that changed places
        ("satisfacton", "satisfaction"),  # one left out
        ("abandonned", ""),  # no slip: its stem is the word's own
        ("parsnips", ""),  # another word altogether
    ],
)
def test_a_slip_of_the_keyboard_is_said(engine: Engine, slip: str, meant: str) -> None:
    """A word that is one slip from a measure's is read as that, and the answer says so; any other stays."""
    assert engine.catalogue(cleared=True).spelled(slip) == meant


def test_a_corrected_answer_says_how_it_was_read(engine: Engine) -> None:
    """The reading stands among the assumptions."""
    answer = engine.ask("Havant calls anwsered within 20 seconds in June 2021", TODAY)
    assert "12.95%" in answer.answer and "Read 'anwsered' as 'answered'." in answer.assumptions
