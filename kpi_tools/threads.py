"""What is kept of conversations, so that a follow-up knows what was asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select

from kpi_tools import schema
from kpi_tools.database import Database


class Threads:
    """The conversations in an index's database. Every method may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, name: str) -> dict[str, Any] | None:
        """What was kept of a conversation, or None."""
        with self._database.reading() as connection:
            found = connection.scalar(select(schema.THREADS.c.data).where(schema.THREADS.c.id == name))
            return dict(found) if found is not None else None

    def save(self, name: str, data: Mapping[str, Any]) -> None:
        """Keep what is to be known of a conversation when it goes on."""
        with self._database.writing() as connection:
            connection.execute(delete(schema.THREADS).where(schema.THREADS.c.id == name))
            connection.execute(insert(schema.THREADS).values(id=name, data=dict(data)))

    def forget(self, names: Iterable[str]) -> None:
        """Forget what was kept of these conversations."""
        with self._database.writing() as connection:
            for name in names:
                connection.execute(delete(schema.THREADS).where(schema.THREADS.c.id == name))
