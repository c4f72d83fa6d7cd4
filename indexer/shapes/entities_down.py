"""Periods across, entities down, the measure in the title: "Monthly - PI002 - % Calls Answered within 20 seconds"."""

from datetime import date

from corpus.paper import Pack, Table
from indexer.shapes.found import Found, periods_in, quote, read_title, service_of, title_rows
from kpi_tools.figures import find_unit, read_figure
from kpi_tools.measures import Measure, Observation
from kpi_tools.names import entity
from kpi_tools.periods import read_period

SOME_DAY = date(2000, 1, 1)  # a header is known as one before the paper's date is
ENOUGH = 0.6  # of the row labels must be entities


def identify(table: Table) -> bool:
    """A header of periods after a blank or plain corner, under which the labels are councils or the overall."""
    _, head = title_rows(table)
    if len(table.rows) < head + 2:
        return False
    header = [table.text(head, c) for c in range(1, len(table.rows[head]))]
    dated = [t for t in header if t and read_period(t, near=SOME_DAY)]
    labels = [table.text(r, 0) for r in range(head + 1, len(table.rows))]
    named = [label for label in labels if entity(label)]
    return bool(dated) and len(dated) == len([t for t in header if t]) and len(named) >= ENOUGH * len(labels)


def extract(table: Table, pack: Pack) -> Found:
    """An observation for each cell under a period; none where the title or the period cannot be told."""
    own, head = title_rows(table)
    title = read_title(own or table.lead or (table.headings[-1] if table.headings else ""))
    if not title.name:
        return Found(unread="the table has no title, so its measure is not known")
    unit = find_unit(title.name)
    measure = Measure(service_of(table), title.code, title.name, unit, "")
    periods = periods_in(table, head, pack, title.grain)
    if len({(p.start, p.end) for p in periods.values()}) < len(periods):
        return Found(unread="two of its columns are of one period, and nothing tells them apart")
    found = []
    for row in range(head + 1, len(table.rows)):
        label = table.text(row, 0)
        for column, period in periods.items():
            figure = read_figure(table.text(row, column), unit)
            if figure and label:
                place = pack.cell_place(table, row, column)
                said = f"{own}: {quote(table, row)}" if own else quote(table, row)
                found.append(
                    Observation(measure, entity(label) or label, period, figure, place, said, pack.exempt(place.page))
                )
    return Found(tuple(found), unread="" if periods else "its periods cannot be told without the paper's date")
