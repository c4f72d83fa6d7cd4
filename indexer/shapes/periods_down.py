"""Periods down, entities across, the measure in the title; or measures across, of the one council."""

from corpus.paper import Pack, Table
from indexer.shapes.entities_down import are_areas, named
from indexer.shapes.found import Found, aimed, observed, title_targets
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.headers import TARGETS, VALUES, is_aim, said_by
from indexer.shapes.titles import is_measure, read_title, service_of, title_over
from indexer.shapes.whens import dated, day_of
from kpi_tools.figures import Figure, read_figure
from kpi_tools.measures import OVERALL, Measure, Observation, Target
from kpi_tools.names import entity
from kpi_tools.periods import read_period


def identify(table: Table) -> bool:
    """A first column of periods, beside columns that are all entities or all measures."""
    _, head = title_rows(table)
    labels = [t for r in table.below(head) if not is_aim(t := table.text(r, 0))]
    if len(labels) < 2 or not all(text and read_period(text, near=SOME_DAY) for text in labels):
        return False
    header = [name for name, _ in _names(table, head)]
    entities = [text for text in header if not is_aim(text)]
    places = bool(entities) and all(map(entity, entities)) and bool(title_over(table)[0].name)
    return _are_measures(table, head) or places or are_areas(table, entities)


def extract(table: Table, pack: Pack) -> Found:
    """An observation for each cell."""
    _, head = title_rows(table)
    aims = [row for row in table.below(head) if is_aim(table.text(row, 0))]
    rows = [row for row in table.below(head) if row not in aims]
    periods = dated({row: table.text(row, 0) for row in rows}, day_of(pack, table), title_over(table)[0].grain)
    if len({(p.start, p.end) for p in periods.values()}) < len(rows):
        return Found(unread="its periods cannot be told apart, or not without the paper's date")
    title, said = title_over(table)
    across = _are_measures(table, head)
    under = service_of(table, "" if across else said)
    found: list[Observation] = []
    targets: list[Target] = []
    for column, (text, aim) in enumerate(_names(table, head), 1):
        of_measure = across or is_measure(text)
        over = read_title(text) if of_measure else title
        unit = over.unit or ((across and _unit(table, head, column)) or "")
        measure = Measure(under, over.code, over.name, unit, "")
        targets += title_targets(table, pack, measure, over)
        cells = [((row, column), period) for row, period in periods.items()]
        if aim or is_aim(text):
            targets += [t for at, period in cells for t in aimed(table, pack, at, measure, period)]
            continue
        who = (pack.council or OVERALL) if of_measure else named(text, pack.council)
        whose = "" if of_measure else who
        targets += [t for row in aims for t in aimed(table, pack, (row, column), measure, None, whose)]
        found += [o for at, period in cells for o in observed(pack, table, at, measure, who, period)]
    return Found(tuple(found), tuple(dict.fromkeys(targets)))


def _are_measures(table: Table, head: int) -> bool:
    """Whether the headers beside the periods are all measures: by themselves, or as what stands below them is in
    several units, and so of no one measure."""
    header = [name for name, _ in _names(table, head)]
    if all(map(is_measure, header)):
        return True
    units = {_unit(table, head, column) for column in range(1, len(header) + 1)}
    return len(units) > 1 and None not in units and all(header) and not any(map(entity, header))


def _names(table: Table, head: int) -> list[tuple[str, bool]]:
    """What each column is of, and whether it holds targets, where it is one of two: "Calls Actual", "Calls Target"."""
    texts = spread(table, head)[1:]
    said = [said_by(text) for text in texts]
    aimed_at = {name for word, name in said if word in TARGETS} & {name for word, name in said if word in VALUES} - {""}
    return [
        (name, word in TARGETS) if name in aimed_at else (text, False)
        for text, (word, name) in zip(texts, said, strict=True)
    ]


def _unit(table: Table, head: int, column: int) -> str | None:
    """The unit that all figures of a column are written in, "" for none; None where they are in several."""
    read = [read_figure(text) for text in table.column(column, head)]
    units = {figure.unit for figure in read if isinstance(figure, Figure)}
    return units.pop() if len(units) == 1 else None
