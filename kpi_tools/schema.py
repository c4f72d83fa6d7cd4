"""The tables of the index. SQLite is its single truth: vectors are only a way to find passages by meaning.

Rows of a paper go with the paper (ON DELETE CASCADE). Decimals are text, as floats would round them. What differs
between databases is in `dialect.py`.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, ForeignKey, Index, Integer, MetaData, String, Table, Text, cast
from sqlalchemy.schema import SchemaItem
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import TypeEngine

SCHEMA_VERSION = 4
NO_DATE = date.min  # where a paper has no date: it comes before all that have one
METADATA = MetaData()


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True)


def _part(name: str, *columns: SchemaItem) -> Table:
    """A table of rows that each belong to a paper."""
    paper: Column[int] = Column("paper", ForeignKey("papers.number", ondelete="CASCADE"), nullable=False, index=True)
    return Table(name, METADATA, _number(), paper, *columns)


def _filled(kind: type[TypeEngine[Any]], *names: str) -> list[Column[Any]]:
    """Columns of a kind that always hold something."""
    return [Column(name, kind, nullable=False) for name in names]


def _place() -> list[Column[Any]]:
    """A Place; its document is the paper's."""
    numbers = _filled(Integer, "table_number", "row_number", "column_number")
    where = [*_filled(Integer, "page"), *_filled(Text, "label", "item"), *numbers, *_filled(JSON, "box")]
    return [*where, *_filled(Text, "quote"), *_filled(Boolean, "exempt")]


def _measure() -> list[Column[str]]:
    return _filled(Text, "service", "code", "name", "unit", "polarity")


def _figure() -> list[Column[str]]:
    """A figure: `value` NULL where there is none and `printed` is the reason, or "" where nothing is printed."""
    return [Column("value", Text), *_filled(Text, "figure_unit", "printed")]


# One row: what this index is. `generation` grows with every change of what can be answered; `collection` is the
# vectors' collection in Chroma and `model` the embedding model that they were made with ("": none yet).
STATE = Table(
    "state",
    METADATA,
    Column("schema_version", Integer, nullable=False),
    Column("index_id", String(12), nullable=False),
    Column("generation", Integer, nullable=False),
    *_filled(Text, "collection", "model"),
)

PAPERS = Table(
    "papers",
    METADATA,
    _number(),
    Column("document", Text, nullable=False, unique=True),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    *_filled(Text, "title", "council", "committee"),
    Column("date", Date),
    Column("pages", Integer, nullable=False),
    Column("revision", Integer, nullable=False, unique=True),
    Column("reader", Integer, nullable=False),  # the version of our reading that it was read by
    Column("indexed_at", String(25), nullable=False),
    Column("counts", JSON, nullable=False),
    Column("ocr_pages", JSON, nullable=False),  # those that were read from pictures
)

OBSERVATIONS = _part(
    "observations",
    Column("measure_key", Text, nullable=False),  # the same for a measure however a paper spells it
    Column("entity_key", Text, nullable=False),
    *_measure(),
    Column("entity", Text, nullable=False),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("period", Text, nullable=False),
    *_figure(),
    Column("ocr", Boolean, nullable=False),
    *_place(),
    Index("observations_by_key", "measure_key", "entity_key", "start", "end"),
)

TARGETS = _part(
    "targets",
    *_measure(),
    *_filled(Text, "entity", "comparator"),
    Column("start", Date),
    Column("end", Date),
    *_figure(),
    *_place(),
)

RECORDS = _part(
    "records",
    Column("kind", Text, nullable=False, index=True),
    Column("as_of", Date),
    Column("fields", JSON, nullable=False),
    *_place(),
)

NOTES = _part("notes", *_filled(Integer, "table_number", "page"), *_filled(Text, "title", "shape", "reason"))

# `id` is "revision-position": a vector in Chroma is live if, and only if, its id stands here.
PASSAGES = _part(
    "passages",
    Column("id", String(40), nullable=False, unique=True),
    *_filled(Text, "heading", "text"),
    Column("places", JSON, nullable=False),
    Column("exempt", Boolean, nullable=False),
)


def begins_on(page: int) -> ColumnElement[bool]:
    """Of passages, that the first of their places is on that page."""
    return cast(PASSAGES.c.places, Text).like(f"[[{page},%")


# What is under way in Chroma, committed before it begins and finished by the next run if it was cut short. Kinds:
# "add": vectors of the revision `number` are being added, its rows are not here yet;
# "drop": the rows of `revision` are gone, its vectors are to go;
# "forget": the collection `name` is to go.
# `number` is never used twice.
INTENTS = Table(
    "intents",
    METADATA,
    _number(),
    Column("kind", Text, nullable=False),
    *_filled(Integer, "revision", "passages"),
    Column("name", Text, nullable=False),
    sqlite_autoincrement=True,
)

# Rulings by hand on what is exempt; `item` "" is the whole paper. They outlive the paper's rows. `sha256` is of the
# content that was ruled on: what was ruled public was not so of any other.
RULINGS = Table(
    "rulings",
    METADATA,
    Column("document", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("exempt", Boolean, nullable=False),
    Column("sha256", String(64), nullable=False),
)

# Digests of the texts that were ruled exempt by hand, so that they are known wherever they come again.
CLOSED_TEXTS = Table(
    "closed_texts",
    METADATA,
    Column("digest", String(32), nullable=False, index=True),
    *_filled(Text, "document", "item"),
)

THREADS = Table("threads", METADATA, Column("id", Text, primary_key=True), Column("data", JSON, nullable=False))
