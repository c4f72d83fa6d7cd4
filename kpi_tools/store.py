"""The store: everything that was read from the papers, saved a paper at a time, all of it or nothing.

A paper's vectors live elsewhere (Chroma) and cannot join a database transaction. So what is to be done there is
committed here first, as an intent, and a run that was cut short leaves intents that the next one finishes. A vector
whose passage is not in this store counts for nothing, so there is no moment at which half a paper can be seen.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, delete, false, func, insert, select, text, update

from corpus.errors import RequestError
from corpus.paper import Passage
from kpi_tools import rows, schema
from kpi_tools.database import Database
from kpi_tools.dialect import words_of
from kpi_tools.extraction import Extraction, TableNote
from kpi_tools.ledger import Record
from kpi_tools.measures import Observation, Target
from kpi_tools.restatements import restated_by
from kpi_tools.rulings import apply_rulings, is_exempt_by_hand, items_of, rule, rule_ahead
from kpi_tools.saved import Changes, Intent, Paper, Vectors, as_paper
from kpi_tools.threads import Threads

T = TypeVar("T")
AT_ONCE = 500  # rows that are written together
IN_ORDER = (func.coalesce(schema.PAPERS.c.date, schema.NO_DATE), schema.PAPERS.c.document)


class Store:
    """The index's database, at a SQLAlchemy URL; made when it is not there. Every method may raise StoreError."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self.threads = Threads(self._database)

    @contextmanager
    def snapshot(self) -> Iterator["Store"]:
        """This store as it is now, for several readings that must agree; keep it short and in one thread."""
        still = copy(self)
        with self._database.snapshot() as still._database:
            yield still

    def close(self) -> None:
        """Let go of the database's file."""
        self._database.close()

    # What is here

    def generation(self) -> int:
        """A number that grows whenever what can be answered changes."""
        with self._database.reading() as connection:
            return int(connection.execute(select(schema.STATE.c.generation)).scalar_one())

    def papers(self) -> list[Paper]:
        """All papers, in order of their dates; those without a date first."""
        with self._database.reading() as connection:
            return [as_paper(row) for row in connection.execute(select(schema.PAPERS).order_by(*IN_ORDER))]

    def observations(self, exempt: bool = True) -> list[Observation]:
        """All observations, later papers last, each paper's in its own order; `exempt` False: the public ones."""
        return self._all(schema.OBSERVATIONS, rows.observation, exempt)

    def targets(self, exempt: bool = True) -> list[Target]:
        """All targets, in the same order."""
        return self._all(schema.TARGETS, rows.target, exempt)

    def records(self, kind: str = "", exempt: bool = True) -> list[Record]:
        """The ledger's records of one kind, or of all, in the same order."""
        only = [schema.RECORDS.c.kind == kind] if kind else []
        return self._all(schema.RECORDS, rows.record, exempt, *only)

    def notes(self, document: str) -> list[TableNote]:
        """What became of each table of a paper."""
        return self._all(schema.NOTES, rows.note, True, schema.PAPERS.c.document == document)

    def passages(self, ids: Iterable[str] | None = None, exempt: bool = True) -> dict[str, Passage]:
        """The passages with these ids (all, for None) by id, in order; an id that is not live is left out."""
        table = schema.PASSAGES
        if ids is None:
            return dict(self._all(table, lambda row: (row.id, rows.passage(row)), exempt))
        found: dict[str, Passage] = {}
        wanted = list(ids)
        for start in range(0, len(wanted), 500):  # databases limit how many values a statement takes
            some = table.c.id.in_(wanted[start : start + 500])
            found |= self._all(table, lambda row: (row.id, rows.passage(row)), exempt, some)
        return found

    def passages_on(self, document: str, page: int, exempt: bool = True) -> list[Passage]:
        """The passages that begin on a page of a paper, in order."""
        here = (schema.PAPERS.c.document == document, schema.begins_on(page))
        return self._all(schema.PASSAGES, rows.passage, exempt, *here)

    def passage_ids(self, exempt: bool = True) -> list[str]:
        """The ids of all live passages, in order; `exempt` False: of the public ones."""
        passages = schema.PASSAGES
        wanted = select(passages.c.id).join(schema.PAPERS).order_by(*IN_ORDER, passages.c.number)
        with self._database.reading() as connection:
            return list(connection.scalars(wanted if exempt else wanted.where(passages.c.exempt == false())))

    def _all(self, table: Table, read: Callable[[Any], T], exempt: bool, *only: ColumnElement[bool]) -> list[T]:
        """Rows of `table` with their paper's document, in order of paper date, then place."""
        wanted = select(table, schema.PAPERS.c.document).join(schema.PAPERS).where(*only)
        if not exempt:
            wanted = wanted.where(table.c.exempt == false())
        with self._database.reading() as connection:
            return [read(row) for row in connection.execute(wanted.order_by(*IN_ORDER, table.c.number))]

    def matches(self, question: str, limit: int, exempt: bool = True) -> list[tuple[str, float]]:
        """(id, BM25 score) of the passages that share words with `question`, best first."""
        words = words_of(question)
        if not words:
            return []
        dialect = self._database.dialect
        values = {"query": dialect.query(words), "limit": limit}
        sql = dialect.match_sql if exempt else dialect.match_public_sql
        with self._database.reading() as connection:
            return [(row.id, row.score) for row in connection.execute(text(sql), values)]

    def often(self, words: Iterable[str], exempt: bool = True) -> int:
        """How many passages have any of these words, in whatever form."""
        said = [part for word in words for part in words_of(word)]
        if not said:
            return 0
        dialect = self._database.dialect
        sql = dialect.often_sql if exempt else dialect.often_public_sql
        with self._database.reading() as connection:
            return int(connection.execute(text(sql), {"query": dialect.query(said)}).scalar_one())

    # A paper comes, changes, goes

    def save(self, extraction: Extraction, path: Path, revision: int, reader: int = 0) -> Changes:
        """Save a paper in one transaction, in place of what was here of the same document.

        `revision` is of `intend_adding`; the intent to drop the old revision's vectors takes that one's place.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        stamp = {"path": str(path), "revision": revision, "reader": reader, "indexed_at": now}
        with self._database.writing() as connection:
            replaced = self._take_out(connection, extraction.pack.document)
            values = rows.paper_values(extraction) | stamp
            paper = _insert(connection, schema.PAPERS, values)
            for table, found in _rows_of(extraction, revision):
                while some := [values | {"paper": paper} for values in islice(found, AT_ONCE)]:
                    connection.execute(insert(table), some)
            apply_rulings(connection, paper)
            self._words(connection, paper, self._database.dialect.fill_sql)
            restated = restated_by(connection, paper)
            connection.execute(delete(schema.INTENTS).where(schema.INTENTS.c.number == revision))
            _next_generation(connection)
        return Changes(replaced, restated)

    def classify(self, document: str, exempt: bool, item: str = "") -> None:
        """Rule by hand that a paper, or one item of it, is exempt or public; it stays when the paper is read again.

        RequestError where there is no such paper or item.
        """
        with self._database.writing() as connection:
            papers = schema.PAPERS
            paper = connection.execute(select(papers.c.number).where(papers.c.document == document)).scalar()
            if paper is None:
                raise RequestError(f"There is no paper {document!r} in the index; `packclerk papers` lists them")
            items = items_of(connection, paper)
            if item and not any(known == item or known.startswith(f"{item} (") for known in items):
                known = f"its items are {', '.join(items)}" if items else "it has no items"
                raise RequestError(f"There is no item {item!r} in {document}; {known}")
            rule(connection, paper, item, exempt)
            self._words(connection, paper, self._database.dialect.empty_sql)
            apply_rulings(connection, paper)
            self._words(connection, paper, self._database.dialect.fill_sql)
            _next_generation(connection)

    def hold_exempt(self, document: str, item: str) -> None:
        """Rule by hand that a paper, or one item of it, is exempt, be it here or yet to come; nothing if so ruled."""
        with self._database.reading() as connection:
            if is_exempt_by_hand(connection, document, item):
                return
        with self._database.writing() as connection:
            for paper in rule_ahead(connection, document, item):
                self._words(connection, paper, self._database.dialect.empty_sql)
                apply_rulings(connection, paper)
                self._words(connection, paper, self._database.dialect.fill_sql)
                _next_generation(connection)

    def remove(self, document: str) -> None:
        """Take a paper out in one transaction; its vectors are left as an intent. RequestError if it is not here."""
        with self._database.writing() as connection:
            if not self._take_out(connection, document):
                raise RequestError(f"There is no paper {document!r} in the index; `packclerk papers` lists them")
            _next_generation(connection)

    def _take_out(self, connection: Connection, document: str) -> bool:
        papers = schema.PAPERS
        paper = connection.execute(select(papers).where(papers.c.document == document)).first()
        if paper is None:
            return False
        self._words(connection, paper.number, self._database.dialect.empty_sql)
        connection.execute(delete(papers).where(papers.c.number == paper.number))
        _intend(connection, "drop", paper.revision, paper.counts["passages"])
        return True

    @staticmethod
    def _words(connection: Connection, paper: int, statements: Sequence[str]) -> None:
        """Bring the full-text indexes in line with a paper's passages."""
        for statement in statements:
            connection.execute(text(statement), {"paper": paper})

    def moved(self, document: str, path: Path) -> None:
        """Note that a paper's file now lies elsewhere."""
        with self._database.writing() as connection:
            connection.execute(update(schema.PAPERS).where(schema.PAPERS.c.document == document).values(path=str(path)))

    # Vectors, and the work on them that is under way

    def vectors(self) -> Vectors:
        """Where the vectors are."""
        with self._database.reading() as connection:
            row = connection.execute(select(schema.STATE)).one()
            return Vectors(row.collection, row.model)

    def intend_adding(self, passages: int) -> int:
        """Commit that vectors of a new revision are going to be added, and give the revision."""
        with self._database.writing() as connection:
            return _intend(connection, "add", passages=passages)

    def intend_collection(self) -> Intent:
        """Commit that a new collection is going to be filled; its `name` is one that was never used."""
        with self._database.writing() as connection:
            index = connection.execute(select(schema.STATE.c.index_id)).scalar_one()
            number = _intend(connection, "forget")
            name = f"packclerk-{index}-{number}"
            connection.execute(update(schema.INTENTS).where(schema.INTENTS.c.number == number).values(name=name))
            return Intent(number, "forget", 0, 0, name)

    def adopt(self, filled: Intent, model: str) -> None:
        """Make a filled collection the one that is searched; the former is left as an intent to forget it."""
        with self._database.writing() as connection:
            former = connection.execute(select(schema.STATE.c.collection)).scalar_one()
            connection.execute(delete(schema.INTENTS).where(schema.INTENTS.c.number == filled.number))
            if former:
                _intend(connection, "forget", name=former)
            connection.execute(update(schema.STATE).values(collection=filled.name, model=model))
            _next_generation(connection)

    def intents(self) -> list[Intent]:
        """The work that is not known to be finished, oldest first."""
        with self._database.reading() as connection:
            found = connection.execute(select(schema.INTENTS).order_by(schema.INTENTS.c.number))
            return [Intent(*row) for row in found]

    def settle(self, *numbers: int) -> None:
        """Those intents are finished."""
        with self._database.writing() as connection:
            connection.execute(delete(schema.INTENTS).where(schema.INTENTS.c.number.in_(numbers)))


def _insert(connection: Connection, table: Table, values: rows.Values) -> int:
    """Insert one row and give its number."""
    number = connection.execute(insert(table).values(values)).inserted_primary_key
    assert number is not None
    return int(number[0])


def _intend(connection: Connection, kind: str, revision: int = 0, passages: int = 0, name: str = "") -> int:
    values = {"kind": kind, "revision": revision, "passages": passages, "name": name}
    return _insert(connection, schema.INTENTS, values)


def _next_generation(connection: Connection) -> None:
    connection.execute(update(schema.STATE).values(generation=schema.STATE.c.generation + 1))


def _rows_of(extraction: Extraction, revision: int) -> Iterator[tuple[Table, Iterator[rows.Values]]]:
    """The rows of a paper, table by table."""
    yield schema.OBSERVATIONS, map(rows.observation_values, extraction.observations)
    yield schema.TARGETS, map(rows.target_values, extraction.targets)
    yield schema.RECORDS, map(rows.record_values, extraction.records)
    yield schema.NOTES, map(rows.note_values, extraction.notes)
    yield (
        schema.PASSAGES,
        map(rows.passage_values, extraction.passages, rows.passage_ids(revision, len(extraction.passages))),
    )
