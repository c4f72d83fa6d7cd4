"""Budgets: lines with amounts, and who pays which share."""

import re

from corpus.paper import Pack, Table
from indexer.shapes.columns import plain
from indexer.shapes.found import Found, item_title, record
from indexer.shapes.grid import SOME_DAY, spread, title_rows, with_units
from indexer.shapes.headers import over_names
from indexer.shapes.titles import CODE, read_title
from kpi_tools.figures import Figure, find_unit, read_figure
from kpi_tools.periods import read_period

# Headers of money, where no pound sign says so: one of them over every other column.
WORDS = re.compile(
    r"\b(budget|outturn|forecast|spent|spend|expenditure|income|variance|cost|balance)s?\b"
    r"|\btransfers? (?:in|out|to|from)\b",
    re.IGNORECASE,
)
_ANY_VARIANCE = re.compile(r"\b(?:%|per ?cent(?:age)?)?\s?variances?\b", re.IGNORECASE)  # of counts too
# Over the per cent that each pays of it, which stand beside money as a part of it.
_SHARES = re.compile(r"\b(shares?|allocat\w+|apportion\w*|proportion|split)\b|^%$", re.IGNORECASE)


def identify(table: Table) -> bool:
    """Labels down the side, pounds in the title, the header or the cells, and figures in most of the cells."""
    own, head = title_rows(table)
    if len(table.rows) < head + 2 or len(table.rows[0]) < 2:
        return False
    if _measures(table, head):
        return False
    if _dated(table, head) or _mixed(table, head) or not _mostly_money(table, head):
        return False
    cells = [table.text(r, c) for r in table.below(head) for c in range(1, len(table.rows[r]))]
    figures = [t for t in cells if isinstance(read_figure(t), Figure)]
    headers = spread(table, head)
    worded = [text for text in headers[1:] if WORDS.search(text)]
    if over_names(plain(headers[0])) and not worded:
        return False
    sure = any(WORDS.search(_ANY_VARIANCE.sub("", text)) for text in worded)
    money = any("£" in text for text in (own, *headers, *cells)) or (sure and 2 * len(worded) >= len(headers) - 1)
    shares = [t for t in figures if find_unit(t) == "%"]
    money = money and 2 * len(shares) <= len(figures)  # a share may stand beside each amount
    return money and len(figures) >= 0.6 * len([t for t in cells if t]) and bool(figures)


def _measures(table: Table, head: int) -> bool:
    """Whether the rows are measures, by codes of their own or by units that differ: money is then one among others."""
    labels = table.column(0, head)
    coded = [text for text in labels if CODE.match(text) or read_title(text).code]
    units = {unit for text in labels if (unit := find_unit(text))}
    return 2 * len(coded) > len(labels) or len(units) > 1


def _dated(table: Table, head: int) -> bool:
    """Whether the rows are periods: then what stands over the columns is measured, be it money or not."""
    labels = table.column(0, head)
    return bool(labels) and all(read_period(text, near=SOME_DAY) for text in labels)


def _mixed(table: Table, head: int) -> bool:
    """Whether columns of money stand among others, and no header has a word for money."""
    heads = spread(table, head)
    columns = [c for c in range(1, len(table.rows[head])) if not _SHARES.search(heads[c])]
    units = [{_unit(table.text(row, c)) for row in table.below(head)} - {None} for c in columns]
    money = [any(unit and unit.startswith("£") for unit in of) for of in units if of]
    return any(money) and not all(money) and not any(WORDS.search(text) for text in heads)


def _mostly_money(table: Table, head: int) -> bool:
    """Whether half of the columns of figures or more are of money, by a header or a cell, where just some say so."""
    heads, rows = spread(table, head), table.below(head)
    columns = [c for c in range(1, len(table.rows[head])) if not _SHARES.search(heads[c])]
    units = {c: {unit for r in rows if (unit := _unit(table.text(r, c))) is not None} for c in columns}
    units = {c: of for c, of in units.items() if of}
    money = [c for c, of in units.items() if "£" in heads[c] or WORDS.search(heads[c]) or any("£" in u for u in of)]
    return not money or 2 * len(money) >= len(units)


def _unit(text: str) -> str | None:
    figure = read_figure(text)
    return figure.unit if isinstance(figure, Figure) else None


def extract(table: Table, pack: Pack) -> Found:
    """A record for each line, its amounts with the headers they stand under."""
    own, head = title_rows(table)
    heads = with_units(table, head)
    name = own or item_title(table, pack) or (table.headings[-1] if table.headings else heads[0])
    records = []
    for row in table.below(head):
        line = table.text(row, 0)
        amounts = [(heads[c].strip(" ,"), table.text(row, c)) for c in range(1, len(table.rows[row]))]
        said = "; ".join(f"{h}: {t}" if h else t for h, t in amounts if t)
        if line and said:
            fields = {"budget": name, "head": heads[0], "line": line, "amounts": said}
            records.append(record(pack, table, row, "budget_line", fields))
    return Found(records=tuple(records))
