"""Two header rows, periods over entities or entities over periods, the measures down the side."""

from collections.abc import Sequence
from datetime import date

from corpus.paper import Pack, Table
from indexer.shapes.columns import plain
from indexer.shapes.entities_down import named
from indexer.shapes.found import Found, quote
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.headers import AREAS, BEFORE, TARGETS, VALUES
from indexer.shapes.labelled import NO_PLACE
from indexer.shapes.titles import read_title, service_of
from indexer.shapes.whens import dated, day_of
from kpi_tools.figures import find_unit, read_figure
from kpi_tools.measures import Measure, Observation
from kpi_tools.names import entity
from kpi_tools.periods import Period, read_period


def identify(table: Table) -> bool:
    """Every column but the first has a period in one header row and an entity in the other."""
    _, head = title_rows(table)
    return len(table.rows) > head + 2 and _columns(table, head, SOME_DAY) is not None


def extract(table: Table, pack: Pack) -> Found:
    """An observation for each cell, of the measure at the row's head."""
    _, head = title_rows(table)
    columns = _columns(table, head, day_of(pack, table))
    if columns is None:
        return Found(unread="its periods cannot be told without the paper's date")
    found = []
    for row in range(head + 2, len(table.rows)):
        title = read_title(table.text(row, 0))
        for column, (name, period) in columns.items():
            unit = find_unit(title.name)
            figure = read_figure(table.text(row, column), unit)
            if figure and title.name:
                measure = Measure(service_of(table), title.code, title.name, unit, "")
                place = pack.cell_place(table, row, column)
                said = quote(table, row)
                found.append(Observation(measure, name, period, figure, place, said, pack.exempt(place)))
    return Found(tuple(found))


def _columns(table: Table, head: int, near: date | None) -> dict[int, tuple[str, Period]] | None:
    """The entity and the period of each column; None where some column lacks one."""
    upper, lower = spread(table, head), spread(table, head + 1)
    if {plain(upper[0]), plain(lower[0])} & {*AREAS}:
        return None  # its rows are places, and what stands over them is no other place
    above, below = (dated({c: t for c, t in enumerate(texts) if t}, near) for texts in (upper, lower))
    columns = {}
    for column in range(1, len(lower)):
        for one, other, periods in ((lower, upper, above), (upper, lower, below)):
            period = periods.get(column)
            known = entity(one[column]) or (named(one[column]) if period and _repeated(one[1:], other[1:]) else None)
            if period and known:
                columns[column] = known, period
                break
    apart = len({(name, p.start, p.end) for name, p in columns.values()}) == len(columns)
    return columns if apart and len(columns) == len(lower) - 1 and len(columns) > 1 else None


def _repeated(names: Sequence[str], periods: Sequence[str]) -> bool:
    """Whether the same names stand with each period, so that they are a council's areas, known or not."""
    under = {period: [n for n, p in zip(names, periods, strict=True) if p == period] for period in periods}
    sets = {tuple(found) for found in under.values()}
    plain_names = [plain(name) for name in next(iter(sets))]
    words = {*VALUES, *TARGETS, *BEFORE, "variance", "change", "rag", "status", "trend", ""}
    if any(NO_PLACE.search(name) for name in plain_names):
        return False  # parts of what the rows measure: "received", "% upheld"
    dated = any(read_period(name) for name in next(iter(sets)))
    return len(sets) == 1 and len(under) > 1 and len(plain_names) > 1 and not dated and not words & set(plain_names)
