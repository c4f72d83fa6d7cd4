"""What differs between databases, all of it: how a connection is set up, and the full-text index of the passages.

Another database is another class with these methods and an entry in DIALECTS.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, event

WRITES = "packclerk_writes"  # execution option: the transaction is going to write


# Words that say nothing of what is asked; they would bring in passages that merely have many of them.
LITTLE = """
a an and any are as at be been but by can could did do does for from had has have how i if in is it its me my of on or
our s so t than that the their them there these they this to us was we were what when where which who whom whose why
will with would you your
"""


class Dialect(Protocol):
    """A database's own ways.

    Public passages have a full-text index of their own: in one of all of them, how often a word stands in exempt ones
    would move the scores. Statements of a paper take :paper; those that match take :query and :limit and give (id,
    score), best first; those that say how often words stand take :query.
    """

    connect_args: Mapping[str, Any]
    create_sql: Sequence[str]
    fill_sql: Sequence[str]
    empty_sql: Sequence[str]
    match_sql: str
    match_public_sql: str
    often_sql: str
    often_public_sql: str

    def prepare(self, engine: Engine) -> None:
        """Set up what every connection of `engine` needs."""

    def query(self, words: Sequence[str]) -> str:
        """Full-text query that matches any of `words`."""


_INDEXES = {"passage_words": "", "public_words": " AND NOT passages.exempt"}  # full-text indexes, and what they hold


class Sqlite(Dialect):
    """SQLite: rollback journal, as a reader then leaves every byte of the folder alone (a write-ahead log would not);
    a writer locks readers out only while it commits, and they wait for it. FTS5 has BM25 and Porter's stemming."""

    connect_args: Mapping[str, Any] = {"timeout": 60}
    create_sql = tuple(
        f"CREATE VIRTUAL TABLE {index} USING fts5(heading, text, tokenize='porter unicode61')" for index in _INDEXES
    )
    fill_sql = tuple(
        f"INSERT INTO {index} (rowid, heading, text)"
        f" SELECT number, heading, text FROM passages WHERE paper = :paper{only}"
        for index, only in _INDEXES.items()
    )
    empty_sql = tuple(
        f"DELETE FROM {index} WHERE rowid IN (SELECT number FROM passages WHERE paper = :paper)" for index in _INDEXES
    )
    match_sql, match_public_sql = (
        f"SELECT passages.id, -bm25({index}) AS score FROM {index} JOIN passages ON passages.number = {index}.rowid"
        f" WHERE {index} MATCH :query{only} ORDER BY score DESC, passages.number LIMIT :limit"
        for index, only in _INDEXES.items()
    )
    often_sql, often_public_sql = (f"SELECT count(*) FROM {index} WHERE {index} MATCH :query" for index in _INDEXES)

    def prepare(self, engine: Engine) -> None:
        @event.listens_for(engine, "connect")
        def connect(connection: Any, _record: object) -> None:
            connection.isolation_level = None  # transactions begin below, reads among them: a snapshot each
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA cache_spill = OFF")  # nothing reaches the file before the commit

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            writes = connection.get_execution_options().get(WRITES, False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    def query(self, words: Sequence[str]) -> str:
        return " OR ".join(f'"{word}"' for word in words)


DIALECTS: dict[str, Dialect] = {"sqlite": Sqlite()}


def words_of(question: str) -> list[str]:
    """The words of a question that say something, each once; all, if none does. They are letters and digits only, so
    that no query syntax can be among them."""
    words = list(dict.fromkeys(re.findall(r"[^\W_]+", question.casefold())))
    return [word for word in words if word not in LITTLE.split()] or words
