"""Periods down, entities across, the measure in the title; or measures across, of the one council."""

from corpus.paper import Pack, Table
from indexer.shapes.entities_down import are_areas, named
from indexer.shapes.found import Found, observed, title_targets
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.titles import is_measure, read_title, service_of, title_over
from indexer.shapes.whens import dated
from kpi_tools.measures import OVERALL, Measure, Observation, Target
from kpi_tools.names import entity
from kpi_tools.periods import read_period


def identify(table: Table) -> bool:
    """A first column of periods, beside columns that are all entities or all measures."""
    _, head = title_rows(table)
    labels = [table.text(r, 0) for r in range(head + 1, len(table.rows))]
    if len(labels) < 2 or not all(text and read_period(text, near=SOME_DAY) for text in labels):
        return False
    header = spread(table, head)[1:]
    measures = [is_measure(text) for text in header]
    places = all(entity(text) for text in header) and bool(title_over(table)[0].name)
    return all(measures) or places or are_areas(table, header)


def extract(table: Table, pack: Pack) -> Found:
    """An observation for each cell."""
    _, head = title_rows(table)
    rows = range(head + 1, len(table.rows))
    periods = dated({row: table.text(row, 0) for row in rows}, pack.date, title_over(table)[0].grain)
    if len({(p.start, p.end) for p in periods.values()}) < len(rows):
        return Found(unread="its periods cannot be told apart, or not without the paper's date")
    title, said = title_over(table)
    whole, under = (
        pack.council or OVERALL,
        service_of(table, "" if all(map(is_measure, spread(table, head)[1:])) else said),
    )
    found: list[Observation] = []
    targets: list[Target] = []
    for column, header in list(enumerate(spread(table, head)))[1:]:
        over = read_title(header) if is_measure(header) else title
        measure = Measure(under, over.code, over.name, over.unit, "")
        targets += title_targets(table, pack, measure, over)
        who = whole if is_measure(header) else named(header, pack.council)
        found += [
            o for row, period in periods.items() for o in observed(pack, table, (row, column), measure, who, period)
        ]
    return Found(tuple(found), tuple(dict.fromkeys(targets)))
