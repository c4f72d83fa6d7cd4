"""What was ruled by hand: a paper, or one item of it, is exempt or public, whatever reading found.

A ruling stays when the paper is read again; one that opens, as long as the paper's content is what it was. Of a ruling
on an item and one on its whole paper, the item's holds. An item that is ruled exempt is so with its parts; one that is
ruled public leaves closed its part "7 (exempt)", which has a ruling of its own.
"""

from sqlalchemy import Connection, delete, false, insert, or_, select, update

from kpi_tools import schema

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
    rulings, papers = schema.RULINGS, schema.PAPERS
    document, sha256 = connection.execute(
        select(papers.c.document, papers.c.sha256).where(papers.c.number == paper)
    ).one()
    earlier = delete(rulings).where(rulings.c.document == document)
    connection.execute(earlier.where(rulings.c.item == item) if item else earlier)
    connection.execute(insert(rulings).values(document=document, item=item, exempt=exempt, sha256=sha256))


def is_exempt_by_hand(connection: Connection, document: str, item: str) -> bool:
    """Whether a document, or an item of it, is ruled exempt."""
    rulings = schema.RULINGS
    held = select(rulings.c.exempt).where(rulings.c.document == document, rulings.c.item == item)
    return bool(connection.execute(held).scalar())


def rule_ahead(connection: Connection, document: str, item: str) -> int | None:
    """Keep a ruling that a document, or an item of it, is exempt; the paper's number where it is in the index."""
    rulings, papers = schema.RULINGS, schema.PAPERS
    earlier = delete(rulings).where(rulings.c.document == document)
    connection.execute(earlier.where(rulings.c.item == item) if item else earlier)
    connection.execute(insert(rulings).values(document=document, item=item, exempt=True, sha256=""))
    number: int | None = connection.execute(select(papers.c.number).where(papers.c.document == document)).scalar()
    return number


def apply_rulings(connection: Connection, paper: int) -> None:
    """Bring what was drawn from a paper in line with the rulings on it."""
    rulings, papers = schema.RULINGS, schema.PAPERS
    same = or_(rulings.c.exempt, rulings.c.sha256 == papers.c.sha256)
    on = select(rulings).join(papers, papers.c.document == rulings.c.document).where(papers.c.number == paper, same)
    for ruling in connection.execute(on.order_by(rulings.c.item)).all():
        for table in RULED:
            held = update(table).where(table.c.paper == paper)
            if ruling.item:
                parts = table.c.item.startswith(f"{ruling.item} (") if ruling.exempt else false()
                held = held.where(or_(table.c.item == ruling.item, parts))
            connection.execute(held.values(exempt=ruling.exempt))
        _passages(connection, paper, ruling.item, ruling.exempt)


def _passages(connection: Connection, paper: int, item: str, exempt: bool) -> None:
    """A passage that stands in several items is exempt if one of them is."""
    passages = schema.PASSAGES
    rows = connection.execute(select(passages.c.id, passages.c.places).where(passages.c.paper == paper)).all()
    items = {row.id: {place[2] for place in row.places} for row in rows}
    parts = f"{item} (" if exempt else f"{item}\0"
    inside = [i for i, own in items.items() if not item or any(o == item or o.startswith(parts) for o in own)]
    for number in inside if exempt or not item else [i for i in inside if len(items[i]) == 1]:
        connection.execute(update(passages).where(passages.c.id == number).values(exempt=exempt))
