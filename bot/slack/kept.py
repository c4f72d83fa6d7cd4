"""What is kept of the conversations in Slack: the answers under which buttons stand, subscriptions, what was told.

Beside the inbox, in the same file. All of it can be exported and purged by user and age.
"""

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from bot.answer import Answer, Citation, Given, Result
from bot.slack.database import Database

DAY = 24 * 3600.0
SCHEMA = """
PRAGMA secure_delete = ON;
BEGIN;
CREATE TABLE IF NOT EXISTS answers (
    id TEXT PRIMARY KEY, channel TEXT NOT NULL, thread TEXT NOT NULL, user TEXT NOT NULL, at REAL NOT NULL,
    cleared INTEGER NOT NULL, alone INTEGER NOT NULL, answer TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS feedback (answer TEXT NOT NULL, user TEXT NOT NULL, at REAL NOT NULL, good INTEGER NOT NULL,
    PRIMARY KEY (answer, user));
CREATE TABLE IF NOT EXISTS subscriptions (user TEXT NOT NULL, topic TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (user, topic));
CREATE TABLE IF NOT EXISTS told (user TEXT NOT NULL, document TEXT NOT NULL, sha256 TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (user, document));
CREATE TABLE IF NOT EXISTS said (channel TEXT NOT NULL, number TEXT NOT NULL, user TEXT NOT NULL, at REAL NOT NULL,
    cleared INTEGER NOT NULL, cited TEXT NOT NULL, PRIMARY KEY (channel, number));
CREATE TABLE IF NOT EXISTS standing (channel TEXT, number TEXT, user TEXT, at REAL); -- as it was before `said`
INSERT OR IGNORE INTO said SELECT channel, number, user, at, 1, '[]' FROM standing;
DROP TABLE standing;
CREATE TABLE IF NOT EXISTS homes (user TEXT PRIMARY KEY, cleared INTEGER NOT NULL, mark TEXT NOT NULL,
    at REAL NOT NULL);
COMMIT;
"""
TABLES = ("answers", "feedback", "subscriptions", "told", "homes")
SAID = "said"  # which is exported with them, and of which a purge takes the user alone: what stands must be known

Where = tuple[str, int, str]  # document, page and item of what an answer rests on


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was given: `cleared` if exempt papers were used for it, `alone` if its asker alone saw it."""

    id: str
    channel: str
    thread: str
    user: str
    at: float
    cleared: bool
    alone: bool
    answer: Answer


@dataclass(frozen=True, slots=True)
class Said:
    """What we said that stands in a room: a message by its time stamp, or a file by its id. `cleared` if exempt papers
    were used for it; `cited` is what it rests on."""

    channel: str
    number: str
    cleared: bool
    cited: tuple[Where, ...]


class Conversations(Database):
    """The records of the conversations."""

    SCHEMA = SCHEMA

    def keep(self, channel: str, thread: str, user: str, answer: Answer, cleared: bool, alone: bool) -> str:
        """Keep an answer for its buttons; its id, which nobody can guess."""
        number = token_urlsafe(12)
        told = json.dumps(answer.to_json(), ensure_ascii=False)
        self._do(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            number, channel, thread, user, time.time(), cleared, alone, told,
        )  # fmt: skip
        return number

    def answer(self, number: str) -> Kept | None:
        """The answer with that id; None where it is not kept any more."""
        found = self._rows("SELECT * FROM answers WHERE id = ?", number)
        return _kept(found[0]) if found else None

    def last(self, channel: str, thread: str, user: str) -> Kept | None:
        """What a user was answered last in a thread; None where that is not kept."""
        asked = "SELECT * FROM answers WHERE channel = ? AND thread = ? AND user = ? ORDER BY at DESC LIMIT 1"
        found = self._rows(asked, channel, thread, user)
        return _kept(found[0]) if found else None

    def judge(self, number: str, user: str, good: bool) -> None:
        """Note whether a user found an answer good."""
        self._do("INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?)", number, user, time.time(), good)

    def subscribe(self, user: str, topic: str) -> None:
        """Subscribe a user to a topic."""
        self._do("INSERT OR IGNORE INTO subscriptions VALUES (?, ?, ?)", user, topic, time.time())

    def unsubscribe(self, user: str, topic: str) -> bool:
        """Whether the user was subscribed to the topic, and now is no longer."""
        return bool(self._do("DELETE FROM subscriptions WHERE user = ? AND topic = ? COLLATE NOCASE", user, topic))

    def topics(self, user: str) -> list[str]:
        """What a user is subscribed to, in order."""
        return [r["topic"] for r in self._rows("SELECT topic FROM subscriptions WHERE user = ? ORDER BY at", user)]

    def subscribers(self) -> list[str]:
        """All who are subscribed to something."""
        return [r["user"] for r in self._rows("SELECT DISTINCT user FROM subscriptions ORDER BY user")]

    def told(self, user: str) -> dict[str, str]:
        """The papers that a user was told of, as {document: mark}; see `bot.slack.news`."""
        return {r["document"]: r["sha256"] for r in self._rows("SELECT * FROM told WHERE user = ?", user)}

    def tell(self, user: str, papers: dict[str, str]) -> None:
        """Note that a user was told of these papers, or has no need to be."""
        for document, mark in papers.items():
            self._do("INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?)", user, document, mark, time.time())

    def stands(self, said: Said, user: str) -> None:
        """Note something that stands in a room, said to a user."""
        cited = json.dumps(sorted(set(said.cited)), ensure_ascii=False)
        self._do(
            "INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?, ?, ?)",
            said.channel, said.number, user, time.time(), said.cleared, cited,
        )  # fmt: skip

    def standing(self, since: float = 0.0) -> list[Said]:
        """What stands where, of what was said since a time."""
        rows = self._rows("SELECT * FROM said WHERE at >= ? ORDER BY at", since)
        return [Said(r["channel"], r["number"], bool(r["cleared"]), _cited(r["cited"])) for r in rows]

    def moved(self, old: str, new: str) -> None:
        """A room has another id by now."""
        self._do("UPDATE OR REPLACE said SET channel = ? WHERE channel = ?", new, old)

    def fell(self, said: Said) -> None:
        """It stands there no more."""
        self._do("DELETE FROM said WHERE channel = ? AND number = ?", said.channel, said.number)

    def shown(self, user: str, cleared: bool, mark: str) -> None:
        """Note the home tab that a user has: whether exempt papers were used for it, and what it is known by."""
        self._do("INSERT OR REPLACE INTO homes VALUES (?, ?, ?, ?)", user, cleared, mark, time.time())

    def homes(self) -> dict[str, tuple[bool, str]]:
        """The home tabs that users have, as {user: (whether exempt papers were used, mark)}."""
        return {r["user"]: (bool(r["cleared"]), r["mark"]) for r in self._rows("SELECT * FROM homes ORDER BY at")}

    def forget_home(self, user: str) -> None:
        """Forget a home tab that can be drawn no more."""
        self._do("DELETE FROM homes WHERE user = ?", user)

    def export(self, user: str = "", older: float = 0.0) -> Iterator[dict[str, Any]]:
        """Everything that is kept of a user (of all, for ""), if it is older than so many seconds."""
        for table in (*TABLES, SAID):
            where, values = _where(user, older)
            where += " AND user != ''" if table == SAID else ""
            for row in self._rows(f"SELECT * FROM {table} WHERE {where} ORDER BY at", *values):
                told = dict(row)
                yield {"kind": table} | (told | {"answer": json.loads(told["answer"])} if table == "answers" else told)

    def purge(self, user: str = "", older: float = 0.0) -> int:
        """Delete what `export` gives; how many records there were. Of what stands in rooms it is forgotten to whom it
        was said alone, as it may still have to be taken back."""
        where, values = _where(user, older)
        self._do(f"UPDATE said SET user = '' WHERE {where}", *values)
        return sum(self._do(f"DELETE FROM {table} WHERE {where}", *values) for table in TABLES)

    def forget_answers(self, older: float) -> None:
        """Delete answers, and what was thought of them, that are older than so many seconds."""
        for table in ("answers", "feedback"):
            self._do(f"DELETE FROM {table} WHERE at < ?", time.time() - older)
        self._do("UPDATE said SET user = '' WHERE at < ?", time.time() - older)


def _where(user: str, older: float) -> tuple[str, list[Any]]:
    values: list[Any] = [time.time() - older]
    return ("at <= ? AND user = ?", [*values, user]) if user else ("at <= ?", values)


def rests_on(citations: Sequence[Citation]) -> tuple[Where, ...]:
    """The places that citations name."""
    return tuple((c.document, c.page, c.item) for c in citations)


def _cited(told: str) -> tuple[Where, ...]:
    return tuple((document, page, item) for document, page, item in json.loads(told))


def _kept(row: sqlite3.Row) -> Kept:
    told = json.loads(row["answer"])
    answer = Answer(
        told["question"],
        told["status"],
        told["answer"],
        tuple(told["assumptions"]),
        tuple(Given(**given) for given in told["figures"]),
        tuple(Result(**(result | {"of": tuple(result["of"])})) for result in told["results"]),
        tuple(Citation(**(cited | {"box": tuple(cited["box"])})) for cited in told["citations"]),
        tuple(told["suggestions"]),
        told["elapsed_ms"],
    )
    values = {name: row[name] for name in ("id", "channel", "thread", "user", "at")}
    return Kept(**values, cleared=bool(row["cleared"]), alone=bool(row["alone"]), answer=answer)
