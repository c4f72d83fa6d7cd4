"""A card of one measure under the periods of its figures: "Q1 result | Q1 target | Q4 result" over one row of them."""

from corpus.paper import Pack, Table
from indexer.shapes.found import Found, aimed, observed
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.headers import TARGETS, VALUES, said_by
from indexer.shapes.titles import is_measure, read_title, service_of, title_over
from indexer.shapes.whens import period_above, period_over
from kpi_tools.figures import read_figure
from kpi_tools.measures import OVERALL, Measure, Observation, Target
from kpi_tools.periods import read_period

MOST_BELOW = 2  # rows under the figures: a rating, a note


def identify(table: Table) -> bool:
    """Results and targets, each with its period, in a row without a label; figures under them, and a measure above."""
    head = _head(table)
    if head + 1 >= len(table.rows) or len(table.rows) > head + 2 + MOST_BELOW:
        return False
    said = [said_by(text) for text in spread(table, head)]
    dated = all(word in (*VALUES, *TARGETS) and when and read_period(when, near=SOME_DAY) for word, when in said)
    figures = all(read_figure(table.text(head + 1, column)) for column in range(len(said)))
    more = any(read_figure(table.text(row, 0)) for row in range(head + 2, len(table.rows)))
    results = [when for word, when in said if word in VALUES]
    return dated and figures and not more and bool(results) and len(said) > 1 and is_measure(_name(table))


def extract(table: Table, pack: Pack) -> Found:
    """An observation for each result and the targets; periods without a year are the latest by that of the heading."""
    head, title = _head(table), read_title(_name(table))
    now = period_over(table, pack.date) or period_above(pack, table.page, table.box[1])
    near = now.end if now else pack.date
    measure = Measure(service_of(table, _name(table)), title.code, title.name, title.unit, "")
    observations: list[Observation] = []
    targets: list[Target] = []
    for column, (word, when) in enumerate(map(said_by, spread(table, head))):
        period, at = read_period(when, near=near), (head + 1, column)
        if period is None or (near and period.start > near):
            return Found(unread="its periods cannot be told without the paper's date")
        if word in TARGETS:
            targets += aimed(table, pack, at, measure, period)
        else:
            observations += observed(pack, table, at, measure, pack.council or OVERALL, period)
    return Found(tuple(observations), tuple(targets))


def _head(table: Table) -> int:
    """The row of the periods: the first, or that under the name, beside which no more than a rating stands."""
    named = title_rows(table)[1] or not said_by(table.text(0, 0))[0]
    return 1 if named else 0


def _name(table: Table) -> str:
    return table.text(0, 0) if _head(table) else title_over(table)[1]
