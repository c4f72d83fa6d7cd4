"""Any other table: what each row says under each header, as the table gives it, and no more.

Nothing is concluded from it: neither a measure, nor a period, nor whose figure it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.paper import Pack, Table
from indexer.shapes.columns import plain
from indexer.shapes.found import Found, record
from indexer.shapes.grid import spread, title_rows, with_units
from indexer.shapes.heads_over import heads_over
from kpi_tools.due import find_days
from kpi_tools.figures import Figure, read_figure

AS_GIVEN = "its shape is not known, so its rows are kept as the table gives them"
# Headers over who was paid, in lists of payments: what a row is about, wherever it stands.
PAYEES = (
    "payee", "supplier", "supplier name", "beneficiary", "vendor", "vendor name", "paid to", "merchant", "recipient",
    "creditor", "contractor",
)  # fmt: skip
MOST_DATED = 0.8  # of the rows of a list of payments: a total, or when the list was made, may stand below
MOST_TITLES = 3  # rows above such a header
MOST_HEADER = 6  # words over a column of words
_SENTENCE = re.compile(r"(?<!\bno)(?<!\bref)[.;]$", re.IGNORECASE)
LEAST_COLUMNS = 3  # of words; two may be a form's, what is filled in beside what it is called


@dataclass(frozen=True, slots=True)
class _Plan:
    """The texts over the columns, "" for none, the rows below them, and the column that says what a row is about."""

    heads: Sequence[str]
    rows: range
    label: int

    def columns(self) -> list[int]:
        return [column for column in range(len(self.heads)) if column != self.label]


def identify(table: Table) -> bool:
    """A header of words over every column that has a figure, or no header; and a label of words beside every figure."""
    plan = _plan(table)
    if not plan.rows or len(table.rows) < 2 or len(table.rows[0]) < 2:
        return False
    cells = [(r, c) for r in plan.rows for c in plan.columns() if _figure(table, r, c)]
    labelled = all(any(map(str.isalpha, _label(table, plan, row))) for row, _ in cells)
    if not any(plan.heads):
        return bool(cells) and labelled
    headed = all(plan.heads[c] and not isinstance(read_figure(plan.heads[c]), Figure) for _, c in cells)
    apart = len({plan.heads[column] for _, column in cells}) == len({column for _, column in cells})
    return bool(cells) and headed and labelled and apart


def lists_payments(table: Table) -> bool:
    """A header over who was paid, and a day in most rows: no day there is the period of a figure."""
    plan = _plan(table)
    if plain(plan.heads[plan.label]) not in PAYEES or not plan.rows or not identify(table):
        return False
    dated = sum(any(_is_day(table.text(row, column)) for column in plan.columns()) for row in plan.rows)
    return dated >= MOST_DATED * len(plan.rows)


def _is_day(text: str) -> bool:
    days = find_days(text)
    return len(days) == 1 and days[0].whole and (days[0].start, days[0].end) == (0, len(text))


def extract(table: Table, pack: Pack) -> Found:
    """A record for each row that says something of what it is about; where others have figures, words are none."""
    own, _ = title_rows(table)
    plan = _plan(table)
    if not any(plan.heads):
        plan = replace(plan, heads=heads_over(table, pack) or plan.heads)
    name = own or (table.headings[-1] if table.headings else "")
    records = []
    for row in plan.rows:
        label = _label(table, plan, row)
        said = [(plan.heads[c], text) for c in plan.columns() if (text := table.text(row, c))]
        if not label or not any(text != label for _, text in said):  # a heading within the table
            continue
        values = "; ".join(f"{head}: {text}" if head else text for head, text in said)
        fields = {"table": name, "head": plan.heads[plan.label], "line": label, "values": values}
        records.append(record(pack, table, row, "table_row", fields))
    return Found(records=tuple(records), unread=AS_GIVEN)


def lists_words(table: Table) -> bool:
    """A header over each of three columns or more, of a few words and unlike what stands below it; and rows below."""
    _, head = title_rows(table)
    heads = spread(table, head)
    below = {table.text(row, column) for row in table.below(head) for column in range(len(heads))}
    brief = all(text and len(text.split()) <= MOST_HEADER and not _SENTENCE.search(text) for text in heads)
    apart = len(set(heads)) == len(heads) and below.isdisjoint(heads)
    return len(heads) >= LEAST_COLUMNS and len(table.rows) > head + 1 and brief and apart


def listed(table: Table, pack: Pack) -> Found:
    """A record for each row; one without a label is of the label above it, and a bare number has its header's word."""
    own, head = title_rows(table)
    heads = [text.strip(" :") for text in spread(table, head)]
    name, label = own or (table.headings[-1] if table.headings else ""), ""
    records = []
    for row in table.below(head):
        first = table.text(row, 0)
        label = (first if any(map(str.isalpha, first)) else f"{heads[0]} {first}") if first else label
        texts = [table.text(row, column) for column in range(len(heads))]
        said = [f"{head}: {text}" for head, text in zip(heads, [texts[0] or label, *texts[1:]], strict=True) if text]
        if label and any(texts[1:]):
            fields = {"table": name, "head": heads[0], "line": label, "values": "; ".join(said)}
            made = record(pack, table, row, "table_row", fields)
            records.append(made if first else replace(made, quote=f"{label} | {made.quote}"))
    return Found(records=tuple(records))


def _plan(table: Table) -> _Plan:
    """The plan of a table: of a list of payments, or with its labels in the first column.

    A first row with figures over figures, or of which something stands below it again in the same column, by itself or
    as part of a longer text, is one more row, and there is no header.
    """
    for head in range(min(MOST_TITLES, len(table.rows))):
        texts = spread(table, head)
        label = next((column for column, text in enumerate(texts) if plain(text) in PAYEES), None)
        if label is not None:
            return _Plan(texts, table.below(head), label)
    _, head = title_rows(table)
    heads = with_units(table, head)
    rows = table.below(head)
    again = any(_says(text, table.text(row, column)) for column, text in enumerate(heads) for row in rows)
    figured = [c for c in range(1, len(heads)) if any(_figure(table, row, c) for row in rows)]
    if again or (figured and all(_figure(table, head, c) for c in figured)):
        return _Plan([""] * len(heads), range(head, len(table.rows)), 0)
    return _Plan(heads, rows, 0)


def _label(table: Table, plan: _Plan, row: int) -> str:
    """What a row is about; of a list of payments a row without a payee, its first words, as "Total"."""
    texts = [table.text(row, plan.label)]
    if plain(plan.heads[plan.label]) in PAYEES:
        texts += [text for c in plan.columns() if any(map(str.isalpha, text := table.text(row, c)))]
    return next(filter(None, texts), "")


def _says(head: str, text: str) -> bool:
    return bool(text) and (head == text or (len(text.split()) > 1 and text in head))


def _figure(table: Table, row: int, column: int) -> bool:
    return isinstance(read_figure(table.text(row, column)), Figure)
