"""Risk registers: what may happen, how likely, how bad, who looks after it."""

from corpus.paper import Pack, Table
from indexer.shapes.columns import find_header
from indexer.shapes.found import Found, record

COLUMNS = {
    "ref": ("id", "ref", "no", "risk no", "risk ref", "risk id"),
    "description": ("risk identification", "risk description", "description", "risk", "risk title"),
    "impact": ("potential impact", "impact", "consequence", "consequences", "effect"),
    "likelihood": ("likelihood", "probability"),
    "score": ("risk score", "residual rating", "score", "rating", "current score", "residual score", "risk rating"),
    "owner": ("risk owner", "owner", "lead", "responsible officer"),
    "mitigation": ("mitigation actions", "controls in place", "mitigation", "mitigations", "controls", "actions"),
}


def identify(table: Table) -> bool:
    """A header that describes a risk and scores it, or says what is done about it."""
    return find_header(table, COLUMNS, _enough)[0] > 0


def extract(table: Table, pack: Pack) -> Found:
    """A record for each risk."""
    first, columns = find_header(table, COLUMNS, _enough)
    records = []
    for row in range(first, len(table.rows)):
        fields = {name: table.text(row, column) for name, column in columns.items()}
        if fields.get("description"):
            records.append(record(pack, table, row, "risk", fields, columns["description"]))
    return Found(records=tuple(records))


def _enough(fields: set[str]) -> bool:
    return {"description", "mitigation"} <= fields and bool({"score", "impact", "likelihood"} & fields)
