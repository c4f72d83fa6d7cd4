"""Risk registers: what may happen, how likely, how bad, who looks after it."""

from corpus.paper import Pack, Table
from indexer.shapes.columns import named_columns, plain
from indexer.shapes.found import Found, record, spread

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
    columns = set(_columns(table)[1])
    return "description" in columns and "mitigation" in columns and bool({"score", "impact", "likelihood"} & columns)


def extract(table: Table, pack: Pack) -> Found:
    """A record for each risk."""
    first, columns = _columns(table)
    records = []
    for row in range(first, len(table.rows)):
        fields = {name: table.text(row, column) for name, column in columns.items()}
        if fields.get("description"):
            records.append(record(pack, table, row, "risk", fields, columns["description"]))
    return Found(records=tuple(records))


def _columns(table: Table) -> tuple[int, dict[str, int]]:
    """The first row of data and the columns: of two header rows the lower one tells, where it says anything."""
    upper = [plain(t) for t in spread(table, 0)]
    if len(table.rows) > 1 and any(cell and cell.columns > 1 for cell in table.rows[0]):
        lower = [plain(t) for t in spread(table, 1)]
        return 2, named_columns([below or above for above, below in zip(upper, lower, strict=True)], COLUMNS)
    return 1, named_columns(upper, COLUMNS)
