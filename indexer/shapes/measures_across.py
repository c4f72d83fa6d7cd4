"""Entities down, measures across, all in the one period that the title or the heading names."""

from corpus.paper import Pack, Table
from indexer.shapes.entities_down import named
from indexer.shapes.found import Found, aimed, observed
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.headers import is_aim
from indexer.shapes.titles import is_measure, read_title, service_of
from indexer.shapes.whens import period_over
from kpi_tools.figures import find_unit
from kpi_tools.measures import Measure, Observation, Target
from kpi_tools.periods import read_period


def identify(table: Table) -> bool:
    """A header of measures, most with codes, over labels that are no measures; a period stands above."""
    _, head = title_rows(table)
    header = [text for text in spread(table, head)[1:] if text]
    labels = [table.text(r, 0) for r in table.below(head)]
    coded = [text for text in header if read_title(text).code]
    places = bool(labels) and all(label and not is_measure(label) and not read_period(label) for label in labels)
    return len(coded) > 1 and 2 * len(coded) > len(header) and places and period_over(table, SOME_DAY) is not None


def extract(table: Table, pack: Pack) -> Found:
    """An observation for each cell under a measure."""
    _, head = title_rows(table)
    period = period_over(table, pack.date)
    if period is None:
        return Found(unread="the period that it is of had not ended, or the paper's date is not known")
    found: list[Observation] = []
    targets: list[Target] = []
    for column, header in list(enumerate(spread(table, head)))[1:]:
        title = read_title(header)
        if not is_measure(header):
            continue
        measure = Measure(service_of(table), title.code, title.name, find_unit(title.name), "")
        for row in table.below(head):
            if is_aim(label := table.text(row, 0)):
                targets += aimed(table, pack, (row, column), measure, period)
            else:
                found += observed(pack, table, (row, column), measure, named(label, pack.council), period)
    return Found(tuple(found), tuple(targets))
