"""The tables of the index. SQLite is its single truth: vectors are only a way to find passages by meaning.

Rows of a paper go with the paper (ON DELETE CASCADE). Decimals are text, as floats would round them. What differs
between databases is in `dialect.py`.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    cast,
)

SCHEMA_VERSION = 4
NO_DATE = date.min  # where a paper has no date: it comes before all that have one
METADATA = MetaData()


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True)


def _of_paper() -> Column[int]:
    return Column("paper", ForeignKey("papers.number", ondelete="CASCADE"), nullable=False, index=True)


def _place() -> tuple[Column[Any], ...]:
    """A Place; its document is the paper's."""
    return (
        Column("page", Integer, nullable=False),
        Column("label", Text, nullable=False),
        Column("item", Text, nullable=False),
        Column("table_number", Integer, nullable=False),
        Column("row_number", Integer, nullable=False),
        Column("column_number", Integer, nullable=False),
        Column("box", JSON, nullable=False),
        Column("quote", Text, nullable=False),
        Column("exempt", Boolean, nullable=False),
    )


def _measure() -> tuple[Column[str], ...]:
    return tuple(Column(name, Text, nullable=False) for name in ("service", "code", "name", "unit", "polarity"))


def _figure() -> tuple[Column[str], ...]:
    """A figure: `value` NULL where there is none and `printed` is the reason, or "" where nothing is printed."""
    return (
        Column("value", Text),
        Column("figure_unit", Text, nullable=False),
        Column("printed", Text, nullable=False),
    )


# One row: what this index is. `generation` grows with every change of what can be answered; `collection` is the
# vectors' collection in Chroma and `model` the embedding model that they were made with ("": none yet).
STATE = Table(
    "state",
    METADATA,
    Column("schema_version", Integer, nullable=False),
    Column("index_id", String(12), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("collection", Text, nullable=False),
    Column("model", Text, nullable=False),
)

PAPERS = Table(
    "papers",
    METADATA,
    _number(),
    Column("document", Text, nullable=False, unique=True),
    Column("path", Text, nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("council", Text, nullable=False),
    Column("committee", Text, nullable=False),
    Column("date", Date),
    Column("pages", Integer, nullable=False),
    Column("revision", Integer, nullable=False, unique=True),
    Column("reader", Integer, nullable=False),  # the version of our reading that it was read by
    Column("indexed_at", String(25), nullable=False),
    Column("counts", JSON, nullable=False),
    Column("ocr_pages", JSON, nullable=False),  # those that were read from pictures
)

OBSERVATIONS = Table(
    "observations",
    METADATA,
    _number(),
    _of_paper(),
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

TARGETS = Table(
    "targets",
    METADATA,
    _number(),
    _of_paper(),
    *_measure(),
    Column("entity", Text, nullable=False),
    Column("comparator", Text, nullable=False),
    Column("start", Date),
    Column("end", Date),
    *_figure(),
    *_place(),
)

RECORDS = Table(
    "records",
    METADATA,
    _number(),
    _of_paper(),
    Column("kind", Text, nullable=False, index=True),
    Column("as_of", Date),
    Column("fields", JSON, nullable=False),
    *_place(),
)

NOTES = Table(
    "notes",
    METADATA,
    _number(),
    _of_paper(),
    Column("table_number", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("shape", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

# `id` is "revision-position": a vector in Chroma is live if, and only if, its id stands here.
PASSAGES = Table(
    "passages",
    METADATA,
    _number(),
    _of_paper(),
    Column("id", String(40), nullable=False, unique=True),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
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
    Column("revision", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
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
    Column("document", Text, nullable=False),
    Column("item", Text, nullable=False),
)

THREADS = Table(
    "threads",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("data", JSON, nullable=False),
)
