"""The SQLite file in which the Slack bot keeps what it must not lose."""

import sqlite3
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar

from corpus.errors import StoreError
from kpi_tools.database import in_words

BUSY = 60.0  # seconds to wait for another process that writes into the file


class Database:
    """The tables of `SCHEMA` in the file `path`; may be used from several threads. Raises StoreError.

    `turn` is held while it reads or writes, by all of a process who do so in that file: who waits for SQLite's own lock
    only looks in again from time to time, and may be overtaken by others until it gives up.
    """

    SCHEMA: ClassVar[str]

    def __init__(self, path: Path, turn: "Lock | None" = None) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._db = sqlite3.connect(path, check_same_thread=False, timeout=BUSY)
            self._db.row_factory = sqlite3.Row
            self._db.executescript(self.SCHEMA)
        except (OSError, sqlite3.Error) as error:
            name = type(self).__name__.lower()
            raise StoreError(f"{path}: the {name} of the Slack bot cannot be opened. {in_words(error)}") from error
        self._lock = turn or Lock()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def _do(self, statement: str, *values: Any) -> int:
        """Change what is kept; how many rows were."""
        with self._lock, self._db:
            return self._db.execute(statement, values).rowcount

    def _rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(statement, values).fetchall()
