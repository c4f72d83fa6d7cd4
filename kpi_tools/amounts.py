"""The amounts of a table's row, and what can be calculated of them: sums, shares, differences.

Nothing is calculated over amounts of different units or headers, nor with one that could not be read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kpi_tools.figures import Figure, find_unit, read_figure
from kpi_tools.ledger import Record

TEXTS = {"budget_line": "amounts", "table_row": "values"}  # the field that holds "header: text; header: text"
NAMES = {"budget_line": "budget", "table_row": "table"}
_WHOLE = re.compile(
    r"(grand |sub[- ]?|overall )?totals?\b|overall$|all (services|departments|directorates)$"
    r"|[A-Za-z &]+ totals?$|(total )?net (cost|expenditure|budget|revenue|operating)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """One cell of a row: its header and its text as printed; `figure` is None where the text is no figure."""

    header: str
    printed: str
    figure: Figure | None
    record: Record


def amounts(record: Record) -> list[Amount]:
    """The cells of a budget line or a table's row; a bare number has the unit that its header states."""
    found = []
    for part in record.fields[TEXTS[record.kind]].split("; "):
        header, _, printed = part.rpartition(": ")
        figure = read_figure(printed, find_unit(header))
        found.append(Amount(header, printed, figure if isinstance(figure, Figure) else None, record))
    return found


def name(record: Record) -> str:
    """What a row's table is called."""
    return record.fields[NAMES[record.kind]]


def is_whole(record: Record) -> bool:
    """Whether a row is the sum of the others: "Total", "Grand total", "All wards" where each row is a ward."""
    line = record.fields["line"]
    return bool(_WHOLE.match(line)) or line.lower() == f"all {record.fields.get('head', '').lower().rstrip('s')}s"


def whole_of(record: Record, records: Sequence[Record]) -> Record | None:
    """The one row that is the sum of the table that a row stands in; None where there is none or more than one."""
    at = (record.place.document, record.place.table)
    found = [r for r in records if (r.place.document, r.place.table) == at and is_whole(r)]
    return found[0] if len(found) == 1 and found[0] is not record else None


def like(amount: Amount, record: Record) -> Amount | None:
    """The amount of another row under the same header and in the same unit; None where it has none."""
    unit = amount.figure.unit if amount.figure else ""
    same = [a for a in amounts(record) if a.header == amount.header and a.figure and a.figure.unit == unit]
    return same[0] if len(same) == 1 else None


def total(parts: Sequence[Amount]) -> Figure | None:
    """The sum of amounts under one header; None for those that cannot be added."""
    figures = _alike(parts)
    return _made(sum((f.value for f in figures), Decimal(0)), figures[0].unit) if figures else None


def difference(high: Amount, low: Amount) -> Figure | None:
    """What one amount is more than another under the same header; of percentages, percentage points."""
    figures = _alike((high, low))
    unit = "percentage points" if figures and figures[0].unit == "%" else figures[0].unit if figures else ""
    return _made(figures[0].value - figures[1].value, unit) if figures else None


def share(part: Amount, whole: Amount) -> Figure | None:
    """What per cent one amount is of another, to two places; None where both are not positive amounts of one kind."""
    figures = _alike((part, whole))
    if not figures or figures[0].unit == "%" or figures[1].value <= 0 or not 0 <= figures[0].value <= figures[1].value:
        return None
    exact = 100 * figures[0].value / figures[1].value
    return _made(exact.quantize(Decimal("0.01"), ROUND_HALF_UP), "%")


def _alike(parts: Sequence[Amount]) -> list[Figure]:
    figures = [part.figure for part in parts if part.figure]
    kinds = {(part.header, part.figure.unit) for part in parts if part.figure}
    return figures if len(figures) == len(parts) and len(kinds) == 1 else []


def _made(value: Decimal, unit: str) -> Figure:
    return Figure(value, unit, "")
