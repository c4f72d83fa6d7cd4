"""What was ruled by hand: a paper, or one item of it, is exempt or public, whatever reading found.

A ruling stays when the paper is read again; one that opens, as long as the paper's content is what it was, and one that
closes also for that content, or most of it, under another name. One that was written down by hand closes all papers
that the name may mean. Of a ruling on an item and one on its whole paper, the item's holds. An item that is ruled
exempt is so with its parts; one that is ruled public leaves closed its part "7 (exempt)", ruled on by itself.

What was ruled exempt is also known again by its words wherever it comes: numbered anew, in a later version, under
another name, or after it was taken away. These are kept as digests, of which no words can be read.
"""

import hashlib
from collections import defaultdict
from pathlib import PurePath

from sqlalchemy import Connection, Row, Table, delete, false, insert, or_, select, update

from kpi_tools import schema
from kpi_tools.names import squash

FEWEST = 20  # letters of a text by which something may be known again
SHARE = 0.5  # of an item's letters: what is said so often of so much else is known by less than that
RULED = (schema.OBSERVATIONS, schema.TARGETS, schema.RECORDS)


def items_of(connection: Connection, paper: int) -> list[str]:
    """The items of a paper that something was drawn from, exempt parts by their own names."""
    found = {item for table in RULED for item in connection.scalars(select(table.c.item).where(table.c.paper == paper))}
    passages = schema.PASSAGES
    for places in connection.scalars(select(passages.c.places).where(passages.c.paper == paper)):
        found |= {place[2] for place in places}
    return sorted(found - {""})


def rule(connection: Connection, paper: int, item: str, exempt: bool) -> None:
    """Keep a ruling on a paper; `item` "" is all of it, and ends earlier rulings on its items."""
    document, sha256 = _known_as(connection, paper)
    _keep(connection, document, item, exempt, sha256)
    if exempt:
        _remember(connection, paper, document, item)
    else:
        _forget(connection, document, item)


def _known_as(connection: Connection, paper: int) -> tuple[str, str]:
    """A paper's document and the digest of its content."""
    found = connection.execute(select(schema.PAPERS).where(schema.PAPERS.c.number == paper)).one()
    return found.document, found.sha256


def _keep(connection: Connection, document: str, item: str, exempt: bool, sha256: str) -> None:
    _forget(connection, document, item, schema.RULINGS)
    ruling = {"document": document, "item": item, "exempt": exempt, "sha256": sha256}
    connection.execute(insert(schema.RULINGS).values(ruling))


def is_exempt_by_hand(connection: Connection, document: str, item: str) -> bool:
    """Whether a document, or an item of it, is ruled exempt."""
    rulings = schema.RULINGS
    held = select(rulings.c.exempt).where(rulings.c.document == document, rulings.c.item == item)
    return bool(connection.execute(held).scalar())


def rule_ahead(connection: Connection, document: str, item: str) -> list[int]:
    """Keep a ruling that a document, or an item of it, is exempt; the numbers of the papers that it means."""
    _keep(connection, document, item, exempt=True, sha256="")
    papers = schema.PAPERS
    every = connection.execute(select(papers.c.number, papers.c.document)).all()
    return [paper.number for paper in every if named(document) == named(paper.document)]


def named(document: str) -> str:
    """A paper's name as people may write it: without its folders and its ending, in whatever letters."""
    return PurePath(document.strip()).stem.casefold()


def apply_rulings(connection: Connection, paper: int) -> None:
    """Bring what was drawn from a paper in line with the rulings on it."""
    document, sha256 = _known_as(connection, paper)
    for item in _closed_items(connection, paper):
        _apply(connection, paper, item, exempt=True)
    found = [r for r in connection.execute(select(schema.RULINGS)).all() if _holds(r, document, sha256)]
    for ruling in sorted(found, key=lambda r: (r.document == document, r.item)):  # its own come last, and hold
        _apply(connection, paper, ruling.item, ruling.exempt)


def _apply(connection: Connection, paper: int, item: str, exempt: bool) -> None:
    for table in RULED:
        held = update(table).where(table.c.paper == paper)
        if item:
            parts = table.c.item.startswith(f"{item} (") if exempt else false()
            held = held.where(or_(table.c.item == item, parts))
        connection.execute(held.values(exempt=exempt))
    _passages(connection, paper, item, exempt)


def _holds(ruling: Row[tuple[str, str, bool, str]], document: str, sha256: str) -> bool:
    """Whether a ruling is on a paper of this name and content."""
    if ruling.document == document:
        return bool(ruling.exempt or ruling.sha256 == sha256)
    by_hand = not ruling.sha256 and named(ruling.document) == named(document)
    return bool(ruling.exempt and (by_hand or ruling.sha256 == sha256))


def _passages(connection: Connection, paper: int, item: str, exempt: bool) -> None:
    """A passage that stands in several items is exempt if one of them is."""
    passages = schema.PASSAGES
    rows = connection.execute(select(passages.c.id, passages.c.places).where(passages.c.paper == paper)).all()
    items = {row.id: {place[2] for place in row.places} for row in rows}
    parts = f"{item} (" if exempt else f"{item}\0"
    inside = [i for i, own in items.items() if not item or any(o == item or o.startswith(parts) for o in own)]
    for number in inside if exempt or not item else [i for i in inside if len(items[i]) == 1]:
        connection.execute(update(passages).where(passages.c.id == number).values(exempt=exempt))


def _remember(connection: Connection, paper: int, document: str, item: str) -> None:
    """Keep what stands in a paper, or in one item of it."""
    _forget(connection, document, item)
    found = {_digest(text) for _, text in _said(connection, paper, item) if len(text) >= FEWEST}
    if found:
        values = [{"digest": digest, "document": document, "item": item} for digest in sorted(found)]
        connection.execute(insert(schema.CLOSED_TEXTS), values)


def _forget(connection: Connection, document: str, item: str, kept: Table = schema.CLOSED_TEXTS) -> None:
    """Forget what was `kept` of a paper, or of one item of it."""
    of = delete(kept).where(kept.c.document == document)
    connection.execute(of.where(kept.c.item == item) if item else of)


def _closed_items(connection: Connection, paper: int) -> list[str]:
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
