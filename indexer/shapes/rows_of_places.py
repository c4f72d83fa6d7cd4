"""A place and a period in each row, measures across: "Northgate | Q1 2022/23 | 89 | 80%"; the place stands once, or in
each of its rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.paper import Pack, Table
from indexer.shapes.columns import plain
from indexer.shapes.entities_down import named
from indexer.shapes.found import Found, observed
from indexer.shapes.grid import SOME_DAY, spread, title_rows
from indexer.shapes.headers import AREAS, ASIDE, TREND, VALUES
from indexer.shapes.titles import read_title, service_of, title_over
from indexer.shapes.whens import dated, day_of
from kpi_tools.figures import Figure, find_unit, read_figure
from kpi_tools.measures import Measure
from kpi_tools.names import entity
from kpi_tools.periods import read_period


@dataclass(frozen=True, slots=True)
class _Plan:
    """The header's row, the columns of places and of periods, and the measures by their columns."""

    head: int
    place: int
    when: int
    measures: Mapping[int, str]


def identify(table: Table) -> bool:
    """Two first columns, of places and of periods, before columns of figures."""
    return _plan(table) is not None


def extract(table: Table, pack: Pack) -> Found:
    """An observation for each figure; none where the rows' periods cannot be told."""
    plan = _plan(table)
    if plan is None:
        return Found()
    rows = range(plan.head + 1, len(table.rows))
    said = {row: table.text(row, plan.when) for row in rows if table.text(row, plan.when)}
    texts = dict(enumerate(dict.fromkeys(said.values())))
    told = dated(texts, day_of(pack, table))
    whens = {texts[number]: period for number, period in told.items()}
    if len(whens) < len(texts):
        return Found(unread="its periods cannot be told without the paper's date, or had not ended")
    _, over = title_over(table)
    under, found = service_of(table, over if set(plan.measures.values()) == {over} else ""), []
    for row, place in _places(table, plan):
        for column, name in plan.measures.items():
            title = read_title(name)
            measure = Measure(under, title.code, title.name, find_unit(title.name), "")
            found += observed(pack, table, (row, column), measure, named(place, pack.council), whens[said[row]])
    return Found(tuple(found))


def _plan(table: Table) -> _Plan | None:
    _, head = title_rows(table)
    if len(table.rows) < head + 3 or len(table.rows[0]) < 3:
        return None
    rows, header = table.below(head), spread(table, head)
    when = next((c for c in (0, 1) if _all_dated(table, rows, c)), None)
    if when is None:
        return None
    place = 1 - when
    labels = [text for row in rows if (text := table.text(row, place))]
    headed = plain(header[place]) in AREAS and not any(map(read_figure, labels))
    known = headed or (bool(labels) and all(map(entity, labels)))
    title, _ = title_over(table)
    measures = {c: title.name if plain(text) in VALUES else text for c, text in enumerate(header) if c > 1 and text}
    measures = {c: text for c, text in measures.items() if not _beside(text) and _figures(table, rows, c)}
    plan = _Plan(head, place, when, measures)
    own = len(set(measures.values())) == len(measures) > 0 and all(measures.values())
    every = [(label, table.text(row, when)) for row, label in _places(table, plan)]
    return plan if known and own and len(set(every)) == len(every) == len(rows) else None


def _all_dated(table: Table, rows: range, column: int) -> bool:
    texts = [table.text(row, column) for row in rows]
    return all(text and read_period(text, near=SOME_DAY) for text in texts)


def _beside(header: str) -> bool:
    return bool(ASIDE.fullmatch(plain(header)) or TREND.search(plain(header)))


def _figures(table: Table, rows: range, column: int) -> bool:
    figures = [isinstance(read_figure(text), Figure) for row in rows if (text := table.text(row, column))]
    return 2 * sum(figures) > len(figures)


def _places(table: Table, plan: _Plan) -> Iterator[tuple[int, str]]:
    """Each row below the header with the place that stands in it or last above it."""
    place = ""
    for row in range(plan.head + 1, len(table.rows)):
        place = table.text(row, plan.place) or place
        if place:
            yield row, place
