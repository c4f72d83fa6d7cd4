"""The line from a paper to an answer: questions over the sample papers, each with the reason why it is asked."""

import json
import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bench.questions import ask, load
from bot import words
from bot.answer import Answer
from bot.answers.verify import unfounded
from bot.asking import MOST_ASKED
from bot.cli import main
from bot.engine import Engine
from corpus.errors import StoreError
from corpus.settings import Settings
from kpi_tools.threads import Threads

QUESTIONS = tomllib.loads((Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))["question"]
TODAY = date(2021, 12, 31)


def asked(engine: Engine, item: dict[str, Any], cleared: bool = True) -> Answer:
    """The answer to a question of the list, after those that went before it in its thread."""
    today, thread = item.get("today", TODAY), f"{item['q']}{len(item.get('before', []))}"
    for before in item.get("before", []):
        engine.ask(before, today, thread, cleared)
    return engine.ask(item["q"], today, thread, cleared)


@pytest.mark.parametrize("item", QUESTIONS, ids=[q["why"] for q in QUESTIONS])
def test_a_question_is_answered(engine: Engine, item: dict[str, Any]) -> None:
    """The status, what must and must not be said, and where it must lead back to."""
    answer = asked(engine, item)
    assert answer.status == item.get("status", "answered"), answer.answer
    said = f"{answer.answer}\n{' '.join(answer.assumptions)}"
    for pattern in item.get("say", []):
        assert re.search(pattern, said, re.MULTILINE), f"{pattern} is not in {said}"
    for pattern in item.get("never", []):
        assert not re.search(pattern, said), f"{pattern} is in {said}"
    if "page" in item:
        name, page = item["page"]
        assert any(c.document.startswith(name) and c.page == page for c in answer.citations)
    if answer.status == "answered":
        assert not unfounded(answer)
        assert answer.citations or answer.figures
        assert len(answer.answer.split()) <= 200


def test_every_figure_leads_back_to_its_cell(engine: Engine) -> None:
    """A figure's citation quotes the row that it stands in, and its box lies on the page."""
    answer = engine.ask("how did Havant PI002 trend this year?", TODAY)
    assert len(answer.figures) == 24
    for figure in answer.figures:
        source = answer.citations[figure.citation - 1]
        assert figure.printed in source.quote
        x0, top, x1, bottom = source.box
        assert 0 <= x0 < x1 and 0 <= top < bottom
        assert source.label and source.item


def test_results_name_the_figures_that_they_are_of(engine: Engine) -> None:
    """A change says of which two figures it is, and is their difference."""
    answer = engine.ask("How far did Havant's calls answered in 20 seconds fall from January to August 2021?", TODAY)
    change = next(r for r in answer.results if r.operation == "change")
    first, last = (answer.figures[at] for at in change.of)
    assert (first.printed, last.printed, change.value) == ("75.15%", "45.66%", "-29.49")


def test_exempt_papers_are_not_there_for_the_public(engine: Engine) -> None:
    """What stands in an exempt item is found by the cleared, and for others is in no words different from absent."""
    question = {"q": "How much was claimed in service credits for Havant?"}
    cleared, public = asked(engine, question), asked(engine, question, cleared=False)
    assert "44,000" in cleared.answer
    absent = engine.ask("How much was claimed in parking fines for Havant?", TODAY, cleared=False)
    assert (public.status, public.answer) == (absent.status, absent.answer) == ("not_found", absent.answer)
    assert not public.citations


def run(settings: Settings, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The command line, as a process of its own."""
    command = [sys.executable, "-X", "importtime", "-m", "bot", "--data", settings.home, *arguments]
    return subprocess.run(command, input=stdin, text=True, capture_output=True, check=False, timeout=180)


def test_a_kpi_question_loads_no_model(sample_settings: Settings) -> None:
    """From process start to answer a KPI question imports neither torch nor Chroma nor the PDF reader."""
    done = run(sample_settings, "ask", "Havant PI002 calls in June 2021", "--today", "2021-10-06", "--json")
    assert json.loads(done.stdout)["figures"][0]["value"] == "12.95"
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert "pandas" in loaded
    assert not loaded & {"torch", "sentence_transformers", "chromadb", "pdfplumber", "slack_bolt"}


def test_jsonl_answers_line_by_line(sample_settings: Settings) -> None:
    """One question object a line in, one answer object a line out, in order, threads followed."""
    lines = [
        {"question": "Mendip PI002 calls in June 2021", "today": "2021-10-06", "thread": "t"},
        {"question": "and Havant?", "today": "2021-10-06", "thread": "t"},
    ]
    done = run(sample_settings, "ask", "--jsonl", "-", stdin="".join(json.dumps(line) + "\n" for line in lines))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [a["question"] for a in answers] == [line["question"] for line in lines]
    assert ["74.88" in answers[0]["answer"], "12.95" in answers[1]["answer"]] == [True, True]


@pytest.mark.parametrize(
    "line",
    [
        "nonsense",
        "[" * 100_000,
        '{"question": null}',
        '{"question": ["a"]}',
        '{"question": "a", "today": "0001-01-01"}',
        '{"question": "caf\udce9"}',
    ],
)
def test_a_bad_line_is_told_in_a_sentence(sample_settings: Settings, line: str) -> None:
    """What is no question object is named by its line, after the answers of those before it, without a traceback."""
    said = f'\ufeff\n{{"question": "Havant PI002 calls in June 2021"}}\n{line}\n'.encode("utf-8", "surrogateescape")
    done = CliRunner().invoke(main, ["--data", sample_settings.home, "ask", "--jsonl", "-"], input=said)
    assert done.exit_code == 1
    assert json.loads(done.stdout)["figures"][0]["value"] == "12.95"
    assert done.stderr.startswith("Error: Line 3: expected")


@pytest.mark.parametrize(
    "said", ["Hav\u200bant\u00ad PI002\x00calls in June\udce9 2021", "\ufeffHavant\tPI002 calls\nin June 2021"]
)
def test_signs_that_nobody_sees_change_no_answer(engine: Engine, said: str) -> None:
    """Marks of no width, control characters and halves of characters come with what is copied."""
    assert engine.ask(said, TODAY, "caf\udce9").answer == engine.ask("Havant PI002 calls in June 2021", TODAY).answer


def test_a_question_without_end_is_turned_away(engine: Engine) -> None:
    """It would keep all others waiting; the longest that is looked into is."""
    long = engine.ask("Havant " * 300, TODAY)
    assert (long.status, "2,100" in long.answer) == ("refused", True)
    assert engine.ask("Havant PI002 calls in June 2021".ljust(MOST_ASKED), TODAY).status == "answered"


@pytest.mark.parametrize("asked", ["1 1 1 1", "12", "?5"])
def test_numbers_alone_ask_nothing(engine: Engine, asked: str) -> None:
    """They stand in every table."""
    answer = engine.ask(asked, TODAY)
    assert (answer.status, answer.answer) == ("not_found", words.NOT_FOUND)


def test_what_cannot_be_kept_is_answered_all_the_same(
    sample_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the index is another user's, a question of a thread is answered, and it is said what follows from that."""

    def refuse(*_: object) -> None:
        raise StoreError("The index may not be written by this user")

    monkeypatch.setattr(Threads, "save", refuse)
    answer = Engine(sample_settings).ask("Havant PI002 calls in June 2021", TODAY, "a thread of its own")
    assert (answer.status, answer.figures[0].value) == ("answered", "12.95")
    assert words.NOT_KEPT in answer.assumptions


def test_an_output_that_fails_is_told_in_a_sentence(sample_settings: Settings) -> None:
    """A disk that is full, and a terminal that lacks a paper's signs: no traceback, and all that it can show."""
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    base = [sys.executable, "-m", "bot", "--data", sample_settings.home]
    for command in ([*base, "plans", "--csv"], [*base, "ask", "Havant PI002 calls in June 2021"]):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            done = subprocess.run(command, stdout=full, stderr=-1, text=True, check=False, timeout=180, env=buffered)
        assert (done.returncode, done.stderr) == (1, "Error: No space left on device\n")
    plain = os.environ | {"PYTHONIOENCODING": "ascii", "COLUMNS": "200"}
    done = subprocess.run(command, stdout=-1, stderr=-1, text=True, check=False, timeout=180, env=plain)
    assert (done.returncode, done.stderr) == (0, "") and ": ?Monthly" in done.stdout


def test_the_answer_object_has_the_fields_of_the_contract(engine: Engine) -> None:
    """Scripts outside rely on these names."""
    answer = engine.ask("Havant PI002 calls in June 2021", TODAY).to_json()
    assert list(answer) == [
        "question", "status", "answer", "assumptions", "figures", "results", "citations", "suggestions", "elapsed_ms",
    ]  # fmt: skip
    assert list(answer["figures"][0]) == [
        "service", "code", "measure", "entity", "period", "start", "end", "value", "unit", "printed", "target", "met",
        "citation",
    ]  # fmt: skip
    assert list(answer["citations"][0]) == ["document", "title", "page", "label", "item", "quote", "box"]


def test_an_empty_index_says_how_to_fill_it(tmp_path: Path) -> None:
    """Without papers the answer is how to add some."""
    answer = Engine(Settings(home=str(tmp_path))).ask("Havant PI002", TODAY)
    assert answer.status == "not_found"
    assert "packclerk index" in answer.answer


@pytest.mark.parametrize("item", load(), ids=lambda item: item["q"])
def test_no_answer_says_a_wrong_number(engine: Engine, item: dict[str, Any]) -> None:
    """Over all questions of the bench: nothing is said that must not be, and every numeral stands in a source."""
    assert not ask(engine, item).forbidden
