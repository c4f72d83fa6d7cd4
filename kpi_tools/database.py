"""The database under the store: opened, made if need be, its transactions, and its errors in a sentence."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path

from sqlalchemy import Connection, create_engine, insert, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from corpus.errors import SettingError, StoreError
from kpi_tools import schema
from kpi_tools.dialect import DIALECTS, WRITES

# What a database error means to the person at the keyboard: the first phrase that stands in it.
TROUBLES = {
    "database or disk is full": "The disk is full; what was indexed before is untouched",
    "disk I/O error": "The disk could not be read or written",
    "database is locked": "Another process has kept the index locked for a minute; try again",
    "readonly database": "The index may not be written by this user",
    "permission denied": "The index may not be written by this user",
    "read-only file system": "The index may not be written by this user",
    "unable to open database file": "The index cannot be opened by this user",
    "file is not a database": "This file is no database of packclerk, or it is damaged",
    "malformed": "The index is damaged: move it away and index the papers again",
}


class Database:
    """A database at a SQLAlchemy URL, made when it is not there. Every method may raise StoreError."""

    def __init__(self, url: str) -> None:
        try:
            self._url = make_url(url)
        except ArgumentError as error:
            raise SettingError(f"{url!r} is not the URL of a database") from error
        if self._url.get_backend_name() not in DIALECTS:
            raise SettingError(f"Databases known here: {', '.join(DIALECTS)}; not {self._url.get_backend_name()}")
        self.dialect = DIALECTS[self._url.get_backend_name()]
        self._still: Connection | None = None
        file = self._url.database
        if self._url.get_backend_name() == "sqlite" and file:
            make_folder(Path(file).parent)
        self._engine = create_engine(self._url, connect_args=dict(self.dialect.connect_args))
        self.dialect.prepare(self._engine)
        self._open()

    def _open(self) -> None:
        with self.reading() as connection:
            made = inspect(connection).has_table(schema.STATE.name)
            version = connection.scalar(select(schema.STATE.c.schema_version)) if made else None
            whole = inspect(connection).has_table(schema.CLOSED_TEXTS.name)
        if version is None:
            self._create()
        elif version != schema.SCHEMA_VERSION:
            raise StoreError(f"{self._url.database} is of another version of packclerk: move it away and index again")
        elif not whole:  # made before there was this table
            with self.writing() as connection:
                schema.CLOSED_TEXTS.create(connection, checkfirst=True)

    def _create(self) -> None:
        with self.writing() as connection:
            if inspect(connection).has_table(schema.STATE.name):
                return  # another process was quicker
            schema.METADATA.create_all(connection)
            for statement in self.dialect.create_sql:
                connection.execute(text(statement))
            first = {"schema_version": schema.SCHEMA_VERSION, "generation": 0, "collection": "", "model": ""}
            connection.execute(insert(schema.STATE).values(index_id=uuid.uuid4().hex[:12], **first))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the database as it is at its first statement."""
        if self._still is not None:
            yield self._still
            return
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction, committed at the end, and rolled back by any error."""
        with self._told(), self._engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise StoreError(f"{in_words(error.orig)} ({self._url.database})") from error

    @contextmanager
    def snapshot(self) -> Iterator["Database"]:
        """This database as it is now, for several readings that must agree."""
        still = copy(self)
        with self.reading() as connection:
            still._still = connection
            yield still

    def close(self) -> None:
        """Let go of the database's file."""
        self._engine.dispose()


def in_words(error: object) -> str:
    """What an error of a database, or of its file, means to the person at the keyboard."""
    said = str(error)
    return next((told for phrase, told in TROUBLES.items() if phrase.lower() in said.lower()), said)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it. Raises StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The index's folder {folder} cannot be made: {error.strerror}") from error
