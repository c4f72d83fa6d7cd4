"""The inbox: nothing is lost, nothing is answered twice, nothing is kept longer than it must be."""

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot.slack.inbox import KEPT_EVENTS, Inbox, Question
from corpus.errors import StoreError

ASKED = Question("C1", "1.1", "1.1", "U1", "how did Havant do?", "mention")


def rows(path: Path) -> list[tuple[str, ...]]:
    """What another program sees in the file."""
    with sqlite3.connect(path) as db:
        found = db.execute("SELECT ts, text, state FROM questions ORDER BY rowid").fetchall()
    db.close()
    return found


def test_kept_on_disk_before_anything_else(tmp_path: Path) -> None:
    """When `add` returns, the question is in the file, for a process that never closed it."""
    inbox = Inbox(tmp_path / "slack.db")
    assert inbox.add(ASKED, "Ev1")
    assert rows(tmp_path / "slack.db") == [("1.1", "how did Havant do?", "waiting")]
    again = Inbox(tmp_path / "slack.db")
    assert again.waiting() == [ASKED]
    inbox.close()
    again.close()


@pytest.mark.parametrize(
    ("question", "event", "new"),
    [
        (ASKED, "Ev1", False),  # the same event, delivered again
        (replace(ASKED, kind="thread"), "Ev2", False),  # the same message, as another event
        (replace(ASKED, ts="1.2"), "Ev1", False),  # the same event under another message: not Slack's doing
        (replace(ASKED, ts="1.2"), "Ev2", True),  # another message
        (replace(ASKED, channel="C2"), "Ev2", True),  # time stamps are a channel's own
    ],
)
def test_the_same_question_is_kept_once(tmp_path: Path, question: Question, event: str, new: bool) -> None:
    """A repetition is known by its event and by its message, also after a restart and after the answer."""
    inbox = Inbox(tmp_path / "slack.db")
    inbox.add(ASKED, "Ev1")
    inbox.done(ASKED)
    inbox.close()
    inbox = Inbox(tmp_path / "slack.db")
    assert inbox.add(question, event) is new
    assert inbox.waiting() == ([question] if new else [])
    inbox.close()


def test_a_question_that_was_deleted(tmp_path: Path) -> None:
    """While it waits it is forgotten with its text, and is sent no answer; once that is going out, it is too late."""
    inbox = Inbox(tmp_path / "slack.db")
    late = replace(ASKED, ts="1.2")
    inbox.add(ASKED, "Ev1")
    inbox.add(late, "Ev2")
    assert inbox.sending(late)
    for asked in (ASKED, late):
        inbox.withdraw(asked.channel, asked.ts)
    assert not inbox.sending(ASKED)
    assert inbox.waiting() == [late]
    assert rows(tmp_path / "slack.db")[0] == ("1.1", "", "done")
    inbox.unsent(late)  # Slack did not take the answer, and so it is not too late after all
    assert inbox.as_it_reads(late) is None and not inbox.sending(late)
    inbox.close()


def test_a_deletion_that_comes_before_its_message(tmp_path: Path) -> None:
    """It is remembered, also after a restart, of that message alone, and no longer than Slack repeats an event."""
    inbox = Inbox(tmp_path / "slack.db")
    inbox.withdraw(ASKED.channel, ASKED.ts)
    inbox.close()
    inbox = Inbox(tmp_path / "slack.db")
    assert not inbox.add(ASKED, "Ev1")
    assert inbox.add(replace(ASKED, channel="C2"), "Ev2")
    with sqlite3.connect(tmp_path / "slack.db") as other:
        other.execute("UPDATE withdrawn SET at = at - ?", (KEPT_EVENTS + 1,))
    inbox.forget(KEPT_EVENTS)
    assert other.execute("SELECT count(*) FROM withdrawn").fetchone() == (0,)
    other.close()
    inbox.close()


def test_an_edit_counts_until_the_answer_goes_out(tmp_path: Path) -> None:
    """What waits reads as its writer left it; an answer to what it was before is not sent, and one that is out stays.
    Nobody else edits it, its files stay, and words that were said to nobody may be addressed to us later."""
    inbox = Inbox(tmp_path / "slack.db")
    changed, of_another = replace(ASKED, text="and Mendip?"), replace(ASKED, text="and Hart?", user="U2")
    assert not inbox.edit(changed)
    inbox.add(ASKED, "Ev1")
    assert inbox.edit(changed) and inbox.edit(of_another) and inbox.edit(replace(of_another, user="U1", kind="file"))
    assert inbox.as_it_reads(ASKED) == changed and not inbox.sending(ASKED) and inbox.sending(changed)
    assert inbox.edit(ASKED) and inbox.as_it_reads(changed) == ASKED  # Slack may refuse the answer for now
    inbox.done(ASKED)
    assert inbox.edit(changed) and inbox.as_it_reads(ASKED) is None and not inbox.waiting()
    talk = replace(ASKED, ts="1.2", kind="thread")
    inbox.add(talk, "Ev2")
    inbox.edit(replace(talk, kind="mention", text="and Hart?"))
    assert inbox.waiting() == [replace(talk, kind="mention", text="and Hart?")]
    inbox.close()


def test_one_of_many_threads_keeps_it(tmp_path: Path) -> None:
    """However many copies come at once, one is new."""
    inbox = Inbox(tmp_path / "slack.db")
    new: list[bool] = []
    threads = [threading.Thread(target=lambda n=n: new.append(inbox.add(ASKED, f"Ev{n % 3}"))) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new) == [False] * 11 + [True]
    inbox.close()


def test_a_disk_that_fails_keeps_none_and_says_so_to_all(tmp_path: Path) -> None:
    """Whoever wrote for others tells them too, so that none is taken for kept; afterwards they can be kept."""
    inbox = Inbox(tmp_path / "slack.db")
    with sqlite3.connect(tmp_path / "slack.db") as other:
        other.execute("DROP TABLE questions")
    told: list[str] = []

    def add(number: int) -> None:
        try:
            inbox.add(replace(ASKED, ts=f"2.{number}"), f"Ev{number}")
        except sqlite3.Error as error:
            told.append(str(error))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 8
    inbox.close()
    other.close()
    again = Inbox(tmp_path / "slack.db")
    assert again.add(replace(ASKED, ts="2.1"), "Ev1")
    again.close()


def test_states_and_tries(tmp_path: Path) -> None:
    """A beginning counts unless Slack did not take the answer; what was being sent is told from what was not."""
    inbox = Inbox(tmp_path / "slack.db")
    inbox.add(ASKED, "Ev1")
    assert inbox.begin(ASKED) == ("waiting", 1)
    inbox.later(ASKED)
    assert inbox.begin(ASKED) == ("waiting", 1)
    inbox.sending(ASKED)
    assert inbox.begin(ASKED) == ("sending", 2)
    assert inbox.waiting() == [ASKED]
    inbox.done(ASKED)
    assert inbox.begin(ASKED)[0] == "done"
    assert not inbox.waiting()
    inbox.close()


def test_an_answered_question_leaves_its_ids_alone(tmp_path: Path) -> None:
    """The text, and the address for a command's answer, are gone from the file once it is answered."""
    inbox = Inbox(tmp_path / "slack.db")
    secret = replace(ASKED, text="a very particular question", respond="http://127.0.0.1/particular")
    asked = [replace(secret, ts=f"1.{n}", text=f"{n} {secret.text} {'very ' * n}") for n in range(40)]
    for question in asked:
        inbox.add(question, f"Ev{question.ts}")
    for question in asked:
        inbox.done(question)
    inbox.close()
    assert b"particular" not in (tmp_path / "slack.db").read_bytes()
    assert set(rows(tmp_path / "slack.db")) == {(q.ts, "", "done") for q in asked}


def test_threads_are_remembered(tmp_path: Path) -> None:
    """A thread in which somebody asked us is known, in its own channel only."""
    inbox = Inbox(tmp_path / "slack.db")
    inbox.add(replace(ASKED, ts="2.5"), "Ev1")
    inbox.done(replace(ASKED, ts="2.5"))
    assert inbox.knows_thread("C1", "1.1")
    assert not inbox.knows_thread("C2", "1.1")
    assert not inbox.knows_thread("C1", "2.5")
    inbox.close()


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    """The file that holds questions is nobody else's to read."""
    Inbox(tmp_path / "home" / "slack.db").close()
    assert (tmp_path / "home" / "slack.db").stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_inbox_is_one_sentence(tmp_path: Path) -> None:
    """A broken file is named with what is wrong."""
    (tmp_path / "slack.db").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=r"slack\.db: the inbox of the Slack bot cannot be opened"):
        Inbox(tmp_path / "slack.db")
