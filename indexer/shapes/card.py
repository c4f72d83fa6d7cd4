"""Cards: one measure's latest figure, its target and floor, and the figure before: "Latest: 94% Target: 90%"."""

import re

from corpus.paper import Pack, Table
from indexer.shapes.columns import plain
from indexer.shapes.found import Found, period_over, quote, read_title, service_of
from kpi_tools.figures import Figure, find_unit, read_bound, read_figure
from kpi_tools.measures import OVERALL, Measure, Observation, Target
from kpi_tools.periods import before

LABELS = ("latest", "current", "target", "floor", "previous")
_SAID = re.compile(
    rf"\b(?P<label>{'|'.join(LABELS)})\s*:\s*(?P<text>.+?)(?=[,;]?\s+(?:{'|'.join(LABELS)})\s*:|$)", re.I
)
MOST_ROWS = 5


def identify(table: Table) -> bool:
    """A small table under a measure with a code, that says a latest figure and one more."""
    said = _said(table)
    return (
        len(table.rows) <= MOST_ROWS and bool(read_title(table.text(0, 0)).code) and len(said) > 1 and "latest" in said
    )


def extract(table: Table, pack: Pack) -> Found:
    """The latest figure in the period that stands above, the previous one in that before it, and the target."""
    period = period_over(table, pack.date)
    if period is None:
        return Found(unread="the period that it is of is not told")
    title, said = read_title(table.text(0, 0)), _said(table)
    unit = find_unit(title.name)
    read = {label: read_bound(text, unit) for label, (_, _, text) in said.items()}
    bounds = {label: bound for label, bound in read.items() if bound and label in ("target", "floor")}
    way = _way(bounds)
    measure = Measure(service_of(table), title.code, title.name, unit, {">=": "higher", "<=": "lower"}.get(way, ""))
    words = " | ".join(quote(table, row) for row in range(len(table.rows)))
    observations, targets = [], []
    for label, when in (("latest", period), ("previous", before(period, "Previous"))):
        row, column, text = said.get(label, (0, 0, ""))
        figure = read_figure(text, unit)
        if figure:
            place = pack.cell_place(table, row, column)
            who = pack.council or OVERALL
            observations.append(Observation(measure, who, when, figure, place, words, pack.exempt(place.page)))
    if "target" in bounds:
        comparator, figure = bounds["target"]
        place = pack.cell_place(table, *said["target"][:2])
        targets.append(
            Target(measure, "", comparator or way, figure, None, None, place, words, pack.exempt(place.page))
        )
    return Found(tuple(observations), tuple(targets))


def _said(table: Table) -> dict[str, tuple[int, int, str]]:
    """What follows each label: in the cell after a colon, or in the cell below."""
    found: dict[str, tuple[int, int, str]] = {}
    for row in range(len(table.rows)):
        for column in range(len(table.rows[row])):
            text = table.text(row, column)
            for said in _SAID.finditer(text):
                label = said["label"].lower().replace("current", "latest")
                found.setdefault(label, (row, column, said["text"].strip(" ,;")))
            if plain(text) in LABELS and row + 1 < len(table.rows) and table.text(row + 1, column):
                label = plain(text).replace("current", "latest")
                found.setdefault(label, (row + 1, column, table.text(row + 1, column)))
    return found


def _way(bounds: dict[str, tuple[str, Figure]]) -> str:
    """Which way is better: the floor lies on the worse side of the target."""
    if set(bounds) != {"target", "floor"} or bounds["target"][1].value == bounds["floor"][1].value:
        return ""
    return ">=" if bounds["floor"][1].value < bounds["target"][1].value else "<="
