"""What a shape hands back, and what shapes share: an observation of a cell, a row as its quote."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.paper import Pack, Table
from indexer.shapes.grid import title_rows
from indexer.shapes.titles import Title
from kpi_tools.figures import Figure, read_bound, read_counted, read_figure
from kpi_tools.ledger import KINDS, Record
from kpi_tools.measures import Measure, Observation, Target
from kpi_tools.periods import Period


@dataclass(frozen=True, slots=True)
class Found:
    """What a shape read from a table; `unread` says which rows it would not read, and why."""

    observations: Sequence[Observation] = ()
    targets: Sequence[Target] = ()
    records: tuple[Record, ...] = ()
    unread: str = ""


def observed(
    pack: Pack, table: Table, at: tuple[int, int], measure: Measure, entity: str, period: Period
) -> list[Observation]:
    """The observation that a cell holds, under its title, or the two of a count and its share; [] for a cell that
    holds neither figure nor reason."""
    row, column = at
    figure = read_figure(table.text(row, column), measure.unit)
    if figure is None:
        return []
    place = pack.cell_place(table, row, column)
    own, _ = title_rows(table)
    said = f"{own}: {quote(table, row)}" if own else quote(table, row)
    seen = Observation(measure, entity, period, figure, place, said, pack.exempt(place))
    others = beside(table.text(row, column), table.text(title_rows(table)[1], column), measure)
    return [seen, *(replace(seen, measure=other, figure=share) for other, share in others)]


def aimed(
    table: Table, pack: Pack, at: tuple[int, int], measure: Measure, period: Period | None, entity: str = ""
) -> list[Target]:
    """The target that a cell holds, for a period or for any, for an entity or for all; [] for a cell without one."""
    bound = read_bound(table.text(*at), measure.unit)
    if bound is None:
        return []
    place = pack.cell_place(table, *at)
    since, until = (period.start, period.end) if period else (None, None)
    return [Target(measure, entity, *bound, since, until, place, quote(table, at[0]), pack.exempt(place))]


def beside(text: str, header: str, measure: Measure) -> list[tuple[Measure, Figure]]:
    """The share in "12 (34%)", or the count where the measure is the share, as a measure of its own; none under a
    header that says otherwise what its brackets hold."""
    both = read_counted(text)
    if not both or "(" in header:
        return []
    kind, figure = ("number", both[0]) if measure.unit == "%" else ("share", both[1])
    return [(Measure(measure.service, "", f"{measure.name} - {kind}", figure.unit, ""), figure)]


def quote(table: Table, row: int) -> str:
    """A row as printed, its cells set apart."""
    return " | ".join(t for c in range(len(table.rows[row])) if (t := table.text(row, c)))


_BROKEN = re.compile(r"(?<=\w[/-]) (?=\d)")  # where a narrow cell broke a ref: "RAP/ 21/05"


def record(pack: Pack, table: Table, row: int, kind: str, fields: dict[str, str], column: int = 0) -> Record:
    """A ledger record of a table's row; fields that the table has not are ""."""
    every = {name: fields.get(name, "") for name in KINDS[kind]}
    if "ref" in every:
        every["ref"] = _BROKEN.sub("", every["ref"])
    place = pack.cell_place(table, row, column)
    return Record(kind, pack.date, every, place, quote(table, row), pack.exempt(place))


def title_targets(table: Table, pack: Pack, measure: Measure, title: Title) -> tuple[Target, ...]:
    """The target that a table's title ends with, for all of the table."""
    if title.aim is None:
        return ()
    comparator, figure = title.aim
    place = pack.place(table.page, table.box)
    said = next(
        (text for text in (title_rows(table)[0], table.lead, *reversed(table.headings)) if title.name in text), ""
    )
    return (Target(measure, "", comparator, figure, None, None, place, said or title.name, pack.exempt(place)),)


def item_title(table: Table, pack: Pack) -> str:
    """The title of the agenda item that a table belongs to, "" for none."""
    number = pack.place(table.page, table.box).item
    return next((item.title for item in pack.items if number and item.number == number), "")
