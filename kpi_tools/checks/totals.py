"""Totals among a table's figures, or at the end of its rows, that are not the sum of their parts, where most are."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kpi_tools.checks.slip import Row, Slip, View, shown, slip
from kpi_tools.figures import write_figure
from kpi_tools.measures import OVERALL

_TOTAL = re.compile(r"total\b", re.IGNORECASE)
_NUMBER_OF = re.compile(r"(?:number|no\.?) of\b", re.IGNORECASE)
FEWEST_RIGHT = 2  # columns in which a sum comes out, so that it is known to be one


def totals_off_their_rule(view: View) -> Iterator[Slip]:
    """A total that is not the sum of its parts, in a table in which it is in most other columns.

    Parts are the councils under an overall count, or the rows "Number of ..." under a row "Total ...".
    """
    for rows in view.measures:
        yield from _off_rule([_under_overall(cell) for cell in _by_period(rows)])
    for rows in view.rows.values():
        tables: dict[object, list[Row]] = defaultdict(list)
        for row in rows:
            tables[row.table].append(row)
        for table in tables.values():
            cells: dict[tuple[object, ...], list[Row]] = defaultdict(list)
            for row in table:
                cells[row.entity, row.start, row.end].append(row)
            yield from _off_rule([_under_total(cell) for cell in cells.values()])


def _by_period(rows: Sequence[Row]) -> Iterator[list[Row]]:
    periods: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        periods[row.table, row.start, row.end].append(row)
    yield from periods.values()


_Sum = tuple[Row, list[Row]]


def _under_overall(cell: Sequence[Row]) -> _Sum | None:
    """An overall count and its parts, all of them with a figure."""
    tops, parts = [r for r in cell if r.entity == OVERALL], [r for r in cell if r.entity != OVERALL]
    return (tops[0], parts) if len(tops) == 1 and len(parts) > 1 and _countable(cell) else None


def _under_total(cell: Sequence[Row]) -> _Sum | None:
    """The row "Total ..." of a table and the rows of numbers above it, all of them with a figure."""
    tops = [row for row in cell if _TOTAL.match(row.name)]
    parts = [row for row in cell if _NUMBER_OF.match(row.name) and tops and row.row < tops[0].row]
    return (tops[0], parts) if len(tops) == 1 and len(parts) > 1 and _countable([*tops, *parts]) else None


def _countable(rows: Sequence[Row]) -> bool:
    units = {row.unit for row in rows}
    return all(row.value is not None for row in rows) and len(units) == 1 and (units == {""} or "£" in min(units))


def _off_rule(sums: Sequence[_Sum | None]) -> Iterator[Slip]:
    """The sums that do not come out, where most do."""
    known = [one for one in sums if one]
    off = [(top, parts) for top, parts in known if top.value != sum(part.value for part in parts)]
    if not off or len(known) - len(off) < FEWEST_RIGHT or len(off) * 2 >= len(known):
        return
    for top, parts in off:
        added = sum((part.value for part in parts), Decimal(0))
        yield slip(
            "sum",
            f"{top.name}, {top.entity}, {top.period}: the {len(parts)} rows add up to {write_figure(added, top.unit)},"
            f" the total says {top.printed}: a difference of {write_figure(abs(added - top.value), top.unit)}.",
            shown(top),
            *map(shown, parts),
        )
