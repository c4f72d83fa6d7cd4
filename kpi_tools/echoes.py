"""What was ruled exempt by hand, known again by its words wherever it comes: numbered anew, in a later version, under
another name, or after it was taken away. Kept as digests, of which no words can be read."""

import hashlib
from collections import defaultdict

from sqlalchemy import Connection, Table, delete, insert, select

from kpi_tools import schema
from kpi_tools.names import squash

FEWEST = 20  # letters of a text by which something may be known again
SHARE = 0.5  # of an item's letters: what is said so often of so much else is known by less than that


def remember(connection: Connection, paper: int, document: str, item: str) -> None:
    """Keep what stands in a paper, or in one item of it."""
    forget(connection, document, item)
    found = {_digest(text) for _, text in _said(connection, paper, item) if len(text) >= FEWEST}
    if found:
        values = [{"digest": digest, "document": document, "item": item} for digest in sorted(found)]
        connection.execute(insert(schema.CLOSED_TEXTS), values)


def forget(connection: Connection, document: str, item: str, kept: Table = schema.CLOSED_TEXTS) -> None:
    """Forget what was `kept` of a paper, or of one item of it."""
    of = delete(kept).where(kept.c.document == document)
    connection.execute(of.where(kept.c.item == item) if item else of)


def closed_items(connection: Connection, paper: int) -> list[str]:
    """The items of a paper, "" for one without, of whose text half or more was ruled exempt before."""
    known = set(connection.scalars(select(schema.CLOSED_TEXTS.c.digest)))
    if not known:
        return []
    letters: dict[str, int] = defaultdict(int)
    again: dict[str, int] = defaultdict(int)
    for item, text in _said(connection, paper, ""):
        letters[item] += len(text)
        again[item] += len(text) * (len(text) >= FEWEST and _digest(text) in known)
    return [item for item, count in again.items() if count and count >= SHARE * letters[item]]


def _said(connection: Connection, paper: int, item: str) -> list[tuple[str, str]]:
    """(item, text) of a paper's passages, squashed; `item` "" is all of them."""
    passages = schema.PASSAGES
    rows = connection.execute(select(passages.c.places, passages.c.text).where(passages.c.paper == paper)).all()
    said = [(str(row.places[0][2]), squash(row.text)) for row in rows if row.places]
    return [(of, text) for of, text in said if not item or of == item or of.startswith(f"{item} (")]


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
