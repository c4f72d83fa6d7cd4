"""Budgets: lines with amounts, and who pays which share."""

import re

from corpus.paper import Pack, Table
from indexer.shapes.found import Found, record, spread, title_rows
from kpi_tools.figures import Figure, read_figure

MONEY = re.compile(r"£|\bbudget\b|\bcosts?\b|\bforecast\b|\boutturn\b|\bvariance\b|\bexpenditure\b", re.IGNORECASE)


def identify(table: Table) -> bool:
    """Labels down the side, a header or cells about money, and figures in most of the cells between."""
    _, head = title_rows(table)
    if len(table.rows) < head + 2 or len(table.rows[0]) < 2:
        return False
    header = " ".join(spread(table, head))
    cells = [table.text(r, c) for r in range(head + 1, len(table.rows)) for c in range(1, len(table.rows[r]))]
    figures = [t for t in cells if isinstance(read_figure(t), Figure)]
    money = bool(MONEY.search(header)) and ("£" in header or any("£" in t for t in cells))
    return money and len(figures) >= 0.6 * len([t for t in cells if t]) and bool(figures)


def extract(table: Table, pack: Pack) -> Found:
    """A record for each line, its amounts with the headers they stand under."""
    own, head = title_rows(table)
    heads = spread(table, head)
    name = own or heads[0] or _short(table.lead) or (table.headings[-1] if table.headings else "")
    records = []
    for row in range(head + 1, len(table.rows)):
        line = table.text(row, 0)
        amounts = [(heads[c].strip(" ,"), table.text(row, c)) for c in range(1, len(table.rows[row]))]
        said = "; ".join(f"{h}: {t}" if h else t for h, t in amounts if t)
        if line and said:
            records.append(record(pack, table, row, "budget_line", {"budget": name, "line": line, "amounts": said}))
    return Found(records=tuple(records))


def _short(lead: str) -> str:
    """A lead that is a caption, not a sentence of the report."""
    return lead.strip(" :") if 0 < len(lead.split()) <= 12 and not lead.rstrip().endswith(".") else ""
