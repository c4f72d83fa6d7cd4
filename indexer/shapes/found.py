"""What a shape hands back, and what shapes share: an observation of a cell, a row as its quote."""

from dataclasses import dataclass

from corpus.paper import Pack, Table
from indexer.shapes.grid import title_rows
from kpi_tools.figures import read_figure
from kpi_tools.ledger import KINDS, Record
from kpi_tools.measures import Measure, Observation, Target
from kpi_tools.periods import Period


@dataclass(frozen=True, slots=True)
class Found:
    """What a shape read from a table; `unread` says which rows it would not read, and why."""

    observations: tuple[Observation, ...] = ()
    targets: tuple[Target, ...] = ()
    records: tuple[Record, ...] = ()
    unread: str = ""


def observed(
    pack: Pack, table: Table, at: tuple[int, int], measure: Measure, entity: str, period: Period
) -> list[Observation]:
    """The observation that a cell holds, under its title; [] for a cell that holds neither figure nor reason."""
    row, column = at
    figure = read_figure(table.text(row, column), measure.unit)
    if figure is None:
        return []
    place = pack.cell_place(table, row, column)
    own, _ = title_rows(table)
    said = f"{own}: {quote(table, row)}" if own else quote(table, row)
    return [Observation(measure, entity, period, figure, place, said, pack.exempt(place))]


def quote(table: Table, row: int) -> str:
    """A row as printed, its cells set apart."""
    return " | ".join(t for c in range(len(table.rows[row])) if (t := table.text(row, c)))


def record(pack: Pack, table: Table, row: int, kind: str, fields: dict[str, str], column: int = 0) -> Record:
    """A ledger record of a table's row; fields that the table has not are ""."""
    every = {name: fields.get(name, "") for name in KINDS[kind]}
    place = pack.cell_place(table, row, column)
    return Record(kind, pack.date, every, place, quote(table, row), pack.exempt(place))
