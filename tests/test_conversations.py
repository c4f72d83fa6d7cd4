"""Retention: what is kept of conversations in Slack can be handed out and deleted, by user and by age."""

import json
import sqlite3
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.answer import Answer
from bot.cli import main
from bot.slack.inbox import Inbox, Question
from bot.slack.kept import DAY, Conversations
from corpus.settings import Settings
from kpi_tools.database import in_words
from kpi_tools.store import Store

OLD, NEW = "U1", "U2"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two users' questions, answers and subscriptions; the first user's are 100 days old."""
    path = tmp_path / "slack.db"
    inbox, kept = Inbox(path), Conversations(path)
    for number, user in enumerate((OLD, NEW)):
        asked = Question("C1", f"1.{number}", f"1.{number}", user, "a particular question", "mention")
        inbox.add(asked, f"Ev{number}")
        inbox.done(asked)
        kept.keep("C1", asked.thread, user, Answer("a particular question", "answered", "12%"), False, False)
        kept.subscribe(user, "havant")
        Store(Settings(home=str(tmp_path)).database).threads.save(f"C1:1.{number}|public", {"question": "a particular"})
    with sqlite3.connect(path) as db:
        for table in ("questions", "answers", "subscriptions"):
            db.execute(f"UPDATE {table} SET at = ? WHERE user = ?", (time.time() - 100 * DAY, OLD))
    inbox.close()
    kept.close()
    db.close()
    return tmp_path


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(home), "conversations", *arguments])


def kinds(result: Result) -> list[tuple[str, str]]:
    found = [json.loads(line) for line in result.output.splitlines()]
    return [(record["kind"], record["user"]) for record in found]


@pytest.mark.parametrize("chosen", [("--user", OLD), ("--older-than", "90")])
def test_export_and_purge_choose_alike(home: Path, chosen: tuple[str, str]) -> None:
    """By user or by age: what is exported is what is deleted, the thread's memory among it, and no more."""
    assert kinds(run(home, "export", *chosen)) == [("questions", OLD), ("answers", OLD), ("subscriptions", OLD)]
    assert run(home, "purge", *chosen).output == "Deleted 3 records.\n"
    assert {user for _, user in kinds(run(home, "export"))} == {NEW}
    store = Store(Settings(home=str(home)).database)
    assert store.threads.of("C1:1.0|public") is None and store.threads.of("C1:1.1|public") is not None


def test_all_of_it_leaves_nothing(home: Path) -> None:
    """What was deleted cannot be read out of the file either."""
    assert run(home, "purge", "--all").exit_code == 0
    assert b"particular" not in (home / "slack.db").read_bytes()


def test_nothing_is_deleted_by_mistake(home: Path) -> None:
    """Without a choice there is no deletion."""
    done = run(home, "purge")
    assert done.exit_code == 1 and "--older-than" in done.output
    assert len(kinds(run(home, "export"))) == 6


def test_answers_go_when_their_time_is_over(home: Path) -> None:
    """The setting's days are held to at every start of the bot."""
    kept = Conversations(home / "slack.db")
    kept.forget_answers(90 * DAY)
    assert [record["user"] for record in kept.export() if record["kind"] == "answers"] == [NEW]
    kept.close()


def test_a_home_that_cannot_be_written_is_told_in_a_sentence(home: Path) -> None:
    """Of what is kept in a file that is none, or another user's, there is nothing to hand out, and no error number."""
    (home / "slack.db").unlink()
    (home / "slack.db").mkdir()
    result = run(home, "export")
    assert result.exit_code == 1
    assert "cannot be opened by this user" in result.output and "Errno" not in result.output
    assert in_words("[Errno 13] Permission denied: 'slack.db'") == "The index may not be written by this user"
