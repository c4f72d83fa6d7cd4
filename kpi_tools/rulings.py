"""What was ruled by hand: a paper, or one item of it, is exempt or public, whatever reading found.

A ruling stays when the paper is read again; one that opens, as long as the paper's content is what it was, and one that
closes also for that content, or most of it, under another name. One that was written down by hand closes all papers
that the name may mean. Of a ruling on an item and one on its whole paper, the item's holds. An item that is ruled
exempt is so with its parts; one that is ruled public leaves closed its part "7 (exempt)", ruled on by itself.
"""

from pathlib import PurePath

from sqlalchemy import Connection, Row, false, insert, or_, select, update

from kpi_tools import echoes, schema

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
        echoes.remember(connection, paper, document, item)
    else:
        echoes.forget(connection, document, item)


def _known_as(connection: Connection, paper: int) -> tuple[str, str]:
    """A paper's document and the digest of its content."""
    found = connection.execute(select(schema.PAPERS).where(schema.PAPERS.c.number == paper)).one()
    return found.document, found.sha256


def _keep(connection: Connection, document: str, item: str, exempt: bool, sha256: str) -> None:
    echoes.forget(connection, document, item, schema.RULINGS)
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
    for item in echoes.closed_items(connection, paper):
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
