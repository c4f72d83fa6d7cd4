"""The questions that came from Slack, kept on disk before they are acknowledged, each answered once.

Only what is waiting keeps its text; of what is answered there remain the ids that tell a repetition. Presses of
buttons, openings of the home tab and files wait here in the same way: see `Question.kind`.
"""

import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from threading import Lock
from typing import Any

from bot.slack.database import Database

KEPT_EVENTS = 7 * 24 * 3600  # seconds; Slack repeats an event within the hour
SCHEMA = """
PRAGMA secure_delete = ON;  -- what is forgotten is overwritten
BEGIN;
CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, seen REAL NOT NULL);
CREATE TABLE IF NOT EXISTS questions (
    channel TEXT NOT NULL, ts TEXT NOT NULL, thread TEXT NOT NULL, user TEXT NOT NULL, text TEXT NOT NULL,
    kind TEXT NOT NULL, outside INTEGER NOT NULL, respond TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting', tries INTEGER NOT NULL DEFAULT 0, at REAL NOT NULL DEFAULT 0,
    PRIMARY KEY (channel, ts)
);
CREATE INDEX IF NOT EXISTS threads ON questions (channel, thread);
CREATE TABLE IF NOT EXISTS withdrawn (
    channel TEXT NOT NULL, ts TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (channel, ts)
);
COMMIT;
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as Slack delivered it, named by `channel` and `ts`.

    `thread` is the time stamp of the thread's first message. `kind` is "mention", "direct", "command", or
    "thread": a message without a mention, in a thread where we have answered; "press" or "press_alone" for a button
    under a message that all or one can see (`text` is "action answer"); "file" for files that were dropped (`text` is
    the ids of those that may be papers, and what was said with them); "home" for the home tab. `outside`: Slack marked
    it as coming over from another workspace. `respond` is the address for a command's answer.
    """

    channel: str
    ts: str
    thread: str
    user: str
    text: str
    kind: str
    outside: bool = False
    respond: str = ""


@dataclass(slots=True)
class _Arrival:
    """A question on its way into the file; `wrong` is why it did not get there."""

    question: Question
    event: str
    new: bool = False
    written: bool = False
    wrong: sqlite3.Error | None = None


_BEFORE = "state IN ('waiting', 'sending') AND rowid < (SELECT rowid FROM questions WHERE channel = ? AND ts = ?)"
_OPEN = (
    "state != 'done'"
    " AND NOT EXISTS (SELECT 1 FROM withdrawn AS w WHERE w.channel = questions.channel AND w.ts = questions.ts)"
)
_OF = "at <= ? AND ? IN ('', user)"
_COLUMNS = ", ".join(f.name for f in fields(Question))


class Inbox(Database):
    """The questions that came."""

    SCHEMA = SCHEMA

    def __init__(self, path: Path, turn: "Lock | None" = None) -> None:
        super().__init__(path, turn)
        self._arrivals: deque[_Arrival] = deque()

    def add(self, question: Question, event: str) -> bool:
        """Keep a question; False where the `event` or the message itself is known already.

        Writing to the disk is slow, and Slack waits: whoever comes first writes for all who wait.
        """
        mine = _Arrival(question, event)
        self._arrivals.append(mine)
        with self._lock:
            if not mine.written:
                batch = [self._arrivals.popleft() for _ in range(len(self._arrivals))]
                try:
                    with self._db:
                        for arrival in batch:
                            arrival.new = self._insert(arrival)
                    for arrival in batch:
                        arrival.written = True
                except sqlite3.Error as error:
                    for arrival in batch:
                        arrival.wrong, arrival.written = error, True
        if mine.wrong:
            raise mine.wrong
        return mine.new

    def _insert(self, arrival: "_Arrival") -> bool:
        if not self._db.execute("INSERT OR IGNORE INTO events VALUES (?, ?)", (arrival.event, time.time())).rowcount:
            return False
        gone = "SELECT 1 FROM withdrawn WHERE channel = ? AND ts = ?"
        if self._db.execute(gone, _key(arrival.question)).fetchone():
            return False  # its deletion came first
        marks = ", ".join("?" for _ in fields(Question))
        insert = f"INSERT OR IGNORE INTO questions ({_COLUMNS}, at) VALUES ({marks}, ?)"
        return bool(self._db.execute(insert, (*astuple(arrival.question), time.time())).rowcount)

    def waiting(self) -> list[Question]:
        """All that have no answer yet, in the order in which they came."""
        return self._questions("state IN ('waiting', 'sending') ORDER BY rowid")

    def ahead(self, question: Question) -> int:
        """How many wait that came before it."""
        return int(self._rows(f"SELECT count(*) FROM questions WHERE {_BEFORE}", *_key(question))[0][0])

    def blocked(self, question: Question) -> bool:
        """Whether one that came before it in its thread still waits."""
        where = f"{_BEFORE} AND channel = ? AND thread = ?"
        return bool(self._questions(where, *_key(question), question.channel, question.thread))

    def next_in_thread(self, question: Question) -> Question | None:
        """The first that waits in the thread of `question`."""
        where = "state IN ('waiting', 'sending') AND channel = ? AND thread = ? ORDER BY rowid LIMIT 1"
        return next(iter(self._questions(where, question.channel, question.thread)), None)

    def begin(self, question: Question) -> tuple[str, int]:
        """Its state ("waiting", "sending", "done") and how often it was begun, this time included."""
        with self._lock, self._db:
            self._db.execute("UPDATE questions SET tries = tries + 1 WHERE channel = ? AND ts = ?", _key(question))
            found = self._db.execute("SELECT state, tries FROM questions WHERE channel = ? AND ts = ?", _key(question))
            state, tries = found.fetchone()
        return str(state), int(tries)

    def as_it_reads(self, question: Question) -> Question | None:
        """It with the text that it has by now; None where it is answered or withdrawn."""
        return next(iter(self._questions(f"channel = ? AND ts = ? AND {_OPEN}", *_key(question))), None)

    def sending(self, question: Question) -> bool:
        """Its answer is about to be sent; after a crash nobody knows whether it was. False where the question was
        withdrawn, or reads otherwise by now."""
        return bool(self._set(question, "state = 'sending'", f"AND {_OPEN} AND text = ?", question.text))

    def edit(self, question: Question) -> bool:
        """Its writer changed its text, which counts until it is answered; files stay those that came with it. False
        where the question is not known."""
        with self._lock, self._db:
            self._db.execute(
                "UPDATE questions SET text = ?, kind = CASE kind WHEN 'thread' THEN ? ELSE kind END"
                " WHERE channel = ? AND ts = ? AND user = ? AND (kind = 'file') = ? AND state != 'done'",
                (question.text, question.kind, *_key(question), question.user, question.kind == "file"),
            )
            known = self._db.execute("SELECT 1 FROM questions WHERE channel = ? AND ts = ?", _key(question))
            return known.fetchone() is not None

    def withdraw(self, channel: str, ts: str) -> None:
        """A message that was deleted is answered no more, nor when it comes after its deletion; an answer that is out,
        or going out, stays."""
        gone = Question(channel, ts, "", "", "", "")
        self._set(gone, "state = 'done', text = '', respond = ''", "AND state = 'waiting'")
        self._do("INSERT OR IGNORE INTO withdrawn VALUES (?, ?, ?)", channel, ts, time.time())

    def unsent(self, question: Question) -> None:
        """Its answer was surely not sent."""
        self._set(question, "state = 'waiting'")

    def later(self, question: Question) -> None:
        """Slack could not be asked, or did not take the answer; this beginning does not count."""
        self._set(question, "tries = tries - 1")

    def done(self, question: Question) -> None:
        """It is answered, or can never be: forget its text."""
        self._set(question, "state = 'done', text = '', respond = ''")

    def knows_thread(self, channel: str, thread: str) -> bool:
        """Whether somebody put a question to us in the thread."""
        return bool(self._rows("SELECT 1 FROM questions WHERE channel = ? AND thread = ? LIMIT 1", channel, thread))

    def export(self, user: str = "", older: float = 0.0) -> Iterator[dict[str, Any]]:
        """What is kept of a user's questions (of all, for ""), if they came more than so many seconds ago."""
        for row in self._rows(f"SELECT {_COLUMNS}, state, at FROM questions WHERE {_OF}", time.time() - older, user):
            told = dict(row)
            yield {"kind": "questions", "asked_by": told.pop("kind")} | told

    def threads(self, user: str = "", older: float = 0.0) -> list[str]:
        """The threads whose last of these questions is as old, each "channel:thread"."""
        last = (
            "SELECT channel, thread FROM questions WHERE ? IN ('', user) GROUP BY channel, thread HAVING max(at) <= ?"
        )
        return [f"{channel}:{thread}" for channel, thread in self._rows(last, user, time.time() - older)]

    def purge(self, user: str = "", older: float = 0.0) -> int:
        """Delete what `export` gives; how many there were."""
        return self._do(f"DELETE FROM questions WHERE {_OF}", time.time() - older, user)

    def forget(self, older: float) -> None:
        """Delete the ids of what was answered more than so many seconds ago, and of repetitions that come no more."""
        self._do("DELETE FROM questions WHERE state = 'done' AND at < ?", time.time() - older)
        for known in ("events WHERE seen", "withdrawn WHERE at"):
            self._do(f"DELETE FROM {known} < ?", time.time() - KEPT_EVENTS)

    def _set(self, question: Question, change: str, only: str = "", *values: str) -> int:
        return self._do(f"UPDATE questions SET {change} WHERE channel = ? AND ts = ? {only}", *_key(question), *values)

    def _questions(self, where: str, *values: str) -> list[Question]:
        found = self._rows(f"SELECT {_COLUMNS} FROM questions WHERE {where}", *values)
        return [Question(*row) for row in found]  # SQLite's 0 and 1 equal False and True


def _key(question: Question) -> tuple[str, str]:
    return question.channel, question.ts
