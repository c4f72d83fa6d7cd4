"""Periods down, entities across, the measure in the title; or measures across, of the one council."""

from corpus.paper import Pack, Table
from indexer.shapes.entities_down import are_areas, named
from indexer.shapes.found import Found, aimed, observed, title_targets
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.headers import is_aim
from indexer.shapes.titles import is_measure, read_title, service_of, title_over
from indexer.shapes.whens import dated
from kpi_tools.measures import OVERALL, Measure, Observation, Target
from kpi_tools.names import entity
from kpi_tools.periods import read_period


def identify(table: Table) -> bool:
    """A first column of periods, beside columns that are all entities or all measures."""
    _, head = title_rows(table)
    labels = [t for r in table.below(head) if not is_aim(t := table.text(r, 0))]
    if len(labels) < 2 or not all(text and read_period(text, near=SOME_DAY) for text in labels):
        return False
    header = spread(table, head)[1:]
    entities = [text for text in header if not is_aim(text)]
    measures = [is_measure(text) for text in header]
    places = bool(entities) and all(map(entity, entities)) and bool(title_over(table)[0].name)
    return all(measures) or places or are_areas(table, entities)


def extract(table: Table, pack: Pack) -> Found:
    """An observation for each cell."""
    _, head = title_rows(table)
    aims = [row for row in table.below(head) if is_aim(table.text(row, 0))]
    rows = [row for row in table.below(head) if row not in aims]
    periods = dated({row: table.text(row, 0) for row in rows}, pack.date, title_over(table)[0].grain)
    if len({(p.start, p.end) for p in periods.values()}) < len(rows):
        return Found(unread="its periods cannot be told apart, or not without the paper's date")
    title, said = title_over(table)
    header = list(enumerate(spread(table, head)))[1:]
    under = service_of(table, "" if all(is_measure(text) for _, text in header) else said)
    found: list[Observation] = []
    targets: list[Target] = []
    for column, text in header:
        over = read_title(text) if is_measure(text) else title
        measure = Measure(under, over.code, over.name, over.unit, "")
        targets += title_targets(table, pack, measure, over)
        cells = [((row, column), period) for row, period in periods.items()]
        if is_aim(text):
            targets += [t for at, period in cells for t in aimed(table, pack, at, measure, period)]
            continue
        who = (pack.council or OVERALL) if is_measure(text) else named(text, pack.council)
        whose = "" if is_measure(text) else who
        targets += [t for row in aims for t in aimed(table, pack, (row, column), measure, None, whose)]
        found += [o for at, period in cells for o in observed(pack, table, at, measure, who, period)]
    return Found(tuple(found), tuple(dict.fromkeys(targets)))
