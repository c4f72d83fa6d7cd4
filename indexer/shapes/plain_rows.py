"""Any other table of figures: what each row says under each header, as the table gives it, and no more.

Nothing is concluded from it: neither a measure, nor a period, nor whose figure it is.
"""

from corpus.paper import Pack, Table
from indexer.shapes.found import Found, record
from indexer.shapes.grid import title_rows, with_units
from kpi_tools.figures import Figure, read_figure

AS_GIVEN = "its shape is not known, so its rows are kept as the table gives them"


def identify(table: Table) -> bool:
    """A header of words over every column that has a figure, or no header; and a label of words before every figure."""
    heads, rows = _heads(table)
    if not rows or len(table.rows) < 2 or len(table.rows[0]) < 2:
        return False
    cells = [(r, c) for r in rows for c in range(1, len(table.rows[r])) if _figure(table, r, c)]
    labelled = all(any(char.isalpha() for char in table.text(row, 0)) for row, _ in cells)
    if not any(heads):
        return bool(cells) and labelled
    headed = all(heads[column] and not isinstance(read_figure(heads[column]), Figure) for _, column in cells)
    apart = len({heads[column] for _, column in cells}) == len({column for _, column in cells})
    return bool(cells) and headed and labelled and apart


def extract(table: Table, pack: Pack) -> Found:
    """A record for each row with a figure."""
    own, _ = title_rows(table)
    heads, rows = _heads(table)
    name = own or (table.headings[-1] if table.headings else "")
    records = []
    for row in rows:
        if not any(_figure(table, row, column) for column in range(1, len(table.rows[row]))):
            continue
        said = [(heads[c], table.text(row, c)) for c in range(1, len(table.rows[row])) if table.text(row, c)]
        values = "; ".join(f"{head}: {text}" if head else text for head, text in said)
        fields = {"table": name, "line": table.text(row, 0), "values": values}
        records.append(record(pack, table, row, "table_row", fields))
    return Found(records=tuple(records), unread=AS_GIVEN)


def _heads(table: Table) -> tuple[list[str], range]:
    """The header's texts and the rows below it; a first row of which something stands below it again, in the same
    column, is one more row, and there is no header."""
    _, head = title_rows(table)
    heads = with_units(table, head)
    rows = range(head + 1, len(table.rows))
    again = any(text and text == table.text(row, column) for column, text in enumerate(heads) for row in rows)
    return ([""] * len(heads), range(head, len(table.rows))) if again else (heads, rows)


def _figure(table: Table, row: int, column: int) -> bool:
    return isinstance(read_figure(table.text(row, column)), Figure)
