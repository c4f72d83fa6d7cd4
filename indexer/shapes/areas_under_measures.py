"""Several rows for each measure, one for each area, or the other way round: "Rent collected | North | 97% | 96%".

The name that several rows share stands in the first of them alone, or in each.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.paper import Pack, Table
from indexer.shapes.columns import plain
from indexer.shapes.entities_down import named
from indexer.shapes.found import Found, observed
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.headers import AREAS, ASIDE, TARGETS, over_names
from indexer.shapes.titles import is_measure, read_title, service_of
from indexer.shapes.whens import periods_in
from kpi_tools.figures import read_figure
from kpi_tools.measures import Measure
from kpi_tools.names import entity
from kpi_tools.periods import read_period


@dataclass(frozen=True, slots=True)
class _Plan:
    """The header's row, and of each row below it the name of its measure and of its area."""

    head: int
    rows: Mapping[int, tuple[str, str]]


def identify(table: Table) -> bool:
    """Two first columns, of names and of areas, that hold each area for each name; and periods over the others."""
    return _plan(table) is not None


def extract(table: Table, pack: Pack) -> Found:
    """An observation for each cell under a period."""
    plan = _plan(table)
    periods = periods_in(table, plan.head, pack) if plan else {}
    if not plan or not periods:
        return Found(unread="its periods cannot be told without the paper's date")
    under = service_of(table)
    found = []
    for row, (name, area) in plan.rows.items():
        title = read_title(name)
        measure = Measure(under, title.code, title.name, title.unit, "")
        for column, period in periods.items():
            found += observed(pack, table, (row, column), measure, named(area, pack.council), period)
    return Found(tuple(found))


def _plan(table: Table) -> _Plan | None:
    _, head = title_rows(table)
    if len(table.rows) < head + 3 or len(table.rows[0]) < 3:
        return None
    header = [plain(text) for text in spread(table, head)]
    area = next((column for column in (0, 1) if header[column] in AREAS), None)
    rows = table.below(head)
    if area is None:  # its header does not say so, and all that stands in it does
        area = next((c for c in (0, 1) if all(entity(text) for row in rows if (text := table.text(row, c)))), None)
    told = [text for text in spread(table, head)[2:] if not (ASIDE.fullmatch(plain(text)) or plain(text) in TARGETS)]
    dated = [text for text in told if read_period(text, near=SOME_DAY)]
    if area is None or not dated or len(dated) < len(told):
        return None
    filled = {row: (_down(table, row, 1 - area, head), _down(table, row, area, head)) for row in rows}
    names, areas = ({pair[at] for pair in filled.values()} for at in (0, 1))
    known = over_names(header[1 - area]) or any(is_measure(name) for name in names)
    whole = len(set(filled.values())) == len(filled) == len(names) * len(areas) and len(areas) > 1 and all(names)
    figures = any(read_figure(text) for pair in filled.values() for text in pair)
    return _Plan(head, filled) if known and whole and not figures and all(areas) else None


def _down(table: Table, row: int, column: int, head: int) -> str:
    """What stands in a cell, or in the nearest above it that is filled."""
    return next((text for above in range(row, head, -1) if (text := table.text(above, column))), "")
